//! The one error type, and the one table of statuses.

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};

use crate::{
    db,
    domain::{InvalidTransition, membership::MemberRole},
};

/// Why a request has no ordinary answer. What a person sees is made by the error pages; the text
/// of a fault stays in the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session has ended.
    #[error("not signed in")]
    SignedOut,
    /// Somebody is signed in, and lacks the role.
    #[error("not allowed")]
    Denied(Box<Denial>),
    /// A request that changes something came from somewhere else than our own pages.
    #[error("cross-site request")]
    CrossSite,
    /// There is no such thing, or it is a stranger's.
    #[error("not found")]
    NotFound,
    /// The state has moved on since the page was shown.
    #[error("{0}")]
    Conflict(String),
    /// A rule refuses what was asked, in words for the command line.
    #[error("{0}")]
    Refused(String),
    /// Not a request that our own pages send.
    #[error("malformed request")]
    BadRequest,
    /// The method is not one of those named.
    #[error("method not allowed")]
    MethodNotAllowed(&'static str),
    /// The body is larger than any of our forms.
    #[error("request too large")]
    TooLarge,
    /// The body did not arrive in time.
    #[error("request too slow")]
    TooSlow,
    /// Too many tries; seconds until the next is looked at.
    #[error("too many tries")]
    TooMany(i64),
    /// The database or the machine can't serve now.
    #[error("busy")]
    Busy,
    /// A query failed.
    #[error("database: {0}")]
    Database(diesel::result::Error),
    /// Something that should not happen.
    #[error("{0}")]
    Internal(String),
}

/// What a refusal tells: which roles may, and who holds them.
#[derive(Debug, Clone, Default)]
pub struct Denial {
    /// The roles that may.
    pub roles: Vec<MemberRole>,
    /// People of the same organization who hold one: name, e-mail address, role.
    pub holders: Vec<(String, String, MemberRole)>,
    /// The name of the person who is signed in.
    pub person: String,
    /// The partner that the person works for, where that is why.
    pub employer: Option<Employer>,
}

/// A partner whose people may not do what was asked.
#[derive(Debug, Clone)]
pub struct Employer {
    /// Its name.
    pub name: String,
    /// The account was given for it, and so decides nothing about any partner. Otherwise it is the
    /// one that asks.
    pub gave_the_account: bool,
}

impl Denial {
    /// Who may instead, as the title's words tell it apart.
    #[must_use]
    pub fn who_may(&self) -> String {
        if self.is_about_own_employer() {
            return "somebody-else".into();
        }
        let words: Vec<&str> = self.roles.iter().map(|role| role.as_str()).collect();
        words.join("-")
    }

    /// Whether the role would suffice, if the person didn't work for the partner that asks.
    #[must_use]
    pub fn is_about_own_employer(&self) -> bool {
        let employer = self.employer.as_ref();
        employer.is_some_and(|employer| !employer.gave_the_account)
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        match error {
            diesel::result::Error::NotFound => Self::NotFound,
            error if db::is_busy(&error) => {
                tracing::warn!(%error, "database busy");
                Self::Busy
            }
            error => Self::Database(error),
        }
    }
}

impl From<InvalidTransition> for Error {
    fn from(refused: InvalidTransition) -> Self {
        Self::Conflict(refused.to_string())
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Internal(format!("template: {error}"))
    }
}

impl Error {
    /// A fault with its cause, for the log.
    #[must_use]
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignedOut => StatusCode::SEE_OTHER,
            Self::Denied(_) | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Database(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        match self {
            Self::TooMany(seconds) => {
                response.insert_header((header::RETRY_AFTER, seconds.to_string()));
            }
            Self::Busy => {
                response.insert_header((header::RETRY_AFTER, "5"));
            }
            Self::MethodNotAllowed(allowed) => {
                response.insert_header((header::ALLOW, *allowed));
            }
            Self::TooLarge | Self::TooSlow => {
                response.force_close();
            }
            _ => {}
        }
        response.finish()
    }
}
