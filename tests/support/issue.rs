//! Later versions of the agreement, with what the operator tells of them.

use diesel::prelude::*;
use entente::{
    db::{DbConn, schema::*, types::Ts},
    domain::{Instant, TextId, VersionId},
    id::Id,
};
use sha2::{Digest, Sha256};

use super::app::TestApp;

/// A later version. What is left out is as in the first.
#[derive(Debug, Clone)]
pub struct Issue {
    pub number: i32,
    pub material: bool,
    pub until: Option<Instant>,
    /// The Markdown, in English and French.
    pub sources: [&'static str; 2],
    pub changes: [Option<&'static str>; 2],
}

impl Default for Issue {
    fn default() -> Self {
        Self {
            number: 2,
            material: true,
            until: None,
            sources: ["Sample", "Sample"],
            changes: [None, None],
        }
    }
}

impl TestApp {
    /// Publishes it, in place of the one before.
    pub fn issues(&self, issue: &Issue) -> VersionId {
        let (agreement, now) = (self.world().agreement, Ts::from(self.now()));
        let id: VersionId = Id::at(self.now());
        let write = |conn: &mut DbConn| {
            diesel::insert_into(agreement_versions::table)
                .values((
                    agreement_versions::id.eq(id),
                    agreement_versions::agreement_id.eq(agreement),
                    agreement_versions::number.eq(issue.number),
                    agreement_versions::dated.eq("2026-11-22"),
                    agreement_versions::state.eq("draft"),
                    agreement_versions::material.eq(issue.material),
                    agreement_versions::earlier_suffices_until.eq(issue.until.map(Ts::from)),
                    agreement_versions::created_at.eq(now),
                ))
                .execute(conn)?;
            let languages = [
                ("en", "Microsoft Customer Agreement"),
                ("fr", "Contrat client Microsoft"),
            ];
            for (at, (language, title)) in languages.into_iter().enumerate() {
                let body = format!("<p>{}</p>\n", issue.sources[at]);
                diesel::insert_into(agreement_texts::table)
                    .values((
                        agreement_texts::id.eq(TextId::at(self.now())),
                        agreement_texts::version_id.eq(id),
                        agreement_texts::language.eq(language),
                        agreement_texts::title.eq(title),
                        agreement_texts::source.eq(issue.sources[at]),
                        agreement_texts::media_type.eq("text/html; charset=utf-8"),
                        agreement_texts::body.eq(body.as_bytes()),
                        agreement_texts::sha256.eq(Sha256::digest(&body).to_vec()),
                        agreement_texts::words.eq(1),
                        agreement_texts::changes.eq(issue.changes[at]),
                    ))
                    .execute(conn)?;
            }
            let in_force = agreement_versions::table
                .filter(agreement_versions::agreement_id.eq(agreement))
                .filter(agreement_versions::state.eq("published"));
            diesel::update(in_force)
                .set((
                    agreement_versions::state.eq("superseded"),
                    agreement_versions::superseded_at.eq(now),
                ))
                .execute(conn)?;
            diesel::update(agreement_versions::table.find(id))
                .set((
                    agreement_versions::state.eq("published"),
                    agreement_versions::published_at.eq(now),
                ))
                .execute(conn)?;
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
        id
    }
}
