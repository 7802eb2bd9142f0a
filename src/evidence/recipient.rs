//! Who is told for a side: one address for each, so that nobody hears of the same thing twice.

use diesel::prelude::*;

use crate::{
    db::{
        DbConn,
        schema::{authorizations, membership_roles, memberships, partners, people, relationships},
        word,
    },
    domain::{
        Language, PartnerId, PersonId, TenantId,
        membership::{MemberRole, Side},
    },
    error::Error,
};

/// Somebody to write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The address as typed.
    pub email: String,
    /// The language of the profile, or English.
    pub language: Language,
}

type Row = (Option<String>, Option<Language>);

/// The living accounts of a tenant's own people, a row for each role held.
macro_rules! held_at {
    ($tenant:expr) => {
        memberships::table
            .inner_join(people::table)
            .inner_join(
                membership_roles::table.on(membership_roles::membership_id
                    .eq(memberships::id)
                    .and(membership_roles::ended_at.is_null())),
            )
            .filter(memberships::tenant_id.eq($tenant))
            .filter(memberships::ended_at.is_null())
            .filter(memberships::for_partner_id.is_null())
            .filter(people::disabled_at.is_null())
            .filter(people::erased_at.is_null())
    };
}

/// That a role sees partners, and decides about them.
#[diesel::dsl::auto_type]
pub(super) fn decides() -> _ {
    membership_roles::role
        .eq(word::GlobalAdministrator)
        .or(membership_roles::role.eq(word::BillingAdministrator))
}

fn recipient((email, language): Row) -> Option<Recipient> {
    Some(Recipient {
        email: email?,
        language: language.unwrap_or(Language::En),
    })
}

/// Whoever hears of things on a partner's side: its contact, or else its first Admin agent. The
/// partner can't leave itself without any: it always keeps an Admin agent.
///
/// # Errors
/// The database's.
pub fn partner_side(conn: &mut DbConn, partner: PartnerId) -> Result<Option<Recipient>, Error> {
    let contact: Option<String> = partners::table
        .find(partner)
        .select(partners::contact_email)
        .first(conn)?;
    let agent: Option<Row> = memberships::table
        .inner_join(people::table)
        .inner_join(
            membership_roles::table.on(membership_roles::membership_id
                .eq(memberships::id)
                .and(membership_roles::ended_at.is_null())),
        )
        .filter(memberships::partner_id.eq(partner))
        .filter(memberships::ended_at.is_null())
        .filter(membership_roles::role.eq(MemberRole::kept_by(Side::Partner)))
        .filter(people::disabled_at.is_null())
        .filter(people::erased_at.is_null())
        .order((memberships::created_at, memberships::id))
        .select((people::email, people::language))
        .first(conn)
        .optional()?;
    let agent = agent.and_then(recipient);
    let language = agent.as_ref().map_or(Language::En, |agent| agent.language);
    Ok(contact.map(|email| Recipient { email, language }).or(agent))
}

/// Whoever hears of things that a partner did, on a tenant's side: the last one who authorized that
/// partner and still sees partners, or else the tenant's first Global administrator. Accounts that
/// were given for a partner hear nothing.
///
/// # Errors
/// The database's.
pub fn tenant_side(
    conn: &mut DbConn,
    tenant: TenantId,
    partner: PartnerId,
) -> Result<Option<Recipient>, Error> {
    let authorizer: Option<Row> = held_at!(tenant)
        .inner_join(authorizations::table.on(authorizations::membership_id.eq(memberships::id)))
        .inner_join(relationships::table.on(relationships::id.eq(authorizations::relationship_id)))
        .filter(decides())
        .filter(relationships::partner_id.eq(partner))
        .filter(relationships::tenant_id.eq(tenant))
        .order((
            authorizations::authorized_at.desc(),
            authorizations::id.desc(),
        ))
        .select((people::email, people::language))
        .first(conn)
        .optional()?;
    if let Some(found) = authorizer.and_then(recipient) {
        return Ok(Some(found));
    }
    let first: Option<Row> = held_at!(tenant)
        .filter(membership_roles::role.eq(word::GlobalAdministrator))
        .order((memberships::created_at, memberships::id))
        .select((people::email, people::language))
        .first(conn)
        .optional()?;
    Ok(first.and_then(recipient))
}

/// Everybody who decides for a tenant, each once: its Global and Billing administrators, in the
/// order in which they came. Accounts that were given for a partner are none.
///
/// # Errors
/// The database's.
pub fn administrators(
    conn: &mut DbConn,
    tenant: TenantId,
) -> Result<Vec<(PersonId, Recipient)>, Error> {
    let rows: Vec<(PersonId, Option<String>, Option<Language>)> = held_at!(tenant)
        .filter(decides())
        .order((memberships::created_at, memberships::id))
        .select((people::id, people::email, people::language))
        .load(conn)?;
    let mut found: Vec<(PersonId, Recipient)> = Vec::new();
    for (person, email, language) in rows {
        let known = found.iter().any(|(one, _)| *one == person);
        if let (false, Some(to)) = (known, recipient((email, language))) {
            found.push((person, to));
        }
    }
    Ok(found)
}
