//! Guards: what a handler takes to prove that somebody with the right is asking.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::{
    acting::{self, Acting},
    arrival::from_request,
    holders::holders,
    nav,
    scope::{PartnerScope, TenantScope},
};
use crate::{
    db::{Actor, DbConn},
    domain::{
        Instant, MembershipId, PersonId,
        membership::{MemberRole, Side, may_invite},
        relationship::RelationshipType,
    },
    error::{Denial, Employer, Error},
    web::{page::Shell, request::Origin},
};

/// Anybody who is signed in, whatever the side and the roles.
#[derive(Debug, Clone)]
pub struct SignedIn(Acting);

/// Anybody of a tenant.
#[derive(Debug, Clone)]
pub struct Member(Acting, TenantScope);

/// A Global or Billing administrator of a tenant.
///
/// A handler without it has nothing to pass to a write:
/// ```compile_fail
/// fn sneaky(member: entente::access::guards::Member) {
///     fn needs(_: &entente::access::guards::BillingAdmin) {}
///     needs(&member);
/// }
/// ```
#[derive(Debug, Clone)]
pub struct BillingAdmin(Acting, TenantScope);

/// A Global administrator of a tenant.
#[derive(Debug, Clone)]
pub struct GlobalAdmin(Acting, TenantScope);

/// Anybody of a partner's staff.
#[derive(Debug, Clone)]
pub struct Staff(Acting, PartnerScope);

/// An Admin or Sales agent of a partner, who may invite: a Sales agent by the types without roles
/// alone, which the store asks of every invitation.
#[derive(Debug, Clone)]
pub struct Inviter(Acting, PartnerScope);

/// An Admin agent of a partner.
#[derive(Debug, Clone)]
pub struct AdminAgent(Acting, PartnerScope);

/// Somebody who runs the installation.
#[derive(Debug, Clone)]
pub struct Operator(Acting);

/// That the roles were looked at before a guard was made.
#[derive(Debug, Clone, Copy)]
pub struct Checked(());

/// What all guards have in common.
pub trait Guard: Sized + Clone + Send + Sync + 'static {
    /// The roles of which one is needed; none for anybody on the side.
    const ROLES: &'static [MemberRole];

    /// The guard over somebody whose roles suffice; `None` for a stranger to this side. Only this
    /// module can call it, since only it makes a [`Checked`].
    fn over(acting: Acting, checked: Checked) -> Option<Self>;

    /// Who acts.
    fn acting(&self) -> &Acting;

    /// The shell of this person's pages.
    fn shell(&self, req: &HttpRequest) -> Shell {
        nav::shell(self.acting(), req)
    }

    /// Proves the guard outside of a request, for sample data and tests: the roles are read from
    /// the database like everywhere.
    ///
    /// # Errors
    /// As for a request.
    fn prove(
        conn: &mut DbConn,
        person: PersonId,
        membership: MembershipId,
        now: Instant,
        origin: Origin,
    ) -> Result<Self, Error> {
        let acting = acting::load(conn, person, membership, now, origin)?;
        check(conn, &acting.ok_or(Error::SignedOut)?)
    }
}

/// Turns a person into a guard, or says why not.
pub(super) fn check<G: Guard>(conn: &mut DbConn, acting: &Acting) -> Result<G, Error> {
    match may::<G>(acting)? {
        Some(guard) => Ok(guard),
        None => Err(denied::<G>(conn, acting)?),
    }
}

/// The guard, or nothing where the roles don't suffice.
///
/// # Errors
/// [`Error::NotFound`] for a stranger to this side.
pub(super) fn may<G: Guard>(acting: &Acting) -> Result<Option<G>, Error> {
    let allowed = G::ROLES.is_empty() || acting.holds(G::ROLES);
    let guard = G::over(acting.clone(), Checked(())).ok_or(Error::NotFound)?;
    Ok(allowed.then_some(guard))
}

/// The refusal that names the roles that may, and who holds them.
fn denied<G: Guard>(conn: &mut DbConn, acting: &Acting) -> Result<Error, Error> {
    Ok(Error::Denied(Box::new(Denial {
        roles: G::ROLES.to_vec(),
        holders: holders(conn, acting, G::ROLES)?,
        person: acting.name.clone(),
        employer: acting.employer.as_ref().map(|employer| Employer {
            name: employer.name.clone(),
            gave_the_account: true,
        }),
    })))
}

