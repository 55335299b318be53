//! The shapes of boroughs, simple enough to be drawn on every page.
pub mod import;
mod simple;
pub mod store;

use super::{Gss, Point};

#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    pub borough: Gss,
    /// Closed: the last point of each leads back to its first. Holes are rings like others.
    pub rings: Vec<Vec<Point>>,
}
