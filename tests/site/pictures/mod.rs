//! Pictures of an offer, from a file somebody chooses to the page that shows it.
mod kept;

use std::io::Cursor;

use axum::http::{Request, StatusCode, header};
use image::{ImageFormat, Rgb, RgbImage};
use sqlx::PgPool;

use crate::{
    describe::{draft, empty_site, fill_all, hidden, wrongs},
    support::{Reply, Site},
};

/// One part of a form: its field, and what was typed, or a file's name and bytes.
enum Part<'a> {
    Typed(&'a str, &'a str),
    File(&'a str, &'a [u8]),
}
use Part::{File, Typed};

async fn post(site: &Site, path: &str, parts: &[Part<'_>]) -> Reply {
    let mut body = Vec::new();
    for part in parts {
        body.extend(b"--border\r\nContent-Disposition: form-data; name=\"");
        match part {
            Typed(field, value) => body.extend(format!("{field}\"\r\n\r\n{value}").bytes()),
            File(name, bytes) => {
                let head =
                    format!("picture\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n");
                body.extend(head.bytes());
                body.extend(*bytes);
            }
        }
        body.extend(b"\r\n");
    }
    body.extend(b"--border--\r\n");
    let request = Request::post(path);
    let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=border");
    let (reply, body) = site.send_bytes(request, body).await;
    Reply { body: String::from_utf8_lossy(&body).into_owned(), ..reply }
}

fn file(width: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(width, width * 3 / 4, |x, y| Rgb([x as u8, y as u8, 90]));
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg(width: u32) -> Vec<u8> {
    file(width, ImageFormat::Jpeg)
}

async fn bytes(site: &Site, path: &str) -> (Reply, Vec<u8>) {
    site.send_bytes(Request::get(path), Vec::new()).await
}

/// The ids on the page, in their order.
async fn ids(site: &Site, home: &str) -> Vec<String> {
    let page = site.get(&format!("{home}/pictures")).await;
    assert_eq!(page.status, StatusCode::OK);
    let count = page.body.matches("class=\"thing\"").count();
    (1..=count).map(|number| hidden(&page, &format!("picture-{number}-id"))).collect()
}

/// A draft with one picture that is described; its address and the picture's id.
async fn with_picture(db: &PgPool, site: &Site) -> (String, String) {
    let home = draft(db, site).await;
    let page = format!("{home}/pictures");
    let added = post(site, &page, &[Typed("add", "yes"), File("pot.jpg", &jpeg(2000))]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", wrongs(&added));
    assert_eq!(added.header("location"), format!("{page}#picture-1"));
    let shown = site.get(&page).await;
    let (id, seen) = (hidden(&shown, "picture-1-id"), hidden(&shown, "picture-1-seen"));
    let saved = post(
        site,
        &page,
        &[
            Typed("picture-1-id", &id),
            Typed("picture-1-seen", &seen),
            Typed("picture-1-alt", "A pot <with> a handle"),
            Typed("picture-1-credit", "Dele Ojo"),
            File("", b""),
        ],
    )
    .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", wrongs(&saved));
    assert_eq!(saved.header("location"), home);
    (home, id)
}

/// Sends it to the coordinator.
async fn send(db: &PgPool, site: &Site, home: &str) {
    fill_all(site, home).await;
    sqlx::query("update submissions set email_confirmed_at = now()").execute(db).await.unwrap();
    let check = site.get(&format!("{home}/check")).await;
    assert!(check.body.contains("A pot &#60;with&#62; a handle"), "it is there to be checked");
    let version = format!("version={}", hidden(&check, "version"));
    let sent = site.post(&format!("{home}/check"), &version).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", wrongs(&sent));
}

/// Sends it, and publishes it as the coordinator would.
async fn publish(db: &PgPool, site: &Site, home: &str) -> String {
    send(db, site, home).await;
    sqlx::raw_sql(
        "update offers set state = 'published', revision = 2, first_published = now();
         insert into offer_revisions (offer_id, number, at, by, state, content)
             select offer_id, 2, now(), 'the desk', 'published', content from offer_revisions",
    )
    .execute(db)
    .await
    .unwrap();
    sqlx::query_scalar("select slug from offers").fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn a_picture_is_public_from_the_day_its_offer_is_and_no_longer() {
    let (db, site) = empty_site().await;
    let (home, id) = with_picture(&db, &site).await;
    let public = format!("/pictures/{id}/medium.webp");
    assert_eq!(site.get(&public).await.status, StatusCode::NOT_FOUND);
    let private = format!("{home}/pictures/{id}/medium.webp");
    let (reply, own) = bytes(&site, &private).await;
    assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "image/webp"));
    assert_eq!(reply.header("cache-control"), "no-store");
    let other = draft(&db, &site).await;
    let stolen = format!("{other}/pictures/{id}/medium.webp");
    assert_eq!(site.get(&stolen).await.status, StatusCode::NOT_FOUND);

    let slug = publish(&db, &site, &home).await;
    for (size, width) in [("small", 480), ("medium", 960), ("large", 1600)] {
        let (reply, file) = bytes(&site, &format!("/pictures/{id}/{size}.webp")).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(reply.header("content-type"), "image/webp");
        assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        let image = image::load_from_memory_with_format(&file, ImageFormat::WebP).unwrap();
        assert_eq!((image.width(), image.height()), (width, width * 3 / 4));
    }
    assert_eq!(bytes(&site, &public).await.1, own);
    assert_eq!(site.get(&format!("/pictures/{id}/huge.webp")).await.status, StatusCode::NOT_FOUND);
    let page = site.get(&format!("/offers/{slug}")).await;
    for part in [
        format!(
            "srcset=\"/pictures/{id}/small.webp 480w, /pictures/{id}/medium.webp 960w, /pictures/{id}/large.webp 1600w\""
        ),
        "width=\"1600\" height=\"1200\" alt=\"A pot &#60;with&#62; a handle\"".into(),
        "Picture: Dele Ojo".into(),
    ] {
        assert!(page.body.contains(&part), "{part}");
    }

    sqlx::raw_sql(
        "update offers set state = 'paused', revision = 3;
         insert into offer_revisions (offer_id, number, at, by, state, content)
             select offer_id, 3, now(), 'the desk', 'paused', content from offer_revisions where number = 2",
    )
    .execute(&*db)
    .await
    .unwrap();
    assert_eq!(site.get(&public).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_that_is_no_picture_gets_a_word_about_it_and_the_good_one_beside_it_is_kept() {
    let (db, site) = empty_site().await;
    let page = format!("{}/pictures", draft(&db, &site).await);
    let whole = jpeg(400);
    let too_large = vec![0xFF; 10 * 1024 * 1024 + 1];
    for (name, bytes, word) in [
        ("letter.jpg", &b"Dear Ada"[..], "must be a JPEG, PNG or WebP file"),
        ("sign.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "must be a JPEG, PNG or WebP"),
        ("move.jpg", b"GIF89a\x01\0\x01\0\0\0\0;", "must be a JPEG, PNG or WebP file"),
        ("half.jpg", &whole[..whole.len() / 2], "could not be read. It may be damaged"),
        ("none.jpg", b"", "is an empty file"),
        ("wall.jpg", &too_large, "must be smaller than 10 MB"),
    ] {
        let reply = post(&site, &page, &[Typed("add", "yes"), File(name, bytes)]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let told = wrongs(&reply);
        assert!(told.contains("href=\"#picture\"") && told.contains(word), "{name}: {told}");
        assert!(reply.body.contains("autofocus") && reply.body.contains("aria-invalid"), "{name}");
    }
    let nothing = post(&site, &page, &[Typed("add", "yes"), File("", b"")]).await;
    assert!(wrongs(&nothing).contains("Choose a picture to add"));
    let both = [Typed("add", "yes"), File("letter.jpg", b"Dear Ada"), File("pot.jpg", &whole)];
    let reply = post(&site, &page, &both).await;
    assert!(wrongs(&reply).contains("“letter.jpg” must be"), "{}", wrongs(&reply));
    assert_eq!(ids(&site, page.trim_end_matches("/pictures")).await.len(), 1);
    let kept: i64 =
        sqlx::query_scalar("select count(*) from pictures").fetch_one(&*db).await.unwrap();
    assert_eq!(kept, 1, "nothing else is kept");
}

#[tokio::test]
async fn what_is_typed_is_kept_when_something_is_missing_and_a_sixth_picture_is_not_added() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    let page = format!("{home}/pictures");
    let (png, webp) = (file(60, ImageFormat::Png), file(60, ImageFormat::WebP));
    let pot = jpeg(60);
    let five = ["a.jpg", "b.jpg", "c.jpg"].map(|name| File(name, &pot));
    let mut parts = vec![File("d.png", &png), File("e.webp", &webp)];
    parts.extend(five);
    let saved = post(&site, &page, &parts).await;
    assert_eq!(saved.status, StatusCode::UNPROCESSABLE_ENTITY, "they are to be described");
    for number in 1..=5 {
        assert!(wrongs(&saved).contains(&format!("href=\"#picture-{number}-alt\"")));
        assert!(wrongs(&saved).contains(&format!("Say who made picture {number}")));
    }
    let all = ids(&site, &home).await;
    assert_eq!(all.len(), 5);
    let seen = hidden(&saved, "picture-2-seen");
    let long = "long ".repeat(60);
    let typed = [
        Typed("picture-2-id", &all[1]),
        Typed("picture-2-seen", &seen),
        Typed("picture-2-alt", &long),
        Typed("picture-2-credit", "Dele “D” Ojo & <co>"),
        File("sixth.jpg", &pot),
    ];
    let reply = post(&site, &page, &typed).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrongs(&reply).contains("The picture was not added: an offer has 5 pictures at most"));
    assert!(wrongs(&reply).contains("Make the description of the picture 49 characters shorter"));
    let again = site.get(&page).await;
    assert!(again.body.contains(&long) && again.body.contains("Dele “D” Ojo &#38; &#60;co&#62;"));
    assert!(site.get(&home).await.body.contains("id=\"task-pictures-progress\">Needs a look"));

    let (up, less) = (all[4].clone(), all[0].clone());
    assert_eq!(post(&site, &page, &[Typed("up", &up)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(post(&site, &page, &[Typed("less", &less)]).await.status, StatusCode::SEE_OTHER);
    let left = [&all[1], &all[2], &all[4], &all[3]].map(Clone::clone);
    assert_eq!(ids(&site, &home).await, left);
}

#[tokio::test]
async fn a_picture_that_is_not_described_keeps_an_offer_from_being_sent() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    fill_all(&site, &home).await;
    let page = format!("{home}/pictures");
    post(&site, &page, &[Typed("add", "yes"), File("pot.jpg", &jpeg(60))]).await;
    let check = site.get(&format!("{home}/check")).await;
    let link = format!("href=\"{page}?check=yes#picture-1-alt\"");
    assert!(check.body.contains(&link), "it leads there");
    let version = format!("version={}", hidden(&check, "version"));
    let sent = site.post(&format!("{home}/check"), &version).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrongs(&sent).contains("Describe picture 1"));
}

#[tokio::test]
async fn two_windows_do_not_overwrite_each_other() {
    let (db, site) = empty_site().await;
    let (home, id) = with_picture(&db, &site).await;
    let page = format!("{home}/pictures");
    let seen = hidden(&site.get(&page).await, "picture-1-seen");
    let words = |seen: &str, alt: &str| {
        let field = |part: &str| format!("picture-1-{part}");
        [
            (field("id"), id.clone()),
            (field("seen"), seen.into()),
            (field("alt"), alt.into()),
            (field("credit"), "Dele".into()),
        ]
    };
    let send = async |typed: [(String, String); 4]| {
        let parts: Vec<Part> = typed.iter().map(|(field, value)| Typed(field, value)).collect();
        post(&site, &page, &parts).await
    };
    assert_eq!(send(words(&seen, "One")).await.status, StatusCode::SEE_OTHER);
    let other = send(words(&seen, "Two")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert!(
        wrongs(&other).contains("in another window: “One”")
            && other.body.contains("Two</textarea>")
    );
    assert!(site.get(&page).await.body.contains("One</textarea>"), "nothing is replaced yet");
    let newer = hidden(&other, "picture-1-seen");
    assert_eq!(send(words(&newer, "Two")).await.status, StatusCode::SEE_OTHER);
    assert!(site.get(&page).await.body.contains("Two</textarea>"));
    post(&site, &page, &[Typed("less", &id)]).await;
    let gone = send(words(&newer, "Three")).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    assert!(gone.body.contains("You wrote: “Three”"), "what was typed is not lost");
}

#[tokio::test]
async fn a_form_brings_in_no_picture_of_somebody_else() {
    let (db, site) = empty_site().await;
    let (_, id) = with_picture(&db, &site).await;
    let other = draft(&db, &site).await;
    let forged = [Typed("picture-1-id", &id), Typed("picture-1-alt", "Mine")];
    post(&site, &format!("{other}/pictures"), &forged).await;
    site.post(&format!("{other}/what"), &format!("title=Clay&picture-1-id={id}")).await;
    assert_eq!(ids(&site, &other).await, [] as [String; 0]);
}

#[tokio::test]
async fn very_many_pictures_from_one_place_are_too_many() {
    let (db, site) = empty_site().await;
    let page = format!("{}/pictures", draft(&db, &site).await);
    post(&site, &page, &[File("a.jpg", b"x")]).await;
    sqlx::query("update limits set times = 100 where thing = 'add a picture'")
        .execute(&*db)
        .await
        .unwrap();
    let reply = post(&site, &page, &[File("a.jpg", &jpeg(60))]).await;
    assert!(wrongs(&reply).contains("very many in the last hour"), "{}", wrongs(&reply));
}
