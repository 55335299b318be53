//! Where things are: boroughs, wards, outward codes, postcodes, practices.
mod borough;
mod gazetteer;
mod gss;
mod names;
mod place;
mod point;
mod postcode;
pub mod postcodes;
pub mod practices;
pub mod store;

pub use borough::{Area, Borough, CareBoard, OutwardArea, Ward};
pub use gazetteer::{Known, Places};
pub use gss::Gss;
pub use place::{Place, PlaceKind};
pub use point::{Metres, Point};
pub use postcode::{Outcode, Postcode};
pub use postcodes::{Located, Postcodes};
pub use practices::{Network, Practice};
