//! A shortlist as an address carries it: which offers, in which order, a note to each, and a title.
//!
//! `list=clay-and-company_7.sing-well_3&title=For+the+spring&note-sing-well=Ask+for+Dele`. The number is the
//! offer's revision when it was chosen. Nothing of it is kept on the server.
use crate::text::{Line, Slug};

/// So many offers are a shortlist.
pub const MOST: usize = 20;

/// In characters. Twenty such notes, letters of three bytes among them, still fit in an address.
pub const LONGEST_NOTE: usize = 160;
pub const LONGEST_TITLE: usize = 80;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shortlist {
    pub title: Option<Line<LONGEST_TITLE>>,
    /// Each once, at most [`MOST`].
    pub offers: Vec<Chosen>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub slug: Slug,
    /// The revision of the offer that somebody chose; none where the address was written by hand.
    pub seen: Option<u32>,
    pub note: Option<Line<LONGEST_NOTE>>,
}

/// What an address did to the list it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Made(Slug),
    /// There is no room for another one.
    Full,
}

impl Shortlist {
    /// The list that the pairs of an address carry, after what they do to it. Whatever is broken is left out,
    /// and so is what comes after the last that fits: a list that was cut somewhere is still a list.
    pub fn read(pairs: &[(String, String)]) -> (Self, Option<Change>) {
        let mut list = Self::default();
        let all = |wanted: &'static str| {
            pairs.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_str())
        };
        for chosen in all("list").flat_map(|one| one.split('.')).filter_map(Chosen::parse) {
            if !list.has(&chosen.slug) && list.offers.len() < MOST {
                list.offers.push(chosen);
            }
        }
        list.title = all("title").find_map(cut);
        for (name, words) in pairs {
            let slug = name.strip_prefix(NOTE).and_then(Slug::parse);
            let chosen = list.offers.iter_mut().find(|one| Some(&one.slug) == slug.as_ref());
            if let Some(chosen) = chosen.filter(|one| one.note.is_none()) {
                chosen.note = cut(words);
            }
        }
        let mut change = None;
        for (name, value) in pairs {
            if let Some(chosen) = Chosen::parse(value) {
                change = list.change(name, chosen).or(change);
            }
        }
        (list, change)
    }

    /// Whether a parameter of this name belongs to a shortlist, or changes it.
    pub fn carries(name: &str) -> bool {
        matches!(name, "list" | "title" | "add" | "drop" | "up" | "down") || name.starts_with(NOTE)
    }

    /// To be put into an address or a form.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if !self.offers.is_empty() {
            let each: Vec<String> = self.offers.iter().map(Chosen::mark).collect();
            pairs.push(("list".to_owned(), each.join(".")));
        }
        pairs.extend(self.title.iter().map(|title| ("title".to_owned(), title.to_string())));
        for one in &self.offers {
            pairs.extend(one.note.iter().map(|note| (one.note_field(), note.to_string())));
        }
        pairs
    }

    /// Behind a question mark; empty where there is nothing to say.
    pub fn to_query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    /// "?list=…", or nothing: to be put behind the path of an address.
    pub fn carried(&self) -> String {
        match self.to_query() {
            query if query.is_empty() => query,
            query => format!("?{query}"),
        }
    }

    pub fn has(&self, slug: &Slug) -> bool {
        self.offers.iter().any(|one| one.slug == *slug)
    }

    pub fn len(&self) -> usize {
        self.offers.len()
    }
    pub fn is_empty(&self) -> bool {
        self.offers.is_empty()
    }

    /// Only these offers, without what one wrote for oneself.
    pub fn bare(&self) -> Self {
        let offers = self.offers.iter().map(|one| Chosen { note: None, ..one.clone() });
        Self { title: None, offers: offers.collect() }
    }

    fn change(&mut self, act: &str, chosen: Chosen) -> Option<Change> {
        let at = self.offers.iter().position(|one| one.slug == chosen.slug);
        let made = Some(Change::Made(chosen.slug.clone()));
        match (act, at) {
            ("add", None) if self.offers.len() >= MOST => return Some(Change::Full),
            ("add", None) => self.offers.push(chosen),
            // Chosen again, it is seen as it is now.
            ("add", Some(at)) => self.offers[at].seen = chosen.seen,
            ("drop", Some(at)) => {
                self.offers.remove(at);
            }
            ("up", Some(at)) if at > 0 => self.offers.swap(at, at - 1),
            ("down", Some(at)) if at + 1 < self.offers.len() => self.offers.swap(at, at + 1),
            ("drop" | "up" | "down", _) => {}
            _ => return None,
        }
        made
    }
}

