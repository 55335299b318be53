//! Sets of ordinals as dense words: what every filter value is kept as.
use super::wide::widely;

/// Ordinals from 0 up to a length fixed when it is made, one bit each.
///
/// Loops run as wide as the processor allows, chosen at run time. Two sets that meet in one
/// operation must be of one length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bitmap {
    words: Vec<u64>,
}

impl Bitmap {
    pub fn empty(length: usize) -> Self {
        Self { words: vec![0; length.div_ceil(64)] }
    }

    pub fn full(length: usize) -> Self {
        let mut words = vec![u64::MAX; length / 64];
        if !length.is_multiple_of(64) {
            words.push((1 << (length % 64)) - 1);
        }
        Self { words }
    }

    /// From its words, the lowest bit of each first.
    pub fn of_words(length: usize, words: Vec<u64>) -> Self {
        debug_assert_eq!(words.len(), length.div_ceil(64));
        debug_assert!(
            length.is_multiple_of(64) || words.last().is_none_or(|w| w >> (length % 64) == 0)
        );
        Self { words }
    }

    /// None, of as many as another set may have.
    fn empty_like(other: &Self) -> Self {
        Self { words: vec![0; other.words.len()] }
    }

    pub fn insert(&mut self, ordinal: u32) {
        self.words[ordinal as usize / 64] |= 1 << (ordinal % 64);
    }
    pub fn remove(&mut self, ordinal: u32) {
        self.words[ordinal as usize / 64] &= !(1 << (ordinal % 64));
    }
    pub fn contains(&self, ordinal: u32) -> bool {
        self.words[ordinal as usize / 64] >> (ordinal % 64) & 1 == 1
    }

    /// Those that pass a test.
    pub fn of(length: usize, test: impl Fn(usize) -> bool) -> Self {
        let word = |at: usize| {
            let ordinals = at * 64..(at * 64 + 64).min(length);
            ordinals.fold(0, |bits, at| bits | u64::from(test(at)) << (at % 64))
        };
        Self { words: (0..length.div_ceil(64)).map(word).collect() }
    }

    pub fn and(&mut self, other: &Self) {
        self.zip(other, |one, other| *one &= other);
    }
    pub fn or(&mut self, other: &Self) {
        self.zip(other, |one, other| *one |= other);
    }
    pub fn and_not(&mut self, other: &Self) {
        self.zip(other, |one, other| *one &= !other);
    }

    pub fn len(&self) -> usize {
        widely(
            #[inline(always)]
            || count(self.words.iter().copied()),
        )
    }

    /// How many are in both.
    pub fn shared_with(&self, other: &Self) -> usize {
        widely(
            #[inline(always)]
            || count(self.words.iter().zip(&other.words).map(|(one, other)| one & other)),
        )
    }

    /// How many are in both, for each of these, added to what is there.
    pub fn add_shared_with(&self, others: &[Self], counts: &mut [usize]) {
        widely(
            #[inline(always)]
            || {
                for (other, all) in others.iter().zip(counts) {
                    let both = self.words.iter().zip(&other.words);
                    *all += count(both.map(|(one, other)| one & other));
                }
            },
        );
    }

    /// How many are in this and in any of the others, without making their union.
    pub fn shared_with_any(&self, others: &[&Self]) -> usize {
        match others {
            [] => 0,
            [other] => self.shared_with(other),
            // Days and parts of the day without dates seldom ask for more than four.
            [one, two] => self.shared_with_each(one.or_each(two)),
            [one, two, three] => {
                let any = one.or_each(two).zip(&three.words).map(|(any, three)| any | three);
                self.shared_with_each(any)
            }
            [one, two, three, four] => {
                let any = one.or_each(two).zip(three.or_each(four)).map(|(one, other)| one | other);
                self.shared_with_each(any)
            }
            [first, rest @ ..] => {
                let mut any = (*first).clone();
                rest.iter().for_each(|other| any.or(other));
                self.shared_with(&any)
            }
        }
    }

    /// The words of their union.
    #[inline(always)]
    fn or_each<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = u64> + 'a {
        self.words.iter().zip(&other.words).map(|(one, other)| one | other)
    }

    /// How many are in both this and a set of these words.
    #[inline(always)]
    fn shared_with_each(&self, words: impl Iterator<Item = u64>) -> usize {
        widely(
            #[inline(always)]
            || count(self.words.iter().zip(words).map(|(own, other)| own & other)),
        )
    }

    /// In rising order.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        ones(self.words.iter().copied())
    }
    /// What is in both, in rising order.
    pub fn iter_shared<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = u32> + 'a {
        ones(self.words.iter().zip(&other.words).map(|(one, other)| one & other))
    }

    fn zip(&mut self, other: &Self, step: impl Fn(&mut u64, u64)) {
        debug_assert_eq!(self.words.len(), other.words.len());
        widely(
            #[inline(always)]
            || {
                for (one, other) in self.words.iter_mut().zip(&other.words) {
                    step(one, *other);
                }
            },
        );
    }
}

