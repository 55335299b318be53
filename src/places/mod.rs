//! Where things are: boroughs, wards, outward codes, postcodes, practices.
mod borough;
mod frame;
mod gazetteer;
mod ground;
mod gss;
mod names;
pub mod outlines;
mod place;
mod point;
mod postcode;
pub mod postcodes;
pub mod practices;
pub mod store;

pub use borough::{Area, Borough, CareBoard, OutwardArea, Ward};
pub use frame::{ACROSS, Frame};
pub use gazetteer::{Known, Places};
pub use ground::{Ground, Name};
pub use gss::Gss;
pub use names::plain;
pub use outlines::Outline;
pub use place::{Place, PlaceKind};
pub use point::{Metres, Point};
pub use postcode::{Outcode, Postcode};
pub use postcodes::{Located, Postcodes};
pub use practices::{Group, Network, Practice, Surgeries, Surgery};
