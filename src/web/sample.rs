//! Whether this directory is the sample, which every page says.
use std::sync::atomic::{AtomicBool, Ordering};

/// Asked while every page is drawn, error pages too, so it is kept for the whole program. It is
/// set at start, and again when a sample is loaded.
static SAMPLE: AtomicBool = AtomicBool::new(false);

pub fn is_sample() -> bool {
    SAMPLE.load(Ordering::Relaxed)
}

pub fn set_sample(sample: bool) {
    SAMPLE.store(sample, Ordering::Relaxed);
}
