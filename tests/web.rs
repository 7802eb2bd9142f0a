//! What holds for every answer: where requests come from, headers, methods, odd input, faults.

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::Method,
    test::TestRequest,
    web::{self, Data, ServiceConfig},
};
use chrono::TimeDelta;
use entente::{db::Db, error::Error};
use futures_util::future::join_all;

use crate::support::{
    TestApp,
    app::{ORIGIN, Setup, run_with},
    cast::{Persona, post},
    db::{Backend, beside_denials, difference},
    page::Page,
};

const INSIDE: &str = "/billing/invitations";

/// A thing that only Global administrators delete: pages have forms alone.
fn a_deletion(config: &mut ServiceConfig) {
    let deletes = |_: entente::access::guards::GlobalAdmin| async { "" };
    config.route("/tests/thing", web::delete().to(deletes));
}

#[test]
fn a_denial_tells_the_method_that_was_refused() {
    let setup = || Setup {
        further: a_deletion,
        ..Setup::default()
    };
    for backend in [Backend::Sqlite, Backend::Postgres] {
        run_with(backend, setup, |app: TestApp| async move {
            let deletes = TestRequest::delete()
                .uri("/tests/thing")
                .insert_header(("sec-fetch-site", "same-origin"));
            app.member().await.sends(deletes).await.is(403);
            let told = "SELECT canonical AS answer FROM events WHERE kind = 'access.denied'";
            let event: serde_json::Value =
                serde_json::from_str(&app.db().ask(told).concat()).unwrap();
            assert_eq!(event["facts"]["method"], "DELETE");
            assert_eq!(event["facts"]["route"], "/tests/thing");
            app.verified();
        });
    }
}

