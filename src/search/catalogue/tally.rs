//! What each offer is counted under as bits, side by side, and how often each of them occurs among some offers.
use super::{
    facts::{Facts, Serves},
    wide::widely,
};
use crate::topics::{Access, Activity, Audience, Code, Cost, Delivery, Joining, Need, Places};

/// The codes of one offer in half a cache line, so that one look at it serves every group.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(super) struct Coded([u64; WORDS]);

const WORDS: usize = 4;

/// Where the codes of a group begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    word: usize,
    /// The lowest bit.
    first: usize,
}

impl Column {
    pub const ACTIVITIES: Self = Self::at(0, 0);
    pub const NEEDS: Self = Self::at(1, 0);
    pub const AUDIENCES: Self = Self::at(1, 32);
    pub const ACCESS: Self = Self::at(1, 48);
    pub const DELIVERY: Self = Self::at(2, 0);
    pub const COST: Self = Self::at(2, 8);
    pub const JOINING: Self = Self::at(2, 16);
    pub const PLACES: Self = Self::at(2, 24);
    /// By their order in the segment, as many as there is room for.
    const BOROUGHS: Self = Self::at(3, 0);
    /// Whether it is open to everybody, instead of all bits of [`Column::AUDIENCES`].
    const OPEN: Self = Self::at(2, 32);
    /// Whether it serves every borough, instead of all bits of [`Column::BOROUGHS`].
    const EVERYWHERE: Self = Self::at(2, 33);

    const fn at(word: usize, first: usize) -> Self {
        Self { word, first }
    }
    const fn bits(self, bits: u64) -> u64 {
        bits << self.first
    }
}

const _: () = assert!(Activity::ALL.len() <= 64 && Need::ALL.len() <= 32);
const _: () = assert!(Audience::ALL.len() <= 16 && Access::ALL.len() <= 16);
const _: () = assert!(Delivery::ALL.len() <= 8 && Cost::ALL.len() <= 8);
const _: () = assert!(Joining::ALL.len() <= 8 && Places::ALL.len() <= 8);

impl Coded {
    /// `boroughs` are the places of those it serves among the segment's.
    pub fn of(facts: &Facts, serves: &Serves, boroughs: impl Iterator<Item = usize>) -> Self {
        let cost = 1 << facts.cost.index();
        let places = facts.places.map_or(0, |places| 1 << places.index());
        let mut coded = Self([0; WORDS]);
        coded.put(Column::ACTIVITIES, facts.activities.bits());
        coded.put(Column::NEEDS, facts.needs.bits());
        coded.put(Column::AUDIENCES, facts.only.bits());
        coded.put(Column::ACCESS, facts.yes.bits());
        coded.put(Column::DELIVERY, facts.delivery.bits());
        coded.put(Column::COST, cost);
        coded.put(Column::JOINING, facts.joining.bits());
        coded.put(Column::PLACES, places);
        coded.put(Column::OPEN, facts.only.is_empty().into());
        coded.put(Column::EVERYWHERE, (*serves == Serves::Everywhere).into());
        let held = boroughs.filter(|place| *place < 64);
        held.for_each(|place| coded.put(Column::BOROUGHS, 1 << place));
        coded
    }

    fn put(&mut self, column: Column, bits: u64) {
        self.0[column.word] |= column.bits(bits);
    }
}

/// How many of some offers have each bit.
#[derive(Debug)]
pub(super) struct Tally {
    counts: [[u16; 64]; WORDS],
}

/// Binary digits of the most offers that are counted so.
const DIGITS: usize = 10;

impl Tally {
    /// More are not counted so.
    pub const MOST: usize = (1 << DIGITS) - 1;

    /// Adds up all columns at once, in binary: a word for each digit of 64 counts.
    pub fn of(all: &[Coded]) -> Self {
        debug_assert!(all.len() <= Self::MOST);
        let mut digits = [[0; WORDS]; DIGITS];
        widely(
            #[inline(always)]
            || {
                for Coded(bits) in all {
                    let mut carried = *bits;
                    for digit in &mut digits {
                        for (digit, carried) in digit.iter_mut().zip(&mut carried) {
                            (*digit, *carried) = (*digit ^ *carried, *digit & *carried);
                        }
                    }
                }
            },
        );
        let mut tally = Self { counts: [[0; 64]; WORDS] };
        for (digit, words) in digits.into_iter().enumerate() {
            for (word, counts) in words.into_iter().zip(&mut tally.counts) {
                each_bit(word, |at| counts[at] += 1 << digit);
            }
        }
        let open = tally.one(Column::OPEN) as u16;
        let audiences = &mut tally.counts[Column::AUDIENCES.word][Column::AUDIENCES.first..];
        audiences[..Audience::ALL.len()].iter_mut().for_each(|count| *count += open);
        tally
    }

    /// The counts of a group, in the order of its codes; behind them come other groups'.
    pub fn group(&self, column: Column) -> impl Iterator<Item = usize> {
        self.counts[column.word][column.first..].iter().map(|count| usize::from(*count))
    }

    /// What serves a borough, given its place among the segment's, if that has it. None where there are too many
    /// boroughs for this one to be counted.
    pub fn borough(&self, place: Option<usize>) -> Option<usize> {
        let everywhere = self.one(Column::EVERYWHERE);
        let Some(place) = place else { return Some(everywhere) };
        let alone = self.counts[Column::BOROUGHS.word].get(place)?;
        Some(usize::from(*alone) + everywhere)
    }

    fn one(&self, column: Column) -> usize {
        self.counts[column.word][column.first].into()
    }
}

/// In rising order.
pub(super) fn each_bit(mut bits: u64, mut each: impl FnMut(usize)) {
    while bits != 0 {
        each(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn every_bit_is_counted_as_one_by_one(
            all in vec(proptest::array::uniform4(any::<u64>()), 0..1_024),
        ) {
            let none = [Column::OPEN, Column::EVERYWHERE];
            let clear = none.iter().fold(u64::MAX, |all, one| all & !one.bits(1));
            let all: Vec<Coded> = all
                .into_iter()
                .map(|[one, two, three, four]| Coded([one, two, three & clear, four]))
                .collect();
            let tally = Tally::of(&all);
            for (word, counts) in tally.counts.iter().enumerate() {
                for (bit, count) in counts.iter().enumerate() {
                    let having = all.iter().filter(|one| one.0[word] >> bit & 1 == 1).count();
                    prop_assert_eq!(usize::from(*count), having);
                }
            }
        }
    }

    #[test]
    fn what_is_open_to_all_counts_for_every_audience_and_what_is_everywhere_for_every_borough() {
        let mut only_one = Coded([0; WORDS]);
        only_one.put(Column::AUDIENCES, 1 << 2);
        only_one.put(Column::BOROUGHS, 1 << 5);
        let mut all = Coded([0; WORDS]);
        all.put(Column::OPEN, 1);
        all.put(Column::EVERYWHERE, 1);
        let tally = Tally::of(&[only_one, all, all]);
        let open: Vec<usize> = tally.group(Column::AUDIENCES).take(4).collect();
        assert_eq!(open, [2, 2, 3, 2]);
        assert_eq!([Some(5), Some(6), None].map(|place| tally.borough(place)), [3, 2, 2].map(Some));
        assert_eq!(tally.borough(Some(64)), None, "counted in another way");
    }
}
