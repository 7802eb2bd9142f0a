//! The words that were agreed on, in French.

use super::{BILLING, COMPANY, LIST, SCHOOL, run};

#[test]
fn the_agreed_labels_are_there_in_french() {
    run(async |demo, browser| {
        browser.open("/sign-in?lang=fr").await;
        browser.click("main form .btn-main").await;
        browser.focus_comes(".errors").await;
        assert!(browser.title().await.starts_with("Erreur :"));
        browser.fill_sign_in(demo.person(SCHOOL, BILLING)).await;
        browser
            .until(
                "the sign-in is over",
                "return location.pathname !== '/sign-in'",
            )
            .await;
        assert_eq!(browser.count("html[lang='fr']").await, 1);

        let invitation = demo.invitation(SCHOOL, "Fjord Managed IT", "open");
        browser.open(&invitation.path()).await;
        browser
            .shows(
                "h1",
                "Fjord Managed IT souhaite travailler avec Hautmont School Group",
            )
            .await;
        assert_eq!(browser.count("html[lang='fr']").await, 1);
        let title = browser.title().await;
        assert!(
            title.starts_with("Accepter l’accord et autoriser le partenaire"),
            "{title}"
        );
        let accept = "form[action$='/acceptance'] .btn-main";
        assert_eq!(browser.text(accept).await, "Accepter et autoriser");
        let decline = "main .actions a[href$='/refusal']";
        assert_eq!(browser.text(decline).await, "Refuser l’invitation");
        let page = browser.text("main").await;
        for label in [
            "Revendeur et administrateur délégué",
            "Administrateur général",
            "Administrateur du support technique",
            "Contrat client",
        ] {
            assert!(page.contains(label), "{label} is missing:\n{page}");
        }

        browser.open("/billing/agreement").await;
        assert_eq!(browser.text(accept).await, "Accepter");

        // Whoever signs in next is asked again in which language.
        browser.forget().await;
        browser.open("/sign-in?lang=fr").await;
        browser.fill_sign_in(demo.person(COMPANY, BILLING)).await;
        browser
            .until(
                "the sign-in is over",
                "return location.pathname !== '/sign-in'",
            )
            .await;
        browser.open(LIST).await;
        browser.shows("h1", "Relations avec les partenaires").await;
        let menu = browser.text(".rail").await;
        assert!(menu.contains("Facturation"), "{menu}");
        let kinds = browser.texts("#type option").await.join("\n");
        for kind in [
            "Revendeur",
            "Administrateur délégué",
            "Revendeur et administrateur délégué",
            "Partenaire",
            "Conseiller",
            "Partenaire MPSA",
            "Partenaire métier",
        ] {
            assert!(
                kinds.lines().any(|line| line == kind),
                "{kind} is missing:\n{kinds}"
            );
        }

        browser.open(&format!("{LIST}?q=cobalt")).await;
        browser.click(".row-link").await;
        browser.shows("h1", "Cobalt Cloud Services").await;
        assert_eq!(
            browser.text("a[data-dialog='rm']").await,
            "Supprimer les rôles"
        );
        browser.click("a[data-dialog='rm']").await;
        browser.shows("#rm-h", "Supprimer les rôles ?").await;
        assert_eq!(
            browser.text("#rm [data-close]").await,
            "Non, garder les rôles"
        );
        assert_eq!(
            browser.text("#rm .btn-danger").await,
            "Oui, supprimer les rôles"
        );
    });
}
