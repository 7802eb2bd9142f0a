//! The review: who asks, for what, how long, on which terms; then the decision.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::{
    super::store::{answer, find, invitation::Invitation},
    list::look,
};
use crate::{
    access::{
        guards::{BillingAdmin, Guard, Member, SignedIn},
        holders::{Holder, deciders},
    },
    db::{Db, DbConn},
    domain::{
        Instant, InvitationId, Language, RelationshipId,
        grant::GrantDuration,
        invitation::{InvitationState, InvitationStatus, Terms, TermsChange},
        membership::{MayNot, MemberRole},
    },
    error::{Denial, Employer, Error},
    evidence::agreement::Standing,
    web::{
        form::Mistakes,
        now::Now,
        page::{Avatar, Shell, page_with},
        shown,
    },
};

/// What stands in the way of accepting an open invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// Nothing.
    None,
    /// Only a Global administrator may accept roles here.
    Role,
    /// Whoever works for the partner doesn't accept what it asks for.
    OwnEmployer,
    /// The operator suspended the partner.
    Suspended,
    /// The operator published no agreement.
    NoAgreement,
}

/// Everything that the page needs, read at once.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub invitation: Invitation,
    pub terms: Option<(Terms, Standing)>,
    pub obstacle: Obstacle,
    pub relationship: Option<RelationshipId>,
    /// The roles that may accept, and who else holds one, where this person may not.
    pub roles: &'static [MemberRole],
    pub holders: Vec<Holder>,
}

pub(super) fn facts(
    conn: &mut DbConn,
    by: &BillingAdmin,
    id: InvitationId,
    language: Language,
    now: Instant,
) -> Result<Facts, Error> {
    let invitation = find::find(conn, by.scope(), id, now)?;
    let terms = answer::terms(conn, by, &invitation, language, now)?;
    let accepters = answer::accepters(conn, by, &invitation)?;
    let obstacle = match (invitation.partner.suspended, &terms, accepters.this_one) {
        (true, ..) => Obstacle::Suspended,
        (_, None, _) => Obstacle::NoAgreement,
        (.., Err(MayNot::OwnEmployer)) => Obstacle::OwnEmployer,
        (.., Err(MayNot::Role)) => Obstacle::Role,
        (.., Ok(())) => Obstacle::None,
    };
    let roles = accepters.roles;
    let holders = match accepters.this_one {
        Err(_) => deciders(conn, by.acting(), roles, invitation.partner.id)?,
        Ok(()) => Vec::new(),
    };
    let relationship = find::relationship_of(conn, by.scope(), id)?;
    Ok(Facts {
        invitation,
        terms,
        obstacle,
        relationship,
        roles,
        holders,
    })
}

#[derive(Template)]
#[template(path = "invitations/review.html")]
struct ReviewPage {
    shell: Shell,
    tenant: String,
    avatar: Avatar,
    invitation: Invitation,
    standing: Option<Standing>,
    terms: String,
    accepts_agreement: bool,
    obstacle: Obstacle,
    holders: Vec<Holder>,
    until: Instant,
    changes: Vec<&'static str>,
    mistakes: Mistakes,
}

#[derive(Template)]
#[template(path = "invitations/closed.html")]
struct ClosedPage {
    shell: Shell,
    tenant: String,
    invitation: Invitation,
    status: InvitationStatus,
    look: (&'static str, &'static str),
    at: Instant,
    relationship: Option<RelationshipId>,
    conflict: bool,
}

impl ClosedPage {
    /// Whether a new link can be asked for.
    fn may_ask(&self) -> bool {
        self.status == InvitationStatus::Expired && self.invitation.renewal_requested_at.is_none()
    }

    /// Whether there is anything to do but to leave.
    fn leads_on(&self) -> bool {
        self.may_ask() || self.relationship.is_some()
    }
}

#[derive(Template)]
#[template(path = "invitations/elsewhere.html")]
struct ElsewherePage {
    shell: Shell,
    organization: String,
    next: String,
}

