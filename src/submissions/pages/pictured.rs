//! Pictures on the other pages of a submission: in the list of steps, and where answers are checked.
use super::{Form, status::Progress};
use crate::{
    pictures::Size,
    submissions::{
        About,
        album::{field, held, is_of},
        known::Known,
        reading::Read,
    },
    web::{Error, Result},
};

/// The row in the list of steps.
pub struct PicturesTask {
    pub href: String,
    pub words: String,
    pub progress: Progress,
}

/// One picture where the answers are checked.
pub struct Pictured {
    pub number: usize,
    pub address: String,
    pub width: u32,
    pub height: u32,
    pub alt: String,
    pub credit: String,
    pub change: String,
}

/// `None` for a profile, which has no pictures.
pub fn pictures_task(opened: &Form, read: &Read) -> Option<PicturesTask> {
    asked(opened).ok()?;
    let many = held(&opened.submission.answers).len();
    let wrong = !read.mistakes.only(is_of).is_empty();
    let (words, progress) = match many {
        _ if wrong => (Progress::NeedsALook.in_words().to_owned(), Progress::NeedsALook),
        0 => ("None yet".to_owned(), Progress::NotStarted),
        1 => ("One picture".to_owned(), Progress::Started),
        many => (format!("{many} pictures"), Progress::Started),
    };
    Some(PicturesTask { href: opened.to("pictures"), words, progress })
}

/// `None` for a profile.
pub fn pictured(opened: &Form, known: &Known) -> Option<Vec<Pictured>> {
    asked(opened).ok()?;
    let held = held(&opened.submission.answers);
    let pictured = (1..).zip(held).filter_map(|(number, one)| {
        let picture = known.pictures.iter().find(|picture| picture.id == one.id)?;
        let (width, height) = picture.in_size(Size::Small);
        Some(Pictured {
            number,
            address: opened.to(&format!("pictures/{}/small.webp", one.id)),
            width,
            height,
            alt: one.alt.trim().to_owned(),
            credit: one.credit.trim().to_owned(),
            change: opened.to(&format!("pictures?check=yes#{}", field(number, "alt"))),
        })
    });
    Some(pictured.collect())
}

/// There are none of a profile.
pub fn asked(opened: &Form) -> Result<()> {
    match opened.submission.about {
        About::Profile => Err(Error::NotFound),
        About::New(_) | About::Change { .. } => Ok(()),
    }
}
