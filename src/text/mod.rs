//! Words people type, as we keep them.
mod contact;
mod html;
mod line;
pub mod plain_language;
mod series;
mod slug;
mod web_address;

pub use contact::{Email, NotAPhone, NotAnEmail, Phone};
pub use html::SafeHtml;
pub use line::{Line, Text, TextProblem};
pub use series::series;
pub use slug::Slug;
pub use web_address::{NotAWebAddress, WebAddress};
