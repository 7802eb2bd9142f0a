//! Small things that the story is told with.

use crate::{
    domain::{Language, country::Country, email::Email, name::Name},
    error::Error,
    evidence::acceptance::Act,
    web::request::Origin,
};

pub(super) fn act(control: &str, tenant: &str) -> Act {
    Act {
        control: control.to_owned(),
        statement: format!(
            "I have read the Microsoft Customer Agreement and accept it for {tenant}."
        ),
        language: Language::En,
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
