//! What an offer says becomes answers, and they say the same.
use jiff::{
    ToSpan,
    civil::{Date, Time, Weekday},
};
use proptest::{collection::vec, option, prelude::*, sample::subsequence};

use super::{fixtures::*, read};
use crate::{
    calendar::{Nth, Pause, Programme, Rule, Schedule, Weekdays},
    offers::*,
    places::Gss,
    providers::Profile,
    submissions::writing::{answers_of, answers_of_profile},
    text::{Email, Line, Phone, Text, WebAddress},
    topics::{self, Activity, Code, Codes, Language},
    venues::Standing,
};

proptest! {
    #[test]
    fn an_offer_becomes_answers_that_say_the_same(
        (mut content, profile, venue) in (content(), profile(), venue())
    ) {
        let submission = submission(crate::forms::Answers::default());
        content.provider = submission.provider;
        if content.place.venue.is_some() {
            content.place.venue = Some(venue.venue.id);
        }
        let place = content.place.venue.map(|_| &venue.venue);
        let answers = answers_of(&content, &profile, place, &gazetteer());
        let mut known = known();
        known.venues = vec![venue.clone()];
        let submission = crate::submissions::Submission { answers, ..submission };
        let read = read(&submission, &known, TODAY);
        prop_assert_eq!((told(&read), missing(&read)), (vec![], vec![]));
        prop_assert_eq!(&read.content, &content);
        prop_assert_eq!(&read.provider, &profile);
        prop_assert_eq!(read.venue.as_ref(), place);
        prop_assert!(!read.venue_is_new);
    }

    #[test]
    fn a_profile_becomes_answers_that_say_the_same(profile in profile()) {
        let read = reading(answers_of_profile(&profile, &gazetteer()));
        prop_assert_eq!(told(&read), Vec::<String>::new());
        prop_assert_eq!(read.provider, profile);
    }
}

fn line<const MAX: usize>() -> impl Strategy<Value = Line<MAX>> {
    "[a-zA-Zéß🎨’.£#<&\"-]{1,8}( [a-zA-Zéß🎨’,.£#<&\"-]{1,8}){0,3}"
        .prop_map(|typed| Line::parse(&typed).unwrap())
}
fn text<const MAX: usize>() -> impl Strategy<Value = Text<MAX>> {
    vec("[a-zéß🎨’,;.£#<&* -]{0,20}x", 1..4)
        .prop_map(|lines| Text::parse(&lines.join("\n")).unwrap())
}
fn web() -> impl Strategy<Value = WebAddress> {
    "https?://[a-z]{1,9}\\.example(/[a-z0-9?=&%-]{0,20})?"
        .prop_map(|typed| WebAddress::parse(&typed).unwrap())
}
fn codes<T: Code>(least: usize) -> impl Strategy<Value = Codes<T>> {
    subsequence(T::ALL.to_vec(), least..=T::ALL.len()).prop_map(|codes| codes.into_iter().collect())
}
fn boroughs(least: usize) -> impl Strategy<Value = Vec<Gss>> {
    subsequence(vec![southwark(), lewisham()], least..=2).prop_shuffle()
}
/// Days from today on, or back.
fn day(days: std::ops::Range<i32>) -> impl Strategy<Value = Date> {
    days.prop_map(|days| TODAY.checked_add(days.days()).unwrap())
}
fn some_days() -> impl Strategy<Value = Vec<Date>> {
    vec(day(-300..300), 0..4).prop_map(|mut days| {
        days.sort();
        days.dedup();
        days
    })
}

fn venue() -> impl Strategy<Value = Standing> {
    (any::<bool>(), line(), line()).prop_map(|(with_postcode, name, address)| {
        let mut standing = lantern_yard(3, true);
        standing.venue.name = name;
        standing.venue.address = address;
        standing.venue.postcode = standing.venue.postcode.filter(|_| with_postcode);
        standing
    })
}

fn profile() -> impl Strategy<Value = Profile> {
    let borough = option::of(prop::sample::select(vec![southwark(), lewisham()]));
    (line(), option::of(line()), option::of(text()), option::of(web()), borough).prop_map(
        |(name, summary, about, website, borough)| Profile {
            name,
            summary,
            about,
            website,
            borough,
        },
    )
}

