//! One Chromium, driven like a person would.

use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    time::{Duration, Instant},
};

use futures_util::FutureExt;
use serde_json::{Value, json};
use thirtyfour::{LoggingPrefsLogLevel, prelude::*};

use super::{Demo, Person};

/// How long a page may take on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser, and the address of the program.
#[derive(Clone)]
pub struct Browser {
    driver: WebDriver,
    base: String,
}

/// Runs a test with a demo and a browser of its own, both of which end with it.
pub fn run(test: impl AsyncFnOnce(&Demo, &Browser)) {
    run_with(true, test);
}

/// The same, in a browser that runs no script.
pub fn run_without_script(test: impl AsyncFnOnce(&Demo, &Browser)) {
    run_with(false, test);
}

fn run_with(script: bool, test: impl AsyncFnOnce(&Demo, &Browser)) {
    let demo = Demo::start();
    drive(demo.at(""), script, async |browser| {
        test(&demo, browser).await;
    });
}

/// Runs a test with a browser over a program that serves elsewhere, at an address.
pub fn run_at(address: String, test: impl AsyncFnOnce(&Browser)) {
    drive(address, true, test);
}

fn drive(base: String, script: bool, test: impl AsyncFnOnce(&Browser)) {
    actix_web::rt::System::new().block_on(async {
        let browser = Browser::start(base, script).await;
        let tested = AssertUnwindSafe(test(&browser)).catch_unwind().await;
        if tested.is_err() {
            let page = browser.driver.source().await.unwrap_or_default();
            let at = browser.driver.current_url().await;
            eprintln!("the page at {at:?}:\n{page}");
        }
        browser.driver.quit().await.unwrap();
        if let Err(panic) = tested {
            resume_unwind(panic);
        }
    });
}

