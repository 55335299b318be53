//! An administrator takes somebody's second factor away, for whoever has lost it.
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgPool;

use super::people::{OfAccount, managed};
use crate::{
    accounts::pages::Signed,
    web::{Error, Now, Path, Result},
};

pub async fn reset(
    State(db): State<PgPool>,
    signed: Signed,
    Now(now): Now,
    Path(OfAccount { account }): Path<OfAccount>,
) -> Result<Response> {
    match managed(&db, &signed, account).await?.reset_second_factor(now).await? {
        Ok(()) => {
            Ok(Redirect::to(&format!("/desk/people/{account}?done=factor-reset")).into_response())
        }
        Err(_) => Err(Error::Forbidden),
    }
}
