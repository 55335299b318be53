//! The stylesheet, the scripts and the icon: built in, under names that change with what they hold.
use std::sync::LazyLock;

use axum::{
    Router,
    body::Bytes,
    http::{HeaderName, header},
    response::IntoResponse,
    routing::get,
};

use super::{Error, Path, Result, caching::fingerprint};

/// Name, content type, content. A new file of `static/` is added here and nowhere else.
const FILES: &[(&str, &str, &[u8])] = &[
    ("site.css", "text/css; charset=utf-8", include_bytes!("../../static/site.css")),
    ("desk.css", "text/css; charset=utf-8", include_bytes!("../../static/desk.css")),
    ("map.css", "text/css; charset=utf-8", include_bytes!("../../static/map.css")),
    ("picture.css", "text/css; charset=utf-8", include_bytes!("../../static/picture.css")),
    ("self-check.css", "text/css; charset=utf-8", include_bytes!("../../static/self-check.css")),
    ("site.js", "text/javascript; charset=utf-8", include_bytes!("../../static/site.js")),
    ("handout.css", "text/css; charset=utf-8", include_bytes!("../../static/handout.css")),
    ("shortlist.js", "text/javascript; charset=utf-8", include_bytes!("../../static/shortlist.js")),
    ("desk.js", "text/javascript; charset=utf-8", include_bytes!("../../static/desk.js")),
    ("describe.js", "text/javascript; charset=utf-8", include_bytes!("../../static/describe.js")),
    ("fingerpost.svg", "image/svg+xml", include_bytes!("../../static/fingerpost.svg")),
];

/// A name is never used again for another content, so browsers need not ask again for a year.
const FOREVER: &str = "public, max-age=31536000, immutable";

struct Asset {
    name: &'static str,
    kind: &'static str,
    content: &'static [u8],
    address: String,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let asset = |(name, kind, content): (&'static str, &'static str, &'static [u8])| {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let address = format!("/static/{stem}.{:016x}.{extension}", fingerprint(content));
        Asset { name, kind, content, address }
    };
    FILES.iter().copied().map(asset).collect()
});

/// The address of a file of `static/`, for templates: `{{ crate::web::asset("site.css") }}`.
/// A name that is not there leads nowhere; a test looks for such names in templates.
pub fn asset(name: &str) -> &'static str {
    let known = ASSETS.iter().find(|asset| asset.name == name);
    known.map_or("/static/unknown", |asset| &asset.address)
}

/// The addresses that answer with these files.
pub fn assets<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/static/{name}", get(send))
}

async fn send(Path(name): Path<String>) -> Result<impl IntoResponse> {
    let asked = |asset: &&Asset| asset.address.strip_prefix("/static/") == Some(name.as_str());
    let asset = ASSETS.iter().find(asked).ok_or(Error::NotFound)?;
    let headers: [(HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, FOREVER)];
    Ok((headers, Bytes::from_static(asset.content)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_changes_with_the_content() {
        let address = asset("site.css");
        assert!(address.starts_with("/static/site.") && address.ends_with(".css"), "{address}");
        assert!(address.contains(&format!("{:016x}", fingerprint(FILES[0].2))), "{address}");
    }

    #[test]
    fn a_file_that_is_not_there_leads_nowhere() {
        assert_eq!(asset("nothing.css"), "/static/unknown");
    }
}
