//! A newer version of the agreement that asks for a new acceptance: those who may accept for a
//! tenant are told when it comes out, and again a week before what they accepted ceases to suffice.
//! Nothing depends on it: whether an acceptance suffices is decided at use, by the clock.

mod kept;

use std::{collections::BTreeMap, time::Duration};

use serde_json::json;

use self::kept::{Agreement, Candidate, Text};
use super::outbox::{self, MailKind, NewMail, Waiting};
use crate::{
    access::scope::TenantScope,
    db::{Db, DbConn, types::Ts},
    domain::{
        AgreementId, Instant, Language, PersonId, TenantId, VersionId,
        agreement::Renewal,
        reminder::days_left,
        renewal::{Moment, due},
    },
    error::Error,
    evidence::{
        consent,
        recipient::{self, Recipient},
        renewed,
    },
    web::now::Clock,
};

/// How often it is looked.
const PAUSE: Duration = Duration::from_mins(5);
/// How many acceptances are looked at before others have their turn.
const BATCH: i64 = 200;

/// What was told to everybody whom it concerns: of each agreement the versions that were due, and
/// which mail. A round that finds the same again has nothing to do.
pub type Told = BTreeMap<AgreementId, Vec<(VersionId, Moment)>>;

/// What is to be told to one tenant.
struct Notice {
    version: VersionId,
    moment: Moment,
    until: Option<Instant>,
}

impl Agreement {
    /// The mails that are due of its versions, to whomever.
    fn due(&self, now: Instant) -> Vec<(VersionId, Moment)> {
        let asks = self.asking.iter();
        asks.filter_map(|one| {
            let until = one.demand.earlier_suffices_until;
            Some((one.version, due(one.published, until, now)?))
        })
        .collect()
    }

    /// What is to be told to a tenant that accepted a version: of the newest that asks, whichever
    /// date comes first.
    fn notice(&self, accepted: i32, now: Instant) -> Option<Notice> {
        let newest = self.asking.iter().max_by_key(|one| one.demand.number)?;
        let until = match self.renewal(accepted) {
            Renewal::NotAsked => return None,
            Renewal::Due => None,
            Renewal::Until(until) => Some(until).filter(|until| now < *until),
        };
        Some(Notice {
            version: newest.version,
            moment: due(newest.published, until, now)?,
            until,
        })
    }
}

/// One round: all agreements whose versions have something to tell that wasn't told to all.
///
/// # Errors
/// The database's; then nothing counts as told that might not be.
pub async fn round(db: &Db, told: &Told, clock: &Clock) -> Result<Told, Error> {
    let now = clock.now();
    let mut done = Told::new();
    for agreement in db.read(kept::agreements).await? {
        let due = agreement.due(now);
        let id = agreement.id;
        if !due.is_empty() && told.get(&id) != Some(&due) {
            tell_all(db, agreement, clock).await?;
        }
        done.insert(id, due);
    }
    Ok(done)
}

/// Goes through the tenants that accepted a version, batch by batch, each in a transaction of its
/// own.
async fn tell_all(db: &Db, agreement: Agreement, clock: &Clock) -> Result<(), Error> {
    let mut after = None;
    loop {
        let id = agreement.id;
        let page = db.read(move |conn| kept::accepted(conn, id, after, BATCH));
        let (candidates, next) = page.await?;
        let now = clock.now();
        let mut asked: Vec<Candidate> = candidates;
        asked.retain(|one| agreement.notice(one.accepted, now).is_some());
        if !asked.is_empty() {
            let (agreement, clock) = (agreement.clone(), clock.clone());
            db.write_unattended(move |conn| {
                let now = clock.now();
                let mut each = asked.iter().map(|one| one.tenant);
                each.try_for_each(|tenant| tell(conn, &agreement, tenant, now))
            })
            .await?;
        }
        match next {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}

/// Writes to everybody who may accept for a tenant, where something is due to it. What was written
/// before isn't written again.
fn tell(
    conn: &mut DbConn,
    agreement: &Agreement,
    tenant: TenantId,
    now: Instant,
) -> Result<(), Error> {
    let scope = TenantScope::by_itself(tenant);
    let accepted = consent::accepted(conn, scope, agreement.id)?;
    let notice = accepted.and_then(|one| agreement.notice(one.number, now));
    let (Some(notice), Some(of)) = (notice, kept::tenant(conn, tenant)?) else {
        return Ok(());
    };
    if !agreement.applies_to(&of.country) {
        return Ok(());
    }
    for (person, to) in recipient::administrators(conn, tenant)? {
        let Some(text) = agreement.text(to.language) else {
            continue;
        };
        write(conn, (&of, agreement, text), &notice, (person, &to), now)?;
    }
    Ok(())
}

fn write(
    conn: &mut DbConn,
    (of, agreement, text): (&kept::Tenant, &Agreement, &Text),
    notice: &Notice,
    (person, to): (PersonId, &Recipient),
    now: Instant,
) -> Result<(), Error> {
    let until = notice.until.map(|until| Ts::from(until).text());
    let left = notice.until.filter(|_| notice.moment == Moment::Week);
    let facts = json!({
        "tenant_name": of.name,
        "zone": of.zone,
        "title": text.title,
        "dated": agreement.dated,
        "message": text.changes,
        "until": until,
        "days": left.map(|until| days_left(until, now)),
    });
    let (version, moment) = (notice.version, notice.moment);
    let date = match moment {
        Moment::Published => String::new(),
        Moment::Week => until.unwrap_or_default(),
    };
    let tenant = of.id;
    let once = format!("agreement {version} {tenant} {person} {moment} {date}");
    let mail = NewMail {
        kind: MailKind::AgreementRenewal,
        recipient: &to.email,
        language: to.language,
        tenant: Some(tenant),
        partner: None,
        invitation: None,
        relationship: None,
        person: Some(person),
        facts,
        secret_link: None,
        once: Some(&once),
    };
    outbox::enqueue(conn, &mail, now)
}

/// Whether a mail that waits still tells the truth: that nobody accepted meanwhile, that the same
/// date holds and hasn't come, and that whom it is for may still accept.
///
/// # Errors
/// The database's.
pub fn still_asked(conn: &mut DbConn, mail: &Waiting, now: Instant) -> Result<bool, Error> {
    let (Some(tenant), Some(person)) = (mail.tenant, mail.person) else {
        return Ok(false);
    };
    let Some(of) = kept::tenant(conn, tenant)? else {
        return Ok(false);
    };
    let asked = renewed::asked(conn, TenantScope::by_itself(tenant), &of.country)?;
    let told = mail.facts.get("until").and_then(|until| until.as_str());
    let holds = match (asked.map(|asked| asked.renewal), told) {
        (Some(Renewal::Due), None) => true,
        (Some(Renewal::Until(until)), None) => until <= now,
        (Some(Renewal::Until(until)), Some(told)) => now < until && Ts::from(until).text() == told,
        _ => false,
    };
    let administrators = recipient::administrators(conn, tenant)?;
    Ok(holds && administrators.iter().any(|(one, _)| *one == person))
}

/// Looks every few minutes for as long as the server runs. After a start it goes through all once
/// more: what was told is known by the mails themselves.
pub async fn keep_asking(db: Db, clock: Clock) {
    let mut told = Told::new();
    loop {
        match round(&db, &told, &clock).await {
            Ok(done) => told = done,
            Err(error) => tracing::warn!(%error, "renewals"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

impl Agreement {
    fn text(&self, language: Language) -> Option<&Text> {
        let mut own = self.texts.iter().filter(|text| text.language == language);
        own.next().or_else(|| self.texts.first())
    }
}
