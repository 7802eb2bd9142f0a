//! What the list is narrowed to.

use diesel::{dsl, prelude::*};

use crate::{
    access::scope::PartnerScope,
    db::{
        DbConn, MultiBackend,
        like::anywhere,
        literal,
        schema::{invitations, renewal_requests, tenants},
        types::Ts,
        word,
    },
    domain::{Instant, MembershipId, invitation::InvitationStatus, relationship::RelationshipType},
    error::Error,
    web::paginate::COUNTED,
    work::delivery::{self, Stage},
};

/// What is asked for; nothing means all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Folded words of the customer's address, id or name, or of the reference.
    pub search: String,
    /// The state, by the clock.
    pub status: Option<InvitationStatus>,
    /// The type.
    pub kind: Option<RelationshipType>,
    /// Who made it.
    pub by: Option<MembershipId>,
    /// How far the mail has come.
    pub mail: Option<Stage>,
    /// Only those for which a new link was asked, and none was made since.
    pub asked: bool,
    /// From when until before when it was made.
    pub created: Span,
    /// From when until before when it ends.
    pub ends: Span,
}

/// From a moment on, until before another.
pub type Span = (Option<Instant>, Option<Instant>);

impl Filter {
    /// Whether nothing is left out.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.search.is_empty()
            && self.status.is_none()
            && self.kind.is_none()
            && self.by.is_none()
            && self.mail.is_none()
            && !self.asked
            && matches!(self.created, (None, None))
            && matches!(self.ends, (None, None))
    }
}

/// A query over invitations alone; names are joined to what is left of it.
pub type Narrowed = invitations::BoxedQuery<'static, MultiBackend>;

/// Where every read starts.
#[must_use]
pub fn of_partner(scope: PartnerScope) -> Narrowed {
    invitations::table
        .filter(invitations::partner_id.eq(scope.partner()))
        .into_boxed()
}

/// What a filter leaves of a partner's invitations.
pub(super) fn narrowed(scope: PartnerScope, filter: &Filter, now: Instant) -> Narrowed {
    let mut query = of_partner(scope);
    if !filter.search.is_empty() {
        let pattern = anywhere(&filter.search);
        // A customer's name is known from its answer on.
        let named = tenants::table
            .filter(tenants::name_folded.like(pattern.clone()).escape('\\'))
            .select(tenants::id.nullable());
        let written = invitations::search_text.like(pattern).escape('\\');
        query = query.filter(
            written
                .nullable()
                .or(invitations::answered_tenant_id.eq_any(named)),
        );
    }
    if let Some(kind) = filter.kind {
        query = query.filter(invitations::relationship_type.eq(kind));
    }
    if let Some(by) = filter.by {
        query = query.filter(invitations::created_by.eq(by));
    }
    if let Some(stage) = filter.mail {
        query = query.filter(delivery::is_at(stage));
    }
    if filter.asked {
        query = waiting(query);
    }
    query = made(query, filter.created);
    query = ending(query, filter.ends);
    match filter.status {
        Some(status) => by_clock(query, status, now),
        None => query,
    }
}

fn made(query: Narrowed, (from, before): Span) -> Narrowed {
    let query = match from {
        Some(from) => query.filter(invitations::created_at.ge(Ts::from(from))),
        None => query,
    };
    match before {
        Some(before) => query.filter(invitations::created_at.lt(Ts::from(before))),
        None => query,
    }
}

fn ending(query: Narrowed, (from, before): Span) -> Narrowed {
    let query = match from {
        Some(from) => query.filter(invitations::expires_at.ge(Ts::from(from))),
        None => query,
    };
    match before {
        Some(before) => query.filter(invitations::expires_at.lt(Ts::from(before))),
        None => query,
    }
}

/// The state that an invitation has at this time, whoever has noticed.
fn by_clock(query: Narrowed, status: InvitationStatus, now: Instant) -> Narrowed {
    let clock = Ts::from(now);
    let open = invitations::state.eq(word::Open);
    match status {
        InvitationStatus::Open => query.filter(open).filter(invitations::expires_at.gt(clock)),
        InvitationStatus::Expired => query.filter(
            invitations::state
                .eq(literal(InvitationStatus::Expired.as_str()))
                .or(open.and(invitations::expires_at.le(clock))),
        ),
        status => query.filter(invitations::state.eq(status)),
    }
}

/// Those for which a customer asked for a new link and has none yet: no later invitation is for
/// the same addressee and type.
#[must_use]
pub fn waiting(query: Narrowed) -> Narrowed {
    use crate::db::schema::later_invitations as later;

    let asked = renewal_requests::table
        .filter(renewal_requests::invitation_id.eq(invitations::id))
        .select(renewal_requests::invitation_id);
    let answered = later
        .filter(
            later
                .field(invitations::partner_id)
                .eq(invitations::partner_id),
        )
        .filter(
            later
                .field(invitations::addressee)
                .eq(invitations::addressee),
        )
        .filter(
            later
                .field(invitations::relationship_type)
                .eq(invitations::relationship_type),
        )
        .filter(
            later
                .field(invitations::created_at)
                .gt(invitations::created_at),
        )
        .select(later.field(invitations::id));
    query
        .filter(dsl::exists(asked))
        .filter(dsl::not(dsl::exists(answered)))
}

/// How many the filter leaves; counting stops beyond 1,000.
///
/// # Errors
/// The database's.
pub fn count(
    conn: &mut DbConn,
    scope: PartnerScope,
    filter: &Filter,
    now: Instant,
) -> Result<i64, Error> {
    let ids: Vec<crate::domain::InvitationId> = narrowed(scope, filter, now)
        .select(invitations::id)
        .limit(COUNTED + 1)
        .load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(i64::MAX))
}
