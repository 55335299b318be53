//! What stays of the sample's cohort that was held: who came, what people answered, their certificates.
use anyhow::Result;
use jiff::Timestamp;
use sqlx::PgConnection;

use crate::{
    accounts::Scope,
    providers,
    text::Slug,
    training::{
        Moment, certificate,
        shown::{Answer, ShownOn, State},
        store::{self, attendance, evaluation, shown},
    },
};

/// Its page says that it took part.
const PROVIDER: &str = "riverbend-voices";

/// Adds it to each cohort that was held, in the caller's transaction.
pub async fn load(db: &mut PgConnection, now: Timestamp) -> Result<()> {
    for held in evaluation::all(&mut *db).await? {
        let Some(cohort) = store::cohort(&mut *db, held.cohort).await? else { continue };
        let Some(programme) = store::programme(&mut *db, held.programme).await? else { continue };
        let people = store::bookings::of_cohort(&mut *db, cohort.id).await?;
        // Most missed one session at most; the last two came only once.
        let came = |person: usize, session: usize| match person + 2 < people.len() {
            true => !(person + session).is_multiple_of(5),
            false => session == 0,
        };
        let mut noted = Vec::new();
        for (person, booking) in people.iter().enumerate() {
            for (at, session) in cohort.sessions.iter().enumerate() {
                if came(person, at) {
                    noted.push((booking.id, session.id));
                }
            }
        }
        let sessions: Vec<_> = cohort.sessions.iter().map(|session| session.id).collect();
        let noted: Vec<_> = noted.iter().collect();
        attendance::replace(&mut *db, cohort.id, &sessions, &noted).await?;
        for (person, many) in (0_u8..).zip(&people) {
            for (moment, from) in [(Moment::Before, 1), (Moment::After, 6)] {
                evaluation::mark_answered(&mut *db, many.id, moment).await?;
                let value = |question: u8| from + (person * question / 2 + question) % 4;
                let questions = programme.questions.iter();
                let answers: Vec<_> = questions.map(|one| (one.id, value(one.position))).collect();
                evaluation::count(&mut *db, (cohort.id, moment), &answers).await?;
            }
        }
        certificate::make(&mut *db, &cohort, &programme, now).await?;
        for (booking, person) in
            people.iter().filter_map(|one| Some((one.id, one.person.as_ref()?)))
        {
            for own in shown::own(&mut *db, &person.email, cohort.id).await? {
                shown::ask(&mut *db, (booking, cohort.id), own.on, now).await?;
            }
        }
        let slug = Slug::parse(PROVIDER);
        let provider = match &slug {
            Some(slug) => providers::store::found(&mut *db, slug).await?,
            None => None,
        };
        if let (Some(provider), Some(first)) = (provider, people.first()) {
            let on = ShownOn::Provider(provider.id);
            shown::ask(&mut *db, (first.id, cohort.id), on, now).await?;
        }
        let asked = shown::within(&mut *db, &Scope::Everything, State::Asked, None).await?;
        for asked in asked {
            shown::settle(&mut *db, asked.id, Answer::Show, None, now).await?;
        }
    }
    Ok(())
}