on_both! {
    async fn no_request_from_elsewhere_changes_anything(app: TestApp) {
        let marie = app.billing_admin().await;
        let invited = app.invited();
        let before = app.db().everything();
        let refused: [&[(&str, &str)]; 16] = [
            &[],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("origin", "")],
            &[("origin", "http://entente.example")],
            &[("origin", "https://entente.example:444")],
            &[("origin", "https://entente.example.evil.example")],
            &[("origin", "https://sub.entente.example")],
            &[("origin", ORIGIN), ("sec-fetch-site", "cross-site")],
            &[("origin", ORIGIN), ("sec-fetch-site", "same-site")],
            &[("origin", ORIGIN), ("sec-fetch-site", "none")],
            &[("origin", ORIGIN), ("sec-fetch-site", "SAME-ORIGIN")],
            &[("origin", ORIGIN), ("sec-fetch-site", "")],
            &[("referer", "https://entente.example/billing/invitations")],
            &[("host", "evil.example"), ("origin", "https://evil.example"), ("x-forwarded-host", "evil.example")],
            &[("sec-fetch-site", "same-origin, cross-site")],
        ];
        for headers in refused {
            for path in [&invited.refusal(), "/sign-out", "/sign-in", "/nowhere"] {
                let mut request = post(path, &[]);
                for header in headers {
                    request = request.append_header(*header);
                }
                let page = marie.sends(request).await;
                assert_eq!(page.status, 403, "{path} {headers:?}");
            }
        }
        let twice = post(&invited.refusal(), &[])
            .append_header(("sec-fetch-site", "same-origin"))
            .append_header(("sec-fetch-site", "same-origin"));
        marie.sends(twice).await.is(403);
        // Nor does a safe method that claims to be another one.
        for header in ["x-http-method-override", "x-method-override", "x-http-method"] {
            let request = TestRequest::get().uri(&invited.refusal()).insert_header((header, "POST"));
            marie.sends(request).await.is(200);
        }
        marie.opens(&format!("{}?_method=POST", invited.refusal())).await.is(200);
        for method in [Method::PUT, Method::PATCH, Method::DELETE] {
            let request = TestRequest::default().method(method).uri(&invited.refusal());
            marie.sends(request).await.is(403);
        }
        // What is left of it is on record, once for each route and minute.
        let changed = beside_denials(difference(&before, &app.db().everything()));
        assert!(changed.is_empty(), "{changed:#?}");
        let denied = app.db().count("SELECT count(*) FROM events WHERE kind = 'access.denied'");
        assert_eq!(denied, 4);
        app.verified();
        marie.opens(INSIDE).await.is(200);
        // Our own pages get through, by either header.
        let ours = post("/sign-out", &[]).insert_header(("origin", ORIGIN));
        marie.sends(ours).await.is(303);
        marie.posts("/sign-out", &[]).await.is(303);
    }

    async fn a_request_from_elsewhere_is_on_record_and_is_no_sign_of_life(app: TestApp) {
        let marie = app.billing_admin().await;
        let before = app.db().rows("sessions");
        app.passes(TimeDelta::minutes(20));
        let foreign = |path: &str| post(path, &[]).insert_header(("sec-fetch-site", "cross-site"));
        app.anonymous().sends(foreign("/sign-out")).await.is(403);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'access.denied'"), 0);
        app.db().run("UPDATE sessions SET renew = true").unwrap();
        marie.sends(foreign("/settings/sessions/end")).await.is(403);
        let told = app.db().ask("SELECT canonical AS answer FROM events WHERE kind = 'access.denied'");
        assert_eq!(told.len(), 1, "{told:#?}");
        let event: serde_json::Value = serde_json::from_str(&told[0]).unwrap();
        assert_eq!(event["actor"]["person"], app.world().person(Persona::BillingAdmin).id.to_string());
        assert_eq!(event["facts"]["route"], "/settings/sessions/end");
        assert_eq!(event["facts"]["status"], 403);
        app.db().run("UPDATE sessions SET renew = false").unwrap();
        assert_eq!(app.db().rows("sessions"), before);
        app.passes(TimeDelta::minutes(10));
        marie.opens(INSIDE).await.is(303);
        app.verified();
    }

    async fn a_page_that_refuses_names_who_is_signed_in(app: TestApp) {
        let (paul, invited) = (app.member().await, app.invited());
        let name = app.world().person(Persona::Member).name;
        let named = |page: &Page| page.texts("header.bar").concat();
        for page in [
            paul.opens(INSIDE).await.is(403).clone(),
            paul.posts(&invited.acceptance(), &[("terms", ""), ("consent", "yes")]).await.is(403).clone(),
            paul.opens("/partner").await.is(404).clone(),
        ] {
            assert!(named(&page).contains(&format!("Signed in as {name}")), "{}", named(&page));
        }
        // Nobody is named to whoever isn't signed in, nor to another site.
        for page in [
            app.anonymous().opens("/nowhere").await.is(404).clone(),
            paul.sends(post("/sign-out", &[]).insert_header(("sec-fetch-site", "cross-site"))).await.is(403).clone(),
        ] {
            assert_eq!(named(&page), "Entente");
        }
    }

    async fn a_form_in_another_guise_is_refused(app: TestApp) {
        let marie = app.billing_admin().await;
        let invited = app.invited();
        for kind in ["text/plain", "application/json", "multipart/form-data; boundary=x", ""] {
            let request = TestRequest::post()
                .uri(&invited.refusal())
                .insert_header(("sec-fetch-site", "same-origin"))
                .insert_header(("content-type", kind))
                .set_payload("reason=no");
            marie.sends(request).await.is(400);
        }
        assert_eq!(app.db().count("SELECT count(*) FROM invitations WHERE state = 'open'"), 1);
    }

    async fn odd_input_gets_a_clean_refusal(app: TestApp) {
        let marie = app.billing_admin().await;
        let invited = app.invited();
        let many: Vec<String> = (0..10_000).map(|i| format!("f{i}=1")).collect();
        let many = many.join("&");
        let odd: Vec<String> = vec![
            "reason=a&reason=b".into(),
            "reason[]=a".into(),
            "reason[x]=a".into(),
            "email=a&email=b&password=c".into(),
            "reason=%00".into(),
            "reason=%ff%fe".into(),
            "reason=%c3%28".into(),
            "reason=%".into(),
            "other=1".into(),
            "role=global_administrator&reason=x".into(),
            "tenant_id=1".into(),
            "consent=yes&consent=yes".into(),
            "{\"reason\":\"x\"}".into(),
            many,
            "=".into(),
        ];
        let before = app.db().everything();
        for path in [&invited.acceptance(), &invited.refusal(), "/sign-in", "/billing/agreement/acceptance"] {
            for body in &odd {
                let request = TestRequest::post()
                    .uri(path)
                    .insert_header(("sec-fetch-site", "same-origin"))
                    .insert_header(("content-type", "application/x-www-form-urlencoded"))
                    .set_payload(body.clone());
                let page = marie.sends(request).await;
                let what = &body[..body.len().min(60)];
                assert!([400, 413, 422].contains(&page.status), "{path} {what}: {}", page.status);
                for leak in ["serde", "duplicate field", "unknown field", "missing field", "deserialize", "actix", "invalid utf-8"] {
                    assert!(!page.html().to_lowercase().contains(leak), "{path} {what}: {leak}");
                }
            }
        }
        for query in ["?%00", "?next=%ff", "?lang=%00", "?a[b]=c&&&", "?lang=fr&lang=en", "?=", "?%"] {
            let page = marie.opens(&format!("{INSIDE}{query}")).await;
            assert!(page.status == 200 || page.status == 400, "{query}: {}", page.status);
        }
        for path in ["/%00", "/%ff", "/billing/invitations/%00", "/billing/invitations/..%2f", "/invitations/%0d%0a", "/static/..%2fCargo.toml", "/agreements/x/y/text"] {
            marie.opens(path).await.is(404);
        }
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
    }

    async fn another_method_is_told_which_there_are(app: TestApp) {
        let marie = app.billing_admin().await;
        let ask = async |method: &str, path: &str| {
            let request = TestRequest::default()
                .method(method.parse().unwrap())
                .uri(path)
                .insert_header(("sec-fetch-site", "same-origin"));
            marie.sends(request).await
        };
        for (path, allowed) in [
            ("/sign-in", "GET, HEAD, POST"),
            ("/sign-out", "POST"),
            ("/live", "GET, HEAD"),
            (INSIDE, "GET, HEAD"),
            ("/billing/agreement/acceptance", "POST"),
        ] {
            for method in ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"] {
                let page = ask(method, path).await;
                assert_eq!((page.status, page.header("allow").as_str()), (405, allowed), "{method} {path}");
            }
            if !allowed.contains("GET") {
                assert_eq!(ask("GET", path).await.header("allow"), allowed);
            }
        }
        for path in [INSIDE, "/live", "/sign-out"] {
            let (get, head) = (ask("GET", path).await, ask("HEAD", path).await);
            assert_eq!(get.status, head.status, "{path}");
        }
    }

    async fn every_answer_bears_the_headers(app: TestApp) {
        let marie = app.billing_admin().await;
        let invited = app.invited();
        let style = marie.opens(INSIDE).await.attributes("link[rel=stylesheet]", "href").remove(0);
        let large = post("/sign-in", &[("email", &"x".repeat(70_000))]);
        let mut seen: Vec<(u16, Page)> = vec![
            (200, marie.opens(INSIDE).await),
            (200, marie.opens(&style).await),
            (200, marie.opens("/live").await),
            (200, app.anonymous().opens(&invited.link()).await),
            (200, app.anonymous().opens("/sign-in").await),
            (303, app.anonymous().opens(INSIDE).await),
            (303, marie.opens(&invited.link()).await),
            (404, marie.opens("/nowhere").await),
            (404, app.anonymous().opens("/invitations/x").await),
            (404, marie.opens("/static/nowhere.css").await),
            (405, marie.opens("/sign-out").await),
            (403, marie.sends(post("/sign-out", &[])).await),
            (413, marie.sends(large.insert_header(("sec-fetch-site", "same-origin"))).await),
            (422, marie.posts("/sign-in", &[("email", ""), ("password", "")]).await),
            (400, marie.posts("/sign-in", &[("nonsense", "")]).await),
            (403, app.member().await.opens(INSIDE).await),
        ];
        app.db().run("ALTER TABLE invitation_roles RENAME TO away").unwrap();
        seen.push((500, marie.opens(&invited.review()).await));
        for (status, page) in seen {
            assert_eq!(page.status, status, "{}", page.asked);
            bears_the_headers(&page);
        }
    }

    async fn a_fault_shows_its_number_and_nothing_else(app: TestApp) {
        let marie = app.billing_admin().await;
        let invited = app.invited();
        app.db().run("ALTER TABLE invitation_roles RENAME TO away").unwrap();
        let page = marie.opens(&invited.review()).await;
        page.is(500).says("Something went wrong here").says("Request ");
        for leak in ["invitation_roles", "no such table", "relation", "diesel", "SELECT", "panicked"] {
            assert!(!page.html().contains(leak), "{leak}");
        }
        app.db().run("ALTER TABLE away RENAME TO invitation_roles").unwrap();
        marie.opens(&invited.review()).await.is(200);
    }

    async fn the_host_that_a_request_claims_is_believed_nowhere(app: TestApp) {
        let invited = app.invited();
        for header in ["host", "x-forwarded-host", "forwarded", "x-original-url", "x-rewrite-url"] {
            let request = TestRequest::get().uri(&invited.link()).insert_header((header, "evil.example"));
            let page = app.anonymous().sends(request).await;
            assert!(!page.is(200).html().contains("evil.example"), "{header}");
            let request = TestRequest::get().uri(INSIDE).insert_header((header, "evil.example"));
            let page = app.anonymous().sends(request).await;
            assert!(!page.is(303).location().contains("evil"), "{header}");
        }
    }

    async fn a_visitor_reads_the_language_asked_for_then_kept_then_preferred(app: TestApp) {
        let lang = |page: &Page| page.attributes("html", "lang").concat();
        let ask = async |query: &str, header: &str, cookie: Option<&str>| {
            let browser = app.anonymous();
            if let Some(cookie) = cookie {
                browser.plant("__Host-language", cookie);
            }
            let request = TestRequest::get().uri(&format!("/sign-in{query}")).insert_header(("accept-language", header));
            lang(&browser.sends(request).await)
        };
        assert_eq!(ask("", "", None).await, "en");
        assert_eq!(ask("", "fr-CA, en;q=0.5", None).await, "fr");
        assert_eq!(ask("", "fr", Some("en")).await, "en");
        assert_eq!(ask("?lang=fr", "en", Some("en")).await, "fr");
        assert_eq!(ask("?lang=xx", "fr", None).await, "fr");
        assert_eq!(ask("", "de, *;q=0.1", Some("<b>")).await, "en");
        let browser = app.anonymous();
        browser.opens("/sign-in?lang=fr").await.is(200);
        assert_eq!(lang(&browser.opens("/sign-in").await), "fr");
    }

    async fn only_pages_remember_a_language(app: TestApp) {
        let page = app.anonymous().opens("/sign-in?lang=fr").await;
        assert!(page.header("set-cookie").contains("language=fr"), "{}", page.header("set-cookie"));
        for path in [entente::web::assets::APP_CSS, "/live", "/ready"] {
            let file = app.anonymous().opens(&format!("{path}?lang=fr")).await;
            assert_eq!(file.is(200).header("set-cookie"), "", "{path}");
        }
    }

    async fn private_pages_are_never_stored_and_files_for_ever(app: TestApp) {
        let marie = app.billing_admin().await;
        let page = marie.opens(INSIDE).await;
        assert_eq!(page.header("cache-control"), "no-store");
        for css in ["link[rel=stylesheet]", "link[rel=icon]"] {
            for href in page.attributes(css, "href") {
                let file = app.anonymous().opens(&href).await;
                assert_eq!(file.is(200).header("cache-control"), "public, max-age=31536000, immutable");
            }
        }
        let style = page.attributes("link[rel=stylesheet]", "href").remove(0);
        for (asked, given) in [("br", "br"), ("gzip", "gzip"), ("gzip, br", "br"), ("identity", ""), ("", "")] {
            let request = TestRequest::get().uri(&style).insert_header(("accept-encoding", asked));
            assert_eq!(app.anonymous().sends(request).await.header("content-encoding"), given);
        }
    }

    async fn pages_load_nothing_from_elsewhere(app: TestApp) {
        let marie = app.billing_admin().await;
        let invited = app.invited();
        for path in [INSIDE.to_owned(), invited.review(), invited.refusal(), "/billing/agreement".into(), "/nowhere".into()] {
            let page = marie.opens(&path).await;
            for (css, attribute) in [("[src]", "src"), ("link[href]", "href"), ("form", "action"), ("[srcset]", "srcset")] {
                for target in page.attributes(css, attribute) {
                    assert!(target.starts_with('/') && !target.starts_with("//"), "{path}: {target}");
                }
            }
            assert!(page.attributes("[style]", "style").is_empty(), "{path}");
            assert!(page.texts("style").is_empty(), "{path}");
            for script in page.texts("script") {
                assert_eq!(script, "", "{path}");
            }
        }
    }
}

