//! What comes next in a text? A prediction, bit by bit, by what followed the same bytes before.
//!
//! Before it sees a link, the model reads the [primer](super::PRIMER): every key of `daemon.json` with a usual value.
//! It then expects `"default-address-pools":[{"base":"` after a `"de`, and such a run costs next to nothing.
//! A table of options and codes would do as much for known keys; this does it also for half-typed text, comments,
//! other dialects and pasted routing tables.
//!
//! Everything here is arithmetic on integers, and **may never change**: a link is read by predicting what its writer
//! predicted.
//!
//! Source: M. Mahoney, *Adaptive weighing of context models for lossless data compression* (2005): the mixer, the
//! logistic functions and the hashed contexts, here with fewer of each.

/// The contexts: the last 0, 1, 2, 3, 4 and 6 bytes, and the present word with the byte before.
const CONTEXTS: usize = 7;
const LENGTHS: [u32; CONTEXTS - 1] = [0, 1, 2, 3, 4, 6];

/// The number of slots, as a power of two; each takes four bytes.
const SLOT_BITS: u32 = 18;

/// A slot: 16 bits of probability, 4 of how often it was seen, 12 that tell its context from others.
const FRESH: u32 = 0x8000_0000;
const CHECK: u32 = 0xfff;

/// How far a probability moves to what came, of 4,096, by how often it was seen.
const PACES: [i32; 11] = [3712, 1170, 910, 745, 630, 546, 482, 431, 390, 356, 328];

const FIRST_WEIGHT: i32 = 20_000;
const MOST_WEIGHT: i32 = 1 << 22;
const LEARNING: i32 = 9;

/// 4,096 / (1 + e^-x) at x = -8, -7.5, …, 8.
const LOGISTIC: [i32; 33] = [
    1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901,
    3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
];

/// The probability, of 4,096, that odds stand for: 256 times their natural logarithm.
fn squash(odds: i32) -> i32 {
    let odds = odds.clamp(-2047, 2047) + 2048;
    let (at, rest) = ((odds >> 7) as usize, odds & 127);
    (LOGISTIC[at] * (128 - rest) + LOGISTIC[at + 1] * rest + 64) >> 7
}

/// Predicts the next bit and learns from it.
#[derive(Clone)]
pub struct Model {
    slots: Vec<u32>,
    /// The inverse of [`squash`].
    odds: Vec<i32>,
    /// By the longest context that was seen before.
    weights: [[i32; CONTEXTS]; CONTEXTS - 1],
    /// The last eight bytes.
    recent: u64,
    word: u32,
    contexts: [u32; CONTEXTS],
    /// A one and the bits of the present byte after it.
    partial: u32,
    // What was predicted, until the bit is known:
    found: [usize; CONTEXTS],
    inputs: [i32; CONTEXTS],
    longest: usize,
    predicted: i32,
}

impl Model {
    pub fn new() -> Self {
        let mut odds = Vec::with_capacity(4096);
        for it in -2047..=2047 {
            let next = squash(it) as usize + 1;
            odds.resize(next.max(odds.len()), it);
        }
        odds.resize(4096, 2047);
        let mut model = Self {
            slots: vec![FRESH; 1 << SLOT_BITS],
            odds,
            weights: [[FIRST_WEIGHT; CONTEXTS]; CONTEXTS - 1],
            recent: 0,
            word: 0,
            contexts: [0; CONTEXTS],
            partial: 1,
            found: [0; CONTEXTS],
            inputs: [0; CONTEXTS],
            longest: 0,
            predicted: 0,
        };
        model.end_byte(0);
        model
    }

    /// Reads a text to learn from it.
    pub fn read(&mut self, bytes: impl Iterator<Item = u8>) {
        for byte in bytes {
            for at in (0..8).rev() {
                self.predict();
                self.learn(byte >> at & 1 == 1);
            }
        }
    }

    /// The probability, of 65,536, that the next bit is one; never 0 nor 65,536.
    pub fn predict(&mut self) -> u32 {
        self.longest = 0;
        for at in 0..CONTEXTS {
            let hash = self.contexts[at].wrapping_add(self.partial.wrapping_mul(0x9e37_79b1));
            let hash = (hash ^ hash >> 15).wrapping_mul(0x85eb_ca6b);
            let hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
            let place = (hash >> (32 - SLOT_BITS)) as usize;
            let check = hash & CHECK;
            let slot = &mut self.slots[place];
            if *slot & CHECK != check {
                *slot = FRESH | check;
            }
            let is_known = *slot >> 12 & 0xf > 0;
            if is_known && at < LENGTHS.len() {
                self.longest = at;
            }
            self.found[at] = place;
            self.inputs[at] = match is_known {
                true => self.odds[(*slot >> 20) as usize],
                false => 0,
            };
        }
        let weights = &self.weights[self.longest];
        let terms = weights.iter().zip(&self.inputs);
        let sum: i64 = terms.map(|it| i64::from(*it.0) * i64::from(*it.1)).sum();
        self.predicted = squash((sum >> 16).clamp(-2047, 2047) as i32);
        (self.predicted * 16 + 8) as u32
    }

    /// Learns what the predicted bit was.
    pub fn learn(&mut self, bit: bool) {
        let error = (i32::from(bit) << 12) - self.predicted;
        let weights = self.weights[self.longest].iter_mut();
        for (weight, input) in weights.zip(&self.inputs) {
            let moved = *weight + ((input * error * LEARNING + (1 << 13)) >> 14);
            *weight = moved.clamp(-MOST_WEIGHT, MOST_WEIGHT);
        }
        for place in self.found {
            let slot = &mut self.slots[place];
            let seen = *slot >> 12 & 0xf;
            let probability = (*slot >> 16) as i32;
            let goal = if bit { 0xffff } else { 0 };
            let pace = PACES[seen as usize];
            let moved = probability + (((goal - probability) * pace) >> 12);
            let seen = (seen + 1).min(PACES.len() as u32 - 1);
            *slot = (moved as u32) << 16 | seen << 12 | *slot & CHECK;
        }
        self.partial = self.partial << 1 | u32::from(bit);
        if self.partial >= 256 {
            self.end_byte(self.partial as u8);
        }
    }

    fn end_byte(&mut self, byte: u8) {
        self.partial = 1;
        self.recent = self.recent << 8 | u64::from(byte);
        self.word = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => {
                let word = self.word.wrapping_add(u32::from(byte));
                word.wrapping_mul(0x2f0b_4c47).rotate_left(5)
            }
            _ => 0,
        };
        for (context, length) in self.contexts.iter_mut().zip(LENGTHS) {
            let bytes = self.recent & ((1 << (8 * length)) - 1);
            *context = hash(bytes ^ u64::from(length) << 56);
        }
        self.contexts[CONTEXTS - 1] = hash(u64::from(self.word) << 8 ^ u64::from(byte) ^ 0x7f << 56);
    }
}

fn hash(it: u64) -> u32 {
    (it.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}
