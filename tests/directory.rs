//! The directory: what is found, what is chosen, who is left out, and a partner's own profile.

use entente::domain::{
    directory::{Help, ProfileState, Size},
    spoken::Spoken,
};

use crate::support::{
    TestApp,
    app::{Setup, run_with},
    cast::{Actor, Persona},
    db::Backend,
    listing::Said,
    page::Page,
};

const LIST: &str = "/partners";
const PROFILE: &str = "/partner/profile";

/// The names in the list, in order.
fn names(page: &Page) -> Vec<String> {
    page.is(200).texts(".result-name")
}

async fn finds(actor: &Actor, query: &str) -> Vec<String> {
    names(&actor.opens(&format!("{LIST}?{query}")).await)
}

fn public() -> Setup {
    Setup {
        directory_public: true,
        ..Setup::default()
    }
}

/// A few partners that differ.
fn some(app: &TestApp) {
    app.lists(
        "2500001",
        "Émile & Fils",
        &Said {
            words: "Nous équipons les écoles : tablettes, comptes et licences.",
            help: &[Help::Sells],
            sizes: &[Size::Small],
            places: &[("FR", "Saint-Étienne"), ("FR", "Lille")],
            languages: &[Spoken::French],
            keywords: &["Établissements scolaires"],
            ..Said::default()
        },
    );
    app.lists(
        "2500002",
        "Nordlys Drift",
        &Said {
            words: "Runs accounts for municipalities.",
            help: &[Help::Manages, Help::Advises],
            sizes: &[Size::Large, Size::Larger],
            places: &[("NO", "Tromsø"), ("BE", "Lille")],
            languages: &[Spoken::Norwegian, Spoken::English],
            keywords: &["Help desk", "日本語サポート"],
            ..Said::default()
        },
    );
    app.lists(
        "2500003",
        "Tessera",
        &Said {
            words: "Builds timetable apps for schools in Luxembourg.",
            help: &[Help::BuildsApps],
            sizes: &[Size::Larger],
            places: &[("LU", "Luxembourg"), ("BE", "Luxembourg-Ville")],
            languages: &[Spoken::German, Spoken::French],
            keywords: &["Own apps"],
            ..Said::default()
        },
    );
}

const EMILE: &str = "Émile & Fils";
const NORDLYS: &str = "Nordlys Drift";
const TESSERA: &str = "Tessera";

