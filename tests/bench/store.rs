//! The same answers by Postgres alone: everything flat in one table, each column indexed.
//!
//! It is spared what it is bad at: typing mistakes, everyday words (it is given the criteria as we
//! understood them), sessions (day, part of day and dates), exceptions for audiences, reasons, close
//! matches and zero-result help.
use fingerpost::{
    offers::OfferId,
    places::{Gss, PlaceKind, Point},
    search::{Ask, Criteria},
    topics::{Activity, Code, Codes},
};
use sqlx::{AssertSqlSafe, PgPool};

const TABLE: &str = "
    create table measured as
    with kinds(code, artform) as (values {kinds}),
    reach as (
        select id, venue is null or delivery && '{online,telephone,at-home}' as remote,
               case when outreach <> '{}' or venue is not null and not delivery && '{online,telephone}'
                    then outreach || home
                    when who_may_come = 'residents' then residents_of || home
                    when 'in-person' = any(delivery) and not delivery && '{online,telephone}' then boroughs
                    else (select array_agg(gss) from boroughs) end as serves
        from published_offers,
             lateral (select case when venue is null then '{}' else venue_borough || boroughs end as home) at
    )
    select o.id, o.title, o.summary, o.provider_name, o.venue_name, o.first_published,
        array(select distinct unnest(array[k.code, k.artform]) from kinds k
            where k.code = any(o.activities)) as activity,
        o.needs as need, r.serves as borough, r.remote, o.access_yes as access, o.delivery,
        array[o.cost] as cost,
        case when o.languages = '{}' then '{en}' else o.languages end as language,
        array(select distinct unnest(o.residents_routes || o.professionals_routes)) as joining,
        case when o.places is null then '{}' else array[o.places] end as places,
        o.age_from, o.age_to,
        case when o.cost = 'paid' then (select min(pence) from offer_prices p
            where p.offer_id = o.id and p.per = 'session') else 0 end as pence,
        point(o.venue_lon * 69.22, o.venue_lat * 111.195) as spot,
        setweight(to_tsvector('english', o.title), 'A')
            || setweight(to_tsvector('english', o.summary || ' ' || array_to_string(o.keywords, ' ')), 'B')
            || to_tsvector('english', coalesce(o.description, '') || ' ' || o.provider_name) as words
    from published_offers o join reach r using (id);
    create index on measured using gin (words);
    create index on measured using gin (need);
    create index on measured using gin (activity);
    create index on measured using gin (borough);
    create index on measured using gin (access);
    create index on measured using gin (joining);
    create index on measured using gin (language);
    create index on measured using gist (spot);
    create index on measured (first_published);";

const GROUPS: [&str; 9] =
    ["need", "activity", "borough", "access", "delivery", "cost", "language", "joining", "places"];

/// Makes the table and its indexes. What is not `shown` has had its last session, which Postgres would
/// have to work out, so it is left out for it.
pub async fn prepare(db: &PgPool, shown: &[OfferId]) {
    let kinds: Vec<String> = Activity::ALL
        .iter()
        .map(|one| format!("('{}', '{}')", one.code(), one.artform().code()))
        .collect();
    let table = TABLE.replace("{kinds}", &kinds.join(", "));
    sqlx::raw_sql(AssertSqlSafe(table)).execute(db).await.unwrap();
    let ended = "delete from measured where id not in (select unnest($1::uuid[]))";
    sqlx::query(ended).bind(shown).execute(db).await.unwrap();
    sqlx::raw_sql("vacuum analyze measured").execute(db).await.unwrap();
}

/// Enough to see whether the answers agree; at 200,000 offers each takes Postgres a second.
const COMPARED: usize = 120;

/// How many totals are those of the catalogue.
#[derive(Default)]
pub struct Agreement {
    pub same: usize,
    pub compared: usize,
}

/// Of the searches without anything that Postgres is spared: first those without a place, then those with
/// one. Its distances are those on a flat map, and may differ by a metre.
pub async fn agreement(db: &PgPool, asked: &[Ask], totals: &[usize]) -> [Agreement; 2] {
    let mut agreements: [Agreement; 2] = Default::default();
    let comparable = asked.iter().zip(totals).filter(|(ask, _)| is_comparable(&ask.criteria));
    for (ask, total) in comparable.take(COMPARED) {
        let answer = answer(db, &query(&ask.criteria)).await;
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let placed = ask.criteria.near.is_some() || !ask.criteria.boroughs.is_empty();
        let agreement = &mut agreements[usize::from(placed)];
        agreement.compared += 1;
        agreement.same += usize::from(answer["total"] == *total);
    }
    agreements
}

fn is_comparable(asked: &Criteria) -> bool {
    let sessions = !asked.days.is_empty()
        || !asked.parts.is_empty()
        || asked.from.is_some()
        || asked.to.is_some();
    let spared = !asked.audiences.is_empty() || !asked.not_activities.is_empty();
    asked.words.is_empty() && !sessions && !spared
}

