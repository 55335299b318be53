//! The parts every page and endpoint needs.