impl Chosen {
    /// "clay-and-company_7", or without the number.
    pub fn parse(mark: &str) -> Option<Self> {
        let (slug, seen) = match mark.rsplit_once('_') {
            Some((slug, revision)) => (slug, revision.parse().ok()),
            None => (mark, None),
        };
        Some(Self { slug: Slug::parse(slug)?, seen, note: None })
    }

    /// As addresses write it.
    pub fn mark(&self) -> String {
        match self.seen {
            Some(revision) => format!("{}_{revision}", self.slug),
            None => self.slug.to_string(),
        }
    }

    /// The name of its note in addresses and forms.
    pub fn note_field(&self) -> String {
        format!("{NOTE}{}", self.slug)
    }
}

const NOTE: &str = "note-";

fn cut<const MAX: usize>(typed: &str) -> Option<Line<MAX>> {
    let tidy: Vec<&str> = typed.split_whitespace().collect();
    Line::parse(&tidy.join(" ").chars().take(MAX).collect::<String>()).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(address: &str) -> (Shortlist, Option<Change>) {
        let pairs: Vec<_> = form_urlencoded::parse(address.as_bytes()).into_owned().collect();
        Shortlist::read(&pairs)
    }

    #[test]
    fn an_address_is_read_and_written_again_as_it_was() {
        let address = "list=clay_7.sing-well.print_2&title=For+the+spring&note-clay=Ask+for+Dele";
        let (list, change) = read(address);
        assert_eq!((list.to_query().as_str(), change), (address, None));
        assert_eq!(list.offers[1].seen, None);
        assert_eq!(list.bare().to_query(), "list=clay_7.sing-well.print_2");
        assert_eq!(Shortlist::default().carried(), "");
    }

    #[test]
    fn offers_are_added_moved_and_taken_away() {
        let list = |address| read(address).0.to_query();
        assert_eq!(list("list=a_1.b&add=c_4"), "list=a_1.b.c_4");
        assert_eq!(list("list=a.b.c&up=c"), "list=a.c.b");
        assert_eq!(list("list=a.b.c&down=a"), "list=b.a.c");
        assert_eq!(list("list=a.b&up=a"), "list=a.b");
        assert_eq!(list("list=a.b&drop=a&note-a=x&note-b=y"), "list=b&note-b=y");
        assert_eq!(list("list=a_1.b&add=a_2"), "list=a_2.b");
    }

    #[test]
    fn the_twenty_first_is_refused_and_told() {
        let many: Vec<String> = (1..=25).map(|n| format!("offer-{n}")).collect();
        let (list, change) = read(&format!("list={}&add=one-more", many.join(".")));
        assert_eq!((list.len(), change), (MOST, Some(Change::Full)));
        let again = read(&format!("{}&add=offer-3_2", list.to_query()));
        assert_eq!(again.1, Some(Change::Made(Slug::parse("offer-3").unwrap())));
    }

    #[test]
    fn what_is_broken_is_left_out() {
        let (list, change) = read("list=A..b_x.c-_1.d_1.d_2&add=NO&note-e=x&title=+");
        assert_eq!((list.to_query().as_str(), change), ("list=b.d_1", None));
        let (list, _) = read(&format!("list=a&note-a={}", "é".repeat(500)));
        assert_eq!(list.offers[0].note.as_ref().unwrap().as_str().chars().count(), LONGEST_NOTE);
    }

    proptest! {
        #[test]
        fn whatever_an_address_says_its_list_is_the_same_when_read_again(
            list in "[a-c_.0-9-]{0,60}", title in "\\PC{0,100}", note in "\\PC{0,200}"
        ) {
            let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            let pairs = [pair("list", &list), pair("title", &title), pair("note-a", &note)];
            let (once, _) = Shortlist::read(&pairs);
            prop_assert_eq!(&read(&once.to_query()).0, &once);
        }
    }
}
