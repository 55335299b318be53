//! Training as everybody reads it.
pub mod past;
