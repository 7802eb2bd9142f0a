//! What a partner says of an acceptance elsewhere: shown as its word, and opening nothing.

use entente::domain::relationship::RelationshipType;

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    db::difference,
    issue::Issue,
    page::Page,
};

const YES: [(&str, &str); 1] = [("consent", "yes")];
const PAGE: &str = "/billing/agreement";
const SAID: [(&str, &str); 3] = [
    ("day", "2026-11-20"),
    ("name", "Petra Novak"),
    ("note", "On paper,\n<b>in our office</b>"),
];

/// A customer whose acceptance doesn't suffice any more, as its partner finds it.
async fn outdated(app: &TestApp) -> (Actor, String) {
    let relationship = app.related();
    app.issues(&Issue::default());
    let path = format!("/partner/customers/{relationship}");
    (app.admin_agent().await, path)
}

async fn says(agent: &Actor, customer: &str) -> Page {
    let page = agent.opens(&format!("{customer}/agreement-claim")).await;
    agent.presses(page.is(200), "Record", &SAID).await
}

fn claims(app: &TestApp, state: &str) -> i64 {
    app.db().count(&format!(
        "SELECT count(*) FROM agreement_claims WHERE state = '{state}'"
    ))
}

fn events(app: &TestApp, kind: &str) -> i64 {
    app.db().count(&format!(
        "SELECT count(*) FROM events WHERE kind = 'agreement.{kind}'"
    ))
}

