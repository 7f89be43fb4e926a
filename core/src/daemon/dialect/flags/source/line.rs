//! Which commands does a script have, for a shell of Unix or of Windows?

use crate::{
    notation::shell::{Quoting, Token, tokens},
    text::Span,
};

use super::call::{commands_of, is_dockerd};

/// How the commands of a text are quoted, and their tokens, each with the operator that ends it.
pub(super) fn commands(text: &str) -> (Quoting, Vec<Vec<Token>>) {
    let whole = Span::new(0, text.len());
    if is_of_windows(text) {
        return (Quoting::Windows, commands_of(tokens(text, whole, Quoting::Windows)));
    }
    let mut all = tokens(text, whole, Quoting::Shell);
    if let [Token::Comment(first), ..] = all[..] {
        // `# dockerd --debug`: root's prompt, unless a command follows that is none.
        let inner = Span::new(first.start + 1, text.len());
        let program = Span::new(first.start + 1, first.end).of(text).trim_start();
        let called = program.strip_prefix("sudo ").unwrap_or(program).split_whitespace().next();
        let is_called = called.is_some_and(is_dockerd);
        let has_others = all.iter().any(|it| matches!(it, Token::Word(_)));
        let goes_on = first.of(text).trim_end().ends_with('\\');
        if is_called && (!has_others || goes_on) {
            all = tokens(text, inner, Quoting::Shell);
        }
    }
    (Quoting::Shell, commands_of(all))
}

/// Whether a text names the daemon's program on Windows, or its flags there.
fn is_of_windows(text: &str) -> bool {
    const SIGNS: &[&str] = &["dockerd.exe", "--register-service", "--unregister-service", "--run-service"];
    let first = text.trim_start();
    let prompt = first.strip_prefix("PS ").unwrap_or(first);
    prompt.get(1..3) == Some(":\\") || SIGNS.iter().any(|it| text.contains(it))
}
