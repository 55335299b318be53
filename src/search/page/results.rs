//! The search page, ready to be drawn.

use askama::Template;

use super::{
    Around, CardView,
    filters::{Group, Kind, groups},
};
use crate::search::{Ask, Found, LetGo, Loosen, Parameters, Problem, Reading, Sort};
use crate::{
    chosen::Shortlist,
    paging::{PER_PAGE, PageNumber},
    places::Postcode,
    text::{series, thousands},
};

#[derive(Template)]
#[template(path = "search/results.html")]
pub struct ResultsPage<'a> {
    pub ask: &'a Ask,
    pub problems: &'a [Problem],
    /// As typed, also where it is refused.
    pub q: &'a str,
    /// Nothing is listed while something in the question is not understood.
    pub found: &'a Found<'a>,
    pub chips: Vec<Chip<'a>>,
    pub filters: Vec<Group<'a>>,
    pub around: Around<'a>,
    pub cards: Vec<CardView<'a>>,
    /// Of the shortlist, for forms.
    pub carried: Vec<(String, String)>,
    parameters: &'a Parameters,
}

/// A piece of the question.
pub struct Chip<'a> {
    /// As typed; none for what was chosen.
    pub words: Option<&'a str>,
    pub group: &'static str,
    /// Our readings, or the choice, each with where the list is without it. One word may mean several things.
    pub means: Vec<(&'a str, String)>,
    /// Where the words are only words.
    pub plain: Option<String>,
}

pub struct Way {
    pub label: String,
    pub to: String,
    pub total: usize,
}

pub struct SortLink {
    pub label: &'static str,
    pub to: String,
    pub current: bool,
}

impl<'a> ResultsPage<'a> {
    pub fn new(
        parameters: &'a Parameters,
        ask: &'a Ask,
        problems: &'a [Problem],
        found: &'a Found<'a>,
        around: Around<'a>,
    ) -> Self {
        let near = ask.criteria.near.as_ref().map(|near| near.place.name.as_str());
        let around = Around { near, list: Some(&parameters.shortlist), ..around };
        let carried = parameters.shortlist.pairs();
        let filters = groups(parameters, ask, problems, &found.counts);
        let q = parameters.first("q").unwrap_or_default();
        // Those of a sound question are in their one spelling.
        let parameters = if problems.is_empty() { &ask.parameters } else { parameters };
        let chips = chips(parameters, ask);
        // Each card lies elsewhere in memory: looked up in one go, they are waited for together; looked up while the
        // page is drawn, each would be waited for.
        let cards = found.hits.iter().map(|hit| CardView::hit(hit, around)).collect();
        Self { ask, problems, q, found, chips, filters, around, cards, carried, parameters }
    }

    /// The search as the form that chooses offers sends it.
    pub fn searched(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter()
    }

    pub fn shortlist(&self) -> &Shortlist {
        &self.parameters.shortlist
    }

    pub fn asks_something(&self) -> bool {
        !self.chips.is_empty() || !self.ask.reading.rest.is_empty()
    }

    /// Searched near, but only its outward code is known.
    pub fn unknown_postcode(&self) -> Option<Postcode> {
        let near = self.ask.criteria.near.as_ref().filter(|near| !near.place.precise)?;
        Postcode::parse(&near.place.name)
    }

    /// "6 offers match everything".
    pub fn headline(&self) -> String {
        let total = self.found.total;
        match (total, self.asks_something()) {
            _ if !self.problems.is_empty() => "Put this right to see offers".into(),
            (0, true) => "Nothing matches all of this".into(),
            (0, false) => "There are no offers yet".into(),
            (1, true) => "1 offer matches everything".into(),
            (1, false) => "1 offer".into(),
            (_, true) => format!("{} offers match everything", thousands(total as u64)),
            (_, false) => format!("All {} offers", thousands(total as u64)),
        }
    }

    /// The same for the window's title.
    pub fn short_headline(&self) -> String {
        match self.found.total {
            _ if !self.problems.is_empty() => "Check what you asked for".into(),
            0 => "No offers match".into(),
            1 => "1 offer matches".into(),
            total => format!("{} offers match", thousands(total as u64)),
        }
    }

