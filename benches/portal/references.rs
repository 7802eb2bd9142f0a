//! What the product is compared with: R0, a constant body as long as the page, and R1, the same
//! page rendered from memory. The same server, workers and allocator, without any middleware.

use std::net::{IpAddr, SocketAddr};

use actix_web::{App, HttpResponse, HttpServer, test::TestRequest, web};
use askama::Template as _;
use chrono_tz::Tz;
use entente::{
    access::{
        acting::{Acting, TenantFacts},
        nav,
    },
    domain::{
        Language, TenantKind,
        membership::{MemberRole, Side},
        standing::Kept,
        text::fold,
    },
    error::Error,
    id::Id,
    portal::relationships::{
        pages::{PATH, asked::Wanted, list::ListPage},
        store::{counts::Counts, found::Found, list::Row},
    },
    web::{
        locale::Locale,
        page::{Shell, Site, page},
        paginate::{Cursor, PAGE},
        request::Origin,
    },
};
use uuid::Uuid;

use crate::world::{Tenant, World};

/// A constant body.
pub const R0: &str = "/r0";
/// The page from memory.
pub const R1: &str = "/r1";
/// The page from memory, with its lines made anew of rows: what the handler does after reading.
pub const ROWS: &str = "/rows";

/// What the workers share.
struct Shared {
    body: String,
    page: ListPage,
    shell: Shell,
    found: Found,
    now: entente::domain::Instant,
}

fn rows(world: &World, tenant: &Tenant) -> Vec<Row> {
    let rows = world.related(tenant).filter_map(|related| {
        let partner = world.partners.get(related.partner)?;
        Some(Row {
            id: Id::from_uuid(related.id),
            name: partner.name.clone(),
            number: partner.number.clone(),
            domain: Some(partner.domain.clone()),
            kind: related.kind,
            since: related.since,
            kept: Kept {
                had_roles: related.first_end().is_some(),
                global_until: related.global_until,
                helpdesk_until: related.helpdesk_until,
                ..Kept::default()
            },
            place: Cursor {
                key: fold(&partner.name),
                id: related.id,
            },
        })
    });
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_by(|a, b| (&a.place.key, a.id).cmp(&(&b.place.key, b.id)));
    rows
}

fn found(world: &World, tenant: &Tenant) -> Found {
    let mut rows = rows(world, tenant);
    let count = |number: usize| i64::try_from(number).unwrap_or(0);
    let (total, soon) = (rows.len(), world.now + chrono::TimeDelta::days(30));
    let full = rows
        .iter()
        .filter(|row| row.kept.global_until.is_some())
        .count();
    let ending = rows.iter().filter(|row| {
        let ends = [row.kept.global_until, row.kept.helpdesk_until];
        ends.into_iter().flatten().any(|end| end <= soon)
    });
    let ending = ending.take(3).cloned().collect();
    rows.truncate(PAGE);
    Found {
        accepted: None,
        invited: Vec::new(),
        next: rows
            .last()
            .filter(|_| total > PAGE)
            .map(|row| row.place.clone()),
        rows,
        ending,
        counts: Counts {
            total: count(total),
            full: count(full),
            matching: count(total),
            asks_anew: false,
        },
    }
}

fn acting(world: &World, tenant: &Tenant) -> Acting {
    let here = IpAddr::from([127, 0, 0, 1]);
    Acting {
        person: Id::from_uuid(tenant.admin.id),
        membership: Id::from_uuid(tenant.admin.membership),
        session: None,
        authenticated_at: world.now,
        name: tenant.admin.name.clone(),
        email: tenant.admin.email.clone(),
        email_verified: true,
        language: None,
        side: Side::Tenant,
        tenant: Some(TenantFacts {
            id: Id::from_uuid(tenant.id),
            name: tenant.name.clone(),
            kind: TenantKind::School,
            country: "FR".to_owned(),
            zone: Tz::Europe__Paris,
            billing_may_accept_roles: true,
        }),
        partner: None,
        employer: None,
        roles: vec![MemberRole::GlobalAdministrator],
        origin: Origin {
            request_id: Uuid::nil(),
            client: here,
            peer: here,
            user_agent: "wrk".to_owned(),
        },
        waiting: 0,
    }
}

impl Shared {
    fn new(world: &World) -> anyhow::Result<Self> {
        // The second tenant is an ordinary one.
        let tenant = world
            .tenants
            .get(1)
            .ok_or_else(|| anyhow::anyhow!("one tenant is too few"))?;
        let site = Site::new(
            url::Url::parse("http://portal.example")?,
            "Benchmark".to_owned(),
        );
        let asked = TestRequest::with_uri(PATH)
            .app_data(web::Data::new(site))
            .to_http_request();
        let mut shell = nav::shell(&acting(world, tenant), &asked);
        shell.l = Locale {
            language: Language::En,
            zone: Tz::Europe__Paris,
        };
        let found = found(world, tenant);
        let page = ListPage::new(shell.clone(), Wanted::default(), &found, world.now);
        Ok(Self {
            body: page.render()?,
            page,
            shell,
            found,
            now: world.now,
        })
    }
}

async fn constant(shared: web::Data<Shared>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(shared.body.clone())
}

async fn from_memory(shared: web::Data<Shared>) -> Result<HttpResponse, Error> {
    page(&shared.page)
}

async fn from_rows(shared: web::Data<Shared>) -> Result<HttpResponse, Error> {
    let wanted = Wanted::default();
    page(&ListPage::new(
        shared.shell.clone(),
        wanted,
        &shared.found,
        shared.now,
    ))
}

/// Serves them.
pub fn serve(address: SocketAddr, world: &World) -> anyhow::Result<()> {
    let shared = web::Data::new(Shared::new(world)?);
    let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    actix_web::rt::System::new().block_on(async move {
        let app = move || {
            App::new()
                .app_data(shared.clone())
                .route(R0, web::get().to(constant))
                .route(R1, web::get().to(from_memory))
                .route(ROWS, web::get().to(from_rows))
        };
        let server = HttpServer::new(app).workers(workers).tcp_nodelay(true);
        Ok(server.bind(address)?.run().await?)
    })
}
