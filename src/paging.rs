//! One page of a longer list.
use std::num::NonZeroU32;

pub const PER_PAGE: usize = 20;
/// Nobody reads further; it keeps an offset small.
const LAST: u32 = 500;

/// A page one may ask for: 1 to 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageNumber(NonZeroU32);

impl PageNumber {
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    pub fn new(number: u32) -> Option<Self> {
        NonZeroU32::new(number).filter(|n| n.get() <= LAST).map(Self)
    }
    pub fn number(self) -> u32 {
        self.0.get()
    }
    /// How many items stand on the pages before it.
    pub fn offset(self) -> usize {
        (self.0.get() as usize - 1) * PER_PAGE
    }
    pub fn previous(self) -> Option<Self> {
        Self::new(self.number() - 1)
    }
    /// The next page, if a list of `total` items has one.
    pub fn next(self, total: usize) -> Option<Self> {
        Self::new(self.number() + 1).filter(|next| next.offset() < total)
    }
}

impl Default for PageNumber {
    fn default() -> Self {
        Self::FIRST
    }
}
