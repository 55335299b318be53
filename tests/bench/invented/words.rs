//! Invented titles and sentences.
use std::sync::LazyLock;

use fingerpost::text::Line;

use super::Chance;

/// What titles are made of.
pub static TITLES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "Gentle Open Community Monday Singing Knit Natter Paint Clay Garden Chair Dance Drum Circle \
     Story Memory Museum Walks Film Choir Writing Poetry Quilting Woodwork Photography Blues \
     Ukulele Theatre Comedy Tea Cooking Growing Sketching Printmaking Embroidery Allotment"
        .split(' ')
        .collect()
});

/// What people write and search for, the common first.
pub static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "we meet weekly and welcome everyone beginners tea biscuits relaxed friendly group make \
     things together no experience needed bring yourself materials provided led by an artist \
     who knows the area quiet room wheelchair space chat people feel less alone after loss \
     carers knitting crochet painting watercolour pottery clay singing songs harmony drumming \
     rhythm garden plants seeds museum objects memories stories poems reading aloud film camera \
     photograph dance movement seated stretch balance breath breathing confidence creative art \
     studio gallery library church hall centre park canal market history walk gentle pace step \
     street neighbours community family children older younger women men languages bengali \
     somali turkish food cook share lunch soup bread wood repair tools print lino textile \
     fabric sew quilt embroidery collage paper colour draw sketch life model portrait landscape \
     theatre drama improvise laugh comedy circus juggle juggling blues jazz guitar ukulele \
     choir"
        .split(' ')
        .collect()
});

pub fn title(chance: &mut Chance) -> Line<100> {
    let many = 2 + chance.below(3);
    let words: Vec<&str> = (0..many).map(|_| chance.one(&TITLES)).collect();
    Line::parse(&words.join(" ")).unwrap()
}

/// A quarter of the words are those people search for; of the others few are common and many are rare.
pub fn sentence(chance: &mut Chance, words: usize) -> String {
    let mut all = Vec::with_capacity(words);
    for _ in 0..words {
        if chance.percent(25) {
            let at = chance.below(WORDS.len()).min(chance.below(WORDS.len()));
            all.push(WORDS[at].to_owned());
        } else {
            let seldom = 1 << chance.below(15);
            all.push(name(&mut Chance::new(chance.below(seldom) as u64)));
        }
    }
    capital(&all.join(" ")) + "."
}

/// One of some thirty thousand.
fn name(chance: &mut Chance) -> String {
    const PARTS: [&str; 32] = [
        "ba", "bel", "cor", "da", "den", "el", "fa", "gar", "ha", "in", "jo", "ka", "len", "ma",
        "mor", "na", "nor", "o", "pel", "qua", "ro", "sa", "sel", "ta", "ten", "u", "va", "wen",
        "xan", "ya", "zo", "zel",
    ];
    (0..3).map(|_| chance.one(&PARTS)).collect()
}

pub fn capital(words: &str) -> String {
    words[..1].to_uppercase() + &words[1..]
}
