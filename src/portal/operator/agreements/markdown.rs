//! From the Markdown that a lawyer hands over to the bytes that are kept, hashed and shown.

use std::collections::HashSet;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

use crate::domain::{Language, text::deceives};

/// A text of a version, ready to be published.
#[derive(Debug, Clone)]
pub struct NewText {
    /// The language that it is written in.
    pub language: Language,
    /// The document's title.
    pub title: String,
    /// The Markdown as handed over.
    pub source: String,
    /// The HTML, cleaned once; never touched again.
    pub body: Vec<u8>,
    /// How long it is, in words.
    pub words: i32,
    /// What changed since the version before, for those who accept anew.
    pub changes: Option<String>,
}

/// Why a text can't be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MarkdownRefused {
    /// Neither a heading of the first level nor a title was given.
    #[error("has no heading of the first level (# Title) to take the title from")]
    Untitled,
    /// Nothing to read.
    #[error("has no text")]
    Empty,
    /// The title stands in sentences that people agree to, so that each of its characters is seen.
    #[error("has a character in its title that can't be seen")]
    Unseen,
}

/// Turns Markdown into a text. The first heading of the first level is the title and stands above
/// the body, not in it.
///
/// # Errors
/// [`MarkdownRefused`] where there is no title or nothing to read.
pub fn render(
    language: Language,
    source: &str,
    title: Option<&str>,
) -> Result<NewText, MarkdownRefused> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut heading: Option<String> = None;
    let mut inside = false;
    let mut kept = Vec::new();
    let mut words = 0;
    for event in Parser::new_ext(source, options) {
        match &event {
            Event::Start(Tag::Heading { level, .. })
                if *level == HeadingLevel::H1 && heading.is_none() =>
            {
                (inside, heading) = (true, Some(String::new()));
                continue;
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if inside => {
                inside = false;
                continue;
            }
            Event::Text(text) | Event::Code(text) if inside => {
                if let Some(heading) = &mut heading {
                    heading.push_str(text);
                }
            }
            Event::Text(text) | Event::Code(text) => words += text.split_whitespace().count(),
            _ => {}
        }
        if !inside {
            kept.push(event);
        }
    }
    let title = title.map(str::to_owned).or(heading);
    let title = title.map(|title| title.trim().to_owned());
    let title = title
        .filter(|title| !title.is_empty())
        .ok_or(MarkdownRefused::Untitled)?;
    if title.chars().any(deceives) {
        return Err(MarkdownRefused::Unseen);
    }
    if words == 0 {
        return Err(MarkdownRefused::Empty);
    }
    let mut html = String::new();
    push_html(&mut html, kept.into_iter());
    Ok(NewText {
        language,
        title,
        source: source.to_owned(),
        body: clean(&html).into_bytes(),
        words: i32::try_from(words).unwrap_or(i32::MAX),
        changes: None,
    })
}

/// Leaves what a document is made of, and nothing that runs, loads or styles.
fn clean(html: &str) -> String {
    let tags: HashSet<&str> = [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
    .into();
    ammonia::Builder::default()
        .tags(tags)
        .generic_attributes(HashSet::new())
        .url_schemes(["https", "http", "mailto"].into())
        .clean(html)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(source: &str) -> String {
        String::from_utf8(render(Language::En, source, None).unwrap().body).unwrap()
    }

    #[test]
    fn the_first_heading_is_the_title_and_words_are_counted_below_it() {
        let text = render(Language::En, "# The *Deal*\n\nOne two.\n\n## Three\n", None).unwrap();
        assert_eq!((text.title.as_str(), text.words), ("The Deal", 3));
        assert_eq!(text.body, b"<p>One two.</p>\n<h2>Three</h2>\n");
        let named = render(Language::Fr, "# Deal\n\nUn.", Some("Contrat")).unwrap();
        assert_eq!(named.title, "Contrat");
    }

    #[test]
    fn a_text_without_title_or_words_is_refused() {
        let refused = |source| render(Language::En, source, None).err();
        assert_eq!(refused("Only words."), Some(MarkdownRefused::Untitled));
        assert_eq!(refused("# Title\n"), Some(MarkdownRefused::Empty));
        for unseen in ["# A\u{202e}b\n\nWords.", "# A\u{200b}b\n\nWords."] {
            assert_eq!(refused(unseen), Some(MarkdownRefused::Unseen), "{unseen:?}");
        }
    }

    #[test]
    fn nothing_that_runs_or_loads_is_left() {
        let html = body(
            "# T\n\n<script>alert(1)</script>\n\n<p onclick=x() style=y class=z id=q>kept</p>\n\n\
             ![i](https://x.example/i.png)\n\n[l](javascript:alert(1)) <iframe src=x></iframe>",
        );
        for bad in [
            "script", "onclick", "style", "class", "id=", "<img", "iframe",
        ] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
        assert!(html.contains("<p>kept</p>"));
    }
}
