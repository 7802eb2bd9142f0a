//! Joining a partner's staff: by the person's own act, and by nobody else's.

use chrono::TimeDelta;
use entente::{
    access::people::{
        Home,
        add::{NewMember, add},
    },
    domain::{email::Email, membership::MemberRole, name::Name},
    evidence::chain::EventActor,
    work::outbox::MailKind,
};
use futures_util::future::join_all;

use crate::support::{
    TestApp,
    app::{Setup, run_with},
    cast::{Actor, Persona},
    db::Backend,
    page::{Page, is_signed_out},
    scene::StaffLink,
    seed::PASSWORD,
};

const LIST: &str = "/partner/staff";
const NEW: &str = "/partner/staff/new";
const CHOSEN: &str = "harbour lantern quilt meadow";
const PETRA: &str = "petra@nobody.example";

async fn invites(actor: &Actor, email: &str) -> Page {
    let fields = [
        ("name", "Petra Novak"),
        ("email", email),
        ("sales_agent", "yes"),
    ];
    actor.posts(NEW, &fields).await
}

async fn arrives(actor: &Actor, link: &StaffLink) -> Page {
    let fields = [("name", "Petra Novak"), ("new", CHOSEN), ("again", CHOSEN)];
    actor.posts(&link.path(), &fields).await
}

fn people(app: &TestApp, and: &str) -> i64 {
    app.db().count(&format!(
        "SELECT count(*) FROM people WHERE email_folded = '{PETRA}' {and}"
    ))
}

fn events(app: &TestApp, kind: &str) -> i64 {
    app.db().count(&format!(
        "SELECT count(*) FROM events WHERE kind = '{kind}'"
    ))
}

