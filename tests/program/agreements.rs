//! The agreement, as the command line writes and publishes it.

use std::fs;

use entente::web::now::Clock;
use serde_json::{Value, json};

use super::{accounts::does, tenants::refused};
use crate::support::{TestApp, db::fresh_folder, program::tells};

on_both! {
    async fn a_version_is_drafted_looked_at_and_published_at_the_command_line(app: TestApp) {
        app.state().clock.set(Clock::System.now());
        let folder = fresh_folder("agreements");
        let file = |name: &str, text: &str| {
            let path = folder.join(name);
            fs::write(&path, text).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let text = format!("en={}", file("en.md", "# Customer Agreement\n\nWhat holds now.\n"));
        let changes = format!("en={}", file("changes.txt", "Section 1 is shorter.\n"));
        let draft = ["agreement", "draft", "--dated", "2026-11-20", "--text", &text, "--changes", &changes];
        let kept = does(&app, &draft);
        assert_eq!(kept["texts"][0]["changes"], "Section 1 is shorter.");
        // Again is a change of the same draft.
        assert_eq!(does(&app, &draft)["draft"], kept["draft"]);
        let seen = does(&app, &["agreement", "preview"]);
        assert_eq!(seen["texts"], kept["texts"]);
        let listed = does(&app, &["agreement", "list"]);
        assert_eq!(listed["drafts"], json!([{ "draft": kept["draft"], "kind": "customer", "country": Value::Null, "dated": "2026-11-20" }]));
        assert_eq!(listed["versions"].as_array().unwrap().len(), 1);

        let published = does(&app, &["agreement", "publish", "--draft"]);
        assert_eq!(published["texts"][0]["sha256"], kept["texts"][0]["sha256"]);
        let listed = does(&app, &["agreement", "list"]);
        assert_eq!(listed["drafts"], json!([]));
        let states: Vec<&Value> = listed["versions"].as_array().unwrap().iter().map(|one| &one["state"]).collect();
        assert_eq!(states, ["published", "superseded"]);
        for (arguments, why) in [
            (vec!["agreement", "publish", "--draft"], "there is no draft"),
            (vec!["agreement", "preview"], "there is no draft"),
            (vec!["agreement", "discard"], "there is no draft"),
            (vec!["agreement", "publish", "--dated", "2999-01-01", "--text", &text], "publish it then"),
            (vec!["agreement", "draft", "--dated", "2026-11-20", "--text", &text, "--title", "en=Other"], "--title"),
        ] {
            let told = refused(&app, &arguments);
            assert!(told.contains(why), "{told}");
        }
        does(&app, &draft);
        let told = tells(&app.db().setting(), &["agreement", "discard", "--kind", "nonsense"]);
        assert!(!told.status.success() && String::from_utf8_lossy(&told.stderr).contains("expected one of customer"), "{told:?}");
        does(&app, &["agreement", "discard", "--kind", "customer"]);
        assert_eq!(app.db().count("SELECT count(*) FROM agreement_drafts"), 0);
        app.verified();
        fs::remove_dir_all(&folder).unwrap();
    }
}
