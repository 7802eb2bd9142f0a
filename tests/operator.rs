//! The operator's pages: tenants and their domains, and nothing of what tenants decide.

use chrono::TimeDelta;
use entente::domain::TenantId;

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    page::Page,
    scene::Ask,
    seed,
};

const TENANTS: &str = "/operator/tenants";

fn page_of(tenant: TenantId) -> String {
    format!("{TENANTS}/{tenant}")
}

async fn adds(oskar: &Actor, tenant: TenantId, domain: &str) -> Page {
    let page = oskar.opens(&page_of(tenant)).await;
    oskar
        .presses(&page, "Add domain", &[("domain", domain)])
        .await
}

/// Removes a domain of a tenant's, through the question.
async fn removes(oskar: &Actor, tenant: TenantId, domain: &str) -> Page {
    let page = oskar.opens(&page_of(tenant)).await;
    let rows = page.texts("tbody tr");
    let row = rows.iter().position(|row| row.starts_with(domain)).unwrap();
    let asks = page.attributes("tbody a.btn", "href")[row].clone();
    let page = oskar.opens(&asks).await;
    page.is(200).says(&format!("Remove {domain}?"));
    oskar.presses(&page, "Yes, remove the domain", &[]).await
}

on_both! {
    async fn whoever_administers_the_domain_sees_what_waits_for_an_address_there(app: TestApp) {
        let own = app.world().own.id;
        let invited = app.invites(&Ask { to: app.to_email("direction@lycee.example"), ..app.ask() });
        let (marie, olive) = (app.billing_admin().await, app.stranger().await);
        let oskar = app.signed_in(Persona::Operator).await;
        let seen = async |by: &Actor| by.opens(&invited.review()).await.status == 200;
        assert!(!seen(&marie).await && !seen(&olive).await);

        let answer = adds(&oskar, own, " LYCEE.example. ").await;
        let page = oskar.opens(&answer.is(303).location()).await;
        page.says("lycee.example is registered for Hautmont School Group");
        assert!(seen(&marie).await && !seen(&olive).await);
        marie.opens("/billing/invitations").await.is(200).says("Fjord Managed IT");

        app.passes(TimeDelta::minutes(1));
        let answer = removes(&oskar, own, "lycee.example").await;
        let page = oskar.opens(&answer.is(303).location()).await;
        page.says("lycee.example no longer belongs to Hautmont School Group").says("Earlier domains");
        assert!(!seen(&marie).await);
        marie.opens("/billing/invitations").await.is(200).says("No invitation is waiting");

        // Another tenant can have it now, and what waits goes with it.
        adds(&oskar, app.world().other.id, "lycee.example").await.is(303);
        assert!(!seen(&marie).await && seen(&olive).await);

        let log = marie.opens("/audit-log").await;
        log.says("Registered the domain lycee.example").says("Removed the domain lycee.example").says("Oskar Lind");
        assert_eq!(app.db().count("SELECT count(*) FROM tenant_domains WHERE domain = 'lycee.example'"), 2);
        app.verified();
    }

    async fn what_a_tenant_answered_stays_when_its_domain_is_removed(app: TestApp) {
        let own = app.world().own.id;
        let invited = app.invites(&Ask { to: app.to_email("direction@hautmont.example"), ..app.ask() });
        let relationship = app.accepted_by(Persona::GlobalAdmin, &invited);
        let oskar = app.signed_in(Persona::Operator).await;
        removes(&oskar, own, "hautmont.example").await.is(303);
        let marie = app.billing_admin().await;
        marie.opens(&format!("/billing/partner-relationships/{relationship}")).await.is(200).says("Fjord Managed IT");
        marie.opens(&invited.review()).await.is(200);
        // A form that was open all the time is no error, and says nothing twice.
        let action = app.domain_of(own);
        let ask = oskar.opens(&format!("{TENANTS}/{action}/end")).await;
        ask.is(303);
        oskar.posts(&format!("{TENANTS}/{action}/end"), &[]).await.is(303);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'tenant.domain_removed'"), 1);
    }

    async fn a_domain_that_is_no_tenants_own_is_refused_beside_the_field(app: TestApp) {
        let oskar = app.signed_in(Persona::Operator).await;
        let own = app.world().own.id;
        let before = app.db().everything();
        let refused = [
            ("", "Enter a domain"),
            ("lycee", "Enter a domain"),
            ("direction@lycee.example", "Enter a domain"),
            ("https://lycee.example/", "Enter a domain"),
            ("192.0.2.1", "Enter a domain"),
            ("Gmail.com", "public mail service"),
            ("NORTHWIND.example", "Another tenant owns this domain"),
            ("hautmont.example", "owns this domain already"),
        ];
        for (typed, why) in refused {
            let page = adds(&oskar, own, typed).await;
            page.is(422);
            assert!(page.texts(".errors a").concat().contains(why), "{typed:?}");
            assert!(page.texts("#domain-err").concat().contains(why), "{typed:?}");
            assert_eq!(page.attributes("#domain", "value"), [typed]);
            assert_eq!(page.attributes("#domain", "aria-invalid"), ["true"]);
        }
        assert_eq!(app.db().everything(), before);
        oskar.posts(&format!("{}/domains", page_of(own)), &[]).await.is(400);
    }

    async fn a_domain_is_reached_below_its_own_tenant_alone(app: TestApp) {
        let oskar = app.signed_in(Persona::Operator).await;
        let (own, other) = (app.world().own.id.to_string(), app.world().other.id.to_string());
        let wrong = app.domain_of(app.world().other.id).replace(&other, &own);
        oskar.opens(&format!("{TENANTS}/{wrong}/end")).await.is(404);
        oskar.posts(&format!("{TENANTS}/{wrong}/end"), &[]).await.is(404);
        oskar.opens(&format!("{TENANTS}/nonsense")).await.is(404);
        assert_eq!(app.db().count("SELECT count(*) FROM tenant_domains WHERE ended_at IS NOT NULL"), 0);
    }

    async fn an_operator_sees_nothing_of_what_a_tenant_decides(app: TestApp) {
        app.related();
        app.invites(&app.ask_for(entente::domain::relationship::RelationshipType::Advisor));
        let oskar = app.signed_in(Persona::Operator).await;
        let home = oskar.opens("/").await;
        assert!(home.is(200).links().iter().any(|link| link == TENANTS));
        for path in [TENANTS.to_owned(), page_of(app.world().own.id)] {
            let page = oskar.opens(&path).await;
            page.is(200).says("Hautmont School Group").says("hautmont.example").says("France");
            page.says_no("Fjord").says_no("Helpdesk").says_no("Marie");
        }
        let link = app.invited().review();
        oskar.opens(&link).await.is(404);
    }

    async fn an_operator_without_the_role_changes_nothing(app: TestApp) {
        let oskar = app.signed_in(Persona::Operator).await;
        app.demotes(Persona::Operator);
        let own = app.world().own.id;
        oskar.opens(TENANTS).await.is(403);
        oskar.posts(&format!("{}/domains", page_of(own)), &[("domain", "lycee.example")]).await.is(403);
        assert_eq!(app.db().count("SELECT count(*) FROM tenant_domains WHERE domain = 'lycee.example'"), 0);
    }

    async fn tenants_are_found_by_name_domain_and_public_id_page_by_page(app: TestApp) {
        let oskar = app.signed_in(Persona::Operator).await;
        let at = app.now();
        let write = |conn: &mut entente::db::DbConn| {
            for number in 0..60 {
                let name = format!("École {number:02}").leak();
                let domain = format!("ecole{number:02}.example").leak();
                seed::tenant(conn, at, ("school", name, domain, "FR", "Europe/Paris"))?;
            }
            seed::tenant(conn, at, ("organization", "100% Bücher", "xn--bcher-kva.example", "DE", "UTC"))
        };
        let bookshop = app.state().db.write_here(write).unwrap();
        for search in ["bucher", "BÜCHER", "bücher.example", "kva.ex", "0%"] {
            let page = oskar.opens(&format!("{TENANTS}?{}", serde_urlencoded::to_string([("q", search)]).unwrap())).await;
            assert_eq!(page.is(200).texts(".row-link"), ["100% Bücher"], "{search}");
            page.says("1 tenant");
        }
        let id = bookshop.public_id.to_lowercase();
        assert_eq!(oskar.opens(&format!("{TENANTS}?q={id}")).await.texts(".row-link"), ["100% Bücher"]);
        oskar.opens(&format!("{TENANTS}?q=_")).await.is(200).says("No tenant matches “_”");

        let mut names = Vec::new();
        let mut path = format!("{TENANTS}?q=ecole");
        for _ in 0..3 {
            let page = oskar.opens(&path).await;
            page.is(200).says("60 tenants");
            names.extend(page.texts(".row-link"));
            match page.links().into_iter().find(|link| link.contains("after=")) {
                Some(next) => path = next,
                None => break,
            }
        }
        let expected: Vec<String> = (0..60).map(|number| format!("École {number:02}")).collect();
        assert_eq!(names, expected);
        oskar.opens(&format!("{TENANTS}?after=nonsense")).await.is(400);
    }
}
