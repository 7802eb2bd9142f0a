//! What partners say of an acceptance elsewhere, as the customer reads and answers it.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use crate::{
    access::guards::{BillingAdmin, Guard},
    db::Db,
    domain::ClaimId,
    error::Error,
    evidence::claims::{self, Claim},
    web::{
        form::{Form, Nothing},
        locale::Locale,
        now::Clock,
        redirect::see_other,
    },
};

/// A claim in words.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its id.
    pub id: ClaimId,
    /// Who said it, for the button's name.
    pub partner: String,
    /// Who said that who accepted.
    pub heading: String,
    /// When, and of which version.
    pub when: String,
    /// The note beside it.
    pub note: Option<String>,
}

impl Told {
    /// A claim in words.
    #[must_use]
    pub fn of(l: Locale, claim: Claim) -> Self {
        let partner = claim.partner.1;
        let person = claim.name.as_deref();
        let person = person.unwrap_or_else(|| l.t("claim-somebody"));
        let (day, dated) = (l.dated(&claim.accepted_on), l.dated(&claim.dated));
        Self {
            id: claim.id,
            heading: l.t2("claim-told", "partner", &partner, "person", person),
            when: l.t2("claim-told-when", "date", &day, "dated", &dated),
            note: claim.note,
            partner,
        }
    }
}

/// `POST /billing/agreement/claims/{claim}/dismissal`. What has an outcome keeps it.
pub async fn dismiss(
    by: BillingAdmin,
    id: Path<ClaimId>,
    _form: Form<Nothing>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    db.write(&by, move |conn, by| {
        claims::dismiss(conn, (by.acting(), by.scope()), id, clock.now())
    })
    .await?;
    Ok(see_other(&format!("/billing/agreement?dismissed={id}")))
}