#[track_caller]
pub fn bears_the_headers(page: &Page) {
    let policy = page.header("content-security-policy");
    for directive in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ] {
        assert!(
            policy.split("; ").any(|own| own.trim() == directive),
            "{}: {policy}",
            page.asked
        );
    }
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "strict-transport-security",
            "max-age=63072000; includeSubDomains",
        ),
        ("server", ""),
        ("x-powered-by", ""),
    ];
    for (name, value) in fixed {
        assert_eq!(page.header(name), value, "{}: {name}", page.asked);
    }
    assert!(
        page.header("permissions-policy").contains("geolocation=()"),
        "{}",
        page.asked
    );
    assert!(!page.header("cache-control").is_empty(), "{}", page.asked);
    let secret = [
        " /invitations/",
        " /password-reset/",
        " /staff-invitations/",
    ];
    let referrer = if secret.iter().any(|path| page.asked.contains(path)) {
        "no-referrer"
    } else {
        "same-origin"
    };
    assert_eq!(page.header("referrer-policy"), referrer, "{}", page.asked);
    for name in [
        "content-security-policy",
        "referrer-policy",
        "cache-control",
        "x-content-type-options",
    ] {
        assert_eq!(page.all(name).len(), 1, "{}: {name}", page.asked);
    }
    if !page.body.is_empty() {
        let kind = page.header("content-type");
        assert!(
            kind.starts_with("font/")
                || kind.starts_with("image/")
                || kind.contains("charset=utf-8")
                // It knows no other.
                || kind == "application/json",
            "{}: {kind}",
            page.asked
        );
    }
}

