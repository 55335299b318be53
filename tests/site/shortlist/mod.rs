//! The shortlist in an address: chosen, ordered, compared, passed on, and never kept or told by the program.
mod handout;

use std::time::Duration;

use axum::http::{StatusCode, Uri};
use fingerpost::{offers::AnyState, text::Line};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use tokio::runtime;

use super::{
    offer_page::with_full_offer,
    offers,
    support::{self, Site, encoded},
};

const CLAY: &str = "clay-and-company-peckham";
const DRAWER: &str = "whats-in-the-drawer";

fn location(reply: &support::Reply) -> &str {
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    reply.header("location")
}

#[tokio::test]
async fn a_search_adds_to_the_list_in_its_address_and_takes_it_along() {
    let (_db, site) = with_full_offer().await;
    let page = site.get("/offers?q=pots+at+a+long+table").await.body;
    assert!(page.contains(&format!("name=\"add\" value=\"{CLAY}_1\"")), "the card offers it");
    assert!(page.contains("<b class=\"count\">0</b>"));

    let added = site.get(&format!("/offers?q=long+table&list={DRAWER}_1&add={CLAY}_1")).await;
    let to = location(&added);
    assert_eq!(to, format!("/offers?q=long+table&list={DRAWER}_1.{CLAY}_1#{CLAY}"));

    let page = site.get(to.split('#').next().unwrap()).await;
    assert_eq!(page.status, StatusCode::OK, "the list is no filter and no mistake");
    let list = format!("list={DRAWER}_1.{CLAY}_1");
    assert!(
        page.body.contains(&format!("name=\"drop\" value=\"{CLAY}_1\"")),
        "it can be taken off"
    );
    assert!(
        page.body.contains(&format!("href=\"/offers/{CLAY}?{list}\"")),
        "its page knows the list"
    );
    assert!(page.body.contains(&format!("href=\"/shortlist?{list}\"")), "the head counts it");
    assert!(page.body.contains("<b class=\"count\">2</b>"));
    let kept = format!("name=\"list\" value=\"{DRAWER}_1.{CLAY}_1\"");
    assert_eq!(page.body.matches(&kept).count(), 3, "each of the forms takes it along");
    let sorts = page.body.split("class=\"sort\"").nth(1).unwrap();
    assert!(sorts.split("</nav>").next().unwrap().contains(&list), "so do the links");

    let off = site.get(&format!("/offers?q=long+table&{list}&drop={CLAY}_1")).await;
    assert!(location(&off).starts_with(&format!("/offers?q=long+table&list={DRAWER}_1#")));
    let tidied = site.get(&format!("/offers?chosen=1&q=long+table&cost=paid&{list}")).await;
    assert!(location(&tidied).ends_with(&list), "{}", location(&tidied));
    let data = site.get(&format!("/offers.json?q=long+table&{list}")).await;
    assert_eq!(data.json()["total"], site.get("/offers.json?q=long+table").await.json()["total"]);
}

#[tokio::test]
async fn an_offer_page_adds_to_the_list_and_knows_what_is_on_it() {
    let (_db, site) = with_full_offer().await;
    let page = site.get(&format!("/offers/{CLAY}?list={DRAWER}_1&note-{DRAWER}=tea")).await.body;
    assert!(page.contains(&format!("name=\"list\" value=\"{DRAWER}_1\"")));
    assert!(page.contains(&format!("name=\"note-{DRAWER}\" value=\"tea\"")));
    assert!(page.contains(&format!("name=\"add\" value=\"{CLAY}_1\"")));
    assert!(page.contains(&format!("href=\"/offers?list={DRAWER}_1&#38;note-{DRAWER}=tea\"")));
    let page = site.get(&format!("/offers/{CLAY}?list={CLAY}_1")).await.body;
    assert!(page.contains(&format!("name=\"drop\" value=\"{CLAY}_1\"")));
}

#[tokio::test]
async fn the_twenty_first_offer_is_told_and_the_twenty_stay() {
    let (_db, site) = Site::of_sample().await;
    let all = site.get("/offers.json").await.json();
    let slug = |at: usize| all["offers"][at]["slug"].as_str().unwrap().to_owned();
    let list = (0..20).map(slug).collect::<Vec<_>>().join(".");
    for page in ["/offers", "/shortlist"] {
        let reply = site.get(&format!("{page}?list={list}&add={DRAWER}x")).await;
        assert_eq!(location(&reply), format!("/shortlist?list={list}&full=1"));
    }
    let page = site.get(&format!("/shortlist?list={list}&full=1")).await.body;
    assert!(page.contains("Your shortlist is full"));
    assert_eq!(page.matches("name=\"drop\"").count(), 20);
}

