//! Pages by cursor: where the last row stood, not how many came before.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use super::locale::Locale;

/// Rows on a page.
pub const PAGE: usize = 50;
/// Beyond this, counts are written as "1,000+".
pub const COUNTED: i64 = 1000;

/// Where a page begins: after this sort key, and this id among equal keys. They are ordered as the
/// databases order them, by bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The sort key of the last row shown.
    pub key: String,
    /// Its id.
    pub id: Uuid,
}

impl Cursor {
    /// The form that stands in an address. It names a place in an order, grants nothing, and is
    /// read within the reader's own rows only.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut bytes = self.id.as_bytes().to_vec();
        bytes.extend_from_slice(self.key.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor; `None` for whatever isn't one.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        if text.len() > 1024 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (id, key) = bytes.split_at_checked(16)?;
        let key = std::str::from_utf8(key).ok()?;
        if key.contains('\0') {
            return None;
        }
        Some(Self {
            id: Uuid::from_slice(id).ok()?,
            key: key.to_owned(),
        })
    }
}

/// A count in words of the page, where counting stopped at [`COUNTED`] + 1.
#[must_use]
pub fn counted(l: &Locale, count: i64) -> String {
    if count > COUNTED {
        return format!("{}+", l.number(&COUNTED));
    }
    l.number(&count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_nonsense_does_not() {
        let cursor = Cursor {
            key: "émile & fils".into(),
            id: Uuid::from_u128(7),
        };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        for bad in ["", "x", "====", "AAAA", &"A".repeat(2000)] {
            assert_eq!(Cursor::decode(bad), None, "{bad:?}");
        }
    }
}
