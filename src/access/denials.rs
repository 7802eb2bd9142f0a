//! Denied POSTs of people signed in are events, gathered per person, route and minute.

use std::rc::Rc;

use actix_web::{
    HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode},
    middleware::Next,
    web::Data,
};
use chrono::{DurationRound, TimeDelta};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::{acting::Acting, asking};
use crate::{
    db::{Db, DbConn, schema::denials, types::Ts},
    domain::{
        Instant,
        event::{EventKind, Outcome},
    },
    error::Error,
    evidence::chain::{self, NewEvent},
    on_each,
    web::now::Clock,
};

/// Looks at the answer to every unsafe request, and notes it where it was refused.
///
/// # Errors
/// Those of the request itself.
pub async fn note_denials(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    if req.method().is_safe() {
        return next.call(req).await;
    }
    let answer = next.call(req).await?;
    let (request, status) = (answer.request(), answer.status());
    if matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) {
        let acting = request
            .extensions()
            .get::<Rc<Acting>>()
            .map(|acting| (**acting).clone())
            .or_else(|| refused_before(request, status));
        let (db, clock) = (
            request.app_data::<Data<Db>>(),
            request.app_data::<Data<Clock>>(),
        );
        if let (Some(acting), Some(db), Some(clock)) = (acting, db, clock) {
            let route = request.match_pattern().unwrap_or_else(|| "none".into());
            let facts = json!({
                "method": request.method().as_str(),
                "route": route,
                "status": status.as_u16(),
            });
            let now = clock.now();
            let write = db.write_unattended(move |conn| note(conn, &acting, &route, &facts, now));
            if let Err(error) = write.await {
                tracing::error!(%error, "a denial could not be recorded");
            }
        }
    }
    Ok(answer)
}

/// Who posted what was refused before a guard asked: for where it came from.
fn refused_before(request: &HttpRequest, status: StatusCode) -> Option<Acting> {
    let posted = request.method() == Method::POST && status == StatusCode::FORBIDDEN;
    posted.then(asking::unasked).flatten()
}

fn note(
    conn: &mut DbConn,
    acting: &Acting,
    route: &str,
    facts: &Value,
    now: Instant,
) -> Result<(), Error> {
    let minute = now
        .duration_trunc(TimeDelta::minutes(1))
        .map_err(Error::internal)?;
    let new = on_each!(conn, c => diesel::insert_into(denials::table)
        .values((
            denials::person_id.eq(acting.person),
            denials::route.eq(route),
            denials::minute.eq(Ts::from(minute)),
        ))
        .on_conflict_do_nothing()
        .execute(c)?);
    if new == 0 {
        return Ok(());
    }
    let event = NewEvent {
        outcome: Outcome::Denied,
        ..NewEvent::by(acting, EventKind::AccessDenied, facts.clone())
    };
    chain::append(conn, &event, now).map(drop)
}
