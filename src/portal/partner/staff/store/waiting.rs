//! Who was asked to join the staff and hasn't yet.

use diesel::{dsl::exists, prelude::*};

use crate::{
    access::scope::PartnerScope,
    db::{
        DbConn, literal,
        schema::{membership_roles, memberships, people, staff_invitations},
        types::Ts,
    },
    domain::{
        Instant, StaffInvitationId,
        email::Email,
        membership::{MemberRole, Side},
        staff_invitation::{self, StaffInvitationState},
    },
    error::Error,
    work::delivery::{self, Delivery},
};

/// The most that the list shows.
const MOST: i64 = 100;

/// A link that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its id.
    pub id: StaffInvitationId,
    /// The name that was typed.
    pub name: String,
    /// The address as typed.
    pub email: String,
    /// The roles that come with it.
    pub roles: Vec<MemberRole>,
    /// Until when it works.
    pub until: Instant,
    /// Who asked; none where the name was erased.
    pub by: Option<String>,
    /// Whether whoever asked is an Admin agent still: otherwise the link doesn't work.
    pub by_agent: bool,
    /// How far the mail came; none where the link was shown instead.
    pub delivery: Option<Delivery>,
}

type Row = (
    (StaffInvitationId, String, String, String, Ts),
    Option<String>,
    bool,
);

/// The words by which a link's mail is known in the outbox.
pub(super) fn words(id: StaffInvitationId) -> String {
    format!("staff invitation {id}")
}

macro_rules! of_partner {
    ($scope:expr, $state:expr) => {{
        let still_agent = membership_roles::table
            .filter(membership_roles::membership_id.eq(memberships::id))
            .filter(membership_roles::role.eq(MemberRole::kept_by(Side::Partner)))
            .filter(membership_roles::ended_at.is_null());
        staff_invitations::table
            .inner_join(memberships::table.on(memberships::id.eq(staff_invitations::created_by)))
            .inner_join(people::table.on(people::id.eq(memberships::person_id)))
            .filter(staff_invitations::partner_id.eq($scope.partner()))
            .filter(staff_invitations::state.eq(literal($state.as_str())))
            .select((
                (
                    staff_invitations::id,
                    staff_invitations::name,
                    staff_invitations::email,
                    staff_invitations::roles,
                    staff_invitations::expires_at,
                ),
                people::name,
                exists(still_agent),
            ))
    }};
}

fn waiting(((id, name, email, roles, until), by, by_agent): Row) -> Waiting {
    Waiting {
        id,
        name,
        email,
        roles: staff_invitation::read(&roles),
        until: until.instant(),
        by,
        by_agent,
        delivery: None,
    }
}

/// All that wait, the newest first; also those whose link has run out, which can be sent again.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut DbConn, scope: PartnerScope) -> Result<Vec<Waiting>, Error> {
    let rows: Vec<Row> = of_partner!(scope, StaffInvitationState::Open)
        .order((
            staff_invitations::created_at.desc(),
            staff_invitations::id.desc(),
        ))
        .limit(MOST)
        .load(conn)?;
    let words = rows.iter().map(|row| words(row.0.0)).collect();
    let mut sent = delivery::told_once(conn, words)?;
    let with_mail = |row: Row| {
        let waiting = waiting(row);
        Waiting {
            delivery: sent.remove(&self::words(waiting.id)),
            ..waiting
        }
    };
    Ok(rows.into_iter().map(with_mail).collect())
}

/// One that waits.
///
/// # Errors
/// [`Error::NotFound`] where none does by that id, or it is another partner's.
pub fn open(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: StaffInvitationId,
) -> Result<Waiting, Error> {
    let row: Row = of_partner!(scope, StaffInvitationState::Open)
        .filter(staff_invitations::id.eq(id))
        .first(conn)?;
    Ok(waiting(row))
}

/// The one that waits for an address, if any.
///
/// # Errors
/// The database's.
pub(super) fn for_address(
    conn: &mut DbConn,
    scope: PartnerScope,
    email: &Email,
) -> Result<Option<Waiting>, Error> {
    let row: Option<Row> = of_partner!(scope, StaffInvitationState::Open)
        .filter(staff_invitations::email_folded.eq(email.folded().to_owned()))
        .first(conn)
        .optional()?;
    Ok(row.map(waiting))
}

/// One that was withdrawn, by its address.
///
/// # Errors
/// The database's.
pub fn withdrawn(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: StaffInvitationId,
) -> Result<Option<String>, Error> {
    let row: Option<Row> = of_partner!(scope, StaffInvitationState::Withdrawn)
        .filter(staff_invitations::id.eq(id))
        .first(conn)
        .optional()?;
    Ok(row.map(|row| row.0.2))
}
