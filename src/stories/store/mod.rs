//! SQL for stories, from the first link to the end of the consent. What visitors read is in `shown`, what the desk
//! reads in `desk`, what is erased in `ends`.
pub mod desk;
pub mod ends;
pub mod shown;

use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor, types::Json};

use super::{
    Consent, Content, Giver, Kind, Message, State, Story, StoryId, Teller,
    form::{Candidate, Named, slug_in},
};
use crate::{
    database::store::read,
    forms::Answers,
    offers::OfferId,
    places::Gss,
    text::{Email, Line, Slug, Text},
    topics::{Code, Codes, Need},
};

/// Begins one for this address, or for a coordinator who writes it down; `false` where one of this id is there,
/// which stays as it is.
pub async fn begin(
    db: impl PgExecutor<'_>,
    id: StoryId,
    email: Option<&Email>,
    answers: &Answers,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let begun = sqlx::query!(
        "insert into stories (id, state, state_since, made_at, changed_at, email, answers)
         values ($1, 'draft', $4, $4, $4, $2, $3) on conflict (id) do nothing",
        id,
        email.map(Email::as_str),
        Json(answers) as _,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(begun.rows_affected() == 1)
}

/// One of them, however it stands.
pub async fn story(db: &mut PgConnection, id: StoryId) -> sqlx::Result<Option<Story>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, state, state_since as "since: jiff_sqlx::Timestamp", version, email,
                  answers as "answers: Json<Answers>", unsent, slug, consent_ends as "ends: jiff_sqlx::Date",
                  kind, teller, title, words, name, needs, boroughs as "boroughs: Vec<Gss>", consent_by,
                  consent_on as "consent_on: jiff_sqlx::Date", consent_kept, for_print, for_press, real_name,
                  array(select offer_id from story_offers t where t.story_id = s.id order by place)
                      as "offers!: Vec<OfferId>"
           from stories s where id = $1"#,
        id
    );
    row.fetch_optional(db).await?.map(Row::story).transpose()
}

/// The same, and nobody else acts on it until the transaction ends.
pub async fn locked(db: &mut PgConnection, id: StoryId) -> sqlx::Result<Option<Story>> {
    sqlx::query!("select id from stories where id = $1 for update", id)
        .fetch_optional(&mut *db)
        .await?;
    story(db, id).await
}

/// Those of one teller that can still be opened, the newest first. None is withdrawn until the transaction ends.
pub async fn of_email(db: impl PgExecutor<'_>, email: &Email) -> sqlx::Result<Vec<StoryId>> {
    let ids = sqlx::query_scalar!(
        "select id from stories where email = $1 and state <> 'withdrawn' order by made_at desc limit 10 for update",
        email.as_str()
    );
    ids.fetch_all(db).await
}

