//! What the list, one invitation and Home say of an invitation in the same words.

use super::{super::store::list::Row, PATH};
use crate::{
    domain::{
        Instant, event::EventGroup, invitation::InvitationStatus, relationship::RelationshipType,
        role::AdminRole,
    },
    evidence::told::{self, Told},
    web::{locale::Locale, page::Shell},
    work::delivery::Delivery,
};

/// A badge: tone, icon, words.
#[derive(Debug, Clone)]
pub struct Badge {
    /// good, warn, risk, info or none.
    pub tone: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    /// What it says.
    pub words: String,
}

/// A role, with how far it reaches.
#[derive(Debug, Clone)]
pub struct Role {
    /// How many bars are filled.
    pub bars: u8,
    /// Its name; what gives full control never without saying so.
    pub name: String,
}

/// An invitation as a line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its page.
    pub href: String,
    /// The customer: by name where it has answered, else as the partner wrote it.
    pub customer: String,
    /// As the partner wrote it, beneath a name.
    pub written: Option<String>,
    /// The type.
    pub kind: String,
    /// The roles asked for.
    pub roles: Vec<Role>,
    /// The partner's own note.
    pub reference: Option<String>,
    /// Who made it.
    pub by: String,
    /// When it was made, for machines and for people.
    pub made: (String, String),
    /// Until when it can be answered.
    pub ends: (String, String),
    /// What became of it.
    pub state: Badge,
    /// How far its mail has come.
    pub delivery: String,
    /// That a new link is asked for.
    pub renewal: Option<String>,
    /// Whether that still waits.
    pub renewal_waits: bool,
}

impl Line {
    /// A row in the reader's language.
    #[must_use]
    pub fn of(shell: &Shell, row: &Row) -> Self {
        let l = shell.l;
        let name = row.customer.clone();
        let renewal = row.renewal.as_ref();
        let written = if row.written.is_empty() {
            l.t("told-erased").to_owned()
        } else {
            row.written.clone()
        };
        Self {
            href: format!("{PATH}/{}", row.id),
            written: name.is_some().then(|| written.clone()),
            customer: name.unwrap_or(written),
            kind: kind(l, row.kind),
            roles: row.roles.iter().map(|one| role(l, *one)).collect(),
            reference: row.reference.clone(),
            by: row
                .sender
                .clone()
                .unwrap_or_else(|| l.t("told-erased").to_owned()),
            made: when(l, &row.created_at),
            ends: when(l, &row.expires_at),
            state: state(l, row.status),
            delivery: delivery(shell, row.delivery),
            renewal: renewal.map(|at| l.t1("partner-renewal", "date", &l.short_date(at))),
            renewal_waits: row.renewal_waits,
        }
    }
}

/// A type by its name.
#[must_use]
pub fn kind(l: Locale, kind: RelationshipType) -> String {
    l.word("type", kind.as_str())
}

/// A role by its name, with what full control is called.
#[must_use]
pub fn role(l: Locale, role: AdminRole) -> Role {
    let name = l.word("role-name", role.as_str());
    Role {
        bars: role.reach().bars(),
        name: if role.full_control() {
            format!("{name} ({})", l.t("reach-full"))
        } else {
            name
        },
    }
}

fn when(l: Locale, at: &Instant) -> (String, String) {
    (l.machine(at), l.short_date(at))
}

/// The badge of a state.
#[must_use]
pub fn state(l: Locale, status: InvitationStatus) -> Badge {
    let (tone, icon) = match status {
        InvitationStatus::Open => ("info", "clock"),
        InvitationStatus::Accepted => ("good", "check"),
        InvitationStatus::Declined => ("", "close"),
        InvitationStatus::Withdrawn | InvitationStatus::Expired => ("", "minus-circle"),
    };
    Badge {
        tone,
        icon,
        words: l.word("invitation-state", status.as_str()),
    }
}

/// How far a mail has come, in a few words.
#[must_use]
pub fn delivery(shell: &Shell, delivery: Option<Delivery>) -> String {
    let l = shell.l;
    match delivery {
        None => l.t("delivery-by-hand").to_owned(),
        Some(Delivery::Queued(_)) if !shell.mail => l.t("delivery-no-server").to_owned(),
        Some(Delivery::Queued(None)) => l.t("delivery-queued").to_owned(),
        Some(Delivery::Queued(Some(fault))) => {
            let why = l.word("mail-fault", fault.as_str());
            l.t1("delivery-tried", "why", &why)
        }
        Some(Delivery::HandedOver(at)) => l.t1("delivery-handed-over", "date", &l.date_time(&at)),
        Some(Delivery::Parked(_, fault)) => {
            let why = l.word("mail-fault", fault.as_str());
            l.t1("delivery-parked", "why", &why)
        }
        Some(Delivery::Obsolete(_)) => l.t("delivery-obsolete").to_owned(),
    }
}

/// A line of the timeline. The customer is named only where it took part itself: whose an address
/// or a public id is, the sender of an invitation isn't told.
#[must_use]
pub fn told_line(l: Locale, event: &Told) -> told::Line {
    let line = told::line(event, &l);
    let took_part = event.relationship.is_some() || event.kind.group() == EventGroup::Roles;
    match &event.tenant {
        Some(tenant) if took_part => told::Line {
            when: format!("{}, {tenant}", line.when),
            ..line
        },
        _ => line,
    }
}
