//! What is the command doing now, and how long did it take?
//!
//! Each step is numbered and says when it begins and ends; steps may run beside each other. On a terminal, the last
//! line also shows what the running steps are at; elsewhere a long step gives a sign of life now and then.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::trouble::Result;

const TERMINAL_BEAT: Duration = Duration::from_millis(250);
const LOG_BEAT: Duration = Duration::from_secs(30);

/// The numbered steps of one command.
pub struct Steps {
    board: Arc<Mutex<Board>>,
    /// Dropping it ends the thread that shows signs of life.
    _alive: mpsc::Sender<()>,
}

/// One running step; it takes notes of what it is at.
#[derive(Clone)]
pub struct Step {
    number: usize,
    board: Arc<Mutex<Board>>,
}

struct Board {
    out: Box<dyn Write + Send>,
    begun: Instant,
    last: usize,
    total: usize,
    terminal: bool,
    running: BTreeMap<usize, Running>,
}

struct Running {
    title: String,
    since: Instant,
    note: String,
}

impl Steps {
    /// Begins a command of `total` steps.
    pub fn new(total: usize) -> Self {
        let out = std::io::stderr();
        let terminal = out.is_terminal();
        Self::shown_on(Box::new(out), terminal, total)
    }

    fn shown_on(out: Box<dyn Write + Send>, terminal: bool, total: usize) -> Self {
        let board = Arc::new(Mutex::new(Board {
            out,
            begun: Instant::now(),
            last: 0,
            total,
            terminal,
            running: BTreeMap::new(),
        }));
        let (alive, ended) = mpsc::channel::<()>();
        let shown = Arc::clone(&board);
        let beat = if terminal { TERMINAL_BEAT } else { LOG_BEAT };
        thread::spawn(move || {
            while ended.recv_timeout(beat) == Err(mpsc::RecvTimeoutError::Timeout) {
                lock(&shown).show_signs_of_life();
            }
        });
        Self { board, _alive: alive }
    }

    /// Runs a step. `title` says what for ("Build the page").
    pub fn run<T>(&self, title: &str, work: impl FnOnce(&Step) -> Result<T>) -> Result<T> {
        let number = lock(&self.board).begin(title);
        let step = Step { number, board: Arc::clone(&self.board) };
        let outcome = work(&step);
        lock(&self.board).end(number, outcome.is_ok());
        outcome
    }

    /// The time since the command began.
    pub fn elapsed(&self) -> Duration {
        lock(&self.board).begun.elapsed()
    }
}

impl Step {
    /// Notes what the step is at.
    pub fn note(&self, note: &str) {
        if let Some(running) = lock(&self.board).running.get_mut(&self.number) {
            running.note = note.trim().to_owned();
        }
    }
}

impl Board {
    fn begin(&mut self, title: &str) -> usize {
        self.last += 1;
        self.total = self.total.max(self.last);
        let number = self.last;
        self.say(&format!("{} {title} …", self.place(number)));
        self.running.insert(number, Running { title: title.to_owned(), since: Instant::now(), note: String::new() });
        number
    }

    fn end(&mut self, number: usize, fine: bool) {
        let Some(step) = self.running.remove(&number) else {
            return;
        };
        let mark = if fine { "done" } else { "FAILED" };
        self.say(&format!("{} {}: {mark} in {}", self.place(number), step.title, seconds(step.since.elapsed())));
    }

    fn place(&self, number: usize) -> String {
        format!("[{number}/{}]", self.total)
    }

    fn show_signs_of_life(&mut self) {
        let parts: Vec<String> = self
            .running
            .iter()
            .map(|(number, step)| {
                let time = step.since.elapsed().as_secs();
                if step.note.is_empty() {
                    format!("{} {time} s", self.place(*number))
                } else {
                    format!("{} {time} s, {}", self.place(*number), step.note)
                }
            })
            .collect();
        if parts.is_empty() {
            return;
        }
        let line = format!("      {}", parts.join("   "));
        if self.terminal {
            let short: String = line.chars().take(110).collect();
            let _ = write!(self.out, "\r\x1b[2K{short}");
        } else {
            self.say(&line);
        }
    }

    fn say(&mut self, line: &str) {
        let clear = if self.terminal { "\r\x1b[2K" } else { "" };
        // A closed terminal is no reason to stop the work.
        let _ = writeln!(self.out, "{clear}{line}");
    }
}

/// How a duration is written: `0.4 s`, `12 s`, `2 min 5 s`.
pub fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    match whole {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{whole} s"),
        _ => format!("{} min {} s", whole / 60, whole % 60),
    }
}

fn lock(board: &Mutex<Board>) -> MutexGuard<'_, Board> {
    board.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        for (milliseconds, words) in
            [(430, "0.4 s"), (9_900, "9.9 s"), (12_700, "12 s"), (60_000, "1 min 0 s"), (125_000, "2 min 5 s")]
        {
            assert_eq!(seconds(Duration::from_millis(milliseconds)), words);
        }
    }

    #[test]
    fn steps_hand_on_what_their_work_returns() {
        let steps = Steps::shown_on(Box::new(std::io::sink()), false, 2);
        assert_eq!(steps.run("Count", |_| Ok(3)).unwrap(), 3);
        let failed: Result<()> = steps.run("Fail", |_| Err(crate::trouble::Trouble::new("no", "Yes.")));
        assert!(failed.is_err());
        assert!(lock(&steps.board).running.is_empty());
    }
}
