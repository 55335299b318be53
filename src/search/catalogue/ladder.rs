//! Offers by a number, such as a price: which have no more than so much.
use super::bitmap::Bitmap;

/// So many sets are kept; what lies between two is set one by one.
const STEPS: usize = 16;

#[derive(Debug)]
pub(super) struct Ladder {
    length: usize,
    /// By number, then ordinal.
    sorted: Vec<(u32, u32)>,
    /// The first so many of them, then twice as many, and so on; the first is empty.
    steps: Vec<Bitmap>,
    /// How many lie between two steps.
    rise: usize,
}

impl Ladder {
    /// What has no number stands on no step.
    pub fn of(numbers: impl ExactSizeIterator<Item = Option<u32>>) -> Self {
        let length = numbers.len();
        let mut sorted: Vec<(u32, u32)> =
            (0..).zip(numbers).filter_map(|(at, number)| Some((number?, at))).collect();
        sorted.sort_unstable();
        let rise = sorted.len() / STEPS + 1;
        let mut set = Bitmap::empty(length);
        let mut steps = vec![set.clone()];
        for some in sorted.chunks_exact(rise) {
            some.iter().for_each(|(_, ordinal)| set.insert(*ordinal));
            steps.push(set.clone());
        }
        Self { length, sorted, steps, rise }
    }

    pub fn up_to(&self, most: u32) -> Bitmap {
        let many = self.sorted.partition_point(|(number, _)| *number <= most);
        let step = many / self.rise;
        let Some(mut set) = self.steps.get(step).cloned() else {
            return Bitmap::empty(self.length);
        };
        for (_, ordinal) in &self.sorted[step * self.rise..many] {
            set.insert(*ordinal);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn up_to_is_what_looking_at_each_says(
            numbers in proptest::collection::vec(proptest::option::of(0_u32..50), 0..200),
            most in 0_u32..60,
        ) {
            let ladder = Ladder::of(numbers.iter().copied());
            let expected: Vec<u32> = (0..numbers.len() as u32)
                .filter(|at| numbers[*at as usize].is_some_and(|number| number <= most))
                .collect();
            prop_assert_eq!(ladder.up_to(most).iter().collect::<Vec<_>>(), expected);
        }
    }
}
