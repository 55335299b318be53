//! How much of a person an offer asks: the one place that says what a gentler and a bigger step is.
use crate::{
    calendar::Rule,
    offers::{Content, Listed},
    topics::{Access, Activity, Delivery, Joining},
};

/// How much of a person an offer asks, from 0 to 8.
/// Going somewhere is two, unless it is held quietly, then one; having to book or be referred is one, and to
/// come for a whole course another one; to do something rather than look or listen is one, and to help
/// others three.
pub(super) fn step(listed: &Listed) -> u8 {
    let content = &listed.offer.content;
    let quiet = content.access.yes.contains(Access::QuietSession);
    let way = match content.place.delivery.iter().all(|one| one == Delivery::InPerson) {
        true if quiet => 1,
        true => 2,
        false => 0,
    };
    let begin = u8::from(!content.residents.routes.contains(Joining::DropIn));
    way + begin + u8::from(is_course(content)) + doing(content.activity())
}

fn is_course(content: &Content) -> bool {
    let mut schedules = content.when.programme.schedules.iter();
    schedules.any(|one| matches!(one.rule, Rule::Course { .. }))
}

fn doing(activity: Activity) -> u8 {
    match activity {
        Activity::Listening
        | Activity::SeeingShows
        | Activity::MuseumVisit
        | Activity::ObjectHandling
        | Activity::Film => 0,
        Activity::Volunteering => 3,
        _ => 1,
    }
}
