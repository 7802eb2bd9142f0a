//! The receipt by mail, to whoever accepted.

use serde_json::{Value, json};

use super::outbox::{self, Attached, MailKind, NewMail, Waiting};
use crate::{
    access::{
        guards::{BillingAdmin, Guard},
        scope::TenantScope,
    },
    db::{DbConn, types::Ts},
    domain::{AcceptanceId, Instant, Language},
    error::Error,
    evidence::{
        agreement::{Text, Version},
        receipt::{self, Receipt},
    },
    signing::SigningKey,
};

/// The longest receipt that is attached, in bytes: mail servers refuse mails of some megabytes, and
/// a part of a mail takes a third more.
const LONGEST: usize = 2 * 1024 * 1024;

/// Writes the mail with the way to the receipt.
///
/// # Errors
/// The database's.
pub fn tell(
    conn: &mut DbConn,
    by: &BillingAdmin,
    acceptance: AcceptanceId,
    (version, text): (&Version, &Text),
    now: Instant,
) -> Result<(), Error> {
    let (acting, tenant) = (by.acting(), by.tenant()?);
    let facts = json!({
        "tenant_name": tenant.name,
        "title": text.title,
        "dated": version.dated,
        "acceptance": acceptance,
        "at": Ts::from(now).text(),
        "zone": tenant.zone.name(),
    });
    let mail = NewMail {
        kind: MailKind::AcceptanceReceipt,
        recipient: &acting.email,
        language: acting.language.unwrap_or(Language::En),
        tenant: Some(tenant.id),
        partner: None,
        invitation: None,
        relationship: None,
        person: Some(acting.person),
        facts,
        secret_link: None,
        once: None,
    };
    outbox::enqueue(conn, &mail, now)
}

/// The receipt that a mail brings, as its page hands it out now. What isn't there, names nobody any
/// more, is damaged, or is too long for a mail, isn't attached: then the mail says where it is.
///
/// # Errors
/// The database's.
pub fn attached(
    conn: &mut DbConn,
    mail: &Waiting,
    signer: &SigningKey,
) -> Result<Option<Attached>, Error> {
    let id = mail.facts.get("acceptance").and_then(Value::as_str);
    let id: Option<AcceptanceId> = id.and_then(|id| id.parse().ok());
    let (Some(id), Some(tenant)) = (id, mail.tenant) else {
        return Ok(None);
    };
    let receipt = match receipt::acceptance(conn, TenantScope::by_itself(tenant), id) {
        Err(Error::NotFound | Error::Internal(_)) => return Ok(None),
        receipt => receipt?,
    };
    if receipt.names_nobody() {
        return Ok(None);
    }
    // A damaged one has sounded the alarm.
    let text = receipt.seal(signer).ok();
    let text = text.filter(|text| text.len() <= LONGEST);
    Ok(text.map(|text| Attached {
        name: Receipt::mailed_name(id),
        kind: "application/json",
        bytes: text.into_bytes(),
    }))
}
