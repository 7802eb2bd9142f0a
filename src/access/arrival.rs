//! Whoever asks, as a request brings them: from the session to a guard.

use std::{future::Future, pin::Pin, rc::Rc};

use actix_web::{HttpMessage, HttpRequest, dev::Payload, web::Data};

use super::{
    asking::{self, Found, Wish},
    guards::{Guard, check, may},
    nav,
    session::{self, Claim},
};
use crate::{
    db::Db,
    error::Error,
    web::{locale::Locale, now::Clock, request::Origin},
};

/// Finds who asks, as read beside the session, and leaves it with the request for the navigation,
/// the locale and the record of denials.
pub(super) fn from_request<G: Guard>(
    req: &HttpRequest,
    payload: &mut Payload,
) -> Pin<Box<dyn Future<Output = Result<G, Error>>>> {
    let claim = session::current(req, payload);
    let req = req.clone();
    Box::pin(async move {
        let claim = claim.await?;
        let db = req
            .app_data::<Data<Db>>()
            .ok_or_else(|| Error::internal("no database"))?;
        let found = match asking::take(&claim) {
            Some(found) => found,
            None => read(&req, db, claim).await?,
        };
        let acting = found.acting();
        if matches!(acting, Err(Error::SignedOut)) {
            session::forget(&req);
        }
        let acting = acting?;
        let _ = Locale::refine(&req, acting.language, acting.zone());
        // The door names who is signed in on the pages that it makes, and knows no more of them.
        req.extensions_mut().insert(nav::who(&acting));
        req.extensions_mut().insert(Rc::new(acting.clone()));
        match may(&acting)? {
            Some(guard) => Ok(guard),
            None => db.read(move |conn| check(conn, &acting)).await,
        }
    })
}

/// Reads who asks where the session was opened by this very request, or asked for twice.
async fn read(req: &HttpRequest, db: &Db, claim: Claim) -> Result<Found, Error> {
    let clock = req
        .app_data::<Data<Clock>>()
        .ok_or_else(|| Error::internal("no clock"))?;
    let (now, wish) = (
        clock.now(),
        Wish::of(Origin::noted(req), req.method().is_safe()),
    );
    db.read(move |conn| wish.read(conn, claim, now)).await
}
