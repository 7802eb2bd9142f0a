//! What an acceptance records, in the words that evidence uses.

use super::words;

words! {
    /// What a record is of.
    RecordKind {
        /// An agreement's acceptance.
        Acceptance = "acceptance",
        /// A partner's authorization.
        Authorization = "authorization",
    }
}

impl RecordKind {
    /// The form that the record is kept in. A change of layout takes a new name, so that records made
    /// before stay readable.
    #[must_use]
    pub const fn format(self) -> &'static str {
        match self {
            Self::Acceptance => "entente.acceptance.v1",
            Self::Authorization => "entente.authorization.v1",
        }
    }
}

/// How a person proved who they are before accepting.
pub const AUTHENTICATED_BY_PASSWORD: &str = "password";

/// The affirmative act that both records name.
pub const ACT_CHECKBOX_AND_BUTTON: &str = "checkbox_and_button";

/// The affirmative act where the agreement had been accepted before and no box is shown.
pub const ACT_BUTTON: &str = "button";
