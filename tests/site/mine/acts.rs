//! What is done with a published offer.
use axum::http::StatusCode;
use fingerpost::{
    calendar::{civil_now, date_in_words},
    submissions::{self, About, Stage, withdraw},
};
use jiff::ToSpan;
use uuid::Uuid;

use super::{DELE, RUTH, Theirs, link, mine, own};
use crate::{
    describe::{draft, empty_site, fill, fill_all, hidden},
    support::now,
};

async fn submission(theirs: &Theirs) -> submissions::Submission {
    let id = sqlx::query_scalar("select id from submissions order by made_at desc limit 1");
    let id: Uuid = id.fetch_one(&*theirs.db).await.unwrap();
    submissions::store::found(&*theirs.db, id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_break_without_a_day_leaves_the_search_and_the_offer_returns() {
    let theirs = Theirs::of_dele().await;
    let (_, revision, ..) = theirs.stands().await;
    let page = theirs.act("break", &[("until", "")], "hidden").await;
    assert!(page.body.contains("id=\"return\"") && !page.body.contains("id=\"break\""));
    let (state, number, by, why) = theirs.stands().await;
    assert_eq!((state.as_str(), number, by.as_str()), ("paused", revision + 1, "the provider"));
    assert!(why.unwrap().starts_with("A break"));
    assert!(theirs.public().await.body.contains("taking a break"));
    theirs.act("break", &[], "not-as-it-stands").await;
    theirs.act("return", &[], "goes-on").await;
    assert_eq!(theirs.stands().await.0, "published");
    assert!(!theirs.public().await.body.contains("taking a break"));
}

#[tokio::test]
async fn a_break_with_a_day_stays_listed_and_says_so() {
    let theirs = Theirs::of_dele().await;
    let until = civil_now(now()).date().saturating_add(20.days());
    theirs.act("break", &[("until", &until.to_string())], "paused").await;
    assert_eq!(theirs.stands().await.0, "published");
    let until = date_in_words(until);
    let short = until.split_once(' ').unwrap().1;
    assert!(theirs.public().await.body.contains(short), "{short}");
    theirs.act("return", &[], "goes-on").await;
    assert!(!theirs.public().await.body.contains(short));
    for wrong in ["1 January 2020", "soon"] {
        let typed = format!("until={}", wrong.replace(' ', "+"));
        let reply = theirs.site.post(&theirs.its("break"), &typed).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.body.contains("href=\"#until\"") && reply.body.contains(wrong));
    }
}

#[tokio::test]
async fn who_looks_after_it_says_that_it_is_still_true_and_nothing_else_changes() {
    let theirs = Theirs::of_dele().await;
    sqlx::query("update offers set confirmed_at = '2020-01-01' where confirmed_at is not null")
        .execute(&*theirs.db)
        .await
        .unwrap();
    let before = theirs.stands().await;
    theirs.act("still-true", &[], "still-true").await;
    let confirmed: (bool, String) = sqlx::query_as(
        "select confirmed_at > now() - interval '1 hour', confirmed_by from offers
             where confirmed_at is not null order by confirmed_at desc limit 1",
    )
    .fetch_one(&*theirs.db)
    .await
    .unwrap();
    assert_eq!(confirmed, (true, "the provider".to_owned()));
    assert_eq!(theirs.stands().await, before);
}

#[tokio::test]
async fn full_is_said_at_once_with_todays_date_and_confirms_nothing() {
    let theirs = Theirs::of_dele().await;
    let confirmed = async || -> Option<jiff_sqlx::Timestamp> {
        let at = sqlx::query_scalar("select confirmed_at from offers where id = $1");
        at.bind(theirs.offer).fetch_one(&*theirs.db).await.unwrap()
    };
    let before = confirmed().await.map(jiff_sqlx::Timestamp::to_jiff);
    let page = theirs.act("places", &[("places", "full")], "places").await;
    assert!(page.body.contains("Published, full"));
    let today = date_in_words(civil_now(now()).date());
    assert!(theirs.public().await.body.contains(&format!("Full, said on {today}")));
    let revision = theirs.stands().await.1;
    theirs.act("places", &[("places", "full")], "places").await;
    assert_eq!(theirs.stands().await.1, revision, "the same said twice is no news");
    theirs.act("places", &[("places", "few")], "places").await;
    assert!(theirs.public().await.body.contains("Few places, said on"));
    assert_eq!(confirmed().await.map(jiff_sqlx::Timestamp::to_jiff), before);
    let none = theirs.site.post(&theirs.its("places"), "").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nothing = theirs.site.post(&theirs.its("nothing"), "").await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn it_ends_with_a_reason_or_on_a_last_day_and_its_change_ends_with_it() {
    let theirs = Theirs::of_dele().await;
    let last = civil_now(now()).date().saturating_add(40.days());
    theirs.act("last-day", &[("last_day", &last.to_string())], "last-day").await;
    let page = theirs.public().await.body;
    assert!(page.contains(&format!("The last day is {}", date_in_words(last))));

    theirs.site.post(&theirs.its("change"), "").await;
    let no_reason = theirs.site.post(&theirs.its("end"), "why=").await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    theirs.act("end", &[("why", "No room any more")], "ended").await;
    let (state, _, by, why) = theirs.stands().await;
    assert_eq!((state.as_str(), by.as_str()), ("archived", "the provider"));
    assert_eq!(why.as_deref(), Some("No room any more"));
    assert_eq!(theirs.public().await.status, StatusCode::GONE);
    assert_eq!(submission(&theirs).await.stage, Stage::Withdrawn);
    theirs.act("places", &[("places", "open")], "not-as-it-stands").await;
    let change = theirs.site.post(&theirs.its("change"), "").await;
    assert!(change.header("location").ends_with("?said=not-as-it-stands"));
}

#[tokio::test]
async fn a_change_waits_beside_the_live_listing_and_there_is_one_at_a_time() {
    let theirs = Theirs::of_dele().await;
    let before = theirs.public().await.body;
    let (_, revision, ..) = theirs.stands().await;
    let begun = theirs.site.post(&theirs.its("change"), "").await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let home = begun.header("location").to_owned();
    let status = theirs.site.get(&home).await.body;
    assert!(status.contains("You are changing a listing that is published"));
    assert_eq!(status.matches("progress done").count(), 6, "what is published was answered");
    let change = submission(&theirs).await;
    assert!(
        matches!(change.about, About::Change { offer, base } if offer == theirs.offer && base == revision as u32)
    );

    // Who runs it is no part of it, and is not lost by saving that step.
    let about = theirs.site.get(&format!("{home}/about")).await.body;
    assert!(!about.contains("name=\"provider_name\"") && about.contains("What is published stays"));

    let title = "Quite another name";
    let answers = &change.answers;
    let what: Vec<(String, String)> = answers
        .only(|field| submissions::questions::belongs(submissions::Step::What, field))
        .fields()
        .flat_map(|(field, values)| {
            values.iter().map(move |value| (field.to_owned(), value.clone()))
        })
        .map(|(field, value)| if field == "title" { (field, title.into()) } else { (field, value) })
        .collect();
    let pairs: Vec<(&str, &str)> = what.iter().map(|(f, v)| (f.as_str(), v.as_str())).collect();
    let saved = fill(&theirs.site, &home, "what", &pairs).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(
        submission(&theirs).await.answers.one("provider_name"),
        answers.one("provider_name")
    );

    // A colleague who begins too goes on with it.
    own(&theirs.db, theirs.provider, RUTH).await;
    let ruths = mine(&theirs.db, RUTH, None).await;
    let second = theirs.site.post(&format!("{ruths}/offers/{}/change", theirs.offer), "").await;
    assert!(theirs.site.get(second.header("location")).await.body.contains(title));
    let count: i64 = sqlx::query_scalar("select count(*) from submissions")
        .fetch_one(&*theirs.db)
        .await
        .unwrap();
    assert_eq!(count, 1);

    let check = theirs.site.get(&format!("{home}/check")).await;
    let version = hidden(&check, "version");
    let sent = theirs.site.post(&format!("{home}/check"), &format!("version={version}")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", crate::describe::wrongs(&sent));
    let waiting = submission(&theirs).await;
    assert_eq!(waiting.stage, Stage::Waiting, "the mailbox was shown to be theirs before");
    assert_eq!(waiting.content.unwrap().title.as_str(), title);
    assert_eq!(theirs.public().await.body, before, "the live listing stays");
    assert_eq!(theirs.stands().await.1, revision);

    // What is said at once about the live one goes into the change, so that it still fits.
    theirs.act("places", &[("places", "full")], "places").await;
    let waiting = submission(&theirs).await;
    assert!(matches!(waiting.about, About::Change { base, .. } if base == revision as u32 + 1));
    assert_eq!(waiting.answers.one("places"), "full");
    let content = waiting.content.unwrap();
    assert_eq!(
        (content.title.as_str(), content.places.unwrap().code.to_owned()),
        (title, fingerpost::topics::Places::Full)
    );

    let back = theirs.site.post(&format!("{home}/withdrawal"), "").await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert!(theirs.site.get(&home).await.body.contains("What was published before stays"));
    assert!(!withdraw::withdraw(&theirs.db, waiting.id, now()).await.unwrap());
}

#[tokio::test]
async fn a_change_that_was_begun_catches_up_with_what_others_changed_meanwhile() {
    let theirs = Theirs::of_dele().await;
    let begun = theirs.site.post(&theirs.its("change"), "").await;
    sqlx::raw_sql(
        "update offers set revision = revision + 1, reply_days = 9;
         insert into offer_revisions (offer_id, number, at, by, state, content)
             select o.id, o.revision, now(), 'the desk', o.state, jsonb_set(r.content, '{reply_days}', '9')
             from offers o join offer_revisions r on r.offer_id = o.id and r.number = o.revision - 1",
    )
    .execute(&*theirs.db)
    .await
    .unwrap();
    assert!(!begun.header("location").is_empty());
    theirs.site.post(&theirs.its("change"), "").await;
    let change = submission(&theirs).await;
    assert_eq!(change.answers.one("reply_days"), "9");
    let (_, revision, ..) = theirs.stands().await;
    assert!(matches!(change.about, About::Change { base, .. } if base == revision as u32));
}

#[tokio::test]
async fn a_copy_is_a_draft_of_its_own_with_the_same_answers() {
    let theirs = Theirs::of_dele().await;
    theirs.act("places", &[("places", "full")], "places").await;
    let copied = theirs.site.post(&theirs.its("copy"), "").await;
    assert_eq!(copied.status, StatusCode::SEE_OTHER);
    let copy = submission(&theirs).await;
    assert_eq!((copy.about, copy.stage), (About::New(None), Stage::Draft));
    assert_eq!(copy.provider, theirs.provider);
    assert!(!copy.answers.stated("places"), "whether there are places is true of the one only");
    let title: String = sqlx::query_scalar("select title from offers where id = $1")
        .bind(theirs.offer)
        .fetch_one(&*theirs.db)
        .await
        .unwrap();
    assert_eq!(copy.answers.one("title"), title);
    let list = theirs.site.get(&theirs.mine).await.body;
    assert!(list.contains("id=\"in-hand\"") && list.contains("A new offer"));
    let on = theirs.site.post(&format!("{}/submissions/{}", theirs.mine, copy.id), "").await;
    assert_eq!(theirs.site.get(on.header("location")).await.status, StatusCode::OK);
    let home = copied.header("location");
    let check = theirs.site.get(&format!("{home}/check")).await;
    let version = format!("version={}", hidden(&check, "version"));
    let sent = theirs.site.post(&format!("{home}/check"), &version).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", crate::describe::wrongs(&sent));
    assert_eq!(submission(&theirs).await.stage, Stage::Waiting);
}

#[tokio::test]
async fn a_profile_is_changed_beside_what_is_shown() {
    let theirs = Theirs::of_dele().await;
    let begun = theirs.site.post(&theirs.of_provider("profile"), "").await;
    let home = begun.header("location").to_owned();
    assert!(theirs.site.get(&home).await.body.contains("what is shown about who you are"));
    let again = theirs.site.post(&theirs.of_provider("profile"), "").await;
    assert!(again.header("location").starts_with("/describe/"));
    let all: i64 = sqlx::query_scalar("select count(*) from submissions")
        .fetch_one(&*theirs.db)
        .await
        .unwrap();
    assert_eq!(all, 1);
    let saved = fill(&theirs.site, &home, "about", &[("provider_name", "Lane & Sons")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", crate::describe::wrongs(&saved));
    let check = theirs.site.get(&format!("{home}/check")).await;
    assert!(!check.body.contains("Still needed"));
    let version = format!("version={}", hidden(&check, "version"));
    let sent = theirs.site.post(&format!("{home}/check"), &version).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", crate::describe::wrongs(&sent));
    assert!(theirs.site.get(&home).await.body.contains("Who you are: Lane &#38; Sons"));
    let name: String = sqlx::query_scalar("select name from providers where id = $1")
        .bind(theirs.provider)
        .fetch_one(&*theirs.db)
        .await
        .unwrap();
    assert_ne!(name, "Lane & Sons", "what is shown stays");
}

#[tokio::test]
async fn the_same_link_leads_to_what_belongs_to_its_provider_once_the_mailbox_is_theirs() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    fill_all(&site, &home).await;
    let way = format!("{home}/mine");
    assert_eq!(site.post(&way, "").await.status, StatusCode::NOT_FOUND, "nothing is theirs yet");
    sqlx::query("update submissions set email_confirmed_at = now()").execute(&*db).await.unwrap();
    let version = hidden(&site.get(&format!("{home}/check")).await, "version");
    site.post(&format!("{home}/check"), &format!("version={version}")).await;
    assert!(site.get(&home).await.body.contains("id=\"afterwards\""));
    let reply = site.post(&way, "").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let page = site.get(reply.header("location")).await;
    assert!(page.body.contains("Waiting for the coordinator"));

    let id: Uuid = sqlx::query_scalar("select id from submissions").fetch_one(&*db).await.unwrap();
    let helper = link(&db, fingerpost::links::Purpose::Draft, Some(id), RUTH).await;
    assert_eq!(site.post(&format!("{helper}/mine"), "").await.status, StatusCode::NOT_FOUND);
    let (provider,): (Uuid,) =
        sqlx::query_as("select id from providers").fetch_one(&*db).await.unwrap();
    let unseen = mine(&db, DELE, None).await;
    let invite = site
        .post(
            &format!("{unseen}/providers/{provider}/invitation"),
            "email=ruth@x.example&how=together",
        )
        .await;
    assert_eq!(
        invite.status,
        StatusCode::NOT_FOUND,
        "no letter carries words that nobody has read"
    );
}
