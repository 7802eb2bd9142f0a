//! Fills a migrated database with the data set.

use entente::{
    access::password::NewPassword,
    db::{Db, DbConn, types::Ts},
    domain::{Instant, text::fold},
    error::Error,
    id::Id,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    directory,
    sql::{V, insert, run},
    world::{Person, World},
};

/// Everybody's password.
pub const PASSWORD: &str = "violin tractor candle orchard";

/// Runs `work` in one transaction.
pub fn within<T>(db: &Db, work: impl Fn(&mut DbConn) -> anyhow::Result<T>) -> anyhow::Result<T> {
    Ok(db.write_here(|conn| work(conn).map_err(Error::internal))?)
}

fn fresh(at: Instant) -> Uuid {
    Id::<()>::at(at).uuid()
}

/// The hash of everybody's password.
pub fn password_hash() -> anyhow::Result<String> {
    Ok(NewPassword::parse(PASSWORD, &[])?.hash()?)
}

/// Fills it.
pub fn fill(db: &Db, world: &World) -> anyhow::Result<()> {
    let hash = password_hash()?;
    within(db, |conn| organizations(conn, world))?;
    within(db, |conn| everybody(conn, world, &hash))?;
    within(db, |conn| relationships(conn, world))?;
    within(db, |conn| sessions(conn, world))?;
    directory::fill(db, world)
}

/// What a database does by itself after a while, done at once, so that it doesn't happen while
/// something is measured.
pub fn settle(conn: &mut DbConn) -> anyhow::Result<()> {
    match conn {
        DbConn::Sqlite(_) => run(conn, "PRAGMA wal_checkpoint(TRUNCATE)"),
        DbConn::Postgres(_) => run(conn, "VACUUM (ANALYZE)").and_then(|()| run(conn, "CHECKPOINT")),
    }
}

fn organizations(conn: &mut DbConn, world: &World) -> anyhow::Result<()> {
    let at = world.now;
    let rows = world.tenants.iter().map(|tenant| {
        vec![
            V::Id(tenant.id),
            V::Id(tenant.id),
            V::Text("school"),
            V::Text(&tenant.name),
            V::Text(&tenant.name),
            V::Text("FR"),
            V::Text("en"),
            V::Text("Europe/Paris"),
            V::Flag(true),
            V::At(at),
        ]
    });
    let folded: Vec<String> = world.tenants.iter().map(|t| fold(&t.name)).collect();
    let public: Vec<String> = world.tenants.iter().map(|t| t.id.to_string()).collect();
    let rows = rows
        .zip(folded.iter().zip(&public))
        .map(|(mut row, (folded, public))| {
            if let Some(value) = row.get_mut(1) {
                *value = V::Text(public);
            }
            if let Some(value) = row.get_mut(4) {
                *value = V::Text(folded);
            }
            row
        });
    insert(
        conn,
        "tenants (id, public_id, kind, name, name_folded, country, language, time_zone, billing_may_accept_roles, created_at)",
        rows,
    )?;
    insert(
        conn,
        "tenant_domains (id, tenant_id, domain, created_at)",
        world.tenants.iter().map(|tenant| {
            vec![
                V::Id(fresh(at)),
                V::Id(tenant.id),
                V::Text(&tenant.domain),
                V::At(at),
            ]
        }),
    )?;
    let folded: Vec<String> = world.partners.iter().map(|p| fold(&p.name)).collect();
    insert(
        conn,
        "partners (id, number, name, name_folded, domain, country, city, created_at)",
        world.partners.iter().zip(&folded).map(|(partner, folded)| {
            vec![
                V::Id(partner.id),
                V::Text(&partner.number),
                V::Text(&partner.name),
                V::Text(folded),
                V::Text(&partner.domain),
                V::Text("NO"),
                V::Text("Bergen"),
                V::At(at),
            ]
        }),
    )?;
    Ok(())
}

