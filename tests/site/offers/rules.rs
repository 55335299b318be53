//! The rules of an offer, as the database says them again.
use sqlx::{AssertSqlSafe, PgPool};

use super::{broken, published};
use crate::support;

/// Changes an offer with a line of history, so that nothing but the change itself can be refused.
async fn change(db: &PgPool, what: &str) -> String {
    let mut changes = db.begin().await.unwrap();
    sqlx::query(
        "insert into offer_revisions (offer_id, number, at, by, state, content)
         select offer_id, 2, at, by, state, content from offer_revisions",
    )
    .execute(&mut *changes)
    .await
    .unwrap();
    let update = format!("update offers set revision = 2, {what}");
    match sqlx::query(AssertSqlSafe(update)).execute(&mut *changes).await {
        Ok(_) => broken(changes.commit().await),
        refused => broken(refused),
    }
}

#[tokio::test]
async fn each_rule_of_an_offer_is_kept() {
    let db = support::database().await;
    published(&db, "tea").await;
    for (what, rule) in [
        ("title = ''", "offers_title_check"),
        ("title = repeat('a', 101)", "offers_title_check"),
        ("title = E'two\\nlines'", "offers_title_check"),
        ("title = ' tea'", "offers_title_check"),
        ("summary = repeat('a', 281)", "offers_summary_check"),
        ("description = repeat('a', 10001)", "offers_description_check"),
        ("slug = 'Tea'", "offers_slug_check"),
        ("provider = gen_random_uuid()", "offers_provider_fkey"),
        ("venue = gen_random_uuid()", "offers_venue_fkey"),
        ("activities = '{}'", "complete"),
        ("activities = '{juggling}'", "known_activities"),
        ("activities = '{pottery,pottery}'", "offers_activities_check"),
        ("keywords = '{clay,NULL}'", "offers_keywords_check"),
        ("activities = '{making,music,dance,stage,words,food}'", "offers_activities_check"),
        ("needs = '{}'", "complete"),
        ("needs = '{money}'", "known_needs"),
        ("delivery = '{}'", "complete"),
        ("delivery = '{by-post}'", "known_delivery"),
        ("delivery = '{in-person}'", "complete"),
        ("boroughs = '{}'", "complete"),
        ("boroughs = '{E09000099}'", "known_boroughs"),
        ("outreach = '{E09000099}'", "known_boroughs"),
        ("residents_routes = '{}'", "complete"),
        ("residents_routes = '{by-luck}'", "offers_residents_routes_check"),
        ("residents_link = 'javascript:x()'", "offers_residents_link_check"),
        ("kind = 'therapy'", "therapy_names_therapist"),
        ("therapist = 'Ada Marsh, HCPC AS00001'", "therapy_names_therapist"),
        ("keywords = array[repeat('a', 41)]", "offers_keywords_check"),
        ("audience_for = '{everyone}'", "offers_audience_for_check"),
        ("audience_for = '{women}', audience_only = '{women}'", "audience_in_one_way"),
        ("ages_stated = true, age_from = 60, age_to = 18", "ages_in_order"),
        ("age_from = 18", "ages_only_if_stated"),
        ("who_may_come = 'residents'", "residents_only_there"),
        ("who_may_come = 'patients'", "patients_only_there"),
        ("who_may_come = 'patients', patients_of = '{X1}'", "network_codes"),
        ("pause_from = '2026-12-02', pause_to = '2026-12-01'", "pause_in_order"),
        ("pause_to = '2026-12-01'", "pause_has_start"),
        ("address_private = true", "private_needs_venue"),
        ("access_yes = '{cake}'", "offers_access_yes_check"),
        ("access_yes = '{lift}', access_no = '{lift}'", "yes_or_no"),
        ("languages = '{xx}'", "known_languages"),
        ("cost = 'dear'", "known_cost"),
        ("cost = 'paid'", "price_needed"),
        ("places = 'open'", "places_with_date"),
        ("places = 'many', places_on = '2026-12-01'", "known_places"),
        ("reply_days = 61", "offers_reply_days_check"),
        ("testimonial = 'Lovely.'", "testimonial_is_whole"),
        ("confirmed_at = now()", "confirmation_is_whole"),
        ("confirm_every = 13", "offers_confirm_every_check"),
        ("completeness = 101", "offers_completeness_check"),
        ("source = 'elsewhere'", "source_has_id"),
        ("state = 'lost'", "lifecycle"),
        ("archived_because = 'No reason.'", "archived_with_reason"),
    ] {
        assert_eq!(change(&db, what).await, rule, "{what}");
    }
    assert_eq!(change(&db, "title = 'Tea and clay'").await, "nothing");
}

