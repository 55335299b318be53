//! Some offers, indexed: each has an ordinal, the newest the first, and everything is kept by it.
use std::{collections::HashMap, sync::Arc, thread};

use jiff::civil::Date;

use super::{
    bitmap::Bitmap,
    facts::{Facts, Serves, days, point, serves, without_a_journey},
    ground::Ground,
    times::{Held26, Times},
    values::Values,
    words::{Field, Index, IndexBuilder},
};
use crate::search::Card;
use crate::{
    calendar::{Follows, Programme, Rule, Schedule},
    offers::{Listed, OfferId},
    places::Point,
    text::Slug,
    topics::{Activity, Code},
};

/// Never changes; what is dead in it is said elsewhere.
#[derive(Debug)]
pub(super) struct Segment {
    pub cards: Vec<Arc<Card>>,
    pub facts: Vec<Facts>,
    pub values: Values,
    pub times: Times,
    pub ground: Ground,
    pub index: Index,
    /// Can be had without going to its venue.
    pub remote: Bitmap,
    /// Today's and tomorrow's.
    keeping: [Vec<u8>; 2],
    today: i32,
    by_id: HashMap<OfferId, u32>,
    by_slug: HashMap<Slug, u32>,
}

/// A segment that grows: of each offer only what searching and lists need is kept.
pub(super) struct SegmentBuilder {
    today: Date,
    cards: Vec<Arc<Card>>,
    facts: Vec<Facts>,
    reach: Vec<Serves>,
    held: Vec<Held26>,
    points: Vec<Option<Point>>,
    remote: Vec<bool>,
    index: IndexBuilder,
}

impl SegmentBuilder {
    pub fn new(today: Date) -> Self {
        Self {
            today,
            cards: Vec::new(),
            facts: Vec::new(),
            reach: Vec::new(),
            held: Vec::new(),
            points: Vec::new(),
            remote: Vec::new(),
            index: IndexBuilder::new(),
        }
    }

    pub fn add(&mut self, listed: &Listed) {
        read(listed, &mut self.index);
        self.index.close(self.cards.len() as u32);
        self.facts.push(Facts::of(listed));
        self.reach.push(serves(listed));
        let (held, follows) = sessions(listed, self.today);
        self.held.push(held);
        self.points.push(point(listed));
        self.remote.push(without_a_journey(listed));
        self.cards.push(Arc::new(Card::of(listed, follows)));
    }

    /// All that another has, as if its offers had been added here, in their order.
    pub fn append(&mut self, other: Self) {
        self.index.append(other.index, self.cards.len() as u32);
        self.cards.extend(other.cards);
        self.facts.extend(other.facts);
        self.reach.extend(other.reach);
        self.held.extend(other.held);
        self.points.extend(other.points);
        self.remote.extend(other.remote);
    }

    /// Ordinals are given anew, the newest first: that settles every tie within the segment, so what comes later in a
    /// set need not be looked at once enough is found that is as good.
    pub fn finish(self) -> Segment {
        let order = order(&self.cards);
        let cards = in_order(self.cards, &order);
        let facts = in_order(self.facts, &order);
        let reach = in_order(self.reach, &order);
        let held = in_order(self.held, &order);
        let points = in_order(self.points, &order);
        let remote = in_order(self.remote, &order);
        let (today, index, length) = (self.today, self.index, cards.len());
        let numbered = || (0..).zip(&cards);
        // Each takes a while for many offers, and none needs another.
        let (values, times, index) = thread::scope(|apart| {
            let values = apart.spawn(|| Values::of(&facts, &reach));
            let times = apart.spawn(|| Times::of(today, &held));
            let index = apart.spawn(|| index.finish(&order));
            (joined(values), joined(times), joined(index))
        });
        Segment {
            keeping: [0, 1]
                .map(|later| facts.iter().map(|one| one.keeping(days(today) + later)).collect()),
            values,
            times,
            ground: Ground::of(points),
            index,
            remote: Bitmap::of(length, |at| remote[at]),
            by_id: numbered().map(|(at, card)| (card.id, at)).collect(),
            by_slug: numbered().map(|(at, card)| (card.slug.clone(), at)).collect(),
            today: days(today),
            cards,
            facts,
        }
    }
}

