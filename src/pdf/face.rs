//! The letters of what is printed: Atkinson Hyperlegible Next, drawn for people who see little.
use krilla::text::Font;
use ttf_parser::Face;

use crate::text::plain_letter;

const REGULAR: &[u8] = include_bytes!("letters/AtkinsonHyperlegibleNext-Regular.ttf");
const BOLD: &[u8] = include_bytes!("letters/AtkinsonHyperlegibleNext-Bold.ttf");

pub struct Faces {
    regular: (Face<'static>, Font),
    bold: (Face<'static>, Font),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

impl Faces {
    pub fn new() -> Option<Self> {
        let face = |bytes: &'static [u8]| {
            Some((Face::parse(bytes, 0).ok()?, Font::new(bytes.to_vec().into(), 0)?))
        };
        Some(Self { regular: face(REGULAR)?, bold: face(BOLD)? })
    }

    pub fn font(&self, weight: Weight) -> Font {
        self.of(weight).1.clone()
    }

    /// In points, at this size. Letters that come closer to each other than their own widths are not counted so:
    /// a line is at most a hair shorter than this says.
    pub fn width(&self, words: &str, weight: Weight, size: f32) -> f32 {
        let face = &self.of(weight).0;
        let advance = |letter: char| {
            let glyph = face.glyph_index(letter)?;
            face.glyph_hor_advance(glyph)
        };
        let units: u32 = words.chars().filter_map(advance).map(u32::from).sum();
        units as f32 * size / f32::from(face.units_per_em())
    }

    /// The words as these letters can write them: what they have no sign for is spelled plainly or left out.
    pub fn legible(&self, words: &str) -> String {
        let has = |letter: &char| {
            let known =
                |face: &Face<'_>| face.glyph_index(*letter).is_some_and(|glyph| glyph.0 > 0);
            !letter.is_control() && known(&self.regular.0) && known(&self.bold.0)
        };
        let written = words.chars().filter_map(|letter| match has(&letter) {
            true => Some(letter),
            false if letter.is_whitespace() => Some(' '),
            false => plain_letter(letter),
        });
        let written: String = written.collect();
        written.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn of(&self, weight: Weight) -> &(Face<'static>, Font) {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_sign_is_left_out_and_the_rest_stays() {
        let faces = Faces::new().unwrap();
        assert_eq!(
            faces.legible("Café \u{201c}Łódź\u{201d} £3 – it’s"),
            "Café \u{201c}Łódź\u{201d} £3 – it’s"
        );
        assert_eq!(
            faces.legible("Adda \u{986}\u{9a1}\u{9cd}\u{9a1}\u{9be} \u{1f3a8} club"),
            "Adda club"
        );
        assert_eq!(faces.legible("\u{1f600}"), "");
    }

    #[test]
    fn bold_letters_are_wider() {
        let faces = Faces::new().unwrap();
        let width = |weight| faces.width("Clay and company", weight, 14.0);
        assert!(width(Weight::Bold) > width(Weight::Regular));
        assert!((90.0..125.0).contains(&width(Weight::Regular)), "{}", width(Weight::Regular));
    }
}
