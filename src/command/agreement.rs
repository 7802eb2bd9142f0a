//! `entente agreement`.

mod written;

use clap::{Args, Subcommand};
use serde_json::json;
use sha2::{Digest, Sha256};

use self::written::Written;
use super::{Context, Failure, out};
use crate::{
    db::DbConn,
    domain::{
        Language,
        agreement::{AgreementKind, Which},
        country::Country,
    },
    error::Error,
    evidence::chain::EventActor,
    portal::operator::agreements::{
        markdown::NewText,
        store::{
            drafting,
            drafts::{self, Draft, DraftRefused},
            list,
            publish::{self, NewVersion, Published},
        },
    },
};

/// What can be done with the agreement.
#[derive(Debug, Subcommand)]
pub enum Agreement {
    /// Keeps a version that nobody can accept yet, in place of the draft that there is
    Draft(Written),
    /// Lists every version, and what is being written
    List,
    /// Prints the draft as it would be published
    Preview(Whose),
    /// Publishes a version, which takes the place of the one in force and never changes
    Publish {
        /// The draft that is kept [default: what the other options say]
        #[arg(long, conflicts_with_all = ["dated", "texts", "titles", "changes", "material", "earlier_suffices_until", "note"])]
        draft: bool,
        #[command(flatten)]
        written: Written,
    },
    /// Throws the draft away
    Discard(Whose),
}

/// Which agreement it is.
#[derive(Debug, Args)]
pub struct Whose {
    /// What the agreement is about: customer
    #[arg(long, default_value_t = AgreementKind::Customer)]
    kind: AgreementKind,
    /// The country whose tenants it is for [default: all that have none of their own]
    #[arg(long)]
    country: Option<Country>,
}

impl Agreement {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Draft(written) if !written.titles.is_empty() => Err(Failure::told(
                "--title: a draft takes its titles from the first headings (# Title)",
            )),
            Self::Draft(written) => draft(context, &written.version()?),
            Self::List => list(context),
            Self::Preview(whose) => preview(context, &whose.into()),
            Self::Publish { draft, written } if draft => {
                publish_draft(context, &written.whose.into())
            }
            Self::Publish { written, .. } => publish(context, &written.version()?),
            Self::Discard(whose) => discard(context, &whose.into()),
        }
    }
}

impl From<Whose> for Which {
    fn from(Whose { kind, country }: Whose) -> Self {
        Self { kind, country }
    }
}

const BY: EventActor = EventActor::CommandLine;

/// The draft of an agreement.
fn kept(conn: &mut DbConn, which: &Which) -> Result<Draft, Error> {
    match drafts::of(conn, which)? {
        Some(id) => drafts::one(conn, id),
        None => Err(Error::Refused("there is no draft".into())),
    }
}

fn refused(refused: DraftRefused) -> Error {
    Error::Refused(refused.to_string())
}

fn draft(context: &Context, new: &NewVersion) -> Result<(), Failure> {
    let now = context.now();
    let kept = context.db()?.write_here(|conn| {
        let id = match drafts::of(conn, &new.of)? {
            Some(id) => {
                let revision = drafts::one(conn, id)?.revision;
                drafting::change(conn, &BY, (id, revision), new, now)?.map_err(refused)?;
                id
            }
            None => drafting::add(conn, &BY, new, now)?.map_err(refused)?,
        };
        drafts::one(conn, id)
    });
    let kept = kept.map_err(Failure::of("--text"))?;
    told(context, &kept, "Kept as a draft");
    Ok(())
}

fn preview(context: &Context, which: &Which) -> Result<(), Failure> {
    let kept = context.db()?.read_here(|conn| kept(conn, which));
    let kept = kept.map_err(Failure::of("--country"))?;
    told(context, &kept, "Would be published");
    if !context.json {
        for text in &kept.version.texts {
            out::line(&format!(
                "\n--- {} ---\n\n{}",
                text.language,
                text.source.trim_end()
            ));
        }
    }
    Ok(())
}

