//! Hand-outs as a PDF.
mod layout;

use jiff::civil::DateTime;

use super::Sheet;
use crate::pdf;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// 14 points, the least that large print is.
    Large,
    /// 20 points.
    Big,
}

/// Each sheet begins a page. `title` names the whole. Fails only where the library does.
pub fn pdf(title: &str, sheets: &[Sheet], print: Print, now: DateTime) -> anyhow::Result<Vec<u8>> {
    let faces = pdf::faces()?;
    let laid: Vec<pdf::Laid> =
        sheets.iter().map(|sheet| layout::lay(sheet, &faces, print)).collect();
    pdf::write(title, "hand-out", &laid, &faces, now)
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;
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
    fn strict(sheets: &[Sheet], print: Print) -> anyhow::Result<Vec<u8>> {
        let faces = pdf::faces().unwrap();
        let laid: Vec<_> = sheets.iter().map(|one| layout::lay(one, &faces, print)).collect();
        pdf::strict("Clay", &laid, &faces, datetime(2026, 11, 21, 9, 0, 0, 0))
    }

    fn pages(sheet: &Sheet, print: Print) -> usize {
        layout::lay(sheet, &pdf::faces().unwrap(), print).pages.len()
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