fn schedule() -> impl Strategy<Value = Schedule> {
    let weekday = (0i8..7).prop_map(|at| Weekday::from_monday_zero_offset(at).unwrap());
    let days = vec(weekday.clone(), 1..5).prop_map(|days| days.into_iter().collect::<Weekdays>());
    let nth =
        prop::sample::select(vec![Nth::First, Nth::Second, Nth::Third, Nth::Fourth, Nth::Last]);
    let rule = prop_oneof![
        days.clone().prop_map(Rule::Weekly),
        (2u8..=12, days).prop_map(|(weeks, days)| Rule::EveryNWeeks { weeks, days }),
        (nth, weekday).prop_map(|(nth, day)| Rule::Monthly { nth, day }),
        (2u8..=52).prop_map(|sessions| Rule::Course { sessions }),
        some_days().prop_map(|days| Rule::Dates([vec![TODAY], days].concat())),
    ];
    let times =
        (0i16..1430, 1i16..600).prop_map(|(start, length)| (start, (start + length).min(1439)));
    let from = day(-200..100);
    let others = (option::of(from), option::of(day(100..400)), any::<bool>(), any::<bool>());
    (rule, times, others, some_days(), some_days()).prop_map(
        |(rule, times, others, skipped, extra)| {
            let (from, until, term_time_only, bank_holidays) = others;
            let time =
                |minutes: i16| Time::new((minutes / 60) as i8, (minutes % 60) as i8, 0, 0).unwrap();
            let loose = matches!(rule, Rule::Dates(_));
            let counted = matches!(rule, Rule::EveryNWeeks { .. } | Rule::Course { .. });
            let extra: Vec<Date> =
                extra.into_iter().filter(|day| !loose && !skipped.contains(day)).collect();
            let schedule = Schedule {
                rule,
                starts: time(times.0),
                ends: time(times.1),
                from: if loose { None } else { from.or(counted.then_some(TODAY)) },
                until: until.filter(|_| !loose),
                term_time_only: term_time_only && !loose,
                bank_holidays: bank_holidays && !loose,
                skipped,
                extra,
            };
            schedule.check().unwrap()
        },
    )
}

fn when() -> impl Strategy<Value = When> {
    let pause = (day(-60..60), option::of(60i32..200)).prop_map(|(from, length)| Pause {
        from,
        to: length.map(|days| from.checked_add(days.days()).unwrap()),
    });
    let notice = (line(), day(-9..90)).prop_map(|(text, until)| Notice { text, until });
    let parts = (option::of(line()), option::of(pause), option::of(day(0..400)), vec(notice, 0..3));
    (vec(schedule(), 0..3), line(), parts).prop_map(
        |(schedules, fallback, (by_arrangement, pause, ends_on, notices))| When {
            by_arrangement: by_arrangement.or(schedules.is_empty().then_some(fallback)),
            programme: Programme { schedules, pause, ends_on },
            notices,
        },
    )
}

fn ages() -> impl Strategy<Value = Ages> {
    prop_oneof![
        Just(Ages::NotStated),
        (option::of(0u8..=60), option::of(60u8..=120))
            .prop_map(|(from, to)| Ages::Stated { from, to }),
    ]
}

fn who_may_come() -> impl Strategy<Value = WhoMayCome> {
    let networks = subsequence(vec!["U00070", "U00254", "U99999"], 1..=3)
        .prop_map(|codes| codes.into_iter().map(|code| Line::parse(code).unwrap()).collect());
    prop_oneof![
        Just(WhoMayCome::Anyone),
        boroughs(1).prop_map(WhoMayCome::ResidentsOf),
        networks.prop_map(WhoMayCome::PatientsOf),
    ]
}

/// Each code in one of the sets at most.
fn apart<T: Code>(ways: &[u8], way: u8) -> Codes<T> {
    T::ALL.iter().copied().zip(ways).filter(|(_, one)| **one == way).map(|(code, _)| code).collect()
}

fn access() -> impl Strategy<Value = AccessAnswers> {
    let notes =
        prop::collection::btree_map(prop::sample::select(topics::Access::ALL), line(), 0..4);
    (vec(0u8..3, 16), notes, option::of(text())).prop_map(|(ways, notes, more)| AccessAnswers {
        yes: apart(&ways, 1),
        no: apart(&ways, 2),
        notes,
        more,
    })
}

fn cost() -> impl Strategy<Value = Cost> {
    let per = prop::sample::select(vec![Per::Session, Per::Course, Per::Month, Per::Year]);
    let price =
        (line(), 0u32..=1_000_000, per).prop_map(|(label, pence, per)| Price { label, pence, per });
    let code = prop::sample::select(topics::Cost::ALL);
    let words = (option::of(line()), option::of(line()), option::of(line()));
    (code, vec(price, 1..4), words).prop_map(|(code, prices, (note, concessions, help))| Cost {
        code,
        prices: if code == topics::Cost::Free { vec![] } else { prices },
        note,
        concessions,
        help,
    })
}

fn way_in(least: usize) -> impl Strategy<Value = WayIn> {
    (codes(least), option::of(text()), option::of(web())).prop_map(|(routes, how, link)| WayIn {
        routes,
        how,
        link,
    })
}

