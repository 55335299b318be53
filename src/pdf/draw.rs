//! From marks on pages to a PDF, with the tree that tells what each of them is and in which order they are read.
use std::num::NonZeroU16;

use jiff::civil::DateTime;
use krilla::{
    Document, SerializeSettings,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    configure::Configuration,
    destination::XyzDestination,
    error::KrillaResult,
    geom::{PathBuilder, Point, Rect},
    metadata::{self, Metadata},
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, BBox, ContentTag, Identifier, SpanTag, Tag, TagGroup, TagKind,
        TagTree,
    },
    text::TextDirection,
};

use super::{
    face::Faces,
    pen::{Block, Laid, Mark, PAGE},
};

const LANGUAGE: &str = "en-GB";

/// What is read of one block.
#[derive(Default)]
struct Read {
    content: Vec<Identifier>,
    /// The page and the edges of what one can press or look at: left, top, right, bottom.
    edges: Option<(usize, [f32; 4])>,
}

pub fn draw(
    title: &str,
    sheets: &[Laid],
    faces: &Faces,
    rules: Configuration,
    now: DateTime,
) -> KrillaResult<Vec<u8>> {
    let settings = SerializeSettings {
        configuration: rules,
        enable_tagging: true,
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    let mut outline = Outline::new();
    let mut pages = 0;
    for sheet in sheets {
        let corner = XyzDestination::new(pages, Point::from_xy(0.0, 0.0));
        outline.push_child(OutlineNode::new(sheet.title.clone(), corner));
        let mut read: Vec<Read> = Vec::new();
        read.resize_with(sheet.blocks.len(), Read::default);
        for marks in &sheet.pages {
            let settings = PageSettings::from_wh(PAGE.0, PAGE.1);
            let mut page = match settings {
                Some(settings) => document.start_page_with(settings),
                None => document.start_page(),
            };
            let mut surface = page.surface();
            surface.set_fill(Some(Fill { paint: rgb::Color::black().into(), ..Fill::default() }));
            for mark in marks {
                put(&mut surface, mark, faces, pages, &mut read);
            }
            surface.finish();
            for (block, read) in sheet.blocks.iter().zip(&mut read) {
                if let (Block::Link { address, said }, Some((on, edges))) = (block, read.edges)
                    && on == pages
                    && let Some(link) = link(address, said, edges)
                {
                    let link = page.add_tagged_annotation(link);
                    read.content.insert(0, link);
                }
            }
            page.finish();
            pages += 1;
        }
        let mut part = TagGroup::new(Tag::Part);
        for (block, read) in sheet.blocks.iter().zip(read) {
            let mut group = TagGroup::new(kind(block, read.edges));
            read.content.into_iter().for_each(|one| group.push(one));
            match block {
                Block::Link { .. } => {
                    part.push(TagGroup::with_children(Tag::P, vec![group.into()]))
                }
                _ => part.push(group),
            }
        }
        tree.push(part);
    }
    document.set_outline(outline);
    document.set_tag_tree(tree);
    document.set_metadata(
        Metadata::new()
            .title(title.to_owned())
            .language(LANGUAGE.to_owned())
            .creator("Fingerpost".to_owned())
            .creation_date(written(now)),
    );
    document.finish()
}

fn put(surface: &mut Surface<'_>, mark: &Mark, faces: &Faces, page: usize, read: &mut [Read]) {
    match mark {
        Mark::Words { block, x, y, size, weight, words } => {
            let tag = match block {
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Header)),
            };
            let one = surface.start_tagged(tag);
            let start = Point::from_xy(*x, *y);
            surface.draw_text(
                start,
                faces.font(*weight),
                *size,
                words,
                false,
                TextDirection::LeftToRight,
            );
            surface.end_tagged();
            if let Some(read) = block.and_then(|block| read.get_mut(block)) {
                read.content.push(one);
                let width = faces.width(words, *weight, *size);
                widen(read, page, [*x, y - size, x + width, y + size * 0.35]);
            }
        }
        Mark::Square { block, x, y, side, square } => {
            let one = surface.start_tagged(ContentTag::Other);
            let cell = side / square.side as f32;
            let mut path = PathBuilder::new();
            for (column, row, many) in &square.runs {
                let left = x + *column as f32 * cell;
                let top = y + *row as f32 * cell;
                push(&mut path, left, top, *many as f32 * cell, cell);
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
            surface.end_tagged();
            if let Some(read) = read.get_mut(*block) {
                read.content.push(one);
                widen(read, page, [*x, *y, x + side, y + side]);
            }
        }
        Mark::Rule { x, y, width, height } => {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            let mut path = PathBuilder::new();
            push(&mut path, *x, *y, *width, *height);
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
            surface.end_tagged();
        }
    }
}

fn push(path: &mut PathBuilder, x: f32, y: f32, width: f32, height: f32) {
    if let Some(cell) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(cell);
    }
}

/// The edges grow with each line on the page where it begins.
fn widen(read: &mut Read, page: usize, [left, top, right, bottom]: [f32; 4]) {
    match &mut read.edges {
        None => read.edges = Some((page, [left, top, right, bottom])),
        Some((on, edges)) if *on == page => {
            *edges =
                [edges[0].min(left), edges[1].min(top), edges[2].max(right), edges[3].max(bottom)];
        }
        Some(_) => {}
    }
}

fn kind(block: &Block, edges: Option<(usize, [f32; 4])>) -> TagKind {
    let level = |level: u16| NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    match block {
        Block::Title(title) => Tag::Hn(level(1), Some(title.clone())).into(),
        Block::Heading(heading) => Tag::Hn(level(2), Some(heading.clone())).into(),
        Block::Paragraph => Tag::P.into(),
        Block::Link { .. } => Tag::Link.into(),
        Block::Figure(alt) => {
            let edges = edges.and_then(|(page, [left, top, right, bottom])| {
                Some(BBox::new(page, Rect::from_ltrb(left, top, right, bottom)?))
            });
            Tag::Figure(Some(alt.clone())).with_bbox(edges).into()
        }
    }
}

fn link(address: &str, said: &str, [left, top, right, bottom]: [f32; 4]) -> Option<Annotation> {
    let edges = Rect::from_ltrb(left, top, right, bottom)?;
    let target = Target::Action(Action::Link(LinkAction::new(address.to_owned())));
    Some(Annotation::new_link(LinkAnnotation::new(edges, target), Some(said.to_owned())))
}

fn written(now: DateTime) -> metadata::DateTime {
    let part = |part: i8| part.unsigned_abs();
    metadata::DateTime::new(now.year().unsigned_abs())
        .month(part(now.month()))
        .day(part(now.day()))
        .hour(part(now.hour()))
        .minute(part(now.minute()))
        .second(part(now.second()))
}
