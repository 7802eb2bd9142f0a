//! Joining without an account: one is made, and its owner is let in.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use serde::Deserialize;

use super::{
    pages::{Reader, answer, dead, show, who},
    store::{self, Arrived, Asked, Typed},
};
use crate::{
    access::{guards::SignedIn, known_browser, password, session::Door},
    db::Db,
    domain::{name::Name, token::Token},
    error::Error,
    web::{
        form::{Form, Mistakes},
        locale::Locale,
        now::Clock,
        redirect::see_other,
        request::Origin,
    },
};

/// The form. What was typed as a password is never shown again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    name: String,
    new: String,
    again: String,
}

/// What became of the form.
enum Made {
    Arrived(Arrived),
    /// The form again, with what is wrong with it.
    Mistaken(Box<Asked>, Mistakes),
}

/// `POST /staff-invitations/{token}`: makes the account and the membership, once. Somebody who is
/// signed in has an account, and is shown the link's page instead.
pub async fn make(
    req: HttpRequest,
    (token, form): (Path<String>, Form<NewAccount>),
    signed_in: Result<SignedIn, Error>,
    (db, clock): (Data<Db>, Data<Clock>),
    door: Door,
) -> Result<HttpResponse, Error> {
    let Some(token) = Token::parse(&token) else {
        return dead(&req);
    };
    if let Some(who) = who(signed_in)? {
        return show(&req, &token, Some(&who), &db, clock.now()).await;
    }
    let name = form.0.name.clone();
    match try_make(&req, &token, form.0, (&db, &clock)).await {
        Ok(Made::Arrived((person, membership, set))) => {
            door.enter((person, membership), Some(set))?;
            let mut answer = see_other("/partner");
            known_browser::remember(&req, &mut answer, (person, Some(set)))?;
            Ok(answer)
        }
        Ok(Made::Mistaken(asked, mistakes)) => answer(
            &req,
            &token,
            (*asked, Reader::Anybody),
            (name, mistakes),
            None,
        ),
        Err(Error::NotFound) => dead(&req),
        Err(error) => Err(error),
    }
}

async fn try_make(
    req: &HttpRequest,
    token: &Token,
    form: NewAccount,
    (db, clock): (&Db, &Data<Clock>),
) -> Result<Made, Error> {
    let (hash, now) = (token.hash(), clock.now());
    let asked = db.read(move |conn| store::asked(conn, &hash, now)).await?;
    let mut mistakes = Mistakes::none();
    let name = Name::parse(&form.name).map_err(|refused| mistakes.add("name", refused.key()));
    if let Err(refused) = password::measure(&form.new) {
        mistakes.add("new", refused.key());
    }
    if form.new != form.again {
        mistakes.add("again", "password-again");
    }
    let (Ok(name), true) = (name, mistakes.is_empty()) else {
        return Ok(Made::Mistaken(Box::new(asked), mistakes));
    };
    let names = [name.as_str(), asked.email.as_str(), &asked.partner].map(str::to_owned);
    let password_hash = match password::take(form.new, names.to_vec()).await? {
        Ok(hash) => hash,
        Err(refused) => {
            mistakes.add("new", refused.key());
            return Ok(Made::Mistaken(Box::new(asked), mistakes));
        }
    };
    let typed = Typed {
        name,
        password_hash,
        language: Locale::current(req).language,
    };
    let (origin, clock) = (Origin::noted(req), Data::clone(clock));
    let arrived =
        db.write_unattended(move |conn| store::arrive(conn, &hash, &typed, &origin, &clock));
    if let Some(arrived) = arrived.await? {
        return Ok(Made::Arrived(arrived));
    }
    mistakes.add("name", "joining-known");
    Ok(Made::Mistaken(Box::new(asked), mistakes))
}
