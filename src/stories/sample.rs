//! Three stories for the sample directory: invented, and they say so.
use jiff::{Span, Timestamp, civil::Date};
use sqlx::PgConnection;

use super::{State, StoryId, form, store};
use crate::{calendar::civil_now, forms::Answers, places::Places, text::Slug};

struct Invented {
    title: &'static str,
    kind: &'static str,
    teller: &'static str,
    name: &'static str,
    /// The address of the one it is about.
    offer: &'static str,
    need: &'static str,
    words: &'static str,
    days_ago: i64,
}

const STORIES: [Invented; 3] = [
    Invented {
        title: "A bowl that leans a little",
        kind: "testimonial",
        teller: "took-part",
        name: "Joan",
        offer: "/offers/clay-and-company",
        need: "loneliness",
        words: "After my husband died I did not want to talk to anybody. My link worker said: you need not talk, there is \
         clay.\n\nThe first time I made a bowl that leans. Somebody put it on the shelf next to all the others, and \
         nobody laughed. Now I go every week. *I still do not talk much. But they know how I take my tea.*\n\n(This \
         story is invented, like everything in this sample.)",
        days_ago: 12,
    },
    Invented {
        title: "What I say when somebody is afraid of the first visit",
        kind: "case-study",
        teller: "link-worker",
        name: "",
        offer: "/offers/the-mending-bench",
        need: "confidence",
        words: "A man of 71 came to me because he slept badly. What he missed was work: being good at something.\n\nI rang \
         the bench while he sat beside me. We agreed that he would only watch. I went with him the first \
         time.\n\n- Week one: he watched.\n- Week two: he held the torch.\n- Week six: he mended a clock for \
         somebody he had never met.\n\nHe sleeps a little better. He says it is the clock.\n\n(This story is \
         invented, like everything in this sample.)",
        days_ago: 40,
    },
    Invented {
        title: "Two hours that are mine",
        kind: "testimonial",
        teller: "carer",
        name: "Amina",
        offer: "/offers/thursday-studio",
        need: "caring",
        words: "I look after my brother. Everybody asks how he is. In the studio they ask what I am making.\n\nIt is only \
         two hours, and I nearly gave it up twice. The quiet helped me most. I come home and I am kinder.\n\n(This \
         story is invented, like everything in this sample.)",
        days_ago: 75,
    },
];

/// Adds them, in the caller's transaction; after the offers, whose boroughs they take.
pub async fn load(db: &mut PgConnection, places: &Places, now: Timestamp) -> sqlx::Result<()> {
    let today = civil_now(now).date();
    for (number, one) in (1..).zip(STORIES) {
        let told = today.saturating_sub(Span::new().days(one.days_ago));
        let mut typed = Answers::default();
        for (field, value) in [
            ("title", one.title),
            ("kind", one.kind),
            ("teller", one.teller),
            ("name", one.name),
            ("offers", one.offer),
            ("needs", one.need),
            ("words", one.words),
            ("consent_by", "person"),
            ("consent_kept", "Nobody was asked: it is invented for the sample"),
            ("site", "yes"),
        ] {
            typed.set(field, value);
        }
        typed.set("consent_on", crate::calendar::date_in_words(told));
        keep(db, places, (StoryId::from_u128(number), &typed), (told, now)).await?;
    }
    Ok(())
}

async fn keep(
    db: &mut PgConnection,
    places: &Places,
    (id, typed): (StoryId, &Answers),
    (told, now): (Date, Timestamp),
) -> sqlx::Result<()> {
    let named = store::named(&mut *db, &form::lines(typed)).await?;
    let says = form::read(typed, &named, places, civil_now(now).date());
    let says = says.map_err(|wrong| sqlx::Error::Encode(format!("{wrong:?}").into()))?;
    let slug = Slug::from_name(says.title.as_str()).ok_or(sqlx::Error::RowNotFound)?;
    store::begin(&mut *db, id, None, typed, now).await?;
    store::say(&mut *db, id, &says).await?;
    store::publish_as(&mut *db, id, &slug, told).await?;
    store::enter(db, id, State::Published, now).await
}
