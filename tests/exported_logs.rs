//! A log as it was exported, verified on a machine that has nothing but the file.

use std::{fs, path::PathBuf, process::Output};

use entente::evidence::{chain::link, personal::canonical};
use serde_json::Value;

use crate::support::{
    TestApp,
    db::fresh_folder,
    program::{command, tells},
};

/// A folder with an export, a checkpoint and its key, that goes when the test ends.
struct Elsewhere {
    folder: PathBuf,
    lines: Vec<String>,
}

impl Elsewhere {
    /// Takes the log of the own tenant, after something happened in it, and a checkpoint.
    async fn new(app: &TestApp) -> Self {
        app.related();
        let marie = app.billing_admin().await;
        for language in ["fr", "en"] {
            let fields = [("language", language)];
            marie.posts("/settings/language", &fields).await.is(303);
        }
        let export = marie.opens("/audit-log.jsonl").await;
        let text = String::from_utf8(export.is(200).body.clone()).unwrap();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        assert!(lines.len() > 3, "{text}");
        let folder = fresh_folder("elsewhere");
        let kept = Self { folder, lines };
        let dir = kept.folder.display().to_string();
        let arguments = ["audit", "checkpoint", "--json", "--checkpoint-dir", &dir];
        let written = tells(&app.db().setting(), &arguments);
        let written: Value = serde_json::from_slice(&written.stdout).unwrap();
        let written = written["file"].as_str().unwrap();
        fs::rename(written, kept.folder.join("checkpoint.json")).unwrap();
        let key = tells(&app.db().setting(), &["audit", "key"]);
        fs::write(kept.folder.join("key.pem"), key.stdout).unwrap();
        kept
    }

    /// Verifies these lines.
    fn verifies(&self, lines: &[String], further: &[&str]) -> Output {
        let mut text = lines.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        fs::write(self.folder.join("log.jsonl"), text).unwrap();
        let arguments = [&["verify", "log.jsonl"], further].concat();
        let mut command = command(&arguments);
        command.current_dir(&self.folder).output().unwrap()
    }

    /// That these lines are refused, with these words.
    #[track_caller]
    fn refuses(&self, lines: &[String], further: &[&str], words: &str) {
        let output = self.verifies(lines, further);
        let told = words_of(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains("NOT VALID") && told.contains(words), "{told}");
    }

