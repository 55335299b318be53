//! Where each line stands on its page: a pen that goes down the pages and turns them.
use super::{
    face::{Faces, Weight},
    words,
};
use crate::web::Square;

/// A4, in points.
pub const PAGE: (f32, f32) = (595.28, 841.89);

pub const SIDE: f32 = 48.0;
const TOP: f32 = 42.0;
pub const BOTTOM: f32 = 42.0;
/// Between the margins.
pub const WIDTH: f32 = PAGE.0 - 2.0 * SIDE;

/// Of one part: its pages, and its blocks in the order in which they are read.
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
    /// `said` is what a screen reader says of it.
    Link {
        address: String,
        said: String,
    },
    /// In these words.
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

/// How words are written: the size of the letters and the height of a line, in points.
#[derive(Clone, Copy, Debug)]
pub struct Lettering {
    pub weight: Weight,
    pub size: f32,
    pub leading: f32,
}

pub struct Pen<'a> {
    pub faces: &'a Faces,
    pub laid: Laid,
    /// How far down the page it is.
    pub y: f32,
    /// What stands in the corner of the first page.
    corner: String,
}

impl Lettering {
    pub const fn regular(size: f32, leading: f32) -> Self {
        Self { weight: Weight::Regular, size, leading }
    }
    pub const fn bold(size: f32, leading: f32) -> Self {
        Self { weight: Weight::Bold, size, leading }
    }
}

impl<'a> Pen<'a> {
    /// At the top of a first page. `title` stands in the corner of the pages that follow.
    pub fn new(faces: &'a Faces, title: String, corner: String) -> Self {
        let laid = Laid { title, blocks: Vec::new(), pages: Vec::new() };
        let mut pen = Self { faces, laid, corner, y: 0.0 };
        pen.turn();
        pen
    }

    /// Words from margin to margin.
    pub fn say(&mut self, block: Block, words: &str, lettering: Lettering) {
        let block = self.block(block);
        self.paragraph(block, words, lettering, SIDE, WIDTH);
    }

    /// Words of a block that is begun, `width` wide from `x`.
    pub fn paragraph(
        &mut self,
        block: usize,
        words: &str,
        lettering: Lettering,
        x: f32,
        width: f32,
    ) {
        let Lettering { weight, size, leading } = lettering;
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

    pub fn lines(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        words::lines(self.faces, &self.faces.legible(text), weight, size, width)
    }

    pub fn block(&mut self, block: Block) -> usize {
        self.laid.blocks.push(block);
        self.laid.blocks.len() - 1
    }

    pub fn rule(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.put(Mark::Rule { x, y, width, height });
    }

    /// A square code whose left upper corner stands there, with what it says in words.
    pub fn square(&mut self, said: String, square: &Square, (x, y): (f32, f32), side: f32) {
        let block = self.block(Block::Figure(said));
        self.put(Mark::Square { block, x, y, side, square: square.clone() });
    }

    /// A new page, with whose it is in its corner.
    pub fn turn(&mut self) {
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

    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.laid.pages.last_mut() {
            page.push(mark);
        }
    }
}
