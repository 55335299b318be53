//! Cells with a grammar of their own, one function each.
use super::{
    cells::date,
    pieces::{plain, split},
};
use crate::{
    calendar::Pause,
    offers::{Ages, Contact, DEAREST, Notice, Per, Price, Reader, WhoMayCome, store::References},
    text::{Email, Line, Phone, WebAddress, thousands},
};

pub fn ages(cell: &str) -> Result<Ages, &'static str> {
    const ADVICE: &str = "Write ages like 18-, -25, 16-25 or all.";
    if cell == "all" {
        return Ok(Ages::Stated { from: None, to: None });
    }
    let (from, to) = cell.split_once('-').ok_or(ADVICE)?;
    let year = |written: &str| match written.trim() {
        "" => Ok(None),
        written => match written.parse::<u8>() {
            Ok(year) if year <= 120 => Ok(Some(year)),
            _ => Err(ADVICE),
        },
    };
    match (year(from)?, year(to)?) {
        (None, None) => Err(ADVICE),
        (Some(from), Some(to)) if to < from => Err(ADVICE),
        (from, to) => Ok(Ages::Stated { from, to }),
    }
}

pub fn who_may_come(cell: &str, known: &References) -> Result<WhoMayCome, String> {
    let (who, named) = cell.split_once(':').unwrap_or((cell, ""));
    let named = split(named, ';');
    match who.trim() {
        "anyone" if named.is_empty() => Ok(WhoMayCome::Anyone),
        "residents" if !named.is_empty() => {
            let boroughs = named.into_iter().map(|name| known.borough(name));
            boroughs.collect::<Result<_, _>>().map(WhoMayCome::ResidentsOf)
        }
        "patients" if !named.is_empty() => {
            let networks = named.into_iter().map(network);
            networks.collect::<Result<_, _>>().map(WhoMayCome::PatientsOf)
        }
        _ => Err("Write anyone, residents: southwark; lewisham, or patients: U00070.".to_owned()),
    }
}

fn network(written: &str) -> Result<Line<10>, String> {
    let digits = written.strip_prefix('U').filter(|digits| digits.len() == 5);
    match digits.filter(|digits| digits.bytes().all(|b| b.is_ascii_digit())) {
        Some(_) => Line::parse(written).map_err(|problem| problem.to_string()),
        None => Err(format!("\u{201c}{written}\u{201d} is not a network's code like U00070.")),
    }
}

pub fn notice(piece: &str) -> Result<Notice, String> {
    let (until, text) = piece
        .strip_prefix("until ")
        .and_then(|rest| rest.split_once(':'))
        .ok_or("Write until 2026-12-27: and then the notice.")?;
    let text = Line::parse(&plain(text)).map_err(|problem| problem.to_string())?;
    Ok(Notice { text, until: date(until.trim())? })
}

pub fn pause(cell: &str) -> Result<Pause, String> {
    if let Some(from) = cell.strip_prefix("from ") {
        return Ok(Pause { from: date(from.trim())?, to: None });
    }
    let (from, to) =
        cell.split_once(" to ").ok_or("Write 2026-08-01 to 2026-08-31, or from 2026-08-01.")?;
    match (date(from.trim())?, date(to.trim())?) {
        (from, to) if to < from => Err("The pause ends before it begins.".to_owned()),
        (from, to) => Ok(Pause { from, to: Some(to) }),
    }
}

/// `£3 a session: Full price`
pub fn price(piece: &str) -> Result<Price, String> {
    const ADVICE: &str = "Write £3 a session: Full price (or £2.50; a course, a month, a year).";
    let (amount, label) = piece.split_once(':').ok_or(ADVICE)?;
    let (pounds, per) =
        amount.trim().strip_prefix('£').and_then(|rest| rest.split_once(" a ")).ok_or(ADVICE)?;
    let per = Per::parse(per.trim()).ok_or(ADVICE)?;
    let (whole, pence) = pounds.split_once('.').unwrap_or((pounds, "00"));
    let digits = |written: &str| written.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 5 || pence.len() != 2 || !digits(whole) || !digits(pence) {
        return Err(ADVICE.to_owned());
    }
    let pence = format!("{whole}{pence}").parse().map_err(|_| ADVICE)?;
    if pence > DEAREST {
        return Err(format!("A price is at most £{}.", thousands(u64::from(DEAREST / 100))));
    }
    let label = Line::parse(&plain(label)).map_err(|problem| problem.to_string())?;
    Ok(Price { label, pence, per })
}

/// `name: Dele; phone: 020 7946 0142; for: professionals`
pub fn contact(piece: &str) -> Result<Contact, String> {
    let mut contact = Contact {
        name: None,
        role: None,
        phone: None,
        email: None,
        web: None,
        reader: Reader::Everyone,
    };
    for part in split(piece, ';') {
        let (name, said) = part.split_once(':').ok_or_else(|| {
            format!("\u{201c}{part}\u{201d} does not say what it is: write phone: before it, for example.")
        })?;
        let said = plain(said.trim());
        let said = said.as_str();
        match name.trim() {
            "name" => contact.name = Some(Line::parse(said).map_err(|p| p.to_string())?),
            "role" => contact.role = Some(Line::parse(said).map_err(|p| p.to_string())?),
            "phone" => contact.phone = Some(Phone::parse(said).map_err(|p| p.to_string())?),
            "email" => contact.email = Some(Email::parse(said).map_err(|p| p.to_string())?),
            "web" => contact.web = Some(WebAddress::parse(said).map_err(|p| p.to_string())?),
            "for" => {
                contact.reader = Reader::parse(said)
                    .ok_or_else(|| "Write for: everyone or for: professionals.".to_owned())?;
            }
            other => {
                return Err(format!(
                    "\u{201c}{other}\u{201d} is not one of name, role, phone, email, web, for."
                ));
            }
        }
    }
    if contact.phone.is_none() && contact.email.is_none() && contact.web.is_none() {
        return Err("Give a telephone number, an email address or a web address.".to_owned());
    }
    Ok(contact)
}
