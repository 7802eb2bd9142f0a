//! Grants as they are kept: read as states, closed by one function each.

use diesel::prelude::*;

use crate::{
    access::scope::Between,
    db::{
        DbConn, literal, prepared,
        schema::{grants, partners, relationships},
        types::Ts,
    },
    domain::{
        AuthorizationId, GrantId, Instant, MembershipId, PartnerId, RelationshipId, TenantId,
        grant::{Grant, GrantState},
        role::AdminRole,
        text::fold,
    },
    error::Error,
};

/// What sorts after every date: relationships without roles.
const NO_END: &str = "9999";

type Row = (
    GrantId,
    RelationshipId,
    AdminRole,
    Ts,
    Ts,
    String,
    Option<Ts>,
    Option<MembershipId>,
);
const COLUMNS: (
    grants::id,
    grants::relationship_id,
    grants::role,
    grants::starts_at,
    grants::ends_at,
    grants::state,
    grants::closed_at,
    grants::closed_by,
) = (
    grants::id,
    grants::relationship_id,
    grants::role,
    grants::starts_at,
    grants::ends_at,
    grants::state,
    grants::closed_at,
    grants::closed_by,
);

/// A grant, with the relationship that gave it.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    /// The relationship.
    pub relationship: RelationshipId,
    /// The grant.
    pub grant: Grant,
}

impl TryFrom<Row> for Given {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let (id, relationship, role, starts, ends, state, closed_at, closed_by) = row;
        let state = match (state.as_str(), closed_at.map(Ts::instant), closed_by) {
            ("live", None, None) => GrantState::Live,
            ("removed", Some(at), Some(by)) => GrantState::Removed { by, at },
            ("replaced", Some(at), _) => GrantState::Replaced { at },
            ("expired", Some(at), _) => GrantState::Expired { at },
            _ => return Err(Error::internal(format!("grant {id} contradicts itself"))),
        };
        let (starts_at, ends_at) = (starts.instant(), ends.instant());
        Ok(Self {
            relationship,
            grant: Grant {
                id,
                role,
                starts_at,
                ends_at,
                state,
            },
        })
    }
}

fn given(rows: Vec<Row>) -> Result<Vec<Given>, Error> {
    rows.into_iter().map(Given::try_from).collect()
}

/// Holds what a partner has in a tenant until the end of the transaction: its relationships, then
/// their live grants. Whoever changes either comes here first, after the invitation and before the
/// chain's head, so that nobody waits for somebody who waits for them.
///
/// # Errors
/// The database's.
pub fn hold(conn: &mut DbConn, between: Between) -> Result<(), Error> {
    let DbConn::Postgres(conn) = conn else {
        return Ok(());
    };
    let _: Vec<RelationshipId> = relationships::table
        .filter(relationships::tenant_id.eq(between.tenant()))
        .filter(relationships::partner_id.eq(between.partner()))
        .order(relationships::id)
        .select(relationships::id)
        .for_no_key_update()
        .load(conn)?;
    let _: Vec<GrantId> = grants::table
        .filter(grants::tenant_id.eq(between.tenant()))
        .filter(grants::partner_id.eq(between.partner()))
        .filter(grants::state.eq(literal("live")))
        .order(grants::id)
        .select(grants::id)
        .for_no_key_update()
        .load(conn)?;
    Ok(())
}

/// The grants of a partner in a tenant that it may use, now or as soon as they begin, whichever
/// relationship gave them, in the order of roles. What pages tell of; whoever closes grants takes
/// [`open`].
///
/// # Errors
/// The database's.
pub fn live(conn: &mut DbConn, between: Between, now: Instant) -> Result<Vec<Given>, Error> {
    let mut live = open(conn, between)?;
    live.retain(|given| given.grant.may_be_used(now));
    Ok(live)
}

/// The grants of a partner in a tenant that nothing has closed, whatever the clock says of them:
/// clocks differ, and what isn't closed may be used by another one. In the order of roles.
///
/// # Errors
/// The database's.
pub fn open(conn: &mut DbConn, between: Between) -> Result<Vec<Given>, Error> {
    let rows: Vec<Row> = grants::table
        .filter(grants::tenant_id.eq(between.tenant()))
        .filter(grants::partner_id.eq(between.partner()))
        .filter(grants::state.eq(literal("live")))
        .order((grants::role, grants::id))
        .select(COLUMNS)
        .load(conn)?;
    given(rows)
}

/// Every grant that a relationship ever gave, the newest first.
///
/// # Errors
/// The database's.
pub fn of_relationship(
    conn: &mut DbConn,
    between: Between,
    relationship: RelationshipId,
) -> Result<Vec<Grant>, Error> {
    let rows: Vec<Row> = grants::table
        .filter(grants::tenant_id.eq(between.tenant()))
        .filter(grants::partner_id.eq(between.partner()))
        .filter(grants::relationship_id.eq(relationship))
        .order((grants::starts_at.desc(), grants::role))
        .select(COLUMNS)
        .load(conn)?;
    Ok(given(rows)?.into_iter().map(|given| given.grant).collect())
}

