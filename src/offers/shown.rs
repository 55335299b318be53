//! An offer as its own page shows it: the template `offers/show.html` asks, this answers in words.
use jiff::civil::{Date, DateTime};

use super::{
    Contact, Content, Image, Listed, Notice, Reader, WayIn,
    said::{ago, names, uncapitalised},
    week::Week,
};
use crate::{
    calendar::{Session, civil_now, date_in_words, horizon, times_in_words},
    config::PublicUrl,
    pictures::Size,
    places::{Borough, Places, Point},
    text::{SafeHtml, series},
    topics::{Access, Code, Codes, Delivery},
};

/// So many dates are named one by one.
const DATES: usize = 6;

pub struct Shown<'a> {
    pub listed: &'a Listed,
    pub says: &'a Content,
    pub week: Option<Week>,
    pub sessions: Vec<Session>,
    pub places: &'a Places,
    pub url: &'a PublicUrl,
    now: DateTime,
}

/// What the page offers to do next.
pub struct NextStep {
    pub address: String,
    pub words: String,
}

/// A picture, ready for an `<img>`.
pub struct ShownPicture<'a> {
    pub image: &'a Image,
    /// For browsers that do not choose.
    pub address: String,
    /// Its `srcset`.
    pub sizes: String,
}

/// One line of the access table.
pub struct AccessLine<'a> {
    pub answer: Option<bool>,
    pub label: &'static str,
    pub note: Option<&'a str>,
}

impl<'a> Shown<'a> {
    pub fn new(listed: &'a Listed, places: &'a Places, url: &'a PublicUrl, now: DateTime) -> Self {
        let says = &listed.offer.content;
        let programme = &says.when.programme;
        let mut sessions = programme.sessions(now, horizon(now.date()));
        sessions.truncate(DATES);
        Self { listed, says, week: Week::of(programme), sessions, places, url, now }
    }

