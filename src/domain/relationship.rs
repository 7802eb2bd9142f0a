//! The seven types of relationship, and a relationship's state.

use super::{
    Instant, InvalidTransition, MembershipId,
    role::{AdminRole, Capability, Reach},
    words,
};

words! {
    /// How a partner works with a tenant. The partner chooses the type when it invites.
    RelationshipType {
        /// Sells products to the tenant.
        Reseller = "reseller",
        /// Manages the tenant's products and services.
        DelegatedAdministrator = "delegated_administrator",
        /// Sells to the tenant and manages what it sells.
        ResellerAndDelegatedAdministrator = "reseller_and_delegated_administrator",
        /// Works with a user account that the tenant gives it.
        Partner = "partner",
        /// Resets passwords and handles support requests.
        Advisor = "advisor",
        /// Sees purchases that the tenant's other MPSA partners made.
        MpsaPartner = "mpsa_partner",
        /// Develops, submits and manages the tenant's own apps.
        LineOfBusinessPartner = "line_of_business_partner",
    }
}

/// Why a type can't ask for a set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RolesRefused {
    /// The type may not ask for this role.
    #[error("this type of relationship can't ask for the role {0}")]
    NotOfThisType(AdminRole),
    /// The type is about admin roles, and none was asked for.
    #[error("this type of relationship asks for at least one role")]
    NoneChosen,
}

impl RelationshipType {
    /// The admin roles that an invitation of this type may ask for.
    #[must_use]
    pub const fn askable_roles(self) -> &'static [AdminRole] {
        match self {
            Self::DelegatedAdministrator | Self::ResellerAndDelegatedAdministrator => &[
                AdminRole::GlobalAdministrator,
                AdminRole::HelpdeskAdministrator,
            ],
            Self::Advisor => &[AdminRole::HelpdeskAdministrator],
            Self::Reseller | Self::Partner | Self::MpsaPartner | Self::LineOfBusinessPartner => &[],
        }
    }

    /// Whether an invitation of this type makes no sense without a role.
    #[must_use]
    pub const fn needs_a_role(self) -> bool {
        matches!(
            self,
            Self::DelegatedAdministrator | Self::ResellerAndDelegatedAdministrator
        )
    }

    /// Whether the partner may sell under this type.
    #[must_use]
    pub const fn sells(self) -> bool {
        matches!(
            self,
            Self::Reseller | Self::ResellerAndDelegatedAdministrator
        )
    }

    /// Checks what an invitation asks for: nothing beyond the type, and something where it must.
    ///
    /// # Errors
    /// [`RolesRefused`] names the first role in the way.
    pub fn check_roles(self, roles: &[AdminRole]) -> Result<(), RolesRefused> {
        if let Some(role) = roles
            .iter()
            .find(|role| !self.askable_roles().contains(role))
        {
            return Err(RolesRefused::NotOfThisType(*role));
        }
        if self.needs_a_role() && roles.is_empty() {
            return Err(RolesRefused::NoneChosen);
        }
        Ok(())
    }

    /// What the type itself permits while the relationship is active, without any grant.
    #[must_use]
    pub const fn capabilities(self) -> &'static [Capability] {
        match self {
            Self::Reseller | Self::ResellerAndDelegatedAdministrator => {
                &[Capability::OrdersPlace, Capability::OrdersSeeOwn]
            }
            Self::MpsaPartner => &[Capability::OrdersSeeShared],
            Self::LineOfBusinessPartner => &[Capability::AppsSubmit],
            Self::DelegatedAdministrator | Self::Partner | Self::Advisor => &[],
        }
    }

    /// Whether the type is for anything beyond the roles that it gives.
    #[must_use]
    pub const fn works_without_roles(self) -> bool {
        !self.capabilities().is_empty() || self.askable_roles().is_empty()
    }

    /// The type whose sentence says what is left of this one without roles.
    #[must_use]
    pub const fn without_roles(self) -> Self {
        match self {
            Self::ResellerAndDelegatedAdministrator => Self::Reseller,
            kind => kind,
        }
    }

    /// What people are told that the type alone doesn't permit; nothing is said of that beside
    /// roles, which permit it.
    #[must_use]
    pub fn lacks(self, alone: bool) -> Vec<Capability> {
        if alone {
            AdminRole::GlobalAdministrator.told()
        } else {
            Vec::new()
        }
    }

    /// How far a partner of this type reaches with these live roles.
    #[must_use]
    pub fn reach(self, live: &[AdminRole]) -> Reach {
        if live.contains(&AdminRole::GlobalAdministrator) {
            return Reach::FullControl;
        }
        if live.contains(&AdminRole::HelpdeskAdministrator) {
            return Reach::PasswordsAndSupport;
        }
        match self {
            Self::Reseller | Self::ResellerAndDelegatedAdministrator => Reach::PurchasesOnly,
            Self::Partner => Reach::OneUserAccount,
            Self::MpsaPartner => Reach::SharedPurchases,
            Self::LineOfBusinessPartner => Reach::OwnApps,
            Self::DelegatedAdministrator | Self::Advisor => Reach::NoAdminRoles,
        }
    }
}

