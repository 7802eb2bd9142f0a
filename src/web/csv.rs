//! Exports that stay inert in spreadsheets.

use actix_web::{HttpResponse, http::header};

use crate::error::Error;

/// A cell that a spreadsheet would take for a formula gets one leading apostrophe.
#[must_use]
pub fn inert(cell: &str) -> String {
    let formula = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\0' | '＝' | '＋' | '－' | '＠'
        )
    };
    let first = cell.chars().find(|c| !matches!(c, '"' | '\'' | '\n' | ' '));
    if cell.starts_with(formula) || first.is_some_and(formula) {
        return format!("'{cell}");
    }
    cell.to_owned()
}

/// The mark by which spreadsheets know UTF-8.
pub const MARK: &str = "\u{feff}";

/// Rows as RFC 4180 has them, inert.
///
/// # Errors
/// None in practice: it writes to memory.
pub fn rows<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| inert(cell)))
            .map_err(Error::internal)?;
    }
    writer
        .into_inner()
        .map_err(|error| Error::internal(error.error()))
}

/// A download with a head row, as RFC 4180 has it, and the mark by which spreadsheets know UTF-8.
///
/// # Errors
/// None in practice: it writes to memory.
pub fn download<const N: usize>(
    name: &str,
    head: [&str; N],
    body: impl Iterator<Item = [String; N]>,
) -> Result<HttpResponse, Error> {
    let head = std::iter::once(head.map(str::to_owned));
    let body = [MARK.as_bytes(), &rows(head.chain(body))?].concat();
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .body(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula() {
        for cell in [
            "=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\0", "＝1", "\"=1", "\n=1", " =1",
        ] {
            assert!(inert(cell).starts_with('\''), "{cell:?}");
            assert_eq!(inert(cell).strip_prefix('\''), Some(cell));
        }
        assert_eq!(inert("Fjord - Managed = IT"), "Fjord - Managed = IT");
    }
}
