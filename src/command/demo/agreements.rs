//! The sample agreement, in two versions.

use chrono::TimeDelta;

use crate::{
    db::DbConn,
    domain::{
        Instant, Language,
        agreement::{AgreementKind, Terms, Which},
    },
    error::Error,
    evidence::chain::EventActor,
    portal::operator::agreements::{
        markdown::{NewText, render},
        store::{
            drafting,
            publish::{self, NewVersion},
        },
    },
};

const ENGLISH: &str = include_str!("agreement.en.md");
const FRENCH: &str = include_str!("agreement.fr.md");
/// What the second version adds begins here, in both languages.
const ADDED: &str = "\n## 11.";

/// What the second version says of itself.
const fn changes(language: Language) -> &'static str {
    match language {
        Language::En => {
            "Section 11 is new: what partners may keep doing after their roles end.\n\
             Nothing else has changed."
        }
        Language::Fr => {
            "L’article 11 est nouveau : ce que les partenaires peuvent continuer à faire une fois \
             leurs rôles terminés.\nRien d’autre ne change."
        }
    }
}

/// What the draft says of itself.
const fn corrects(language: Language) -> &'static str {
    match language {
        Language::En => "Section 10 reads better. Nothing else has changed.",
        Language::Fr => "L’article 10 est plus clair. Rien d’autre ne change.",
    }
}

/// The customer agreement of all countries.
const fn of_all() -> Which {
    Which {
        kind: AgreementKind::Customer,
        country: None,
    }
}

/// A draft that corrects a word, and waits for its day.
pub(super) fn draft(conn: &mut DbConn, at: Instant) -> Result<(), Error> {
    let text = |language, source: &str| -> Result<NewText, Error> {
        let text = render(language, source, None).map_err(Error::internal)?;
        Ok(NewText {
            changes: Some(corrects(language).to_owned()),
            ..text
        })
    };
    let english = ENGLISH.replace(
        "first try to settle a dispute by talking",
        "first talk to settle a dispute",
    );
    let new = NewVersion {
        of: of_all(),
        terms: Terms {
            dated: (at + TimeDelta::days(21)).date_naive(),
            material: false,
            earlier_suffices_until: None,
        },
        note: Some("Read by legal; waits for its day".to_owned()),
        texts: vec![text(Language::En, &english)?, text(Language::Fr, FRENCH)?],
    };
    let kept = drafting::add(conn, &EventActor::CommandLine, &new, at)?;
    kept.map(drop).map_err(Error::internal)
}

/// Publishes a version at a time. The first one lacks what the second one adds.
pub(super) fn publish(conn: &mut DbConn, at: Instant, first: bool) -> Result<(), Error> {
    let text = |language, source: &str| -> Result<NewText, Error> {
        let end = source.find(ADDED).filter(|_| first);
        let source = end.and_then(|end| source.get(..end)).unwrap_or(source);
        let text = render(language, source, None).map_err(Error::internal)?;
        let changes = (!first).then(|| changes(language).to_owned());
        Ok(NewText { changes, ..text })
    };
    let new = NewVersion {
        of: of_all(),
        terms: Terms {
            dated: (at - TimeDelta::days(2)).date_naive(),
            material: true,
            earlier_suffices_until: (!first).then(|| at + TimeDelta::days(30)),
        },
        note: None,
        texts: vec![text(Language::En, ENGLISH)?, text(Language::Fr, FRENCH)?],
    };
    publish::publish(conn, &EventActor::CommandLine, &new, at).map(drop)
}
