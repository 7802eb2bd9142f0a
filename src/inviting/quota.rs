//! How many links a day: counted while nobody else of the partner makes one.

use diesel::{prelude::*, sql_types::BigInt};

use crate::{
    db::{
        DbConn,
        schema::{invitation_tokens, invitations, memberships},
        types::Ts,
    },
    domain::{
        Instant, MembershipId, PartnerId,
        quota::{Quota, WINDOW},
    },
    error::Error,
    web::now::Clock,
};

/// A limit that is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// Which one.
    pub quota: Quota,
    /// When the next link may be made.
    pub until: Instant,
    /// The seconds until then.
    pub seconds: i64,
}

/// Whose link it is to be, and for whom.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The partner.
    pub partner: PartnerId,
    /// The member of staff.
    pub sender: MembershipId,
    /// The addressee as the index of open invitations has it.
    pub addressee: &'a str,
}

/// Takes a partner's turn until the end of the transaction. On Postgres it is a lock of its own:
/// the partner's row is shared by every write of its staff, and who shares it can't take it.
/// Customers never wait for it. `SQLite` has one writer.
///
/// # Errors
/// The database's.
pub fn hold(conn: &mut DbConn, partner: PartnerId) -> Result<(), Error> {
    if let DbConn::Postgres(conn) = conn {
        let (high, low) = partner.uuid().as_u64_pair();
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<BigInt, _>((high ^ low).cast_signed())
            .execute(conn)?;
    }
    Ok(())
}

/// Takes the partner's turn, reads the clock, and looks whether one more link is within all limits.
/// Returns the time at which it was found so.
///
/// # Errors
/// The database's.
pub fn turn(
    conn: &mut DbConn,
    claim: &Claim<'_>,
    clock: &Clock,
) -> Result<Result<Instant, Spent>, Error> {
    hold(conn, claim.partner)?;
    let now = clock.now();
    for quota in Quota::ALL.iter().copied() {
        let made = newest(conn, claim, quota, now)?;
        let limit = usize::try_from(quota.limit()).map_err(Error::internal)?;
        // Room comes when the oldest of as many as are allowed leaves the window.
        if let Some(oldest) = limit.checked_sub(1).and_then(|last| made.get(last)) {
            let until = oldest.instant() + WINDOW;
            let seconds = (until - now).num_seconds() + 1;
            return Ok(Err(Spent {
                quota,
                until,
                seconds,
            }));
        }
    }
    Ok(Ok(now))
}

/// When links were made that count, the newest first; no more than are allowed. A clock that is set
/// back hides none.
fn newest(
    conn: &mut DbConn,
    claim: &Claim<'_>,
    quota: Quota,
    now: Instant,
) -> Result<Vec<Ts>, Error> {
    let within = invitation_tokens::created_at.gt(Ts::from(now - WINDOW));
    let made = invitation_tokens::table
        .filter(within)
        .order(invitation_tokens::created_at.desc())
        .limit(quota.limit())
        .select(invitation_tokens::created_at);
    Ok(match quota {
        Quota::Sender => made
            .filter(invitation_tokens::created_by.eq(claim.sender))
            .load(conn)?,
        Quota::Partner => {
            let staff = memberships::table
                .filter(memberships::partner_id.eq(claim.partner))
                .select(memberships::id.nullable());
            made.filter(invitation_tokens::created_by.eq_any(staff))
                .load(conn)?
        }
        Quota::Recipient => {
            let theirs = invitations::table
                .filter(invitations::partner_id.eq(claim.partner))
                .filter(invitations::addressee.eq(claim.addressee.to_owned()))
                .select(invitations::id);
            made.filter(invitation_tokens::invitation_id.eq_any(theirs))
                .filter(invitation_tokens::created_by.is_not_null())
                .load(conn)?
        }
    })
}
