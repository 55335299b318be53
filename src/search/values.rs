//! One set of offers for every value of every filter.
use std::collections::BTreeMap;

use super::{
    bitmap::Bitmap,
    facts::{Facts, Serves},
};
use crate::{
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
    pub languages: Vec<Bitmap>,
    /// Pence for one session, or [`Facts::NO_PRICE`].
    prices: Vec<u32>,
    /// Youngest and oldest; everybody where it is not stated.
    ages: Vec<(u8, u8)>,
    /// What is in a borough, comes to it, or serves everywhere.
    boroughs: BTreeMap<Gss, Bitmap>,
    everywhere: Bitmap,
}

impl Values {
    pub fn of(facts: &[Facts], serves: &[Serves]) -> Self {
        let length = facts.len();
        let shelf = |n: usize| vec![Bitmap::empty(length); n];
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
            prices: facts.iter().map(|one| one.price).collect(),
            ages: facts.iter().map(Facts::age_limits).collect(),
            boroughs: BTreeMap::new(),
            everywhere: Bitmap::empty(length),
        };
        for (ordinal, (one, serves)) in facts.iter().zip(serves).enumerate() {
            values.add(ordinal as u32, one, serves);
        }
        for borough in values.boroughs.values_mut() {
            borough.or(&values.everywhere);
        }
        values
    }

    pub fn borough(&self, gss: Gss) -> &Bitmap {
        self.boroughs.get(&gss).unwrap_or(&self.everywhere)
    }
    pub fn boroughs(&self) -> impl Iterator<Item = Gss> {
        self.boroughs.keys().copied()
    }

    /// What costs no more than so many pence.
    pub fn priced(&self, most: u32) -> Bitmap {
        Bitmap::of(self.length, |at| self.prices[at] <= most && self.prices[at] != Facts::NO_PRICE)
    }
    /// What suits somebody of these years, or says nothing of ages.
    pub fn aged(&self, from: u8, to: u8) -> Bitmap {
        Bitmap::of(self.length, |at| self.ages[at].0 <= to && from <= self.ages[at].1)
    }

    /// What has any of the codes, by a shelf of this segment.
    pub fn any<T: Code>(&self, shelf: &[Bitmap], codes: Codes<T>) -> Bitmap {
        self.union(codes.iter().map(|code| &shelf[code.index()]))
    }
    pub fn union<'a>(&self, sets: impl Iterator<Item = &'a Bitmap>) -> Bitmap {
        let mut any = Bitmap::empty(self.length);
        sets.for_each(|set| any.or(set));
        any
    }

    fn add(&mut self, ordinal: u32, facts: &Facts, serves: &Serves) {
        insert(&mut self.needs, facts.needs, ordinal);
        insert(&mut self.activities, facts.activities, ordinal);
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
        match serves {
            Serves::Everywhere => self.everywhere.insert(ordinal),
            Serves::Boroughs(boroughs) => {
                let length = self.length;
                for gss in boroughs {
                    let set = self.boroughs.entry(*gss).or_insert_with(|| Bitmap::empty(length));
                    set.insert(ordinal);
                }
            }
        }
    }
}

fn insert<T: Code>(shelf: &mut [Bitmap], codes: Codes<T>, ordinal: u32) {
    for code in codes.iter() {
        shelf[code.index()].insert(ordinal);
    }
}
