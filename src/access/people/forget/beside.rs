//! A partner's contact, and personal data beside evidence.

use diesel::prelude::*;

use super::{Named, lower};
use crate::{
    db::{
        DbConn,
        like::anywhere,
        schema::{memberships, partners, personal_data},
        types::Ts,
    },
    domain::{Instant, PartnerId, PersonalId},
    error::Error,
};

/// A partner whose contact the person is has none any more, and is written to at its first Admin
/// agent's address.
pub fn contacts(conn: &mut DbConn, of: &Named) -> Result<(), Error> {
    type Row = (PartnerId, Option<String>, Option<String>);
    let rows: Vec<Row> = partners::table
        .inner_join(memberships::table.on(memberships::partner_id.eq(partners::id.nullable())))
        .filter(memberships::person_id.eq(of.person))
        .select((
            partners::id,
            partners::contact_name,
            partners::contact_email,
        ))
        .distinct()
        .load(conn)?;
    for (id, name, email) in rows {
        let one = partners::table.find(id);
        if email.is_some_and(|email| of.is_address(&email)) {
            diesel::update(one)
                .set((
                    partners::contact_email.eq(None::<String>),
                    partners::contact_phone.eq(None::<String>),
                ))
                .execute(conn)?;
        }
        if name.as_ref() == Some(&of.name) {
            diesel::update(one)
                .set(partners::contact_name.eq(None::<String>))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Personal data beside evidence: the person's own, what somebody gave of themselves under the
/// address without being signed in, and the address in words by which staff were invited.
pub fn pieces(conn: &mut DbConn, of: &Named, now: Instant) -> Result<usize, Error> {
    let mut ids: Vec<PersonalId> = personal_data::table
        .filter(personal_data::person_id.eq(of.person))
        .filter(personal_data::data.is_not_null())
        .select(personal_data::id)
        .load(conn)?;
    for address in [&of.small, &of.folded] {
        for told in [format!("\"email\":\"{address}\""), format!("<{address}>\"")] {
            let found: Vec<PersonalId> = personal_data::table
                .filter(
                    lower(personal_data::data)
                        .like(anywhere(&told))
                        .escape('\\'),
                )
                .select(personal_data::id)
                .load(conn)?;
            ids.extend(found);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    let count = ids.len();
    for ids in ids.chunks(1000) {
        diesel::update(personal_data::table.filter(personal_data::id.eq_any(ids.to_vec())))
            .set((
                personal_data::data.eq(None::<String>),
                personal_data::salt.eq(None::<Vec<u8>>),
                personal_data::erased_at.eq(Some(Ts::from(now))),
            ))
            .execute(conn)?;
    }
    Ok(count)
}
