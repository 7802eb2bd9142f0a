//! The partner's workspace: who invites whom, what is shown once, and how often.

use chrono::TimeDelta;
use entente::domain::{quota::Quota, relationship::RelationshipType, role::AdminRole};

use crate::support::{
    TestApp,
    app::{Setup, run_with},
    cast::{Actor, Persona},
    db::Backend,
    page::Page,
    scene::{Ask, Invited},
};

const NEW: &str = "/partner/invitations/new";
const LIST: &str = "/partner/invitations";

/// The form as a browser sends it, with these fields over it.
async fn invites(actor: &Actor, over: &[(&str, &str)]) -> Page {
    let mut fields = vec![
        ("to", "anne@hautmont.example"),
        ("type", "reseller"),
        ("days", "365"),
        ("life", "30"),
        ("language", "en"),
        ("message", ""),
        ("reference", ""),
    ];
    fields.retain(|(name, _)| !over.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(over);
    actor.posts(NEW, &fields).await
}

/// The link that a page shows, as the invitation that it leads to.
fn shown(page: &Page) -> Invited {
    let link = page.attributes("input#url", "value").concat();
    let token = link.rsplit('/').next().unwrap().to_owned();
    assert_eq!(token.len(), 43, "{link}");
    let id = page.location().rsplit('/').next().unwrap().parse().unwrap();
    Invited { id, token }
}

fn number(app: &TestApp, what: &str) -> i64 {
    app.db().count(&format!("SELECT count(*) FROM {what}"))
}

on_both! {
    async fn a_link_is_shown_in_one_answer_and_can_be_followed(app: TestApp) {
        let astrid = app.admin_agent().await;
        let over = [("type", "delegated_administrator"), ("role", "helpdesk_administrator"), ("message", "As agreed.\nAnne")];
        let made = invites(&astrid, &over).await;
        made.is(201).says("Invitation created").says("We send it to anne@hautmont.example");
        let invited = shown(&made);
        assert_eq!(number(&app, "outgoing_mail WHERE kind = 'invitation' AND state = 'queued'"), 1);
        let anne = app.global_admin().await;
        assert_eq!(anne.opens(&invited.link()).await.location(), invited.review());
        anne.opens(&invited.review()).await.is(200).says("As agreed.").says("Helpdesk administrator");
        let kept = format!("{:?}", app.db().everything());
        assert!(!kept.contains(&invited.token));
        for persona in [Persona::AdminAgent, Persona::SalesAgent, Persona::OtherAgent, Persona::GlobalAdmin, Persona::Operator] {
            let actor = app.signed_in(persona).await;
            let own = format!("{LIST}/{}", invited.id);
            for path in ["/", "/partner", LIST, NEW, &own, &format!("{own}/withdrawal"), &format!("{NEW}?from={}", invited.id), "/billing/invitations", "/audit-log", "/settings"] {
                let page = actor.opens(path).await;
                assert!(!String::from_utf8_lossy(&page.body).contains(&invited.token), "{path} as {persona:?}");
            }
        }
        app.verified();
    }

    async fn sending_the_form_again_makes_nothing_and_leads_to_what_is_open(app: TestApp) {
        let astrid = app.admin_agent().await;
        let invited = shown(invites(&astrid, &[]).await.is(201));
        let again = invites(&astrid, &[("message", "typed anew")]).await;
        again.is(409).says("Such an invitation is open already").says("typed anew");
        assert!(again.links().contains(&format!("{LIST}/{}", invited.id)));
        assert_eq!((number(&app, "invitations"), number(&app, "invitation_tokens")), (1, 1));
        // Another type is another invitation.
        invites(&astrid, &[("type", "advisor")]).await.is(201);
    }

    async fn nobody_learns_whether_an_id_or_an_address_is_known(app: TestApp) {
        let astrid = app.admin_agent().await;
        let known = app.world().own.public_id.clone();
        let unknown = "Z7Q2M-9XV4T".to_owned();
        let (mut told, mut rows) = (Vec::new(), Vec::new());
        for pair in [[known.clone(), unknown.clone()], ["anne@hautmont.example".into(), "nobody@nowhere.example".into()]] {
            for to in pair {
                let made = invites(&astrid, &[("to", &to)]).await;
                let invited = shown(made.is(201));
                let path = format!("{LIST}/{}", invited.id);
                let again = invites(&astrid, &[("to", &to)]).await;
                let mut pages = vec![made, again];
                for path in [path.clone(), format!("{path}/withdrawal"), format!("{NEW}?from={}", invited.id)] {
                    pages.push(astrid.opens(&path).await);
                }
                let row = astrid.opens(&format!("{LIST}?q={}", to.to_lowercase())).await.texts(".row").concat();
                rows.push(row.replace(&to, "TO"));
                // Under a clock that stands, which of two mails is the newer one is anybody's guess.
                astrid.posts(&format!("{path}/resend"), &[]).await.is(201);
                let plain = |page: &Page| {
                    let link = page.attributes("input#url", "value").concat();
                    let html = if link.is_empty() { page.html() } else { page.html().replace(&link, "LINK") };
                    (page.status, html.replace(&invited.id.to_string(), "ID").replace(&to, "TO"))
                };
                told.push(pages.iter().map(plain).collect::<Vec<_>>());
                astrid.posts(&format!("{path}/withdrawal"), &[]).await.is(303);
                let anonymous = app.anonymous().opens(&invited.link()).await;
                anonymous.is(404);
            }
            let (second, first) = (told.pop().unwrap(), told.pop().unwrap());
            assert_eq!(first, second);
            assert_eq!(rows.pop(), rows.pop());
        }
        // Whoever has the id answers; nobody answers for an id that nobody has.
        let invited = shown(invites(&astrid, &[("to", &known.to_lowercase().replace('-', ""))]).await.is(201));
        app.global_admin().await.opens(&invited.review()).await.is(200);
        let invited = shown(invites(&astrid, &[("to", &unknown)]).await.is(201));
        for persona in [Persona::GlobalAdmin, Persona::Stranger] {
            app.signed_in(persona).await.opens(&invited.review()).await.is(404);
        }
        app.anonymous().opens(&invited.link()).await.is(200).says("Fjord Managed IT");
        app.verified();
    }

    async fn the_list_is_narrowed_by_how_far_the_mail_has_come(app: TestApp) {
        let astrid = app.admin_agent().await;
        let mut made = Vec::new();
        for stage in ["queued", "handed_over", "failed", "none"] {
            let to = format!("{stage}@customer.example");
            let invited = shown(invites(&astrid, &[("to", &to)]).await.is(201));
            made.push((stage, to, invited));
        }
        let becomes = |invited: &Invited, state: &str| {
            let of = app.db().hex("invitation_id");
            app.db().run(&format!("UPDATE outgoing_mail SET state = '{state}', sealed_link = NULL, closed_at = created_at WHERE {of} = '{}'", invited.id.uuid().simple())).unwrap();
        };
        becomes(&made[1].2, "handed_over");
        becomes(&made[2].2, "parked");
        becomes(&made[3].2, "obsolete");
        for (stage, to, _) in &made {
            let page = astrid.opens(&format!("{LIST}?mail={stage}")).await;
            assert_eq!(page.is(200).texts("table .row-link"), std::slice::from_ref(to), "{stage}");
        }
        // Sent again in the same moment: the newer mail counts.
        astrid.posts(&format!("{LIST}/{}/resend", made[0].2.id), &[]).await.is(201);
        let page = astrid.opens(&format!("{LIST}?mail=queued")).await;
        page.is(200).says("Waits to be sent");
        assert_eq!(page.texts("table .row-link"), [made[0].1.clone()]);
        let page = astrid.opens(&format!("{LIST}?mail=none")).await;
        assert_eq!(page.texts("table .row-link"), [made[3].1.clone()]);
    }

    async fn the_list_is_narrowed_by_the_days_of_creation_and_end(app: TestApp) {
        let astrid = app.admin_agent().await;
        invites(&astrid, &[("to", "a@customer.example"), ("life", "7")]).await.is(201);
        app.passes(TimeDelta::days(10));
        let astrid = app.admin_agent().await;
        invites(&astrid, &[("to", "b@customer.example"), ("life", "14")]).await.is(201);
        // The first was made on the 22nd of November and ended on the 29th, the other on the 2nd
        // and the 16th of December.
        let (first, both) = (vec!["a@customer.example"], vec!["b@customer.example", "a@customer.example"]);
        let other = vec!["b@customer.example"];
        for (asked, left) in [
            ("created_to=2026-11-22", &first),
            ("created_from=2026-11-22&created_to=2026-11-22", &first),
            ("created_from=2026-11-23", &other),
            ("created_from=2026-12-02&created_to=2026-12-02", &other),
            ("created_from=2026-11-22", &both),
            ("ends_to=2026-11-29", &first),
            ("ends_from=2026-11-30", &other),
            ("ends_from=2026-12-16&ends_to=2026-12-16", &other),
            ("created_to=2026-11-30&ends_from=2026-11-30", &vec![]),
            ("created_from=yesterday", &both),
        ] {
            let page = astrid.opens(&format!("{LIST}?{asked}")).await;
            assert_eq!(&page.is(200).texts("table .row-link"), left, "{asked}");
        }
        let page = astrid.opens(&format!("{LIST}?created_from=2026-11-22&created_to=2026-11-30")).await;
        page.says("1 invitation").says("Created: 22 November 2026 – 30 November 2026");
        assert_eq!(page.attributes("#created_from, #created_to", "value"), ["2026-11-22", "2026-11-30"]);
        assert!(page.attributes("a.chip", "href").contains(&LIST.to_owned()), "its chip takes it away");
        let reversed = astrid.opens(&format!("{LIST}?ends_from=2026-12-02&ends_to=2026-12-01")).await;
        reversed.is(200).says("The last day is before the first.").says("2 invitations");
        assert_eq!(reversed.attributes("#ends_from, #ends_to", "value"), ["2026-12-02", "2026-12-01"]);
    }

    async fn the_reference_stays_with_the_partner(app: TestApp) {
        let astrid = app.admin_agent().await;
        let reference = "PO 4711 Zaubertinte";
        let invited = shown(invites(&astrid, &[("reference", reference)]).await.is(201));
        astrid.opens(&format!("{LIST}?q=zaubertinte")).await.is(200).says(reference);
        astrid.opens(&format!("{LIST}?q=nothing")).await.is(200).says_no(reference).says("No invitation matches");
        let anne = app.global_admin().await;
        anne.opens(&invited.link()).await;
        for path in [invited.review(), invited.refusal(), "/".into(), "/billing/invitations".into(), "/audit-log".into(), "/billing/partner-relationships".into()] {
            anne.opens(&path).await.is(200).says_no("Zaubertinte");
        }
        app.accepted_by(Persona::GlobalAdmin, &invited);
        for path in ["/".to_owned(), invited.review(), "/audit-log".into(), "/billing/partner-relationships.csv".into()] {
            let page = anne.opens(&path).await;
            assert!(!page.html().contains("Zaubertinte"), "{path}");
        }
        assert_eq!(number(&app, "events WHERE canonical LIKE '%Zaubertinte%'"), 0);
        assert_eq!(number(&app, "outgoing_mail WHERE facts LIKE '%Zaubertinte%'"), 0);
        app.anonymous().opens(&invited.link()).await.says_no("Zaubertinte");
    }

    async fn sending_again_kills_the_old_link_and_says_so_to_its_holder(app: TestApp) {
        let astrid = app.admin_agent().await;
        let old = shown(invites(&astrid, &[("life", "7")]).await.is(201));
        app.passes(TimeDelta::minutes(10));
        let page = astrid.opens(&format!("{LIST}/{}", old.id)).await;
        let again = astrid.presses(page.is(200), "Send again", &[]).await;
        let new = shown(again.is(201));
        assert_eq!(new.id, old.id);
        assert_ne!(new.token, old.token);
        // For strangers the old link is like one that never was.
        let never = app.anonymous().opens(&format!("/invitations/{}", "A".repeat(43))).await;
        let gone = app.anonymous().opens(&old.link()).await;
        assert_eq!((gone.status, gone.html()), (never.status, never.html()));
        let olive = app.stranger().await;
        assert_eq!(olive.opens(&old.link()).await.html(), olive.opens(&format!("/invitations/{}", "A".repeat(43))).await.html());
        let anne = app.global_admin().await;
        anne.opens(&old.link()).await.is(410).says("A newer link was sent").says("29 November 2026");
        assert_eq!(anne.opens(&new.link()).await.location(), new.review());
        assert_eq!(number(&app, "events WHERE kind = 'invitation.resent'"), 1);
        assert_eq!(number(&app, "outgoing_mail WHERE kind = 'invitation' AND state = 'queued'"), 1);
        assert_eq!(number(&app, "outgoing_mail WHERE kind = 'invitation' AND state = 'obsolete'"), 1);
        astrid.opens(&format!("{LIST}/{}", old.id)).await.says("sent the invitation from Fjord Managed IT again");
        // The new deadline counts from now.
        app.accepted_by(Persona::GlobalAdmin, &new);
        astrid.posts(&format!("{LIST}/{}/resend", old.id), &[]).await.is(409).says("This invitation can’t be sent again");
        app.verified();
    }

    async fn what_ran_out_is_not_reopened_but_asked_for_anew(app: TestApp) {
        let astrid = app.admin_agent().await;
        let over = [("type", "advisor"), ("role", "helpdesk_administrator"), ("life", "7"), ("reference", "PO 1")];
        let invited = shown(invites(&astrid, &over).await.is(201));
        app.passes(TimeDelta::days(8));
        let (astrid, anne) = (app.admin_agent().await, app.global_admin().await);
        let path = format!("{LIST}/{}", invited.id);
        astrid.posts(&format!("{path}/resend"), &[]).await.is(409);
        let review = anne.opens(&invited.review()).await;
        anne.presses(&review, "Ask for a new link", &[]).await.is(303);
        astrid.opens("/partner").await.is(200).says("anne@hautmont.example asks for a new link");
        astrid.opens(&format!("{LIST}?link=asked")).await.says("New link requested on").says("1 invitation");
        let page = astrid.opens(&format!("{NEW}?from={}", invited.id)).await;
        let made = astrid.presses(page.is(200), "Create invitation", &[]).await;
        shown(made.is(201));
        astrid.opens(&format!("{LIST}?link=asked")).await.says("No invitation matches");
        astrid.opens("/partner").await.says_no("anne@hautmont.example asks for a new link");
        assert_eq!(number(&app, "invitations WHERE reference = 'PO 1' AND relationship_type = 'advisor' AND days = 365"), 2);
        assert_eq!(number(&app, "invitation_roles"), 2);
        app.verified();
    }

    async fn nothing_beyond_the_ceiling_is_made_sent_again_or_withdrawn(app: TestApp) {
        let (astrid, sven) = (app.admin_agent().await, app.signed_in(Persona::SalesAgent).await);
        for kind in RelationshipType::ALL {
            for role in AdminRole::ALL {
                let over = [("type", kind.as_str()), ("role", role.as_str()), ("to", "x@customer.example")];
                let asked = invites(&astrid, &over).await;
                let may = kind.askable_roles().contains(role);
                assert_eq!(asked.status == 201 || asked.status == 409, may, "{kind} {role}: {}", asked.status);
                invites(&sven, &over).await.is(422);
            }
        }
        let offered = sven.opens(NEW).await;
        assert_eq!(offered.attributes("input[name=type]", "value").len(), 4);
        assert!(offered.attributes("input[name=role]", "value").is_empty());
        // The other partner's staff can't be named, whatever is sent.
        let other = app.world().person(Persona::OtherAgent).id.to_string();
        invites(&astrid, &[("type", "partner"), ("person", &other)]).await.is(422).says("Choose among the people");
        invites(&astrid, &[("type", "partner")]).await.is(422).says("Choose who gets a user account");
        let sven_id = app.world().person(Persona::SalesAgent).id.to_string();
        invites(&astrid, &[("type", "partner"), ("person", &sven_id)]).await.is(201);
        let asked = app.invited();
        let path = format!("{LIST}/{}", asked.id);
        let page = sven.opens(&path).await;
        assert!(!page.is(200).buttons().contains(&"Send again".to_owned()));
        for step in ["resend", "withdrawal"] {
            sven.posts(&format!("{path}/{step}"), &[]).await.is(403).says("Admin agent");
        }
        let q = app.signed_in(Persona::OtherAgent).await;
        for step in ["resend", "withdrawal"] {
            q.posts(&format!("{path}/{step}"), &[]).await.is(404);
        }
        assert_eq!(number(&app, "invitations WHERE state = 'withdrawn'"), 0);
    }

    async fn a_preview_shows_the_mail_and_makes_nothing(app: TestApp) {
        let astrid = app.admin_agent().await;
        let before = app.db().everything();
        let over = [("step", "preview"), ("type", "delegated_administrator"), ("role", "global_administrator"), ("message", "<b>Bonjour</b>"), ("language", "fr")];
        let page = invites(&astrid, &over).await;
        page.is(200).says("Ce que").says_no("There is a problem");
        let mail = page.texts("#preview").concat();
        assert!(mail.contains("anne@hautmont.example") && mail.contains("<b>Bonjour</b>"), "{mail}");
        assert!(mail.contains("contrôle total") || mail.contains("Contrôle total"), "{mail}");
        let again = page.form("Create invitation");
        assert_eq!(again.value("message"), Some("<b>Bonjour</b>"));
        // Half a form is enough for a preview, and no form at all isn't one of ours.
        invites(&astrid, &[("step", "preview"), ("to", ""), ("type", "advisor")]).await.is(200).says("Nobody yet");
        astrid.posts(NEW, &[]).await.is(400);
        invites(&astrid, &[("partner", "x")]).await.is(400);
        assert!(crate::support::db::difference(&before, &app.db().everything()).is_empty());
    }

    async fn a_burst_stays_within_the_limit_of_one_person(app: TestApp) {
        let limit = Quota::Sender.limit();
        let astrid = app.admin_agent().await;
        for nth in 0..limit - 10 {
            invites(&astrid, &[("to", &format!("c{nth}@customer.example"))]).await.is(201);
        }
        app.passes(TimeDelta::minutes(1));
        let burst = (0..100).map(|nth| {
            let astrid = astrid.copy();
            async move { invites(&astrid, &[("to", &format!("b{nth}@customer.example")), ("message", "kept")]).await }
        });
        let answers = futures_util::future::join_all(burst).await;
        let made = answers.iter().filter(|page| page.status == 201).count();
        assert!((1..=10).contains(&made), "{made}");
        // Who waited too long for the database is told so, and made nothing either.
        for refused in answers.iter().filter(|page| ![201, 503].contains(&page.status)) {
            refused.is(429).says("Too many invitations for now").says("kept");
            let wait: i64 = refused.header("retry-after").parse().unwrap();
            assert_eq!(wait, 24 * 3600 - 60 + 1);
        }
        let made = limit - 10 + i64::try_from(made).unwrap();
        assert_eq!((number(&app, "invitations"), number(&app, "outgoing_mail")), (made, made));
        // A colleague has a limit of their own, and a day later there is room again.
        let sven = app.signed_in(Persona::SalesAgent).await;
        invites(&sven, &[]).await.is(201);
        app.passes(TimeDelta::hours(24));
        invites(&app.admin_agent().await, &[("to", "later@customer.example")]).await.is(201);
    }

    async fn one_customer_gets_only_so_many_links_a_day(app: TestApp) {
        let astrid = app.admin_agent().await;
        let invited = shown(invites(&astrid, &[]).await.is(201));
        let path = format!("{LIST}/{}/resend", invited.id);
        for _ in 1..Quota::Recipient.limit() {
            astrid.posts(&path, &[]).await.is(201);
        }
        let refused = astrid.posts(&path, &[]).await;
        refused.is(429).says("for this customer within 24 hours");
        assert_eq!(refused.header("retry-after"), (24 * 3600 + 1).to_string());
        invites(&astrid, &[("type", "advisor")]).await.is(429);
        // Another partner has its own.
        invites(&app.signed_in(Persona::OtherAgent).await, &[]).await.is(201);
        invites(&astrid, &[("to", "other@customer.example")]).await.is(201);
    }

    async fn the_list_is_searched_filtered_and_paged(app: TestApp) {
        let (astrid, sven) = (app.admin_agent().await, app.signed_in(Persona::SalesAgent).await);
        let declined = shown(invites(&sven, &[("to", "anne@hautmont.example")]).await.is(201));
        for nth in 0..60 {
            app.passes(TimeDelta::seconds(1));
            app.invites(&Ask { to: app.to_email(&format!("c{nth:02}@customer.example")), ..app.ask() });
        }
        let first = astrid.opens(LIST).await;
        first.is(200).says("61 invitations").says("c59@customer.example").says_no("c05@customer.example");
        let next = first.links().into_iter().find(|link| link.contains("after=")).unwrap();
        let second = astrid.opens(&next).await;
        second.is(200).says("c05@customer.example").says_no("c59@customer.example");
        assert_eq!(first.texts(".row").len() + second.texts(".row").len(), 61);
        astrid.opens(&format!("{LIST}?after=x")).await.is(400);
        let sven_member = app.world().person(Persona::SalesAgent).membership;
        astrid.opens(&format!("{LIST}?by={sven_member}")).await.says("anne@hautmont.example").says_no("customer.example");
        astrid.opens(&format!("{LIST}?type=reseller")).await.says("anne@hautmont.example").says("1 invitation");
        let anne = app.global_admin().await;
        let page = anne.opens(&declined.refusal()).await;
        anne.presses(&page, "Decline invitation", &[("reason", "No need")]).await.is(303);
        let closed = astrid.opens(&format!("{LIST}?state=declined&q=hautmont+school")).await;
        closed.is(200).says("Hautmont School Group").says("Declined");
        astrid.opens(&format!("{LIST}/{}", declined.id)).await.says("No need").says("declined the invitation");
        astrid.opens(&format!("{LIST}?state=open&q=%25")).await.says("No invitation matches");
        // Nothing of it is there for another partner.
        app.signed_in(Persona::OtherAgent).await.opens(LIST).await.is(200).says("No invitations yet");
    }

    async fn withdrawing_kills_the_link_and_asking_again_is_no_error(app: TestApp) {
        let astrid = app.admin_agent().await;
        let invited = shown(invites(&astrid, &[]).await.is(201));
        let path = format!("{LIST}/{}", invited.id);
        let page = astrid.opens(&format!("{path}/withdrawal")).await;
        let done = astrid.presses(page.is(200), "Yes, withdraw invitation", &[]).await;
        astrid.follows(&done.is(303).location()).await.is(200).says("Invitation withdrawn");
        astrid.presses(&page, "Yes, withdraw invitation", &[]).await.is(303);
        astrid.opens(&format!("{path}/withdrawal")).await.is(303);
        app.anonymous().opens(&invited.link()).await.is(404);
        assert_eq!(number(&app, "events WHERE kind = 'invitation.withdrawn'"), 1);
        assert_eq!(number(&app, "outgoing_mail WHERE state = 'queued'"), 0);
        app.verified();
    }
}

/// Where nothing is mailed any more, pages say so, whatever was sent before.
#[test]
fn where_no_mail_is_sent_the_pages_say_so_though_some_was() {
    let setup = || Setup {
        mail: false,
        ..Setup::default()
    };
    run_with(Backend::Sqlite, setup, async |app| {
        app.db()
            .run("INSERT INTO mail_setups (transport, first_at) VALUES ('smtp', '2026-01-01T00:00:00.000000Z')")
            .unwrap();
        let astrid = app.admin_agent().await;
        let made = invites(&astrid, &[]).await;
        made.is(201)
            .says("No mail was sent, since no mail server is set up here");
        astrid
            .opens(LIST)
            .await
            .is(200)
            .says("Not sent: no mail server is set up");
        let operator = app.signed_in(Persona::Operator).await;
        operator
            .opens("/operator/mail")
            .await
            .is(200)
            .says("No mail server is set up");
    });
}