/// Whether a relationship stands. "Roles removed" is not a state: it is "no live grants".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationshipState {
    /// The partner works with the tenant.
    Active,
    /// Over, and kept for the record.
    Ended {
        /// Who ended it.
        by: MembershipId,
        /// When.
        at: Instant,
    },
}

impl RelationshipState {
    /// The word that is kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Ended { .. } => "ended",
        }
    }

    /// Ends an active relationship.
    ///
    /// # Errors
    /// Refuses one that has ended.
    pub fn end(self, by: MembershipId, at: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Active => Ok(Self::Ended { by, at }),
            Self::Ended { .. } => Err(InvalidTransition {
                what: "the relationship",
                state: "ended",
                step: "ended",
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    #[test]
    fn each_type_asks_for_what_the_table_says_and_nothing_more() {
        use AdminRole::{GlobalAdministrator as Global, HelpdeskAdministrator as Helpdesk};
        use RelationshipType as T;
        let sets: [&[AdminRole]; 4] = [&[], &[Global], &[Helpdesk], &[Global, Helpdesk]];
        let expected: [(T, [bool; 4]); 7] = [
            (T::Reseller, [true, false, false, false]),
            (T::DelegatedAdministrator, [false, true, true, true]),
            (
                T::ResellerAndDelegatedAdministrator,
                [false, true, true, true],
            ),
            (T::Partner, [true, false, false, false]),
            (T::Advisor, [true, false, true, false]),
            (T::MpsaPartner, [true, false, false, false]),
            (T::LineOfBusinessPartner, [true, false, false, false]),
        ];
        for (kind, answers) in expected {
            for (set, allowed) in sets.iter().zip(answers) {
                assert_eq!(
                    kind.check_roles(set).is_ok(),
                    allowed,
                    "{kind} with {set:?}"
                );
            }
        }
        assert_eq!(T::ALL.len(), 7);
    }

    #[test]
    fn full_control_shows_in_the_reach_of_every_type() {
        for kind in RelationshipType::ALL {
            assert_eq!(
                kind.reach(&[AdminRole::GlobalAdministrator]),
                Reach::FullControl
            );
            assert_ne!(kind.reach(&[]), Reach::FullControl);
            assert_eq!(
                kind.reach(&[AdminRole::HelpdeskAdministrator]),
                Reach::PasswordsAndSupport
            );
        }
    }

    #[test]
    fn a_relationship_ends_once() {
        let (by, at) = (Id::at(Instant::UNIX_EPOCH), Instant::UNIX_EPOCH);
        let ended = RelationshipState::Active.end(by, at).unwrap();
        assert_eq!(ended, RelationshipState::Ended { by, at });
        assert!(ended.end(by, at).is_err());
    }

    #[test]
    fn words_read_back_as_themselves() {
        for kind in RelationshipType::ALL {
            assert_eq!(RelationshipType::parse(kind.as_str()), Some(*kind));
        }
        assert_eq!(RelationshipType::parse("Reseller"), None);
    }
}
