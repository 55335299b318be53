//! Whether this directory is the sample, which every page says.
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

tokio::task_local! {
    /// Asked while a page is drawn, error pages too, so it goes with the request.
    static SAMPLE: bool;
}

/// What a site knows of it. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Sample(Arc<AtomicBool>);

impl Sample {
    /// From the next request on.
    pub fn set(&self, sample: bool) {
        self.0.store(sample, Ordering::Relaxed);
    }
}

/// Of the site whose page is being drawn.
pub fn is_sample() -> bool {
    SAMPLE.try_with(|sample| *sample).unwrap_or_default()
}

/// A layer (`from_fn_with_state`) around everything that draws pages.
pub async fn tell(State(sample): State<Sample>, request: Request, next: Next) -> Response {
    SAMPLE.scope(sample.0.load(Ordering::Relaxed), next.run(request)).await
}
