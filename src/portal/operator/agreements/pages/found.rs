//! A draft as it is found, with what it would take the place of.

use actix_web::HttpResponse;

use super::{
    super::store::{
        drafts::{self, Draft},
        list::{self, Line},
    },
    PATH,
};
use crate::{
    db::{Db, DbConn},
    domain::{DraftId, VersionId},
    error::Error,
    web::redirect::see_other,
};

/// What a draft would take the place of.
#[derive(Debug, Clone)]
pub enum Replaces {
    /// Nothing: the customers that it is for have no agreement yet.
    Nothing,
    /// The version in force of the same agreement.
    Version(Line),
    /// The agreement of all others, for a country that gets one of its own; and how many customers
    /// there accepted it. None of these acceptances is one of the new agreement.
    OfAllOthers(Line, i64),
}

impl Replaces {
    fn read(conn: &mut DbConn, draft: &Draft) -> Result<Self, Error> {
        let which = &draft.version.of;
        if let Some((line, accepted)) = list::of_all_others(conn, which)? {
            return Ok(Self::OfAllOthers(line, accepted));
        }
        Ok(list::counts(conn, which)?.map_or(Self::Nothing, Self::Version))
    }

    /// The version that counts until the draft is published.
    #[must_use]
    pub const fn line(&self) -> Option<&Line> {
        match self {
            Self::Nothing => None,
            Self::Version(line) | Self::OfAllOthers(line, _) => Some(line),
        }
    }
}

/// A draft, and what it would take the place of.
pub(super) type Found = (Draft, Replaces);

/// What is found of a draft, or the answer that leads to what became of it.
pub(super) async fn found(db: &Db, id: DraftId) -> Result<Result<Found, HttpResponse>, Error> {
    let read = db.read(move |conn| {
        let draft = match drafts::one(conn, id) {
            Err(Error::NotFound) => {
                return Ok(Err(list::one(conn, VersionId::from_uuid(id.uuid()))?.0.id));
            }
            draft => draft?,
        };
        let replaces = Replaces::read(conn, &draft)?;
        Ok(Ok((draft, replaces)))
    });
    let gone = |version| see_other(&format!("{PATH}/versions/{version}"));
    Ok(read.await?.map_err(gone))
}
