//! Ctrl-C and `kill`: what is half written is taken away, then the command ends as it would have.

/// Watches for signals that end the command, for as long as it runs.
#[cfg(unix)]
pub(super) fn watch() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            crate::render::abandon();
            // the caller sees by which signal the command ended
            let _ = signal_hook::low_level::emulate_default_handler(signal);
            std::process::exit(128 + signal);
        }
    });
}

/// Elsewhere the system ends the command by itself.
#[cfg(not(unix))]
pub(super) fn watch() {}
