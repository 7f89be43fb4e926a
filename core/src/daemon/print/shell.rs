//! How is any text written as part of a command?

/// A text as one word of a POSIX shell; `None` for one that a terminal may take for a key, or that does not look like what
/// it is.
///
/// Source: POSIX.1-2024, *Shell Command Language*, 2.2.2 (single quotes keep everything but themselves).
pub(crate) fn word(text: &str) -> Option<String> {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '/' | '.' | '_' | '-' | '+' | ',');
    if text.chars().any(is_deceptive) {
        return None;
    }
    Some(match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => ["'", &text.replace('\'', r"'\''"), "'"].concat(),
    })
}

/// Controls, which a terminal acts on when they are pasted, and marks that turn the direction of what is read.
fn is_deceptive(it: char) -> bool {
    it.is_control()
        || matches!(it, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::word;
    use proptest::prelude::*;

    #[test]
    fn quotes_what_a_shell_would_take_apart() {
        for (text, expected) in [
            ("/srv/docker", Some("/srv/docker")),
            ("/srv/my docker", Some("'/srv/my docker'")),
            ("/srv/o'neill", Some(r"'/srv/o'\''neill'")),
            ("/srv/$(reboot)", Some("'/srv/$(reboot)'")),
            ("/srv/`reboot`;#", Some("'/srv/`reboot`;#'")),
            ("~/docker", Some("'~/docker'")), // no shell of the daemon's opens it up
            ("", Some("''")),
            ("/srv/\u{3}reboot", None), // Ctrl+C ends the line in a terminal
            ("/srv/a\nreboot", None),
            ("/srv/\u{202E}toor", None),
        ] {
            assert_eq!(word(text).as_deref(), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_shell_reads_the_text_back(text in "[ -~é]{0,20}") {
            let word = word(&text).expect("a word");
            let output = std::process::Command::new("sh").args(["-c", &format!("printf %s {word}")]).output();
            if let Ok(output) = output {
                prop_assert_eq!(String::from_utf8_lossy(&output.stdout), text);
            }
        }
    }
}
