//! Hand-outs as a tagged PDF that a screen reader reads well (PDF/UA-1).
mod draw;
mod face;
mod layout;
mod words;

use anyhow::Context;
use jiff::civil::DateTime;
use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};

use super::Sheet;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// 14 points, the least that large print is.
    Large,
    /// 20 points.
    Big,
}

/// Each sheet begins a page. `title` names the whole. Fails only where the library does.
pub fn pdf(title: &str, sheets: &[Sheet], print: Print, now: DateTime) -> anyhow::Result<Vec<u8>> {
    let faces = face::Faces::new().context("the letters of hand-outs cannot be read")?;
    let laid: Vec<layout::Laid> =
        sheets.iter().map(|sheet| layout::lay(sheet, &faces, print)).collect();
    let strict = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    let strict = strict.finish().map_err(|cause| anyhow::anyhow!("{cause:?}"))?;
    match draw::draw(title, &laid, &faces, strict, now) {
        Ok(bytes) => Ok(bytes),
        // Somebody waits for it in the room: one that may read less well is better than none.
        // Which one is not told: the cause may quote what somebody wrote on it.
        Err(_) => {
            tracing::error!("A hand-out breaks a rule of PDF/UA");
            draw::draw(title, &laid, &faces, Configuration::default(), now)
                .map_err(|_| anyhow::anyhow!("a hand-out could not be drawn"))
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;
    use krilla::error::KrillaResult;
    use proptest::prelude::*;

    use super::*;
    use crate::{shortlist::Fact, web::Square};

    fn sheet(title: &str, lead: &str, lines: Vec<String>) -> Sheet {
        let link = "http://fingerpost.example/o/12".to_owned();
        Sheet {
            list: Some(lead.to_owned()),
            title: title.to_owned(),
            lead: lead.to_owned(),
            note: Some(lead.to_owned()),
            facts: vec![Fact { heading: "When", first: Some(lead.to_owned()), lines }],
            checked: "These facts were checked on Monday 9 November 2026.".to_owned(),
            spoken: "fingerpost.example/o/12".to_owned(),
            square: Square::of(&link),
            link,
        }
    }

    /// Fails where a rule of PDF/UA is broken.
    fn strict(sheets: &[Sheet], print: Print) -> KrillaResult<Vec<u8>> {
        let faces = face::Faces::new().unwrap();
        let laid: Vec<_> = sheets.iter().map(|one| layout::lay(one, &faces, print)).collect();
        let rules = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
        draw::draw(
            "Clay",
            &laid,
            &faces,
            rules.finish().unwrap(),
            datetime(2026, 11, 21, 9, 0, 0, 0),
        )
    }

    fn pages(sheet: &Sheet, print: Print) -> usize {
        layout::lay(sheet, &face::Faces::new().unwrap(), print).pages.len()
    }

    #[test]
    fn an_offer_stays_on_one_page_until_its_words_do_not_fit() {
        let lines =
            |many| vec!["You can just come. Somebody says hello at the gate.".to_owned(); many];
        assert_eq!(pages(&sheet("Clay", "Make pots.", lines(5)), Print::Large), 1);
        assert_eq!(
            pages(&sheet("Clay", "Make pots.", lines(29)), Print::Large),
            1,
            "closer together"
        );
        assert_eq!(pages(&sheet("Clay", "Make pots.", lines(90)), Print::Large), 3);
        assert!(pages(&sheet("Clay", "Make pots.", lines(29)), Print::Big) > 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn whatever_is_written_on_it_a_hand_out_keeps_every_rule(
            title in "\\PC{0,100}", lead in "\\PC{0,300}",
            lines in prop::collection::vec("\\PC{0,400}", 0..12), big in any::<bool>()
        ) {
            let print = if big { Print::Big } else { Print::Large };
            let sheets = [sheet(&title, &lead, lines), sheet("Clay", "Make pots.", vec![])];
            let drawn = strict(&sheets, print);
            prop_assert!(drawn.is_ok(), "{:?}", drawn.err());
        }
    }
}
