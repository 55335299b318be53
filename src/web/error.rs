//! Every way a request can fail.
use axum::{
    Extension,
    extract::rejection::{PathRejection, QueryRejection, RawFormRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::problem::Problem;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What failed, in the words a visitor reads. Causes are logged and never shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("There is no page at this address")]
    NotFound,
    #[error("{0}")]
    BadRequest(String),
    #[error("This address cannot be used in that way")]
    WrongMethod,
    #[error("What you sent is too large")]
    TooLarge,
    #[error("You may not do this")]
    Forbidden,
    #[error("This form was sent from another site")]
    Foreign,
    #[error("This took too long")]
    TooSlow,
    /// For a while: the same request may succeed soon.
    #[error("{0}")]
    Unavailable(&'static str),
    #[error("Something went wrong on our side")]
    Internal(#[source] anyhow::Error),
}

impl Error {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Forbidden | Self::Foreign => StatusCode::FORBIDDEN,
            Self::TooSlow | Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What a visitor can do about it.
    fn advice(&self) -> &'static str {
        match self {
            Self::NotFound => {
                "If you typed the address, check that it is right. If you followed a link, \
                 the page may have been moved or removed."
            }
            Self::BadRequest(_) => "Change it and try again.",
            Self::WrongMethod => "Go back to the page you came from and start again from there.",
            Self::TooLarge => "Make it shorter or smaller, then send it again.",
            Self::Forbidden => {
                "You can read this, but only somebody with more rights can change it."
            }
            Self::Foreign => "Open the page here, on this site, and send it from there.",
            Self::TooSlow | Self::Unavailable(_) => "Try again in a minute.",
            Self::Internal(_) => {
                "It is not your fault. We have made a note of it. Try again in a few minutes."
            }
        }
    }
}

/// Handlers only say what failed; the area of the site (page or JSON) decides how it looks.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Internal(cause) = &self {
            // One sentence for each cause, and not their debug form: there databases quote whole rows.
            tracing::error!("{cause:#}");
        }
        let (status, advice) = (self.status(), self.advice());
        let problem = Problem { status, message: self.to_string(), advice };
        let mut response = (status, Extension(problem)).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

// Each source is listed on purpose: a new one does not compile until its status is chosen.
impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Self {
        match cause {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
                tracing::warn!("The database cannot be reached: {cause}");
                Self::Unavailable("Our records cannot be reached just now")
            }
            other => Self::Internal(other.into()),
        }
    }
}
impl From<askama::Error> for Error {
    fn from(cause: askama::Error) -> Self {
        Self::Internal(cause.into())
    }
}
impl From<PathRejection> for Error {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}
impl From<QueryRejection> for Error {
    fn from(cause: QueryRejection) -> Self {
        Self::BadRequest(cause.body_text())
    }
}
impl From<RawFormRejection> for Error {
    fn from(cause: RawFormRejection) -> Self {
        match cause.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => Self::BadRequest(cause.body_text()),
        }
    }
}
