//! From what an offer says to the answers that say it.
use super::{
    album::{self, Held},
    questions::{NO, YES, part_field},
};
use crate::{
    calendar::{Rule, Schedule, Weekdays, date_in_words, short_day_code, time_in_words},
    forms::Answers,
    offers::{Ages, Contact, Content, Kind, Per, Reader, WayIn, WhoMayCome},
    places::{Gss, Places},
    providers::Profile,
    text::pounds,
    topics::{Code, Codes, Delivery},
    venues::Venue,
};

/// Reading them gives the same content again, but for what the form does not ask: a venue and the way there of
/// what is not held in person, or whether loose dates are kept on bank holidays. A search word with a
/// semicolon becomes two.
pub fn answers_of(
    content: &Content,
    provider: &Profile,
    venue: Option<&Venue>,
    places: &Places,
) -> Answers {
    let mut sheet = Sheet { answers: Answers::default(), places };
    sheet.what(content);
    sheet.who(content);
    sheet.when(content);
    sheet.place(content, venue);
    sheet.cost(content);
    sheet.provider(provider);
    sheet.about(content);
    let held: Vec<Held> = content.images.iter().map(Held::of).collect();
    album::with(&sheet.answers, &held)
}

/// Only who runs it, for a profile.
pub fn answers_of_profile(provider: &Profile, places: &Places) -> Answers {
    let mut sheet = Sheet { answers: Answers::default(), places };
    sheet.provider(provider);
    sheet.answers
}

struct Sheet<'a> {
    answers: Answers,
    places: &'a Places,
}

