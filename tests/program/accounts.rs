//! Accounts, as the command line makes and ends them: none that nobody made, and nothing inherited.

use std::thread;

use entente::web::now::Clock;
use serde_json::Value;

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    db::{Backend, TestDb},
    program::{Program, SECRET, command, tells},
    seed::PASSWORD,
};

/// What people try first.
const COMMON: [(&str, &str); 20] = [
    ("admin", "admin"),
    ("admin", "password"),
    ("admin@example.com", "admin"),
    ("admin@example.org", "changeme"),
    ("admin@localhost", "admin"),
    ("root@localhost", "root"),
    ("root", "toor"),
    ("administrator@example.com", "administrator"),
    ("entente@entente.example", "entente"),
    ("admin@entente.example", "entente"),
    ("demo@example.com", "demo"),
    ("test@test.com", "test"),
    ("user@example.com", "password"),
    ("operator@example.com", "operator"),
    ("operator@operator.example", "operator"),
    ("guest@example.com", "guest"),
    ("postgres@localhost", "postgres"),
    ("support@example.com", "support"),
    ("admin@admin.com", "123456789012345"),
    (
        "eleanor.whitcombe@northwind.example",
        "violin tractor candle orchard",
    ),
];

/// Adds an operator by the command line, the password on standard input.
fn adds_operator(database: &str, email: &str) -> bool {
    use std::io::Write as _;
    let mut child = command(&[
        "operator",
        "add",
        "--name",
        "Oskar Lind",
        "--email",
        email,
        "--password-stdin",
    ])
    .env("ENTENTE_DATABASE_URL", database)
    .env("ENTENTE_SECRET", SECRET)
    .stdin(std::process::Stdio::piped())
    .stdout(std::process::Stdio::null())
    .stderr(std::process::Stdio::null())
    .spawn()
    .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(format!("{PASSWORD}\n").as_bytes())
        .unwrap();
    child.wait().unwrap().success()
}

fn nobody_is_there_until_the_command_line_makes_somebody(backend: Backend) {
    let db = TestDb::empty(backend);
    let program = Program::serve(&db);
    for (email, password) in COMMON {
        let answer = program
            .posts("/sign-in", "", &[("email", email), ("password", password)])
            .unwrap();
        assert_eq!((answer.status, answer.cookie()), (422, None), "{email}");
    }
    for path in [
        "/setup",
        "/install",
        "/bootstrap",
        "/admin",
        "/register",
        "/sign-up",
        "/operator",
    ] {
        assert_eq!(program.gets(path, "").unwrap().status, 404, "{path}");
        assert_eq!(
            program
                .posts(path, "", &[("email", "a@b.example")])
                .unwrap()
                .status,
            404,
            "{path}"
        );
    }
    assert_eq!(db.count("SELECT count(*) FROM people"), 0);
    // However many make the first operator at once, there is one; making it again makes no second.
    let database = db.setting();
    let makers: Vec<_> = (0..4)
        .map(|_| {
            let database = database.clone();
            thread::spawn(move || adds_operator(&database, "oskar@operator.example"))
        })
        .collect();
    let made = makers
        .into_iter()
        .map(|maker| maker.join().unwrap())
        .filter(|made| *made)
        .count();
    assert!(made >= 1, "nobody could be made");
    adds_operator(&database, "OSKAR@operator.example");
    assert_eq!(db.count("SELECT count(*) FROM people"), 1);
    assert_eq!(
        db.count("SELECT count(*) FROM memberships WHERE side = 'operator' AND ended_at IS NULL"),
        1
    );
    assert_eq!(
        db.count("SELECT count(*) FROM events WHERE kind = 'operator.added'"),
        1
    );
    let cookie = program.signs_in("oskar@operator.example");
    assert_eq!(program.gets("/settings", &cookie).unwrap().status, 200);
}

#[test]
fn nobody_is_there_until_the_command_line_makes_somebody_sqlite() {
    nobody_is_there_until_the_command_line_makes_somebody(Backend::Sqlite);
}

#[test]
fn nobody_is_there_until_the_command_line_makes_somebody_postgres() {
    nobody_is_there_until_the_command_line_makes_somebody(Backend::Postgres);
}

