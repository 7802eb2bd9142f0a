//! What is said once a message is sent.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::{PATH, REQUESTS};
use crate::{
    access::enquirer::Enquirer,
    domain::ContactMessageId,
    error::Error,
    web::{
        page::{Shell, page},
        redirect::see_other,
    },
};

#[derive(Template)]
#[template(path = "contact/sent.html")]
struct SentPage {
    shell: Shell,
}

/// Where a sent message leads: an administrator to the tenant's list, which reads back what is
/// stored; a visitor to a page that says no more than that it went.
#[must_use]
pub fn see(who: &Enquirer, message: ContactMessageId) -> HttpResponse {
    match who {
        Enquirer::Administrator(_) => see_other(&format!("{REQUESTS}?sent={message}")),
        Enquirer::Visitor => see_other(&format!("{PATH}/sent")),
    }
}

/// `GET /partners/contact/sent`. It names nobody, and so needs no secret.
pub async fn sent(req: HttpRequest, who: Enquirer) -> Result<HttpResponse, Error> {
    if who.administrator().is_some() {
        return Ok(see_other(REQUESTS));
    }
    let shell = who.shell(&req);
    page(&SentPage { shell })
}
