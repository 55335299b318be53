//! Offers as they are kept: rules of the database, history, lifecycle, change feed, import.
mod feed;
mod history;
mod import;
mod lifecycle;
mod rules;
mod sample;

use fingerpost::{
    calendar::Programme,
    offers::{
        AccessAnswers, Ages, AnyState, AudienceFit, Contact, Content, Cost, How, Kind, Offer,
        OfferId, Quality, Reader, State, Status, WayIn, When, Where, WhoMayCome,
        store::{self, Author},
    },
    places::Gss,
    providers::{self, Profile, Provider, ProviderId},
    text::{Email, Line, Slug},
    topics::{self, Activity, Delivery, Joining, Need},
};
use jiff::Timestamp;
use sqlx::PgPool;

pub fn now() -> Timestamp {
    "2026-11-25T12:00:00Z".parse().unwrap()
}

pub fn by_hand() -> Author {
    Author { by: Line::parse("the tests").unwrap(), why: None }
}

pub async fn provider(db: &PgPool) -> ProviderId {
    let slug = Slug::parse("hollow-lane-clay").unwrap();
    if let Some(kept) = providers::store::found(db, &slug).await.unwrap() {
        return kept.id;
    }
    let profile = Profile {
        name: Line::parse("Hollow Lane Clay").unwrap(),
        summary: None,
        about: None,
        website: None,
        borough: Gss::parse("E09000028"),
    };
    let provider = Provider { id: ProviderId::now_v7(), slug, profile };
    providers::store::keep(db, &provider).await.unwrap();
    provider.id
}

/// Online and by arrangement: the least that may be published.
pub fn content(provider: ProviderId, title: &str) -> Content {
    Content {
        title: Line::parse(title).unwrap(),
        summary: Line::parse("Make pots with others.").unwrap(),
        provider,
        activities: vec![Activity::Pottery],
        needs: [Need::Loneliness].into_iter().collect(),
        kind: Kind::Creative,
        how: How::default(),
        audiences: AudienceFit::default(),
        ages: Ages::NotStated,
        not_suitable_for: None,
        who_may_come: WhoMayCome::Anyone,
        when: When {
            programme: Programme {
                schedules: vec!["weekly tue 10:30-12:00".parse().unwrap()],
                ..Programme::default()
            },
            ..When::default()
        },
        place: Where { delivery: [Delivery::Online].into_iter().collect(), ..Where::default() },
        access: AccessAnswers::default(),
        languages: Vec::new(),
        interpreter: None,
        cost: Cost {
            code: topics::Cost::Free,
            prices: Vec::new(),
            note: None,
            concessions: None,
            help: None,
        },
        residents: WayIn { routes: [Joining::DropIn].into_iter().collect(), ..WayIn::default() },
        professionals: WayIn::default(),
        places: None,
        reply_days: None,
        contacts: vec![Contact {
            name: None,
            role: None,
            phone: None,
            email: Some(Email::parse("hello@hollowlane.example").unwrap()),
            web: None,
            reader: Reader::Everyone,
        }],
        quality: Quality::default(),
        testimonial: None,
        images: Vec::new(),
        boroughs: vec![Gss::parse("E09000028").unwrap()],
    }
}

/// An offer in that state, kept, with one line of history.
pub async fn given(db: &PgPool, slug: &str, state: AnyState) -> Offer<AnyState> {
    let content = content(provider(db).await, slug);
    let seen = !matches!(state.status(), Status::Draft | Status::Submitted);
    let offer = Offer {
        id: OfferId::now_v7(),
        slug: Slug::parse(slug).unwrap(),
        revision: 1,
        content,
        confirmed: None,
        confirm_every: 3,
        first_published: seen.then(now),
        since: now(),
        state,
    };
    let mut changes = db.begin().await.unwrap();
    store::insert(&mut changes, &offer, None, &by_hand(), now()).await.unwrap();
    changes.commit().await.unwrap();
    offer
}

pub async fn published(db: &PgPool, slug: &str) -> Offer<AnyState> {
    given(db, slug, AnyState::Published).await
}

/// The name of the constraint that refused it.
pub fn broken(result: Result<impl Sized, sqlx::Error>) -> String {
    match result {
        Ok(_) => "nothing".to_owned(),
        Err(sqlx::Error::Database(refused)) => {
            refused.constraint().unwrap_or(refused.message()).to_owned()
        }
        Err(other) => panic!("{other}"),
    }
}

/// The next revision in a transaction of its own.
pub async fn save(db: &PgPool, from: Status, offer: &Offer<AnyState>) -> sqlx::Result<Option<()>> {
    let mut changes = db.begin().await?;
    let from = (from, offer.revision - 1);
    let saved = store::save(&mut changes, from, offer, &by_hand(), now()).await?;
    changes.commit().await.map(|()| saved)
}
