//! Erasing somebody: what was done stays and verifies, by nobody's name.

use std::{collections::BTreeSet, process::Output};

use entente::domain::relationship::RelationshipType;

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    contact::NEED,
    issue::Issue,
    program::tells,
    scene::Ask,
    seed::PASSWORD,
};

fn words_of(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned()
}

fn erases(app: &TestApp, email: &str, further: &[&str]) -> Output {
    let arguments = [&["person", "erase", "--email", email, "--yes"], further].concat();
    tells(&app.db().setting(), &arguments)
}

fn disables(app: &TestApp, email: &str) {
    let arguments = [
        "user",
        "disable",
        "--tenant",
        app.world().own.name,
        "--email",
        email,
    ];
    let output = tells(&app.db().setting(), &arguments);
    assert!(output.status.success(), "{}", words_of(&output));
}

async fn accepts_and_leaves(app: &TestApp) -> (Actor, String) {
    let invited = app.invited();
    let marie = app.billing_admin().await;
    let page = marie.opens(&invited.review()).await;
    let done = marie
        .presses(&page, "Accept & authorize", &[("consent", "yes")])
        .await;
    let relationship = done
        .is(303)
        .location()
        .rsplit('=')
        .next()
        .unwrap()
        .to_owned();
    let other = app.invites(&app.ask_for(entente::domain::relationship::RelationshipType::Advisor));
    marie
        .posts(&other.refusal(), &[("reason", "These very words of hers")])
        .await
        .is(303);
    (marie, relationship)
}

/// The tables that hold any of these words in any of their columns, however written.
fn holds(app: &TestApp, words: &[&str]) -> BTreeSet<String> {
    let holds = |row: &String| {
        let row = row.to_lowercase();
        words
            .iter()
            .any(|words| row.contains(&words.to_lowercase()))
    };
    let tables = app.db().everything();
    let found = tables
        .into_iter()
        .filter(|(_, rows)| rows.iter().any(holds));
    found.map(|(table, _)| table).collect()
}

