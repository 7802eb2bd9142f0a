//! Bodies are read whole at the door: small, and in time. A slow or endless one never reaches a
//! handler, and never holds a connection.

use std::time::Duration;

use actix_web::{
    Error, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::{Bytes, BytesMut, Data},
};
use futures_util::StreamExt;

use crate::error::Error as Ours;

/// The largest form that we have, with room.
pub const LARGEST: usize = 64 * 1024;

/// Addresses whose forms are larger, and how large.
#[derive(Debug, Clone, Copy)]
pub struct Roomy {
    /// What their paths begin with.
    pub under: &'static str,
    /// The most bytes that are read.
    pub largest: usize,
}
/// How long a body may take to arrive.
const DEADLINE: Duration = Duration::from_secs(10);
/// How long a body that was given up is held.
const ABANDONED: Duration = Duration::from_secs(1);

/// Reads the body within its limits: otherwise the answer is [`Ours::TooLarge`],
/// [`Ours::TooSlow`], or [`Ours::BadRequest`] for one that breaks off.
///
/// # Errors
/// Those of the request itself.
pub async fn whole_body(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match read(&mut req).await {
        Ok(()) => Ok(next.call(req).await?.map_into_boxed_body()),
        Err(refused) => Ok(req.error_response(refused)),
    }
}

fn largest(req: &ServiceRequest) -> usize {
    let roomy = req.app_data::<Data<Roomy>>();
    let roomy = roomy.filter(|roomy| req.path().starts_with(roomy.under));
    roomy.map_or(LARGEST, |roomy| roomy.largest)
}

async fn read(req: &mut ServiceRequest) -> Result<(), Ours> {
    let largest = largest(req);
    let headers = req.headers();
    let length = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok());
    let length = length.and_then(|text| text.parse::<usize>().ok());
    let chunked = headers.contains_key(header::TRANSFER_ENCODING);
    if length.is_some_and(|length| length > largest) {
        return Err(Ours::TooLarge);
    }
    if chunked || length.is_some_and(|length| length > 0) {
        let mut payload = req.take_payload();
        let body = tokio::time::timeout(DEADLINE, collect(&mut payload, largest)).await;
        match body.unwrap_or(Err(Ours::TooSlow)) {
            Ok(body) => req.set_payload(Payload::from(body)),
            Err(error) => {
                abandon(payload);
                return Err(error);
            }
        }
    }
    Ok(())
}

/// Holds on to a body until the answer is out. One that comes in chunks and is dropped sooner the
/// framework reads to its end, however long that takes; for one that is held it closes the
/// connection.
fn abandon(payload: Payload) {
    actix_web::rt::spawn(async move {
        tokio::time::sleep(ABANDONED).await;
        drop(payload);
    });
}

async fn collect(payload: &mut Payload, largest: usize) -> Result<Bytes, Ours> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Ours::BadRequest)?;
        if body.len() + chunk.len() > largest {
            return Err(Ours::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
