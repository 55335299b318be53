//! What is typed comes back unchanged, and what depends on a choice stands with it.
use askama::Template;
use proptest::prelude::*;

use super::{
    super::{Step, questions::questions},
    drawing::all,
    drawn::{Drawing, Input, Placed},
};
use crate::{
    forms::{Answers, Mistakes},
    places::Places,
};

fn drawn(step: Step, answers: &Answers, more: &str) -> Vec<Placed> {
    let (mistakes, places) = (Mistakes::default(), Places::default());
    let drawing = Drawing { answers, mistakes: &mistakes, asked: &[], places: &places, more };
    all(questions(step), drawing)
}

fn of<'a>(placed: &'a [Placed], name: &str) -> &'a Placed {
    placed.iter().find(|one| one.drawn.name == name).unwrap_or_else(|| panic!("no {name}"))
}

/// What a browser reads from escaped text.
fn read(escaped: &str) -> String {
    [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")]
        .iter()
        .fold(escaped.to_owned(), |text, (sign, plain)| text.replace(sign, plain))
}

proptest! {
    #[test]
    fn any_text_comes_back_unchanged_and_escaped(text in "\\PC{0,40}|[<>&\"'\\n\\r =/a-z]{0,40}") {
        let mut answers = Answers::default();
        answers.set("title", text.clone());
        answers.set("description", text.clone());
        let placed = drawn(Step::What, &answers, "");

        let line = of(&placed, "title").drawn.render().unwrap();
        let value = line.split(" value=\"").nth(1).unwrap().split('"').next().unwrap();
        prop_assert!(!value.contains(['<', '>']));
        prop_assert_eq!(read(value), text.clone());

        let area = of(&placed, "description").drawn.render().unwrap();
        let (_, behind) = area.split_once("<textarea").unwrap();
        // A browser drops the first line break behind the tag.
        let (_, inner) = behind.split_once(">\n").unwrap();
        let (inner, _) = inner.split_once("</textarea>").unwrap();
        prop_assert!(!inner.contains(['<', '>']));
        prop_assert_eq!(read(inner), text);
    }
}

#[test]
fn what_depends_on_one_choice_opens_right_below_it() {
    let placed = drawn(Step::What, &Answers::default(), "");
    let Input::Choose { choices, .. } = &of(&placed, "kind").drawn.input else {
        panic!("not a choice")
    };
    let inside = |value: &str| {
        let choice = choices.iter().find(|one| one.value == value).unwrap();
        choice.inside.iter().map(|one| one.name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(inside("therapy"), ["therapist"]);
    assert!(inside("creative").is_empty());
    assert!(placed.iter().all(|one| one.drawn.name != "therapist"));
}

#[test]
fn what_depends_on_several_choices_carries_their_letter() {
    let placed = drawn(Step::Cost, &Answers::default(), "");
    let letter = of(&placed, "price").letter.unwrap();
    let Input::Choose { choices, .. } = &of(&placed, "cost").drawn.input else {
        panic!("not a choice")
    };
    for choice in choices {
        let opens = choice.opens.split(' ').any(|one| one == letter.to_string());
        assert_eq!(opens, choice.value != "free", "{}", choice.value);
    }
}

#[test]
fn letters_of_a_thing_are_never_those_of_its_form_and_the_stylesheet_knows_them_all() {
    let css = include_str!("../../../static/site.css");
    for step in Step::ALL {
        let placed = drawn(step, &Answers::default(), "");
        for one in &placed {
            let mut letters: Vec<char> = one.letter.into_iter().collect();
            assert!(letters.iter().all(|letter| *letter < 'p'), "{}", one.drawn.name);
            if let Input::Several { items, .. } = &one.drawn.input {
                let parts = items.iter().flat_map(|item| &item.parts);
                let inner: Vec<char> = parts.filter_map(|part| part.letter).collect();
                assert!(inner.iter().all(|letter| *letter >= 'p'), "{}", one.drawn.name);
                letters.extend(inner);
            }
            for letter in letters {
                assert!(css.contains(&format!("[data-when={letter}]")), "{letter}");
            }
        }
    }
}

#[test]
fn one_more_is_shown_when_it_is_asked_for_and_not_before() {
    let shown = |answers: &Answers, more: &str| {
        let placed = drawn(Step::When, answers, more);
        match &of(&placed, "schedule").drawn.input {
            Input::Several { items, .. } => items.len(),
            _ => panic!("not a thing"),
        }
    };
    let mut answers = Answers::default();
    assert_eq!(shown(&answers, ""), 1, "what is needed is there to be filled in");
    answers.set("schedule-1-starts", "10am");
    assert_eq!(shown(&answers, ""), 1);
    assert_eq!(shown(&answers, "schedule"), 2);
    assert_eq!(shown(&answers, "notice"), 1);
}
