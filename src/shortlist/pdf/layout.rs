//! Where each line of a sheet stands on its pages.
use super::Print;
use crate::{
    pdf::{BOTTOM, Block, Faces, Laid, Lettering, PAGE, Pen, SIDE, WIDTH, Weight},
    shortlist::Sheet,
};

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
        Print::Big => Writing::sheet(sheet, faces, BIG),
        Print::Large => {
            let roomy = Writing::sheet(sheet, faces, LARGE);
            if roomy.pages.len() == 1 {
                return roomy;
            }
            let close = Writing::sheet(sheet, faces, CLOSE);
            if close.pages.len() < roomy.pages.len() { close } else { roomy }
        }
    }
}

/// A pen that writes in one style.
struct Writing<'a> {
    pen: Pen<'a>,
    style: Style,
}

impl<'a> Writing<'a> {
    fn sheet(sheet: &Sheet, faces: &'a Faces, style: Style) -> Laid {
        let title = match faces.legible(&sheet.title) {
            title if title.is_empty() => sheet.spoken.clone(),
            title => title,
        };
        let corner = match &sheet.list {
            Some(list) => faces.legible(&format!("Fingerpost – {list}")),
            None => "Fingerpost".to_owned(),
        };
        let mut writing = Self { pen: Pen::new(faces, title, corner), style };
        writing.head(sheet);
        for fact in &sheet.facts {
            writing.fact(fact.heading, fact.first.as_deref(), &fact.lines);
        }
        writing.end(sheet);
        writing.pen.laid
    }

    fn head(&mut self, sheet: &Sheet) {
        let Style { size, leading, title, lead, gap, .. } = self.style;
        let pen = &mut self.pen;
        let words = pen.laid.title.clone();
        pen.say(Block::Title(words.clone()), &words, Lettering::bold(title, title * 1.12));
        pen.y += gap;
        pen.say(Block::Paragraph, &sheet.lead, Lettering::regular(lead, lead * 1.35));
        if let Some(note) = &sheet.note {
            pen.y += gap;
            let words = format!("A note for you: {note}");
            pen.say(Block::Paragraph, &words, Lettering::bold(size, leading));
        }
        pen.y += gap;
        pen.rule(SIDE, pen.y, WIDTH, 2.0);
        pen.y += gap;
    }

    fn fact(&mut self, heading: &str, first: Option<&str>, lines: &[String]) {
        let Style { size, leading, gap, column, .. } = self.style;
        let pen = &mut self.pen;
        // A heading never stands alone at the foot of a page.
        let least = leading * if column.is_some() { 2.0 } else { 3.0 };
        if pen.y + least > PAGE.1 - BOTTOM {
            pen.turn();
        }
        let block = pen.block(Block::Heading(heading.to_owned()));
        let (page, top) = (pen.laid.pages.len(), pen.y);
        let (x, width) = match column {
            Some(column) => (SIDE + column, WIDTH - column),
            None => (SIDE, WIDTH),
        };
        match column {
            Some(column) => {
                pen.paragraph(block, heading, Lettering::bold(size, leading), SIDE, column - 10.0);
            }
            // Above its words, it is larger than they are.
            None => {
                let above = Lettering::bold(size * 1.2, leading * 1.15);
                pen.paragraph(block, heading, above, SIDE, WIDTH);
            }
        }
        let below = (pen.laid.pages.len(), pen.y);
        if column.is_some() && page == pen.laid.pages.len() {
            pen.y = top;
        }
        let text = first.map(|words| (words, Weight::Bold)).into_iter();
        for (words, weight) in text.chain(lines.iter().map(|line| (line.as_str(), Weight::Regular)))
        {
            let block = pen.block(Block::Paragraph);
            pen.paragraph(block, words, Lettering { weight, size, leading }, x, width);
        }
        if below.0 == pen.laid.pages.len() {
            pen.y = pen.y.max(below.1);
        }
        pen.y += gap;
    }

    /// What stands at the foot of the last page: how fresh it is, and the way to the page.
    fn end(&mut self, sheet: &Sheet) {
        let Style { size, leading, gap, square, .. } = self.style;
        let (regular, bold) = (Lettering::regular(size, leading), Lettering::bold(size, leading));
        let width = WIDTH - square - 14.0;
        let fresh = self.pen.lines(&sheet.checked, Weight::Regular, size, width);
        let address = self.pen.lines(&sheet.spoken, Weight::Bold, size, width);
        let height = (leading * (fresh.len() + address.len() + 1) as f32 + gap).max(square);
        let top = PAGE.1 - BOTTOM - height;
        if self.pen.y > top {
            self.pen.turn();
        }
        self.notes(top - gap);
        let pen = &mut self.pen;
        pen.rule(SIDE, top - gap / 2.0, WIDTH, 0.8);
        pen.y = top + gap / 2.0;
        let block = pen.block(Block::Paragraph);
        pen.paragraph(block, &sheet.checked, regular, SIDE, width);
        pen.y += gap / 2.0;
        let block = pen.block(Block::Paragraph);
        pen.paragraph(block, "See this on a phone or computer:", regular, SIDE, width);
        let said = format!("This offer on Fingerpost: {}", sheet.link);
        let block = pen.block(Block::Link { address: sheet.link.clone(), said });
        pen.paragraph(block, &sheet.spoken, bold, SIDE, width);
        if let Some(code) = &sheet.square {
            let said = format!("Square code. A phone’s camera reads it and opens {}", sheet.spoken);
            pen.square(said, code, (SIDE + WIDTH - square, top), square);
        }
    }

    /// Lines to write on, where there is room down to `bottom`.
    fn notes(&mut self, bottom: f32) {
        let Style { size, leading, .. } = self.style;
        let (apart, label) = (leading * 1.6, leading * 1.5);
        let pen = &mut self.pen;
        if bottom - pen.y < label + 2.0 * apart {
            return;
        }
        pen.say(Block::Paragraph, "Your own notes", Lettering::bold(size, leading));
        let mut y = pen.y + apart;
        while y + apart / 2.0 < bottom {
            pen.rule(SIDE, y, WIDTH, 0.6);
            y += apart;
        }
    }
}
