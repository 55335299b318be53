//! The six steps: kept with every post, in every window.
use axum::http::StatusCode;

use super::*;

#[tokio::test]
async fn private_pages_are_kept_by_nobody_and_followed_by_nobody() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    for path in ["/describe".into(), home.clone(), format!("{home}/what"), format!("{home}x/what")]
    {
        let page = site.get(&path).await;
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(page.header("x-robots-tag"), "noindex", "{path}");
        assert_ne!(page.header("content-security-policy"), "", "{path}");
    }
}

#[tokio::test]
async fn wrong_answers_are_kept_named_and_led_to() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    let long = "x".repeat(300);
    let mut typed = WHAT.to_vec();
    typed[1] = ("summary", &long);
    typed.push(("first_visit", "Dele meets you."));
    let reply = fill(&site, &home, "what", &typed).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body.contains("<title>Error: ") && wrongs(&reply).contains("href=\"#summary\""));
    let later = site.get(&format!("{home}/what")).await;
    assert!(later.body.contains(&long) && later.body.contains("Dele meets you."));
    assert!(site.get(&home).await.body.contains("Needs a look"));
}

#[tokio::test]
async fn scripts_emoji_and_line_breaks_come_back_unchanged_and_escaped() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    let text = "\r\n</textarea><script>alert(\"1\")</script> & 陶芸 👩🏽‍🎨\r\n\r\nend ";
    let mut typed = WHAT.to_vec();
    typed.push(("description", text));
    let reply = fill(&site, &home, "what", &typed).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", wrongs(&reply));
    let kept: String = sqlx::query_scalar("select answers->'description'->>0 from submissions")
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(kept, text);
    let page = site.get(&format!("{home}/what")).await;
    let escaped = "\n\r\n&#60;/textarea&#62;&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; 陶芸 👩🏽‍🎨\r\n\r\nend </textarea>";
    assert!(page.body.contains(escaped));
    for path in ["/check", ""] {
        assert!(!site.get(&format!("{home}{path}")).await.body.contains("<script>alert"));
    }
}

#[tokio::test]
async fn ten_thousand_emoji_pass_and_twenty_thousand_come_back() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    for (many, status) in
        [(10_000, StatusCode::SEE_OTHER), (20_000, StatusCode::UNPROCESSABLE_ENTITY)]
    {
        let text = "🎨".repeat(many);
        let mut typed = WHAT.to_vec();
        typed.push(("description", &text));
        let reply = fill(&site, &home, "what", &typed).await;
        assert_eq!(reply.status, status, "{many}: {}", wrongs(&reply));
        assert!(site.get(&format!("{home}/what")).await.body.contains(&text), "{many}");
    }
}

#[tokio::test]
async fn two_windows_never_overwrite_each_other_silently() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    let path = format!("{home}/what");
    let seen = hidden(&site.get(&path).await, "seen");
    let one = [WHAT.as_slice(), &[("seen", &seen), ("bring", "An apron")]].concat();
    let other = [WHAT.as_slice(), &[("seen", &seen), ("bring", "Nothing <at> all")]].concat();
    assert_eq!(site.post(&path, &form(&one)).await.status, StatusCode::SEE_OTHER);
    let conflict = site.post(&path, &form(&other)).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert!(
        conflict.body.contains("An apron") && conflict.body.contains("Nothing &#60;at&#62; all")
    );
    assert!(
        site.get(&path).await.body.contains("An apron"),
        "the first stays until somebody chooses"
    );

    assert_eq!(
        site.post(&path, &form(&one)).await.status,
        StatusCode::SEE_OTHER,
        "the same again is no conflict"
    );
    let chosen = format!("{}&seen={}", form(&other[..4]), hidden(&conflict, "seen"));
    let chosen = format!("{chosen}&bring=Nothing");
    assert_eq!(site.post(&path, &chosen).await.status, StatusCode::SEE_OTHER);
    assert!(!site.get(&path).await.body.contains("An apron"));
    // Another step in another window is no conflict either.
    let reply = fill(&site, &home, "who", &[("needs", "loneliness")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn one_more_is_kept_and_asked_for_without_a_script_and_can_be_taken_away() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    let typed = [
        ("when", "regular"),
        ("schedule-1-rule", "weekly"),
        ("schedule-1-starts", "nonsense"),
        ("more", "schedule"),
    ];
    let reply = fill(&site, &home, "when", &typed).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "nobody is scolded half-way");
    let to = reply.header("location").split('#').next().unwrap().to_owned();
    let page = site.get(&to).await;
    assert!(page.body.contains("id=\"schedule-2-rule\"") && page.body.contains("nonsense"));
    let typed = [
        ("when", "regular"),
        ("schedule-1-starts", "9am"),
        ("schedule-2-starts", "2pm"),
        ("less", "schedule-1"),
    ];
    fill(&site, &home, "when", &typed).await;
    let page = site.get(&format!("{home}/when")).await;
    assert!(page.body.contains("value=\"2pm\"") && !page.body.contains("value=\"9am\""));
}

