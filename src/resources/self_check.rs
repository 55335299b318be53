//! Eight principles of good creative health work, as questions artists can ask themselves.
//!
//! The principles are those of the Creative Health Quality Framework (Culture, Health and Wellbeing Alliance,
//! September 2023). The questions and all other words are ours. Answers are weighed and never kept.
use crate::forms::Answers;

/// One of the eight.
#[derive(Debug)]
pub struct Principle {
    /// In names of fields.
    pub code: &'static str,
    pub title: &'static str,
    /// What it means, in a sentence of ours.
    pub gist: &'static str,
    pub questions: &'static [&'static str],
    /// Where to read or do more: words, and an address of ours.
    pub more: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    NotYet,
    SomeWay,
    Well,
}

/// What somebody answered about one principle.
#[derive(Debug)]
pub struct Weighed {
    pub principle: &'static Principle,
    /// In the order of its questions; none where a question was passed over.
    pub answers: Vec<Option<Answer>>,
}

const WITH_LINK_WORKERS: (&str, &str) =
    ("Read: Working with a link worker", "/guides/working-with-a-link-worker");
const PARTNERS: (&str, &str) = ("Find your local partners", "/find-your-partners");
const THERAPY: (&str, &str) =
    ("Read: Creative activity or therapy?", "/guides/creative-activity-or-therapy");
const THE_END: (&str, &str) = ("Read: When a programme ends", "/guides/when-a-programme-ends");

/// In the framework's order.
pub static PRINCIPLES: [Principle; 8] = [
    Principle {
        code: "person-centred",
        title: "Person-centred",
        gist: "People come first: what they want, what they can do, and how they feel that day.",
        questions: &[
            "Do people have a say in what they make or do?",
            "Can somebody join in slowly, take a break, or just watch?",
            "Do you ask people what they hope for, and listen to the answer?",
        ],
        more: &[
            ("Say in your listing what happens the first time", "/describe"),
            WITH_LINK_WORKERS,
        ],
    },
    Principle {
        code: "equitable",
        title: "Equitable",
        gist: "Everybody has a fair chance to take part, most of all those who often miss out.",
        questions: &[
            "Have you looked at who does not come, and asked why?",
            "Do you say openly what it costs, how to get in, and which languages you speak?",
            "Do people with lived experience help to plan it?",
        ],
        more: &[
            ("Say in your listing what it costs and how one gets in", "/describe"),
            ("See who is missed in your borough", "/boroughs"),
        ],
    },
    Principle {
        code: "safe",
        title: "Safe",
        gist: "People are looked after, in body and in mind, and so are you.",
        questions: &[
            "Do you know what to do, and who to call, when somebody is upset or in danger?",
            "Are your checks, your insurance and your safeguarding rules up to date?",
            "Do you have somebody to talk to after a hard day?",
        ],
        more: &[("Say in your listing which checks and rules you have", "/describe"), THERAPY],
    },
    Principle {
        code: "creative",
        title: "Creative",
        gist: "The art is good in its own right, and people find their own way in it.",
        questions: &[
            "Can people try things out, get them wrong, and go on?",
            "Would you be proud to show what is made?",
        ],
        more: &[("See what others do with the same activity", "/activities")],
    },
    Principle {
        code: "collaborative",
        title: "Collaborative",
        gist: "You work with others: the people who come, link workers, and groups near by.",
        questions: &[
            "Do you know a link worker near you by name?",
            "Have you and your partners agreed who does what?",
            "Do you know who else near you does something like it?",
        ],
        more: &[PARTNERS, WITH_LINK_WORKERS],
    },
    Principle {
        code: "realistic",
        title: "Realistic",
        gist: "You promise what you can do, and no more.",
        questions: &[
            "Do you say clearly that it is a creative activity, or a therapy?",
            "Do you leave out words that promise to heal?",
            "Are there enough time, money and helpers for what you plan?",
        ],
        more: &[THERAPY, ("Let our coach read your words", "/describe")],
    },
    Principle {
        code: "reflective",
        title: "Reflective",
        gist: "You look back often, learn from it, and change things.",
        questions: &[
            "Do you ask people how it was, and change something because of it?",
            "Do you write down what you learn, and also what went wrong?",
            "Could you show somebody else what difference it makes?",
        ],
        more: &[("See tools that help to ask people how they are", "/resources?kind=tool")],
    },
    Principle {
        code: "sustainable",
        title: "Sustainable",
        gist: "It can last, and when it ends, people are not left alone.",
        questions: &[
            "Do people know early when it ends, and what they can do next?",
            "Is everybody paid fairly for the work, and that means you too?",
            "Do you know where the money for next year may come from?",
        ],
        more: &[THE_END, PARTNERS],
    },
];

