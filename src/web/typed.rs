//! A form exactly as it was typed.
use axum::extract::{FromRequest, RawForm, Request};

use super::Error;
use crate::forms::Answers;

/// All pairs of a form, in their order. U+0000, which no keyboard types and Postgres cannot keep, is left
/// out; nothing else is touched.
pub struct Typed(pub Answers);

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = Error;
    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let RawForm(body) = RawForm::from_request(request, state).await?;
        let kept = |typed: &str| typed.replace('\0', "");
        let pairs = form_urlencoded::parse(&body);
        Ok(Self(Answers::of(pairs.map(|(field, value)| (kept(&field), kept(&value))))))
    }
}
