//! The filter form's answer in one tidy address.
use std::ops::Range;

use super::{Ask, CHOSEN, Parameters, cut};
use crate::search::Value;

impl Parameters {
    /// The filter form sends `q` as it was, every box that is ticked, also those that `q` says, and its
    /// marker. What `q` says and no box repeats was taken away: it loses its words. What both say stays in
    /// `q` alone. `None` where the form's marker is missing: then the address is fine as it is.
    pub fn canonical(&self, ask: &Ask) -> Option<Self> {
        self.first(CHOSEN)?;
        let ticked: Vec<_> = ask.stated.iter().flat_map(Value::boxes).collect();
        let stays = |value: &Value| {
            value.is_beyond_boxes() || value.boxes().iter().all(|one| ticked.contains(one))
        };
        let pieces = || ask.reading.understood.iter().zip(&ask.heard);
        let lost: Vec<Range<usize>> = pieces()
            .filter(|(_, value)| !stays(value))
            .map(|(piece, _)| piece.at.clone())
            .collect();
        let said: Vec<_> = pieces()
            .filter(|(piece, _)| !lost.contains(&piece.at))
            .flat_map(|(_, value)| value.boxes())
            .collect();

        let q = cut::without(&ask.q, &lost);
        let mut tidy = Self { shortlist: self.shortlist.clone(), ..Self::default() };
        let mut add = |name: &str, value: &str| {
            let pair = (name.into(), value.into());
            if !value.is_empty() && !tidy.pairs.contains(&pair) {
                tidy.pairs.push(pair);
            }
        };
        add("q", &q);
        for words in self.all("plain").filter(|words| q.contains(*words)) {
            add("plain", words);
        }
        for value in &ask.stated {
            if !value.boxes().iter().all(|one| said.contains(one)) {
                add(value.group, &value.code);
            }
        }
        // The boxes cannot repeat these, so words that are lost for another reason must not take them.
        for (piece, value) in pieces() {
            if lost.contains(&piece.at) && value.is_beyond_boxes() {
                add(value.group, &value.code);
            }
        }
        if let Some(sort) = ask
            .parameters
            .first("sort")
            .filter(|sort| *sort != "best" && (*sort != "nearest" || ask.criteria.near.is_some()))
        {
            add("sort", sort);
        }
        Some(tidy)
    }
}
