//! Words people type, as we keep them.
mod html;
mod line;
mod slug;

pub use html::SafeHtml;
pub use line::{Line, Text, TextProblem};
pub use slug::Slug;
