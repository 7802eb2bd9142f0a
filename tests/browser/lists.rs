//! Finding a partner in the list.

use super::{BILLING, Browser, COMPANY, LIST, run};

async fn names(browser: &Browser, query: &str) -> Vec<String> {
    browser.open(&format!("{LIST}?{query}")).await;
    browser.find("main h1").await;
    browser.texts(".row-link").await
}

#[test]
fn the_list_is_searched_and_filtered() {
    run(async |demo, browser| {
        browser.enter(demo.person(COMPANY, BILLING)).await;
        let everybody = names(browser, "").await;
        assert!(everybody.len() > 8, "{everybody:?}");

        // Folded: neither case nor accents count.
        browser.type_into("#q", "NUMERIQUE").await;
        browser.click("form[role='search'] .btn").await;
        browser.shows(".row-link", "Atelier Numérique").await;
        assert_eq!(browser.count(".row-link").await, 1);
        assert_eq!(
            browser
                .ask("return document.querySelector('#q').value")
                .await,
            "NUMERIQUE"
        );
        browser.click(".chips .chip[href]:has(.vh)").await;
        browser
            .until(
                "the search is gone",
                "return !location.search.includes('NUMERIQUE')",
            )
            .await;
        assert_eq!(browser.texts(".row-link").await, everybody);

        // By type and by status, through the form.
        for (field, value) in [("type", "advisor"), ("status", "ended")] {
            browser.open(LIST).await;
            browser
                .click(&format!("#{field} option[value='{value}']"))
                .await;
            let words = browser
                .text(&format!("#{field} option[value='{value}']"))
                .await;
            browser.click("form[role='search'] .btn").await;
            browser
                .until(
                    "it is filtered",
                    &format!("return location.search.includes('{value}')"),
                )
                .await;
            let rows = browser.texts("tr.row").await;
            assert!(!rows.is_empty() && rows.len() < everybody.len(), "{rows:?}");
            assert!(
                rows.iter().all(|row| row.contains(&words)),
                "{words}: {rows:?}"
            );
        }

        // By what matters most, each with one click.
        for (parameter, word) in [("reach=full", "Full control"), ("ends=30", "Ends soon")] {
            browser.open(LIST).await;
            browser.click(&format!(".chip[href*='{parameter}']")).await;
            browser
                .until(
                    "it is filtered",
                    &format!("return location.search.includes('{parameter}')"),
                )
                .await;
            let rows = browser.texts("tr.row").await;
            assert!(!rows.is_empty() && rows.len() < everybody.len(), "{rows:?}");
            assert!(
                rows.iter().all(|row| row.contains(word)),
                "{word}: {rows:?}"
            );
        }

        // None match, which is not the same as none yet.
        assert!(names(browser, "q=zzzz").await.is_empty());
        assert_eq!(browser.text(".blank h2").await, "No partner matches “zzzz”");
        browser.click(".blank .btn").await;
        browser
            .until("the filters are gone", "return location.search === ''")
            .await;
        assert_eq!(browser.texts(".row-link").await, everybody);
    });
}