on_both! {
    async fn whoever_is_erased_is_named_nowhere_and_everything_verifies(app: TestApp) {
        let person = app.world().person(Persona::BillingAdmin).clone();
        let (marie, relationship) = accepts_and_leaves(&app).await;
        let records = "SELECT record AS answer FROM acceptances";
        let (before, events) = (app.db().ask(records), app.db().count("SELECT count(*) FROM events"));
        let still = erases(&app, &person.email, &[]);
        assert_eq!(still.status.code(), Some(1));
        assert!(words_of(&still).contains("is a member still"), "{}", words_of(&still));
        disables(&app, &person.email);
        let done = erases(&app, &person.email.to_uppercase(), &[]);
        assert!(done.status.success(), "{}", words_of(&done));
        assert!(app.verified().erased > 5);
        assert_eq!(app.db().ask(records), before);
        // Disabled in the tenant, erased in the tenant and in the installation.
        assert_eq!(app.db().count("SELECT count(*) FROM events"), events + 3);
        for (table, rows) in app.db().everything() {
            for row in rows {
                assert!(!row.contains(person.name) && !row.contains(&person.email) && !row.contains("Marie"), "{table}: {row}");
                assert!(!row.contains("These very words"), "{table}: {row}");
            }
        }
        // Nor does what was overwritten stay on the disk.
        for file in app.db().url.files() {
            let bytes = std::fs::read(&file).unwrap_or_default();
            for words in [person.name, &person.email, "These very words"] {
                let found = bytes.windows(words.len()).any(|some| some.eq_ignore_ascii_case(words.as_bytes()));
                assert!(!found, "{words} in {}", file.display());
            }
        }
        marie.opens("/billing/agreement").await.is(303);
        app.anonymous().signs_in(&person.email).await.is(422);
        let anne = app.global_admin().await;
        for path in ["/", "/audit-log", "/audit-log/2", "/billing/agreement", "/billing/partner-relationships"] {
            anne.opens(path).await.is(200);
        }
        anne.opens("/audit-log").await.says("Erased person");
        let page = anne.opens(&format!("/billing/partner-relationships/{relationship}")).await;
        page.is(200).says("Erased person");
        anne.opens("/billing/agreement").await.says("Erased person");
        let receipt = format!("/billing/acceptances/{}", app.acceptance_of(app.world().own.id));
        anne.opens(&receipt).await.is(200).says("Erased person");
        anne.opens("/audit-log.csv").await.is(200);
        let astrid = app.admin_agent().await;
        for path in ["/partner", "/partner/audit-log", "/partner/customers"] {
            astrid.opens(path).await.is(200);
        }
        let again = erases(&app, &person.email, &[]);
        assert!(words_of(&again).contains("nobody has the address"), "{}", words_of(&again));
    }

    async fn what_others_wrote_down_of_whoever_is_erased_goes_too(app: TestApp) {
        app.is_listed(Persona::AdminAgent);
        let (world, person) = (app.world().clone(), app.world().person(Persona::BillingAdmin).clone());
        let shouted = person.email.replace("marie", "MARIE");
        // Invited by address, answered and open; asked to join a partner's staff; wrote to a partner.
        let to = app.to_email(&shouted);
        let answered = Ask { to: to.clone(), message: Some("Dear Marie, as we said"), ..app.ask_for(RelationshipType::Advisor) };
        let answered = app.accepted_by(Persona::BillingAdmin, &app.invites(&answered));
        let open = app.invites(&Ask { to, message: Some("Dear Marie, again"), ..app.ask_for(RelationshipType::Reseller) });
        app.asks_to_join(Persona::AdminAgent, &shouted);
        app.asks(Persona::BillingAdmin, &world.p);
        app.db().run(&format!("UPDATE contact_messages SET name = '{}'", person.name)).unwrap();
        app.db().run(&format!("UPDATE outgoing_mail SET last_error = '550 <{shouted}> unknown' WHERE lower(recipient) = '{}'", person.email)).unwrap();
        let before = holds(&app, &[person.name, &person.email, "Marie"]);
        for table in ["people", "invitations", "staff_invitations", "contact_messages", "outgoing_mail", "personal_data"] {
            assert!(before.contains(table), "{table} has something to lose: {before:?}");
        }
        disables(&app, &person.email);
        let done = erases(&app, &person.email, &[]);
        assert!(done.status.success(), "{}", words_of(&done));
        let after = holds(&app, &[person.name, &person.email, "Marie", NEED]);
        assert!(after.is_empty(), "{after:?}");
        app.verified();
        // What was open is closed, on record, and by its link nobody learns anything.
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'invitation.withdrawn' AND tenant_id IS NOT NULL"), 1);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'staff.invitation_withdrawn'"), 1);
        assert_eq!(app.anonymous().opens(&open.link()).await.status, app.anonymous().opens(&format!("/invitations/{}", "A".repeat(43))).await.status);
        assert_eq!(app.db().count("SELECT count(*) FROM outgoing_mail WHERE state = 'queued' AND recipient IS NULL"), 0);
        let astrid = app.admin_agent().await;
        let list = astrid.opens("/partner/invitations").await;
        list.is(200).says("Erased person");
        for link in list.attributes("a.row-link", "href") {
            astrid.opens(&link).await.is(200);
        }
        let requests = astrid.opens("/partner/requests").await;
        let request = requests.is(200).says("Erased person").attributes("a.row-link", "href").remove(0);
        astrid.opens(&request).await.is(200).says("Erased person");
        astrid.posts(&format!("{request}/refusal"), &[("reason", "Nobody to answer")]).await.is(303);
        astrid.opens("/partner/staff").await.is(200);
        let anne = app.global_admin().await;
        anne.opens(&format!("/billing/partner-relationships/{answered}/history")).await.is(200).says("Erased person");
        for path in ["/billing/invitations", "/partners/requests", "/audit-log"] {
            anne.opens(path).await.is(200);
        }
    }

    async fn a_partners_contact_who_is_erased_is_its_contact_no_more(app: TestApp) {
        app.is_listed(Persona::AdminAgent);
        let person = app.world().person(Persona::SalesAgent).clone();
        app.db().run(&format!("UPDATE partners SET contact_name = '{}', contact_email = '{}', contact_phone = '+47 55 00 00 00' WHERE number = '{}'", person.name, person.email.to_uppercase(), app.world().p.number)).unwrap();
        let id = app.related();
        app.asks(Persona::BillingAdmin, &app.world().p.clone());
        let left = tells(&app.db().setting(), &["staff", "disable", "--partner", app.world().p.number, "--email", &person.email]);
        assert!(left.status.success(), "{}", words_of(&left));
        let done = erases(&app, &person.email, &[]);
        assert!(done.status.success(), "{}", words_of(&done));
        let found = holds(&app, &[person.name, &person.email]);
        assert!(found.is_empty(), "{found:?}");
        let page = app.billing_admin().await.opens(&format!("/billing/partner-relationships/{id}")).await;
        page.is(200).says_no("+47 55");
        app.verified();
    }

    async fn whoever_gets_the_address_next_inherits_nothing(app: TestApp) {
        let person = app.world().person(Persona::Member).clone();
        app.member().await.posts("/settings/language", &[("language", "fr")]).await.is(303);
        disables(&app, &person.email);
        assert!(erases(&app, &person.email, &[]).status.success());
        let added = tells(&app.db().setting(), &["user", "add", "--tenant", app.world().own.name, "--email", &person.email, "--name", "Nora Next"]);
        assert!(added.status.success() && !words_of(&added).contains("was known already"), "{}", words_of(&added));
        let next = app.anonymous();
        assert_eq!(next.posts("/sign-in", &[("email", &person.email), ("password", PASSWORD)]).await.status, 422, "no password came with it");
        app.global_admin().await.opens("/audit-log?person=").await.says("Erased person");
        app.verified();
    }

    async fn while_the_retention_runs_nobody_is_erased(app: TestApp) {
        let person = app.world().person(Persona::Member).clone();
        app.member().await.posts("/settings/language", &[("language", "fr")]).await.is(303);
        disables(&app, &person.email);
        let kept = erases(&app, &person.email, &["--retention-days", "36500"]);
        assert_eq!(kept.status.code(), Some(1));
        assert!(words_of(&kept).contains("--email: what ") && words_of(&kept).contains("is kept until 2126-10-29 (retention_days)"), "{}", words_of(&kept));
        let unsure = tells(&app.db().setting(), &["person", "erase", "--email", &person.email]);
        assert_eq!(unsure.status.code(), Some(2), "only where it is meant");
        assert_eq!(app.db().count("SELECT count(*) FROM people WHERE erased_at IS NOT NULL"), 0);
        assert!(erases(&app, &person.email, &["--retention-days", "0"]).status.success());
        app.verified();
    }

    async fn what_a_partner_said_of_a_person_goes_with_the_person(app: TestApp) {
        let person = app.world().person(Persona::BillingAdmin).clone();
        let relationship = app.related();
        app.issues(&Issue::default());
        let claim = format!("/partner/customers/{relationship}/agreement-claim");
        let said = [("day", "2026-11-20"), ("name", person.name), ("note", "Signed on paper")];
        app.admin_agent().await.posts(&claim, &said).await.is(303);
        disables(&app, &person.email);
        assert!(erases(&app, &person.email, &[]).status.success());
        for (table, rows) in app.db().everything() {
            for row in rows {
                assert!(!row.contains(person.name) && !row.contains("Signed on paper"), "{table}: {row}");
            }
        }
        app.global_admin().await.opens("/billing/agreement").await.is(200).says("somebody whose name was erased");
        app.admin_agent().await.opens(&format!("/partner/customers/{relationship}")).await.is(200).says("somebody whose name was erased");
        app.verified();
    }
}
