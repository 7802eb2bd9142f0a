//! Forms: read strictly, answered beside the field.

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header,
    web::{Bytes, Query},
};
use serde::{Deserialize, de::DeserializeOwned};
use validator::Validate;

use crate::error::Error;

/// A form of our own pages. Fields that it doesn't have, fields that come twice and anything that
/// isn't a form are malformed requests; what a person can mistype is not checked here.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// A form of a button alone: it has no field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl<T: DeserializeOwned> FromRequest for Form<T> {
    type Error = Error;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = req
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok());
        let kind = kind
            .unwrap_or_default()
            .split(';')
            .next()
            .unwrap_or_default()
            .trim();
        let is_form = kind.eq_ignore_ascii_case("application/x-www-form-urlencoded");
        let bytes = Bytes::from_request(req, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(|_| Error::BadRequest)?;
            if (!is_form && !bytes.is_empty()) || has_bad_escape(&bytes) {
                return Err(Error::BadRequest);
            }
            let form = serde_urlencoded::from_bytes(&bytes).map_err(|_| Error::BadRequest)?;
            Ok(Self(form))
        })
    }
}

/// What anybody could have typed into one field, in bytes; more is no form of ours.
pub const LONGEST: usize = 16 * 1024;

/// Hands on each field of a form that has boxes of one name, until `take` says that it isn't one of
/// the form's. Only those named in `many` may come more than once, and none is longer than
/// `longest` bytes.
///
/// # Errors
/// [`Error::BadRequest`] for fields that the form doesn't have, that come twice, or that are longer
/// than anybody types.
pub fn fields(
    all: Vec<(String, String)>,
    (many, longest): (&[&str], usize),
    mut take: impl FnMut(&str, String) -> bool,
) -> Result<(), Error> {
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in all {
        let again = !many.contains(&name.as_str()) && seen.contains(&name);
        if again || value.len() > longest || !take(&name, value) {
            return Err(Error::BadRequest);
        }
        seen.push(name);
    }
    Ok(())
}

/// Whether the decoded bytes are not UTF-8, or hold a NUL: no browser sends such a form.
fn has_bad_escape(bytes: &[u8]) -> bool {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().copied();
    while let Some(byte) = rest.next() {
        let mut hex = || rest.next().and_then(|b| char::from(b).to_digit(16));
        decoded.push(match byte {
            b'%' => match (hex(), hex()) {
                (Some(high), Some(low)) => u8::try_from(high * 16 + low).unwrap_or_default(),
                _ => return true,
            },
            b'+' => b' ',
            byte => byte,
        });
    }
    decoded.contains(&0) || std::str::from_utf8(&decoded).is_err()
}

/// A query string, read leniently: a value that isn't one of those offered is left out by the
/// page that reads it.
///
/// # Errors
/// [`Error::BadRequest`] for what isn't a query at all.
pub fn query<T: DeserializeOwned>(req: &HttpRequest) -> Result<T, Error> {
    if has_bad_escape(req.query_string().as_bytes()) {
        return Err(Error::BadRequest);
    }
    Query::from_query(req.query_string())
        .map(Query::into_inner)
        .map_err(|_| Error::BadRequest)
}

/// What is wrong with a form: for each field the key of a message, in the order of the page. Never
/// the value, since one of them may be a password.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<(&'static str, String)>);

impl Mistakes {
    /// Nothing wrong so far.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// What `validator` found, without the values that it would repeat.
    #[must_use]
    pub fn of(form: &impl Validate) -> Self {
        let mut mistakes = Self::default();
        if let Err(errors) = form.validate() {
            let mut fields: Vec<_> = errors.field_errors().into_iter().collect();
            fields.sort_by_key(|(field, _)| field.to_string());
            for (field, errors) in fields {
                if let Some(error) = errors.first() {
                    mistakes.add(leak_free(&field), error.code.to_string());
                }
            }
        }
        mistakes
    }

    /// Notes that `field` is wrong, with the key of the message that says so.
    pub fn add(&mut self, field: &'static str, key: impl Into<String>) {
        if self.at(field).is_none() {
            self.0.push((field, key.into()));
        }
    }

    /// Whether the form may be used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key of the message for a field.
    #[must_use]
    pub fn at(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, key)| key.as_str())
    }

    /// Every field and the key of its message.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(field, key)| (*field, key.as_str()))
    }
}

/// The fields that `validator` may name: those of our forms.
fn leak_free(field: &str) -> &'static str {
    const FIELDS: [&str; 9] = [
        "email", "password", "current", "new", "again", "reason", "consent", "name", "next",
    ];
    FIELDS
        .iter()
        .find(|known| **known == field)
        .copied()
        .unwrap_or("form")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_that_no_browser_sends_are_malformed() {
        for bad in ["a=%", "a=%f", "a=%zz", "a=%ff", "a=%00", "a=\0", "a=%c3%28"] {
            assert!(has_bad_escape(bad.as_bytes()), "{bad:?}");
        }
        for good in ["", "a=b+c", "a=%C3%A9", "a=%25", "é=é"] {
            assert!(!has_bad_escape(good.as_bytes()), "{good:?}");
        }
    }
}