/// Keeps a new live grant.
///
/// # Errors
/// The database's.
pub fn insert(
    conn: &mut DbConn,
    grant: &Grant,
    tenant: TenantId,
    partner: PartnerId,
    relationship: RelationshipId,
    authorization: AuthorizationId,
) -> Result<(), Error> {
    diesel::insert_into(grants::table)
        .values((
            grants::id.eq(grant.id),
            grants::tenant_id.eq(tenant),
            grants::partner_id.eq(partner),
            grants::relationship_id.eq(relationship),
            grants::authorization_id.eq(authorization),
            grants::role.eq(grant.role),
            grants::starts_at.eq(Ts::from(grant.starts_at)),
            grants::ends_at.eq(Ts::from(grant.ends_at)),
            grants::state.eq("live"),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes the state that closed a grant. The old state stands in the condition: where somebody
/// else was first, nothing is written.
///
/// # Errors
/// [`Error::Conflict`] where the grant is not live any more.
pub fn close(conn: &mut DbConn, closed: &Grant) -> Result<(), Error> {
    let (at, by) = match closed.state {
        GrantState::Live => return Err(Error::internal("a live grant is not closed")),
        GrantState::Removed { by, at } => (at, Some(by)),
        GrantState::Replaced { at } | GrantState::Expired { at } => (at, None),
    };
    let live = grants::table.find(closed.id);
    let live = live.filter(grants::state.eq(literal("live")));
    let changed = prepared(diesel::update(live).set((
        grants::state.eq(closed.state.as_str()),
        grants::closed_at.eq(Some(Ts::from(at))),
        grants::closed_by.eq(by),
    )))
    .execute(conn)?;
    if changed == 0 {
        return Err(Error::Conflict(
            "the grant was closed by somebody else".into(),
        ));
    }
    Ok(())
}

/// Closes the grants of a role that a relationship holds as live, to make room for a new one. They
/// are held before, by [`hold`].
///
/// # Errors
/// The database's.
pub fn replace(
    conn: &mut DbConn,
    relationship: RelationshipId,
    role: AdminRole,
    now: Instant,
) -> Result<(), Error> {
    let rows: Vec<Row> = grants::table
        .filter(grants::relationship_id.eq(relationship))
        .filter(grants::role.eq(role))
        .filter(grants::state.eq(literal("live")))
        .select(COLUMNS)
        .load(conn)?;
    for given in given(rows)? {
        close(conn, &given.grant.replace(now)?)?;
    }
    Ok(())
}

/// Writes anew what the list keeps beside a relationship: names to search and sort by, and until
/// when each role lasts. Called with every change of grants or of the partner's name.
///
/// # Errors
/// The database's.
pub fn refresh_copies(
    conn: &mut DbConn,
    relationship: RelationshipId,
    left_at: Option<Instant>,
) -> Result<(), Error> {
    let (name, number, domain): (String, String, Option<String>) = relationships::table
        .inner_join(partners::table)
        .filter(relationships::id.eq(relationship))
        .select((partners::name, partners::number, partners::domain))
        .first(conn)?;
    let rows: Vec<(AdminRole, Ts, String)> = grants::table
        .filter(grants::relationship_id.eq(relationship))
        .select((grants::role, grants::ends_at, grants::state))
        .load(conn)?;
    // What ran out keeps its end, recorded or not, unless somebody closes the rest now.
    let counts = |state: &str| state == "live" || state == "expired" && left_at.is_none();
    let until = |role: AdminRole| {
        let kept = rows.iter().filter(|row| row.0 == role && counts(&row.2));
        kept.map(|row| row.1).max()
    };
    let global = until(AdminRole::GlobalAdministrator);
    let helpdesk = until(AdminRole::HelpdeskAdministrator);
    let first = [global, helpdesk].into_iter().flatten().min();
    let search = fold(&format!("{name} {number} {}", domain.unwrap_or_default()));
    let left = left_at.filter(|_| first.is_none()).map(Ts::from);
    prepared(
        diesel::update(relationships::table.find(relationship)).set((
            relationships::sort_name.eq(fold(&name)),
            relationships::search_text.eq(search),
            relationships::had_roles.eq(!rows.is_empty()),
            relationships::global_until.eq(global),
            relationships::helpdesk_until.eq(helpdesk),
            relationships::sort_end.eq(first.map_or_else(|| NO_END.to_owned(), Ts::text)),
            relationships::roles_left_at.eq(left),
        )),
    )
    .execute(conn)?;
    Ok(())
}
