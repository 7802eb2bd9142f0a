//! Who may write to partners: a customer's administrators; visitors where the directory is public.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::{
    arrival::from_request,
    directory::is_public,
    guards::{BillingAdmin, Guard},
    nav,
};
use crate::{error::Error, web::page::Shell};

/// Somebody who may write to partners.
#[derive(Debug, Clone)]
pub enum Enquirer {
    /// An administrator, who writes for the tenant.
    Administrator(Box<BillingAdmin>),
    /// Nobody in particular.
    Visitor,
}

impl Enquirer {
    /// The administrator, if it is one.
    #[must_use]
    pub fn administrator(&self) -> Option<&BillingAdmin> {
        match self {
            Self::Administrator(by) => Some(by),
            Self::Visitor => None,
        }
    }

    /// The shell of the pages.
    #[must_use]
    pub fn shell(&self, req: &HttpRequest) -> Shell {
        match self {
            Self::Administrator(by) => by.shell(req),
            Self::Visitor => nav::visitor_shell(req),
        }
    }
}

impl FromRequest for Enquirer {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (public, by) = (is_public(req), from_request::<BillingAdmin>(req, payload));
        Box::pin(async move {
            match by.await {
                Ok(by) => Ok(Self::Administrator(Box::new(by))),
                Err(Error::SignedOut) if public => Ok(Self::Visitor),
                Err(error) => Err(error),
            }
        })
    }
}
