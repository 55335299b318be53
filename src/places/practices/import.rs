//! Practices and networks, as NHS ODS and NHS England publish them.
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs::File,
    path::Path,
};

use anyhow::{Context, Result};
use jiff::civil::Date;
use sqlx::PgPool;

use super::{Network, Practice, networks, store};
use crate::{
    imports::{Fate, ImportOptions, Outcome, Row, Run, Sheet},
    places::{self, CareBoard, Places, Postcode},
};

/// Reads the list of practices (`epraccur`) beside the map of practices to networks, and keeps those of
/// our boroughs. One we know that closed, or is in neither list any more, gets its day: the list's, or
/// `today`. A network that the map of the country names no more closed on the day of the map. While rows are refused,
/// what is not named stays as it was: its row may be among them.
pub async fn run(
    db: &PgPool,
    epraccur: &Path,
    map: &Path,
    options: &ImportOptions,
    today: Date,
) -> Result<Outcome> {
    let size = |path: &Path| path.metadata().map_or(0, |about| about.len());
    let mut run = Run::start(size(epraccur) + size(map), options);
    let Map { members, named, as_of } = read_map(&mut run, map)?;
    let places = places::store::load(db).await?;
    let mut changes = db.begin().await?;
    let known = store::practices(&mut *changes).await?;
    let known: HashMap<String, Practice> =
        known.into_iter().map(|practice| (practice.code.clone(), practice)).collect();
    let whole = run.outcome.refused.is_empty();
    let list = List { places, members, known: &known, whole };
    let listed = read_list(&mut run, epraccur, list)?;
    let whole = run.outcome.refused.is_empty();

    let on = as_of.unwrap_or(today);
    let mut told = networks::Told::default();
    told.save(&mut changes, &listed.networks).await?;
    for practice in listed.practices.values() {
        match known.get(&practice.code) {
            Some(before) if before == practice => run.outcome.unchanged += 1,
            Some(_) => run.outcome.changed += 1,
            None => run.outcome.added += 1,
        }
        if let Some(before) = known.get(&practice.code) {
            told.follow(&mut changes, before, practice, on).await?;
        }
        if known.get(&practice.code) != Some(practice) {
            store::save_practice(&mut *changes, practice).await?;
        }
    }
    for (code, before) in &known {
        let closed = listed.closed.get(code);
        if before.closed_on.is_none()
            && !listed.practices.contains_key(code)
            && (whole || closed.is_some())
        {
            let on = closed.copied().flatten().unwrap_or(today);
            store::close_practice(&mut *changes, code, on).await?;
            run.outcome.closed += 1;
        }
    }
    if !whole {
        let note = "Rows were refused: practices that the lists do not name stay as they were.";
        run.outcome.notes.push(note.to_owned());
    }
    if whole {
        told.close(&mut changes, &named, on).await?;
    }
    run.outcome.notes.extend(told.in_words());
    if listed.by_outcode > 0 {
        run.outcome.notes.push(format!(
            "{} practices are placed by their outward code alone: import postcodes, then this again.",
            listed.by_outcode
        ));
    }
    run.settle(changes).await
}

/// The map of the whole country.
#[derive(Default)]
struct Map {
    members: HashMap<String, Member>,
    /// Every network that a practice belongs to, ours or not.
    named: BTreeSet<String>,
    /// When the newest row was drawn up.
    as_of: Option<Date>,
}

/// A row of the map: where a practice stands now.
struct Member {
    postcode: Postcode,
    network: Option<Network>,
    board: CareBoard,
}

fn read_map(run: &mut Run<'_>, path: &Path) -> Result<Map> {
    let file = File::open(path).with_context(|| format!("Cannot open {}", path.display()))?;
    let needed = [
        "extract_date",
        "practice_code",
        "practice_postcode",
        "pcn_code",
        "pcn_name",
        "icb_code",
        "icb_name",
    ];
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut sheet = Sheet::with_headings(&name, run.watch(file), &needed)?;
    let mut map = Map::default();
    run.each_row(&mut sheet, |row| {
        let code = practice_code(row.named("practice_code"))?;
        let as_of = Date::strptime("%d%b%Y", row.named("extract_date")).map_err(|_| {
            format!(
                "\u{201c}{}\u{201d} is not a date such as 01Jan2026.",
                row.named("extract_date")
            )
        })?;
        let network = is_network(row.named("pcn_code")).then(|| Network {
            code: row.named("pcn_code").to_owned(),
            name: row.named("pcn_name").to_owned(),
            closed_on: None,
        });
        if network.as_ref().is_some_and(|network| !(1..=160).contains(&network.name.len())) {
            return Err("The name of the network is missing or too long.".to_owned());
        }
        let board = care_board(row.named("icb_code"), row.named("icb_name"), as_of)?;
        let postcode = Postcode::try_from(row.named("practice_postcode").to_owned())?;
        map.as_of = map.as_of.max(Some(as_of));
        map.named.extend(network.as_ref().map(|network| network.code.clone()));
        match map.members.insert(code.clone(), Member { postcode, network, board }) {
            None => Ok(Fate::Taken),
            Some(_) => Err(format!("{code} stands in the file twice.")),
        }
    })?;
    Ok(map)
}

