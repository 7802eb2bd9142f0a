//! `entente audit`.

use clap::Subcommand;
use serde_json::json;

use super::{Context, Failure, out};
use crate::evidence::verify::verify;

/// What can be done with the chains of events.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Checks every event, acceptance and authorization; exits with 1 where something was changed
    Verify,
}

impl Audit {
    pub(super) fn run(self, context: &Context) -> Result<(), Failure> {
        let Self::Verify = self;
        let report = context.db()?.read_here(verify)?;
        let whole = report.problems.is_empty();
        if context.json {
            let mut json = json!(report);
            if let Some(fields) = json.as_object_mut() {
                fields.insert("ok".into(), json!(whole));
            }
            out::line(&json.to_string());
        } else {
            for problem in &report.problems {
                out::line(problem);
            }
            out::line(&format!(
                "{}: {} events in {} chains, {} acceptances and authorizations, {} pieces of \
                 personal data, {} of them erased.",
                if whole { "Intact" } else { "NOT INTACT" },
                report.events,
                report.chains,
                report.records,
                report.personal,
                report.erased,
            ));
        }
        if whole {
            Ok(())
        } else {
            Err(Failure::silent())
        }
    }
}
