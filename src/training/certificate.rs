//! A certificate: who took part in how much of a cohort, with a number by which anybody can check it.
use std::fmt;

use jiff::{Timestamp, civil::Date};
use sqlx::PgPool;

use super::{
    BookingId, Cohort, CohortId, Programme, Session, after_letters, booking,
    store::{self, certificates},
};
use crate::{
    accounts::{self, Permit},
    calendar::civil_now,
    limits::Key,
    mail,
    text::{Email, Line, words},
};

/// Three of four modules: somebody may be ill once and has still learned most of it.
const ENOUGH: (usize, usize) = (3, 4);

/// Whether who came to so many of a cohort's sessions has a certificate.
pub fn is_enough(attended: usize, sessions: usize) -> bool {
    sessions > 0 && attended * ENOUGH.1 >= sessions * ENOUGH.0
}

/// To how many of so many sessions one must come for a certificate.
pub fn least(sessions: usize) -> usize {
    (sessions * ENOUGH.0).div_ceil(ENOUGH.1)
}

/// "FP-7K3M-9QX2": 40 random bits in letters and digits that are not mistaken for each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(String);

/// As it was given.
#[derive(Clone, Debug)]
pub struct Certificate {
    pub number: Number,
    pub booking: BookingId,
    pub cohort: CohortId,
    /// None once it is erased.
    pub name: Option<Line<100>>,
    pub programme: String,
    /// The modules to which they came, and how many there were.
    pub titles: Vec<String>,
    pub of: usize,
    pub minutes: u32,
    pub facilitators: Vec<String>,
    pub first: Date,
    pub last: Date,
    pub made: Date,
}

/// Somebody who is to have one.
#[derive(Clone, Debug)]
pub struct Earned {
    pub email: Email,
    pub certificate: Certificate,
}

/// What came of giving certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// To so many people, who have none so far.
    To(usize),
    /// The last session is not over.
    TooEarly,
}