impl Browser {
    async fn start(base: String, script: bool) -> Self {
        let Ok(service) = std::env::var("ENTENTE_TEST_WEBDRIVER_URL") else {
            panic!("there is no WebDriver: run scripts/test");
        };
        let mut wanted = DesiredCapabilities::chrome();
        for flag in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-gpu-rasterization",
            "--disable-software-rasterizer",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=en-US",
            "--window-size=1280,900",
        ] {
            wanted.add_arg(flag).unwrap();
        }
        let content = json!({ "profile.managed_default_content_settings.javascript": 2 });
        if !script {
            wanted.add_experimental_option("prefs", content).unwrap();
        }
        let everything = LoggingPrefsLogLevel::All;
        wanted.set_browser_log_level(everything).unwrap();
        let driver = WebDriver::new(service, wanted).await.unwrap();
        Self { driver, base }
    }

    /// Opens a path.
    pub async fn open(&self, path: &str) {
        self.open_address(&format!("{}{path}", self.base)).await;
    }

    /// Opens an address.
    pub async fn open_address(&self, address: &str) {
        self.driver.goto(address).await.unwrap();
    }

    /// Forgets everybody, and signs a person in.
    pub async fn enter(&self, person: &Person) {
        self.forget().await;
        self.open("/sign-in").await;
        self.fill_sign_in(person).await;
        self.until(
            "the sign-in is over",
            "return location.pathname !== '/sign-in'",
        )
        .await;
    }

    /// Fills the sign-in form that is shown, and sends it.
    pub async fn fill_sign_in(&self, person: &Person) {
        self.type_into("#email", &person.email).await;
        self.type_into("#password", &person.password).await;
        self.click("main form .btn-main").await;
    }

    /// Signs out without a trace: the next page knows nobody.
    pub async fn forget(&self) {
        self.driver.delete_all_cookies().await.unwrap();
    }

    /// The first element of a selector, which may take a while to come.
    pub async fn find(&self, selector: &str) -> WebElement {
        self.driver
            .query(By::Css(selector))
            .wait(PATIENCE, Duration::from_millis(50))
            .first()
            .await
            .unwrap()
    }

    /// How many elements of a selector the page has now.
    pub async fn count(&self, selector: &str) -> usize {
        self.driver.find_all(By::Css(selector)).await.unwrap().len()
    }

    /// The text that an element shows, with plain spaces.
    pub async fn text(&self, selector: &str) -> String {
        plain(&self.find(selector).await.text().await.unwrap())
    }

    /// The texts that all elements of a selector show.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.driver.find_all(By::Css(selector)).await.unwrap() {
            texts.push(plain(&element.text().await.unwrap()));
        }
        texts
    }

    /// Waits until an element shows a text.
    #[track_caller]
    pub fn shows(&self, selector: &'static str, text: &'static str) -> impl Future<Output = ()> {
        let (browser, from) = (self.clone(), std::panic::Location::caller());
        async move {
            let script = format!(
                "const found = document.querySelector({}); return found && found.innerText",
                json!(selector)
            );
            let start = Instant::now();
            loop {
                let shown = browser.ask(&script).await;
                let shown = plain(shown.as_str().unwrap_or("nothing"));
                if shown == text {
                    return;
                }
                let late = start.elapsed() > PATIENCE;
                assert!(!late, "{from}: {selector} shows {shown:?}, not {text:?}");
                pause().await;
            }
        }
    }

    /// Waits until a script returns true.
    pub async fn until(&self, what: &str, script: &str) {
        let start = Instant::now();
        while self.ask(script).await != json!(true) {
            assert!(start.elapsed() < PATIENCE, "not so: {what}");
            pause().await;
        }
    }

    /// What a script returns, or null where the page was just leaving.
    pub async fn ask(&self, script: &str) -> Value {
        let answer = self.driver.execute(script, Vec::new()).await;
        answer.map_or(Value::Null, |found| found.json().clone())
    }

    /// What a script passes to its last argument, when it does.
    pub async fn ask_later(&self, script: &str) -> Value {
        let answer = self.driver.execute_async(script, Vec::new()).await;
        answer.unwrap().json().clone()
    }

    /// Clicks on an element.
    pub async fn click(&self, selector: &str) {
        self.find(selector).await.click().await.unwrap();
    }

    /// Types a text into a field.
    pub async fn type_into(&self, selector: &str, text: &str) {
        self.find(selector).await.send_keys(text).await.unwrap();
    }

    /// Presses keys, wherever focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let chain = self.driver.action_chain().send_keys(keys);
        chain.perform().await.unwrap();
    }

    /// Presses Tab until an element has focus.
    pub async fn tab_to(&self, selector: &str) {
        for _ in 0..150 {
            if self.has_focus(selector).await {
                return;
            }
            self.press(Key::Tab).await;
        }
        panic!("Tab never reaches {selector}");
    }

    /// Whether an element of a selector has focus.
    pub async fn has_focus(&self, selector: &str) -> bool {
        let script = format!("return document.activeElement.matches({})", json!(selector));
        self.ask(&script).await == json!(true)
    }

    /// Waits until an element of a selector has focus.
    pub async fn focus_comes(&self, selector: &str) {
        let script = format!("return document.activeElement.matches({})", json!(selector));
        self.until(&format!("{selector} has focus"), &script).await;
    }

    /// The path that is shown.
    pub async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().path().to_owned()
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        plain(&self.driver.title().await.unwrap())
    }

    /// The status with which the page came.
    pub async fn status(&self) -> u64 {
        let script = "return performance.getEntriesByType('navigation')[0].responseStatus";
        self.ask(script).await.as_u64().unwrap()
    }

    /// Says how the page is shown: colours, and the width of the window.
    pub async fn look(&self, scheme: &str, width: u32) {
        let tools = self.driver.cdp();
        let size =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        for (command, with) in [
            ("Emulation.setDeviceMetricsOverride", size),
            ("Emulation.setEmulatedMedia", media),
        ] {
            tools.send_raw(command, with).await.unwrap();
        }
        let seen = format!(
            "return innerWidth === {width} && matchMedia('(prefers-color-scheme: {scheme})').matches"
        );
        self.until("the page looks as it should", &seen).await;
    }

    /// Sends a command of Chromium's own protocol.
    pub async fn tell(&self, command: &str, with: Value) {
        self.driver.cdp().send_raw(command, with).await.unwrap();
    }

    /// What the browser warned of since it was last asked.
    pub async fn warnings(&self) -> Vec<String> {
        let entries = self.driver.browser_log().await.unwrap();
        let grave = entries
            .into_iter()
            .filter(|entry| matches!(entry.level.as_str(), "WARNING" | "SEVERE"));
        grave.map(|entry| entry.message).collect()
    }
}

async fn pause() {
    actix_web::rt::time::sleep(Duration::from_millis(50)).await;
}

/// A text with plain spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}
