//! Events: the lines of the audit log.

use super::words;

words! {
    /// What happened. The words are part of evidence and never change their meaning.
    EventKind {
        /// A tenant was registered.
        TenantAdded = "tenant.added",
        /// A tenant's settings changed.
        TenantSettingsChanged = "tenant.settings_changed",
        /// A domain was registered as a tenant's.
        TenantDomainAdded = "tenant.domain_added",
        /// A domain is no longer a tenant's.
        TenantDomainRemoved = "tenant.domain_removed",
        /// A user was added.
        UserAdded = "user.added",
        /// A user's or member's roles changed.
        RolesChanged = "user.roles_changed",
        /// A user was disabled.
        UserDisabled = "user.disabled",
        /// A password was set or changed.
        PasswordChanged = "person.password_changed",
        /// A password was set by a mailed link.
        PasswordReset = "person.password_reset",
        /// A person changed language or appearance.
        ProfileChanged = "person.profile_changed",
        /// A session was ended by its owner.
        SessionEnded = "person.session_ended",
        /// A person's data were erased.
        PersonErased = "person.erased",
        /// A partner was registered.
        PartnerAdded = "partner.added",
        /// A partner was suspended.
        PartnerSuspended = "partner.suspended",
        /// A partner's suspension was lifted.
        PartnerReinstated = "partner.reinstated",
        /// Somebody was asked to join a partner's staff.
        StaffInvited = "staff.invited",
        /// The partner took that back.
        StaffInvitationWithdrawn = "staff.invitation_withdrawn",
        /// Somebody joined a partner's staff.
        StaffJoined = "staff.joined",
        /// A member of a partner's staff was added.
        StaffAdded = "staff.added",
        /// A member of a partner's staff was disabled.
        StaffDisabled = "staff.disabled",
        /// A partner changed its profile in the directory.
        DirectoryProfileChanged = "directory.profile_changed",
        /// A partner published its profile.
        DirectoryPublished = "directory.published",
        /// A partner took its profile out of the directory.
        DirectoryHidden = "directory.hidden",
        /// An operator was added.
        OperatorAdded = "operator.added",
        /// An agreement version was written or changed, for nobody to accept yet.
        AgreementDrafted = "agreement.drafted",
        /// What was written was thrown away.
        AgreementDraftDiscarded = "agreement.draft_discarded",
        /// An agreement version was published.
        AgreementPublished = "agreement.published",
        /// An agreement version was accepted.
        AgreementAccepted = "agreement.accepted",
        /// A partner said that the agreement was accepted elsewhere.
        AgreementClaimed = "agreement.claimed",
        /// The agreement was accepted of which a partner had said so.
        AgreementClaimConfirmed = "agreement.claim_confirmed",
        /// What a partner said of an acceptance was dismissed.
        AgreementClaimDismissed = "agreement.claim_dismissed",
        /// An invitation was created.
        InvitationCreated = "invitation.created",
        /// An invitation was accepted, and its roles granted.
        InvitationAccepted = "invitation.accepted",
        /// An invitation was declined.
        InvitationDeclined = "invitation.declined",
        /// An invitation was withdrawn.
        InvitationWithdrawn = "invitation.withdrawn",
        /// An invitation ran out.
        InvitationExpired = "invitation.expired",
        /// An invitation's link was replaced by a new one.
        InvitationResent = "invitation.resent",
        /// A customer asked for a new link.
        RenewalRequested = "invitation.renewal_requested",
        /// A customer wrote to a partner.
        ContactRequested = "contact.requested",
        /// An invitation came of a contact request.
        ContactAnswered = "contact.answered",
        /// A partner declined a contact request.
        ContactDeclined = "contact.declined",
        /// Nobody answered a contact request in time.
        ContactExpired = "contact.expired",
        /// Parked mail was let out again.
        MailRetried = "mail.retried",
        /// Admin roles were removed.
        RolesRemoved = "roles.removed",
        /// A partner gave admin roles back.
        RolesGivenBack = "roles.given_back",
        /// Admin roles ran out.
        RolesEnded = "roles.ended",
        /// A relationship ended.
        RelationshipEnded = "relationship.ended",
        /// A checkpoint of all chains was written.
        CheckpointWritten = "checkpoint.written",
        /// Somebody signed in asked for what they may not do.
        AccessDenied = "access.denied",
    }
}

words! {
    /// Whether what was asked for happened.
    Outcome {
        /// It happened.
        Done = "done",
        /// It was refused.
        Denied = "denied",
    }
}

words! {
    /// What the audit log can be filtered by.
    EventGroup {
        /// Contact requests, invitations, and the answers to both.
        Invitations = "invitations",
        /// Agreements and acceptances.
        Agreements = "agreements",
        /// Roles removed or ended, and relationships ended.
        Roles = "roles",
        /// People, their roles, passwords and settings.
        People = "people",
        /// Requests that were refused.
        Denied = "denied",
    }
}

impl EventKind {
    /// The group that the kind is filtered under.
    #[must_use]
    pub const fn group(self) -> EventGroup {
        match self {
            Self::InvitationCreated
            | Self::InvitationAccepted
            | Self::InvitationDeclined
            | Self::InvitationWithdrawn
            | Self::InvitationExpired
            | Self::InvitationResent
            | Self::RenewalRequested
            | Self::ContactRequested
            | Self::ContactAnswered
            | Self::ContactDeclined
            | Self::ContactExpired => EventGroup::Invitations,
            Self::AgreementDrafted
            | Self::AgreementDraftDiscarded
            | Self::AgreementPublished
            | Self::AgreementAccepted
            | Self::AgreementClaimed
            | Self::AgreementClaimConfirmed
            | Self::AgreementClaimDismissed => EventGroup::Agreements,
            Self::RolesRemoved
            | Self::RolesGivenBack
            | Self::RolesEnded
            | Self::RelationshipEnded => EventGroup::Roles,
            Self::AccessDenied => EventGroup::Denied,
            Self::TenantAdded
            | Self::TenantSettingsChanged
            | Self::TenantDomainAdded
            | Self::TenantDomainRemoved
            | Self::UserAdded
            | Self::RolesChanged
            | Self::UserDisabled
            | Self::PasswordChanged
            | Self::PasswordReset
            | Self::ProfileChanged
            | Self::SessionEnded
            | Self::PersonErased
            | Self::MailRetried
            | Self::PartnerAdded
            | Self::PartnerSuspended
            | Self::PartnerReinstated
            | Self::StaffInvited
            | Self::StaffInvitationWithdrawn
            | Self::StaffJoined
            | Self::StaffAdded
            | Self::StaffDisabled
            | Self::DirectoryProfileChanged
            | Self::DirectoryPublished
            | Self::DirectoryHidden
            | Self::OperatorAdded
            | Self::CheckpointWritten => EventGroup::People,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_kinds_and_every_word_reads_back() {
        for group in EventGroup::ALL {
            assert!(
                EventKind::ALL.iter().any(|kind| kind.group() == *group),
                "{group}"
            );
        }
        for kind in EventKind::ALL {
            assert_eq!(EventKind::parse(kind.as_str()), Some(*kind));
        }
    }
}
