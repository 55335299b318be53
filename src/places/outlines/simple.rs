//! Lines with fewer points (Ramer, Douglas and Peucker): those stay from which the others are not far.
use crate::places::Point;

/// How far a point may lie from the line that leaves it out, in degrees of latitude: some 22 metres, less
/// than a pixel where a whole borough is shown.
const NEAR: f64 = 0.0002;

/// A degree of longitude beside one of latitude, in London.
const SHRINK: f64 = 0.62;

/// `None` for what is too small to be seen.
pub(super) fn simple(mut ring: Vec<Point>) -> Option<Vec<Point>> {
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    // A ring has no ends to begin with: its first point, and the one furthest from it.
    let first = *ring.first()?;
    let far = |at: &usize| apart(first, ring[*at]);
    let across = (0..ring.len()).max_by(|one, other| far(one).total_cmp(&far(other)))?;
    let mut keep = vec![false; ring.len() + 1];
    ring.push(first);
    for end in [0, across, ring.len() - 1] {
        keep[end] = true;
    }
    let mut open = vec![(0, across), (across, ring.len() - 1)];
    while let Some((from, to)) = open.pop() {
        let off = |at: &usize| off_line(ring[*at], ring[from], ring[to]);
        let furthest = (from + 1..to).max_by(|one, other| off(one).total_cmp(&off(other)));
        if let Some(at) = furthest.filter(|at| off(at) > NEAR) {
            keep[at] = true;
            open.extend([(from, at), (at, to)]);
        }
    }
    ring.pop();
    let kept: Vec<Point> =
        ring.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| point).collect();
    (kept.len() > 2).then_some(kept)
}

fn apart(one: Point, other: Point) -> f64 {
    ((one.lon - other.lon) * SHRINK).hypot(one.lat - other.lat)
}

/// From a point to the stretch between two others.
fn off_line(point: Point, from: Point, to: Point) -> f64 {
    let (x, y) = ((to.lon - from.lon) * SHRINK, to.lat - from.lat);
    let (a, b) = ((point.lon - from.lon) * SHRINK, point.lat - from.lat);
    let length = x * x + y * y;
    let along = if length > 0.0 { ((a * x + b * y) / length).clamp(0.0, 1.0) } else { 0.0 };
    (a - along * x).hypot(b - along * y)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_point_lies_far_from_the_simple_ring(
            ring in proptest::collection::vec((51.4_f64..51.5, -0.2_f64..0.0), 3..80),
        ) {
            let ring: Vec<Point> = ring.into_iter().map(|(lat, lon)| Point { lat, lon }).collect();
            let kept = simple(ring.clone());
            prop_assume!(kept.is_some());
            let kept = kept.unwrap();
            let stretches: Vec<_> =
                kept.iter().zip(kept.iter().cycle().skip(1)).map(|(a, b)| (*a, *b)).collect();
            for point in ring {
                let off = stretches.iter().map(|(a, b)| off_line(point, *a, *b)).fold(f64::MAX, f64::min);
                prop_assert!(off <= NEAR, "{} off", off);
            }
        }
    }

    #[test]
    fn what_lies_on_a_line_goes_and_corners_stay() {
        let point = |lat, lon| Point { lat, lon };
        let square = vec![
            point(51.0, 0.0),
            point(51.0, 0.05),
            point(51.0, 0.1),
            point(51.1, 0.1),
            point(51.1, 0.0),
            point(51.05, 0.00001),
            point(51.0, 0.0),
        ];
        let corners = [point(51.0, 0.0), point(51.0, 0.1), point(51.1, 0.1), point(51.1, 0.0)];
        assert_eq!(simple(square).unwrap(), corners);
        assert_eq!(simple(vec![point(51.0, 0.0); 5]), None);
        assert_eq!(simple(Vec::new()), None);
    }
}
