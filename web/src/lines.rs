//! How do the lines of a file end? Editors hold `\n`; a file gets back what it came with.

/// What ends the lines of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineEnds {
    /// `\n`, as everywhere but on Windows.
    #[default]
    Lf,
    /// `\r\n`.
    CrLf,
}

impl LineEnds {
    /// What ends most lines of a file.
    pub fn of(file: &str) -> Self {
        let pairs = file.matches("\r\n").count();
        match pairs > file.matches('\n').count() - pairs {
            true => Self::CrLf,
            false => Self::Lf,
        }
    }

    /// A text as it is written into the file.
    pub fn write(self, text: &str) -> String {
        match self {
            Self::Lf => text.to_owned(),
            Self::CrLf => text.replace('\n', "\r\n"),
        }
    }
}

/// A text as editors hold it: its lines end with `\n`.
pub fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::{LineEnds, lines};

    #[test]
    fn a_file_gets_back_the_ends_of_most_of_its_lines() {
        for (file, text, written, why) in [
            ("", "", "", "empty"),
            ("{\n}\n", "{\n}\n", "{\n}\n", "LF"),
            ("{\r\n}\r\n", "{\n}\n", "{\r\n}\r\n", "CRLF"),
            ("\u{feff}{\r\n}", "\u{feff}{\n}", "\u{feff}{\r\n}", "a mark stays"),
            ("a\r\nb\r\nc\n", "a\nb\nc\n", "a\r\nb\r\nc\r\n", "more CRLF"),
            ("a\r\nb\nc\n", "a\nb\nc\n", "a\nb\nc\n", "more LF"),
            ("a\r\nb\n", "a\nb\n", "a\nb\n", "as many"),
            ("a\rb", "a\nb", "a\nb", "a lone CR ends a line too"),
        ] {
            assert_eq!(lines(file), text, "{why}");
            assert_eq!(LineEnds::of(file).write(text), written, "{why}");
        }
    }
}
