//! What customers write to partners: to whom it goes, how often, and what comes of it.

use chrono::TimeDelta;
use entente::{
    contacting::{budget, letter::still_waits},
    domain::{ContactRequestId, Language},
    id::Id,
    work::outbox::MailKind,
};
use futures_util::future::{join, join_all};

use crate::support::{
    TestApp,
    app::{Setup, run_with},
    cast::{Actor, Persona},
    contact::NEED,
    db::Backend,
    page::Page,
};

const FORM: &str = "/partners/contact";
const ASKED: &str = "/partners/requests";
const REQUESTS: &str = "/partner/requests";
/// Where partners hear of requests.
const CONTACT: &str = "requests@private.example";
const SENT: &str = "/partners/contact/sent";

/// An installation whose directory everybody may read.
fn public() -> Setup {
    Setup {
        directory_public: true,
        ..Setup::default()
    }
}

/// As `on_both`, with a directory that is public.
macro_rules! in_public {
    ($(async fn $name:ident($app:ident: $kind:ty) $body:block)*) => { $(
        mod $name {
            use super::*;

            async fn told($app: $kind) $body

            #[test]
            fn sqlite() {
                run_with(Backend::Sqlite, public, told);
            }

            #[test]
            fn postgres() {
                run_with(Backend::Postgres, public, told);
            }
        }
    )* };
}

fn rows(app: &TestApp, what: &str) -> i64 {
    app.db().count(&format!("SELECT count(*) FROM {what}"))
}

/// Messages, requests, events and mails that tell of them.
fn traces(app: &TestApp) -> [i64; 4] {
    [
        "contact_messages",
        "contact_requests",
        "events WHERE kind = 'contact.requested'",
        "outgoing_mail WHERE kind = 'contact_request'",
    ]
    .map(|table| rows(app, table))
}

/// Both partners, in the directory.
fn both(app: &TestApp) -> [&'static str; 2] {
    app.is_listed(Persona::AdminAgent);
    app.is_listed(Persona::OtherAgent);
    [app.world().p.number, app.world().q.number]
}

/// A request of the tenant to the partner.
fn asked(app: &TestApp) -> ContactRequestId {
    app.is_listed(Persona::AdminAgent);
    app.asks(Persona::BillingAdmin, &app.world().p)
}

async fn declines(actor: &Actor, id: ContactRequestId) -> Page {
    let reason = [("reason", "No capacity before spring.")];
    actor
        .posts(&format!("{REQUESTS}/{id}/refusal"), &reason)
        .await
}

/// Answers by the form, filled in as it comes, with a type that asks for nothing.
async fn invites(actor: &Actor, id: ContactRequestId) -> Page {
    let page = actor
        .opens(&format!("/partner/invitations/new?request={id}"))
        .await;
    actor
        .presses(page.is(200), "Create invitation", &[("type", "reseller")])
        .await
}

