//! The charts of a place, each from its figures.
use jiff::civil::Weekday;

use super::{Chart, Measure, Standing, Table, chart::Row, median};
use crate::{
    calendar::{day_code, day_name},
    places::Borough,
    search::{Confirmed, Figures},
    topics::{Access, Activity, Code, Cost, Need, PartOfDay},
};

/// A borough beside the median of all, each measure on a scale of its own: the full width is the most that any
/// borough has.
pub fn compared(borough: &Borough, standings: &[Standing]) -> Chart {
    let own = standings.iter().find(|one| one.borough == borough.gss);
    let all = |measure: Measure| standings.iter().filter_map(move |one| one.of(measure));
    let lines: Vec<_> = Measure::ALL
        .into_iter()
        .filter_map(|measure| {
            let pair = [own?.of(measure)?, median(all(measure))?];
            let most = all(measure).fold(0.0, f64::max);
            let values = pair.map(|value| measure.in_words(value)).to_vec();
            let label = measure.label().to_owned();
            Some((Row { label, address: None, values, class: "" }, (pair, most)))
        })
        .collect();
    let (rows, pairs): (Vec<Row>, Vec<_>) = lines.into_iter().unzip();
    let above = pairs.iter().filter(|([own, median], _)| own > median).count();
    let in_words = format!(
        "Two bars for each of {} measures: {} and the median of the boroughs. {} is above the median in {above}.",
        pairs.len(),
        borough.name,
        borough.name
    );
    let table = Table {
        id: "compared",
        title: format!("{} beside the other boroughs", borough.name),
        of: "Measure",
        columns: vec![borough.name.clone(), "London’s median".to_owned()],
        rows,
    };
    table.side_by_side(&pairs, in_words)
}

pub fn reach(figures: &Figures) -> Chart {
    let rows = [
        ("Held here or comes here", figures.total - figures.everywhere),
        ("Serves all of London", figures.everywhere),
    ];
    let rows = rows.map(|(label, count)| (Row::new(label, None, &[count]), count));
    Table::of_offers("reach", "Near by or from anywhere", "Where", rows)
}

pub fn artforms(figures: &Figures, only: &str) -> Chart {
    let rows = most_first(Activity::artforms(), &figures.activities, only);
    Table::of_offers("artform", "By kind of activity", "Kind of activity", rows)
}

pub fn activities(figures: &Figures, only: &str) -> Chart {
    let each = Activity::ALL.iter().copied().filter(|one| one.parent().is_some());
    let rows = most_first(each, &figures.activities, only);
    Table::of_offers("activity", "By activity", "Activity", rows)
}

pub fn needs(figures: &Figures, only: &str) -> Chart {
    let rows = most_first(Need::ALL.iter().copied(), &figures.needs, only);
    Table::of_offers("need", "By need", "Need", rows)
}

pub fn pairs(figures: &Figures, only: &str) -> Chart {
    let count = |need: &Need| -> Vec<usize> {
        Activity::artforms().map(|one| figures.pairs[need.index()][one.index()]).collect()
    };
    let counts: Vec<_> = Need::ALL.iter().map(count).collect();
    let row = |(need, counts): (&Need, &Vec<usize>)| {
        Row::new(need.label(), Some(search(*need, only)), counts)
    };
    let table = Table {
        id: "pair",
        title: "Needs by kind of activity".to_owned(),
        of: "Need",
        columns: Activity::artforms().map(|one| one.label().to_owned()).collect(),
        rows: Need::ALL.iter().zip(&counts).map(row).collect(),
    };
    table.in_squares(&counts)
}

pub fn held(figures: &Figures, only: &str) -> Chart {
    let counts: Vec<_> = figures.held.iter().map(|parts| parts.to_vec()).collect();
    let row = |(day, counts): (Weekday, &Vec<usize>)| {
        let address = format!("/offers?day={}{only}", day_code(day));
        Row::new(day_name(day), Some(address), counts)
    };
    let part = |one: &PartOfDay| match one {
        PartOfDay::Morning => "Morning".to_owned(),
        PartOfDay::Afternoon => "Afternoon".to_owned(),
        PartOfDay::Evening => "Evening".to_owned(),
    };
    let table = Table {
        id: "time",
        title: "By day and part of the day".to_owned(),
        of: "Day",
        columns: PartOfDay::ALL.iter().map(part).collect(),
        rows: Weekday::Monday.cycle_forward().zip(&counts).map(row).collect(),
    };
    table.in_squares(&counts)
}

pub fn costs(figures: &Figures, only: &str) -> Chart {
    let row = |cost: &Cost| {
        let count = figures.costs[cost.index()];
        (Row::new(cost.label(), Some(search(*cost, only)), &[count]), count)
    };
    Table::of_offers("cost", "Free or paid", "What it costs", Cost::ALL.iter().map(row))
}

pub fn access(figures: &Figures, only: &str) -> Chart {
    let parts: Vec<Vec<usize>> = figures
        .access
        .iter()
        .map(|[yes, no]| vec![*yes, *no, figures.total.saturating_sub(yes + no)])
        .collect();
    let row = |(feature, parts): (&Access, &Vec<usize>)| {
        Row::new(feature.label(), Some(search(*feature, only)), parts)
    };
    let table = Table {
        id: "access",
        title: "Access".to_owned(),
        of: "Feature",
        columns: ["Yes", "No", "Not stated"].map(str::to_owned).to_vec(),
        rows: Access::ALL.iter().zip(&parts).map(row).collect(),
    };
    table.in_parts(&parts)
}

pub fn confirmed(figures: &Figures) -> Chart {
    let parts: Vec<Vec<usize>> = figures.confirmed.iter().map(|parts| parts.to_vec()).collect();
    let label = |one: Confirmed| match one {
        Confirmed::Month => "30 days ago at most",
        Confirmed::Quarter => "31 to 90 days ago",
        Confirmed::HalfYear => "91 to 180 days ago",
        Confirmed::Longer => "Longer ago",
        Confirmed::Never => "Never",
    };
    let each = Confirmed::ALL.into_iter().zip(&parts);
    let table = Table {
        id: "confirmed",
        title: "When somebody last said it is right".to_owned(),
        of: "Confirmed",
        columns: ["In time", "Time to ask again"].map(str::to_owned).to_vec(),
        rows: each.map(|(one, parts)| Row::new(label(one), None, parts)).collect(),
    };
    table.in_parts(&parts)
}

/// Those with none, too: they are what is missing.
fn most_first<T: Code>(
    codes: impl Iterator<Item = T>,
    counts: &[usize],
    only: &str,
) -> Vec<(Row, usize)> {
    let mut codes: Vec<T> = codes.collect();
    codes.sort_by_key(|one| std::cmp::Reverse(counts[one.index()]));
    let row = |one: &T| {
        let count = counts[one.index()];
        let class = Activity::parse(one.code()).map_or("", |known| known.artform().code());
        let row = Row::new(one.label(), Some(search(*one, only)), &[count]);
        (Row { class, ..row }, count)
    };
    codes.iter().map(row).collect()
}

/// All that is counted there, as a search.
fn search<T: Code>(one: T, only: &str) -> String {
    format!("/offers?{}={}{only}", T::GROUP, one.code())
}