#[tokio::test]
async fn a_script_is_told_the_card_the_dates_and_where_a_postcode_is() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    let typed = form(&[("step", "what"), ("title", "Clay"), ("summary", "Pots & <tea>")]);
    let card = site.post(&format!("{home}/preview"), &typed).await;
    assert!(card.body.contains("Pots &#38; &#60;tea&#62;") && !card.body.contains("<html"));
    let typed = form(&[
        ("step", "when"),
        ("when", "regular"),
        ("schedule-1-rule", "weekly"),
        ("schedule-1-days", "tue"),
        ("schedule-1-starts", "10:30"),
        ("schedule-1-ends", "12:00"),
    ]);
    let dates = site.post(&format!("{home}/dates"), &typed).await;
    assert_eq!(dates.body.matches("<li>Tuesday ").count(), 6, "{}", dates.body);
    let page = site.get(&format!("{home}/when")).await;
    assert!(!page.body.contains("value=\"10:30\""), "nothing is kept by it");
    let place = site.post("/describe/postcode", "postcode=se154ql").await;
    assert!(place.body.contains("Southwark"), "{}", place.body);
    let place = site.post("/describe/postcode", "postcode=ZZ9+9ZZ").await;
    assert!(place.body.contains("is in none of our boroughs"), "{}", place.body);
}

#[tokio::test]
async fn whoever_goes_to_another_step_loses_nothing_typed_whatever_is_wrong_with_it() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    let long = "x".repeat(300);
    for (go, to) in [("list", ""), ("cost", "/cost"), ("what", "/what")] {
        let bring = format!("An apron for {go}");
        let typed = [("title", ""), ("summary", &long), ("bring", &bring), ("go", go)];
        let reply = fill(&site, &home, "what", &typed).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{go}: nobody who leaves is kept back");
        assert_eq!(reply.header("location"), format!("{home}{to}"));
        let page = site.get(&format!("{home}/what")).await;
        assert!(page.body.contains(&long) && page.body.contains(&bring), "{go}");
    }
    let typed = [&WHAT[..], &[("go", "https://elsewhere.example")]].concat();
    let reply = fill(&site, &home, "what", &typed).await;
    assert_eq!(reply.header("location"), format!("{home}/who"), "only to our own steps");
}

#[tokio::test]
async fn enter_saves_and_goes_on_though_other_buttons_stand_above_the_questions() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    for (path, form) in [("what", "step"), ("pictures", "pictures")] {
        let page = site.get(&format!("{home}/{path}")).await;
        let main = page.body.split_once("<main").unwrap().1;
        let first = main.split_once("<button ").unwrap().1.split('>').next().unwrap();
        assert!(first.contains("name=\"enter\""), "{path}: {first}");
        assert!(first.contains(&format!("form=\"{form}\"")), "{path}: {first}");
    }
}

#[tokio::test]
async fn the_coach_praises_only_what_it_has_read() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    let praised = async |typed: &[(&str, &str)]| {
        let typed = form(&[&[("step", "what"), ("title", "Clay")], typed].concat());
        let beside = site.post(&format!("{home}/preview"), &typed).await;
        assert_eq!(beside.status, StatusCode::OK);
        beside.body.contains("Nothing to change")
    };
    let long = "We make pots. ".repeat(30);
    assert!(!praised(&[]).await, "nothing is written yet");
    assert!(praised(&[("summary", "We make pots and drink tea.")]).await);
    assert!(!praised(&[("summary", &long)]).await, "too long, so it was not read");
    let besides = [("summary", long.as_str()), ("bring", "Bring an apron.")];
    assert!(!praised(&besides).await, "the rest is not all");
    assert!(!site.get(&format!("{home}/who")).await.body.contains("Nothing to change"));
}
