//! All of an acceptance or nothing of it, asked of every table.

use std::collections::BTreeSet;

use super::{PATIENCE, waits_until};
use crate::support::{
    db::{Backend, TestDb},
    program::tells,
};

/// What no row may be, in words and in SQL.
const NEVER: [(&str, &str); 15] = [
    (
        "accepted, without authorization",
        "invitations i WHERE i.state = 'accepted' AND NOT EXISTS \
         (SELECT 1 FROM authorizations a WHERE a.invitation_id = i.id)",
    ),
    (
        "authorized, without being accepted",
        "authorizations a JOIN invitations i ON i.id = a.invitation_id WHERE i.state <> 'accepted'",
    ),
    (
        "an authorization in another relationship than the invitation's, or in none that is active",
        "authorizations a JOIN invitations i ON i.id = a.invitation_id WHERE NOT EXISTS \
         (SELECT 1 FROM relationships r WHERE r.id = a.relationship_id AND r.state = 'active' \
          AND r.tenant_id = a.tenant_id AND r.partner_id = i.partner_id \
          AND r.relationship_type = i.relationship_type)",
    ),
    (
        "a relationship that nothing authorized",
        "relationships r WHERE NOT EXISTS \
         (SELECT 1 FROM authorizations a WHERE a.relationship_id = r.id)",
    ),
    (
        "other grants than the roles asked for",
        "authorizations a LEFT JOIN (SELECT g.authorization_id, count(*) AS given FROM grants g \
         JOIN authorizations b ON b.id = g.authorization_id \
          AND b.relationship_id = g.relationship_id AND b.tenant_id = g.tenant_id \
         JOIN invitation_roles r ON r.invitation_id = b.invitation_id AND r.role = g.role \
         GROUP BY g.authorization_id) g ON g.authorization_id = a.id WHERE coalesce(given, 0) <> \
         (SELECT count(*) FROM invitation_roles r WHERE r.invitation_id = a.invitation_id)",
    ),
    (
        "a grant too many",
        "grants g JOIN authorizations a ON a.id = g.authorization_id WHERE NOT EXISTS \
         (SELECT 1 FROM invitation_roles r \
          WHERE r.invitation_id = a.invitation_id AND r.role = g.role)",
    ),
    (
        "a role of a relationship without a live grant, where one was given",
        "grants g WHERE NOT EXISTS (SELECT 1 FROM grants l WHERE l.state = 'live' \
          AND l.relationship_id = g.relationship_id AND l.role = g.role)",
    ),
    (
        "copies for the list that differ from the grants",
        "relationships r WHERE \
         r.had_roles IS DISTINCT FROM EXISTS \
            (SELECT 1 FROM grants g WHERE g.relationship_id = r.id) \
         OR r.global_until IS DISTINCT FROM (SELECT max(g.ends_at) FROM grants g \
            WHERE g.relationship_id = r.id AND g.state = 'live' \
            AND g.role = 'global_administrator') \
         OR r.helpdesk_until IS DISTINCT FROM (SELECT max(g.ends_at) FROM grants g \
            WHERE g.relationship_id = r.id AND g.state = 'live' \
            AND g.role = 'helpdesk_administrator')",
    ),
    (
        "accepted with more or less than one event",
        "invitations i LEFT JOIN (SELECT invitation_id, count(*) AS told FROM events \
         WHERE kind = 'invitation.accepted' GROUP BY invitation_id) e ON e.invitation_id = i.id \
         WHERE coalesce(told, 0) <> CASE i.state WHEN 'accepted' THEN 1 ELSE 0 END",
    ),
    (
        "an authorization whose event is about something else",
        "authorizations a JOIN events e ON e.id = a.event_id \
         WHERE e.invitation_id <> a.invitation_id OR e.relationship_id <> a.relationship_id \
         OR e.tenant_id <> a.tenant_id OR e.kind <> 'invitation.accepted'",
    ),
    (
        "the agreement accepted without its event, or the event without it",
        "events e FULL JOIN acceptances a ON a.event_id = e.id \
         WHERE (e.kind = 'agreement.accepted' AND a.id IS NULL) \
         OR (a.id IS NOT NULL AND e.kind <> 'agreement.accepted') OR e.id IS NULL",
    ),
    (
        "an authorization that relies on another tenant's acceptance",
        "authorizations a JOIN acceptances c ON c.id = a.acceptance_id \
         WHERE c.tenant_id <> a.tenant_id",
    ),
    (
        "other mails than one to each side, or an invitation's mail that waits though answered",
        "invitations i LEFT JOIN (SELECT invitation_id, \
          sum(CASE WHEN kind = 'invitation_accepted' THEN 1 ELSE 0 END) AS told, \
          sum(CASE WHEN kind = 'invitation' AND state = 'queued' THEN 1 ELSE 0 END) AS waits \
          FROM outgoing_mail GROUP BY invitation_id) m ON m.invitation_id = i.id \
         WHERE coalesce(told, 0) <> CASE i.state WHEN 'accepted' THEN 2 ELSE 0 END \
         OR coalesce(waits, 0) <> CASE i.state WHEN 'open' THEN 1 ELSE 0 END",
    ),
    (
        "a link that works though answered, or not though open",
        "invitations i WHERE (SELECT count(*) FROM invitation_tokens t \
          WHERE t.invitation_id = i.id AND t.killed_at IS NULL) <> \
          CASE i.state WHEN 'open' THEN 1 ELSE 0 END",
    ),
    (
        "a person named by the invitation who did not become a user",
        "invitations i JOIN invitation_people p ON p.invitation_id = i.id \
         WHERE i.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM memberships m \
          WHERE m.person_id = p.person_id AND m.tenant_id = i.answered_tenant_id \
          AND m.for_partner_id = i.partner_id AND m.ended_at IS NULL)",
    ),
];

