//! From a row to an offer.
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    cells::{Cells, code},
    pieces::plain,
    values::{ages, contact, notice, pause, price, who_may_come},
};
use crate::{
    calendar::{Programme, parse_schedules},
    imports,
    offers::{
        AccessAnswers, Ages, AnyState, AudienceFit, Confirmation, Content, Cost, How, Kind,
        PlacesSaid, Quality, Status, Testimonial, WayIn, When, Where, WhoMayCome,
        store::{Origin, References},
    },
    places::Gss,
    text::{Line, Slug},
    topics::{self, Access, Audience, Delivery, Language},
};

/// What a row says.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Row {
    pub slug: Option<Slug>,
    pub origin: Option<Origin>,
    pub state: AnyState,
    pub content: Content,
    pub confirmed: Option<Confirmation>,
    pub confirm_every: u8,
    pub first_published: Option<Timestamp>,
}

/// How often we ask, in months, where nothing is said.
pub const CONFIRM_EVERY: u8 = 3;

/// # Errors
/// Every bad cell with its column and what to do, in one line.
pub fn read(row: imports::Row<'_>, known: &References) -> Result<Row, String> {
    let mut cells = Cells::new(row);
    let read = Row::read(&mut cells, known);
    match (read, cells.problem()) {
        (Some(row), None) => Ok(row),
        (_, problem) => Err(problem.unwrap_or_else(|| "The row cannot be read.".to_owned())),
    }
}

impl Row {
    fn read(cells: &mut Cells<'_>, known: &References) -> Option<Self> {
        let content = content(cells, known);
        let slug = cells.stated("slug", |cell| Slug::try_from(cell.to_owned()));
        let origin = match (cells.line("source"), cells.line("foreign_id")) {
            (Some(source), Some(id)) => Some(Origin { source, id }),
            (None, None) => None,
            _ => {
                cells.refuse("source", "Give source and foreign_id together, or neither.");
                None
            }
        };
        let confirmed = match (
            cells.moment("confirmed_at"),
            cells.line("confirmed_by"),
            cells.line("confirmed_how"),
        ) {
            (Some(at), Some(by), Some(how)) => Some(Confirmation { at, by, how }),
            (None, None, None) => None,
            _ => {
                cells.refuse("confirmed_at", "Say when, by whom and how, or nothing of it.");
                None
            }
        };
        let state = state(cells);
        // A draft may still lack things, but not contradict itself.
        let draft = state == Some(AnyState::Draft);
        for lack in content.iter().flat_map(Content::lacks) {
            if !draft || ["access_no", "audiences", "address_private"].contains(&lack.field) {
                cells.refuse(lack.field, lack.advice);
            }
        }
        let confirm_every = cells.number("confirm_every", 1, 12).unwrap_or(CONFIRM_EVERY);
        let first_published = cells.moment("first_published");
        Some(Self {
            slug,
            origin,
            state: state?,
            content: content?,
            confirmed,
            confirm_every,
            first_published,
        })
    }
}

fn state(cells: &mut Cells<'_>) -> Option<AnyState> {
    let reason = cells.line("archived_because");
    let status = match cells.raw("state") {
        "" => Some(Status::Published),
        written => Status::parse(written),
    };
    let Some(status) = status else {
        cells.refuse("state", "Write draft, submitted, published, paused or archived.");
        return None;
    };
    let state = AnyState::new(status, reason);
    if state.is_none() {
        cells.refuse("archived_because", "Give a reason for what is archived, and only for that.");
    }
    state
}

fn content(cells: &mut Cells<'_>, known: &References) -> Option<Content> {
    let title = cells.cell("title", Line::parse);
    let summary = cells.cell("summary", Line::parse);
    let provider = cells.cell("provider", |slug| known.provider(slug));
    let activities = cells.list("activities", code);
    let activities = cells.at_most("activities", 5, activities);
    let (place, venue_borough) = place(cells, known);
    let mut boroughs = cells.list("boroughs", |name| known.borough(name));
    if boroughs.is_empty() && cells.raw("boroughs").is_empty() {
        boroughs.extend(venue_borough);
    }
    let kind = kind(cells);
    let cost = cost(cells);
    let content = Content {
        needs: cells.codes("needs"),
        how: how(cells),
        audiences: audiences(cells),
        ages: cells.stated("ages", ages).unwrap_or(Ages::NotStated),
        not_suitable_for: cells.text("not_suitable_for"),
        who_may_come: cells
            .stated("who_may_come", |cell| who_may_come(cell, known))
            .unwrap_or(WhoMayCome::Anyone),
        when: when(cells),
        access: access(cells),
        languages: cells.list("languages", |code| Language::try_from(code.to_owned())),
        interpreter: cells.yes_no("interpreter"),
        residents: way_in(cells, ["residents_join", "residents_how", "residents_link"]),
        professionals: way_in(
            cells,
            ["professionals_join", "professionals_how", "professionals_link"],
        ),
        places: both(cells.code("places"), cells.date("places_on"))
            .unwrap_or_else(|| {
                cells.refuse("places", "Say how many places with the date when that was said.");
                None
            })
            .map(|(code, on)| PlacesSaid { code, on }),
        reply_days: cells.number("reply_days", 0, 60),
        contacts: {
            let contacts = cells.pieces("contacts", '|', contact);
            cells.at_most("contacts", 5, contacts)
        },
        quality: quality(cells),
        testimonial: both(cells.text("testimonial"), cells.line("testimonial_by"))
            .unwrap_or_else(|| {
                cells.refuse("testimonial", "Give the words and by whom, or neither.");
                None
            })
            .map(|(words, by)| Testimonial { words, by }),
        // No column holds them: an offer keeps those it has.
        images: Vec::new(),
        title: title?,
        summary: summary?,
        provider: provider?,
        activities,
        kind: kind?,
        place,
        cost: cost?,
        boroughs,
    };
    Some(content)
}

