//! What is published, read from its views.
use sqlx::PgConnection;

use super::{
    parts::Parts,
    read::{codes, invalid, line, list, optional_code, optional_line, optional_text, parsed},
};
use crate::{
    offers::{
        AccessAnswers, Ages, AudienceFit, Confirmation, Content, Cost, How, Kind, Listed, Offer,
        OfferId, PlacesSaid, Published, Quality, Testimonial, WayIn, When, Where, WhoMayCome,
    },
    places::{Gss, Outcode, Point, Postcode},
    text::{Line, Slug},
    topics::{Code, Language},
    venues::{Venue, VenueId},
};

/// Those of the offers that are published, by id.
pub async fn published_of(db: &mut PgConnection, ids: &[OfferId]) -> sqlx::Result<Vec<Listed>> {
    let mut parts = Parts::published(db, ids).await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id!", slug as "slug!", state_since as "state_since!: jiff_sqlx::Timestamp",
                  revision as "revision!", first_published as "first_published: jiff_sqlx::Timestamp",
                  title as "title!", summary as "summary!", provider as "provider!",
                  activities as "activities!", needs as "needs!", therapist,
                  description, first_visit, bring, afterwards, keywords as "keywords!",
                  audience_for as "audience_for!", audience_welcome as "audience_welcome!",
                  audience_only as "audience_only!", ages_stated as "ages_stated!", age_from, age_to,
                  not_suitable_for, who_may_come as "who_may_come!",
                  residents_of as "residents_of!", patients_of as "patients_of!", by_arrangement,
                  pause_from as "pause_from: jiff_sqlx::Date", pause_to as "pause_to: jiff_sqlx::Date",
                  ends_on as "ends_on: jiff_sqlx::Date",
                  delivery as "delivery!", venue, address_private as "address_private!", travel,
                  outreach as "outreach!", access_yes as "access_yes!", access_no as "access_no!", access_more,
                  languages as "languages!", interpreter,
                  cost as "cost!", cost_note, concessions, cost_help,
                  residents_routes as "residents_routes!", residents_how, residents_link,
                  professionals_routes as "professionals_routes!", professionals_how, professionals_link,
                  places, places_on as "places_on: jiff_sqlx::Date", reply_days,
                  experience, lived_experience, training, safeguarding_policy, dbs_checked, insured, support,
                  testimonial, testimonial_by, boroughs as "boroughs!",
                  confirmed_at as "confirmed_at: jiff_sqlx::Timestamp", confirmed_by, confirmed_how,
                  confirm_every as "confirm_every!",
                  provider_slug as "provider_slug!", provider_name as "provider_name!",
                  venue_slug, venue_name, venue_address, venue_postcode, venue_lat, venue_lon, venue_borough,
                  venue_outcode
           from published_offers
           where id = any($1)
           order by id"#,
        ids
    )
    .fetch_all(&mut *db)
    .await?;
    rows.into_iter().map(|row| row.listed(&mut parts)).collect()
}

