//! Clusters hold everything once, lie apart, and come apart as one looks closer.
use proptest::prelude::*;

use super::*;
use crate::search::example;

fn spots(points: &[(f64, f64)]) -> Vec<Spot> {
    let card = Arc::new(example::card("Clay"));
    points.iter().map(|(lat, lon)| (card.clone(), Point { lat: *lat, lon: *lon })).collect()
}

proptest! {
    #[test]
    fn every_spot_is_in_one_cluster_and_no_cluster_lies_over_another(
        points in proptest::collection::vec((51.3_f64..51.7, -0.5_f64..0.3), 1..300),
        many_at in 0..20_usize,
    ) {
        let mut points = points;
        points.extend(std::iter::repeat_n(points[0], many_at));
        let spots = spots(&points);
        let map = Map::of(&spots, &Places::default()).unwrap();
        let shown: usize = map.pins.iter().map(|pin| pin.named.len() + pin.more).sum();
        prop_assert_eq!(shown, spots.len());
        for (at, one) in map.pins.iter().enumerate() {
            prop_assert!(f64::from(one.radius) < APART / 2.0);
            prop_assert!((0..=1_000).contains(&one.x) && (0..=map.frame.height() as i32).contains(&one.y));
            for other in &map.pins[at + 1..] {
                let far = f64::from(one.x - other.x).hypot(f64::from(one.y - other.y));
                prop_assert!(far > APART - 2.0, "{} apart", far);
            }
        }
    }

    #[test]
    fn a_closer_look_shows_exactly_what_a_pin_stood_for(
        points in proptest::collection::vec((51.3_f64..51.7, -0.5_f64..0.3), 2..200),
    ) {
        let spots = spots(&points);
        let map = Map::of(&spots, &Places::default()).unwrap();
        for pin in map.pins {
            let Some(piece) = pin.nearer else { continue };
            let piece = Piece::parse(&piece.to_string()).unwrap();
            let inside: Vec<Spot> = spots.iter().filter(|spot| piece.contains(spot.1)).cloned().collect();
            prop_assert!(inside.len() >= pin.named.len() + pin.more);
            let closer = Map::of(&inside, &Places::default()).unwrap();
            prop_assert!(closer.frame.metres_across() < map.frame.metres_across());
        }
    }

    #[test]
    fn no_piece_of_an_address_makes_a_panic(typed in any::<String>()) {
        let _ = Piece::parse(&typed);
    }
}

#[test]
fn offers_in_one_house_are_listed_and_not_looked_at_closer() {
    let spots = spots(&[(51.47, -0.07); 7]);
    let map = Map::of(&spots, &Places::default()).unwrap();
    assert_eq!(map.pins.len(), 1);
    let pin = &map.pins[0];
    assert_eq!((pin.count.as_str(), pin.named.len(), pin.more, pin.nearer), ("7", 7, 0, None));
}

#[test]
fn a_piece_is_four_numbers_in_order_and_nothing_else() {
    assert!(Piece::parse("51.4,-0.1,51.5,0.05").is_some());
    for wrong in [
        "",
        "51.4,-0.1,51.5",
        "51.5,-0.1,51.4,0",
        "51.4,-0.1,51.5,NaN",
        "1,2,3,4,5",
        "-91,0,0,0",
        "0,0,inf,0",
    ] {
        assert_eq!(Piece::parse(wrong), None, "{wrong}");
    }
}
