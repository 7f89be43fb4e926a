//! Where does a byte of the text stand for JavaScript, and on which line?

use std::ops::Range;

use drydock::text::Span;

/// The places of one text: the core counts UTF-8 bytes, JavaScript UTF-16 units.
///
/// Made once for each revision of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offsets {
    /// After each character that is not ASCII: its end in bytes and in UTF-16 units.
    wide: Vec<(usize, usize)>,
    /// Where each line starts, in bytes.
    lines: Vec<usize>,
    /// Length in bytes.
    length: usize,
}

impl Offsets {
    /// Measures a text.
    pub fn of(text: &str) -> Self {
        let mut offsets = Self { lines: vec![0], length: text.len(), ..Self::default() };
        let mut units = 0;
        for (start, character) in text.char_indices() {
            units += character.len_utf16();
            let end = start + character.len_utf8();
            if character == '\n' {
                offsets.lines.push(end);
            } else if !character.is_ascii() {
                offsets.wide.push((end, units));
            }
        }
        offsets
    }

    /// The UTF-16 unit that begins at a byte; past the end, the length.
    pub fn units(&self, byte: usize) -> usize {
        let byte = byte.min(self.length);
        let before = self.wide.partition_point(|&(end, _)| end <= byte);
        let (end, units) = self.wide_before(before);
        units + (byte - end)
    }

    /// The byte at which a UTF-16 unit begins; past the end, the length.
    pub fn byte(&self, units: usize) -> usize {
        let before = self.wide.partition_point(|&(_, end)| end <= units);
        let (end, base) = self.wide_before(before);
        (end + (units - base)).min(self.length)
    }

    fn wide_before(&self, count: usize) -> (usize, usize) {
        match count {
            0 => (0, 0),
            _ => self.wide[count - 1],
        }
    }

    /// A range of bytes in UTF-16 units.
    pub fn range(&self, span: Span) -> Range<usize> {
        self.units(span.start)..self.units(span.end)
    }

    /// The line of a byte, counted from 1.
    pub fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|&start| start <= byte).max(1)
    }

    /// The UTF-16 unit of its line that begins at a byte, counted from 1.
    pub fn column(&self, byte: usize) -> usize {
        let start = self.lines[self.line(byte) - 1];
        self.units(byte) - self.units(start) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_units_meet_at_every_character() {
        for text in ["", "plain", "ä", "aäb€c😀d", "😀😀", "line\nzwei ß\n😀\n", "\u{feff}{}"] {
            let offsets = Offsets::of(text);
            let mut units = 0;
            for (byte, character) in text.char_indices() {
                assert_eq!(offsets.units(byte), units, "{text:?} at byte {byte}");
                assert_eq!(offsets.byte(units), byte, "{text:?} at unit {units}");
                units += character.len_utf16();
            }
            assert_eq!(offsets.units(text.len()), units);
            assert_eq!(offsets.byte(units), text.len());
            assert_eq!(offsets.byte(units + 9), text.len());
        }
    }

    #[test]
    fn lines_count_from_one() {
        let offsets = Offsets::of("a\nä\n");
        for (byte, line) in [(0, 1), (1, 1), (2, 2), (4, 2), (5, 3), (99, 3)] {
            assert_eq!(offsets.line(byte), line, "byte {byte}");
        }
        assert_eq!(Offsets::of("").line(0), 1);
    }

    #[test]
    fn columns_count_units_from_one() {
        let offsets = Offsets::of("a\nä😀b\n");
        for (byte, column) in [(0, 1), (1, 2), (2, 1), (4, 2), (8, 4), (9, 5), (10, 1), (99, 1)] {
            assert_eq!(offsets.column(byte), column, "byte {byte}");
        }
        assert_eq!(Offsets::of("").column(0), 1);
    }
}
