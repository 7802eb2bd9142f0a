//! Checkpoints: what was changed in the database since, by somebody who owns it, is found.

use std::{fs, path::PathBuf, process::Output};

use chrono::TimeDelta;
use entente::{
    evidence::checkpoint::folder::Folder,
    signing::{PublicKey, SigningKey},
    work::checkpoints::today,
};
use serde_json::Value;

use crate::support::{
    TestApp,
    db::{Backend, fresh_folder},
    program::{SECRET, command, tells},
};

/// A folder of checkpoints that goes when the test ends.
struct Kept(PathBuf);

impl Kept {
    fn new() -> Self {
        Self(fresh_folder("checkpoints"))
    }

    fn folder(&self) -> Folder {
        Folder::new(self.0.clone())
    }

    /// Writes a checkpoint by the command.
    fn writes(&self, app: &TestApp) -> Output {
        let dir = self.0.display().to_string();
        let arguments = ["audit", "checkpoint", "--json", "--checkpoint-dir", &dir];
        tells(&app.db().setting(), &arguments)
    }

    /// Verifies against all of them.
    fn verifies(&self, app: &TestApp, further: &[&str]) -> (bool, Value) {
        let dir = self.0.display().to_string();
        let arguments = ["audit", "verify", "--json", "--checkpoints", &dir];
        answered(&tells(&app.db().setting(), &[&arguments, further].concat()))
    }