    pub fn called(&self) -> impl Iterator<Item = CardView<'_>> {
        self.found.called.iter().map(|hit| CardView::hit(hit, self.around))
    }

    pub fn close(&self) -> impl Iterator<Item = CardView<'_>> {
        self.found.close.iter().map(|close| CardView::close(close, self.around))
    }

    /// What to let go of where nothing matches.
    pub fn ways_out(&self) -> impl Iterator<Item = Way> {
        self.found.loosen.iter().map(|loosen| Way {
            label: self.label_of(loosen),
            to: address(&self.let_go(loosen)),
            total: loosen.total,
        })
    }

    /// Whether each way out is a single thing.
    pub fn one_is_enough(&self) -> bool {
        self.found.loosen.iter().all(|loosen| loosen.pieces.len() == 1)
    }

    pub fn sorts(&self) -> impl Iterator<Item = SortLink> {
        let chosen = self.ask.criteria.sort;
        let all = [
            (Sort::Best, "", "Best match"),
            (Sort::Nearest, "nearest", "Nearest"),
            (Sort::Soonest, "soonest", "Soonest"),
            (Sort::Newest, "newest", "Newest"),
        ];
        let near = self.ask.criteria.near.is_some();
        all.into_iter().filter(move |(sort, ..)| near || *sort != Sort::Nearest).map(
            move |(sort, code, label)| SortLink {
                label,
                to: address(&self.parameters.set("sort", code)),
                current: sort == chosen,
            },
        )
    }

    /// As the form sends it; empty for best match.
    pub fn sort_code(&self) -> &'static str {
        match self.ask.criteria.sort {
            Sort::Best => "",
            Sort::Nearest => "nearest",
            Sort::Soonest => "soonest",
            Sort::Newest => "newest",
        }
    }

    /// The same on a map.
    pub fn map(&self) -> String {
        self.parameters.on_page(1).address("/map")
    }

    pub fn page(&self) -> u32 {
        self.ask.criteria.page.number()
    }

    pub fn pages(&self) -> usize {
        self.found.total.div_ceil(PER_PAGE)
    }

    pub fn previous(&self) -> Option<String> {
        let page = self.ask.criteria.page.previous()?;
        // From beyond the end one comes back to the last page there is.
        let last = u32::try_from(self.pages()).ok().and_then(PageNumber::new).unwrap_or_default();
        Some(self.turned(page.min(last)))
    }

    pub fn next(&self) -> Option<String> {
        self.ask.criteria.page.next(self.found.total).map(|page| self.turned(page))
    }

    /// The total of choices made.
    pub fn chosen(&self) -> usize {
        self.filters.iter().map(|group| group.chosen).sum()
    }

    /// The search without what is not understood.
    pub fn without(&self, problem: &Problem) -> String {
        address(&self.parameters.without(&problem.name, &problem.value))
    }

    /// Whether this mistake stands in a field of the page, to which the summary can lead.
    pub fn has_field(&self, problem: &Problem) -> bool {
        self.filters.iter().flat_map(|group| &group.fields).any(|field| field.name == problem.field)
    }

    fn turned(&self, page: PageNumber) -> String {
        address(&self.parameters.on_page(page.number()))
    }

    /// "Havering", or "Circus and Havering" where both must go.
    fn label_of(&self, loosen: &Loosen) -> String {
        series(loosen.pieces.iter().map(|piece| self.name_of(piece)))
    }

    fn name_of(&self, piece: &LetGo) -> String {
        let code = piece.code.as_deref();
        if piece.group == "q" {
            let words = &self.ask.reading.rest;
            let words = code.map_or_else(|| words.join(" "), str::to_owned);
            return format!("\u{201c}{words}\u{201d}");
        }
        code.and_then(|code| self.ask.label(piece.group, code))
            .map_or_else(|| caption(piece.group).to_owned(), str::to_owned)
    }

    /// The parameters without it, be it said or chosen.
    fn let_go(&self, loosen: &Loosen) -> Parameters {
        let reading = &self.ask.reading;
        let meant =
            |group: &str, code: &str| loosen.pieces.iter().any(|one| one.means(group, code));
        let mut fewer = self.parameters.on_page(1);
        for (group, code, _) in self.ask.chosen.iter().filter(|(group, code, _)| meant(group, code))
        {
            fewer = fewer.without_choice(group, code, &reading.understood);
        }
        let said: Vec<_> = reading.understood.iter().filter(|u| meant(u.group, &u.code)).collect();
        fewer = fewer.without_pieces(&said, &reading.understood);
        for words in loosen.pieces.iter().filter(|piece| piece.group == "q") {
            let gone = words.code.as_ref().map_or(&reading.rest[..], std::slice::from_ref);
            let q = fewer.first("q").unwrap_or_default().to_owned();
            let kept = q.split_whitespace().filter(|word| !gone.iter().any(|one| is(one, word)));
            fewer = fewer.set("q", &kept.collect::<Vec<_>>().join(" "));
        }
        fewer
    }
}

