//! What the coach says of a good and of a poor listing, and how its score behaves.
use askama::Template;
use proptest::prelude::*;

use super::*;
use crate::{
    calendar::parse_schedules,
    text::{Line, Text, plain_language::Swaps},
    topics::{Access, Code, Joining},
};

/// Says no more than it must, and says that plainly.
pub fn bare() -> Content {
    let content = serde_json::json!({
        "title": "Clay and company", "summary": "Make pots at a long table. The kettle is always on.",
        "provider": uuid::Uuid::nil(), "activities": ["pottery"], "needs": ["loneliness"],
        "kind": "creative", "how": { "keywords": [] },
        "audiences": { "for": [], "welcome": [], "only": [] }, "ages": "not_stated",
        "who_may_come": "anyone",
        "when": { "schedules": [], "notices": [] },
        "place": { "delivery": ["in-person"], "address_private": false, "outreach": [] },
        "access": { "yes": [], "no": [], "notes": {} }, "languages": [],
        "cost": { "code": "free", "prices": [] },
        "residents": { "routes": ["drop-in"] }, "professionals": { "routes": [] },
        "contacts": [{ "phone": "020 7946 0142", "reader": "everyone" }],
        "quality": {}, "boroughs": ["E09000028"]
    });
    serde_json::from_value(content).unwrap()
}

fn text<const MAX: usize>(words: &str) -> Option<Text<MAX>> {
    Some(Text::parse(words).unwrap())
}

/// Each states one fact.
const STATE: [fn(&mut Content); 17] = [
    |offer| offer.access.yes.insert(Access::ALL[0]),
    |offer| offer.how.first_visit = text("Dele says hello and finds you a chair."),
    |offer| offer.access.no = Access::ALL[1..7].iter().copied().collect(),
    |offer| offer.ages = Ages::Stated { from: Some(18), to: None },
    |offer| {
        let on = jiff::civil::date(2026, 11, 17);
        offer.places = Some(PlacesSaid { code: crate::topics::Places::Open, on });
    },
    |offer| offer.when.programme.schedules = parse_schedules("weekly tue 10:30-12:00").unwrap(),
    |offer| offer.how.description = text("You roll, pinch and paint clay. We fire it for you."),
    |offer| offer.place.travel = text("The bus stop is 80 metres away."),
    |offer| offer.reply_days = Some(2),
    |offer| offer.professionals.routes.insert(Joining::ALL[0]),
    |offer| offer.quality.dbs_checked = Some(false),
    |offer| offer.quality.support = text("Ama is there for you."),
    |offer| offer.quality.experience = text("Two potters with nine years of groups."),
    |offer| offer.how.bring = text("Nothing. We lend you an apron."),
    |offer| offer.how.afterwards = text("Some people go on to the Thursday studio."),
    |offer| offer.not_suitable_for = text("People who find clay dust hard to breathe."),
    |offer| offer.quality.insured = Some(true),
];

fn good() -> Content {
    let mut offer = bare();
    STATE.iter().for_each(|state| state(&mut offer));
    offer
}

fn poor() -> Content {
    let mut offer = bare();
    offer.title = Line::parse("Holistic Textile Intervention").unwrap();
    offer.summary = Line::parse(
        "A facilitated intervention for participants experiencing social isolation, which aims to \
         deliver improved outcomes through engagement, peer support, sustained creative practice and \
         the co-production of an artefact that is clinically proven to heal.",
    )
    .unwrap();
    offer
}

fn fields(coached: &Coached) -> Vec<&'static str> {
    coached.asked.iter().map(|asked| asked.field).collect()
}

#[test]
fn a_good_listing_is_told_nothing() {
    let coached = coach(&good(), &[], Swaps::shipped());
    assert_eq!(
        (coached.score, coached.asked, coached.texts, coached.warnings),
        (100, vec![], vec![], vec![])
    );
    let age = coached.reading_age.unwrap().years;
    assert!(age <= 9, "{age}");
}

#[test]
fn a_poor_listing_is_told_what_is_hard_and_warned_of_promises_apart() {
    let coached = coach(&poor(), &[], Swaps::shipped());
    assert!(coached.reading_age.unwrap().years >= 18);
    let of = |field| coached.texts.iter().find(|one| one.field == field).unwrap();
    assert_eq!(of("title").advice.swaps.len(), 2);
    assert_eq!(of("summary").advice.long_sentences.len(), 1);
    let warned: Vec<_> =
        coached.warnings.iter().map(|one| (one.field, one.words.as_str())).collect();
    assert_eq!(warned, [("summary", "clinically proven"), ("summary", "heal")]);
    assert!(coached.score < coach(&good(), &[], Swaps::shipped()).score);
}

#[test]
fn link_workers_questions_come_in_their_order_each_field_once() {
    let asked = fields(&coach(&bare(), &[], Swaps::shipped()));
    assert_eq!(asked[..5], ["access", "first_visit", "ages", "places", "when"]);
    assert_eq!(asked.iter().filter(|field| **field == "access").count(), 1);
    let mut some = bare();
    some.access.no.insert(Access::ALL[0]);
    let asked = coach(&some, &[], Swaps::shipped()).asked;
    assert!(asked[1].field == "access" && asked[1].question.contains("come along"), "{asked:?}");
}

