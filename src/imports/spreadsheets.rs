//! Cells that a spreadsheet would run as a formula, written so that it takes them for text, and read again.
use std::borrow::Cow;

/// As a cell of a file that somebody may open in a spreadsheet: an apostrophe before it says that it is text.
/// Numbers are no formulas.
pub fn as_text(cell: &str) -> Cow<'_, str> {
    let number = cell.parse::<f64>().is_ok() && !cell.contains(char::is_alphabetic);
    match !number && would_run(cell.trim_start_matches('\'')) {
        true => format!("'{cell}").into(),
        false => cell.into(),
    }
}

/// What such a cell says: without the apostrophe that stands there for spreadsheets.
pub(super) fn said(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if would_run(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn would_run(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_cell_is_run_as_a_formula_and_what_is_harmless_stays_as_it_is() {
        for cell in ["=1+1", "+44 20 7946 0142", "- tea\n- pots", "@SUM(A1)", "'=1"] {
            assert_eq!(as_text(cell), format!("'{cell}"));
        }
        for cell in ["", "-0.0694", "Clay, on the lane", "'Tis clay", "1-1"] {
            assert_eq!(as_text(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(cell in "['=+@a0.-]{0,6}") {
            let written = as_text(&cell);
            prop_assert_eq!(said(&written), cell.as_str());
        }
    }
}