on_both! {
    async fn partners_are_found_by_whole_words_and_their_beginnings_folded(app: TestApp) {
        some(&app);
        let marie = app.billing_admin().await;
        for (query, found) in [
            ("", &[EMILE, NORDLYS, TESSERA][..]),
            ("q=emile", &[EMILE]),
            ("q=%C3%89MIL", &[EMILE]),
            ("q=ecole", &[EMILE]),
            ("q=etablissement+SCOL", &[EMILE]),
            ("q=account", &[NORDLYS]),
            ("q=accounts+and+licences", &[]),
            ("q=accounts+for+the+municipalit", &[NORDLYS]),
            ("q=comptes+nordlys", &[]),
            ("q=chools", &[]),
            ("q=school", &[TESSERA]),
            ("q=p2500002.example", &[NORDLYS]),
            ("q=2500003", &[TESSERA]),
            ("q=norvege", &[NORDLYS]),
            ("q=norway", &[NORDLYS]),
            ("q=etienne", &[EMILE]),
            ("q=%E6%97%A5%E6%9C%AC", &[NORDLYS]),
            ("q=help+desk", &[NORDLYS]),
            ("q=requests", &[]),
            ("q=private", &[]),
            ("q=helpsells", &[]),
            ("q=%3Dhelpsells", &[]),
            ("q=or", &[]),
            ("q=%25", &[EMILE, NORDLYS, TESSERA]),
        ] {
            assert_eq!(finds(&marie, query).await, found, "{query}");
        }
    }

    async fn cards_that_the_migration_makes_say_what_saving_a_profile_says(app: TestApp) {
        some(&app);
        let cards = || -> Vec<serde_json::Value> {
            let all = app.db().ask("SELECT card AS answer FROM directory_cards ORDER BY entry");
            all.iter().map(|card| serde_json::from_str(card).unwrap()).collect()
        };
        let saved = cards();
        assert_eq!(saved.len(), 3);
        let fill = app.db().statement("2026-11-27-000034_directory_cards", "INSERT INTO directory_cards");
        app.db().run("DELETE FROM directory_cards").unwrap();
        assert_eq!(app.db().run(&fill), Ok(3));
        assert_eq!(cards(), saved);
    }

    async fn a_place_is_a_city_a_country_or_a_city_there(app: TestApp) {
        some(&app);
        let marie = app.billing_admin().await;
        for (query, found) in [
            ("location=Lille", &[EMILE, NORDLYS][..]),
            ("location=lil", &[EMILE, NORDLYS]),
            ("location=Lille%2C+France", &[EMILE]),
            ("location=lille+belgique", &[NORDLYS]),
            ("location=Lille%2C+Norway", &[]),
            ("location=France", &[EMILE]),
            ("location=BELGIUM", &[NORDLYS, TESSERA]),
            ("location=saint+etienne", &[EMILE]),
            ("location=Luxembourg", &[TESSERA]),
            ("location=luxembourg%2C+belgium", &[TESSERA]),
            ("location=Drift", &[]),
        ] {
            assert_eq!(finds(&marie, query).await, found, "{query}");
        }
        let page = marie.opens("/partners?location=lille%2C+belgium").await;
        page.says("Lille, Belgium and 1 more place");
    }

    async fn filters_are_met_together_and_by_what_was_chosen_alone(app: TestApp) {
        some(&app);
        let marie = app.billing_admin().await;
        for (query, found) in [
            ("size=1000", &[NORDLYS, TESSERA][..]),
            ("size=1-49", &[EMILE]),
            ("size=50-249", &[]),
            ("kind=advises", &[NORDLYS]),
            ("kind=builds_apps&size=1000", &[TESSERA]),
            ("kind=builds_apps&size=1-49", &[]),
            ("language=fr", &[EMILE, TESSERA]),
            ("language=fr&location=belgium&q=timetab", &[TESSERA]),
            ("size=huge&kind=x&language=xx", &[EMILE, NORDLYS, TESSERA]),
        ] {
            assert_eq!(finds(&marie, query).await, found, "{query}");
        }
    }

    async fn where_nobody_is_found_the_page_says_what_to_drop(app: TestApp) {
        some(&app);
        let marie = app.billing_admin().await;
        let page = marie.opens("/partners?q=timetable&location=Norway&kind=builds_apps&partner=2500001").await;
        page.is(200).says("No partner matches all of this").says_no("Without Builds apps");
        assert_eq!(page.texts(".ways a"), ["Without “Norway” 1 partner"]);
        let found = marie.opens(&page.attributes(".ways a", "href")[0]).await;
        assert_eq!(names(&found), [TESSERA]);
        assert_eq!(found.texts(".pick"), ["Ém Émile & Fils"], "who was chosen stays chosen");
        let alone = marie.opens("/partners?q=zzzz").await;
        assert_eq!(alone.texts(".blank a"), ["Show all partners"]);
    }

    async fn who_is_hidden_suspended_or_unknown_is_nowhere_and_looks_alike(app: TestApp) {
        some(&app);
        let hidden = app.lists("2500004", "Hidden House", &Said { state: ProfileState::Hidden, ..Said::default() });
        let suspended = app.lists("2500005", "Suspended Sons", &Said::default());
        app.is_suspended(&suspended);
        let marie = app.billing_admin().await;
        let page = marie.opens(LIST).await;
        assert_eq!(names(&page), [EMILE, NORDLYS, TESSERA]);
        page.says("3 partners are in the directory");
        for query in ["q=hidden", "q=suspended", "q=2500005", "location=bergen"] {
            assert!(finds(&marie, query).await.is_empty(), "{query}");
        }
        let mut seen = Vec::new();
        for number in [hidden.number, suspended.number, "2599999"] {
            let page = marie.opens(&format!("{LIST}/{number}")).await;
            seen.push((page.is(404).html().replace(number, "N"), page.headers.len()));
            let chosen = marie.opens(&format!("{LIST}?partner={number}")).await;
            chosen.is(200);
            assert!(chosen.texts(".pick").is_empty(), "{number}");
        }
        assert!(seen.iter().all(|page| *page == seen[0]));
        for odd in ["x", "%25", "0", "2500001%00", "%F0%9F%92%A9", "../partners"] {
            assert!([400, 404].contains(&marie.opens(&format!("{LIST}/{odd}")).await.status), "{odd}");
        }
    }

    async fn choices_survive_pages_and_searches(app: TestApp) {
        for n in 0..55 {
            let number: &'static str = Box::leak(format!("26{n:05}").into_boxed_str());
            let name: &'static str = Box::leak(format!("Partner {n:02}").into_boxed_str());
            app.lists(number, name, &Said::default());
        }
        some(&app);
        let marie = app.billing_admin().await;
        let first = marie.opens("/partners?partner=2600001").await;
        assert_eq!(names(&first).len(), 50);
        first.says("58 partners are in the directory");
        assert_eq!(first.attributes(".result [checked]", "value"), ["2600001"]);
        // The form as a browser sends it: one box ticked more, and the button for the next page.
        let after = &first.attributes(".pager button[name=after]", "value")[0];
        let second = marie.opens(&format!("{LIST}?q=&location=&size=&kind=&language=&partner=2600001&partner=2600002&after={after}")).await;
        assert_eq!(names(&second).len(), 8);
        second.says("58 partners are in the directory");
        assert_eq!(second.texts(".pick"), ["Pa Partner 01", "Pa Partner 02"]);
        assert_eq!(second.attributes(".pick input[checked]", "value"), ["2600001", "2600002"]);
        // Another search with the same boxes.
        let other = marie.opens("/partners?q=emile&partner=2600001&partner=2500001").await;
        assert_eq!(other.attributes(".result [checked]", "value"), ["2500001"]);
        assert_eq!(other.attributes(".pick [checked]", "value"), ["2600001"]);
        assert_eq!(other.attributes("button[formaction]", "formaction"), ["/partners/contact"]);
        assert_eq!(other.texts("main form button")[0], "Find partners", "Enter searches");
        // No more than can be written to.
        let many: Vec<String> = (0..12).map(|n| format!("partner=26{n:05}")).collect();
        let page = marie.opens(&format!("{LIST}?q=emile&{}", many.join("&"))).await;
        page.says("You can contact 10 partners at once");
        assert_eq!(page.texts(".pick").len(), 10);
    }

    async fn of_more_than_are_counted_the_first_ones_by_name_are_shown(app: TestApp) {
        app.lists("2500009", "Original", &Said::default());
        app.is_copied("2500009", 1_200);
        let marie = app.billing_admin().await;
        let copies = |from: u32| (from..from + 50).map(|n| format!("Copy {n}")).collect::<Vec<_>>();
        for query in ["", "q=schools"] {
            let first = marie.opens(&format!("{LIST}?{query}")).await;
            first.is(200).says("1,000+ partners");
            assert_eq!(names(&first), copies(10_001), "{query}");
            let after = &first.attributes(".pager button[name=after]", "value")[0];
            let second = marie.opens(&format!("{LIST}?{query}&after={after}")).await;
            second.is(200).says("1,000+ partners");
            assert_eq!(names(&second), copies(10_051), "{query}");
        }
        // Of as many as are counted, the same ones. Words in the index without an entry find nobody.
        for table in ["directory_cards", "directory_entries"] {
            app.db().run(&format!("DELETE FROM {table} WHERE entry <= 9000200")).unwrap();
        }
        // The last of a page and the first of the next have one name: the later number comes later.
        app.db().run("UPDATE directory_entries SET name_folded = 'copy 10051' WHERE name_folded = 'copy 10050'").unwrap();
        let mut two = copies(10_001);
        two.extend(copies(10_051));
        two.swap(49, 50);
        for query in ["", "q=schools"] {
            let first = marie.opens(&format!("{LIST}?{query}")).await;
            first.is(200).says("1,000 partners");
            let after = &first.attributes(".pager button[name=after]", "value")[0];
            let second = marie.opens(&format!("{LIST}?{query}&after={after}")).await;
            assert_eq!([names(&first), names(&second)].concat(), two, "{query}");
        }
    }

    async fn odd_searches_are_answered(app: TestApp) {
        some(&app);
        let marie = app.billing_admin().await;
        let long = "a".repeat(10_000);
        let many = "a+".repeat(2_000);
        for odd in [
            "%25", "_", "%5C", "%22", "%27", "%27%27+OR+1%3D1", "*", "%22*%22", "(", ")", "a+AND+NOT+b", "NEAR(a+b)", "-a", "%5Ea", "words:a", "%3A*", "%26+%7C+!", "%E2%80%AE",
            "%EF%BF%BF", "%F0%9F%92%A9", "%CC%81%CC%81", "%EF%B7%BA", "(a%2B)%2B%24", "%0A", "%09", "%3D", "%3Dcity", &long, &many,
        ] {
            for field in ["q", "location", "size", "kind", "language", "partner", "unknown"] {
                let page = marie.opens(&format!("{LIST}?{field}={odd}")).await;
                assert!(page.status == 200, "{field}={}: {}", &odd[..odd.len().min(40)], page.status);
            }
        }
        for malformed in ["q=%00", "q=%ff", "q=%", "after=x", "after=AAAA"] {
            marie.opens(&format!("{LIST}?{malformed}")).await.is(400);
        }
    }

    async fn no_address_of_anybody_stands_in_the_directory(app: TestApp) {
        some(&app);
        app.is_listed(Persona::AdminAgent);
        let marie = app.billing_admin().await;
        for path in [LIST, "/partners?q=fjord", "/partners/2400011", "/partners/2500001", "/partners?partner=2400011&q=emile"] {
            let html = marie.opens(path).await.is(200).html();
            assert!(!html.contains('@') && !html.contains("private.example"), "{path}");
        }
    }

    async fn a_partners_page_has_everything_it_published(app: TestApp) {
        some(&app);
        let page = app.billing_admin().await.opens("/partners/2500002").await;
        let page = page.is(200);
        for said in [NORDLYS, "Runs accounts for municipalities.", "Manages and advises", "250 to 999", "1,000 or more", "Tromsø, Norway", "Lille, Belgium", "English and Norwegian", "Help desk", "2500002", "p2500002.example"] {
            page.says(said);
        }
        assert_eq!(page.form("Contact this partner").action, "/partners/contact");
        assert_eq!(page.form("Contact this partner").value("partner"), Some("2500002"));
    }

    async fn an_empty_directory_says_so(app: TestApp) {
        app.billing_admin().await.opens(LIST).await.is(200).says("The directory is empty");
    }
}

