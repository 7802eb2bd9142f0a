//! A letter as bytes: headers, a part of text and a part of HTML, to one address.

use std::time::SystemTime;

use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};

use super::smtp::Trouble;
use crate::{
    domain::{Instant, email::Email},
    work::{
        delivery::Fault,
        outbox::{Attached, Letter, Waiting},
    },
};

/// Says that no person wrote this, so that absences aren't told to us.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

/// Whom mail is from: the configured address, and a name beside it.
#[derive(Debug, Clone)]
pub struct Sender(Mailbox);

impl Sender {
    /// A sender. A name with control characters is left out: the library would panic.
    ///
    /// # Errors
    /// The address isn't one that mail can be sent from.
    pub fn new(name: &str, address: &Email) -> Result<Self, String> {
        let told = |trouble: Trouble| format!("mail_from: {}", trouble.detail);
        let address = mailbox(address).map_err(told)?;
        let name = name.trim();
        let named = !name.is_empty() && !name.chars().any(char::is_control);
        let name = named.then(|| name.to_owned());
        Ok(Self(Mailbox::new(name, address)))
    }
}

/// What stands above a letter.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The one address that it goes to.
    pub recipient: &'a str,
    /// The Message-ID that it has for ever.
    pub message_id: &'a str,
    /// When it was written.
    pub date: Instant,
    /// The file that goes with it.
    pub attached: Option<&'a Attached>,
}

impl<'a> Head<'a> {
    /// The head of a mail that waits.
    #[must_use]
    pub fn of(waiting: &'a Waiting) -> Self {
        Self {
            recipient: &waiting.recipient,
            message_id: &waiting.message_id,
            date: waiting.created_at,
            attached: waiting.attached.as_ref(),
        }
    }
}

/// An address as the library has it, with the domain as the network spells it.
fn mailbox(email: &Email) -> Result<Address, Trouble> {
    let local = email
        .as_str()
        .rsplit_once('@')
        .map_or("", |(local, _)| local);
    Address::new(local, email.domain()).map_err(|error| unsendable(Fault::Address, &error))
}

fn unsendable(fault: Fault, error: &dyn std::fmt::Display) -> Trouble {
    Trouble {
        fault,
        detail: error.to_string(),
        ends_connection: false,
        is_final: true,
    }
}

/// The letter and its envelope. The same mail has the same Message-ID and date however often it is
/// made.
///
/// # Errors
/// [`Trouble`] that is final: one address alone is written to, and a subject is one line.
pub fn message(
    sender: &Sender,
    head: &Head<'_>,
    letter: Letter,
) -> Result<(Envelope, Vec<u8>), Trouble> {
    let to = Email::parse(head.recipient).map_err(|e| unsendable(Fault::Address, &e))?;
    let to = mailbox(&to)?;
    if letter.subject.chars().any(char::is_control) {
        return Err(unsendable(
            Fault::Unwritten,
            &"the subject has a control character",
        ));
    }
    let Sender(from) = sender;
    let envelope = Envelope::new(Some(from.email.clone()), vec![to.clone()]);
    let envelope = envelope.map_err(|error| unsendable(Fault::Address, &error))?;
    let words = MultiPart::alternative_plain_html(letter.text, letter.html);
    let parts = match head.attached {
        None => words,
        Some(attached) => MultiPart::mixed()
            .multipart(words)
            .singlepart(file(attached)?),
    };
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(letter.subject)
        .date(SystemTime::from(head.date))
        .message_id(Some(head.message_id.to_owned()))
        .header(AutoSubmitted)
        .multipart(parts)
        .map_err(|error| unsendable(Fault::Unwritten, &error))?;
    Ok((envelope, message.formatted()))
}

/// A file as a part of the message: as bytes, so that no way changes its line ends.
fn file(attached: &Attached) -> Result<SinglePart, Trouble> {
    let kind = ContentType::parse(attached.kind);
    let kind = kind.map_err(|error| unsendable(Fault::Unwritten, &error))?;
    Ok(Attachment::new(attached.name.clone()).body(attached.bytes.clone(), kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(recipient: &str) -> Head<'_> {
        Head {
            recipient,
            message_id: "<one@entente>",
            date: "2026-11-22T10:00:00Z".parse().unwrap(),
            attached: None,
        }
    }

    fn letter(subject: &str) -> Letter {
        Letter {
            subject: subject.into(),
            text: "Rôles retirés".into(),
            html: "<p>Rôles retirés</p>".into(),
        }
    }

    fn sender(name: &str) -> Sender {
        Sender::new(name, &Email::parse("entente@example.org").unwrap()).unwrap()
    }

    #[test]
    fn a_mail_has_the_same_id_and_date_whenever_it_is_made_and_both_parts() {
        for _ in 0..2 {
            let (envelope, bytes) = message(
                &sender("Exemple"),
                &head("a@Bücher.example"),
                letter("Sujet"),
            )
            .unwrap();
            let text = String::from_utf8(bytes).unwrap();
            assert_eq!(envelope.to().len(), 1);
            assert_eq!(envelope.to()[0].to_string(), "a@xn--bcher-kva.example");
            for line in [
                "Message-ID: <one@entente>",
                "Date: Sun, 22 Nov 2026 10:00:00 +0000",
                "Auto-Submitted: auto-generated",
                "Content-Type: text/plain",
                "Content-Type: text/html",
            ] {
                assert!(text.contains(line), "{line}: {text}");
            }
        }
    }

    #[test]
    fn neither_lists_nor_lines_become_recipients_or_headers_and_nothing_panics() {
        for list in [
            "a@x.example,b@x.example",
            "a@x.example;b@x.example",
            "friends: a@x.example, b@x.example;",
            "a@x.example\r\nBcc: b@x.example",
            "A <a@x.example>",
            "\"<b>x</b>\"@f.example",
            "",
        ] {
            let refused = message(&sender("x"), &head(list), letter("x")).unwrap_err();
            assert_eq!(
                (refused.fault, refused.is_final),
                (Fault::Address, true),
                "{list}"
            );
        }
        let refused = message(
            &sender("x"),
            &head("a@x.example"),
            letter("a\r\nBcc: b@x.example"),
        );
        assert_eq!(refused.unwrap_err().fault, Fault::Unwritten);
        for name in ["Evil\r\nBcc: b@x.example", "a\nb", "a\0b"] {
            let (_, bytes) = message(&sender(name), &head("a@x.example"), letter("x")).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            assert!(
                !text.contains("Bcc") && text.contains("From: entente@example.org"),
                "{text}"
            );
        }
    }
}
