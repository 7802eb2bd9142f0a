//! What the form offers.

use super::typed::Typed;
use crate::{
    domain::{relationship::RelationshipType, role::AdminRole},
    web::locale::Locale,
};

/// A role that can be asked for.
#[derive(Debug, Clone)]
pub struct RoleChoice {
    /// The role.
    pub role: AdminRole,
    /// The types that may ask for it.
    pub types: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// The roles that any of these types may ask for, each with the types that may. None is ticked
/// beforehand.
#[must_use]
pub fn roles(l: Locale, offered: &[RelationshipType], typed: &Typed) -> Vec<RoleChoice> {
    let mut roles = Vec::new();
    for role in AdminRole::ALL {
        let askers: Vec<String> = offered
            .iter()
            .filter(|kind| kind.askable_roles().contains(role))
            .map(|kind| l.word("type", kind.as_str()))
            .collect();
        if !askers.is_empty() {
            roles.push(RoleChoice {
                role: *role,
                types: askers.join(", "),
                ticked: typed.roles.iter().any(|word| word == role.as_str()),
            });
        }
    }
    roles
}