// Faults that only tests can cause.

fn faulty(config: &mut ServiceConfig) {
    async fn panics() -> HttpResponse {
        panic!("a test asked for it")
    }
    async fn panics_reading(db: Data<Db>) -> Result<HttpResponse, Error> {
        db.read(|_| -> Result<(), Error> { panic!("a test asked for it") })
            .await?;
        Ok(HttpResponse::Ok().finish())
    }
    async fn panics_writing(db: Data<Db>) -> Result<HttpResponse, Error> {
        db.write_unattended(|conn| -> Result<(), Error> {
            use diesel::RunQueryDsl as _;
            diesel::delete(entente::db::schema::sign_in_failures::table).execute(conn)?;
            panic!("a test asked for it")
        })
        .await?;
        Ok(HttpResponse::Ok().finish())
    }
    async fn says_busy() -> Result<HttpResponse, actix_web::Error> {
        Err(actix_web::error::ErrorInternalServerError("busy"))
    }
    config.service(web::resource("/says-busy").to(says_busy));
    config.service(web::resource("/panics").to(panics));
    config.service(web::resource("/panics/reading").to(panics_reading));
    config.service(web::resource("/panics/writing").to(panics_writing));
}

fn faulty_setup() -> Setup {
    Setup {
        further: faulty,
        connections: 4,
        ..Setup::default()
    }
}

