//! A text, taken apart into blocks.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Block, Kind};

/// A text of an agreement as it was written: what a version's text in one language is kept with.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// Its title, which stands above it.
    pub title: &'a str,
    /// Its Markdown. The first heading of the first level is the title, and not read again.
    pub source: &'a str,
}

impl Document<'_> {
    /// The title and all blocks below it.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        let mut reader = Reader::default();
        reader.open(Kind::Heading(1));
        reader.text.push_str(self.title);
        reader.close();
        let mut title_seen = false;
        let mut inside = false;
        for event in Parser::new_ext(self.source, options) {
            match event {
                Event::Start(Tag::Heading { level, .. })
                    if level == HeadingLevel::H1 && !title_seen =>
                {
                    (title_seen, inside) = (true, true);
                }
                Event::End(TagEnd::Heading(HeadingLevel::H1)) if inside => inside = false,
                _ if inside => {}
                event => reader.read(event),
            }
        }
        reader.close();
        reader.blocks
    }
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The block that is being read.
    kind: Option<Kind>,
    text: String,
    /// The next number of each list that is open, innermost last; none where it has no numbers.
    lists: Vec<Option<u64>>,
    /// Where each link that is open leads, with the place in the text at which it began.
    links: Vec<(usize, String)>,
}

impl Reader {
    fn open(&mut self, kind: Kind) {
        self.close();
        self.kind = Some(kind);
    }

    /// Ends the block that is open, with white space made even; one without words is none.
    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        let kind = self.kind.take().unwrap_or(Kind::Paragraph);
        let text = match kind {
            Kind::Lines => text.trim_end().to_owned(),
            _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        if !text.is_empty() {
            self.blocks.push(Block { kind, text });
        }
        self.links.clear();
    }

    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text.push_str(&text),
            Event::Html(html) => without_tags(&html, " ", &mut self.text),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.text.push(' '),
            Event::InlineHtml(tag) => without_tags(&tag, "", &mut self.text),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::Rule => self.close(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.open(Kind::Heading(level as u8)),
            // The first paragraph of an item is the item itself.
            Tag::Paragraph if self.is_fresh_item() => {}
            Tag::Paragraph | Tag::HtmlBlock => self.open(Kind::Paragraph),
            Tag::List(first) => {
                self.close();
                self.lists.push(first);
            }
            Tag::Item => {
                let number = self.lists.last_mut().and_then(|next| {
                    let number = *next;
                    *next = number.map(|number| number.saturating_add(1));
                    number
                });
                self.open(Kind::Item(number));
            }
            Tag::TableHead | Tag::TableRow => self.open(Kind::Row),
            Tag::CodeBlock(_) => self.open(Kind::Lines),
            Tag::Strikethrough => self.text.push_str("~~"),
            Tag::Link { dest_url, .. } => {
                self.links.push((self.text.len(), dest_url.into_string()));
            }
            _ => {}
        }
    }

    fn is_fresh_item(&self) -> bool {
        matches!(self.kind, Some(Kind::Item(_))) && self.text.is_empty()
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => self.text.push_str(" | "),
            TagEnd::TableHead | TagEnd::TableRow => {
                let cells = self.text.strip_suffix(" | ").map(str::len);
                self.text.truncate(cells.unwrap_or(self.text.len()));
                self.close();
            }
            TagEnd::Strikethrough => self.text.push_str("~~"),
            TagEnd::Link => self.end_link(),
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock => self.close(),
            _ => {}
        }
    }

    /// Another target under the same words is a difference that has to be seen.
    fn end_link(&mut self) {
        let Some((start, target)) = self.links.pop() else {
            return;
        };
        let shown = self.text.get(start..).unwrap_or_default();
        let says_it = target == shown || target.strip_prefix("mailto:") == Some(shown);
        if !says_it && !target.is_empty() {
            self.text.push_str(" (");
            self.text.push_str(&target);
            self.text.push(')');
        }
    }
}

/// The words of raw HTML, with something in place of each tag: when a text is published, tags are
/// left out, or say only how the words are set.
fn without_tags(html: &str, instead: &str, into: &mut String) {
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                into.push_str(instead);
            }
            _ if !inside => into.push(c),
            _ => {}
        }
    }
}
