//! The whole way, through a real mail server: a customer finds partners and writes to them, one
//! answers, the link in the mail is followed, and what it allows is given back.

use std::{
    io,
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

use entente::{
    access::guards::{AdminAgent, Guard},
    db::Db,
    directory::{save, set_state},
    domain::directory::ProfileState,
    web::now::Clock,
};

use super::{Browser, CUSTOMERS, LIST, Person, run_at};
use crate::support::{
    cast::Persona,
    db::{Backend, TestDb},
    listing::Said,
    mail_server::{Received, SmtpServer},
    program::{Program, Start},
    scene::origin,
    seed::{PASSWORD, World},
};

/// How long mail may take: the program looks for it every second.
const PATIENCE: Duration = Duration::from_secs(30);

/// A port of this machine that nobody listens at.
fn free_port() -> u16 {
    let listens = TcpListener::bind("127.0.0.1:0").unwrap();
    listens.local_addr().unwrap().port()
}

/// From now on, whatever comes to `port` goes on to `to`.
fn leads(port: u16, to: u16) {
    let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
    // Lives as long as the tests.
    thread::spawn(move || {
        for here in listener.incoming().map_while(Result::ok) {
            let there = TcpStream::connect(("127.0.0.1", to)).unwrap();
            for (mut from, mut into) in [
                (here.try_clone().unwrap(), there.try_clone().unwrap()),
                (there, here),
            ] {
                thread::spawn(move || io::copy(&mut from, &mut into));
            }
        }
    });
}

/// The program, at an address that its mail leads to.
fn serves(db: &TestDb, mail: u16) -> (Program, String) {
    let port = free_port();
    let address = format!("http://127.0.0.1:{port}");
    let program = Start::over(&db.setting())
        .with("ENTENTE_LISTEN", &format!("127.0.0.1:{port}"))
        .with("ENTENTE_PUBLIC_URL", &address)
        .with("ENTENTE_SMTP_HOST", "127.0.0.1")
        .with("ENTENTE_SMTP_PORT", &mail.to_string())
        .with("ENTENTE_SMTP_TLS", "none")
        .with("ENTENTE_MAIL_FROM", "entente@entente.example")
        .with("ENTENTE_MAIL_POLL_INTERVAL", "1")
        .serve();
    (program, address)
}

/// Both partners publish what they do.
fn publishes(db: &TestDb, world: &World) {
    let own = Db::open(&db.url, 2).unwrap();
    for persona in [Persona::AdminAgent, Persona::OtherAgent] {
        let person = world.person(persona);
        let write = |conn: &mut entente::db::DbConn| {
            let now = Clock::System.now();
            let by = AdminAgent::prove(conn, person.id, person.membership, now, origin())?;
            save(conn, &by, &Said::default().profile(), &Clock::System)?.unwrap();
            set_state(conn, &by, ProfileState::Published, &Clock::System)?.unwrap();
            Ok(())
        };
        own.write_here(write).unwrap();
    }
}

/// The mails to an address, once there are so many.
fn mails_to(server: &SmtpServer, address: &str, count: usize) -> Vec<Received> {
    let start = std::time::Instant::now();
    loop {
        let mut mails = server.mails();
        mails.retain(|mail| mail.to == [address]);
        if mails.len() >= count {
            return mails;
        }
        assert!(start.elapsed() < PATIENCE, "{address}: {mails:?}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// The link that a mail brings: folded lines are put together as mail programs do.
fn link(mail: &Received, address: &str) -> String {
    let text = mail
        .data
        .replace("=\r\n", "")
        .replace("=\n", "")
        .replace("=3D", "=");
    let begins = format!("{address}/invitations/");
    let at = text
        .find(&begins)
        .unwrap_or_else(|| panic!("no link: {text}"));
    let rest = &text[at..];
    let end = rest
        .find(|c: char| c.is_whitespace() || "\"<>".contains(c))
        .unwrap();
    rest[..end].to_owned()
}

/// The customer finds two partners and writes to both.
async fn finds_and_writes(browser: &Browser, customer: &Person, world: &World) {
    // The customer finds two partners and writes to both.
    browser.enter(customer).await;
    browser.open("/partners").await;
    browser.type_into("input[name=q]", "accounts").await;
    browser.click("[role=search] button").await;
    // The page before shows both as well, and goes away under whoever clicks on it.
    browser
        .until(
            "both are found",
            "return location.search.includes('q=accounts') && document.readyState === 'complete' \
             && document.querySelectorAll('input[name=partner]').length === 2",
        )
        .await;
    for number in [world.p.number, world.q.number] {
        browser
            .click(&format!("input[name=partner][value='{number}']"))
            .await;
    }
    browser.click(".pickbar button").await;
    browser.shows("h1", "Tell them what you need").await;
    assert_eq!(browser.count("aside .who").await, 2);
    browser
        .type_into(
            "#need",
            "Accounts and licences for 85 staff, each September.",
        )
        .await;
    browser.click("#size option[value='50-249']").await;
    thread::sleep(Duration::from_secs(3));
    browser.click("main form .btn-main").await;
    browser
        .shows(".said h2", "Your message is on its way")
        .await;
    assert_eq!(browser.count("tbody tr").await, 2);
}

/// One partner answers from its workspace.
async fn answers(browser: &Browser, agent: &Person) {
    // One partner answers from its workspace.
    browser.enter(agent).await;
    browser.open("/partner/requests").await;
    browser.click(".row-link").await;
    browser.click("main .actions .btn-main").await;
    browser.shows("h1", "New invitation").await;
    browser.click("input[value=delegated_administrator]").await;
    browser.click("input[value=helpdesk_administrator]").await;
    browser.click("form[data-preview] .btn-main").await;
    browser.shows(".said h2", "Invitation created").await;
}

/// The link is followed, and the invitation accepted.
async fn accepts(browser: &Browser, customer: &Person, link: &str) {
    browser.forget().await;
    browser.open_address(link).await;
    browser.click("main .btn-main").await;
    browser.fill_sign_in(customer).await;
    browser.find("form[action$='/acceptance']").await;
    if browser.count("#consent").await > 0 {
        browser.click("#consent").await;
    }
    browser.click("form[action$='/acceptance'] .btn-main").await;
    browser
        .until(
            "it is accepted",
            &format!("return location.pathname === '{LIST}'"),
        )
        .await;
}

/// The partner gives the role back, and the customer's list shows it.
async fn gives_back(browser: &Browser, customer: &Person, agent: &Person) {
    browser.open("/partners/requests").await;
    assert!(
        browser
            .text("table")
            .await
            .contains("You accepted its invitation")
    );
    browser.enter(agent).await;
    browser.open("/partner/requests").await;
    browser.click(".row-link").await;
    browser
        .click("main .facts a[href^='/partner/customers/']")
        .await;

    // The partner gives the role back, and the customer's list shows it.
    browser
        .until(
            "a customer",
            &format!("return location.pathname.startsWith('{CUSTOMERS}/')"),
        )
        .await;
    browser.click("main a[href$='/return']").await;
    browser.click("main form .btn-danger").await;
    browser.find(".said").await;
    browser.enter(customer).await;
    browser.open(LIST).await;
    let row = browser.text("tbody tr").await;
    assert!(row.contains("Roles removed"), "{row}");
}

fn goes_all_the_way(backend: Backend, down_at_first: bool) {
    let (db, world) = TestDb::with_cast(backend);
    publishes(&db, &world);
    let server = SmtpServer::plain();
    let mail = if down_at_first {
        free_port()
    } else {
        server.port
    };
    let (_program, address) = serves(&db, mail);
    let of = |persona| Person::of(&world.person(persona).email, PASSWORD);
    let (customer, agent) = (of(Persona::GlobalAdmin), of(Persona::AdminAgent));
    let partner = world.p.name;
    run_at(address.clone(), async |browser| {
        finds_and_writes(browser, &customer, &world).await;
        answers(browser, &agent).await;
        if down_at_first {
            let tried = "SELECT count(*) FROM outgoing_mail WHERE kind = 'invitation' AND last_error IS NOT NULL";
            let start = std::time::Instant::now();
            while db.count(tried) == 0 {
                assert!(start.elapsed() < PATIENCE, "nobody tried");
                thread::sleep(Duration::from_millis(50));
            }
            assert!(server.mails().is_empty());
            leads(mail, server.port);
            // The time until the next try passes.
            db.run("UPDATE outgoing_mail SET run_at = created_at WHERE state = 'queued'")
                .unwrap();
        }

        // The mail arrives, and its link is followed.
        let mails = mails_to(&server, &customer.email, 1);
        let link = link(&mails[0], &address);
        accepts(browser, &customer, &link).await;
        // Both sides see the relationship, and the thread to it.
        assert_eq!(browser.texts(".row-link").await, [partner]);
        gives_back(browser, &customer, &agent).await;
    });
    assert_eq!(
        db.count("SELECT count(*) FROM contact_requests WHERE state = 'answered'"),
        1
    );
    assert_eq!(
        db.count("SELECT count(*) FROM grants WHERE state = 'live'"),
        0
    );
}

#[test]
fn from_the_directory_to_a_role_given_back_on_sqlite() {
    goes_all_the_way(Backend::Sqlite, false);
}

#[test]
fn from_the_directory_to_a_role_given_back_on_postgres() {
    goes_all_the_way(Backend::Postgres, false);
}

#[test]
fn the_way_is_the_same_where_the_mail_server_is_down_at_first() {
    goes_all_the_way(Backend::Sqlite, true);
}
