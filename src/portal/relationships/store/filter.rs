//! What the list can be narrowed to, over what is kept beside each relationship.

use diesel::prelude::*;

use crate::{
    access::scope::TenantScope,
    db::{MultiBackend, literal, schema::relationships, types::Ts},
    domain::{
        Instant,
        relationship::RelationshipType,
        standing::{StandingFilter, soon_until},
    },
};

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Folded words in the name, the number or the domain; nothing where empty.
    pub search: String,
    /// One type.
    pub kind: Option<RelationshipType>,
    /// One status.
    pub status: Option<StandingFilter>,
    /// Full control only.
    pub full: bool,
    /// A role that ends within 30 days.
    pub soon: bool,
}

impl Filter {
    /// Whether anything is asked for.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.search.is_empty()
            && self.kind.is_none()
            && self.status.is_none()
            && !self.full
            && !self.soon
    }
}

/// A query over relationships alone; names are joined to what is left of it.
pub(super) type Narrowed = relationships::BoxedQuery<'static, MultiBackend>;

/// Where every read starts.
pub(super) fn in_tenant(scope: TenantScope) -> Narrowed {
    relationships::table
        .filter(relationships::tenant_id.eq(scope.tenant()))
        .into_boxed()
}

/// A pattern that finds `search` anywhere, with what `LIKE` would read as a sign taken literally.
fn pattern(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in search.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// What a filter leaves of a tenant's relationships.
pub(super) fn narrowed(scope: TenantScope, filter: &Filter, now: Instant) -> Narrowed {
    let mut query = in_tenant(scope);
    if !filter.search.is_empty() {
        let found = relationships::search_text.like(pattern(&filter.search));
        query = query.filter(found.escape('\\'));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(relationships::relationship_type.eq(kind));
    }
    if filter.full {
        query = query
            .filter(relationships::state.eq(literal("active")))
            .filter(relationships::global_until.gt(Ts::from(now)));
    }
    if filter.soon {
        query = soon(query, now);
    }
    match filter.status {
        Some(status) => standing(query, status, now),
        None => query,
    }
}

/// The same as `Kept::standing` says of one row.
fn standing(query: Narrowed, status: StandingFilter, now: Instant) -> Narrowed {
    use relationships::{global_until as global, helpdesk_until as helpdesk};
    let (clock, limit) = (Ts::from(now), Ts::from(soon_until(now)));
    let active = relationships::state.eq(literal("active"));
    match status {
        StandingFilter::Active => {
            let far_global = global.gt(limit).and(
                helpdesk
                    .is_null()
                    .or(helpdesk.le(clock))
                    .or(helpdesk.gt(limit)),
            );
            let far_helpdesk = helpdesk
                .gt(limit)
                .and(global.is_null().or(global.le(clock)));
            let never = relationships::had_roles.eq(false);
            query
                .filter(active)
                .filter(never.or(far_global).or(far_helpdesk))
        }
        StandingFilter::EndsSoon => soon(query, now),
        StandingFilter::RolesRemoved => {
            none_left(query, clock).filter(relationships::roles_left_at.is_not_null())
        }
        StandingFilter::RolesEnded => {
            none_left(query, clock).filter(relationships::roles_left_at.is_null())
        }
        StandingFilter::Ended => query.filter(relationships::state.eq(literal("ended"))),
        // Nobody is related to a tenant before it accepts.
        StandingFilter::Invited => query.filter(relationships::state.eq("")),
    }
}

/// Those in force that had roles and have none any more.
fn none_left(query: Narrowed, clock: Ts) -> Narrowed {
    use relationships::{global_until as global, helpdesk_until as helpdesk};
    query
        .filter(relationships::state.eq(literal("active")))
        .filter(relationships::had_roles.eq(true))
        .filter(global.is_null().or(global.le(clock)))
        .filter(helpdesk.is_null().or(helpdesk.le(clock)))
}

/// Those with a role that ends within 30 days.
pub(super) fn soon(query: Narrowed, now: Instant) -> Narrowed {
    use relationships::{global_until as global, helpdesk_until as helpdesk};
    let (clock, limit) = (Ts::from(now), Ts::from(soon_until(now)));
    // The first end is never after the one that is soon: the index stops there.
    query
        .filter(relationships::state.eq(literal("active")))
        .filter(relationships::sort_end.le(limit.text()))
        .filter(
            global
                .gt(clock)
                .and(global.le(limit))
                .or(helpdesk.gt(clock).and(helpdesk.le(limit))),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_like_would_read_as_a_sign_is_taken_literally() {
        assert_eq!(pattern("fjord"), "%fjord%");
        assert_eq!(pattern(r"100%_\"), r"%100\%\_\\%");
    }
}
