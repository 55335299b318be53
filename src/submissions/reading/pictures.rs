//! The pictures, each with its words.
use super::words::{noun, too_long};
use crate::{
    forms::{Answers, Mistakes},
    offers::Image,
    submissions::{
        album::{self, Held},
        known::Known,
    },
    text::{Line, TextProblem},
};

/// Those that are whole, and what is wrong with the others.
pub fn read(answers: &Answers, known: &Known) -> (Vec<Image>, Mistakes) {
    let mut mistakes = Mistakes::default();
    let held = album::held(answers);
    let images = (1..).zip(&held).filter_map(|(n, one)| image(n, one, known, &mut mistakes));
    let images = images.collect();
    (images, mistakes)
}

fn image(number: usize, held: &Held, known: &Known, mistakes: &mut Mistakes) -> Option<Image> {
    let picture = known.pictures.iter().find(|one| one.id == held.id);
    if picture.is_none() {
        let message = format!("Take picture {number} away: it is not there any more");
        mistakes.add(album::field(number, "alt"), message);
    }
    let missing = format!("Describe picture {number} for people who cannot see it");
    let alt = line((number, "alt"), &held.alt, missing, mistakes);
    let credit =
        line((number, "credit"), &held.credit, format!("Say who made picture {number}"), mistakes);
    Some(Image { picture: *picture?, alt: alt?, credit: credit? })
}

fn line<const MAX: usize>(
    (number, part): (usize, &str),
    typed: &str,
    missing: String,
    mistakes: &mut Mistakes,
) -> Option<Line<MAX>> {
    let field = album::field(number, part);
    let message = match Line::parse(typed) {
        Ok(words) => return Some(words),
        Err(TextProblem::Missing) => missing,
        Err(TextProblem::TooLong { length, max }) => {
            too_long(noun(&field), length.saturating_sub(max))
        }
    };
    mistakes.add(field, message);
    None
}
