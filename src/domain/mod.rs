//! What is true: states, types, roles and parsed values. No web, no SQL, no clock.

pub mod acceptance;
pub mod agreement;
pub mod claim;
pub mod contact_request;
pub mod country;
pub mod directory;
pub mod email;
pub mod event;
pub mod grant;
pub mod invitation;
pub mod lookalike;
pub mod membership;
pub mod name;
pub mod phone;
pub mod profile;
pub mod public_id;
pub mod quota;
pub mod relationship;
pub mod reminder;
pub mod renewal;
pub mod role;
pub mod spoken;
pub mod staff_invitation;
pub mod standing;
pub mod text;
pub mod token;

use crate::id::Id;

/// An instant: UTC, to the microsecond.
pub type Instant = chrono::DateTime<chrono::Utc>;

macro_rules! ids {
    ($($(#[$doc:meta])* $marker:ident $alias:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $marker {}
        $(#[$doc])*
        pub type $alias = Id<$marker>;
    )* };
}

ids! {
    /// A customer organization or school.
    TenantMark TenantId;
    /// A domain that a tenant owns.
    TenantDomainMark TenantDomainId;
    /// Someone who signs in.
    PersonMark PersonId;
    /// A person's place in one tenant, partner or the operator.
    MembershipMark MembershipId;
    /// One role of one membership, from a time until a time.
    MembershipRoleMark MembershipRoleId;
    /// A company that works for tenants.
    PartnerMark PartnerId;
    /// A kind of agreement.
    AgreementMark AgreementId;
    /// One immutable version of an agreement.
    VersionMark VersionId;
    /// A version that is being written.
    DraftMark DraftId;
    /// What a partner says of a customer's acceptance.
    ClaimMark ClaimId;
    /// One version's text in one language.
    TextMark TextId;
    /// A partner's request to a customer.
    InvitationMark InvitationId;
    /// One secret link to an invitation.
    InvitationTokenMark InvitationTokenId;
    /// Tenant x partner x type.
    RelationshipMark RelationshipId;
    /// One admin role given to a partner.
    GrantMark GrantId;
    /// The record that an agreement version was accepted.
    AcceptanceMark AcceptanceId;
    /// The record that an invitation was accepted.
    AuthorizationMark AuthorizationId;
    /// One line of the audit log.
    EventMark EventId;
    /// The chain that an event stands in.
    ChainMark ChainId;
    /// Erasable personal data that evidence commits to.
    PersonalMark PersonalId;
    /// A mail that waits or went.
    MailMark MailId;
    /// A signed-in browser.
    SessionMark SessionId;
    /// What a customer wrote to partners.
    ContactMessageMark ContactMessageId;
    /// A customer's request to a partner.
    ContactRequestMark ContactRequestId;
    /// One mailed link by which a password is set.
    PasswordResetMark PasswordResetId;
    /// A link by which somebody joins a partner's staff.
    StaffInvitationMark StaffInvitationId;
    /// One worker's claim on a mail that waits.
    MailLeaseMark MailLeaseId;
}

/// Writes an enum's words once: `as_str`, `parse`, `ALL`, `Display` and serde, all from one table.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// Every value, in the order of its declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word that is kept in databases, addresses and evidence.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The value that `word` names, if any.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::parse(word).ok_or_else(|| $crate::domain::UnknownWord {
                    what: stringify!($name),
                    known: Self::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&word).ok_or_else(|| serde::de::Error::custom("unknown word"))
            }
        }
    };
}
pub(crate) use words;

/// A word that none of an enum's values has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a {what}: expected one of {known}")]
pub struct UnknownWord {
    /// The enum.
    pub what: &'static str,
    /// Its words.
    pub known: String,
}

/// A step that the current state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{what} is {state} and can't be {step}")]
pub struct InvalidTransition {
    /// What was asked to change.
    pub what: &'static str,
    /// The state that it is in.
    pub state: &'static str,
    /// The step that was refused.
    pub step: &'static str,
}

words! {
    /// A language that pages, mails and agreements are written in.
    Language {
        /// English, also the language of last resort.
        En = "en",
        /// French.
        Fr = "fr",
    }
}

words! {
    /// What sort of customer a tenant is.
    TenantKind {
        /// A company, authority or association.
        Organization = "organization",
        /// A school or group of schools.
        School = "school",
    }
}