struct Row {
    id: OfferId,
    slug: String,
    state_since: jiff_sqlx::Timestamp,
    revision: i32,
    first_published: Option<jiff_sqlx::Timestamp>,
    title: String,
    summary: String,
    provider: uuid::Uuid,
    activities: Vec<String>,
    needs: Vec<String>,
    therapist: Option<String>,
    description: Option<String>,
    first_visit: Option<String>,
    bring: Option<String>,
    afterwards: Option<String>,
    keywords: Vec<String>,
    audience_for: Vec<String>,
    audience_welcome: Vec<String>,
    audience_only: Vec<String>,
    ages_stated: bool,
    age_from: Option<i16>,
    age_to: Option<i16>,
    not_suitable_for: Option<String>,
    who_may_come: String,
    residents_of: Vec<String>,
    patients_of: Vec<String>,
    by_arrangement: Option<String>,
    pause_from: Option<jiff_sqlx::Date>,
    pause_to: Option<jiff_sqlx::Date>,
    ends_on: Option<jiff_sqlx::Date>,
    delivery: Vec<String>,
    venue: Option<VenueId>,
    address_private: bool,
    travel: Option<String>,
    outreach: Vec<String>,
    access_yes: Vec<String>,
    access_no: Vec<String>,
    access_more: Option<String>,
    languages: Vec<String>,
    interpreter: Option<bool>,
    cost: String,
    cost_note: Option<String>,
    concessions: Option<String>,
    cost_help: Option<String>,
    residents_routes: Vec<String>,
    residents_how: Option<String>,
    residents_link: Option<String>,
    professionals_routes: Vec<String>,
    professionals_how: Option<String>,
    professionals_link: Option<String>,
    places: Option<String>,
    places_on: Option<jiff_sqlx::Date>,
    reply_days: Option<i16>,
    experience: Option<String>,
    lived_experience: Option<String>,
    training: Option<String>,
    safeguarding_policy: Option<bool>,
    dbs_checked: Option<bool>,
    insured: Option<bool>,
    support: Option<String>,
    testimonial: Option<String>,
    testimonial_by: Option<String>,
    boroughs: Vec<String>,
    confirmed_at: Option<jiff_sqlx::Timestamp>,
    confirmed_by: Option<String>,
    confirmed_how: Option<String>,
    confirm_every: i16,
    provider_slug: String,
    provider_name: String,
    venue_slug: Option<String>,
    venue_name: Option<String>,
    venue_address: Option<String>,
    venue_postcode: Option<String>,
    venue_lat: Option<f64>,
    venue_lon: Option<f64>,
    venue_borough: Option<String>,
    venue_outcode: Option<String>,
}

impl Row {
    fn listed(mut self, parts: &mut Parts) -> sqlx::Result<Listed> {
        let venue = self.take_venue()?;
        let area = self.venue_outcode.take().map(parsed::<Outcode, _>).transpose()?;
        let provider_slug = parsed(std::mem::take(&mut self.provider_slug))?;
        let provider_name = line(std::mem::take(&mut self.provider_name))?;
        Ok(Listed { offer: self.offer(parts)?, provider_slug, provider_name, venue, area })
    }

    fn offer(mut self, parts: &mut Parts) -> sqlx::Result<Offer<Published>> {
        let confirmed =
            match (self.confirmed_at, self.confirmed_by.take(), self.confirmed_how.take()) {
                (Some(at), Some(by), Some(how)) => {
                    Some(Confirmation { at: at.to_jiff(), by: line(by)?, how: line(how)? })
                }
                _ => None,
            };
        Ok(Offer {
            id: self.id,
            slug: parsed::<Slug, _>(std::mem::take(&mut self.slug))?,
            revision: self.revision.unsigned_abs(),
            confirmed,
            confirm_every: small(self.confirm_every),
            first_published: self.first_published.map(jiff_sqlx::Timestamp::to_jiff),
            since: self.state_since.to_jiff(),
            state: Published,
            content: self.content(parts)?,
        })
    }