impl Answer {
    /// As the form asks them, the best first.
    pub const ALL: [Self; 3] = [Self::Well, Self::SomeWay, Self::NotYet];

    pub fn code(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::SomeWay => "some-way",
            Self::NotYet => "not-yet",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Well => "Doing well",
            Self::SomeWay => "Some way to go",
            Self::NotYet => "Not yet",
        }
    }
}

impl Principle {
    /// The name of a question's field, counted from 1.
    pub fn field(&self, question: usize) -> String {
        format!("{}-{question}", self.code)
    }
}

impl Weighed {
    /// How the principle stands: as its least good answer. None where nothing was answered.
    pub fn stands(&self) -> Option<Answer> {
        self.answers.iter().flatten().min().copied()
    }

    /// The questions with what was answered.
    pub fn lines(&self) -> impl Iterator<Item = (&'static str, Option<Answer>)> {
        self.principle.questions.iter().copied().zip(self.answers.iter().copied())
    }

    /// Smaller is sooner: by how many answers are "not yet", then "some way to go".
    fn urgency(&self) -> (Option<Answer>, std::cmp::Reverse<usize>) {
        let worst = self.stands();
        let many = self.answers.iter().filter(|answer| **answer == worst).count();
        (worst, std::cmp::Reverse(many))
    }
}

/// All eight, what to look at first before the rest, and what was not answered at the end. Answers that are none
/// count as not given.
pub fn weigh(typed: &Answers) -> Vec<Weighed> {
    let mut all: Vec<Weighed> = PRINCIPLES
        .iter()
        .map(|principle| Weighed {
            answers: (1..=principle.questions.len())
                .map(|question| Answer::parse(typed.one(&principle.field(question))))
                .collect(),
            principle,
        })
        .collect();
    all.sort_by_key(|one| (one.stands().is_none(), one.urgency()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain_language::{AIM, Swaps, advice};

    #[test]
    fn what_is_not_done_yet_comes_first_and_what_was_not_answered_last() {
        let mut typed = Answers::default();
        typed.set("creative-1", "well");
        typed.set("creative-2", "well");
        typed.set("safe-1", "well");
        typed.set("safe-2", "not-yet");
        typed.set("realistic-1", "some-way");
        typed.set("sustainable-1", "not-yet");
        typed.set("sustainable-2", "not-yet");
        typed.set("reflective-1", "perhaps");
        let order: Vec<&str> = weigh(&typed).iter().map(|one| one.principle.code).collect();
        assert_eq!(order[..4], ["sustainable", "safe", "realistic", "creative"]);
        assert_eq!(order[4..], ["person-centred", "equitable", "collaborative", "reflective"]);
    }

    #[test]
    fn the_questions_can_be_read_by_a_child_of_eleven() {
        let words =
            PRINCIPLES.iter().flat_map(|one| one.questions.iter().copied().chain([one.gist]));
        let text = words.collect::<Vec<_>>().join("\n");
        let told = advice(&text, Swaps::shipped());
        let age = told.reading_age.unwrap();
        assert!(age.years <= *AIM.end(), "{age:?}");
        assert!(told.long_sentences.is_empty(), "{:?}", told.long_sentences);
        let hard: Vec<&str> = told.swaps.iter().map(|swap| &text[swap.at.clone()]).collect();
        assert!(hard.is_empty(), "{hard:?}");
    }
}
