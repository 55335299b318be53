//! The square code of an address, for the camera of a telephone.
use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

/// Light cells that must stay around it.
const QUIET: usize = 4;

#[derive(Clone, Debug)]
pub struct Square {
    /// Cells on a side, those around it too.
    pub side: usize,
    /// Runs of dark cells: column, row, how many.
    pub runs: Vec<(usize, usize, usize)>,
}

impl Square {
    /// `None` for an address of more than some two thousand letters.
    pub fn of(address: &str) -> Option<Self> {
        let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
        let mut runs: Vec<(usize, usize, usize)> = Vec::new();
        for y in 0..code.size {
            for x in (0..code.size).filter(|x| code[y][*x].value()) {
                match runs.last_mut() {
                    Some((from, row, many)) if *row == y + QUIET && *from + *many == x + QUIET => {
                        *many += 1;
                    }
                    _ => runs.push((x + QUIET, y + QUIET, 1)),
                }
            }
        }
        Some(Self { side: code.size + 2 * QUIET, runs })
    }

    /// The `d` of an SVG path.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (x, y, many) in &self.runs {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{x} {y}h{many}v1H{x}z");
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_its_three_eyes_and_light_around_them() {
        let square = Square::of("http://fingerpost.example/o/12").unwrap();
        assert!(square.side >= 21 + 8);
        for eye in [(4, 4, 7), (square.side - 11, 4, 7), (4, square.side - 5, 7)] {
            assert!(square.runs.contains(&eye), "{eye:?}");
        }
        assert!(
            square
                .runs
                .iter()
                .all(|(x, y, many)| *x >= 4 && *y >= 4 && x + many <= square.side - 4)
        );
        assert!(Square::of(&"long".repeat(2_000)).is_none());
    }
}
