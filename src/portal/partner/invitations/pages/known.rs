//! What the form needs to know before it is filled in: the staff, and the contact request that the
//! invitation answers.

use super::{super::store::staff::staff, typed::Typed};
use crate::{
    access::scope::PartnerScope,
    contacting::read::{Of, Request, find},
    db::DbConn,
    domain::{ContactRequestId, Instant, PersonId},
    error::Error,
    web::locale::Locale,
};

/// What the form needs to know.
#[derive(Debug, Clone)]
pub struct Known {
    /// The partner's staff: who, name, address.
    pub staff: Vec<(PersonId, String, String)>,
    /// The request that the invitation answers.
    pub request: Option<Request>,
}

/// Reads what the form needs to know.
///
/// # Errors
/// [`Error::NotFound`] for another partner's request; the database's.
pub fn known(
    conn: &mut DbConn,
    scope: PartnerScope,
    request: Option<ContactRequestId>,
    now: Instant,
) -> Result<Known, Error> {
    let request = match request {
        Some(id) => Some(find(conn, Of::Partner(scope), id, now)?),
        None => None,
    };
    let staff = staff(conn, scope)?;
    Ok(Known { staff, request })
}

impl Known {
    /// Who can be named.
    #[must_use]
    pub fn ids(&self) -> Vec<PersonId> {
        self.staff.iter().map(|(id, ..)| *id).collect()
    }
}

impl Typed {
    /// A form that answers a request, in the language that it was written in.
    #[must_use]
    pub fn answering(request: &Request) -> Self {
        let language = request.written.language;
        let zone = chrono_tz::Tz::UTC;
        let l = Locale { language, zone };
        Self {
            request: request.id.to_string(),
            message: l.t1("compose-thanks", "date", &l.date(&request.created_at)),
            ..Self::empty(language)
        }
    }

    /// The request that it answers, if it answers one.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for what no page of ours sends.
    pub fn answers(&self) -> Result<Option<ContactRequestId>, Error> {
        if self.request.is_empty() {
            return Ok(None);
        }
        self.request
            .parse()
            .map(Some)
            .map_err(|_| Error::BadRequest)
    }
}