#[inline(always)]
fn count(words: impl Iterator<Item = u64>) -> usize {
    words.map(|word| u64::from(word.count_ones())).sum::<u64>() as usize
}

fn ones(words: impl Iterator<Item = u64>) -> impl Iterator<Item = u32> {
    words.enumerate().flat_map(|(at, mut word)| {
        std::iter::from_fn(move || {
            (word != 0).then(|| {
                let bit = word.trailing_zeros();
                word &= word - 1;
                (at as u32) * 64 + bit
            })
        })
    })
}

/// What misses at most so many of several sets: at place 0 what misses none, and so on up to `most`.
pub(super) fn missing_at_most(most: usize, alive: &Bitmap, parts: &[&Bitmap]) -> Vec<Bitmap> {
    let mut up_to = vec![alive.clone(); most + 1];
    for part in parts {
        for missed in (0..=most).rev() {
            let (fewer, this) = up_to.split_at_mut(missed);
            this[0].and(part);
            if let Some(fewer) = fewer.last() {
                this[0].or(fewer);
            }
        }
    }
    up_to
}

/// What misses exactly one of several sets, counted in binary with two digits.
pub(super) fn missing_exactly_one(alive: &Bitmap, parts: &[&Bitmap]) -> Bitmap {
    let mut once = Bitmap::empty_like(alive);
    let mut more = once.clone();
    for part in parts {
        widely(
            #[inline(always)]
            || {
                let counted = once.words.iter_mut().zip(&mut more.words);
                for ((once, more), (alive, part)) in
                    counted.zip(alive.words.iter().zip(&part.words))
                {
                    let missed = alive & !part;
                    *more |= *once & missed;
                    *once |= missed;
                }
            },
        );
    }
    once.and_not(&more);
    once
}

/// What is in `those` goes up by so many levels if it is on one of the first `most`.
pub(super) fn raise(levels: &mut Vec<Bitmap>, those: &Bitmap, by: usize, most: usize) {
    let raised = levels.len().min(most);
    levels.resize(levels.len().max(raised + by), Bitmap::empty_like(those));
    // From the top down, so that nothing is moved twice.
    for level in (0..raised).rev() {
        let mut up = levels[level].clone();
        up.and(those);
        levels[level].and_not(those);
        levels[level + by].or(&up);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(length: usize, ordinals: &[u32]) -> Bitmap {
        let mut set = Bitmap::empty(length);
        ordinals.iter().for_each(|one| set.insert(*one));
        set
    }

    #[test]
    fn a_full_set_has_exactly_its_length() {
        for length in [0, 1, 63, 64, 65, 1000] {
            assert_eq!(Bitmap::full(length).len(), length);
            assert_eq!(Bitmap::full(length).iter().count(), length);
        }
    }

    proptest! {
        #[test]
        fn it_does_what_a_set_does(
            one in proptest::collection::btree_set(0_u32..300, 0..60),
            other in proptest::collection::btree_set(0_u32..300, 0..60),
        ) {
            let list = |set: &std::collections::BTreeSet<u32>| set.iter().copied().collect::<Vec<_>>();
            let (a, b) = (set(300, &list(&one)), set(300, &list(&other)));
            let (mut both, mut any, mut less) = (a.clone(), a.clone(), a.clone());
            both.and(&b);
            any.or(&b);
            less.and_not(&b);
            prop_assert_eq!(both.iter().collect::<Vec<_>>(), list(&(&one & &other)));
            prop_assert_eq!(any.iter().collect::<Vec<_>>(), list(&(&one | &other)));
            prop_assert_eq!(less.iter().collect::<Vec<_>>(), list(&(&one - &other)));
            prop_assert_eq!(a.shared_with(&b), both.len());
            prop_assert_eq!(a.iter_shared(&b).collect::<Vec<_>>(), list(&(&one & &other)));
            let sets = [&a, &b, &both, &less, &any];
            for many in 0..=sets.len() {
                let mut union = Bitmap::empty(300);
                sets[..many].iter().for_each(|set| union.or(set));
                prop_assert_eq!(b.shared_with_any(&sets[..many]), b.shared_with(&union));
            }
            let mut counts = [1, 2];
            a.add_shared_with(&[b.clone(), less.clone()], &mut counts);
            prop_assert_eq!(counts, [1 + a.shared_with(&b), 2 + a.shared_with(&less)]);
            let exactly_one = missing_exactly_one(&Bitmap::full(300), &[&a, &b]);
            prop_assert_eq!(exactly_one.iter().collect::<Vec<_>>(), list(&(&one ^ &other)));
        }
    }
}
