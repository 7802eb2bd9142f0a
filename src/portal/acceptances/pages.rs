//! The receipt of an acceptance or an authorization: a page that prints, and a file that proves it elsewhere.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use askama::Template;

use crate::{
    access::{
        guards::{BillingAdmin, Guard},
        scope::TenantScope,
    },
    db::{Db, DbConn},
    domain::Instant,
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
    path: String,
    id: String,
    file: String,
    told: Told,
    key: String,
}

impl ReceiptPage {
    /// The page's title.
    fn title(&self) -> &'static str {
        self.shell.t(match self.told.partner {
            Some(_) => "receipt-title-authorization",
            None => "receipt-title",
        })
    }

    /// What the id is called.
    const fn id_key(&self) -> &'static str {
        match self.told.partner {
            Some(_) => "receipt-authorization",
            None => "receipt-id",
        }
    }

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

/// Reads the receipt of this id.
type Reading = fn(&mut DbConn, TenantScope, &str) -> Result<Receipt, Error>;

const ACCEPTANCE: Reading = |conn, scope, id| {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    receipt::acceptance(conn, scope, id)
};
const AUTHORIZATION: Reading = |conn, scope, id| {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    receipt::authorization(conn, scope, id)
};

/// The receipt, its sealed text, and what it proves.
async fn sealed(
    (by, read): (&BillingAdmin, Reading),
    id: &str,
    db: &Db,
    signer: &SigningKey,
) -> Result<(Receipt, String, Proved), Error> {
    let (scope, id) = (by.scope(), id.to_owned());
    let receipt = db.read(move |conn| read(conn, scope, &id)).await?;
    let text = receipt.seal(signer)?;
    let proved = check(&text, &[signer.public()]).map_err(Error::internal)?;
    Ok((receipt, text, proved))
}

fn show(shell: Shell, receipt: &Receipt, proved: &Proved) -> Result<HttpResponse, Error> {
    page(&ReceiptPage {
        path: receipt.path(),
        id: receipt.id.to_string(),
        file: receipt.file_name(),
        told: Told::of(shell.l, proved),
        key: proved.key.fingerprint(),
        shell,
    })
}

fn hand_out(receipt: &Receipt, text: String) -> HttpResponse {
    let name = format!("attachment; filename=\"{}\"", receipt.file_name());
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(text)
}

/// `GET /billing/acceptances/{id}`
pub async fn receipt(
    req: HttpRequest,
    by: BillingAdmin,
    id: Path<String>,
    db: Data<Db>,
    signer: Data<SigningKey>,
) -> Result<HttpResponse, Error> {
    let (receipt, _, proved) = sealed((&by, ACCEPTANCE), &id, &db, &signer).await?;
    show(by.shell(&req), &receipt, &proved)
}

/// `GET /billing/acceptances/{id}/receipt.json`
pub async fn download(
    by: BillingAdmin,
    id: Path<String>,
    db: Data<Db>,
    signer: Data<SigningKey>,
) -> Result<HttpResponse, Error> {
    let (receipt, text, _) = sealed((&by, ACCEPTANCE), &id, &db, &signer).await?;
    Ok(hand_out(&receipt, text))
}

/// `GET /billing/authorizations/{id}`
pub async fn authorization(
    req: HttpRequest,
    by: BillingAdmin,
    id: Path<String>,
    db: Data<Db>,
    signer: Data<SigningKey>,
) -> Result<HttpResponse, Error> {
    let (receipt, _, proved) = sealed((&by, AUTHORIZATION), &id, &db, &signer).await?;
    show(by.shell(&req), &receipt, &proved)
}

/// `GET /billing/authorizations/{id}/receipt.json`
pub async fn authorization_download(
    by: BillingAdmin,
    id: Path<String>,
    db: Data<Db>,
    signer: Data<SigningKey>,
) -> Result<HttpResponse, Error> {
    let (receipt, text, _) = sealed((&by, AUTHORIZATION), &id, &db, &signer).await?;
    Ok(hand_out(&receipt, text))
}
