//! Offers: what people come here to find.
mod content;
mod lifecycle;
mod listed;
pub mod pages;
mod said;
mod shown;
pub mod store;
mod week;

pub use content::{
    AccessAnswers, Ages, AudienceFit, Confirmation, Contact, Content, Cost, How, Kind, Notice, Per,
    PlacesSaid, Price, Quality, Reader, Testimonial, WayIn, When, Where, WhoMayCome,
};
pub use lifecycle::{Archived, Draft, Offer, Paused, Published, State, Status, Submitted};
pub use listed::{Change, Listed};
pub use said::pounds;
pub use week::COLUMN;

pub type OfferId = uuid::Uuid;
