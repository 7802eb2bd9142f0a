//! Many rows at once, as text: a data set in seconds on either database.

use std::fmt::Write as _;

use diesel::connection::SimpleConnection as _;
use entente::{
    db::{DbConn, types::Ts},
    domain::Instant,
};
use uuid::Uuid;

/// A value.
pub enum V<'a> {
    Null,
    Id(Uuid),
    Text(&'a str),
    Bytes(&'a [u8]),
    Flag(bool),
    Number(i64),
    At(Instant),
}

impl V<'_> {
    pub fn at(at: Option<Instant>) -> Self {
        at.map_or(V::Null, V::At)
    }

    fn write(&self, into: &mut String, sqlite: bool) -> std::fmt::Result {
        match self {
            V::Null => into.write_str("NULL"),
            V::Id(id) if sqlite => write!(into, "X'{}'", id.simple()),
            V::Id(id) => write!(into, "'{id}'"),
            V::Text(text) => write!(into, "'{}'", text.replace('\'', "''")),
            V::Bytes(bytes) if sqlite => write!(into, "X'{}'", hex::encode(bytes)),
            V::Bytes(bytes) => write!(into, "'\\x{}'", hex::encode(bytes)),
            V::Flag(flag) if sqlite => write!(into, "{}", u8::from(*flag)),
            V::Flag(flag) => write!(into, "{flag}"),
            V::Number(number) => write!(into, "{number}"),
            V::At(at) => write!(into, "'{}'", Ts::from(*at).text()),
        }
    }
}

/// How many rows go in one statement.
const TOGETHER: usize = 500;

/// Inserts rows into a table, whose columns are named as in SQL.
pub fn insert<'a>(
    conn: &mut DbConn,
    into: &str,
    rows: impl Iterator<Item = Vec<V<'a>>>,
) -> anyhow::Result<usize> {
    let sqlite = matches!(conn, DbConn::Sqlite(_));
    let (mut all, mut waiting, mut text) = (0, 0, String::new());
    for row in rows {
        text.push_str(if waiting == 0 { "(" } else { ",\n(" });
        for (place, value) in row.iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            value.write(&mut text, sqlite)?;
        }
        text.push(')');
        waiting += 1;
        all += 1;
        if waiting == TOGETHER {
            run(conn, &format!("INSERT INTO {into} VALUES {text}"))?;
            text.clear();
            waiting = 0;
        }
    }
    if waiting > 0 {
        run(conn, &format!("INSERT INTO {into} VALUES {text}"))?;
    }
    Ok(all)
}

/// Runs statements.
pub fn run(conn: &mut DbConn, statements: &str) -> anyhow::Result<()> {
    conn.batch_execute(statements)?;
    Ok(())
}
