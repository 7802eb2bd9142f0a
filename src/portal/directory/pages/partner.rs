//! `/partners/{number}`: everything that a partner published.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::{CONTACT, PATH};
use crate::{
    access::directory::DirectoryReader,
    db::Db,
    directory::{self, Card, Details},
    error::Error,
    web::page::{Shell, page},
};

#[derive(Template)]
#[template(path = "directory/partner.html")]
struct PartnerPage {
    shell: Shell,
    card: Card,
    details: Details,
    may_contact: bool,
}

/// `GET /partners/{number}`. Who is hidden or suspended looks like who was never there.
pub async fn partner(
    req: HttpRequest,
    by: DirectoryReader,
    number: Path<String>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let number = number.into_inner();
    let found = db
        .read(move |conn| directory::published(conn, &number))
        .await?;
    let shell = by.shell(&req);
    page(&PartnerPage {
        details: Details::new(shell.l, &found),
        card: Card::new(shell.l, found, &[]),
        may_contact: by.may_contact(),
        shell,
    })
}
