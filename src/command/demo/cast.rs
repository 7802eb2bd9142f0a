//! Who and what the sample data are made of. Every domain is one that can't exist.

use crate::domain::{
    membership::MemberRole,
    relationship::RelationshipType as Type,
    role::AdminRole::{self, GlobalAdministrator, HelpdeskAdministrator},
};

/// Where somebody of the sample belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The school, which has not accepted the agreement yet.
    School,
    /// The company, which has.
    Company,
    /// A partner, by name.
    Partner(&'static str),
    /// Those who run the installation.
    Operator,
}

/// Somebody to sign in as.
#[derive(Debug)]
pub struct Someone {
    /// The name.
    pub name: &'static str,
    /// The address.
    pub email: &'static str,
    /// Where, with which roles; the first acts first.
    pub places: &'static [(Place, &'static [MemberRole])],
}

/// The school.
pub const SCHOOL: &str = "Hautmont School Group";
/// The school's domain.
pub const SCHOOL_DOMAIN: &str = "hautmont.example";
/// The company.
pub const COMPANY: &str = "Northwind Harbour Ltd";
/// The company's domain.
pub const COMPANY_DOMAIN: &str = "northwind-harbour.example";
/// Who runs the installation, as the foot of every page says. A name, so that it fits every
/// language.
pub const OPERATOR: &str = "Entente Demo";
/// The partner whose staff is shown in full.
pub const FJORD: &str = "Fjord Managed IT";
/// Another partner, whose staff must not see the first one's customers.
const BRIGHTWATER: &str = "Brightwater IT";

/// The school's Billing administrator, who answers for it.
pub const SCHOOL_ADMIN: &str = "marie.delorme@hautmont.example";
/// The company's Billing administrator, who answers for it.
pub const COMPANY_ADMIN: &str = "eleanor.whitcombe@northwind-harbour.example";

/// Everybody with a password, in the order in which they are told.
pub const PEOPLE: &[Someone] = &[
    Someone {
        name: "Marie Delorme",
        email: SCHOOL_ADMIN,
        places: &[(Place::School, &[MemberRole::BillingAdministrator])],
    },
    Someone {
        name: "Chidi Okafor",
        email: "chidi.okafor@hautmont.example",
        places: &[(Place::School, &[MemberRole::GlobalAdministrator])],
    },
    Someone {
        name: "Lucie Marchand",
        email: "lucie.marchand@hautmont.example",
        places: &[(Place::School, &[])],
    },
    Someone {
        name: "Eleanor Whitcombe",
        email: COMPANY_ADMIN,
        places: &[(Place::Company, &[MemberRole::BillingAdministrator])],
    },
    Someone {
        name: "Tomasz Zieliński",
        email: "tomasz.zielinski@northwind-harbour.example",
        places: &[(Place::Company, &[MemberRole::GlobalAdministrator])],
    },
    Someone {
        name: "Priya Raman",
        email: "priya.raman@northwind-harbour.example",
        places: &[(Place::Company, &[])],
    },
    Someone {
        name: "Noor Haddad",
        email: "noor.haddad@ledger-and-quay.example",
        places: &[
            (Place::Company, &[MemberRole::BillingAdministrator]),
            (Place::School, &[MemberRole::UserAdministrator]),
        ],
    },
    Someone {
        name: "Ingrid Solberg",
        email: "ingrid.solberg@fjord.example",
        places: &[(Place::Partner(FJORD), &[MemberRole::AdminAgent])],
    },
    Someone {
        name: "Maja Lindqvist",
        email: "maja.lindqvist@fjord.example",
        places: &[(Place::Partner(FJORD), &[MemberRole::SalesAgent])],
    },
    Someone {
        name: "Jonas Berg",
        email: "jonas.berg@fjord.example",
        places: &[(Place::Partner(FJORD), &[MemberRole::HelpdeskAgent])],
    },
    Someone {
        name: "Hannah Cole",
        email: "hannah.cole@brightwater.example",
        places: &[(Place::Partner(BRIGHTWATER), &[MemberRole::AdminAgent])],
    },
    Someone {
        name: "Nadia Ferrari",
        email: "nadia.ferrari@operator.example",
        places: &[(Place::Operator, &[MemberRole::Operator])],
    },
];

