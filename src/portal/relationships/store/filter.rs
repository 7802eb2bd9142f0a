//! What the list can be narrowed to, over what is kept beside each relationship.

use diesel::prelude::*;

use crate::{
    access::scope::TenantScope,
    db::{like::anywhere, schema::relationships},
    domain::{Instant, TenantId, relationship::RelationshipType, standing::StandingFilter},
    evidence::standing::{Narrowed, full_control, soon, standing},
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

/// Where every read starts.
#[diesel::dsl::auto_type]
pub(super) fn in_tenant(scope: TenantScope) -> _ {
    let tenant: TenantId = scope.tenant();
    relationships::table.filter(relationships::tenant_id.eq(tenant))
}

/// What a filter leaves of a tenant's relationships.
pub(super) fn narrowed(scope: TenantScope, filter: &Filter, now: Instant) -> Narrowed {
    let mut query = in_tenant(scope).into_boxed();
    if !filter.search.is_empty() {
        let found = relationships::search_text.like(anywhere(&filter.search));
        query = query.filter(found.escape('\\'));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(relationships::relationship_type.eq(kind));
    }
    if filter.full {
        query = query.filter(full_control(now));
    }
    if filter.soon {
        query = soon(query, now);
    }
    match filter.status {
        Some(status) => standing(query, status, now),
        None => query,
    }
}
