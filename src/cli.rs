//! The commands and their manual.
