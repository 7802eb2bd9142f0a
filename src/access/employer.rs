//! Who works for a partner, also where the account in a tenant doesn't say so.

use diesel::{
    dsl::{exists, select},
    prelude::*,
};

use crate::{
    db::{DbConn, schema::memberships},
    domain::{PartnerId, PersonId},
    error::Error,
    on_each,
};

/// Whether a person is of a partner's staff now.
///
/// # Errors
/// The database's.
pub fn works_for(conn: &mut DbConn, person: PersonId, partner: PartnerId) -> Result<bool, Error> {
    let staff = memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::partner_id.eq(partner))
        .filter(memberships::ended_at.is_null());
    Ok(on_each!(conn, c => select(exists(staff)).get_result(c)?))
}