    /// Its pictures, each with the addresses and widths of its sizes as browsers choose among them.
    pub fn pictures(&self) -> Vec<ShownPicture<'a>> {
        let shown = |image: &'a Image| {
            let address =
                |size: Size| format!("/pictures/{}/{}.webp", image.picture.id, size.code());
            let widths = image.picture.widths();
            let each = widths.iter().map(|(size, width)| format!("{} {width}w", address(*size)));
            ShownPicture {
                image,
                address: address(Size::Medium),
                sizes: each.collect::<Vec<_>>().join(", "),
            }
        };
        self.says.images.iter().map(shown).collect()
    }

    /// Schedules in words, or what is said where there is none.
    pub fn when(&self) -> Vec<String> {
        let schedules = &self.says.when.programme.schedules;
        let mut words: Vec<String> = schedules.iter().map(|one| one.in_words()).collect();
        if words.is_empty() {
            words.extend(self.says.when.by_arrangement.as_ref().map(ToString::to_string));
        }
        words
    }

    /// The date of the next session, with its times where more than one schedule makes them.
    pub fn next(&self) -> Option<String> {
        let next = self.sessions.first()?;
        Some(match self.says.when.programme.schedules.len() {
            ..=1 => date_in_words(next.starts.date()),
            _ => next.in_words(),
        })
    }

    /// "10:30am to midday".
    pub fn times(&self, session: &Session) -> String {
        times_in_words(session.starts.time(), session.ends.time())
    }

    /// Days on which one would expect a session, as far as the dates that are shown reach.
    pub fn exceptions(&self) -> Vec<String> {
        let today = self.now.date();
        let last = self.sessions.last().map_or(horizon(today), |last| last.starts.date());
        self.says.when.programme.exceptions_in_words(today, last)
    }

    /// Notices whose last day has not passed.
    pub fn notices(&self) -> Vec<&'a Notice> {
        let today = self.now.date();
        self.says.when.notices.iter().filter(|notice| notice.until >= today).collect()
    }

    /// "Paused from … to …": what is still to come or not yet over.
    pub fn pause(&self) -> Option<String> {
        let pause = self.says.when.programme.pause?;
        let from = date_in_words(pause.from);
        match pause.to {
            Some(to) if to < self.now.date() => None,
            Some(to) => Some(format!("It takes a break from {from} to {}.", date_in_words(to))),
            None => Some(format!("It takes a break from {from}. We do not know yet how long.")),
        }
    }

    pub fn ends_on(&self) -> Option<String> {
        self.says.when.programme.ends_on.map(date_in_words)
    }

    /// How it reaches people, other than in person.
    pub fn labels(&self) -> impl Iterator<Item = &'static str> {
        let reaches = self.says.place.delivery.iter().filter(|one| *one != Delivery::InPerson);
        reaches.map(Code::label)
    }

    /// "Lantern Yard"; "SE15 area, Southwark" where the address is private.
    pub fn place(&self) -> Option<String> {
        let venue = self.listed.venue.as_ref()?;
        let borough = self.places.borough(venue.borough).map(|borough| borough.name.as_str());
        if !self.says.place.address_private {
            return Some(venue.name.to_string());
        }
        let area = self.listed.area.as_ref().map(|outcode| format!("{outcode} area"));
        let area = [area.as_deref(), borough];
        Some(area.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }

    /// "9 Tanner's Row, SE15 4QL, Southwark."
    pub fn address(&self) -> Option<String> {
        let venue = self.listed.venue.as_ref()?;
        if self.says.place.address_private {
            return Some("They tell you the address when you join.".into());
        }
        let borough = self.places.borough(venue.borough).map(|borough| borough.name.as_str());
        let postcode = venue.postcode.as_ref().map(|code| unbroken(code.as_str()));
        let parts = [Some(venue.address.as_str()), postcode.as_deref(), borough];
        Some(format!("{}.", parts.into_iter().flatten().collect::<Vec<_>>().join(", ")))
    }

    /// Where one goes; the middle of the area where the address is private.
    pub fn point(&self) -> Option<Point> {
        let goes = self.says.place.delivery.contains(Delivery::InPerson);
        self.listed.venue.as_ref().filter(|_| goes).map(|venue| venue.point)
    }

    /// What a journey planner takes: the postcode, else the point. None where the address is private.
    pub fn destination(&self) -> Option<String> {
        let point = self.point().filter(|_| !self.says.place.address_private)?;
        let postcode = self.listed.venue.as_ref().and_then(|venue| venue.postcode.as_ref());
        let words = match postcode {
            Some(postcode) => postcode.to_string(),
            None => format!("{:.5},{:.5}", point.lat, point.lon),
        };
        Some(words.replace(' ', "%20"))
    }

    /// The boroughs it comes to or serves.
    pub fn outreach(&self) -> Option<String> {
        let boroughs = &self.says.place.outreach;
        (!boroughs.is_empty()).then(|| names(self.places, boroughs, "and"))
    }

    /// How to join, first for residents, who are most of its readers.
    pub fn join(&self) -> &'static str {
        let first = self.says.residents.routes.iter().next();
        let first = first.or_else(|| self.says.professionals.routes.iter().next());
        first.map_or("Not stated", Code::label)
    }

    /// Routes besides the first, then a telephone number for everybody.
    pub fn join_more(&self) -> Option<String> {
        let others = self.says.routes().iter().map(Code::label).filter(|one| *one != self.join());
        let others = others.map(uncapitalised).collect::<Vec<_>>().join(", or ");
        let phone = self.public_contacts().into_iter().find_map(|contact| contact.phone.as_ref());
        let parts = [
            (!others.is_empty()).then(|| format!("Or {others}.")),
            phone.map(|phone| format!("Ring {}.", unbroken(phone.as_str()))),
        ];
        let words = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    }

    /// Whether one gets in without steps, since that decides before all else.
    pub fn step_free(&self) -> &'static str {
        match self.answer(Access::StepFree) {
            _ if !self.says.place.delivery.contains(Delivery::InPerson) => "No travel",
            Some(true) => "Step-free",
            Some(false) => "Not step-free",
            None => "Step-free: not stated",
        }
    }

    /// "Lift, accessible toilet. No: hearing loop."
    pub fn getting_in(&self) -> Option<String> {
        let besides = |codes: Codes<Access>| {
            let named = codes.iter().filter(|one| *one != Access::StepFree).map(plain);
            named.collect::<Vec<_>>().join(", ")
        };
        let (yes, no) = (besides(self.says.access.yes), besides(self.says.access.no));
        let mut words = yes;
        if !words.is_empty() {
            words.replace_range(..1, &words[..1].to_uppercase());
            words.push('.');
        }
        if !no.is_empty() {
            words.push_str(if words.is_empty() { "No: " } else { " No: " });
            words.push_str(&no);
            words.push('.');
        }
        (!words.is_empty()).then_some(words)
    }

    /// Yes first, then no, then what is not stated: nothing is left out.
    pub fn access(&self) -> Vec<AccessLine<'a>> {
        let mut lines: Vec<AccessLine> = Access::ALL
            .iter()
            .map(|feature| AccessLine {
                answer: self.answer(*feature),
                label: feature.label(),
                note: self.says.access.notes.get(feature).map(|note| note.as_str()),
            })
            .collect();
        lines.sort_by_key(|line| match line.answer {
            Some(true) => 0,
            Some(false) => 1,
            None => 2,
        });
        lines
    }

    fn answer(&self, feature: Access) -> Option<bool> {
        let access = &self.says.access;
        access
            .yes
            .contains(feature)
            .then_some(true)
            .or(access.no.contains(feature).then_some(false))
    }

    pub fn description(&self) -> Option<SafeHtml> {
        self.says.how.description.as_ref().map(|text| SafeHtml::from_markdown(text.as_str()))
    }

    /// Who it is for, each a line of its own.
    pub fn who(&self) -> Vec<String> {
        let mut lines = self.says.audiences.in_words();
        lines.extend(self.says.ages.in_words());
        lines.push(self.says.who_may_come.in_words(self.places));
        lines
    }

    /// "Bengali and Sylheti".
    pub fn languages(&self) -> Option<String> {
        let names = self.says.languages.iter().map(|one| one.name());
        (!self.says.languages.is_empty()).then(|| series(names))
    }

    pub fn public_contacts(&self) -> Vec<&'a Contact> {
        self.contacts(Reader::Everyone)
    }
    pub fn professional_contacts(&self) -> Vec<&'a Contact> {
        self.contacts(Reader::Professionals)
    }
    fn contacts(&self, reader: Reader) -> Vec<&'a Contact> {
        self.says.contacts.iter().filter(|contact| contact.reader == reader).collect()
    }

    /// "Drop in, or book or contact them".
    pub fn routes(&self, way: &WayIn) -> Option<String> {
        let mut routes = way.routes.iter().map(Code::label);
        let first = routes.next()?;
        Some(
            routes.fold(first.to_owned(), |words, next| {
                format!("{words}, or {}", uncapitalised(next))
            }),
        )
    }

    /// The one thing to do next: their own page, else the telephone, else e-mail.
    pub fn next_step(&self) -> Option<NextStep> {
        let contacts = self.public_contacts();
        let link = self.says.residents.link.as_ref().map(|link| NextStep {
            address: link.to_string(),
            words: "Join on their website".into(),
        });
        let phone = contacts.iter().find_map(|one| one.phone.as_ref()).map(|phone| NextStep {
            address: format!("tel:{}", phone.dialled()),
            words: format!("Ring {}", unbroken(phone.as_str())),
        });
        let email = contacts.iter().find_map(|one| one.email.as_ref()).map(|email| NextStep {
            address: format!("mailto:{email}"),
            words: "Write to them".into(),
        });
        link.or(phone).or(email)
    }

    pub fn boroughs(&self) -> Vec<&'a Borough> {
        self.says.boroughs.iter().filter_map(|gss| self.places.borough(*gss)).collect()
    }

    /// The day somebody last said it is still true.
    fn confirmed_on(&self) -> Option<Date> {
        self.listed.offer.confirmed_on()
    }
    pub fn is_fresh(&self) -> bool {
        self.listed.offer.confirm_by().is_some_and(|by| by >= self.now.date())
    }

    /// "Confirmed 12 days ago, on Monday 9 November 2026, by Hollow Lane Clay".
    pub fn freshness(&self) -> String {
        let (Some(on), Some(said)) = (self.confirmed_on(), &self.listed.offer.confirmed) else {
            return "Nobody has confirmed this yet".into();
        };
        let day = date_in_words(on);
        match self.is_fresh() {
            true => format!("Confirmed {}, on {day}, by {}", ago(on, self.now.date()), said.by),
            false => format!("Not confirmed since {day}"),
        }
    }

    /// The day on which we ask again.
    pub fn asked_next(&self) -> Option<String> {
        self.listed.offer.confirm_by().filter(|by| *by >= self.now.date()).map(date_in_words)
    }

    /// What happened to it on which day, newest first.
    pub fn history(&self) -> Vec<(String, String)> {
        let offer = &self.listed.offer;
        let confirmed = self.confirmed_on().zip(offer.confirmed.as_ref());
        let confirmed =
            confirmed.map(|(on, said)| (on, format!("Confirmed by {}, {}", said.by, said.how)));
        let listed = offer.first_published.map(|at| (civil_now(at).date(), "First listed".into()));
        let mut lines: Vec<(Date, String)> = confirmed.into_iter().chain(listed).collect();
        lines.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
        lines.into_iter().map(|(day, words)| (date_in_words(day), words)).collect()
    }
}

/// Kept on one line.
fn unbroken(words: &str) -> String {
    words.replace(' ', "\u{a0}")
}

/// A feature in the middle of a sentence.
fn plain(feature: Access) -> String {
    match feature {
        Access::Bsl | Access::ChangingPlace | Access::BlueBadge => feature.label().to_owned(),
        _ => uncapitalised(feature.label()),
    }
}

#[cfg(test)]
#[path = "shown_tests.rs"]
mod tests;
