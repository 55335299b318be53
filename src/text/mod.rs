//! Words people type, as we keep them.
mod alike;
mod contact;
mod html;
mod letter;
mod line;
mod number;
pub mod personal;
pub mod plain_language;
mod series;
mod slug;
mod spelled;
mod web_address;

pub use alike::{Name, words};
pub use contact::{Email, NotAPhone, NotAnEmail, Phone};
pub use html::{SafeHtml, beginning};
pub use letter::plain_letter;
pub use line::{Line, Text, TextProblem};
pub use number::{amount, pounds, thousands};
pub use series::{series, series_with};
pub use slug::Slug;
pub use spelled::{capitalised, from_letters, in_letters};
pub use web_address::{NotAWebAddress, WebAddress};
