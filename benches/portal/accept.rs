//! Accepting invitations: one role each, by administrators whose tenant accepted the agreement.

use anyhow::{Context as _, ensure};
use entente::{id::Id, web::now::Clock};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    Options,
    data::within,
    drive::{Bench, Drive, Load, Mode},
    proc::float,
    product::{Product, cookie},
    servers::Server,
    sql::{V, insert, run as sql},
    world::World,
};

/// One client, and many.
#[derive(Serialize)]
pub struct Accepts {
    pub product: &'static str,
    pub one: Vec<Drive>,
    pub many: Vec<Drive>,
}

/// An invitation that waits for an answer.
struct Waiting {
    id: Uuid,
    partner: usize,
    tenant: usize,
    token: Vec<u8>,
}

struct Accepting<'a> {
    bench: &'a Bench,
    world: &'a World,
    product: &'a Product,
    server: &'a Server,
    cookies: Vec<String>,
    /// How many partners invited each tenant already.
    invited: usize,
    /// What the form carries; the same for all, since they ask for the same.
    terms: String,
}

/// Runs the rounds.
pub fn run(
    bench: &mut Bench,
    options: &Options,
    world: &World,
    product: &Product,
) -> anyhow::Result<Accepts> {
    let server = product.serve()?;
    bench.servers = vec![server.process.id()];
    let cookies: anyhow::Result<Vec<String>> = world.tenants.iter().map(cookie).collect();
    let mut accepting = Accepting {
        bench,
        world,
        product,
        server: &server,
        cookies: cookies?,
        invited: 0,
        terms: String::new(),
    };
    accepting.accept_agreements()?;
    let mut accepts = Accepts {
        product: product.name,
        one: Vec::new(),
        many: Vec::new(),
    };
    accepting.drive(1, 1, 2000.0)?;
    for round in 1..=options.rounds {
        for (clients, rounds) in [(1, &mut accepts.one), (options.clients, &mut accepts.many)] {
            let guess = rounds.last().map_or(4000.0, |drive: &Drive| drive.rate);
            let drive = accepting.drive(clients, options.accept_seconds(), guess)?;
            let what = format!("accept, {}, {clients} clients", product.name);
            options.tell(&format!("round {round}"), &what, &drive);
            rounds.push(drive);
        }
    }
    bench.servers.clear();
    Ok(accepts)
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> anyhow::Result<String> {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = page
        .split_once(&start)
        .with_context(|| format!("no field {name}"))?;
    let (value, _) = rest.split_once('"').unwrap_or_default();
    Ok(value.to_owned())
}

impl Accepting<'_> {
    fn headers(&self, tenant: usize) -> [(&str, &str); 3] {
        [
            (
                "Cookie",
                self.cookies.get(tenant).map_or("", String::as_str),
            ),
            ("Sec-Fetch-Site", "same-origin"),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ]
    }

    /// Each tenant accepts the agreement, on its page.
    fn accept_agreements(&self) -> anyhow::Result<()> {
        let page = self
            .server
            .ask("GET", "/billing/agreement", &self.headers(1), "")?;
        let body = format!("consent=yes&offer={}", hidden(&page.body, "offer")?);
        for tenant in 1..self.world.tenants.len() {
            let headers = self.headers(tenant);
            let answer =
                self.server
                    .ask("POST", "/billing/agreement/acceptance", &headers, &body)?;
            ensure!(
                answer.status == 303,
                "the agreement was answered with {}",
                answer.status
            );
        }
        Ok(())
    }

    /// Makes invitations, has them accepted, and withdraws what is left.
    fn drive(&mut self, clients: u32, seconds: u32, guess: f64) -> anyhow::Result<Drive> {
        let mut per_tenant = self.enough(guess * f64::from(seconds));
        for _ in 0..5 {
            let waiting = self.invite(per_tenant)?;
            let body = format!("terms={}", self.terms(&waiting)?);
            let all = waiting.iter().map(|invitation| {
                let path = format!("/billing/invitations/{}/acceptance", invitation.id);
                let cookie = self
                    .cookies
                    .get(invitation.tenant)
                    .cloned()
                    .unwrap_or_default();
                ("POST", path, cookie, body.clone())
            });
            let requests = self.bench.requests("accepts", all)?;
            let load = Load {
                requests: &requests,
                mode: Mode::Once,
                clients,
                seconds,
            };
            let drive = self
                .bench
                .drive(self.server, self.product.is_postgres, &load)?;
            self.withdraw()?;
            if !drive.spent {
                return Ok(drive);
            }
            per_tenant *= 2;
        }
        anyhow::bail!("there were never enough invitations")
    }

    /// Half as many again as are expected to be answered, for each tenant.
    fn enough(&self, expected: f64) -> usize {
        let mut per_tenant = 1;
        let tenants = float(u64::try_from(self.world.tenants.len()).unwrap_or(1)) - 1.0;
        while float(per_tenant) * tenants < expected * 1.5 {
            per_tenant += 1;
        }
        usize::try_from(per_tenant).unwrap_or(1)
    }

    fn invite(&mut self, per_tenant: usize) -> anyhow::Result<Vec<Waiting>> {
        let now = Clock::System.now();
        let (partners, from) = (self.world.partners.len(), self.invited);
        self.invited += per_tenant;
        // Tenant after tenant, so that neighbours in the queue rarely meet in one chain.
        let all = (from..from + per_tenant).flat_map(|number| {
            let tenants = self.world.tenants.iter().enumerate().skip(1);
            tenants.map(move |(tenant, facts)| {
                let (first, count) = facts.partners;
                let id = Id::<()>::at(now).uuid();
                Waiting {
                    id,
                    partner: (first + count + number) % partners,
                    tenant,
                    token: Sha256::digest(id.as_bytes()).to_vec(),
                }
            })
        });
        let all: Vec<Waiting> = all.collect();
        let last = now + chrono::TimeDelta::days(30);
        let db = self.product.db()?;
        within(&db, |conn| {
            let addressees: Vec<String> = all
                .iter()
                .filter_map(|i| self.world.tenants.get(i.tenant))
                .map(|tenant| format!("tenant:{}", tenant.id))
                .collect();
            let rows = all
                .iter()
                .zip(&addressees)
                .filter_map(|(invitation, addressee)| {
                    let partner = self.world.partners.get(invitation.partner)?;
                    let tenant = self.world.tenants.get(invitation.tenant)?;
                    Some(vec![
                        V::Id(invitation.id),
                        V::Id(partner.id),
                        V::Id(partner.agent.membership),
                        V::Text("delegated_administrator"),
                        V::Text(addressee),
                        V::Id(tenant.id),
                        V::Text("en"),
                        V::Number(365),
                        V::Text("open"),
                        V::At(now),
                        V::At(last),
                    ])
                });
            insert(
                conn,
                "invitations (id, partner_id, created_by, relationship_type, addressee, addressed_tenant_id, language, days, state, created_at, expires_at)",
                rows,
            )?;
            insert(
                conn,
                "invitation_roles (invitation_id, role)",
                all.iter()
                    .map(|i| vec![V::Id(i.id), V::Text("helpdesk_administrator")]),
            )?;
            insert(
                conn,
                "invitation_tokens (id, invitation_id, token_hash, created_at)",
                all.iter().map(|i| {
                    let id = Id::<()>::at(now).uuid();
                    vec![V::Id(id), V::Id(i.id), V::Bytes(&i.token), V::At(now)]
                }),
            )
        })?;
        // Postgres would plan for the empty table until it looks at it, which it does once a minute.
        self.product.settle()?;
        Ok(all)
    }

    fn withdraw(&self) -> anyhow::Result<()> {
        within(&self.product.db()?, |conn| {
            sql(
                conn,
                // In the order of the product, which may still answer the last ones.
                "UPDATE invitations SET state = 'withdrawn', closed_at = created_at, \
                 closed_by = created_by WHERE state = 'open'; \
                 UPDATE invitation_tokens SET killed_at = created_at WHERE killed_at IS NULL",
            )
        })?;
        self.product.settle()
    }

    /// What the form carries, from the page of the first one.
    fn terms(&mut self, waiting: &[Waiting]) -> anyhow::Result<String> {
        if self.terms.is_empty() {
            let first = waiting.first().context("no invitation")?;
            let path = format!("/billing/invitations/{}", first.id);
            let page = self
                .server
                .ask("GET", &path, &self.headers(first.tenant), "")?;
            self.terms = hidden(&page.body, "terms")?;
        }
        Ok(self.terms.clone())
    }
}
