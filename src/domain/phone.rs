//! Phone numbers as the whole world can call them.

/// A phone number with its country code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(String);

/// Why a phone number isn't taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("enter a phone number with its country code, like +33 3 20 01 02 03")]
pub struct PhoneRefused;

impl Phone {
    /// The number as typed, with single spaces. None where nothing is typed.
    ///
    /// # Errors
    /// Refuses what doesn't begin with a plus and a country code, what has other than 7 to 15
    /// digits (E.164), and what is neither a digit nor one of the signs that stand between them.
    pub fn parse(typed: &str) -> Result<Option<Self>, PhoneRefused> {
        let typed = typed.replace(['\u{a0}', '\u{202f}'], " ");
        let number = typed.split(' ').filter(|part| !part.is_empty());
        let number = number.collect::<Vec<_>>().join(" ");
        if number.is_empty() {
            return Ok(None);
        }
        let rest = number.strip_prefix('+').ok_or(PhoneRefused)?;
        let digits = rest.chars().filter(char::is_ascii_digit).count();
        let plain = |c: char| c.is_ascii_digit() || " .-()/".contains(c);
        let begins = rest.starts_with(|c: char| matches!(c, '1'..='9'));
        if !begins || !(7..=15).contains(&digits) || !rest.chars().all(plain) || rest.len() > 30 {
            return Err(PhoneRefused);
        }
        Ok(Some(Self(number)))
    }

    /// The number as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_country_code() {
        for (typed, kept) in [
            ("+33 3 20 01 02 03", "+33 3 20 01 02 03"),
            (" +44\u{a0}20  7946 0018 ", "+44 20 7946 0018"),
            ("+1 (212) 555-0100", "+1 (212) 555-0100"),
            ("+47.22.00.00.00", "+47.22.00.00.00"),
        ] {
            let phone = Phone::parse(typed).unwrap();
            assert_eq!(phone.as_ref().map(Phone::as_str), Some(kept), "{typed}");
        }
        assert_eq!(Phone::parse("  "), Ok(None));
    }

    #[test]
    fn everything_else_is_refused() {
        for typed in [
            "0320 01",
            "03 20 01 02 03",
            "+",
            "+33",
            "+0123456789",
            "+1234567890123456",
            "+33 3 20 01 02 03 ext 4",
            "+33 3 20\n01 02 03",
            "tel:+33320010203",
            "+33 3 20 01 02 03,+33 3 20 01 02 04",
        ] {
            assert_eq!(Phone::parse(typed), Err(PhoneRefused), "{typed:?}");
        }
    }
}
