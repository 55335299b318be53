//! How well an offer answers the needs and activities that were asked for.
use super::{
    bitmap::{Bitmap, raise},
    values::Values,
};
use crate::{search::Criteria, topics::Code};

/// Each need that is met counts one, up to so many.
const MOST_NEEDS: usize = 3;
/// What it counts that an activity asked for is its main one.
const MAINLY: usize = 2;

/// Of one segment, the sets that tell how well an offer answers.
pub(super) struct Topics<'a> {
    /// What meets each need.
    needs: Vec<&'a Bitmap>,
    /// What is mainly each activity.
    mainly: Vec<&'a Bitmap>,
}

impl<'a> Topics<'a> {
    pub fn new(criteria: &Criteria, values: &'a Values) -> Self {
        Self {
            needs: criteria.needs.iter().map(|one| &values.needs[one.index()]).collect(),
            mainly: criteria.activities.iter().map(|one| &values.mainly[one.index()]).collect(),
        }
    }

    /// Of one offer: 0 to 5.
    pub fn of(&self, ordinal: u32) -> u32 {
        let among = |sets: &[&Bitmap]| sets.iter().filter(|set| set.contains(ordinal)).count();
        (among(&self.needs).min(MOST_NEEDS) + MAINLY * among(&self.mainly).min(1)) as u32
    }

    /// A whole set by what [`Topics::of`] gives: at place 2 those that have two.
    pub fn levels(&self, set: &Bitmap) -> Vec<Bitmap> {
        let mut levels = vec![set.clone()];
        for need in &self.needs {
            raise(&mut levels, need, 1, MOST_NEEDS);
        }
        if let [first, rest @ ..] = &self.mainly[..] {
            let mut any = (*first).clone();
            rest.iter().for_each(|one| any.or(one));
            raise(&mut levels, &any, MAINLY, usize::MAX);
        }
        levels
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{collection::vec, prelude::*};

    use super::*;

    const LENGTH: u32 = 200;

    fn some(most: usize) -> impl Strategy<Value = Vec<BTreeSet<u32>>> {
        vec(proptest::collection::btree_set(0..LENGTH, 0..150), 0..most)
    }

    fn bitmap(ordinals: &BTreeSet<u32>) -> Bitmap {
        Bitmap::of(LENGTH as usize, |at| ordinals.contains(&(at as u32)))
    }

    proptest! {
        #[test]
        fn each_offer_of_a_set_is_on_the_level_of_its_topics(
            set in proptest::collection::btree_set(0..LENGTH, 0..150),
            needs in some(6),
            mainly in some(4),
        ) {
            let needs: Vec<Bitmap> = needs.iter().map(bitmap).collect();
            let mainly: Vec<Bitmap> = mainly.iter().map(bitmap).collect();
            let topics = Topics { needs: needs.iter().collect(), mainly: mainly.iter().collect() };
            let mut seen = BTreeSet::new();
            for (level, those) in topics.levels(&bitmap(&set)).iter().enumerate() {
                for ordinal in those.iter() {
                    prop_assert_eq!(topics.of(ordinal) as usize, level);
                    prop_assert!(seen.insert(ordinal), "nothing is on two levels");
                }
            }
            prop_assert_eq!(seen, set);
        }
    }
}
