//! Mails as people read them.

use entente::{
    domain::Language,
    id::Id,
    work::{
        letter::letter,
        outbox::{Letter, MailKind, Waiting},
    },
};
use scraper::{Html, Selector};
use serde_json::{Value, json};

use crate::support::{TestApp, app::ORIGIN, cast::Persona, scene::Ask};

const HOSTILE: &str = "<img src=x onerror=alert(1)> </blockquote><a href=\"https://evil.example/a\">Click</a>\n\
     https://evil.example/b www.evil.example evil.example mailto:a@evil.example {{ draft }} { $partner }";

fn all(html: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector)
        .map(|found| {
            found
                .value()
                .attr("href")
                .unwrap_or(found.value().name())
                .to_owned()
        })
        .collect()
}

/// Nothing but our own links, and nothing that loads or runs.
fn is_inert(letter: &Letter) {
    for link in all(&letter.html, "[href], [src]") {
        assert!(
            link == ORIGIN || link.starts_with(&format!("{ORIGIN}/")),
            "{link}"
        );
    }
    let active =
        "script, img, iframe, object, embed, form, input, link, base, svg, [style], [onerror]";
    assert_eq!(all(&letter.html, active), [""; 0], "{}", letter.html);
    for text in [&letter.text, &letter.html] {
        assert!(
            !text.contains("evil.example"),
            "an address that mail programs follow: {text}"
        );
        assert!(!text.contains("mailto:"), "{text}");
    }
    assert!(
        !letter.subject.contains(['\r', '\n']),
        "{:?}",
        letter.subject
    );
    for line in letter.text.lines() {
        assert!(
            !line.contains("Click") || line.starts_with("> "),
            "not quoted: {line}"
        );
    }
}

fn waits(kind: MailKind, language: Language, facts: Value) -> Waiting {
    let link = match kind {
        MailKind::Invitation => Some(format!(
            "https://before.example/invitations/{}",
            "A".repeat(43)
        )),
        MailKind::PasswordReset => Some(format!("{ORIGIN}/password-reset/{}", "A".repeat(43))),
        MailKind::StaffInvitation => Some(format!("{ORIGIN}/staff-invitations/{}", "A".repeat(43))),
        _ => None,
    };
    let now = "2026-11-22T09:00:00Z".parse().unwrap();
    Waiting {
        id: Id::at(now),
        kind,
        recipient: "\"<b>x</b>\"@f.example".into(),
        language,
        tenant: None,
        partner: None,
        invitation: None,
        relationship: None,
        person: None,
        facts,
        link,
        message_id: "<x@entente>".into(),
        created_at: now,
        attached: None,
    }
}

