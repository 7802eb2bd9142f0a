//! The authorization matrix, swept: every route, method, sort of person and kind of object.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{http::Method, test::TestRequest};
use chrono::TimeDelta;
use diesel::prelude::*;
use entente::{
    access::guards::BillingAdmin,
    db::schema::{
        acceptances, agreement_claim_words, agreement_claims, agreement_versions, authorizations,
        events, outgoing_mail, sessions, tenant_domains,
    },
    domain::{
        AcceptanceId, AuthorizationId, ClaimId, ContactRequestId, DraftId, EventId, Instant,
        Language, MailId, PartnerId, RelationshipId, SessionId, TenantDomainId, TenantId,
        VersionId, invitation::Addressee, relationship::RelationshipType, role::AdminRole,
    },
    id::Id,
    routes::{OPEN, PAGES},
    work::outbox::{self, MailKind, NewMail},
};

use crate::support::{
    TestApp,
    app::Setup,
    cast::{Actor, Persona},
    db::{Backend, difference},
    scene::{Ask, Invited, StaffLink},
    seed::PASSWORD,
};

/// A row of the file: what is named, and the answers.
#[derive(Debug)]
struct Row {
    method: String,
    path: String,
    object: Option<String>,
    cells: BTreeMap<String, [u16; 3]>,
}

fn matrix() -> Vec<Row> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/docs/authorization-matrix.toml"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let file: toml::Table = text.parse().unwrap();
    let mut rows = Vec::new();
    for (name, fields) in file {
        let (method, path) = name.split_once(' ').unwrap();
        let mut row = Row {
            method: method.into(),
            path: path.into(),
            object: None,
            cells: BTreeMap::new(),
        };
        for (field, value) in fields.as_table().unwrap() {
            let value = value.as_str().unwrap();
            if field == "object" {
                row.object = Some(value.into());
                continue;
            }
            let statuses: Vec<u16> = value.split(' ').map(|s| s.parse().unwrap()).collect();
            let statuses = match statuses[..] {
                [all] => [all; 3],
                [own, other, missing] => [own, other, missing],
                _ => panic!("{name}: {field} = {value:?}"),
            };
            row.cells.insert(field.clone(), statuses);
        }
        rows.push(row);
    }
    rows
}

#[test]
fn every_route_stands_in_the_matrix_and_nothing_else_does() {
    let served: BTreeSet<(String, String)> = OPEN
        .iter()
        .chain(PAGES)
        .map(|(method, path)| ((*method).into(), (*path).into()))
        .collect();
    let rows = matrix();
    let written: BTreeSet<(String, String)> = rows
        .iter()
        .map(|row| (row.method.clone(), row.path.clone()))
        .collect();
    let missing: Vec<_> = served.difference(&written).collect();
    assert!(
        missing.is_empty(),
        "docs/authorization-matrix.toml leaves out {missing:?}"
    );
    let superfluous: Vec<_> = written.difference(&served).collect();
    assert!(superfluous.is_empty(), "no route serves {superfluous:?}");
    let cast: BTreeSet<&str> = Persona::ALL
        .iter()
        .map(|persona| persona.as_str())
        .collect();
    for row in &rows {
        let cells: BTreeSet<&str> = row.cells.keys().map(String::as_str).collect();
        assert_eq!(cells, cast, "{} {}", row.method, row.path);
    }
}

/// What can be named: of the tenant's own, of the other tenant's, and nothing at all.
struct Stage {
    open: [Invited; 2],
    expired: [Invited; 2],
    relationships: [RelationshipId; 2],
    draft: VersionId,
    written: [DraftId; 2],
    resets: [String; 2],
    parked: [MailId; 2],
    joins: [StaffLink; 2],
    meant: BTreeMap<Persona, StaffLink>,
    requests: [ContactRequestId; 2],
    claims: [ClaimId; 2],
}

