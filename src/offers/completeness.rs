//! The facts that link workers ask for, in the order in which they ask: how many does an offer state?
use super::{Ages, Confirmation, Content};

/// 0 to 100. What is needed to publish at all does not count.
pub fn completeness(content: &Content, confirmed: Option<&Confirmation>) -> u8 {
    let facts = facts(content);
    let confirmation = (WEIGHT_OF_A_CONFIRMATION, confirmed.is_some());
    share(facts.iter().map(|fact| (fact.weight, fact.stated)).chain([confirmation]))
}

/// The weight of what is stated among all, in whole per cent.
pub(super) fn share(facts: impl Iterator<Item = (u32, bool)>) -> u8 {
    let (stated, all) = facts.fold((0, 0), |(stated, all), (weight, is)| {
        (stated + weight * u32::from(is), all + weight)
    });
    u8::try_from(stated * 100 / all).unwrap_or(100)
}

/// One fact that link workers ask for.
pub(super) struct Fact {
    /// By how often they must ring up for want of it.
    pub weight: u32,
    pub stated: bool,
    /// The field that asks for it, called as in the offers file.
    pub field: &'static str,
    /// As they put it.
    pub question: &'static str,
}

/// Nobody can state it of oneself: it comes once the offer is published.
const WEIGHT_OF_A_CONFIRMATION: u32 = 4;

pub(super) fn facts(content: &Content) -> [Fact; 17] {
    let access = content.access.yes.union(content.access.no);
    let (how, quality) = (&content.how, &content.quality);
    let checked = quality.safeguarding_policy.is_some() || quality.dbs_checked.is_some();
    let fact = |weight, stated, field, question| Fact { weight, stated, field, question };
    [
        fact(
            5,
            !access.is_empty(),
            "access",
            "Can they get in without stairs? Is there a toilet they can use?",
        ),
        fact(
            4,
            how.first_visit.is_some(),
            "first_visit",
            "What happens the first time? Is it all right to only watch?",
        ),
        fact(
            3,
            access.len() >= 6,
            "access",
            "May somebody come along with them? Are there seats, a quiet place, a hearing loop?",
        ),
        fact(3, content.ages != Ages::NotStated, "ages", "From what age, and up to what age?"),
        fact(3, content.places.is_some(), "places", "Is there room at the moment?"),
        fact(
            3,
            !content.when.programme.schedules.is_empty(),
            "when",
            "On which days is it, and from when to when?",
        ),
        fact(
            2,
            how.description.is_some(),
            "description",
            "What do they do there, from hello to goodbye?",
        ),
        fact(
            2,
            content.place.travel.is_some(),
            "travel",
            "How do they get there? Where is the bus stop?",
        ),
        fact(2, content.reply_days.is_some(), "reply_days", "How soon do you answer?"),
        fact(
            2,
            !content.professionals.routes.is_empty(),
            "professionals_join",
            "How can I send somebody to you?",
        ),
        fact(
            2,
            checked,
            "safeguarding_policy",
            "How do you keep people safe? Are leaders DBS checked?",
        ),
        fact(2, quality.support.is_some(), "support", "Who is there if somebody gets upset?"),
        fact(
            2,
            quality.experience.is_some(),
            "experience",
            "Who leads it, and what have they done before?",
        ),
        fact(1, how.bring.is_some(), "bring", "What should they bring or wear?"),
        fact(1, how.afterwards.is_some(), "afterwards", "What can they go on to afterwards?"),
        fact(
            1,
            content.not_suitable_for.is_some(),
            "not_suitable_for",
            "Is there anybody it does not suit?",
        ),
        fact(1, quality.insured.is_some(), "insured", "Are you insured?"),
    ]
}
