//! The pages of link workers: for everybody, and behind their own private link.
mod contact;
mod join;
mod link;
mod own;
mod photograph;
mod public;
mod withdrawal;

pub use contact::{ask as ask_contact, form as contact};
pub use join::{form as join, mail_link};
pub use own::{agree, details, home, save, take_off};
pub use photograph::{
    change as change_photograph, own as own_photograph, public as photograph, sent as photograph_of,
};
pub use public::{borough, index};
pub use withdrawal::{form as withdrawal, withdraw};

use super::LinkWorkerId;

#[derive(serde::Deserialize)]
pub struct OfLinkWorker {
    id: LinkWorkerId,
}
