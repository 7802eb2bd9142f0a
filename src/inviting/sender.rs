//! Who may send an invitation, and take it back: the ceiling of a member of staff.

use diesel::prelude::*;

use crate::{
    db::{
        DbConn,
        schema::{membership_roles, memberships, people},
    },
    domain::{
        MembershipId, PartnerId,
        membership::{MemberRole, may_invite},
        relationship::RelationshipType,
    },
    error::Error,
};

/// Makes sure that a member of a partner's staff may send and take back invitations of a type, by
/// the roles held now.
///
/// # Errors
/// [`Error::Refused`] says who may: an Admin agent all types, a Sales agent those without roles.
pub(super) fn check(
    conn: &mut DbConn,
    sender: MembershipId,
    partner: PartnerId,
    kind: RelationshipType,
) -> Result<(), Error> {
    if let DbConn::Postgres(conn) = conn {
        let _: Vec<MembershipId> = memberships::table
            .find(sender)
            .select(memberships::id)
            .for_share()
            .load(conn)?;
    }
    let staff: Vec<Option<MemberRole>> = memberships::table
        .inner_join(people::table)
        .left_join(
            membership_roles::table.on(membership_roles::membership_id
                .eq(memberships::id)
                .and(membership_roles::ended_at.is_null())),
        )
        .filter(memberships::id.eq(sender))
        .filter(memberships::partner_id.eq(partner))
        .filter(memberships::ended_at.is_null())
        .filter(people::disabled_at.is_null())
        .filter(people::erased_at.is_null())
        .select(membership_roles::role.nullable())
        .load(conn)?;
    if staff.is_empty() {
        return Err(Error::Refused(
            "the sender is not of the partner's staff".into(),
        ));
    }
    let roles: Vec<MemberRole> = staff.into_iter().flatten().collect();
    if may_invite(&roles, kind) {
        return Ok(());
    }
    let held: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    Err(Error::Refused(format!(
        "the sender holds {}: invitations of the type {kind} are for an admin_agent{}",
        held.join(", "),
        if kind.askable_roles().is_empty() {
            " or a sales_agent"
        } else {
            "; a sales_agent sends only types without roles"
        }
    )))
}
