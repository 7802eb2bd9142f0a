//! What holds for every page that anybody comes to, and for every form: seen by going from link to
//! link as each of the cast.

use std::collections::{BTreeSet, VecDeque};

use actix_web::{cookie::Cookie, http::Method, test::TestRequest};
use chrono::TimeDelta;
use entente::{
    domain::{RelationshipId, invitation::Addressee, relationship::RelationshipType},
    id::Id,
    routes::PAGES,
};

use crate::{
    sign_in::conforms,
    support::{
        TestApp,
        cast::{Actor, Persona, post},
        db::difference,
        page::Page,
        scene::{Ask, Invited},
        seed::PASSWORD,
    },
    web::bears_the_headers,
};

/// Where a walk begins: every page without a name in its address.
fn beginnings() -> Vec<String> {
    let plain = PAGES
        .iter()
        .filter(|(method, path)| *method == "GET" && !path.contains('{'));
    plain.map(|(_, path)| (*path).to_owned()).collect()
}

/// Goes from link to link, as far as there are any, and returns every page.
async fn walk(actor: &Actor, further: &[String]) -> Vec<Page> {
    let mut waiting: VecDeque<String> = beginnings()
        .into_iter()
        .chain(further.iter().cloned())
        .collect();
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut pages = Vec::new();
    while let Some(path) = waiting.pop_front() {
        let page = actor.opens(&path).await;
        let html = page.header("content-type").starts_with("text/html");
        let mut links = if html { page.links() } else { Vec::new() };
        if page.status == 303 {
            links.push(page.location());
        }
        for link in links {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            let ours = link.starts_with('/') && !link.starts_with("//");
            let apart = link.starts_with("mailto:") || link.starts_with("tel:");
            assert!(ours || apart || link.is_empty(), "{path} leads to {link}");
            // The other language is the same page again.
            let again = link.contains("lang=") || link.starts_with("/sign-in?");
            if ours && !again && known.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
        pages.push(page);
        assert!(pages.len() < 300, "there is no end of pages: {known:#?}");
    }
    pages
}

/// Something in every state, on both sides.
struct Stage {
    made: Vec<Invited>,
    relationship: RelationshipId,
    open: Invited,
}

impl Stage {
    fn set(app: &TestApp) -> Self {
        use RelationshipType::{
            Advisor, LineOfBusinessPartner, MpsaPartner, Reseller,
            ResellerAndDelegatedAdministrator as Both,
        };
        let ask = |kind| Ask {
            message: Some("We would like to help."),
            ..app.ask_for(kind)
        };
        let accepted = app.invites(&ask(Both));
        let relationship = app.accepted_by(Persona::GlobalAdmin, &accepted);
        let withdrawn = app.invites(&ask(Reseller));
        app.withdraws(&withdrawn);
        let overdue = app.invites(&Ask {
            life: TimeDelta::seconds(1),
            ..ask(MpsaPartner)
        });
        app.passes(TimeDelta::seconds(2));
        let open = app.invites(&ask(Advisor));
        let mailed = app.invites(&Ask {
            to: app.to_email("office@hautmont.example"),
            ..ask(LineOfBusinessPartner)
        });
        let elsewhere = app.invites(&Ask {
            to: Addressee::Tenant(app.world().other.id),
            ..ask(Advisor)
        });
        Self {
            made: vec![
                accepted,
                withdrawn,
                overdue,
                open.clone(),
                mailed,
                elsewhere,
            ],
            relationship,
            open,
        }
    }
}

on_both! {
    async fn every_page_that_anybody_comes_to_keeps_every_link_and_cookie_to_itself(app: TestApp) {
        let stage = Stage::set(&app);
        let mut seen = 0;
        for persona in Persona::ALL {
            let actor = app.signed_in(persona).await;
            // Addresses that somebody may have heard of, whether they lead to anything or not.
            let mut further: Vec<String> = stage.made.iter().flat_map(|made| [made.review(), made.refusal()]).collect();
            further.push(format!("/billing/partner-relationships/{}", stage.relationship));
            further.extend(["/nowhere", "/static/nowhere.css", "/invitations/x"].map(str::to_owned));
            let pages = walk(&actor, &further).await;
            seen += pages.len();
            for page in &pages {
                let what = format!("{} as {persona:?}", page.asked);
                assert!(page.status < 500, "{what}: {}", page.status);
                bears_the_headers(page);
                assert_eq!(page.header("cache-control"), "no-store", "{what}");
                let told = format!("{:?} {}", page.headers, String::from_utf8_lossy(&page.body));
                for made in &stage.made {
                    assert!(!told.contains(&made.token), "{what} tells a link");
                }
                for line in page.all("set-cookie") {
                    let name = Cookie::parse(line.clone()).unwrap().name().to_owned();
                    assert!(name.starts_with("__Host-"), "{what}: {line}");
                    conforms(&line, &name, true);
                }
            }
        }
        assert!(seen > 150, "only {seen} pages");
    }

    async fn every_cookie_that_a_form_sets_is_bound_to_this_host(app: TestApp) {
        let anne = app.global_admin().await;
        let email = &app.world().person(Persona::GlobalAdmin).email;
        let mut set = BTreeSet::new();
        for (path, fields) in [
            ("/sign-in", vec![("email", email.as_str()), ("password", PASSWORD)]),
            ("/settings/language", vec![("language", "fr")]),
            ("/settings/appearance", vec![("theme", "dark")]),
            ("/settings/password", vec![("current", PASSWORD), ("new", "harbour lantern quilt meadow"), ("again", "harbour lantern quilt meadow")]),
            ("/settings/membership", vec![("membership", "x")]),
            ("/sign-out", vec![]),
        ] {
            for line in anne.posts(path, &fields).await.all("set-cookie") {
                let name = Cookie::parse(line.clone()).unwrap().name().to_owned();
                if line.contains("Max-Age=0") {
                    assert!(line.contains("Path=/") && line.contains("Secure"), "{line}");
                } else {
                    conforms(&line, &name, true);
                }
                set.insert(name);
            }
        }
        let all = ["__Host-browser", "__Host-language", "__Host-session", "__Host-theme"];
        assert_eq!(set, BTreeSet::from(all.map(str::to_owned)));
    }

    async fn a_field_that_no_form_has_takes_no_effect(app: TestApp) {
        let stage = Stage::set(&app);
        let anne = app.global_admin().await;
        let review = anne.opens(&stage.open.review()).await;
        let acceptance: Vec<(String, String)> = review.form("Authorize partner").with(&[]);
        let acceptance: Vec<(&str, &str)> = acceptance.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let removal = format!("/billing/partner-relationships/{}/role-removal", stage.relationship);
        let renewal = format!("{}/renewal-request", stage.made[2].review());
        let membership = app.world().person(Persona::GlobalAdmin).membership.to_string();
        let email = &app.world().person(Persona::Member).email;
        let tenant = app.world().own.id;
        let draft = app.writes(Some("NO"));
        let customer = format!("/partner/customers/{}", stage.relationship);
        let sales = app.world().person(Persona::SalesAgent).membership;
        let sent = |made: &Invited, step: &str| format!("/partner/invitations/{}/{step}", made.id);
        let invitation = vec![
            ("to", "somebody@customer.example"),
            ("type", "reseller"),
            ("days", "365"),
            ("life", "30"),
            ("language", "en"),
            ("message", ""),
            ("reference", ""),
        ];
        let partners: Vec<(String, Vec<(&str, &str)>)> = vec![
            ("/partner/invitations/new".into(), invitation),
            (sent(&stage.open, "resend"), vec![]),
            (sent(&stage.open, "withdrawal"), vec![]),
            (format!("{customer}/roles/helpdesk_administrator/return"), vec![]),
            (format!("{customer}/end"), vec![]),
            (format!("{customer}/agreement-claim"), vec![("day", "2026-11-20"), ("name", "Petra Novak"), ("note", "")]),
            (format!("/partner/staff/{sales}/roles"), vec![("helpdesk_agent", "yes")]),
            (format!("/partner/staff/{sales}/disabling"), vec![]),
            ("/partner/staff/new".into(), vec![("name", "Nora New"), ("email", "nora@fjord.example"), ("sales_agent", "yes")]),
            (format!("/partner/staff/invitations/{sales}/resend"), vec![]),
            (format!("/partner/staff/invitations/{sales}/withdrawal"), vec![]),
            ("/partner/profile".into(), vec![("description", "We help."), ("keywords", ""), ("contact", "")]),
            ("/partner/profile/publication".into(), vec![("state", "published")]),
            (format!("/partner/requests/{sales}/refusal"), vec![("reason", "No")]),
        ];
        let operators: Vec<(String, Vec<(&str, &str)>)> = vec![
            ("/operator/mail/retry".into(), vec![]),
            (format!("/operator/mail/{tenant}/retry"), vec![]),
            (format!("/operator/tenants/{tenant}/domains"), vec![("domain", "hautmont.test")]),
            (format!("/operator/tenants/{tenant}/domains/{tenant}/end"), vec![]),
            ("/operator/agreements/new".into(), vec![("kind", "customer"), ("dated", "2026-11-20"), ("text-en", "# A\n\nb")]),
            (format!("/operator/agreements/drafts/{draft}/edit"), vec![("kind", "customer"), ("revision", "1"), ("dated", "2026-11-20"), ("text-en", "# A\n\nb")]),
            (format!("/operator/agreements/drafts/{draft}/publication"), vec![("revision", "1")]),
            (format!("/operator/agreements/drafts/{draft}/discard"), vec![]),
        ];
        let reset = format!("/password-reset/{}", app.resets(Persona::Member));
        let nobodys = "A".repeat(43);
        let forms: Vec<(String, Vec<(&str, &str)>)> = vec![
            ("/password-reset".into(), vec![("email", email)]),
            ("/partners/contact".into(), vec![("need", "Help"), ("name", "Anne"), ("email", email), ("start", "now"), ("size", "1-49")]),
            (format!("/staff-invitations/{nobodys}"), vec![("name", "Anne"), ("new", "harbour lantern quilt meadow"), ("again", "harbour lantern quilt meadow")]),
            (format!("/staff-invitations/{nobodys}/acceptance"), vec![]),
            (reset, vec![("new", "harbour lantern quilt meadow"), ("again", "harbour lantern quilt meadow")]),
            (stage.open.acceptance(), acceptance),
            (stage.open.refusal(), vec![("reason", "No")]),
            (renewal, vec![]),
            (removal, vec![]),
            ("/billing/agreement/acceptance".into(), vec![("offer", "x"), ("consent", "yes")]),
            (format!("/billing/agreement/claims/{tenant}/dismissal"), vec![]),
            ("/settings/membership".into(), vec![("membership", &membership)]),
            ("/settings/language".into(), vec![("language", "fr")]),
            ("/settings/appearance".into(), vec![("theme", "dark")]),
            ("/settings/acceptance".into(), vec![("billing", "no")]),
            ("/settings/password".into(), vec![("current", PASSWORD), ("new", "harbour lantern quilt meadow"), ("again", "harbour lantern quilt meadow")]),
            ("/settings/sessions/end".into(), vec![]),
            (format!("/settings/sessions/{}/end", app.session_of(Persona::GlobalAdmin)), vec![]),
            ("/sign-in".into(), vec![("email", email), ("password", PASSWORD)]),
            ("/sign-out".into(), vec![]),
        ];
        let posts = PAGES.iter().filter(|(method, _)| *method == "POST").count();
        assert_eq!(forms.len() + partners.len() + operators.len(), posts, "every form is tried");
        let agent = app.admin_agent().await;
        let operator = app.signed_in(Persona::Operator).await;
        let whose = [(&anne, forms), (&agent, partners), (&operator, operators)];
        let forms = whose.iter().flat_map(|(actor, forms)| forms.iter().map(move |form| (*actor, form)));
        let before = app.db().everything();
        for (actor, (path, fields)) in forms {
            for name in ["role", "roles", "tenant_id", "status", "is_admin", "accepted_at", "expires_at", "id", "created_by", "_method"] {
                let mut fields = fields.clone();
                fields.push((name, "global_administrator"));
                let page = actor.posts(path, &fields).await;
                // An invitation does ask for roles, but this type for none.
                let asks = name == "role" && path == "/partner/invitations/new";
                assert_eq!(page.status, if asks { 422 } else { 400 }, "{path} with {name}");
            }
        }
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
        anne.opens("/settings").await.is(200);
    }

    async fn ids_of_another_tenant_are_worth_nothing_anywhere(app: TestApp) {
        let stage = Stage::set(&app);
        let (anne, olive) = (app.global_admin().await, app.stranger().await);
        let mut ids = BTreeSet::new();
        for page in walk(&anne, &[]).await {
            let text = String::from_utf8_lossy(&page.body).into_owned();
            ids.extend(text.split(|c: char| c != '-' && !c.is_ascii_hexdigit()).filter(|word| uuid::Uuid::parse_str(word).is_ok() && word.len() == 36).map(str::to_owned));
        }
        for persona in [Persona::GlobalAdmin, Persona::BillingAdmin] {
            ids.insert(app.world().person(persona).membership.to_string());
        }
        ids.insert(app.session_of(Persona::GlobalAdmin));
        // What belongs to everybody is no secret.
        ids.remove(&app.world().version.to_string());
        assert!(ids.contains(&stage.open.id.to_string()) && ids.len() >= 8, "{ids:?}");
        let missing = Id::<()>::at(app.now()).to_string();
        let before = app.db().everything();
        for (method, path) in PAGES.iter().filter(|(_, path)| path.contains('{')) {
            let ask = async |id: &str| {
                let path = match path.split_once('{') {
                    Some((head, tail)) => format!("{head}{id}{}", tail.split_once('}').unwrap().1).replace("{language}", "en"),
                    None => unreachable!(),
                };
                let page = match *method {
                    "GET" => olive.opens(&path).await,
                    _ => olive.posts(&path, &[]).await,
                };
                let other = olive.sends(TestRequest::default().method(Method::PUT).uri(&path).insert_header(("sec-fetch-site", "same-origin"))).await;
                assert!([404, 405].contains(&other.status), "PUT {path}: {}", other.status);
                let mut headers: Vec<String> = page.headers.iter().map(|(k, v)| format!("{k}: {v:?}")).collect();
                headers.sort();
                (page.status, headers, String::from_utf8_lossy(&page.body).replace(id, "ID"))
            };
            let nothing = ask(&missing).await;
            assert!(nothing.0 >= 400, "{method} {path}: {}", nothing.0);
            for id in &ids {
                let got = ask(id).await;
                // The page of an error tells the number of its request, which is nobody's.
                assert_eq!(shape(&got.2), shape(&nothing.2), "{method} {path} {id}");
                assert_eq!((got.0, &got.1), (nothing.0, &nothing.1), "{method} {path} {id}");
            }
        }
        let mut after = app.db().everything();
        let mut expected = before;
        for table in ["events", "chains", "personal_data"] {
            after.remove(table);
            expected.remove(table);
        }
        assert_eq!(difference(&expected, &after), Vec::<String>::new());
        app.verified();
    }

    async fn whoever_claims_to_be_of_another_tenant_is_not_believed(app: TestApp) {
        let stage = Stage::set(&app);
        let olive = app.stranger().await;
        let before = app.db().everything();
        let (own, name) = (app.world().own.id.to_string(), app.world().own.domain);
        for (header, value) in [("x-forwarded-host", name), ("x-tenant", name), ("x-tenant-id", own.as_str()), ("x-user", "marie@hautmont.example"), ("x-forwarded-user", "marie@hautmont.example"), ("authorization", "Basic bWFyaWU6eA=="), ("host", name)] {
            let request = post(&stage.open.refusal(), &[("reason", "no")])
                .insert_header(("sec-fetch-site", "same-origin"))
                .insert_header((header, value));
            olive.sends(request).await.is(404);
            olive.sends(TestRequest::get().uri("/billing/partner-relationships").insert_header((header, value))).await.is(200).says_no("Hautmont");
        }
        let mut after = app.db().everything();
        for table in ["events", "chains", "personal_data"] {
            after.insert(table.into(), before[table].clone());
        }
        assert_eq!(difference(&before, &after), Vec::<String>::new());
    }
}

/// A page without what differs between any two requests.
fn shape(html: &str) -> String {
    let mut words: Vec<&str> = html.split_whitespace().collect();
    words.retain(|word| {
        !word
            .split(['<', '>'])
            .any(|part| uuid::Uuid::parse_str(part).is_ok())
    });
    words.join(" ")
}
