//! An invitation that is about to change is held first.

use diesel::prelude::*;

use crate::{
    db::{DbConn, schema::invitations},
    domain::InvitationId,
    error::Error,
};

/// Holds the invitation's row on Postgres until the end of the transaction, so that others wait:
/// after tenant and membership, before everything else.
///
/// # Errors
/// The database's.
pub fn lock(conn: &mut DbConn, id: InvitationId) -> Result<(), Error> {
    if let DbConn::Postgres(conn) = conn {
        let _: Vec<InvitationId> = invitations::table
            .find(id)
            .select(invitations::id)
            .for_update()
            .load(conn)?;
    }
    Ok(())
}
