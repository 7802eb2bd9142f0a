//! The clock: the only place that asks for the time, so that tests can set it.

use std::sync::{Arc, Mutex, PoisonError};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use chrono::{SubsecRound, Utc};

use crate::{domain::Instant, error::Error};

/// Where the time comes from.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands until it is moved.
    Set(Arc<Mutex<Instant>>),
}

impl Clock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn standing_at(at: Instant) -> Self {
        Self::Set(Arc::new(Mutex::new(at)))
    }

    /// The time, to the microsecond.
    #[must_use]
    pub fn now(&self) -> Instant {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the one place that asks")]
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Set(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a standing clock; the machine's can't be moved.
    pub fn set(&self, to: Instant) {
        if let Self::Set(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
    }
}

/// The time at which a request is answered.
#[derive(Debug, Clone, Copy)]
pub struct Now(pub Instant);

impl FromRequest for Now {
    type Error = Error;
    type Future = std::future::Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let clock = req.app_data::<Data<Clock>>();
        std::future::ready(match clock {
            Some(clock) => Ok(Self(clock.now())),
            None => Err(Error::internal("no clock")),
        })
    }
}
