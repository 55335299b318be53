//! SQL for training.
pub mod past;
