//! The words that professionals record in a GP system about social prescribing.
//!
//! Codes and terms are those of SNOMED CT, United Kingdom edition, as the codelists of OpenSAFELY's
//! `dfms-covid19` study publish them (commit 79e0ff6e).

/// One thing to record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When one records it, for who does so for the first time.
    pub when: &'static str,
    pub term: &'static str,
    pub code: &'static str,
}

/// In the order in which they come up.
pub const RECORDED: [Recorded; 5] = [
    Recorded {
        when: "You told them what there is",
        term: "Social prescribing offered",
        code: "871691000000100",
    },
    Recorded {
        when: "They said no, for now",
        term: "Social prescribing declined",
        code: "871711000000103",
    },
    Recorded {
        when: "You told them where to go",
        term: "Signposting to social prescribing service",
        code: "1084281000000109",
    },
    Recorded {
        when: "You referred them",
        term: "Referral to social prescribing service",
        code: "871731000000106",
    },
    Recorded {
        when: "You are the link worker and saw them",
        term: "Seen by social prescribing link worker",
        code: "1362931000000106",
    },
];

/// Besides, where a registered therapist leads it.
pub const THERAPY: Recorded = Recorded {
    when: "It is a therapy, and they take part",
    term: "Creative therapy",
    code: "278415002",
};

impl Recorded {
    /// As it is copied: "Social prescribing offered (SNOMED CT 871691000000100)".
    pub fn whole(&self) -> String {
        format!("{} (SNOMED CT {})", self.term, self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check digit of SNOMED CT identifiers (Verhoeff), so that no digit was mistyped.
    fn is_sound(code: &str) -> bool {
        const TURNED: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
        let turn = |digit: u8, times: usize| {
            (0..times % 8).fold(digit, |digit, _| TURNED[usize::from(digit)])
        };
        // The group of the turns and mirrorings of a pentagon.
        let joined = |a: u8, b: u8| match (a < 5, b < 5) {
            (true, true) => (a + b) % 5,
            (true, false) => (a + b) % 5 + 5,
            (false, true) => (a + 5 - b) % 5 + 5,
            (false, false) => (a + 5 - b) % 5,
        };
        let digits = code.bytes().rev().enumerate();
        digits.fold(0, |sum, (at, digit)| joined(sum, turn(digit - b'0', at))) == 0
    }

    #[test]
    fn every_code_has_the_right_check_digit() {
        for one in RECORDED.iter().chain([&THERAPY]) {
            assert!(is_sound(one.code), "{}", one.whole());
        }
        assert!(!is_sound("871691000000101"));
        assert!(!is_sound("871619000000100"));
    }
}
