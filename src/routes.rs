//! Every address, one line each. The only file that binds them.

use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig},
};

use crate::{
    domain::{AcceptanceId, AuthorizationId},
    error::Error,
    portal::{
        acceptances, agreements, audit_log, contact, directory, health, home, invitations, joining,
        operator, partner, password_reset, relationships, settings, sign_in,
    },
    web::{assets, body::Roomy},
};

/// A method and the pattern of a path, for the list that tests hold against the authorization
/// matrix.
pub type Route = (&'static str, &'static str);

/// Binds a table of routes: `HEAD` goes wherever `GET` goes, and every other method is answered
/// with those that exist.
macro_rules! routes {
    ($list:ident, $bind:ident: $($path:literal => $(get $get:path)? $(, post $post:path)? $(; post $only:path)?;)*) => {
        /// The routes of this table.
        pub const $list: &[Route] = &[
            $($(route!(get $get, $path),)? $(route!(post $post, $path),)? $(route!(post $only, $path),)?)*
        ];

        /// Binds this table: addresses that are spelled out come before patterns.
        pub fn $bind(config: &mut ServiceConfig) {
            let mut patterns = Vec::new();
            $({
                let resource = web::resource($path);
                $(let resource = resource
                    .route(web::get().to($get))
                    .route(web::head().to($get));)?
                $(let resource = resource.route(web::post().to($post));)?
                $(let resource = resource.route(web::post().to($only));)?
                let allowed = allowed($list, $path);
                let resource = resource.default_service(web::to(move || async move {
                    Err::<HttpResponse, Error>(Error::MethodNotAllowed(allowed))
                }));
                if $path.contains('{') {
                    patterns.push(resource);
                } else {
                    config.service(resource);
                }
            })*
            for resource in patterns {
                config.service(resource);
            }
        }
    };
}

macro_rules! route {
    (get $handler:path, $path:literal) => {
        ("GET", $path)
    };
    (post $handler:path, $path:literal) => {
        ("POST", $path)
    };
}

fn allowed(list: &[Route], path: &str) -> &'static str {
    let has = |method| {
        list.contains(&(method, path)) || list.iter().any(|r| r.0 == method && r.1 == path)
    };
    match (has("GET"), has("POST")) {
        (true, true) => "GET, HEAD, POST",
        (false, true) => "POST",
        _ => "GET, HEAD",
    }
}

/// Where whole documents are typed.
pub const ROOMY: Roomy = Roomy {
    under: "/operator/agreements/",
    largest: 1024 * 1024,
};

// Without session: style, script, health.
routes! { OPEN, open:
    "/static/{name}" => get assets::asset;
    "/live" => get health::live;
    "/ready" => get health::ready;
}