on_both! {
    async fn whose_the_address_is_changes_nothing_for_the_one_who_invites(app: TestApp) {
        let email = |persona| app.world().person(persona).email.clone();
        app.disables(Persona::HelpdeskAgent);
        let astrid = app.admin_agent().await;
        let before = app.db().rows("people");
        let mut seen = Vec::new();
        let known = [email(Persona::Member), email(Persona::BillingAdmin), email(Persona::OtherAgent)];
        for email in known.iter().map(String::as_str).chain(["nobody@nowhere.example"]) {
            let page = invites(&astrid, email).await;
            let list = astrid.opens(&page.location()).await;
            list.is(200).says(email).says("shown to nobody else");
            let html = list.html().replace(email, "ADDRESS");
            let id = page.location().rsplit('=').next().unwrap().to_owned();
            seen.push((page.status, html.replace(&id, "ID").matches("ADDRESS").count()));
            app.db().run("UPDATE staff_invitations SET state = 'withdrawn', closed_at = created_at, closed_by = created_by").unwrap();
        }
        assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
        assert_eq!(seen[0].0, 303);
        assert_eq!(app.db().rows("people"), before, "nobody is made or changed");
        assert_eq!(app.db().count("SELECT count(*) FROM memberships WHERE side = 'partner'"), 4);
        assert_eq!(app.mails_of(MailKind::StaffInvitation).len(), 4);
        app.verified();
    }

    async fn somebody_new_joins_by_the_mailed_link_once(app: TestApp) {
        let astrid = app.admin_agent().await;
        let link = app.asks_to_join(Persona::AdminAgent, PETRA);
        let mail = app.mails_of(MailKind::StaffInvitation).remove(0);
        assert_eq!(mail.to, PETRA);
        assert!(mail.letter.text.contains("Astrid Berg invites you"), "{}", mail.letter.text);
        // Nobody but the mailbox gets to see it.
        for page in [LIST, NEW, "/partner"] {
            assert!(!astrid.opens(page).await.html().contains(&link.token), "{page}");
        }
        let visitor = app.anonymous();
        let before = app.db().everything();
        for _ in 0..3 {
            let page = visitor.opens(&link.path()).await;
            page.is(200).says("Fjord Managed IT invites you to its staff").says(PETRA).says("Sales agent");
            assert_eq!(page.header("referrer-policy"), "no-referrer");
            visitor.heads(&link.path()).await.is(200);
        }
        assert_eq!(app.db().everything(), before);
        for (new, again) in [("", ""), ("fourteen chars", "fourteen chars"), ("petranovakfjord", "petranovakfjord"), (CHOSEN, "another harbour lantern")] {
            let page = visitor.posts(&link.path(), &[("name", "Petra Novak"), ("new", new), ("again", again)]).await;
            page.is(422);
            assert!(new.is_empty() || !page.html().contains(new), "a password is shown");
        }
        assert_eq!(people(&app, ""), 0);

        assert_eq!(arrives(&visitor, &link).await.is(303).location(), "/partner");
        visitor.opens("/partner/invitations").await.is(200).says("Petra Novak");
        visitor.opens(LIST).await.is(403);
        assert_eq!(people(&app, "AND email_verified_by = 'mail'"), 1);
        astrid.opens(LIST).await.says("Petra Novak").says_no("Invited by");
        assert_eq!((events(&app, "staff.invited"), events(&app, "staff.joined")), (1, 1));
        // Used up, for whoever found it.
        arrives(&app.anonymous(), &link).await.is(404);
        app.anonymous().opens(&link.path()).await.is(404);
        let again = app.anonymous();
        again.posts("/sign-in", &[("email", PETRA), ("password", CHOSEN)]).await.is(303);
        app.verified();
    }

    async fn somebody_known_joins_signed_in_and_keeps_the_password(app: TestApp) {
        let paul = app.world().person(Persona::Member).clone();
        let link = app.asks_to_join(Persona::AdminAgent, &paul.email.to_uppercase());
        let visitor = app.anonymous();
        // Another password can't be set by it.
        let before = app.db().everything();
        arrives(&visitor, &link).await.is(422).says("This address has an account");
        assert_eq!(app.db().everything(), before);
        let page = visitor.opens(&link.path()).await;
        let to = page.is(200).links().into_iter().find(|to| to.starts_with("/sign-in?next")).unwrap();
        let form = visitor.opens(&to).await;
        assert_eq!(form.is(200).header("referrer-policy"), "no-referrer");
        let led = visitor.presses(&form, "Sign in", &[("email", &paul.email), ("password", PASSWORD)]).await;
        assert_eq!(led.is(303).location(), link.path());
        let page = visitor.opens(&link.path()).await;
        arrives(&visitor, &link).await.is(409);
        let joined = visitor.presses(page.is(200), "Join the staff", &[]).await;
        assert_eq!(joined.is(303).location(), "/partner");
        visitor.opens("/partner").await.is(200).says("Fjord Managed IT");
        // The account in the tenant is there as before.
        let own = paul.membership.to_string();
        visitor.posts("/settings/membership", &[("membership", &own)]).await.is(303);
        visitor.opens("/").await.is(200).says("Hautmont");
        let event = app.db().ask("SELECT canonical AS answer FROM events WHERE kind = 'staff.joined'").remove(0);
        let event: serde_json::Value = serde_json::from_str(&event).unwrap();
        assert_eq!(event["partner"], app.world().p.id.to_string());
        assert!(event["tenant"].is_null(), "it stands in the installation's chain: {event}");
        app.verified();
    }

    async fn nobody_joins_by_a_link_for_somebody_else(app: TestApp) {
        let link = app.asks_to_join(Persona::AdminAgent, PETRA);
        for persona in [Persona::Member, Persona::OtherAgent, Persona::Operator, Persona::BillingAdmin] {
            let actor = app.signed_in(persona).await;
            let page = actor.opens(&link.path()).await;
            page.is(200).says("This invitation is for somebody else");
            assert!(!page.buttons().iter().any(|button| button == "Join the staff"), "{persona:?}");
            actor.posts(&link.acceptance(), &[]).await.is(404);
            arrives(&actor, &link).await.is(409);
        }
        assert_eq!(events(&app, "staff.joined"), 0);
        let actor = app.member().await;
        let page = actor.opens(&link.path()).await;
        let out = actor.presses(&page, "Use another account", &[]).await;
        assert!(out.is(303).location().starts_with("/sign-in?next="));
    }

    async fn who_decides_about_partners_works_for_none_by_the_same_account(app: TestApp) {
        for persona in [Persona::BillingAdmin, Persona::GlobalAdmin, Persona::Stranger] {
            let link = app.asks_to_join(Persona::AdminAgent, &app.world().person(persona).email);
            let actor = app.signed_in(persona).await;
            let page = actor.opens(&link.path()).await;
            let page = actor.presses(page.is(200), "Join the staff", &[]).await;
            page.is(403).says("You can’t join with this account");
            assert_eq!(app.db().count("SELECT count(*) FROM staff_invitations WHERE state = 'accepted'"), 0);
        }
        app.verified();
    }

    async fn every_dead_link_looks_the_same(app: TestApp) {
        let astrid = app.admin_agent().await;
        let used = app.asks_to_join(Persona::AdminAgent, PETRA);
        arrives(&app.anonymous(), &used).await.is(303);
        let withdrawn = app.asks_to_join(Persona::AdminAgent, "two@nobody.example");
        let action = format!("{LIST}/invitations/{}", withdrawn.id);
        for _ in 0..2 {
            let answer = astrid.posts(&format!("{action}/withdrawal"), &[]).await;
            astrid.opens(&answer.is(303).location()).await.says("two@nobody.example doesn’t work any more");
        }
        assert_eq!(events(&app, "staff.invitation_withdrawn"), 1);
        astrid.posts(&format!("{action}/resend"), &[]).await.is(404);
        let replaced = app.asks_to_join(Persona::AdminAgent, "three@nobody.example");
        astrid.posts(&format!("{LIST}/invitations/{}/resend", replaced.id), &[]).await.is(303);
        let mails = app.mails_of(MailKind::StaffInvitation);
        let mut to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, [PETRA, "three@nobody.example"], "mail that tells nothing true is taken back");
        let newest = mails.iter().find(|mail| mail.to.starts_with("three")).unwrap();
        let newest = newest.waiting.link.clone().unwrap();
        let newest = newest.strip_prefix(&app.state().site.origin()).unwrap();
        app.anonymous().opens(newest).await.is(200);
        let of_q = app.asks_to_join(Persona::OtherAgent, "four@nobody.example");
        app.suspends(app.world().q.id);
        let mut dead = vec![used, withdrawn, replaced, of_q];
        let expired = app.asks_to_join(Persona::AdminAgent, "five@nobody.example");
        app.passes(TimeDelta::days(7));
        dead.push(expired);
        let orphan = app.asks_to_join(Persona::AdminAgent, "six@nobody.example");
        app.promotes(Persona::SalesAgent, MemberRole::AdminAgent);
        app.demotes(Persona::AdminAgent);
        dead.push(orphan);
        let mut links: Vec<String> = dead.iter().map(StaffLink::path).collect();
        links.push(format!("/staff-invitations/{}", "A".repeat(43)));
        links.push("/staff-invitations/nonsense".to_owned());
        let paul = app.member().await;
        let first = app.anonymous().opens(&links[0]).await.html();
        for link in &links {
            let page = app.anonymous().opens(link).await;
            assert_eq!(page.is(404).html(), first, "{link}");
            let fields = [("name", "Petra Novak"), ("new", CHOSEN), ("again", CHOSEN)];
            assert_eq!(app.anonymous().posts(link, &fields).await.is(404).html(), first, "{link}");
            paul.opens(link).await.is(404);
            paul.posts(&format!("{link}/acceptance"), &[]).await.is(404);
        }
        // What has run out can be asked again, by whoever is Admin agent now.
        let sven = app.signed_in(Persona::SalesAgent).await;
        sven.opens(LIST).await.is(200).says("The link has ended").says("is no Admin agent now");
        invites(&sven, "five@nobody.example").await.is(303);
        app.verified();
    }

    async fn who_was_disabled_is_not_let_in_again(app: TestApp) {
        let email = app.world().person(Persona::Member).email.clone();
        app.disables(Persona::Member);
        let link = app.asks_to_join(Persona::AdminAgent, &email);
        arrives(&app.anonymous(), &link).await.is(422).says("This address has an account");
        app.anonymous().posts("/sign-in", &[("email", &email), ("password", CHOSEN)]).await.is(422);
        assert_eq!(events(&app, "staff.joined"), 0);
    }

    async fn nothing_is_ticked_beforehand_and_what_was_typed_comes_back(app: TestApp) {
        let astrid = app.admin_agent().await;
        let page = astrid.opens(NEW).await;
        assert!(page.is(200).attributes("input[checked]", "name").is_empty());
        let page = astrid.posts(NEW, &[("name", "https://evil.example"), ("email", "nobody"), ("helpdesk_agent", "yes")]).await;
        page.is(422);
        assert_eq!(page.attributes(".errors a", "href"), ["#name", "#email"]);
        assert_eq!(page.attributes("#name", "value"), ["https://evil.example"]);
        assert_eq!(page.attributes("input[checked]", "name"), ["helpdesk_agent"]);
        astrid.posts(NEW, &[("name", "Petra"), ("email", PETRA)]).await.is(422).says("Choose at least one role");
        astrid.posts(NEW, &[("name", "Petra"), ("email", PETRA), ("operator", "yes")]).await.is(400);
        let sven = app.world().person(Persona::SalesAgent).email.clone();
        invites(&astrid, &sven).await.is(422).says("a member of your staff already");
        invites(&astrid, PETRA).await.is(303);
        invites(&astrid, &PETRA.to_uppercase()).await.is(422).says("waits already");
        assert_eq!(app.db().count("SELECT count(*) FROM staff_invitations"), 1);
    }

    async fn no_more_than_twenty_are_asked_even_at_once(app: TestApp) {
        let astrid = app.admin_agent().await;
        let all = (0..25).map(|number| {
            let astrid = &astrid;
            async move { invites(astrid, &format!("p{number}@nobody.example")).await.status }
        });
        let statuses = join_all(all).await;
        assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 20, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 5, "{statuses:?}");
        assert_eq!(app.mails_of(MailKind::StaffInvitation).len(), 20);
        invites(&astrid, PETRA).await.is(429).says("wait at once");
        // Room comes when one is withdrawn, but not for another link within the day.
        let page = astrid.opens(LIST).await;
        let button = page.buttons().into_iter().find(|button| button.starts_with("Withdraw")).unwrap();
        astrid.presses(&page, &button, &[]).await.is(303);
        invites(&astrid, PETRA).await.is(429).says("within 24 hours");
        app.passes(TimeDelta::hours(24));
        invites(&app.admin_agent().await, PETRA).await.is(303);
    }

    async fn of_many_who_use_a_link_at_once_one_joins(app: TestApp) {
        let link = app.asks_to_join(Persona::AdminAgent, PETRA);
        let visitors: Vec<Actor> = (0..6).map(|_| app.anonymous()).collect();
        let mut statuses: Vec<u16> = join_all(visitors.iter().map(|one| arrives(one, &link))).await.iter().map(|page| page.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404, 404, 404, 404, 404]);
        assert_eq!((people(&app, ""), events(&app, "staff.joined")), (1, 1));
        app.verified();
    }
}

