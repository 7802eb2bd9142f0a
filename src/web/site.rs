//! The installation, as every page and mail knows it.

/// What every page knows of the installation.
#[derive(Debug, Clone)]
pub struct Site {
    public: url::Url,
    /// Who runs the installation, named at the foot of every page.
    pub operator: String,
    /// Whether the public address is https.
    pub https: bool,
    /// Whether mail is sent from here.
    pub mail: bool,
    /// Whether everybody may read the directory of partners.
    pub directory_public: bool,
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
            mail: false,
            directory_public: false,
        }
    }

    /// The same site, saying whether mail is sent from it.
    #[must_use]
    pub fn with_mail(self, mail: bool) -> Self {
        Self { mail, ..self }
    }

    /// The same site, saying whether everybody may read the directory of partners.
    #[must_use]
    pub fn with_public_directory(self, directory_public: bool) -> Self {
        Self {
            directory_public,
            ..self
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
