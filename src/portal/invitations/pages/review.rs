//! The review: who asks, for what, how long, on which terms; then the decision.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::{
    super::store::{answer, find, invitation::Invitation},
    closed::ClosedPage,
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
        invitation::{InvitationState, Terms, TermsChange},
        membership::{MayNot, MemberRole},
    },
    error::{Denial, Employer, Error},
    evidence::{
        agreement::Standing,
        renewed::{self, News},
    },
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
    /// What came out since the agreement was accepted.
    pub news: Option<News>,
    pub obstacle: Obstacle,
    pub relationship: Option<RelationshipId>,
    /// The roles that may accept, and who else holds one, where this person may not.
    pub roles: &'static [MemberRole],
    pub holders: Vec<Holder>,
}

/// Who reads the page, and of which invitation.
pub(super) struct Reader {
    pub shell: Shell,
    pub by: BillingAdmin,
    pub id: InvitationId,
}

impl Reader {
    /// Reads what the page needs.
    pub async fn facts(&self, db: &Db, now: Now) -> Result<Facts, Error> {
        let (by, id, language) = (self.by.clone(), self.id, self.shell.l.language);
        db.read(move |conn| facts(conn, &by, id, language, now.0))
            .await
    }

    /// The page again, as things stand now: what was sent can't be done any more.
    pub async fn again(
        self,
        db: &Db,
        changes: &[TermsChange],
        now: Now,
    ) -> Result<HttpResponse, Error> {
        let facts = self.facts(db, now).await?;
        let said = (changes, Mistakes::none());
        self.render(facts, StatusCode::CONFLICT, said, now)
    }

    /// Renders the review, or what became of the invitation.
    pub fn render(
        self,
        facts: Facts,
        status: StatusCode,
        (changes, mistakes): (&[TermsChange], Mistakes),
        now: Now,
    ) -> Result<HttpResponse, Error> {
        let tenant = self.by.tenant()?.name.clone();
        let (state, shell) = (facts.invitation.state, self.shell);
        if state == InvitationState::Open {
            let shell = shell.mistaken(!mistakes.is_empty());
            let page = ReviewPage::new(shell, tenant, facts, (changes, mistakes), now.0)?;
            return page_with(status, &page);
        }
        let page = ClosedPage::new(shell, tenant, facts, status == StatusCode::CONFLICT);
        page_with(status, &page)
    }
}

fn facts(
    conn: &mut DbConn,
    by: &BillingAdmin,
    id: InvitationId,
    language: Language,
    now: Instant,
) -> Result<Facts, Error> {
    let invitation = find::find(conn, by.scope(), id, now)?;
    let terms = answer::terms(conn, by, &invitation, language, now)?;
    let news = match &terms {
        Some((_, standing)) => renewed::news(conn, standing, language)?,
        None => None,
    };
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
        news,
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
    news: Option<News>,
    terms: String,
    accepts_agreement: bool,
    obstacle: Obstacle,
    holders: Vec<Holder>,
    until: Instant,
    changes: Vec<&'static str>,
    mistakes: Mistakes,
}

impl ReviewPage {
    fn new(
        shell: Shell,
        tenant: String,
        facts: Facts,
        (changes, mistakes): (&[TermsChange], Mistakes),
        now: Instant,
    ) -> Result<Self, Error> {
        let invitation = facts.invitation;
        let days = invitation.days.unwrap_or(GrantDuration::DEFAULT.in_days());
        let duration = GrantDuration::days(days).map_err(Error::internal)?;
        let (terms, accepts_agreement, standing) = match facts.terms {
            Some((terms, standing)) => {
                (shown::pack(&terms), terms.accepts_agreement, Some(standing))
            }
            None => (String::new(), false, None),
        };
        Ok(Self {
            avatar: Avatar::company(&invitation.partner.name),
            shell,
            tenant,
            invitation,
            standing,
            news: facts.news,
            terms,
            accepts_agreement,
            obstacle: facts.obstacle,
            holders: facts.holders,
            until: duration.end_from(now),
            changes: changes.iter().map(|change| change_key(*change)).collect(),
            mistakes,
        })
    }
}

#[derive(Template)]
#[template(path = "invitations/elsewhere.html")]
struct ElsewherePage {
    shell: Shell,
    organization: String,
    next: String,
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
        Ok((facts(conn, &by, id, language, now.0)?, by, id))
    });
    match read.await {
        Ok((facts, by, id)) => {
            let reader = Reader { shell, by, id };
            reader.render(facts, StatusCode::OK, (&[], Mistakes::none()), now)
        }
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
