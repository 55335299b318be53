//! From what a story says back to the form.
use super::{Content, form::PEOPLE};
use crate::{
    calendar::date_in_words,
    forms::Answers,
    places::Places,
    text::{Line, personal::personal},
    topics::Code,
};

/// What a story says, as the form would be filled in to say it; its offers by their names in addresses.
#[must_use]
pub fn written(says: &Content, offers: &[String], places: &Places) -> Answers {
    let Content { kind, teller, title, words, name, needs, boroughs, consent, .. } = says;
    let mut typed = Answers::default();
    for (field, value) in [
        ("kind", kind.code()),
        ("teller", teller.code()),
        ("title", title.as_str()),
        ("words", words.as_str()),
        ("name", name.as_ref().map_or("", Line::as_str)),
        ("consent_by", consent.by.code()),
        ("consent_kept", consent.kept.as_str()),
    ] {
        typed.set(field, value);
    }
    let offers = offers.iter().map(|slug| format!("/offers/{slug}"));
    typed.set("offers", offers.collect::<Vec<_>>().join("\n"));
    for need in needs.iter() {
        typed.add("needs", need.code());
    }
    for borough in boroughs.iter().filter_map(|gss| places.borough(*gss)) {
        typed.add("boroughs", borough.slug.as_str());
    }
    typed.set("consent_on", date_in_words(consent.on));
    // Whoever sent a telephone number has said that it may stand there.
    let numbers = PEOPLE.iter().any(|field| !personal(typed.raw(field)).is_empty());
    for (field, ticked) in [
        ("site", true),
        ("print", consent.print),
        ("press", consent.press),
        ("real_name", consent.real_name),
        ("sure", numbers),
    ] {
        if ticked {
            typed.set(field, "yes");
        }
    }
    typed
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{
        super::{
            fixtures::{content, places},
            form::{lines, read},
        },
        *,
    };

    #[test]
    fn what_a_story_says_is_written_so_that_it_is_read_as_the_same() {
        let phone = ("words", "Ring the hall on 020 7946 0142.");
        for changed in [
            vec![],
            vec![("print", "yes"), ("press", "yes"), ("real_name", "yes")],
            vec![phone, ("sure", "yes"), ("name", "")],
        ] {
            let says = content(&changed);
            let typed = written(&says, &[], &places());
            assert_eq!(read(&typed, &[], &places(), date(2026, 8, 20)).unwrap(), says);
        }
        let typed = written(&content(&[]), &["clay".to_owned(), "mugs".to_owned()], &places());
        assert_eq!(lines(&typed), ["/offers/clay", "/offers/mugs"]);
    }
}
