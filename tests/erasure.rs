//! Erasing somebody: what was done stays and verifies, by nobody's name.

use std::process::Output;

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    issue::Issue,
    program::tells,
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
                assert!(table == "outgoing_mail" || !row.contains("These very words"), "{table}: {row}");
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
