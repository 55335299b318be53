//! What every import does: read rows, report each refused one, all or nothing.
