//! Admin roles that a partner may be given, and what each permits.

use super::words;

words! {
    /// A role in the tenant that a partner's staff can be given by a grant.
    AdminRole {
        /// Everything in the tenant: full control.
        GlobalAdministrator = "global_administrator",
        /// Passwords of people who are not administrators, and support requests.
        HelpdeskAdministrator = "helpdesk_administrator",
    }
}

words! {
    /// One thing that a role or a type lets partner staff do.
    Capability {
        /// Create and delete user accounts.
        UsersCreate = "users.create",
        /// Assign and manage licences.
        LicencesAssign = "licences.assign",
        /// Reset anyone's password.
        PasswordsResetAny = "passwords.reset_any",
        /// Reset the passwords of people who are not administrators.
        PasswordsReset = "passwords.reset",
        /// Change security and sign-in settings.
        SecurityChange = "security.change",
        /// Open and follow support requests.
        SupportWork = "support.work",
        /// Order subscriptions and seats.
        OrdersPlace = "orders.place",
        /// See one's own orders.
        OrdersSeeOwn = "orders.see_own",
        /// See the orders of the tenant's other MPSA partners.
        OrdersSeeShared = "orders.see_shared",
        /// Submit an app and its versions.
        AppsSubmit = "apps.submit",
    }
}

words! {
    /// How far a partner reaches into a tenant: always shown in words, next to bars.
    Reach {
        /// Nothing beyond the relationship itself.
        NoAdminRoles = "none",
        /// May sell.
        PurchasesOnly = "purchases",
        /// Has one user account.
        OneUserAccount = "account",
        /// Sees what other MPSA partners sold.
        SharedPurchases = "shared_purchases",
        /// Manages apps it made.
        OwnApps = "own_apps",
        /// Helpdesk administrator.
        PasswordsAndSupport = "support",
        /// Global administrator.
        FullControl = "full",
    }
}

impl AdminRole {
    /// Whether the role gives full control, which is named wherever it appears.
    #[must_use]
    pub const fn full_control(self) -> bool {
        matches!(self, Self::GlobalAdministrator)
    }

    /// What a member of staff may do with this role.
    #[must_use]
    pub const fn capabilities(self) -> &'static [Capability] {
        match self {
            Self::GlobalAdministrator => &[
                Capability::UsersCreate,
                Capability::LicencesAssign,
                Capability::PasswordsResetAny,
                Capability::PasswordsReset,
                Capability::SecurityChange,
                Capability::SupportWork,
            ],
            Self::HelpdeskAdministrator => &[Capability::PasswordsReset, Capability::SupportWork],
        }
    }

    /// What people are told that staff can do with this role. Who resets anyone's password needn't
    /// be told of some people's.
    #[must_use]
    pub fn told(self) -> Vec<Capability> {
        let all = self.capabilities();
        let anyone = all.contains(&Capability::PasswordsResetAny);
        let told = all.iter().copied();
        told.filter(|one| !anyone || *one != Capability::PasswordsReset)
            .collect()
    }

    /// What people are told that staff can't do with this role: what full control would add.
    #[must_use]
    pub fn lacks(self) -> Vec<Capability> {
        let full = Self::GlobalAdministrator.told().into_iter();
        full.filter(|one| !self.capabilities().contains(one))
            .collect()
    }

    /// The reach that this role alone gives.
    #[must_use]
    pub const fn reach(self) -> Reach {
        match self {
            Self::GlobalAdministrator => Reach::FullControl,
            Self::HelpdeskAdministrator => Reach::PasswordsAndSupport,
        }
    }
}

impl Reach {
    /// How many of the four bars are filled.
    #[must_use]
    pub const fn bars(self) -> u8 {
        match self {
            Self::NoAdminRoles => 0,
            Self::PurchasesOnly | Self::OneUserAccount | Self::SharedPurchases => 1,
            Self::OwnApps | Self::PasswordsAndSupport => 2,
            Self::FullControl => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_global_administrator_is_full_control_and_fills_all_bars() {
        for role in AdminRole::ALL {
            assert_eq!(role.full_control(), *role == AdminRole::GlobalAdministrator);
            assert_eq!(role.full_control(), role.reach().bars() == 4);
        }
    }

    #[test]
    fn people_are_told_what_each_role_can_and_what_it_can_not_do() {
        let (global, helpdesk) = (
            AdminRole::GlobalAdministrator,
            AdminRole::HelpdeskAdministrator,
        );
        assert!(global.lacks().is_empty());
        assert!(!global.told().contains(&Capability::PasswordsReset));
        assert!(helpdesk.lacks().contains(&Capability::PasswordsResetAny));
        assert_eq!(helpdesk.told(), helpdesk.capabilities());
        assert!(
            helpdesk
                .told()
                .iter()
                .all(|one| !helpdesk.lacks().contains(one))
        );
    }

    #[test]
    fn helpdesk_can_do_nothing_that_global_cannot() {
        let global = AdminRole::GlobalAdministrator.capabilities();
        for capability in AdminRole::HelpdeskAdministrator.capabilities() {
            assert!(global.contains(capability));
        }
        assert!(
            !AdminRole::HelpdeskAdministrator
                .capabilities()
                .contains(&Capability::UsersCreate)
        );
    }
}
