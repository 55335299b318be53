//! Postgres, asked the same as the catalogue in memory, gives the same answer.
use std::{collections::BTreeSet, sync::Arc};

use fingerpost::{
    calendar::{Weekdays, civil_now},
    offers::OfferId,
    paging::PageNumber,
    places::{self, PlaceKind},
    sample,
    search::{Catalogue, Criteria, Live},
    topics::{Code, Codes},
};
use sqlx::PgPool;

use super::{invented::Chance, offers::now, requests, support};

/// One query for all filters and the distance. Words and sessions are compared with a plain reading of
/// the offers instead: Postgres has neither our words nor our calendar.
const QUERY: &str = "
    with asked as (
        select o.*, (o.venue is null or o.delivery && '{online,telephone,at-home}') as remote,
               o.delivery && '{online,telephone}' as from_afar,
               case when o.venue is null then '{}' else o.venue_borough || o.boroughs end as home,
               o.venue_lat as lat, o.venue_lon as lon
        from published_offers o
    ), served as (
        select asked.*,
               case when outreach <> '{}' or venue is not null and not from_afar then outreach || home
                    when who_may_come = 'residents' then residents_of || home
                    when 'in-person' = any(delivery) and not from_afar then boroughs
               end as serves
        from asked
    ), placed as (
        select served.*,
               6371008.8 * sqrt(
                   power(radians(lon - $14) * cos(radians((lat + $13) / 2)), 2) + power(radians(lat - $13), 2)
               ) as metres
        from served
    )
    select id from placed
    where ($1 = '{}' or needs && $1)
      and ($2 = '{}' or activities && $2)
      and not activities && $3
      and ($4 = '{}' or serves is null or serves && $4)
      and ($5 = '{}' or audience_only = '{}' or audience_only && $5)
      and ($6 = '{}' or access_yes && $6)
      and ($7 = '{}' or delivery && $7)
      and ($8 = '{}' or cost = any($8))
      and ($9 = '{}' or languages && $9 or 'en' = any($9))
      and ($10 = '{}' or residents_routes && $10 or professionals_routes && $10)
      and ($11 = '{}' or places = any($11))
      and ($12::int is null or not ages_stated
           or (coalesce(age_from, 0) <= $16 and coalesce(age_to, 255) >= $12))
      and ($15::int is null or round(metres) <= $15
           or ((venue is not null or remote) and (serves is null or $17 = any(serves))))
    order by id";

async fn postgres(db: &PgPool, asked: &Criteria) -> BTreeSet<OfferId> {
    let near = asked.near.as_ref();
    let place = near.map(|near| &near.place);
    let whole = place.and_then(|place| match place.kind {
        PlaceKind::Borough(gss) => Some(gss.to_string()),
        _ => None,
    });
    let rows: Vec<OfferId> = sqlx::query_scalar(QUERY)
        .bind(codes(asked.needs))
        .bind(with_what_is_in_them(asked.activities))
        .bind(with_what_is_in_them(asked.not_activities))
        .bind(asked.boroughs.iter().map(ToString::to_string).collect::<Vec<_>>())
        .bind(codes(asked.audiences))
        .bind(codes(asked.access))
        .bind(codes(asked.delivery))
        .bind(codes(asked.cost))
        .bind(asked.languages.iter().map(|one| one.code()).collect::<Vec<_>>())
        .bind(codes(asked.joining))
        .bind(codes(asked.places))
        .bind(asked.age.map(|age| i32::from(age.from)))
        .bind(place.map(|place| place.point.lat))
        .bind(place.map(|place| place.point.lon))
        .bind(near.and_then(|near| near.within).map(|metres| metres as i32))
        .bind(asked.age.map(|age| i32::from(age.to)))
        .bind(whole)
        .fetch_all(db)
        .await
        .unwrap();
    rows.into_iter().collect()
}

fn codes<T: Code>(codes: Codes<T>) -> Vec<&'static str> {
    codes.iter().map(Code::code).collect()
}

fn with_what_is_in_them(asked: Codes<fingerpost::topics::Activity>) -> Vec<&'static str> {
    asked.iter().flat_map(|one| [one].into_iter().chain(one.within())).map(Code::code).collect()
}

fn memory(catalogue: &Catalogue, asked: &Criteria) -> BTreeSet<OfferId> {
    let now = civil_now(now());
    let mut all = BTreeSet::new();
    let mut page = Some(PageNumber::FIRST);
    while let Some(number) = page {
        let found = catalogue.find(&Criteria { page: number, ..asked.clone() }, now);
        all.extend(found.hits.iter().map(|hit| hit.card.id));
        page = number.next(found.total);
    }
    all
}

#[tokio::test]
async fn the_catalogue_and_postgres_find_the_same_offers_of_the_sample_directory() {
    let db = support::database().await;
    sample::load(&db, now()).await.unwrap().unwrap();
    let places = Arc::new(places::store::load(&db).await.unwrap());
    let live = Live::opened(&db, places, civil_now(now())).await.unwrap();
    live.reload(civil_now(now())).await.unwrap();
    let catalogue = live.catalogue();
    // What has ended by its dates, not by its last day, only the calendar knows.
    let shown = memory(&catalogue, &Criteria::default());
    let mut chance = Chance::new(21);
    let mut something = 0;
    for _ in 0..500 {
        let asked = Criteria {
            words: Vec::new(),
            days: Weekdays::NONE,
            parts: Codes::NONE,
            from: None,
            to: None,
            max_price: None,
            ..requests::any(&mut chance)
        };
        let expected: BTreeSet<_> =
            postgres(&db, &asked).await.intersection(&shown).copied().collect();
        something += usize::from(!expected.is_empty());
        assert_eq!(memory(&catalogue, &asked), expected, "{asked:?}");
    }
    assert!(something > 100, "too few of the invented searches find something: {something}");
}
