//! A country, as ISO 3166 writes it.

/// Two capital letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country(String);

/// What is no country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a country is written as two capital letters, like FR")]
pub struct CountryRefused;

impl Country {
    /// A country's code.
    ///
    /// # Errors
    /// [`CountryRefused`] for anything but two capital letters.
    pub fn parse(code: &str) -> Result<Self, CountryRefused> {
        let fits = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        fits.then(|| Self(code.to_owned())).ok_or(CountryRefused)
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Country {
    type Err = CountryRefused;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::parse(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_capital_letters() {
        assert!(Country::parse("FR").is_ok());
        for wrong in ["", "F", "fr", "FRA", "F1", "É"] {
            assert_eq!(Country::parse(wrong), Err(CountryRefused), "{wrong}");
        }
    }
}
