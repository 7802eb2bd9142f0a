//! Invitations: from the link in the mail to what became of it.

use actix_web::{http::Method, test::TestRequest};
use chrono::TimeDelta;
use diesel::prelude::*;
use entente::{
    access::guards::{BillingAdmin, GlobalAdmin},
    db::{Actor as _, schema::people},
    domain::{invitation::Addressee, relationship::RelationshipType, role::AdminRole},
};
use futures_util::future::join_all;

use crate::support::{
    TestApp,
    cast::{Actor, Persona, post},
    db::{Backend, beside_denials, difference},
    page::Page,
    scene::{Ask, Invited},
    seed::PASSWORD,
};

const ACCEPT: &str = "Accept & authorize";
const AUTHORIZE: &str = "Authorize partner";
const YES: [(&str, &str); 1] = [("consent", "yes")];

/// Opens the review and accepts.
async fn accepts(actor: &Actor, invited: &Invited) -> Page {
    let page = actor.opens(&invited.review()).await;
    actor.presses(page.is(200), ACCEPT, &YES).await
}

fn number(app: &TestApp, what: &str) -> i64 {
    app.db().count(&format!("SELECT count(*) FROM {what}"))
}

/// How many rows tell of an acceptance: invitations, acceptances, authorizations, relationships,
/// live grants, mails to both sides, events.
fn traces(app: &TestApp) -> [i64; 7] {
    [
        number(app, "invitations WHERE state = 'accepted'"),
        number(app, "acceptances"),
        number(app, "authorizations"),
        number(app, "relationships WHERE state = 'active'"),
        number(app, "grants WHERE state = 'live'"),
        number(app, "outgoing_mail WHERE kind = 'invitation_accepted'"),
        number(app, "events WHERE kind = 'invitation.accepted'"),
    ]
}

/// A page as somebody who compares byte for byte sees it.
fn as_seen(page: &Page) -> (u16, Vec<String>, Vec<u8>) {
    let headers = page.headers.iter();
    let mut headers: Vec<String> = headers.map(|(k, v)| format!("{k}: {v:?}")).collect();
    headers.sort();
    (page.status, headers, page.body.clone())
}

/// Links that lead nowhere, the first of which never was, the second was used; and one that lives.
async fn dead_links(app: &TestApp, marie: &Actor) -> (Vec<Invited>, Invited) {
    let used = app.invited();
    accepts(marie, &used).await.is(303);
    let withdrawn = app.invites(&app.ask_for(RelationshipType::Advisor));
    app.withdraws(&withdrawn);
    let declined = app.invites(&app.ask_for(RelationshipType::Advisor));
    let page = marie.opens(&declined.refusal()).await;
    marie
        .presses(&page, "Decline invitation", &[])
        .await
        .is(303);
    let expired = app.invites(&Ask {
        life: TimeDelta::seconds(1),
        ..app.ask_for(RelationshipType::Reseller)
    });
    app.passes(TimeDelta::seconds(1));
    let suspended = app.invites(&Ask {
        from: app.world().q.clone(),
        sender: Persona::OtherAgent,
        ..app.ask_for(RelationshipType::Reseller)
    });
    app.suspends(app.world().q.id);
    let alive = app.invites(&app.ask_for(RelationshipType::MpsaPartner));
    let with = |token: String| Invited {
        token,
        ..alive.clone()
    };
    let unknown = with("A".repeat(43));
    let upper = with(alive.token.to_uppercase());
    let cut = with(alive.token[..42].to_owned());
    let longer = with(format!("{}A", alive.token));
    let dead = vec![
        unknown, used, withdrawn, declined, expired, suspended, upper, cut, longer,
    ];
    (dead, alive)
}

