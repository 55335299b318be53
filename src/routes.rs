//! The site map: every address and who answers it.
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state, map_request_with_state, map_response},
    routing::{get, post},
};

use crate::{
    accounts::{self, pages::second_factor as factor},
    app::App,
    desk::{
        self,
        pages::{
            attendance, batches, bulk, duplicates, link_workers as workers,
            partnerships as kept_partnerships, past, people, reports as reported,
            resources as kept_resources, second_factor, shown, stories as told, teams,
            training as taught, words,
        },
    },
    link_workers::pages as link_workers,
    mine::pages as mine,
    offers,
    partnerships::pages as partnerships,
    reports::pages as reports,
    resources::pages as resources,
    search,
    shortlist::pages as shortlist,
    site::{self, health},
    stories::pages as stories,
    submissions::pages as describe,
    training::{api as cohort_files, pages as training},
    web::{self, Error, caching, defences, origin, private, problem},
};

/// The longest step holds some 17,000 letters in all. One letter may be four bytes, and a form writes each
/// byte in three: 200 KB. Twice that, so that what is too long comes back with a word about it, and a
/// little for names and boxes.
const LARGEST_STEP: usize = 448 * 1024;

/// Five pictures of 10 MB, and as much again: what is too large is read to its end, so that the page that says
/// so arrives.
const LARGEST_UPLOAD: usize = 100 * 1024 * 1024;

