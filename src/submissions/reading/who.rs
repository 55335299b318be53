//! Who it is for.
use super::{super::known::Known, sheet::Sheet, words::quoted};
use crate::{
    offers::{Ages, AudienceFit, WhoMayCome},
    text::{Line, Text},
    topics::{Audience, Code, Codes, Need},
};

/// The oldest that anybody was is not much above.
const OLDEST: u8 = 120;

pub struct Who {
    pub needs: Codes<Need>,
    pub ages: Ages,
    pub audiences: AudienceFit,
    pub who_may_come: WhoMayCome,
    pub not_suitable_for: Option<Text<500>>,
}

pub fn read(sheet: &mut Sheet, known: &Known) -> Who {
    if !sheet.stated("needs") {
        sheet.lacks("needs");
    }
    Who {
        needs: sheet.codes("needs", "Select what it may help with from the list"),
        ages: ages(sheet),
        audiences: audiences(sheet),
        who_may_come: who_may_come(sheet, known),
        not_suitable_for: sheet.text("not_suitable_for"),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum AgesSaid {
    All,
    Some,
}

fn ages(sheet: &mut Sheet) -> Ages {
    let read = |value: &str| match value {
        "all" => Some(AgesSaid::All),
        "some" => Some(AgesSaid::Some),
        _ => None,
    };
    match sheet.choice("ages", read, "Select for which ages it is") {
        Some(AgesSaid::All) => return Ages::Stated { from: None, to: None },
        Some(AgesSaid::Some) => {}
        None => return Ages::NotStated,
    }
    if !sheet.stated("age_from") && !sheet.stated("age_to") {
        sheet.wrong("age_from", "Enter the youngest age, the oldest, or both, like 18");
        return Ages::NotStated;
    }
    let mut age = |field, which| {
        let message = format!("Enter the {which} age as a number up to {OLDEST}, like 18");
        sheet.number(field, 0..=OLDEST, &message)
    };
    match (age("age_from", "youngest"), age("age_to", "oldest")) {
        (None, None) => Ages::NotStated,
        (Some(from), Some(to)) if to < from => {
            sheet.wrong("age_to", format!("The oldest age must be {from} or more"));
            Ages::NotStated
        }
        (from, to) => Ages::Stated { from, to },
    }
}

fn audiences(sheet: &mut Sheet) -> AudienceFit {
    let mut fit = AudienceFit::default();
    for audience in Audience::ALL.iter().copied() {
        let field = format!("audience-{}", audience.code());
        let read = |value: &str| ["for", "welcome", "only"].into_iter().find(|one| *one == value);
        match sheet.choice(&field, read, "Select how it is meant for them, or leave it") {
            Some("for") => fit.meant_for.insert(audience),
            Some("welcome") => fit.welcome.insert(audience),
            Some(_) => fit.only.insert(audience),
            None => {}
        }
    }
    fit
}

fn who_may_come(sheet: &mut Sheet, known: &Known) -> WhoMayCome {
    let read =
        |value: &str| ["anyone", "residents", "patients"].into_iter().find(|one| *one == value);
    match sheet.choice("who_may_come", read, "Select who may come") {
        Some("residents") => {
            if !sheet.stated("residents_of") {
                sheet.lacks("residents_of");
            }
            let message = "Select the boroughs from the list";
            match sheet.chosen("residents_of", |named| known.borough(named), message) {
                boroughs if boroughs.is_empty() => WhoMayCome::Anyone,
                boroughs => WhoMayCome::ResidentsOf(boroughs),
            }
        }
        Some("patients") => match networks(sheet, known) {
            networks if networks.is_empty() => WhoMayCome::Anyone,
            networks => WhoMayCome::PatientsOf(networks),
        },
        _ => WhoMayCome::Anyone,
    }
}

/// One a line; with commas, where the whole line is not a name.
fn networks(sheet: &mut Sheet, known: &Known) -> Vec<Line<10>> {
    if !sheet.stated("patients_of") {
        sheet.lacks("patients_of");
    }
    let typed = sheet.one("patients_of").to_owned();
    let mut networks = Vec::new();
    for line in typed.split(['\n', '\r', ';']).filter(|line| !line.trim().is_empty()) {
        let names: Vec<&str> = match known.network(line) {
            Some(_) => vec![line],
            None => line.split(',').map(str::trim).filter(|name| !name.is_empty()).collect(),
        };
        for name in names {
            match known.network(name).and_then(|code| Line::parse(&code).ok()) {
                Some(code) if !networks.contains(&code) => networks.push(code),
                Some(_) => {}
                None => {
                    let name = quoted(name);
                    let message = format!(
                        "We know no network called {name}. Check its name, or write its code, like U00070"
                    );
                    sheet.wrong("patients_of", message);
                }
            }
        }
    }
    if networks.is_empty() && sheet.stated("patients_of") && !sheet.complains_of("patients_of") {
        sheet.wrong("patients_of", "Enter the name of a network or its code, like U00070");
    }
    networks
}
