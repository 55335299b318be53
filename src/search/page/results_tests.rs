//! The search page as it is drawn.
use askama::Template;
use jiff::civil::{Date, date};

use super::{Around, CardView, filters::groups, results::ResultsPage};
use crate::search::{
    Ask, Card, Choice, Close, Count, Counts, Fit, Found, Hit, LetGo, Loosen, Miss, Parameters,
    Piece, Problem, ask,
    example::{TODAY, card, lexicon, places},
};
use crate::{
    calendar::Session,
    places::Places,
    topics::{Access, Activity, Audience, Code, Codes, Cost, Delivery, Need},
};

const QUESTION: &str = "q=lonely+widower,+free+%3Cb%3E&need=sleep&sort=soonest&page=2";

fn session(day: jiff::civil::Date) -> Session {
    Session { starts: day.at(10, 30, 0, 0), ends: day.at(12, 0, 0, 0) }
}

/// A card of a test lives as long as the tests do.
fn hit(card: Card) -> Hit<'static> {
    let next = session(date(2026, 11, 24));
    Hit {
        card: Box::leak(Box::new(card)),
        distance: Some(420),
        next: Some(next),
        first: Some(next),
        why: vec![
            Piece::Need(Need::Loneliness),
            Piece::Audience(Audience::Men, Fit::Welcome),
            Piece::Session(next),
            Piece::Near(420),
        ],
        not_stated: vec![Piece::Access(Access::CompanionFree)],
    }
}

fn counts() -> Counts<'static> {
    fn of(name: &'static str) -> (&'static str, Vec<Count<'static>>) {
        let all = Choice::all(name).iter().enumerate();
        let count = |(at, choice)| Count { choice, offers: at * 5 % 17, chosen: false };
        (name, all.map(count).collect())
    }
    let spoken = |choice| Count { choice, offers: 0, chosen: choice.code == "yi" };
    let groups = vec![
        of("need"),
        of("activity"),
        of("access"),
        of("audience"),
        of("cost"),
        ("language", Choice::all("language").iter().map(spoken).collect()),
    ];
    Counts { groups }
}