#[tokio::test]
async fn each_rule_of_its_parts_is_kept() {
    let db = support::database().await;
    published(&db, "tea").await;
    sqlx::query("insert into pictures values (gen_random_uuid(), 300, 200, now())")
        .execute(&*db)
        .await
        .unwrap();
    let image = |values: &str| {
        format!(
            "insert into offer_images (offer_id, picture_id, position, alt, credit)
             select offers.id, pictures.id, {values} from offers, pictures"
        )
    };
    for (what, rule) in [
        ("update offer_schedules set ends = '10:00'".to_owned(), "ends_after_start"),
        ("update offer_schedules set days = '{}'".to_owned(), "rule_has_its_parts"),
        ("update offer_schedules set rule = 'course'".to_owned(), "counted_from_somewhere"),
        (
            "update offer_schedules set rule = 'every-n-weeks', weeks = 2".to_owned(),
            "counted_from_somewhere",
        ),
        ("update offer_schedules set weeks = 13".to_owned(), "offer_schedules_weeks_check"),
        (
            "update offer_schedules set from_on = '2026-12-02', until_on = '2026-12-01'".to_owned(),
            "until_after_from",
        ),
        (
            "update offer_schedules set skipped = '{2026-12-01}', extra = '{2026-12-01}'"
                .to_owned(),
            "skipped_or_extra",
        ),
        ("update offer_contacts set email = null".to_owned(), "one_way_at_least"),
        ("update offer_contacts set phone = 'call me'".to_owned(), "offer_contacts_phone_check"),
        ("update offer_contacts set email = 'nobody'".to_owned(), "offer_contacts_email_check"),
        ("delete from offer_contacts".to_owned(), "contact_needed"),
        ("delete from offer_schedules".to_owned(), "when_needed"),
        (
            "insert into offer_prices select id, 1, 'Full', 300, 'session' from offers".to_owned(),
            "free_has_no_price",
        ),
        (
            "insert into offer_prices select id, 1, 'Full', 300, 'hour' from offers".to_owned(),
            "offer_prices_per_check",
        ),
        (
            "insert into offer_notices select id, 1, '', date '2026-12-01' from offers".to_owned(),
            "offer_notices_text_check",
        ),
        (
            "insert into offer_access_notes select id, 'cake', 'Some' from offers".to_owned(),
            "offer_access_notes_feature_check",
        ),
        (
            "insert into offer_owners select id, 'nobody' from offers".to_owned(),
            "offer_owners_email_check",
        ),
        (image("1, '', 'Dele'"), "offer_images_alt_check"),
        (image("1, 'A pot', ''"), "offer_images_credit_check"),
        ("update pictures set width = 1601".to_owned(), "pictures_width_check"),
        (image("6, 'A pot', 'Dele'"), "offer_images_position_check"),
    ] {
        let done = sqlx::query(AssertSqlSafe(what.clone())).execute(&*db).await;
        assert_eq!(broken(done), rule, "{what}");
    }
}

#[tokio::test]
async fn the_database_knows_exactly_the_codes_of_the_program() {
    use fingerpost::topics::{Access, Activity, Audience, Code, Joining, Language, Need};
    let db = support::database().await;
    published(&db, "tea").await;
    let quoted = |codes: Vec<&str>| format!("'{{{}}}'", codes.join(","));
    fn all<T: Code>() -> Vec<&'static str> {
        T::ALL.iter().map(|one| one.code()).collect()
    }
    let languages = Language::all().map(Language::code).collect();
    for (column, codes) in [
        ("needs", all::<Need>()),
        ("audience_for", all::<Audience>()),
        ("access_yes", all::<Access>()),
        ("residents_routes", all::<Joining>()),
        ("languages", languages),
    ] {
        let update = format!(
            "select is_set({0}) from (select {0}::text[]) x ({1})",
            quoted(codes.clone()),
            column
        );
        assert!(
            sqlx::query_scalar::<_, bool>(AssertSqlSafe(update)).fetch_one(&*db).await.unwrap()
        );
        let mut changes = db.begin().await.unwrap();
        sqlx::query("alter table offers disable trigger step")
            .execute(&mut *changes)
            .await
            .unwrap();
        let update = format!("update offers set {column} = {}", quoted(codes));
        assert_eq!(
            broken(sqlx::query(AssertSqlSafe(update)).execute(&mut *changes).await),
            "nothing",
            "{column}"
        );
    }
    for activity in Activity::ALL {
        let mut changes = db.begin().await.unwrap();
        sqlx::query("alter table offers disable trigger step")
            .execute(&mut *changes)
            .await
            .unwrap();
        let update = format!("update offers set activities = '{{{}}}'", activity.code());
        assert_eq!(
            broken(sqlx::query(AssertSqlSafe(update)).execute(&mut *changes).await),
            "nothing"
        );
    }
}

#[tokio::test]
async fn every_column_of_an_offer_is_written_and_copied() {
    let db = support::database().await;
    let columns: Vec<String> = sqlx::query_scalar(
        "select column_name::text from information_schema.columns
         where table_name = 'offers' and column_name <> 'changed_in' order by 1",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    let mut written = fingerpost::offers::store::columns_of_offers();
    written.sort_unstable();
    assert_eq!(written, columns);
}
