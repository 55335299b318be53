//! How many of the facts that link workers ask for an offer states.
use super::{Ages, Confirmation, Content};

/// 0 to 100. Each fact has a weight by how often link workers must ring up for want of it; what is
/// needed to publish at all does not count.
pub fn completeness(content: &Content, confirmed: Option<&Confirmation>) -> u8 {
    let facts = facts(content, confirmed);
    let all: u32 = facts.iter().map(|(weight, _)| weight).sum();
    let stated: u32 = facts.iter().filter(|(_, is)| *is).map(|(weight, _)| weight).sum();
    u8::try_from(stated * 100 / all).unwrap_or(100)
}

fn facts(content: &Content, confirmed: Option<&Confirmation>) -> [(u32, bool); 18] {
    let access = content.access.yes.union(content.access.no);
    let quality = &content.quality;
    [
        (5, !access.is_empty()),
        (4, content.how.first_visit.is_some()),
        (4, confirmed.is_some()),
        (3, access.len() >= 6),
        (3, content.ages != Ages::NotStated),
        (3, content.places.is_some()),
        (3, !content.when.programme.schedules.is_empty()),
        (2, content.how.description.is_some()),
        (2, content.place.travel.is_some()),
        (2, content.reply_days.is_some()),
        (2, !content.professionals.routes.is_empty()),
        (2, quality.safeguarding_policy.is_some() || quality.dbs_checked.is_some()),
        (2, quality.support.is_some()),
        (2, quality.experience.is_some()),
        (1, content.how.bring.is_some()),
        (1, content.how.afterwards.is_some()),
        (1, content.not_suitable_for.is_some()),
        (1, quality.insured.is_some()),
    ]
}