pub fn site(app: App) -> Router {
    let when_ready = map_request_with_state(app.readiness.clone(), health::when_ready);
    let pages = Router::<App>::new()
        .route("/", get(site::pages::home))
        .route("/offers", get(search::pages::results))
        .route("/map", get(site::map_pages::map))
        .route("/offers/{slug}", get(site::offer_pages::show))
        .route("/offers/{slug}/calendar.ics", get(offers::api::calendar))
        .route("/calendar.ics", get(offers::api::calendars))
        .route("/o/{number}", get(shortlist::numbered))
        .route("/pictures/{id}/{file}", get(offers::pages::picture))
        .route("/providers/{slug}", get(site::provider_pages::show))
        .route("/boroughs", get(site::borough_pages::list))
        .route("/boroughs/{slug}", get(site::borough_pages::show))
        .route("/boroughs/{slug}/figures.csv", get(site::london_pages::borough_figures))
        .route("/london", get(site::london_pages::show))
        .route("/london/figures.csv", get(site::london_pages::figures))
        .route("/boroughs/{slug}/feed.atom", get(site::feed_pages::borough))
        .route("/networks", get(site::network_pages::list))
        .route("/networks/{code}", get(site::network_pages::show))
        .route("/find-your-network", get(site::finder_pages::show))
        .route("/link-workers", get(link_workers::index))
        .route("/link-workers/{id}/photograph/{file}", get(link_workers::photograph))
        .route("/boroughs/{slug}/link-workers", get(link_workers::borough))
        .route("/activities", get(site::topic_pages::activities))
        .route("/activities/{code}", get(site::topic_pages::activity))
        .route("/activities/{code}/feed.atom", get(site::feed_pages::activity))
        .route("/needs", get(site::topic_pages::needs))
        .route("/needs/{code}", get(site::topic_pages::need))
        .route("/needs/{code}/feed.atom", get(site::feed_pages::need))
        .route("/stories", get(stories::list))
        .route("/stories/{slug}", get(stories::show))
        .route("/opensearch.xml", get(site::feed_pages::open_search))
        .route("/training", get(training::list))
        .route("/training/{slug}", get(training::show))
        .route("/training/{slug}/calendar.ics", get(cohort_files::calendar))
        .route("/guides", get(site::guide_pages::list))
        .route("/guides/{slug}", get(site::guide_pages::show))
        .route("/partnerships", get(partnerships::list))
        .route("/partnerships.csv", get(partnerships::file))
        .route("/partnerships/{slug}", get(partnerships::show))
        .route("/find-your-partners", get(partnerships::find::show))
        .route("/resources", get(resources::list))
        .route("/self-check", get(resources::self_check::form))
        .route("/resources.csv", get(resources::file))
        .route("/training/evaluation", get(training::evaluation::of_all))
        .route("/training/evaluation.csv", get(training::evaluation::file))
        .route("/training/{slug}/evaluation", get(training::evaluation::of_cohort))
        .route("/training/history", get(training::past::history))
        .route("/training/history.csv", get(training::past::file))
        .route("/about", get(site::pages::about))
        .route("/about/offers-csv", get(offers::pages::columns))
        .route("/about/search-data", get(search::pages::guide))
        .route("/accessibility", get(site::pages::accessibility))
        .route("/privacy", get(site::pages::privacy))
        .route("/your-own-directory", get(site::pages::your_own))
        .route("/sitemap.xml", get(site::robot_pages::sitemap))
        .route("/sitemap/{file}", get(site::robot_pages::sitemap_file))
        .route("/robots.txt", get(site::robot_pages::robots))
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer((when_ready.clone(), from_fn(caching::public)));

    let forms = Router::<App>::new()
        .route("/describe", get(describe::start).post(describe::begin))
        .route("/describe/start", get(describe::first))
        .route("/describe/postcode", post(describe::postcode))
        .route("/describe/{secret}", get(describe::status))
        .route("/describe/{secret}/keep", get(describe::keep))
        .route("/describe/{secret}/email", get(describe::address).post(describe::readdress))
        .route("/describe/{secret}/link", post(describe::relink))
        .route("/describe/{secret}/check", get(describe::check).post(describe::send))
        .route("/describe/{secret}/preview", post(describe::preview))
        .route("/describe/{secret}/dates", post(describe::dates))
        .route("/describe/{secret}/pictures/{id}/{file}", get(describe::picture))
        .route("/describe/{secret}/{step}", get(describe::step).post(describe::save))
        .route("/describe/{secret}/withdrawal", post(describe::withdraw))
        .route("/describe/{secret}/mine", post(mine::from_submission))
        .route("/mine", get(mine::ask).post(mine::mail_link))
        .route("/mine/{secret}", get(mine::home))
        .route("/mine/{secret}/submissions/{id}", post(mine::go_on))
        .route("/mine/{secret}/offers/{offer}", get(mine::offer))
        .route("/mine/{secret}/offers/{offer}/{act}", post(mine::act))
        .route(
            "/mine/{secret}/offers/{offer}/stories/{story}/withdrawal",
            post(mine::withdraw_story),
        )
        .route("/mine/{secret}/providers/{provider}", get(mine::provider))
        .route("/mine/{secret}/providers/{provider}/{act}", post(mine::change_people))
        .route("/invitation/{secret}", get(mine::invitation).post(mine::accept))
        .route("/offers/{slug}/report", get(reports::form).post(reports::report))
        .route("/offers/{slug}/report/thanks", get(reports::thanks))
        .route(
            "/self-check/answers",
            get(resources::self_check::begin).post(resources::self_check::answer),
        )
        .route("/link-workers/join", get(link_workers::join).post(link_workers::mail_link))
        .route(
            "/link-workers/{id}/contact",
            get(link_workers::contact).post(link_workers::ask_contact),
        )
        .route("/link-worker/{secret}", get(link_workers::home))
        .route("/link-worker/{secret}/details", get(link_workers::details).post(link_workers::save))
        .route("/link-worker/{secret}/agreement", post(link_workers::agree))
        .route("/link-worker/{secret}/training-removal", post(link_workers::take_off))
        .route("/link-worker/{secret}/photograph/{file}", get(link_workers::own_photograph))
        .route(
            "/link-worker/{secret}/withdrawal",
            get(link_workers::withdrawal).post(link_workers::withdraw),
        )
        .route("/training/{slug}/book", get(training::form).post(training::book))
        .route("/training/{slug}/book/thanks", get(training::thanks))
        .route("/booking/{secret}", get(training::place))
        .route(
            "/booking/{secret}/questions",
            get(training::questions::form).post(training::questions::answer),
        )
        .route("/booking/{secret}/certificate", get(training::certificate::show))
        .route("/booking/{secret}/certificate.pdf", get(training::certificate::pdf))
        .route("/booking/{secret}/showing", post(training::certificate::showing))
        .route("/certificates", get(training::certificate::ask))
        .route(
            "/certificates/{number}",
            get(training::certificate::check).post(training::certificate::check_name),
        )
        .route("/booking/{secret}/confirmation", post(training::confirm))
        .route("/booking/{secret}/cancellation", post(training::cancel))
        .route("/stories/tell", get(stories::form).post(stories::begin))
        .route("/stories/link", get(stories::ask).post(stories::mail_links))
        .route("/stories/sent", get(stories::sent))
        .route("/stories/withdrawn", get(stories::withdrawn))
        .route("/stories/yours/{secret}", get(stories::yours).post(stories::save))
        .route("/stories/yours/{secret}/preview", post(stories::preview))
        .route("/stories/yours/{secret}/consent", post(stories::agree))
        .route("/stories/yours/{secret}/withdrawal", post(stories::withdraw))
        .route("/confirm/{secret}", get(describe::ask_to_confirm).post(describe::confirm))
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(DefaultBodyLimit::max(LARGEST_STEP))
        .layer(from_fn_with_state(app.url.clone(), origin::same))
        .layer(map_response(private::page))
        .layer(when_ready.clone());

    let desk = Router::<App>::new()
        .route("/desk/sign-in", get(accounts::pages::form).post(accounts::pages::ask))
        .route("/desk/sign-in/{secret}", get(accounts::pages::open).post(accounts::pages::enter))
        .route("/desk/code", get(accounts::pages::code::form).post(accounts::pages::code::enter))
        .route("/desk/second-factor", get(factor::show).post(factor::change))
        .route("/desk/sign-out", post(accounts::pages::sign_out))
        .route("/desk/sessions", get(accounts::pages::list))
        .route("/desk/sessions/{which}/end", post(accounts::pages::end))
        .route("/desk", get(desk::pages::queue))
        .route("/desk/log", get(desk::pages::log))
        .route("/desk/log.csv", get(desk::pages::log_file))
        .route("/desk/words", get(words::lists))
        .route("/desk/words/entry", get(words::one).post(words::change))
        .route("/desk/words/history", get(words::history))
        .route("/desk/words/history/{number}/restoring", post(words::restore))
        .route("/desk/export/{file}", get(desk::pages::export))
        .route("/desk/intake/{intake}", get(desk::pages::intake::report))
        .route("/desk/intake/{intake}/choice", post(desk::pages::intake::choose))
        .route("/desk/intake/{intake}/import", post(desk::pages::intake::import))
        .route("/desk/intake/{intake}/following", post(desk::pages::intake::follow))
        .route("/desk/feeds/{feed}/ending", post(desk::pages::intake::stop))
        .route("/desk/tasks", get(desk::pages::intake::tasks))
        .route("/desk/tasks/{task}/{act}", post(desk::pages::intake::settle))
        .route("/desk/people", get(people::list))
        .route("/desk/people/invitation", get(people::form).post(people::invite))
        .route("/desk/people/{account}", get(people::one))
        .route("/desk/people/{account}/rights", post(people::change))
        .route("/desk/people/{account}/ending", post(people::end))
        .route("/desk/people/{account}/return", post(people::let_in))
        .route("/desk/people/{account}/second-factor/reset", post(second_factor::reset))
        .route("/desk/people/{account}/sessions/{which}/end", post(people::end_sessions))
        .route("/desk/submissions/{id}", get(desk::pages::review))
        .route("/desk/submissions/{id}/claim", post(desk::pages::claim))
        .route("/desk/submissions/{id}/release", post(desk::pages::let_go))
        .route("/desk/submissions/{id}/decision", post(desk::pages::decide))
        .route("/desk/reports", get(reported::list))
        .route("/desk/reports/{report}", get(reported::one))
        .route("/desk/reports/{report}/claim", post(reported::claim))
        .route("/desk/reports/{report}/release", post(reported::let_go))
        .route("/desk/reports/{report}/decision", post(reported::decide))
        .route("/desk/training", get(taught::list))
        .route("/desk/training/new", get(taught::new).post(taught::create))
        .route(
            "/desk/training/programmes/{programme}",
            get(taught::programme).post(taught::keep_programme),
        )
        .route("/desk/training/{cohort}", get(taught::one))
        .route("/desk/training/{cohort}/edit", get(taught::edit).post(taught::change))
        .route("/desk/training/{cohort}/bookings", post(taught::add))
        .route("/desk/training/{cohort}/bookings.csv", get(taught::file))
        .route("/desk/training/{cohort}/bookings/{booking}/{act}", post(taught::act_on_booking))
        .route("/desk/training/{cohort}/{act}", post(taught::act))
        .route("/desk/stories", get(told::list))
        .route("/desk/stories/entry", get(told::entry).post(told::enter))
        .route("/desk/stories/{story}", get(told::one))
        .route("/desk/stories/{story}/decision", post(told::decide))
        .route("/desk/submissions/{id}/edit", post(desk::pages::edit_what_waits))
        .route("/desk/submissions/{id}/look", post(desk::pages::look))
        .route("/desk/edits/{edit}", get(desk::pages::steps))
        .route("/desk/edits/{edit}/check", get(describe::check).post(desk::pages::publish))
        .route("/desk/edits/{edit}/preview", post(describe::preview))
        .route("/desk/edits/{edit}/dates", post(describe::dates))
        .route("/desk/edits/{edit}/withdrawal", post(desk::pages::throw_away))
        .route("/desk/edits/{edit}/pictures/{id}/{file}", get(describe::picture))
        .route("/desk/edits/{edit}/{step}", get(describe::step).post(describe::save))
        .route("/desk/providers/{provider}", get(desk::pages::provider))
        .route("/desk/providers/{provider}/trust", post(desk::pages::change_trust))
        .route("/desk/resources", get(kept_resources::list))
        .route("/desk/resources/entry", get(kept_resources::form).post(kept_resources::add))
        .route("/desk/resources/{resource}", get(kept_resources::one).post(kept_resources::change))
        .route("/desk/resources/{resource}/archiving", post(kept_resources::archive))
        .route("/desk/resources/{resource}/return", post(kept_resources::bring_back))
        .route("/desk/resources/{resource}/look", post(kept_resources::looked))
        .route("/desk/resources/{resource}/move", post(kept_resources::follow))
        .route("/desk/partnerships", get(kept_partnerships::list))
        .route(
            "/desk/partnerships/entry",
            get(kept_partnerships::form).post(kept_partnerships::add),
        )
        .route(
            "/desk/partnerships/{partnership}",
            get(kept_partnerships::one).post(kept_partnerships::change),
        )
        .route("/desk/partnerships/{partnership}/archiving", post(kept_partnerships::archive))
        .route("/desk/partnerships/{partnership}/return", post(kept_partnerships::bring_back))
        .route("/desk/boroughs", get(teams::list))
        .route("/desk/boroughs/{borough}", get(teams::one).post(teams::change))
        .route("/desk/link-workers", get(workers::list))
        .route("/desk/link-workers/proposal", get(workers::proposal).post(workers::propose))
        .route("/desk/link-workers/{worker}", get(workers::one))
        .route("/desk/link-workers/{worker}/photograph/{file}", get(workers::photograph))
        .route("/desk/link-workers/{worker}/{act}", post(workers::act))
        .route("/desk/listings/entry", get(desk::pages::entry).post(desk::pages::enter))
        .route("/desk/offers/{offer}/edit", post(desk::pages::edit_listing))
        .route("/desk/listings", get(desk::pages::listings))
        .route("/desk/listings/preview", post(bulk::preview))
        .route("/desk/listings/changes", post(bulk::change))
        .route("/desk/duplicates", get(duplicates::list))
        .route("/desk/duplicates/{one}/{other}", get(duplicates::compare))
        .route("/desk/duplicates/{one}/{other}/merging", post(duplicates::merging))
        .route("/desk/duplicates/{one}/{other}/telling-apart", post(duplicates::telling_apart))
        .route(
            "/desk/training/{cohort}/attendance",
            get(attendance::register).post(attendance::note),
        )
        .route(
            "/desk/training/{cohort}/attendance/name",
            get(attendance::name).post(attendance::correct_name),
        )
        .route("/desk/training/{cohort}/sheet", get(attendance::sheet))
        .route("/desk/training/{cohort}/certificates", post(attendance::certificates))
        .route("/desk/training/shown", get(shown::list))
        .route("/desk/training/shown/{shown}", post(shown::settle))
        .route("/desk/training/shown/{shown}/removal", post(shown::take_off))
        .route("/desk/training/past", get(past::list))
        .route("/desk/training/past/entry", get(past::form).post(past::record))
        .route("/desk/training/past/{past}", get(past::one).post(past::change))
        .route("/desk/training/past/{past}/removal", post(past::remove))
        .route("/desk/batches", get(batches::list))
        .route("/desk/batches/{batch}", get(batches::show))
        .route("/desk/batches/{batch}/undoing", post(batches::take_back))
        .route("/desk/offers/{offer}", get(desk::pages::offer))
        .route("/desk/offers/{offer}/history", get(desk::pages::history))
        .route("/desk/offers/{offer}/{act}", post(desk::pages::act))
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(DefaultBodyLimit::max(LARGEST_STEP))
        .layer(from_fn_with_state(app.url.clone(), origin::strictly_same))
        .layer(map_response(private::desk))
        .layer(when_ready.clone());

    let desk_uploads = Router::<App>::new()
        .route(
            "/desk/edits/{edit}/pictures",
            get(describe::pictures).post(describe::change_pictures),
        )
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(DefaultBodyLimit::max(LARGEST_UPLOAD))
        .layer(from_fn_with_state(app.url.clone(), origin::strictly_same))
        .layer(map_response(private::desk))
        .layer(when_ready.clone());

    let uploads = Router::<App>::new()
        .route(
            "/describe/{secret}/pictures",
            get(describe::pictures).post(describe::change_pictures),
        )
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(DefaultBodyLimit::max(LARGEST_UPLOAD))
        .layer(from_fn_with_state(app.url.clone(), origin::same))
        .layer(map_response(private::page))
        .layer(when_ready.clone());

    let photographs = Router::<App>::new()
        .route("/link-worker/{secret}/photograph", post(link_workers::change_photograph))
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(DefaultBodyLimit::max(LARGEST_UPLOAD))
        .layer(from_fn_with_state(app.url.clone(), origin::same))
        .layer(map_response(private::page))
        .layer(when_ready.clone());

    let files = Router::<App>::new()
        .route("/desk/intake", get(desk::pages::intake::intake).post(desk::pages::intake::send))
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(DefaultBodyLimit::max(LARGEST_UPLOAD))
        .layer(from_fn_with_state(app.url.clone(), origin::strictly_same))
        .layer(map_response(private::desk))
        .layer(when_ready.clone());

    let chosen = Router::<App>::new()
        .route("/shortlist", get(shortlist::list))
        .route("/compare", get(shortlist::compare))
        .route("/handout", get(shortlist::handout))
        .route("/handout.pdf", get(shortlist::handout_pdf))
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(map_response(private::page))
        .layer(when_ready.clone());
    let counted = Router::<App>::new()
        .route("/offers/{slug}/contact", post(offers::pages::contact_shown))
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(from_fn_with_state(app.url.clone(), origin::same))
        .layer(map_response(private::page))
        .layer(when_ready.clone());

    let data = Router::<App>::new()
        .route("/offers.json", get(search::api::offers))
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(from_fn(caching::public))
        .layer(when_ready)
        .layer(map_response(problem::as_json));

    let health = Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .layer(map_response(problem::as_json));

    let forms = forms.merge(uploads).merge(photographs).merge(counted).merge(chosen);
    let forms = forms.merge(desk).merge(desk_uploads).merge(files);
    let all = pages.merge(forms).merge(data).merge(health).merge(web::assets());
    let all = all.fallback(async || Error::NotFound);
    defences::around(all, &app.sample, &app.url).with_state(app)
}
