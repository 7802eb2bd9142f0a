//! Who may read the directory of partners: a customer's administrators; everybody where the
//! operator made it public.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};

use super::{
    acting::Acting,
    arrival::from_request,
    guards::{BillingAdmin, Guard, SignedIn},
    nav,
};
use crate::{
    domain::membership::Side,
    error::Error,
    web::page::{Shell, Site},
};

/// Somebody who may read the directory; nobody in particular where it is public.
#[derive(Debug, Clone)]
pub struct DirectoryReader(Option<Box<Acting>>);

/// Whether everybody may read it here.
#[must_use]
pub fn is_public(req: &HttpRequest) -> bool {
    let site = req.app_data::<Data<Site>>();
    site.is_some_and(|site| site.directory_public)
}

impl DirectoryReader {
    /// Who it is, where somebody is signed in.
    #[must_use]
    pub fn acting(&self) -> Option<&Acting> {
        self.0.as_deref()
    }

    /// Whether partners can be chosen to be written to: by a customer's administrators, and by
    /// visitors. Partners don't write to partners, and those who ask colleagues to do it see
    /// whom.
    #[must_use]
    pub fn may_contact(&self) -> bool {
        self.acting()
            .is_none_or(|acting| acting.side == Side::Tenant && acting.holds(BillingAdmin::ROLES))
    }

    /// The shell of the pages.
    #[must_use]
    pub fn shell(&self, req: &HttpRequest) -> Shell {
        match self.acting() {
            Some(acting) => nav::shell(acting, req),
            None => nav::visitor_shell(req),
        }
    }
}

impl FromRequest for DirectoryReader {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !is_public(req) {
            let admin = from_request::<BillingAdmin>(req, payload);
            return Box::pin(async move {
                let admin = admin.await?;
                Ok(Self(Some(Box::new(admin.acting().clone()))))
            });
        }
        let signed_in = from_request::<SignedIn>(req, payload);
        Box::pin(async move {
            match signed_in.await {
                Ok(by) => Ok(Self(Some(Box::new(by.acting().clone())))),
                Err(Error::SignedOut) => Ok(Self(None)),
                Err(error) => Err(error),
            }
        })
    }
}
