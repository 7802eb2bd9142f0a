//! What somebody who is erased wrote, and mail.

use diesel::prelude::*;
use serde_json::Value;

use super::{Named, lower};
use crate::{
    db::{
        DbConn, literal,
        schema::{contact_messages, contact_requests, invitations, memberships, outgoing_mail},
        types::Ts,
    },
    domain::{Instant, MailId, MembershipId},
    error::Error,
};

/// What stands where a row needs words and the person's are gone.
const GONE: &str = "–";

/// Requests that the person wrote, signed in or by the address, and words by which the person
/// declined others. Returns what the person typed, which mail repeats.
pub fn requests(conn: &mut DbConn, of: &Named, now: Instant) -> Result<Vec<String>, Error> {
    let theirs: Vec<MembershipId> = memberships::table
        .filter(memberships::person_id.eq(of.person))
        .select(memberships::id)
        .load(conn)?;
    let theirs: Vec<Option<MembershipId>> = theirs.into_iter().map(Some).collect();
    let by_address = contact_messages::email_folded.eq(&of.folded);
    let written = contact_messages::membership_id.eq_any(theirs.clone());
    let told: Vec<(Option<String>, Option<String>)> = contact_messages::table
        .filter(by_address.or(written))
        .select((contact_messages::need, contact_messages::name))
        .load(conn)?;
    let by_address = contact_messages::email_folded.eq(&of.folded);
    let written = contact_messages::membership_id.eq_any(theirs.clone());
    diesel::update(contact_messages::table.filter(by_address.or(written)))
        .set((
            contact_messages::need.eq(None::<String>),
            contact_messages::name.eq(None::<String>),
            contact_messages::email.eq(None::<String>),
            contact_messages::email_folded.eq(None::<String>),
            contact_messages::phone.eq(None::<String>),
            contact_messages::organization.eq(None::<String>),
            contact_messages::erased_at.eq(Some(Ts::from(now))),
        ))
        .execute(conn)?;
    let declined = contact_requests::table
        .filter(contact_requests::closed_by.eq_any(theirs.clone()))
        .filter(contact_requests::decline_reason.is_not_null());
    let refused = invitations::table.filter(invitations::closed_by.eq_any(theirs));
    let reasons: Vec<Option<String>> = declined
        .clone()
        .select(contact_requests::decline_reason)
        .load(conn)?;
    let whys: Vec<Option<String>> = refused
        .clone()
        .select(invitations::decline_reason)
        .load(conn)?;
    diesel::update(declined)
        .set(contact_requests::decline_reason.eq(Some(GONE)))
        .execute(conn)?;
    diesel::update(refused)
        .set(invitations::decline_reason.eq(None::<String>))
        .execute(conn)?;
    let told = told.into_iter().flat_map(|(need, name)| [need, name]);
    Ok(told.chain(reasons).chain(whys).flatten().collect())
}

/// Mail to the person: what waits isn't sent, and nothing keeps the address or the words. Mail to
/// others that waits, or was parked, loses what names the person.
pub fn mail(conn: &mut DbConn, of: &Named, now: Instant) -> Result<(), Error> {
    let to = lower(outgoing_mail::recipient);
    let to_them = to.eq_any([Some(of.small.clone()), Some(of.folded.clone())]);
    let rows: Vec<(MailId, String)> = outgoing_mail::table
        .filter(outgoing_mail::person_id.eq(of.person).or(to_them))
        .select((outgoing_mail::id, outgoing_mail::state))
        .load(conn)?;
    for (id, state) in rows {
        if state == "queued" {
            let waiting = outgoing_mail::table.find(id);
            diesel::update(waiting.filter(outgoing_mail::state.eq(literal("queued"))))
                .set((
                    outgoing_mail::state.eq("obsolete"),
                    outgoing_mail::sealed_link.eq(None::<Vec<u8>>),
                    outgoing_mail::closed_at.eq(Some(Ts::from(now))),
                ))
                .execute(conn)?;
        }
        // A mail server's words repeat the address.
        diesel::update(outgoing_mail::table.find(id))
            .set((
                outgoing_mail::recipient.eq(None::<String>),
                outgoing_mail::facts.eq("{}"),
                outgoing_mail::last_error.eq(None::<String>),
            ))
            .execute(conn)?;
    }
    let told: Vec<(MailId, String)> = outgoing_mail::table
        .filter(outgoing_mail::facts.ne("{}"))
        .select((outgoing_mail::id, outgoing_mail::facts))
        .load(conn)?;
    for (id, facts) in told {
        let facts: Value = serde_json::from_str(&facts).unwrap_or_default();
        let left = without(facts.clone(), of).unwrap_or_default();
        if left != facts {
            diesel::update(outgoing_mail::table.find(id))
                .set(outgoing_mail::facts.eq(left.to_string()))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// A value without the words that name somebody; nothing where it is one of them.
fn without(value: Value, of: &Named) -> Option<Value> {
    match value {
        Value::String(text) => (!of.is_told_by(&text)).then_some(Value::String(text)),
        Value::Array(all) => Some(all.into_iter().filter_map(|one| without(one, of)).collect()),
        Value::Object(all) => {
            let kept = all.into_iter();
            let kept = kept.filter_map(|(key, one)| Some((key, without(one, of)?)));
            Some(Value::Object(kept.collect()))
        }
        other => Some(other),
    }
}
