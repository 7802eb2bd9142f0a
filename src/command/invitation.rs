//! `entente invitation`.

use chrono::TimeDelta;
use clap::Subcommand;
use serde_json::json;

use super::{Context, Failure};
use crate::{
    access::people::{self, Home},
    db::DbConn,
    domain::{
        InvitationId, Language, email::Email, grant::GrantDuration, invitation::Addressee,
        relationship::RelationshipType, role::AdminRole, text::FreeText,
    },
    error::Error,
    evidence::chain::EventActor,
    inviting::{
        addressee::tenant_by_public_id,
        create::{self, NewInvitation},
        withdraw::{Withdrawing, withdraw},
    },
    portal::operator::partners::store as partners,
};

/// What can be done with invitations.
#[derive(Debug, Subcommand)]
pub enum Invitation {
    /// Makes an invitation in a partner's name and prints its link, once
    Create(Box<Create>),
    /// Takes an open invitation back and kills its link
    Withdraw {
        /// The invitation's id
        #[arg(value_name = "ID", value_parser = id)]
        invitation: InvitationId,
    },
}

/// An invitation to make.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("for").required(true).args(["to", "tenant"])))]
pub struct Create {
    /// The partner id: digits
    #[arg(long, value_name = "NUMBER")]
    partner: String,
    /// The address of the member of the partner's staff who sends it: an Admin agent, or for types
    /// without roles a Sales agent
    #[arg(long, value_parser = Email::parse)]
    sender: Email,
    /// The address that it is for
    #[arg(long, value_parser = Email::parse)]
    to: Option<Email>,
    /// The public id of the tenant that it is for
    #[arg(long, value_name = "PUBLIC_ID")]
    tenant: Option<String>,
    /// reseller, delegated_administrator, reseller_and_delegated_administrator, partner, advisor,
    /// mpsa_partner or line_of_business_partner
    #[arg(long = "type", value_name = "TYPE")]
    kind: RelationshipType,
    /// global_administrator or helpdesk_administrator, where the type allows it; may be given
    /// several times
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<AdminRole>,
    /// How long the roles last: 90, 180, 365 or 730 days
    #[arg(long, default_value = "365", value_parser = days)]
    days: GrantDuration,
    /// How long the link works, in days, at most 90 [default: the setting invitation_life]
    #[arg(long, value_name = "DAYS")]
    life_days: Option<u16>,
    /// The language of the mail: en or fr
    #[arg(long, default_value = "en")]
    language: Language,
    /// The partner's words to the customer
    #[arg(long, value_parser = words)]
    message: Option<FreeText>,
    /// The partner's own note, never shown to the customer
    #[arg(long)]
    reference: Option<String>,
    /// For the type partner: the address of a member of staff who gets a user account; may be
    /// given several times [default: the sender]
    #[arg(long = "person", value_name = "EMAIL", value_parser = Email::parse)]
    people: Vec<Email>,
}

fn id(text: &str) -> Result<InvitationId, String> {
    text.parse()
        .map_err(|_| "an id looks like 019ab0de-0000-7000-8000-000000000000".to_owned())
}

fn days(text: &str) -> Result<GrantDuration, String> {
    let days = text.parse().map_err(|_| "write a number of days")?;
    GrantDuration::days(days).map_err(|error| error.to_string())
}

fn words(text: &str) -> Result<FreeText, String> {
    FreeText::parse(text)
        .map_err(|error| error.to_string())?
        .ok_or_else(|| "the text is empty".to_owned())
}

/// Says of which argument a refusal speaks.
fn about<T>(argument: &str, result: Result<T, Error>) -> Result<T, Error> {
    result.map_err(|error| match error {
        Error::Refused(words) => Error::Refused(format!("{argument}: {words}")),
        Error::NotFound => Error::Refused(format!("{argument}: there is none")),
        error => error,
    })
}

impl Invitation {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Create(new) => new.run(context),
            Self::Withdraw { invitation } => {
                let by = EventActor::CommandLine;
                let became = context.db()?.write_here(|conn| {
                    about("ID", withdraw(conn, &by, invitation, &context.clock))
                })?;
                if let Withdrawing::RanOut(at) = became {
                    return Err(Failure::told(format!(
                        "ID: the invitation ran out on {} UTC and can't be withdrawn; it is on \
                         record as expired",
                        at.format("%Y-%m-%d at %H:%M")
                    )));
                }
                context.say(
                    &json!({ "id": invitation, "state": "withdrawn" }),
                    &format!("Withdrew the invitation {invitation}. Its link is dead."),
                );
                Ok(())
            }
        }
    }
}

impl Create {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let (site, secret, now) = (context.site()?, context.secret()?, context.now());
        let life = match self.life_days {
            Some(days) => TimeDelta::days(i64::from(days)),
            None => context.config.invitation_life,
        };
        let created = context.db()?.write_here(|conn| {
            let new = self.read(conn, life)?;
            create::create(conn, &EventActor::CommandLine, &new, &site, &secret, now)
        })?;
        let until = now + life;
        context.say(
            &json!({
                "id": created.id,
                "link": created.link,
                "type": self.kind,
                "roles": self.roles,
                "expires_at": until,
            }),
            &format!(
                "Made the invitation {}. The link works until {} UTC and is shown this once:\n\n{}",
                created.id,
                until.format("%Y-%m-%d %H:%M"),
                created.link
            ),
        );
        Ok(())
    }

    fn read(&self, conn: &mut DbConn, life: TimeDelta) -> Result<NewInvitation, Error> {
        let partner = about("--partner", partners::find(conn, &self.partner))?;
        let staff = Home::Partner(partner.id, partner.name);
        let sender = about("--sender", people::member(conn, &staff, &self.sender))?;
        let addressee = match (&self.to, &self.tenant) {
            (Some(email), _) => Addressee::Email(email.clone()),
            (None, Some(id)) => {
                let id = id.trim().to_uppercase();
                Addressee::Tenant(about("--tenant", tenant_by_public_id(conn, &id))?)
            }
            (None, None) => return Err(Error::Refused("give --to or --tenant".into())),
        };
        let mut named = Vec::new();
        for email in &self.people {
            named.push(about("--person", people::member(conn, &staff, email))?.person);
        }
        Ok(NewInvitation {
            partner: partner.id,
            sender: sender.membership,
            addressee,
            relationship_type: self.kind,
            roles: self.roles.clone(),
            duration: self.days,
            people: named,
            life,
            language: self.language,
            message: self.message.clone(),
            reference: self.reference.clone(),
            answers: None,
        })
    }
}
