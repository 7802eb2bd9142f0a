//! Signing in and out: what a person notices, and what somebody who guesses doesn't.

use actix_web::cookie::{Cookie, SameSite};
use chrono::TimeDelta;

use crate::support::{
    TestApp,
    app::{ORIGIN, Setup, run_with},
    cast::{Actor, Persona, post},
    db::Backend,
    page::{Page, is_signed_out},
    seed::PASSWORD,
};

const NEW: &str = "harbour lantern quilt meadow";

/// A page that only people who are signed in get.
const INSIDE: &str = "/billing/invitations";

fn tries(email: &str, password: &str) -> [(&'static str, String); 2] {
    [
        ("email", email.to_owned()),
        ("password", password.to_owned()),
    ]
}

async fn try_in(actor: &Actor, email: &str, password: &str) -> Page {
    let fields = tries(email, password);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    actor.posts("/sign-in", &fields).await
}

on_both! {
    async fn a_failed_sign_in_looks_the_same_whatever_the_account(app: TestApp) {
        let email = |persona| app.world().person(persona).email.clone();
        app.disables(Persona::Member);
        app.db().run(&format!("UPDATE people SET password_hash = NULL WHERE email = '{}'", email(Persona::SalesAgent))).unwrap();
        app.db().run(&format!(
            "UPDATE memberships SET ended_at = created_at WHERE person_id = (SELECT id FROM people WHERE email = '{}')",
            email(Persona::HelpdeskAgent)
        )).unwrap();
        app.suspends(app.world().q.id);
        let cases = [
            ("nobody@hautmont.example".to_owned(), PASSWORD),
            (email(Persona::OtherAgent), PASSWORD),
            (email(Persona::BillingAdmin), "violin tractor candle orchars"),
            (email(Persona::Member), PASSWORD),
            (email(Persona::SalesAgent), PASSWORD),
            (email(Persona::HelpdeskAgent), PASSWORD),
            ("nobody@nowhere.example".to_owned(), "violin tractor candle orchars"),
        ];
        let mut seen = Vec::new();
        for (email, password) in cases {
            let page = try_in(&app.anonymous(), &email, password).await;
            let mut headers: Vec<String> = page.headers.iter().map(|(k, v)| format!("{k}: {}", v.to_str().unwrap())).collect();
            headers.sort();
            let body = page.html().replace(&email, "TYPED");
            seen.push((page.status, headers, body, email));
        }
        for other in &seen[1..] {
            assert_eq!((&seen[0].0, &seen[0].1, &seen[0].2), (&other.0, &other.1, &other.2), "{}", other.3);
        }
        assert_eq!(seen[0].0, 422);
        assert!(!seen[0].1.iter().any(|line| line.starts_with("set-cookie")), "{:?}", seen[0].1);
    }

    async fn guessing_is_slowed_down_whatever_address_and_spelling_it_comes_by(app: TestApp) {
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        let mut evaluated = 0;
        for round in 0..120 {
            let spelled: String = email.chars().enumerate()
                .map(|(i, c)| if (round >> (i % 7)) & 1 == 1 { c.to_ascii_uppercase() } else { c })
                .collect();
            let spelled = if round % 3 == 0 { format!(" {spelled} ") } else { spelled };
            let guess = format!("a wrong guess number {round}");
            let request = post("/sign-in", &[("email", &spelled), ("password", &guess)])
                .insert_header(("sec-fetch-site", "same-origin"))
                .insert_header(("x-forwarded-for", format!("198.51.100.{round}")))
                .insert_header(("x-real-ip", format!("198.51.100.{round}")))
                .insert_header(("forwarded", format!("for=198.51.100.{round}")));
            let page = app.anonymous().sends(request).await;
            match page.status {
                422 => evaluated += 1,
                429 => {
                    let wait: i64 = page.header("retry-after").parse().unwrap();
                    assert!((1..=900).contains(&wait), "{wait}");
                }
                other => panic!("{other}"),
            }
        }
        assert!((1..=20).contains(&evaluated), "{evaluated} guesses were looked at");
        try_in(&app.anonymous(), &email, PASSWORD).await.is(429);
        // Somebody else isn't kept out, and neither is the owner for good.
        app.signed_in(Persona::GlobalAdmin).await;
        app.passes(TimeDelta::minutes(15));
        try_in(&app.anonymous(), &email, PASSWORD).await.is(303);
    }

    async fn guessing_without_end_keeps_no_browser_out_that_was_let_in_before(app: TestApp) {
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        let (marie, anne) = (app.billing_admin().await, app.global_admin().await);
        let guesses = async || {
            for round in 0..12 {
                let guess = format!("a wrong guess number {round}");
                try_in(&app.anonymous(), &email, &guess).await;
            }
            try_in(&app.anonymous(), &email, PASSWORD).await.is(429);
        };
        for _ in 0..4 {
            marie.posts("/sign-out", &[]).await.is(303);
            guesses().await;
            marie.signs_in(&email).await.is(303);
            app.passes(TimeDelta::minutes(15));
        }
        guesses().await;
        // Nor does it keep anybody from changing the password, who is signed in.
        let new = [("current", PASSWORD), ("new", NEW), ("again", NEW)];
        let before = marie.copy();
        marie.posts("/settings/password", &new).await.is(303);
        marie.posts("/sign-out", &[]).await.is(303);
        guesses().await;
        try_in(&marie, &email, NEW).await.is(303);
        // Somebody else's browser is no better than any; nor is one from before the change; nor a
        // cookie that was altered.
        anne.posts("/sign-out", &[]).await.is(303);
        let forger = app.anonymous();
        let word = marie.cookie("__Host-browser");
        forger.plant("__Host-browser", &word.chars().rev().collect::<String>());
        for other in [&anne, &before, &forger] {
            try_in(other, &email, NEW).await.is(429);
        }
        // And the browser's own tries are counted.
        marie.posts("/sign-out", &[]).await.is(303);
        for _ in 0..10 {
            try_in(&marie, &email, "a wrong guess that is long").await.is(422);
        }
        try_in(&marie, &email, NEW).await.is(429);
    }

    async fn what_a_browser_remembers_tells_nothing_and_signs_nobody_in(app: TestApp) {
        let marie = app.billing_admin().await;
        let word = marie.cookie("__Host-browser");
        let other = app.billing_admin().await.cookie("__Host-browser");
        assert_ne!(word, other);
        assert!(!word.contains(&app.world().person(Persona::BillingAdmin).id.to_string()));
        let browser = app.anonymous();
        browser.plant("__Host-browser", &word);
        is_signed_out(&browser.opens(INSIDE).await);
        let wrong = browser.posts("/sign-in", &[("email", "nobody@nowhere.example"), ("password", PASSWORD)]).await;
        let plain = app.anonymous().posts("/sign-in", &[("email", "nobody@nowhere.example"), ("password", PASSWORD)]).await;
        assert_eq!((wrong.status, wrong.html()), (plain.status, plain.html()));
        assert!(wrong.all("set-cookie").is_empty());
    }

    async fn an_unknown_address_is_slowed_down_like_a_known_one(app: TestApp) {
        let mut statuses = Vec::new();
        for email in ["nobody@nowhere.example", "marie@hautmont.example"] {
            let mut of_one = Vec::new();
            for _ in 0..12 {
                of_one.push(try_in(&app.anonymous(), email, "a wrong guess that is long").await.status);
            }
            statuses.push(of_one);
        }
        assert_eq!(statuses[0], statuses[1]);
        assert_eq!(statuses[0].last(), Some(&429));
    }

    async fn the_right_password_forgets_the_wrong_ones(app: TestApp) {
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        for _ in 0..3 {
            for _ in 0..9 {
                try_in(&app.anonymous(), &email, "a wrong guess that is long").await.is(422);
            }
            try_in(&app.anonymous(), &email, PASSWORD).await.is(303);
        }
    }

    async fn a_session_that_somebody_planted_is_worth_nothing_after_sign_in(app: TestApp) {
        let browser = app.member().await;
        let planted = browser.copy();
        let before = browser.cookies();
        browser.signs_in(&app.world().person(Persona::BillingAdmin).email).await.is(303);
        assert_ne!(browser.cookies(), before);
        browser.opens(INSIDE).await.is(200);
        is_signed_out(&planted.opens(INSIDE).await);
    }

    async fn signing_out_ends_the_session_on_the_server(app: TestApp) {
        let marie = app.billing_admin().await;
        let saved = marie.copy();
        saved.opens(INSIDE).await.is(200);
        let page = marie.posts("/sign-out", &[]).await;
        assert_eq!((page.status, page.location().as_str()), (303, "/sign-in"));
        is_signed_out(&saved.opens(INSIDE).await);
        is_signed_out(&marie.opens(INSIDE).await);
        // Once more is no error.
        marie.posts("/sign-out", &[]).await.is(303);
    }

    async fn a_session_ends_after_half_an_hour_without_a_request(app: TestApp) {
        let marie = app.billing_admin().await;
        for minutes in [29, 29, 29] {
            app.passes(TimeDelta::minutes(minutes));
            marie.opens(INSIDE).await.is(200);
            app.settles().await;
        }
        app.passes(TimeDelta::minutes(30));
        is_signed_out(&marie.opens(INSIDE).await);
        app.settles().await;
        // A clock that is set back brings nothing back.
        app.passes(TimeDelta::minutes(-20));
        is_signed_out(&marie.opens(INSIDE).await);
    }

    async fn a_session_ends_after_twelve_hours_whatever_happens(app: TestApp) {
        let marie = app.billing_admin().await;
        for _ in 0..35 {
            app.passes(TimeDelta::minutes(20));
            marie.opens(INSIDE).await.is(200);
            app.settles().await;
        }
        app.passes(TimeDelta::minutes(20));
        is_signed_out(&marie.opens(INSIDE).await);
        app.settles().await;
        app.passes(TimeDelta::minutes(-20));
        is_signed_out(&marie.opens(INSIDE).await);
    }

    async fn a_person_who_is_disabled_is_out_at_the_next_request(app: TestApp) {
        let marie = app.billing_admin().await;
        app.disables(Persona::BillingAdmin);
        is_signed_out(&marie.opens(INSIDE).await);
        is_signed_out(&marie.posts("/billing/agreement/acceptance", &[]).await);
    }

    async fn a_suspended_partners_staff_are_out_at_the_next_request(app: TestApp) {
        use entente::{access::guards::Staff, db::Actor as _};
        let (astrid, bruno) = (app.admin_agent().await, app.signed_in(Persona::OtherAgent).await);
        let proven: Staff = app.state().db.read_here(|conn| app.guard(conn, Persona::AdminAgent)).unwrap();
        astrid.opens("/partner").await.is(200);
        app.suspends(app.world().p.id);
        let before = app.db().count("SELECT count(*) FROM events");
        is_signed_out(&astrid.posts("/settings/language", &[("language", "fr")]).await);
        is_signed_out(&astrid.opens("/partner").await);
        is_signed_out(&astrid.opens("/settings").await);
        assert_eq!(app.db().count("SELECT count(*) FROM events"), before);
        let email = app.world().person(Persona::AdminAgent).email.clone();
        try_in(&app.anonymous(), &email, PASSWORD).await.is(422);
        // What was about to be written isn't, either.
        assert!(app.state().db.write_here(|conn| proven.recheck(conn)).is_err());
        bruno.opens("/partner").await.is(200);
    }

    async fn somebody_of_a_suspended_partner_still_acts_for_another_place(app: TestApp) {
        let bruno = app.world().person(Persona::OtherAgent).clone();
        let (tenant, at) = (app.world().own.id, app.now());
        let joins = |conn: &mut entente::db::DbConn| {
            use diesel::prelude::*;
            use entente::db::{schema::memberships, types::Ts};
            diesel::insert_into(memberships::table)
                .values((
                    memberships::id.eq(entente::domain::MembershipId::at(at)),
                    memberships::person_id.eq(bruno.id),
                    memberships::side.eq("tenant"),
                    memberships::tenant_id.eq(tenant),
                    memberships::created_at.eq(Ts::from(at)),
                ))
                .execute(conn)?;
            Ok(())
        };
        app.state().db.write_here(joins).unwrap();
        let browser = app.anonymous();
        browser.signs_in(&bruno.email).await.is(303);
        browser.opens("/settings").await.is(200).says("Brightwater IT").says("Hautmont School Group");
        app.suspends(app.world().q.id);
        is_signed_out(&browser.opens("/settings").await);
        browser.signs_in(&bruno.email).await.is(303);
        browser.opens("/settings").await.is(200).says("Hautmont School Group").says_no("Brightwater IT");
        let membership = bruno.membership.to_string();
        browser.posts("/settings/membership", &[("membership", &membership)]).await.is(404);
    }

    async fn a_role_that_is_taken_away_is_gone_at_the_next_request(app: TestApp) {
        let marie = app.billing_admin().await;
        marie.opens(INSIDE).await.is(200);
        app.demotes(Persona::BillingAdmin);
        let page = marie.opens(INSIDE).await;
        page.is(403).says("Anne Roux");
    }

    async fn the_session_cookie_is_bound_to_this_host_and_hidden_from_script(app: TestApp) {
        let actor = app.anonymous();
        let page = actor.signs_in(&app.world().person(Persona::BillingAdmin).email).await;
        let lines = page.all("set-cookie");
        assert_eq!(lines.len(), 2, "{lines:?}");
        for line in &lines {
            let name = if line.starts_with("__Host-browser") { "__Host-browser" } else { "__Host-session" };
            conforms(line, name, true);
        }
        // Ours say what they are for; none is renewed without need.
        assert!(actor.opens(INSIDE).await.all("set-cookie").is_empty());
        let page = app.anonymous().opens("/sign-in?lang=fr").await;
        for line in page.all("set-cookie") {
            conforms(&line, "__Host-language", true);
        }
    }

    async fn after_sign_in_one_stays_on_the_site(app: TestApp) {
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        let theirs = [
            "//e.example", "///e.example", "/\\e.example", "\\\\e.example", "/%5ce.example", "/%5C/e.example",
            "https:e.example", "https://e.example", "http:/e.example", "/%09/e.example", "/\t/e.example",
            "javascript:alert(1)", "@e.example", "/../..//e.example", "/a\r\nSet-Cookie: x=1", "/%0d%0aSet-Cookie:x=1",
            "/／e.example", "/%2f%2fe.example", "data:text/html,x", ".e.example", "/.//e.example", "//e.example/%2e%2e",
        ];
        let ours: url::Url = ORIGIN.parse().unwrap();
        for next in theirs {
            let browser = app.anonymous();
            let query: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            let page = browser.opens(&format!("/sign-in?next={query}")).await;
            let page = browser.presses(page.is(200), "Sign in", &[("email", &email), ("password", PASSWORD)]).await;
            let there = ours.join(&page.is(303).location()).unwrap();
            assert_eq!(there.origin(), ours.origin(), "{next:?}");
            let typed = browser.posts("/sign-in", &[("email", &email), ("password", PASSWORD), ("next", next)]).await;
            if typed.status == 303 {
                assert_eq!(ours.join(&typed.location()).unwrap().origin(), ours.origin(), "{next:?}");
            }
            // Somebody who is signed in already goes straight on.
            let page = browser.opens(&format!("/sign-in?next={query}")).await;
            assert_eq!(ours.join(&page.is(303).location()).unwrap().origin(), ours.origin(), "{next:?}");
        }
        let page = app.anonymous().posts("/sign-in", &[("email", &email), ("password", PASSWORD), ("next", "/settings?x=1")]).await;
        assert_eq!(page.location(), "/settings?x=1");
    }

    async fn a_page_that_needs_signing_in_is_come_back_to(app: TestApp) {
        let browser = app.anonymous();
        let page = browser.opens("/billing/invitations?declined=x").await;
        let sign_in = browser.opens(&page.is(303).location()).await;
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        let page = browser.presses(&sign_in, "Sign in", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(page.location(), "/billing/invitations?declined=x");
    }

    async fn what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(app: TestApp) {
        let browser = app.anonymous();
        let page = browser.posts("/sign-in", &[("email", "marie@hautmont.example"), ("password", "")]).await;
        page.is(422).says("Enter your password");
        assert_eq!(page.attributes("#email", "value"), ["marie@hautmont.example"]);
        assert_eq!(page.attributes("#password", "aria-invalid"), ["true"]);
        assert!(page.texts("title").concat().starts_with("Error:"), "{:?}", page.texts("title"));
        assert_eq!(page.attributes(".errors a", "href"), ["#password"]);
        let page = try_in(&browser, "marie@hautmont.example", "never shown again").await;
        assert!(!page.html().contains("never shown again"));
    }

    async fn a_cookie_that_was_altered_signs_nobody_in(app: TestApp) {
        let marie = app.billing_admin().await;
        let (name, value) = ("__Host-session", marie.cookie("__Host-session"));
        let last = if value.ends_with('0') { '1' } else { '0' };
        for forged in [format!("{}{last}", &value[..value.len() - 1]), "x".repeat(64), String::from("%00"), value.chars().rev().collect()] {
            let thief = app.anonymous();
            thief.plant(name, &forged);
            is_signed_out(&thief.opens(INSIDE).await);
        }
        marie.opens(INSIDE).await.is(200);
    }

    async fn neither_password_nor_cookie_is_kept_readable(app: TestApp) {
        let marie = app.billing_admin().await;
        let cookie = marie.cookie("__Host-session");
        let mut kept = app.db().everything();
        kept.insert("sessions".into(), app.db().rows("sessions"));
        let kept = format!("{kept:?}");
        assert!(!kept.contains(PASSWORD));
        assert!(cookie.len() > 40, "{cookie}");
        assert!(!kept.contains(&cookie));
        assert!(kept.contains("$argon2id$"));
    }
}

#[track_caller]
pub fn conforms(line: &str, name: &str, https: bool) {
    let cookie = Cookie::parse(line.to_owned()).unwrap();
    assert_eq!(cookie.name(), name, "{line}");
    assert_eq!(cookie.secure().unwrap_or(false), https, "{line}");
    assert_eq!(cookie.http_only(), Some(true), "{line}");
    assert_eq!(cookie.path(), Some("/"), "{line}");
    assert_eq!(cookie.domain(), None, "{line}");
    assert!(
        matches!(cookie.same_site(), Some(SameSite::Lax | SameSite::Strict)),
        "{line}"
    );
    assert!(line.len() < 4096, "{line}");
}

#[test]
fn over_plain_http_on_loopback_the_cookie_drops_what_needs_tls() {
    let setup = || Setup {
        origin: "http://127.0.0.1:8080",
        ..Setup::default()
    };
    run_with(Backend::Sqlite, setup, |app| async move {
        let page = app
            .anonymous()
            .signs_in(&app.world().person(Persona::BillingAdmin).email)
            .await;
        let mut lines = page.all("set-cookie");
        lines.sort();
        assert_eq!(lines.len(), 2, "{lines:?}");
        conforms(&lines[0], "browser", false);
        conforms(&lines[1], "session", false);
        assert_eq!(page.header("strict-transport-security"), "");
    });
}
