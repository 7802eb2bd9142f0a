//! What operators do with agreements: write, look at it, publish, throw away.

use chrono::TimeDelta;

use crate::support::{
    TestApp,
    cast::{Actor, Persona},
    db::difference,
    page::Page,
};

const LIST: &str = "/operator/agreements";
const SECOND: &str = "# Customer Agreement\n\nSecond text, in *four* words more.";

async fn oskar(app: &TestApp) -> Actor {
    app.signed_in(Persona::Operator).await
}

/// A draft, where it is and as it was opened.
struct Draft {
    at: String,
    page: Page,
}

/// Saves a draft by the form of a new version.
async fn drafts(by: &Actor, fields: &[(&str, &str)]) -> Page {
    let page = by.opens(&format!("{LIST}/new")).await;
    by.presses(page.is(200), "Save draft", fields).await
}

/// Saves a draft that is well, and opens it.
async fn drafted(by: &Actor, fields: &[(&str, &str)]) -> Draft {
    let mut all = vec![
        ("dated", "2026-11-20"),
        ("text-en", SECOND),
        ("text-fr", ""),
    ];
    all.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
    all.extend(fields);
    let saved = drafts(by, &all).await;
    let at = saved.is(303).location();
    let page = by.opens(&at).await;
    Draft { at, page }
}

/// Publishes a draft, through the question.
async fn publishes(by: &Actor, draft: &Draft) -> Page {
    let asks = by.opens(&format!("{}/publication", draft.at)).await;
    by.presses(asks.is(200), "Yes, publish it", &[]).await
}

