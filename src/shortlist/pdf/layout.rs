//! Where each line of a sheet stands on its pages.
use super::{
    Print,
    face::{Faces, Weight},
    words,
};
use crate::{shortlist::Sheet, web::Square};

/// A4, in points.
pub const PAGE: (f32, f32) = (595.28, 841.89);

const SIDE: f32 = 48.0;
const TOP: f32 = 42.0;
const BOTTOM: f32 = 42.0;
const WIDTH: f32 = PAGE.0 - 2.0 * SIDE;

/// Of a sheet: its pages, and its blocks in the order in which they are read.
pub struct Laid {
    pub title: String,
    pub blocks: Vec<Block>,
    pub pages: Vec<Vec<Mark>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Title(String),
    Heading(String),
    Paragraph,
    Link(String),
    Figure(String),
}

/// Something on a page. `block` says what it belongs to; what belongs to none is decoration.
pub enum Mark {
    Words {
        block: Option<usize>,
        x: f32,
        y: f32,
        size: f32,
        weight: Weight,
        words: String,
    },
    Square {
        block: usize,
        x: f32,
        y: f32,
        side: f32,
        square: Square,
    },
    /// A line from left to right.
    Rule {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
}

/// How large and how far apart. All in points.
#[derive(Clone, Copy)]
struct Style {
    size: f32,
    leading: f32,
    gap: f32,
    title: f32,
    lead: f32,
    /// The width of the headings' own column; none where they stand above.
    column: Option<f32>,
    square: f32,
}

const LARGE: Style = Style {
    size: 14.0,
    leading: 19.0,
    gap: 9.0,
    title: 30.0,
    lead: 17.0,
    column: Some(118.0),
    square: 92.0,
};
/// The same letters closer together, for an offer that has much to say.
const CLOSE: Style =
    Style { leading: 17.0, gap: 5.0, title: 25.0, lead: 14.5, square: 84.0, ..LARGE };
const BIG: Style = Style {
    size: 20.0,
    leading: 27.0,
    gap: 15.0,
    title: 38.0,
    lead: 23.0,
    column: None,
    square: 120.0,
};

/// On one page if that can be.
pub fn lay(sheet: &Sheet, faces: &Faces, print: Print) -> Laid {
    match print {
        Print::Big => Pen::sheet(sheet, faces, BIG),
        Print::Large => {
            let roomy = Pen::sheet(sheet, faces, LARGE);
            if roomy.pages.len() == 1 {
                return roomy;
            }
            let close = Pen::sheet(sheet, faces, CLOSE);
            if close.pages.len() < roomy.pages.len() { close } else { roomy }
        }
    }
}

struct Pen<'a> {
    faces: &'a Faces,
    style: Style,
    laid: Laid,
    /// What stands in the corner of each page.
    corner: String,
    /// How far down the page it is.
    y: f32,
}

impl<'a> Pen<'a> {
    fn sheet(sheet: &Sheet, faces: &'a Faces, style: Style) -> Laid {
        let title = match faces.legible(&sheet.title) {
            title if title.is_empty() => sheet.spoken.clone(),
            title => title,
        };
        let laid = Laid { title, blocks: Vec::new(), pages: Vec::new() };
        let corner = match &sheet.list {
            Some(list) => faces.legible(&format!("Fingerpost – {list}")),
            None => "Fingerpost".to_owned(),
        };
        let mut pen = Self { faces, style, laid, corner, y: 0.0 };
        pen.turn();
        pen.head(sheet);
        for fact in &sheet.facts {
            pen.fact(fact.heading, fact.first.as_deref(), &fact.lines);
        }
        pen.end(sheet);
        pen.laid
    }

    fn head(&mut self, sheet: &Sheet) {
        let Style { title, lead, gap, .. } = self.style;
        let block = self.block(Block::Title(self.laid.title.clone()));
        let words = self.laid.title.clone();
        self.paragraph(block, &words, Weight::Bold, title, title * 1.12, SIDE, WIDTH);
        self.y += gap;
        let block = self.block(Block::Paragraph);
        self.paragraph(block, &sheet.lead, Weight::Regular, lead, lead * 1.35, SIDE, WIDTH);
        if let Some(note) = &sheet.note {
            self.y += gap;
            let block = self.block(Block::Paragraph);
            let words = format!("A note for you: {note}");
            self.paragraph(
                block,
                &words,
                Weight::Bold,
                self.style.size,
                self.style.leading,
                SIDE,
                WIDTH,
            );
        }
        self.y += gap;
        self.rule(SIDE, self.y, WIDTH, 2.0);
        self.y += gap;
    }