/// A partner: name, domain, country, town, telephone, its Admin agent.
pub type Company = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// The partners.
#[rustfmt::skip]
pub const PARTNERS: &[Company] = &[
    (FJORD, "fjord.example", "NO", "Bergen", "+47 55 01 02 03", "Ingrid Solberg"),
    (BRIGHTWATER, "brightwater.example", "GB", "Leeds", "+44 113 496 0100", "Hannah Cole"),
    ("Cobalt Cloud Services", "cobalt-cloud.example", "IE", "Dublin", "+353 20 910 0200", "Aoife Brennan"),
    ("Orchard Advisory", "orchard-advisory.example", "GB", "Hereford", "+44 1632 960 201", "Samuel Reyes"),
    ("Atelier Numérique", "atelier-numerique.example", "FR", "Lyon", "+33 4 65 71 00 15", "Élodie Garnier"),
    ("Larkspur Licensing", "larkspur.example", "GB", "Bristol", "+44 117 496 0177", "George Atkins"),
    ("Meridian Apps", "meridian-apps.example", "PT", "Porto", "+351 22 000 01 40", "Inês Carvalho"),
    ("Sable & Finch", "sable-finch.example", "GB", "Edinburgh", "+44 131 496 0130", "Isla Drummond"),
    ("Quill Systems", "quill-systems.example", "NL", "Utrecht", "+31 30 555 01 22", "Daan Visser"),
    ("Tamar Networks", "tamar-networks.example", "GB", "Plymouth", "+44 1632 960 455", "Rhys Penrose"),
    ("Kestrel Support", "kestrel-support.example", "GB", "Norwich", "+44 1632 960 318", "Ruth Adeyemi"),
    ("Harrow & Vale", "harrow-vale.example", "GB", "Oxford", "+44 1632 960 702", "Peter Vale"),
    ("Lumen Licences", "lumen-licences.example", "BE", "Ghent", "+32 9 555 01 88", "Lotte Peeters"),
    ("Ravensworth Telecom", "ravensworth.example", "GB", "Durham", "+44 1632 960 811", "Colin Wardle"),
];

/// What became of an invitation, with days before today.
#[derive(Debug, Clone, Copy)]
pub enum Then {
    /// Nothing yet; it may have run out.
    Nothing,
    /// Accepted.
    Accepted(i64),
    /// Declined, with words.
    Declined(i64, &'static str),
    /// Withdrawn by the partner.
    Withdrawn(i64),
}

/// An invitation of the sample.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// For whom.
    pub place: Place,
    /// To the Billing administrator's address, or to the tenant's public id.
    pub by_mail: bool,
    /// By which partner.
    pub partner: &'static str,
    /// The type.
    pub kind: Type,
    /// The roles asked for.
    pub roles: &'static [AdminRole],
    /// How long they last, in days.
    pub days: i32,
    /// Made so many days before today.
    pub days_ago: i64,
    /// The partner's words.
    pub message: &'static str,
    /// What became of it.
    pub then: Then,
}

const BOTH: &[AdminRole] = &[GlobalAdministrator, HelpdeskAdministrator];
const GLOBAL: &[AdminRole] = &[GlobalAdministrator];
const HELPDESK: &[AdminRole] = &[HelpdeskAdministrator];
const NONE: &[AdminRole] = &[];

const fn to(
    place: Place,
    partner: &'static str,
    kind: Type,
    roles: &'static [AdminRole],
    days: i32,
    asked: i64,
    then: Then,
) -> Asked {
    Asked {
        place,
        by_mail: asked % 2 == 0,
        partner,
        kind,
        roles,
        days,
        days_ago: asked,
        message: "",
        then,
    }
}

const fn with(message: &'static str, asked: Asked) -> Asked {
    Asked { message, ..asked }
}

