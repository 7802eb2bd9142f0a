//! Navigation, built from the same facts as the guards, so that a link and its permission can't
//! disagree.

use actix_web::HttpRequest;
use diesel::prelude::*;

use super::{
    acting::Acting,
    directory,
    guards::{AdminAgent, Guard, Inviter},
};
use crate::{
    contacting,
    db::{DbConn, schema::*},
    domain::{
        Instant, InvitationId,
        membership::{MemberRole, Side},
    },
    error::Error,
    on_each,
    web::{
        edge::anonymous_shell,
        page::{Avatar, NavGroup, NavLink, Shell, Who},
    },
};

const fn link(path: &'static str, key: &'static str, icon: &'static str) -> NavLink {
    NavLink {
        path,
        key,
        icon,
        tally: 0,
    }
}

/// The shell of a person's pages.
#[must_use]
pub fn shell(acting: &Acting, req: &HttpRequest) -> Shell {
    let mut shell = anonymous_shell(req);
    shell.who = Some(who(acting));
    shell.nav = navigation(acting, directory::is_public(req));
    shell
}

/// The shell of public pages, for a visitor.
#[must_use]
pub fn visitor_shell(req: &HttpRequest) -> Shell {
    let mut shell = anonymous_shell(req);
    shell.nav = vec![
        directory_group(),
        NavGroup {
            key: "nav-account",
            links: vec![link("/sign-in", "sign-in-submit", "person")],
        },
    ];
    shell
}

fn directory_group() -> NavGroup {
    NavGroup {
        key: "nav-directory",
        links: vec![link("/partners", "nav-find", "search")],
    }
}

/// Who is signed in, as every page names them.
#[must_use]
pub fn who(acting: &Acting) -> Who {
    Who {
        avatar: Avatar::person(&acting.name),
        name: acting.name.clone(),
        role_key: role_key(acting.first_role()),
        organization: acting.organization().to_owned(),
        organization_avatar: Avatar::company(acting.organization()),
        workspace_key: match acting.side {
            Side::Tenant => "shell-workspace-tenant",
            Side::Partner => "shell-workspace-partner",
            Side::Operator => "shell-workspace-operator",
        },
    }
}

/// The key of a role's words.
#[must_use]
pub const fn role_key(role: Option<MemberRole>) -> &'static str {
    match role {
        Some(MemberRole::GlobalAdministrator) => "member-role-global-administrator",
        Some(MemberRole::BillingAdministrator) => "member-role-billing-administrator",
        Some(MemberRole::UserAdministrator) => "member-role-user-administrator",
        Some(MemberRole::HelpdeskAdministrator) => "member-role-helpdesk-administrator",
        Some(MemberRole::AdminAgent) => "member-role-admin-agent",
        Some(MemberRole::SalesAgent) => "member-role-sales-agent",
        Some(MemberRole::HelpdeskAgent) => "member-role-helpdesk-agent",
        Some(MemberRole::Operator) => "member-role-operator",
        None => "member-role-none",
    }
}

fn navigation(acting: &Acting, directory_public: bool) -> Vec<NavGroup> {
    let mut groups = Vec::new();
    match acting.side {
        Side::Tenant => {
            groups.push(NavGroup {
                key: "",
                links: vec![link("/", "nav-home", "home")],
            });
            if acting.roles.iter().any(|role| role.sees_partners()) {
                let mut invitations = link("/billing/invitations", "nav-invitations", "mail");
                invitations.tally = acting.waiting;
                groups.push(NavGroup {
                    key: "nav-billing",
                    links: vec![
                        link("/billing/partner-relationships", "nav-partners", "people"),
                        invitations,
                        link("/billing/agreement", "nav-agreement", "document"),
                    ],
                });
                let mut partners = directory_group();
                partners
                    .links
                    .push(link("/partners/requests", "nav-asked", "chat"));
                groups.push(partners);
                groups.push(NavGroup {
                    key: "nav-security",
                    links: vec![link("/audit-log", "nav-audit-log", "list")],
                });
            }
        }
        Side::Partner => {
            let mut links = vec![link("/partner", "nav-partner-home", "home")];
            if acting.holds(Inviter::ROLES) {
                let mut requests = link("/partner/requests", "nav-requests", "chat");
                requests.tally = acting.waiting;
                links.push(requests);
                links.push(link("/partner/invitations", "nav-invitations", "mail"));
            }
            links.push(link("/partner/customers", "nav-customers", "people"));
            if acting.holds(AdminAgent::ROLES) {
                links.push(link("/partner/profile", "nav-profile", "building"));
                links.push(link("/partner/staff", "nav-staff", "person"));
                links.push(link("/partner/audit-log", "nav-audit-log", "list"));
            }
            groups.push(NavGroup { key: "", links });
        }
        Side::Operator => {
            groups.push(NavGroup {
                key: "",
                links: vec![
                    link("/", "nav-home", "home"),
                    link("/operator/mail", "nav-mail", "mail"),
                    link("/operator/tenants", "nav-tenants", "building"),
                    link("/operator/agreements", "nav-agreements", "document"),
                ],
            });
        }
    }
    if directory_public && !groups.iter().any(|group| group.key == "nav-directory") {
        groups.push(directory_group());
    }
    groups.push(NavGroup {
        key: "nav-account",
        links: vec![link("/settings", "nav-settings", "gear")],
    });
    groups
}

/// More than so many aren't counted for the navigation.
const MOST_WAITING: i64 = 100;

/// How many invitations wait for an answer of this person's tenant, or requests for one of its
/// partner's; at most 100 are counted.
///
/// # Errors
/// The database's.
pub fn waiting(conn: &mut DbConn, acting: &Acting, now: Instant) -> Result<i64, Error> {
    if let Some(partner) = acting
        .partner
        .as_ref()
        .filter(|_| acting.holds(Inviter::ROLES))
    {
        return contacting::list::waiting(conn, partner.id, MOST_WAITING, now);
    }
    let Some(tenant) = &acting.tenant else {
        return Ok(0);
    };
    if !acting.roles.iter().any(|role| role.sees_partners()) {
        return Ok(0);
    }
    let waiting = invitations::table
        .filter(crate::evidence::addressed::waits_for(tenant.id, now))
        .select(invitations::id)
        .limit(MOST_WAITING);
    let ids: Vec<InvitationId> = on_each!(conn, c => waiting.load(c)?);
    Ok(i64::try_from(ids.len()).unwrap_or(i64::MAX))
}