    /// That these lines are taken.
    #[track_caller]
    fn takes(&self, lines: &[String], further: &[&str]) -> String {
        let output = self.verifies(lines, further);
        let told = words_of(&output);
        assert!(
            output.status.success() && told.starts_with("Valid: "),
            "{told}"
        );
        told
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn words_of(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned()
}

const SIGNED: [&str; 4] = ["--checkpoint", "checkpoint.json", "--key", "key.pem"];

on_both! {
    async fn an_exported_log_verifies_elsewhere_and_against_a_checkpoint(app: TestApp) {
        let kept = Elsewhere::new(&app).await;
        let last = kept.lines.len();
        let told = kept.takes(&kept.lines, &[]);
        assert!(told.contains(&format!("{last} entries of log")) && told.contains("without gaps"), "{told}");
        assert!(told.contains("WHO WROTE IT IS NOT CHECKED"), "{told}");
        let told = kept.takes(&kept.lines, &SIGNED);
        assert!(told.contains(&format!("entries 1 to {last} are those")) && !told.contains("NOT CHECKED"), "{told}");
        assert!(told.contains(&app.chain_of(app.world().own.id).1), "{told}");
        let told = kept.takes(&kept.lines, &SIGNED[..2]);
        assert!(told.contains("WHO SIGNED IT IS NOT CHECKED"), "{told}");
        let json = kept.verifies(&kept.lines, &[&SIGNED[..], &["--json"]].concat());
        let json: Value = serde_json::from_slice(&json.stdout).unwrap();
        assert_eq!((&json["ok"], &json["log"]["last"], &json["log"]["gaps"]), (&true.into(), &last.into(), &0.into()));
        assert_eq!((&json["log"]["signed"]["first"], &json["log"]["signed"]["last"]), (&1.into(), &last.into()));
        // A selection says that it is one.
        let some: Vec<String> = [&kept.lines[..1], &kept.lines[2..]].concat();
        let told = kept.takes(&some, &SIGNED);
        assert!(told.contains("with others left out at 1 place") && told.contains("anything of the entries before 3"), "{told}");
        assert!(told.contains(&format!("entries 3 to {last} are those")), "{told}");
    }

    async fn a_checkpoint_proves_no_entry_that_nothing_links_to_it(app: TestApp) {
        let kept = Elsewhere::new(&app).await;
        let last = kept.lines.len();
        // Entries that somebody made up: one before a gap, and one behind the checkpoint's.
        let made_up = |number: usize, previous: &str| {
            let mut line: Value = serde_json::from_str(&kept.lines[0]).unwrap();
            line["event"]["number"] = number.into();
            line["number"] = number.into();
            line["previous"] = previous.into();
            let previous = hex::decode(previous).unwrap();
            line["hash"] = hex::encode(link(&previous, &canonical(&line["event"]))).into();
            canonical(&line)
        };
        let end: Value = serde_json::from_str(&kept.lines[last - 1]).unwrap();
        let first = made_up(1, &"0".repeat(64));
        let behind = made_up(last + 1, end["hash"].as_str().unwrap());
        let forged = [&[first][..], &kept.lines[2..], &[behind]].concat();
        let told = kept.takes(&forged, &SIGNED);
        assert!(told.contains(&format!("entries 3 to {last} are those that the log had")), "{told}");
        assert!(told.contains("anything of the entries before 3: others are left out after them"), "{told}");
        assert!(told.contains(&format!("anything of the entries after {last}: they are newer")), "{told}");
    }

    async fn whatever_is_changed_in_an_exported_log_is_found(app: TestApp) {
        let kept = Elsewhere::new(&app).await;
        let lines = &kept.lines;
        let with = |at: usize, from: &str, to: &str| {
            let mut lines = lines.clone();
            let changed = lines[at].replacen(from, to, 1);
            assert_ne!(changed, lines[at], "{from}");
            lines[at] = changed;
            lines
        };
        kept.refuses(&with(0, "\"done\"", "\"denied\""), &[], "entry 1: its text doesn't fit its hash");
        kept.refuses(&with(1, "\"number\":2", "\"number\":3"), &[], "its text");
        kept.refuses(&with(1, "hautmont.example", "hautmond.example"), &[], "personal data (actor)");
        kept.refuses(&with(1, "\"salt\":\"", "\"salt\":\"00"), &[], "personal data (actor)");
        kept.refuses(&with(1, "{", "{\"more\":1,"), &[], "line 2 isn't an entry");
        let twofold = lines[1].replacen("\"event\":{", "\"event\":{\"kind\":\"roles.removed\",", 1);
        kept.refuses(&[&lines[..1], &[twofold], &lines[2..]].concat(), &[], "line 2 isn't an entry");
        let swapped: Vec<String> = vec![lines[1].clone(), lines[0].clone()];
        kept.refuses(&swapped, &[], "entry 1: it stands behind a later one");
        let twice: Vec<String> = vec![lines[0].clone(), lines[0].clone()];
        kept.refuses(&twice, &[], "entry 1: it stands behind a later one");
        let cut: Vec<String> = vec![lines[0].clone(), lines[1][..lines[1].len() / 2].to_owned()];
        kept.refuses(&cut, &[], "line 2 isn't an entry");
        // A tail that is cut off is found by the checkpoint alone.
        let shorter = lines[..lines.len() - 1].to_vec();
        kept.takes(&shorter, &[]);
        kept.refuses(&shorter, &SIGNED, "take an export that is newer than the checkpoint");
        // So is a whole log that was computed anew.
        let anew = app.chain_of(app.world().own.id).0;
        app.lays_bare();
        app.computes_anew(anew, "\"before\":\"fr\"", "\"before\":\"de\"");
        let export = app.billing_admin().await.opens("/audit-log.jsonl").await;
        let text = String::from_utf8(export.is(200).body.clone()).unwrap();
        let forged: Vec<String> = text.lines().map(str::to_owned).collect();
        kept.takes(&forged, &[]);
        kept.refuses(&forged, &SIGNED, "the checkpoint has another one");
        // Another tenant's log isn't taken for this one's, nor a checkpoint that was changed for one.
        let mut mixed = lines.clone();
        let olive = app.stranger().await;
        olive.posts("/settings/language", &[("language", "fr")]).await.is(303);
        let other = olive.opens("/audit-log.jsonl").await;
        let other = String::from_utf8(other.is(200).body.clone()).unwrap();
        mixed[0] = other.lines().next().unwrap().to_owned();
        kept.refuses(&mixed, &[], "it is of another log");
        let checkpoint = kept.folder.join("checkpoint.json");
        let text = fs::read_to_string(&checkpoint).unwrap();
        fs::write(&checkpoint, text.replacen("\"events\":", "\"events\":1", 1)).unwrap();
        kept.refuses(lines, &SIGNED, "its signature doesn't fit");
    }
}

#[test]
fn what_is_no_log_and_no_receipt_is_told() {
    let folder = fresh_folder("elsewhere");
    for (name, text) in [
        ("empty", ""),
        ("other", "hello\n"),
        ("key", "-----BEGIN\n"),
        (
            "escape",
            "{\"event\":{\"chain\":\"\u{1b}[2J\"},\"previous\":1}\n",
        ),
    ] {
        fs::write(folder.join(name), text).unwrap();
        let output = command(&["verify", name]).current_dir(&folder).output();
        let output = output.unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}");
        let told = words_of(&output);
        assert!(
            told.contains("NOT VALID") && !told.contains('\u{1b}'),
            "{name}"
        );
    }
    let arguments = ["verify", "other", "--checkpoint", "key"];
    let output = command(&arguments).current_dir(&folder).output().unwrap();
    assert!(
        words_of(&output).contains("only a log is compared"),
        "{output:?}"
    );
    let _ = fs::remove_dir_all(&folder);
}
