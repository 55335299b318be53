//! The government's codes of areas.
use std::fmt;

use serde::{Deserialize, Serialize};
use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueRef},
};

/// A nine-character code of the Office for National Statistics, such as E09000028 for Southwark.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Gss([u8; 9]);

impl Gss {
    /// A capital letter and eight digits.
    pub fn parse(typed: &str) -> Option<Self> {
        let code: [u8; 9] = typed.as_bytes().try_into().ok()?;
        (code[0].is_ascii_uppercase() && code[1..].iter().all(u8::is_ascii_digit))
            .then_some(Self(code))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Gss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Debug for Gss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl TryFrom<String> for Gss {
    type Error = String;
    fn try_from(typed: String) -> Result<Self, String> {
        Self::parse(&typed)
            .ok_or_else(|| format!("\u{201c}{typed}\u{201d} is not a GSS code, such as E09000028."))
    }
}
impl From<Gss> for String {
    fn from(code: Gss) -> Self {
        code.as_str().to_owned()
    }
}

/// Kept as text.
impl Type<Postgres> for Gss {
    fn type_info() -> PgTypeInfo {
        <str as Type<Postgres>>::type_info()
    }
    fn compatible(of: &PgTypeInfo) -> bool {
        <str as Type<Postgres>>::compatible(of)
    }
}
impl PgHasArrayType for Gss {
    fn array_type_info() -> PgTypeInfo {
        <&str as PgHasArrayType>::array_type_info()
    }
}
impl Encode<'_, Postgres> for Gss {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        self.as_str().encode_by_ref(buffer)
    }
}
impl<'r> Decode<'r, Postgres> for Gss {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self::try_from(<&str as Decode<Postgres>>::decode(value)?.to_owned())?)
    }
}