impl Stage {
    fn set(app: &TestApp) -> Self {
        let other = Ask {
            from: app.world().q.clone(),
            sender: Persona::OtherAgent,
            to: Addressee::Tenant(app.world().other.id),
            ..app.ask()
        };
        let asks = [app.ask(), other];
        let of = |kind: RelationshipType, life: TimeDelta| {
            asks.clone().map(|ask| {
                let roles = app.ask_for(kind).roles;
                app.invites(&Ask {
                    relationship_type: kind,
                    roles,
                    life,
                    ..ask
                })
            })
        };
        let open = of(
            RelationshipType::DelegatedAdministrator,
            TimeDelta::days(30),
        );
        let expired = of(RelationshipType::MpsaPartner, TimeDelta::seconds(1));
        let accepted = of(
            RelationshipType::ResellerAndDelegatedAdministrator,
            TimeDelta::days(30),
        );
        let relationships = [
            app.accepted_by(Persona::GlobalAdmin, &accepted[0]),
            app.accepted_by(Persona::Stranger, &accepted[1]),
        ];
        app.passes(TimeDelta::seconds(2));
        // A later version, so that there is an agreement to accept.
        app.publishes(2, true, ["<p>Second</p>", "<p>Deux</p>"]);
        app.is_listed(Persona::AdminAgent);
        let draft = app.drafts();
        let written = ["NO", "DE"].map(|country| app.writes(Some(country)));
        app.is_listed(Persona::OtherAgent);
        let (p, q) = (app.world().p.clone(), app.world().q.clone());
        let requests = [(Persona::BillingAdmin, p), (Persona::Stranger, q)]
            .map(|(who, to)| app.asks(who, &to));
        // That one isn't in the directory any more.
        app.unlists(Persona::OtherAgent);
        // Of the tenant by the other partner, and the other way round: about its own customer each has
        // something to say still.
        let (own, other) = (&app.world().own, &app.world().other);
        let claims = [
            app.is_said_of(own.id, app.world().q.id, relationships[1]),
            app.is_said_of(other.id, app.world().p.id, relationships[0]),
        ];
        let resets = [Persona::Member, Persona::Stranger].map(|persona| app.resets(persona));
        let kinds = [MailKind::PasswordChanged, MailKind::Invitation];
        let parked = kinds.map(|kind| app.parks(kind));
        let joins = [
            app.asks_to_join(Persona::AdminAgent, "new@nobody.example"),
            app.asks_to_join(Persona::OtherAgent, "new@nobody.example"),
        ];
        let known = Persona::ALL.into_iter().skip(1);
        let meant = known.map(|persona| {
            let email = app.world().person(persona).email.clone();
            let agent = if persona == Persona::OtherAgent {
                Persona::AdminAgent
            } else {
                Persona::OtherAgent
            };
            (persona, app.asks_to_join(agent, &email))
        });
        let meant = meant.collect();
        Self {
            open,
            expired,
            relationships,
            draft,
            written,
            resets,
            parked,
            joins,
            meant,
            requests,
            claims,
        }
    }

