//! Mails in words: pure, from what the outbox holds. The same words go into a text and a page.

mod account;
mod answered;
mod contact;
mod facts;
mod inert;
mod invitation;
mod receipt;
mod renewal;
mod roles;
mod staff;

use askama::Template;
use url::Url;

pub use self::invitation::{Asking, invitation_draft, invitation_letter};
use self::{
    facts::Facts,
    inert::{inert, one_line},
};
use super::outbox::{Letter, MailKind, Waiting};
use crate::{
    domain::Language,
    error::Error,
    web::{locale::Locale, page::Site},
};

/// A letter before it is typeset: what pages that show one in advance take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The language that it is written in.
    pub language: Language,
    /// The subject, on one line, which also heads the letter.
    pub subject: String,
    /// What follows, in its order.
    pub blocks: Vec<Block>,
}

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph in our words.
    Text(String),
    /// What somebody else typed: who, and the lines. Never more than text.
    Quote(String, Vec<String>),
    /// A heading.
    Heading(String),
    /// What somebody will be able to do: a title, the role's name, how far it reaches where that is
    /// full control, and each thing.
    Powers(String, Option<String>, Option<String>, Vec<String>),
    /// A warning: a title and a sentence.
    Risk(String, String),
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// What to do: the words, and a path of ours; where the link doesn't exist yet, what stands in
    /// its place.
    Action(String, Result<String, String>),
    /// A sentence in small print.
    Fine(String),
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    draft: &'a Draft,
    site: &'a Site,
    foot: String,
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct Text<'a> {
    draft: &'a Draft,
    site: &'a Site,
    foot: String,
}

/// A mail in words.
///
/// # Errors
/// Facts that can't be read, or a link that isn't one of ours.
pub fn letter(waiting: &Waiting, site: &Site) -> Result<Letter, Error> {
    draft(waiting, site)?.typeset(site)
}

fn draft(waiting: &Waiting, site: &Site) -> Result<Draft, Error> {
    let facts = Facts::read(waiting)?;
    let draft = match waiting.kind {
        MailKind::Invitation => invitation::draft_of(waiting, &facts)?,
        MailKind::InvitationAccepted => answered::accepted(&facts),
        MailKind::AcceptanceReceipt => receipt::draft_of(&facts),
        MailKind::AgreementRenewal => renewal::draft_of(&facts),
        MailKind::InvitationDeclined => answered::declined(&facts),
        MailKind::InvitationWithdrawn => answered::withdrawn(&facts),
        MailKind::RolesRemoved => roles::removed(&facts),
        MailKind::RolesGivenBack => roles::given_back(&facts),
        MailKind::RelationshipEnded => roles::relationship_ended(&facts),
        MailKind::RolesEnding => roles::ending(&facts),
        MailKind::RolesEnded => roles::ended(&facts),
        MailKind::StaffInvitation => staff::invitation(waiting, &facts)?,
        MailKind::ContactRequest => contact::requested(&facts),
        MailKind::ContactDeclined => contact::declined(&facts),
        MailKind::PasswordReset => account::reset(waiting, &facts)?,
        MailKind::PasswordChanged => account::changed(&facts, site),
        MailKind::SessionsEnded => account::sessions_ended(&facts, site),
    };
    Ok(draft)
}

impl Draft {
    fn new(l: Locale, subject: &str, blocks: Vec<Block>) -> Self {
        Self {
            language: l.language,
            subject: one_line(subject),
            blocks,
        }
    }

    fn typeset(&self, site: &Site) -> Result<Letter, Error> {
        let l = facts::locale(self.language, None);
        let foot = match one_line(&site.operator) {
            operator if operator.is_empty() => l.t("letter-foot").to_owned(),
            operator => l.t1("letter-foot-hosted", "operator", &operator),
        };
        let html = Html {
            draft: self,
            site,
            foot: foot.clone(),
        };
        let text = Text {
            draft: self,
            site,
            foot,
        };
        Ok(Letter {
            subject: self.subject.clone(),
            text: text.render()?,
            html: html.render()?,
        })
    }
}

/// The path of a secret link of ours, to be put behind our public address of today: whatever host
/// the link was made with, the mail leads to none but ours.
fn path_of(link: Option<&str>, folder: &str) -> Result<String, Error> {
    let link = link.ok_or_else(|| Error::internal("the mail has no link"))?;
    let url = Url::parse(link).map_err(Error::internal)?;
    let path = url.path();
    if path.starts_with(folder) && url.query().is_none() && url.fragment().is_none() {
        return Ok(path.to_owned());
    }
    Err(Error::internal("the mail's link is none of ours"))
}

/// Somebody else's words, line by line.
fn quoted(who: String, words: &str) -> Block {
    Block::Quote(who, words.lines().map(inert).collect())
}