/// The form of a whole profile, with other fields over it.
fn fields<'a>(over: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let whole = [
        ("description", "Runs accounts."),
        ("keywords", "Schools, Devices"),
        ("help", "manages"),
        ("size", "50-249"),
        ("language", "fr"),
        ("city", "Bergen"),
        ("country", "NO"),
        ("contact", "requests@fjord.example"),
        ("step", "save"),
    ];
    let mut fields = whole.to_vec();
    fields.retain(|(name, _)| !over.iter().any(|(other, _)| other == name));
    fields.extend(over.iter().copied());
    fields
}

fn recorded(app: &TestApp) -> Vec<String> {
    app.db()
        .ask("SELECT kind AS answer FROM events WHERE kind LIKE 'directory.%' ORDER BY number")
}

on_both! {
    async fn a_profile_is_saved_previewed_published_and_hidden(app: TestApp) {
        let (astrid, marie) = (app.admin_agent().await, app.billing_admin().await);
        let page = astrid.opens(PROFILE).await;
        page.is(200).says("Hidden").says("Fjord Managed IT").says("2400011");
        assert!(!page.buttons().contains(&"Publish".to_owned()), "there is nothing to publish");
        // A preview keeps nothing.
        let before = app.db().everything();
        let page = astrid.posts(PROFILE, &fields(&[("step", "preview")])).await;
        assert!(page.is(200).texts("#preview").concat().contains("Runs accounts."));
        assert_eq!(app.db().everything(), before);
        // Room for one place more keeps nothing, either.
        let page = astrid.posts(PROFILE, &fields(&[("step", "more")])).await;
        assert_eq!(page.is(200).attributes("input[name=city]", "value"), ["Bergen", ""]);
        assert_eq!(app.db().everything(), before);

        let answer = astrid.posts(PROFILE, &fields(&[])).await;
        let page = astrid.opens(&answer.is(303).location()).await;
        page.says("Profile saved");
        assert_eq!(page.form("Save").value("contact"), Some("requests@fjord.example"));
        assert!(finds(&marie, "q=accounts").await.is_empty());
        let answer = astrid.presses(&page, "Publish", &[]).await;
        let page = astrid.opens(&answer.is(303).location()).await;
        page.says("Profile published");
        assert_eq!(finds(&marie, "q=accounts").await, ["Fjord Managed IT"]);
        // What is saved now shows at once, and what it replaced is found no more.
        let answer = astrid.posts(PROFILE, &fields(&[("description", "Answers users."), ("city", "Oslo"), ("country", "NO")])).await;
        answer.is(303);
        assert!(finds(&marie, "q=accounts").await.is_empty());
        assert!(finds(&marie, "location=bergen").await.is_empty());
        assert_eq!(finds(&marie, "q=answers&location=oslo").await, ["Fjord Managed IT"]);
        // The same once more is no change.
        astrid.posts(PROFILE, &fields(&[("description", "Answers users."), ("city", "Oslo"), ("country", "NO")])).await.is(303);
        let page = astrid.opens(PROFILE).await;
        let answer = astrid.presses(&page, "Hide", &[]).await;
        astrid.opens(&answer.is(303).location()).await.says("Profile hidden");
        assert!(finds(&marie, "").await.is_empty());
        astrid.posts("/partner/profile/publication", &[("state", "hidden")]).await.is(303);
        assert_eq!(recorded(&app), ["directory.profile_changed", "directory.published", "directory.profile_changed", "directory.hidden"]);
        let canonical = app.db().ask("SELECT canonical AS answer FROM events WHERE kind = 'directory.profile_changed'").concat();
        assert!(!canonical.contains("requests@") && !canonical.contains("Answers users"), "{canonical}");
        let page = astrid.opens(PROFILE).await;
        // The clock stands, so that the order of these is anybody's.
        assert_eq!(page.texts(".tl li").len(), 4);
        page.says("took Fjord Managed IT out of the directory");
        app.verified();
    }

    async fn a_mistaken_profile_comes_back_as_it_was_typed(app: TestApp) {
        let astrid = app.admin_agent().await;
        for (field, typed, words) in [
            ("description", "Write to sales@fjord.example", "Remove links and e-mail addresses from the description"),
            ("description", "See https://fjord.example", "Remove links and e-mail addresses from the description"),
            ("description", "A\u{202e}B", "Remove the character that can’t be seen from the description"),
            ("keywords", "a,b,c,d,e,f,g,h,i,j,k,l,m", "Enter at most 12 keywords"),
            ("keywords", "https://fjord.example", "Remove links and e-mail addresses from the keywords"),
            ("contact", "nobody", "Enter one e-mail address"),
            ("city", "", "Enter both the city and the country of each place"),
        ] {
            let page = astrid.posts(PROFILE, &fields(&[(field, typed)])).await;
            page.is(422).says(words);
            assert_eq!(page.texts("title")[0], "Error: Directory profile - Entente", "{field}");
            assert!(page.html().contains("Runs accounts.") || field == "description", "{field}");
        }
        assert_eq!(recorded(&app), Vec::<String>::new());
        astrid.posts(PROFILE, &fields(&[("size", "huge")])).await.is(400);
        astrid.posts(PROFILE, &fields(&[("name", "Other Name")])).await.is(400);
    }

    async fn what_customers_read_is_whole(app: TestApp) {
        let astrid = app.admin_agent().await;
        let half = [("contact", ""), ("description", ""), ("step", "publish")];
        let page = astrid.posts(PROFILE, &fields(&half)).await;
        page.is(422).says("Say what you do").says("Enter the e-mail address for requests");
        assert_eq!(recorded(&app), Vec::<String>::new(), "neither saved nor published");
        astrid.posts(PROFILE, &fields(&[("contact", "")])).await.is(303);
        let page = astrid.posts("/partner/profile/publication", &[("state", "published")]).await;
        page.is(422).says("Enter the e-mail address for requests");
        astrid.posts(PROFILE, &fields(&[("step", "publish")])).await.is(303);
        assert_eq!(recorded(&app).last().map(String::as_str), Some("directory.published"));
        let page = astrid.posts(PROFILE, &fields(&[("description", " ")])).await;
        page.is(422).says("Say what you do");
        assert_eq!(names(&app.billing_admin().await.opens(LIST).await), ["Fjord Managed IT"]);
    }

    async fn the_address_for_requests_is_in_the_partners_own_form_alone(app: TestApp) {
        app.is_listed(Persona::AdminAgent);
        app.admin_agent().await.opens(PROFILE).await.is(200).says_no("@");
        let page = app.admin_agent().await.opens(PROFILE).await;
        assert_eq!(page.form("Save").value("contact"), Some("requests@private.example"));
        assert!(!page.texts("#preview").concat().contains('@'));
        let address = app.state().db.read_here(|conn| Ok(entente::directory::contact_address(conn, app.world().p.id)?));
        assert_eq!(address.unwrap().as_deref(), Some("requests@private.example"));
        let listed = app.state().db.read_here(|conn| {
            let numbers = ["2400022", "2400011", "x", "2400011"].map(str::to_owned);
            entente::directory::listed(conn, &numbers)
        });
        let listed = listed.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].place, Some(("NO".into(), "Bergen".into())));
    }
}