on_both! {
    async fn a_billing_admin_accepts_what_was_shown(app: TestApp) {
        let invited = app.invites(&Ask { message: Some("We would like to help.\nAstrid"), ..app.ask() });
        let marie = app.billing_admin().await;
        let page = marie.opens(&invited.review()).await;
        page.is(200)
            .says("Fjord Managed IT wants to work with Hautmont School Group")
            .says("We would like to help.")
            .says("Helpdesk administrator")
            .says("2400011")
            .says("I have read the Microsoft Customer Agreement and accept it for Hautmont School Group.");
        assert_eq!(page.attributes("input[name=consent]", "checked"), Vec::<String>::new(), "the box starts empty");
        let done = marie.presses(&page, ACCEPT, &YES).await;
        assert!(done.is(303).location().starts_with("/billing/partner-relationships?accepted="), "{}", done.location());
        assert_eq!(traces(&app), [1, 1, 1, 1, 1, 2, 1]);
        assert_eq!(number(&app, "events WHERE kind = 'agreement.accepted'"), 1);
        let list = marie.follows(&done.location()).await;
        list.is(200).says("Fjord Managed IT");
        marie.opens(&invited.review()).await.is(200).says("This invitation was accepted").says("Marie Delorme");
        app.verified();
    }

    async fn a_tenant_that_has_accepted_the_agreement_only_authorizes(app: TestApp) {
        app.related();
        let invited = app.invites(&app.ask_for(RelationshipType::Advisor));
        let marie = app.billing_admin().await;
        let page = marie.opens(&invited.review()).await;
        assert!(page.is(200).attributes("input[name=consent]", "name").is_empty());
        marie.presses(&page, AUTHORIZE, &[]).await.is(303);
        assert_eq!((number(&app, "acceptances"), number(&app, "authorizations")), (1, 2));
        let records = app.db().ask(&format!("SELECT record AS answer FROM authorizations WHERE record LIKE '%{}%'", invited.id));
        let record: serde_json::Value = serde_json::from_str(&records[0]).unwrap();
        assert_eq!((record["act"].as_str(), record["control"].as_str()), (Some("button"), Some(AUTHORIZE)));
        app.verified();
    }

    async fn accepting_twice_is_answered_with_what_became_of_it(app: TestApp) {
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let page = marie.opens(&invited.review()).await;
        marie.presses(&page, ACCEPT, &YES).await.is(303);
        let before = app.db().everything();
        let again = marie.presses(&page, ACCEPT, &YES).await;
        again.is(409).says("This invitation was accepted").says("What you sent changed nothing.");
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
    }

    async fn two_administrators_of_a_tenant_accept_two_invitations_at_once(app: TestApp) {
        // Both accept the same agreement in the same moment: one of them does, both get through.
        let people = [app.billing_admin().await, app.global_admin().await];
        let types = [RelationshipType::Advisor, RelationshipType::Reseller];
        let invited = types.map(|kind| app.invites(&app.ask_for(kind)));
        let mut pages = Vec::new();
        for (actor, invited) in people.iter().zip(&invited) {
            pages.push(actor.opens(&invited.review()).await);
        }
        let tries = people.iter().zip(&pages).map(|(actor, page)| actor.presses(page, ACCEPT, &YES));
        for page in join_all(tries).await {
            assert!([303, 409].contains(&page.status), "{}", page.status);
        }
        assert_eq!(number(&app, "acceptances"), 1);
        app.verified();
    }

    async fn the_same_partner_and_type_join_one_relationship(app: TestApp) {
        let marie = app.billing_admin().await;
        accepts(&marie, &app.invited()).await.is(303);
        let again = app.invites(&Ask { roles: vec![AdminRole::GlobalAdministrator, AdminRole::HelpdeskAdministrator], days: 90, ..app.ask() });
        let page = marie.opens(&again.review()).await;
        page.is(200).says("This includes full control");
        marie.presses(&page, AUTHORIZE, &[]).await.is(303);
        assert_eq!(number(&app, "relationships"), 1);
        assert_eq!(number(&app, "grants WHERE state = 'live'"), 2);
        assert_eq!(number(&app, "grants WHERE state = 'replaced'"), 1);
        app.verified();
    }

    async fn leaving_out_any_part_of_accepting_accepts_nothing(app: TestApp) {
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let page = marie.opens(&invited.review()).await;
        let form = page.form(ACCEPT);
        let terms = form.value("terms").unwrap().to_owned();
        let before = app.db().everything();
        let no_box = marie.submits(&form, &[]).await;
        no_box.is(422).says("Select the box to confirm that you have read the agreement");
        assert!(no_box.texts("title").concat().starts_with("Error:"));
        marie.submits(&form, &[("consent", "no")]).await.is(422);
        marie.posts(&form.action, &YES).await.is(409);
        marie.posts(&form.action, &[("consent", "yes"), ("terms", "AAAA")]).await.is(409);
        marie.sends(post(&form.action, &[("consent", "yes"), ("terms", &terms)])).await.is(403);
        let anonymous = app.anonymous().posts(&form.action, &[("consent", "yes"), ("terms", &terms)]).await;
        assert!(anonymous.is(303).location().starts_with("/sign-in"));
        assert_eq!(marie.opens(&form.action).await.status, 405);
        let extra = marie.submits(&form, &[("consent", "yes"), ("roles", "global_administrator")]).await;
        extra.is(400);
        let changed = beside_denials(difference(&before, &app.db().everything()));
        assert!(changed.is_empty(), "{changed:#?}");
        marie.submits(&form, &YES).await.is(303);
    }

    async fn the_box_is_needed_in_whatever_language_the_page_was_read(app: TestApp) {
        let invited = app.invited();
        let marie = app.billing_admin().await;
        app.speaks(Persona::BillingAdmin, "en");
        let page = marie.opens(&format!("{}?lang=fr", invited.review())).await;
        assert_eq!(page.is(200).attributes("html", "lang"), ["fr"]);
        let form = page.form("Accepter et autoriser");
        marie.submits(&form, &[]).await.is(422);
        assert_eq!(number(&app, "acceptances"), 0);
        marie.submits(&form, &YES).await.is(303);
        let record = app.db().ask("SELECT record AS answer FROM acceptances").concat();
        let record: serde_json::Value = serde_json::from_str(&record).unwrap();
        assert_eq!(record["document"]["language"], "fr");
        assert_eq!(record["page_language"], "fr", "the page was in French");
        assert_eq!(record["control"], "Accepter et autoriser", "what was pressed");
    }

    async fn terms_that_changed_meanwhile_are_shown_again(app: TestApp) {
        let marie = app.billing_admin().await;
        let invited = app.invited();
        let page = marie.opens(&invited.review()).await;
        let id = if app.db().backend == Backend::Sqlite {
            format!("x'{}'", invited.id.to_string().replace('-', ""))
        } else {
            format!("'{}'", invited.id)
        };
        for (change, said) in [
            (format!("INSERT INTO invitation_roles VALUES ({id}, 'global_administrator')"), "The roles are others"),
            ("UPDATE invitations SET days = 730".to_owned(), "The roles last for another time"),
            ("UPDATE invitations SET relationship_type = 'reseller_and_delegated_administrator'".to_owned(), "The type of relationship is another one"),
        ] {
            app.db().run(&change).unwrap();
            let before = app.db().everything();
            marie.presses(&page, ACCEPT, &YES).await.is(409).says(said);
            assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
        }
        app.publishes(2, true, ["<p>Second</p>", "<p>Deux</p>"]);
        let again = marie.presses(&page, ACCEPT, &YES).await;
        again.is(409).says("Another text or version of the agreement holds now");
        assert_eq!(traces(&app), [0; 7]);
        // The page that came back can be accepted.
        marie.presses(&again, ACCEPT, &YES).await.is(303);
        assert_eq!(number(&app, "grants WHERE role = 'global_administrator'"), 1);
        app.verified();
    }

    async fn forged_terms_accept_nothing_else(app: TestApp) {
        use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
        let marie = app.billing_admin().await;
        let invited = app.invited();
        let page = marie.opens(&invited.review()).await;
        let form = page.form(ACCEPT);
        let terms = URL_SAFE_NO_PAD.decode(form.value("terms").unwrap()).unwrap();
        let terms: serde_json::Value = serde_json::from_slice(&terms).unwrap();
        for (name, value) in [
            ("roles", serde_json::json!(["global_administrator"])),
            ("days", serde_json::json!(730)),
            ("accepts_agreement", serde_json::json!(false)),
            ("agreement_sha256", serde_json::json!("00")),
            ("relationship_type", serde_json::json!("reseller")),
            ("agreement_version", serde_json::json!(invited.id)),
        ] {
            let mut forged = terms.clone();
            assert_ne!(forged[name], value);
            forged[name] = value;
            let forged = URL_SAFE_NO_PAD.encode(forged.to_string());
            let answer = marie.submits(&form, &[("terms", &forged), ("consent", "yes")]).await;
            answer.is(409);
            assert_eq!(traces(&app), [0; 7], "{name}");
        }
    }

    async fn only_the_addressed_tenants_administrators_can_accept(app: TestApp) {
        let invited = app.invited();
        let page = app.billing_admin().await.opens(&invited.review()).await;
        let form = page.form(ACCEPT);
        for (persona, status) in [
            (Persona::Stranger, 404),
            (Persona::Member, 403),
            (Persona::AdminAgent, 404),
            (Persona::SalesAgent, 404),
            (Persona::OtherAgent, 404),
            (Persona::Operator, 404),
        ] {
            let actor = app.signed_in(persona).await;
            assert_eq!(actor.submits(&form, &YES).await.status, status, "{persona:?}");
            assert_eq!(traces(&app), [0; 7], "{persona:?}");
        }
        app.billing_admin().await.submits(&form, &YES).await.is(303);
        let olive = app.stranger().await.opens(&invited.review()).await;
        olive.is(404).says("There is no such invitation for Northwind Mills").says("Use another account");
    }

    async fn where_the_tenant_says_so_only_a_global_admin_accepts_roles(app: TestApp) {
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let shown = marie.opens(&invited.review()).await;
        app.lets_billing_accept_roles(&app.world().own, false);
        marie.presses(&shown, ACCEPT, &YES).await.is(403).says("Anne Roux");
        assert_eq!(traces(&app), [0; 7]);
        let page = marie.opens(&invited.review()).await;
        page.is(200).says("Only a Global administrator can accept admin roles here").says("Anne Roux");
        assert!(!page.buttons().contains(&ACCEPT.to_owned()));
        // Without roles a Billing administrator still may.
        accepts(&marie, &app.invites(&app.ask_for(RelationshipType::Reseller))).await.is(303);
        let anne = app.global_admin().await;
        let page = anne.opens(&invited.review()).await;
        anne.presses(&page, AUTHORIZE, &[]).await.is(303);
    }

    async fn a_suspended_partners_invitation_cannot_be_accepted(app: TestApp) {
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let shown = marie.opens(&invited.review()).await;
        app.suspends(app.world().p.id);
        marie.presses(&shown, ACCEPT, &YES).await.is(409).says("This partner is suspended");
        assert_eq!(traces(&app), [0; 7]);
        app.anonymous().opens(&invited.link()).await.is(404);
    }

    async fn a_suspended_partners_invitation_does_not_wait(app: TestApp) {
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let home = marie.opens("/").await;
        assert_eq!(home.texts(".tally").len(), 1);
        home.says("Fjord Managed IT");
        let links = |page: &Page| page.links().into_iter().filter(|link| *link == invited.review()).count();
        assert_eq!(links(&home), 1);
        app.suspends(app.world().p.id);
        let home = marie.opens("/").await;
        assert_eq!((home.is(200).texts(".tally").len(), links(&home)), (0, 0));
        marie.opens("/billing/partner-relationships").await.is(200).says_no("Fjord Managed IT");
        let list = marie.opens("/billing/invitations").await;
        list.is(200).says("No invitation is waiting").says("Partner suspended");
        assert_eq!(links(&list), 1, "it can still be looked at");
        // Declining stays possible.
        let page = marie.opens(&invited.refusal()).await;
        marie.presses(page.is(200), "Decline invitation", &[]).await.is(303);
        app.verified();
    }

    async fn looking_changes_nothing_however_often(app: TestApp) {
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let paths = [invited.link(), invited.review(), invited.refusal(), "/billing/invitations".into(), "/billing/agreement".into(), "/".into(), "/billing/partner-relationships".into()];
        marie.opens("/").await;
        let before = app.db().everything();
        let agents = ["Mozilla/5.0", "Mozilla/5.0 (compatible; Safelinks)", "curl/8", "facebookexternalhit/1.1", ""];
        for round in 0..30 {
            for path in &paths {
                let method = [Method::GET, Method::HEAD, Method::OPTIONS][round % 3].clone();
                let request = TestRequest::default()
                    .method(method)
                    .uri(path)
                    .insert_header(("user-agent", agents[round % agents.len()]))
                    .insert_header(("sec-purpose", "prefetch;prerender"))
                    .insert_header(("purpose", "prefetch"));
                let page = if round % 2 == 0 { app.anonymous().sends(request).await } else { marie.sends(request).await };
                assert!(page.status < 500, "{path}: {}", page.status);
                if round % 3 == 1 {
                    assert!(page.status == 200 || page.status == 303, "HEAD {path}: {}", page.status);
                }
            }
        }
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
        accepts(&marie, &invited).await.is(303);
    }

    async fn to_a_visitor_every_dead_link_looks_the_same(app: TestApp) {
        let marie = app.billing_admin().await;
        let (dead, alive) = dead_links(&app, &marie).await;
        app.anonymous().opens(&alive.link()).await.is(200).says("Fjord Managed IT invites you");
        let mut seen = Vec::new();
        for invited in &dead {
            seen.push(as_seen(&app.anonymous().opens(&invited.link()).await));
        }
        for other in &seen {
            assert_eq!(other, &seen[0]);
        }
        assert_eq!(seen[0].0, 404);
    }

    async fn to_strangers_who_are_signed_in_every_dead_link_looks_the_same(app: TestApp) {
        let marie = app.billing_admin().await;
        let (dead, alive) = dead_links(&app, &marie).await;
        for persona in [Persona::Stranger, Persona::AdminAgent, Persona::Operator] {
            let stranger = app.signed_in(persona).await;
            let mut seen = Vec::new();
            for invited in &dead {
                seen.push(as_seen(&stranger.opens(&invited.link()).await));
            }
            for (other, invited) in seen.iter().zip(&dead) {
                assert_eq!(other, &seen[0], "{persona:?}: {}", invited.link());
            }
            assert_eq!(seen[0].0, 404);
            // One that waits for somebody else leads to the page for the wrong tenant.
            let page = stranger.opens(&alive.link()).await;
            assert_eq!(page.is(303).location(), alive.review());
            stranger.opens(&alive.review()).await.is(404).says("Use another account");
        }
        // Whom it was for is told what became of it.
        let used = &dead[1];
        assert_eq!(marie.opens(&used.link()).await.is(303).location(), used.review());
        marie.opens(&used.review()).await.is(200).says("This invitation was accepted");
    }

    async fn a_link_leads_through_sign_in_to_the_review_and_goes_no_further(app: TestApp) {
        let invited = app.invited();
        let browser = app.anonymous();
        let page = browser.opens(&invited.link()).await;
        page.is(200).says("Fjord Managed IT invites you").says_no("Helpdesk").says_no("Hautmont");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert!(!page.html().contains(&invited.token), "the page repeats its own address");
        assert!(page.links().iter().all(|link| !link.contains(&invited.token)));
        let next = page.links().into_iter().find(|link| link.starts_with("/sign-in?next=")).unwrap();
        let page = browser.opens(&next).await;
        page.is(200).says("Fjord Managed IT");
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        let page = browser.presses(&page, "Sign in", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(page.location(), invited.review());
        browser.opens(&page.location()).await.is(200);
        // Signed in, the link leads straight there.
        assert_eq!(browser.opens(&invited.link()).await.location(), invited.review());
    }

    async fn several_invitations_in_several_tabs_do_not_mix(app: TestApp) {
        let first = app.invited();
        let second = app.invites(&Ask { from: app.world().q.clone(), sender: Persona::OtherAgent, ..app.ask_for(RelationshipType::Reseller) });
        let browser = app.anonymous();
        let mut next = Vec::new();
        for invited in [&first, &second] {
            let page = browser.opens(&invited.link()).await;
            next.push(page.links().into_iter().find(|link| link.starts_with("/sign-in?next=")).unwrap());
        }
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        let page = browser.opens(&next[0]).await;
        let page = browser.presses(&page, "Sign in", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(page.location(), first.review());
        assert_eq!(browser.opens(&next[1]).await.location(), second.review());
        browser.opens(&second.review()).await.says("Brightwater IT");
    }

    async fn the_link_is_kept_nowhere_readable(app: TestApp) {
        let invited = app.invites(&Ask { to: app.to_email("office@hautmont.example"), ..app.ask() });
        let kept = format!("{:?}", app.db().everything());
        assert!(!kept.contains(&invited.token));
        for persona in [Persona::BillingAdmin, Persona::GlobalAdmin, Persona::AdminAgent, Persona::SalesAgent, Persona::OtherAgent, Persona::Operator] {
            let actor = app.signed_in(persona).await;
            for path in ["/", "/partner", "/billing/invitations", &invited.review(), "/audit-log", "/settings", "/billing/partner-relationships"] {
                let page = actor.opens(path).await;
                assert!(!String::from_utf8_lossy(&page.body).contains(&invited.token), "{path} as {persona:?}");
            }
        }
    }

    async fn an_expired_invitation_offers_to_ask_for_a_new_link_once(app: TestApp) {
        let invited = app.invites(&Ask { life: TimeDelta::hours(1), ..app.ask() });
        let marie = app.billing_admin().await;
        let shown = marie.opens(&invited.review()).await;
        marie.posts(&format!("{}/renewal-request", invited.review()), &[]).await.is(409);
        app.passes(TimeDelta::minutes(29));
        marie.opens("/").await;
        app.settles().await;
        app.passes(TimeDelta::minutes(29));
        marie.opens("/").await;
        app.settles().await;
        app.passes(TimeDelta::minutes(2));
        marie.presses(&shown, ACCEPT, &YES).await.is(409).says("This invitation no longer works");
        assert_eq!(traces(&app), [0; 7]);
        let page = marie.opens(&invited.review()).await;
        let asked = marie.presses(page.is(200), "Ask for a new link", &[]).await;
        assert_eq!(asked.is(303).location(), invited.review());
        marie.presses(&page, "Ask for a new link", &[]).await.is(303);
        assert_eq!(number(&app, "renewal_requests"), 1);
        assert_eq!(number(&app, "events WHERE kind = 'invitation.renewal_requested'"), 1);
        let page = marie.opens(&invited.review()).await;
        assert!(!page.buttons().contains(&"Ask for a new link".to_owned()));
        let staff = app.admin_agent().await.opens("/partner").await;
        staff.is(200).says("new link");
        app.verified();
    }

    async fn a_withdrawn_invitation_says_so_and_accepts_nothing(app: TestApp) {
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let shown = marie.opens(&invited.review()).await;
        app.withdraws(&invited);
        marie.presses(&shown, ACCEPT, &YES).await.is(409).says("This invitation was withdrawn");
        let refused = marie.posts(&invited.refusal(), &[("reason", "")]).await;
        assert!([303, 409].contains(&refused.status), "{}", refused.status);
        assert_eq!(traces(&app), [0; 7]);
        assert_eq!(number(&app, "invitations WHERE state = 'withdrawn'"), 1);
    }

    async fn declining_tells_the_partner_and_gives_nothing(app: TestApp) {
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let shown = marie.opens(&invited.review()).await;
        let page = marie.opens(&invited.refusal()).await;
        let reason = "Ask only for <b>password</b> resets & nothing else";
        let done = marie.presses(page.is(200), "Decline invitation", &[("reason", reason)]).await;
        assert_eq!(done.is(303).location(), format!("/billing/invitations?declined={}", invited.id));
        marie.follows(&done.location()).await.is(200).says("Invitation declined");
        assert_eq!(number(&app, "invitations WHERE state = 'declined'"), 1);
        assert_eq!(number(&app, "outgoing_mail WHERE kind = 'invitation_declined'"), 2);
        assert_eq!(number(&app, "events WHERE kind = 'invitation.declined'"), 1);
        marie.presses(&shown, ACCEPT, &YES).await.is(409).says("This invitation was declined");
        let closed = marie.opens(&invited.review()).await;
        closed.is(200).says(reason);
        assert_eq!(traces(&app), [0; 7]);
        // Once more changes nothing.
        marie.presses(&page, "Decline invitation", &[("reason", "Again")]).await.is(409);
        assert_eq!(number(&app, "events WHERE kind = 'invitation.declined'"), 1);
        assert!(app.db().everything()["invitations"].concat().contains("password"));
        app.verified();
    }

    async fn a_reason_that_is_too_long_or_hides_something_comes_back(app: TestApp) {
        let invited = app.invited();
        let marie = app.billing_admin().await;
        let long = "a".repeat(2001);
        for reason in [long.as_str(), "nice\u{202e}txt.exe"] {
            let page = marie.posts(&invited.refusal(), &[("reason", reason)]).await;
            page.is(422);
            assert_eq!(page.attributes("#reason", "aria-invalid"), ["true"]);
            assert_eq!(page.texts("#reason").concat(), reason);
        }
        assert_eq!(number(&app, "invitations WHERE state = 'open'"), 1);
    }

    async fn accepting_and_declining_at_once_leave_one_outcome(app: TestApp) {
        let (marie, anne) = (app.billing_admin().await, app.global_admin().await);
        app.related();
        for round in 0..5 {
            let to = app.to_email(&format!("office{round}@hautmont.example"));
            let invited = app.invites(&Ask { to, ..app.ask_for(RelationshipType::Advisor) });
            let page = marie.opens(&invited.review()).await;
            let refusal = anne.opens(&invited.refusal()).await;
            let withdrawn = app.state().db.clone();
            let (id, clock) = (invited.id, app.state().clock.clone());
            let withdrawing = async move {
                withdrawn.write_unattended(move |conn| {
                    use entente::{evidence::chain::EventActor, inviting::withdraw::withdraw};
                    withdraw(conn, &EventActor::CommandLine, id, &clock).map(drop)
                }).await.is_ok()
            };
            let (accepted, declined, withdrawn) = futures_util::future::join3(
                marie.presses(&page, AUTHORIZE, &[]),
                anne.presses(&refusal, "Decline invitation", &[]),
                withdrawing,
            ).await;
            let won = [accepted.status == 303, declined.status == 303, withdrawn];
            assert_eq!(won.iter().filter(|won| **won).count(), 1, "{won:?} {} {}", accepted.status, declined.status);
            for page in [accepted, declined] {
                assert!([303, 409].contains(&page.status), "{}", page.status);
            }
        }
        app.verified();
        assert_eq!(app.db().deadlocks(), 0);
    }

    async fn an_invitation_by_address_is_for_the_tenant_that_owns_the_domain(app: TestApp) {
        let marie = app.billing_admin().await;
        let by_domain = app.invites(&Ask { to: app.to_email("anybody@HAUTMONT.example"), ..app.ask() });
        marie.opens(&by_domain.review()).await.is(200);
        let elsewhere = app.invites(&Ask { to: app.to_email("marie@hautmont.example.evil.example"), ..app.ask() });
        marie.opens(&elsewhere.review()).await.is(404);
        // Olive's mailbox is at a public provider: her verified address alone decides.
        let set = |sql: String| app.db().run(&sql).unwrap();
        set("UPDATE people SET email = 'olive@gmail.com', email_folded = 'olive@gmail.com' WHERE email_folded = 'olive@northwind.example'".into());
        let by_address = app.invites(&Ask { to: app.to_email("olive@gmail.com"), ..app.ask() });
        let olive = Actor::new(&app, Persona::Stranger);
        olive.signs_in("olive@gmail.com").await.is(303);
        olive.opens(&by_address.review()).await.is(200);
        marie.opens(&by_address.review()).await.is(404);
        set("UPDATE people SET email_verified_at = NULL, email_verified_by = NULL WHERE email_folded = 'olive@gmail.com'".into());
        olive.opens(&by_address.review()).await.is(404);
    }

    async fn a_name_that_looks_like_markup_stays_a_name(app: TestApp) {
        let hostile = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{7*7}}", "' OR 1=1 --", "</textarea><script>"];
        let marie = app.billing_admin().await;
        for (index, text) in hostile.iter().enumerate() {
            let escaped = text.replace('\'', "''");
            app.db().run(&format!("UPDATE partners SET name = '{escaped}', contact_name = '{escaped}', city = '{escaped}', domain = '{escaped}', contact_phone = '{escaped}' WHERE number = '2400011'")).unwrap();
            let to = app.to_email(&format!("office{index}@hautmont.example"));
            let invited = app.invites(&Ask { message: Some(text), to, ..app.ask() });
            for path in [invited.review(), invited.refusal(), "/billing/invitations".into(), "/".into(), "/audit-log".into()] {
                let page = marie.opens(&path).await;
                page.is(200).says(text);
                assert_eq!(page.texts("script").concat(), "", "{path}");
                assert_eq!(page.attributes("[onerror]", "onerror"), Vec::<String>::new());
                assert_eq!(page.attributes("img", "src"), Vec::<String>::new());
            }
            app.anonymous().opens(&invited.link()).await.is(200).says(text);
        }
    }

    async fn a_guard_reads_the_right_again_inside_the_transaction(app: TestApp) {
        let db = &app.state().db;
        let marie: BillingAdmin = db.read_here(|conn| app.guard(conn, Persona::BillingAdmin)).unwrap();
        let anne: GlobalAdmin = db.read_here(|conn| app.guard(conn, Persona::GlobalAdmin)).unwrap();
        db.write_here(|conn| marie.recheck(conn)).unwrap();
        app.demotes(Persona::BillingAdmin);
        assert!(db.write_here(|conn| marie.recheck(conn)).is_err());
        app.disables(Persona::GlobalAdmin);
        assert!(db.write_here(|conn| anne.recheck(conn)).is_err());
    }
}

impl TestApp {
    /// Sets the language of somebody's profile.
    fn speaks(&self, persona: Persona, language: &'static str) {
        let person = self.world().person(persona).id;
        let write = |conn: &mut entente::db::DbConn| {
            diesel::update(people::table.find(person))
                .set(people::language.eq(language))
                .execute(conn)?;
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
    }
}

#[test]
fn an_address_is_one_address() {
    use entente::domain::email::Email;
    for list in [
        "a@x.example,b@x.example",
        "a@x.example;b@x.example",
        "\"<b>x</b>\"@f.example",
        "group:a@x.example;",
    ] {
        assert!(Email::parse(list).is_err(), "{list}");
    }
    assert!(matches!(
        Email::parse("a@x.example").map(Addressee::Email),
        Ok(Addressee::Email(_))
    ));
}
