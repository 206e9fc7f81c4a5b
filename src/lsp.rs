//! The language server: errors and answers in editors, as people type.
//!
//! One thread ([`server`]) owns the state and never waits for work: projects are read on threads of their own
//! ([`analysis`]), each reading cancelled when its text changes, and requests are answered on a few more ([`handlers`]) from
//! what is known within [`SOFT`]; what is found out later is told with a refresh. It opens what the editor opened and what
//! interpreting that reads below the project's root, starts no program, and asks no network.

use std::io::{self, Read, Write};
use std::time::Duration;

mod analysis;
mod client;
mod code_action;
mod code_lens;
mod completion;
mod definition;
mod diagnostics;
mod document;
mod folding;
mod formatting;
mod handlers;
mod hover;
mod inlay_hint;
mod knowledge;
mod known;
mod links;
mod locked;
mod names;
mod outline;
mod protocol;
mod script;
mod server;
mod settings;
mod symbols;
mod transport;
mod typing;
mod value;
mod view;
mod workspace;

/// How long a request waits for values that are being worked out before it is answered without them.
const SOFT: Duration = Duration::from_millis(60);
/// How long the reading of a project may take in all; what is not evaluated by then is told as a limit that was reached.
const HARD: Duration = Duration::from_secs(2);

/// Serves one client until it says `exit` or goes away; the exit status that the protocol asks for.
pub fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> u8 {
    server::serve(input, output)
}

/// Serves the client at standard input and output.
pub fn serve_stdio() -> u8 {
    serve(io::stdin(), io::stdout())
}
