//! Words people type, as we keep them.