    /// The name of what is asked for: own, other, missing.
    fn named(&self, app: &TestApp, persona: Persona, object: &str) -> [String; 3] {
        let missing = Id::<()>::at(Instant::UNIX_EPOCH).to_string();
        let pair = |own: String, other: String| [own, other, missing.clone()];
        match object {
            "asset" => {
                let name = entente::web::assets::APP_CSS.replace("/static/", "");
                pair(name, "app.css".into())
            }
            "token" => [
                self.open[0].token.clone(),
                self.open[1].token.clone(),
                "A".repeat(43),
            ],
            "reset" => pair(self.resets[0].clone(), self.resets[1].clone()),
            "invitation" => pair(self.open[0].id.to_string(), self.open[1].id.to_string()),
            "expired_invitation" => pair(
                self.expired[0].id.to_string(),
                self.expired[1].id.to_string(),
            ),
            "relationship" => pair(
                self.relationships[0].to_string(),
                self.relationships[1].to_string(),
            ),
            "acceptance" => {
                let of = |tenant| app.acceptance_of(tenant);
                pair(of(app.world().own.id), of(app.world().other.id))
            }
            "authorization" => {
                let of = |tenant| app.authorization_of(tenant);
                pair(of(app.world().own.id), of(app.world().other.id))
            }
            "entry" => ["1".into(), "1000000".into(), missing.clone()],
            "event" => {
                let of = |partner| app.event_of(partner);
                pair(of(app.world().p.id), of(app.world().q.id))
            }
            "version" => pair(app.world().version.to_string(), self.draft.to_string()),
            "draft" => pair(self.written[0].to_string(), self.written[1].to_string()),
            "tenant" => pair(
                app.world().own.id.to_string(),
                app.world().other.id.to_string(),
            ),
            "domain" => {
                let (own, other) = (app.world().own.id, app.world().other.id);
                [
                    app.domain_of(own),
                    app.domain_of(other),
                    format!("{own}/domains/{missing}"),
                ]
            }
            "session" | "membership" if persona == Persona::Anonymous => {
                pair(missing.clone(), missing.clone())
            }
            "session" => {
                let other = if persona == Persona::Stranger {
                    Persona::GlobalAdmin
                } else {
                    Persona::Stranger
                };
                pair(app.session_of(persona), app.session_of(other))
            }
            "staff_invitation" => pair(self.joins[0].id.to_string(), self.joins[1].id.to_string()),
            "staff_token" => [
                self.joins[0].token.clone(),
                self.joins[1].token.clone(),
                "A".repeat(43),
            ],
            "meant" => {
                let own = self.meant.get(&persona).unwrap_or(&self.joins[0]);
                [
                    own.token.clone(),
                    self.joins[1].token.clone(),
                    "A".repeat(43),
                ]
            }
            "request" => pair(self.requests[0].to_string(), self.requests[1].to_string()),
            "claim" => pair(self.claims[0].to_string(), self.claims[1].to_string()),
            "mail" => pair(self.parked[0].to_string(), self.parked[1].to_string()),
            "membership" => {
                let other = if persona == Persona::Stranger {
                    Persona::GlobalAdmin
                } else {
                    Persona::Stranger
                };
                let of = |persona| app.world().person(persona).membership.to_string();
                pair(of(persona), of(other))
            }
            "listed" => pair(app.world().p.number.into(), app.world().q.number.into()),
            "staff" => {
                let of = |persona| app.world().person(persona).membership.to_string();
                pair(of(Persona::SalesAgent), of(Persona::OtherAgent))
            }
            other => panic!("unknown object {other}"),
        }
    }
}

