//! What helps people to take part, said to the person who goes there.
use crate::{
    offers::AccessAnswers,
    text::{series, series_with},
    topics::{Access, Codes},
};

/// Sentences on all that is stated, whether one gets in without steps and what has a note of its own aside.
pub fn sentences(access: &AccessAnswers) -> Vec<String> {
    let told =
        |feature: &Access| *feature != Access::StepFree && !access.notes.contains_key(feature);
    let things = |codes: Codes<Access>| {
        let things = codes.iter().filter(told).filter_map(thing);
        things.collect::<Vec<_>>()
    };
    let mut said = Vec::new();
    let (there, missing) = (things(access.yes), things(access.no));
    if !there.is_empty() {
        said.push(format!(
            "There is {}.",
            series(there.iter().map(|(article, name)| format!("{article}{name}")))
        ));
    }
    said.extend(access.yes.iter().filter(told).filter_map(|one| Some(sentence(one)?.0.to_owned())));
    if !missing.is_empty() {
        said.push(format!(
            "There is no {}.",
            series_with("or", missing.iter().map(|(_, name)| name))
        ));
    }
    said.extend(access.no.iter().filter(told).filter_map(|one| Some(sentence(one)?.1.to_owned())));
    said
}

/// What one can point at: its article and its name.
fn thing(feature: Access) -> Option<(&'static str, &'static str)> {
    Some(match feature {
        Access::Lift => ("a ", "lift"),
        Access::AccessibleToilet => ("an ", "accessible toilet"),
        Access::ChangingPlace => ("a ", "Changing Places toilet"),
        Access::HearingLoop => ("a ", "hearing loop"),
        Access::Bsl => ("", "British Sign Language"),
        Access::EasyRead => ("", "easy read information"),
        Access::BlueBadge => ("", "Blue Badge parking"),
        _ => return None,
    })
}

/// What is better said whole: where it is so, and where it is not.
fn sentence(feature: Access) -> Option<(&'static str, &'static str)> {
    Some(match feature {
        Access::Captions => {
            ("What people say is shown as text.", "What people say is not shown as text.")
        }
        Access::AudioDescription => {
            ("Somebody tells what there is to see.", "Nobody tells what there is to see.")
        }
        Access::QuietSession => ("It is quiet and relaxed.", "It can be loud or busy."),
        Access::DementiaFriendly => {
            ("People with dementia are welcome.", "It is not set up for people with dementia.")
        }
        Access::CompanionFree => {
            ("You may bring a friend or carer. They come free.", "A friend or carer has to pay.")
        }
        Access::AssistanceDogs => {
            ("You may bring an assistance dog.", "They cannot take assistance dogs.")
        }
        Access::Seating => ("There is always a seat.", "There is not always a seat."),
        Access::NearTransport => {
            ("A bus stop or station is near.", "There is no bus stop or station near.")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::Code;

    #[test]
    fn every_feature_has_its_words() {
        for feature in Access::ALL.iter().filter(|one| **one != Access::StepFree) {
            assert!(thing(*feature).is_some() != sentence(*feature).is_some(), "{feature:?}");
        }
    }

    #[test]
    fn what_is_there_comes_before_what_is_not() {
        let access = AccessAnswers {
            yes: [Access::Lift, Access::Seating, Access::StepFree].into_iter().collect(),
            no: [Access::HearingLoop, Access::Bsl].into_iter().collect(),
            ..AccessAnswers::default()
        };
        assert_eq!(
            sentences(&access),
            [
                "There is a lift.",
                "There is always a seat.",
                "There is no hearing loop or British Sign Language."
            ]
        );
    }
}
