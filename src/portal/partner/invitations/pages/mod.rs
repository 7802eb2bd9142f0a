//! The pages of a partner's invitations.

pub mod asked;
pub mod change;
pub mod choices;
pub mod compose;
pub mod known;
pub mod list;
pub mod made;
pub mod mail;
pub mod one;
pub mod typed;
pub mod view;

use std::{future::Ready, sync::Arc};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};

use crate::{
    error::Error,
    secret::Secret,
    web::{now::Clock, page::Site},
};

/// Where the pages live.
pub const PATH: &str = "/partner/invitations";

/// What making a link takes beside the database.
#[derive(Debug, Clone)]
pub struct Tools {
    /// Whose links they are.
    pub site: Arc<Site>,
    /// What seals the link in the mail.
    pub secret: Arc<Secret>,
    /// The clock.
    pub clock: Arc<Clock>,
}

impl Tools {
    /// The site and the secret.
    #[must_use]
    pub fn pair(&self) -> (&Site, &Secret) {
        (&self.site, &self.secret)
    }
}

impl FromRequest for Tools {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let tools = || {
            Some(Self {
                site: req.app_data::<Data<Site>>()?.clone().into_inner(),
                secret: req.app_data::<Data<Secret>>()?.clone().into_inner(),
                clock: req.app_data::<Data<Clock>>()?.clone().into_inner(),
            })
        };
        std::future::ready(tools().ok_or_else(|| Error::internal("no site, secret or clock")))
    }
}
