//! An offer as every list shows it, in words. The part `parts/card.html` draws it.
use std::{
    borrow::Cow,
    fmt::{self, Display, Write},
};

use askama::{FastWritable, Template, Values, filters::HtmlSafe};
use jiff::civil::Date;

use super::{
    alike::{Part, Pieces, Timely, Travel},
    distance_in_words,
};
use crate::search::{Card, Close, Hit, Miss, Piece};
use crate::{
    calendar::{Session, short_date},
    chosen::Shortlist,
    offers::{AGO_IN_DAYS, ago},
    places::{Gss, Metres, Places},
    text::series,
    web::Escaped,
};

/// What a list knows about all its offers.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    pub places: &'a Places,
    pub today: Date,
    /// The place that distances are from, as we say it.
    pub near: Option<&'a str>,
    /// The shortlist to add to; none where that is not offered.
    pub list: Option<&'a Shortlist>,
}

#[derive(Clone, Copy, Debug)]
pub struct CardView<'a> {
    pub card: &'a Card,
    /// What it says whatever was asked, if that was drawn when this was made.
    drawn: Option<Pieces<'a>>,
    next: Option<Session>,
    /// The next one, whatever was asked.
    first: Option<Session>,
    distance: Option<Metres>,
    why: &'a [Piece],
    not_stated: &'a [Piece],
    miss: Option<&'a Miss>,
    around: Around<'a>,
}

impl<'a> CardView<'a> {
    /// Of a list that nothing was asked for.
    pub fn plain(card: &'a Card, next: Option<Session>, around: Around<'a>) -> Self {
        let (why, not_stated): (&[Piece], &[Piece]) = (&[], &[]);
        let (drawn, first) = (card.alike.drawn(), next);
        Self { card, drawn, next, first, distance: None, why, not_stated, miss: None, around }
    }

    pub fn hit(hit: &'a Hit<'a>, around: Around<'a>) -> Self {
        let Hit { card, distance, next, first, why, not_stated } = hit;
        let (next, first, distance) = (*next, *first, *distance);
        let drawn = card.alike.drawn();
        Self { card, drawn, next, first, distance, why, not_stated, miss: None, around }
    }

    pub fn close(close: &'a Close<'a>, around: Around<'a>) -> Self {
        Self { miss: Some(&close.miss), ..Self::hit(&close.hit, around) }
    }

