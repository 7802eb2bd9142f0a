//! One customer, with everything that its page shows: from the rows that the customer's own page
//! reads.

use super::give_back::given_back_by;
use crate::{
    access::scope::PartnerScope,
    db::DbConn,
    domain::{
        Instant, RelationshipId,
        event::{EventGroup, EventKind},
        grant::Grant,
        role::AdminRole,
        standing::Standing,
    },
    error::Error,
    evidence::{
        agreed::{self, Agreed},
        authorized::{self, Authorized},
        claims::{self, Claim},
        consent::{self, Consent},
        gone::{self, Gone, Left},
        grants,
        member::member_name,
        relationship::{self, Other, Relationship},
        told::{self, Filter, Told},
    },
};

/// The most lines of activity that the page shows.
const SHOWN: i64 = 10;

/// A grant with whoever gave it.
#[derive(Debug, Clone)]
pub struct Granted {
    /// The grant.
    pub grant: Grant,
    /// Who authorized it.
    pub authorized: Option<Authorized>,
    /// How it went, and when, once it is closed.
    pub gone: Option<(Instant, Gone)>,
}

/// Everything about one customer.
#[derive(Debug, Clone)]
pub struct Found {
    /// The relationship.
    pub relationship: Relationship,
    /// Every grant that it ever gave, the newest first.
    pub grants: Vec<Granted>,
    /// The other relationships with the same customer.
    pub others: Vec<Other>,
    /// How the last role went, where there is none.
    pub left: Option<Left>,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// Who authorized it last.
    pub authorized: Option<Authorized>,
    /// What was accepted before.
    pub agreed: Option<Agreed>,
    /// What the customer has accepted by now.
    pub consent: Consent,
    /// What the partner said last of an acceptance elsewhere.
    pub claim: Option<Claim>,
    /// What happened.
    pub activity: Vec<Told>,
    /// The roles that were given back a moment ago.
    pub given_back: Vec<AdminRole>,
}

/// Reads what the page shows; `given_back` is the number of the event to tell of on top.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is a stranger's.
pub fn find(
    conn: &mut DbConn,
    scope: PartnerScope,
    id: RelationshipId,
    given_back: Option<i64>,
    now: Instant,
) -> Result<Found, Error> {
    let of = relationship::of_partner(conn, scope, id)?;
    let ended_by = match of.ended_by {
        Some(member) => member_name(conn, member)?,
        None => None,
    };
    let left = match of.kept.standing(now) {
        Standing::RolesRemoved(_) | Standing::RolesEnded(_) => gone::left(conn, &of, now)?,
        _ => None,
    };
    let given_back = match given_back {
        Some(number) => given_back_by(conn, &of, number)?,
        None => Vec::new(),
    };
    let customer = [(of.between, of.customer.country.as_str())];
    let consents = consent::of_customers(conn, &customer, now)?;
    Ok(Found {
        grants: granted(conn, &of, now)?,
        others: relationship::others(conn, &of)?,
        left,
        ended_by,
        authorized: authorized::newest(conn, of.between, id)?,
        agreed: agreed::agreed(conn, of.between, id)?,
        consent: consents
            .get(&of.customer.id)
            .copied()
            .unwrap_or(Consent::Missing),
        claim: claims::newest(conn, of.between)?,
        activity: activity(conn, scope, &of)?,
        given_back,
        relationship: of,
    })
}

fn granted(conn: &mut DbConn, of: &Relationship, now: Instant) -> Result<Vec<Granted>, Error> {
    let mut by = authorized::of_grants(conn, of.between, of.id)?;
    let mut granted = Vec::new();
    for grant in grants::of_relationship(conn, of.between, of.id)? {
        granted.push(Granted {
            authorized: by.remove(&grant.id),
            gone: gone::gone(conn, &grant, now)?,
            grant,
        });
    }
    Ok(granted)
}

/// What happened to this relationship and to the invitations that it came of. What else the
/// customer does is its own affair.
fn activity(conn: &mut DbConn, scope: PartnerScope, of: &Relationship) -> Result<Vec<Told>, Error> {
    let kinds = EventKind::ALL.iter().copied();
    let said = |kind: EventKind| {
        matches!(
            kind,
            EventKind::AgreementClaimed
                | EventKind::AgreementClaimConfirmed
                | EventKind::AgreementClaimDismissed
        )
    };
    let shared = kinds.filter(|kind| {
        matches!(kind.group(), EventGroup::Invitations | EventGroup::Roles) || said(*kind)
    });
    let filter = Filter {
        kinds: Some(shared.collect()),
        relationship: Some((of.between.tenant(), of.id)),
        ..Filter::newest(SHOWN)
    };
    told::told_to_partner(conn, scope, &filter)
}
