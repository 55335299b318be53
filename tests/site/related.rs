//! What one might look at from an offer.
use std::collections::HashSet;

use fingerpost::{
    calendar::horizon,
    offers::{Listed, store},
    search::{Catalogue, Related},
    text::Slug,
    topics::{Activity, Delivery, Joining},
};
use futures_util::TryStreamExt;
use jiff::civil::DateTime;

use super::{
    catalogue::{catalogue, noon},
    invented,
    offers::published,
};
use crate::support::{self, Site};

/// The parts of the week in which it is held, by a plain reading.
fn week(listed: &Listed, now: DateTime) -> HashSet<(i8, usize)> {
    let sessions = listed.offer.content.when.programme.sessions(now, horizon(now.date()));
    let part = |hour: i8| match hour {
        ..12 => 0,
        12..17 => 1,
        _ => 2,
    };
    sessions
        .iter()
        .map(|one| (one.starts.weekday().to_monday_one_offset(), part(one.starts.hour())))
        .collect()
}

fn shown(related: &Related) -> Vec<uuid::Uuid> {
    let steps = related.gentler.iter().chain(&related.bigger);
    let all = related.other_times.iter().chain(steps).chain(&related.same_provider);
    all.map(|hit| hit.card.id).collect()
}

#[test]
fn what_is_related_shares_a_need_and_is_held_near_at_other_times() {
    let offers: Vec<Listed> = invented::offers(600).collect();
    let catalogue: Catalogue = catalogue(&offers, noon());
    let by_id = |id| offers.iter().find(|one| one.offer.id == id).unwrap();
    let (mut others, mut gentler, mut bigger) = (0, 0, 0);
    for listed in &offers {
        let Some(related) = catalogue.related(&listed.offer.slug, noon()) else {
            continue;
        };
        let all = shown(&related);
        let distinct: HashSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len(), "each stands in one list only");
        assert!(!all.contains(&listed.offer.id), "not the offer itself");
        let needs = listed.offer.content.needs;
        for hit in &related.other_times {
            let other = by_id(hit.card.id);
            assert!(!other.offer.content.needs.intersection(needs).is_empty());
            assert!(week(listed, noon()).is_disjoint(&week(other, noon())));
            assert!(hit.distance.is_none_or(|far| far <= 5_000));
            others += 1;
        }
        assert!(related.other_times.is_sorted_by_key(|hit| hit.distance));
        let artform = |one: &Listed| {
            let activities = &one.offer.content.activities;
            activities.first().copied().map(Activity::artform)
        };
        for hit in related.gentler.iter().chain(&related.bigger) {
            let other = by_id(hit.card.id);
            assert_eq!(artform(other), artform(listed));
            assert!(!other.offer.content.needs.intersection(needs).is_empty());
        }
        gentler += usize::from(related.gentler.is_some());
        bigger += usize::from(related.bigger.is_some());
        for hit in &related.same_provider {
            assert_eq!(hit.card.provider_slug, listed.provider_slug);
        }
    }
    assert!(others > 50 && gentler > 20 && bigger > 20, "{others}, {gentler}, {bigger}");
}

#[tokio::test]
async fn a_gentler_step_asks_less_and_a_bigger_one_asks_more() {
    let db = support::database().await;
    let given = [
        ("by-telephone", Delivery::Telephone, Joining::DropIn, "weekly tue 10:30-12:00"),
        ("group", Delivery::InPerson, Joining::DropIn, "weekly tue 10:30-12:00"),
        ("by-booking", Delivery::InPerson, Joining::Book, "weekly tue 10:30-12:00"),
        (
            "course",
            Delivery::InPerson,
            Joining::Book,
            "course of 6 weeks 10:30-12:00; from 2026-12-01",
        ),
    ];
    for (slug, ..) in given {
        published(&db, slug).await;
    }
    let mut all: Vec<Listed> = store::listed(&db).try_concat().await.unwrap();
    for listed in &mut all {
        let slug = listed.offer.slug.clone();
        let (_, delivery, joining, schedule) =
            given.into_iter().find(|(name, ..)| *name == slug.as_str()).unwrap();
        let content = &mut listed.offer.content;
        content.place.delivery = [delivery].into_iter().collect();
        content.residents.routes = [joining].into_iter().collect();
        content.when.programme.schedules = vec![schedule.parse().unwrap()];
        // What one provider runs stands in a list of its own.
        listed.provider_slug = slug;
    }
    let catalogue = catalogue(&all, noon());
    let steps = |slug: &str| {
        let related = catalogue.related(&Slug::parse(slug).unwrap(), noon()).unwrap();
        [related.gentler, related.bigger].map(|hit| hit.map(|hit| hit.card.slug.to_string()))
    };
    let named = |one: &str| Some(one.to_owned());
    assert_eq!(steps("by-telephone"), [None, named("group")], "the next step is the smallest");
    assert_eq!(steps("group"), [named("by-telephone"), named("by-booking")]);
    assert_eq!(steps("by-booking"), [named("group"), named("course")]);
    assert_eq!(steps("course"), [named("by-booking"), None]);
}

#[tokio::test]
async fn a_page_lists_what_is_related_and_leads_there() {
    let (_db, site) = Site::of_sample().await;
    let html = site.get("/offers/clay-and-company").await.body;
    let related = html.split_once("id=\"related\"").unwrap().1;
    let theirs = related.split_once("Also by Hollow Lane Clay").unwrap().1;
    assert!(theirs.contains("href=\"/offers/thursday-studio\""), "{theirs}");
    assert!(related.contains("Nearby, at other times"), "{related}");
}
