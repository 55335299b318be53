//! Pictures of an offer: added, described, put in order, removed. Each post keeps what is good in it.
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::{
    Form,
    drawn::{Drawn, Input},
    pictured::asked,
};
use crate::{
    calendar::civil_now,
    forms::{Answers, Mistakes},
    limits::{self, Doer, Limit},
    pictures::{LARGEST_FILE, MOST, Picture, PictureId, Pictures, Refused, Size},
    submissions::{
        Stage,
        album::{self, Held, field, held, is_of, merged},
        known::{Known, known},
        reading::read,
        saving::{self, Saved},
    },
    text::in_letters,
    web::{Client, Error, Now, Part, Path, Query, Result, Uploads, View},
};

/// Making three sizes is work: enough for many offers, too little to keep a machine busy.
const ADDINGS: Limit = Limit { thing: "add a picture", times: 100, minutes: 60 };

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Besides {
    check: Option<String>,
}

#[derive(Deserialize)]
pub struct OfFile {
    id: PictureId,
    file: String,
}

#[derive(Template)]
#[template(path = "submissions/pictures.html")]
struct PicturesPage<'a> {
    opened: &'a Form,
    items: Vec<Item>,
    mistakes: Mistakes,
    /// How many more may be added.
    room: u8,
    to_check: bool,
    gone: Vec<Held>,
    wants_changes: bool,
}

struct Item {
    number: usize,
    id: PictureId,
    seen: String,
    picture: Option<Picture>,
    alt: Drawn,
    credit: Drawn,
}

impl PicturesPage<'_> {
    fn address(&self, picture: &Picture, size: Size) -> String {
        self.opened.to(&format!("pictures/{}/{}.webp", picture.id, size.code()))
    }
    fn small(&self, picture: &Picture) -> (u32, u32) {
        picture.in_size(Size::Small)
    }
    fn may_add(&self) -> bool {
        self.room > 0
    }
    fn more(&self) -> String {
        in_letters(self.room.into())
    }
    fn file_wrong(&self) -> Option<&str> {
        self.mistakes.of("picture")
    }
}

pub async fn pictures(
    State(db): State<PgPool>,
    opened: Form,
    Query(besides): Query<Besides>,
) -> Result<Response> {
    asked(&opened)?;
    if !opened.submission.stage.is_open() {
        return Ok(Redirect::to(&opened.to("")).into_response());
    }
    let known = known(&mut *db.acquire().await?, &opened.submission).await?;
    let shown = held(&opened.submission.answers);
    let page = page(&opened, &known, shown, Mistakes::default(), besides.check.is_some());
    Ok(View(page).into_response())
}

pub async fn change_pictures(
    State(db): State<PgPool>,
    State(pictures): State<Pictures>,
    Now(now): Now,
    client: Client,
    mut opened: Form,
    mut uploads: Uploads,
) -> Result<Response> {
    asked(&opened)?;
    let mut sent = Sent::default();
    let mut room = MOST.saturating_sub(held(&opened.submission.answers).len());
    while let Some(part) = uploads.next(LARGEST_FILE).await? {
        match part {
            Part::Typed { field, value } => sent.typed.add(&field, value),
            Part::File(file) if file.name.is_empty() => {}
            Part::File(file) => {
                let taken = match room {
                    0 => Err(Not::Room),
                    _ if !opened.submission.stage.is_open() => Err(Not::Room),
                    _ => {
                        let doer = Doer::of(&client.in_words());
                        match limits::store::allowed(&db, ADDINGS, doer, now).await? {
                            true => take_in(&pictures, &db, file.bytes, now).await?,
                            false => Err(Not::SoOften),
                        }
                    }
                };
                room -= usize::from(taken.is_ok());
                sent.files.push((file.name, taken));
            }
        }
    }
    let (merged, closed) = loop {
        let mut merged = merged(&held(&opened.submission.answers), &sent.typed);
        sent.arrange(&mut merged.held);
        let saved = saving::save_pictures(&db, &opened.submission, &merged.held, now).await?;
        match saved {
            Saved::Kept(kept) => {
                opened.submission = *kept;
                break (merged, false);
            }
            Saved::Raced(newer) | Saved::Elsewhere(newer) => opened.submission = *newer,
            Saved::Closed(_) => break (merged, true),
        }
    };
    if closed {
        return Ok(Redirect::to(&opened.to("")).into_response());
    }
    answer(&db, &opened, &sent, merged, civil_now(now).date()).await
}

