//! The receipt of an acceptance or an authorization: a page that prints, and a file that proves it
//! elsewhere.

use std::str::FromStr;

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
    domain::{AcceptanceId, AuthorizationId, Instant},
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

/// What a receipt is asked for by.
pub trait Provable: FromStr + Send + 'static {
    /// Reads what is kept of it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for another tenant's.
    fn read(self, conn: &mut DbConn, scope: TenantScope) -> Result<Receipt, Error>;
}

impl Provable for AcceptanceId {
    fn read(self, conn: &mut DbConn, scope: TenantScope) -> Result<Receipt, Error> {
        receipt::acceptance(conn, scope, self)
    }
}

impl Provable for AuthorizationId {
    fn read(self, conn: &mut DbConn, scope: TenantScope) -> Result<Receipt, Error> {
        receipt::authorization(conn, scope, self)
    }
}

/// The receipt, its sealed text, and what it proves.
async fn sealed<P: Provable>(
    by: &BillingAdmin,
    id: &str,
    db: &Db,
    signer: &SigningKey,
) -> Result<(Receipt, String, Proved), Error> {
    let id: P = id.parse().map_err(|_| Error::NotFound)?;
    let scope = by.scope();
    let receipt = db.read(move |conn| id.read(conn, scope)).await?;
    let text = receipt.seal(signer)?;
    let proved = check(&text, &[signer.public()]).map_err(Error::internal)?;
    Ok((receipt, text, proved))
}

/// `GET /billing/acceptances/{id}`, `GET /billing/authorizations/{id}`
pub async fn receipt<P: Provable>(
    req: HttpRequest,
    by: BillingAdmin,
    id: Path<String>,
    db: Data<Db>,
    signer: Data<SigningKey>,
) -> Result<HttpResponse, Error> {
    let (receipt, _, proved) = sealed::<P>(&by, &id, &db, &signer).await?;
    let shell = by.shell(&req);
    page(&ReceiptPage {
        path: receipt.path(),
        id: receipt.id.to_string(),
        file: receipt.file_name(),
        told: Told::of(shell.l, &proved),
        key: proved.key.fingerprint(),
        shell,
    })
}

/// `GET /billing/acceptances/{id}/receipt.json`, `GET /billing/authorizations/{id}/receipt.json`
pub async fn download<P: Provable>(
    by: BillingAdmin,
    id: Path<String>,
    db: Data<Db>,
    signer: Data<SigningKey>,
) -> Result<HttpResponse, Error> {
    let (receipt, text, _) = sealed::<P>(&by, &id, &db, &signer).await?;
    let name = format!("attachment; filename=\"{}\"", receipt.file_name());
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(text))
}
