//! Where does a list of processes show the command line of the daemon?

use crate::{
    daemon::spoken::is_spoken,
    notation::shell::{Quoting, tokens},
    text::Span,
};

use super::call::{calls, is_dockerd, words_of};

/// The command line of the first daemon that `ps`, `pgrep -a` or `systemctl status` shows.
///
/// None where the daemon says what is wrong beside it: that is worth more.
pub(super) fn shown(text: &str) -> Option<Span> {
    let mut wrapped = None;
    let mut start = 0;
    let mut found = None;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        if is_spoken(line) && !["level=info", "level=warn", "level=debug"].iter().any(|it| line.contains(it)) {
            return None;
        }
        if found.is_some() || !line.contains("dockerd") {
            continue;
        }
        match command(line) {
            Some((from, to, true)) => found = Some(Span::new(at + from, at + to)),
            Some((from, to, false)) if wrapped.is_none() => wrapped = Some(Span::new(at + from, at + to)),
            _ => {}
        }
    }
    found.or(wrapped)
}

/// Where in a line the command is, and whether it begins with the daemon's program.
fn command(line: &str) -> Option<(usize, usize, bool)> {
    let length = line.trim_end().len();
    if let Some((before, behind)) = line.split_once("ExecStart=").filter(|it| it.0.trim_start().starts_with("Process:"))
    {
        let from = before.len() + "ExecStart=".len();
        let to = behind.find(" (code=").map_or(length, |it| from + it);
        return is_dockerd(behind.split_whitespace().next()?).then_some((from, to, true));
    }
    // The branches of a tree.
    let bare = line.trim_start_matches(|it: char| it.is_whitespace() || "├└│─|`-●".contains(it));
    let mut at = line.len() - bare.len();
    let mut words: Vec<(usize, &str)> = Vec::new();
    for word in bare.split_whitespace() {
        at += line.get(at..)?.find(word)?;
        words.push((at, word));
        at += word.len();
        if words.len() > COLUMNS {
            break;
        }
    }
    let program = words.iter().position(|it| is_dockerd(it.1))?;
    let is_number = |it: &(usize, &str)| it.1.bytes().all(|it| it.is_ascii_digit());
    let has_id = words.iter().take(2).any(is_number);
    let time = words.iter().take(program).rposition(|it| is_time(it.1)).filter(|it| *it >= 3);
    let first = match time {
        Some(time) => time + 1,
        None if words.first().is_some_and(is_number) => 1,
        None => return None,
    };
    let is_branch = |it: &&(usize, &str)| it.1.bytes().all(|it| b"\\_|`-".contains(&it));
    let first = first + words.iter().skip(first).take_while(is_branch).count();
    let from = words.get(first).filter(|_| has_id)?.0;
    if first == program {
        return Some((from, length, true));
    }
    let words = words_of(tokens(line, Span::new(from, length), Quoting::Shown));
    let is_call = !calls(line, words, Quoting::Shown, &mut Vec::new()).is_empty();
    is_call.then_some((from, length, false))
}

/// No list has more columns before the command, with all that may start the daemon.
const COLUMNS: usize = 32;

/// `0:05`, `00:00:05`, `1-02:03:04`
fn is_time(word: &str) -> bool {
    let clock = word.split_once('-').map_or(word, |it| it.1);
    let parts = clock.split(':').count();
    (2..=3).contains(&parts) && clock.split(':').all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}
