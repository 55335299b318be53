//! Signing in, signing out, and where one is signed in.
pub mod code;
mod cookies;
pub mod second_factor;
mod sessions;
mod sign_in;
mod signed;

pub use sessions::{end, list, sign_out};
pub use sign_in::{ask, enter, form, open};
pub use signed::{Outside, Signed};
