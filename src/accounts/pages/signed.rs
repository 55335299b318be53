//! Whoever is signed in, for handlers of the desk.
use axum::{
    extract::{FromRef, FromRequestParts},
    http::{Method, StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgPool;

use super::{cookies::Cookie, sign_in::SignInPage};
use crate::{
    accounts::{Account, SessionId, store},
    config::PublicUrl,
    forms::{Answers, Mistakes},
    web::{Error, Now, View},
};

/// Somebody who is signed in. A handler that takes it cannot be reached otherwise.
#[derive(Clone, Debug)]
pub struct Signed {
    pub account: Account,
    pub session: SessionId,
}

/// Nobody is signed in, or not any more.
pub enum Outside {
    /// To be sent to the sign-in page, and back to this address.
    Reads(String),
    Writes,
    Failed(Error),
}

impl<S> FromRequestParts<S> for Signed
where
    S: Send + Sync,
    PgPool: FromRef<S>,
    PublicUrl: FromRef<S>,
{
    type Rejection = Outside;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Outside> {
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        let outside = || match parts.method {
            Method::GET | Method::HEAD => Outside::Reads(
                parts.uri.path_and_query().map_or("/desk", |uri| uri.as_str()).into(),
            ),
            _ => Outside::Writes,
        };
        let cookie = Cookie::session(&PublicUrl::from_ref(state)).of(&parts.headers);
        let cookie = cookie.ok_or_else(outside)?;
        let db = PgPool::from_ref(state);
        let failed = |cause: sqlx::Error| Outside::Failed(cause.into());
        let mut db = db.acquire().await.map_err(failed)?;
        let found = store::signed_in(&mut db, &cookie, now).await.map_err(failed)?;
        let (session, account) = found.ok_or_else(outside)?;
        Ok(Self { account, session })
    }
}

impl IntoResponse for Outside {
    fn into_response(self) -> Response {
        match self {
            Self::Reads(to) => {
                let to: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
                Redirect::to(&format!("/desk/sign-in?to={to}")).into_response()
            }
            Self::Writes => {
                let mut mistakes = Mistakes::default();
                mistakes.add("email", "You were signed out, and nothing was changed. Sign in, then go back and send it again");
                let page = SignInPage { typed: Answers::default(), mistakes, sent: false };
                (StatusCode::UNAUTHORIZED, View(page)).into_response()
            }
            Self::Failed(error) => error.into_response(),
        }
    }
}
