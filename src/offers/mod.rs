//! Offers: what people come here to find.
mod advice;
#[cfg(test)]
pub mod advice_tests;
mod any_state;
pub mod api;
mod calendar_entry;
mod coach_view;
mod completeness;
mod content;
mod conversation;
pub mod csv;
mod lifecycle;
mod linked;
mod listed;
mod merge;
mod message;
pub mod pages;
mod recording;
mod said;
mod shown;
pub mod store;
mod ways;
mod week;
mod whole;

pub use advice::{Asked, Coached, Coaching, Warning, coach, coach_words};
pub use any_state::AnyState;
pub use coach_view::{CoachView, Gauge};
pub use completeness::completeness;
pub use content::{
    AccessAnswers, Ages, AudienceFit, Confirmation, Contact, Content, Cost, DEAREST, How, Image,
    Kind, Notice, Per, PlacesSaid, Price, Quality, Reader, Testimonial, WayIn, When, Where,
    WhoMayCome,
};
pub use lifecycle::{Archived, Draft, Offer, Paused, Published, State, Status, Submitted};
pub use listed::{Change, Listed};
pub use merge::{differences, merge};
pub use message::{by_mail, by_text};
pub use recording::{RECORDED, Recorded};
pub use said::{AGO_IN_DAYS, ago};
pub use shown::Shown;
pub use week::COLUMN;
pub use whole::{Lack, advice};

pub type OfferId = uuid::Uuid;
