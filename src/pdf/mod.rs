//! What is handed out on paper, as a tagged PDF that a screen reader reads well (PDF/UA-1).
mod draw;
mod face;
mod pen;
mod words;

use anyhow::Context;
use jiff::civil::DateTime;
use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};

pub use face::{Faces, Weight};
pub use pen::{BOTTOM, Block, Laid, Lettering, PAGE, Pen, SIDE, WIDTH};

/// What shows a PDF in a browser brings its own styles and pictures. No script runs in it, and no other page
/// may frame it: the Content-Security-Policy of one.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; \
                          img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

/// The letters to lay it out with. Fails only where the library does.
pub fn faces() -> anyhow::Result<Faces> {
    Faces::new().context("the letters of what is printed cannot be read")
}

/// Each part begins a page. `title` names the whole, `kind` what it is, for the log. Fails only where the
/// library does.
pub fn write(
    title: &str,
    kind: &str,
    parts: &[Laid],
    faces: &Faces,
    now: DateTime,
) -> anyhow::Result<Vec<u8>> {
    match strict(title, parts, faces, now) {
        Ok(bytes) => Ok(bytes),
        // Somebody waits for it in the room: one that may read less well is better than none.
        // Which one is not told: the cause may quote what somebody wrote on it.
        Err(_) => {
            tracing::error!("A {kind} breaks a rule of PDF/UA");
            draw::draw(title, parts, faces, Configuration::default(), now)
                .map_err(|_| anyhow::anyhow!("a {kind} could not be drawn"))
        }
    }
}

/// Fails where a rule of PDF/UA is broken.
pub fn strict(
    title: &str,
    parts: &[Laid],
    faces: &Faces,
    now: DateTime,
) -> anyhow::Result<Vec<u8>> {
    let rules = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    let rules = rules.finish().map_err(|cause| anyhow::anyhow!("{cause:?}"))?;
    draw::draw(title, parts, faces, rules, now).map_err(|cause| anyhow::anyhow!("{cause:?}"))
}
