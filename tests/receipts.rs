//! Receipts: what somebody accepted, on a page and in a file that can be checked anywhere.

use std::{fs, process::Output, sync::atomic::AtomicBool};

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::TimeDelta;
use entente::{
    domain::{Language, relationship::RelationshipType},
    evidence::{chain::link, personal::canonical, receipt::check::check},
    signing::SigningKey,
    work::{letter::letter, mail::Mailer, outbox::MailKind},
};
use serde_json::Value;

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    db::fresh_folder,
    mail_server::{Received, SmtpServer},
    page::Page,
    program::{command, tells},
    scene::Ask,
    schema::breaks,
};

/// Accepts the agreement alone, and opens the receipt from the agreement's page.
async fn accepts(marie: &Actor) -> Page {
    let page = marie.opens("/billing/agreement").await;
    marie
        .presses(&page, "Accept", &[("consent", "yes")])
        .await
        .is(303);
    let page = marie.opens("/billing/agreement").await;
    let link = page
        .is(200)
        .links()
        .into_iter()
        .find(|link| link.starts_with("/billing/acceptances/"));
    marie.opens(&link.unwrap()).await
}

/// The file that a receipt's page leads to.
async fn downloads(marie: &Actor, page: &Page) -> Page {
    let link = page
        .links()
        .into_iter()
        .find(|link| link.ends_with("/receipt.json"));
    marie.opens(&link.unwrap()).await
}

/// Verifies a file on a machine that has nothing but it.
fn verifies(text: &[u8], key: Option<&str>) -> Output {
    let folder = fresh_folder("elsewhere");
    fs::write(folder.join("receipt.json"), text).unwrap();
    let mut arguments = vec!["verify", "receipt.json"];
    if let Some(key) = key {
        fs::write(folder.join("key.pem"), key).unwrap();
        arguments.extend(["--key", "key.pem"]);
    }
    let output = command(&arguments).current_dir(&folder).output().unwrap();
    assert_eq!(
        fs::read_dir(&folder).unwrap().count(),
        1 + usize::from(key.is_some()),
        "nothing is made"
    );
    let _ = fs::remove_dir_all(&folder);
    output
}

fn words_of(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned()
}

/// Sends what waits, as the server does.
async fn sends(app: &TestApp, server: &SmtpServer) {
    let state = app.state().clone();
    let (base, own) = ((state.db, state.clock), (state.site, state.secret));
    let mailer = Mailer::new(&server.settings(), base, own, letter).unwrap();
    let mailer = mailer.with_receipts(state.signer);
    mailer.set_up().await;
    mailer.round(&AtomicBool::new(false)).await.unwrap();
}

fn decoded(part: &str) -> Vec<u8> {
    let (_, body) = part.split_once("\r\n\r\n").unwrap();
    let text: String = body.split_whitespace().collect();
    BASE64_STANDARD.decode(text).unwrap()
}

