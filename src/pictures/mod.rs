//! Pictures: checked, turned upright, made smaller, without anything that a camera wrote into them.
mod encode;
mod folder;
mod keeper;
pub mod store;

use serde::{Deserialize, Serialize};

pub use encode::{Encoded, encode};
pub use keeper::Pictures;

pub type PictureId = uuid::Uuid;

/// An offer has at most so many.
pub const MOST: usize = 5;
/// Bytes of a file that is taken: 10 MB as most programs count them.
pub const LARGEST_FILE: usize = 10 * 1024 * 1024;

/// One that was taken in. It never changes: another picture is another id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub id: PictureId,
    /// Of the large size, in pixels.
    pub width: u32,
    pub height: u32,
}

/// What browsers choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Small,
    Medium,
    Large,
}

/// Why a file is not taken. Said after its subject: "The picture is empty. …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("is an empty file. Choose another one")]
    Empty,
    #[error("must be smaller than 10 MB")]
    TooLarge,
    #[error("must be a JPEG, PNG or WebP file")]
    NotAPicture,
    #[error("has too many dots, {width} by {height}. Make it smaller, then add it again")]
    TooManyDots { width: u32, height: u32 },
    #[error("could not be read. It may be damaged: save it anew, or choose another one")]
    Damaged,
}

impl Size {
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    pub fn code(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// From the name of a file, such as "small.webp".
    pub fn of_file(name: &str) -> Option<Self> {
        let code = name.strip_suffix(".webp")?;
        Self::ALL.into_iter().find(|size| size.code() == code)
    }

    /// So many pixels wide, where the picture has as many; at most twice as high.
    fn width(self) -> u32 {
        match self {
            Self::Small => 480,
            Self::Medium => 960,
            Self::Large => 1600,
        }
    }

    /// What a picture of these pixels becomes: the same shape, never larger than it was.
    fn fit(self, width: u32, height: u32) -> (u32, u32) {
        let (most_wide, most_high) = (u64::from(self.width()), u64::from(self.width()) * 2);
        let (wide, high) = (u64::from(width.max(1)), u64::from(height.max(1)));
        let (to, of) = match most_wide * high <= most_high * wide {
            true => (most_wide.min(wide), wide),
            false => (most_high.min(high), high),
        };
        let scaled = |length: u64| u32::try_from(((length * to + of / 2) / of).max(1));
        (scaled(wide).unwrap_or(1), scaled(high).unwrap_or(1))
    }
}

impl Picture {
    /// Its pixels in a size.
    pub fn in_size(&self, size: Size) -> (u32, u32) {
        size.fit(self.width, self.height)
    }

    /// The sizes that differ, each with its width in pixels: a small picture has only one.
    pub fn widths(&self) -> Vec<(Size, u32)> {
        let mut widths: Vec<(Size, u32)> =
            Size::ALL.into_iter().map(|size| (size, self.in_size(size).0)).collect();
        widths.dedup_by_key(|(_, width)| *width);
        widths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape_and_is_never_enlarged() {
        for ((width, height), sizes) in [
            ((4000, 3000), [(480, 360), (960, 720), (1600, 1200)]),
            ((1600, 1200), [(480, 360), (960, 720), (1600, 1200)]),
            ((800, 400), [(480, 240), (800, 400), (800, 400)]),
            ((300, 200), [(300, 200); 3]),
            ((1, 1), [(1, 1); 3]),
            // A strip is held in by its height, and keeps one pixel at least.
            ((100, 40_000), [(2, 960), (5, 1920), (8, 3200)]),
            ((40_000, 1), [(480, 1), (960, 1), (1600, 1)]),
        ] {
            assert_eq!(Size::ALL.map(|size| size.fit(width, height)), sizes, "{width}×{height}");
        }
    }

    #[test]
    fn a_small_picture_is_offered_in_one_size_only() {
        let picture = |width, height| Picture { id: PictureId::nil(), width, height };
        assert_eq!(picture(300, 200).widths(), [(Size::Small, 300)]);
        assert_eq!(picture(800, 600).widths(), [(Size::Small, 480), (Size::Medium, 800)]);
        assert_eq!(picture(1600, 900).widths().len(), 3);
    }

    #[test]
    fn a_size_is_read_from_its_file_name_alone() {
        assert_eq!(Size::of_file("medium.webp"), Some(Size::Medium));
        for other in ["medium", "medium.jpg", "huge.webp", ".webp", "../small.webp"] {
            assert_eq!(Size::of_file(other), None, "{other}");
        }
    }
}