fn found(total: usize, hits: Vec<Hit<'static>>) -> Found<'static> {
    let counts = counts();
    Found { total, hits, called: vec![], close: vec![], counts, loosen: vec![] }
}

fn asked(query: &str, places: &Places) -> (Parameters, Ask) {
    let parameters = Parameters::read(query);
    let asked = ask(&parameters, &lexicon(), places, TODAY).unwrap();
    (parameters, asked)
}

fn drawn(query: &str, found: &Found<'_>) -> String {
    let places = places();
    let (parameters, asked) = asked(query, &places);
    let around = Around { places: &places, today: TODAY, near: None, list: None };
    ResultsPage::new(&parameters, &asked, &[], found, around).render().unwrap()
}

fn words_about(card: &Card, today: Date, say: impl Fn(CardView<'_>) -> String) -> String {
    let places = places();
    say(CardView::plain(card, None, Around { places: &places, today, near: None, list: None }))
}

#[test]
fn a_card_says_when_where_cost_join_why_and_how_fresh_in_this_order() {
    let html = drawn("q=lonely", &found(1, vec![hit(card("Clay and company"))]));
    let card = &html[html.find("<article").unwrap()..html.find("</article>").unwrap()];
    let mut rest = card;
    for fact in [
        "Clay and company",
        "Make pots at a long table",
        "<time datetime=\"2026-11-24T10:30\">Tuesday 24 November 2026, 10:30am to midday</time>",
        "Then every Tuesday",
        "Lantern Yard, SE15",
        "Free",
        "Drop in",
        "Or refer yourself. Few places, said 17 November.",
        "Loneliness and isolation, Especially welcomes men, Tuesday 10:30am",
        "Companion comes free",
        "Confirmed 12 days ago",
    ] {
        let at = rest.find(fact).unwrap_or_else(|| panic!("{fact} is not in its place: {card}"));
        rest = &rest[at..];
    }
}

#[test]
fn what_was_typed_stays_and_is_never_markup() {
    let html = drawn(QUESTION, &found(30, vec![]));
    assert!(!html.contains("<b>&lt;") && !html.contains("free <b>"));
    assert!(html.contains("lonely widower, free &#60;b&#62;</textarea>"), "{html}");
}

#[test]
fn each_meaning_of_a_word_can_be_taken_away_by_itself() {
    let html = drawn("q=lonely+widower", &found(1, vec![]));
    assert!(html.contains("href=\"/offers?q=widower\""), "{html}");
    // Whoever takes "men" away keeps the bereavement.
    assert!(html.contains("href=\"/offers?q=lonely&#38;need=bereavement\""), "{html}");
    assert!(html.contains("plain=widower"), "{html}");
}

#[test]
fn the_box_keeps_what_was_chosen_and_the_order_but_not_the_page() {
    let html = drawn(QUESTION, &found(30, vec![]));
    let form = &html[html.find("<form").unwrap()..html.find("</form>").unwrap()];
    assert!(form.contains("name=\"need\" value=\"sleep\""), "{form}");
    assert!(form.contains("name=\"sort\" value=\"soonest\"") && !form.contains("page"), "{form}");
}

#[test]
fn pages_lead_on_and_back_and_from_beyond_the_end_to_the_last() {
    let html = drawn("need=sleep&page=2", &found(50, vec![hit(card("Tea"))]));
    assert!(html.contains("rel=\"prev\" href=\"/offers?need=sleep\""), "{html}");
    assert!(html.contains("rel=\"next\" href=\"/offers?need=sleep&#38;page=3\""), "{html}");
    let beyond = drawn("page=9", &found(50, vec![]));
    assert!(beyond.contains("rel=\"prev\" href=\"/offers?page=3\""), "{beyond}");
    assert!(!beyond.contains("rel=\"next\""));
}

#[test]
fn where_nothing_matches_each_way_out_leads_to_the_search_without_that_thing() {
    let piece = |(group, code): (&'static str, Option<&str>)| LetGo {
        group,
        code: code.map(str::to_owned),
    };
    let [word, free, day] =
        [("q", Some("zzyzx")), ("cost", Some("free")), ("day", None)].map(piece);
    let both = vec![word.clone(), free.clone()];
    let ways = [(vec![word], 4), (vec![free], 3), (vec![day], 2), (both, 1)];
    let loosen = ways.map(|(pieces, total)| Loosen { pieces, total });
    let nothing = Found { loosen: loosen.into(), ..found(0, vec![]) };
    let html = drawn("q=singing,+free,+zzyzx&day=monday&day=tuesday", &nothing);
    assert!(html.contains("Nothing matches all of this"));
    for (to, label) in [
        ("/offers?q=singing%2C+free%2C&#38;day=monday&#38;day=tuesday", "\u{201c}zzyzx\u{201d}"),
        ("/offers?q=singing%2C+zzyzx&#38;day=monday&#38;day=tuesday", "Free"),
        ("/offers?q=singing%2C+free%2C+zzyzx", "Day"),
        ("/offers?q=singing%2C&#38;day=monday&#38;day=tuesday", "\u{201c}zzyzx\u{201d} and Free"),
    ] {
        assert!(html.contains(&format!("<a href=\"{to}\">{label}</a>")), "{label}: {html}");
    }
}

#[test]
fn a_close_match_says_what_it_misses() {
    let asked: Codes<Cost> = [Cost::Free].into_iter().collect();
    let close = Close {
        hit: hit(card("Collage and cake")),
        miss: Miss::Cost { instead: "£3".into(), asked },
    };
    let html = drawn("q=free", &Found { close: vec![close], ..found(0, vec![]) });
    let section = &html[html.find("Close matches").unwrap()..];
    assert!(section.contains("£3, not free"), "{section}");
}

#[test]
fn a_mistake_is_told_at_its_field_with_what_was_typed() {
    let places = places();
    let (_, sound) = asked("q=singing", &places);
    let parameters = Parameters::read("q=singing&near=Atlantis");
    let problem = Problem {
        name: "near".into(),
        value: "Atlantis".into(),
        field: "near".into(),
        message: "We do not know this place.".into(),
    };
    let around = Around { places: &places, today: TODAY, near: None, list: None };
    let nothing = found(0, vec![]);
    let problems = [problem];
    let page = ResultsPage::new(&parameters, &sound, &problems, &nothing, around);
    let html = page.render().unwrap();
    assert!(html.contains("<a href=\"#near\">We do not know this place.</a>"), "{html}");
    assert!(html.contains("id=\"near\" name=\"near\" value=\"Atlantis\""), "{html}");
    assert!(html.contains("href=\"/offers?q=singing\">Search without it"), "{html}");
}

#[test]
fn a_long_list_shows_those_with_most_offers_in_their_own_order_and_the_rest_on_demand() {
    let places = places();
    let (_, asked) = asked("", &places);
    let counts = counts();
    let all = groups(&asked.parameters, &asked, &[], &counts);
    let needs = &all.iter().find(|group| group.id == "need").unwrap().lists[0];
    assert_eq!((needs.shown.len(), needs.more.len()), (9, Need::ALL.len() - 9));
    let least = needs.shown.iter().map(|count| count.offers).min().unwrap();
    assert!(needs.more.iter().all(|count| count.offers <= least));
    let order: Vec<_> =
        needs.shown.iter().map(|one| Need::parse(&one.choice.code).unwrap()).collect();
    assert!(order.is_sorted());
    assert_eq!(needs.more_title, format!("{} more needs", Need::ALL.len() - 9));
}

#[test]
fn a_list_of_values_without_offers_is_cut_too_and_opens_for_a_choice_in_it() {
    let places = places();
    let (_, asked) = asked("", &places);
    let counts = counts();
    let all = groups(&asked.parameters, &asked, &[], &counts);
    let group = all.iter().find(|group| group.id == "language").unwrap();
    assert_eq!(group.lists[0].shown.len(), 9);
    assert!(group.open && group.lists[0].more_chosen());
}

#[test]
fn what_one_does_stands_under_its_artform() {
    let places = places();
    let (_, asked) = asked("", &places);
    let counts = counts();
    let all = groups(&asked.parameters, &asked, &[], &counts);
    let lists = &all.iter().find(|group| group.id == "activity").unwrap().lists;
    assert_eq!(lists.len(), Activity::artforms().count());
    let codes = |all: Vec<Activity>| all.into_iter().map(Code::code).collect::<Vec<_>>();
    for (list, artform) in lists.iter().zip(Activity::artforms()) {
        let shown: Vec<_> = list.shown.iter().map(|one| &*one.choice.code).collect();
        let more: Vec<_> = list.more.iter().map(|one| &*one.choice.code).collect();
        assert_eq!(shown, [artform.code()]);
        assert_eq!(more, codes(artform.within().collect()));
    }
    let uncounted = Counts { groups: vec![] };
    let all = groups(&asked.parameters, &asked, &[], &uncounted);
    assert!(all.iter().find(|group| group.id == "activity").unwrap().lists.is_empty());
}

#[test]
fn what_needs_no_travel_is_labelled() {
    let labels = |card: &Card| {
        words_about(card, TODAY, |one| one.card.labels().collect::<Vec<_>>().join(", "))
    };
    let nowhere = Card { place: None, has_venue: false, ..card("Paint at your kitchen table") };
    let online = Card { delivery: [Delivery::Online].into_iter().collect(), ..nowhere.clone() };
    assert_eq!(labels(&online), "Online");
    let some = places().boroughs()[0].gss;
    let round = Card { outreach: vec![some], ..nowhere };
    assert_eq!(labels(&round), "Borough-wide");
    let private = Card { has_venue: true, ..round };
    assert_eq!(labels(&private), "", "it has an address, though nobody may know it");
    assert_eq!(labels(&card("Clay and company")), "");
}

#[test]
fn what_follows_is_said_only_while_something_does() {
    let card = card("Clay and company");
    let places = places();
    let around = Around { places: &places, today: TODAY, near: None, list: None };
    let then = |day| CardView::plain(&card, Some(session(day)), around).then();
    assert_eq!(then(date(2026, 12, 8)), Some("Then every Tuesday"));
    assert_eq!(then(date(2026, 12, 15)), None, "it was the last one");
}

#[test]
fn how_far_says_how_many_offers_that_would_bring() {
    let mut nothing = found(0, vec![]);
    let count = |(choice, offers)| Count { choice, offers, chosen: false };
    let distances = Choice::all("within").iter().zip([3, 5, 8, 13]).map(count);
    nothing.counts.groups.insert(0, ("within", distances.collect()));
    let html = drawn("near=SE15&within=5", &nothing);
    assert!(html.contains("<option value=\"2\">Within 2 km (5)</option>"), "{html}");
    assert!(html.contains("<option selected value=\"5\">Within 5 km (8)</option>"), "{html}");
    let nowhere = drawn("", &found(0, vec![]));
    assert!(nowhere.contains("<option value=\"2\">Within 2 km</option>"), "{nowhere}");
}

#[test]
fn how_fresh_a_card_is_changes_with_the_days() {
    let card = card("Clay and company");
    let on = |today| words_about(&card, today, |one| one.freshness().into_owned());
    assert_eq!(on(date(2026, 11, 9)), "Confirmed today");
    assert_eq!(on(date(2026, 11, 10)), "Confirmed yesterday");
    assert_eq!(on(date(2026, 11, 21)), "Confirmed 12 days ago");
    assert_eq!(on(date(2027, 1, 20)), "Confirmed 9 November 2026");
    assert_eq!(on(date(2027, 2, 10)), "Not confirmed since 9 November 2026");
}

#[test]
fn a_card_that_was_shown_before_says_what_is_true_now() {
    let card = card("Clay and company");
    let places = places();
    let said = |next, today| {
        let around = Around { places: &places, today, near: None, list: None };
        let one = CardView::plain(&card, Some(session(next)), around);
        let alike = one.alike().unwrap();
        [one.dates(&alike).to_string(), one.fresh(&alike).to_string()]
    };
    let [dates, fresh] = said(date(2026, 11, 24), date(2026, 11, 21));
    assert!(dates.contains("Tuesday 24 November 2026") && fresh.contains("Confirmed 12 days ago"));
    assert_eq!(said(date(2026, 11, 24), date(2026, 11, 21)), [dates.clone(), fresh.clone()]);
    let [later, same] = said(date(2026, 12, 15), date(2026, 11, 21));
    assert!(later.contains("Tuesday 15 December 2026") && !later.contains("Then"), "{later}");
    assert_eq!(same, fresh);
    let [same, later] = said(date(2026, 11, 24), date(2026, 11, 25));
    assert!(later.contains("Confirmed 16 days ago"), "{later}");
    assert_eq!(same, dates);
}
