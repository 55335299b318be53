//! A table, and the same numbers drawn as bars or as a grid of squares.
/// What is said in numbers. A chart repeats it, and a file has its cells.
#[derive(Clone, Debug)]
pub struct Table {
    /// Names it on its page and in files: "need".
    pub id: &'static str,
    pub title: String,
    /// What the rows are: "Need".
    pub of: &'static str,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub label: String,
    /// Where to read on.
    pub address: Option<String>,
    /// One for each column, as they are read.
    pub values: Vec<String>,
    /// The artform whose colour it has.
    pub class: &'static str,
}

#[derive(Clone, Debug)]
pub struct Chart {
    pub table: Table,
    /// What one would see, for who does not see it.
    pub in_words: String,
    pub drawing: Drawing,
}

#[derive(Clone, Debug)]
pub enum Drawing {
    /// The bars of each row.
    Bars(Vec<Vec<Piece>>),
    /// The squares of each row.
    Grid(Vec<Vec<Cell>>),
}

/// Lengths across are in parts of 100 of the width, down in rem from the top of the row.
#[derive(Clone, Debug)]
pub struct Piece {
    pub left: String,
    pub width: String,
    pub top: &'static str,
    pub height: &'static str,
    /// How it is filled: "first" is full, "second" hatched, "third" empty.
    pub look: &'static str,
}

#[derive(Clone, Debug)]
pub struct Cell {
    pub left: String,
    pub middle: String,
    pub count: usize,
    /// "gap" where there is nothing, else one of four steps.
    pub look: &'static str,
}

/// One row of a drawing: bars or squares, never both.
pub struct Line<'a> {
    /// In rem from the top of the drawing.
    pub top: String,
    pub row: &'a Row,
    pub pieces: &'a [Piece],
    pub cells: &'a [Cell],
}

/// The height of a row, and of the names of the columns above them, in rem.
const LINE: f64 = 2.75;
const NAMES: f64 = 1.5;
/// Where many columns are narrow, their names stand upright.
const UPRIGHT: f64 = 12.0;
/// A letter of them is hardly ever wider.
const LETTER: f64 = 0.6;
const MANY: usize = 4;

const LOOKS: [&str; 3] = ["first", "second", "third"];
const STEPS: [&str; 4] = ["", "some", "many", "most"];

impl Row {
    pub fn new(label: impl Into<String>, address: Option<String>, counts: &[usize]) -> Self {
        let values = counts.iter().map(ToString::to_string).collect();
        Self { label: label.into(), address, values, class: "" }
    }
}

impl Table {
    /// Counts of offers, one for each row.
    pub fn of_offers(
        id: &'static str,
        title: &str,
        of: &'static str,
        rows: impl IntoIterator<Item = (Row, usize)>,
    ) -> Chart {
        let (rows, counts): (Vec<Row>, Vec<usize>) = rows.into_iter().unzip();
        let table = Self { id, title: title.into(), of, columns: vec!["Offers".to_owned()], rows };
        let most = counts.iter().copied().max().unwrap_or(0);
        let bars = counts.iter().map(|count| end_to_end(&[*count], most)).collect();
        let in_words = most_of(&table, &counts);
        Chart { table, in_words, drawing: Drawing::Bars(bars) }
    }

    /// Each row the same whole in parts, end to end.
    pub fn in_parts(self, parts: &[Vec<usize>]) -> Chart {
        let whole = parts.iter().map(|parts| parts.iter().sum()).max().unwrap_or(0);
        let bars = parts.iter().map(|parts| end_to_end(parts, whole)).collect();
        let first: Vec<usize> = parts.iter().map(|parts| parts[0]).collect();
        let in_words = format!(
            "Each bar has {} parts: {}. {}",
            self.columns.len(),
            self.columns.join(", "),
            most_of(&self, &first)
        );
        Chart { table: self, in_words, drawing: Drawing::Bars(bars) }
    }

    /// In each row two bars below each other, as parts of `full`.
    pub fn side_by_side(self, pairs: &[([f64; 2], f64)], in_words: String) -> Chart {
        let bar = |at: usize, value: f64, full: f64| Piece {
            left: "0".to_owned(),
            width: percent(value, full),
            top: ["1.35", "1.9"][at],
            height: ".45",
            look: LOOKS[at],
        };
        let both = |(pair, full): &([f64; 2], f64)| {
            pair.iter().enumerate().map(|(at, value)| bar(at, *value, *full)).collect()
        };
        let drawing = Drawing::Bars(pairs.iter().map(both).collect());
        Chart { table: self, in_words, drawing }
    }

    /// Squares, the fuller the more.
    pub fn in_squares(self, counts: &[Vec<usize>]) -> Chart {
        let most = counts.iter().flatten().copied().max().unwrap_or(0);
        let gaps = counts.iter().flatten().filter(|count| **count == 0).count();
        let all = counts.iter().map(Vec::len).sum::<usize>();
        let width = 100.0 / self.columns.len().max(1) as f64;
        let cell = |(at, count): (usize, &usize)| Cell {
            left: rounded(at as f64 * width),
            middle: rounded((at as f64 + 0.5) * width),
            count: *count,
            look: if *count == 0 { "gap" } else { STEPS[step(*count, most)] },
        };
        let rows = counts.iter().map(|row| row.iter().enumerate().map(cell).collect()).collect();
        let in_words = format!(
            "A grid with {} rows and {} columns. {gaps} of its {all} squares have no offer. The most in one square is {most}.",
            self.rows.len(),
            self.columns.len(),
        );
        Chart { table: self, in_words, drawing: Drawing::Grid(rows) }
    }
}

