//! The page where a file or an address is given, and what was given before.
use std::time::Duration;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use tokio::{task::JoinHandle, time::timeout};

use super::{Importer, Tools};
use crate::{
    accounts::{Account, pages::Signed},
    desk::{
        intake::{
            Intake, IntakeId, LARGEST, Terms,
            crawl::crawl,
            feeds::{self, Feed, Last},
            file::{self, Contents},
            reading, store,
        },
        pages::moment,
    },
    fetching::parsed,
    forms::{Answers, Mistakes},
    places::{Borough, Places},
    text::Line,
    web::{Now, Part, Result, Uploads, View},
};

#[derive(Template)]
#[template(path = "desk/intake.html")]
struct IntakePage<'a> {
    signed: Signed,
    intakes: Vec<Intake>,
    feeds: Vec<Feed>,
    boroughs: Vec<&'a Borough>,
    typed: Answers,
    mistakes: Mistakes,
}

impl IntakePage<'_> {
    fn when(&self, intake: &Intake) -> String {
        moment(intake.made)
    }
    fn fetched(&self, last: &Last) -> String {
        moment(last.at)
    }
    fn publishes(&self) -> bool {
        self.typed.one("new") == "publish"
    }
}

pub async fn intake(State(tools): State<Tools>, Importer(signed): Importer) -> Result<Response> {
    let page = page(&tools, signed, Answers::default(), Mistakes::default()).await?;
    Ok(page.into_response())
}

/// What was given, before it is read.
#[derive(Default)]
struct Given {
    typed: Answers,
    files: Vec<(String, Option<Vec<u8>>)>,
}

