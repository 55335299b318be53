//! What it costs, and how to join.
use super::{
    numbers::{MoneyProblem, money},
    sheet::Sheet,
    words::asked,
};
use crate::{
    offers::{Cost, DEAREST, Per, PlacesSaid, Price, WayIn},
    submissions::questions::{PRICES, part_field},
    text::thousands,
    topics::{self, Code, Places},
};

pub struct Costs {
    pub cost: Cost,
    pub residents: WayIn,
    pub professionals: WayIn,
    pub places: Option<PlacesSaid>,
    pub reply_days: Option<u8>,
}

pub fn read(sheet: &mut Sheet) -> Costs {
    let cost = cost(sheet);
    let [residents, professionals] = ["residents", "professionals"].map(|who| way_in(sheet, who));
    if residents.routes.union(professionals.routes).is_empty()
        && !sheet.complains_of("residents_join")
        && !sheet.complains_of("professionals_join")
    {
        sheet.lacks("residents_join");
    }
    Costs {
        cost,
        residents,
        professionals,
        places: places(sheet),
        reply_days: sheet.number(
            "reply_days",
            0..=60,
            "Enter in how many working days you reply, a number from 0 to 60",
        ),
    }
}

fn cost(sheet: &mut Sheet) -> Cost {
    if !sheet.stated("cost") {
        sheet.lacks("cost");
    }
    let code = sheet.choice("cost", topics::Cost::parse, "Select what it costs");
    let prices: Vec<Price> = (1..=PRICES).filter_map(|number| price(sheet, number)).collect();
    if code == Some(topics::Cost::Paid) && prices.is_empty() && !sheet.complains_of("price") {
        sheet.lacks("price");
    }
    Cost {
        code: code.unwrap_or(topics::Cost::Free),
        prices,
        note: sheet.line("cost_note"),
        concessions: sheet.line("concessions"),
        help: sheet.line("cost_help"),
    }
}

/// A choice of how it is paid makes no price: a radio button cannot be taken back.
fn price(sheet: &mut Sheet, number: usize) -> Option<Price> {
    let [label, amount, per] =
        ["label", "amount", "per"].map(|part| part_field("price", number, part));
    if !sheet.stated(&label) && !sheet.stated(&amount) {
        return None;
    }
    let said = sheet.line_of(&label, "Say for whom the price is, like “Full price”");
    let pence = match money(sheet.one(&amount)) {
        Ok(pence) => Some(pence),
        Err(problem) => {
            let message = match problem {
                MoneyProblem::TooMuch => {
                    let most = thousands(u64::from(DEAREST / 100));
                    format!("{} must be £{most} or less", asked(&amount))
                }
                MoneyProblem::NotMoney => "Enter one amount in pounds, like £3 or 2.50".to_owned(),
            };
            sheet.wrong(&amount, message);
            None
        }
    };
    let paid = sheet.choice(&per, Per::parse, "Select how it is paid");
    Some(Price { label: said?, pence: pence?, per: paid.unwrap_or(Per::Session) })
}

fn way_in(sheet: &mut Sheet, who: &str) -> WayIn {
    WayIn {
        routes: sheet.codes(&format!("{who}_join"), "Select how to join from the list"),
        how: sheet.text(&format!("{who}_how")),
        link: sheet.web(&format!("{who}_link")),
    }
}

/// Said today, unless another day is named.
fn places(sheet: &mut Sheet) -> Option<PlacesSaid> {
    let code = sheet.choice("places", Places::parse, "Select whether there is room")?;
    let on = match sheet.stated("places_on") {
        true => sheet.date("places_on")?,
        false => sheet.today,
    };
    if on > sheet.today {
        let message = format!("{} must be today or in the past", asked("places_on"));
        sheet.wrong("places_on", message);
        return None;
    }
    Some(PlacesSaid { code, on })
}
