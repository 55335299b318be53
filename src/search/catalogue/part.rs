//! A segment as a catalogue has it.
use std::sync::Arc;

use jiff::civil::DateTime;

use super::{bitmap::Bitmap, segment::Segment};
use crate::places::Gss;

#[derive(Clone, Debug)]
pub(super) struct Part {
    pub segment: Arc<Segment>,
    /// Neither changed nor gone since.
    pub alive: Bitmap,
    /// For each borough of the catalogue, where it stands in the segment's list, if it does. Empty until
    /// [`Part::look_up`].
    pub served: Arc<[Option<usize>]>,
}

impl Part {
    pub fn of(segment: Segment) -> Self {
        let alive = Bitmap::full(segment.len());
        Self { alive, segment: Arc::new(segment), served: Arc::default() }
    }

    /// Takes in the boroughs of the catalogue, in its order.
    pub fn look_up(&mut self, boroughs: impl Iterator<Item = Gss>) {
        self.served = boroughs.map(|gss| self.segment.values.place_of(gss)).collect();
    }

    /// What has not ended by itself either.
    pub fn alive(&self, now: DateTime) -> Bitmap {
        let mut alive = self.alive.clone();
        alive.and_not(self.segment.times.over(now));
        alive
    }
}
