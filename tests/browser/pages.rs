//! Every page there is: who sees it, where it is, what is done there first, and its status.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{BILLING, Browser, COMPANY, CUSTOMERS, Demo, LIST, Person, SCHOOL, SENT};

const AGREEMENTS: &str = "/operator/agreements";
const TENANTS: &str = "/operator/tenants";

/// What is done on a page before it is looked at.
#[derive(Clone, Copy)]
pub enum First {
    Nothing,
    /// Sends the form as it is.
    Send,
    /// Reads the agreement.
    Read,
    /// Reads the agreement, and what changed since the version before.
    Compare,
    /// Asks for the roles to be removed.
    Ask,
}

/// A page, and who sees it: nobody, where there is no person.
pub struct Place<'a> {
    pub person: Option<&'a Person>,
    pub path: String,
    pub first: First,
    pub status: u64,
}

/// All pages, those of one person together.
#[expect(clippy::too_many_lines, reason = "it is a list, a line for each page")]
pub async fn every<'a>(demo: &'a Demo, browser: &Browser) -> Vec<Place<'a>> {
    use First::{Ask, Compare, Nothing, Read, Send};

    let operator = demo.person("Entente", "operator");
    let [tenant, removal] = tenant(browser, operator).await;
    let [version, draft] = agreements(browser).await;
    let company = demo.person(COMPANY, BILLING);
    let school = demo.person(SCHOOL, BILLING);
    let partner = partner(browser, company, "cobalt").await;
    let without_roles = partner_(browser, "ravensworth").await;
    let agent = demo.person("Brightwater IT", "admin_agent");
    let customers = customers(browser, agent).await;
    let colleague = colleague(browser).await;
    let joining = joining(demo, browser).await;
    browser.enter(company).await;
    browser.open("/partners").await;
    let link = browser.find(".result-name").await;
    let listed = link.attr("href").await.unwrap().unwrap();
    let removed = format!("{LIST}?status=roles-removed");
    let open = demo.invitation_with(SCHOOL, true, "open");
    let here = open.path();
    let refusal = format!("{here}/refusal");
    let link = open.link.replace(&demo.at(""), "");
    let agreed = demo.invitation_with(COMPANY, true, "open").path();
    let of = |organization, state| demo.any_invitation(organization, state).path();

    browser
        .enter(demo.person("Fjord Managed IT", "admin_agent"))
        .await;
    browser.open(&format!("{SENT}?state=open")).await;
    let first = browser.find(".row-link").await;
    let sent = first.attr("href").await.unwrap().unwrap();
    let [waits, answered, declined] = requests(browser).await;
    let [writes, asked] = asks(browser, company).await;

    let mut places = Vec::new();
    let mut add = |person, pages: Vec<(String, First, u64)>| {
        places.extend(pages.into_iter().map(|(path, first, status)| Place {
            person,
            path,
            first,
            status,
        }));
    };
    let at = |path: &str| (path.to_owned(), Nothing, 200);
    add(
        None,
        vec![
            at("/sign-in"),
            ("/sign-in".into(), Send, 422),
            at("/password-reset"),
            (format!("/password-reset/{}", "A".repeat(43)), Nothing, 404),
            (link, Nothing, 200),
            (format!("/invitations/{}", "A".repeat(43)), Nothing, 404),
            at(&joining),
            (joining.clone(), Send, 422),
            (
                format!("/staff-invitations/{}", "A".repeat(43)),
                Nothing,
                404,
            ),
            ("/nowhere".into(), Nothing, 404),
        ],
    );
    add(
        Some(school),
        vec![
            at("/"),
            at(LIST),
            at("/billing/invitations"),
            at(&here),
            (here.clone(), Send, 422),
            at(&refusal),
            at(&demo.invitation_with(SCHOOL, false, "open").path()),
            at(&of(SCHOOL, "expired")),
            at(&of(SCHOOL, "declined")),
            at(&of(SCHOOL, "withdrawn")),
            (agreed.clone(), Nothing, 404),
            at("/billing/agreement"),
            ("/billing/agreement".into(), Send, 422),
            ("/billing/agreement".into(), Read, 200),
            ("/billing/agreement".into(), Compare, 200),
        ],
    );
    add(
        Some(company),
        vec![
            at("/"),
            at(LIST),
            at(&removed),
            at(&format!("{LIST}?q=zzzz")),
            at(&partner),
            (partner.clone(), Ask, 200),
            at(&format!("{partner}/role-removal")),
            at(&without_roles),
            at("/billing/invitations"),
            at(&agreed),
            at(&of(COMPANY, "accepted")),
            at("/billing/agreement"),
            at("/partners"),
            at("/partners?q=help+desk&location=Lille"),
            at("/partners/contact"),
            at(&writes),
            (writes.clone(), Send, 422),
            at("/partners/requests"),
            at(&asked),
            at("/partners?q=zzzz&location=Lille&size=1000"),
            at(&listed),
            at("/audit-log"),
            at("/audit-log?from_time=10:00"),
            at("/audit-log/2"),
            at("/audit-log/export"),
            at(&format!("{partner}/history")),
            at("/settings"),
            ("/nowhere".into(), Nothing, 404),
        ],
    );
    add(
        Some(demo.person(COMPANY, "")),
        vec![at("/"), (LIST.into(), Nothing, 403), at("/settings")],
    );
    add(
        Some(demo.person("Fjord Managed IT", "admin_agent")),
        vec![
            at("/partner"),
            at(SENT),
            at(&format!("{SENT}?q=zzzz")),
            at(&format!("{SENT}/new")),
            (format!("{SENT}/new"), Send, 422),
            at("/partner/requests"),
            at(&waits),
            at(&answered),
            at(&declined),
            at(&format!("{waits}/refusal")),
            (format!("{waits}/refusal"), Send, 422),
            at(&waits.replace("/partner/requests/", &format!("{SENT}/new?request="))),
            at(&sent),
            at(&format!("{sent}/withdrawal")),
            at("/settings"),
            (LIST.into(), Nothing, 404),
        ],
    );
    let [ends_soon, given_back, ended] = &customers;
    add(
        Some(agent),
        vec![
            at(CUSTOMERS),
            at(&format!("{CUSTOMERS}?q=zzzz")),
            at(ends_soon),
            at(given_back),
            at(ended),
            at(&format!("{given_back}/history")),
            at("/partner/audit-log"),
            at(&format!("{ends_soon}/roles/global_administrator/return")),
            at(&format!("{ends_soon}/end")),
            at("/partner/profile"),
            at("/partner/staff"),
            at("/partner/staff/new"),
            ("/partner/staff/new".into(), Send, 422),
            at(&colleague),
            at(&format!("{colleague}/disabling")),
        ],
    );
    add(
        Some(operator),
        vec![
            at("/"),
            at(AGREEMENTS),
            at(&version),
            at(&draft),
            at(&format!("{draft}/changes")),
            at(&format!("{draft}/edit")),
            at(&format!("{draft}/publication")),
            at(&format!("{draft}/discard")),
            at(&format!("{AGREEMENTS}/new?country=DE")),
            at("/operator/mail"),
            at(TENANTS),
            at(&format!("{TENANTS}?q=zzzz")),
            at(&tenant),
            (tenant.clone(), Send, 422),
            at(&removal),
            at("/settings"),
            (LIST.into(), Nothing, 404),
        ],
    );
    places
}