on_both! {
    async fn each_partner_gets_its_own_request_and_nobody_elses(app: TestApp) {
        let numbers = both(&app);
        let marie = app.billing_admin().await;
        let page = marie.picks(&app, &numbers).await;
        page.is(200).says("Fjord Managed IT").says("Bergen, Norway").says("both partners");
        let own = app.world().person(Persona::BillingAdmin).clone();
        assert_eq!(page.form("Send").value("email"), Some(own.email.as_str()));
        let sent = marie.writes(&page, &[("phone", "+33 3 20 01 02 03")]).await;
        assert_eq!(traces(&app), [1, 2, 2, 2]);
        let list = marie.opens(&sent.is(303).location()).await;
        list.is(200).says("Your message is on its way").says("Sent to").says("Waiting");
        // The note is read back from what is stored.
        marie.opens(&format!("{ASKED}?sent={}", Id::<()>::at(app.now()))).await.says_no("on its way");
        let to: Vec<String> = app.mails().into_iter().map(|mail| mail.to).collect();
        assert_eq!(to, [CONTACT; 2]);
        let (astrid, other) = (app.admin_agent().await, app.signed_in(Persona::OtherAgent).await);
        let mut seen = Vec::new();
        for agent in [&astrid, &other] {
            let list = agent.opens(REQUESTS).await;
            let found = list.is(200).attributes("a.row-link", "href");
            assert_eq!(found.len(), 1, "{found:?}");
            let page = agent.opens(&found[0]).await;
            page.is(200).says(NEED).says(&own.email).says("+33 3 20 01 02 03").says("50 to 249");
            seen.extend(found);
        }
        astrid.opens(&seen[1]).await.is(404);
        other.opens(&seen[0]).await.is(404);
        astrid.opens("/partner").await.says("wrote to you");
        assert!(astrid.opens("/partner").await.texts(".tally").concat().starts_with('1'));
        app.verified();
    }

    async fn a_double_click_sends_once_and_another_text_is_another_message(app: TestApp) {
        let numbers = both(&app);
        let marie = app.billing_admin().await;
        let page = marie.picks(&app, &numbers).await;
        let twice = join(marie.writes(&page, &[]), marie.writes(&page, &[])).await;
        assert_eq!(twice.0.is(303).location(), twice.1.is(303).location());
        assert_eq!(traces(&app), [1, 2, 2, 2]);
        let changed = [("need", "And something else that we need.")];
        let again = marie.writes(&page, &changed).await;
        again.is(409).says("You sent another message").says(changed[0].1);
        assert_eq!(traces(&app), [1, 2, 2, 2]);
        app.passes(TimeDelta::seconds(4));
        marie.presses(&again, "Send", &[]).await.is(303);
        assert_eq!(traces(&app), [2, 4, 4, 4]);
        app.verified();
    }

    async fn mistakes_are_told_beside_their_field_and_nothing_typed_is_lost(app: TestApp) {
        let [number, _] = both(&app);
        let marie = app.billing_admin().await;
        let page = marie.picks(&app, &[number]).await;
        let typed = [
            ("need", "help"),
            ("name", "Marie https://evil.example/x"),
            ("email", "a@x.example, b@x.example"),
            ("phone", "0320 01"),
            ("size", ""),
        ];
        let again = marie.writes(&page, &typed).await;
        again.is(422).says("There is a problem").says("Describe what you need").says("+33 3 20 01 02 03");
        for (field, value) in typed {
            assert_eq!(again.form("Send").value(field), Some(value), "{field}");
            assert_eq!(again.attributes(&format!("#{field}"), "aria-invalid"), ["true"], "{field}");
            assert_eq!(again.texts(&format!("#{field}-err")).len(), 1, "{field}");
        }
        assert_eq!(traces(&app), [0; 4]);
        let good = [("need", NEED), ("name", "Marie"), ("email", "marie@x.example"), ("phone", ""), ("size", "1000")];
        marie.presses(&again, "Send", &good).await.is(303);
        assert_eq!(traces(&app), [1, 1, 1, 1]);
    }

    async fn no_field_names_another_recipient(app: TestApp) {
        let [number, _] = both(&app);
        let marie = app.billing_admin().await;
        for field in ["to", "cc", "bcc", "recipient", "recipients", "reply_to", "subject", "partner_id", "from"] {
            let page = marie.picks(&app, &[number]).await;
            marie.writes(&page, &[(field, "victim@elsewhere.example")]).await.is(400);
        }
        for list in ["a@x.example,victim@elsewhere.example", "a@x.example;victim@elsewhere.example", "g: victim@elsewhere.example;", "<victim@elsewhere.example>", "a@x.example\r\nBcc: victim@elsewhere.example"] {
            let page = marie.picks(&app, &[number]).await;
            marie.writes(&page, &[("email", list)]).await.is(422);
            let page = marie.picks(&app, &[number]).await;
            marie.writes(&page, &[("name", list)]).await;
        }
        for mail in app.mails() {
            assert_eq!(mail.to, CONTACT);
            assert!(!mail.letter.subject.contains("victim"), "{}", mail.letter.subject);
        }
    }

    async fn a_form_is_sent_no_sooner_than_people_type_and_within_a_day(app: TestApp) {
        let [number, _] = both(&app);
        let marie = app.billing_admin().await;
        let address = format!("{FORM}?partner={number}");
        let page = marie.opens(&address).await;
        let soon = marie.writes(&page, &[]).await;
        soon.is(422).says("Press Send once more").says(NEED);
        assert_eq!(traces(&app), [0; 4]);
        app.passes(TimeDelta::seconds(3));
        marie.presses(&soon, "Send", &[]).await.is(303);
        assert_eq!(traces(&app), [1, 1, 1, 1]);
        let forged = marie.picks(&app, &[number]).await;
        let forged = marie.writes(&forged, &[("ticket", "AAAA")]).await;
        forged.is(422).says("more than a day").says(NEED);
        let page = marie.picks(&app, &[number]).await;
        app.passes(TimeDelta::hours(24));
        let marie = app.billing_admin().await;
        let late = marie.writes(&page, &[]).await;
        late.is(422).says("more than a day").says(NEED);
        assert_eq!(traces(&app), [1, 1, 1, 1]);
        app.passes(TimeDelta::seconds(4));
        marie.presses(&late, "Send", &[]).await.is(303);
        assert_eq!(traces(&app), [2, 2, 2, 2]);
    }

    async fn unlisted_suspended_and_unknown_partners_look_the_same(app: TestApp) {
        let [p, q] = both(&app);
        let (first, second) = (app.world().p.clone(), app.world().q.clone());
        app.unlists(Persona::OtherAgent);
        let marie = app.billing_admin().await;
        let told = async |number: &str| {
            let form = marie.picks(&app, &[number]).await;
            let mixed = marie.picks(&app, &[p, number]).await;
            let ticket = mixed.form("Send").value("ticket").unwrap().to_owned();
            let sent = marie.writes(&mixed, &[]).await;
            let fields = [("partner", number), ("need", NEED), ("name", "Marie"), ("email", "m@x.example"), ("phone", ""), ("size", "1-49"), ("start", "soon"), ("ticket", &ticket), ("website", "")];
            let alone = marie.posts(FORM, &fields).await;
            let tickets = alone.attributes("input[name=ticket]", "value").concat();
            let html = alone.html().replace(&tickets, "TICKET");
            let blank = form.is(200).html().replace(number, "N");
            (blank, sent.is(303).status, alone.is(422).status, html)
        };
        let unknown = told("9999999").await;
        assert_eq!(told(q).await, unknown);
        // Suspended, though it is in the directory.
        app.is_listed(Persona::OtherAgent);
        app.is_suspended(&second);
        assert_eq!(told(q).await, unknown);
        assert!(unknown.0.contains("No partner is chosen"));
        assert_eq!(rows(&app, &format!("contact_requests r JOIN partners p ON p.id = r.partner_id WHERE p.number <> '{p}'")), 0);
        assert_eq!(traces(&app)[1], 3);
        // Suspended once it was chosen: left out like all others.
        let page = marie.picks(&app, &[first.number]).await;
        app.is_suspended(&first);
        marie.writes(&page, &[]).await.is(422).says("Choose at least one partner").says(NEED);
    }

    async fn of_more_than_ten_partners_the_first_are_written_to(app: TestApp) {
        let [number, _] = both(&app);
        let marie = app.billing_admin().await;
        let many: Vec<String> = (0..15).map(|n| format!("10000{n:02}")).collect();
        let mut numbers: Vec<&str> = many.iter().map(String::as_str).collect();
        numbers.insert(0, number);
        let page = marie.picks(&app, &numbers).await;
        page.is(200).says("10 partners at once").says("Fjord Managed IT");
        let fields: Vec<(&str, &str)> = numbers.iter().map(|number| ("partner", *number)).collect();
        let rest = [("need", NEED), ("name", "Marie"), ("email", "m@x.example"), ("phone", ""), ("size", "1-49"), ("start", "soon"), ("ticket", ""), ("website", "")];
        marie.posts(FORM, &[&fields[..], &rest].concat()).await.is(422).says("at most 10 partners");
        assert_eq!(traces(&app), [0; 4]);
    }

    async fn an_invitation_answers_the_request_of_a_tenant_in_one_step(app: TestApp) {
        let id = asked(&app);
        let astrid = app.admin_agent().await;
        let form = astrid.opens(&format!("/partner/invitations/new?request={id}")).await;
        form.is(200).says(NEED).says("Thank you for your message");
        assert_eq!(form.attributes("input[checked]", "value"), [""; 0]);
        let preview = astrid.presses(&form, "Update preview", &[("type", "reseller")]).await;
        let marie = app.world().person(Persona::BillingAdmin).clone();
        assert!(preview.is(200).texts("#preview").concat().contains(&marie.email));
        let made = invites(&astrid, id).await;
        made.is(201);
        assert_eq!(rows(&app, "contact_requests WHERE state = 'answered' AND invitation_id IS NOT NULL"), 1);
        assert_eq!(rows(&app, "invitations WHERE addressed_tenant_id IS NOT NULL AND email_folded IS NULL"), 1);
        // The mail goes to whoever asked, and what asked for an answer is obsolete.
        let mails = app.mails_of(MailKind::Invitation);
        assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), [marie.email.as_str()]);
        let request = app.mails_of(MailKind::ContactRequest).remove(0).waiting;
        let now = app.now();
        assert!(!app.state().db.read_here(|conn| still_waits(conn, &request, now)).unwrap());
        let link = mails[0].waiting.link.clone().unwrap().replace(&app.state().site.origin(), "");
        let browser = app.billing_admin().await;
        let list = browser.opens(ASKED).await;
        list.is(200).says("Answered").says("waits for you");
        let review = browser.opens(&link).await.location();
        assert!(list.links().contains(&review), "{review} {:?}", list.links());
        let page = browser.opens(&review).await;
        let button = page.buttons().into_iter().find(|b| b.contains("uthorize")).unwrap();
        browser.presses(page.is(200), &button, &[("consent", "yes")]).await.is(303);
        // One thread, from request to relationship, for both.
        let own = browser.opens(&format!("{ASKED}/{id}")).await;
        let theirs = astrid.opens(&format!("{REQUESTS}/{id}")).await;
        for page in [&own, &theirs] {
            page.is(200).says("answered with an invitation").says("the relationship with Fjord Managed IT began").says(NEED);
        }
        assert!(own.links().iter().any(|link| link.starts_with("/billing/partner-relationships/")));
        assert!(theirs.links().iter().any(|link| link.starts_with("/partner/customers/")));
        assert_eq!(rows(&app, "events WHERE kind = 'contact.answered' AND tenant_id IS NOT NULL AND invitation_id IS NOT NULL"), 1);
        app.verified();
    }

    async fn a_declined_request_tells_why_once(app: TestApp) {
        let id = asked(&app);
        let sales = app.signed_in(Persona::SalesAgent).await;
        let form = sales.opens(&format!("{REQUESTS}/{id}/refusal")).await;
        form.is(200).says(NEED);
        sales.presses(&form, "Decline", &[]).await.is(422).says("Say in a sentence why");
        let done = sales.presses(&form, "Decline", &[("reason", "No capacity before spring.")]).await;
        sales.opens(&done.is(303).location()).await.is(200).says("Request declined").says("No capacity");
        assert_eq!(app.mails_of(MailKind::ContactDeclined).len(), 1);
        declines(&sales, id).await.is(409).says("This request has been closed").says("No capacity");
        let new = format!("/partner/invitations/new?request={id}");
        assert_eq!(app.admin_agent().await.opens(&new).await.is(303).location(), format!("{REQUESTS}/{id}"));
        assert_eq!(app.mails_of(MailKind::ContactDeclined).len(), 1);
        app.billing_admin().await.opens(ASKED).await.says("Declined").says("No capacity before spring.");
        assert_eq!(rows(&app, "events WHERE kind = 'contact.declined'"), 1);
        assert_eq!(rows(&app, "personal_data WHERE label = 'text' AND data LIKE '%No capacity%'"), 1);
        app.verified();
    }

    async fn of_two_agents_at_once_one_answers(app: TestApp) {
        for round in 0..3 {
            if round > 0 {
                app.passes(TimeDelta::hours(1));
            }
            if round == 0 {
                app.is_listed(Persona::AdminAgent);
            }
            let id = app.asks(Persona::BillingAdmin, &app.world().p);
            let (astrid, sales) = (app.admin_agent().await, app.signed_in(Persona::SalesAgent).await);
            let page = astrid.opens(&format!("/partner/invitations/new?request={id}")).await;
            let kind = ["reseller", "mpsa_partner", "line_of_business_partner"][round];
            let (made, declined) = join(astrid.presses(&page, "Create invitation", &[("type", kind)]), declines(&sales, id)).await;
            let pair = (made.status, declined.status);
            assert!(pair == (201, 409) || pair == (409, 303), "{pair:?}");
            let state = app.db().ask("SELECT state AS answer FROM contact_requests WHERE created_at = (SELECT max(created_at) FROM contact_requests)");
            assert_eq!(state, [if pair.0 == 201 { "answered" } else { "declined" }]);
        }
        app.verified();
    }

    async fn a_request_can_be_answered_for_fourteen_days(app: TestApp) {
        let id = asked(&app);
        let p = app.world().p.clone();
        app.passes(TimeDelta::days(14) - TimeDelta::microseconds(1));
        let sales = app.signed_in(Persona::SalesAgent).await;
        sales.opens(&format!("{REQUESTS}/{id}")).await.is(200).says("Waiting");
        sales.opens(REQUESTS).await.says("1 request");
        app.passes(TimeDelta::microseconds(1));
        let before = app.db().everything();
        sales.opens(&format!("{REQUESTS}/{id}")).await.is(200).says("Expired").says_no("Answer with an invitation");
        sales.opens(&format!("{REQUESTS}?state=expired")).await.says("1 request");
        sales.opens(&format!("{REQUESTS}?state=new")).await.says("No request matches");
        app.billing_admin().await.opens(ASKED).await.says("Nobody answered within 14 days");
        assert_eq!(rows(&app, "contact_requests WHERE state = 'new'"), 1, "looking changes nothing");
        let mut after = app.db().everything();
        let mut kept = before;
        for table in ["sessions", "sign_in_failures"] {
            kept.remove(table);
            after.remove(table);
        }
        assert_eq!(kept, after);
        let mail = app.mails_of(MailKind::ContactRequest).remove(0).waiting;
        let now = app.now();
        assert!(!app.state().db.read_here(|conn| still_waits(conn, &mail, now)).unwrap());
        declines(&sales, id).await.is(409);
        assert_eq!(rows(&app, "contact_requests WHERE state = 'expired' AND closed_at = expires_at"), 1);
        assert_eq!(rows(&app, "events WHERE kind = 'contact.expired'"), 1);
        // Nobody is kept from asking again.
        app.asks(Persona::BillingAdmin, &p);
        assert_eq!(rows(&app, "contact_requests WHERE state = 'new'"), 1);
        app.verified();
    }

    async fn only_those_who_invite_answer_and_only_administrators_ask(app: TestApp) {
        let id = asked(&app);
        for (persona, status) in [(Persona::AdminAgent, 200), (Persona::SalesAgent, 200), (Persona::HelpdeskAgent, 403), (Persona::OtherAgent, 404), (Persona::GlobalAdmin, 404)] {
            let actor = app.signed_in(persona).await;
            actor.opens(&format!("{REQUESTS}/{id}")).await.is(status);
            actor.opens(&format!("{REQUESTS}/{id}/refusal")).await.is(status);
            if status != 200 {
                declines(&actor, id).await.is(status);
            }
        }
        for (persona, status) in [(Persona::BillingAdmin, 200), (Persona::GlobalAdmin, 200), (Persona::Member, 403), (Persona::Stranger, 404), (Persona::AdminAgent, 404)] {
            app.signed_in(persona).await.opens(&format!("{ASKED}/{id}")).await.is(status);
        }
        assert_eq!(rows(&app, "contact_requests WHERE state = 'new'"), 1);
        // What one sees may be asked of another by its address alone.
        let form = app.signed_in(Persona::OtherAgent).await;
        form.opens(&format!("/partner/invitations/new?request={id}")).await.is(404);
        let fields = [("request", id.to_string())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let rest = [("type", "reseller"), ("days", "365"), ("life", "30"), ("language", "en"), ("message", ""), ("reference", "")];
        form.posts("/partner/invitations/new", &[&fields[..], &rest].concat()).await.is(404);
        assert_eq!(rows(&app, "invitations"), 0);
    }

    async fn a_sales_agent_answers_by_types_without_roles(app: TestApp) {
        let id = asked(&app);
        let sales = app.signed_in(Persona::SalesAgent).await;
        let page = sales.opens(&format!("/partner/invitations/new?request={id}")).await;
        let over = [("type", "advisor"), ("role", "helpdesk_administrator")];
        sales.presses(&page, "Create invitation", &over).await.is(422);
        assert_eq!(rows(&app, "contact_requests WHERE state = 'new'"), 1);
        invites(&sales, id).await.is(201);
    }

    async fn markup_and_links_of_a_customer_are_text(app: TestApp) {
        let [number, _] = both(&app);
        let marie = app.billing_admin().await;
        let page = marie.picks(&app, &[number]).await;
        let need = "<img src=x onerror=alert(1)> https://evil.example/a {{ draft }} { $partner }\nBcc: b@evil.example";
        marie.writes(&page, &[("need", need), ("name", "<b>Marie</b>")]).await.is(303);
        let mail = app.mails_of(MailKind::ContactRequest).remove(0);
        assert!(!mail.letter.html.contains("<img") && !mail.letter.html.contains("<b>Marie"), "{}", mail.letter.html);
        assert!(!mail.letter.text.contains("evil.example") && !mail.letter.html.contains("evil.example"));
        assert!(mail.letter.text.lines().any(|line| line.starts_with("> Bcc")), "{}", mail.letter.text);
        assert!(!mail.letter.text.contains("marie"), "where replies go stands on the page alone");
        let astrid = app.admin_agent().await;
        let list = astrid.opens(REQUESTS).await;
        let page = astrid.opens(&list.attributes("a.row-link", "href")[0]).await;
        for page in [&list, &page] {
            assert!(!page.html().contains("<img"), "{}", page.html());
            page.says("onerror=alert(1)");
        }
    }

    async fn without_a_public_directory_visitors_sign_in_first(app: TestApp) {
        let [number, _] = both(&app);
        let anonymous = app.anonymous();
        for path in [format!("{FORM}?partner={number}"), SENT.to_owned()] {
            let page = anonymous.opens(&path).await;
            assert!(page.is(303).location().starts_with("/sign-in"));
        }
        anonymous.posts(FORM, &[("partner", number)]).await.is(303);
        assert_eq!(traces(&app), [0; 4]);
    }
}