fn contact() -> impl Strategy<Value = Contact> {
    let phone = "0[0-9]{2} [0-9]{4} [0-9]{4}".prop_map(|typed| Phone::parse(&typed).unwrap());
    let email = "[a-z.]{0,5}a@[a-z]{1,9}\\.example"
        .prop_filter_map("dots", |typed| Email::parse(&typed).ok());
    let ways = (phone, option::of(email), option::of(web()), any::<bool>());
    (option::of(line()), option::of(line()), ways).prop_map(|(name, role, ways)| {
        let (phone, email, web, all) = ways;
        let only_phone = email.is_none() && web.is_none();
        let reader = if all { Reader::Everyone } else { Reader::Professionals };
        Contact { name, role, phone: (only_phone || all).then_some(phone), email, web, reader }
    })
}

fn quality() -> impl Strategy<Value = Quality> {
    let words = (option::of(text()), option::of(text()), option::of(text()), option::of(text()));
    let facts = (option::of(any::<bool>()), option::of(any::<bool>()), option::of(any::<bool>()));
    (words, facts).prop_map(|((experience, lived_experience, training, support), facts)| Quality {
        experience,
        lived_experience,
        training,
        safeguarding_policy: facts.0,
        dbs_checked: facts.1,
        insured: facts.2,
        support,
    })
}

fn how() -> impl Strategy<Value = How> {
    let words = vec(line(), 0..4).prop_map(|mut words: Vec<Line<40>>| {
        words.sort();
        words.dedup();
        words
    });
    (option::of(text()), option::of(text()), option::of(text()), option::of(text()), words)
        .prop_map(|(description, first_visit, bring, afterwards, keywords)| How {
            description,
            first_visit,
            bring,
            afterwards,
            keywords,
        })
}

/// What is not held in person has no venue in the form, and then boroughs, or one for them to come to.
fn place() -> impl Strategy<Value = Where> {
    (codes(1), any::<bool>(), any::<bool>(), option::of(text()), boroughs(0)).prop_map(
        |(delivery, venue, address_private, travel, outreach)| {
            let in_person =
                Codes::<topics::Delivery>::contains(delivery, topics::Delivery::InPerson);
            let venue = (in_person && (venue || outreach.is_empty())).then(uuid::Uuid::nil);
            Where {
                delivery,
                venue,
                address_private: address_private && venue.is_some(),
                travel: travel.filter(|_| in_person),
                outreach,
            }
        },
    )
}

/// Of those that [`known`](super::fixtures::known) has.
fn images() -> impl Strategy<Value = Vec<Image>> {
    let pictures = subsequence(PICTURES.to_vec(), 0..=PICTURES.len()).prop_shuffle();
    (pictures, vec((line(), line()), PICTURES.len())).prop_map(|(pictures, words)| {
        let with_words = pictures.into_iter().zip(words);
        with_words.map(|(picture, (alt, credit))| Image { picture, alt, credit }).collect()
    })
}

fn content() -> impl Strategy<Value = Content> {
    let kind =
        prop_oneof![Just(Kind::Creative), line().prop_map(|led_by| Kind::Therapy { led_by })];
    let activities = subsequence(Activity::ALL.to_vec(), 1..=5).prop_shuffle();
    let what = (line(), line(), activities, codes(1), kind, how());
    let who = (vec(0u8..4, 16), ages(), option::of(text()), who_may_come());
    let languages = subsequence(Language::all().collect::<Vec<_>>(), 0..4);
    let there = (when(), place(), access(), languages, option::of(any::<bool>()));
    let said = option::of((prop::sample::select(topics::Places::ALL), day(-90..1)));
    let join = (cost(), way_in(1), way_in(0), said, option::of(0u8..=60));
    let testimonial = option::of((text(), line()));
    let about = (vec(contact(), 1..4), quality(), testimonial, boroughs(1), images());
    (what, who, there, join, about).prop_map(|(what, who, there, join, about)| Content {
        title: what.0,
        summary: what.1,
        provider: uuid::Uuid::nil(),
        activities: what.2,
        needs: what.3,
        kind: what.4,
        how: what.5,
        audiences: AudienceFit {
            meant_for: apart(&who.0, 1),
            welcome: apart(&who.0, 2),
            only: apart(&who.0, 3),
        },
        ages: who.1,
        not_suitable_for: who.2,
        who_may_come: who.3,
        when: there.0,
        place: there.1,
        access: there.2,
        languages: there.3,
        interpreter: there.4,
        cost: join.0,
        residents: join.1,
        professionals: join.2,
        places: join.3.map(|(code, on)| PlacesSaid { code, on }),
        reply_days: join.4,
        contacts: about.0,
        quality: about.1,
        testimonial: about.2.map(|(words, by)| Testimonial { words, by }),
        boroughs: about.3,
        images: about.4,
    })
}