on_both! {
    async fn nothing_that_others_typed_does_anything_in_any_mail(app: TestApp) {
        for kind in MailKind::ALL {
            for language in Language::ALL {
                for side in ["tenant", "partner"] {
                    let facts = json!({
                        "partner_name": "Evil <b>Co</b>\r\nBcc: a@evil.example",
                        "tenant_name": "www.evil.example",
                        "sender": "https://evil.example",
                        "type": "partner",
                        "roles": ["global_administrator", "helpdesk_administrator"],
                        "days": 30,
                        "until": "2027-01-01T00:00:00.000000Z",
                        "at": "2027-01-01T00:00:00.000000Z",
                        "message": HOSTILE,
                        "reason": HOSTILE,
                        "people": ["<script>evil.example</script>"],
                        "zone": "Europe/Paris",
                        "side": side,
                    });
                    let letter = letter(&waits(*kind, *language, facts), &app.state().site).unwrap();
                    is_inert(&letter);
                    assert!(letter.html.contains(&format!("<html lang=\"{language}\">")));
                    assert!(!letter.subject.is_empty() && !letter.subject.contains("letter-"), "{}", letter.subject);
                    for word in ["letter-", "type-", "role-name", "review-"] {
                        let shown = Html::parse_document(&letter.html);
                        let shown: String = shown.select(&Selector::parse(".sheet").unwrap()).flat_map(|sheet| sheet.text()).collect();
                        assert!(!shown.contains(word) && !letter.text.contains(word), "a key shows in {kind}: {shown}");
                    }
                }
            }
        }
    }

    async fn mail_that_waited_since_before_facts_were_added_is_still_written(app: TestApp) {
        for kind in MailKind::ALL {
            let facts = match kind {
                MailKind::PasswordReset | MailKind::PasswordChanged | MailKind::SessionsEnded => json!({}),
                MailKind::Invitation => json!({ "partner_name": "Fjord Managed IT", "type": "reseller" }),
                _ => json!({ "partner_name": "Fjord Managed IT", "tenant_name": "Hautmont", "type": "reseller", "roles": [] }),
            };
            letter(&waits(*kind, Language::Fr, facts), &app.state().site).unwrap();
        }
    }

    async fn an_invitation_says_what_it_asks_in_plain_words_and_leads_to_us(app: TestApp) {
        use entente::domain::role::AdminRole::GlobalAdministrator;
        let invited = app.invites(&Ask {
            to: app.to_email("marie@hautmont.example"),
            roles: vec![GlobalAdministrator],
            message: Some(HOSTILE),
            ..app.ask()
        });
        let mail = app.mails_of(MailKind::Invitation).remove(0);
        is_inert(&mail.letter);
        let link = format!("{ORIGIN}{}", invited.link());
        assert!(all(&mail.letter.html, "a").contains(&link));
        for said in [
            "Fjord Managed IT asks to work with your organization",
            "Create and delete user accounts",
            "Global administrator",
            "Full control",
            "This includes full control",
            "12 months, counted from the day you accept",
            "22\u{a0}December\u{a0}2026",
            "Click",
            &link,
        ] {
            assert!(mail.letter.text.contains(said), "{said}\n{}", mail.letter.text);
        }
        assert!(!mail.letter.text.contains("Hautmont"), "whose address it is isn't told");
    }

    async fn a_decline_brings_its_reason_to_both_sides_as_text(app: TestApp) {
        let invited = app.invites(&app.ask());
        let marie = app.billing_admin().await;
        marie.posts(&invited.refusal(), &[("reason", "See https://evil.example\nNo, thanks")]).await.is(303);
        let mails = app.mails_of(MailKind::InvitationDeclined);
        assert_eq!(mails.len(), 2);
        for mail in mails {
            is_inert(&mail.letter);
            assert!(mail.letter.text.contains("> No, thanks"), "{}", mail.letter.text);
            assert_eq!(mail.letter.subject, "Hautmont School Group declined the invitation from Fjord Managed IT");
        }
    }

    async fn who_may_have_got_the_link_is_told_that_it_was_withdrawn(app: TestApp) {
        let ask = Ask { to: app.to_email("marie@hautmont.example"), ..app.ask() };
        let invited = app.invites(&ask);
        app.withdraws(&invited);
        assert!(app.mails().is_empty(), "the mail never went");
        let invited = app.invites(&ask);
        app.db().run("UPDATE outgoing_mail SET state = 'handed_over', sealed_link = NULL, closed_at = created_at WHERE state = 'queued'").unwrap();
        app.withdraws(&invited);
        let mails = app.mails();
        assert_eq!(mails.len(), 1);
        assert_eq!((mails[0].to.as_str(), mails[0].kind), ("marie@hautmont.example", MailKind::InvitationWithdrawn));
    }

    async fn ending_all_other_sessions_is_told_to_the_owner(app: TestApp) {
        let here = app.billing_admin().await;
        here.posts("/settings/sessions/end", &[]).await.is(303);
        assert!(app.mails().is_empty(), "there were no others");
        app.billing_admin().await;
        here.posts("/settings/sessions/end", &[]).await.is(303);
        let mails = app.mails();
        assert_eq!(mails.len(), 1);
        assert_eq!((mails[0].to.clone(), mails[0].kind), (app.world().person(Persona::BillingAdmin).email.clone(), MailKind::SessionsEnded));
        // Nine in the morning UTC is ten in Paris.
        assert!(mails[0].letter.text.contains("10:00"), "{}", mails[0].letter.text);
    }
}
