//! Every practice and network, in memory: where they are, and who belongs with whom.
use std::collections::BTreeMap;

use super::{Leaver, Network, Practice, said};
use crate::{
    calendar::date_in_words,
    places::{CareBoard, Gss, Metres, Place, Point, Postcode, names::plain},
    text::Phone,
};

/// What [`Surgeries`] are made of.
#[derive(Debug, Default)]
pub struct Known {
    pub practices: Vec<Practice>,
    /// With the board that is in force.
    pub networks: Vec<(Network, Option<CareBoard>)>,
    pub leavers: Vec<Leaver>,
}

/// Practices and networks, both by code. Empty until an import has brought them.
#[derive(Debug, Default)]
pub struct Surgeries {
    all: Vec<Surgery>,
    groups: Vec<Group>,
}

/// A practice as it is shown, and where it is.
#[derive(Debug)]
pub struct Surgery {
    pub practice: Practice,
    pub name: String,
    /// In one line, with the postcode.
    pub address: String,
    /// The middle of its outward code where no import brought its postcode: then it is not precise.
    pub point: Option<Point>,
    pub precise: bool,
    /// The words of its name, and those of its address, in plain spelling.
    pub words: (Vec<String>, Vec<String>),
}

/// A network with what its practices make of it.
#[derive(Debug)]
pub struct Group {
    pub network: Network,
    pub name: String,
    pub board: Option<CareBoard>,
    /// Those of its open practices, the one with most of them first.
    pub boroughs: Vec<Gss>,
    /// Where its open practices are in `all`.
    members: Vec<usize>,
    /// Networks its practices belong to now, for one that closed: their codes, most practices first.
    pub after: Vec<String>,
    pub words: Vec<String>,
}

impl Surgeries {
    /// `find` knows where a postcode is.
    pub fn new(known: Known, find: impl Fn(&Postcode) -> Option<Place>) -> Self {
        let Known { mut practices, mut networks, leavers } = known;
        practices.sort_by(|one, other| one.code.cmp(&other.code));
        networks.sort_by(|(one, _), (other, _)| one.code.cmp(&other.code));
        let all: Vec<Surgery> = practices
            .into_iter()
            .map(|practice| {
                let name = said(&practice.name);
                let address = format!("{}, {}", said(&practice.address), practice.postcode);
                // Many an address begins with the name again.
                let address = address.strip_prefix(&name).unwrap_or(&address);
                let address = address.trim_start_matches([',', ' ']).to_owned();
                let place = find(&practice.postcode);
                Surgery {
                    precise: place.as_ref().is_some_and(|place| place.precise),
                    point: place.map(|place| place.point),
                    words: (words(&name), words(&address)),
                    address,
                    name,
                    practice,
                }
            })
            .collect();
        let mut surgeries = Self { all, groups: Vec::new() };
        surgeries.groups = networks
            .into_iter()
            .map(|(network, board)| surgeries.group(network, board, &leavers))
            .collect();
        surgeries
    }

    fn group(&self, network: Network, board: Option<CareBoard>, leavers: &[Leaver]) -> Group {
        let code = Some(network.code.as_str());
        let is_member = |one: &Surgery| one.is_open() && one.practice.network.as_deref() == code;
        let members: Vec<usize> =
            (0..self.all.len()).filter(|at| is_member(&self.all[*at])).collect();
        let boroughs = most_first(members.iter().map(|at| self.all[*at].practice.borough));
        let left = leavers.iter().filter(|leaver| leaver.network == network.code);
        let now =
            left.filter_map(|leaver| self.practice(&leaver.practice)?.practice.network.clone());
        let mut after = most_first(now);
        after.retain(|other| *other != network.code);
        let name = said(&network.name);
        Group { words: words(&name), name, network, board, boroughs, members, after }
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
    /// Also those that closed, by code.
    pub fn all(&self) -> &[Surgery] {
        &self.all
    }
    pub fn practice(&self, code: &str) -> Option<&Surgery> {
        let at = self.all.binary_search_by(|one| one.practice.code.as_str().cmp(code)).ok()?;
        self.all.get(at)
    }

    /// Also those that closed, by code.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }
    pub fn group_of(&self, code: &str) -> Option<&Group> {
        let at = self.groups.binary_search_by(|one| one.network.code.as_str().cmp(code)).ok()?;
        self.groups.get(at)
    }
    /// Networks with an open practice in this borough, A to Z.
    pub fn in_borough(&self, gss: Gss) -> Vec<&Group> {
        let mut here: Vec<&Group> =
            self.groups.iter().filter(|group| group.boroughs.contains(&gss)).collect();
        here.sort_by_key(|group| &group.name);
        here
    }

    /// The open practices of a network, A to Z.
    pub fn members(&self, group: &Group) -> Vec<&Surgery> {
        let mut members: Vec<&Surgery> = group.members.iter().map(|at| &self.all[*at]).collect();
        members.sort_by_key(|one| &one.name);
        members
    }

    /// The practice nearest to the middle of a network's practices.
    pub fn middle(&self, group: &Group) -> Option<&Surgery> {
        let members = group.members.iter().map(|at| &self.all[*at]);
        let placed: Vec<(&Surgery, Point)> =
            members.filter_map(|one| Some((one, one.point?))).collect();
        let count = placed.len() as f64;
        let mean =
            |of: fn(&Point) -> f64| placed.iter().map(|(_, point)| of(point)).sum::<f64>() / count;
        let middle = Point { lat: mean(|point| point.lat), lon: mean(|point| point.lon) };
        placed.iter().min_by_key(|(_, point)| point.metres_to(middle)).map(|(one, _)| *one)
    }

    /// Open practices, the nearest first.
    pub fn near(&self, point: Point) -> Vec<(&Surgery, Metres)> {
        let open = self.all.iter().filter(|one| one.is_open());
        let mut near: Vec<(&Surgery, Metres)> =
            open.filter_map(|one| Some((one, one.point?.metres_to(point)))).collect();
        near.sort_by(|one, other| one.1.cmp(&other.1).then_with(|| one.0.name.cmp(&other.0.name)));
        near
    }
}

impl Surgery {
    pub fn is_open(&self) -> bool {
        self.practice.closed_on.is_none()
    }
    /// As the NHS lists it, where that is a number.
    pub fn telephone(&self) -> Option<Phone> {
        self.practice.telephone.as_deref().and_then(|typed| Phone::parse(typed).ok())
    }
    /// Since when, for one that closed.
    pub fn closed_in_words(&self) -> Option<String> {
        self.practice.closed_on.map(date_in_words)
    }
}

impl Group {
    pub fn is_open(&self) -> bool {
        self.network.closed_on.is_none()
    }
    /// The date of the file that named it no more, for one that closed.
    pub fn closed_in_words(&self) -> Option<String> {
        self.network.closed_on.map(date_in_words)
    }
}

/// The words of a name in plain spelling.
fn words(name: &str) -> Vec<String> {
    plain(name).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Each once, the most frequent first, then in their own order.
fn most_first<T: Ord + Clone>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(one, _)| one).collect()
}