in_public! {
    async fn a_history_begins_with_the_request_and_hides_a_visitor_from_the_customer(app: TestApp) {
        let [number, _] = both(&app);
        let visitor = app.anonymous();
        let page = visitor.picks(&app, &[number]).await;
        visitor.writes(&page, &[("email", "jean@hautmont.example")]).await.is(303);
        let astrid = app.admin_agent().await;
        let path = astrid.opens(REQUESTS).await.attributes("a.row-link", "href").remove(0);
        invites(&astrid, path.rsplit('/').next().unwrap().parse().unwrap()).await.is(201);
        let marie = app.billing_admin().await;
        let link = app.mails_of(MailKind::Invitation)[0].waiting.link.clone().unwrap().replace(&app.state().site.origin(), "");
        let page = marie.opens(&marie.opens(&link).await.location()).await;
        let button = page.is(200).buttons().into_iter().find(|button| button.contains("uthorize")).unwrap();
        let done = marie.presses(&page, &button, &[("consent", "yes")]).await;
        let id = done.is(303).location().rsplit('=').next().unwrap().to_owned();
        let own = marie.opens(&format!("/billing/partner-relationships/{id}/history")).await;
        let steps = |page: &Page| page.is(200).texts("main tbody tr td:nth-of-type(1)").into_iter().map(|row| row.trim_end_matches(" Receipt").to_owned()).collect::<Vec<_>>();
        let rows = steps(&own);
        assert!(rows[0].contains("Wrote to Fjord Managed IT"), "{rows:#?}");
        assert!(rows.iter().any(|row| row.contains("Answered a request")), "{rows:#?}");
        own.says("Not signed in").says("In the installation’s log").says_no("Jean Martin");
        let sheet = astrid.opens(&format!("/partner/customers/{id}/history")).await;
        assert_eq!(steps(&sheet), rows);
        sheet.says("Jean Martin");
    }

    async fn a_visitor_writes_and_hears_from_nobody_but_the_partner(app: TestApp) {
        let [number, _] = both(&app);
        let visitor = app.anonymous();
        let page = visitor.picks(&app, &[number]).await;
        page.is(200).says("Organization");
        assert!(!page.html().contains(CONTACT), "an address to harvest");
        visitor.writes(&page, &[("organization", "")]).await.is(422).says("Enter the name of your organization");
        let sent = visitor.writes(&page, &[]).await;
        assert_eq!(sent.is(303).location(), SENT);
        visitor.opens(SENT).await.is(200).says("Your message is on its way").says_no("Fjord").says_no("jean@");
        assert_eq!(traces(&app), [1, 1, 1, 1]);
        assert_eq!(app.mails().len(), 1, "nothing goes to an address that nobody has verified");
        let astrid = app.admin_agent().await;
        let list = astrid.opens(REQUESTS).await;
        let path = list.says("Atelier Martin").attributes("a.row-link", "href").remove(0);
        astrid.opens(&path).await.says("jean@elsewhere.example").says("Nobody has checked it");
        let id: ContactRequestId = path.rsplit('/').next().unwrap().parse().unwrap();
        invites(&astrid, id).await.is(201);
        assert_eq!(app.mails_of(MailKind::Invitation)[0].to, "jean@elsewhere.example");
        assert_eq!(rows(&app, "invitations WHERE email_folded = 'jean@elsewhere.example'"), 1);
        assert_eq!(rows(&app, "events WHERE kind IN ('contact.requested', 'contact.answered') AND tenant_id IS NULL AND partner_id IS NOT NULL"), 2);
        let told = app.db().ask("SELECT data AS answer FROM personal_data WHERE label = 'actor' AND data LIKE '%Jean Martin%'");
        assert_eq!(told.len(), 1, "{told:?}");
        let chain = app.db().ask("SELECT canonical AS answer FROM events WHERE kind = 'contact.requested'");
        assert!(!chain[0].contains("Jean") && !chain[0].contains("Atelier"), "{chain:?}");
        astrid.opens("/partner").await.says("Jean Martin").says("wrote to Fjord Managed IT");
        app.verified();
    }

    async fn what_only_programs_fill_in_is_answered_like_success(app: TestApp) {
        let [number, _] = both(&app);
        let marie = app.billing_admin().await;
        for actor in [app.anonymous(), marie] {
            let page = actor.picks(&app, &[number]).await;
            assert_eq!(page.attributes("#website", "tabindex"), ["-1"]);
            let before = app.db().everything();
            let trapped = actor.writes(&page, &[("website", "https://spam.example")]).await;
            let mut after = app.db().everything();
            let mut kept = before;
            kept.remove("sessions");
            after.remove("sessions");
            assert_eq!(kept, after);
            let sent = actor.writes(&page, &[]).await;
            let told = |page: &Page| {
                let mut headers: Vec<String> = page.headers.keys().map(ToString::to_string).collect();
                headers.sort();
                (page.status, page.location(), headers, page.html())
            };
            assert_eq!(told(&trapped), told(&sent));
        }
        assert_eq!(traces(&app), [2, 2, 2, 2]);
    }

    async fn a_known_address_is_answered_like_an_unknown_one(app: TestApp) {
        let [number, _] = both(&app);
        let known = app.world().person(Persona::GlobalAdmin).email.clone();
        let visitor = app.anonymous();
        let mut told = Vec::new();
        for email in [known.as_str(), "nobody@nowhere.example"] {
            let page = visitor.picks(&app, &[number]).await;
            let sent = visitor.writes(&page, &[("email", email)]).await;
            told.push((sent.status, sent.location(), sent.html()));
        }
        assert_eq!(told[0], told[1]);
        // Nothing that a visitor writes is a tenant's.
        assert_eq!(rows(&app, "contact_requests WHERE tenant_id IS NULL"), 2);
        app.global_admin().await.opens(ASKED).await.says("No requests yet");
    }

    async fn the_limits_hold_exactly_however_many_write_at_once(app: TestApp) {
        let [number, other] = both(&app);
        let visitor = app.anonymous();
        let limit = i64::from(budget::BY_SENDER);
        let mut refused = 0;
        // 500 tries, 50 at a time, from one address and with one for replies.
        for _ in 0..10 {
            let mut pages = Vec::new();
            for _ in 0..50 {
                pages.push(visitor.opens(&format!("{FORM}?partner={number}")).await);
            }
            app.passes(TimeDelta::seconds(4));
            let all = join_all(pages.iter().map(|page| visitor.writes(page, &[]))).await;
            for answer in all {
                if answer.status == 303 {
                    continue;
                }
                refused += 1;
                answer.is(429).says("Too many messages for now").says(NEED);
                let wait: i64 = answer.header("retry-after").parse().unwrap();
                assert!((1..=3600).contains(&wait), "{wait}");
            }
        }
        assert_eq!((traces(&app), refused), ([limit; 4], 500 - limit));
        for mail in app.mails() {
            assert_eq!(mail.to, CONTACT);
        }
        // With other addresses for replies the network's own limit comes next.
        let left = i64::from(budget::BY_CLIENT - budget::BY_SENDER);
        for n in 0..left + 3 {
            let page = visitor.picks(&app, &[other]).await;
            let email = format!("jean{n}@elsewhere.example");
            let expected = if n < left { 303 } else { 429 };
            visitor.writes(&page, &[("email", &email)]).await.is(expected);
        }
        assert_eq!(traces(&app)[0], i64::from(budget::BY_CLIENT));
        app.passes(TimeDelta::hours(1));
        let page = visitor.picks(&app, &[number]).await;
        visitor.writes(&page, &[]).await.is(303);
        app.verified();
    }

    async fn the_form_is_french_where_that_is_read_and_so_is_the_answer(app: TestApp) {
        let [number, _] = both(&app);
        let visitor = app.anonymous();
        let page = visitor.opens(&format!("{FORM}?partner={number}&lang=fr")).await;
        page.is(200).says("Dites-leur ce qu’il vous faut").says("De quoi avez-vous besoin");
        app.passes(TimeDelta::seconds(4));
        let fields = [("need", NEED), ("size", "1-49"), ("name", "Jean Martin"), ("email", "jean@elsewhere.example"), ("organization", "Atelier")];
        visitor.presses(&page, "Envoyer", &fields).await.is(303);
        let id: ContactRequestId = app.db().ask("SELECT facts AS answer FROM outgoing_mail")[0].split("\"request\":\"").nth(1).unwrap()[..36].parse().unwrap();
        declines(&app.admin_agent().await, id).await.is(303);
        let mail = app.mails_of(MailKind::ContactDeclined).remove(0);
        assert_eq!(mail.waiting.language, Language::Fr);
        assert_eq!((mail.to.as_str(), mail.letter.subject.as_str()), ("jean@elsewhere.example", "Fjord Managed IT ne peut pas vous aider cette fois"));
        assert!(mail.letter.text.contains("> No capacity before spring."), "{}", mail.letter.text);
    }
}