/// A picture for whoever holds the link, published or not.
pub async fn picture(
    State(db): State<PgPool>,
    State(pictures): State<Pictures>,
    opened: Form,
    Path(OfFile { id, file }): Path<OfFile>,
) -> Result<Response> {
    let size = Size::of_file(&file).ok_or(Error::NotFound)?;
    if held(&opened.submission.answers).iter().all(|one| one.id != id) {
        return Err(Error::NotFound);
    }
    let bytes = pictures.file(&db, id, size).await?.ok_or(Error::NotFound)?;
    Ok(([(CONTENT_TYPE, "image/webp")], bytes).into_response())
}

/// What came with one post.
#[derive(Default)]
struct Sent {
    typed: Answers,
    /// Each file's name, and what became of it.
    files: Vec<(String, std::result::Result<Picture, Not>)>,
}

/// Why a file was not added.
enum Not {
    Fit(Refused),
    Room,
    SoOften,
}

async fn take_in(
    pictures: &Pictures,
    db: &PgPool,
    bytes: Option<Vec<u8>>,
    now: jiff::Timestamp,
) -> Result<std::result::Result<Picture, Not>> {
    let Some(bytes) = bytes else {
        return Ok(Err(Not::Fit(Refused::TooLarge)));
    };
    Ok(pictures.take_in(db, bytes, now).await?.map_err(Not::Fit))
}

impl Sent {
    fn added(&self) -> impl Iterator<Item = &Picture> {
        self.files.iter().filter_map(|(_, taken)| taken.as_ref().ok())
    }

    /// Takes away, moves up and adds, as was asked.
    fn arrange(&self, held: &mut Vec<Held>) {
        let is = |button: &str, one: &Held| self.typed.one(button) == one.id.to_string();
        held.retain(|one| !is("less", one));
        if let Some(at) = held.iter().position(|one| is("up", one)).filter(|at| *at > 0) {
            held.swap(at - 1, at);
        }
        for picture in self.added() {
            if held.len() < MOST {
                held.push(Held::new(picture.id));
            }
        }
    }

    /// Whether only the pictures change: words are judged when somebody wants to go on.
    fn only_arranges(&self) -> bool {
        ["less", "up", "add"].iter().any(|button| self.typed.stated(button))
    }

    /// All files that were not added, in one message.
    fn refusal(&self) -> Option<String> {
        let several = self.files.len() > 1;
        let wrong = self.files.iter().filter_map(|(name, taken)| {
            let subject = match several {
                true => format!("“{}”", name.chars().take(60).collect::<String>()),
                false => "The picture".to_owned(),
            };
            Some(match taken.as_ref().err()? {
                Not::Fit(refused) => format!("{subject} {refused}"),
                Not::Room => format!(
                    "{subject} was not added: an offer has {MOST} pictures at most. Remove one first"
                ),
                Not::SoOften => format!(
                    "{subject} was not added: there were very many in the last hour. Wait an hour, then add it"
                ),
            })
        });
        let wrong: Vec<String> = wrong.collect();
        let nothing = self.typed.stated("add") && self.files.is_empty();
        match wrong.is_empty() {
            true => nothing.then(|| "Choose a picture to add".to_owned()),
            false => Some(wrong.join(". ")),
        }
    }
}

