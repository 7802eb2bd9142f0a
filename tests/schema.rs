//! What both databases hold, and what they refuse.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use diesel::{Connection, RunQueryDsl};
use entente::db::migrate::migrate;

use crate::support::{
    TestApp,
    db::{Backend, TestDb},
};

/// A column: its type as `schema.rs` names it, and whether it may be empty.
type Columns = BTreeMap<String, (String, bool)>;

/// What the names of the tables of the directory's index begin with: on `SQLite` it has several.
const INDEX: &str = "directory_index";

/// What `schema.rs` says: for each table its columns and its key.
fn written() -> BTreeMap<String, (Columns, BTreeSet<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db/schema.rs");
    let text = fs::read_to_string(path).unwrap();
    let mut tables = BTreeMap::new();
    for block in text.split("diesel::table! {").skip(1) {
        let block = block.split("\n}\n").next().unwrap();
        let mut name = String::new();
        let mut key = BTreeSet::new();
        let mut columns = Columns::new();
        for line in block.lines().map(str::trim) {
            if let Some((column, kind)) = line.split_once(" -> ") {
                let kind = kind.trim_end_matches(',');
                let inner = kind
                    .strip_prefix("Nullable<")
                    .and_then(|k| k.strip_suffix('>'));
                columns.insert(
                    column.to_owned(),
                    (inner.unwrap_or(kind).to_owned(), inner.is_some()),
                );
            } else if let Some((table, rest)) = line.split_once(" (")
                && let Some(columns) = rest.strip_suffix(") {")
            {
                table.clone_into(&mut name);
                key = columns.split(", ").map(str::to_owned).collect();
            }
        }
        assert!(
            !columns.is_empty(),
            "a table of schema.rs could not be read:{block}"
        );
        tables.insert(name, (columns, key));
    }
    tables
}

/// What a database says of a table.
fn kept(db: &TestDb, table: &str) -> (Columns, BTreeSet<String>) {
    let lines = match db.backend {
        Backend::Sqlite => db.ask(&format!(
            "SELECT name || '|' || type || '|' || (NOT \"notnull\" AND NOT pk) || '|' || (pk > 0) AS answer \
             FROM pragma_table_info('{table}')"
        )),
        Backend::Postgres => db.ask(&format!(
            "SELECT c.column_name || '|' || c.data_type || '|' || (c.is_nullable = 'YES')::int || '|' || \
             (EXISTS (SELECT FROM information_schema.table_constraints t \
              JOIN information_schema.key_column_usage k USING (constraint_name, table_name) \
              WHERE t.constraint_type = 'PRIMARY KEY' AND t.table_name = c.table_name \
              AND k.column_name = c.column_name))::int AS answer \
             FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name = '{table}'"
        )),
    };
    let mut columns = Columns::new();
    let mut key = BTreeSet::new();
    for line in lines {
        let parts: Vec<&str> = line.split('|').collect();
        // The words of the index, on the database where they stand in a column.
        if parts[1] == "tsvector" {
            continue;
        }
        let kind = parts[1].to_owned();
        columns.insert(parts[0].to_owned(), (kind, parts[2] == "1"));
        if parts[3] == "1" {
            key.insert(parts[0].to_owned());
        }
    }
    (columns, key)
}

/// The type that a database uses for one of `schema.rs`.
fn native(backend: Backend, kind: &str) -> &'static str {
    match (backend, kind) {
        (Backend::Sqlite, "DbUuid" | "Binary") => "BLOB",
        (Backend::Sqlite, "DbTimestamp" | "Text") => "TEXT",
        (Backend::Sqlite, "Bool" | "Integer" | "BigInt") => "INTEGER",
        (Backend::Postgres, "DbUuid") => "uuid",
        (Backend::Postgres, "DbTimestamp") => "timestamp with time zone",
        (Backend::Postgres, "Text") => "text",
        (Backend::Postgres, "Binary") => "bytea",
        (Backend::Postgres, "Bool") => "boolean",
        (Backend::Postgres, "Integer") => "integer",
        (Backend::Postgres, "BigInt") => "bigint",
        _ => panic!("{kind} has no type on {backend:?}"),
    }
}