// One is tried after the other: what a customer's administrators open comes first.
routes! { PAGES, pages:
    "/" => get home::pages::home;
    "/billing/partner-relationships" => get relationships::pages::list::list;
    "/billing/partner-relationships.csv" => get relationships::pages::list::download;
    "/billing/partner-relationships/{id}" => get relationships::pages::partner::partner;
    "/billing/partner-relationships/{id}/history" => get relationships::pages::history::history;
    "/billing/partner-relationships/{id}/role-removal" => get relationships::pages::removal::ask, post relationships::pages::removal::remove;
    "/billing/invitations" => get invitations::pages::list::list;
    "/billing/invitations/{id}" => get invitations::pages::review::review;
    "/billing/invitations/{id}/acceptance" => ; post invitations::pages::answer::accept;
    "/billing/invitations/{id}/refusal" => get invitations::pages::refusal::form, post invitations::pages::refusal::decline;
    "/billing/invitations/{id}/renewal-request" => ; post invitations::pages::answer::request_renewal;
    "/billing/agreement" => get agreements::pages::standing;
    "/billing/agreement/acceptance" => ; post agreements::pages::accept;
    "/billing/agreement/claims/{claim}/dismissal" => ; post agreements::claims::dismiss;
    "/billing/acceptances/{id}" => get acceptances::pages::receipt::<AcceptanceId>;
    "/billing/acceptances/{id}/receipt.json" => get acceptances::pages::download::<AcceptanceId>;
    "/billing/authorizations/{id}" => get acceptances::pages::receipt::<AuthorizationId>;
    "/billing/authorizations/{id}/receipt.json" => get acceptances::pages::download::<AuthorizationId>;
    "/invitations/{token}" => get invitations::pages::link::link;
    "/agreements/{version}" => get agreements::text::text;
    "/agreements/{version}/changes" => get agreements::changes::changes;
    "/agreements/{version}/{language}/text" => get agreements::text::bytes;
    "/audit-log" => get audit_log::pages::list::audit_log;
    "/audit-log.csv" => get audit_log::pages::export::csv;
    "/audit-log.jsonl" => get audit_log::pages::export::jsonl;
    "/audit-log/export" => get audit_log::pages::exporting::exporting;
    "/audit-log/{number}" => get audit_log::pages::event::event;
    "/operator/agreements" => get operator::agreements::pages::list::list;
    "/operator/agreements/new" => get operator::agreements::pages::form::new, post operator::agreements::pages::form::add;
    "/operator/agreements/drafts/{draft}" => get operator::agreements::pages::draft::draft;
    "/operator/agreements/drafts/{draft}/changes" => get operator::agreements::pages::changes::changes;
    "/operator/agreements/drafts/{draft}/edit" => get operator::agreements::pages::form::edit, post operator::agreements::pages::form::change;
    "/operator/agreements/drafts/{draft}/publication" => get operator::agreements::pages::draft::ask, post operator::agreements::pages::draft::publish;
    "/operator/agreements/drafts/{draft}/discard" => get operator::agreements::pages::draft::ask_discard, post operator::agreements::pages::draft::discard;
    "/operator/agreements/versions/{version}" => get operator::agreements::pages::version::version;
    "/operator/mail" => get operator::mail::pages::mail;
    "/operator/mail/retry" => ; post operator::mail::pages::retry_all;
    "/operator/mail/{id}/retry" => ; post operator::mail::pages::retry;
    "/operator/tenants" => get operator::tenants::pages::list::list;
    "/operator/tenants/{id}" => get operator::tenants::pages::tenant::tenant;
    "/operator/tenants/{id}/domains" => ; post operator::tenants::pages::domains::add;
    "/operator/tenants/{tenant}/domains/{domain}/end" => get operator::tenants::pages::domains::ask, post operator::tenants::pages::domains::end;
    "/partner" => get partner::home::pages::home;
    "/partner/invitations" => get partner::invitations::pages::list::list;
    "/partner/invitations/new" => get partner::invitations::pages::compose::form, post partner::invitations::pages::compose::create;
    "/partner/invitations/{id}" => get partner::invitations::pages::one::invitation;
    "/partner/invitations/{id}/resend" => ; post partner::invitations::pages::change::resend;
    "/partner/invitations/{id}/withdrawal" => get partner::invitations::pages::change::ask, post partner::invitations::pages::change::withdraw;
    "/partner/customers" => get partner::customers::pages::list::list;
    "/partner/customers/{relationship}" => get partner::customers::pages::customer::customer;
    "/partner/customers/{relationship}/history" => get partner::customers::pages::history::history;
    "/partner/customers/{relationship}/roles/{role}/return" => get partner::customers::pages::give_back::ask, post partner::customers::pages::give_back::give_back;
    "/partner/customers/{relationship}/agreement-claim" => get partner::customers::pages::claim::form, post partner::customers::pages::claim::claim;
    "/partner/customers/{relationship}/end" => get partner::customers::pages::end::ask, post partner::customers::pages::end::end;
    "/partner/profile" => get partner::profile::pages::form, post partner::profile::pages::save;
    "/partner/profile/publication" => ; post partner::profile::pages::publication;
    "/partner/requests" => get partner::requests::pages::list::list;
    "/partner/requests/{id}" => get partner::requests::pages::one::request;
    "/partner/requests/{id}/refusal" => get partner::requests::pages::refusal::form, post partner::requests::pages::refusal::decline;
    "/partner/audit-log" => get partner::audit_log::pages::audit_log;
    "/partner/audit-log/{event}" => get partner::audit_log::pages::event;
    "/partner/staff" => get partner::staff::pages::list;
    "/partner/staff/new" => get partner::staff::pages::invite::form, post partner::staff::pages::invite::create;
    "/partner/staff/invitations/{id}/resend" => ; post partner::staff::pages::invite::again;
    "/partner/staff/invitations/{id}/withdrawal" => ; post partner::staff::pages::invite::withdraw;
    "/partner/staff/{membership}" => get partner::staff::pages::member;
    "/partner/staff/{membership}/roles" => ; post partner::staff::pages::set_roles;
    "/partner/staff/{membership}/disabling" => get partner::staff::pages::ask, post partner::staff::pages::disable;
    "/partners" => get directory::pages::list::list;
    "/partners/contact" => get contact::pages::form::form, post contact::pages::form::post;
    "/partners/contact/sent" => get contact::pages::sent::sent;
    "/partners/requests" => get contact::pages::list::list;
    "/partners/requests/{id}" => get contact::pages::request::request;
    "/partners/{number}" => get directory::pages::partner::partner;
    "/settings" => get settings::pages::settings;
    "/settings/membership" => ; post settings::pages::switch;
    "/settings/language" => ; post settings::pages::language;
    "/settings/appearance" => ; post settings::pages::appearance;
    "/settings/acceptance" => ; post settings::pages::acceptance_chosen;
    "/settings/password" => ; post settings::password::change;
    "/settings/sessions/end" => ; post settings::sessions::end_others;
    "/settings/sessions/{id}/end" => ; post settings::sessions::end;
    "/sign-in" => get sign_in::pages::form, post sign_in::pages::sign_in;
    "/sign-out" => ; post sign_in::pages::sign_out;
    "/password-reset" => get password_reset::ask::form, post password_reset::ask::ask;
    "/password-reset/{token}" => get password_reset::set::form, post password_reset::set::set;
    "/staff-invitations/{token}" => get joining::pages::form, post joining::account::make;
    "/staff-invitations/{token}/acceptance" => ; post joining::pages::accept;
}
