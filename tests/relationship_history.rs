//! The history of a relationship: every step from its beginning to its end, the same for both
//! sides, as far as each may see it.

use chrono::TimeDelta;
use entente::domain::{
    RelationshipId, invitation::Addressee, relationship::RelationshipType, role::AdminRole,
};

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    page::Page,
    scene::Ask,
};

const MANAGES: RelationshipType = RelationshipType::ResellerAndDelegatedAdministrator;

fn ours(id: RelationshipId) -> String {
    format!("/billing/partner-relationships/{id}/history")
}

fn theirs(id: RelationshipId) -> String {
    format!("/partner/customers/{id}/history")
}

fn asks(app: &TestApp, roles: &[AdminRole], days: i32) -> RelationshipId {
    let ask = Ask {
        roles: roles.to_vec(),
        days,
        ..app.ask_for(MANAGES)
    };
    app.accepted_by(Persona::GlobalAdmin, &app.invites(&ask))
}

/// What each row says happened, without the way to the receipt.
fn steps(page: &Page) -> Vec<String> {
    let rows = page.is(200).texts("main tbody tr td:nth-of-type(1)");
    rows.iter()
        .map(|row| row.trim_end_matches(" Receipt").replace('\u{a0}', " "))
        .collect()
}

/// A row as whoever reads times in UTC sees it: an hour earlier, and once.
fn in_utc(row: &str) -> String {
    let day = |word: &str| {
        ["2026-", "2027-", "2028-"]
            .iter()
            .any(|year| word.starts_with(year))
    };
    let time = |word: &str| word.len() == 8 && word.matches(':').count() == 2;
    let is_utc = |word: &&str| *word == "UTC" || *word == "–" || day(word) || time(word);
    let words = row.split(' ').filter(|word| !is_utc(word));
    words
        .collect::<Vec<_>>()
        .join(" ")
        .replace(", 10:0", ", 09:0")
}

async fn gives_back(astrid: &Actor, id: RelationshipId) {
    let path = format!("/partner/customers/{id}/roles/helpdesk_administrator/return");
    let page = astrid.opens(&path).await;
    astrid
        .presses(page.is(200), "Yes, give the role back", &[])
        .await
        .is(303);
}

async fn removes(anne: &Actor, id: RelationshipId) {
    let path = format!("/billing/partner-relationships/{id}/role-removal");
    let page = anne.opens(&path).await;
    anne.presses(page.is(200), "Yes, remove roles", &[])
        .await
        .is(303);
}

/// A relationship with all that can become of a role.
async fn story(app: &TestApp) -> RelationshipId {
    let (anne, astrid) = (app.global_admin().await, app.admin_agent().await);
    let id = asks(app, AdminRole::ALL, 365);
    app.passes(TimeDelta::minutes(1));
    gives_back(&astrid, id).await;
    app.passes(TimeDelta::minutes(1));
    assert_eq!(asks(app, AdminRole::ALL, 730), id, "the same goes on");
    app.passes(TimeDelta::minutes(1));
    removes(&anne, id).await;
    app.passes(TimeDelta::minutes(1));
    assert_eq!(asks(app, &[AdminRole::HelpdeskAdministrator], 90), id);
    app.passes(TimeDelta::days(91));
    id
}