/// A customer whose roles end soon, one that got its role back, and one that was left.
async fn customers(browser: &Browser, agent: &Person) -> [String; 3] {
    browser.enter(agent).await;
    let mut found = [const { String::new() }; 3];
    for (place, kind) in found
        .iter_mut()
        .zip(["delegated_administrator", "advisor", "reseller"])
    {
        *place = first(browser, &format!("{CUSTOMERS}?type={kind}")).await;
    }
    found
}

/// The first member of staff that the list names.
async fn colleague(browser: &Browser) -> String {
    first(browser, "/partner/staff").await
}

/// A link by which somebody joins the staff, as the agent who is signed in was shown it.
async fn joining(demo: &Demo, browser: &Browser) -> String {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let number = ASKED.fetch_add(1, Ordering::Relaxed);
    browser.open("/partner/staff/new").await;
    browser.type_into("#name", "Petra Novak").await;
    let email = format!("petra{number}@brightwater.example");
    browser.type_into("#email", &email).await;
    browser.click("#sales_agent").await;
    browser.click("main form .btn-main").await;
    let link = browser.find("#url").await.attr("value").await.unwrap();
    link.unwrap().replace(&demo.at(""), "")
}

/// A tenant's page, and the question whether to remove its domain.
async fn tenant(browser: &Browser, operator: &Person) -> [String; 2] {
    browser.enter(operator).await;
    browser.open(&format!("{TENANTS}?q=hautmont")).await;
    let link = browser.find(".row-link").await;
    let tenant = link.attr("href").await.unwrap().unwrap();
    browser.open(&tenant).await;
    let link = browser.find("main .table a.btn").await;
    [tenant, link.attr("href").await.unwrap().unwrap()]
}

