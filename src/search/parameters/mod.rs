//! The parameters of a search, as its address carries them: read, asked, changed and written again.
mod ask;
mod cut;
mod tidy;

pub use ask::{Ask, Problem, ask};

use std::sync::Arc;

use super::Understood;
use crate::chosen::{Change, Shortlist};

/// Names and values in the order of the address. A repeated name means "or".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// Every link of a page is a copy that says a little else.
    pairs: Vec<(Arc<str>, Arc<str>)>,
    /// Goes along with every address that is made of these, and asks for nothing.
    pub shortlist: Shortlist,
}

/// The filter form's marker: its boxes are all that is chosen, also of what `q` says.
pub const CHOSEN: &str = "chosen";

/// Most addresses fit.
const ROOM: usize = 256;

impl Parameters {
    /// Reads the part of an address behind the question mark. Whatever is broken in it is replaced, never
    /// refused.
    pub fn read(raw: &str) -> Self {
        Self::read_with_change(raw).0
    }

    /// The same, and what it does to the shortlist it carries.
    pub fn read_with_change(raw: &str) -> (Self, Option<Change>) {
        let all = form_urlencoded::parse(raw.as_bytes()).into_owned();
        let (carried, pairs): (Vec<_>, Vec<(String, String)>) =
            all.partition(|(name, _)| Shortlist::carries(name));
        let (shortlist, change) = Shortlist::read(&carried);
        let pairs = pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        (Self { pairs, shortlist }, change)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (&**name, &**value))
    }
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(one, _)| *one == name).map(|(_, value)| value)
    }
    pub fn first<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    // Every change leads to the first page of the new list.

    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut changed = self.without(name, value);
        changed.pairs.push((name.into(), value.into()));
        changed
    }
    pub fn without(&self, name: &str, value: &str) -> Self {
        self.keeping(|one, other| one != name || !other.trim().eq_ignore_ascii_case(value))
    }
    pub fn without_all(&self, name: &str) -> Self {
        self.keeping(|one, _| one != name)
    }
    /// The only value of this name; an empty one takes it away.
    pub fn set(&self, name: &str, value: &str) -> Self {
        let place = self.pairs.iter().take_while(|(one, _)| **one != *name).count();
        let before = self.pairs.iter().take(place).filter(|(one, _)| **one == *"page").count();
        let mut changed = self.without_all(name);
        if !value.is_empty() {
            let place = (place - before).min(changed.pairs.len());
            changed.pairs.insert(place, (name.into(), value.into()));
        }
        changed
    }
    /// The same search on another page.
    pub fn on_page(&self, number: u32) -> Self {
        let mut changed = self.without_all("page");
        if number > 1 {
            changed.pairs.push(("page".into(), number.to_string().into()));
        }
        changed
    }

    /// Without one piece that was understood, wherever `q` says it. What else the same words mean is kept
    /// as parameters.
    pub fn without_piece(&self, piece: &Understood, understood: &[Understood]) -> Self {
        self.without_pieces(&[piece], understood)
    }
    /// Without several of them.
    pub fn without_pieces(&self, pieces: &[&Understood], understood: &[Understood]) -> Self {
        let gone = |one: &&Understood| {
            pieces.iter().any(|piece| one.group == piece.group && one.code == piece.code)
        };
        let ranges: Vec<_> = understood.iter().filter(gone).map(|one| one.at.clone()).collect();
        if ranges.is_empty() {
            return self.clone();
        }
        let mut changed =
            self.set("q", &cut::without(self.first("q").unwrap_or_default(), &ranges));
        for other in understood.iter().filter(|one| !gone(one) && ranges.contains(&one.at)) {
            changed = changed.with(other.group, &other.code);
        }
        let left = understood.iter().filter(|one| !gone(one));
        changed.placed(left)
    }
    /// Without something chosen, given what `q` says besides.
    pub fn without_choice(&self, group: &str, code: &str, understood: &[Understood]) -> Self {
        self.without(group, code).placed(understood.iter())
    }
    /// What needs a place goes with the last one: its distance and the order by it.
    fn placed<'a>(self, mut said: impl Iterator<Item = &'a Understood>) -> Self {
        let needs_one = |(name, _): (&str, &str)| ["within", "sort"].contains(&name);
        let stated = self.all("near").any(|place| !place.trim().is_empty());
        if stated || !self.iter().any(needs_one) || said.any(|one| one.group == "near") {
            return self;
        }
        self.without_all("within").without("sort", "nearest")
    }
    /// These words of `q` shall be looked for as they stand.
    pub fn as_plain(&self, words: &str) -> Self {
        self.with("plain", words)
    }

    /// To be put behind a question mark; empty if there is nothing to say.
    pub fn to_query(&self) -> String {
        self.query_behind(String::new())
    }

    /// The address of a page that is asked this.
    pub fn address(&self, page: &str) -> String {
        let mut address = String::with_capacity(ROOM);
        address.push_str(page);
        address.push('?');
        let mut address = self.query_behind(address);
        if address.len() == page.len() + 1 {
            address.pop();
        }
        address
    }

    fn query_behind(&self, address: String) -> String {
        let begins = address.len();
        let mut query = form_urlencoded::Serializer::for_suffix(address, begins);
        query.extend_pairs(self.iter());
        if self.shortlist != Shortlist::default() {
            query.extend_pairs(self.shortlist.pairs());
        }
        query.finish()
    }

    fn keeping(&self, keep: impl Fn(&str, &str) -> bool) -> Self {
        let keep = |pair: &&(Arc<str>, Arc<str>)| *pair.0 != *"page" && keep(&pair.0, &pair.1);
        let pairs = self.pairs.iter().filter(keep).cloned().collect();
        Self { pairs, shortlist: self.shortlist.clone() }
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Parameters {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(pairs: I) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name.into(), value.into()));
        Self { pairs: pairs.collect(), shortlist: Shortlist::default() }
    }
}

#[cfg(test)]
mod tests;
