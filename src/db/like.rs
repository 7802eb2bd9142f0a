//! Patterns for `LIKE`.

/// A pattern that finds `text` anywhere, with what `LIKE` would read as a sign taken literally. It
/// goes with `escape('\\')`.
#[must_use]
pub fn anywhere(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_like_would_read_as_a_sign_is_found_as_it_is() {
        assert_eq!(anywhere("fjord"), "%fjord%");
        assert_eq!(anywhere(r"100%_\"), r"%100\%\_\\%");
    }
}