fn compare(backend: Backend) {
    let db = TestDb::empty(backend);
    migrate(&db.url).unwrap();
    let written = written();
    let mut names: BTreeSet<String> = written.keys().cloned().collect();
    names.insert("__diesel_schema_migrations".into());
    // The index of words has a shape of its own on each database, and is asked in its own SQL.
    let tables = db
        .tables()
        .into_iter()
        .filter(|name| !name.starts_with(INDEX));
    assert_eq!(tables.collect::<BTreeSet<_>>(), names);
    for (table, (columns, key)) in written {
        let expected: Columns = columns
            .into_iter()
            .map(|(name, (kind, empty))| (name, (native(backend, &kind).to_owned(), empty)))
            .collect();
        assert_eq!(kept(&db, &table), (expected, key), "{table}");
    }
}

#[test]
fn sqlite_holds_exactly_what_the_code_believes() {
    compare(Backend::Sqlite);
}

#[test]
fn postgres_holds_exactly_what_the_code_believes() {
    compare(Backend::Postgres);
}

/// The unique indexes and constraints of a database: table, columns in order, condition or not.
fn unique(db: &TestDb) -> BTreeSet<String> {
    let lines = match db.backend {
        Backend::Sqlite => db.ask(
            "SELECT t.name || ' (' || (SELECT group_concat(name, ', ') FROM (SELECT i.name FROM \
             pragma_index_info(l.name) i ORDER BY i.seqno)) || ')' || CASE l.partial WHEN 1 THEN ' where' ELSE '' END \
             AS answer FROM sqlite_master t, pragma_index_list(t.name) l \
             WHERE t.type = 'table' AND l.\"unique\" = 1 AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\' \
             UNION ALL SELECT t.name || ' (' || c.name || ')' FROM sqlite_master t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND c.pk = 1 AND c.type = 'INTEGER' \
             AND (SELECT count(*) FROM pragma_table_info(t.name) k WHERE k.pk > 0) = 1",
        ),
        Backend::Postgres => db.ask(
            "SELECT c.relname || ' (' || (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM \
             unnest(i.indkey::int2[]) WITH ORDINALITY k(att, n) JOIN pg_attribute a ON a.attrelid = c.oid \
             AND a.attnum = k.att) || ')' || CASE WHEN i.indpred IS NULL THEN '' ELSE ' where' END AS answer \
             FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = 'public' AND i.indisunique AND c.relname NOT LIKE '\\_\\_%'",
        ),
    };
    lines.into_iter().collect()
}

#[test]
fn both_databases_forbid_the_same_duplicates() {
    let of = |backend| {
        let db = TestDb::empty(backend);
        migrate(&db.url).unwrap();
        unique(&db)
    };
    let kept = |backend| {
        let all = of(backend).into_iter();
        all.filter(|line| !line.starts_with(INDEX))
            .collect::<BTreeSet<_>>()
    };
    let sqlite = kept(Backend::Sqlite);
    assert_eq!(sqlite, kept(Backend::Postgres));
    for needed in [
        "invitations (partner_id, addressee, relationship_type) where",
        "authorizations (invitation_id)",
        "relationships (tenant_id, partner_id, relationship_type) where",
        "grants (relationship_id, role) where",
        "acceptances (tenant_id, version_id)",
        "events (chain_id, number)",
        "people (email_folded) where",
        "tenant_domains (domain) where",
        "invitation_tokens (token_hash)",
        "sessions (key_hash)",
    ] {
        assert!(
            sqlite.contains(needed),
            "{needed} is missing in {sqlite:#?}"
        );
    }
}

on_both! {
    async fn an_empty_database_and_one_that_is_up_to_date_migrate_alike(app: TestApp) {
        let db = TestDb::empty(app.db().backend);
        assert!(!migrate(&db.url).unwrap().is_empty());
        assert!(migrate(&db.url).unwrap().is_empty());
        assert!(migrate(&app.db().url).unwrap().is_empty());
    }
}

