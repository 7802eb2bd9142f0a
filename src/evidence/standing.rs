//! How a relationship stands, asked of what is kept beside it: the same judgement in a query as
//! [`Kept::standing`] makes of one row.

use diesel::prelude::*;

use crate::{
    db::{MultiBackend, literal, schema::relationships, types::Ts, word},
    domain::{
        Instant,
        standing::{Kept, StandingFilter, soon_until},
    },
};

/// A query over relationships alone; names are joined to what is left of it.
pub type Narrowed = relationships::BoxedQuery<'static, MultiBackend>;

/// What [`kept`] is read from.
pub type KeptRow = (Option<Ts>, bool, Option<Ts>, Option<Ts>, Option<Ts>);

/// The columns of [`KeptRow`].
pub const KEPT: (
    relationships::ended_at,
    relationships::had_roles,
    relationships::global_until,
    relationships::helpdesk_until,
    relationships::roles_left_at,
) = (
    relationships::ended_at,
    relationships::had_roles,
    relationships::global_until,
    relationships::helpdesk_until,
    relationships::roles_left_at,
);

/// What is kept beside a relationship; when roles ran out is added by [`super::ran_out::add`].
#[must_use]
pub fn kept((ended, had_roles, global, helpdesk, left): KeptRow) -> Kept {
    Kept {
        ended_at: ended.map(Ts::instant),
        had_roles,
        global_until: global.map(Ts::instant),
        helpdesk_until: helpdesk.map(Ts::instant),
        roles_left_at: left.map(Ts::instant),
        ran_out_at: None,
    }
}

/// Those that a status finds: the same as [`Kept::standing`] says of one row.
#[must_use]
pub fn standing(query: Narrowed, status: StandingFilter, now: Instant) -> Narrowed {
    use relationships::{global_until as global, helpdesk_until as helpdesk};
    let (clock, limit) = (Ts::from(now), Ts::from(soon_until(now)));
    let active = relationships::state.eq(word::Active);
    match status {
        StandingFilter::Active => {
            let far_global = global.gt(limit).and(
                helpdesk
                    .is_null()
                    .or(helpdesk.le(clock))
                    .or(helpdesk.gt(limit)),
            );
            let far_helpdesk = helpdesk
                .gt(limit)
                .and(global.is_null().or(global.le(clock)));
            let never = relationships::had_roles.eq(false);
            query
                .filter(active)
                .filter(never.or(far_global).or(far_helpdesk))
        }
        StandingFilter::EndsSoon => soon(query, now),
        StandingFilter::RolesRemoved => {
            none_left(query, clock).filter(relationships::roles_left_at.is_not_null())
        }
        StandingFilter::RolesEnded => {
            none_left(query, clock).filter(relationships::roles_left_at.is_null())
        }
        StandingFilter::Ended => query.filter(relationships::state.eq(literal("ended"))),
        // Nobody is related to a tenant before it accepts.
        StandingFilter::Invited => query.filter(relationships::state.eq("")),
    }
}

/// Those in force that had roles and have none any more.
fn none_left(query: Narrowed, clock: Ts) -> Narrowed {
    use relationships::{global_until as global, helpdesk_until as helpdesk};
    query
        .filter(relationships::state.eq(word::Active))
        .filter(relationships::had_roles.eq(true))
        .filter(global.is_null().or(global.le(clock)))
        .filter(helpdesk.is_null().or(helpdesk.le(clock)))
}

/// Those with a role that ends within 30 days.
#[must_use]
pub fn soon(query: Narrowed, now: Instant) -> Narrowed {
    query.filter(ends_soon(now))
}

/// That it is in force and grants full control.
#[diesel::dsl::auto_type]
pub(crate) fn full_control(now: Instant) -> _ {
    let clock: Ts = Ts::from(now);
    relationships::state
        .eq(word::Active)
        .and(relationships::global_until.gt(clock))
}

/// That a role ends within 30 days.
#[diesel::dsl::auto_type]
pub(crate) fn ends_soon(now: Instant) -> _ {
    let clock: Ts = Ts::from(now);
    let limit: Ts = Ts::from(soon_until(now));
    // The first end is never after the one that is soon: the index stops there.
    let first: String = limit.text();
    let global = relationships::global_until
        .gt(clock)
        .and(relationships::global_until.le(limit));
    let helpdesk = relationships::helpdesk_until
        .gt(clock)
        .and(relationships::helpdesk_until.le(limit));
    relationships::state
        .eq(word::Active)
        .and(relationships::sort_end.le(first))
        .and(global.or(helpdesk))
}
