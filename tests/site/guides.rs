//! Our own pages: plain, with their sources, and easy to come by.
use fingerpost::{
    site::guide_pages::Guide,
    text::plain_language::{AIM, Swaps, advice},
};

use crate::support::{self, Site};

/// What a guide says, a block a line, each a sentence; without its sources.
fn words(page: &str) -> String {
    let article = page.split("<article").nth(1).unwrap().split("</article>").next().unwrap();
    let ours = article.split("<section class=\"sources\"").next().unwrap();
    let mut text = String::new();
    for piece in ours.split('<').skip(1) {
        let (tag, said) = piece.split_once('>').unwrap();
        let ends = ["/p", "/li", "/h1", "/h2"].contains(&tag);
        if ends && !text.trim_end().ends_with(['.', '?', '!', ':', '”']) {
            text.push('.');
        }
        text.push_str(if ends { "\n" } else { "" });
        text.push_str(said.trim_matches('\n'));
    }
    text
}

#[tokio::test]
async fn every_guide_is_written_for_somebody_who_reads_like_a_child_of_eleven() {
    let db = support::database().await;
    let site = Site::new(&db).await;
    for guide in Guide::ALL {
        let page = site.get(&format!("/guides/{}", guide.slug())).await;
        assert_eq!(page.status, 200);
        let text = words(&page.body);
        let told = advice(&text, Swaps::shipped());
        let age = told.reading_age.unwrap();
        eprintln!("{}: {age:?}", guide.slug());
        assert!(age.words > 150 && age.years <= *AIM.end(), "{}: {age:?}", guide.slug());
        assert!(told.long_sentences.is_empty(), "{}: {:?}", guide.slug(), told.long_sentences);
        let hard: Vec<&str> = told.swaps.iter().map(|swap| &text[swap.at.clone()]).collect();
        assert!(hard.is_empty(), "{}: {hard:?}", guide.slug());
    }
}

#[tokio::test]
async fn every_guide_names_its_sources_and_leads_to_the_others() {
    let db = support::database().await;
    let site = Site::new(&db).await;
    let list = site.get("/guides").await.body;
    for guide in Guide::ALL {
        let address = format!("/guides/{}", guide.slug());
        assert!(list.contains(&format!("href=\"{address}\"")), "{address} is not in the list");
        let page = site.get(&address).await.body;
        let sources = page.split("<section class=\"sources\"").nth(1).unwrap();
        let sources = sources.split("</section>").next().unwrap();
        assert!(sources.contains("href=\"https://"), "{address} names no source");
        for other in Guide::ALL.into_iter().filter(|other| *other != guide) {
            assert!(page.contains(&format!("href=\"/guides/{}\"", other.slug())), "{address}");
        }
    }
    assert_eq!(site.get("/guides/nowhere").await.status, 404);
}

#[tokio::test]
async fn guides_are_linked_from_every_page_and_stand_in_the_site_map() {
    let db = support::database().await;
    let site = Site::new(&db).await;
    for path in ["/", "/offers", "/boroughs/hackney", "/nowhere"] {
        assert!(site.get(path).await.body.contains("<a href=\"/guides\">"), "{path}");
    }
    assert!(site.get("/about").await.body.contains("href=\"/guides/social-prescribing\""));
    let map = site.get("/sitemap.xml").await.body;
    for guide in Guide::ALL {
        assert!(map.contains(&format!("/guides/{}</loc>", guide.slug())), "{guide:?}");
    }
}
