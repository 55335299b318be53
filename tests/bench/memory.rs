//! Part (a): the catalogue in memory, with counts, reasons, close matches and zero-result help.
use std::{hint::black_box, sync::Arc, time::Instant};

use fingerpost::{offers::Change, places::Places, search::Catalogue};

use super::{
    invented::{self, TODAY},
    requests,
    timing::{HEADER, Times, resident},
};

const KINDS: [&str; 4] = ["text", "text and two filters", "filters", "distance and filters"];

pub fn measure(offers: usize, rounds: usize) {
    let before = resident("self");
    let now = TODAY.at(10, 45, 0, 0);
    let begun = Instant::now();
    let catalogue = Catalogue::build(invented::offers(offers), Arc::new(Places::default()), now);
    println!(
        "\n{offers} offers: built with their invention in {:.2} s, {:.0} MiB",
        begun.elapsed().as_secs_f64(),
        resident("self") - before
    );
    let asked: Vec<_> = (0..500).map(requests::mixed).collect();
    println!("{HEADER}");
    let mut all = Vec::new();
    let mut by_kind = vec![Vec::new(); KINDS.len()];
    let mut few = 0;
    for round in 0..=rounds {
        for (at, asked) in asked.iter().enumerate() {
            let begun = Instant::now();
            let found = black_box(catalogue.find(black_box(asked), now));
            let took = begun.elapsed();
            if round == 0 {
                few += usize::from(found.total < 10);
                continue;
            }
            all.push(took);
            let kind = match at % 20 {
                0..8 => 0,
                8..14 => 1,
                14..17 => 2,
                _ => 3,
            };
            by_kind[kind].push(took);
        }
    }
    if std::env::var("BENCH_SLOWEST").is_ok() {
        let last = &all[all.len() - 500..];
        let mut slow: Vec<usize> = (0..500).collect();
        slow.sort_by_key(|at| std::cmp::Reverse(last[*at]));
        for at in slow.into_iter().take(25) {
            let found = catalogue.find(&asked[at], now);
            println!(
                "{:?} total {} close {} {:?}",
                last[at],
                found.total,
                found.close.len(),
                asked[at]
            );
        }
    }
    for (name, times) in KINDS.iter().zip(by_kind) {
        println!("{}", Times::of(times).line(name));
    }
    println!("{}", Times::of(all).line("all"));
    println!("{few} of 500 find fewer than ten and get close matches");
    changes(&catalogue, offers);
}

/// From one changed offer to a catalogue that knows it.
fn changes(catalogue: &Catalogue, offers: usize) {
    let mut catalogue = catalogue.clone();
    let mut times = Vec::new();
    for number in 0..100 {
        let mut listed = invented::offer(number * 7 % offers);
        listed.offer.content = invented::offer(offers + number).offer.content;
        listed.offer.content.place.venue = None;
        listed.venue = None;
        let begun = Instant::now();
        catalogue = catalogue.with([Change::Listed(Box::new(listed))]);
        times.push(begun.elapsed());
    }
    println!("{}", Times::of(times).line("a change, 1st to 100th"));
}
