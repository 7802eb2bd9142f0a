//! Refuses every request that would change something and doesn't come from our own pages.

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::Data,
};

use super::page::Site;

/// `Sec-Fetch-Site`, where present, decides alone; otherwise `Origin` must be the public address;
/// a request that bears neither is refused.
///
/// # Errors
/// Those of the request itself.
pub async fn same_origin(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if is_foreign(&req) {
        // The request goes back with the refusal, for the page and the log.
        return Ok(req.error_response(crate::error::Error::CrossSite));
    }
    Ok(next.call(req).await?.map_into_boxed_body())
}

/// Whether a request is going to be refused here: nothing is done for it before.
#[must_use]
pub fn is_foreign(req: &ServiceRequest) -> bool {
    !req.method().is_safe() && !from_us(req)
}

fn from_us(req: &ServiceRequest) -> bool {
    let header = |name: &str| {
        let mut values = req.headers().get_all(name);
        let first = values.next()?;
        // Two values contradict each other at best.
        Some(if values.next().is_some() {
            ""
        } else {
            first.to_str().unwrap_or_default()
        })
    };
    match (header("sec-fetch-site"), header(header::ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => req
            .app_data::<Data<Site>>()
            .is_some_and(|site| site.origin() == origin),
        (None, None) => false,
    }
}
