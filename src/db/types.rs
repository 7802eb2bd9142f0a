//! Column types that mean the same on both databases.

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow, Queryable},
    expression::AsExpression,
    internal::derives::as_expression::Bound,
    pg::Pg,
    query_builder::QueryId,
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{self as st, HasSqlType, Nullable, SingleValue, SqlType, Text},
    sqlite::Sqlite,
};

use crate::{
    db::MultiBackend,
    domain::{
        Language, TenantKind, agreement, claim, contact_request, directory, event,
        invitation::InvitationStatus, membership, relationship::RelationshipType, role,
        staff_invitation,
    },
    id::Id,
};

/// A UUID: native on Postgres, 16 bytes on `SQLite`.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951))]
#[diesel(sqlite_type(name = "Binary"))]
pub struct DbUuid;

/// An instant: `TIMESTAMPTZ` on Postgres, RFC 3339 with microseconds on `SQLite`, which sorts.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185))]
#[diesel(sqlite_type(name = "Text"))]
pub struct DbTimestamp;

macro_rules! multi_sql_type { ($($type:ty),*) => { $(
    impl HasSqlType<$type> for MultiBackend {
        fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
            MultiBackend::lookup_sql_type::<$type>(lookup)
        }
    }
    impl st::SqlOrd for $type {}
)* } }
multi_sql_type!(DbUuid, DbTimestamp);

impl<T> ToSql<DbUuid, Pg> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let uuid = self.uuid();
        <uuid::Uuid as ToSql<st::Uuid, Pg>>::to_sql(&uuid, &mut out.reborrow())
    }
}
impl<T> FromSql<DbUuid, Pg> for Id<T> {
    fn from_sql(bytes: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <uuid::Uuid as FromSql<st::Uuid, Pg>>::from_sql(bytes).map(Self::from_uuid)
    }
}
impl<T> ToSql<DbUuid, Sqlite> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.uuid().into_bytes().to_vec());
        Ok(IsNull::No)
    }
}
impl<T> FromSql<DbUuid, Sqlite> for Id<T> {
    fn from_sql(bytes: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<st::Binary, Sqlite>>::from_sql(bytes)?;
        Ok(Self::from_uuid(uuid::Uuid::from_slice(&bytes)?))
    }
}
impl<T> ToSql<DbUuid, MultiBackend> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((DbUuid, self));
        Ok(IsNull::No)
    }
}
impl<T> FromSql<DbUuid, MultiBackend> for Id<T> {
    fn from_sql(bytes: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        bytes.from_sql::<Self, DbUuid>()
    }
}

/// An instant as kept: truncated to the microsecond, so that it reads back as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = DbTimestamp)]
pub struct Ts(DateTime<Utc>);

impl Ts {
    /// The instant as kept.
    #[must_use]
    pub fn instant(self) -> DateTime<Utc> {
        self.0
    }

    /// The text form that `SQLite` keeps and that evidence uses.
    #[must_use]
    pub fn text(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::Micros, true)
    }
}

impl From<DateTime<Utc>> for Ts {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant.trunc_subsecs(6))
    }
}

impl ToSql<DbTimestamp, Pg> for Ts {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <DateTime<Utc> as ToSql<st::Timestamptz, Pg>>::to_sql(&self.0, out)
    }
}
impl FromSql<DbTimestamp, Pg> for Ts {
    fn from_sql(bytes: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <DateTime<Utc> as FromSql<st::Timestamptz, Pg>>::from_sql(bytes).map(Self)
    }
}
impl ToSql<DbTimestamp, Sqlite> for Ts {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.text());
        Ok(IsNull::No)
    }
}
impl FromSql<DbTimestamp, Sqlite> for Ts {
    fn from_sql(bytes: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(bytes)?;
        Ok(Self(
            DateTime::parse_from_rfc3339(&text)?.with_timezone(&Utc),
        ))
    }
}
impl ToSql<DbTimestamp, MultiBackend> for Ts {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((DbTimestamp, self));
        Ok(IsNull::No)
    }
}
impl FromSql<DbTimestamp, MultiBackend> for Ts {
    fn from_sql(bytes: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        bytes.from_sql::<Self, DbTimestamp>()
    }
}

/// Keeps the domain's words as text, for every backend alike. A word that is none of them is a
/// broken database, not a default.
macro_rules! text_words { ($($type:ty),* $(,)?) => { $(
    impl AsExpression<Text> for $type {
        type Expression = Bound<Text, &'static str>;
        fn as_expression(self) -> Self::Expression {
            Bound::new(self.as_str())
        }
    }
    impl AsExpression<Nullable<Text>> for $type {
        type Expression = Bound<Nullable<Text>, &'static str>;
        fn as_expression(self) -> Self::Expression {
            Bound::new(self.as_str())
        }
    }
    impl<DB: Backend> FromSql<Text, DB> for $type
    where
        String: FromSql<Text, DB>,
    {
        fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
            let word = String::from_sql(bytes)?;
            <$type>::parse(&word).ok_or_else(|| format!("unknown word {word:?}").into())
        }
    }
    impl<ST: SingleValue, DB: Backend> Queryable<ST, DB> for $type
    where
        Self: FromSql<ST, DB>,
    {
        type Row = Self;
        fn build(row: Self) -> deserialize::Result<Self> {
            Ok(row)
        }
    }
)* } }
text_words!(
    Language,
    TenantKind,
    RelationshipType,
    InvitationStatus,
    role::AdminRole,
    membership::MemberRole,
    membership::Side,
    staff_invitation::StaffInvitationState,
    agreement::AgreementKind,
    agreement::VersionState,
    claim::ClaimState,
    event::EventKind,
    event::Outcome,
    contact_request::ContactRequestState,
    directory::Size,
    contact_request::Start,
    directory::ProfileState,
    directory::Facet,
);