/// Checks everything that was kept.
pub fn is_whole(db: &TestDb) {
    settles(db);
    for (what, rows) in NEVER {
        let found = db.count(&format!("SELECT count(*) FROM {rows}"));
        assert_eq!(found, 0, "{what}");
    }
    let gaps = "SELECT count(*) FROM chains c WHERE c.head_number <> (SELECT count(*) FROM events \
         e WHERE e.chain_id = c.id) OR c.head_number <> (SELECT coalesce(max(e.number), 0) FROM \
         events e WHERE e.chain_id = c.id)";
    assert_eq!(db.count(gaps), 0, "chains with gaps");
    if db.backend == Backend::Sqlite {
        let sound = "SELECT integrity_check AS answer FROM pragma_integrity_check";
        assert_eq!(db.ask(sound), ["ok"]);
        let orphans = "SELECT \"table\" AS answer FROM pragma_foreign_key_check";
        assert_eq!(db.ask(orphans), [""; 0]);
    }
}

/// On Postgres: waits until it has seen that a killed process is gone, and ended what that one had
/// begun.
pub fn settles(db: &TestDb) {
    if db.backend == Backend::Postgres {
        let busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND \
                    pid <> pg_backend_pid() AND state <> 'idle'";
        waits_until("settled", PATIENCE, || db.count(busy) == 0);
    }
}

/// The invitations that were accepted, by their events.
pub fn accepted(db: &TestDb) -> BTreeSet<String> {
    let accepted = "SELECT canonical AS answer FROM events WHERE kind = 'invitation.accepted'";
    let events = db.ask(accepted).into_iter();
    let id = |text: String| {
        let event: serde_json::Value = serde_json::from_str(&text).unwrap();
        event["invitation"].as_str().unwrap().to_owned()
    };
    events.map(id).collect()
}

/// Everything that was acknowledged is there.
pub fn is_kept(db: &TestDb, acknowledged: &BTreeSet<String>) {
    let accepted = accepted(db);
    let lost: Vec<_> = acknowledged.difference(&accepted).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}

/// `entente audit verify` finds nothing wrong.
pub fn verifies(db: &TestDb) {
    let output = tells(&db.setting(), &["audit", "verify"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("Intact"), "{said}");
}
