//! Who a person is for a tenant, a partner or the operator.

use super::{relationship::RelationshipType, words};

words! {
    /// Which side of the triangle a membership is on.
    Side {
        /// A customer's own people.
        Tenant = "tenant",
        /// A partner's staff.
        Partner = "partner",
        /// Those who run the installation.
        Operator = "operator",
    }
}

words! {
    /// A role that a membership can hold.
    MemberRole {
        /// Tenant: everything.
        GlobalAdministrator = "global_administrator",
        /// Tenant: partner relationships, agreements, purchases.
        BillingAdministrator = "billing_administrator",
        /// Tenant: user accounts; no partner pages.
        UserAdministrator = "user_administrator",
        /// Tenant: passwords and support; no partner pages.
        HelpdeskAdministrator = "helpdesk_administrator",
        /// Partner: invitations, all delegated work, staff, profile.
        AdminAgent = "admin_agent",
        /// Partner: invitations of types without roles, orders, contact requests.
        SalesAgent = "sales_agent",
        /// Partner: delegated help-desk work only.
        HelpdeskAgent = "helpdesk_agent",
        /// Operator: registers, publishes, watches health.
        Operator = "operator",
    }
}

impl MemberRole {
    /// The side on which the role exists.
    #[must_use]
    pub const fn side(self) -> Side {
        match self {
            Self::GlobalAdministrator
            | Self::BillingAdministrator
            | Self::UserAdministrator
            | Self::HelpdeskAdministrator => Side::Tenant,
            Self::AdminAgent | Self::SalesAgent | Self::HelpdeskAgent => Side::Partner,
            Self::Operator => Side::Operator,
        }
    }

    /// Whether a tenant's partner pages are open to the role.
    #[must_use]
    pub const fn sees_partners(self) -> bool {
        matches!(self, Self::GlobalAdministrator | Self::BillingAdministrator)
    }

    /// The role of which a tenant or partner always keeps one active holder.
    #[must_use]
    pub const fn kept_by(side: Side) -> Self {
        match side {
            Side::Tenant => Self::GlobalAdministrator,
            Side::Partner => Self::AdminAgent,
            Side::Operator => Self::Operator,
        }
    }
}

/// The roles that count for a membership. One that was given to somebody who works for a partner
/// never decides about partners, whatever roles it holds: nobody accepts an own employer's wishes.
#[must_use]
pub fn that_count(mut held: Vec<MemberRole>, for_a_partner: bool) -> Vec<MemberRole> {
    held.retain(|role| !(for_a_partner && role.sees_partners()));
    held
}

/// Which types of invitation somebody with these roles may send and take back.
#[must_use]
pub fn may_invite(roles: &[MemberRole], kind: RelationshipType) -> bool {
    roles.contains(&MemberRole::AdminAgent)
        || roles.contains(&MemberRole::SalesAgent) && kind.askable_roles().is_empty()
}

/// Why somebody of a tenant may not accept an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayNot {
    /// It takes another role.
    Role,
    /// The person works for the partner that asks.
    OwnEmployer,
}

/// The roles that accept an invitation, given the tenant's setting.
#[must_use]
pub const fn that_accept(grants_roles: bool, billing_may: bool) -> &'static [MemberRole] {
    if grants_roles && !billing_may {
        &[MemberRole::GlobalAdministrator]
    } else {
        &[
            MemberRole::GlobalAdministrator,
            MemberRole::BillingAdministrator,
        ]
    }
}

/// Whether somebody with these roles accepts an invitation that takes one of `needed`. Nobody
/// accepts what the own employer asks for, whatever the roles.
///
/// # Errors
/// Says why not.
pub fn may_accept(
    roles: &[MemberRole],
    needed: &[MemberRole],
    works_for_inviter: bool,
) -> Result<(), MayNot> {
    if works_for_inviter {
        Err(MayNot::OwnEmployer)
    } else if roles.iter().any(|role| needed.contains(role)) {
        Ok(())
    } else {
        Err(MayNot::Role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_billing_administrator_accepts_roles_only_where_the_tenant_lets_it() {
        use MemberRole::{BillingAdministrator as Billing, GlobalAdministrator as Global};
        for (roles, grants, setting, expected) in [
            (vec![Global], true, false, true),
            (vec![Global], false, false, true),
            (vec![Billing], true, true, true),
            (vec![Billing], true, false, false),
            (vec![Billing], false, false, true),
            (vec![Global, Billing], true, false, true),
            (vec![], false, true, false),
            (vec![MemberRole::UserAdministrator], false, true, false),
            (vec![MemberRole::HelpdeskAdministrator], true, true, false),
            (vec![MemberRole::AdminAgent], false, true, false),
        ] {
            let needed = that_accept(grants, setting);
            let why_not = (!expected).then_some(MayNot::Role);
            assert_eq!(
                may_accept(&roles, needed, false).err(),
                why_not,
                "{roles:?} {grants} {setting}"
            );
            assert_eq!(
                may_accept(&roles, needed, true),
                Err(MayNot::OwnEmployer),
                "{roles:?} {grants} {setting}"
            );
        }
    }

    #[test]
    fn a_sales_agent_invites_by_types_without_roles_only() {
        for kind in RelationshipType::ALL {
            let asks = !kind.askable_roles().is_empty();
            for (roles, expected) in [
                (vec![MemberRole::AdminAgent], true),
                (vec![MemberRole::SalesAgent], !asks),
                (vec![MemberRole::HelpdeskAgent], false),
                (
                    vec![MemberRole::HelpdeskAgent, MemberRole::SalesAgent],
                    !asks,
                ),
                (vec![MemberRole::SalesAgent, MemberRole::AdminAgent], true),
                (vec![], false),
                (vec![MemberRole::GlobalAdministrator], false),
            ] {
                assert_eq!(may_invite(&roles, *kind), expected, "{roles:?} {kind}");
            }
        }
    }

    #[test]
    fn whoever_works_for_a_partner_decides_nothing_about_partners() {
        let all = MemberRole::ALL.to_vec();
        assert_eq!(that_count(all.clone(), false), all);
        let left = that_count(all.clone(), true);
        assert!(!left.iter().any(|role| role.sees_partners()));
        assert_eq!(left.len(), all.len() - 2);
    }

    #[test]
    fn partner_pages_are_for_two_roles_only() {
        let seeing: Vec<_> = MemberRole::ALL
            .iter()
            .filter(|role| role.sees_partners())
            .collect();
        assert_eq!(
            seeing,
            [
                &MemberRole::GlobalAdministrator,
                &MemberRole::BillingAdministrator
            ]
        );
    }
}
