//! Text that is embedded byte for byte.

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
