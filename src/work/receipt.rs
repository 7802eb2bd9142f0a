//! The receipt by mail, to whoever accepted.

use serde_json::json;

use super::outbox::{self, MailKind, NewMail};
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::{DbConn, types::Ts},
    domain::{AcceptanceId, Instant, Language},
    error::Error,
    evidence::agreement::{Text, Version},
};

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