impl TestApp {
    /// A version of the agreement that isn't published yet.
    fn drafts(&self) -> VersionId {
        let (id, agreement, now) = (Id::at(self.now()), self.world().agreement, self.now());
        let write = |conn: &mut entente::db::DbConn| {
            diesel::insert_into(agreement_versions::table)
                .values((
                    agreement_versions::id.eq(id),
                    agreement_versions::agreement_id.eq(agreement),
                    agreement_versions::number.eq(99),
                    agreement_versions::dated.eq("2027-01-01"),
                    agreement_versions::state.eq("draft"),
                    agreement_versions::material.eq(true),
                    agreement_versions::created_at.eq(entente::db::types::Ts::from(now)),
                ))
                .execute(conn)?;
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
        id
    }

    /// What a partner says of an acceptance elsewhere.
    fn is_said_of(
        &self,
        tenant: TenantId,
        partner: PartnerId,
        relationship: RelationshipId,
    ) -> ClaimId {
        let (id, now) = (ClaimId::at(self.now()), self.now());
        let (version, by) = (
            self.world().version,
            self.world().person(Persona::AdminAgent),
        );
        let write = |conn: &mut entente::db::DbConn| {
            diesel::insert_into(agreement_claims::table)
                .values((
                    agreement_claims::id.eq(id),
                    agreement_claims::tenant_id.eq(tenant),
                    agreement_claims::partner_id.eq(partner),
                    agreement_claims::relationship_id.eq(relationship),
                    agreement_claims::version_id.eq(version),
                    agreement_claims::accepted_on.eq("2026-11-20"),
                    agreement_claims::claimed_at.eq(entente::db::types::Ts::from(now)),
                    agreement_claims::claimed_by.eq(by.membership),
                    agreement_claims::state.eq("new"),
                ))
                .execute(conn)?;
            diesel::insert_into(agreement_claim_words::table)
                .values((
                    agreement_claim_words::claim_id.eq(id),
                    agreement_claim_words::name.eq("Petra Novak"),
                    agreement_claim_words::name_folded.eq("petra novak"),
                ))
                .execute(conn)?;
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
        id
    }

    /// A mail of a kind that is parked.
    fn parks(&self, kind: MailKind) -> MailId {
        let mail = NewMail {
            kind,
            recipient: "parked@nobody.example",
            language: Language::En,
            tenant: None,
            partner: None,
            invitation: None,
            relationship: None,
            person: None,
            facts: serde_json::json!({}),
            secret_link: None,
            once: None,
        };
        let now = self.now();
        let write = |conn: &mut entente::db::DbConn| {
            outbox::enqueue(conn, &mail, now)?;
            let of_kind = outgoing_mail::table
                .filter(outgoing_mail::recipient.eq(mail.recipient))
                .filter(outgoing_mail::kind.eq(kind.as_str()));
            let id: MailId = of_kind.select(outgoing_mail::id).first(conn)?;
            diesel::update(outgoing_mail::table.find(id))
                .set((
                    outgoing_mail::state.eq("parked"),
                    outgoing_mail::last_error.eq("refused: 550 5.1.1 no such user"),
                    outgoing_mail::closed_at.eq(Some(entente::db::types::Ts::from(now))),
                ))
                .execute(conn)?;
            Ok(id)
        };
        self.state().db.write_here(write).unwrap()
    }

    /// A tenant's acceptance.
    pub fn acceptance_of(&self, tenant: TenantId) -> String {
        let read = |conn: &mut entente::db::DbConn| {
            let of_tenant = acceptances::table.filter(acceptances::tenant_id.eq(tenant));
            Ok(of_tenant
                .select(acceptances::id)
                .first::<AcceptanceId>(conn)?)
        };
        self.state().db.read_here(read).unwrap().to_string()
    }

    /// A tenant's authorization of a partner.
    pub fn authorization_of(&self, tenant: TenantId) -> String {
        let read = |conn: &mut entente::db::DbConn| {
            let of_tenant = authorizations::table.filter(authorizations::tenant_id.eq(tenant));
            Ok(of_tenant
                .select(authorizations::id)
                .first::<AuthorizationId>(conn)?)
        };
        self.state().db.read_here(read).unwrap().to_string()
    }

    /// An event that concerns a partner.
    pub fn event_of(&self, partner: PartnerId) -> String {
        let read = |conn: &mut entente::db::DbConn| {
            let of_partner = events::table.filter(events::partner_id.eq(partner));
            Ok(of_partner.select(events::id).first::<EventId>(conn)?)
        };
        self.state().db.read_here(read).unwrap().to_string()
    }

    /// A tenant's domain, below the tenants.
    pub fn domain_of(&self, tenant: TenantId) -> String {
        let read = |conn: &mut entente::db::DbConn| {
            let of_tenant = tenant_domains::table.filter(tenant_domains::tenant_id.eq(tenant));
            Ok(of_tenant
                .select(tenant_domains::id)
                .first::<TenantDomainId>(conn)?)
        };
        let id = self.state().db.read_here(read).unwrap();
        format!("{tenant}/domains/{id}")
    }

    /// A session of one of the cast.
    pub fn session_of(&self, persona: Persona) -> String {
        let person = self.world().person(persona).id;
        let id: SessionId = self
            .state()
            .db
            .read_here(|conn| {
                Ok(sessions::table
                    .filter(sessions::person_id.eq(person))
                    .order(sessions::id.desc())
                    .select(sessions::id)
                    .first(conn)?)
            })
            .unwrap();
        id.to_string()
    }
}

/// The address with its object in it.
fn address(row: &Row, name: &str) -> String {
    let path = row.path.replace("{language}", "en");
    let path = path.replace("{role}", AdminRole::HelpdeskAdministrator.as_str());
    let path = path.replace("{tenant}/domains/{domain}", "{domain}");
    match (path.find('{'), path.find('}')) {
        (Some(start), Some(end)) => format!("{}{name}{}", &path[..start], &path[end + 1..]),
        _ => path,
    }
}

/// What a form of our own pages would send there.
async fn form(app: &TestApp, actor: &Actor, row: &Row, name: &str) -> Vec<(String, String)> {
    let domain = format!("d{name}.example");
    let fields: Vec<(&str, &str)> = match row.path.as_str() {
        "/operator/tenants/{id}/domains" => vec![("domain", &domain)],
        "/operator/agreements/new" => vec![
            ("kind", "customer"),
            ("dated", "2026-11-20"),
            ("text-en", "# Agreement\n\nWords."),
        ],
        "/operator/agreements/drafts/{draft}/edit" => vec![
            ("kind", "customer"),
            ("dated", "2026-11-20"),
            ("revision", "1"),
            ("text-en", "# Agreement\n\nOther words."),
        ],
        "/operator/agreements/drafts/{draft}/publication" => vec![("revision", "1")],
        "/sign-in" => {
            let email = &app.world().person(Persona::Member).email;
            vec![("email", email), ("password", PASSWORD)]
        }
        "/password-reset" => vec![("email", "nobody@nowhere.example")],
        "/password-reset/{token}" => vec![
            ("new", "harbour lantern quilt meadow"),
            ("again", "harbour lantern quilt meadow"),
        ],
        "/billing/invitations/{id}/acceptance" => {
            let page = actor.opens(&format!("/billing/invitations/{name}")).await;
            let found = ["Accept & authorize", "Authorize partner"]
                .into_iter()
                .find(|button| page.status == 200 && page.buttons().iter().any(|b| b == button));
            return match found {
                Some(button) => page.form(button).with(&[("consent", "yes")]),
                None => vec![
                    ("terms".into(), String::new()),
                    ("consent".into(), "yes".into()),
                ],
            };
        }
        "/billing/agreement/acceptance" => {
            let page = actor.opens("/billing/agreement").await;
            if page.status == 200 {
                return page.form("Accept").with(&[("consent", "yes")]);
            }
            vec![("offer", ""), ("consent", "yes")]
        }
        "/partner/customers/{relationship}/agreement-claim" => {
            vec![("day", "2026-11-20"), ("name", "Petra Novak"), ("note", "")]
        }
        "/partner/staff/new" => vec![
            ("name", "Petra Novak"),
            ("email", "petra@nobody.example"),
            ("sales_agent", "yes"),
        ],
        "/staff-invitations/{token}" => vec![
            ("name", "Petra Novak"),
            ("new", "harbour lantern quilt meadow"),
            ("again", "harbour lantern quilt meadow"),
        ],
        "/partner/staff/{membership}/roles" => vec![("helpdesk_agent", "yes")],
        "/partner/invitations/new" => vec![
            ("to", "somebody@customer.example"),
            ("type", "reseller"),
            ("days", "365"),
            ("life", "30"),
            ("language", "en"),
            ("message", ""),
            ("reference", ""),
        ],
        "/partners/contact" => vec![("start", "soon")],
        "/partner/requests/{id}/refusal" => vec![("reason", "no capacity")],
        "/partner/profile" => vec![
            ("description", "Runs accounts"),
            ("help", "manages"),
            ("size", "1-49"),
            ("language", "en"),
            ("city", "Bergen"),
            ("country", "NO"),
            ("contact", "requests@fjord.example"),
            ("step", "save"),
        ],
        "/partner/profile/publication" => vec![("state", "hidden")],
        "/settings/membership" => vec![("membership", name)],
        "/settings/language" => vec![("language", "fr")],
        "/settings/appearance" => vec![("theme", "dark")],
        "/settings/acceptance" => vec![("billing", "no")],
        "/settings/password" => vec![
            ("current", PASSWORD),
            ("new", "harbour lantern quilt meadow"),
            ("again", "harbour lantern quilt meadow"),
        ],
        _ => Vec::new(),
    };
    fields
        .into_iter()
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .collect()
}

async fn ask(app: &TestApp, actor: &Actor, row: &Row, name: &str) -> (u16, String) {
    let path = address(row, name);
    if row.method == "GET" {
        let page = actor.opens(&path).await;
        let head = TestRequest::default().method(Method::HEAD).uri(&path);
        let head = actor.sends(head).await;
        assert_eq!(head.status, page.status, "HEAD {path}");
        return (page.status, page.location());
    }
    let fields = form(app, actor, row, name).await;
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    let page = actor.posts(&path, &fields).await;
    (page.status, page.location())
}

/// Tables that a refused request may write to: the record that it was refused.
const OF_DENIALS: [&str; 4] = ["events", "chains", "personal_data", "denials"];

/// Forms that change something for whoever isn't signed in too.
fn is_for_anybody(row: &Row) -> bool {
    ["/sign-in", "/sign-out"].contains(&row.path.as_str())
        || row.path.starts_with("/password-reset")
        || row.path == "/staff-invitations/{token}"
}

fn succeeds(row: &Row, persona: Persona, status: u16) -> bool {
    row.method == "POST" && status < 400 && persona != Persona::Anonymous
}

async fn sweep(backend: Backend) {
    let rows = matrix();
    let mut wrong = Vec::new();
    let app = TestApp::start(backend, Setup::default()).await;
    let mut stage = Stage::set(&app);
    // First everything that changes nothing, in one house, where nothing may change.
    let mut cast = BTreeMap::new();
    for persona in Persona::ALL {
        cast.insert(persona, app.signed_in(persona).await);
    }
    let before = app.db().everything();
    for row in &rows {
        for persona in Persona::ALL {
            let expected = row.cells[persona.as_str()];
            let objects = match &row.object {
                Some(object) => stage.named(&app, persona, object).to_vec(),
                None => vec![String::new()],
            };
            for (index, name) in objects.iter().enumerate() {
                let status = expected[index];
                let free = status < 400 && row.method == "POST" && is_for_anybody(row);
                if succeeds(row, persona, status) || free {
                    continue;
                }
                let (got, location) = ask(&app, &cast[&persona], row, name).await;
                let which = ["own", "other", "missing"][index];
                let what = format!(
                    "{} {} as {} ({which})",
                    row.method,
                    row.path,
                    persona.as_str()
                );
                if got != status {
                    wrong.push(format!("{what}: {got} instead of {status}"));
                }
                if persona == Persona::Anonymous
                    && status == 303
                    && !location.starts_with("/sign-in")
                {
                    wrong.push(format!("{what}: led to {location}"));
                }
            }
        }
    }
    let mut after = app.db().everything();
    for table in OF_DENIALS {
        after.remove(table);
    }
    wrong.extend(difference(&before, &after));
    app.verified();
    drop(cast);
    let plain = TestApp::start(backend, Setup::default()).await;
    // Then everything that succeeds, each in a house of its own.
    for row in &rows {
        for persona in Persona::ALL {
            for index in 0..if row.object.is_some() { 3 } else { 1 } {
                let status = row.cells[persona.as_str()][index];
                let signs = row.path == "/sign-in" || row.path == "/sign-out";
                let free = status < 400 && row.method == "POST" && is_for_anybody(row);
                let anonymous = persona == Persona::Anonymous && free;
                if !succeeds(row, persona, status) && !anonymous {
                    continue;
                }
                // Forms about oneself need no stage; only the password is better not shared.
                let personal = row.path.starts_with("/settings") || signs;
                let app = if personal && row.path != "/settings/password" {
                    plain.clone()
                } else {
                    TestApp::start(backend, Setup::default()).await
                };
                if !personal {
                    stage = Stage::set(&app);
                }
                let actor = app.signed_in(persona).await;
                if row.object.as_deref() == Some("session") {
                    app.signed_in(Persona::Stranger).await;
                    app.signed_in(Persona::GlobalAdmin).await;
                    actor.signs_in(&app.world().person(persona).email).await;
                }
                let name = match &row.object {
                    Some(object) => stage.named(&app, persona, object)[index].clone(),
                    None => String::new(),
                };
                let (got, location) = ask(&app, &actor, row, &name).await;
                if got != status
                    || (location.starts_with("/sign-in")
                        && !row.path.ends_with("/end")
                        && row.path != "/sign-out"
                        && row.path != "/password-reset/{token}")
                {
                    wrong.push(format!(
                        "{} {} as {} ({index}): {got} instead of {status}, to {location}",
                        row.method,
                        row.path,
                        persona.as_str()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_answer_is_the_published_one_sqlite() {
    actix_web::rt::System::new().block_on(sweep(Backend::Sqlite));
}

#[test]
fn every_answer_is_the_published_one_postgres() {
    actix_web::rt::System::new().block_on(sweep(Backend::Postgres));
}

on_both! {
    async fn a_refused_request_of_somebody_signed_in_is_on_record(app: TestApp) {
        let paul = app.member().await;
        let invited = app.invited();
        for _ in 0..3 {
            paul.posts(&invited.acceptance(), &[("terms", ""), ("consent", "yes")]).await.is(403);
        }
        paul.posts(&invited.refusal(), &[("reason", "no")]).await.is(403);
        let told = app.db().ask("SELECT canonical AS answer FROM events WHERE kind = 'access.denied' ORDER BY number");
        // Gathered: one for each person, route and minute.
        assert_eq!(told.len(), 2, "{told:#?}");
        let event: serde_json::Value = serde_json::from_str(&told[0]).unwrap();
        let paul = app.world().person(Persona::Member);
        assert_eq!(event["outcome"], "denied");
        assert_eq!(event["actor"]["person"], paul.id.to_string());
        assert_eq!(event["actor"]["on_behalf_of"]["tenant"], app.world().own.id.to_string());
        assert_eq!(event["tenant"], app.world().own.id.to_string());
        assert_eq!(event["facts"]["route"], "/billing/invitations/{id}/acceptance");
        assert!(event["request"].as_str().unwrap().len() == 36, "{event}");
        assert_eq!(event["at"], "2026-11-22T09:00:00.000000Z");
        let personal = app.db().ask("SELECT data AS answer FROM personal_data WHERE label = 'actor' AND data LIKE '%paul@%'");
        assert!(personal[0].contains("192.0.2.10"), "{personal:?}");
        app.passes(TimeDelta::minutes(1));
        app.member().await.posts(&invited.refusal(), &[("reason", "no")]).await.is(403);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'access.denied'"), 3);
        app.verified();
    }

    async fn a_strangers_object_looks_like_none_at_all(app: TestApp) {
        let invited = app.invited();
        let relationship = app.accepted_by(Persona::GlobalAdmin, &app.invites(&app.ask_for(RelationshipType::Advisor)));
        let olive = app.stranger().await;
        let missing = Id::<()>::at(app.now()).to_string();
        for pattern in ["/billing/invitations/ID", "/billing/invitations/ID/refusal", "/billing/partner-relationships/ID", "/billing/partner-relationships/ID/role-removal"] {
            let theirs = if pattern.contains("invitations") { invited.id.to_string() } else { relationship.to_string() };
            let ask = async |id: &str| {
                let page = olive.opens(&pattern.replace("ID", id)).await;
                let mut headers: Vec<String> = page.headers.iter().map(|(k, v)| format!("{k}: {v:?}")).collect();
                headers.sort();
                (page.status, headers, page.html().replace(id, "ID"))
            };
            assert_eq!(ask(&theirs).await, ask(&missing).await, "{pattern}");
        }
    }

    async fn the_tenant_comes_from_the_session_alone(app: TestApp) {
        let invited = app.invited();
        let olive = app.stranger().await;
        let own = app.world().own.id.to_string();
        let before = olive.opens("/billing/partner-relationships").await.text();
        app.accepted_by(Persona::GlobalAdmin, &app.invites(&app.ask_for(RelationshipType::Advisor)));
        for name in ["tenant", "tenant_id", "x-tenant", "x-tenant-id", "tenant-id", "organization"] {
            let request = TestRequest::get().uri(&invited.review()).insert_header((name, own.clone()));
            olive.sends(request).await.is(404);
            olive.opens(&format!("{}?{name}={own}", invited.review())).await.is(404);
            let thief = olive.copy();
            thief.plant(name, &own);
            thief.opens(&invited.review()).await.is(404);
            let list = olive.opens(&format!("/billing/partner-relationships?{name}={own}")).await;
            assert_eq!(list.text(), before, "{name}");
        }
    }

    async fn partner_staff_and_members_never_get_an_administrators_guard(app: TestApp) {
        for persona in [Persona::Member, Persona::AdminAgent, Persona::Operator] {
            let proved = app.state().db.read_here(|conn| app.guard::<BillingAdmin>(conn, persona));
            assert!(proved.is_err(), "{persona:?}");
        }
    }
}