/// Everything good is kept by now.
async fn answer(
    db: &PgPool,
    opened: &Form,
    sent: &Sent,
    merged: album::Merged,
    today: jiff::civil::Date,
) -> Result<Response> {
    let to_check = sent.typed.has("check", "yes");
    let mut shown = merged.held;
    let mut mistakes = Mistakes::default();
    for (number, one) in (1..).zip(&mut shown) {
        if let Some(typed) = merged.clashes.iter().find(|typed| typed.id == one.id) {
            let saved = [&one.alt, &one.credit].map(|said| format!("“{}”", said.trim())).join(", ");
            let message = format!(
                "Picture {number} was described in another window: {saved}. Save once more to keep what stands here"
            );
            mistakes.add(field(number, "alt"), message);
            (one.alt, one.credit) = (typed.alt.clone(), typed.credit.clone());
        }
    }
    let known = known(&mut *db.acquire().await?, &opened.submission).await?;
    let later = sent.typed.stated("later");
    if !sent.only_arranges() && !later {
        for one in read(&opened.submission, &known, today).mistakes.only(is_of).iter() {
            mistakes.add(&one.field, &one.message);
        }
    }
    if let Some(message) = sent.refusal() {
        mistakes.add("picture", message);
    }
    if !mistakes.is_empty() || !merged.gone.is_empty() {
        let clash = !merged.clashes.is_empty() || !merged.gone.is_empty();
        let status = match clash {
            true => StatusCode::CONFLICT,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let mut page = page(opened, &known, shown, mistakes, to_check);
        page.gone = merged.gone;
        return Ok((status, View(page)).into_response());
    }
    let check = if to_check { "?check=yes" } else { "" };
    let to = match () {
        () if later => String::new(),
        () if sent.added().next().is_some() => {
            let first_new = shown.len() + 1 - sent.added().count().min(shown.len());
            format!("pictures{check}#picture-{first_new}")
        }
        () if sent.only_arranges() => format!("pictures{check}#pictures"),
        () if to_check => "check".to_owned(),
        () => String::new(),
    };
    Ok(Redirect::to(&opened.to(&to)).into_response())
}

/// `shown` are the pictures as they stand in the boxes; their marks are those of what is saved.
fn page<'a>(
    opened: &'a Form,
    known: &Known,
    shown: Vec<Held>,
    mistakes: Mistakes,
    to_check: bool,
) -> PicturesPage<'a> {
    let saved = held(&opened.submission.answers);
    let items = (1..).zip(&shown).map(|(number, one)| Item {
        number,
        id: one.id,
        seen: saved.iter().find(|saved| saved.id == one.id).map_or_else(String::new, Held::mark),
        picture: known.pictures.iter().find(|picture| picture.id == one.id).copied(),
        alt: asking(number, "alt", one, &mistakes),
        credit: asking(number, "credit", one, &mistakes),
    });
    PicturesPage {
        opened,
        items: items.collect(),
        room: u8::try_from(MOST.saturating_sub(saved.len())).unwrap_or(0),
        to_check,
        gone: Vec::new(),
        wants_changes: opened.submission.stage == Stage::ChangesAsked,
        mistakes,
    }
}

fn asking(number: usize, part: &str, held: &Held, mistakes: &Mistakes) -> Drawn {
    let name = field(number, part);
    let (hint, input) = match part {
        "alt" => (
            "For people who cannot see it, in a sentence: “Six people at a long table, each with a bowl of clay”.",
            Input::Area { value: held.alt.clone(), rows: 2 },
        ),
        _ => (
            "It stands below the picture. Ask everybody who can be recognised whether you may show it.",
            Input::Line {
                value: held.credit.clone(),
                kind: "text",
                mode: "",
                fill: "off",
                wide: true,
            },
        ),
    };
    Drawn {
        label: album::label(&name).unwrap_or_default(),
        hint: hint.to_owned(),
        optional: false,
        wrong: mistakes.of(&name).map(str::to_owned),
        asked: Vec::new(),
        input,
        small: true,
        name,
    }
}