on_both! {
    async fn an_operator_writes_a_version_looks_at_it_and_publishes_it(app: TestApp) {
        let oskar = oskar(&app).await;
        let marie = app.billing_admin().await;
        let draft = drafted(&oskar, &[("text-fr", "# Contrat client\n\nDeux mots."), ("changes-en", "Section 2 is new.\nNothing else."), ("note", "asked for by legal")]).await;
        draft.page.is(200).says("Draft: Customer Agreement").says("Second text, in four words more.")
            .says("Section 2 is new.").says("asked for by legal").says("6 words");
        assert!(draft.page.html().contains("Second text, in <em>four</em> words more."));
        oskar.copy().opens(&format!("{}?lang=fr", draft.at)).await.says("Brouillon : Contrat client");
        let changes = oskar.opens(&format!("{}/changes", draft.at)).await;
        changes.is(200).says("What the version of 20 November 2026 changes").says("Second text, in four words more.");
        assert!(changes.html().contains("<ins>"), "{}", changes.html());
        assert!(draft.page.links().contains(&format!("{}/changes", draft.at)));
        // Nobody else sees any of it.
        let id = draft.at.rsplit('/').next().unwrap().to_owned();
        let before = marie.opens("/billing/agreement").await;
        before.says_no("Section 2 is new.");
        marie.opens(&format!("/agreements/{id}")).await.is(404);
        oskar.opens(LIST).await.is(200).says("Draft, version of 20 November 2026").says("Open the draft");

        app.passes(TimeDelta::minutes(1));
        let done = publishes(&oskar, &draft).await;
        let version = oskar.opens(&done.is(303).location()).await;
        version.is(200).says("The version of 20 November 2026 is in force").says("In force").says("Number 2");
        let list = oskar.opens(LIST).await;
        list.says("Replaced").says_no("Open the draft");
        // The version is at the draft's place now, so that a second click finds it.
        assert!(oskar.opens(&draft.at).await.is(303).location().ends_with(&format!("/versions/{id}")));
        assert!(publish_again(&oskar, &draft).await.is(303).location().contains(&id));
        assert_eq!(app.db().count("SELECT count(*) FROM agreement_versions"), 2);
        marie.opens(&format!("/agreements/{id}?lang=en")).await.is(200).says("Second text");
        let kinds = app.db().ask("SELECT kind AS answer FROM events WHERE kind LIKE 'agreement.%' ORDER BY number");
        assert_eq!(kinds.iter().rev().take(2).rev().collect::<Vec<_>>(), ["agreement.drafted", "agreement.published"]);
        app.verified();
    }

    async fn what_is_published_is_what_was_looked_at(app: TestApp) {
        let oskar = oskar(&app).await;
        let draft = drafted(&oskar, &[]).await;
        let asks = oskar.opens(&format!("{}/publication", draft.at)).await;
        let edit = oskar.opens(&format!("{}/edit", draft.at)).await;
        let other = oskar.presses(&edit, "Save draft", &[("text-en", "# Customer Agreement\n\nOther words.")]).await;
        other.is(303);
        // The second tab still has the first words.
        let before = app.db().everything();
        oskar.presses(&asks, "Yes, publish it", &[]).await.is(409).says("The draft was changed meanwhile").says("Other words.");
        let late = oskar.presses(&edit, "Save draft", &[("text-en", "# Customer Agreement\n\nLate words.")]).await;
        late.is(409).says("The draft was changed meanwhile");
        assert!(late.html().contains("Late words."), "nothing typed is lost");
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
        // There is one draft for the same customers.
        assert!(oskar.opens(&format!("{LIST}/new")).await.is(303).location().starts_with(&draft.at));
        let second = oskar.posts(&format!("{LIST}/new"), &[("kind", "customer"), ("country", ""), ("dated", "2026-11-20"), ("note", ""), ("until", ""), ("text-en", SECOND), ("text-fr", "")]).await;
        second.is(409).says("There is a draft for these customers already");
        // Whose it is stays, also in the log, whatever a form says.
        let edit = oskar.opens(&format!("{}/edit", draft.at)).await;
        oskar.presses(&edit, "Save draft", &[("country", "DE")]).await.is(303);
        let told = app.db().ask("SELECT canonical AS answer FROM events WHERE kind = 'agreement.drafted' ORDER BY number");
        assert!(told.last().unwrap().contains("\"agreement\":\"customer\",\"country\":null"), "{told:?}");
        oskar.opens(LIST).await.says("Customer agreement · All countries").says_no("Germany");
    }

    async fn mistakes_are_told_beside_the_field_and_nothing_typed_is_lost(app: TestApp) {
        let oskar = oskar(&app).await;
        let well = [("dated", "2026-11-20"), ("text-en", SECOND), ("text-fr", "")];
        for (wrong, field, why) in [
            (("dated", "soon"), "dated", "Enter the day that the version counts from"),
            (("until", "2027-01-31"), "until", "Select the box above, or leave the day empty"),
            (("text-en", "No heading"), "text-en", "Begin with a heading"),
            (("text-en", "# A\u{200b}greement\n\nWords."), "text-en", "can’t be seen"),
            (("text-en", "# Heading alone"), "text-en", "Enter a text below the heading"),
            (("text-en", ""), "text-en", "Enter the text in at least one language"),
            (("changes-fr", "Nouveau"), "text-fr", "leave what changed empty as well"),
            (("changes-en", "a\u{202e}b"), "changes-en", "can’t be seen"),
        ] {
            let mut fields: Vec<(&str, &str)> = well.to_vec();
            fields.retain(|(name, _)| *name != wrong.0);
            fields.push(wrong);
            let before = app.db().everything();
            let page = drafts(&oskar, &fields).await;
            page.is(422).says(why);
            assert!(page.attributes(&format!("#{field}"), "aria-invalid").contains(&"true".to_owned()), "{field}");
            let form = page.form("Save draft");
            for (name, value) in &fields {
                assert_eq!(form.value(name).map(str::trim), Some(value.trim()), "{name}");
            }
            assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
        }
        let mut passed = well.to_vec();
        passed.extend([("material", "yes"), ("until", "2026-11-01")]);
        drafts(&oskar, &passed).await.is(422).says("Enter a day that is still to come");
        oskar.posts(&format!("{LIST}/new"), &[("dated", "2026-11-20"), ("role", "admin")]).await.is(400);
        // Of a kind that there isn't, nothing is written.
        for kind in ["", "nonsense", "Customer"] {
            let fields = [("kind", kind), ("dated", "2026-11-20"), ("text-en", "# A\n\nb")];
            oskar.posts(&format!("{LIST}/new"), &fields).await.is(400);
        }
    }

    async fn a_version_counts_from_its_day_and_not_before(app: TestApp) {
        let oskar = oskar(&app).await;
        let draft = drafted(&oskar, &[("dated", "2026-12-24")]).await;
        draft.page.is(200).says("It can’t be published as it is").says("counts from a later day");
        let before = app.db().everything();
        publishes(&oskar, &draft).await.is(422).says("counts from a later day");
        assert_eq!(difference(&before, &app.db().everything()), Vec::<String>::new());
        app.passes(TimeDelta::days(32));
        let oskar = app.signed_in(Persona::Operator).await;
        publishes(&oskar, &draft).await.is(303);
    }

    async fn a_draft_that_is_discarded_is_gone_and_the_log_keeps_its_fingerprint(app: TestApp) {
        let oskar = oskar(&app).await;
        let draft = drafted(&oskar, &[]).await;
        let asks = oskar.opens(&format!("{}/discard", draft.at)).await;
        let done = oskar.presses(asks.is(200), "Yes, discard the draft", &[]).await;
        oskar.opens(&done.is(303).location()).await.is(200).says("The draft was discarded");
        // The second click of a double one.
        oskar.presses(&asks, "Yes, discard the draft", &[]).await.is(303);
        oskar.opens(&draft.at).await.is(404);
        assert_eq!(app.db().count("SELECT count(*) FROM agreement_draft_texts"), 0);
        assert_eq!(app.db().count("SELECT count(*) FROM events WHERE kind = 'agreement.draft_discarded' AND canonical LIKE '%sha256%'"), 1);
        app.verified();
    }

    async fn a_country_has_an_agreement_of_its_own(app: TestApp) {
        let oskar = oskar(&app).await;
        let country = app.db().ask("SELECT country AS answer FROM tenants WHERE name = 'Hautmont School Group'");
        let text = "# Accord de groupe\n\nPour ce pays seul.";
        let draft = drafted(&oskar, &[("country", country[0].as_str()), ("text-fr", text), ("text-en", "")]).await;
        let marie = app.billing_admin().await;
        marie.presses(&marie.opens("/billing/agreement").await, "Accept", &[("consent", "yes")]).await.is(303);
        // What is no longer enough there is said before it is so.
        draft.page.says("All customers in this country are asked to accept it at once");
        let asks = oskar.opens(&format!("{}/publication", draft.at)).await;
        asks.is(200).says("No longer counts:").says("1 customer in this country accepted it").says_no("Replaced at once");
        oskar.opens(&format!("{}/changes", draft.at)).await.is(200).says("What the version of 20 November 2026 changes");
        publishes(&oskar, &draft).await.is(303);
        marie.opens("/billing/agreement").await.is(200).says("Accord de groupe");
        let elsewhere = app.db().ask("SELECT country AS answer FROM tenants WHERE name <> 'Hautmont School Group'");
        let olive = app.stranger().await;
        let page = olive.opens("/billing/agreement").await;
        if elsewhere[0] != country[0] {
            page.is(200).says_no("Accord de groupe");
        }
    }

    async fn a_long_agreement_can_be_typed_and_an_endless_one_is_refused(app: TestApp) {
        let oskar = oskar(&app).await;
        let long = format!("# Long\n\n{}", "word ".repeat(40_000));
        drafted(&oskar, &[("text-en", &long)]).await.page.is(200).says("40,000 words");
        let endless = format!("# Endless\n\n{}", "word ".repeat(260_000));
        let fields = [("kind", "customer"), ("country", "DE"), ("dated", "2026-11-20"), ("text-en", endless.as_str())];
        let answer = oskar.posts(&format!("{LIST}/new"), &fields).await;
        assert!(matches!(answer.status, 400 | 413), "{}", answer.status);
        // Other forms are as small as they were.
        let big = "x".repeat(70_000);
        oskar.posts("/settings/language", &[("language", &big)]).await.is(413);
    }
}

/// Sends the question of a draft that is published already.
async fn publish_again(by: &Actor, draft: &Draft) -> Page {
    by.posts(&format!("{}/publication", draft.at), &[("revision", "1")])
        .await
}