macro_rules! guard {
    ($guard:ident, $roles:expr, |$acting:ident| $over:expr) => {
        impl Guard for $guard {
            const ROLES: &'static [MemberRole] = $roles;

            fn over($acting: Acting, _: Checked) -> Option<Self> {
                $over
            }

            fn acting(&self) -> &Acting {
                &self.0
            }
        }

        impl Actor for $guard {
            fn recheck(&self, conn: &mut DbConn) -> Result<Self, Error> {
                let roles = acting::held_roles(conn, &self.0)?;
                check(
                    conn,
                    &Acting {
                        roles,
                        ..self.0.clone()
                    },
                )
            }
        }

        impl FromRequest for $guard {
            type Error = Error;
            type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

            fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
                from_request(req, payload)
            }
        }
    };
}

guard!(SignedIn, &[], |acting| Some(Self(acting)));
guard!(Member, &[], |acting| {
    let scope = TenantScope::new(acting.tenant.as_ref()?.id);
    (acting.side == Side::Tenant).then_some(Self(acting, scope))
});
guard!(
    BillingAdmin,
    &[
        MemberRole::GlobalAdministrator,
        MemberRole::BillingAdministrator
    ],
    |acting| {
        let scope = TenantScope::new(acting.tenant.as_ref()?.id);
        (acting.side == Side::Tenant).then_some(Self(acting, scope))
    }
);
guard!(GlobalAdmin, &[MemberRole::GlobalAdministrator], |acting| {
    let scope = TenantScope::new(acting.tenant.as_ref()?.id);
    (acting.side == Side::Tenant).then_some(Self(acting, scope))
});
guard!(Staff, &[], |acting| {
    let scope = PartnerScope::new(acting.partner.as_ref()?.id);
    (acting.side == Side::Partner).then_some(Self(acting, scope))
});
guard!(
    Inviter,
    &[MemberRole::AdminAgent, MemberRole::SalesAgent],
    |acting| {
        let scope = PartnerScope::new(acting.partner.as_ref()?.id);
        (acting.side == Side::Partner).then_some(Self(acting, scope))
    }
);
guard!(AdminAgent, &[MemberRole::AdminAgent], |acting| {
    let scope = PartnerScope::new(acting.partner.as_ref()?.id);
    (acting.side == Side::Partner).then_some(Self(acting, scope))
});
guard!(Operator, &[MemberRole::Operator], |acting| {
    (acting.side == Side::Operator).then_some(Self(acting))
});

impl SignedIn {
    /// The same person by a further guard, where the roles suffice: for pages that show more to
    /// some than to others.
    #[must_use]
    pub fn also<G: Guard>(&self) -> Option<G> {
        if G::ROLES.is_empty() || self.0.holds(G::ROLES) {
            G::over(self.0.clone(), Checked(()))
        } else {
            None
        }
    }

    /// The same person as an administrator who sees partners.
    ///
    /// # Errors
    /// [`Error::Denied`] for somebody of a tenant without the role, [`Error::NotFound`] for
    /// strangers to tenants.
    pub fn as_billing_admin(&self, conn: &mut DbConn) -> Result<BillingAdmin, Error> {
        check(conn, &self.0)
    }
}

impl Member {
    /// The tenant that may be read.
    #[must_use]
    pub const fn scope(&self) -> TenantScope {
        self.1
    }
}

impl BillingAdmin {
    /// The tenant that may be read.
    #[must_use]
    pub const fn scope(&self) -> TenantScope {
        self.1
    }

    /// The tenant acted for.
    ///
    /// # Errors
    /// None in practice: the guard is over somebody of a tenant.
    pub fn tenant(&self) -> Result<&acting::TenantFacts, Error> {
        self.0.tenant.as_ref().ok_or(Error::NotFound)
    }
}

impl GlobalAdmin {
    /// The tenant that may be read.
    #[must_use]
    pub const fn scope(&self) -> TenantScope {
        self.1
    }
}

macro_rules! of_a_partner {
    ($($guard:ident)*) => { $(
        impl $guard {
            /// The partner that may be read.
            #[must_use]
            pub const fn scope(&self) -> PartnerScope {
                self.1
            }
        }
    )* };
}

of_a_partner!(Staff Inviter AdminAgent);

impl Inviter {
    /// Makes sure that the roles suffice for invitations of a type.
    ///
    /// # Errors
    /// [`Error::Denied`] names who may: for types that ask for roles, an Admin agent alone.
    pub fn may_send(&self, conn: &mut DbConn, kind: RelationshipType) -> Result<(), Error> {
        if may_invite(&self.0.roles, kind) {
            return Ok(());
        }
        check::<AdminAgent>(conn, &self.0).map(drop)
    }
}
