//! The rules of the house, held against the text of the sources.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use entente::{
    config::Settings,
    domain::{Language, country::Country},
    web::words,
};

/// A source file: its path from the root, its whole text, and the part before its own tests with
/// comments blanked.
struct Source {
    path: String,
    whole: String,
    code: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, ending, into);
        } else if path.extension().is_some_and(|e| e == ending) {
            into.push(path);
        }
    }
}

fn files(folder: &str, ending: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    collect(&root().join(folder), ending, &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "no .{ending} in {folder}");
    let read = |path: PathBuf| {
        let whole = fs::read_to_string(&path).unwrap();
        let own = whole.split("#[cfg(test)]").next().unwrap_or_default();
        let code = own
            .lines()
            .map(|line| {
                let comment = line.trim_start().starts_with("//");
                if comment { "" } else { line }
            })
            .collect::<Vec<_>>()
            .join("\n");
        let path = path.strip_prefix(root()).unwrap();
        Source {
            path: path.to_string_lossy().into_owned(),
            code,
            whole,
        }
    };
    paths.into_iter().map(read).collect()
}

/// Every line of code that breaks a rule, by file and number.
fn breaking(sources: &[Source], applies: impl Fn(&str) -> bool, bad: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| applies(&source.path)) {
        for (number, line) in source.code.lines().enumerate() {
            for bad in bad {
                if says(line, bad) {
                    found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
                }
            }
        }
    }
    found
}

/// Whether a line says a word, not merely as a part of another one.
fn says(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let starts = word.starts_with(part);
        let ends = word.ends_with(part);
        !(starts && before.is_some_and(part) || ends && after.is_some_and(part))
    })
}