fn told(context: &Context, draft: &Draft, what: &str) {
    let (terms, texts) = (draft.version.terms, &draft.version.texts);
    let hash = |text: &NewText| hex::encode(Sha256::digest(&text.body));
    let facts = json!({
        "draft": draft.id,
        "kind": draft.version.of.kind,
        "country": draft.version.of.code(),
        "dated": terms.dated.to_string(),
        "material": terms.material,
        "earlier_suffices_until": terms.earlier_suffices_until,
        "note": draft.version.note,
        "texts": texts.iter().map(|text| json!({
            "language": text.language,
            "title": text.title,
            "sha256": hash(text),
            "words": text.words,
            "changes": text.changes,
            "source": text.source,
        })).collect::<Vec<_>>(),
    });
    let rows = texts
        .iter()
        .map(|text| row(text.language, &text.title, text.words, hash(text)));
    let asks = match (terms.material, terms.earlier_suffices_until) {
        (false, _) => "nobody who accepted an earlier version".to_owned(),
        (true, None) => "everybody, at once".to_owned(),
        (true, Some(until)) => format!("everybody, until {until}"),
    };
    let table = out::table(&TEXTS, &rows.collect::<Vec<_>>());
    let words = format!(
        "{what}: dated {}, asks {asks} ({}).\n\n{table}",
        terms.dated, draft.id
    );
    context.say(&facts, &words);
}

const TEXTS: [&str; 4] = ["Language", "Title", "Words", "SHA-256"];

fn row(language: Language, title: &str, words: i32, hash: String) -> Vec<String> {
    vec![
        language.to_string(),
        title.to_owned(),
        words.to_string(),
        hash,
    ]
}

fn publish(context: &Context, new: &NewVersion) -> Result<(), Failure> {
    let now = context.now();
    let published = context
        .db()?
        .write_here(|conn| publish::publish(conn, &BY, new, now));
    say_published(context, &published.map_err(Failure::of("--text"))?);
    Ok(())
}

fn publish_draft(context: &Context, which: &Which) -> Result<(), Failure> {
    let now = context.now();
    let published = context.db()?.write_here(|conn| {
        let kept = kept(conn, which)?;
        drafting::publish(conn, &BY, (kept.id, kept.revision), now)?.map_err(refused)
    });
    say_published(context, &published.map_err(Failure::of("--draft"))?);
    Ok(())
}

fn say_published(context: &Context, published: &Published) {
    let texts = published.texts.iter();
    let rows = texts.map(|text| row(text.language, &text.title, text.words, text.sha256.clone()));
    let table = out::table(&TEXTS, &rows.collect::<Vec<_>>());
    let anew = match published.asked_anew {
        0 => String::new(),
        count => format!(
            "\n\nCustomers in this country who accepted the agreement of all others, and are now \
             asked to accept this one: {count}."
        ),
    };
    let words = format!(
        "Published version {}, dated {} ({}).\n\n{table}{anew}",
        published.number, published.dated, published.version
    );
    context.say(&json!(published), &words);
}

fn discard(context: &Context, which: &Which) -> Result<(), Failure> {
    let now = context.now();
    let gone = context.db()?.write_here(|conn| {
        let kept = kept(conn, which)?;
        drafting::discard(conn, &BY, kept.id, now)?;
        Ok(kept.id)
    });
    let gone = gone.map_err(Failure::of("--country"))?;
    context.say(&json!({ "discarded": gone }), "The draft was discarded.");
    Ok(())
}

fn list(context: &Context) -> Result<(), Failure> {
    let read = context
        .db()?
        .read_here(|conn| Ok((list::all(conn)?, drafts::all(conn)?)));
    let (versions, drafts) = read?;
    let facts = json!({
        "versions": versions.iter().map(|one| json!({
            "version": one.id,
            "kind": one.kind,
            "country": one.country,
            "number": one.number,
            "dated": one.dated,
            "state": one.state.as_str(),
            "material": one.material,
            "earlier_suffices_until": one.earlier_suffices_until,
            "languages": one.languages,
            "published_at": one.published_at,
        })).collect::<Vec<_>>(),
        "drafts": drafts.iter().map(|one| json!({
            "draft": one.id,
            "kind": one.version.of.kind,
            "country": one.version.of.code(),
            "dated": one.version.terms.dated.to_string(),
        })).collect::<Vec<_>>(),
    });
    let country = |code: Option<&str>| code.unwrap_or("all others").to_owned();
    let mut rows: Vec<Vec<String>> = versions
        .iter()
        .map(|one| {
            vec![
                one.kind.to_string(),
                country(one.country.as_deref()),
                one.number.to_string(),
                one.dated.clone(),
                one.state.to_string(),
                one.id.to_string(),
            ]
        })
        .collect();
    rows.extend(drafts.iter().map(|one| {
        vec![
            one.version.of.kind.to_string(),
            country(one.version.of.code()),
            String::new(),
            one.version.terms.dated.to_string(),
            "draft".to_owned(),
            one.id.to_string(),
        ]
    }));
    let words = if rows.is_empty() {
        "No agreement was published yet.".to_owned()
    } else {
        out::table(
            &["Kind", "Country", "Number", "Dated", "State", "Id"],
            &rows,
        )
    };
    context.say(&facts, &words);
    Ok(())
}
