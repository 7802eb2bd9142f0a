//! The log: one line of JSON for each event on standard output, or readable on standard error.
//! Only our own words below a warning, since those of libraries may hold secrets.

use std::panic::PanicHookInfo;

use tracing::Level;
use tracing_subscriber::{
    Layer as _, filter::Targets, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use super::out;

fn ours(level: Level) -> Targets {
    Targets::new()
        .with_target("entente", level)
        .with_default(level.min(Level::WARN))
}

/// One line of JSON for each event.
pub fn json(level: Level) {
    let layer = fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .log_internal_errors(false)
        .with_writer(|| out::Log)
        .with_filter(ours(level));
    let _ = tracing_subscriber::registry().with(layer).try_init();
    std::panic::set_hook(Box::new(panicked));
}

/// For the demo: warnings, readable, on standard error.
pub fn readable() {
    let layer = fmt::layer()
        .compact()
        .with_ansi(false)
        .log_internal_errors(false)
        .with_writer(std::io::stderr)
        .with_filter(ours(Level::WARN));
    let _ = tracing_subscriber::registry().with(layer).try_init();
}

/// A panic is an event like others. Its words are told only where they stand in the source: built
/// ones may hold anything.
fn panicked(info: &PanicHookInfo<'_>) {
    let words = info.payload().downcast_ref::<&'static str>().copied();
    let place = info.location().map(ToString::to_string);
    tracing::error!(
        words = words.unwrap_or("(built at run time)"),
        place = place.as_deref().unwrap_or("unknown"),
        "panic"
    );
}