async fn one_bad_request_harms_only_itself(app: TestApp) {
    let marie = app.billing_admin().await;
    let page = marie.opens("/panics").await;
    page.is(500).says("Something went wrong here");
    bears_the_headers(&page);
    assert!(!page.html().contains("a test asked for it"));
    // What an error calls itself doesn't make it ours.
    marie.opens("/says-busy").await.is(500);
    for round in 0..20 {
        let bad = ["/panics", "/panics/reading", "/panics/writing"];
        let bad = join_all(bad.iter().map(|path| marie.opens(path)));
        let good = join_all((0..4).map(|_| marie.opens(INSIDE)));
        let (bad, good) = futures_util::future::join(bad, good).await;
        for page in bad {
            assert!(page.status >= 500, "{round}: {}", page.asked);
        }
        for page in good {
            page.is(200);
        }
    }
    // The pools are as large as before: as many readers as there are connections, all at once.
    let db = app.state().db.clone();
    let readers = join_all((0..4).map(|_| {
        db.read(|_| {
            std::thread::sleep(Duration::from_millis(200));
            Ok(())
        })
    }));
    let all = actix_web::rt::time::timeout(Duration::from_secs(4), readers)
        .await
        .unwrap();
    assert!(all.into_iter().all(|one| one.is_ok()));
    app.signed_in(Persona::GlobalAdmin).await;
}

#[test]
fn one_bad_request_harms_only_itself_sqlite() {
    run_with(
        Backend::Sqlite,
        faulty_setup,
        one_bad_request_harms_only_itself,
    );
}

#[test]
fn one_bad_request_harms_only_itself_postgres() {
    run_with(
        Backend::Postgres,
        faulty_setup,
        one_bad_request_harms_only_itself,
    );
}
