//! What is said in place of roles: that there are none, or that the relationship is over.

use crate::{
    domain::{Instant, standing::Standing},
    evidence::{
        gone::{self, Left},
        relationship::Relationship,
    },
    web::locale::Locale,
};

/// Roles that are gone, or a relationship that is over.
#[derive(Debug, Clone)]
pub struct Gone {
    /// What is the case.
    pub heading: String,
    /// How it came, and what remains.
    pub text: String,
}

impl Gone {
    /// What is said in place of roles: that there are none, how they went, and what remains.
    #[must_use]
    pub fn of(
        l: Locale,
        relationship: &Relationship,
        left: Option<&Left>,
        ended_by: Option<String>,
        now: Instant,
    ) -> Option<Self> {
        let name = &relationship.partner.name;
        let standing = relationship.kept.standing(now);
        let nobody = || l.t("relationships-erased-person").to_owned();
        if let Standing::Ended(at) = standing {
            let by = ended_by.unwrap_or_else(nobody);
            let args = [("partner", name.into()), ("person", (&by).into())];
            let date = l.date(&at);
            let args = [args.as_slice(), &[("date", (&date).into())]].concat();
            return Some(Self {
                heading: l.t("relationships-over-title").to_owned(),
                text: l.with("relationships-over-text", &args),
            });
        }
        let about_roles = !relationship.kind.works_without_roles();
        if standing.works() && (relationship.kept.had_roles || !about_roles) {
            return None;
        }
        let how = left.map(|left| {
            let date = l.date(&left.at);
            let (key, by) = match &left.how {
                gone::Gone::Removed(by) => ("relationships-gone-removed", by),
                gone::Gone::GivenBack(by) => ("relationships-gone-given-back", by),
                gone::Gone::Ended | gone::Gone::Replaced => {
                    return l.t1("relationships-gone-ended", "date", &date);
                }
            };
            let by = by.clone().unwrap_or_else(nobody);
            let args = [("date", (&date).into()), ("person", (&by).into())];
            l.with(
                key,
                &[args.as_slice(), &[("partner", name.into())]].concat(),
            )
        });
        let key = if relationship.kind.sells() {
            "relationships-gone-sells"
        } else {
            "relationships-gone-text"
        };
        let text = l.t1(key, "partner", name);
        Some(Self {
            heading: l.t("reach-none").to_owned(),
            text: how.map_or_else(|| text.clone(), |how| format!("{how} {text}")),
        })
    }
}