/// Twenty ranked hits, the exact total and the counts of the filters, as one text.
pub async fn answer(db: &PgPool, query: &str) -> String {
    let query = sqlx::query_scalar(AssertSqlSafe(query.to_owned())).persistent(false);
    query.fetch_one(db).await.unwrap()
}

/// One statement, its values written into it, so that Postgres plans for just these.
pub fn query(asked: &Criteria) -> String {
    let chosen = chosen(asked);
    let meets = |group: &str, values: &[String]| format!("{group} && '{{{}}}'", values.join(","));
    let mut must = vec!["true".to_owned()];
    must.extend(always(asked));
    // Whoever misses two groups is in no count.
    if chosen.len() > 1 {
        let met = chosen.iter().map(|(group, values)| format!("({})::int", meets(group, values)));
        let met: Vec<String> = met.collect();
        must.push(format!("{} >= {}", met.join(" + "), chosen.len() - 1));
    }
    let flags: Vec<String> = chosen
        .iter()
        .map(|(group, values)| format!(", {} as in_{group}", meets(group, values)))
        .collect();
    let but = |without: &str| {
        let others = chosen.iter().filter(|(group, _)| *group != without);
        let all: Vec<String> = others.map(|(group, _)| format!("in_{group}")).collect();
        if all.is_empty() { "true".to_owned() } else { all.join(" and ") }
    };
    let words = words(asked);
    let rank = words.as_ref().map_or("0".to_owned(), |words| format!("ts_rank(words, {words})"));
    let counts: Vec<String> = GROUPS
        .iter()
        .map(|group| {
            format!(
                "'{group}', (select json_object_agg(code, many) from (select code, count(*) as many \
                 from base, unnest({group}) code where {} group by code) counted)",
                but(group)
            )
        })
        .collect();
    format!(
        "with base as materialized (select id, {rank} as rank, first_published, {}{} from measured where {}), \
         hits as (select id, rank, first_published from base where {all} \
             order by rank desc, first_published desc limit 20) \
         select json_build_object('total', (select count(*) from base where {all}), \
             'hits', (select json_agg(m order by h.rank desc, h.first_published desc) \
                 from hits h join measured m using (id)), {})::text",
        GROUPS.join(", "),
        flags.concat(),
        must.join(" and "),
        counts.join(", "),
        all = but(""),
    )
}

fn chosen(asked: &Criteria) -> Vec<(&'static str, Vec<String>)> {
    let all = [
        ("need", codes(asked.needs)),
        ("activity", codes(asked.activities)),
        ("borough", asked.boroughs.iter().map(ToString::to_string).collect()),
        ("access", codes(asked.access)),
        ("delivery", codes(asked.delivery)),
        ("cost", codes(asked.cost)),
        ("language", asked.languages.iter().map(|one| one.code().to_owned()).collect()),
        ("joining", codes(asked.joining)),
        ("places", codes(asked.places)),
    ];
    all.into_iter().filter(|(_, values)| !values.is_empty()).collect()
}

fn codes<T: Code>(chosen: Codes<T>) -> Vec<String> {
    chosen.iter().map(|one| one.code().to_owned()).collect()
}

/// What has no counts of its own.
fn always(asked: &Criteria) -> Vec<String> {
    let mut all = Vec::new();
    all.extend(words(asked).map(|words| format!("words @@ {words}")));
    if let Some(near) = &asked.near
        && let Some(within) = near.within
    {
        let Point { lat, lon } = near.place.point;
        let (x, y, km) = (lon * 69.22, lat * 111.195, f64::from(within) / 1000.0);
        let serves = |gss: Option<Gss>| match gss {
            Some(gss) => format!("borough && '{{{gss}}}'"),
            None => "true".to_owned(),
        };
        let whole = match near.place.kind {
            PlaceKind::Borough(gss) => serves(Some(gss)),
            _ => "false".to_owned(),
        };
        let reached = serves(near.place.borough);
        all.push(format!(
            "(spot <@ circle(point({x}, {y}), {km}) or remote and {reached} or {whole})"
        ));
    }
    all.extend(asked.max_price.map(|most| format!("pence <= {most}")));
    all.extend(asked.age.map(|age| {
        format!("coalesce(age_from, 0) <= {} and coalesce(age_to, 120) >= {}", age.to, age.from)
    }));
    all
}

/// The last word may be the beginning of one, as with us.
fn words(asked: &Criteria) -> Option<String> {
    let letters = |word: &String| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let words: Vec<String> = asked.words.iter().map(letters).filter(|w| !w.is_empty()).collect();
    (!words.is_empty()).then(|| format!("to_tsquery('english', '{}:*')", words.join(" & ")))
}