/// Runs a command that has to succeed.
#[track_caller]
pub(super) fn does(app: &TestApp, arguments: &[&str]) -> Value {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
    let told = tells(&app.db().setting(), &arguments);
    assert!(told.status.success(), "{arguments:?}: {told:?}");
    serde_json::from_slice(&told.stdout).unwrap_or_default()
}

on_both! {
    async fn a_change_of_roles_gives_the_session_another_key(app: TestApp) {
        app.state().clock.set(Clock::System.now());
        let marie = app.billing_admin().await;
        let thief = marie.copy();
        let before = marie.cookies();
        let email = &app.world().person(Persona::BillingAdmin).email;
        does(&app, &["user", "set-roles", "--tenant", app.world().own.name, "--email", email, "--role", "global_administrator"]);
        marie.opens("/billing/invitations").await.is(200);
        assert_ne!(marie.cookies(), before, "the key is another one");
        thief.opens("/billing/invitations").await.is(303);
        marie.posts("/settings/acceptance", &[("billing", "no")]).await.is(303);
    }

    async fn the_same_address_or_name_again_inherits_nothing(app: TestApp) {
        app.state().clock.set(Clock::System.now());
        let invited = app.invited();
        let relationship = app.accepted_by(Persona::GlobalAdmin, &app.invites(&app.ask_for(entente::domain::relationship::RelationshipType::Advisor)));
        let (own, email) = (app.world().own.name, app.world().person(Persona::BillingAdmin).email.clone());
        let marie = app.billing_admin().await;
        let copy = marie.copy();
        does(&app, &["user", "disable", "--tenant", own, "--email", &email]);
        marie.opens("/billing/invitations").await.is(303);
        let again = tells(&app.db().setting(), &["user", "add", "--tenant", own, "--name", "Marie Autre", "--email", &email, "--json"]);
        copy.opens("/settings").await.is(303);
        if again.status.success() {
            // Known again, without any role: nothing is administered.
            let back = Actor::new(&app, Persona::BillingAdmin);
            if back.signs_in(&email).await.status == 303 {
                back.opens("/billing/invitations").await.is(403);
                back.posts(&invited.acceptance(), &[("consent", "yes"), ("terms", "")]).await.is(403);
            }
        }
        // A partner by the name and domain of another one is another one, where the operator insists.
        let before = app.db().everything();
        let made = does(&app, &["partner", "add", "--name", app.world().p.name, "--country", "NO", "--domain", "fjord.example", "--confirm-similar"]);
        let number = made["number"].as_str().unwrap_or_default().to_owned();
        assert_ne!(number, app.world().p.number, "{made}");
        let (agent, address) = ("Eva Ny", "eva@fjord.example");
        does(&app, &["staff", "add", "--partner", &number, "--name", agent, "--email", address, "--role", "admin_agent"]);
        let after = app.db().everything();
        for table in ["relationships", "grants", "invitations", "invitation_tokens", "authorizations", "acceptances"] {
            assert_eq!(after[table], before[table], "{table}");
        }
        let set = format!("UPDATE people SET password_hash = (SELECT password_hash FROM people WHERE email = 'astrid@fjord.example') WHERE email = '{address}'");
        app.db().run(&set).unwrap();
        let eva = Actor::new(&app, Persona::AdminAgent);
        eva.signs_in(address).await.is(303);
        eva.opens("/partner").await.is(200).says_no("Hautmont");
        eva.opens(&format!("/billing/partner-relationships/{relationship}")).await.is(404);
        app.verified();
    }

    async fn whoever_leaves_a_partner_is_out_of_every_tenant_at_once(app: TestApp) {
        app.state().clock.set(Clock::System.now());
        app.related();
        let sven = app.signed_in(Persona::SalesAgent).await;
        sven.opens("/partner").await.is(200).says("Hautmont School Group");
        does(&app, &["staff", "disable", "--partner", app.world().p.number, "--email", "sven@fjord.example"]);
        for path in ["/partner", "/settings", "/"] {
            sven.opens(path).await.is(303);
        }
        sven.signs_in("sven@fjord.example").await.is(422);
    }
}