/// Renders the review, or what became of the invitation.
pub(super) fn render(
    shell: Shell,
    by: &BillingAdmin,
    facts: Facts,
    status: StatusCode,
    (changes, mistakes): (&[TermsChange], Mistakes),
    now: Instant,
) -> Result<HttpResponse, Error> {
    let tenant = by.tenant()?.name.clone();
    let Facts {
        invitation,
        terms,
        obstacle,
        relationship,
        holders,
        ..
    } = facts;
    let at = match invitation.state {
        InvitationState::Open => {
            let days = invitation.days.unwrap_or(GrantDuration::DEFAULT.in_days());
            let until = GrantDuration::days(days)
                .map_err(Error::internal)?
                .end_from(now);
            let (packed, accepts, standing) = match terms {
                Some((terms, standing)) => {
                    (shown::pack(&terms), terms.accepts_agreement, Some(standing))
                }
                None => (String::new(), false, None),
            };
            return page_with(
                status,
                &ReviewPage {
                    avatar: Avatar::company(&invitation.partner.name),
                    shell: shell.mistaken(!mistakes.is_empty()),
                    tenant,
                    invitation,
                    standing,
                    terms: packed,
                    accepts_agreement: accepts,
                    obstacle,
                    holders,
                    until,
                    changes: changes.iter().map(|change| change_key(*change)).collect(),
                    mistakes,
                },
            );
        }
        InvitationState::Accepted { at, .. }
        | InvitationState::Declined { at, .. }
        | InvitationState::Withdrawn { at, .. }
        | InvitationState::Expired { at } => at,
    };
    let conflict = status == StatusCode::CONFLICT;
    let state = invitation.state.status();
    let page = ClosedPage {
        shell,
        tenant,
        invitation,
        status: state,
        look: look(state),
        at,
        relationship,
        conflict,
    };
    page_with(status, &page)
}

const fn change_key(change: TermsChange) -> &'static str {
    match change {
        TermsChange::Type => "review-changed-type",
        TermsChange::Roles => "review-changed-roles",
        TermsChange::Duration => "review-changed-duration",
        TermsChange::People => "review-changed-people",
        TermsChange::Agreement => "review-changed-agreement",
    }
}

/// `GET /billing/invitations/{id}`. What isn't this tenant's looks like what isn't there, and
/// offers another account.
pub async fn review(
    req: HttpRequest,
    who: SignedIn,
    id: Path<String>,
    db: Data<Db>,
    now: Now,
) -> Result<HttpResponse, Error> {
    let shell = who.shell(&req);
    let language = shell.l.language;
    let asked = who.clone();
    let id: Option<InvitationId> = id.parse().ok();
    let read = db.read(move |conn| {
        let id = id.ok_or(Error::NotFound)?;
        let member = asked.also::<Member>().ok_or(Error::NotFound)?;
        find::find(conn, member.scope(), id, now.0)?;
        let by = asked.as_billing_admin(conn)?;
        let facts = facts(conn, &by, id, language, now.0)?;
        Ok((by, facts))
    });
    match read.await {
        Ok((by, facts)) => render(
            shell,
            &by,
            facts,
            StatusCode::OK,
            (&[], Mistakes::none()),
            now.0,
        ),
        Err(Error::NotFound) => elsewhere(shell, &who, req.path()),
        Err(error) => Err(error),
    }
}

fn elsewhere(shell: Shell, who: &SignedIn, path: &str) -> Result<HttpResponse, Error> {
    let organization = who.acting().organization().to_owned();
    let page = ElsewherePage {
        shell,
        organization,
        next: path.to_owned(),
    };
    page_with(StatusCode::NOT_FOUND, &page)
}

/// The refusal for somebody who decides here, but not about this.
pub(super) fn denied(by: &BillingAdmin, facts: &Facts, why: MayNot) -> Error {
    Error::Denied(Box::new(Denial {
        roles: facts.roles.to_vec(),
        holders: facts.holders.clone(),
        person: by.acting().name.clone(),
        employer: (why == MayNot::OwnEmployer).then(|| Employer {
            name: facts.invitation.partner.name.clone(),
            gave_the_account: false,
        }),
    }))
}
