//! `entente acceptance`.

use clap::Subcommand;

use super::{Context, Failure, out};
use crate::{domain::acceptance::RecordKind, evidence::export};

/// What can be done with acceptances.
#[derive(Debug, Subcommand)]
pub enum Acceptance {
    /// Writes every acceptance of the agreement: a JSON object on each line, or with --json one
    /// array. Holds personal data
    Export {
        /// Also the authorizations: invitations that were accepted
        #[arg(long)]
        authorizations: bool,
    },
}

impl Acceptance {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        let Self::Export { authorizations } = self;
        let db = context.existing()?;
        let mut first = true;
        let kinds: &[RecordKind] = if authorizations {
            &[RecordKind::Acceptance, RecordKind::Authorization]
        } else {
            &[RecordKind::Acceptance]
        };
        if context.json {
            out::text("[");
        }
        for kind in kinds {
            let mut after = None;
            loop {
                let batch = db.read_here(|conn| export::batch(conn, *kind, after))?;
                let Some((last, _)) = batch.last() else { break };
                after = Some(*last);
                for (_, record) in &batch {
                    match (context.json, std::mem::take(&mut first)) {
                        (true, true) => out::text(&format!("\n{record}")),
                        (true, false) => out::text(&format!(",\n{record}")),
                        (false, _) => out::line(&record.to_string()),
                    }
                }
            }
        }
        if context.json {
            out::line("\n]");
        }
        Ok(())
    }
}
