//! A partnership as somebody types it, in a form or a row of a file, and as it is kept.
use super::{Contact, Content, Covers, Kind, Level};
use crate::{
    forms::{Answers, Mistakes},
    places::Gss,
    text::{Email, Line, Phone, Slug, Text, TextProblem, WebAddress},
};

/// What was typed, or all that is to be put right. Boroughs are named by slug or by code.
pub fn read(typed: &Answers, boroughs: &[(Gss, Slug)]) -> Result<Content, Mistakes> {
    let mut reader = Reader::of(typed);
    let name = reader.line("name", "Enter its name");
    let kind = Kind::parse(typed.one("kind"));
    if kind.is_none() {
        reader.wrong("kind", "Choose what kind of group it is");
    }
    let covers = reader.covers(boroughs);
    let area = reader.optional_line("area");
    let about = reader.text("about", "Say what they do");
    let meetings = reader.optional_text("meetings");
    let joining = reader.optional_text("joining");
    let contact = reader.contact();
    match (name, kind, covers, about) {
        (Some(name), Some(kind), Some(covers), Some(about)) => {
            reader.done(Content { name, kind, covers, area, about, meetings, joining, contact })
        }
        _ => Err(reader.mistakes),
    }
}

/// The other way round: what stands in the form when it is opened.
pub fn typed(content: &Content, boroughs: &[(Gss, Slug)]) -> Answers {
    let mut typed = Answers::default();
    typed.set("name", content.name.as_str());
    typed.set("kind", content.kind.code());
    typed.set("level", content.covers.level().code());
    for gss in content.covers.boroughs() {
        if let Some((_, slug)) = boroughs.iter().find(|(known, _)| known == gss) {
            typed.add("borough", slug.as_str());
        }
    }
    typed.set("area", content.area.as_ref().map_or("", |area| area.as_str()));
    typed.set("about", content.about.as_str());
    typed.set("meetings", content.meetings.as_ref().map_or("", |text| text.as_str()));
    typed.set("joining", content.joining.as_ref().map_or("", |text| text.as_str()));
    type_contact(&mut typed, &content.contact);
    typed
}

pub fn type_contact(typed: &mut Answers, contact: &Contact) {
    typed.set("contact_name", contact.name.as_ref().map_or("", |name| name.as_str()));
    typed.set("contact_role", contact.role.as_ref().map_or("", |role| role.as_str()));
    typed.set("phone", contact.phone.as_ref().map_or("", |phone| phone.as_str()));
    typed.set("email", contact.email.as_ref().map_or("", |email| email.as_str()));
    typed.set("web", contact.web.as_ref().map_or("", |web| web.as_str()));
}

/// Reads field by field, and notes what is wrong as it goes.
pub struct Reader<'a> {
    typed: &'a Answers,
    pub mistakes: Mistakes,
}

impl<'a> Reader<'a> {
    pub fn of(typed: &'a Answers) -> Self {
        Self { typed, mistakes: Mistakes::default() }
    }

    pub fn wrong(&mut self, field: &str, message: &str) {
        self.mistakes.add(field, message);
    }

    /// What was read, if nothing was wrong with any of it.
    pub fn done<T>(self, read: T) -> Result<T, Mistakes> {
        if self.mistakes.is_empty() { Ok(read) } else { Err(self.mistakes) }
    }

    pub fn line<const MAX: usize>(&mut self, field: &str, missing: &str) -> Option<Line<MAX>> {
        let read = Line::parse(self.typed.raw(field));
        self.kept(field, read, missing)
    }

    pub fn optional_line<const MAX: usize>(&mut self, field: &str) -> Option<Line<MAX>> {
        let read = Line::optional(self.typed.raw(field));
        self.kept(field, read, "").flatten()
    }

    fn text<const MAX: usize>(&mut self, field: &str, missing: &str) -> Option<Text<MAX>> {
        let read = Text::parse(self.typed.raw(field));
        self.kept(field, read, missing)
    }

    fn optional_text<const MAX: usize>(&mut self, field: &str) -> Option<Text<MAX>> {
        let read = Text::optional(self.typed.raw(field));
        self.kept(field, read, "").flatten()
    }

    fn covers(&mut self, known: &[(Gss, Slug)]) -> Option<Covers> {
        let mut boroughs = Vec::new();
        for name in self.typed.all("borough") {
            let named = |(gss, slug): &&(Gss, Slug)| gss.as_str() == name || slug.as_str() == name;
            match known.iter().find(named) {
                Some((gss, _)) if !boroughs.contains(gss) => boroughs.push(*gss),
                Some(_) => {}
                None => self.mistakes.add("borough", format!("There is no borough “{name}”")),
            }
        }
        match Level::parse(self.typed.one("level")) {
            None => {
                self.wrong("level", "Choose how far it reaches");
                None
            }
            Some(Level::Borough) if boroughs.is_empty() => {
                self.wrong("borough", "Choose the boroughs it covers");
                None
            }
            Some(Level::Borough) => Some(Covers::Boroughs(boroughs)),
            Some(Level::Region) => Some(Covers::Region(boroughs)),
            // Boroughs that were ticked before "the whole country" was chosen say nothing more.
            Some(Level::Nation) => Some(Covers::Nation),
        }
    }

    /// Whom to ask; one way to reach them must be there.
    pub fn contact(&mut self) -> Contact {
        let contact = Contact {
            name: self.optional_line("contact_name"),
            role: self.optional_line("contact_role"),
            phone: self.stated(
                "phone",
                "Enter a telephone number, like 020 7946 0142, or leave the box empty",
                |typed| Phone::parse(typed).ok(),
            ),
            email: self.stated(
                "email",
                "Enter an email address, like name@example.org, or leave the box empty",
                |typed| Email::parse(typed).ok(),
            ),
            web: self.stated(
                "web",
                "Enter a whole web address, like https://www.example.org, or leave the box empty",
                |typed| WebAddress::parse(typed).ok(),
            ),
        };
        if ["phone", "email", "web"].iter().all(|field| !self.typed.stated(field)) {
            self.wrong("phone", "Give one way to reach them: telephone, email or web address");
        }
        contact
    }

    fn stated<T>(
        &mut self,
        field: &str,
        message: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let typed = self.typed.one(field);
        let parsed = parse(typed);
        if parsed.is_none() && !typed.is_empty() {
            self.mistakes.add(field, message);
        }
        parsed
    }

    fn kept<T>(&mut self, field: &str, read: Result<T, TextProblem>, missing: &str) -> Option<T> {
        match read {
            Ok(kept) => return Some(kept),
            Err(TextProblem::Missing) => self.mistakes.add(field, missing),
            Err(TextProblem::TooLong { length, max }) => {
                let message = format!("Use {max} characters or fewer. There are {length} now");
                self.mistakes.add(field, message);
            }
        }
        None
    }
}
