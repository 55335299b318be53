//! Pages about the site itself, and those where people land from elsewhere.
mod bars;
pub mod borough_pages;
mod brief;
pub mod feed_pages;
pub mod finder_pages;
pub mod guide_pages;
pub mod health;
pub mod london_pages;
pub mod map_pages;
pub mod network_pages;
pub mod offer_pages;
pub mod pages;
pub mod provider_pages;
pub mod robot_pages;
mod tiles;
pub mod topic_pages;

use brief::Brief;
use tiles::Tiles;