    /// What it says whatever was asked. Where that was not drawn before, each call draws it: ask once. Fails as a
    /// template does.
    pub fn alike(&self) -> askama::Result<Pieces<'a>> {
        if let Some(drawn) = self.drawn {
            return Ok(drawn);
        }
        let (one, today) = (Self { next: self.first, ..*self }, self.around.today);
        let (dates, fresh) = (Dates { one }.render()?, Fresh { one }.render()?);
        self.card.alike.draw(self.card, &Timely { next: one.next, today, dates, fresh })
    }

    /// Its sign, title and sentence. The link takes the shortlist along.
    pub fn head(&self, pieces: &Pieces<'a>) -> Part<'a> {
        pieces.head(self.around.list.map(Shortlist::carried).unwrap_or_default())
    }

    /// What it is, who runs it, and the way onto the shortlist or off it.
    pub fn foot(&self, pieces: &Pieces<'a>) -> Part<'a> {
        pieces.foot(self.around.list.map(|list| list.has(&self.card.slug)))
    }

    /// The next date and what follows it.
    pub fn dates(&self, pieces: &Pieces<'a>) -> Told<'a, Dates<'a>> {
        pieces.dates(self.next).map_or_else(|| Told::Now(Dates { one: *self }), Told::Before)
    }

    /// How fresh it is.
    pub fn fresh(&self, pieces: &Pieces<'a>) -> Told<'a, Fresh<'a>> {
        let now = || Told::Now(Fresh { one: *self });
        pieces.fresh(self.around.today).map_or_else(now, Told::Before)
    }

    /// For `datetime` attributes: "2026-11-24T10:30".
    pub fn starts(&self) -> Option<String> {
        self.next.map(|next| next.starts_for_machines())
    }

    pub fn when(&self) -> Cow<'a, str> {
        match (&self.next, &self.card.by_arrangement) {
            (Some(next), _) => next.in_words().into(),
            (None, Some(words)) => words.as_str().into(),
            (None, None) => "No dates at the moment".into(),
        }
    }

    /// What follows the next date; what was agreed besides stands there too.
    pub fn then(&self) -> Option<&'a str> {
        let (card, next) = (self.card, self.next?);
        let follows = card.follows.iter().find(|one| next < one.before);
        let agreed = || card.by_arrangement.as_ref().map(|words| words.as_str());
        follows.map(|one| one.words.as_str()).or_else(agreed)
    }

    /// "0.4 km from Peckham", where a place was asked for and the offer has one.
    pub fn distance(&self) -> Option<String> {
        let (metres, near) = (self.distance?, self.around.near?);
        Some([&distance_in_words(metres), " from ", near].concat())
    }

    /// What the [labels](Card::labels) mean for where one goes.
    pub fn reach(&self, travel: Travel) -> Option<String> {
        let served = || self.names(&self.card.outreach);
        match travel {
            Travel::Round => Some(format!("Comes to places in {}.", served())),
            Travel::Home if self.card.outreach.is_empty() => Some("They come to you.".into()),
            Travel::Home => Some(format!("They come to you, anywhere in {}.", served())),
            Travel::Nowhere => Some("Join from anywhere. No travel.".into()),
            Travel::There | Travel::Unsaid => None,
        }
    }

    /// The boroughs that look after it, where there is no better word for the place.
    pub fn area(&self, travel: Travel) -> Option<String> {
        (travel == Travel::Unsaid).then(|| self.names(&self.card.boroughs))
    }

    pub fn matches(&self) -> Option<Listed<'a>> {
        self.list(self.why)
    }

    pub fn not_stated(&self) -> Option<Listed<'a>> {
        self.list(self.not_stated)
    }

    /// What a close match misses.
    pub fn missing(&self) -> Option<String> {
        self.miss.map(|miss| miss.in_words(self.around.places))
    }

    /// That it is due to be confirmed again, or never was.
    pub fn is_stale(&self) -> bool {
        let overdue = self.card.confirm_by.is_some_and(|by| by < self.around.today);
        overdue || self.card.confirmed.is_none()
    }

    /// "Confirmed 12 days ago".
    pub fn freshness(&self) -> Cow<'static, str> {
        let Some(on) = self.card.confirmed else {
            return "Not confirmed yet".into();
        };
        if self.is_stale() {
            return ["Not confirmed since ", &day_of_year(on)].concat().into();
        }
        match self.around.today.duration_since(on).as_hours() / 24 {
            ..=AGO_IN_DAYS => ["Confirmed ", &ago(on, self.around.today)].concat().into(),
            _ => ["Confirmed ", &day_of_year(on)].concat().into(),
        }
    }

    fn names(&self, boroughs: &[Gss]) -> String {
        match boroughs {
            few if few.len() < 5 => series(few.iter().map(|gss| self.name(gss))),
            many => format!("{} boroughs", many.len()),
        }
    }

    fn name<'b>(&'b self, gss: &'b Gss) -> &'b str {
        self.around.places.borough(*gss).map_or(gss.as_str(), |one| &one.name)
    }

    fn list(&self, pieces: &'a [Piece]) -> Option<Listed<'a>> {
        let places = self.around.places;
        pieces.iter().any(is_told).then_some(Listed { pieces, places })
    }
}

#[derive(Template)]
#[template(path = "parts/card_timely.html", block = "dates")]
pub struct Dates<'a> {
    one: CardView<'a>,
}

#[derive(Template)]
#[template(path = "parts/card_timely.html", block = "fresh")]
pub struct Fresh<'a> {
    one: CardView<'a>,
}

/// A piece as it was drawn before and is still true, or drawn now.
pub enum Told<'a, T> {
    Before(Part<'a>),
    Now(T),
}

impl<T: Template> FastWritable for Told<'_, T> {
    fn write_into(&self, page: &mut dyn Write, values: &dyn Values) -> askama::Result<()> {
        match self {
            Self::Before(part) => part.write_into(page, values),
            Self::Now(piece) => piece.render_into(page),
        }
    }
}

impl<T: Template> Display for Told<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_into(f, askama::NO_VALUES).map_err(|_| fmt::Error)
    }
}

/// Templates escape.
impl<T: Template> HtmlSafe for Told<'_, T> {}

/// What fits, or is not stated, one after the other, ready for a page.
pub struct Listed<'a> {
    pieces: &'a [Piece],
    places: &'a Places,
}

impl Listed<'_> {
    fn words(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.pieces.iter().filter(|piece| is_told(piece)).map(|piece| piece.in_words(self.places))
    }
}

impl Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, words) in self.words().enumerate() {
            f.write_str(if at > 0 { ", " } else { "" })?;
            Escaped(&words).fmt(f)?;
        }
        Ok(())
    }
}

impl FastWritable for Listed<'_> {
    fn write_into(&self, page: &mut dyn Write, values: &dyn Values) -> askama::Result<()> {
        for (at, words) in self.words().enumerate() {
            page.write_str(if at > 0 { ", " } else { "" })?;
            Escaped(&words).write_into(page, values)?;
        }
        Ok(())
    }
}

/// Each piece is escaped as it is written.
impl HtmlSafe for Listed<'_> {}

/// "17 November 2026".
fn day_of_year(on: Date) -> String {
    let mut words = short_date(on);
    words.push(' ');
    words.push_str(&on.year().to_string());
    words
}

/// How far it is stands above already.
fn is_told(piece: &Piece) -> bool {
    !matches!(piece, Piece::Near(_))
}
