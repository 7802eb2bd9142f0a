//! Refuses every request that would change something and doesn't come from our own pages.

use actix_web::{
    Error,
    body::MessageBody,
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
/// [`crate::error::Error::CrossSite`].
pub async fn same_origin(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if !req.method().is_safe() && !from_us(&req) {
        return Err(crate::error::Error::CrossSite.into());
    }
    next.call(req).await
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