async fn is_for_everybody(app: TestApp) {
    some(&app);
    for persona in Persona::ALL {
        let actor = if persona == Persona::Anonymous {
            Actor::new(&app, persona)
        } else {
            app.signed_in(persona).await
        };
        let page = actor.opens(LIST).await;
        assert_eq!(names(&page).len(), 3, "{persona:?}");
        assert!(page.links().iter().any(|link| link == LIST), "{persona:?}");
        let may = matches!(
            persona,
            Persona::Anonymous | Persona::Stranger | Persona::BillingAdmin | Persona::GlobalAdmin
        );
        assert_eq!(
            page.attributes(".tick", "value").len(),
            if may { 3 } else { 0 },
            "{persona:?}"
        );
        let page = actor.opens("/partners/2500001").await;
        let contact = page.is(200).html().contains("/partners/contact");
        assert_eq!(contact, may, "{persona:?}");
        actor.opens("/partners/2599999").await.is(404);
    }
    let french = Actor::new(&app, Persona::Anonymous);
    let page = french.opens("/partners?lang=fr&q=emile").await;
    page.is(200).says("1 partenaire correspond");
}

#[test]
fn a_public_directory_is_for_everybody_sqlite() {
    run_with(Backend::Sqlite, public, is_for_everybody);
}

#[test]
fn a_public_directory_is_for_everybody_postgres() {
    run_with(Backend::Postgres, public, is_for_everybody);
}

on_both! {
    async fn otherwise_it_is_for_a_customers_administrators(app: TestApp) {
        some(&app);
        let page = Actor::new(&app, Persona::Anonymous).opens("/partners?q=emile").await;
        assert!(page.is(303).location().starts_with("/sign-in"));
        let page = app.member().await.opens(LIST).await;
        page.is(403).says("Billing administrator");
        for persona in [Persona::AdminAgent, Persona::Operator] {
            let actor = app.signed_in(persona).await;
            actor.opens(LIST).await.is(404);
            let home = actor.follows("/").await;
            assert!(!home.links().iter().any(|link| link == LIST), "{persona:?}");
        }
        assert!(app.billing_admin().await.opens("/").await.links().iter().any(|link| link == LIST));
    }
}
