//! `/billing/invitations`: what waits, and what was answered.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use serde::Deserialize;

use super::super::store::{find, invitation::Invitation};
use crate::{
    access::guards::{BillingAdmin, Guard},
    db::Db,
    domain::{
        Instant,
        invitation::{InvitationState, InvitationStatus},
    },
    error::Error,
    web::{
        form::query,
        now::Now,
        page::{Avatar, Shell, page},
    },
};

#[derive(Template)]
#[template(path = "invitations/list.html")]
struct ListPage {
    shell: Shell,
    now: Instant,
    waiting: Vec<Row>,
    past: Vec<Row>,
    declined: Option<String>,
}

/// One line of either table.
struct Row {
    invitation: Invitation,
    avatar: Avatar,
    status: InvitationStatus,
    tone: &'static str,
    icon: &'static str,
    closed_at: Option<Instant>,
}

impl Row {
    /// Whether an answer is waited for. A suspended partner's invitation can't be accepted.
    fn waits(&self) -> bool {
        self.status == InvitationStatus::Open && !self.invitation.partner.suspended
    }

    fn of(invitation: Invitation) -> Self {
        let closed_at = match invitation.state {
            InvitationState::Open => None,
            InvitationState::Accepted { at, .. }
            | InvitationState::Declined { at, .. }
            | InvitationState::Withdrawn { at, .. }
            | InvitationState::Expired { at } => Some(at),
        };
        let status = invitation.state.status();
        let (tone, icon) = look(status);
        Self {
            avatar: Avatar::company(&invitation.partner.name),
            status,
            tone,
            icon,
            closed_at,
            invitation,
        }
    }
}

/// How what became of an invitation looks: the badge's tone and its icon.
pub(super) const fn look(status: InvitationStatus) -> (&'static str, &'static str) {
    match status {
        InvitationStatus::Accepted => ("good", "check"),
        InvitationStatus::Expired => ("", "clock"),
        InvitationStatus::Open | InvitationStatus::Declined | InvitationStatus::Withdrawn => {
            ("", "minus-circle")
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    declined: Option<String>,
}

/// `GET /billing/invitations`, with a note read back from what is stored after declining.
pub async fn list(
    req: HttpRequest,
    by: BillingAdmin,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let asked: Asked = query(&req)?;
    let scope = by.scope();
    let all = db.read(move |conn| find::list(conn, scope, now.0)).await?;
    let rows: Vec<Row> = all.into_iter().map(Row::of).collect();
    let (waiting, mut past): (Vec<_>, Vec<_>) = rows.into_iter().partition(Row::waits);
    past.sort_by_key(|row| std::cmp::Reverse(row.closed_at));
    let declined = past
        .iter()
        .filter(|row| row.status == InvitationStatus::Declined)
        .find(|row| asked.declined.as_deref() == Some(row.invitation.id.to_string().as_str()))
        .map(|row| row.invitation.partner.name.clone());
    page(&ListPage {
        shell: by.shell(&req),
        now: now.0,
        waiting,
        past,
        declined,
    })
}
