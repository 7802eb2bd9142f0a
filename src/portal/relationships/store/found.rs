//! Everything that one view of the list needs, read together.

use super::{
    counts::{Counts, counts},
    filter::Filter,
    invited::{Invited, invited},
    list::{self, Row, Sort},
};
use crate::{
    access::scope::TenantScope,
    db::DbConn,
    domain::{Instant, RelationshipId},
    error::Error,
    web::paginate::Cursor,
};

/// What a view of the list asks for.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// What it is narrowed to.
    pub filter: Filter,
    /// What it is sorted by.
    pub sort: Sort,
    /// Where the page begins; at the top where nothing is said.
    pub after: Option<Cursor>,
    /// The relationship that was authorized a moment ago.
    pub accepted: Option<RelationshipId>,
    /// Whether any invitation waits, as the guard of this request has counted.
    pub waits: bool,
}

/// What a view of the list shows.
#[derive(Debug, Clone)]
pub struct Found {
    /// The relationship that was authorized a moment ago, first on the first page.
    pub accepted: Option<Row>,
    /// Open invitations, on the first page.
    pub invited: Vec<Invited>,
    /// The relationships of the page.
    pub rows: Vec<Row>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// Whose roles end soon, where nothing else stands on top.
    pub ending: Vec<Row>,
    /// How many there are; on the first page, since counting reads far more than a page.
    pub counts: Counts,
}

/// Reads what a view shows.
///
/// # Errors
/// The database's.
pub fn find(
    conn: &mut DbConn,
    scope: TenantScope,
    view: &View,
    now: Instant,
) -> Result<Found, Error> {
    let filter = &view.filter;
    let first = view.after.is_none();
    let mut waiting = if first && view.waits {
        invited(conn, scope, now)?
    } else {
        Vec::new()
    };
    let counts = if first {
        counts(conn, scope, filter, &mut waiting, now)?
    } else {
        Counts::default()
    };
    let accepted = match view.accepted {
        Some(id) if first => list::one(conn, scope, id)?,
        _ => None,
    };
    let nothing_on_top = first && filter.is_empty() && accepted.is_none();
    let page = if nothing_on_top {
        list::opened(conn, scope, view.sort, now)?
    } else {
        let place = (view.sort, view.after.as_ref());
        list::page(conn, scope, filter, place, now)?
    };
    let mut rows = page.rows;
    let next = rows
        .last()
        .filter(|_| page.more)
        .map(|row| row.place.clone());
    if let Some(pinned) = &accepted {
        rows.retain(|row| row.id != pinned.id);
    }
    Ok(Found {
        accepted,
        invited: waiting,
        rows,
        next,
        ending: page.ending,
        counts,
    })
}
