//! Pages: a template, a shell around it, a status.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use super::locale::Locale;
use crate::error::Error;

/// What every page knows of the installation.
#[derive(Debug, Clone)]
pub struct Site {
    public: url::Url,
    /// Who runs the installation, named at the foot of every page.
    pub operator: String,
    /// Whether the public address is https.
    pub https: bool,
}

impl Site {
    /// A site at a public address.
    #[must_use]
    pub fn new(public: url::Url, operator: String) -> Self {
        let https = public.scheme() == "https";
        Self {
            public,
            operator,
            https,
        }
    }

    /// The origin that browsers send from our pages.
    #[must_use]
    pub fn origin(&self) -> String {
        self.public.origin().ascii_serialization()
    }

    /// An absolute address of ours, for mails and the command line: from the configured public
    /// address alone, never from a request.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }
}

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

/// An avatar: initials on a tint.
#[derive(Debug, Clone)]
pub struct Avatar {
    /// One or two letters.
    pub letters: String,
    /// One of six tints.
    pub hue: u8,
}

impl Avatar {
    /// For a company: the first two letters of its name.
    #[must_use]
    pub fn company(name: &str) -> Self {
        let mut letters = name.chars().filter(|c| c.is_alphanumeric());
        let first = letters
            .next()
            .map(|c| c.to_uppercase().to_string())
            .unwrap_or_default();
        let second = letters
            .next()
            .map(|c| c.to_lowercase().to_string())
            .unwrap_or_default();
        Self {
            letters: first + &second,
            hue: hue(name),
        }
    }

    /// For a person: the first letters of the first and last name.
    #[must_use]
    pub fn person(name: &str) -> Self {
        let initial = |word: &str| {
            word.chars()
                .find(|c| c.is_alphanumeric())
                .map(|c| c.to_uppercase().to_string())
        };
        let mut words = name.split_whitespace();
        let first = words.next().and_then(initial).unwrap_or_default();
        let last = words.next_back().and_then(initial).unwrap_or_default();
        Self {
            letters: first + &last,
            hue: hue(name),
        }
    }
}

fn hue(name: &str) -> u8 {
    let sum = name.bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    u8::try_from(sum % 6 + 1).unwrap_or(1)
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
        self.path == path
            || path != "/" && path != "/partner" && self.path.starts_with(&format!("{path}/"))
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

/// HTML that was made safe when it was published, and is embedded byte for byte: what is shown is
/// what is hashed. Only a stored agreement becomes one.
#[derive(Debug, Clone)]
pub struct Published(String);

impl Published {
    /// The bytes of a text whose hash was checked; `None` for what isn't UTF-8.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Some(Self(std::str::from_utf8(bytes).ok()?.to_owned()))
    }

    /// Whether the text brings its own title.
    #[must_use]
    pub fn has_title(&self) -> bool {
        self.0.starts_with("<h1")
    }
}

impl std::fmt::Display for Published {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::FastWritable for Published {
    fn write_into(
        &self,
        dest: &mut dyn std::fmt::Write,
        _: &dyn askama::Values,
    ) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

impl askama::filters::HtmlSafe for Published {}

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
