//! How a professional may begin to talk about an offer: openers made from what it states, and nothing else.
use super::{Cost, Kind, Recorded, recording, shown::Shown};
use crate::{
    text::{capitalised, plain_language::sentences, series_with},
    topics::{self, Access, Delivery, Joining},
};

/// Something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opener {
    /// What it is about: "Who else comes".
    pub about: &'static str,
    pub words: String,
}

/// At most so many, so that they are read before the door opens.
const MOST: usize = 4;
/// So much of what is written about the first visit is read out.
const READ_OUT: usize = 3;

/// What says that something need not be known or done before.
const NO_NEED: [&str; 9] = [
    "no experience",
    "no need to",
    "need no ",
    "need not ",
    "not need to",
    "don't need",
    "don\u{2019}t need",
    "beginner",
    "never done",
];

impl Shown<'_> {
    /// Three or four, as far as facts are stated; never none, since a summary always is.
    pub fn openers(&self) -> Vec<Opener> {
        let said = [self.first_time(), self.who_else(), self.need_not(), self.who_went()];
        let step = self.first_step();
        let room = MOST - usize::from(step.is_some());
        said.into_iter().flatten().take(room).chain(step).collect()
    }

    /// What one may record about it.
    pub fn recorded(&self) -> Vec<Recorded> {
        let therapy = matches!(self.says.kind, Kind::Therapy { .. }).then_some(recording::THERAPY);
        recording::RECORDED.into_iter().chain(therapy).collect()
    }

    /// A line for the notes: which offer it was, and where it stands.
    pub fn for_the_notes(&self) -> String {
        let place = self.place().map(|place| format!(", {place}")).unwrap_or_default();
        let when = self.when().first().map(|when| format!(". {when}")).unwrap_or_default();
        let offer = &self.listed.offer;
        format!(
            "{} (by {}){place}{when}. {}/offers/{}",
            self.says.title,
            self.listed.provider_name,
            crate::web::public_url(),
            offer.slug
        )
    }

    fn first_time(&self) -> Option<Opener> {
        let summary = self.says.summary.as_str();
        let words = match &self.says.how.first_visit {
            Some(first) => format!(
                "Shall I read you what they say about the first time? \u{201c}{}\u{201d} How does that sound?",
                beginning(first.as_str())
            ),
            None => format!("They say: \u{201c}{summary}\u{201d} Does that sound like you?"),
        };
        Some(Opener { about: "What it is like the first time", words }).map(|opener| {
            match self.says.how.first_visit {
                Some(_) => opener,
                None => Opener { about: "What it is", ..opener },
            }
        })
    }

    fn who_else(&self) -> Option<Opener> {
        let fit = self.says.audiences;
        let named = !(fit.meant_for.is_empty() && fit.welcome.is_empty() && fit.only.is_empty());
        let ages = self.says.ages.in_words().filter(|_| self.says.ages.is_limited());
        let lines: Vec<String> = fit.in_words().into_iter().filter(|_| named).chain(ages).collect();
        (!lines.is_empty()).then(|| Opener {
            about: "Who else comes",
            words: format!("{}. Would you feel at home there?", lines.join(". ")),
        })
    }

    fn need_not(&self) -> Option<Opener> {
        let says = self.says;
        let access = |feature| says.access.yes.contains(feature);
        let in_person = says.place.delivery.contains(Delivery::InPerson);
        let nothing = |text: &str| text.to_lowercase().split(['.', ',']).next() == Some("nothing");
        let each = [
            (says.residents.routes.contains(Joining::DropIn), "book"),
            (matches!(says.cost, Cost { code: topics::Cost::Free, .. }), "pay"),
            (!in_person, "travel"),
            (in_person && access(Access::StepFree), "climb steps"),
            (in_person && access(Access::Seating), "stand"),
            (in_person && access(Access::CompanionFree), "come alone"),
            (
                says.how.bring.as_ref().is_some_and(|bring| nothing(bring.as_str())),
                "bring anything",
            ),
        ];
        let free: Vec<&str> =
            each.into_iter().filter(|(so, _)| *so).map(|(_, word)| word).collect();
        let own = (!free.is_empty()).then(|| format!("You need not {}.", series_with("or", free)));
        let theirs = self.no_need().map(|words| format!("They say: \u{201c}{words}\u{201d}"));
        let words: Vec<String> = theirs.into_iter().chain(own).collect();
        (!words.is_empty())
            .then(|| Opener { about: "What you need not do", words: words.join(" ") })
    }

    /// Their own sentence that nothing must be known before, where there is one.
    fn no_need(&self) -> Option<String> {
        let how = &self.says.how;
        let first = how.first_visit.as_ref().map(|text| text.as_str());
        let description = how.description.as_ref().map(|text| text.as_str());
        let texts = [Some(self.says.summary.as_str()), first, description];
        texts.into_iter().flatten().find_map(|text| {
            let each = sentences(text).into_iter().map(|at| text[at].trim());
            // Marks of Markdown would be read out.
            let plain = |words: &&str| !words.contains(['*', '_', '#', '[', '`', '\n']);
            let says_so = |words: &&str| {
                let small = words.to_lowercase();
                NO_NEED.iter().any(|mark| small.contains(mark))
            };
            each.filter(plain).find(says_so).map(capitalised)
        })
    }

    fn who_went(&self) -> Option<Opener> {
        let said = self.says.testimonial.as_ref()?;
        let words = format!("Somebody who went said: \u{201c}{}\u{201d} ({})", said.words, said.by);
        Some(Opener { about: "What somebody said who went", words })
    }

    fn first_step(&self) -> Option<Opener> {
        let next =
            self.sessions.first().map(|next| format!("The next one is on {}.", next.in_words()));
        let drop_in = self.says.residents.routes.contains(Joining::DropIn);
        let phone = self.public_contacts().into_iter().find_map(|one| one.phone.as_ref());
        let ask = match (drop_in, phone) {
            (true, _) if next.is_some() => {
                "You can just come. Would you like to go and see?".into()
            }
            (_, Some(phone)) => format!("Shall we ring them together? {phone}"),
            _ if next.is_some() => "Would you like to try it once?".into(),
            _ => return None,
        };
        let words = next.into_iter().chain([ask]).collect::<Vec<_>>().join(" ");
        Some(Opener { about: "A first step", words })
    }
}

/// The first sentences.
fn beginning(text: &str) -> &str {
    let last = sentences(text).into_iter().take(READ_OUT).next_back();
    last.map_or(text, |last| text[..last.end].trim())
}
