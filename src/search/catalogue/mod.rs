//! Everything that is published, in memory, ready to be searched.
mod bitmap;
mod card;
mod close;
mod counting;
mod explain;
mod facts;
mod figures;
mod ground;
mod ladder;
mod loosen;
mod misses;
mod narrow;
mod near;
mod part;
mod ranking;
mod related;
mod segment;
mod spots;
mod step;
mod tally;
mod times;
mod topics;
mod values;
mod wide;
mod words;

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::{Date, DateTime};

pub use figures::{Confirmed, Figures, Reach};
pub use related::Related;
pub use spots::Spots;

use self::{
    bitmap::Bitmap,
    close::{ENOUGH, close},
    counting::{Counting, few},
    explain::{hit, hits},
    loosen::loosen,
    narrow::{Narrowed, Question},
    near::Around,
    part::Part,
    ranking::first,
    segment::{Segment, SegmentBuilder},
    words::look_up,
};
use crate::search::{Ask, Card, Choice, Close, Criteria, Found, Hit, Sort};
use crate::{
    offers::{Change, Listed, OfferId},
    paging::{PER_PAGE, PageNumber},
    places::{Gss, Places},
    text::Slug,
    topics::Language,
};

/// Never changes: a change makes a new one, which shares nearly everything with it.
///
/// It is one large segment and, after changes, a small one beside it with what is new. Every search asks
/// both and adds up; nothing it computes for one offer depends on the others but for how rare a word is,
/// and that is counted over both. So the answers are those of a catalogue built afresh.
#[derive(Clone, Debug)]
pub struct Catalogue {
    parts: Vec<Part>,
    /// What the small segment is made of.
    recent: Vec<Arc<Listed>>,
    places: Arc<Places>,
    /// Those that occur, each as a choice.
    boroughs: Arc<[(Gss, Choice)]>,
    /// By [`Language::index`]: whether any offer may be held in it.
    languages: Vec<bool>,
    today: Date,
}

/// A catalogue that takes its offers one by one, so that they need not all be in memory; or some at a
/// time from others of its kind, which may be filled beside one another.
pub struct CatalogueBuilder {
    segment: SegmentBuilder,
    today: Date,
}

impl CatalogueBuilder {
    pub fn new(now: DateTime) -> Self {
        Self { segment: SegmentBuilder::new(now.date()), today: now.date() }
    }
    pub fn add(&mut self, listed: &Listed) {
        self.segment.add(listed);
    }
    /// All that another has, as if its offers had been added here, in their order. Both are for one day.
    pub fn append(&mut self, other: Self) {
        self.segment.append(other.segment);
    }
    pub fn finish(self, places: Arc<Places>) -> Catalogue {
        let mut catalogue = Catalogue {
            parts: vec![Part::of(self.segment.finish())],
            recent: Vec::new(),
            places,
            boroughs: Arc::default(),
            languages: Vec::new(),
            today: self.today,
        };
        catalogue.take_stock();
        catalogue
    }
}

impl Catalogue {
    /// Sessions are worked out for 26 weeks from the day of `now`, and answers are right on that day and
    /// the day after.
    pub fn build(
        offers: impl IntoIterator<Item = Listed>,
        places: Arc<Places>,
        now: DateTime,
    ) -> Self {
        let mut builder = CatalogueBuilder::new(now);
        offers.into_iter().for_each(|listed| builder.add(&listed));
        builder.finish(places)
    }

    /// The same after some changes, each to an offer of its own or the later ones last.
    pub fn with(&self, changes: impl IntoIterator<Item = Change>) -> Self {
        let mut next = self.clone();
        next.parts.truncate(1);
        for change in changes {
            let id = match &change {
                Change::Listed(listed) => listed.offer.id,
                Change::Gone(id) => *id,
            };
            next.recent.retain(|one| one.offer.id != id);
            for part in &mut next.parts {
                if let Some(ordinal) = part.segment.ordinal(id) {
                    part.alive.remove(ordinal);
                }
            }
            if let Change::Listed(listed) = change {
                next.recent.push(Arc::from(listed));
            }
        }
        if !next.recent.is_empty() {
            let mut small = SegmentBuilder::new(self.today);
            next.recent.iter().for_each(|listed| small.add(listed));
            next.parts.push(Part::of(small.finish()));
        }
        next.take_stock();
        next
    }

    pub fn places(&self) -> &Arc<Places> {
        &self.places
    }
    /// The same with another gazetteer.
    pub fn with_places(&self, places: Arc<Places>) -> Self {
        let mut next = Self { places, ..self.clone() };
        next.take_stock();
        next
    }

    /// How many offers changed since it was built.
    pub fn changed(&self) -> usize {
        let alive: usize = self.parts.first().map_or(0, |part| part.alive.len());
        let all = self.parts.first().map_or(0, |part| part.segment.len());
        self.recent.len() + all - alive
    }

