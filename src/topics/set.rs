//! A set of codes, small enough to copy.
use std::{fmt, marker::PhantomData};

use super::Code;

/// Some codes of one list, kept as bits: no list is longer than 64.
pub struct Codes<T> {
    bits: u64,
    of: PhantomData<T>,
}

impl<T: Code> Codes<T> {
    pub const NONE: Self = Self { bits: 0, of: PhantomData };

    pub fn contains(self, code: T) -> bool {
        self.bits >> code.index() & 1 == 1
    }
    pub fn insert(&mut self, code: T) {
        self.bits |= 1 << code.index();
    }
    pub fn remove(&mut self, code: T) {
        self.bits &= !(1 << code.index());
    }
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }
    pub fn len(self) -> usize {
        self.bits.count_ones() as usize
    }
    pub fn overlaps(self, other: Self) -> bool {
        self.bits & other.bits != 0
    }
    pub fn union(self, other: Self) -> Self {
        Self { bits: self.bits | other.bits, of: PhantomData }
    }
    /// By [`Code::index`], the lowest first.
    pub fn bits(self) -> u64 {
        self.bits
    }
    /// What is in both.
    pub fn intersection(self, other: Self) -> Self {
        Self { bits: self.bits & other.bits, of: PhantomData }
    }
    /// What is here and not there.
    pub fn without(self, other: Self) -> Self {
        Self { bits: self.bits & !other.bits, of: PhantomData }
    }
    /// In the order of the list.
    pub fn iter(self) -> impl Iterator<Item = T> {
        let mut bits = self.bits;
        std::iter::from_fn(move || {
            let code = *T::ALL.get(bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(code)
        })
    }
}

impl<T: Code> FromIterator<T> for Codes<T> {
    fn from_iter<I: IntoIterator<Item = T>>(codes: I) -> Self {
        let mut set = Self::NONE;
        for code in codes {
            set.insert(code);
        }
        set
    }
}

impl<T> Clone for Codes<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Codes<T> {}
impl<T> PartialEq for Codes<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}
impl<T> Eq for Codes<T> {}
impl<T: Code> Default for Codes<T> {
    fn default() -> Self {
        Self::NONE
    }
}
impl<T: Code> fmt::Debug for Codes<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Code::code)).finish()
    }
}

/// As a list of codes, so that files and revisions stay readable.
impl<T: Code + serde::Serialize> serde::Serialize for Codes<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}
impl<'de, T: Code + serde::Deserialize<'de>> serde::Deserialize<'de> for Codes<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Vec::<T>::deserialize(from)?.into_iter().collect())
    }
}
