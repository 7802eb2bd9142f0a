//! The receipt of an acceptance: a page that prints, and a file that proves it elsewhere.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use askama::Template;

use crate::{
    access::guards::{BillingAdmin, Guard},
    db::Db,
    domain::{AcceptanceId, Instant},
    error::Error,
    evidence::{
        receipt::{
            self, Receipt,
            check::{Proved, check},
        },
        receipt_words::{Granted, Told},
    },
    signing::SigningKey,
    web::page::{Shell, page},
};

#[derive(Template)]
#[template(path = "acceptances/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    id: AcceptanceId,
    told: Told,
    key: String,
}

impl ReceiptPage {
    /// A moment in the reader's words.
    fn at(&self, at: Option<&Instant>) -> String {
        at.map_or_else(String::new, |at| self.shell.l.long_date_time(at))
    }

    /// A role that was granted in the same act.
    fn granted(&self, granted: &Granted) -> String {
        let role = self.shell.l.word("role-name", &granted.role);
        match &granted.until {
            Some(until) => {
                let until = self.shell.l.date(until);
                self.shell
                    .l
                    .t2("receipt-granted", "role", &role, "until", &until)
            }
            None => role,
        }
    }
}

/// The receipt, sealed, and what it proves.
async fn sealed(
    by: &BillingAdmin,
    id: &str,
    db: &Db,
    signer: &SigningKey,
) -> Result<(AcceptanceId, String, Proved), Error> {
    let id: AcceptanceId = id.parse().map_err(|_| Error::NotFound)?;
    let scope = by.scope();
    let receipt = db.read(move |conn| receipt::read(conn, scope, id)).await?;
    let text = receipt.seal(signer)?;
    let proved = check(&text, &[signer.public()]).map_err(Error::internal)?;
    Ok((id, text, proved))
}

/// `GET /billing/acceptances/{id}`
pub async fn receipt(
    req: HttpRequest,
    by: BillingAdmin,
    id: Path<String>,
    db: Data<Db>,
    signer: Data<SigningKey>,
) -> Result<HttpResponse, Error> {
    let (id, _, proved) = sealed(&by, &id, &db, &signer).await?;
    let shell = by.shell(&req);
    page(&ReceiptPage {
        id,
        told: Told::of(shell.l, &proved),
        key: proved.key.fingerprint(),
        shell,
    })
}

/// `GET /billing/acceptances/{id}/receipt.json`
pub async fn download(
    by: BillingAdmin,
    id: Path<String>,
    db: Data<Db>,
    signer: Data<SigningKey>,
) -> Result<HttpResponse, Error> {
    let (id, text, _) = sealed(&by, &id, &db, &signer).await?;
    let name = format!("attachment; filename=\"{}\"", Receipt::file_name(id));
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(text))
}
