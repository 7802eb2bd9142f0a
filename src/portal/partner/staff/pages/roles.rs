//! The roles of staff: on offer, ticked, in words.

use crate::{
    access::nav::role_key,
    domain::membership::{MemberRole, Side},
    web::locale::Locale,
};

/// A role on offer.
pub(super) struct Offered {
    pub(super) role: MemberRole,
    pub(super) name: String,
    pub(super) text: String,
    pub(super) held: bool,
}

/// The roles of staff, in the order in which every form offers them.
fn of_staff() -> impl Iterator<Item = MemberRole> {
    let all = MemberRole::ALL.iter().copied();
    all.filter(|role| role.side() == Side::Partner)
}

/// The roles whose boxes are ticked.
pub(super) fn chosen(ticked: [&Option<String>; 3]) -> Vec<MemberRole> {
    let ticked = of_staff().zip(ticked).filter(|(_, box_)| box_.is_some());
    ticked.map(|(role, _)| role).collect()
}

/// Roles by their names, in one line.
pub(super) fn in_words(l: Locale, roles: &[MemberRole]) -> String {
    let names: Vec<&str> = roles
        .iter()
        .map(|role| l.t(role_key(Some(*role))))
        .collect();
    names.join(", ")
}

/// The roles on offer, those that are held ticked.
pub(super) fn offered(l: Locale, held: &[MemberRole]) -> Vec<Offered> {
    let offered = of_staff().map(|role| Offered {
        role,
        name: l.t(role_key(Some(role))).to_owned(),
        text: l.word("staff-role", role.as_str()),
        held: held.contains(&role),
    });
    offered.collect()
}