on_both! {
    async fn a_history_tells_every_grant_from_whom_until_when_and_why_it_ended(app: TestApp) {
        let id = story(&app).await;
        let (anne, astrid) = (app.global_admin().await, app.admin_agent().await);
        let page = anne.opens(&ours(id)).await;
        let rows = steps(&page);
        let given = "given from 22 Nov 2026, 10:0";
        let expected: [&[&str]; 10] = [
            &["Sent an invitation from Fjord Managed IT"],
            &["Accepted the Customer Agreement"],
            &["Accepted the invitation from Fjord Managed IT", "Global administrator: given from 22 Nov 2026, 10:00 until 22 Nov 2027, 10:00 2026-11-22 09:00:00 UTC – 2027-11-22 09:00:00 UTC", "Helpdesk administrator: given from"],
            &["Gave back the role Helpdesk administrator", given, "given back by Astrid"],
            &["Sent an invitation"],
            &["Accepted the invitation", "Global administrator, given from 22 Nov 2026, 10:00: replaced by the new authorization on 22 Nov 2026, 10:02", "until 21 Nov 2028, 10:02"],
            &["Removed 2 roles", "removed by Anne", given],
            &["Sent an invitation"],
            &["Accepted the invitation", "until 20 Feb 2027, 10:04"],
            &["A role’s time ran out", "ran out on 20 Feb 2027, 10:04"],
        ];
        assert_eq!(rows.len(), expected.len(), "{rows:#?}");
        for (row, words) in rows.iter().zip(expected) {
            for said in words {
                assert!(row.contains(said), "{said} in {row}");
            }
        }
        // A partner's people read times in UTC alone.
        let utc = rows.iter().map(|row| in_utc(row)).collect::<Vec<_>>();
        assert_eq!(steps(&astrid.opens(&theirs(id)).await), utc, "both sides read the same");
        let head = page.texts(".facts-sheet").concat().replace('\u{a0}', " ");
        for said in [app.world().own.name, "Fjord Managed IT", app.world().p.number, "21 Feb 2027, 10:04:00", "2027-02-21 09:04:00 UTC", "Anne"] {
            assert!(head.contains(said), "{said} in {head}");
        }
        assert!(page.text().contains("No entry: it ended by the clock"), "nobody has noted yet that the role ran out");
        app.verified();
    }

    async fn the_customers_numbers_lead_to_the_log_and_the_partner_gets_the_hash_alone(app: TestApp) {
        let id = story(&app).await;
        let (anne, astrid) = (app.global_admin().await, app.admin_agent().await);
        let page = anne.opens(&ours(id)).await;
        let links: Vec<String> = page.attributes("main tbody a[href]", "href");
        let numbers: Vec<&String> = links.iter().filter(|link| link.starts_with("/audit-log/")).collect();
        assert_eq!(numbers.len(), 9, "{links:?}");
        let hashes = page.texts("main tbody .mono");
        for (number, hash) in numbers.iter().zip(&hashes) {
            let entry = anne.opens(number).await;
            assert!(entry.is(200).text().contains(hash), "{number} {hash}");
        }
        let receipts: Vec<&String> = links.iter().filter(|link| link.starts_with("/billing/acceptances/")).collect();
        assert!(!receipts.is_empty());
        for receipt in receipts {
            anne.opens(receipt).await.is(200);
        }
        let sheet = astrid.opens(&theirs(id)).await;
        assert_eq!(sheet.attributes("main tbody a[href]", "href"), [""; 0]);
        let shared = sheet.texts("main tbody .mono");
        assert_eq!(shared.len(), 8, "of all but the agreement's");
        assert!(shared.iter().all(|hash| hashes.contains(hash)));
        let french = anne.opens(&format!("{}?lang=fr", ours(id))).await;
        french.is(200).says("Historique de la relation").says("rendu par Astrid").says("Un rôle est arrivé à terme");
    }

    async fn a_history_is_nobody_elses(app: TestApp) {
        let id = asks(&app, AdminRole::ALL, 90);
        let other = app.accepted_by(Persona::Stranger, &app.invites(&Ask { to: Addressee::Tenant(app.world().other.id), ..app.ask_for(MANAGES) }));
        app.stranger().await.opens(&ours(id)).await.is(404);
        app.global_admin().await.opens(&ours(other)).await.is(404);
        app.signed_in(Persona::OtherAgent).await.opens(&theirs(id)).await.is(404);
        app.admin_agent().await.opens(&theirs(other)).await.is(200).says(app.world().other.name);
        app.member().await.opens(&ours(id)).await.is(403);
        let link = |page: Page| page.is(200).links().into_iter().find(|link| link.ends_with("/history")).unwrap();
        let page = app.billing_admin().await.opens(&format!("/billing/partner-relationships/{id}")).await;
        assert_eq!(link(page), ours(id));
        let page = app.signed_in(Persona::SalesAgent).await.opens(&format!("/partner/customers/{id}")).await;
        assert_eq!(link(page), theirs(id));
    }

    async fn a_removal_counts_only_for_the_roles_of_its_own_relationship(app: TestApp) {
        let anne = app.global_admin().await;
        let id = asks(&app, AdminRole::ALL, 365);
        let manages = app.related();
        let reseller = app.accepted_by(Persona::GlobalAdmin, &app.invites(&app.ask_for(RelationshipType::Reseller)));
        app.passes(TimeDelta::minutes(1));
        removes(&anne, id).await;
        for (id, roles) in [(id, 2), (manages, 1)] {
            let rows = steps(&anne.opens(&ours(id)).await);
            let removal = rows.last().unwrap();
            assert!(removal.contains("Removed 3 roles"), "{rows:#?}");
            assert_eq!(removal.matches("removed by Anne").count(), roles, "{removal}");
        }
        let rows = steps(&anne.opens(&ours(reseller)).await);
        assert!(rows.iter().all(|row| !row.contains("Removed")), "{rows:#?}");
    }
}