    /// The day it was built for.
    pub fn built_for(&self) -> Date {
        self.today
    }

    /// One page of what fits, with everything a results page says about it.
    pub fn find(&self, criteria: &Criteria, now: DateTime) -> Found<'_> {
        let alive = self.alive(now);
        let count: usize = alive.iter().map(Bitmap::len).sum();
        let segments = self.segments();
        let question = self.question(criteria, &segments, &alive, now);
        let narrowed = Narrowed::each(&question, &segments, alive);
        let sets: Vec<&Bitmap> = narrowed.iter().map(|one| &one.all).collect();
        let total = narrowed.iter().map(|one| one.total).sum();
        let until = (criteria.page.offset() + PER_PAGE).min(total);
        let ranked = first(&question, criteria.sort, &segments, &sets, count, until);
        let shown = ranked.get(criteria.page.offset()..).unwrap_or_default();
        let counting = Counting {
            few: few(&segments, &narrowed),
            question: &question,
            segments: &segments,
            narrowed: &narrowed,
            boroughs: &self.boroughs,
            served: self.parts.iter().map(|part| &*part.served).collect(),
            languages: &self.languages,
        };
        Found {
            total,
            hits: hits(&question, &segments, shown),
            called: Vec::new(),
            close: if total < ENOUGH {
                close(&question, &segments, &narrowed, &self.places)
            } else {
                Vec::<Close<'_>>::new()
            },
            counts: counting.counts(),
            loosen: if total == 0 {
                loosen(&question, &segments, &narrowed, &self.places)
            } else {
                Vec::new()
            },
        }
    }

    /// The same for a whole question: what has just the name that was typed is on the first page, and shown
    /// once.
    pub fn answer(&self, asked: &Ask, now: DateTime) -> Found<'_> {
        let mut found = self.find(&asked.criteria, now);
        if asked.criteria.page == PageNumber::default() {
            let mut called = self.called(asked.parameters.first("q").unwrap_or_default(), now);
            let named = |hit: &Hit<'_>| called.iter().any(|one| one.card.id == hit.card.id);
            found.close.retain(|close| !named(&close.hit));
            if asked.criteria.sort == Sort::Best {
                found.hits.sort_by_key(|hit| !named(hit));
            }
            called.retain(|one| found.hits.iter().all(|hit| hit.card.id != one.card.id));
            found.called = called;
        }
        found
    }

    /// The offers of this name, three at most: one name makes one address, and numbered ones.
    fn called(&self, name: &str, now: DateTime) -> Vec<Hit<'_>> {
        let Some(named) = Slug::from_name(name) else {
            return Vec::new();
        };
        let all = named.candidates().take(3).map_while(|slug| self.hit(&slug, now));
        all.filter(|hit| Slug::from_name(hit.card.title.as_str()).as_ref() == Some(&named))
            .collect()
    }

    /// How many are shown.
    pub fn len(&self, now: DateTime) -> usize {
        self.alive(now).iter().map(Bitmap::len).sum()
    }
    pub fn is_empty(&self, now: DateTime) -> bool {
        self.len(now) == 0
    }

    pub fn card(&self, slug: &Slug, now: DateTime) -> Option<Arc<Card>> {
        self.one(|segment| segment.ordinal_of_slug(slug), now)
    }
    pub fn card_of(&self, id: OfferId, now: DateTime) -> Option<Arc<Card>> {
        self.one(|segment| segment.ordinal(id), now)
    }
    /// With its next session.
    pub fn hit(&self, slug: &Slug, now: DateTime) -> Option<Hit<'_>> {
        let criteria = Criteria::default();
        let question = Question::empty(&criteria, now);
        self.parts.iter().enumerate().find_map(|(place, part)| {
            let ordinal = part.segment.ordinal_of_slug(slug)?;
            part.alive(now).contains(ordinal).then(|| hit(&question, place, &part.segment, ordinal))
        })
    }

    /// Those of these that are shown.
    pub fn hits(&self, slugs: &[Slug], now: DateTime) -> Vec<Hit<'_>> {
        slugs.iter().filter_map(|slug| self.hit(slug, now)).collect()
    }

    /// In no order to rely on.
    pub fn cards(&self, now: DateTime) -> Vec<Arc<Card>> {
        let each = self.parts.iter().zip(self.alive(now));
        each.flat_map(|(part, alive)| {
            alive.iter().map(|at| part.segment.card(at).clone()).collect::<Vec<_>>()
        })
        .collect()
    }

    /// The next sessions, each of another offer.
    pub fn soonest(&self, many: usize, now: DateTime) -> Vec<Hit<'_>> {
        self.first(Sort::Soonest, many, now)
    }
    pub fn newest(&self, many: usize, now: DateTime) -> Vec<Hit<'_>> {
        self.first(Sort::Newest, many, now)
    }
    /// What a provider offers, the soonest first.
    pub fn by_provider(&self, provider: &Slug, now: DateTime) -> Vec<Hit<'_>> {
        let all = self.alive(now);
        let sets = self.parts.iter().zip(all).map(|(part, alive)| {
            let mut its = Bitmap::of(part.segment.len(), |at| {
                part.segment.cards[at].provider_slug == *provider
            });
            its.and(&alive);
            its
        });
        self.sorted(Sort::Soonest, &sets.collect::<Vec<_>>(), usize::MAX, now)
    }

    /// By code: what is in each borough or comes to it. What serves everywhere is counted apart.
    pub fn count_by_borough(&self, now: DateTime) -> Vec<(Gss, usize)> {
        let everywhere = self.count_everywhere(now);
        let count = |gss| self.count(|segment| segment.values.borough(gss), now) - everywhere;
        self.boroughs.iter().map(|(gss, _)| (*gss, count(*gss))).collect()
    }
    /// What serves every borough: most of it online or by telephone.
    pub fn count_everywhere(&self, now: DateTime) -> usize {
        self.count(|segment| segment.values.everywhere(), now)
    }

    fn count<'a>(&'a self, set: impl Fn(&'a Segment) -> &'a Bitmap, now: DateTime) -> usize {
        let each = self.parts.iter().zip(self.alive(now));
        each.map(|(part, alive)| alive.shared_with(set(&part.segment))).sum()
    }

    fn one(&self, ordinal: impl Fn(&Segment) -> Option<u32>, now: DateTime) -> Option<Arc<Card>> {
        self.parts.iter().zip(self.alive(now)).find_map(|(part, alive)| {
            let ordinal = ordinal(&part.segment).filter(|at| alive.contains(*at))?;
            Some(part.segment.card(ordinal).clone())
        })
    }

    fn first(&self, sort: Sort, many: usize, now: DateTime) -> Vec<Hit<'_>> {
        self.sorted(sort, &self.alive(now), many, now)
    }

    fn sorted(&self, sort: Sort, sets: &[Bitmap], many: usize, now: DateTime) -> Vec<Hit<'_>> {
        let criteria = Criteria::default();
        let question = Question::empty(&criteria, now);
        let segments = self.segments();
        let sets: Vec<&Bitmap> = sets.iter().collect();
        let total: usize = sets.iter().map(|set| set.len()).sum();
        let ranked = first(&question, sort, &segments, &sets, total, many.min(total));
        hits(&question, &segments, &ranked)
    }

    /// What all that was asked comes to.
    fn question<'a>(
        &self,
        criteria: &'a Criteria,
        segments: &[&Segment],
        alive: &[Bitmap],
        now: DateTime,
    ) -> Question<'a> {
        let each = segments.iter().zip(alive);
        let indexes: Vec<_> =
            each.map(|(segment, alive)| (&segment.index, alive, segment.len())).collect();
        Question {
            criteria,
            words: look_up(&criteria.words, &indexes),
            around: criteria.near.as_ref().map(|near| Around::new(near, &self.places)),
            when: Question::when_of(criteria),
            now,
        }
    }

    fn segments(&self) -> Vec<&Segment> {
        self.parts.iter().map(|part| &*part.segment).collect()
    }

    fn alive(&self, now: DateTime) -> Vec<Bitmap> {
        self.parts.iter().map(|part| part.alive(now)).collect()
    }

    /// Which boroughs and languages occur: those of the gazetteer by name, then any others.
    fn take_stock(&mut self) {
        let occurring: BTreeSet<Gss> =
            self.parts.iter().flat_map(|part| part.segment.values.boroughs()).collect();
        let known: Vec<Gss> = self.places.boroughs().iter().map(|one| one.gss).collect();
        let others = occurring.into_iter().filter(|gss| !known.contains(gss));
        let choice = |gss: Gss| {
            let named = self.places.borough(gss).map(|one| (one.slug.as_str(), &*one.name));
            let (code, label) = named.unwrap_or((gss.as_str(), gss.as_str()));
            (gss, Choice::new("borough", code.to_owned(), label.to_owned()))
        };
        self.boroughs = known.iter().copied().chain(others).map(choice).collect();
        let boroughs = self.boroughs.iter().map(|(gss, _)| *gss);
        self.parts.iter_mut().for_each(|part| part.look_up(boroughs.clone()));
        let spoken = |one: Language| {
            let mut parts = self.parts.iter();
            parts.any(|p| p.alive.shared_with(&p.segment.values.languages[one.index()]) > 0)
        };
        self.languages = Language::all().map(spoken).collect();
    }
}
