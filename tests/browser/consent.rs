//! Where somebody binds an organization: the notice is conspicuous, the act is unambiguous, and
//! what reaches furthest is named.

use serde::Deserialize;
use thirtyfour::Key;

use super::{BILLING, Browser, COMPANY, LIST, SCHOOL, run};

/// How the decision looks.
#[derive(Debug, Deserialize)]
struct Look {
    checked: bool,
    statement: String,
    button: String,
    /// The smallest of the two texts, in pixels.
    size: f64,
    /// The weakest of the two contrasts.
    contrast: f64,
    /// How far the words begin from the box.
    beside: f64,
    above: f64,
    /// How far the button is below the words.
    below: f64,
    overflow: f64,
}

/// Measures it. Colours are painted, so that it doesn't matter how they are written.
const MEASURE: &str = "
    const box = document.querySelector('#consent'), words = box.closest('label').querySelector('span');
    const button = document.querySelector(\"form[action$='/acceptance'] .btn-main\");
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const painted = colour => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data]; };
    const light = rgb => rgb.slice(0, 3).map(c => c / 255)
        .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = element => { for (let e = element; e; e = e.parentElement) {
        const colour = painted(getComputedStyle(e).backgroundColor); if (colour[3] === 255) return colour; }
        return painted('Canvas'); };
    const contrast = element => { const two = [light(painted(getComputedStyle(element).color)), light(ground(element))].sort();
        return (two[1] + 0.05) / (two[0] + 0.05); };
    const size = element => parseFloat(getComputedStyle(element).fontSize);
    const [b, w, p] = [box, words, button].map(element => element.getBoundingClientRect());
    return { checked: box.checked, statement: words.innerText, button: button.innerText,
        size: Math.min(size(words), size(button)), contrast: Math.min(contrast(words), contrast(button)),
        beside: w.left - b.right, above: w.top - b.top, below: p.top - w.bottom,
        overflow: document.documentElement.scrollWidth - innerWidth };";

async fn is_conspicuous(browser: &Browser, path: &str, button: &str) {
    for width in [320, 1280] {
        for scheme in ["light", "dark"] {
            browser.look(scheme, width).await;
            browser.open(path).await;
            browser.find("#consent").await;
            let look: Look = serde_json::from_value(browser.ask(MEASURE).await).unwrap();
            let what = format!("{path}, {scheme}, {width} px: {look:?}");
            assert!(!look.checked, "{what}");
            assert_eq!(look.button, button, "the button says what it does: {what}");
            assert!(
                look.statement.contains("Agreement") && look.statement.contains(SCHOOL),
                "{what}"
            );
            assert!(look.statement.contains("accept"), "{what}");
            assert!(look.size >= 16.0, "{what}");
            assert!(look.contrast >= 4.5, "{what}");
            assert!(
                (0.0..=24.0).contains(&look.beside) && look.above.abs() <= 24.0,
                "{what}"
            );
            assert!((0.0..=250.0).contains(&look.below), "{what}");
            assert!(look.overflow <= 0.0, "{what}");
        }
    }
}

#[test]
fn the_act_of_accepting_is_conspicuous_and_unambiguous() {
    run(async |demo, browser| {
        browser.enter(demo.person(SCHOOL, BILLING)).await;
        let invitation = demo.invitation(SCHOOL, "Fjord Managed IT", "open");
        is_conspicuous(browser, "/billing/agreement", "Accept").await;
        is_conspicuous(browser, &invitation.path(), "Accept & authorize").await;
        // On the narrowest of screens, by keys alone; the button without the box does nothing.
        browser.look("light", 320).await;
        browser.open(&invitation.path()).await;
        let button = "form[action$='/acceptance'] .btn-main";
        browser.tab_to(button).await;
        browser.press(Key::Enter).await;
        browser.focus_comes(".errors").await;
        browser.tab_to("#consent").await;
        browser.press(Key::Space).await;
        browser.tab_to(button).await;
        browser.press(Key::Enter).await;
        browser
            .shows(".said h2", "Fjord Managed IT can now work with you")
            .await;
    });
}

#[test]
fn full_control_is_never_preselected_and_is_named_wherever_it_is_asked_or_held() {
    run(async |demo, browser| {
        browser.enter(demo.person(COMPANY, BILLING)).await;
        let invitation = demo.invitation_for_everything(COMPANY, "open");
        browser.open(&invitation.path()).await;
        let main = browser.text("main").await;
        assert!(main.contains("This includes full control"), "{main}");
        assert!(main.contains("Global administrator"), "{main}");
        assert_eq!(
            browser
                .count("input:checked, option[value*='global']:checked")
                .await,
            0
        );
        browser.open("/billing/invitations").await;
        let list = browser.text("main").await;
        assert!(
            list.contains("Asks for full control") || list.contains("Full control"),
            "{list}"
        );
        browser.open(&format!("{LIST}?reach=full")).await;
        let rows = browser.texts("tr.row").await;
        assert!(
            !rows.is_empty() && rows.iter().all(|row| row.contains("Full control")),
            "{rows:?}"
        );
        browser.click(".row-link").await;
        browser.find("a[data-dialog='rm']").await;
        let partner = browser.text("main").await;
        assert!(
            partner.contains("Full control") && partner.contains("Global administrator"),
            "{partner}"
        );
    });
}
