//! What the list of partners says of the agreement.

use crate::{
    access::guards::BillingAdmin,
    db::DbConn,
    domain::{Instant, agreement::Renewal},
    error::Error,
    evidence::{
        agreement,
        renewed::{self, Asked},
    },
    web::locale::Locale,
};

/// A heading and a sentence.
pub type Said = (String, String);

/// What is said.
pub struct Terms {
    /// That it is accepted, read back from what is stored.
    pub said: Option<Said>,
    /// That a later version asks for a new acceptance.
    pub asked: Option<Said>,
}

/// Reads what is to be said: what is asked, where any version `asks` anew, and what was `agreed` to
/// where that was a moment ago.
///
/// # Errors
/// The database's.
pub fn read(
    conn: &mut DbConn,
    by: &BillingAdmin,
    l: Locale,
    (asks, agreed): (bool, bool),
    now: Instant,
) -> Result<Terms, Error> {
    let (scope, tenant) = (by.scope(), by.tenant()?);
    let standing = if agreed {
        agreement::standing(conn, scope, tenant, l.language, now)?
    } else {
        None
    };
    let accepted = standing.filter(|standing| standing.suffices);
    let said = accepted.map(|standing| {
        let title = l.t1("relationships-agreed-title", "title", &standing.text.title);
        (title, l.t("relationships-agreed-text").to_owned())
    });
    let asked = if asks {
        renewed::asked(conn, scope, &tenant.country)?
    } else {
        None
    };
    Ok(Terms {
        said,
        asked: asked.map(|asked| words(l, &asked, now)),
    })
}

fn words(l: Locale, asked: &Asked, now: Instant) -> Said {
    let dated = l.dated(&asked.dated);
    let text = match asked.renewal {
        Renewal::Until(until) if now < until => {
            let until = l.long_date_time(&until);
            l.t2("home-agreement-until", "dated", &dated, "until", &until)
        }
        _ => l.t1("home-agreement-newer-text", "dated", &dated),
    };
    (l.t("home-agreement-newer").to_owned(), text)
}
