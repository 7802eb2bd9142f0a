//! Tenants' domains, as the command line registers and removes them.

use entente::web::now::Clock;

use super::accounts::does;
use crate::support::{TestApp, program::tells, scene::Ask};

/// A command that is refused: what it says.
#[track_caller]
pub fn refused(app: &TestApp, arguments: &[&str]) -> String {
    let told = tells(&app.db().setting(), arguments);
    assert_eq!(told.status.code(), Some(1), "{arguments:?}: {told:?}");
    String::from_utf8_lossy(&told.stderr).into_owned()
}

on_both! {
    async fn a_domain_is_registered_and_removed_at_the_command_line(app: TestApp) {
        app.state().clock.set(Clock::System.now());
        let (own, other) = (app.world().own.name, app.world().other.name);
        let invited = app.invites(&Ask { to: app.to_email("direction@lycee.example"), ..app.ask() });
        let marie = app.billing_admin().await;
        marie.opens(&invited.review()).await.is(404);

        let added = does(&app, &["tenant", "domain", "add", own, "Lycee.example"]);
        assert_eq!((&added["domain"], &added["registered"]), (&"lycee.example".into(), &true.into()));
        marie.opens(&invited.review()).await.is(200);
        let all = does(&app, &["tenant", "list"]);
        assert_eq!(all[0]["domains"], serde_json::json!(["hautmont.example", "lycee.example"]));
        for (tenant, domain, why) in [
            (own, "lycee.example", "is registered for this tenant already"),
            (other, "lycee.example", "belongs to another tenant already"),
            (own, "gmail.com", "public mail service"),
            (own, "no domain", "is no domain"),
            ("Nobody", "lycee.example", "no tenant has the public id or name"),
        ] {
            let told = refused(&app, &["tenant", "domain", "add", tenant, domain]);
            assert!(told.contains(why), "{told}");
        }

        does(&app, &["tenant", "domain", "remove", own, "LYCEE.example"]);
        marie.opens(&invited.review()).await.is(404);
        let told = refused(&app, &["tenant", "domain", "remove", own, "lycee.example"]);
        assert!(told.contains("isn't registered"), "{told}");
        let log = marie.opens("/audit-log").await;
        log.says("Registered the domain lycee.example").says("Removed the domain lycee.example");
        app.verified();
    }
}