/// Everything that must be refused, with a word of the refusal.
fn refused(db: &TestDb, word: &str, statements: &[&str]) {
    for sql in statements {
        match db.run(sql) {
            Err(error) => assert!(error.contains(word), "{sql}: {error}"),
            Ok(rows) => panic!("{sql}: changed {rows} rows"),
        }
    }
}

on_both! {
    async fn evidence_is_appended_and_never_changed(app: TestApp) {
        app.related();
        let db = app.db();
        let before = db.everything();
        for table in ["events", "acceptances", "authorizations"] {
            assert!(!before[table].is_empty(), "{table} is empty");
            refused(db, "append-only", &[
                &format!("UPDATE {table} SET tenant_id = NULL"),
                &format!("UPDATE {table} SET id = id"),
                &format!("DELETE FROM {table}"),
            ]);
        }
        refused(db, "never changes", &[
            "UPDATE agreement_texts SET title = 'Other'",
            "UPDATE agreement_versions SET dated = '2026-12-24'",
            "UPDATE agreement_versions SET state = 'draft', published_at = NULL",
        ]);
        let added = "INSERT INTO agreement_texts SELECT id, version_id, 'fr', title, source, media_type, body, sha256, words, changes FROM agreement_texts";
        refused(db, "never changes", &[added]);
        if db.backend == Backend::Postgres {
            for table in ["events", "acceptances", "authorizations", "personal_data", "agreement_texts", "agreement_versions"] {
                refused(db, "append-only", &[&format!("TRUNCATE {table} CASCADE")]);
            }
        }
        assert_eq!(db.everything(), before);
        app.verified();
    }

    async fn a_text_never_moves_into_a_published_agreement(app: TestApp) {
        app.related();
        let db = app.db();
        let id = if db.backend == Backend::Sqlite { "randomblob(16)" } else { "gen_random_uuid()" };
        db.run(&format!(
            "INSERT INTO agreement_versions (id, agreement_id, number, dated, state, material, created_at) \
             SELECT {id}, agreement_id, 99, dated, 'draft', material, created_at FROM agreement_versions WHERE state = 'published'"
        )).unwrap();
        db.run(&format!(
            "INSERT INTO agreement_texts (id, version_id, language, title, source, media_type, body, sha256, words) \
             SELECT {id}, (SELECT id FROM agreement_versions WHERE number = 99), language, 'Other', source, media_type, body, sha256, words FROM agreement_texts LIMIT 1"
        )).unwrap();
        let move_in = "SET version_id = (SELECT id FROM agreement_versions WHERE state = 'published') WHERE title = 'Other'";
        refused(db, "never changes", &[&format!("UPDATE agreement_texts {move_in}")]);
        if db.backend == Backend::Sqlite {
            refused(db, "never changes", &[
                &format!("UPDATE OR REPLACE agreement_texts {move_in}"),
                "UPDATE OR REPLACE agreement_versions SET number = (SELECT number FROM agreement_versions WHERE state = 'published') WHERE number = 99",
                "UPDATE OR REPLACE agreement_versions SET state = 'published', published_at = created_at WHERE number = 99",
            ]);
        }
        assert_eq!(db.run("UPDATE agreement_texts SET title = 'Third' WHERE title = 'Other'"), Ok(1));
    }

    async fn personal_data_can_be_erased_and_nothing_else(app: TestApp) {
        app.related();
        let db = app.db();
        let word = if db.backend == Backend::Sqlite { "blanked" } else { "append-only" };
        refused(db, word, &["DELETE FROM personal_data"]);
        refused(db, "only be erased", &[
            "UPDATE personal_data SET data = 'somebody else'",
            "UPDATE personal_data SET label = 'text'",
            "UPDATE personal_data SET person_id = NULL",
        ]);
        let now = "2026-11-22T09:00:00.000000Z";
        let erase = format!("UPDATE personal_data SET data = NULL, salt = NULL, erased_at = '{now}' WHERE label = 'actor'");
        assert!(db.run(&erase).unwrap() > 0);
        refused(db, "only be erased", &[&erase]);
        // Whoever may write may erase, too: that nobody was erased is found.
        let report = app.state().db.read_here(entente::evidence::verify::verify).unwrap();
        assert!(report.erased > 0, "{report:?}");
        assert!(report.problems.len() == 1 && report.problems[0].contains("pieces are blank"), "{report:?}");
    }

    async fn a_grant_ends_after_it_starts_and_within_two_years(app: TestApp) {
        app.related();
        let db = app.db();
        let ends = |ends: &str| db.run(&format!(
            "UPDATE grants SET starts_at = '2026-11-22T09:00:00.000000Z', ends_at = '{ends}'"
        ));
        assert!(ends("2028-11-21T09:00:00.000000Z").is_ok(), "730 days");
        for wrong in [
            "2028-11-21T09:00:01.000000Z",
            "2028-11-22T09:00:00.000000Z",
            "2026-11-22T09:00:00.000000Z",
            "2026-11-21T09:00:00.000000Z",
        ] {
            let error = ends(wrong).unwrap_err();
            assert!(error.to_lowercase().contains("check"), "{wrong}: {error}");
        }
    }

    async fn there_is_one_open_invitation_of_a_kind(app: TestApp) {
        let invited = app.invited();
        let again = app.tries_to_invite(&app.ask());
        assert!(matches!(again, Err(entente::error::Error::Refused(_))), "{again:?}");
        let sql = "INSERT INTO invitations (id, partner_id, created_by, relationship_type, addressee, addressed_tenant_id, language, state, created_at, expires_at)";
        let id = if app.db().backend == Backend::Sqlite { "randomblob(16)" } else { "gen_random_uuid()" };
        let error = app.db().run(&format!(
            "{sql} SELECT {id}, partner_id, created_by, relationship_type, addressee, addressed_tenant_id, language, state, created_at, expires_at FROM invitations"
        )).unwrap_err();
        assert!(error.to_lowercase().contains("unique"), "{error}");
        app.withdraws(&invited);
        app.invited();
    }

    async fn an_overdue_invitation_does_not_block_a_new_one(app: TestApp) {
        app.invited();
        app.passes(chrono::TimeDelta::days(31));
        app.invited();
        let open = app.db().count("SELECT count(*) FROM invitations WHERE state = 'open'");
        let expired = app.db().count("SELECT count(*) FROM invitations WHERE state = 'expired'");
        assert_eq!((open, expired), (1, 1));
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'invitation.expired'"), 1);
        app.verified();
    }
}