/// Without a mail server: the link is shown once, and whoever has it may be anybody.
fn by_hand(backend: Backend) {
    let setup = || Setup {
        mail: false,
        ..Setup::default()
    };
    run_with(backend, setup, async |app| {
        let astrid = app.admin_agent().await;
        let page = invites(&astrid, PETRA).await;
        page.is(201).says("No mail is sent from here");
        let link = page.attributes("#url", "value").remove(0);
        let link = link.strip_prefix(&app.state().site.origin()).unwrap();
        assert!(app.mails().is_empty(), "nothing waits to be sent later");
        let list = astrid.opens(LIST).await;
        assert!(!list.is(200).html().contains(link), "it is shown once");
        let impostor = app.anonymous();
        let fields = [("name", "Anybody"), ("new", CHOSEN), ("again", CHOSEN)];
        impostor.posts(link, &fields).await.is(303);
        impostor.opens("/partner").await.is(200);
        assert_eq!(people(&app, "AND email_verified_at IS NULL"), 1);

        // The operator means the owner of the address, whoever came first.
        let new = NewMember {
            home: Home::Tenant(app.world().own.id),
            email: Email::parse(PETRA).unwrap(),
            name: Name::parse("Petra Novak").unwrap(),
            roles: vec![],
            language: None,
            password_hash: None,
        };
        let now = app.now();
        let write = |conn: &mut _| add(conn, &EventActor::CommandLine, &new, now);
        assert_eq!(
            app.state().db.write_here(write).unwrap().name,
            "Petra Novak"
        );
        is_signed_out(&impostor.opens("/partner").await);
        let tried = [("email", PETRA), ("password", CHOSEN)];
        app.anonymous().posts("/sign-in", &tried).await.is(422);
        assert_eq!(
            people(
                &app,
                "AND email_verified_by = 'operator' AND name = 'Petra Novak'"
            ),
            1
        );
        app.verified();
    });
}

#[test]
fn a_link_that_is_shown_proves_no_address_sqlite() {
    by_hand(Backend::Sqlite);
}

#[test]
fn a_link_that_is_shown_proves_no_address_postgres() {
    by_hand(Backend::Postgres);
}