    fn fact(&mut self, heading: &str, first: Option<&str>, lines: &[String]) {
        let Style { size, leading, gap, column, .. } = self.style;
        // A heading never stands alone at the foot of a page.
        let least = leading * if column.is_some() { 2.0 } else { 3.0 };
        if self.y + least > PAGE.1 - BOTTOM {
            self.turn();
        }
        let block = self.block(Block::Heading(heading.to_owned()));
        let (page, top) = (self.laid.pages.len(), self.y);
        let (x, width) = match column {
            Some(column) => (SIDE + column, WIDTH - column),
            None => (SIDE, WIDTH),
        };
        match column {
            Some(column) => {
                self.paragraph(block, heading, Weight::Bold, size, leading, SIDE, column - 10.0);
            }
            // Above its words, it is larger than they are.
            None => {
                self.paragraph(
                    block,
                    heading,
                    Weight::Bold,
                    size * 1.2,
                    leading * 1.15,
                    SIDE,
                    WIDTH,
                );
            }
        }
        let below = (self.laid.pages.len(), self.y);
        if column.is_some() && page == self.laid.pages.len() {
            self.y = top;
        }
        let text = first.map(|words| (words, Weight::Bold)).into_iter();
        for (words, weight) in text.chain(lines.iter().map(|line| (line.as_str(), Weight::Regular)))
        {
            let block = self.block(Block::Paragraph);
            self.paragraph(block, words, weight, size, leading, x, width);
        }
        if below.0 == self.laid.pages.len() {
            self.y = self.y.max(below.1);
        }
        self.y += gap;
    }

    /// What stands at the foot of the last page: how fresh it is, and the way to the page.
    fn end(&mut self, sheet: &Sheet) {
        let Style { size, leading, gap, square, .. } = self.style;
        let width = WIDTH - square - 14.0;
        let fresh = self.lines(&sheet.checked, Weight::Regular, size, width);
        let address = self.lines(&sheet.spoken, Weight::Bold, size, width);
        let height = (leading * (fresh.len() + address.len() + 1) as f32 + gap).max(square);
        let top = PAGE.1 - BOTTOM - height;
        if self.y > top {
            self.turn();
        }
        self.notes(top - gap);
        self.rule(SIDE, top - gap / 2.0, WIDTH, 0.8);
        let right = SIDE + WIDTH - square;
        self.y = top + gap / 2.0;
        let block = self.block(Block::Paragraph);
        self.paragraph(block, &sheet.checked, Weight::Regular, size, leading, SIDE, width);
        self.y += gap / 2.0;
        let block = self.block(Block::Paragraph);
        self.paragraph(
            block,
            "See this on a phone or computer:",
            Weight::Regular,
            size,
            leading,
            SIDE,
            width,
        );
        let block = self.block(Block::Link(sheet.link.clone()));
        self.paragraph(block, &sheet.spoken, Weight::Bold, size, leading, SIDE, width);
        if let Some(code) = &sheet.square {
            let alt = format!("Square code. A phone’s camera reads it and opens {}", sheet.spoken);
            let block = self.block(Block::Figure(alt));
            self.put(Mark::Square { block, x: right, y: top, side: square, square: code.clone() });
        }
    }

    /// Lines to write on, where there is room down to `bottom`.
    fn notes(&mut self, bottom: f32) {
        let (apart, label) = (self.style.leading * 1.6, self.style.leading * 1.5);
        if bottom - self.y < label + 2.0 * apart {
            return;
        }
        let block = self.block(Block::Paragraph);
        let (size, leading) = (self.style.size, self.style.leading);
        self.paragraph(block, "Your own notes", Weight::Bold, size, leading, SIDE, WIDTH);
        let mut y = self.y + apart;
        while y + apart / 2.0 < bottom {
            self.rule(SIDE, y, WIDTH, 0.6);
            y += apart;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "where, how large and how heavy are all of it")]
    fn paragraph(
        &mut self,
        block: usize,
        words: &str,
        weight: Weight,
        size: f32,
        leading: f32,
        x: f32,
        width: f32,
    ) {
        for words in self.lines(words, weight, size, width) {
            if self.y + leading > PAGE.1 - BOTTOM {
                self.turn();
            }
            // The letters stand in the middle of their line.
            let y = self.y + (leading + size * 0.7) / 2.0;
            self.put(Mark::Words { block: Some(block), x, y, size, weight, words });
            self.y += leading;
        }
    }

    fn lines(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        words::lines(self.faces, &self.faces.legible(text), weight, size, width)
    }

    fn block(&mut self, block: Block) -> usize {
        self.laid.blocks.push(block);
        self.laid.blocks.len() - 1
    }

    fn rule(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.put(Mark::Rule { x, y, width, height });
    }

    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.laid.pages.last_mut() {
            page.push(mark);
        }
    }

    /// A new page, with whose it is in its corner.
    fn turn(&mut self) {
        self.laid.pages.push(Vec::new());
        let size = 14.0;
        let y = TOP + size * 0.7;
        let corner = match self.laid.pages.len() {
            1 => self.corner.clone(),
            page => format!("{}, page {page}", self.laid.title),
        };
        if let Some(words) = self.lines(&corner, Weight::Bold, size, WIDTH).into_iter().next() {
            self.put(Mark::Words { block: None, x: SIDE, y, size, weight: Weight::Bold, words });
        }
        self.y = TOP + 34.0;
    }
}