on_both! {
    async fn what_a_partner_says_opens_nothing_until_an_administrator_accepts(app: TestApp) {
        let (astrid, customer) = outdated(&app).await;
        let page = astrid.opens(&customer).await;
        assert!(page.links().contains(&format!("{customer}/agreement-claim")));
        let done = says(&astrid, &customer).await;
        let page = astrid.follows(&done.is(303).location()).await;
        page.is(200).says("Recorded").says("Petra Novak").says("No administrator has confirmed it yet");
        assert!(!page.links().contains(&format!("{customer}/agreement-claim")));
        // The customer reads it as the partner's word.
        let marie = app.billing_admin().await;
        for place in ["/", PAGE] {
            let page = marie.opens(place).await;
            page.is(200).says("Fjord Managed IT says that Petra Novak accepted the agreement elsewhere");
            page.says("Nothing follows from it until an administrator confirms it");
        }
        marie.opens(PAGE).await.says("<b>in our office</b>");
        // Nothing that needs the agreement is any nearer.
        let invited = app.invites(&app.ask_for(RelationshipType::Advisor));
        let review = marie.opens(&invited.review()).await;
        assert!(!review.buttons().contains(&"Authorize partner".to_owned()), "{:?}", review.buttons());
        marie.presses(&review, "Accept & authorize", &[]).await.is(422);
        assert_eq!(app.db().count("SELECT count(*) FROM acceptances"), 1);
        astrid.opens("/partner/customers").await.is(200);
        astrid.opens(&customer).await.says("No administrator has confirmed it yet");
        // Accepting is what confirms it.
        marie.presses(&review, "Accept & authorize", &YES).await.is(303);
        assert_eq!((claims(&app, "new"), claims(&app, "confirmed")), (0, 1));
        assert_eq!((events(&app, "claimed"), events(&app, "claim_confirmed")), (1, 1));
        marie.opens(PAGE).await.says_no("Petra Novak");
        marie.opens("/audit-log").await.says("was accepted elsewhere");
        let page = astrid.opens(&customer).await;
        page.says("An administrator accepted on 22 November 2026");
        astrid.opens("/partner/audit-log").await.says("Confirmed by accepting what Fjord Managed IT had said");
        app.verified();
    }

    async fn an_administrator_says_no_and_is_not_asked_again(app: TestApp) {
        let (astrid, customer) = outdated(&app).await;
        says(&astrid, &customer).await.is(303);
        let anne = app.global_admin().await;
        let page = anne.opens(PAGE).await;
        let (form, before) = (page.form("Dismiss Fjord Managed IT"), app.db().everything());
        app.stranger().await.posts(&form.action, &[]).await.is(404);
        app.member().await.posts(&form.action, &[]).await.is(403);
        assert_eq!(claims(&app, "new"), 1, "{:?}", difference(&before, &app.db().everything()));
        let done = anne.submits(&form, &[]).await;
        anne.follows(&done.is(303).location()).await.is(200).says("Dismissed").says("sees that an administrator said no");
        anne.submits(&form, &[]).await.is(303);
        assert_eq!((claims(&app, "dismissed"), events(&app, "claim_dismissed")), (1, 1));
        assert_eq!(app.db().count("SELECT count(*) FROM acceptances"), 1);
        let page = astrid.opens(&customer).await;
        page.is(200).says("An administrator dismissed it on");
        astrid.opens(&format!("{customer}/agreement-claim")).await.is(303);
        let again = astrid.posts(&format!("{customer}/agreement-claim"), &SAID).await;
        assert_eq!(again.is(303).location(), customer, "nothing was recorded");
        assert_eq!(events(&app, "claimed"), 1);
        // Of a newer version it can be said.
        app.issues(&Issue { number: 3, ..Issue::default() });
        says(&astrid, &customer).await.is(303);
        assert_eq!(claims(&app, "new"), 1);
        // A link to somebody else's outcome says nothing.
        let olive = app.stranger().await;
        olive.opens(&done.location()).await.is(200).says_no("Dismissed");
        app.verified();
    }

    async fn there_is_nothing_to_say_where_the_customer_has_accepted_enough(app: TestApp) {
        let relationship = app.related();
        let (astrid, customer) = (app.admin_agent().await, format!("/partner/customers/{relationship}"));
        assert!(!astrid.opens(&customer).await.html().contains("agreement-claim"));
        astrid.opens(&format!("{customer}/agreement-claim")).await.is(303);
        astrid.posts(&format!("{customer}/agreement-claim"), &SAID).await.is(303);
        assert_eq!(app.db().count("SELECT count(*) FROM agreement_claims"), 0);
        app.issues(&Issue::default());
        let sara = app.signed_in(Persona::SalesAgent).await;
        assert!(!sara.opens(&customer).await.is(200).html().contains("agreement-claim"));
        sara.posts(&format!("{customer}/agreement-claim"), &SAID).await.is(403);
        let other = app.signed_in(Persona::OtherAgent).await;
        other.posts(&format!("{customer}/agreement-claim"), &SAID).await.is(404);
        assert_eq!(app.db().count("SELECT count(*) FROM agreement_claims"), 0);
    }

    async fn a_form_with_mistakes_comes_back_with_what_was_typed(app: TestApp) {
        let (astrid, customer) = outdated(&app).await;
        let path = format!("{customer}/agreement-claim");
        let empty = astrid.posts(&path, &[]).await;
        empty.is(422).says("Enter the day on which it was accepted");
        assert_eq!(empty.attributes("[aria-invalid]", "name"), ["day", "name"]);
        let later = astrid.posts(&path, &[("day", "2027-01-01"), ("name", "Petra \"Novak\""), ("note", "kept")]).await;
        later.is(422).says("The day of acceptance can’t be in the future").says("kept");
        assert_eq!(later.form("Record").value("name"), Some("Petra \"Novak\""));
        astrid.posts(&path, &[("day", "2026-11-20"), ("name", "www.evil.example/x"), ("note", "")]).await.is(422);
        astrid.posts(&path, &[("other", "field")]).await.is(400);
        assert_eq!(app.db().count("SELECT count(*) FROM agreement_claims"), 0);
        astrid.opens(&format!("{path}?lang=fr")).await.is(200).says("Déclarez que");
    }

    async fn many_at_once_say_it_once(app: TestApp) {
        let (astrid, customer) = outdated(&app).await;
        let path = format!("{customer}/agreement-claim");
        let tabs: Vec<Actor> = (0..6).map(|_| astrid.copy()).collect();
        let tries = tabs.iter().map(|tab| tab.posts(&path, &SAID));
        for answer in futures_util::future::join_all(tries).await {
            answer.is(303);
        }
        assert_eq!((claims(&app, "new"), events(&app, "claimed")), (1, 1));
        app.verified();
    }
}
