//! One mail sent at once, past the outbox, to see whether the mail server can be used.

use askama::Template;
use uuid::Uuid;

use super::{
    again,
    message::{Head, Sender, message},
    smtp::{Smtp, Trouble},
};
use crate::{
    config::mail::MailServer,
    domain::{Instant, Language, email::Email},
    web::{site::Site, words::words},
    work::{delivery::Fault, outbox::Letter},
};

/// Why the trial failed.
#[derive(Debug, Clone)]
pub struct Failed {
    /// What it was doing, in a word: `setup`, `connect` or `send`.
    pub step: &'static str,
    /// Why.
    pub fault: Fault,
    /// What the server or the machine said to it.
    pub reason: String,
}

#[derive(Template)]
#[template(
    source = "<!doctype html><html lang=\"{{ language }}\"><title>{{ subject }}</title><p>{{ text }}</p></html>",
    ext = "html"
)]
struct Html<'a> {
    language: &'a str,
    subject: &'a str,
    text: &'a str,
}

/// Connects, encrypts, signs in, and hands one mail over.
///
/// # Errors
/// [`Failed`] says at which step and why.
pub async fn send(
    server: &MailServer,
    site: &Site,
    (to, language): (&Email, Language),
    now: Instant,
) -> Result<(), Failed> {
    let setup = |reason: String| Failed {
        step: "setup",
        fault: Fault::Other,
        reason,
    };
    let failed = |step| {
        move |trouble: Trouble| Failed {
            step,
            fault: trouble.fault,
            reason: again::reason(&trouble, None),
        }
    };
    let smtp = Smtp::new(server, site).map_err(setup)?;
    let sender = Sender::new(&site.operator, &server.from).map_err(setup)?;
    let message_id = format!("<trial-{}@entente>", Uuid::new_v4());
    let head = Head {
        recipient: to.as_str(),
        message_id: &message_id,
        date: now,
        attached: None,
    };
    let letter = letter(language, site).map_err(|error| setup(error.to_string()))?;
    let (envelope, bytes) = message(&sender, &head, letter).map_err(failed("send"))?;
    let mut connection = smtp.connect().await.map_err(failed("connect"))?;
    let sent = connection.send(&envelope, &bytes).await;
    connection.close().await;
    sent.map_err(failed("send"))
}

fn letter(language: Language, site: &Site) -> Result<Letter, askama::Error> {
    let words = words(language);
    let subject = words.get("mail-trial-subject").to_owned();
    let text = format!("{} {}", words.get("mail-trial-text"), site.origin());
    let html = Html {
        language: language.as_str(),
        subject: &subject,
        text: &text,
    };
    Ok(Letter {
        html: html.render()?,
        subject,
        text,
    })
}
