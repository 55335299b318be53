//! Where things are: boroughs, wards, outward codes, postcodes, practices.
mod gazetteer;
mod gss;
mod place;
mod point;
mod postcode;

pub use gazetteer::{Borough, Places};
pub use gss::Gss;
pub use place::{Place, PlaceKind};
pub use point::{Metres, Point};
pub use postcode::{Outcode, Postcode};
