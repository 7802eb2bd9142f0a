//! The embedded files: style, script, font and mark, under names that change with their content.

use actix_web::{HttpRequest, HttpResponse, http::header, web::Path};

use crate::error::Error;

/// One embedded file.
pub struct Asset {
    name: &'static str,
    media_type: &'static str,
    plain: &'static [u8],
    br: Option<&'static [u8]>,
    gz: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// `GET /static/{name}`: for ever, since another content has another name.
///
/// # Errors
/// Not found for every name that this build doesn't have.
pub async fn asset(req: HttpRequest, name: Path<String>) -> Result<HttpResponse, Error> {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.name == name.as_str())
        .ok_or(Error::NotFound)?;
    let accepts = req
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok());
    let accepts = |coding: &str| {
        accepts.is_some_and(|list| list.split(',').any(|item| item.trim() == coding))
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(asset.media_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"));
    Ok(match (asset.br, asset.gz) {
        (Some(body), _) if accepts("br") => response
            .insert_header((header::CONTENT_ENCODING, "br"))
            .body(body),
        (_, Some(body)) if accepts("gzip") => response
            .insert_header((header::CONTENT_ENCODING, "gzip"))
            .body(body),
        _ => response.body(asset.plain),
    })
}
