//! Where things are: boroughs, wards, outward codes, postcodes, practices.
mod gss;
mod point;
mod postcode;

pub use gss::Gss;
pub use point::{Metres, Point};
pub use postcode::{Outcode, Postcode};
