//! How many people a partner may ask to join its staff.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::waiting::Waiting;
use crate::{
    access::guards::AdminAgent,
    db::{DbConn, literal, schema::staff_invitations, types::Ts},
    domain::{
        Instant,
        staff_invitation::{StaffInvitationState, StaffLimit},
    },
    error::Error,
};

/// The limit that is reached, if one is. A link that takes the place of another one adds none to
/// those that wait.
///
/// # Errors
/// The database's.
pub(super) fn spent(
    conn: &mut DbConn,
    by: &AdminAgent,
    old: Option<&Waiting>,
    now: Instant,
) -> Result<Option<(StaffLimit, Option<Instant>)>, Error> {
    let of_partner =
        staff_invitations::table.filter(staff_invitations::partner_id.eq(by.scope().partner()));
    let waiting: i64 = of_partner
        .filter(staff_invitations::state.eq(literal(StaffInvitationState::Open.as_str())))
        .filter(staff_invitations::expires_at.gt(Ts::from(now)))
        .count()
        .get_result(conn)?;
    if waiting >= StaffLimit::Waiting.limit() && old.is_none_or(|old| old.until <= now) {
        return Ok(Some((StaffLimit::Waiting, None)));
    }
    let made: Vec<Ts> = of_partner
        .filter(staff_invitations::created_at.gt(Ts::from(now - TimeDelta::hours(24))))
        .order(staff_invitations::created_at.desc())
        .limit(StaffLimit::Day.limit())
        .select(staff_invitations::created_at)
        .load(conn)?;
    let full = i64::try_from(made.len()).is_ok_and(|made| made >= StaffLimit::Day.limit());
    let oldest = made.last().filter(|_| full);
    let until = oldest.map(|oldest| oldest.instant() + TimeDelta::hours(24));
    Ok(until.map(|until| (StaffLimit::Day, Some(until))))
}