impl Number {
    /// Crockford's base 32, which leaves out I, L, O and U.
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// # Errors
    /// Where the machine has no random numbers to give.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes)?;
        Ok(Self::of(bytes.map(|byte| Self::LETTERS[usize::from(byte & 31)])))
    }

    /// However it is typed: in small letters, without its hyphens, an O for a 0.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim().to_uppercase();
        let rest = typed.strip_prefix("FP").unwrap_or(&typed);
        let letters =
            rest.chars().filter(|letter| !matches!(letter, '-' | ' ')).map(|letter| match letter {
                'O' => '0',
                'I' | 'L' => '1',
                letter => letter,
            });
        let letters: Vec<u8> = letters.map(|letter| u8::try_from(letter).unwrap_or(0)).collect();
        let letters: [u8; 8] = letters.try_into().ok()?;
        letters.iter().all(|letter| Self::LETTERS.contains(letter)).then(|| Self::of(letters))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(letters: [u8; 8]) -> Self {
        let letters = letters.map(char::from);
        let (one, two): (String, String) =
            (letters[..4].iter().collect(), letters[4..].iter().collect());
        Self(format!("FP-{one}-{two}"))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Certificate {
    /// "8 hours", "7 and a half hours", "6 hours and 20 minutes".
    pub fn hours(&self) -> String {
        let (hours, rest) = (self.minutes / 60, self.minutes % 60);
        let many = if hours == 1 && rest != 30 { "hour" } else { "hours" };
        match rest {
            0 => format!("{hours} {many}"),
            30 => format!("{hours} and a half hours"),
            _ => format!("{hours} {many} and {rest} minutes"),
        }
    }

    /// "May 2026".
    pub fn month(&self) -> String {
        self.last.strftime("%B %Y").to_string()
    }
}

/// A keyed hash of the name on a certificate. Capitals, signs and spaces make no other name.
pub fn mark(key: &Key, number: &Number, name: &str) -> [u8; 32] {
    key.sign(&parts(number, &folded(name)))
}

/// Whether this is the name; it takes the same time for every other.
pub fn is_name(key: &Key, number: &Number, name: &str, mark: &[u8]) -> bool {
    key.verify(&parts(number, &folded(name)), mark)
}

/// Gives one, with a letter, to everybody who came to enough and has none.
pub async fn give(db: &PgPool, permit: &Permit<CohortId>, now: Timestamp) -> sqlx::Result<Given> {
    let mut tx = db.begin().await?;
    let Some(cohort) = store::locked(&mut tx, *permit.subject()).await? else {
        return Ok(Given::TooEarly);
    };
    if cohort.ends().is_none_or(|ends| ends > now) {
        return Ok(Given::TooEarly);
    }
    let Some(programme) = store::programme(&mut tx, cohort.programme.0).await? else {
        return Ok(Given::TooEarly);
    };
    let earned = make(&mut tx, &cohort, &programme, now).await?;
    for Earned { email, certificate } in &earned {
        let letter = after_letters::certificate(&cohort, certificate, email);
        mail::store::put(&mut *tx, &letter, now).await?;
    }
    if !earned.is_empty() {
        let words = match earned.len() {
            1 => "1 certificate".to_owned(),
            many => format!("{many} certificates"),
        };
        let words = Line::parse(&words).ok();
        let act = "certificates_given";
        accounts::store::log(&mut *tx, permit.by(), act, Some(cohort.id), words.as_ref(), now)
            .await?;
    }
    tx.commit().await?;
    Ok(Given::To(earned.len()))
}

/// Puts right how somebody with a place is called, on their certificate too; who has one gets it once more. `false`
/// where there is nobody of that name any more.
pub async fn correct_name(
    db: &PgPool,
    permit: &Permit<(CohortId, BookingId)>,
    name: &Line<100>,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let (cohort, booking) = *permit.subject();
    let mut tx = db.begin().await?;
    let Some(cohort) = store::locked(&mut tx, cohort).await? else { return Ok(false) };
    let booking = match store::bookings::booking(&mut *tx, booking).await? {
        Some(one) if one.cohort == cohort.id && one.state == booking::State::Booked => one,
        _ => return Ok(false),
    };
    let Some(person) = booking.person.as_ref().filter(|person| person.name != *name) else {
        return Ok(false);
    };
    if !store::bookings::rename(&mut *tx, booking.id, name).await? {
        return Ok(false);
    }
    if let Some(certificate) = certificates::of_booking(&mut *tx, booking.id).await? {
        let key = certificates::key(&mut *tx).await?;
        let mark = mark(&key, &certificate.number, name.as_str());
        certificates::rename(&mut *tx, &certificate.number, name, &mark).await?;
        let letter = after_letters::corrected(&cohort, &booking, &person.email);
        mail::store::put(&mut *tx, &letter, now).await?;
    }
    let act = "name_corrected";
    accounts::store::log(&mut *tx, permit.by(), act, Some(cohort.id), None, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Makes one for everybody who came to enough and has none, and tells nobody.
pub async fn make(
    db: &mut sqlx::PgConnection,
    cohort: &Cohort,
    programme: &Programme,
    now: Timestamp,
) -> sqlx::Result<Vec<Earned>> {
    let key = certificates::key(&mut *db).await?;
    let earned = earned(&mut *db, cohort, programme, now).await?;
    for Earned { certificate, .. } in &earned {
        let name = certificate.name.as_ref().map_or("", Line::as_str);
        let mark = mark(&key, &certificate.number, name);
        certificates::keep(&mut *db, certificate, &mark).await?;
    }
    Ok(earned)
}

async fn earned(
    db: &mut sqlx::PgConnection,
    cohort: &Cohort,
    programme: &Programme,
    now: Timestamp,
) -> sqlx::Result<Vec<Earned>> {
    let (_, came) = store::attendance::noted(&mut *db, cohort.id).await?;
    let holders = certificates::holders(&mut *db, cohort.id).await?;
    let people = store::bookings::of_cohort(&mut *db, cohort.id).await?;
    let day = |at: Timestamp| civil_now(at).date();
    let mut earned = Vec::new();
    for booking in people {
        let attended = |session: &&Session| came.contains(&(booking.id, session.id));
        let attended: Vec<&Session> = cohort.sessions.iter().filter(attended).collect();
        let enough = is_enough(attended.len(), cohort.sessions.len());
        let (Some(person), Some(first), Some(last)) =
            (&booking.person, attended.first(), attended.last())
        else {
            continue;
        };
        if !enough || booking.state != booking::State::Booked || holders.contains(&booking.id) {
            continue;
        }
        let number = Number::new().map_err(|none| sqlx::Error::Encode(none.into()))?;
        let names = cohort.says.facilitators.iter().map(|one| one.name.to_string());
        let certificate = Certificate {
            number,
            booking: booking.id,
            cohort: cohort.id,
            name: Some(person.name.clone()),
            programme: programme.says.name.to_string(),
            titles: attended.iter().map(|session| session.module.title.to_string()).collect(),
            of: cohort.sessions.len(),
            minutes: attended.iter().map(|session| u32::from(session.minutes)).sum(),
            facilitators: names.collect(),
            first: day(first.starts),
            last: day(last.starts),
            made: day(now),
        };
        earned.push(Earned { email: person.email.clone(), certificate });
    }
    Ok(earned)
}

fn parts<'a>(number: &'a Number, name: &'a str) -> [&'a str; 3] {
    ["the name on a certificate", number.as_str(), name]
}

fn folded(name: &str) -> String {
    words(name).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_of_four_are_enough_and_two_are_not() {
        assert!(is_enough(3, 4) && is_enough(4, 4) && !is_enough(2, 4));
        assert!(is_enough(1, 1) && !is_enough(0, 1) && !is_enough(0, 0));
        assert!(!is_enough(3, 5) && is_enough(4, 5));
        for sessions in 1..12 {
            let fewest = (1..=sessions).find(|many| is_enough(*many, sessions));
            assert_eq!(fewest, Some(least(sessions)), "{sessions}");
        }
    }

    #[test]
    fn a_number_is_read_however_it_is_typed_and_nothing_else_is_one() {
        let number = Number::new().unwrap();
        assert_eq!(Number::parse(number.as_str()), Some(number.clone()));
        let bare = number.as_str().replace('-', "").to_lowercase();
        assert_eq!(Number::parse(&format!(" {bare} ")), Some(number));
        assert_eq!(Number::parse("fp-o0il-7k3m").unwrap().as_str(), "FP-0011-7K3M");
        for bad in ["", "FP", "FP-7K3M", "FP-7K3M-9QX2-1", "FP-7K3M-9QXU", "FP-7K3M-9QXé"] {
            assert_eq!(Number::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_name_is_the_one_on_the_certificate_however_it_is_spaced_and_no_other_is() {
        let (key, number) = (Key::new([7; 32]), Number::parse("FP-7K3M-9QX2").unwrap());
        let kept = mark(&key, &number, "Zoë  O’Neil");
        assert!(is_name(&key, &number, "zoë o'neil", &kept));
        assert!(!is_name(&key, &number, "Zoë O’Neill", &kept));
        let other = Number::parse("FP-7K3M-9QX3").unwrap();
        assert!(!is_name(&key, &other, "Zoë O’Neil", &kept), "a mark belongs to its number");
    }
}