impl LetGo {
    /// Whether a value of a parameter is among what must go. `dates` are `from` and `to` together.
    fn means(&self, group: &str, code: &str) -> bool {
        match self.group {
            "dates" => ["from", "to"].contains(&group),
            "activity" => group == "activity" && !code.starts_with("not-"),
            "not_activity" => group == "activity" && code.starts_with("not-"),
            one => group == one,
        }
    }
}

impl Ask {
    /// What was chosen or said of this parameter, first of all; empty if nothing was.
    pub fn value(&self, name: &str) -> &str {
        let chosen = self.chosen.iter().find(|(group, ..)| *group == name);
        let said = || self.reading.understood.iter().find(|one| one.group == name);
        match chosen {
            Some((_, code, _)) => code,
            None => said().map_or("", |one| &one.code),
        }
    }

    fn label(&self, group: &str, code: &str) -> Option<&str> {
        let chosen = self.chosen.iter().find(|(g, c, _)| *g == group && c == code);
        let said = || self.reading.understood.iter().find(|u| u.group == group && u.code == code);
        chosen.map(|(_, _, label)| label.as_str()).or_else(|| said().map(|u| u.label.as_str()))
    }
}

fn chips<'a>(parameters: &Parameters, ask: &'a Ask) -> Vec<Chip<'a>> {
    let Reading { understood, .. } = &ask.reading;
    let mut chips: Vec<Chip<'a>> = Vec::with_capacity(understood.len() + ask.chosen.len());
    let mut last = None;
    for one in understood {
        let away = address(&parameters.without_piece(one, understood));
        let means = (one.label.as_str(), away);
        if let Some(chip) = chips.last_mut().filter(|_| last == Some(&one.at)) {
            chip.means.push(means);
            continue;
        }
        last = Some(&one.at);
        chips.push(Chip {
            words: Some(&one.words),
            group: one.group,
            means: vec![means],
            plain: Some(address(&parameters.as_plain(&one.words))),
        });
    }
    chips.extend(ask.chosen.iter().map(|(group, code, label)| Chip {
        words: None,
        group,
        means: vec![(label, address(&parameters.without_choice(group, code, understood)))],
        plain: None,
    }));
    chips
}

/// Of the page that shows this search.
fn address(parameters: &Parameters) -> String {
    parameters.address("/offers")
}

/// What a parameter is about, in words.
fn caption(group: &str) -> &'static str {
    match group {
        "near" | "within" => "Place and distance",
        "need" => "Need",
        "activity" | "not_activity" => "Activity",
        "borough" => "Borough",
        "audience" => "Who it is for",
        "access" => "Access",
        "delivery" => "How it is run",
        "cost" => "Cost",
        "max_price" => "Price",
        "day" => "Day",
        "part" => "Part of the day",
        "from" | "to" | "dates" => "Dates",
        "age" => "Age",
        "language" => "Language",
        "joining" => "How to join",
        "places" => "Places left",
        _ => "Chosen",
    }
}

/// Whether this is the word as it was typed, with whatever clings to it.
fn is(word: &str, typed: &str) -> bool {
    typed.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase() == word.to_lowercase()
}
