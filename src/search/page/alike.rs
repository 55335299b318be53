//! What a card says whatever was asked: drawn when it is first shown, then copied while it is true.
use std::{
    fmt::{self, Display, Write},
    ops::Range,
    sync::OnceLock,
};

use askama::{FastWritable, Template, Values, filters::HtmlSafe};
use jiff::civil::Date;

use crate::search::Card;
use crate::{
    calendar::{Session, short_date},
    topics::{self, Code, Delivery, Joining},
    web::Escaped,
};

/// Most of what is put together of several ways to join fits.
const ROOM: usize = 96;

/// Kept beside its card, so it goes when the card does: some 1,500 bytes for each that was ever shown.
#[derive(Debug, Default)]
pub struct Alike(OnceLock<Drawn>);

/// The pieces of `parts/card.html`, one after the other.
#[derive(Debug)]
struct Drawn {
    html: Box<str>,
    cuts: Cuts,
    /// Of the card, which a page then need not look at: it is seldom in the processor's cache.
    placed: bool,
    travel: Travel,
    /// For these it was drawn.
    next: Option<Session>,
    today: Date,
}

/// The same, cut.
#[derive(Clone, Copy, Debug)]
pub struct Pieces<'a> {
    /// Up to the end of the address that the title leads to, and on from there.
    link: [&'a str; 2],
    head: &'a str,
    dates: &'a str,
    place: &'a str,
    labels: &'a str,
    terms: &'a str,
    fresh: &'a str,
    foot: &'a str,
    /// The foot with the way onto a shortlist.
    foot_on: &'a str,
    /// The way off it.
    off: &'a str,
    placed: bool,
    travel: Travel,
    next: Option<Session>,
    today: Date,
}

/// Where each piece begins, in bytes; as small as may be for the sake of the cache.
#[derive(Clone, Copy, Debug)]
struct Cuts {
    /// Behind the address that the title leads to.
    linked: u32,
    dates: u32,
    place: u32,
    labels: u32,
    terms: u32,
    fresh: u32,
    foot: u32,
    /// Where it ends as a card that cannot be chosen; the way onto a shortlist follows, and the way off it.
    end: u32,
    off: u32,
}

/// How far one need go for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travel {
    /// To its place.
    There,
    /// It goes round the boroughs it serves.
    Round,
    /// Nowhere: they come to one's home.
    Home,
    /// Nowhere: it is online or by telephone.
    Nowhere,
    /// It does not say where it is.
    Unsaid,
}

/// What is true until the next session has been, or for a day, as a list draws it.
pub struct Timely {
    pub next: Option<Session>,
    pub today: Date,
    pub dates: String,
    pub fresh: String,
}

impl Alike {
    /// What was drawn, if it was shown before.
    pub fn drawn(&self) -> Option<Pieces<'_>> {
        self.0.get().map(Drawn::pieces)
    }

    /// Draws it, and keeps it. `card` is the one it is kept beside. Fails as a template does.
    pub fn draw(&self, card: &Card, timely: &Timely) -> askama::Result<Pieces<'_>> {
        let drawn = Drawn::of(card, timely)?;
        Ok(self.0.get_or_init(|| drawn).pieces())
    }
}

/// A copy may be changed before it is shown, so it is drawn anew.
impl Clone for Alike {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Drawn {
    fn of(card: &Card, timely: &Timely) -> askama::Result<Self> {
        let mut html = String::new();
        let at = |html: &str| html.len() as u32;
        Head { card }.render_into(&mut html)?;
        let dates = at(&html);
        html.push_str(&timely.dates);
        let place = at(&html);
        Place { card }.render_into(&mut html)?;
        let labels = at(&html);
        Labels { card }.render_into(&mut html)?;
        let terms = at(&html);
        Terms { card }.render_into(&mut html)?;
        let fresh = at(&html);
        html.push_str(&timely.fresh);
        let foot = at(&html);
        Foot { card, activity: card.activity.label() }.render_into(&mut html)?;
        let end = at(&html);
        On { card }.render_into(&mut html)?;
        let off = at(&html);
        Off { card }.render_into(&mut html)?;
        let address = format!("/offers/{}", card.slug);
        let linked = html.find(&address).map_or(0, |at| at + address.len()) as u32;
        let cuts = Cuts { linked, dates, place, labels, terms, fresh, foot, end, off };
        let (html, next, today) = (html.into(), timely.next, timely.today);
        Ok(Self { html, cuts, placed: card.place.is_some(), travel: card.travel(), next, today })
    }

    /// All at once: each cut reads a letter there, so that a page waits for the memory of all its cards together, and
    /// not for each piece when it is written.
    fn pieces(&self) -> Pieces<'_> {
        let (at, end) = (self.cuts, self.html.len() as u32);
        let cut = |piece: Range<u32>| &self.html[piece.start as usize..piece.end as usize];
        Pieces {
            link: [cut(0..at.linked), cut(at.linked..at.dates)],
            head: cut(0..at.dates),
            dates: cut(at.dates..at.place),
            place: cut(at.place..at.labels),
            labels: cut(at.labels..at.terms),
            terms: cut(at.terms..at.fresh),
            fresh: cut(at.fresh..at.foot),
            foot: cut(at.foot..at.end),
            foot_on: cut(at.foot..at.off),
            off: cut(at.off..end),
            placed: self.placed,
            travel: self.travel,
            next: self.next,
            today: self.today,
        }
    }
}

