//! The fair rule: whose turn it is when a place is free.
//!
//! Each group has its share. A free place within a share goes to whoever of that group waits longest. A week
//! before the first session, or when else the cohort says, the shares have done their work: from then on every
//! free place goes to whoever waits longest, of whatever group, also one that comes free within a share. Oldest
//! first rather than in turn between the groups, or to the group that has too few, since everybody can check it
//! by the number in line that they were told, and nobody who came later passes somebody who waits.
use super::Profession;

/// The places of a cohort, and who has them, by group as [`Profession::ALL`] orders them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seats {
    /// Together the cohort's capacity.
    pub shares: [u8; 4],
    pub booked: [u8; 4],
    /// The shares count no more: every free place is for all.
    pub released: bool,
}

impl Seats {
    pub fn capacity(&self) -> usize {
        sum(self.shares)
    }

    /// Places that nobody has.
    pub fn free(&self) -> usize {
        self.capacity().saturating_sub(sum(self.booked))
    }

    /// How many of this group would have a place at once, if nobody waited.
    pub fn free_for(&self, profession: Profession) -> usize {
        let share = self.shares[profession.at()].saturating_sub(self.booked[profession.at()]);
        if self.released { self.free() } else { usize::from(share).min(self.free()) }
    }

    /// Who of those that wait, in the order in which they confirmed, have a place now: their places in the
    /// line, in the order in which they are given one.
    pub fn given(mut self, waiting: &[Profession]) -> Vec<usize> {
        let mut line: Vec<(usize, Profession)> = waiting.iter().copied().enumerate().collect();
        let mut given = Vec::new();
        while let Some(at) = self.next(&line) {
            let (place, profession) = line.remove(at);
            self.booked[profession.at()] += 1;
            given.push(place);
        }
        given
    }

    fn next(&self, line: &[(usize, Profession)]) -> Option<usize> {
        if self.free() == 0 {
            return None;
        }
        let has_room = |(_, one): &(usize, Profession)| {
            self.released || self.booked[one.at()] < self.shares[one.at()]
        };
        line.iter().position(has_room)
    }
}

/// So many places, shared as equally as can be: the first groups have the odd ones.
pub fn equal(capacity: u8) -> [u8; 4] {
    let (each, odd) = (capacity / 4, usize::from(capacity % 4));
    std::array::from_fn(|at| each + u8::from(at < odd))
}

fn sum(of: [u8; 4]) -> usize {
    of.iter().copied().map(usize::from).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn anybody() -> impl Strategy<Value = Profession> {
        prop::sample::select(Profession::ALL.to_vec())
    }

    fn seats() -> impl Strategy<Value = Seats> {
        (prop::array::uniform4(0u8..=10), prop::array::uniform4(0u8..=12), any::<bool>())
            .prop_map(|(shares, booked, released)| Seats { shares, booked, released })
            .prop_filter("sold as far as there is room", |seats| {
                sum(seats.booked) <= seats.capacity()
            })
    }

    /// The seats after so many were given.
    fn after(seats: Seats, waiting: &[Profession], given: &[usize]) -> Seats {
        let mut booked = seats.booked;
        given.iter().for_each(|at| booked[waiting[*at].at()] += 1);
        Seats { booked, ..seats }
    }

    proptest! {
        #[test]
        fn nothing_is_oversold_nobody_is_given_two_and_no_share_is_passed_before_the_release(
            seats in seats(), waiting in prop::collection::vec(anybody(), 0..60)
        ) {
            let given = seats.given(&waiting);
            let mut each = given.clone();
            each.sort_unstable();
            each.dedup();
            prop_assert_eq!(each.len(), given.len());
            let after = after(seats, &waiting, &given);
            prop_assert!(sum(after.booked) <= seats.capacity());
            for at in 0..4 {
                if !seats.released {
                    prop_assert!(after.booked[at] <= seats.shares[at].max(seats.booked[at]));
                }
            }
        }

        #[test]
        fn nobody_waits_while_there_is_a_place_for_them(
            seats in seats(), waiting in prop::collection::vec(anybody(), 0..60)
        ) {
            let given = seats.given(&waiting);
            let after = after(seats, &waiting, &given);
            let waits = |at: &usize| !given.contains(at);
            for at in (0..waiting.len()).filter(waits) {
                prop_assert_eq!(after.free_for(waiting[at]), 0, "{:?}", waiting[at]);
            }
        }

        #[test]
        fn within_a_group_nobody_passes_whoever_confirmed_before(
            seats in seats(), waiting in prop::collection::vec(anybody(), 0..60)
        ) {
            let given = seats.given(&waiting);
            for later in &given {
                let before = (0..*later).filter(|at| waiting[*at] == waiting[*later]);
                for at in before {
                    prop_assert!(given.contains(&at), "{at} was passed by {later}");
                }
            }
        }

        #[test]
        fn one_after_the_other_comes_to_the_same_as_all_at_once(
            seats in seats(), waiting in prop::collection::vec(anybody(), 0..40)
        ) {
            // The order in which people come decides, not when it is looked at.
            let (mut now, mut line, mut has) = (seats, Vec::new(), Vec::new());
            for (at, one) in waiting.iter().enumerate() {
                line.push(at);
                let groups: Vec<_> = line.iter().map(|at: &usize| waiting[*at]).collect();
                let given = now.given(&groups);
                now = after(now, &groups, &given);
                let places: Vec<usize> = given.iter().map(|place| line[*place]).collect();
                line.retain(|at| !places.contains(at));
                has.extend(places);
                let _ = one;
            }
            let mut at_once = seats.given(&waiting);
            at_once.sort_unstable();
            has.sort_unstable();
            prop_assert_eq!(has, at_once);
        }

        #[test]
        fn after_the_release_the_first_in_line_have_the_free_places_and_the_number_told_is_true(
            seats in seats(), waiting in prop::collection::vec(anybody(), 0..60)
        ) {
            let seats = Seats { released: true, ..seats };
            let first: Vec<usize> = (0..seats.free().min(waiting.len())).collect();
            prop_assert_eq!(seats.given(&waiting), first);
        }
    }

    #[test]
    fn what_is_free_goes_to_whoever_waits_longest_once_it_is_released() {
        use Profession::{Artists, Health, LinkWorkers};
        let seats = Seats { shares: [2, 2, 2, 2], booked: [2, 2, 1, 0], released: false };
        let line = [Artists, LinkWorkers, Artists, Health];
        assert_eq!(seats.given(&line), [3], "only the group with a place left");
        let released = Seats { released: true, ..seats };
        assert_eq!(released.given(&line), [0, 1, 2], "the oldest, of whatever group");
    }

    #[test]
    fn after_the_release_a_group_that_has_too_few_passes_nobody() {
        use Profession::{Artists, LinkWorkers};
        let seats = Seats { shares: [1, 1, 0, 0], booked: [1, 0, 0, 0], released: true };
        assert_eq!(seats.given(&[Artists, LinkWorkers]), [0]);
    }

    #[test]
    fn equal_shares_use_every_place() {
        for capacity in 1..=40 {
            let shares = equal(capacity);
            assert_eq!(sum(shares), usize::from(capacity));
            assert!(shares[0] - shares[3] <= 1);
        }
    }
}