/// Both or neither; `None` where just one is stated.
fn both<A, B>(one: Option<A>, other: Option<B>) -> Option<Option<(A, B)>> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Some((one, other))),
        (None, None) => Some(None),
        _ => None,
    }
}

fn kind(cells: &mut Cells<'_>) -> Option<Kind> {
    let therapist = cells.line("therapist");
    match (cells.raw("kind"), therapist) {
        ("" | "creative", None) => Some(Kind::Creative),
        ("therapy", Some(led_by)) => Some(Kind::Therapy { led_by }),
        ("therapy", None) => {
            cells.refuse("therapist", "Name the registered therapist and the register.");
            None
        }
        ("" | "creative", Some(_)) => {
            cells.refuse("therapist", "Leave this empty, or write therapy under kind.");
            None
        }
        _ => {
            cells.refuse("kind", "Write creative or therapy.");
            None
        }
    }
}

fn how(cells: &mut Cells<'_>) -> How {
    let keywords = cells.list("keywords", |word| Line::parse(&plain(word)));
    How {
        description: cells.text("description"),
        first_visit: cells.text("first_visit"),
        bring: cells.text("bring"),
        afterwards: cells.text("afterwards"),
        keywords: cells.at_most("keywords", 20, keywords),
    }
}

fn audiences(cells: &mut Cells<'_>) -> AudienceFit {
    let mut fit = AudienceFit::default();
    let named = cells.list("audiences", |piece| {
        let (name, way) = piece.split_once(':').unwrap_or((piece, "for"));
        let way = way.trim();
        if !["for", "welcome", "only"].contains(&way) {
            return Err(format!("\u{201c}{way}\u{201d} is not one of for, welcome, only."));
        }
        Ok((code::<Audience>(name.trim())?, way.to_owned()))
    });
    for (audience, way) in named {
        if fit.meant_for.union(fit.welcome).union(fit.only).contains(audience) {
            cells.refuse("audiences", "Name each audience once.");
        }
        match way.as_str() {
            "welcome" => fit.welcome.insert(audience),
            "only" => fit.only.insert(audience),
            _ => fit.meant_for.insert(audience),
        }
    }
    fit
}

fn when(cells: &mut Cells<'_>) -> When {
    let notices = cells.pieces("notices", '|', notice);
    When {
        programme: Programme {
            schedules: cells.stated("schedules", parse_schedules).unwrap_or_default(),
            pause: cells.stated("pause", pause),
            ends_on: cells.date("ends_on"),
        },
        by_arrangement: cells.line("by_arrangement"),
        notices: cells.at_most("notices", 10, notices),
    }
}

fn place(cells: &mut Cells<'_>, known: &References) -> (Where, Option<Gss>) {
    let venue = cells.stated("venue", |slug| known.venue(slug));
    let place = Where {
        delivery: cells.codes::<Delivery>("delivery"),
        venue: venue.map(|(id, _)| id),
        address_private: cells.yes_no("address_private").unwrap_or(false),
        travel: cells.text("travel"),
        outreach: cells.list("outreach", |name| known.borough(name)),
    };
    (place, venue.map(|(_, borough)| borough))
}

fn access(cells: &mut Cells<'_>) -> AccessAnswers {
    let notes = cells.list("access_notes", |piece| {
        let (feature, note) =
            piece.split_once(':').ok_or("Write step-free: and then a few words.")?;
        let note = Line::parse(&plain(note)).map_err(|problem| problem.to_string())?;
        Ok::<_, String>((code::<Access>(feature.trim())?, note))
    });
    AccessAnswers {
        yes: cells.codes("access_yes"),
        no: cells.codes("access_no"),
        notes: notes.into_iter().collect::<BTreeMap<_, _>>(),
        more: cells.text("access_more"),
    }
}

fn cost(cells: &mut Cells<'_>) -> Option<Cost> {
    let prices = cells.list("prices", price);
    let prices = cells.at_most("prices", 10, prices);
    let (note, concessions) = (cells.line("cost_note"), cells.line("concessions"));
    let help = cells.line("cost_help");
    Some(Cost { code: cells.cell("cost", code::<topics::Cost>)?, prices, note, concessions, help })
}

fn way_in(cells: &mut Cells<'_>, [routes, how, link]: [&str; 3]) -> WayIn {
    WayIn { routes: cells.codes(routes), how: cells.text(how), link: cells.web(link) }
}

fn quality(cells: &mut Cells<'_>) -> Quality {
    Quality {
        experience: cells.text("experience"),
        lived_experience: cells.text("lived_experience"),
        training: cells.text("training"),
        safeguarding_policy: cells.yes_no("safeguarding_policy"),
        dbs_checked: cells.yes_no("dbs_checked"),
        insured: cells.yes_no("insured"),
        support: cells.text("support"),
    }
}
