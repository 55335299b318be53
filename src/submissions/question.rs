//! What is asked, and how: the shape of every question of the six steps.

/// The six steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    What,
    Who,
    When,
    Place,
    Cost,
    About,
}

/// One question.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The name of its field, and the id of its first control. Where the offers file has a column for
    /// it, it is called the same.
    pub name: &'static str,
    pub label: &'static str,
    /// What helps to answer it; may be empty.
    pub hint: &'static str,
    pub control: Control,
    /// Nothing is published without an answer.
    pub needed: bool,
    /// Asked only when another answer makes it apply.
    pub only: Option<Only>,
}

/// Asked only where one of these values was chosen in that field of the same step.
#[derive(Clone, Copy, Debug)]
pub struct Only {
    pub field: &'static str,
    pub is: &'static [&'static str],
}

/// What can be chosen: value and label, in the order of the page.
pub type Choices = Vec<(String, String)>;

/// How a question is answered.
#[derive(Clone, Copy, Debug)]
pub enum Control {
    /// One line of at most so many characters. `kind` is the browser's: text, email, tel, url.
    Line {
        most: usize,
        kind: &'static str,
    },
    /// Several lines.
    Area {
        most: usize,
        rows: u8,
    },
    /// One of these: value, label.
    One(fn() -> Choices),
    /// Any of these.
    Many(fn() -> Choices),
    /// Any of these, in groups under a heading each.
    Grouped(fn() -> Vec<(String, Choices)>),
    /// Yes, no, or not said.
    YesNo,
    /// A day, typed as 27/3/2027 or 27 March 2027.
    Date,
    /// Several days, one a line or with commas.
    Dates,
    /// A time, typed as 10:30am or 14:00.
    Time,
    /// Pounds, typed as £3 or 2.50.
    Money,
    Postcode,
    /// One of the boroughs, by slug.
    Borough,
    /// Any of the boroughs, by slug.
    Boroughs,
    /// For each of these one of those: its field is `name-value`, such as `access-step-free`.
    Each {
        of: fn() -> Choices,
        answers: fn() -> Choices,
        /// Whether a few words may be added to each, as `name-value-note`.
        note: bool,
    },
    /// Up to so many of a thing with parts, such as schedules: the field of a part is `name-1-part`.
    Several {
        most: usize,
        thing: &'static str,
        parts: &'static [Part],
    },
}

/// A part of something that an offer has several of.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub control: Control,
    /// Asked only where one of these was chosen in another part of the same thing.
    pub only: Option<Only>,
}

impl Step {
    pub const ALL: [Self; 6] =
        [Self::What, Self::Who, Self::When, Self::Place, Self::Cost, Self::About];

    /// As it stands in addresses and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Who => "who",
            Self::When => "when",
            Self::Place => "place",
            Self::Cost => "cost",
            Self::About => "about",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::What => "What it is",
            Self::Who => "Who it is for",
            Self::When => "When",
            Self::Place => "Where and access",
            Self::Cost => "Cost and joining",
            Self::About => "About you and safety",
        }
    }

    /// Why we ask, in a sentence or two.
    pub fn why(self) -> &'static str {
        match self {
            Self::What => {
                "A link worker reads this out to the person in front of them. Plain words help both."
            }
            Self::Who => {
                "So that it is offered to people whom it suits, and nobody comes for nothing."
            }
            Self::When => {
                "Link workers look for what is on this week. Give days and times as exactly as you can."
            }
            Self::Place => {
                "Whether somebody can get there, get in and take part is the first thing that is asked."
            }
            Self::Cost => {
                "Not knowing the price, or how to begin, stops more people than the price itself."
            }
            Self::About => {
                "Somebody is sending you a person who may be having a hard time. This lets them trust you."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_read_back_from_its_code() {
        for step in Step::ALL {
            assert_eq!(Step::parse(step.code()), Some(step));
        }
        assert_eq!(Step::parse("check"), None);
    }
}