impl Sheet<'_> {
    fn set(&mut self, field: &str, value: impl ToString) {
        self.answers.set(field, value.to_string());
    }
    fn say<T: ToString>(&mut self, field: &str, value: Option<T>) {
        if let Some(value) = value {
            self.answers.set(field, value.to_string());
        }
    }
    fn yes_no(&mut self, field: &str, value: Option<bool>) {
        self.say(field, value.map(|yes| if yes { YES } else { NO }));
    }
    fn tick(&mut self, field: &str, value: bool) {
        self.say(field, value.then_some(YES));
    }
    fn codes<T: Code>(&mut self, field: &str, codes: Codes<T>) {
        for one in codes.iter() {
            self.answers.add(field, one.code());
        }
    }
    fn borough(&self, gss: Gss) -> String {
        self.places.borough(gss).map_or_else(|| gss.to_string(), |one| one.slug.to_string())
    }
    fn boroughs(&mut self, field: &str, boroughs: &[Gss]) {
        for gss in boroughs {
            self.answers.add(field, self.borough(*gss));
        }
    }

    fn what(&mut self, content: &Content) {
        self.set("title", &content.title);
        self.set("summary", &content.summary);
        for (at, activity) in content.activities.iter().enumerate() {
            self.answers.add(if at == 0 { "activity" } else { "activities" }, activity.code());
        }
        match &content.kind {
            Kind::Creative => self.set("kind", "creative"),
            Kind::Therapy { led_by } => {
                self.set("kind", "therapy");
                self.set("therapist", led_by);
            }
        }
        let how = &content.how;
        self.say("description", how.description.as_ref());
        self.say("first_visit", how.first_visit.as_ref());
        self.say("bring", how.bring.as_ref());
        self.say("afterwards", how.afterwards.as_ref());
        let words: Vec<&str> = how.keywords.iter().map(|word| word.as_str()).collect();
        // A word with a comma in it is kept together by semicolons, also behind a single one.
        match words.iter().any(|word| word.contains(',')) {
            true => self.set("keywords", format!("{};", words.join("; "))),
            false => self.say("keywords", Some(words.join(", ")).filter(|all| !all.is_empty())),
        }
    }

    fn who(&mut self, content: &Content) {
        self.codes("needs", content.needs);
        match content.ages {
            Ages::NotStated => {}
            Ages::Stated { from: None, to: None } => self.set("ages", "all"),
            Ages::Stated { from, to } => {
                self.set("ages", "some");
                self.say("age_from", from);
                self.say("age_to", to);
            }
        }
        let fit = content.audiences;
        for (codes, way) in [(fit.meant_for, "for"), (fit.welcome, "welcome"), (fit.only, "only")] {
            for audience in codes.iter() {
                self.set(&format!("audience-{}", audience.code()), way);
            }
        }
        match &content.who_may_come {
            WhoMayCome::Anyone => self.set("who_may_come", "anyone"),
            WhoMayCome::ResidentsOf(boroughs) => {
                self.set("who_may_come", "residents");
                self.boroughs("residents_of", boroughs);
            }
            WhoMayCome::PatientsOf(networks) => {
                self.set("who_may_come", "patients");
                let codes: Vec<&str> = networks.iter().map(|code| code.as_str()).collect();
                self.set("patients_of", codes.join("\n"));
            }
        }
        self.say("not_suitable_for", content.not_suitable_for.as_ref());
    }

    fn when(&mut self, content: &Content) {
        let (when, programme) = (&content.when, &content.when.programme);
        let said = match (programme.schedules.is_empty(), &when.by_arrangement) {
            (false, Some(_)) => Some("both"),
            (false, None) => Some("regular"),
            (true, Some(_)) => Some("arrangement"),
            (true, None) => None,
        };
        self.say("when", said);
        for (number, schedule) in (1..).zip(&programme.schedules) {
            self.schedule(number, schedule);
        }
        self.say("by_arrangement", when.by_arrangement.as_ref());
        self.say("ends_on", programme.ends_on.map(date_in_words));
        self.say("pause_from", programme.pause.map(|pause| date_in_words(pause.from)));
        self.say("pause_to", programme.pause.and_then(|pause| pause.to).map(date_in_words));
        for (number, notice) in (1..).zip(&when.notices) {
            self.set(&part_field("notice", number, "text"), &notice.text);
            self.set(&part_field("notice", number, "until"), date_in_words(notice.until));
        }
    }

    fn schedule(&mut self, number: usize, schedule: &Schedule) {
        let of = |part| part_field("schedule", number, part);
        match &schedule.rule {
            Rule::Weekly(days) => {
                self.set(&of("rule"), "weekly");
                self.days(&of("days"), *days);
            }
            Rule::EveryNWeeks { weeks, days } => {
                self.set(&of("rule"), "every-n-weeks");
                self.set(&of("weeks"), weeks);
                self.days(&of("days"), *days);
            }
            Rule::Monthly { nth, day } => {
                self.set(&of("rule"), "monthly");
                self.set(&of("nth"), nth.code());
                self.days(&of("days"), [*day].into_iter().collect());
            }
            Rule::Course { sessions } => {
                self.set(&of("rule"), "course");
                self.set(&of("sessions"), sessions);
            }
            Rule::Dates(dates) => {
                self.set(&of("rule"), "dates");
                self.dates(&of("dates"), dates);
            }
        }
        self.set(&of("starts"), time_in_words(schedule.starts));
        self.set(&of("ends"), time_in_words(schedule.ends));
        self.say(&of("from"), schedule.from.map(date_in_words));
        self.say(&of("until"), schedule.until.map(date_in_words));
        self.tick(&of("term_time"), schedule.term_time_only);
        self.tick(&of("bank_holidays"), schedule.bank_holidays);
        self.dates(&of("skip"), &schedule.skipped);
        self.dates(&of("extra"), &schedule.extra);
    }

    fn days(&mut self, field: &str, days: Weekdays) {
        for day in days.iter() {
            self.answers.add(field, short_day_code(day));
        }
    }
    fn dates(&mut self, field: &str, dates: &[jiff::civil::Date]) {
        let lines: Vec<String> = dates.iter().copied().map(date_in_words).collect();
        self.say(field, Some(lines.join("\n")).filter(|lines| !lines.is_empty()));
    }

    fn place(&mut self, content: &Content, venue: Option<&Venue>) {
        let place = &content.place;
        self.codes("delivery", place.delivery);
        if let Some(venue) = venue {
            self.set("venue_name", &venue.name);
            self.set("venue_address", &venue.address);
            self.say("venue_postcode", venue.postcode.as_ref());
        }
        self.tick("address_private", place.address_private);
        self.say("travel", place.travel.as_ref());
        self.boroughs("outreach", &place.outreach);
        for (codes, answer) in [(content.access.yes, YES), (content.access.no, NO)] {
            for feature in codes.iter() {
                self.set(&format!("access-{}", feature.code()), answer);
            }
        }
        for (feature, note) in &content.access.notes {
            self.set(&format!("access-{}-note", feature.code()), note);
        }
        self.say("access_more", content.access.more.as_ref());
        for language in &content.languages {
            self.answers.add("languages", language.code());
        }
        self.yes_no("interpreter", content.interpreter);
        // What the venue says need not be asked.
        let by_venue = venue.filter(|_| place.delivery.contains(Delivery::InPerson));
        if by_venue.is_none_or(|venue| content.boroughs != [venue.borough]) {
            self.boroughs("boroughs", &content.boroughs);
        }
    }

    fn cost(&mut self, content: &Content) {
        let cost = &content.cost;
        self.set("cost", cost.code.code());
        for (number, price) in (1..).zip(&cost.prices) {
            let of = |part| part_field("price", number, part);
            self.set(&of("label"), &price.label);
            self.set(&of("amount"), pounds(price.pence));
            let per = match price.per {
                Per::Session => "session",
                Per::Course => "course",
                Per::Month => "month",
                Per::Year => "year",
            };
            self.set(&of("per"), per);
        }
        self.say("cost_note", cost.note.as_ref());
        self.say("concessions", cost.concessions.as_ref());
        self.say("cost_help", cost.help.as_ref());
        self.way_in("residents", &content.residents);
        self.way_in("professionals", &content.professionals);
        self.say("places", content.places.map(|said| said.code.code()));
        self.say("places_on", content.places.map(|said| date_in_words(said.on)));
        self.say("reply_days", content.reply_days);
    }

    fn way_in(&mut self, who: &str, way: &WayIn) {
        self.codes(&format!("{who}_join"), way.routes);
        self.say(&format!("{who}_how"), way.how.as_ref());
        self.say(&format!("{who}_link"), way.link.as_ref());
    }

    fn provider(&mut self, provider: &Profile) {
        self.set("provider_name", &provider.name);
        self.say("provider_summary", provider.summary.as_ref());
        self.say("provider_about", provider.about.as_ref());
        self.say("provider_website", provider.website.as_ref());
        self.say("provider_borough", provider.borough.map(|gss| self.borough(gss)));
    }

    fn about(&mut self, content: &Content) {
        for (number, contact) in (1..).zip(&content.contacts) {
            self.contact(number, contact);
        }
        let quality = &content.quality;
        self.say("support", quality.support.as_ref());
        self.yes_no("safeguarding_policy", quality.safeguarding_policy);
        self.yes_no("dbs_checked", quality.dbs_checked);
        self.yes_no("insured", quality.insured);
        self.say("experience", quality.experience.as_ref());
        self.say("lived_experience", quality.lived_experience.as_ref());
        self.say("training", quality.training.as_ref());
        self.say("testimonial", content.testimonial.as_ref().map(|said| &said.words));
        self.say("testimonial_by", content.testimonial.as_ref().map(|said| &said.by));
    }

    fn contact(&mut self, number: usize, contact: &Contact) {
        let of = |part| part_field("contact", number, part);
        self.say(&of("name"), contact.name.as_ref());
        self.say(&of("role"), contact.role.as_ref());
        self.say(&of("phone"), contact.phone.as_ref());
        self.say(&of("email"), contact.email.as_ref().map(|email| email.as_str()));
        self.say(&of("web"), contact.web.as_ref());
        let reader = match contact.reader {
            Reader::Everyone => "everyone",
            Reader::Professionals => "professionals",
        };
        self.set(&of("reader"), reader);
    }
}