impl Chart {
    pub fn lines(&self) -> Vec<Line<'_>> {
        let line = |(at, row)| Line {
            top: format!("{:.2}", self.head() + at as f64 * LINE),
            row,
            pieces: match &self.drawing {
                Drawing::Bars(rows) => rows.get(at).map_or(&[], Vec::as_slice),
                Drawing::Grid(_) => &[],
            },
            cells: match &self.drawing {
                Drawing::Grid(rows) => rows.get(at).map_or(&[], Vec::as_slice),
                Drawing::Bars(_) => &[],
            },
        };
        self.table.rows.iter().enumerate().map(line).collect()
    }

    pub fn is_grid(&self) -> bool {
        matches!(self.drawing, Drawing::Grid(_))
    }
    pub fn is_upright(&self) -> bool {
        self.is_grid() && self.table.columns.len() > MANY
    }
    /// How high the names of the columns are, in rem.
    pub fn head(&self) -> f64 {
        match (self.is_grid(), self.is_upright()) {
            (true, true) => self.upright(),
            (true, false) => NAMES,
            _ => 0.0,
        }
    }
    /// As high as its longest name needs.
    fn upright(&self) -> f64 {
        let longest = self.table.columns.iter().map(|name| name.chars().count()).max();
        (longest.unwrap_or_default() as f64 * LETTER + 0.5).min(UPRIGHT)
    }
    /// Of a square, in parts of 100, with a little between it and the next.
    pub fn across(&self) -> String {
        rounded(100.0 / self.table.columns.len().max(1) as f64 - 0.6)
    }
    /// In rem.
    pub fn height(&self) -> String {
        format!("{:.2}", self.head() + self.table.rows.len() as f64 * LINE)
    }
    /// Of a grid: the middle of each column in parts of 100, and its name.
    pub fn heads(&self) -> Vec<(String, &str)> {
        let columns = &self.table.columns;
        let middle = |at: usize| rounded((at as f64 + 0.5) * 100.0 / columns.len() as f64);
        columns.iter().enumerate().map(|(at, name)| (middle(at), name.as_str())).collect()
    }

    /// What each look of a bar stands for; nothing where there is only one.
    pub fn key(&self) -> Vec<(&'static str, &str)> {
        let columns = self.table.columns.iter().map(String::as_str);
        if columns.len() < 2 { Vec::new() } else { LOOKS.into_iter().zip(columns).collect() }
    }
}

impl Row {
    /// As they stand above a bar: "12 / 3 / 40".
    pub fn said(&self) -> String {
        self.values.join(" / ")
    }
}

/// Parts of 100 with one digit more.
pub(super) fn percent(part: f64, whole: f64) -> String {
    if whole > 0.0 { rounded(part / whole * 100.0) } else { "0".to_owned() }
}

fn rounded(number: f64) -> String {
    format!("{number:.1}")
}

/// From 0 to 3, for 1 to `most`.
pub(super) fn step(count: usize, most: usize) -> usize {
    (count.saturating_sub(1) * STEPS.len() / most.max(1)).min(STEPS.len() - 1)
}

fn end_to_end(parts: &[usize], whole: usize) -> Vec<Piece> {
    let mut before = 0;
    let piece = |(look, part): (&'static str, &usize)| {
        let left = percent(before as f64, whole as f64);
        before += part;
        Piece { left, width: percent(*part as f64, whole as f64), top: "1.5", height: ".9", look }
    };
    LOOKS.into_iter().zip(parts).map(piece).filter(|piece| piece.width != "0.0").collect()
}

fn most_of(table: &Table, counts: &[usize]) -> String {
    let named = || table.rows.iter().zip(counts);
    let best = named().rev().max_by_key(|(_, count)| **count).filter(|(_, count)| **count > 0);
    let most = best.map_or("All are 0.".to_owned(), |(row, count)| {
        format!("The longest bar is {}, with {count}.", row.label)
    });
    let none = counts.iter().filter(|count| **count == 0).count();
    if none > 0 && best.is_some() {
        format!("{most} {none} of {} are 0.", counts.len())
    } else {
        most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_bar_stand_end_to_end_and_fill_it() {
        let drawn: Vec<_> = end_to_end(&[1, 0, 3], 4)
            .into_iter()
            .map(|piece| (piece.look, piece.left, piece.width))
            .collect();
        let piece = |look, left: &str, width: &str| (look, left.to_owned(), width.to_owned());
        assert_eq!(drawn, [piece("first", "0.0", "25.0"), piece("third", "25.0", "75.0")]);
        assert!(end_to_end(&[0], 0).iter().all(|piece| piece.width == "0"));
    }

    #[test]
    fn a_square_is_as_full_as_its_number_and_empty_only_for_none() {
        assert_eq!([1, 2, 5, 8].map(|count| step(count, 8)), [0, 0, 2, 3]);
        let table = Table {
            id: "a",
            title: "A".into(),
            of: "B",
            columns: vec!["x".into(), "y".into()],
            rows: vec![],
        };
        let Drawing::Grid(rows) = table.in_squares(&[vec![0, 4]]).drawing else { panic!() };
        let looks: Vec<_> = rows[0].iter().map(|cell| (cell.look, &*cell.left)).collect();
        assert_eq!(looks, [("gap", "0.0"), ("most", "50.0")]);
    }
}
