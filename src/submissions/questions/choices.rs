//! What can be chosen, in words an artist would use.
use super::{super::question::Choices, NO, YES};
use crate::{
    calendar::{Weekdays, day_name, short_day_code},
    offers::{Per, Reader},
    topics::{Access, Activity, Audience, Code, Cost, Delivery, Joining, Language, Need, Places},
    venues::VenueKind,
};

/// Under each artform itself, for what is a bit of everything, and what one does in it.
pub fn activities() -> Vec<(String, Choices)> {
    Activity::artforms()
        .map(|artform| {
            let within: Vec<Activity> = artform.within().collect();
            let whole = if within.is_empty() {
                artform.label().to_owned()
            } else {
                format!("{}: a mix, or something else", artform.label())
            };
            let mut choices = vec![(artform.code().to_owned(), whole)];
            choices.extend(within.into_iter().map(coded));
            (artform.label().to_owned(), choices)
        })
        .collect()
}

pub fn kinds() -> Choices {
    of(&[
        ("creative", "A creative activity, led by an artist or a helper"),
        ("therapy", "A therapy, led by a registered therapist"),
    ])
}

pub fn needs() -> Choices {
    topics::<Need>()
}

pub fn audiences() -> Choices {
    topics::<Audience>()
}

pub fn fits() -> Choices {
    of(&[("for", "It is for them"), ("welcome", "Especially welcome"), ("only", "Only for them")])
}

pub fn ages() -> Choices {
    of(&[("all", "All ages"), ("some", "From a certain age, or up to one")])
}

pub fn who_may_come() -> Choices {
    of(&[
        ("anyone", "Anyone"),
        ("residents", "Only people who live in certain boroughs"),
        ("patients", "Only patients of certain GP surgeries"),
    ])
}

pub fn when() -> Choices {
    of(&[
        ("regular", "On set days or dates"),
        ("arrangement", "Days and times are agreed with each person"),
        ("both", "Both"),
    ])
}

pub fn rules() -> Choices {
    of(&[
        ("weekly", "Every week"),
        ("every-n-weeks", "Every two weeks, three weeks …"),
        ("monthly", "Once a month, like every first Tuesday"),
        ("course", "A course of some weeks"),
        ("dates", "Only on these dates"),
    ])
}

pub fn days() -> Choices {
    let days = Weekdays::EVERY.iter();
    days.map(|day| (short_day_code(day).to_owned(), day_name(day).to_owned())).collect()
}

pub fn nths() -> Choices {
    of(&[
        ("first", "First"),
        ("second", "Second"),
        ("third", "Third"),
        ("fourth", "Fourth"),
        ("last", "Last"),
    ])
}

pub fn in_term_time() -> Choices {
    of(&[(YES, "Only in school term time")])
}

pub fn on_bank_holidays() -> Choices {
    of(&[(YES, "Also on bank holidays")])
}

pub fn deliveries() -> Choices {
    topics::<Delivery>()
}

pub fn venue_kinds() -> Choices {
    let label = |kind: VenueKind| match kind {
        VenueKind::Library => "A library",
        VenueKind::Museum => "A museum or gallery",
        VenueKind::Theatre => "A theatre",
        VenueKind::Music => "A place for live music",
        VenueKind::Community => "A hall, community centre or café",
        VenueKind::Studio => "A studio",
        VenueKind::Workshop => "A workshop",
        VenueKind::Garden => "A garden or park",
        VenueKind::Other => "Something else",
    };
    VenueKind::ALL
        .into_iter()
        .map(|kind| (kind.code().to_owned(), label(kind).to_owned()))
        .collect()
}

pub fn access() -> Choices {
    topics::<Access>()
}

pub fn yes_or_no() -> Choices {
    of(&[(YES, "Yes"), (NO, "No")])
}

pub fn languages() -> Choices {
    Language::all().map(|one| (one.code().to_owned(), one.name().to_owned())).collect()
}

pub fn costs() -> Choices {
    let label = |cost: Cost| match cost {
        Cost::Free => "Nothing: it is free",
        Cost::Donation => "A donation, if they wish",
        Cost::PayWhatYouCan => "Pay what you can",
        Cost::Paid => "A fixed price",
    };
    Cost::ALL.iter().map(|cost| (cost.code().to_owned(), label(*cost).to_owned())).collect()
}

pub fn pers() -> Choices {
    let label = |per: Per| match per {
        Per::Session => "each time",
        Per::Course => "for the whole course",
        Per::Month => "a month",
        Per::Year => "a year",
    };
    Per::ALL.into_iter().map(|per| (per.code().to_owned(), label(per).to_owned())).collect()
}

pub fn residents_join() -> Choices {
    joining(|route| match route {
        Joining::DropIn => "Just come, without asking first",
        Joining::Book => "Book, or get in touch with us first",
        Joining::SelfReferral => "Fill in a form about themselves",
        Joining::ProfessionalReferral => "Only through a professional who refers them",
    })
}

pub fn professionals_join() -> Choices {
    joining(|route| match route {
        Joining::DropIn => "Send or bring the person, without asking first",
        Joining::Book => "Book for the person, or get in touch with us first",
        Joining::SelfReferral => "Help the person to fill in the form about themselves",
        Joining::ProfessionalReferral => "Refer the person to us",
    })
}

pub fn places() -> Choices {
    let label = |places: Places| match places {
        Places::Open => "Yes, there is room",
        Places::Few => "A few",
        Places::WaitingList => "There is a waiting list",
        Places::Full => "No, it is full",
    };
    Places::ALL.iter().map(|one| (one.code().to_owned(), label(*one).to_owned())).collect()
}

pub fn readers() -> Choices {
    let label = |reader: Reader| match reader {
        Reader::Everyone => "Everybody",
        Reader::Professionals => "Only professionals, like link workers",
    };
    Reader::ALL.into_iter().map(|one| (one.code().to_owned(), label(one).to_owned())).collect()
}

fn joining(label: fn(Joining) -> &'static str) -> Choices {
    Joining::ALL.iter().map(|one| (one.code().to_owned(), label(*one).to_owned())).collect()
}

fn topics<T: Code>() -> Choices {
    T::ALL.iter().copied().map(coded).collect()
}

fn coded<T: Code>(one: T) -> (String, String) {
    (one.code().to_owned(), one.label().to_owned())
}

fn of(choices: &[(&str, &str)]) -> Choices {
    choices.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect()
}
