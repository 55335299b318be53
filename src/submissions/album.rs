//! The pictures among the answers: which they are, in their order, with the words typed for them.
use super::{questions::part_field, saving::mark};
use crate::{
    forms::Answers,
    offers::Image,
    pictures::{MOST, PictureId},
};

/// One picture with its words as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub id: PictureId,
    pub alt: String,
    pub credit: String,
}

/// What a form changes, beside what another window may have changed meanwhile.
#[derive(Debug, PartialEq, Eq)]
pub struct Merged {
    /// What is to be kept; the words of another window stay until somebody chooses.
    pub held: Vec<Held>,
    /// Typed here, while other words were saved elsewhere.
    pub clashes: Vec<Held>,
    /// Words typed here for pictures that were taken away elsewhere.
    pub gone: Vec<Held>,
}

impl Held {
    pub fn new(id: PictureId) -> Self {
        Self { id, alt: String::new(), credit: String::new() }
    }

    pub fn of(image: &Image) -> Self {
        let (alt, credit) = (image.alt.to_string(), image.credit.to_string());
        Self { id: image.picture.id, alt, credit }
    }

    /// Tells its words from others; a form carries it along.
    pub fn mark(&self) -> String {
        mark(&with(&Answers::default(), std::slice::from_ref(self)))
    }

    fn says_nothing(&self) -> bool {
        self.alt.trim().is_empty() && self.credit.trim().is_empty()
    }
}

/// The field of a part of the nth picture, counted from 1: `picture-2-alt`.
pub fn field(number: usize, part: &str) -> String {
    part_field("picture", number, part)
}

/// Whether a field is about a picture.
pub fn is_of(field: &str) -> bool {
    field.starts_with("picture-")
}

/// All of them, each once.
pub fn held(answers: &Answers) -> Vec<Held> {
    let mut all: Vec<Held> = Vec::new();
    for number in 1..=MOST {
        let said = |part| answers.raw(&field(number, part)).to_owned();
        let Ok(id) = said("id").trim().parse() else { continue };
        if all.iter().all(|one| one.id != id) {
            all.push(Held { id, alt: said("alt"), credit: said("credit") });
        }
    }
    all
}

/// The answers with these pictures and no others.
pub fn with(answers: &Answers, held: &[Held]) -> Answers {
    let mut answers = answers.only(|field| !is_of(field));
    for (number, one) in (1..=MOST).zip(held) {
        answers.set(&field(number, "id"), one.id.to_string());
        for (part, words) in [("alt", &one.alt), ("credit", &one.credit)] {
            if !words.trim().is_empty() {
                answers.set(&field(number, part), words);
            }
        }
    }
    answers
}

/// What was typed, put into what is saved. A form names only pictures that it was shown; others it cannot bring in.
pub fn merged(saved: &[Held], typed: &Answers) -> Merged {
    let mut merged = Merged { held: saved.to_vec(), clashes: Vec::new(), gone: Vec::new() };
    let seen_of = |id: PictureId| {
        let id = id.to_string();
        let number = (1..=MOST).find(|number| typed.one(&field(*number, "id")) == id);
        number.map_or("", |number| typed.one(&field(number, "seen")))
    };
    for typed in held(typed) {
        let seen = seen_of(typed.id);
        match merged.held.iter_mut().find(|one| one.id == typed.id) {
            None if typed.says_nothing() => {}
            None => merged.gone.push(typed),
            Some(saved) if saved.mark() == typed.mark() || typed.mark() == seen => {}
            Some(saved) if saved.mark() == seen => *saved = typed,
            Some(_) => merged.clashes.push(typed),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(number: u128, alt: &str, credit: &str) -> Held {
        Held { id: PictureId::from_u128(number), alt: alt.into(), credit: credit.into() }
    }

    /// A form as its page was drawn from `seen`, with `typed` in its boxes.
    fn form(seen: &[Held], typed: &[Held]) -> Answers {
        let mut form = with(&Answers::default(), typed);
        for (number, one) in (1..).zip(seen) {
            form.set(&field(number, "seen"), one.mark());
        }
        form
    }

    #[test]
    fn pictures_stand_among_the_answers_without_gaps() {
        let mut answers = Answers::default();
        answers.set("title", "Clay");
        let two = [picture(1, " A pot ", ""), picture(2, "", "Dele 🏺")];
        let answers = with(&answers, &two);
        assert_eq!(held(&answers), two);
        assert_eq!(answers.one("title"), "Clay");
        assert_eq!(held(&with(&answers, &two[1..])), two[1..]);
        assert_eq!(with(&with(&answers, &two), &[]).fields().count(), 1);
    }

    #[test]
    fn what_is_typed_here_is_kept_beside_what_another_window_did_to_other_pictures() {
        let seen = [picture(1, "", ""), picture(2, "Two", "")];
        let saved =
            [picture(2, "Two of another window", ""), picture(1, "", ""), picture(3, "", "")];
        let typed = [picture(1, "A pot", "Dele"), picture(2, "Two", "")];
        let merged = merged(&saved, &form(&seen, &typed));
        assert_eq!(merged.held, [saved[0].clone(), typed[0].clone(), saved[2].clone()]);
        assert_eq!(merged.clashes, [], "nothing was typed there");
        assert_eq!(merged.gone, []);
    }

    #[test]
    fn other_words_of_another_window_stay_until_somebody_chooses() {
        let (seen, saved) = ([picture(1, "", "")], [picture(1, "Theirs", "")]);
        let typed = [picture(1, "Mine", "")];
        let first = merged(&saved, &form(&seen, &typed));
        assert_eq!((first.held, first.clashes), (saved.to_vec(), typed.to_vec()));
        let second = merged(&saved, &form(&saved, &typed));
        assert_eq!((second.held, second.clashes), (typed.to_vec(), vec![]));
    }

    #[test]
    fn words_for_a_picture_that_is_gone_are_told_and_no_form_brings_in_a_picture() {
        let (lost, empty) = (picture(1, "A pot", ""), picture(2, "", ""));
        let forms = form(&[], &[lost.clone(), empty]);
        let merged = merged(&[], &forms);
        assert_eq!((merged.held, merged.gone), (vec![], vec![lost]));
    }
}
