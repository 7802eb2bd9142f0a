//! An answer as a person sees it: words, links, forms.

use actix_web::http::header::HeaderMap;
use scraper::{ElementRef, Html, Selector};

/// An answer.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    /// What was asked for.
    pub asked: String,
}

/// A form of a page, filled in as it came.
#[derive(Debug, Clone)]
pub struct Form {
    pub action: String,
    pub method: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The fields, with others over them.
    pub fn with(&self, over: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut fields = self.fields.clone();
        fields.retain(|(name, _)| !over.iter().any(|(other, _)| other == name));
        fields.extend(over.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        fields
    }

    /// The value of a field.
    pub fn value(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.as_str())
    }
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

/// Text with its white space folded.
fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Page {
    /// The body as text.
    pub fn html(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn dom(&self) -> Html {
        Html::parse_document(&self.html())
    }

    /// A header's value; empty where there is none.
    pub fn header(&self, name: &str) -> String {
        self.all(name).into_iter().next().unwrap_or_default()
    }

    /// Every value of a header.
    pub fn all(&self, name: &str) -> Vec<String> {
        let values = self.headers.get_all(name);
        values
            .map(|value| value.to_str().unwrap().to_owned())
            .collect()
    }

    /// Where a redirect leads.
    pub fn location(&self) -> String {
        self.header("location")
    }

    /// Everything that can be read on the page.
    pub fn text(&self) -> String {
        self.texts("body").concat()
    }

    /// The words of each element that fits.
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.dom().select(&selector(css)).map(words).collect()
    }

    /// An attribute of each element that fits and has it.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let (dom, fits) = (self.dom(), selector(css));
        dom.select(&fits)
            .filter_map(|e| e.attr(name))
            .map(str::to_owned)
            .collect()
    }

    /// The heading.
    pub fn title(&self) -> String {
        self.texts("h1").join(" / ")
    }

    /// Where every link leads.
    pub fn links(&self) -> Vec<String> {
        self.attributes("a[href]", "href")
    }

    /// The words on all buttons.
    pub fn buttons(&self) -> Vec<String> {
        self.texts("button")
    }

    /// The form that a button sends.
    pub fn form(&self, button: &str) -> Form {
        let (dom, forms) = (self.dom(), selector("form"));
        for form in dom.select(&forms) {
            let pressed = form
                .select(&selector("button"))
                .find(|b| words(*b) == button);
            if let Some(pressed) = pressed {
                return read_form(form, pressed, &self.asked);
            }
        }
        panic!(
            "no button {button:?} on {} ({}), only {:?}",
            self.asked,
            self.status,
            self.buttons()
        );
    }

    /// Says the status with what the page says, where it is another than expected.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        let shown: String = String::from_utf8_lossy(&self.body)
            .chars()
            .take(6000)
            .collect();
        assert_eq!(self.status, status, "{}\n{shown}", self.asked);
        self
    }

    /// That these words can be read on the page.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(
            text.contains(words),
            "{} says no {words:?}:\n{text}",
            self.asked
        );
        self
    }

    /// That these words can't be read on the page.
    #[track_caller]
    pub fn says_no(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(
            !text.contains(words),
            "{} says {words:?}:\n{text}",
            self.asked
        );
        self
    }
}

fn read_form(form: ElementRef<'_>, pressed: ElementRef<'_>, asked: &str) -> Form {
    let path = asked.split_once(' ').map_or(asked, |(_, path)| path);
    let path = path.split('?').next().unwrap_or(path);
    let mut fields = Vec::new();
    for field in form.select(&selector("input[name], textarea[name], select[name]")) {
        let name = field.attr("name").unwrap_or_default().to_owned();
        let value = match (field.value().name(), field.attr("type")) {
            ("select", _) => {
                let chosen = field.select(&selector("option[selected]")).next();
                let chosen = chosen.or_else(|| field.select(&selector("option")).next());
                chosen.map(|o| o.attr("value").map_or_else(|| words(o), str::to_owned))
            }
            ("textarea", _) => Some(field.text().collect()),
            (_, Some("checkbox" | "radio")) => field
                .attr("checked")
                .map(|_| field.attr("value").unwrap_or("on").to_owned()),
            _ => Some(field.attr("value").unwrap_or_default().to_owned()),
        };
        if let Some(value) = value {
            fields.push((name, value));
        }
    }
    if let Some(name) = pressed.attr("name") {
        fields.push((
            name.to_owned(),
            pressed.attr("value").unwrap_or_default().to_owned(),
        ));
    }
    Form {
        action: form.attr("action").unwrap_or(path).to_owned(),
        method: form.attr("method").unwrap_or("get").to_ascii_lowercase(),
        fields,
    }
}

/// Says that the answer leads to sign in: nobody is.
#[track_caller]
pub fn is_signed_out(page: &Page) {
    page.is(303);
    assert!(
        page.location().starts_with("/sign-in"),
        "{}",
        page.location()
    );
}