impl<'a> Pieces<'a> {
    /// Its sign, title and sentence. What `carried` says is put behind the address of its page.
    pub fn head(&self, carried: String) -> Part<'a> {
        match (carried.is_empty(), self.link) {
            (true, _) => Part::whole(self.head),
            (false, [first, last]) => Part { first, between: carried, last },
        }
    }
    /// Whether it has a place that may be said.
    pub fn is_placed(&self) -> bool {
        self.placed
    }
    /// The card's.
    pub fn travel(&self) -> Travel {
        self.travel
    }
    /// The next date and what follows it; none where that is another by now: it is drawn each time until the
    /// catalogue is read anew.
    pub fn dates(&self, next: Option<Session>) -> Option<Part<'a>> {
        (self.next == next).then(|| Part::whole(self.dates))
    }
    /// Where it is, if that may be said.
    pub fn place(&self) -> Part<'a> {
        Part::whole(self.place)
    }
    /// How it comes to people who need not travel, or not far.
    pub fn labels(&self) -> Part<'a> {
        Part::whole(self.labels)
    }
    /// What it costs and how to join.
    pub fn terms(&self) -> Part<'a> {
        Part::whole(self.terms)
    }
    /// How fresh it is; none on another day.
    pub fn fresh(&self, today: Date) -> Option<Part<'a>> {
        (self.today == today).then(|| Part::whole(self.fresh))
    }
    /// What it is and who runs it. `chosen` says whether it is on the shortlist, where there can be one.
    pub fn foot(&self, chosen: Option<bool>) -> Part<'a> {
        let behind = |last| Part { first: self.foot, between: String::new(), last };
        match chosen {
            None => behind("</p>\n"),
            Some(false) => Part::whole(self.foot_on),
            Some(true) => behind(self.off),
        }
    }
}

/// A piece as its template drew it, and escaped it then.
pub struct Part<'a> {
    first: &'a str,
    /// Of an address, not yet escaped.
    between: String,
    last: &'a str,
}

impl<'a> Part<'a> {
    fn whole(html: &'a str) -> Self {
        Self { first: html, between: String::new(), last: "" }
    }

    fn put<W: Write + ?Sized>(&self, page: &mut W) -> fmt::Result {
        page.write_str(self.first)?;
        if !self.last.is_empty() {
            write!(page, "{}", Escaped(&self.between))?;
            page.write_str(self.last)?;
        }
        Ok(())
    }
}

impl Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.put(f)
    }
}

impl FastWritable for Part<'_> {
    fn write_into(&self, page: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.put(page)?)
    }
}

impl HtmlSafe for Part<'_> {}

#[derive(Template)]
#[template(path = "parts/card_alike.html", block = "head")]
struct Head<'a> {
    card: &'a Card,
}

#[derive(Template)]
#[template(path = "parts/card_alike.html", block = "place")]
struct Place<'a> {
    card: &'a Card,
}

#[derive(Template)]
#[template(path = "parts/card_alike.html", block = "labels")]
struct Labels<'a> {
    card: &'a Card,
}

#[derive(Template)]
#[template(path = "parts/card_alike.html", block = "terms")]
struct Terms<'a> {
    card: &'a Card,
}

#[derive(Template)]
#[template(path = "parts/card_alike.html", block = "foot")]
struct Foot<'a> {
    card: &'a Card,
    activity: &'static str,
}

#[derive(Template)]
#[template(path = "parts/card_alike.html", block = "on")]
struct On<'a> {
    card: &'a Card,
}

#[derive(Template)]
#[template(path = "parts/card_alike.html", block = "off")]
struct Off<'a> {
    card: &'a Card,
}

impl Card {
    /// How it comes to people who need not travel, or not far.
    pub fn labels(&self) -> impl Iterator<Item = &'static str> {
        let reaches = [Delivery::Online, Delivery::AtHome, Delivery::Telephone];
        let remote =
            reaches.into_iter().filter(|one| self.delivery.contains(*one)).map(Code::label);
        remote.chain(self.is_borough_wide().then_some("Borough-wide"))
    }

    /// In person, but at no one place: it goes round the boroughs it serves.
    pub fn is_borough_wide(&self) -> bool {
        self.delivery.contains(Delivery::InPerson) && !self.has_venue && !self.outreach.is_empty()
    }

    pub fn travel(&self) -> Travel {
        let remote =
            self.delivery.contains(Delivery::Online) || self.delivery.contains(Delivery::Telephone);
        if self.is_borough_wide() {
            Travel::Round
        } else if self.delivery.contains(Delivery::AtHome) {
            Travel::Home
        } else if self.place.is_some() {
            Travel::There
        } else if remote {
            Travel::Nowhere
        } else {
            Travel::Unsaid
        }
    }

    /// The first way in.
    pub fn join(&self) -> &'static str {
        self.joining.iter().next().map_or("Not stated: ask them", Code::label)
    }

    /// The other ways in and how full it is: "Or refer yourself. Few places, said 17 November."
    pub fn join_more(&self) -> Option<String> {
        let mut words = String::with_capacity(ROOM);
        for (at, other) in self.joining.iter().skip(1).enumerate() {
            words.push_str(if at == 0 { "Or " } else { ", or " });
            words.push_str(match other {
                Joining::DropIn => "drop in",
                Joining::Book => "book",
                Joining::SelfReferral => "refer yourself",
                Joining::ProfessionalReferral => "ask a professional to refer",
            });
        }
        if !words.is_empty() {
            words.push('.');
        }
        if let Some(said) = self.places {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(match said.code {
                topics::Places::Open => "Places open",
                other => other.label(),
            });
            words.push_str(", said ");
            words.push_str(&short_date(said.on));
            words.push('.');
        }
        (!words.is_empty()).then_some(words)
    }
}
