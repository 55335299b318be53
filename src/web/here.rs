//! What every page says of the site it belongs to: whether it is the sample, and its public address.
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use crate::config::PublicUrl;

tokio::task_local! {
    /// Asked while a page is drawn, error pages too, so it goes with the request.
    static HERE: (bool, PublicUrl);
}

/// Whether a site is the sample. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Sample(Arc<AtomicBool>);

impl Sample {
    /// From the next request on.
    pub fn set(&self, sample: bool) {
        self.0.store(sample, Ordering::Relaxed);
    }

    pub fn is_one(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Whether the site whose page is being drawn is the sample.
pub fn is_sample() -> bool {
    HERE.try_with(|(sample, _)| *sample).unwrap_or_default()
}

/// The start of the full addresses of that site, for templates:
/// `<link rel="canonical" href="{{ crate::web::public_url() }}/about">`. Empty outside a request.
pub fn public_url() -> String {
    HERE.try_with(|(_, url)| url.as_str().to_owned()).unwrap_or_default()
}

/// The same for what calendars subscribe to: "webcal://" is what they open.
pub fn feed_url() -> String {
    let url = public_url();
    url.split_once("://").map_or_else(String::new, |(_, place)| format!("webcal://{place}"))
}

/// A layer (`from_fn_with_state`) around everything that draws pages.
pub async fn tell(
    State((sample, url)): State<(Sample, PublicUrl)>,
    request: Request,
    next: Next,
) -> Response {
    HERE.scope((sample.0.load(Ordering::Relaxed), url), next.run(request)).await
}
