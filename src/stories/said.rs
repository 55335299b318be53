//! A story as visitors read it.
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Kind, Teller};
use crate::{
    calendar::date_in_words,
    places::Gss,
    text::{Line, SafeHtml, Slug, Text, beginning},
    topics::{Codes, Need},
};

/// So much of it stands in a list, in letters.
const SHORT: usize = 220;

/// One that is on the pages.
#[derive(Clone, Debug)]
pub struct Told {
    pub slug: Slug,
    pub kind: Kind,
    pub teller: Teller,
    pub title: Line<100>,
    pub words: Text<10_000>,
    pub name: Option<Line<60>>,
    /// That name is their own.
    pub real_name: bool,
    pub needs: Codes<Need>,
    pub boroughs: Vec<Gss>,
    pub published: Date,
}

impl Told {
    pub fn html(&self) -> SafeHtml {
        SafeHtml::from_markdown(self.words.as_str())
    }

    /// How it begins, in plain words.
    pub fn begins(&self) -> String {
        beginning(self.words.as_str(), SHORT)
    }

    /// "Told by Mary, who took part", "Told by an artist".
    pub fn by(&self) -> String {
        let teller = self.teller;
        match &self.name {
            Some(name) => format!("Told by {name}, {}", role(teller)),
            None => format!("Told by {}", lower(teller.label())),
        }
    }

    /// What is said of the names in it: changed, unless they agreed to their own.
    pub fn names(&self) -> Option<&'static str> {
        (!self.real_name).then_some("Names changed")
    }

    pub fn kind_in_words(&self) -> &'static str {
        match self.kind {
            Kind::CaseStudy => "Case study",
            Kind::Testimonial => "Testimonial",
        }
    }

    pub fn day(&self) -> String {
        date_in_words(self.published)
    }

    /// For programs (schema.org, Article). No author: the name that is shown is mostly a changed one, and a
    /// person who does not exist wrote nothing.
    pub fn linked(&self, site: &str, offers: &[Slug]) -> Value {
        // As the offer's own page names itself.
        let service = |slug| json!({ "@type": "Service", "@id": format!("{site}/offers/{slug}") });
        let about: Vec<Value> = offers.iter().map(service).collect();
        let mut linked = json!({
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": self.title,
            "abstract": self.begins(),
            "datePublished": self.published,
            "inLanguage": "en-GB",
            "url": format!("{site}/stories/{}", self.slug),
            "publisher": { "@type": "Organization", "name": "Fingerpost", "url": format!("{site}/") },
        });
        if !about.is_empty() {
            linked["about"] = Value::Array(about);
        }
        linked
    }
}

/// Behind a name.
fn role(teller: Teller) -> &'static str {
    match teller {
        Teller::TookPart => "who took part",
        Teller::Artist => "artist",
        Teller::LinkWorker => "link worker",
        Teller::Gp => "GP",
        Teller::Carer => "carer",
        Teller::Family => "of the family",
    }
}

/// Within a sentence: only its first letter changes, so that a GP stays one.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters.as_str().chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stories::fixtures;

    fn told(real_name: bool, name: &str, teller: &str) -> Told {
        let (name, teller) = (("name", name), ("teller", teller));
        let real = if real_name { ("real_name", "yes") } else { ("real_name", "") };
        let says = fixtures::content(&[name, teller, real]);
        Told {
            slug: Slug::parse("the-bench").unwrap(),
            kind: says.kind,
            teller: says.teller,
            title: says.title,
            words: says.words,
            name: says.name,
            real_name: says.consent.real_name,
            needs: says.needs,
            boroughs: says.boroughs,
            published: jiff::civil::date(2026, 8, 6),
        }
    }

    #[test]
    fn it_says_who_tells_it_and_that_names_are_changed_unless_they_are_not() {
        let mary = told(false, "Mary", "took-part");
        assert_eq!(mary.by(), "Told by Mary, who took part");
        assert_eq!(mary.names(), Some("Names changed"));
        assert_eq!(told(true, "Mary", "carer").names(), None);
        assert_eq!(told(false, "", "gp").by(), "Told by a GP");
    }

    #[test]
    fn programs_are_not_told_of_an_author_who_may_not_exist() {
        let linked = told(false, "Mary", "took-part").linked("https://x.example", &[]);
        assert!(linked.get("author").is_none() && !linked.to_string().contains("Mary,"));
        assert_eq!(linked["datePublished"], "2026-08-06");
    }
}