#[test]
fn on_sqlite_evidence_is_not_replaced_either() {
    crate::support::app::run(Backend::Sqlite, |app: TestApp| async move {
        app.related();
        let db = app.db();
        let before = db.everything();
        // As somebody at a prompt would, without what our own connections are set up with.
        let bare = |sql: &str| {
            let path = db.path();
            let mut conn = diesel::SqliteConnection::establish(&path.to_string_lossy()).unwrap();
            diesel::sql_query(sql).execute(&mut conn)
        };
        for (table, word) in [
            ("events", "append-only"),
            ("acceptances", "append-only"),
            ("authorizations", "append-only"),
            ("personal_data", "blanked"),
            ("chains", "never replaced"),
            ("agreement_versions", "never changes"),
            ("agreement_texts", "never changes"),
        ] {
            let all: Vec<String> = db.ask(&format!(
                "SELECT name AS answer FROM pragma_table_info('{table}')"
            ));
            // The same row by its id, and by its other keys under another id.
            for new in ["id", "randomblob(16)"] {
                let list: Vec<&str> = all
                    .iter()
                    .map(|name| if name == "id" { new } else { name })
                    .collect();
                let sql = format!(
                    "INSERT OR REPLACE INTO {table} SELECT {} FROM {table}",
                    list.join(", ")
                );
                let error = bare(&sql).expect_err(&sql).to_string();
                assert!(error.contains(word), "{sql}: {error}");
                refused(
                    db,
                    word,
                    &[&sql, &sql.replacen("INSERT OR REPLACE", "REPLACE", 1)],
                );
            }
        }
        refused(
            db,
            "never replaced",
            &["DELETE FROM chains", "UPDATE chains SET name = 'other'"],
        );
        assert_eq!(db.everything(), before);
        app.verified();
    });
}