#[test]
fn nobody_asks_for_the_bus_to_an_online_group_or_for_days_that_are_agreed() {
    let mut offer = bare();
    offer.place.delivery = [crate::topics::Delivery::Online].into_iter().collect();
    offer.when.by_arrangement = Some(Line::parse("Days are agreed with you").unwrap());
    let asked = fields(&coach(&offer, &[], Swaps::shipped()));
    assert!(!asked.iter().any(|field| ["access", "travel", "when"].contains(field)), "{asked:?}");
}

#[test]
fn what_stands_in_for_a_missing_answer_is_not_read_and_does_not_count() {
    let whole = coach(&poor(), &[], Swaps::shipped());
    let coached = coach(&poor(), &["summary", "schedule-1-days", "first_visit"], Swaps::shipped());
    assert!(coached.score < whole.score && coached.warnings.is_empty());
    assert!(coached.texts.iter().all(|one| one.field == "title"));
    assert!(
        coach(&good(), &["when"], Swaps::shipped()).asked.iter().any(|asked| asked.field == "when")
    );
}

#[test]
fn a_registered_therapist_is_not_warned_of_therapy() {
    let mut offer = bare();
    offer.summary = Line::parse("Art therapy in a small group.").unwrap();
    assert_eq!(coach(&offer, &[], Swaps::shipped()).warnings.len(), 1);
    offer.kind = Kind::Therapy { led_by: Line::parse("Ama Boateng, HCPC AS01").unwrap() };
    assert_eq!(coach(&offer, &[], Swaps::shipped()).warnings, []);
    assert_eq!(coach(&offer, &["kind"], Swaps::shipped()).warnings.len(), 1);
}

#[test]
fn choosing_how_it_is_held_lowers_nothing_although_it_asks_for_more() {
    let before = coach(&bare(), &["delivery"], Swaps::shipped()).score;
    let after =
        coach(&bare(), &["venue_name", "venue_address", "venue_postcode"], Swaps::shipped()).score;
    assert_eq!(before, after);
}

proptest! {
    #[test]
    fn one_more_fact_never_lowers_the_score_and_never_adds_a_question_but_on_access(
        stated in proptest::collection::vec(any::<bool>(), 17),
        missing in proptest::sample::subsequence(
            vec!["title", "summary", "activity", "needs", "kind", "provider_name", "delivery",
                 "venue_name", "when", "cost", "residents_join", "contact-1-email"], 0..=12),
        next in 0..17usize, answered in 0..12usize,
    ) {
        let mut offer = bare();
        for (state, stated) in STATE.iter().zip(&stated) {
            if *stated {
                state(&mut offer);
            }
        }
        let before = coach(&offer, &missing, Swaps::shipped());
        let mut fewer = missing.clone();
        if answered < fewer.len() {
            fewer.remove(answered);
        }
        prop_assert!(coach(&offer, &fewer, Swaps::shipped()).score >= before.score);
        STATE[next](&mut offer);
        let after = coach(&offer, &missing, Swaps::shipped());
        prop_assert!(after.score >= before.score && after.score <= 100);
        prop_assert!(fields(&after).iter().all(|field| fields(&before).contains(field)));
    }
}

#[derive(Template)]
#[template(
    source = r#"{%- import "parts/coach.html" as coach -%}{% call coach::panel(view) %}{% endcall %}"#,
    ext = "html"
)]
struct Panel<'a> {
    view: CoachView<'a>,
}

fn drawn(offer: &Content) -> String {
    Panel { view: CoachView::new(&coach(offer, &[], Swaps::shipped())) }.render().unwrap()
}

#[test]
fn the_panel_says_in_words_what_its_gauge_draws() {
    let page = drawn(&poor());
    for part in [
        "<title>Reading age on a line from 6 to 20. Aim for 9 to 11. Yours is 18 or over.</title>",
        "One sentence, 33 words",
        "<dt>participants</dt> <dd>people</dd>",
        "Words that promise treatment",
        "<dt>clinically proven</dt>",
        "Link workers often ask",
        "Can they get in without stairs?",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("Nothing to change"));
}

#[test]
fn the_panel_praises_plain_words_and_escapes_what_was_typed() {
    let page = drawn(&good());
    assert!(page.contains("Nothing to change") && page.contains("100 out of 100"), "{page}");
    assert!(!page.contains("Plainer words") && !page.contains("often ask"));
    let mut offer = bare();
    let words = "<b>it is &led <script> ".repeat(6);
    offer.summary = Line::parse(&words.replace("&led", "led by")).unwrap();
    offer.how.description = text(&"<i>word ".repeat(30));
    let page = drawn(&offer);
    for typed in ["<b>", "<i>", "<script>"] {
        assert!(!page.contains(typed), "{typed} in {page}");
    }
    assert!(page.contains("&#60;i&#62;word"), "{page}");
}
