//! The reader's language and time zone, and everything that is written by them.

mod dates;

use actix_web::{HttpMessage, HttpRequest, http::header};
use chrono_tz::Tz;

use super::words::{Arg, words};
use crate::domain::{Language, text::fold};

/// The cookie that keeps the language of a visitor without a profile.
pub const LANGUAGE_COOKIE: &str = "language";
/// The cookie that keeps the appearance chosen.
pub const THEME_COOKIE: &str = "theme";

/// A language and a time zone. Copied into every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locale {
    /// The language of words, dates and numbers.
    pub language: Language,
    /// The zone in which times are written.
    pub zone: Tz,
}

impl Locale {
    /// The locale of a request before it is known who asks: `?lang=`, then the cookie, then
    /// `Accept-Language`, then English.
    #[must_use]
    pub fn of_request(req: &HttpRequest) -> Self {
        let cookie = || {
            let cookie = req
                .cookie("__Host-language")
                .or_else(|| req.cookie(LANGUAGE_COOKIE))?;
            Language::parse(cookie.value())
        };
        let header = || {
            let header = req.headers().get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            accepted(header)
        };
        let language = asked_for(req)
            .or_else(cookie)
            .or_else(header)
            .unwrap_or(Language::En);
        Self {
            language,
            zone: Tz::UTC,
        }
    }

    /// The locale of this request as far as it is known now.
    #[must_use]
    pub fn current(req: &HttpRequest) -> Self {
        req.extensions()
            .get::<Self>()
            .copied()
            .unwrap_or_else(|| Self::of_request(req))
    }

    /// Takes over what a signed-in person's profile and organization say, and remembers it for
    /// the rest of the request.
    #[must_use]
    pub fn refine(req: &HttpRequest, profile: Option<Language>, zone: Tz) -> Self {
        let asked = asked_for(req);
        let language = asked
            .or(profile)
            .unwrap_or_else(|| Self::current(req).language);
        let locale = Self { language, zone };
        req.extensions_mut().insert(locale);
        locale
    }

    /// Answers a form in the language that its page was read in, whatever a profile says by now.
    pub fn as_read(req: &HttpRequest, language: Language) {
        let locale = Self {
            language,
            ..Self::current(req)
        };
        req.extensions_mut().insert(locale);
    }

    /// A message without arguments.
    #[must_use]
    pub fn t<'a>(&self, key: &'a str) -> &'a str
    where
        'static: 'a,
    {
        words(self.language).get(key)
    }

    /// A message with one argument.
    #[must_use]
    pub fn t1<'a>(&self, key: &str, name: &str, arg: impl Into<Arg<'a>>) -> String {
        words(self.language).with(key, &[(name, arg.into())])
    }

    /// A message with two arguments.
    #[must_use]
    pub fn t2<'a, 'b>(
        &self,
        key: &str,
        first: &str,
        first_arg: impl Into<Arg<'a>>,
        second: &str,
        second_arg: impl Into<Arg<'b>>,
    ) -> String {
        words(self.language).with(
            key,
            &[(first, first_arg.into()), (second, second_arg.into())],
        )
    }

    /// A message with any number of arguments.
    #[must_use]
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        words(self.language).with(key, args)
    }

    /// The message of a word of the domain: `prefix-word`, with dots and underscores as hyphens.
    #[must_use]
    pub fn word(&self, prefix: &str, word: &str) -> String {
        let mut key = String::with_capacity(prefix.len() + 1 + word.len());
        key.push_str(prefix);
        key.push('-');
        key.extend(
            word.chars()
                .map(|c| if matches!(c, '.' | '_') { '-' } else { c }),
        );
        words(self.language).get(&key).to_owned()
    }

    /// A country by its name; one that has none here by its code.
    #[must_use]
    pub fn country(&self, code: &str) -> String {
        let key = format!("country-{code}");
        match words(self.language).get(&key) {
            unknown if unknown == key => code.to_owned(),
            name => name.to_owned(),
        }
    }

    /// The code and the name of every country, in the order of the names.
    #[must_use]
    pub fn countries(&self) -> Vec<(String, String)> {
        let named = words(self.language).beginning("country-");
        let named = named.map(|(code, name)| (code.to_owned(), name.to_owned()));
        let mut all: Vec<(String, String)> = named.collect();
        all.sort_by_cached_key(|(_, name)| fold(name));
        all
    }

    /// A whole number with the language's separator of thousands.
    #[must_use]
    pub fn number(&self, number: &i64) -> String {
        let separator = match self.language {
            Language::En => ',',
            Language::Fr => '\u{202f}',
        };
        let digits = number.unsigned_abs().to_string();
        let mut out = String::from(if *number < 0 { "-" } else { "" });
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }
}

fn asked_for(req: &HttpRequest) -> Option<Language> {
    let query = req.query_string();
    let pair = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))?;
    Language::parse(pair)
}

/// The first of our languages by the weights of an `Accept-Language` header.
fn accepted(header: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for part in header.split(',').take(20) {
        let mut fields = part.split(';');
        let tag = fields
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        let weight = fields
            .find_map(|field| field.trim().strip_prefix("q=")?.parse::<f32>().ok())
            .unwrap_or(1.0);
        let language = Language::parse(tag.split('-').next().unwrap_or_default());
        if let Some(language) = language
            && weight > 0.0
            && best.is_none_or(|(known, _)| weight > known)
        {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_accept_language_decide() {
        assert_eq!(accepted("fr"), Some(Language::Fr));
        assert_eq!(accepted("de, en;q=0.5, fr-CA;q=0.8"), Some(Language::Fr));
        assert_eq!(accepted("fr;q=0, en"), Some(Language::En));
        assert_eq!(accepted("de"), None);
        assert_eq!(accepted(";;;,q=,fr;q=x"), Some(Language::Fr));
    }

    fn utc(language: Language) -> Locale {
        let zone = Tz::UTC;
        Locale { language, zone }
    }

    #[test]
    fn numbers_and_countries_are_written_as_the_language_does() {
        let (en, fr) = (utc(Language::En), utc(Language::Fr));
        assert_eq!(en.number(&1_234_567), "1,234,567");
        assert_eq!(fr.number(&1_000), "1\u{202f}000");
        assert_eq!(en.number(&-12), "-12");
        assert_eq!(en.country("NO"), "Norway");
        assert_eq!(fr.country("NO"), "Norvège");
        assert_eq!(fr.country("QZ"), "QZ");
    }
}