/// A version of the agreement, and the draft of the next.
async fn agreements(browser: &Browser) -> [String; 2] {
    let version = first(browser, AGREEMENTS).await;
    browser.open(AGREEMENTS).await;
    let draft = browser.find("main .note a.btn").await;
    [version, draft.attr("href").await.unwrap().unwrap()]
}

async fn partner(browser: &Browser, person: &Person, name: &str) -> String {
    browser.enter(person).await;
    partner_(browser, name).await
}

async fn partner_(browser: &Browser, name: &str) -> String {
    first(browser, &format!("{LIST}?q={name}")).await
}

async fn first(browser: &Browser, list: &str) -> String {
    browser.open(list).await;
    let link = browser.find(".row-link").await;
    link.attr("href").await.unwrap().unwrap()
}

/// Contact requests of the partner that is signed in: one that waits, one answered, one declined.
async fn requests(browser: &Browser) -> [String; 3] {
    let mut found = Vec::new();
    for state in ["new", "answered", "declined"] {
        browser
            .open(&format!("/partner/requests?state={state}"))
            .await;
        let first = browser.find(".row-link").await;
        found.push(first.attr("href").await.unwrap().unwrap());
    }
    found.try_into().unwrap()
}

/// The form for two partners, and a request that was answered.
async fn asks(browser: &Browser, person: &Person) -> [String; 2] {
    browser.enter(person).await;
    browser.open("/partners").await;
    browser.find("input[name=partner]").await;
    let numbers = "return [...document.querySelectorAll('input[name=partner]')].map(one => 'partner=' + one.value).slice(0, 2).join('&')";
    let numbers = browser.ask(numbers).await;
    browser.open("/partners/requests").await;
    let first = browser.find("tbody th a").await;
    let request = first.attr("href").await.unwrap().unwrap();
    [
        format!("/partners/contact?{}", numbers.as_str().unwrap()),
        request,
    ]
}

impl Place<'_> {
    /// Opens the page, as who sees it, and says what it is.
    pub async fn open(&self, browser: &Browser) -> String {
        browser.open(&self.path).await;
        let did = match self.first {
            First::Nothing => "",
            First::Send => {
                browser.click("main form .btn-main").await;
                browser.find(".errors").await;
                ", sent empty"
            }
            First::Read => {
                browser.click("main a[href^='/agreements/']").await;
                browser
                    .until(
                        "the text",
                        "return location.pathname.startsWith('/agreements/')",
                    )
                    .await;
                ", the text"
            }
            First::Compare => {
                browser.click("main a[href^='/agreements/']").await;
                browser.click("main a[href*='/changes']").await;
                browser
                    .until("the difference", "return !!document.querySelector('.diff')")
                    .await;
                ", what changed"
            }
            First::Ask => {
                browser.click("a[data-dialog='rm']").await;
                browser.find("#rm[open]").await;
                ", the dialog"
            }
        };
        browser
            .until("it is loaded", "return document.readyState === 'complete'")
            .await;
        let name = format!("{}{did}", self.path);
        assert_eq!(browser.status().await, self.status, "{name}");
        name
    }
}

/// Signs in who sees a page, unless it is the one who saw the last.
pub async fn enter<'a>(browser: &Browser, last: &mut Option<&'a Person>, place: &Place<'a>) {
    let email = |person: Option<&Person>| person.map(|person| person.email.clone());
    match place.person {
        None => browser.forget().await,
        Some(_) if email(*last) == email(place.person) => {}
        Some(person) => browser.enter(person).await,
    }
    *last = place.person;
}