struct List<'a> {
    places: Places,
    members: HashMap<String, Member>,
    known: &'a HashMap<String, Practice>,
    /// No row of the map was refused.
    whole: bool,
}

#[derive(Default)]
struct Listed {
    practices: BTreeMap<String, Practice>,
    networks: BTreeMap<String, (Network, CareBoard)>,
    /// Practices that closed, and when if it says.
    closed: HashMap<String, Option<Date>>,
    by_outcode: u64,
}

/// Columns of `epraccur`, which has no headings.
const COLUMNS: usize = 27;
const CODE: usize = 0;
const NAME: usize = 1;
const ADDRESS: std::ops::RangeInclusive<usize> = 4..=8;
const POSTCODE: usize = 9;
const OPENED: usize = 10;
const CLOSED: usize = 11;
const STATUS: usize = 12;
const TELEPHONE: usize = 17;
const SETTING: usize = 25;

fn read_list(run: &mut Run<'_>, path: &Path, list: List<'_>) -> Result<Listed> {
    let file = File::open(path).with_context(|| format!("Cannot open {}", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut sheet = Sheet::without_headings(&name, run.watch(file), COLUMNS);
    let mut listed = Listed::default();
    run.each_row(&mut sheet, |row| listed.take(row, &list))?;
    Ok(listed)
}

impl Listed {
    fn take(&mut self, row: Row<'_>, list: &List<'_>) -> Result<Fate, String> {
        let code = practice_code(row.at(CODE))?;
        let opened_on = day(row.at(OPENED))?;
        let closed_on = day(row.at(CLOSED))?;
        if row.at(SETTING) != "4" {
            return Ok(Fate::PassedOver("not a GP practice"));
        }
        // A active, C closed, D dormant, P proposed.
        match row.at(STATUS) {
            "A" => {}
            "C" => {
                self.closed.insert(code, closed_on);
                return Ok(Fate::PassedOver("closed"));
            }
            "D" | "P" => return Ok(Fate::PassedOver("dormant or not open yet")),
            other => return Err(format!("\u{201c}{other}\u{201d} is not a status: A, C, D or P.")),
        }
        let member = list.members.get(&code);
        if member.is_none() && !list.known.contains_key(&code) {
            return Ok(Fate::PassedOver("without patients of its own (not in the map)"));
        }
        // The map is drawn up every month, the list every quarter: where they differ, it moved.
        let postcode = match (member, list.known.get(&code)) {
            (Some(member), _) => member.postcode.clone(),
            (None, Some(before)) if !list.whole => before.postcode.clone(),
            (None, _) => Postcode::try_from(row.at(POSTCODE).to_owned())?,
        };
        let Some(borough) = list.places.borough_of(&postcode) else {
            return Ok(Fate::PassedOver("outside our boroughs"));
        };
        if self.practices.contains_key(&code) {
            return Err(format!("{code} stands in the file twice."));
        }
        let lines: Vec<&str> =
            ADDRESS.map(|at| row.at(at)).filter(|line| !line.is_empty()).collect();
        let address = lines.join(", ");
        if !(1..=160).contains(&row.at(NAME).len()) || address.len() > 300 {
            return Err("The name is missing, or name or address is too long.".to_owned());
        }
        if list.places.find(postcode.as_str()).is_some_and(|place| !place.precise) {
            self.by_outcode += 1;
        }
        let network = match (member, list.known.get(&code)) {
            (Some(member), _) => member.network.clone().map(|network| {
                let code = network.code.clone();
                self.networks.insert(code.clone(), (network, member.board.clone()));
                code
            }),
            (None, Some(before)) if !list.whole => before.network.clone(),
            (None, _) => None,
        };
        let telephone = Some(row.at(TELEPHONE).to_owned()).filter(|t| (1..=40).contains(&t.len()));
        let name = row.at(NAME).to_owned();
        let practice = Practice {
            code: code.clone(),
            name,
            address,
            postcode,
            borough,
            telephone,
            network,
            opened_on,
            closed_on: None,
        };
        self.practices.insert(code, practice);
        Ok(Fate::Taken)
    }
}

fn practice_code(typed: &str) -> Result<String, String> {
    let sound =
        typed.len() == 6 && typed.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    sound.then(|| typed.to_owned()).ok_or_else(|| {
        format!("\u{201c}{typed}\u{201d} is not the code of a practice, such as E83003.")
    })
}

/// Practices in no network carry a word in place of its code.
fn is_network(typed: &str) -> bool {
    typed.len() == 6
        && typed.strip_prefix('U').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

fn care_board(code: &str, name: &str, as_of: Date) -> Result<CareBoard, String> {
    let sound = (3..=5).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && (1..=160).contains(&name.len());
    sound.then(|| CareBoard { code: code.to_owned(), name: name.to_owned(), as_of }).ok_or_else(
        || format!("\u{201c}{code}\u{201d} is not the code of a care board, such as QMF."),
    )
}

/// 20260131, or nothing.
fn day(typed: &str) -> Result<Option<Date>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    let read = Date::strptime("%Y%m%d", typed);
    read.map(Some).map_err(|_| format!("\u{201c}{typed}\u{201d} is not a day such as 20260131."))
}
