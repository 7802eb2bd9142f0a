//! Small things that the story is told with.

use chrono_tz::Tz;

use super::cast::Place;
use crate::{
    domain::{Language, country::Country, email::Email, name::Name},
    error::Error,
    evidence::acceptance::Act,
    web::{locale::Locale, request::Origin},
};

/// How somebody of a place reads.
pub(super) const fn reads(place: Place) -> Locale {
    let (language, zone) = match place {
        Place::School => (Language::Fr, Tz::Europe__Paris),
        _ => (Language::En, Tz::Europe__London),
    };
    Locale { language, zone }
}

/// An answer, in the very words of the page as it was read: the button by its key, the document by
/// its title in that language.
pub(super) fn act(l: Locale, control: &str, title: &str, tenant: &str) -> Act {
    Act {
        control: l.t(control).to_owned(),
        statement: l.t2("agreement-statement", "title", title, "tenant", tenant),
        language: l.language,
    }
}

/// A request as it might have been: from an address set aside for documentation.
pub(super) fn origin(of: &str) -> Origin {
    let last = of.bytes().fold(7_u8, u8::wrapping_add);
    let client = std::net::IpAddr::from([192, 0, 2, last]);
    Origin {
        request_id: uuid::Uuid::new_v4(),
        client,
        peer: client,
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".into(),
    }
}

pub(super) fn name(text: &str) -> Result<Name, Error> {
    Name::parse(text).map_err(Error::internal)
}

pub(super) fn email(text: &str) -> Result<Email, Error> {
    Email::parse(text).map_err(Error::internal)
}

pub(super) fn country(code: &str) -> Result<Country, Error> {
    Country::parse(code).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_in_the_words_that_were_read() {
        let of = |place| act(reads(place), "review-accept", "Contrat", "Hautmont");
        let school = of(Place::School);
        assert_eq!(school.language, Language::Fr);
        assert_eq!(school.control, "Accepter et autoriser");
        assert!(
            school.statement.starts_with("J’ai lu"),
            "{}",
            school.statement
        );
        let company = of(Place::Company);
        assert_eq!(company.language, Language::En);
        assert_eq!(company.control, "Accept & authorize");
        assert!(
            company.statement.starts_with("I have read"),
            "{}",
            company.statement
        );
    }
}