/// Every invitation of the sample.
#[rustfmt::skip]
pub const INVITATIONS: &[Asked] = &[
    // The school: nothing accepted yet.
    with(
        "As agreed with Mr Okafor, we will move your 640 student accounts before the January term and look after licences from then on.",
        to(Place::School, FJORD, Type::ResellerAndDelegatedAdministrator, BOTH, 365, 2, Then::Nothing),
    ),
    with(
        "For the autumn we would take over password questions, so that your own team has time for the new building.",
        to(Place::School, "Orchard Advisory", Type::Advisor, HELPDESK, 180, 4, Then::Nothing),
    ),
    to(Place::School, "Larkspur Licensing", Type::Reseller, NONE, 365, 6, Then::Nothing),
    to(Place::School, "Meridian Apps", Type::LineOfBusinessPartner, NONE, 365, 9, Then::Nothing),
    to(Place::School, "Atelier Numérique", Type::Partner, NONE, 365, 11, Then::Nothing),
    to(Place::School, "Sable & Finch", Type::MpsaPartner, NONE, 365, 14, Then::Nothing),
    to(Place::School, "Harrow & Vale", Type::DelegatedAdministrator, HELPDESK, 90, 26, Then::Nothing),
    to(Place::School, BRIGHTWATER, Type::DelegatedAdministrator, GLOBAL, 365, 46, Then::Nothing),
    to(Place::School, "Quill Systems", Type::ResellerAndDelegatedAdministrator, GLOBAL, 730, 24,
        Then::Declined(20, "We do not give full control for selling. Please ask again as a reseller.")),
    to(Place::School, "Tamar Networks", Type::Reseller, NONE, 365, 18, Then::Withdrawn(12)),
    // The company: a list as it grows over the years.
    to(Place::Company, "Sable & Finch", Type::MpsaPartner, NONE, 365, 1252, Then::Accepted(1250)),
    to(Place::Company, "Larkspur Licensing", Type::Reseller, NONE, 365, 1172, Then::Accepted(1170)),
    to(Place::Company, "Tamar Networks", Type::DelegatedAdministrator, HELPDESK, 730, 602, Then::Accepted(600)),
    to(Place::Company, "Cobalt Cloud Services", Type::ResellerAndDelegatedAdministrator, BOTH, 730, 903, Then::Accepted(900)),
    to(Place::Company, "Quill Systems", Type::ResellerAndDelegatedAdministrator, BOTH, 730, 582, Then::Accepted(580)),
    to(Place::Company, BRIGHTWATER, Type::Reseller, NONE, 365, 562, Then::Accepted(560)),
    to(Place::Company, "Ravensworth Telecom", Type::Reseller, NONE, 365, 512, Then::Accepted(510)),
    to(Place::Company, "Atelier Numérique", Type::Partner, NONE, 365, 449, Then::Accepted(447)),
    to(Place::Company, "Meridian Apps", Type::LineOfBusinessPartner, NONE, 365, 372, Then::Accepted(370)),
    with(
        "Our yearly contract, as every spring: accounts and licences for your three sites.",
        to(Place::Company, BRIGHTWATER, Type::DelegatedAdministrator, GLOBAL, 365, 347, Then::Accepted(345)),
    ),
    to(Place::Company, "Cobalt Cloud Services", Type::ResellerAndDelegatedAdministrator, BOTH, 730, 257, Then::Accepted(255)),
    to(Place::Company, BRIGHTWATER, Type::Advisor, HELPDESK, 365, 252, Then::Accepted(250)),
    to(Place::Company, "Orchard Advisory", Type::Advisor, HELPDESK, 365, 147, Then::Accepted(145)),
    to(Place::Company, "Kestrel Support", Type::Advisor, HELPDESK, 90, 132, Then::Accepted(130)),
    to(Place::Company, "Harrow & Vale", Type::DelegatedAdministrator, HELPDESK, 90, 83, Then::Accepted(81)),
    to(Place::Company, "Lumen Licences", Type::Reseller, NONE, 365, 66,
        Then::Declined(64, "We buy licences from Larkspur and are happy with them.")),
    to(Place::Company, "Kestrel Support", Type::MpsaPartner, NONE, 365, 53, Then::Nothing),
    to(Place::Company, "Tamar Networks", Type::Advisor, HELPDESK, 180, 32, Then::Withdrawn(30)),
    with(
        "We met at the harbour fair. This covers the migration of the Hull office and the help desk after it.",
        to(Place::Company, FJORD, Type::ResellerAndDelegatedAdministrator, BOTH, 365, 3, Then::Nothing),
    ),
    with(
        "Your roles for us end soon; this renews them for another year.",
        to(Place::Company, BRIGHTWATER, Type::DelegatedAdministrator, GLOBAL, 365, 5, Then::Nothing),
    ),
    to(Place::Company, "Lumen Licences", Type::Reseller, NONE, 365, 8, Then::Nothing),
    to(Place::Company, "Sable & Finch", Type::LineOfBusinessPartner, NONE, 365, 13, Then::Nothing),
];

/// What happened later, with days before today.
#[derive(Debug, Clone, Copy)]
pub enum Later {
    /// The company took back every role of a partner.
    RolesRemoved(&'static str, Type),
    /// A partner gave back a role at the company.
    GivenBack(&'static str, Type, AdminRole),
    /// A partner ended a relationship with the company.
    Ended(&'static str, Type),
    /// The operator suspended a partner.
    Suspended(&'static str),
    /// The company accepted the second version of the agreement.
    AgreementAccepted,
    /// The operator published the second version.
    SecondVersion,
    /// The operator wrote a third one.
    Drafted,
}

/// What happened after the invitations.
#[rustfmt::skip]
pub const LATER: &[(i64, Later)] = &[
    (SECOND_VERSION, Later::SecondVersion),
    (138, Later::AgreementAccepted),
    (300, Later::Ended(BRIGHTWATER, Type::Reseller)),
    (190, Later::GivenBack(BRIGHTWATER, Type::Advisor, HelpdeskAdministrator)),
    (80, Later::Ended("Tamar Networks", Type::DelegatedAdministrator)),
    (50, Later::RolesRemoved("Quill Systems", Type::ResellerAndDelegatedAdministrator)),
    (10, Later::Suspended("Ravensworth Telecom")),
    (6, Later::Drafted),
];

/// The first version of the agreement was published so many days before today.
pub const FIRST_VERSION: i64 = 1390;
/// And the second.
pub const SECOND_VERSION: i64 = 142;
/// Everybody was registered so many days before today.
pub const BEGINNING: i64 = 1400;
