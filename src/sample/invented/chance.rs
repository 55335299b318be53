//! Chance that always falls the same way for the same seed.

/// `SplitMix64` (Steele, Lea and Flood, 2014): small, fast, and good enough to vary offers.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// 0 to `end`, without it.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or(0)
    }

    /// In so many of a hundred cases.
    pub fn percent(&mut self, cases: usize) -> bool {
        self.below(100) < cases
    }

    /// One of them; the list is never empty.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// One of them, the earlier ones more often.
    pub fn pick_early<T: Copy>(&mut self, list: &[T]) -> T {
        let at = self.below(list.len()).min(self.below(list.len()));
        list[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_way_and_reaches_every_number() {
        let (mut one, mut other) = (Chance::new(7), Chance::new(7));
        let mut seen = [false; 10];
        for _ in 0..500 {
            let number = one.below(10);
            assert_eq!(number, other.below(10));
            seen[number] = true;
        }
        assert_eq!(seen, [true; 10]);
    }
}