/// What its teller has typed by now; with `unsent`, some of it is not sent yet.
pub async fn save(
    db: impl PgExecutor<'_>,
    id: StoryId,
    (answers, unsent): (&Answers, bool),
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update stories set answers = $2, unsent = $3, changed_at = $4, version = version + 1 where id = $1",
        id,
        Json(answers) as _,
        unsent,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What it says from now on, with the day on which its consent ends.
pub async fn say(db: &mut PgConnection, id: StoryId, says: &Content) -> sqlx::Result<()> {
    let needs: Vec<String> = says.needs.iter().map(|need| need.code().to_owned()).collect();
    let boroughs: Vec<String> = says.boroughs.iter().map(ToString::to_string).collect();
    let consent = &says.consent;
    sqlx::query!(
        "update stories set kind = $2, teller = $3, title = $4, words = $5, name = $6, needs = $7, boroughs = $8,
             consent_by = $9, consent_on = $10, consent_kept = $11, for_print = $12, for_press = $13,
             real_name = $14, consent_ends = $15,
             asked_again_at = case when consent_ends = $15 then asked_again_at end
         where id = $1",
        id,
        says.kind.code(),
        says.teller.code(),
        says.title.as_str(),
        says.words.as_str(),
        says.name.as_ref().map(Line::as_str),
        &needs,
        &boroughs,
        consent.by.code(),
        consent.on.to_sqlx() as jiff_sqlx::Date,
        consent.kept.as_str(),
        consent.print,
        consent.press,
        consent.real_name,
        consent.ends().to_sqlx() as jiff_sqlx::Date
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from story_offers where story_id = $1", id).execute(&mut *db).await?;
    sqlx::query!(
        "insert into story_offers (story_id, offer_id, place)
         select $1, offer, place from unnest($2::uuid[]) with ordinality as named (offer, place)",
        id,
        &says.offers
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Moves it on to another state.
pub async fn enter(
    db: impl PgExecutor<'_>,
    id: StoryId,
    state: State,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update stories set state = $2, state_since = $3, version = version + 1 where id = $1",
        id,
        state.code(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What it is called in addresses, and since when it is published.
pub async fn publish_as(
    db: impl PgExecutor<'_>,
    id: StoryId,
    slug: &Slug,
    today: Date,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update stories set slug = $2, published_on = coalesce(published_on, $3) where id = $1",
        id,
        slug.as_str(),
        today.to_sqlx() as jiff_sqlx::Date
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Names like this one that other stories have. Until the transaction ends, no other story takes a name.
pub async fn names_like(
    db: &mut PgConnection,
    slug: &Slug,
    but: StoryId,
) -> sqlx::Result<Vec<String>> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('story names', 0))")
        .fetch_one(&mut *db)
        .await?;
    sqlx::query_scalar!(
        r#"select slug as "slug!" from stories where starts_with(slug, left($1, 70)) and id <> $2"#,
        slug.as_str(),
        but
    )
    .fetch_all(db)
    .await
}

/// One more message to its teller.
pub async fn tell(
    db: impl PgExecutor<'_>,
    id: StoryId,
    by: &Line<100>,
    words: &Text<2000>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into story_messages (story_id, number, at, by, words)
         select $1, 1 + count(*), $2, $3, $4 from story_messages where story_id = $1",
        id,
        now.to_sqlx() as jiff_sqlx::Timestamp,
        by.as_str(),
        words.as_str()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What coordinators wrote to its teller, the newest first.
pub async fn messages(db: impl PgExecutor<'_>, id: StoryId) -> sqlx::Result<Vec<Message>> {
    let rows = sqlx::query!(
        r#"select at as "at: jiff_sqlx::Timestamp", by, words from story_messages
           where story_id = $1 order by number desc"#,
        id
    );
    let messages = rows.fetch_all(db).await?.into_iter().map(|row| {
        Ok(Message { at: row.at.to_jiff(), by: row.by, words: read(Text::try_from(row.words))? })
    });
    messages.collect()
}

/// What was found for each line in which an offer is named: by the address of its page, also by one that it had
/// before, or by its title. Only what is published or takes a break.
pub async fn named(db: &mut PgConnection, lines: &[String]) -> sqlx::Result<Vec<Named>> {
    let mut named = Vec::new();
    for line in lines {
        let slug = slug_in(line);
        let rows = sqlx::query!(
            r#"select o.id, o.slug, o.title, o.boroughs as "boroughs: Vec<Gss>" from offers o
               where o.state in ('published', 'paused')
                 and (($1::text is null and lower(o.title) = lower($2)) or o.slug = $1
                      or o.id in (select offer_id from offer_slugs old where old.slug = $1)
                      or o.id in (select m.into_id from offer_mergers m join offers had on had.id = m.offer_id
                                  where had.slug = $1))
               order by o.slug limit 2"#,
            slug.as_ref().map(Slug::as_str),
            line
        );
        let offers = rows.fetch_all(&mut *db).await?.into_iter().map(|row| {
            let slug = read(Slug::try_from(row.slug))?;
            Ok(Candidate { id: row.id, slug, title: row.title, boroughs: row.boroughs })
        });
        named.push(Named { line: line.clone(), offers: offers.collect::<sqlx::Result<_>>()? });
    }
    Ok(named)
}

struct Row {
    id: StoryId,
    state: String,
    since: jiff_sqlx::Timestamp,
    version: i32,
    email: Option<String>,
    answers: Option<Json<Answers>>,
    unsent: bool,
    slug: Option<String>,
    ends: Option<jiff_sqlx::Date>,
    kind: Option<String>,
    teller: Option<String>,
    title: Option<String>,
    words: Option<String>,
    name: Option<String>,
    needs: Vec<String>,
    boroughs: Vec<Gss>,
    consent_by: Option<String>,
    consent_on: Option<jiff_sqlx::Date>,
    consent_kept: Option<String>,
    for_print: Option<bool>,
    for_press: Option<bool>,
    real_name: Option<bool>,
    offers: Vec<OfferId>,
}

impl Row {
    fn story(self) -> sqlx::Result<Story> {
        let says = self.says()?;
        Ok(Story {
            id: self.id,
            state: read(State::parse(&self.state).ok_or("an unknown state"))?,
            since: self.since.to_jiff(),
            version: read(u32::try_from(self.version))?,
            email: self.email.map(|email| read(Email::try_from(email))).transpose()?,
            answers: self.answers.map(|answers| answers.0).unwrap_or_default(),
            unsent: self.unsent,
            says,
            boroughs: self.boroughs,
            slug: self.slug.map(|slug| read(Slug::try_from(slug))).transpose()?,
            ends: self.ends.map(jiff_sqlx::Date::to_jiff),
        })
    }

    /// All of it or nothing: the table's own rules see to that.
    fn says(&self) -> sqlx::Result<Option<Content>> {
        let (Some(kind), Some(title), Some(words)) = (&self.kind, &self.title, &self.words) else {
            return Ok(None);
        };
        let Some((by, (on, kept))) =
            self.consent_by.as_ref().zip(self.consent_on.zip(self.consent_kept.as_ref()))
        else {
            return Ok(None);
        };
        let teller = self.teller.as_deref().and_then(Teller::parse);
        Ok(Some(Content {
            kind: read(Kind::parse(kind).ok_or("an unknown kind"))?,
            teller: read(teller.ok_or("an unknown teller"))?,
            title: read(Line::try_from(title.clone()))?,
            words: read(Text::try_from(words.clone()))?,
            name: self.name.clone().map(|name| read(Line::try_from(name))).transpose()?,
            needs: needs(&self.needs),
            boroughs: self.boroughs.clone(),
            offers: self.offers.clone(),
            consent: Consent {
                by: read(Giver::parse(by).ok_or("an unknown giver"))?,
                on: on.to_jiff(),
                kept: read(Line::try_from(kept.clone()))?,
                print: self.for_print == Some(true),
                press: self.for_press == Some(true),
                real_name: self.real_name == Some(true),
            },
        }))
    }
}

/// One that is not known any more is left out.
fn needs(codes: &[String]) -> Codes<Need> {
    codes.iter().filter_map(|code| Need::parse(code)).collect()
}