/// The parts of a mail, however deep.
fn parts(mail: &Received) -> Vec<&str> {
    let marks: Vec<&str> = mail
        .data
        .split("boundary=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let mut parts = vec![mail.data.as_str()];
    for mark in marks {
        let mark = format!("--{mark}");
        parts = parts
            .iter()
            .flat_map(|part| part.split(mark.as_str()))
            .collect();
    }
    parts
}

/// The name of the file that came with a mail, and what is in it.
fn attachment(mail: &Received) -> Option<(String, Vec<u8>)> {
    let parts = parts(mail);
    let part = parts
        .iter()
        .find(|part| part.contains("Content-Disposition: attachment"))?;
    assert!(part.contains("Content-Type: application/json"), "{part}");
    let name = part.split("filename=\"").nth(1)?.split('"').next()?;
    Some((name.to_owned(), decoded(part)))
}

/// The words of a mail as its reader sees them: the part of text.
fn readable(mail: &Received) -> String {
    let parts = parts(mail);
    let part = parts
        .iter()
        .find(|part| part.contains("Content-Type: text/plain") && !part.contains("multipart"));
    let part = part.unwrap();
    if part.contains("base64") {
        return String::from_utf8(decoded(part)).unwrap();
    }
    // Quoted-printable: soft line ends, and bytes in hex.
    let text = part.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| hex::decode(hex).ok());
        if let (b'=', Some(byte)) = (first, hex) {
            bytes.extend(byte);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}

on_both! {
    async fn a_receipt_says_who_accepted_what_when_and_with_which_right(app: TestApp) {
        let marie = app.billing_admin().await;
        let page = accepts(&marie).await;
        let (world, person) = (app.world(), app.world().person(Persona::BillingAdmin));
        for words in [
            person.name,
            &person.email,
            world.own.name,
            "Billing administrator",
            "22 November 2026, 10:00",
            "Europe/Paris",
            "2026-11-22T09:00:00.000000Z",
            "By password",
            "192.0.2.10",
            "Entry 1",
            "simple electronic signature",
        ] {
            assert!(page.is(200).text().contains(words), "{words} in {}", page.text());
        }
        let sha256 = app.db().ask("SELECT record AS answer FROM acceptances").concat();
        let record: Value = serde_json::from_str(&sha256).unwrap();
        page.says(record["document"]["sha256"].as_str().unwrap());
        page.says(record["statement"].as_str().unwrap());
        let french = marie.opens(&format!("{}?lang=fr", page.asked.trim_start_matches("GET "))).await;
        french.says("Justificatif d’acceptation").says("Administrateur de facturation");
        french.says(record["statement"].as_str().unwrap());
    }

    async fn a_receipt_verifies_where_nothing_else_is_known(app: TestApp) {
        let marie = app.billing_admin().await;
        let page = accepts(&marie).await;
        let file = downloads(&marie, &page).await;
        assert_eq!(file.is(200).header("content-type"), "application/json");
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"receipt-"));
        let alone = verifies(&file.body, None);
        assert!(alone.status.success(), "{}", words_of(&alone));
        assert!(words_of(&alone).contains("WHO SIGNED IT IS NOT CHECKED"), "{}", words_of(&alone));
        // People compare one form of the key everywhere.
        let sha256 = app.state().signer.public().fingerprint();
        assert!(words_of(&alone).contains(&sha256) && page.text().contains(&sha256), "{sha256}");
        let ours = verifies(&file.body, Some(&app.state().signer.public().pem()));
        assert!(ours.status.success(), "{}", words_of(&ours));
        let words = words_of(&ours);
        let person = app.world().person(Persona::BillingAdmin);
        for said in [person.name, &person.email, app.world().own.name, "2026-11-22T09:00:00.000000Z", "billing_administrator", "It doesn't prove:", "simple electronic signature", "one that you gave"] {
            assert!(words.contains(said), "{said} in {words}");
        }
        let theirs = SigningKey::from_seed(&[1; 32]).unwrap();
        let stranger = verifies(&file.body, Some(&theirs.public().pem()));
        assert_eq!(stranger.status.code(), Some(1));
        assert!(words_of(&stranger).contains("NOT VALID: it is signed by another key"), "{}", words_of(&stranger));
        assert_eq!(downloads(&marie, &page).await.body, file.body, "the same, whenever it is asked for");
    }

    async fn any_byte_of_a_receipt_that_was_changed_is_found(app: TestApp) {
        let marie = app.billing_admin().await;
        let file = downloads(&marie, &accepts(&marie).await).await.body;
        let trusted = [app.state().signer.public()];
        let text = String::from_utf8(file.clone()).unwrap();
        check(&text, &trusted).unwrap();
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 1 << (at % 8);
            if let Ok(changed) = String::from_utf8(changed) {
                assert!(check(&changed, &[]).is_err(), "byte {at}: {}", &changed[at.saturating_sub(40)..=at]);
            }
        }
        for changed in [&file[1..], &file[..file.len() - 1], &[&file[..], b"\n"].concat(), b""] {
            let output = verifies(changed, None);
            assert_eq!(output.status.code(), Some(1), "{}", words_of(&output));
            assert!(words_of(&output).contains("receipt.json: NOT VALID: it"), "{}", words_of(&output));
        }
    }

    async fn whoever_holds_the_key_can_t_sign_what_doesn_t_fit_together(app: TestApp) {
        let marie = app.billing_admin().await;
        let file = downloads(&marie, &accepts(&marie).await).await.body;
        let file: Value = serde_json::from_slice(&file).unwrap();
        let text = |pointer: &str| file.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
        for (pointer, from, to, reason) in [
            ("/receipt/document", "sample", "simple", "the agreement's text isn't the one that the record names"),
            ("/receipt/record/text", "billing_administrator", "global_administrator", "the record's text doesn't fit its hash"),
            ("/receipt/event/text", "billing_administrator", "global_administrator", "the event's text doesn't fit its hash"),
            ("/receipt/record/personal/0/text", "Marie", "Maria", "the personal data (actor) aren't those that were committed to"),
            ("/receipt/event/personal/0/text", "Marie", "Maria", "the personal data (actor) aren't those that were committed to"),
        ] {
            let mut body = file["receipt"].clone();
            let changed = text(pointer).replace(from, to);
            assert_ne!(changed, text(pointer), "{pointer}");
            *body.pointer_mut(pointer.trim_start_matches("/receipt")).unwrap() = changed.into();
            let sealed = entente::evidence::signed::seal("receipt", &body, &app.state().signer);
            assert_eq!(check(&sealed, &[]).unwrap_err().to_string(), reason, "{pointer}");
        }
    }

    async fn receipts_are_as_their_schema_says(app: TestApp) {
        app.related();
        let (anne, olive) = (app.global_admin().await, app.stranger().await);
        accepts(&olive).await;
        let (own, other) = (app.world().own.id, app.world().other.id);
        for (actor, path, schema) in [
            (&anne, format!("acceptances/{}", app.acceptance_of(own)), "receipt"),
            (&olive, format!("acceptances/{}", app.acceptance_of(other)), "receipt"),
            (&anne, format!("authorizations/{}", app.authorization_of(own)), "authorization-receipt"),
        ] {
            let known = format!("{}/docs/{schema}.schema.json", env!("CARGO_MANIFEST_DIR"));
            let schema: Value = serde_json::from_str(&fs::read_to_string(known).unwrap()).unwrap();
            let link = format!("/billing/{path}/receipt.json");
            let file: Value = serde_json::from_slice(&actor.opens(&link).await.is(200).body).unwrap();
            assert_eq!(breaks(&schema, &schema, &file), [""; 0]);
            for (within, text) in [("record", "/receipt/record/text"), ("event", "/receipt/event/text")] {
                let text = file.pointer(text).and_then(Value::as_str).unwrap();
                let value: Value = serde_json::from_str(text).unwrap();
                assert_eq!(breaks(&schema, &schema["$defs"][within], &value), [""; 0], "{within}");
            }
        }
    }

    async fn an_authorization_has_a_receipt_that_verifies_elsewhere(app: TestApp) {
        let relationship = app.related();
        let anne = app.global_admin().await;
        let partner = anne.opens(&format!("/billing/partner-relationships/{relationship}")).await;
        let link = partner.is(200).links().into_iter().find(|link| link.starts_with("/billing/authorizations/"));
        let page = anne.opens(&link.unwrap()).await;
        let (own, p) = (app.world().own.name, &app.world().p);
        page.is(200).says(&format!("{own} authorized {}.", p.name)).says(&app.authorization_of(app.world().own.id));
        page.says("Delegated administrator").says("Helpdesk administrator, until");
        let file = downloads(&anne, &page).await;
        let name = file.header("content-disposition");
        assert!(name.contains(&format!("authorization-{}.json", app.authorization_of(app.world().own.id))), "{name}");
        let key = app.state().signer.public().pem();
        let output = verifies(&file.is(200).body, Some(&key));
        let told = words_of(&output);
        assert!(output.status.success() && told.starts_with("Valid: the receipt of authorization "), "{told}");
        assert!(told.contains(&format!("authorized  {} (", p.name)) && told.contains("helpdesk_administrator until "), "{told}");
        // Each part of it is held by another.
        let text = String::from_utf8(file.body.clone()).unwrap();
        let mut body: Value = serde_json::from_str(&text).unwrap();
        body["receipt"]["document"] = "Other words.".into();
        let forged = entente::evidence::signed::seal("receipt", &body["receipt"], &SigningKey::from_seed(&[7; 32]).unwrap());
        let output = verifies(forged.as_bytes(), None);
        assert!(words_of(&output).contains("isn't the one that the record names"), "{output:?}");
        let changed = text.replacen("helpdesk_administrator", "global_administrator", 1);
        assert_eq!(verifies(changed.as_bytes(), None).status.code(), Some(1));
        // Its entry in the log and the history lead to it.
        let history = anne.opens(&format!("/billing/partner-relationships/{relationship}/history")).await;
        assert!(history.is(200).links().iter().any(|link| link.starts_with("/billing/authorizations/")));
        // In French, too.
        let french = anne.opens(&format!("/billing/authorizations/{}?lang=fr", app.authorization_of(app.world().own.id))).await;
        french.is(200).says("Justificatif d’autorisation").says(&format!("{own} a autorisé {}.", p.name));
    }

    async fn what_was_accepted_and_what_was_in_force_are_told_apart(app: TestApp) {
        let own = app.world().own.id;
        let marie = app.billing_admin().await;
        accepts(&marie).await;
        app.passes(TimeDelta::minutes(1));
        app.publishes(2, false, ["# Agreement\n\nOther words, which nobody accepted.", "# Contrat\n\nAutres mots."]);
        app.passes(TimeDelta::minutes(1));
        let relationship = app.related();
        let page = marie.opens(&format!("/billing/authorizations/{}", app.authorization_of(own))).await;
        let acceptance = format!("/billing/acceptances/{}", app.acceptance_of(own));
        assert!(page.is(200).links().contains(&acceptance), "{:?}", page.links());
        page.says("Relies on the acceptance").says("Agreement in force then").says("1 November 2026").says_no("read in");
        let told = words_of(&verifies(&downloads(&marie, &page).await.body, None));
        assert!(told.contains(&format!("relying on  acceptance {}\n  in force    ", app.acceptance_of(own))), "{told}");
        assert!(told.contains("version dated 2026-11-01") && told.contains("are as they were written"), "{told}");
        let accepted = marie.opens(&acceptance).await;
        accepted.is(200).says("1 July 2026").says_no("1 November 2026");
        // Each step of the history has the receipt of its own.
        let history = marie.opens(&format!("/billing/partner-relationships/{relationship}/history")).await;
        let receipts: Vec<String> = history.is(200).links().into_iter().filter(|link| link.starts_with("/billing/a")).filter(|link| !link.ends_with("agreement")).collect();
        assert_eq!(receipts, [acceptance, format!("/billing/authorizations/{}", app.authorization_of(own))]);
    }

    async fn a_receipt_of_one_kind_is_none_of_the_other(app: TestApp) {
        app.related();
        let anne = app.global_admin().await;
        let own = app.world().own.id;
        let body = async |link: String| -> Value {
            serde_json::from_slice(&anne.opens(&link).await.is(200).body).unwrap()
        };
        let acceptance = body(format!("/billing/acceptances/{}/receipt.json", app.acceptance_of(own))).await["receipt"].take();
        let authorization = body(format!("/billing/authorizations/{}/receipt.json", app.authorization_of(own))).await["receipt"].take();
        for (whose, other, under) in [(&acceptance, &authorization, "authorization"), (&authorization, &acceptance, "acceptance")] {
            let mut mixed = whose.clone();
            mixed["format"] = other["format"].clone();
            mixed[under] = whose["record"]["id"].clone();
            let mut of_event = other.clone();
            of_event["event"] = whose["event"].clone();
            for forged in [mixed, of_event] {
                let sealed = entente::evidence::signed::seal("receipt", &forged, &app.state().signer);
                let output = verifies(sealed.as_bytes(), None);
                assert_eq!(output.status.code(), Some(1), "{}", words_of(&output));
            }
        }
    }

    async fn a_receipt_over_an_older_event_says_what_only_the_signature_holds(app: TestApp) {
        app.related();
        let anne = app.global_admin().await;
        let path = format!("/billing/authorizations/{}/receipt.json", app.authorization_of(app.world().own.id));
        let mut older: Value = serde_json::from_slice(&anne.opens(&path).await.is(200).body).unwrap();
        let older = &mut older["receipt"];
        let mut event: Value = serde_json::from_str(older["event"]["text"].as_str().unwrap()).unwrap();
        assert!(event["facts"].as_object_mut().unwrap().remove("record").is_some());
        let (text, previous) = (canonical(&event), hex::decode(older["event"]["previous"].as_str().unwrap()).unwrap());
        older["event"]["hash"] = hex::encode(link(&previous, &text)).into();
        older["event"]["text"] = text.into();
        let sealed = entente::evidence::signed::seal("receipt", older, &app.state().signer);
        let told = words_of(&verifies(sealed.as_bytes(), None));
        assert!(told.starts_with("Valid: ") && told.contains("are as they were signed") && !told.contains("as they were written"), "{told}");
    }

    async fn an_authorization_stays_proved_when_whoever_gave_it_is_erased(app: TestApp) {
        let marie = app.billing_admin().await;
        let invited = app.invites(&Ask { roles: vec![], ..app.ask_for(RelationshipType::Reseller) });
        app.accepted_by(Persona::BillingAdmin, &invited);
        let path = format!("/billing/authorizations/{}", app.authorization_of(app.world().own.id));
        let before = marie.opens(&path).await;
        before.is(200).says("Marie Delorme").says_no("Role granted");
        let (tenant, email) = (app.world().own.name, &app.world().person(Persona::BillingAdmin).email);
        for arguments in [&["user", "disable", "--tenant", tenant, "--email", email][..], &["person", "erase", "--email", email, "--yes"]] {
            let output = tells(&app.db().setting(), arguments);
            assert!(output.status.success(), "{}", words_of(&output));
        }
        let anne = app.global_admin().await;
        let page = anne.opens(&path).await;
        page.is(200).says("Erased person").says_no("Marie");
        let output = verifies(&downloads(&anne, &page).await.body, None);
        let told = words_of(&output);
        assert!(output.status.success() && told.contains("Somebody whose name was erased") && told.contains("with        no roles"), "{told}");
    }

    async fn a_damaged_authorization_gets_no_receipt(app: TestApp) {
        app.related();
        let anne = app.global_admin().await;
        let path = format!("/billing/authorizations/{}", app.authorization_of(app.world().own.id));
        anne.opens(&path).await.is(200);
        app.lays_bare();
        let version = app.world().version.to_string();
        app.db().run(&format!("UPDATE authorizations SET record = replace(record, '{version}', '{}')", app.world().agreement)).unwrap();
        for path in [path.clone(), format!("{path}/receipt.json")] {
            anne.opens(&path).await.is(500);
        }
    }

    async fn damaged_evidence_gets_no_receipt(app: TestApp) {
        let marie = app.billing_admin().await;
        let page = accepts(&marie).await;
        app.lays_bare();
        app.db().run("UPDATE acceptances SET record = replace(record, 'billing_administrator', 'global_administrator')").unwrap();
        let path = page.asked.trim_start_matches("GET ");
        for path in [path.to_owned(), format!("{path}/receipt.json")] {
            marie.opens(&path).await.is(500);
        }
    }

    async fn after_an_erasure_the_receipt_is_valid_and_names_nobody(app: TestApp) {
        let marie = app.billing_admin().await;
        let page = accepts(&marie).await;
        let (tenant, email) = (app.world().own.name, &app.world().person(Persona::BillingAdmin).email);
        for arguments in [&["user", "disable", "--tenant", tenant, "--email", email][..], &["person", "erase", "--email", email, "--yes"]] {
            let output = tells(&app.db().setting(), arguments);
            assert!(output.status.success(), "{}", words_of(&output));
        }
        let anne = app.global_admin().await;
        let path = page.asked.trim_start_matches("GET ").to_owned();
        let page = anne.opens(&path).await;
        page.is(200).says("Erased person");
        assert!(!page.texts("main").concat().contains("Marie"));
        let file = downloads(&anne, &page).await;
        let output = verifies(&file.is(200).body, None);
        assert!(output.status.success() && words_of(&output).contains("Somebody whose name was erased"), "{}", words_of(&output));
        app.verified();
    }

    async fn the_receipt_comes_with_the_mail_and_verifies_where_nothing_else_is_known(app: TestApp) {
        let server = SmtpServer::plain();
        let marie = app.billing_admin().await;
        let page = accepts(&marie).await;
        let file = downloads(&marie, &page).await;
        sends(&app, &server).await;
        let mails = server.mails();
        let (name, bytes) = attachment(&mails[0]).unwrap();
        assert_eq!(bytes, file.body, "to the byte what the page hands out");
        assert!(file.header("content-disposition").contains(name.trim_end_matches(".json")), "{name}");
        let output = verifies(&bytes, Some(&app.state().signer.public().pem()));
        assert!(output.status.success(), "{}", words_of(&output));
        assert!(readable(&mails[0]).contains(&format!("entente verify {name}")), "{}", readable(&mails[0]));
    }

    async fn where_no_receipt_can_be_attached_the_mail_says_where_it_is(app: TestApp) {
        let server = SmtpServer::plain();
        let marie = app.billing_admin().await;
        let page = accepts(&marie).await;
        app.lays_bare();
        app.db().run("UPDATE acceptances SET record = replace(record, 'billing_administrator', 'global_administrator')").unwrap();
        sends(&app, &server).await;
        let olive = app.stranger().await;
        let theirs = accepts(&olive).await;
        app.db().run("UPDATE personal_data SET data = NULL, salt = NULL, erased_at = '2026-11-22T09:00:00.000000Z' WHERE owner_kind = 'acceptance'").unwrap();
        sends(&app, &server).await;
        let mails = server.mails();
        assert_eq!(mails.len(), 2, "each goes out all the same");
        for (mail, page) in mails.iter().zip([page, theirs]) {
            assert!(attachment(mail).is_none());
            let words = readable(mail);
            let link = page.asked.trim_start_matches("GET ");
            assert!(words.contains("couldn’t be attached") && words.contains(link), "{words}");
        }
    }

    async fn whoever_accepts_gets_the_way_to_the_receipt_by_mail(app: TestApp) {
        let marie = app.billing_admin().await;
        let page = accepts(&marie).await;
        app.accepted_by(Persona::GlobalAdmin, &app.invited());
        let mails = app.mails_of(MailKind::AcceptanceReceipt);
        assert_eq!(mails.len(), 1, "one for each acceptance, and authorizing alone is none");
        let mail = &mails[0];
        assert_eq!(mail.to, app.world().person(Persona::BillingAdmin).email);
        assert_eq!(mail.waiting.language, Language::En);
        let link = format!("https://entente.example{}", page.asked.trim_start_matches("GET "));
        assert!(mail.letter.text.contains(&link) && mail.letter.html.contains(&link), "{}", mail.letter.text);
        assert!(mail.letter.text.contains("10:00"), "in the tenant's zone: {}", mail.letter.text);
        assert!(mail.letter.text.contains("simple electronic signature"), "{}", mail.letter.text);
    }
}