#[tokio::test]
async fn a_list_has_an_order_a_title_and_notes() {
    let (_db, site) = with_full_offer().await;
    let list = format!("list={CLAY}_1.{DRAWER}_1&title=For+spring&note-{CLAY}=Ask+%3Cb%3EDele");
    let page = site.get(&format!("/shortlist?{list}")).await;
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("x-robots-tag"), "noindex");
    assert!(page.body.contains("Do not write a person’s name"));
    assert!(page.body.contains("<h1>For spring</h1>"));
    assert!(page.body.contains("Ask &#60;b&#62;Dele</textarea>"));
    let place = |slug: &str| page.body.find(&format!("<li id=\"{slug}\">")).unwrap();
    assert!(place(CLAY) < place(DRAWER));

    assert!(page.body.contains(&format!("/calendar.ics?offer={CLAY}&#38;offer={DRAWER}")));
    let down = site.get(&format!("/shortlist?{list}&down={CLAY}_1")).await;
    assert!(location(&down).starts_with(&format!("/shortlist?list={DRAWER}_1.{CLAY}_1&title=For")));
    assert!(location(&down).ends_with(&format!("#{CLAY}")), "where one was");
    let typed = site.get(&format!("/shortlist?list={CLAY}_1&title=&note-{CLAY}=")).await;
    assert_eq!(location(&typed), format!("/shortlist?list={CLAY}_1"), "in its one spelling");
}

#[tokio::test]
async fn what_has_changed_moved_or_ended_since_it_was_chosen_says_so() {
    let (db, site) = with_full_offer().await;
    let reason = Line::parse("The venue closed.").unwrap();
    offers::given(&db, "old-thing", AnyState::Archived { reason }).await;
    offers::given(&db, "resting", AnyState::Paused).await;
    offers::given(&db, "unseen", AnyState::Draft).await;
    offers::published(&db, "first-name").await;
    sqlx::query("update offers set slug = 'second-name' where slug = 'first-name'")
        .execute(&*db)
        .await
        .unwrap();
    let list = format!("{CLAY}_1.{DRAWER}_4.old-thing_1.resting_1.unseen.first-name_1.nonsense");
    let page = site.get(&format!("/shortlist?list={list}&note-first-name=kept")).await.body;
    let item = |slug: &str| {
        let rest =
            page.split(&format!("<li id=\"{slug}\">")).nth(1).unwrap_or_else(|| panic!("{slug}"));
        rest.split("</li>").next().unwrap().to_owned()
    };
    assert!(!item(CLAY).contains("class=\"miss\""));
    assert!(item(DRAWER).contains("has changed since you chose it"));
    assert!(
        item(DRAWER).contains(&format!("name=\"add\" value=\"{DRAWER}_1\"")),
        "seen, it is marked so"
    );
    assert!(item("old-thing").contains("This has ended."));
    assert!(item("resting").contains("This is taking a break."));
    assert!(item("unseen").contains("There is no offer at this address."));
    assert!(!item("unseen").contains("Make pots"), "a draft is nobody's to see");
    assert!(item("second-name").contains("has a new name"));
    assert!(item("second-name").contains("kept</textarea>"), "its note goes with it");
    assert!(item("nonsense").contains("There is no offer at this address."));

    let paper = site.get(&format!("/handout?list={list}")).await.body;
    assert_eq!(paper.matches("<article class=\"sheet\"").count(), 3, "only what runs is printed");
    assert!(paper.contains("4 of your list are left out"));
}

#[tokio::test]
async fn a_letter_has_the_facts_but_neither_title_nor_notes() {
    let (_db, site) = with_full_offer().await;
    let list = format!("list={CLAY}_1&title=Mrs+Pym&note-{CLAY}=Her+knee");
    let page = site.get(&format!("/shortlist?{list}")).await.body;
    for way in ["mailto:?subject=", "sms:?&#38;body="] {
        let at = page.find(way).unwrap_or_else(|| panic!("{way}"));
        let letter = page[at..].split('"').next().unwrap().to_owned();
        for said in
            ["Clay%20and%20company", "Every%20Tuesday", "Lantern%20Yard", "Cost%3A%20%C2%A3"]
        {
            assert!(letter.contains(said), "{said} in {letter}");
        }
        assert!(letter.contains(&format!("shortlist%3Flist%3D{CLAY}_1")), "{letter}");
        assert!(!letter.contains("Pym") && !letter.contains("knee"), "{letter}");
        assert!(!letter.contains('+'), "a plus would be taken for one");
    }
    let page = site.get(&format!("/offers/{CLAY}")).await.body;
    let letter = page.split("mailto:?subject=").nth(1).unwrap().split('"').next().unwrap();
    assert!(letter.contains("When%3A%20Every%20Tuesday") && letter.contains("Cost%3A"), "{letter}");
    assert!(page.contains("href=\"sms:?&#38;body="));
}