fn everybody(conn: &mut DbConn, world: &World, hash: &str) -> anyhow::Result<()> {
    let admins = world.tenants.iter().map(|t| (&t.admin, Some(t.id), None));
    let agents = world.partners.iter().map(|p| (&p.agent, None, Some(p.id)));
    let all: Vec<(&Person, Option<Uuid>, Option<Uuid>)> = admins.chain(agents).collect();
    let folded: Vec<(String, String)> = all
        .iter()
        .map(|(person, ..)| (fold(&person.name), person.email.to_lowercase()))
        .collect();
    let at = world.now;
    insert(
        conn,
        "people (id, name, name_folded, email, email_folded, email_verified_at, email_verified_by, password_hash, password_changed_at, created_at)",
        all.iter()
            .zip(&folded)
            .map(|((person, ..), (name, email))| {
                vec![
                    V::Id(person.id),
                    V::Text(&person.name),
                    V::Text(name),
                    V::Text(&person.email),
                    V::Text(email),
                    V::At(at),
                    V::Text("operator"),
                    V::Text(hash),
                    V::At(at),
                    V::At(at),
                ]
            }),
    )?;
    insert(
        conn,
        "memberships (id, person_id, side, tenant_id, partner_id, created_at)",
        all.iter().map(|(person, tenant, partner)| {
            vec![
                V::Id(person.membership),
                V::Id(person.id),
                V::Text(if tenant.is_some() {
                    "tenant"
                } else {
                    "partner"
                }),
                tenant.map_or(V::Null, V::Id),
                partner.map_or(V::Null, V::Id),
                V::At(at),
            ]
        }),
    )?;
    insert(
        conn,
        "membership_roles (id, membership_id, role, created_at)",
        all.iter().map(|(person, tenant, _)| {
            let role = if tenant.is_some() {
                "global_administrator"
            } else {
                "admin_agent"
            };
            vec![
                V::Id(fresh(at)),
                V::Id(person.membership),
                V::Text(role),
                V::At(at),
            ]
        }),
    )?;
    Ok(())
}

fn relationships(conn: &mut DbConn, world: &World) -> anyhow::Result<()> {
    let copies: Vec<(String, String)> = world
        .partners
        .iter()
        .map(|p| {
            (
                fold(&p.name),
                fold(&format!("{} {} {}", p.name, p.number, p.domain)),
            )
        })
        .collect();
    for tenant in &world.tenants {
        let related: Vec<_> = world.related(tenant).collect();
        let ends: Vec<String> = related
            .iter()
            .map(|r| {
                r.first_end()
                    .map_or_else(|| "9999".to_owned(), |at| Ts::from(at).text())
            })
            .collect();
        let rows = related.iter().zip(&ends).filter_map(|(related, end)| {
            let partner = world.partners.get(related.partner)?;
            let (name, search) = copies.get(related.partner)?;
            Some(vec![
                V::Id(related.id),
                V::Id(tenant.id),
                V::Id(partner.id),
                V::Text(related.kind.as_str()),
                V::Text("active"),
                V::At(related.since),
                V::Text(name),
                V::Text(search),
                V::Flag(related.first_end().is_some()),
                V::at(related.global_until),
                V::at(related.helpdesk_until),
                V::Text(end),
            ])
        });
        insert(
            conn,
            "relationships (id, tenant_id, partner_id, relationship_type, state, since, sort_name, search_text, had_roles, global_until, helpdesk_until, sort_end)",
            rows,
        )?;
    }
    Ok(())
}

/// A session of each tenant's administrator, as signing in makes it.
fn sessions(conn: &mut DbConn, world: &World) -> anyhow::Result<()> {
    let at = world.now;
    let kept: Vec<(Vec<u8>, String)> = world
        .tenants
        .iter()
        .map(|tenant| {
            let text = |value: &str| json!(value).to_string();
            let state = json!({
                "actix_identity.user_id": text(&tenant.admin.id.to_string()),
                "membership": text(&tenant.admin.membership.to_string()),
                "user_agent": text("wrk"),
                "client": text("127.0.0.1"),
            });
            (
                Sha256::digest(tenant.session.as_bytes()).to_vec(),
                state.to_string(),
            )
        })
        .collect();
    insert(
        conn,
        "sessions (id, key_hash, person_id, membership_id, state, user_agent, client_address, created_at, last_seen_at, renew, expires_at)",
        world
            .tenants
            .iter()
            .zip(&kept)
            .map(|(tenant, (hash, state))| {
                vec![
                    V::Id(fresh(at)),
                    V::Bytes(hash),
                    V::Id(tenant.admin.id),
                    V::Id(tenant.admin.membership),
                    V::Text(state),
                    V::Text("wrk"),
                    V::Text("127.0.0.1"),
                    V::At(at),
                    V::At(at),
                    V::Flag(false),
                    V::At(at + chrono::TimeDelta::hours(12)),
                ]
            }),
    )?;
    Ok(())
}
