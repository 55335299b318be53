//! A place at a glance: its numbers are those of the database, and drawing, table and file say the same.
mod counting;
mod reading;

use std::collections::{BTreeMap, BTreeSet};

use fingerpost::{
    calendar::{Weekdays, civil_now},
    offers::OfferId,
    paging::PageNumber,
    picture::{Measure, Picture, TileChart, standings},
    places::Gss,
    search::{Catalogue, Criteria},
    topics::{Access, Activity, Code, Codes, Cost, Need, PartOfDay},
};

use self::{
    counting::{ACCESS, ARTFORMS, CONFIRMED, Known, PAIRS, local, people},
    reading::{between, drawings, sheet, tables},
};
use crate::support::{Site, now};

fn of<T: Code>(code: T) -> (&'static str, &'static str) {
    (code.label(), code.code())
}

#[tokio::test]
async fn every_number_is_what_postgres_counts() {
    let known = Known::new().await;
    let southwark = Gss::parse("E09000028").unwrap();
    for (path, area) in
        [("/boroughs/southwark", (Some(southwark), false)), ("/london", (None, false))]
    {
        let tables = tables(&known.site.get(path).await.body);
        let same = |id: &str, label: &str, counts: &[Option<&i64>]| {
            let counts: Vec<_> =
                counts.iter().map(|count| count.unwrap_or(&0).to_string()).collect();
            assert_eq!(tables[id][label], counts, "{label} in {id} on {path}");
        };
        let needs = known.counted(area, "unnest(needs) code").await;
        assert!(needs.len() > 5, "{needs:?}");
        let artforms = known.counted(area, ARTFORMS).await;
        let activities = known.counted(area, "unnest(activities) code").await;
        let pairs = known.counted(area, PAIRS).await;
        for need in Need::ALL {
            same("need", need.label(), &[needs.get(need.code())]);
            let cells = Activity::artforms()
                .map(|one| pairs.get(&format!("{} {}", need.code(), one.code())));
            same("pair", need.label(), &cells.collect::<Vec<_>>());
        }
        for (label, code) in Activity::artforms().map(of) {
            same("artform", label, &[artforms.get(code)]);
        }
        for one in Activity::ALL.iter().filter(|one| one.parent().is_some()) {
            same("activity", one.label(), &[activities.get(one.code())]);
        }
        let costs = known.counted(area, "lateral (select cost as code) a").await;
        for (label, code) in Cost::ALL.iter().copied().map(of) {
            same("cost", label, &[costs.get(code)]);
        }
        let all = known.counted(area, "lateral (select 'all' as code) a").await["all"];
        let access = known.counted(area, ACCESS).await;
        for (label, code) in Access::ALL.iter().copied().map(of) {
            let [yes, no] = ["yes", "no"].map(|said| access.get(&format!("{code} {said}")));
            let unsaid = all - yes.unwrap_or(&0) - no.unwrap_or(&0);
            same("access", label, &[yes, no, Some(&unsaid)]);
        }
        let confirmed = known.counted(area, CONFIRMED).await;
        for label in tables["confirmed"].keys() {
            let of = |when: &str| confirmed.get(&format!("{label} {when}"));
            same("confirmed", label, &[of("in time"), of("past")]);
        }
        let local =
            "lateral (select case when serves is null then 'far' else 'near' end as code) a";
        let reach = known.counted(area, local).await;
        same("reach", "Held here or comes here", &[reach.get("near")]);
        same("reach", "Serves all of London", &[reach.get("far")]);
    }
}

