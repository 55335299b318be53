//! The order of a list: the same however offers come, and on one page as on all of them.
use std::sync::Arc;

use fingerpost::{
    offers::{Listed, OfferId},
    places::Places,
    search::CatalogueBuilder,
};

use super::{
    catalogue::{catalogue, found, moments, noon},
    invented::{self, Chance},
    requests,
};

#[test]
fn a_catalogue_put_together_from_parts_is_that_of_all_the_offers() {
    let offers: Vec<Listed> = invented::offers(500).collect();
    let alone = catalogue(&offers, noon());
    let mut whole = CatalogueBuilder::new(noon());
    let parts = offers.chunks(90).map(|some| {
        let mut part = CatalogueBuilder::new(noon());
        some.iter().for_each(|listed| part.add(listed));
        part
    });
    parts.for_each(|part| whole.append(part));
    let whole = whole.finish(Arc::new(Places::default()));
    let mut chance = Chance::new(10);
    for round in 0..300 {
        let (now, asked) = (moments()[round % 4], requests::any(&mut chance));
        // Scores, order, counts, reasons and close matches: all that is found.
        let [whole, alone] = [&whole, &alone].map(|one| format!("{:?}", one.find(&asked, now)));
        assert_eq!(whole, alone, "{now} {asked:?}");
    }
}

#[test]
fn it_does_not_matter_in_which_order_a_catalogue_gets_its_offers() {
    let offers: Vec<Listed> = invented::offers(400).collect();
    let turned: Vec<Listed> = offers.iter().rev().cloned().collect();
    let both = [catalogue(&offers, noon()), catalogue(&turned, noon())];
    let mut chance = Chance::new(11);
    for _ in 0..300 {
        let asked = requests::any(&mut chance);
        let [one, other] = both.each_ref().map(|one| format!("{:?}", one.find(&asked, noon())));
        assert_eq!(one, other, "{asked:?}");
    }
}

/// A map takes two thousand at once, so none of them is passed over for being behind a page.
#[test]
fn pages_hold_what_all_of_the_list_holds_in_its_order() {
    let offers: Vec<Listed> = invented::offers(1_900).collect();
    let catalogue = catalogue(&offers, noon());
    let mut chance = Chance::new(12);
    let mut long = 0;
    for _ in 0..200 {
        let asked = requests::any(&mut chance);
        let spots = catalogue.spots(&asked, noon());
        let whole: Vec<OfferId> = spots.placed.iter().map(|(card, _)| card.id).collect();
        let mut pages = found(&catalogue, &asked, noon());
        long += usize::from(pages.len() > 100);
        pages.retain(|id| whole.contains(id));
        assert_eq!(pages, whole, "{asked:?}");
    }
    assert!(long > 20, "too few of the invented searches find many: {long}");
}
