//! A person's own settings.

use crate::support::{TestApp, cast::Persona, seed::PASSWORD};

const NEW: &str = "harbour lantern quilt meadow";

on_both! {
    async fn changing_the_password_ends_every_other_session(app: TestApp) {
        let here = app.billing_admin().await;
        let there = [app.billing_admin().await, app.billing_admin().await];
        let old = here.copy();
        let page = here.opens("/settings").await;
        page.is(200);
        let fields = [("current", PASSWORD), ("new", NEW), ("again", NEW)];
        here.posts("/settings/password", &fields).await.is(303);
        here.opens("/settings").await.is(200);
        for other in there.iter().chain([&old]) {
            other.opens("/settings").await.is(303);
        }
        let email = &app.world().person(Persona::BillingAdmin).email;
        app.anonymous().posts("/sign-in", &[("email", email), ("password", PASSWORD)]).await.is(422);
        app.anonymous().posts("/sign-in", &[("email", email), ("password", NEW)]).await.is(303);
        assert_eq!(app.db().count("SELECT count(*) FROM outgoing_mail WHERE kind = 'password_changed'"), 1);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'person.password_changed'"), 1);
        app.verified();
    }

    async fn a_password_manager_is_told_whose_password_it_is_and_the_form_does_not_send_it(app: TestApp) {
        let marie = app.billing_admin().await;
        let page = marie.opens("/settings").await;
        let own = "form[action='/settings/password'] input[autocomplete='username']";
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        assert_eq!(page.attributes(own, "value"), [email]);
        assert!(page.attributes(own, "name").is_empty());
    }

    async fn a_password_is_long_and_not_guessable_and_nothing_else(app: TestApp) {
        let marie = app.billing_admin().await;
        let set = async |current: &str, new: &str, again: &str| {
            let page = marie.posts("/settings/password", &[("current", current), ("new", new), ("again", again)]).await;
            assert!(!page.html().contains(new) || new.is_empty(), "a password is shown");
            page.status
        };
        let long: String = "violin tractor candle ".chars().cycle().take(257).collect();
        for refused in ["", "fourteen chars", "123456789012345", "passwordpassword", "hautmonthautmont", "mariedelorme12345", "ententeentente12", &long] {
            assert_eq!(set(PASSWORD, refused, refused).await, 422, "{refused}");
        }
        assert_eq!(set(PASSWORD, NEW, "harbour lantern quilt meadoW").await, 422);
        assert_eq!(set("not the current one", NEW, NEW).await, 422);
        assert_eq!(set(PASSWORD, "fifteen  lowers", "fifteen  lowers").await, 303);
        let of_128: String = "violin tractor candle orchard ".chars().cycle().take(127).chain(['x']).collect();
        assert_eq!(set("fifteen  lowers", &of_128, &of_128).await, 303);
        let email = &app.world().person(Persona::BillingAdmin).email;
        let last_differs = format!("{}y", &of_128[..127]);
        app.anonymous().posts("/sign-in", &[("email", email), ("password", &last_differs)]).await.is(422);
        app.anonymous().posts("/sign-in", &[("email", email), ("password", &of_128)]).await.is(303);
    }

    async fn a_new_password_is_looked_at_only_after_the_try_at_the_old_one_was_counted(app: TestApp) {
        let marie = app.billing_admin().await;
        let fields = [("current", "not the current one"), ("new", "passwordpassword"), ("again", "passwordpassword")];
        for _ in 0..10 {
            let page = marie.posts("/settings/password", &fields).await;
            assert!(page.is(422).attributes("#new", "aria-invalid").is_empty(), "looked at");
        }
        marie.posts("/settings/password", &fields).await.is(429);
    }

    async fn one_ends_ones_own_sessions_and_nobody_elses(app: TestApp) {
        let (here, there) = (app.billing_admin().await, app.billing_admin().await);
        let anne = app.global_admin().await;
        let page = here.opens("/settings").await;
        let forms: Vec<String> = page.attributes("form", "action").into_iter().filter(|action| action.ends_with("/end") && !action.ends_with("sessions/end")).collect();
        assert_eq!(forms.len(), 1, "{forms:?}");
        anne.posts(&forms[0], &[]).await.is(404);
        there.opens("/settings").await.is(200);
        here.posts(&forms[0], &[]).await.is(303);
        there.opens("/settings").await.is(303);
        here.opens("/settings").await.is(200);
        let third = app.billing_admin().await;
        here.posts("/settings/sessions/end", &[]).await.is(303);
        third.opens("/settings").await.is(303);
        here.opens("/settings").await.is(200);
        anne.opens("/settings").await.is(200);
    }

    async fn language_and_appearance_are_kept(app: TestApp) {
        let marie = app.billing_admin().await;
        marie.posts("/settings/language", &[("language", "fr")]).await.is(303);
        assert_eq!(marie.opens("/settings").await.attributes("html", "lang"), ["fr"]);
        let elsewhere = app.billing_admin().await;
        assert_eq!(elsewhere.opens("/settings").await.attributes("html", "lang"), ["fr"]);
        marie.posts("/settings/appearance", &[("theme", "dark")]).await.is(303);
        assert_eq!(marie.opens("/settings").await.attributes("html", "data-theme"), ["dark"]);
        marie.posts("/settings/appearance", &[("theme", "system")]).await.is(303);
        assert!(marie.opens("/settings").await.attributes("html", "data-theme").is_empty());
        for (path, field, value) in [("/settings/language", "language", "xx"), ("/settings/appearance", "theme", "<b>"), ("/settings/acceptance", "billing", "maybe")] {
            let anne = app.global_admin().await;
            anne.posts(path, &[(field, value)]).await.is(400);
        }
    }

    async fn the_tenants_setting_is_the_global_admins_and_bites_at_once(app: TestApp) {
        let (marie, anne) = (app.billing_admin().await, app.global_admin().await);
        let invited = app.invited();
        let shown = marie.opens(&invited.review()).await;
        marie.posts("/settings/acceptance", &[("billing", "no")]).await.is(403);
        anne.posts("/settings/acceptance", &[("billing", "no")]).await.is(303);
        marie.presses(&shown, "Accept & authorize", &[("consent", "yes")]).await.is(403);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'tenant.settings_changed'"), 1);
        anne.posts("/settings/acceptance", &[("billing", "yes")]).await.is(303);
        marie.presses(&shown, "Accept & authorize", &[("consent", "yes")]).await.is(303);
        app.verified();
    }
}
