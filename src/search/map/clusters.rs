//! Points that lie together on a drawing, as one.
use std::collections::HashMap;

use super::Spot;
use crate::places::Frame;

/// So far apart the middles of two clusters are, at least, in units of the drawing: on the narrowest screen a
/// finger's tip, and never one over the other.
pub const APART: f64 = 88.0;
/// Points in one such square are taken together first, so that any number of them is quickly done.
const SQUARE: f64 = 30.0;

#[derive(Clone, Debug)]
pub(super) struct Cluster<'a> {
    pub x: f64,
    pub y: f64,
    /// In the order in which they were given.
    pub spots: Vec<&'a Spot>,
}

/// All of the spots, each in one cluster; from north to south and west to east, as one reads.
pub(super) fn clusters<'a>(frame: &Frame, spots: &'a [Spot]) -> Vec<Cluster<'a>> {
    let mut squares: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    for (at, spot) in spots.iter().enumerate() {
        let (x, y) = frame.xy(spot.1);
        squares.entry(((x / SQUARE) as i32, (y / SQUARE) as i32)).or_default().push(at);
    }
    let mut squares: Vec<((i32, i32), Vec<usize>)> = squares.into_iter().collect();
    // The fullest are where people look first, so they keep their places.
    squares.sort_unstable_by_key(|(key, members)| (std::cmp::Reverse(members.len()), *key));
    let mut found: Vec<(f64, f64, Vec<usize>)> = Vec::new();
    for (_, members) in squares {
        let each = || members.iter().map(|at| frame.xy(spots[*at].1));
        let many = members.len() as f64;
        let (x, y) =
            (each().map(|at| at.0).sum::<f64>() / many, each().map(|at| at.1).sum::<f64>() / many);
        let far = |one: &(f64, f64, Vec<usize>)| (one.0 - x).hypot(one.1 - y);
        let nearest = found.iter_mut().min_by(|one, other| far(one).total_cmp(&far(other)));
        match nearest.filter(|one| far(one) < APART) {
            Some(one) => one.2.extend(members),
            None => found.push((x, y, members)),
        }
    }
    let mut all: Vec<Cluster> = found
        .into_iter()
        .map(|(x, y, mut members)| {
            members.sort_unstable();
            Cluster { x, y, spots: members.into_iter().map(|at| &spots[at]).collect() }
        })
        .collect();
    all.sort_by(|one, other| {
        let row = |cluster: &Cluster| (cluster.y / APART) as i32;
        row(one).cmp(&row(other)).then(one.x.total_cmp(&other.x))
    });
    all
}