impl Segment {
    /// Freshness and places left on a day (since 1970), by ordinal: more is better.
    pub fn keeping(&self, day: i32) -> &[u8] {
        &self.keeping[usize::from(day > self.today)]
    }

    pub fn len(&self) -> usize {
        self.cards.len()
    }
    pub fn ordinal(&self, id: OfferId) -> Option<u32> {
        self.by_id.get(&id).copied()
    }
    pub fn ordinal_of_slug(&self, slug: &Slug) -> Option<u32> {
        self.by_slug.get(slug).copied()
    }
    pub fn card(&self, ordinal: u32) -> &Arc<Card> {
        &self.cards[ordinal as usize]
    }
    pub fn facts(&self, ordinal: u32) -> &Facts {
        &self.facts[ordinal as usize]
    }
}

/// Newest first, and always in one order.
pub(super) fn newest_first(card: &Card) -> impl Ord + use<> {
    (std::cmp::Reverse(card.published_on()), std::cmp::Reverse(card.id))
}

/// Where the newest was added, and so on.
fn order(cards: &[Arc<Card>]) -> Vec<u32> {
    let mut newest: Vec<u32> = (0..cards.len() as u32).collect();
    newest.sort_by_cached_key(|at| newest_first(&cards[*at as usize]));
    newest
}

fn in_order<T>(added: Vec<T>, order: &[u32]) -> Vec<T> {
    let mut added: Vec<Option<T>> = added.into_iter().map(Some).collect();
    order.iter().filter_map(|at| added[*at as usize].take()).collect()
}

/// A panic there is a panic here.
fn joined<T>(work: thread::ScopedJoinHandle<'_, T>) -> T {
    work.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn read(listed: &Listed, index: &mut IndexBuilder) {
    let content = &listed.offer.content;
    index.add(Field::Title, content.title.as_str());
    for activity in &content.activities {
        index.add(Field::Topics, activity.label());
    }
    // The artforms once each, so that "music" finds singing.
    let above = content.activities.iter().filter_map(|one| one.parent());
    let mut artforms: Vec<Activity> = above.collect();
    artforms.dedup();
    artforms.iter().for_each(|one| index.add(Field::Topics, one.label()));
    content.needs.iter().for_each(|one| index.add(Field::Topics, one.label()));
    content.how.keywords.iter().for_each(|one| index.add(Field::Keywords, one.as_str()));
    index.add(Field::Provider, listed.provider_name.as_str());
    index.add(Field::Summary, content.summary.as_str());
    if let Some(venue) = &listed.venue
        && !content.place.address_private
    {
        index.add(Field::Place, venue.name.as_str());
        index.add(Field::Place, venue.address.as_str());
    }
    if let Some(description) = &content.how.description {
        index.add(Field::Description, description.as_str());
    }
}

fn sessions(listed: &Listed, today: Date) -> (Held26, Vec<Follows>) {
    let when = &listed.offer.content.when;
    let horizon = Times::horizon(today);
    let midnight = today.at(0, 0, 0, 0);
    let sessions = when.programme.sessions(midnight, horizon);
    let follows = when.programme.follows(&sessions, midnight, horizon);
    let end = when.programme.ends_on;
    let finite = when.by_arrangement.is_none()
        && !when.programme.schedules.is_empty()
        && !when.programme.schedules.iter().any(|one| goes_on_after(one, horizon));
    let last_shown = if finite {
        // A pause puts sessions off the list, not the offer; and a course makes up for it afterwards.
        let whole = Programme { pause: None, ..when.programme.clone() };
        let whole = whole.sessions(midnight, horizon);
        let last = sessions.last().max(whole.last()).map(|one| one.starts.date());
        Some(last.unwrap_or_else(|| today.saturating_sub(jiff::Span::new().days(1))))
    } else {
        end
    };
    (Held26::new(today, &sessions, last_shown), follows)
}

/// Whether sessions may come after this day.
fn goes_on_after(schedule: &Schedule, day: Date) -> bool {
    let begins_later = schedule.from.is_some_and(|from| from > day);
    let extra_later = schedule.extra.iter().any(|extra| *extra > day);
    let rule = match &schedule.rule {
        Rule::Dates(dates) => dates.iter().any(|date| *date > day),
        Rule::Course { .. } => false,
        _ => schedule.until.is_none_or(|until| until > day),
    };
    begins_later || extra_later || rule
}