    /// The one file.
    fn file(&self) -> PathBuf {
        self.0.join(&self.folder().names().unwrap()[0])
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Whether a command found nothing wrong, and what it told.
fn answered(output: &Output) -> (bool, Value) {
    let text = String::from_utf8_lossy(&output.stdout);
    let json = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{output:?}"));
    (output.status.success(), json)
}

/// Verifies without any checkpoint.
fn verifies(app: &TestApp) -> (bool, Value) {
    answered(&tells(&app.db().setting(), &["audit", "verify", "--json"]))
}

/// That a command told of this one problem, and failed.
#[track_caller]
fn is_found((fine, json): (bool, Value), words: &[&str]) {
    let problems = json["problems"].as_array().unwrap();
    assert!(!fine && json["ok"] == false, "{json:#}");
    let told = problems.iter().any(|problem| {
        let problem = problem.as_str().unwrap();
        words.iter().all(|word| problem.contains(word))
    });
    assert!(told, "{words:?} in {json:#}");
}

/// That a command found nothing.
#[track_caller]
fn is_intact((fine, json): &(bool, Value)) {
    assert!(*fine && json["ok"] == true, "{json:#}");
}

/// Something that happened in the tenant, with events that no record refers to, and a checkpoint.
async fn story(app: &TestApp) -> Kept {
    app.related();
    let marie = app.billing_admin().await;
    for language in ["fr", "en"] {
        let fields = [("language", language)];
        marie.posts("/settings/language", &fields).await.is(303);
    }
    let olive = app.stranger().await;
    olive
        .posts("/settings/language", &[("language", "fr")])
        .await
        .is(303);
    let kept = Kept::new();
    let output = kept.writes(app);
    assert!(output.status.success(), "{output:?}");
    kept
}

on_both! {
    async fn nothing_is_found_where_nothing_was_changed_and_the_log_went_on(app: TestApp) {
        let kept = story(&app).await;
        app.related();
        let marie = app.billing_admin().await;
        marie.posts("/settings/language", &[("language", "fr")]).await.is(303);
        assert!(kept.writes(&app).status.success());
        let told = kept.verifies(&app, &[]);
        is_intact(&told);
        assert_eq!(told.1["checkpoints"], 2);
        let dir = kept.0.display().to_string();
        let words = tells(&app.db().setting(), &["audit", "verify", "--checkpoints", &dir]);
        let words = String::from_utf8_lossy(&words.stdout).into_owned();
        assert!(words.starts_with("Intact: ") && words.contains("Compared with 2 checkpoints."), "{words}");
        // Nothing is left half-written, and others may fetch it.
        assert_eq!(fs::read_dir(&kept.0).unwrap().count(), 2);
    }

    async fn a_byte_that_was_changed_in_the_store_is_found(app: TestApp) {
        let kept = story(&app).await;
        app.lays_bare();
        let changed = app.db().run("UPDATE events SET canonical = replace(canonical, '\"done\"', '\"dome\"') WHERE kind = 'invitation.created'");
        assert_eq!(changed, Ok(1));
        let (_, name) = app.chain_of(app.world().own.id);
        is_found(kept.verifies(&app, &[]), &[&name, "event 1", "its text doesn't fit its hash"]);
        is_found(verifies(&app), &["its text doesn't fit its hash"]);
    }

    async fn a_row_that_was_removed_is_found(app: TestApp) {
        let kept = story(&app).await;
        app.lays_bare();
        assert_eq!(app.db().run("DELETE FROM events WHERE kind = 'invitation.created'"), Ok(1));
        let (_, name) = app.chain_of(app.world().own.id);
        is_found(kept.verifies(&app, &[]), &[&name, "event 2", "follows event 0: one is missing"]);
    }

    async fn a_record_that_was_removed_is_found(app: TestApp) {
        let marie = app.billing_admin().await;
        let page = marie.opens("/billing/agreement").await;
        marie.presses(&page, "Accept", &[("consent", "yes")]).await.is(303);
        app.lays_bare();
        assert_eq!(app.db().run("DELETE FROM acceptances"), Ok(1));
        let (_, name) = app.chain_of(app.world().own.id);
        is_found(verifies(&app), &[&name, "the record that it tells of is missing"]);
    }

    async fn a_record_that_was_rewritten_with_its_hash_is_found(app: TestApp) {
        app.related();
        is_intact(&verifies(&app));
        app.lays_bare();
        app.rewrites_records("acceptances", "by\":\"password", "by\":\"passkey");
        is_found(verifies(&app), &["acceptance", "its event tells otherwise of the record's hash"]);
        app.rewrites_records("authorizations", "by\":\"password", "by\":\"passkey");
        is_found(verifies(&app), &["authorization", "its event tells otherwise of the record's hash"]);
    }

    async fn a_grant_that_is_kept_otherwise_than_it_was_given_is_found(app: TestApp) {
        app.related();
        is_intact(&verifies(&app));
        app.lays_bare();
        let later = match app.db().backend {
            Backend::Sqlite => "'2027-11-01T00:00:00.000000Z'",
            Backend::Postgres => "timestamptz '2027-11-01T00:00:00Z'",
        };
        assert!(app.db().run(&format!("UPDATE grants SET ends_at = {later}")).unwrap() > 0);
        is_found(verifies(&app), &["authorization", "as it is kept"]);
        assert!(app.db().run("DELETE FROM grants").unwrap() > 0);
        is_found(verifies(&app), &["authorization", "grant", "is missing"]);
    }

    async fn a_grant_that_was_removed_and_is_kept_as_live_again_is_found(app: TestApp) {
        let relationship = app.related();
        let marie = app.billing_admin().await;
        let path = format!("/billing/partner-relationships/{relationship}");
        let page = marie.opens(&format!("{path}/role-removal")).await;
        marie.presses(&page, "Yes, remove roles", &[]).await.is(303);
        is_intact(&verifies(&app));
        app.lays_bare();
        let back = "UPDATE grants SET state = 'live', closed_at = NULL, closed_by = NULL";
        assert!(app.db().run(back).unwrap() > 0);
        is_found(verifies(&app), &["closed grant", "which is kept as live"]);
    }

    async fn a_grant_that_no_event_closed_or_gave_is_found(app: TestApp) {
        app.related();
        app.passes(TimeDelta::days(1));
        app.related();
        is_intact(&verifies(&app));
        app.lays_bare();
        // A grant that was replaced is used again, and the one in its place isn't.
        assert!(app.db().run("UPDATE grants SET state = 'expired', closed_at = ends_at WHERE state = 'live'").unwrap() > 0);
        assert!(app.db().run("UPDATE grants SET state = 'live', closed_at = NULL WHERE state = 'replaced'").unwrap() > 0);
        is_found(verifies(&app), &["closed grant", "which is kept as live"]);
        is_found(verifies(&app), &["is kept as expired, and no event closed it"]);
        // Somebody who didn't has removed it.
        let removed = "UPDATE grants SET state = 'removed', closed_at = starts_at, closed_by = (SELECT id FROM memberships LIMIT 1)";
        assert!(app.db().run(removed).unwrap() > 0);
        is_found(verifies(&app), &["is kept as removed by another than event"]);
        is_found(verifies(&app), &["is kept as removed, and no event closed it"]);
        // Our own connections to SQLite refuse a grant without an authorization.
        if app.db().backend == Backend::Postgres {
            app.db().run("ALTER TABLE grants DISABLE TRIGGER ALL").unwrap();
            let strange = "INSERT INTO grants SELECT gen_random_uuid(), tenant_id, partner_id, relationship_id, gen_random_uuid(), role, starts_at, ends_at, 'live', NULL, NULL FROM grants LIMIT 1";
            assert_eq!(app.db().run(strange), Ok(1));
            is_found(verifies(&app), &["1 were given by no authorization"]);
        }
    }

    async fn a_chain_that_is_kept_as_another_tenants_is_found(app: TestApp) {
        app.related();
        let kept = Kept::new();
        assert!(kept.writes(&app).status.success());
        app.lays_bare();
        let [own, other] = [app.world().own.id, app.world().other.id].map(|id| {
            let hex = id.uuid().simple().to_string();
            let literal = match app.db().backend {
                Backend::Sqlite => format!("x'{hex}'"),
                Backend::Postgres => format!("'{hex}'"),
            };
            (format!("tenant:{id}"), literal)
        });
        let turned = format!("UPDATE chains SET tenant_id = {}, name = '{}' WHERE tenant_id = {}", other.1, other.0, own.1);
        assert_eq!(app.db().run(&turned), Ok(1));
        is_found(kept.verifies(&app, &[]), &[&other.0, "event 1", "it is of another chain"]);
        is_found(kept.verifies(&app, &[]), &[&own.0, "it is kept as the chain", &other.0]);
        assert_eq!(app.db().run(&format!("UPDATE chains SET tenant_id = {} WHERE tenant_id = {}", own.1, other.1)), Ok(1));
        is_found(kept.verifies(&app, &[]), &[&other.0, "it is kept as the chain", &own.0]);
    }

    async fn personal_data_that_evidence_knows_nothing_of_is_found(app: TestApp) {
        app.related();
        app.lays_bare();
        let id = match app.db().backend {
            Backend::Sqlite => "randomblob(16)",
            Backend::Postgres => "gen_random_uuid()",
        };
        let adds = |owner: &str, label: &str| format!("INSERT INTO personal_data SELECT {id}, {owner}, owner_kind, '{label}', person_id, data, salt, commitment, erased_at FROM personal_data WHERE owner_kind = 'acceptance' AND label = 'actor' LIMIT 1");
        assert_eq!(app.db().run(&adds("owner_id", "text")), Ok(1));
        is_found(verifies(&app), &["acceptance", "it commits to no personal data (text) that is beside it"]);
        assert_eq!(app.db().run(&adds(id, "actor")), Ok(1));
        is_found(verifies(&app), &["pieces are beside nothing"]);
    }

    async fn an_acceptance_that_is_kept_as_another_versions_is_found(app: TestApp) {
        app.related();
        is_intact(&verifies(&app));
        app.publishes(2, true, ["Other words.", "D'autres mots."]);
        app.lays_bare();
        assert_eq!(app.db().run("UPDATE acceptances SET version_id = (SELECT id FROM agreement_versions WHERE id <> version_id LIMIT 1)"), Ok(1));
        is_found(verifies(&app), &["acceptance", "its columns differ from its text"]);
    }

    async fn a_column_that_was_changed_beside_its_text_is_found(app: TestApp) {
        app.related();
        app.lays_bare();
        for column in ["tenant_id", "partner_id", "relationship_id", "invitation_id", "person_id"] {
            let kept = app.db().hex(column);
            let was = app.db().ask(&format!("SELECT {kept} AS answer FROM events WHERE kind = 'invitation.accepted'"));
            let one = "WHERE kind = 'invitation.accepted'";
            assert_eq!(app.db().run(&format!("UPDATE events SET {column} = NULL {one}")), Ok(1), "{column}");
            is_found(verifies(&app), &["its columns differ from its text"]);
            let back = match app.db().backend {
                Backend::Sqlite => format!("x'{}'", was[0]),
                Backend::Postgres => format!("'{}'", was[0]),
            };
            assert_eq!(app.db().run(&format!("UPDATE events SET {column} = {back} {one}")), Ok(1));
        }
        is_intact(&verifies(&app));
        assert_eq!(app.db().run("UPDATE acceptances SET membership_id = (SELECT id FROM memberships WHERE id <> membership_id LIMIT 1)"), Ok(1));
        is_found(verifies(&app), &["acceptance", "its columns differ from its text"]);
    }

    async fn personal_data_that_is_blank_though_nobody_was_erased_is_found(app: TestApp) {
        app.related();
        app.lays_bare();
        let blanked = "UPDATE personal_data SET data = NULL, salt = NULL, erased_at = (SELECT created_at FROM people LIMIT 1)";
        assert_eq!(app.db().run(&format!("{blanked} WHERE owner_kind = 'acceptance'")), Ok(1));
        is_found(verifies(&app), &["1 pieces are blank, and events tell of 0"]);
    }

    async fn a_tail_that_was_cut_off_is_found_by_the_checkpoint_alone(app: TestApp) {
        let kept = story(&app).await;
        app.lays_bare();
        let (chain, name) = app.chain_of(app.world().own.id);
        app.cuts_off_the_last_event(chain);
        is_intact(&verifies(&app));
        is_found(kept.verifies(&app, &[]), &[&name, "its newest events were cut off"]);
    }

    async fn a_chain_that_was_computed_anew_as_a_whole_is_found_by_the_checkpoint_alone(app: TestApp) {
        let kept = story(&app).await;
        app.lays_bare();
        let (chain, name) = app.chain_of(app.world().own.id);
        app.computes_anew(chain, "\"before\":\"fr\"", "\"before\":\"de\"");
        is_intact(&verifies(&app));
        is_found(kept.verifies(&app, &[]), &[&name, "the chain was computed anew"]);
    }

    async fn a_chain_that_was_taken_out_as_a_whole_is_found_by_the_checkpoint_alone(app: TestApp) {
        let kept = story(&app).await;
        app.lays_bare();
        let (chain, name) = app.chain_of(app.world().other.id);
        let id = format!("{} = '{}'", app.db().hex("id"), chain.uuid().simple());
        let of_chain = format!("{} = '{}'", app.db().hex("chain_id"), chain.uuid().simple());
        for sql in [format!("DELETE FROM personal_data WHERE owner_id IN (SELECT id FROM events WHERE {of_chain})"), format!("DELETE FROM events WHERE {of_chain}"), format!("DELETE FROM checkpointed WHERE {of_chain}"), format!("DELETE FROM chains WHERE {id}")] {
            assert!(app.db().run(&sql).unwrap() > 0, "{sql}");
        }
        is_intact(&verifies(&app));
        is_found(kept.verifies(&app, &[]), &[&name, "the whole chain is missing"]);
    }

    async fn a_checkpoint_that_was_changed_or_signed_by_another_is_found(app: TestApp) {
        let kept = story(&app).await;
        let text = fs::read_to_string(kept.file()).unwrap();
        let name = kept.folder().names().unwrap().concat();
        for changed in [text.replacen("\"events\":", "\"events\":1", 1), text.replacen("tenant:", "Tenant:", 1)] {
            assert_ne!(changed, text);
            fs::write(kept.file(), changed).unwrap();
            is_found(kept.verifies(&app, &[]), &[&name, "its signature doesn't fit"]);
        }
        fs::write(kept.file(), &text[..text.len() / 2]).unwrap();
        is_found(kept.verifies(&app, &[]), &[&name, "it can't be read"]);
        fs::write(kept.file(), &text).unwrap();
        is_intact(&kept.verifies(&app, &[]));
        // An auditor names the key that it was given once.
        let keys = Kept::new();
        let [given, other] = ["given.pem", "other.pem"].map(|name| keys.0.join(name).display().to_string());
        let printed = tells(&app.db().setting(), &["audit", "key"]);
        fs::write(&given, &printed.stdout).unwrap();
        fs::write(&other, SigningKey::from_seed(&[1; 32]).unwrap().public().pem()).unwrap();
        assert_eq!(PublicKey::parse(&String::from_utf8_lossy(&printed.stdout)).unwrap(), app.state().signer.public());
        let sha256 = app.state().signer.public().fingerprint();
        assert!(String::from_utf8_lossy(&printed.stdout).starts_with(&format!("SHA-256 of the key, as receipts show it: {sha256}\n-----BEGIN")));
        is_intact(&kept.verifies(&app, &["--key", &given]));
        is_intact(&kept.verifies(&app, &["--key", &other, "--key", &given]));
        is_found(kept.verifies(&app, &["--key", &other]), &[&name, "signed by another key"]);
        is_found((false, answered(&tells(&app.db().setting(), &["audit", "verify", "--json", "--checkpoints", "/nonexistent"])).1), &["/nonexistent"]);
        let empty = Kept::new();
        is_found(empty.verifies(&app, &[]), &["there is no checkpoint in it"]);
    }

    async fn each_day_gets_one_checkpoint_by_itself_and_tenants_see_how_far_it_reaches(app: TestApp) {
        app.related();
        let (kept, state) = (Kept::new(), app.state());
        let written = || async { today(&state.db, &kept.folder(), &state.signer, &state.clock).await };
        let page = app.billing_admin().await.opens("/audit-log").await;
        assert!(page.is(200).text().contains("No checkpoint covers this log yet."));
        let first = written().await.unwrap().unwrap();
        assert_eq!(first, "checkpoint-20261122T090000.000000Z.json");
        assert_eq!(written().await.unwrap(), None, "one a day");
        app.passes(TimeDelta::hours(15));
        assert!(written().await.unwrap().is_some(), "the next day");
        assert_eq!(kept.folder().names().unwrap().len(), 2);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'checkpoint.written' AND tenant_id IS NULL"), 2);
        let page = app.billing_admin().await.opens("/audit-log").await;
        let (chain, _) = app.chain_of(app.world().own.id);
        let head = app.db().ask(&format!("SELECT {} AS answer FROM chains WHERE {} = '{}'", hex_of(&app, "head_hash"), app.db().hex("id"), chain.uuid().simple())).concat();
        let text = page.is(200).text();
        assert!(text.contains("The checkpoint of 23 November 2026, 01:00 covers this log up to entry 3:"), "{text}");
        assert!(text.contains(&format!("sha-256 {} {} {}", &head[..4], &head[4..8], &head[8..12])), "{head} in {text}");
        let page = app.stranger().await.opens("/audit-log").await;
        assert!(page.is(200).text().contains("No checkpoint covers this log yet."), "of a log that had no entry by then");
        app.verified();
        is_intact(&kept.verifies(&app, &[]));
    }

    async fn where_the_folder_is_gone_nothing_is_noted_and_it_is_said(app: TestApp) {
        app.related();
        let (gone, state) = (Kept::new(), app.state());
        fs::remove_dir_all(&gone.0).unwrap();
        assert!(today(&state.db, &gone.folder(), &state.signer, &state.clock).await.is_err());
        let output = gone.writes(&app);
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains(&gone.0.display().to_string()), "{output:?}");
        let unnamed = tells(&app.db().setting(), &["audit", "checkpoint"]);
        assert!(String::from_utf8_lossy(&unnamed.stderr).starts_with("entente: checkpoint_dir: "), "{unnamed:?}");
        assert_eq!(app.db().count("SELECT count(*) FROM checkpointed"), 0);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'checkpoint.written'"), 0);
    }
}

/// A column of bytes as hex.
fn hex_of(app: &TestApp, column: &str) -> String {
    match app.db().backend {
        Backend::Sqlite => format!("lower(hex({column}))"),
        Backend::Postgres => format!("encode({column}, 'hex')"),
    }
}

#[test]
fn a_key_of_ones_own_signs_and_has_to_be_private() {
    let kept = Kept::new();
    let (key, data) = (kept.0.join("key.pem"), kept.0.display().to_string());
    let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";
    fs::write(&key, pem).unwrap();
    let asks = |mode: u32| {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
        let file = key.display().to_string();
        let mut asked = command(&["audit", "key", "--json", "--signing-key-file", &file]);
        asked
            .env("ENTENTE_DATA_DIR", &data)
            .env("ENTENTE_SECRET", SECRET);
        asked.output().unwrap()
    };
    let (fine, json) = answered(&asks(0o600));
    assert!(fine);
    assert_eq!(
        json["key"],
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    );
    let open = asks(0o644);
    assert_eq!(open.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&open.stderr).starts_with("entente: signing_key_file: "),
        "{open:?}"
    );
}
