//! What somebody does to a database who owns it: with the triggers out of the way, by hand.

use diesel::prelude::*;
use entente::{
    db::schema::{chains, events, personal_data},
    domain::{ChainId, EventId},
    evidence::chain::link,
};

use sha2::Digest;

use super::{TestApp, db::Backend};

/// The tables that triggers watch over.
const WATCHED: [&str; 5] = [
    "events",
    "chains",
    "acceptances",
    "authorizations",
    "personal_data",
];

impl TestApp {
    /// Takes the triggers away.
    pub fn lays_bare(&self) {
        let db = self.db();
        match db.backend {
            Backend::Sqlite => {
                let triggers = "SELECT name AS answer FROM sqlite_master WHERE type = 'trigger'";
                for trigger in db.ask(triggers) {
                    db.run(&format!("DROP TRIGGER {trigger}")).unwrap();
                }
            }
            Backend::Postgres => {
                for table in WATCHED {
                    let sql = format!("ALTER TABLE {table} DISABLE TRIGGER ALL");
                    db.run(&sql).unwrap();
                }
            }
        }
    }

    /// Rewrites a part of every record of a table, together with the hash beside it.
    pub fn rewrites_records(&self, table: &str, from: &str, to: &str) {
        let db = self.db();
        let (id, hash) = (db.hex("id"), db.hex("record_sha256"));
        let before = db.ask(&format!("SELECT {hash} AS answer FROM {table}"));
        for row in db.ask(&format!("SELECT {id} AS answer FROM {table}")) {
            let one = format!("WHERE {id} = '{row}'");
            let record = db.ask(&format!("SELECT record AS answer FROM {table} {one}"));
            let record = record[0].replace(from, to);
            let sealed = hex::encode(sha2::Sha256::digest(&record));
            let sealed = match db.backend {
                Backend::Sqlite => format!("x'{sealed}'"),
                Backend::Postgres => format!("decode('{sealed}', 'hex')"),
            };
            let record = record.replace('\'', "''");
            let sql =
                format!("UPDATE {table} SET record = '{record}', record_sha256 = {sealed} {one}");
            assert_eq!(db.run(&sql), Ok(1));
        }
        let after = db.ask(&format!("SELECT {hash} AS answer FROM {table}"));
        assert_ne!(before, after, "nothing was rewritten");
    }

    /// Takes out the last event of a tenant's chain, with the personal data beside it, and sets the head back to the one before.
    pub fn cuts_off_the_last_event(&self, chain: ChainId) {
        let write = |conn: &mut entente::db::DbConn| {
            let last: i64 = chains::table
                .find(chain)
                .select(chains::head_number)
                .first(conn)?;
            let of_chain = events::table.filter(events::chain_id.eq(chain));
            let event: EventId = of_chain
                .filter(events::number.eq(last))
                .select(events::id)
                .first(conn)?;
            let owner = entente::id::Id::<()>::from_uuid(event.uuid());
            let beside = personal_data::table.filter(personal_data::owner_id.eq(owner));
            diesel::delete(beside).execute(conn)?;
            diesel::delete(events::table.find(event)).execute(conn)?;
            let hash: Vec<u8> = of_chain
                .filter(events::number.eq(last - 1))
                .select(events::hash)
                .first(conn)?;
            diesel::update(chains::table.find(chain))
                .set((chains::head_number.eq(last - 1), chains::head_hash.eq(hash)))
                .execute(conn)?;
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
    }

    /// Changes words in a chain, and computes every hash anew up to the head.
    pub fn computes_anew(&self, chain: ChainId, from: &str, to: &str) {
        let write = |conn: &mut entente::db::DbConn| {
            let rows: Vec<(EventId, i64, String)> = events::table
                .filter(events::chain_id.eq(chain))
                .order(events::number)
                .select((events::id, events::number, events::canonical))
                .load(conn)?;
            let (mut hash, mut last) = (vec![0_u8; 32], 0);
            for (id, number, canonical) in rows {
                let text = canonical.replace(from, to);
                let own = link(&hash, &text).to_vec();
                diesel::update(events::table.find(id))
                    .set((
                        events::canonical.eq(text),
                        events::previous.eq(&hash),
                        events::hash.eq(&own),
                    ))
                    .execute(conn)?;
                (hash, last) = (own, number);
            }
            diesel::update(chains::table.find(chain))
                .set((chains::head_number.eq(last), chains::head_hash.eq(hash)))
                .execute(conn)?;
            Ok(())
        };
        self.state().db.write_here(write).unwrap();
    }

    /// The chain of a tenant, and its name.
    pub fn chain_of(&self, tenant: entente::domain::TenantId) -> (ChainId, String) {
        let read = |conn: &mut entente::db::DbConn| {
            let of_tenant = chains::table.filter(chains::tenant_id.eq(tenant));
            Ok(of_tenant.select((chains::id, chains::name)).first(conn)?)
        };
        self.state().db.read_here(read).unwrap()
    }
}
