//! How do bits of known likelihood become letters and digits? A range coder that counts in base 62.
//!
//! What a bit costs is what its probability says, to a fraction of a letter: nothing is lost in rounding to bytes and
//! then to a six-bit alphabet. Letters and digits alone survive every forum, Markdown and chat, also at the end of a
//! sentence, and a double click selects them all.
//!
//! Source: G. N. N. Martin, *Range encoding: an algorithm for removing redundancy from a digitised message* (1979).

/// How many letters and digits there are.
pub const RADIX: u64 = 62;

/// The letters and digits, by what they count.
const ALPHABET: &[u8; RADIX as usize] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// How many digits the coder works on at once.
const WINDOW: u32 = 6;
const WHOLE: u64 = RADIX.pow(WINDOW);
const TOP: u64 = RADIX.pow(WINDOW - 1);

/// What a digit looks like.
pub fn letter(digit: u64) -> char {
    let letter = ALPHABET.get((digit % RADIX) as usize);
    letter.map_or('0', |it| char::from(*it))
}

/// What a letter counts.
pub fn digit(letter: char) -> Option<u64> {
    let letter = u64::from(letter);
    Some(match letter {
        0x30..=0x39 => letter - 0x30,
        0x41..=0x5a => letter - 0x41 + 10,
        0x61..=0x7a => letter - 0x61 + 36,
        _ => return None,
    })
}

/// Splits a range by the probability, of 65,536, that a bit is one.
fn split(range: u64, probability: u32) -> u64 {
    (range >> 16) * u64::from(probability)
}

/// Turns bits into digits.
pub struct Encoder {
    low: u64,
    range: u64,
    digits: Vec<u64>,
}

impl Encoder {
    pub fn new() -> Self {
        Self { low: 0, range: WHOLE, digits: Vec::new() }
    }

    /// Appends a bit that is one with `probability` of 65,536, which is neither 0 nor 65,536.
    pub fn push(&mut self, bit: bool, probability: u32) {
        let part = split(self.range, probability);
        match bit {
            true => self.range = part,
            false => {
                self.low += part;
                self.range -= part;
            }
        }
        self.carry();
        while self.range < TOP {
            self.digits.push(self.low / TOP);
            self.low = self.low % TOP * RADIX;
            self.range *= RADIX;
        }
    }

    /// Hands what has grown beyond the window to the digits before it.
    fn carry(&mut self) {
        if self.low < WHOLE {
            return;
        }
        self.low -= WHOLE;
        for digit in self.digits.iter_mut().rev() {
            *digit += 1;
            if *digit < RADIX {
                return;
            }
            *digit = 0;
        }
    }

    /// The digits, as few as tell these bits from all others; zeros at their end are left out.
    pub fn finish(mut self) -> Vec<u64> {
        let end = self.low + self.range;
        let units = (0..=WINDOW).rev().map(|it| RADIX.pow(it));
        let roundest = units.map(|unit| self.low.div_ceil(unit) * unit);
        self.low = roundest.into_iter().find(|it| *it < end).unwrap_or(self.low);
        self.carry();
        for _ in 0..WINDOW {
            self.digits.push(self.low / TOP);
            self.low = self.low % TOP * RADIX;
        }
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        self.digits
    }
}

/// Turns digits into bits again; any digits give some.
pub struct Decoder<'a> {
    digits: std::slice::Iter<'a, u64>,
    code: u64,
    range: u64,
    /// How many digits were asked for beyond the last.
    pub beyond: usize,
}

impl<'a> Decoder<'a> {
    pub fn new(digits: &'a [u64]) -> Self {
        let mut decoder = Self { digits: digits.iter(), code: 0, range: WHOLE, beyond: 0 };
        for _ in 0..WINDOW {
            decoder.shift();
        }
        decoder
    }

    fn shift(&mut self) {
        let digit = self.digits.next();
        self.beyond += usize::from(digit.is_none());
        self.code = self.code * RADIX + digit.copied().unwrap_or(0);
    }

    /// The next bit, which is one with `probability` of 65,536.
    pub fn next(&mut self, probability: u32) -> bool {
        let part = split(self.range, probability);
        let bit = self.code < part;
        match bit {
            true => self.range = part,
            false => {
                self.code -= part;
                self.range -= part;
            }
        }
        while self.range < TOP {
            self.range *= RADIX;
            self.shift();
        }
        bit
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_count() {
        for digit_ in 0..RADIX {
            assert_eq!(digit(letter(digit_)), Some(digit_));
        }
        for other in ['-', '_', '/', ':', '@', '[', '`', '{', 'é'] {
            assert_eq!(digit(other), None);
        }
    }

    proptest! {
        #[test]
        fn bits_come_back(bits in proptest::collection::vec((any::<bool>(), 1..65_536_u32), 0..4_000)) {
            let mut encoder = Encoder::new();
            for (bit, probability) in &bits {
                encoder.push(*bit, *probability);
            }
            let digits = encoder.finish();
            prop_assert!(digits.last() != Some(&0));
            let mut decoder = Decoder::new(&digits);
            for (bit, probability) in &bits {
                prop_assert_eq!(decoder.next(*probability), *bit);
            }
        }

        #[test]
        fn carries_run_through(ones in 0..200_usize) {
            // The unlikely second branch, again and again, fills the digits with the highest one.
            let bits = || std::iter::repeat_n((false, 1), ones).chain([(true, 65_535), (false, 65_535), (false, 40_000)]);
            let mut encoder = Encoder::new();
            bits().for_each(|(bit, probability)| encoder.push(bit, probability));
            let digits = encoder.finish();
            let mut decoder = Decoder::new(&digits);
            for (bit, probability) in bits() {
                prop_assert_eq!(decoder.next(probability), bit);
            }
        }
    }
}
