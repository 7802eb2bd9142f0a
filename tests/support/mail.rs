//! The mail that waits, as it would be written out and sent.

use diesel::prelude::*;
use entente::{
    db::{DbConn, schema::outgoing_mail, types::Ts},
    domain::{
        InvitationId, Language, MailId, PartnerId, PersonId, RelationshipId, TenantId, email::Email,
    },
    portal::password_reset::store::{Asked, ask},
    work::{
        letter::letter,
        outbox::{Letter, MailKind, Waiting},
    },
};

use super::{TestApp, app::secret, cast::Persona};

/// A mail as its recipient reads it.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: String,
    pub kind: MailKind,
    pub waiting: Waiting,
    pub letter: Letter,
}

type Row = (
    (MailId, String, Option<String>, Language, String, Ts),
    (
        Option<TenantId>,
        Option<PartnerId>,
        Option<InvitationId>,
        Option<RelationshipId>,
        Option<PersonId>,
    ),
    (String, Option<Vec<u8>>),
);

fn rows(conn: &mut DbConn) -> QueryResult<Vec<Row>> {
    use outgoing_mail as m;
    m::table
        .filter(m::state.eq("queued"))
        .order((m::created_at, m::id))
        .select((
            (
                m::id,
                m::kind,
                m::recipient,
                m::language,
                m::message_id,
                m::created_at,
            ),
            (
                m::tenant_id,
                m::partner_id,
                m::invitation_id,
                m::relationship_id,
                m::person_id,
            ),
            (m::facts, m::sealed_link),
        ))
        .load(conn)
}

fn waiting(row: Row) -> Waiting {
    let ((id, kind, recipient, language, message_id, at), of, (facts, sealed)) = row;
    let (tenant, partner, invitation, relationship, person) = of;
    Waiting {
        id,
        kind: MailKind::parse(&kind).unwrap(),
        recipient: recipient.unwrap(),
        language,
        tenant,
        partner,
        invitation,
        relationship,
        person,
        facts: serde_json::from_str(&facts).unwrap(),
        link: sealed.map(|sealed| secret().open(&sealed).unwrap()),
        message_id,
        created_at: at.instant(),
        attached: None,
    }
}

impl TestApp {
    /// All mail that waits, in the order in which it was written.
    pub fn mails(&self) -> Vec<Mail> {
        let rows = self.state().db.read_here(|conn| Ok(rows(conn)?)).unwrap();
        let mail = |waiting: Waiting| Mail {
            to: waiting.recipient.clone(),
            kind: waiting.kind,
            letter: letter(&waiting, &self.state().site).unwrap(),
            waiting,
        };
        rows.into_iter().map(waiting).map(mail).collect()
    }

    /// The mail of one kind that waits.
    pub fn mails_of(&self, kind: MailKind) -> Vec<Mail> {
        let mut mails = self.mails();
        mails.retain(|mail| mail.kind == kind);
        mails
    }

    /// The path of the newest link for a new password that waits in a mail.
    pub fn reset_link(&self) -> String {
        let mails = self.mails_of(MailKind::PasswordReset);
        let link = mails.last().unwrap().waiting.link.clone().unwrap();
        link.strip_prefix(&self.state().site.origin())
            .unwrap()
            .to_owned()
    }

    /// A link by which one of the cast sets a new password: its token.
    pub fn resets(&self, persona: Persona) -> String {
        let asked = Asked {
            email: Email::parse(&self.world().person(persona).email).unwrap(),
            client: "192.0.2.99".parse().unwrap(),
            language: Language::En,
        };
        let (state, now) = (self.state(), self.now());
        let write = |conn: &mut DbConn| ask(conn, &asked, &state.site, &state.secret, now);
        state.db.write_here(write).unwrap();
        self.reset_link().replace("/password-reset/", "")
    }
}
