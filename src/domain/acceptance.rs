//! What an acceptance records, in the words that evidence uses.

/// How a person proved who they are before accepting.
pub const AUTHENTICATED_BY_PASSWORD: &str = "password";

/// The affirmative act that both records name.
pub const ACT_CHECKBOX_AND_BUTTON: &str = "checkbox_and_button";

/// The affirmative act where the agreement had been accepted before and no box is shown.
pub const ACT_BUTTON: &str = "button";

/// The form that records of acceptance and authorization are kept in. A change of layout takes a
/// new name, so that records made before stay readable.
pub const RECORD_FORMAT: &str = "entente.acceptance.v1";

/// The form of an authorization's record.
pub const AUTHORIZATION_FORMAT: &str = "entente.authorization.v1";