/// Takes what is given and begins to read it. What is read quickly is there when the page is.
pub async fn send(
    State(tools): State<Tools>,
    Importer(signed): Importer,
    Now(now): Now,
    mut uploads: Uploads,
) -> Result<Response> {
    let account = signed.account.clone();
    let mut given = Given::default();
    while let Some(part) = uploads.next(LARGEST).await? {
        match part {
            Part::Typed { field, value } => given.typed.add(&field, value),
            Part::File(file) if file.name.is_empty() => {}
            Part::File(file) => given.files.push((file.name.replace('\0', ""), file.bytes)),
        }
    }
    let (intake, source) = match begun(&given, &account, &tools.places, now) {
        Ok(begun) => begun,
        Err(mistakes) => {
            let page = page(&tools, signed, given.typed, mistakes).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    store::begin(&tools.db, &intake).await?;
    let to = address_of(intake.id);
    let work = start(tools, intake, account, source, given.files, now);
    let _ = timeout(A_MOMENT, work).await; // else its page tells how far it is
    Ok(Redirect::to(&to).into_response())
}

/// A page may wait so long for what is nearly done.
const A_MOMENT: Duration = Duration::from_millis(1_500);

pub fn address_of(intake: IntakeId) -> String {
    format!("/desk/intake/{intake}")
}

/// Where the rows come from.
enum Source {
    Files,
    Address(String),
}

fn begun(
    given: &Given,
    account: &Account,
    places: &Places,
    now: Timestamp,
) -> std::result::Result<(Intake, Source), Mistakes> {
    let mut mistakes = Mistakes::default();
    let typed = &given.typed;
    let address = typed.one("address");
    let source = match (given.files.is_empty(), address) {
        (true, "") => {
            mistakes.add("file", "Choose a file, or give the address of a feed");
            Source::Files
        }
        (false, "") => Source::Files,
        (false, _) => {
            mistakes.add("address", "Give either a file or an address, not both");
            Source::Files
        }
        (true, address) => {
            match parsed(address) {
                Err(problem) => mistakes.add("address", problem.to_string()),
                Ok(_) if address.chars().count() > 300 => {
                    mistakes.add("address", "Give an address of 300 characters or fewer");
                }
                Ok(_) => {}
            }
            Source::Address(address.to_owned())
        }
    };
    for (name, bytes) in &given.files {
        if bytes.is_none() {
            let most = LARGEST / 1_000_000;
            mistakes.add("file", format!("“{name}” is larger than {most} MB. Send it in parts"));
        }
    }
    let publish = match typed.one("new") {
        "publish" => true,
        "wait" => false,
        _ => {
            mistakes.add("new", "Choose what happens to new offers");
            false
        }
    };
    let borough = places.borough_by_slug(typed.one("borough")).map(|one| one.gss);
    if let Some(gss) = borough
        && !account.rights.may_decide(&[gss])
    {
        mistakes.add("borough", "Choose a borough that you decide for");
    }
    let named: String = match &source {
        Source::Files => {
            given.files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
        }
        Source::Address(address) => address.clone(),
    };
    let stem = match &source {
        Source::Files => named.split('.').next().unwrap_or_default().to_owned(),
        Source::Address(address) => parsed(address)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default(),
    };
    let own_name = match typed.one("source") {
        "" => stem.chars().take(80).collect(),
        name => name.to_owned(),
    };
    let own_name = Line::parse(&own_name);
    // Where nothing else is given, that is told already.
    if own_name.is_err() && (mistakes.is_empty() || typed.stated("source")) {
        mistakes.add("source", "Give a name of 80 characters or fewer");
    }
    let Ok(own_name) = own_name else { return Err(mistakes) };
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let short: String = named.chars().take(300).collect();
    let name =
        Line::parse(&short).unwrap_or_else(|_| Line::parse("a file").expect("two short words"));
    let terms = Terms { source: own_name, publish, borough };
    let intake = Intake {
        address: match &source {
            Source::Files => None,
            Source::Address(address) => Line::parse(address).ok(),
        },
        ..Intake::begun(account.id, name, terms, now)
    };
    Ok((intake, source))
}

/// Reads in work of its own, which goes on when nobody waits for it any more.
fn start(
    tools: Tools,
    intake: Intake,
    account: Account,
    source: Source,
    files: Vec<(String, Option<Vec<u8>>)>,
    now: Timestamp,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        let contents = match source {
            Source::Files => tokio::task::spawn_blocking(move || of_files(&files))
                .await
                .unwrap_or_else(|_| Err("The file could not be read".to_owned())),
            Source::Address(address) => {
                let (db, id) = (tools.db.clone(), intake.id);
                let far = move |done, of| {
                    let db = db.clone();
                    tokio::spawn(async move { store::progress(&db, id, done, of, now).await });
                };
                crawl(&tools.fetcher, &address, far).await
            }
        };
        let world = tools.world(now);
        let read = reading::read(&tools.db, &intake, &account, contents, world, now).await;
        if let Err(cause) = read {
            tracing::error!("An import could not be read: {cause:#}");
            let sorry = "Something went wrong on our side. Send it again in a few minutes";
            let _ = reading::fail(&tools.db, &intake, sorry, now).await; // the log has it already
        }
    })
}

fn of_files(files: &[(String, Option<Vec<u8>>)]) -> std::result::Result<Contents, String> {
    let mut all = Contents::default();
    for (name, bytes) in files {
        let read = file::read(name, bytes.as_deref().unwrap_or_default());
        let several = files.len() > 1;
        all = all.and(
            read.map_err(|problem| if several { format!("{name}: {problem}") } else { problem })?,
        );
    }
    Ok(all)
}

async fn page(
    tools: &Tools,
    signed: Signed,
    typed: Answers,
    mistakes: Mistakes,
) -> Result<impl IntoResponse> {
    let rights = &signed.account.rights;
    let boroughs = tools.places.boroughs().iter().filter(|one| rights.may_decide(&[one.gss]));
    let page = IntakePage {
        feeds: feeds::store::followed(&tools.db, &rights.scope(), signed.account.id).await?,
        intakes: store::of_account(&tools.db, signed.account.id).await?,
        boroughs: boroughs.collect(),
        signed: signed.clone(),
        typed,
        mistakes,
    };
    Ok(View(page).into_response())
}
