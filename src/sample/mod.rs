//! The sample directory, and invented offers in any number.
