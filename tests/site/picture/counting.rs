//! The same offers, counted by Postgres.
use std::collections::{BTreeMap, BTreeSet};

use fingerpost::{
    calendar::civil_now,
    offers::OfferId,
    places::{self, Gss},
    search::Live,
};
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::{Database, Site, now};

/// What is shown, so that Postgres counts the same: which dates are over only the calendar knows.
pub struct Known {
    pub db: Database,
    pub site: Site,
    pub live: Live,
    pub shown: Vec<OfferId>,
}

impl Known {
    pub async fn new() -> Self {
        let (db, site) = Site::of_sample().await;
        let now = civil_now(now());
        let places = std::sync::Arc::new(places::store::load(&db).await.unwrap());
        let live = Live::opened(&db, places, now).await.unwrap();
        live.reload(now).await.unwrap();
        let shown = live.catalogue().cards(now).iter().map(|card| card.id).collect();
        Self { db, site, live, shown }
    }

    /// How many offers of the area there are of each kind that `kinds` names, as columns of a query.
    pub async fn counted(&self, area: Area, kinds: &str) -> BTreeMap<String, i64> {
        let query =
            format!("{HERE} select code, count(distinct here.id) from here, {kinds} group by code");
        let (borough, local) = area;
        sqlx::query_as::<_, (String, i64)>(AssertSqlSafe(query))
            .bind(&self.shown)
            .bind(borough.map(|gss| gss.to_string()))
            .bind(local)
            .bind(civil_now(now()).date().to_string())
            .fetch_all(&*self.db)
            .await
            .unwrap()
            .into_iter()
            .collect()
    }
}

/// All, or a borough; and whether without what serves everywhere.
pub type Area = (Option<Gss>, bool);

/// The offers of an area.
pub const HERE: &str = "
    with asked as (
        select o.*, o.delivery && '{online,telephone}' as from_afar,
               case when o.venue is null then '{}' else o.venue_borough || o.boroughs end as home,
               (o.confirmed_at at time zone 'Europe/London')::date as confirmed_on
        from published_offers o
    ), served as (
        select asked.*,
               case when outreach <> '{}' or venue is not null and not from_afar then outreach || home
                    when who_may_come = 'residents' then residents_of || home
                    when 'in-person' = any(delivery) and not from_afar then boroughs
               end as serves
        from asked
    ), here as (
        select * from served
        where id = any($1) and ($2::text is null or serves is null and not $3 or $2 = any(serves))
    ), today as (select $4::date as today)";

pub const ARTFORMS: &str = "lateral (select distinct coalesce(t.parent, t.code) as code
    from topics t where t.grp = 'activity' and t.code = any(activities)) a";
pub const PAIRS: &str = "lateral (select distinct need || ' ' || coalesce(t.parent, t.code) as code
    from topics t, unnest(needs) need where t.grp = 'activity' and t.code = any(activities)) a";
pub const ACCESS: &str = "lateral (select feature || ' yes' as code from unnest(access_yes) feature
    union all select feature || ' no' from unnest(access_no) feature) a";
pub const CONFIRMED: &str = "today, lateral (select
    case when confirmed_on is null then 'Never'
         when today - confirmed_on <= 30 then '30 days ago at most'
         when today - confirmed_on <= 90 then '31 to 90 days ago'
         when today - confirmed_on <= 180 then '91 to 180 days ago'
         else 'Longer ago' end
    || case when confirmed_on + make_interval(months => confirm_every) >= today
            then ' in time' else ' past' end as code) a";

pub async fn people(db: &PgPool, gss: Gss) -> f64 {
    let query = "select census_2021::float8 from boroughs where gss = $1";
    sqlx::query_scalar(query).bind(gss.to_string()).fetch_one(db).await.unwrap()
}

pub async fn local(known: &Known, gss: Gss) -> BTreeSet<OfferId> {
    let query = format!("{HERE} select id from here, today");
    let ids: Vec<OfferId> = sqlx::query_scalar(AssertSqlSafe(query))
        .bind(&known.shown)
        .bind(gss.to_string())
        .bind(true)
        .bind("2026-01-01")
        .fetch_all(&*known.db)
        .await
        .unwrap();
    ids.into_iter().collect()
}
