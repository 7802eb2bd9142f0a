//! Pages: a template, a shell around it, a status.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

pub use super::{avatar::Avatar, published::Published, site::Site};

use super::locale::Locale;
use crate::error::Error;

/// Light or dark, where a person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The theme that a cookie or form names; nothing means that the system decides.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    /// The word in the cookie and the page.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// One entry of the navigation.
#[derive(Debug, Clone)]
pub struct NavLink {
    /// Where it leads.
    pub path: &'static str,
    /// The key of its words.
    pub key: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    /// How many wait there; nothing is shown for none.
    pub tally: i64,
}

/// Entries under one heading.
#[derive(Debug, Clone)]
pub struct NavGroup {
    /// The key of the heading; empty for none.
    pub key: &'static str,
    /// The entries.
    pub links: Vec<NavLink>,
}

/// Who is signed in and for whom, as the rail shows it.
#[derive(Debug, Clone)]
pub struct Who {
    /// The person's name.
    pub name: String,
    /// The person's avatar.
    pub avatar: Avatar,
    /// The key of the words for the highest role held.
    pub role_key: &'static str,
    /// The organization acted for.
    pub organization: String,
    /// Its avatar.
    pub organization_avatar: Avatar,
    /// The key of the words for the workspace.
    pub workspace_key: &'static str,
}

/// Everything around a page's own content: language, appearance, who, where, navigation.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Language and zone.
    pub l: Locale,
    /// The appearance chosen, if any.
    pub theme: Option<Theme>,
    /// Who is signed in.
    pub who: Option<Who>,
    /// What may be visited: built from the guards.
    pub nav: Vec<NavGroup>,
    /// The path of this page, without its query.
    pub path: String,
    /// The query, for the language link.
    pub query: String,
    /// Who runs the installation.
    pub operator: String,
    /// Whether mail is sent from here.
    pub mail: bool,
    /// The page says that something went wrong with a form.
    pub has_mistakes: bool,
}

impl Shell {
    /// The words of a key.
    #[must_use]
    pub fn t<'a>(&self, key: &'a str) -> &'a str {
        self.l.t(key)
    }

    /// The value of `data-theme`, or nothing.
    #[must_use]
    pub fn theme_word(&self) -> &'static str {
        self.theme.map_or("", Theme::as_str)
    }

    /// The other language, as a word.
    #[must_use]
    pub fn other_language(&self) -> &'static str {
        match self.l.language {
            crate::domain::Language::En => "fr",
            crate::domain::Language::Fr => "en",
        }
    }

    /// The address of this very page in the other language.
    #[must_use]
    pub fn other_language_link(&self) -> String {
        let rest: Vec<&str> = self
            .query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("lang="))
            .collect();
        let mut link = format!("{}?lang={}", self.path, self.other_language());
        for pair in rest {
            link.push('&');
            link.push_str(pair);
        }
        link
    }

    /// Whether an entry of the navigation is where the page belongs.
    #[must_use]
    pub fn is_at(&self, path: &str) -> bool {
        let holds = |path: &str| {
            let below = format!("{path}/");
            self.path == path || path != "/" && self.path.starts_with(&below)
        };
        let mut links = self.nav.iter().flat_map(|group| &group.links);
        // Of two entries that both hold the page, the one that says more of it.
        holds(path) && !links.any(|link| link.path.len() > path.len() && holds(link.path))
    }

    /// The application's version.
    #[must_use]
    pub const fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// Marks the page as one that answers a mistaken form.
    #[must_use]
    pub fn mistaken(mut self, mistaken: bool) -> Self {
        self.has_mistakes = mistaken;
        self
    }
}

/// Renders a page with status 200.
///
/// # Errors
/// A template that fails to render.
pub fn page(template: &impl Template) -> Result<HttpResponse, Error> {
    page_with(StatusCode::OK, template)
}

/// Renders a page with a status.
///
/// # Errors
/// A template that fails to render.
pub fn page_with(status: StatusCode, template: &impl Template) -> Result<HttpResponse, Error> {
    let body = template.render()?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .body(body))
}
