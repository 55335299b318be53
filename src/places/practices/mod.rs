//! GP practices and the primary care networks they form.
pub mod import;
mod networks;
mod said;
pub mod store;
mod surgeries;

use jiff::civil::Date;

use super::{Gss, Postcode};
pub use said::said;
pub use surgeries::{Group, Known, Surgeries, Surgery};

/// A GP surgery, by the name and code the NHS Organisation Data Service gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Six letters and digits.
    pub code: String,
    pub name: String,
    /// Street and town, without the postcode.
    pub address: String,
    pub postcode: Postcode,
    pub borough: Gss,
    pub telephone: Option<String>,
    /// The code of its network. A few practices have none.
    pub network: Option<String>,
    pub opened_on: Option<Date>,
    /// People still name a practice that closed, so that it is kept.
    pub closed_on: Option<Date>,
}

/// A primary care network: practices that work together, and the link workers with them. No borough:
/// one in eight straddles two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// U and five digits.
    pub code: String,
    pub name: String,
    /// Since when no practice belongs to it: the date of the file that first named it no more. People keep addresses,
    /// so that it is kept.
    pub closed_on: Option<Date>,
}

/// A practice that left a network, for another or for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaver {
    pub network: String,
    pub practice: String,
    pub left_on: Date,
}
