//! The cast: people of every sort, each with a browser of their own.

use std::{cell::RefCell, collections::BTreeMap};

use actix_web::{
    cookie::Cookie,
    http::{Method, header},
    test::TestRequest,
};

use super::{
    app::TestApp,
    page::{Form, Page},
    seed::PASSWORD,
};

/// The sorts of people that the authorization matrix knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Persona {
    Anonymous,
    Stranger,
    Member,
    BillingAdmin,
    GlobalAdmin,
    AdminAgent,
    SalesAgent,
    HelpdeskAgent,
    OtherAgent,
    Operator,
}

impl Persona {
    pub const ALL: [Self; 10] = [
        Self::Anonymous,
        Self::Stranger,
        Self::Member,
        Self::BillingAdmin,
        Self::GlobalAdmin,
        Self::AdminAgent,
        Self::SalesAgent,
        Self::HelpdeskAgent,
        Self::OtherAgent,
        Self::Operator,
    ];

    /// The name in the published matrix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Stranger => "stranger",
            Self::Member => "member",
            Self::BillingAdmin => "billing_admin",
            Self::GlobalAdmin => "global_admin",
            Self::AdminAgent => "admin_agent",
            Self::SalesAgent => "sales_agent",
            Self::HelpdeskAgent => "helpdesk_agent",
            Self::OtherAgent => "other_agent",
            Self::Operator => "operator",
        }
    }
}

/// One person's browser.
pub struct Actor {
    app: TestApp,
    /// Which of the cast.
    pub persona: Persona,
    jar: RefCell<BTreeMap<String, String>>,
}

impl Actor {
    /// A browser without cookies.
    pub fn new(app: &TestApp, persona: Persona) -> Self {
        Self {
            app: app.clone(),
            persona,
            jar: RefCell::default(),
        }
    }

    /// Signs in through the form.
    pub async fn signs_in(&self, email: &str) -> Page {
        self.posts("/sign-in", &[("email", email), ("password", PASSWORD)])
            .await
    }

    /// The cookies as a browser would send them.
    pub fn cookies(&self) -> String {
        let jar = self.jar.borrow();
        let pairs: Vec<String> = jar.iter().map(|(k, v)| format!("{k}={v}")).collect();
        pairs.join("; ")
    }

    /// The value of one cookie.
    pub fn cookie(&self, name: &str) -> String {
        self.jar.borrow().get(name).cloned().unwrap_or_default()
    }

    /// Another browser with the same cookies: a second tab, or a thief.
    pub fn copy(&self) -> Self {
        Self {
            app: self.app.clone(),
            persona: self.persona,
            jar: RefCell::new(self.jar.borrow().clone()),
        }
    }

    /// The same session in a browser that remembers nothing else.
    pub fn with_session_alone(&self) -> Self {
        let other = self.copy();
        other
            .jar
            .borrow_mut()
            .retain(|name, _| name.contains("session"));
        other
    }

    /// Plants a cookie.
    pub fn plant(&self, name: &str, value: &str) {
        self.jar.borrow_mut().insert(name.into(), value.into());
    }

    /// Sends any request with the cookies, and keeps those that come back.
    pub async fn sends(&self, request: TestRequest) -> Page {
        let cookies = self.cookies();
        let request = if cookies.is_empty() {
            request
        } else {
            request.append_header((header::COOKIE, cookies))
        };
        let page = self.app.answer(request).await;
        for line in page.all("set-cookie") {
            let cookie = Cookie::parse(line.clone()).unwrap().into_owned();
            let gone = cookie
                .max_age()
                .is_some_and(actix_web::cookie::time::Duration::is_zero);
            let mut jar = self.jar.borrow_mut();
            if gone || cookie.value().is_empty() {
                jar.remove(cookie.name());
            } else {
                jar.insert(cookie.name().into(), cookie.value().into());
            }
        }
        page
    }

    /// `GET`.
    pub async fn opens(&self, path: &str) -> Page {
        self.sends(TestRequest::get().uri(path)).await
    }

    /// `GET`, and on through redirects.
    pub async fn follows(&self, path: &str) -> Page {
        let mut page = self.opens(path).await;
        for _ in 0..5 {
            if page.status != 303 {
                break;
            }
            page = self.opens(&page.location()).await;
        }
        page
    }

    /// `HEAD`.
    pub async fn heads(&self, path: &str) -> Page {
        self.sends(TestRequest::default().method(Method::HEAD).uri(path))
            .await
    }

    /// `POST` from one of our own pages.
    pub async fn posts(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.sends(post(path, fields).insert_header(("sec-fetch-site", "same-origin")))
            .await
    }

    /// Presses a button of a page: its form with what the page filled in, and `fields` over it.
    pub async fn presses(&self, page: &Page, button: &str, fields: &[(&str, &str)]) -> Page {
        let form = page.form(button);
        self.submits(&form, fields).await
    }

    /// Sends a form with what the page filled in, and `fields` over it.
    pub async fn submits(&self, form: &Form, fields: &[(&str, &str)]) -> Page {
        let fields = form.with(fields);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        if form.method == "post" {
            return self.posts(&form.action, &fields).await;
        }
        let query = serde_urlencoded::to_string(&fields).unwrap();
        self.opens(&format!("{}?{query}", form.action)).await
    }
}

/// A form as a browser encodes it, without saying where it comes from.
pub fn post(path: &str, fields: &[(&str, &str)]) -> TestRequest {
    TestRequest::post()
        .uri(path)
        .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
        .set_payload(serde_urlencoded::to_string(fields).unwrap())
}
