//! One set of offers for every value of every filter.
use std::{borrow::Cow, collections::BTreeSet};

use super::{
    bitmap::Bitmap,
    facts::{Facts, Serves},
    ladder::Ladder,
    tally::Coded,
};
use crate::{
    offers::Ages,
    places::Gss,
    topics::{
        Access, Activity, Audience, Code, Codes, Cost, Delivery, Joining, Language, Need, Places,
    },
};

/// By [`Code::index`], but for boroughs.
#[derive(Debug)]
pub(super) struct Values {
    length: usize,
    pub needs: Vec<Bitmap>,
    /// An artform has everything in it.
    pub activities: Vec<Bitmap>,
    /// Fit: all but what is only for others.
    pub audiences: Vec<Bitmap>,
    pub access: Vec<Bitmap>,
    pub delivery: Vec<Bitmap>,
    pub cost: Vec<Bitmap>,
    pub joining: Vec<Bitmap>,
    pub places: Vec<Bitmap>,
    /// What may be held in it, see [`Facts::spoken`].
    pub languages: Vec<Bitmap>,
    /// What says that it is held in English: of other languages the two are the same.
    pub in_english: Bitmap,
    /// What names a language besides English. All the rest counts for English alone.
    pub in_others: Bitmap,
    /// What each offer is counted under, boroughs too but not languages: for few offers.
    pub codes: Vec<Coded>,
    /// Pence for one session.
    prices: Ladder,
    youngest: Ladder,
    oldest: Ladder,
    /// Named in any way: for, especially welcome, only.
    pub named: Vec<Bitmap>,
    pub mainly: Vec<Bitmap>,
    pub ages_stated: Bitmap,
    /// What is in a borough, comes to it, or serves everywhere; in the order of their codes.
    boroughs: Vec<(Gss, Bitmap)>,
    everywhere: Bitmap,
}

impl Values {
    pub fn of(facts: &[Facts], serves: &[Serves]) -> Self {
        let length = facts.len();
        let shelf = |n: usize| vec![Bitmap::empty(length); n];
        let served: BTreeSet<Gss> = serves.iter().flat_map(Serves::boroughs).copied().collect();
        let mut values = Self {
            length,
            needs: shelf(Need::ALL.len()),
            activities: shelf(Activity::ALL.len()),
            audiences: shelf(Audience::ALL.len()),
            access: shelf(Access::ALL.len()),
            delivery: shelf(Delivery::ALL.len()),
            cost: shelf(Cost::ALL.len()),
            joining: shelf(Joining::ALL.len()),
            places: shelf(Places::ALL.len()),
            languages: shelf(Language::all().count()),
            in_english: Bitmap::of(length, |at| facts[at].names(Language::ENGLISH)),
            in_others: Bitmap::of(length, |at| facts[at].names_others()),
            codes: Vec::with_capacity(length),
            prices: Ladder::of(facts.iter().map(Facts::least_price)),
            youngest: Ladder::of(facts.iter().map(|one| Some(one.age_limits().0.into()))),
            oldest: Ladder::of(facts.iter().map(|one| Some(one.age_limits().1.into()))),
            named: shelf(Audience::ALL.len()),
            mainly: shelf(Activity::ALL.len()),
            ages_stated: Bitmap::of(length, |at| facts[at].ages != Ages::NotStated),
            boroughs: served.into_iter().map(|gss| (gss, Bitmap::empty(length))).collect(),
            everywhere: Bitmap::empty(length),
        };
        for (ordinal, (one, serves)) in facts.iter().zip(serves).enumerate() {
            values.add(ordinal as u32, one, serves);
        }
        for (_, borough) in &mut values.boroughs {
            borough.or(&values.everywhere);
        }
        values
    }

    pub fn borough(&self, gss: Gss) -> &Bitmap {
        self.borough_at(self.place_of(gss))
    }
    /// The same by its place among those that occur, if it does.
    pub fn borough_at(&self, place: Option<usize>) -> &Bitmap {
        place.map_or(&self.everywhere, |place| &self.boroughs[place].1)
    }
    /// A borough's place among those that occur.
    pub fn place_of(&self, gss: Gss) -> Option<usize> {
        self.boroughs.binary_search_by_key(&gss, |(one, _)| *one).ok()
    }
    /// What serves every borough, known or not.
    pub fn everywhere(&self) -> &Bitmap {
        &self.everywhere
    }
    pub fn boroughs(&self) -> impl Iterator<Item = Gss> {
        self.boroughs.iter().map(|(gss, _)| *gss)
    }

    /// What costs no more than so many pence.
    pub fn priced(&self, most: u32) -> Bitmap {
        self.prices.up_to(most)
    }
    /// What suits somebody of these years, or says nothing of ages.
    pub fn aged(&self, from: u8, to: u8) -> Bitmap {
        let mut suits = self.youngest.up_to(to.into());
        if let Some(younger) = from.checked_sub(1) {
            suits.and_not(&self.oldest.up_to(younger.into()));
        }
        suits
    }

    /// What has any of the codes, by a shelf of this segment.
    pub fn any<'a, T: Code>(&self, shelf: &'a [Bitmap], codes: Codes<T>) -> Cow<'a, Bitmap> {
        self.either(codes.iter().map(|code| &shelf[code.index()]))
    }
    /// The union, made only if there is more than one.
    pub fn either<'a>(&self, mut sets: impl Iterator<Item = &'a Bitmap>) -> Cow<'a, Bitmap> {
        match (sets.next(), sets.next()) {
            (None, _) => Cow::Owned(Bitmap::empty(self.length)),
            (Some(only), None) => Cow::Borrowed(only),
            (Some(one), Some(other)) => {
                let mut any = one.clone();
                any.or(other);
                sets.for_each(|set| any.or(set));
                Cow::Owned(any)
            }
        }
    }
    fn add(&mut self, ordinal: u32, facts: &Facts, serves: &Serves) {
        insert(&mut self.needs, facts.needs, ordinal);
        insert(&mut self.activities, facts.activities, ordinal);
        insert(&mut self.mainly, [facts.main, facts.main.artform()].into_iter().collect(), ordinal);
        insert(&mut self.named, facts.named, ordinal);
        insert(&mut self.access, facts.yes, ordinal);
        insert(&mut self.delivery, facts.delivery, ordinal);
        insert(&mut self.joining, facts.joining, ordinal);
        insert(&mut self.cost, [facts.cost].into_iter().collect(), ordinal);
        insert(&mut self.places, facts.places.into_iter().collect(), ordinal);
        let open = if facts.only.is_empty() {
            Audience::ALL.iter().copied().collect()
        } else {
            facts.only
        };
        insert(&mut self.audiences, open, ordinal);
        for language in Language::all() {
            if facts.speaks(1 << language.index()) {
                self.languages[language.index()].insert(ordinal);
            }
        }
        let boroughs: Vec<usize> =
            serves.boroughs().filter_map(|gss| self.place_of(*gss)).collect();
        boroughs.iter().for_each(|place| self.boroughs[*place].1.insert(ordinal));
        if *serves == Serves::Everywhere {
            self.everywhere.insert(ordinal);
        }
        self.codes.push(Coded::of(facts, serves, boroughs.into_iter()));
    }
}

fn insert<T: Code>(shelf: &mut [Bitmap], codes: Codes<T>, ordinal: u32) {
    for code in codes.iter() {
        shelf[code.index()].insert(ordinal);
    }
}
