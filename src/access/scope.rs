//! Scopes: proofs that a request may read within one tenant or one partner.

use crate::domain::{PartnerId, TenantId};

/// Proof that this request may read what belongs to one tenant. Only `access` can make one, save for
/// what happens by itself:
///
/// ```compile_fail
/// use entente::{access::scope::TenantScope, id::Id};
/// let forged = TenantScope(Id::at(chrono::DateTime::UNIX_EPOCH));
/// ```
/// ```compile_fail
/// use entente::{access::scope::TenantScope, id::Id};
/// let forged = TenantScope::new(Id::at(chrono::DateTime::UNIX_EPOCH));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TenantScope(TenantId);

impl TenantScope {
    pub(super) const fn new(tenant: TenantId) -> Self {
        Self(tenant)
    }

    /// The scope of what happens by itself in a tenant, on nobody's behalf: for `work/` alone, which
    /// answers no request.
    #[must_use]
    pub const fn by_itself(tenant: TenantId) -> Self {
        Self(tenant)
    }

    /// The tenant.
    #[must_use]
    pub const fn tenant(self) -> TenantId {
        self.0
    }

    /// What is between this tenant and a partner.
    #[must_use]
    pub const fn with(self, partner: PartnerId) -> Between {
        Between(self.0, partner)
    }
}

/// Proof that this request may read what belongs to one partner. Only `access` can make one:
///
/// ```compile_fail
/// use entente::{access::scope::PartnerScope, id::Id};
/// let forged = PartnerScope(Id::at(chrono::DateTime::UNIX_EPOCH));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartnerScope(PartnerId);

impl PartnerScope {
    pub(super) const fn new(partner: PartnerId) -> Self {
        Self(partner)
    }

    /// The partner.
    #[must_use]
    pub const fn partner(self) -> PartnerId {
        self.0
    }

    /// What is between this partner and a tenant.
    #[must_use]
    pub const fn with(self, tenant: TenantId) -> Between {
        Between(tenant, self.0)
    }
}

/// Proof that this request may read what is between one tenant and one partner: relationships,
/// grants, authorizations. Either side can make one from its own scope:
///
/// ```compile_fail
/// use entente::{access::scope::Between, id::Id};
/// let at = chrono::DateTime::UNIX_EPOCH;
/// let forged = Between(Id::at(at), Id::at(at));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between(TenantId, PartnerId);

impl Between {
    /// The tenant.
    #[must_use]
    pub const fn tenant(self) -> TenantId {
        self.0
    }

    /// The partner.
    #[must_use]
    pub const fn partner(self) -> PartnerId {
        self.1
    }
}