#[tokio::test]
async fn offers_stand_side_by_side_in_a_table_that_says_where_they_differ() {
    let (_db, site) = with_full_offer().await;
    let list =
        format!("list={CLAY}_1.{DRAWER}_1.beginners-at-the-wheel.seated-soul.drop-in-darning");
    let page = site
        .get(&format!("/compare?{list}&pick={CLAY}&pick=beginners-at-the-wheel&near=SE15"))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("cache-control"), "no-store");
    let row = |label: &str| {
        let start = format!("role=\"rowheader\">{label}");
        let rest = page.body.split(&start).nth(1).unwrap_or_else(|| panic!("no row {label}"));
        rest.split("</tr>").next().unwrap().to_owned()
    };
    assert_eq!(page.body.matches("<th scope=\"col\"").count(), 3);
    assert!(page.body.matches("<th scope=\"row\"").count() > 10);
    assert!(
        row("Days and times").contains("Every Tuesday")
            && row("Days and times").contains("Differs")
    );
    assert!(row("Distance from SE15").contains(" m") || row("Distance from SE15").contains(" km"));
    assert!(row("Cost in full").contains("£60 for the whole course"), "{}", row("Cost in full"));
    assert!(row("Cost in full").contains("Concession: £1 a session"));
    assert!(
        row("Hearing loop").contains("Not stated") && row("Hearing loop").contains("<p>No</p>")
    );
    assert!(row("Who it may not suit").contains("People who cannot be near dust."));
    assert!(row("How fresh").contains("Confirmed "));
    assert!(
        !row("Step-free").contains("Differs") || row("Step-free").contains("Flat from the street")
    );

    let first = site.get(&format!("/compare?{list}")).await.body;
    assert_eq!(first.matches("<th scope=\"col\"").count(), 5, "the first four");
    let wrong = site.get(&format!("/compare?{list}&near=Atlantis")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"Atlantis\"") && wrong.body.contains("id=\"near-wrong\""));
    let picks: String =
        list[5..].split('.').map(|mark| format!("&pick={}", mark.trim_end_matches("_1"))).collect();
    let many = site.get(&format!("/compare?{list}{picks}")).await;
    assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(many.body.contains("You chose 5 offers. Choose 4 or fewer"));
    assert_eq!(many.body.matches(" checked>").count(), 5, "nothing chosen is lost");
    for nothing in ["/compare", "/compare?list=nonsense", "/shortlist", "/handout"] {
        assert_eq!(site.get(nothing).await.status, StatusCode::OK, "{nothing}");
    }
}

/// As it stands in an address, broken or not.
fn value() -> impl Strategy<Value = String> {
    let known = [
        "",
        CLAY,
        DRAWER,
        "seated-soul_1",
        "1",
        "big",
        "SE15",
        "Atlantis",
        "%ff%fe",
        "%00",
        "%",
        "_",
        "..__",
    ];
    let list =
        prop::collection::vec("[a-z-]{0,9}(_[0-9]{1,12})?", 0..40).prop_map(|all| all.join("."));
    let real = prop::collection::vec(
        prop::sample::select(vec![CLAY, DRAWER, "seated-soul_1", "sing-and-sign_9"]),
        0..9,
    );
    prop_oneof![
        3 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        3 => real.prop_map(|all| all.join(".")),
        1 => list,
        2 => any::<String>().prop_map(|typed| encoded(&typed)),
        1 => "\\PC{0,900}".prop_map(|typed| encoded(&typed)),
    ]
}

fn address() -> impl Strategy<Value = String> {
    let pages = [
        "/shortlist",
        "/compare",
        "/handout",
        "/handout.pdf",
        "/offers",
        "/o/1",
        "/offers/seated-soul",
    ];
    let names = [
        "list",
        "title",
        "note-seated-soul",
        "note-x",
        "add",
        "drop",
        "up",
        "down",
        "full",
        "pick",
        "near",
        "print",
        "zzz",
    ];
    let pair = (prop::sample::select(names.to_vec()), value())
        .prop_map(|(name, value)| format!("{name}={value}"));
    let query = prop::collection::vec(pair, 0..8).prop_map(|all| all.join("&"));
    (prop::sample::select(pages.to_vec()), query)
        .prop_map(|(page, query)| format!("{page}?{query}"))
        .prop_filter("an address has an end", |address| address.parse::<Uri>().is_ok())
}

#[test]
fn no_address_of_a_shortlist_makes_a_page_fail() {
    let runtime = runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (_db, site) = runtime.block_on(with_full_offer());
    let config = Config { cases: 1_500, failure_persistence: None, ..Config::default() };
    let tried = TestRunner::new(config).run(&address(), |address| {
        let started = std::time::Instant::now();
        let reply = runtime.block_on(site.get(&address));
        let status = reply.status.as_u16();
        prop_assert!([200, 303, 307, 404, 422].contains(&status), "{} on {}", status, address);
        prop_assert!(started.elapsed() < Duration::from_secs(2), "{} is slow", address);
        if status == 303 && !address.starts_with("/handout") {
            let to = reply.header("location").split('#').next().unwrap().to_owned();
            let there = runtime.block_on(site.get(&to));
            prop_assert!(
                there.status != StatusCode::SEE_OTHER,
                "{} leads to {} and on",
                address,
                to
            );
        }
        Ok(())
    });
    if let Err(failed) = tried {
        panic!("{failed}");
    }
}