#[tokio::test]
async fn what_is_drawn_and_what_is_in_the_file_is_what_the_table_says() {
    let (_db, site) = Site::of_sample().await;
    for path in ["/boroughs/southwark", "/boroughs/city-of-london", "/london"] {
        let page = site.get(path).await.body;
        let tables = tables(&page);
        assert!(tables.len() >= 9, "{path}: {:?}", tables.keys());
        let drawings = drawings(&page);
        for (id, drawn) in &drawings {
            assert_eq!(drawn, &tables[id], "{id} on {path}");
        }
        let file = site.get(&format!("{path}/figures.csv")).await;
        assert_eq!(file.status, 200);
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        let mut in_tables = tables.clone();
        in_tables.remove("boroughs");
        assert_eq!(sheet(&file.body), in_tables, "{path}");
        assert_eq!(drawings.keys().collect::<Vec<_>>(), in_tables.keys().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_bar_is_as_long_as_its_number() {
    let (_db, site) = Site::of_sample().await;
    let page = site.get("/london").await.body;
    let need = between(&page, "aria-labelledby=\"need-t", "</figure>")[0];
    let bars: Vec<(f64, f64)> = between(need, "<svg y=\"", "</svg>")
        .into_iter()
        .map(|row| {
            let said = between(row, "text-anchor=\"end\">", "</text>")[0].parse().unwrap();
            let rect = between(row, "<rect", "/>");
            (
                said,
                rect.first().map_or(0.0, |bar| between(bar, "width=\"", "%")[0].parse().unwrap()),
            )
        })
        .collect();
    let most = bars[0].0;
    assert!(most > 5.0 && bars.len() == Need::ALL.len());
    for (said, width) in bars {
        assert!((width - said / most * 100.0).abs() < 0.06, "{said} of {most} is {width}% long");
    }
}

#[tokio::test]
async fn a_row_leads_to_a_search_that_finds_as_many() {
    let (_db, site) = Site::of_sample().await;
    for (path, only) in [("/boroughs/southwark", "&borough=southwark"), ("/london", "")] {
        let page = site.get(path).await.body;
        let mut followed = 0;
        for row in between(&page, "<tr><th scope=\"row\"><a href=\"/offers?", "</tr>") {
            let (search, rest) = row.split_once('"').unwrap();
            let search = search.replace("&#38;", "&");
            assert!(search.ends_with(only), "{search}");
            let values = between(rest, "<td class=\"number\">", "</td>");
            let found = async |search: &str| {
                site.get(&format!("/offers.json?{search}")).await.json()["total"].to_string()
            };
            if search.starts_with("day=") {
                for (part, value) in PartOfDay::ALL.iter().zip(values) {
                    let search = format!("{search}&part={}", part.code());
                    assert_eq!(found(&search).await, value, "{search}");
                }
            } else if values.len() != Activity::artforms().count() {
                assert_eq!(found(&search).await, values[0], "{search}");
            }
            followed += 1;
        }
        assert!(followed > 80, "{followed}");
    }
}

/// Of all pages.
fn ids(catalogue: &Catalogue, asked: &Criteria) -> BTreeSet<OfferId> {
    let mut all = BTreeSet::new();
    let mut page = Some(PageNumber::FIRST);
    while let Some(number) = page {
        let found = catalogue.find(&Criteria { page: number, ..asked.clone() }, civil_now(now()));
        all.extend(found.hits.iter().map(|hit| hit.card.id));
        page = number.next(found.total);
    }
    all
}

#[tokio::test]
async fn boroughs_are_compared_by_what_is_held_in_them_or_comes_to_them() {
    let known = Known::new().await;
    let (catalogue, now) = (known.live.catalogue(), civil_now(now()));
    let places = catalogue.places();
    let standings = standings(places, &catalogue, now);
    let value = |gss, measure| {
        standings.iter().find(|one| one.borough == gss).unwrap().of(measure).unwrap()
    };
    let mut rates = Vec::new();
    for borough in places.boroughs() {
        let area = (Some(borough.gss), true);
        let count = async |kinds: &str, code: &str| {
            known.counted(area, kinds).await.get(code).copied().unwrap_or(0) as f64
        };
        let all = count("lateral (select 'all' as code) a", "all").await;
        assert_eq!(value(borough.gss, Measure::Offers), all, "{}", borough.name);
        let people = people(&known.db, borough.gss).await;
        assert_eq!(value(borough.gss, Measure::ForPeople), all * 10_000.0 / people);
        rates.push(all * 10_000.0 / people);
        let free = count("lateral (select cost as code) a", "free").await;
        assert_eq!(value(borough.gss, Measure::Free), free);
        let step_free = count("unnest(access_yes) code", "step-free").await;
        assert_eq!(value(borough.gss, Measure::StepFree), step_free);
        let in_time = known.counted(area, CONFIRMED).await;
        let in_time: i64 =
            in_time.iter().filter(|one| one.0.ends_with("time")).map(|one| one.1).sum();
        assert_eq!(value(borough.gss, Measure::InTime), in_time as f64);
        let named = known.counted(area, "unnest(needs) code").await.len();
        assert_eq!(value(borough.gss, Measure::Gaps), (Need::ALL.len() - named) as f64);
        let there = Criteria { boroughs: vec![borough.gss], ..Criteria::default() };
        let evening: Codes<PartOfDay> = [PartOfDay::Evening].into_iter().collect();
        let weekend: Weekdays = Weekdays::EVERY.iter().skip(5).collect();
        let mut late = ids(&catalogue, &Criteria { parts: evening, ..there.clone() });
        late.extend(ids(&catalogue, &Criteria { days: weekend, ..there }));
        let local = local(&known, borough.gss).await;
        assert_eq!(value(borough.gss, Measure::Late), late.intersection(&local).count() as f64);
    }
    rates.sort_by(f64::total_cmp);
    let median = Measure::ForPeople.in_words(rates[rates.len() / 2]);
    let southwark = Picture::of_borough(
        places.borough_by_slug("southwark").unwrap(),
        &catalogue,
        &standings,
        now,
    );
    let row = &southwark.compared.as_ref().unwrap().table.rows[1];
    assert_eq!((row.label.as_str(), &row.values[1]), ("Offers for every 10,000 people", &median));
    let tiles = TileChart::new(places, &standings, Measure::ForPeople);
    assert_eq!(tiles.median, Some(median));
    assert_eq!(tiles.tiles.len(), 33);
}

#[tokio::test]
async fn the_map_of_london_shows_the_measure_that_is_asked_for_as_the_table_does() {
    let (_db, site) = Site::of_sample().await;
    let file = site.get("/london/figures.csv").await.body;
    let mut seen = BTreeSet::new();
    for measure in Measure::ALL {
        let page = site.get(&format!("/london?measure={}", measure.code())).await;
        assert_eq!(page.status, 200);
        let map = between(&page.body, "<svg class=\"squares\"", "</figure>")[0];
        let drawn: BTreeMap<String, Vec<String>> = between(map, "height=\"100\"><title>", "</svg>")
            .into_iter()
            .map(|tile| {
                let (named, value) =
                    tile.split("</title>").next().unwrap().split_once(": ").unwrap();
                assert_eq!(between(tile, "class=\"said\" x=\"50\" y=\"80\">", "</text>"), [value]);
                (named.to_owned(), vec![value.to_owned()])
            })
            .collect();
        assert_eq!(drawn.len(), 33);
        assert_eq!(drawn, tables(&page.body)["boroughs"], "{}", measure.label());
        for (borough, value) in &drawn {
            let row = format!(",boroughs,{0},{borough},{0},{1}\n", measure.label(), value[0]);
            let quoted = row.replace(measure.label(), &format!("\"{}\"", measure.label()));
            assert!(file.contains(&row) || file.contains(&quoted), "{row}");
        }
        seen.insert(format!("{drawn:?}"));
    }
    assert!(seen.len() >= 5, "the measures say the same");
    assert_eq!(site.get("/london").await.body, site.get("/london?measure=offers").await.body);
    let unknown = site.get("/london?measure=%3Cb%3Ehappiness").await;
    assert_eq!(unknown.status, 422);
    assert!(unknown.body.contains("We do not know the measure “&#60;b&#62;happiness”"));
    assert_eq!(site.get("/boroughs/atlantis/figures.csv").await.status, 404);
}

#[tokio::test]
async fn an_empty_directory_has_a_picture_too() {
    let db = crate::support::database().await;
    let site = Site::new(&db).await;
    for path in
        ["/london", "/boroughs/barnet", "/london/figures.csv", "/boroughs/barnet/figures.csv"]
    {
        let page = site.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        for broken in ["NaN", "inf%"] {
            assert!(!page.body.contains(broken), "{broken} on {path}");
        }
    }
    assert!(site.get("/london").await.body.contains("nobody has told us"));
}
