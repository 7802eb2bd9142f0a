//! `/live` and `/ready`: for whoever watches the process. They tell nothing else.

use actix_web::{HttpResponse, web::Data};

use crate::work::readiness::Readiness;

/// The process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("live\n")
}

/// Requests can be served: the database answered within the last seconds.
pub async fn ready(readiness: Data<Readiness>) -> HttpResponse {
    let (mut response, word) = if readiness.is_ready() {
        (HttpResponse::Ok(), "ready\n")
    } else {
        (HttpResponse::ServiceUnavailable(), "not ready\n")
    };
    response
        .content_type("text/plain; charset=utf-8")
        .body(word)
}
