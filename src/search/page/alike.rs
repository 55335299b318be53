//! What a card says whatever was asked: drawn when it is first shown, then copied.
use std::{
    fmt::{self, Display, Write},
    sync::OnceLock,
};

use askama::{FastWritable, Template, Values, filters::HtmlSafe};

use crate::search::Card;
use crate::{
    calendar::short_date,
    topics::{self, Code, Joining},
};

/// Most of what is put together of several ways to join fits.
const ROOM: usize = 96;

/// Kept beside its card, so it goes when the card does: some 1,000 bytes for each that was ever shown.
#[derive(Debug, Default)]
pub struct Alike(OnceLock<Drawn>);

/// Three pieces of `parts/card.html`, one after the other.
#[derive(Debug)]
pub struct Drawn {
    html: Box<str>,
    terms: usize,
    foot: usize,
}

impl Alike {
    /// `card` is the one it is kept beside. Fails as a template does.
    pub fn drawn(&self, card: &Card) -> askama::Result<&Drawn> {
        if let Some(drawn) = self.0.get() {
            return Ok(drawn);
        }
        let drawn = Drawn::of(card)?;
        Ok(self.0.get_or_init(|| drawn))
    }
}

/// A copy may be changed before it is shown, so it is drawn anew.
impl Clone for Alike {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Drawn {
    fn of(card: &Card) -> askama::Result<Self> {
        let mut html = String::new();
        Head { card }.render_into(&mut html)?;
        let terms = html.len();
        Terms { card }.render_into(&mut html)?;
        let foot = html.len();
        Foot { card, activity: card.activity.label() }.render_into(&mut html)?;
        Ok(Self { html: html.into(), terms, foot })
    }

    /// Its sign, title and sentence.
    pub fn head(&self) -> Part<'_> {
        Part(&self.html[..self.terms])
    }
    /// What it costs and how to join.
    pub fn terms(&self) -> Part<'_> {
        Part(&self.html[self.terms..self.foot])
    }
    /// What it is and who runs it.
    pub fn foot(&self) -> Part<'_> {
        Part(&self.html[self.foot..])
    }
}

/// A piece as its template drew it, and escaped it then.
pub struct Part<'a>(&'a str);

impl Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FastWritable for Part<'_> {
    fn write_into(&self, page: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(page.write_str(self.0)?)
    }
}

impl HtmlSafe for Part<'_> {}

#[derive(Template)]
#[template(path = "parts/card_alike.html", block = "head")]
struct Head<'a> {
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

impl Card {
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
