//! A second factor: codes of a telephone that change each half minute (RFC 6238), and codes for when it is lost.
pub mod store;

use std::fmt;

use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use totp_rs::Totp;

use super::{Account, AccountId};
use crate::{limits::Key, text::Email};

/// So many codes for when the telephone is lost, each for one use.
pub const RECOVERY_CODES: usize = 10;

/// What an account has. Never the seed.
#[derive(Clone, Copy, Debug)]
pub struct Factor {
    /// `None` while no code was right yet: then it is not asked for.
    pub since: Option<Timestamp>,
    /// How many recovery codes are left.
    pub left: u32,
}

/// What a telephone and we make codes of: 160 random bits, as RFC 4226 (4, R6) recommends. Shown once, never
/// logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed([u8; 20]);

/// What proved that it is them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    Code,
    Recovery,
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(…)")
    }
}

impl Seed {
    /// # Errors
    /// Where the machine has no random numbers to give.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 20];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// As one types it into an app: base 32.
    pub fn shown(&self) -> String {
        totp_rs::Secret::new_stack(self.0).to_base32()
    }

    pub fn parse(shown: &str) -> Option<Self> {
        let secret = totp_rs::Secret::try_from_base32(shown).ok()?;
        secret.as_bytes().try_into().ok().map(Self)
    }

    /// The address that apps read from a square code.
    pub fn address(&self, email: &Email) -> String {
        let email: String = form_urlencoded::byte_serialize(email.as_str().as_bytes()).collect();
        format!("otpauth://totp/Fingerpost:{email}?secret={}&issuer=Fingerpost", self.shown())
    }

    /// The code of this moment.
    pub fn code(&self, at: Timestamp) -> String {
        self.totp().generate(seconds(at)).to_string()
    }

    /// The time step whose code this is: that of now, the one before, or the one after, since clocks differ
    /// (RFC 6238, 5.2). It takes the same time for every wrong code.
    fn step_of(&self, code: &str, now: Timestamp) -> Option<u64> {
        self.totp().check(code, seconds(now))
    }

    fn totp(&self) -> Totp {
        // Apps know these figures best: SHA-1, six digits, half a minute.
        let secret = totp_rs::Secret::new_stack(self.0);
        totp_rs::Builder::new()
            .with_secret(secret)
            .build()
            .expect("160 bits and the usual figures are sound")
    }

    /// With bits that only the key gives; once more, and it is as before.
    fn ciphered(&self, key: &Key, account: AccountId, made: Timestamp) -> Self {
        let pad = key.sign(&["seed", &account.to_string(), &made.as_microsecond().to_string()]);
        let mut bytes = self.0;
        bytes.iter_mut().zip(pad).for_each(|(byte, other)| *byte ^= other);
        Self(bytes)
    }
}

/// A new seed for this account, which counts once a code of it is right; `None` where it has a factor already.
pub async fn begin(db: &PgPool, account: AccountId, now: Timestamp) -> sqlx::Result<Option<Seed>> {
    let seed = Seed::new().map_err(|none| sqlx::Error::Encode(none.into()))?;
    let mut tx = db.begin().await?;
    let kept = store::begin(&mut tx, account, &seed, now).await?;
    tx.commit().await?;
    Ok(kept.then_some(seed))
}

/// Switches it on where the code is right, and gives the recovery codes, which are shown now and never again.
pub async fn confirm(
    db: &PgPool,
    account: &Account,
    code: &str,
    now: Timestamp,
) -> sqlx::Result<Option<Vec<String>>> {
    let mut tx = db.begin().await?;
    let seed = store::seed(&mut tx, account.id, false).await?;
    let Some(step) = seed.and_then(|(seed, _)| seed.step_of(code, now)) else {
        return Ok(None);
    };
    store::confirmed(&mut *tx, account.id, step, now).await?;
    let codes = new_codes(&mut tx, account.id).await?;
    log(&mut tx, account, "second_factor_on", now).await?;
    tx.commit().await?;
    Ok(Some(codes))
}

