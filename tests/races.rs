//! Many at once: one wins, everybody else is told so, and what is kept says the same.
//!
//! `ENTENTE_TEST_ROUNDS=200 scripts/test races` runs them longer.

use std::time::Duration;

use actix_web::rt::time::sleep;
use entente::{
    db::{DbConn, schema::memberships},
    domain::{
        Instant, MembershipId, event::EventKind, membership::MemberRole,
        relationship::RelationshipType,
    },
    error::Error,
    evidence::chain::{self, NewEvent},
};
use futures_util::future::{join, join_all};

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    page::Page,
    rounds,
    scene::{Ask, Invited, demote},
};

const AUTHORIZE: &str = "Authorize partner";
const TYPES: [RelationshipType; 3] = [
    RelationshipType::DelegatedAdministrator,
    RelationshipType::Advisor,
    RelationshipType::Reseller,
];

/// Rows that tell of acceptances: invitations, acceptances, authorizations, events, mails.
fn traces(app: &TestApp) -> [i64; 6] {
    [
        "invitations WHERE state = 'accepted'",
        "acceptances",
        "authorizations",
        "events WHERE kind = 'invitation.accepted'",
        "events WHERE kind = 'agreement.accepted'",
        "outgoing_mail WHERE kind = 'invitation_accepted'",
    ]
    .map(|rows| app.db().count(&format!("SELECT count(*) FROM {rows}")))
}

/// An invitation to an address that none had before.
fn invites(app: &TestApp, round: usize) -> Invited {
    let kind = TYPES[round % TYPES.len()];
    let to = app.to_email(&format!("office{round}@hautmont.example"));
    app.invites(&Ask {
        to,
        ..app.ask_for(kind)
    })
}

/// The button under the decision, whichever it is.
fn decision(page: &Page) -> &'static str {
    let buttons = page.is(200).buttons();
    ["Accept & authorize", AUTHORIZE]
        .into_iter()
        .find(|button| buttons.iter().any(|shown| shown == button))
        .unwrap()
}

/// Takes the roles away, with the event that an operator's command leaves in the same chain.
fn demotion(conn: &mut DbConn, membership: MembershipId, now: Instant) -> Result<i64, Error> {
    use diesel::prelude::*;
    demote(conn, membership, now)?;
    let tenant = memberships::table
        .find(membership)
        .select(memberships::tenant_id)
        .first(conn)?;
    let event = NewEvent {
        tenant,
        ..NewEvent::by_command(EventKind::RolesChanged, serde_json::json!({}))
    };
    Ok(chain::append(conn, &event, now)?.number)
}

on_both! {
    async fn one_invitation_is_accepted_once_whoever_tries(app: TestApp) {
        let may = [app.billing_admin().await, app.global_admin().await];
        let may_not = [(app.member().await, 403), (app.stranger().await, 404)];
        for round in 0..rounds(6) {
            if round % 5 == 4 {
                // From time to time the agreement is accepted in the same act.
                let number = i32::try_from(round).unwrap() + 2;
                app.publishes(number, true, ["<p>Later</p>", "<p>Plus tard</p>"]);
            }
            let invited = invites(&app, round);
            let before = traces(&app);
            let pages = [may[0].opens(&invited.review()).await, may[1].opens(&invited.review()).await];
            let button = decision(&pages[0]);
            let signs = button != AUTHORIZE;
            let yes = [("consent", "yes")];
            let fields = if signs { &yes[..] } else { &[] };
            let form = pages[0].form(button);
            let tabs: Vec<Actor> = (0..14).map(|tab| may[tab % 2].copy()).collect();
            let theirs = tabs.iter().enumerate().map(|(tab, actor)| actor.presses(&pages[tab % 2], button, fields));
            let others = may_not.iter().map(|(actor, _)| actor.submits(&form, fields));
            let (tried, refused) = join(join_all(theirs), join_all(others)).await;
            let statuses: Vec<u16> = tried.iter().map(|page| page.status).collect();
            let count = |status| statuses.iter().filter(|got| **got == status).count();
            assert_eq!((count(303), count(409)), (1, 13), "round {round}: {statuses:?}");
            for (page, (_, status)) in refused.iter().zip(&may_not) {
                page.is(*status);
            }
            let after = traces(&app);
            let added: Vec<i64> = after.iter().zip(before).map(|(after, before)| after - before).collect();
            let signed = i64::from(signs);
            assert_eq!(added, [1, signed, 1, 1, signed, 2], "round {round}");
        }
        app.verified();
    }

    async fn a_grant_commits_only_if_its_giver_still_may(app: TestApp) {
        app.related();
        let marie = app.billing_admin().await;
        let membership = app.world().person(Persona::BillingAdmin).membership;
        let mut granted = 0;
        for round in 0..rounds(24) {
            app.demotes(Persona::BillingAdmin);
            app.promotes(Persona::BillingAdmin, MemberRole::BillingAdministrator);
            let invited = invites(&app, round);
            let page = marie.opens(&invited.review()).await;
            let (db, now) = (app.state().db.clone(), app.now());
            // Each of the two begins first in half of the rounds, by a hair or by a little more.
            let wait = Duration::from_micros(400 * (u64::try_from(round).unwrap() / 2 % 6));
            let (before, between) = if round % 2 == 0 { (Duration::ZERO, wait) } else { (wait, Duration::ZERO) };
            let demoting = async {
                sleep(before).await;
                db.write_unattended(move |conn| demotion(conn, membership, now)).await.unwrap()
            };
            let accepting = async {
                sleep(between).await;
                marie.presses(&page, decision(&page), &[]).await
            };
            let (demoted, answer) = join(demoting, accepting).await;
            let accepted = app.db().ask(&format!(
                "SELECT CAST(number AS TEXT) AS answer FROM events WHERE kind = 'invitation.accepted' AND canonical LIKE '%\"invitation\":\"{}\"%'",
                invited.id
            ));
            match (answer.status, accepted.first()) {
                (303, Some(number)) => {
                    let number: i64 = number.parse().unwrap();
                    assert!(number < demoted, "round {round}: a grant {number} after the demotion {demoted}");
                    granted += 1;
                }
                (403, None) => {}
                (status, accepted) => panic!("round {round}: {status} with {accepted:?}"),
            }
        }
        let all = app.db().count("SELECT count(*) FROM authorizations");
        assert_eq!(all, granted + 1, "every grant was told of");
        app.verified();
    }
}