    fn content(mut self, parts: &mut Parts) -> sqlx::Result<Content> {
        Ok(Content {
            who_may_come: self.who_may_come()?,
            when: self.when(parts)?,
            access: self.access(parts)?,
            ages: match self.ages_stated {
                false => Ages::NotStated,
                true => Ages::Stated { from: self.age_from.map(small), to: self.age_to.map(small) },
            },
            kind: match self.therapist {
                None => Kind::Creative,
                Some(led_by) => Kind::Therapy { led_by: line(led_by)? },
            },
            title: line(self.title)?,
            summary: line(self.summary)?,
            provider: self.provider,
            activities: list(&self.activities, Code::parse)?,
            needs: codes(&self.needs)?,
            how: How {
                description: optional_text(self.description)?,
                first_visit: optional_text(self.first_visit)?,
                bring: optional_text(self.bring)?,
                afterwards: optional_text(self.afterwards)?,
                keywords: self.keywords.into_iter().map(line).collect::<Result<_, _>>()?,
            },
            audiences: AudienceFit {
                meant_for: codes(&self.audience_for)?,
                welcome: codes(&self.audience_welcome)?,
                only: codes(&self.audience_only)?,
            },
            not_suitable_for: optional_text(self.not_suitable_for)?,
            place: Where {
                delivery: codes(&self.delivery)?,
                venue: self.venue,
                address_private: self.address_private,
                travel: optional_text(self.travel)?,
                outreach: list(&self.outreach, Gss::parse)?,
            },
            languages: list(&self.languages, Language::parse)?,
            interpreter: self.interpreter,
            cost: Cost {
                code: Code::parse(&self.cost).ok_or_else(|| invalid(&self.cost))?,
                prices: parts.prices.remove(&self.id).unwrap_or_default(),
                note: optional_line(self.cost_note)?,
                concessions: optional_line(self.concessions)?,
                help: optional_line(self.cost_help)?,
            },
            residents: WayIn {
                routes: codes(&self.residents_routes)?,
                how: optional_text(self.residents_how)?,
                link: self.residents_link.map(parsed).transpose()?,
            },
            professionals: WayIn {
                routes: codes(&self.professionals_routes)?,
                how: optional_text(self.professionals_how)?,
                link: self.professionals_link.map(parsed).transpose()?,
            },
            places: match (optional_code(self.places.as_deref())?, self.places_on) {
                (Some(code), Some(on)) => Some(PlacesSaid { code, on: on.to_jiff() }),
                _ => None,
            },
            reply_days: self.reply_days.map(small),
            contacts: parts.contacts.remove(&self.id).unwrap_or_default(),
            quality: Quality {
                experience: optional_text(self.experience)?,
                lived_experience: optional_text(self.lived_experience)?,
                training: optional_text(self.training)?,
                safeguarding_policy: self.safeguarding_policy,
                dbs_checked: self.dbs_checked,
                insured: self.insured,
                support: optional_text(self.support)?,
            },
            testimonial: match (
                optional_text(self.testimonial)?,
                optional_line(self.testimonial_by)?,
            ) {
                (Some(words), Some(by)) => Some(Testimonial { words, by }),
                _ => None,
            },
            images: parts.images.remove(&self.id).unwrap_or_default(),
            boroughs: list(&self.boroughs, Gss::parse)?,
        })
    }

    fn who_may_come(&mut self) -> sqlx::Result<WhoMayCome> {
        let networks = std::mem::take(&mut self.patients_of);
        Ok(match self.who_may_come.as_str() {
            "residents" => WhoMayCome::ResidentsOf(list(&self.residents_of, Gss::parse)?),
            "patients" => WhoMayCome::PatientsOf(
                networks.into_iter().map(line).collect::<Result<Vec<Line<10>>, _>>()?,
            ),
            _ => WhoMayCome::Anyone,
        })
    }

    fn when(&mut self, parts: &mut Parts) -> sqlx::Result<When> {
        Ok(When {
            programme: crate::calendar::Programme {
                schedules: parts.schedules.remove(&self.id).unwrap_or_default(),
                pause: self.pause_from.map(|from| crate::calendar::Pause {
                    from: from.to_jiff(),
                    to: self.pause_to.map(jiff_sqlx::Date::to_jiff),
                }),
                ends_on: self.ends_on.map(jiff_sqlx::Date::to_jiff),
            },
            by_arrangement: optional_line(self.by_arrangement.take())?,
            notices: parts.notices.remove(&self.id).unwrap_or_default(),
        })
    }

    fn access(&mut self, parts: &mut Parts) -> sqlx::Result<AccessAnswers> {
        Ok(AccessAnswers {
            yes: codes(&self.access_yes)?,
            no: codes(&self.access_no)?,
            notes: parts.access_notes.remove(&self.id).unwrap_or_default(),
            more: optional_text(self.access_more.take())?,
        })
    }

    /// `None` where the offer has none: the view joins it from outside, a venue itself has all of these.
    fn take_venue(&mut self) -> sqlx::Result<Option<Venue>> {
        let (Some(id), Some(lat), Some(lon), Some(borough), Some(slug), Some(name)) = (
            self.venue,
            self.venue_lat,
            self.venue_lon,
            self.venue_borough.take(),
            self.venue_slug.take(),
            self.venue_name.take(),
        ) else {
            return Ok(None);
        };
        let address = self.venue_address.take().unwrap_or_else(|| name.clone());
        Ok(Some(Venue {
            id,
            slug: parsed(slug)?,
            address: line(address)?,
            name: line(name)?,
            postcode: self.venue_postcode.take().map(parsed::<Postcode, _>).transpose()?,
            point: Point { lat, lon },
            borough: parsed(borough)?,
        }))
    }
}

/// The database keeps these between 0 and 120.
fn small(number: i16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
