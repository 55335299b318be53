//! A form with files, read piece by piece as it arrives.
use axum::extract::{
    FromRequest, Multipart, Request,
    multipart::{MultipartError, MultipartRejection},
};

use super::Error;

/// All that may be typed into the boxes of such a form, in bytes.
const MOST_TYPED: usize = 64 * 1024;

pub struct Uploads {
    parts: Multipart,
    typed: usize,
}

#[derive(Debug)]
pub enum Part {
    /// Without U+0000, which Postgres cannot keep.
    Typed {
        field: String,
        value: String,
    },
    File(Upload),
}

#[derive(Debug)]
pub struct Upload {
    /// As its owner calls it, without folders; empty where no file was chosen.
    pub name: String,
    /// `None` where it is too large: it was read to its end and thrown away.
    pub bytes: Option<Vec<u8>>,
}

impl<S: Send + Sync> FromRequest<S> for Uploads {
    type Rejection = Error;
    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let parts = Multipart::from_request(request, state).await?;
        Ok(Self { parts, typed: 0 })
    }
}

impl Uploads {
    /// The next field; files of more than `largest` bytes come without their bytes.
    pub async fn next(&mut self, largest: usize) -> Result<Option<Part>, Error> {
        let Some(mut part) = self.parts.next_field().await? else {
            return Ok(None);
        };
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(own_name);
        let most = if name.is_some() { largest } else { MOST_TYPED.saturating_sub(self.typed) };
        let mut bytes = Some(Vec::new());
        while let Some(chunk) = part.chunk().await? {
            bytes = bytes.filter(|read| read.len() + chunk.len() <= most);
            if let Some(read) = &mut bytes {
                read.extend_from_slice(&chunk);
            }
        }
        Ok(Some(match name {
            Some(name) => Part::File(Upload { name, bytes }),
            None => {
                let bytes = bytes.ok_or(Error::TooLarge)?;
                self.typed += bytes.len();
                let value = String::from_utf8_lossy(&bytes).replace('\0', "");
                Part::Typed { field: field.replace('\0', ""), value }
            }
        }))
    }
}

fn own_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

impl From<MultipartRejection> for Error {
    fn from(cause: MultipartRejection) -> Self {
        Self::BadRequest(cause.body_text())
    }
}

impl From<MultipartError> for Error {
    fn from(cause: MultipartError) -> Self {
        match cause.status() {
            axum::http::StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            axum::http::StatusCode::INTERNAL_SERVER_ERROR => Self::Internal(cause.into()),
            _ => Self::BadRequest("The form did not arrive whole".into()),
        }
    }
}
