//! Where the program says what it does: structured lines on standard error.
use std::io::{self, IsTerminal};

use anyhow::Context;
use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, Settings};

/// Libraries that tell more than an operator needs. A level given for one of them wins.
const QUIET: &str = "sqlx=warn,hyper=warn,hyper_util=warn";

/// Starts the log. Call once, first.
pub fn start(settings: &Settings) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(format!("{QUIET},{}", settings.log)).with_context(|| {
        format!("\"{}\" is not a level to log at. Try info, warn or debug.", settings.log)
    })?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    match settings.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        // Only the place: the message may quote what a visitor typed.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "A part of the program gave up");
    }));
    Ok(())
}