/// Whether what was typed is a code of now that was not taken before, or a recovery code; it is used up with the
/// caller's transaction.
pub async fn proven(
    db: &mut PgConnection,
    account: AccountId,
    typed: &str,
    now: Timestamp,
) -> sqlx::Result<Option<Proof>> {
    let Some((seed, last)) = store::seed(&mut *db, account, true).await? else {
        return Ok(None);
    };
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    if let Some(step) = seed.step_of(&plain, now).filter(|step| *step > last) {
        store::confirmed(&mut *db, account, step, now).await?;
        return Ok(Some(Proof::Code));
    }
    let used = store::use_up(db, account, &plain.to_ascii_lowercase(), now).await?;
    Ok(used.then_some(Proof::Recovery))
}

/// Switches it off where the code is right.
pub async fn switch_off(
    db: &PgPool,
    account: &Account,
    typed: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    if proven(&mut tx, account.id, typed, now).await?.is_none() {
        return Ok(false);
    }
    store::remove(&mut *tx, account.id).await?;
    log(&mut tx, account, "second_factor_off", now).await?;
    tx.commit().await?;
    Ok(true)
}

/// New recovery codes in the place of the old ones, where the code is right.
pub async fn renew(
    db: &PgPool,
    account: &Account,
    typed: &str,
    now: Timestamp,
) -> sqlx::Result<Option<Vec<String>>> {
    let mut tx = db.begin().await?;
    if proven(&mut tx, account.id, typed, now).await?.is_none() {
        return Ok(None);
    }
    let codes = new_codes(&mut tx, account.id).await?;
    log(&mut tx, account, "recovery_codes_renewed", now).await?;
    tx.commit().await?;
    Ok(Some(codes))
}

async fn new_codes(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Vec<String>> {
    let codes: Result<Vec<String>, _> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect();
    let codes = codes.map_err(|none| sqlx::Error::Encode(none.into()))?;
    store::replace_codes(db, account, &codes).await?;
    Ok(codes.iter().map(|code| in_fours(code)).collect())
}

async fn log(
    db: &mut PgConnection,
    account: &Account,
    act: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let by = (Some(account.id), &account.name);
    super::store::log(db, by, act, None, None, now).await
}

/// 80 random bits in letters and digits that look like no others.
fn recovery_code() -> Result<String, getrandom::Error> {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte & 31)])).collect())
}

fn in_fours(code: &str) -> String {
    let fours: Vec<String> =
        code.chars().collect::<Vec<_>>().chunks(4).map(|four| four.iter().collect()).collect();
    fours.join("-")
}

/// Nobody signs in before 1970.
fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_second()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, in its last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let seed = Seed(*b"12345678901234567890");
        for (second, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")]
        {
            let at = Timestamp::from_second(second).unwrap();
            assert_eq!(seed.code(at), code);
            assert_eq!(seed.step_of(code, at), Some(second as u64 / 30));
        }
    }

    #[test]
    fn a_code_holds_for_its_half_minute_and_the_two_beside_it() {
        let seed = Seed::new().unwrap();
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
        let code = seed.code(at(0));
        let step = 60_000_000;
        assert_eq!(seed.step_of(&code, at(-1)), Some(step));
        assert_eq!(seed.step_of(&code, at(59)), Some(step));
        assert_eq!(seed.step_of(&code, at(60)), None);
        assert_eq!(seed.step_of(&code, at(-31)), None);
    }

    #[test]
    fn a_seed_is_enciphered_for_its_account_and_read_again() {
        let (seed, key) = (Seed::new().unwrap(), Key::new([7; 32]));
        let (one, other) = (AccountId::now_v7(), AccountId::now_v7());
        let hidden = seed.ciphered(&key, one, Timestamp::UNIX_EPOCH);
        assert_ne!(hidden, seed);
        assert_eq!(hidden.ciphered(&key, one, Timestamp::UNIX_EPOCH), seed);
        assert_ne!(hidden.ciphered(&key, other, Timestamp::UNIX_EPOCH), seed);
        assert_eq!(Seed::parse(&seed.shown()), Some(seed.clone()));
        assert_eq!(format!("{seed:?}"), "Seed(…)", "never in a log");
    }

    #[test]
    fn recovery_codes_differ_and_are_easy_to_read() {
        let code = recovery_code().unwrap();
        assert_eq!(code.len(), 16);
        assert_ne!(code, recovery_code().unwrap());
        assert_eq!(in_fours("abcdefghijkmnpqr"), "abcd-efgh-ijkm-npqr");
    }
}