#[track_caller]
fn none(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn the_domain_knows_neither_web_nor_sql_nor_clock() {
    let found = breaking(
        &files("src", "rs"),
        |path| path.starts_with("src/domain/"),
        &[
            "actix",
            "actix_web",
            "diesel",
            "askama",
            "Utc::now",
            "crate::db",
            "crate::web",
            "crate::access",
            "crate::portal",
            "crate::evidence",
        ],
    );
    none("domain/ is pure", &found);
}

fn is_store(path: &str) -> bool {
    path.ends_with("/store.rs") || path.contains("/store/")
}

#[test]
fn tables_are_named_only_where_they_are_kept() {
    let allowed = |path: &str| {
        is_store(path)
            || [
                "src/access/",
                "src/db/",
                "src/work/",
                "src/evidence/",
                "src/inviting/",
                "src/directory/",
                "src/contacting/",
            ]
            .iter()
            .any(|folder| path.starts_with(folder))
    };
    let found = breaking(
        &files("src", "rs"),
        |path| !allowed(path),
        &["schema::", "schema", "diesel::table"],
    );
    none(
        "schema:: stands only in stores, access/, db/, work/, evidence/, inviting/, directory/, \
         contacting/",
        &found,
    );
}

#[test]
fn pages_never_speak_sql_and_stores_never_speak_http() {
    let sources = files("src", "rs");
    let is_page = |path: &str| path.ends_with("/pages.rs") || path.contains("/pages/");
    none(
        "pages never say diesel",
        &breaking(&sources, is_page, &["diesel", "sql_query"]),
    );
    none(
        "stores never say actix_web",
        &breaking(&sources, is_store, &["actix_web", "askama"]),
    );
}

#[test]
fn addresses_are_bound_in_one_file() {
    let found = breaking(
        &files("src", "rs"),
        |path| path != "src/routes.rs",
        &[".route(", "web::resource(", ".service(web::resource"],
    );
    none(".route( stands only in routes.rs", &found);
}

#[test]
fn only_access_knows_identities_and_session_keys() {
    let found = breaking(
        &files("src", "rs"),
        |path| !path.starts_with("src/access/") && path != "src/app.rs",
        &["Identity", "actix_identity", "actix_session", "SessionExt"],
    );
    none(
        "Identity stands only in access/ and among the middleware",
        &found,
    );
}

#[test]
fn scopes_are_made_by_access_alone() {
    let found = breaking(
        &files("src", "rs"),
        |path| !path.starts_with("src/access/"),
        &[
            "TenantScope::new",
            "PartnerScope::new",
            "TenantScope(",
            "PartnerScope(",
            "Between(",
        ],
    );
    none("only access/ makes scopes", &found);
    let found = breaking(
        &files("src", "rs"),
        |path| !path.starts_with("src/work/"),
        &["TenantScope::by_itself"],
    );
    none("what answers a request asks a guard for its scope", &found);
}

#[test]
fn a_slice_never_imports_another_slice() {
    let mut found = Vec::new();
    for source in files("src/portal", "rs") {
        let own = source.path.split('/').nth(2).unwrap_or_default().to_owned();
        for (number, line) in source.code.lines().enumerate() {
            for (at, _) in line.match_indices("portal::") {
                let rest = &line[at + "portal::".len()..];
                let slice: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if slice != own {
                    found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
                }
            }
        }
    }
    none("what two slices need moves down", &found);
}

#[test]
fn only_one_file_asks_the_clock() {
    let found = breaking(
        &files("src", "rs"),
        |path| path != "src/web/now.rs",
        &["Utc::now", "Local::now", "SystemTime::now"],
    );
    none("time comes in as an argument", &found);
}

#[test]
fn templates_hold_neither_raw_markup_nor_inline_style_or_script() {
    let mut found = Vec::new();
    for source in files("templates", "html") {
        let lower = source.whole.to_ascii_lowercase();
        for (number, line) in lower.lines().enumerate() {
            let tight = line.replace(' ', "");
            let handler = [
                "onclick", "onload", "onerror", "onsubmit", "onchange", "oninput",
            ]
            .iter()
            .any(|name| tight.contains(&format!("{name}=")));
            let raw = tight.contains("|safe")
                || tight.contains("escape(\"none\")")
                || tight.contains("escape=\"none\"");
            let script = tight.contains("<script") && !tight.contains("<scriptsrc=");
            // Mail programs load no style sheet and know no content policy: a mail brings its own,
            // in the one element, and no attribute.
            let in_mail = source.path == "templates/mail/letter.html";
            let style = line.contains(" style=")
                || tight.contains("<style") && !in_mail
                || tight.contains("javascript:");
            if handler || raw || script || style {
                found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    none("templates are markup alone", &found);
}

/// Files that are longer, and why.
const LONGER: &[(&str, usize, &str)] = &[
    (
        "src/db/schema.rs",
        1200,
        "a block for each table: there is nothing to split by",
    ),
    (
        "src/command/demo/cast.rs",
        310,
        "the sample's people: a table",
    ),
    ("src/command/demo/story.rs", 560, "sample events: a table"),
    (
        "templates/components/ui.html",
        95,
        "one macro a line, as every page knows them",
    ),
];

#[test]
fn files_stay_short() {
    let most = |path: &str, usual: usize| {
        let listed = LONGER.iter().find(|(longer, ..)| *longer == path);
        listed.map_or(usual, |(_, most, _)| *most)
    };
    let mut found = Vec::new();
    for source in files("src", "rs") {
        // What a file's own tests take is not what a reader has to keep in mind.
        let own = source
            .whole
            .split("#[cfg(test)]")
            .next()
            .unwrap_or_default();
        let lines = own.lines().count();
        if lines > most(&source.path, 300) {
            found.push(format!(
                "{}: {lines} lines without its tests, of at most 300",
                source.path
            ));
        }
    }
    for source in files("templates", "html") {
        let lines = source.whole.lines().count();
        if lines > most(&source.path, 80) {
            found.push(format!("{}: {lines} lines of at most 80", source.path));
        }
    }
    none(
        "from 300 lines on a file is split by noun, a template from 80",
        &found,
    );
}

/// The body of each `pub async fn` of a file, by its name, with how many arguments it takes.
fn handlers(code: &str) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    let lines: Vec<&str> = code.lines().collect();
    for (start, line) in lines.iter().enumerate() {
        let Some(rest) = line.strip_prefix("pub async fn ") else {
            continue;
        };
        let name: String = rest.chars().take_while(|c| *c != '(').collect();
        let opens = start
            + lines[start..]
                .iter()
                .position(|line| line.ends_with('{'))
                .unwrap();
        let closes = start + lines[start..].iter().position(|line| *line == "}").unwrap();
        let arguments = if opens == start {
            let inside = rest.split(" -> ").next().unwrap_or_default();
            inside.matches(": ").count()
        } else {
            // The formatter gives each a line; one that it breaks again is indented further.
            let own = |line: &&&str| line.starts_with("    ") && !line.starts_with("     ");
            let closing = |line: &&&str| !line.trim_start().starts_with([')', ']', '>']);
            let between = lines[start + 1..opens].iter();
            between.filter(own).filter(closing).count()
        };
        found.push((name, closes - opens - 1, arguments));
    }
    found
}

#[test]
fn handlers_stay_short() {
    let (mut found, mut looked_at) = (Vec::new(), 0);
    let pages = files("src/portal", "rs");
    for source in pages.iter().filter(|source| !is_store(&source.path)) {
        for (name, lines, arguments) in handlers(&source.code) {
            looked_at += 1;
            if lines > 25 || arguments > 5 {
                found.push(format!(
                    "{}: {name} has {lines} lines and {arguments} arguments",
                    source.path
                ));
            }
        }
    }
    assert!(looked_at > 20, "only {looked_at} handlers were found");
    none("a handler has at most 25 lines and 5 arguments", &found);
}

#[test]
fn the_search_for_handlers_counts_as_the_rule_says() {
    let code = "pub async fn one(a: A, b: B) -> C {\n    1\n}\n\npub async fn two(\n    a: A,\n    (b, c): (B, C),\n    d: D<\n        E,\n    >,\n) -> F {\n    1;\n    2\n}\nasync fn three() {}";
    let expected = [("one".to_owned(), 1, 2), ("two".to_owned(), 2, 3)];
    assert_eq!(handlers(code), expected);
}

// Words.

fn keys(language: Language) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for (file, source) in words::sources(language) {
        for line in source.lines() {
            let key = line.split(" =").next().unwrap_or_default();
            let is_key = line.contains(" =")
                && key.starts_with(|c: char| c.is_ascii_lowercase())
                && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            if is_key {
                let twice = keys.insert(key.to_owned(), (*file).to_owned());
                assert_eq!(twice, None, "{language}: {key} stands twice");
            }
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_words_in_the_same_files() {
    let (en, fr) = (keys(Language::En), keys(Language::Fr));
    assert!(en.len() > 50, "only {} keys were found", en.len());
    let of = |keys: &BTreeMap<String, String>| {
        keys.iter()
            .map(|(key, file)| format!("{file}: {key}"))
            .collect::<BTreeSet<_>>()
    };
    let lonely: Vec<String> = of(&en).symmetric_difference(&of(&fr)).cloned().collect();
    none("these keys are in one language only", &lonely);
}

#[test]
fn every_country_has_its_name_in_both_languages_and_only_countries_do() {
    for language in Language::ALL.iter().copied() {
        let (_, source) = words::sources(language)
            .iter()
            .find(|(file, _)| file.contains("country"))
            .expect("there is a file of countries");
        let mut codes = BTreeSet::new();
        for line in source.lines().filter(|line| line.starts_with("country-")) {
            let (key, name) = line.split_once(" = ").expect("a key and a name");
            let code = key.trim_start_matches("country-");
            assert!(Country::parse(code).is_ok(), "{language}: {code}");
            assert!(!name.trim().is_empty(), "{language}: {code}");
            codes.insert(code);
        }
        // ISO 3166 has 249, and XK is in use beside them.
        assert_eq!(codes.len(), 250, "{language}");
    }
}

#[test]
fn every_message_takes_the_same_arguments_in_both_languages() {
    let arguments = |language| {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (_, source) in words::sources(language) {
            let mut key = String::new();
            for line in source.lines() {
                if let Some((name, _)) = line.split_once(" =")
                    && name.starts_with(|c: char| c.is_ascii_lowercase())
                {
                    key = name.to_owned();
                }
                for rest in line.split('{').skip(1) {
                    if let Some(name) = rest.trim_start().strip_prefix('$') {
                        let name: String = name
                            .chars()
                            .take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '-')
                            .collect();
                        all.entry(key.clone()).or_default().insert(name);
                    }
                }
            }
        }
        all
    };
    let (en, fr) = (arguments(Language::En), arguments(Language::Fr));
    let mut found = Vec::new();
    for key in en.keys().chain(fr.keys()).collect::<BTreeSet<_>>() {
        if en.get(key) != fr.get(key) {
            found.push(format!("{key}: {:?} and {:?}", en.get(key), fr.get(key)));
        }
    }
    none("the arguments differ", &found);
}

/// The literal that follows each call of `name` in a text.
fn literals<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(name) {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = text[at + name.len()..].trim_start();
        if let Some(rest) = rest.strip_prefix('"')
            && let Some(end) = rest.find('"')
        {
            found.push(&rest[..end]);
        }
    }
    found
}

#[test]
fn every_key_that_a_page_names_exists() {
    let known = keys(Language::En);
    let mut sources = files("templates", "html");
    sources.extend(files("src", "rs"));
    let mut found = Vec::new();
    let mut looked_at = 0;
    for source in &sources {
        let text = if source.path.rsplit('.').next() == Some("rs") {
            &source.code
        } else {
            &source.whole
        };
        for call in ["t(", "t1(", "t2(", "l.with("] {
            for key in literals(text, call) {
                // `t(format!("error-{}-title"` and the like begin with no literal.
                let looks_like_a_key = key.contains('-') || known.contains_key(key);
                if looks_like_a_key && !key.contains('{') {
                    looked_at += 1;
                    if !known.contains_key(key) {
                        found.push(format!("{}: {call}\"{key}\")", source.path));
                    }
                }
            }
        }
        for prefix in literals(text, "l.word(") {
            looked_at += 1;
            let start = format!("{prefix}-");
            if !known.keys().any(|key| key.starts_with(&start)) {
                found.push(format!("{}: l.word(\"{prefix}\")", source.path));
            }
        }
    }
    assert!(
        looked_at > 30,
        "only {looked_at} keys were found: is the search broken?"
    );
    none("these keys are in no language", &found);
}

/// Keys that stand ready for pages that are about to name them.
const READY: &[&str] = &[];

/// Whether sources name a key: whole, by `word` with the key's beginning, or by a text that is
/// completed when the program runs.
fn is_named(key: &str, sources: &str, beginnings: &BTreeSet<&str>) -> bool {
    if sources.contains(&format!("\"{key}\"")) {
        return true;
    }
    key.match_indices('-').any(|(at, _)| {
        let (beginning, rest) = (&key[..at], &key[at + 1..]);
        let numbered = rest.bytes().all(|b| b.is_ascii_digit());
        if numbered && sources.contains(&format!("\"{beginning}\"")) {
            return true;
        }
        let completed = format!("\"{beginning}-{{");
        beginnings.contains(beginning)
            || sources.match_indices(&completed).any(|(at, _)| {
                let text = &sources[at + completed.len()..];
                let text = text.split('"').next().unwrap_or_default();
                let end = text.rsplit('}').next().unwrap_or_default();
                !text.starts_with('{') && rest.ends_with(end)
            })
    })
}

#[test]
fn every_key_is_named_by_a_page() {
    let templates = files("templates", "html");
    let code = files("src", "rs");
    let texts = templates.iter().map(|source| source.whole.as_str());
    let texts = texts.chain(code.iter().map(|source| source.code.as_str()));
    let sources = texts.collect::<Vec<_>>().join("\n");
    let beginnings: BTreeSet<&str> = literals(&sources, "word(").into_iter().collect();
    assert!(beginnings.len() > 10, "only {beginnings:?} were found");
    let unnamed: Vec<String> = keys(Language::En)
        .into_iter()
        .filter(|(key, _)| !READY.contains(&key.as_str()))
        .filter(|(key, _)| !is_named(key, &sources, &beginnings))
        .map(|(key, file)| format!("{file}: {key}"))
        .collect();
    none("no page names these keys", &unnamed);
}

#[test]
fn a_key_counts_as_named_in_each_way_that_pages_name_it() {
    let sources = r#"t("whole-key") word("type", x) format!("error-{}-title", k) months("month") id="nav-{{ x }}""#;
    let beginnings = literals(sources, "word(").into_iter().collect();
    for (key, named) in [
        ("whole-key", true),
        ("whole-key-more", false),
        ("whole", false),
        ("type-advisor", true),
        ("error-busy-title", true),
        ("error-busy-text", false),
        ("month-12", true),
        ("month-short", false),
        ("nav-find", false),
    ] {
        assert_eq!(is_named(key, sources, &beginnings), named, "{key}");
    }
}

#[test]
fn every_word_of_the_domain_has_words_in_both_languages() {
    use entente::domain::{
        event::EventKind,
        invitation::InvitationStatus,
        membership::MemberRole,
        relationship::RelationshipType,
        role::{AdminRole, Capability, Reach},
    };
    let known = keys(Language::En);
    let sources: String = files("templates", "html")
        .iter()
        .chain(files("src", "rs").iter())
        .map(|source| source.whole.clone())
        .collect();
    let sets: [(&str, Vec<&str>); 7] = [
        ("event", EventKind::ALL.iter().map(|w| w.as_str()).collect()),
        (
            "invitation-status",
            InvitationStatus::ALL.iter().map(|w| w.as_str()).collect(),
        ),
        (
            "member-role",
            MemberRole::ALL.iter().map(|w| w.as_str()).collect(),
        ),
        (
            "type",
            RelationshipType::ALL.iter().map(|w| w.as_str()).collect(),
        ),
        (
            "admin-role",
            AdminRole::ALL.iter().map(|w| w.as_str()).collect(),
        ),
        (
            "capability",
            Capability::ALL.iter().map(|w| w.as_str()).collect(),
        ),
        ("reach", Reach::ALL.iter().map(|w| w.as_str()).collect()),
    ];
    let mut found = Vec::new();
    for (prefix, all) in sets {
        if !sources.contains(&format!("l.word(\"{prefix}\"")) {
            continue;
        }
        for word in all {
            let key = format!("{prefix}-{}", word.replace(['.', '_'], "-"));
            if !known.contains_key(&key) {
                found.push(key);
            }
        }
    }
    none("these words of the domain can't be shown", &found);
}

#[test]
fn every_setting_is_documented() {
    let path = root().join("docs/configuration.md");
    let text = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("docs/configuration.md lists every setting: {error}"));
    let mut found = Vec::new();
    for (name, variable) in Settings::NAMES {
        let option = format!("--{}", name.replace('_', "-"));
        let line = text
            .lines()
            .find(|line| says(line, variable) && (says(line, name) || says(line, &option)));
        if line.is_none() {
            found.push(format!("{name} ({variable})"));
        }
    }
    none("docs/configuration.md leaves out", &found);
    for word in text.split(|c: char| !c.is_ascii_uppercase() && c != '_') {
        if word.starts_with("ENTENTE_") && !word.starts_with("ENTENTE_TEST_") {
            assert!(
                Settings::NAMES
                    .iter()
                    .any(|(_, variable)| *variable == word),
                "docs/configuration.md tells of {word}, which is no setting"
            );
        }
    }
}
