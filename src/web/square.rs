//! The square code of an address, for the camera of a telephone.
use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

/// Light cells that must stay around it.
const QUIET: usize = 4;

/// Drawn as one path of an SVG, in units of its cells.
#[derive(Clone, Debug)]
pub struct Square {
    /// Cells on a side, with those around it.
    pub side: usize,
    /// The `d` of the path of its dark cells.
    pub path: String,
}

impl Square {
    /// `None` for what is too long for one, from some two thousand letters.
    pub fn of(address: &str) -> Option<Self> {
        let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
        let mut path = String::new();
        for y in 0..code.size {
            for x in (0..code.size).filter(|x| code[y][*x].value()) {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
            }
        }
        Some(Self { side: code.size + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_an_eye_in_its_corner_and_light_around_it() {
        let square = Square::of("otpauth://totp/Fingerpost").unwrap();
        assert!(square.side >= 21 + 8 && square.path.starts_with("M4 4h1v1h-1zM5 4"));
        assert!(Square::of(&"long".repeat(2_000)).is_none());
    }
}
