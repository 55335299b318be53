//! A file of any kind that is read here: which one it is, and its rows before anything is looked up.
use crate::{
    imports::{Row as Cells, Sheet, as_text},
    offers,
    open_referral::{self, Ours, Page, Service},
    providers, venues,
};

/// What stands in a file, row by row.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    pub providers: Vec<Raw>,
    pub venues: Vec<Raw>,
    pub offers: Vec<Raw>,
    pub services: Vec<Service>,
    /// Rows that are none, with the reason.
    pub lost: Vec<(String, String)>,
}

/// A row of our own columns as it was written.
#[derive(Clone, Debug)]
pub struct Raw {
    /// "Line 3".
    pub at: String,
    pub cells: Vec<String>,
}

/// # Errors
/// What is wrong with the file as a whole, and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Contents, String> {
    if bytes.is_empty() {
        return Err("The file is empty".to_owned());
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(
            "This is a spreadsheet or a zip file. Save the sheet as “CSV UTF-8”, then send that"
                .to_owned(),
        );
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(
            "The file is in UTF-16. Save it as “CSV UTF-8”, or JSON in UTF-8, then send that"
                .to_owned(),
        );
    }
    if bytes.iter().take(4096).any(|byte| *byte == 0) {
        return Err("This is no text file. Send CSV or JSON".to_owned());
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if start.is_empty() {
        return Err("The file is empty".to_owned());
    }
    if start.starts_with(b"{") || start.starts_with(b"[") {
        return Ok(of_page(open_referral::read(bytes)?));
    }
    sheet(name, bytes)
}

/// Services; those of ours by our own cells, which say more.
pub fn of_page(page: Page) -> Contents {
    let mut contents = Contents::default();
    for mut service in page.services {
        match service.ours.take() {
            None => contents.services.push(service),
            Some(Ours { offer, provider, venue }) => {
                let raw = |columns: &[&str], cells: &open_referral::Cells| Raw {
                    at: service.at.clone(),
                    cells: columns
                        .iter()
                        .map(|name| cells.get(*name).cloned().unwrap_or_default())
                        .collect(),
                };
                let add = |to: &mut Vec<Raw>, row: Raw| {
                    let known = to.iter().any(|one| one.cells == row.cells);
                    if !known && row.cells.iter().any(|cell| !cell.is_empty()) {
                        to.push(row);
                    }
                };
                add(&mut contents.providers, raw(&providers::csv::COLUMNS, &provider));
                add(&mut contents.venues, raw(&venues::csv::COLUMNS, &venue));
                contents.offers.push(raw(&offers::csv::COLUMNS, &offer));
            }
        }
    }
    contents
}

fn sheet(name: &str, bytes: &[u8]) -> Result<Contents, String> {
    let plain = |cause: anyhow::Error| {
        let said = cause.root_cause().to_string();
        match cause.chain().count() {
            1 => said.trim_end_matches('.').to_owned(),
            _ => format!("The file cannot be read as CSV: {said}"),
        }
    };
    let mut sheet = Sheet::with_headings(name, bytes, &[]).map_err(plain)?;
    if open_referral::is_outpost(sheet.headings()) {
        let (services, lost) = open_referral::read_outpost(&mut sheet).map_err(plain)?;
        let lost =
            lost.into_iter().map(|(line, reason)| (format!("Line {line}"), reason)).collect();
        return Ok(Contents { services, lost, ..Contents::default() });
    }
    let has = |sheet: &Sheet<&[u8]>, column: &str| sheet.headings().any(|name| name == column);
    let columns: &[&str] = match () {
        () if has(&sheet, "title") => &offers::csv::COLUMNS,
        () if has(&sheet, "address") && has(&sheet, "slug") => &venues::csv::COLUMNS,
        () if has(&sheet, "name") && has(&sheet, "slug") => &providers::csv::COLUMNS,
        () => {
            return Err("We do not know these columns. Send offers, providers or venues in our own columns, or \
                        services in the shape of Open Referral UK"
                .to_owned());
        }
    };
    let missing: Vec<&str> =
        columns.iter().filter(|column| !has(&sheet, column)).copied().collect();
    let mut unknown: Vec<&str> = sheet.headings().filter(|name| !columns.contains(name)).collect();
    unknown.sort_unstable();
    if !missing.is_empty() {
        return Err(format!("The file has no column {}", missing.join(", ")));
    }
    if !unknown.is_empty() {
        return Err(format!("The file has a column that is not known: {}", unknown.join(", ")));
    }
    let mut contents = Contents::default();
    while let Some((row, sound)) = sheet.next_row().map_err(plain)? {
        let at = format!("Line {}", row.line());
        match sound {
            Err(reason) => contents.lost.push((at, reason)),
            Ok(()) => {
                let cells = columns.iter().map(|column| row.named(column).to_owned()).collect();
                let rows = match columns.len() {
                    len if len == offers::csv::COLUMNS.len() => &mut contents.offers,
                    len if len == venues::csv::COLUMNS.len() => &mut contents.venues,
                    _ => &mut contents.providers,
                };
                rows.push(Raw { at, cells });
            }
        }
    }
    Ok(contents)
}

impl Contents {
    pub fn rows(&self) -> usize {
        self.providers.len()
            + self.venues.len()
            + self.offers.len()
            + self.services.len()
            + self.lost.len()
    }

    /// Together with what another file holds.
    pub fn and(mut self, other: Self) -> Self {
        self.providers.extend(other.providers);
        self.venues.extend(other.venues);
        self.offers.extend(other.offers);
        self.services.extend(other.services);
        self.lost.extend(other.lost);
        self
    }
}

/// Reads rows of these columns with the rules of the command line: `take` gets each with its number.
pub fn each<T>(
    columns: &[&str],
    rows: &[Raw],
    mut take: impl FnMut(Cells<'_>) -> Result<T, String>,
) -> anyhow::Result<Vec<Result<T, String>>> {
    let mut written = csv::Writer::from_writer(Vec::new());
    written.write_record(columns)?;
    for row in rows {
        written.write_record(row.cells.iter().map(|cell| as_text(cell).into_owned()))?;
    }
    let written = written.into_inner().map_err(|problem| problem.into_error())?;
    let mut sheet = Sheet::with_headings("file", written.as_slice(), columns)?;
    let mut all = Vec::with_capacity(rows.len());
    while let Some((row, sound)) = sheet.next_row()? {
        all.push(sound.and_then(|()| take(row)));
    }
    Ok(all)
}
