//! How it travels: pages, forms, redirects, headers, languages. No product words.

pub mod assets;
pub mod avatar;
pub mod body;
pub mod csv;
pub mod days;
pub mod edge;
pub mod fault;
pub mod form;
pub mod headers;
pub mod list;
pub mod locale;
pub mod now;
pub mod page;
pub mod paginate;
pub mod patience;
pub mod published;
pub mod redirect;
pub mod request;
pub mod same_origin;
pub mod shown;
pub mod site;
pub mod standing;
pub mod words;
