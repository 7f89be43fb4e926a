//! How do flags change when one of the settings changes?
//!
//! The change is made to the tree that was read. Then the flags for the old and the new tree are compared, key by key,
//! and only those that differ are written, taken out or added. At last the new text is read again, and must give the new
//! tree.

use crate::{
    daemon::options,
    document::{CannotEdit, Change, Document, Kind, Member, Node, Step, Tree, Value, edit::edit_all},
    notation::shell::{Quoting, quote},
    text::{Edits, Span, TextEdit, order},
};

use super::{
    given::Given,
    read::{Part, Reading, read},
    source::{Command, Form},
    spelled::{Spelled, spell},
    table::{self, Takes},
};

/// Returns the edits that carry out a change and leave every other byte as it is.
///
/// # Errors
///
/// [`CannotEdit`] for settings without a flag, such as `builder`, and for a text that does not call the daemon.
pub fn edit(text: &str, document: &Document, change: &Change) -> Result<Edits, CannotEdit> {
    if let Change::All(changes) = change {
        return edit_all(text, document, changes);
    }
    let reading = Reading::of(text);
    if reading.source.commands.is_empty() {
        return Err(CannotEdit);
    }
    let before = &document.tree.root;
    let mut renamed = None;
    let after = match change {
        Change::Rename { key, name } if is_unknown(before, *key) => {
            renamed = Some((*key, name.as_str()));
            before.clone()
        }
        _ => {
            let mut after = before.clone();
            changed(&mut after, change).ok_or(CannotEdit)?;
            after
        }
    };
    let mut plan = Plan::of(&reading);
    match (renamed, change) {
        (Some((key, name)), _) => plan.rename(key, name)?,
        (None, Change::Remove { span }) if plan.remove(*span) => {}
        _ => plan.compare(before, &after)?,
    }
    let edits = plan.edits(text)?;
    let now = read(&edits.apply(text));
    let is_as_wanted = match renamed {
        Some(_) => now.problems.len() <= document.tree.problems.len(),
        None => is_same(&now, &after) && now.problems.len() <= document.tree.problems.len(),
    };
    is_as_wanted.then_some(edits).ok_or(CannotEdit)
}

/// Whether the key at `span` is that of a flag that dockerd does not have.
fn is_unknown(root: &Node, span: Span) -> bool {
    let member = root.members().iter().find(|it| it.key_span == span);
    member.is_some_and(|it| it.sound && options::member("", &it.key).is_none())
}

/// Whether a text that was read says what was wanted.
fn is_same(now: &Tree, wanted: &Node) -> bool {
    let all = |root: &Node| {
        let mut all = groups(root);
        all.retain(|it| it.1.as_ref().is_none_or(|it| !it.is_empty()));
        all
    };
    all(&now.root) == all(wanted)
}

// ── the change of what was read ──

/// Makes a change to a tree; `None` where its place is not there.
fn changed(root: &mut Node, change: &Change) -> Option<()> {
    match change {
        Change::Replace { span, value } => {
            let is_scalar = !matches!(value, Value::List(_) | Value::Map(_));
            replace(root, *span, value, is_scalar).then_some(())
        }
        Change::Remove { span } => remove(root, *span).then_some(()),
        Change::Rename { key, name } => {
            let member = member_at(root, *key)?;
            member.key = name.clone();
            Some(())
        }
        Change::Set { path, value } => set(root, path, value),
        Change::Unset { path } => {
            unset(root, path);
            Some(())
        }
        Change::UnsetElements { path, indices } => {
            let Kind::List(elements) = &mut at_path(root, path)?.kind else {
                return None;
            };
            for at in indices.iter().rev() {
                if *at < elements.len() {
                    elements.remove(*at);
                }
            }
            Some(())
        }
        Change::Move { from, to } => {
            let value = Value::of(at_path(root, from)?)?;
            if at_path(root, to).is_some_and(|it| it.counts()) {
                return None;
            }
            unset(root, from);
            set(root, to, &value)
        }
        Change::All(_) => None,
    }
}

fn node_of(value: &Value, span: Span) -> Node {
    let kind = match value {
        Value::Null => Kind::Null,
        Value::Bool(value) => Kind::Bool(*value),
        Value::Number(digits) => Kind::Number(digits.clone()),
        Value::String(text) => Kind::String(text.clone()),
        Value::List(values) => Kind::List(values.iter().map(|it| node_of(it, span)).collect()),
        Value::Map(members) => {
            let member = |(key, value): &(String, Value)| member_of(key, value, span);
            Kind::Map(members.iter().map(member).collect())
        }
        Value::Expression(_) => Kind::Opaque,
    };
    Node::new(kind, span)
}

fn member_of(key: &str, value: &Value, span: Span) -> Member {
    Member { key: key.to_owned(), key_span: span, value: node_of(value, span), sound: true }
}

fn children(node: &mut Node) -> Vec<&mut Node> {
    match &mut node.kind {
        Kind::List(elements) => elements.iter_mut().collect(),
        Kind::Map(members) => members.iter_mut().map(|it| &mut it.value).collect(),
        _ => Vec::new(),
    }
}

/// Replaces the values at `span`: a text by a text, a list or an object by its like.
fn replace(node: &mut Node, span: Span, value: &Value, is_scalar: bool) -> bool {
    let is_container = matches!(node.kind, Kind::List(_) | Kind::Map(_));
    if node.span == span && is_scalar != is_container {
        *node = node_of(value, span);
        return true;
    }
    // One value may stand for two: a limit without `:` is soft and hard.
    let mut is_found = false;
    for child in children(node) {
        is_found |=
            child.span.start <= span.start && span.end <= child.span.end && replace(child, span, value, is_scalar);
    }
    is_found
}

/// Takes out the innermost member or element whose value is at `span`.
fn remove(node: &mut Node, span: Span) -> bool {
    for child in children(node) {
        if remove(child, span) {
            return true;
        }
    }
    match &mut node.kind {
        Kind::List(elements) => match elements.iter().position(|it| it.span == span) {
            Some(at) => {
                elements.remove(at);
                true
            }
            None => false,
        },
        Kind::Map(members) => match members.iter().position(|it| it.value.span == span) {
            Some(at) => {
                members.remove(at);
                true
            }
            None => false,
        },
        _ => false,
    }
}

fn member_at(node: &mut Node, key: Span) -> Option<&mut Member> {
    match &mut node.kind {
        Kind::Map(members) => {
            // The flag's name is the key of all that its value holds, too: the outer one is meant.
            if let Some(at) = members.iter().position(|it| it.key_span == key) {
                return members.get_mut(at);
            }
            members.iter_mut().find_map(|it| member_at(&mut it.value, key))
        }
        Kind::List(elements) => elements.iter_mut().find_map(|it| member_at(it, key)),
        _ => None,
    }
}

/// The member of this name that counts.
fn named<'a>(members: &'a mut [Member], name: &str, ignores_case: bool) -> Option<&'a mut Member> {
    let is_it = |it: &&mut Member| it.sound && (it.key == name || (ignores_case && it.key.eq_ignore_ascii_case(name)));
    members.iter_mut().rev().find(is_it)
}

fn at_path<'a>(root: &'a mut Node, path: &[Step]) -> Option<&'a mut Node> {
    let mut node = root;
    for (depth, step) in path.iter().enumerate() {
        node = match (&mut node.kind, step) {
            (Kind::Map(members), Step::Key(name)) => &mut named(members, name, depth > 0)?.value,
            (Kind::List(elements), Step::Index(at)) => elements.get_mut(*at)?,
            _ => return None,
        };
    }
    Some(node)
}

fn set(root: &mut Node, path: &[Step], value: &Value) -> Option<()> {
    if *value == Value::Null && path.len() > 1 {
        unset(root, path);
        return Some(());
    }
    let mut node = root;
    for (depth, step) in path.iter().enumerate() {
        if matches!(node.kind, Kind::Null | Kind::Missing) {
            node.kind = match step {
                Step::Key(_) => Kind::Map(Vec::new()),
                Step::Index(_) => Kind::List(Vec::new()),
            };
        }
        let span = node.span;
        node = match (&mut node.kind, step) {
            (Kind::Map(members), Step::Key(name)) => {
                if named(members, name, depth > 0).is_none() {
                    members.push(member_of(name, &Value::Null, span));
                }
                &mut named(members, name, depth > 0)?.value
            }
            (Kind::List(elements), Step::Index(at)) => {
                if *at == elements.len() {
                    elements.push(Node::new(Kind::Null, span));
                }
                elements.get_mut(*at)?
            }
            _ => return None,
        };
    }
    *node = node_of(value, node.span);
    Some(())
}

fn unset(root: &mut Node, path: &[Step]) {
    let Some((last, outer)) = path.split_last() else {
        return;
    };
    let is_inner = !outer.is_empty();
    match (at_path(root, outer).map(|it| &mut it.kind), last) {
        (Some(Kind::Map(members)), Step::Key(name)) => {
            members.retain(|it| !(it.key == *name || (is_inner && it.key.eq_ignore_ascii_case(name))));
        }
        (Some(Kind::List(elements)), Step::Index(at)) if *at < elements.len() => {
            elements.remove(*at);
        }
        _ => {}
    }
}

// ── flags before and after ──

/// The flags that say the same, by key; `None` for a key that no flag says.
type Group = (String, Option<Vec<Spelled>>);

/// Two keys that one flag sets are one.
fn group_of(key: &str) -> &str {
    match key {
        "host-gateway-ips" => "host-gateway-ip",
        key => key,
    }
}

/// What every key is said with, in the order of the keys.
fn groups(root: &Node) -> Vec<Group> {
    let members = root.members().iter().filter(|it| it.sound);
    let mut sorted: Vec<(usize, &Member)> = members.enumerate().collect();
    order::sort(&mut sorted, |a, b| (group_of(&a.1.key), a.0).cmp(&(group_of(&b.1.key), b.0)));
    let mut groups: Vec<Group> = Vec::new();
    for (_, member) in sorted {
        let spelled = Value::of(&member.value).and_then(|it| spelled(&member.key, &it));
        let key = group_of(&member.key);
        match groups.last_mut().filter(|it| it.0 == key) {
            Some((_, all)) => match (all.as_mut(), spelled) {
                (Some(all), Some(more)) => all.extend(more),
                _ => *all = None,
            },
            None => groups.push((key.to_owned(), spelled)),
        }
    }
    groups
}

fn spelled(key: &str, value: &Value) -> Option<Vec<Spelled>> {
    let name = key.trim_start_matches('-');
    match (options::member("", key), value) {
        (Some(_), _) | (None, Value::Null) => spell(key, value).ok(),
        // An unknown flag is written as it was read.
        (None, Value::Bool(true)) => Some(vec![Spelled { name: name.to_owned(), value: None, is_attached: false }]),
        (None, Value::String(text)) => {
            Some(vec![Spelled { name: name.to_owned(), value: Some(text.clone()), is_attached: false }])
        }
        (None, _) => None,
    }
}

/// What becomes of a flag.
#[derive(Clone, Debug, PartialEq)]
enum Fate {
    Stays,
    Goes,
    Becomes(Spelled),
}

/// Where a new flag goes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spot {
    Before(usize, usize),
    Behind(usize, usize),
    End,
}

/// What becomes of all flags.
struct Plan<'a> {
    reading: &'a Reading,
    fates: Vec<Vec<Fate>>,
    new: Vec<(Spot, Spelled)>,
}

impl<'a> Plan<'a> {
    fn of(reading: &'a Reading) -> Self {
        let fates = reading.given.iter().map(|it| vec![Fate::Stays; it.len()]).collect();
        Self { reading, fates, new: Vec::new() }
    }

    fn given(&self, place: (usize, usize)) -> Option<&'a Given> {
        self.reading.given.get(place.0)?.get(place.1)
    }

    fn decide(&mut self, place: (usize, usize), fate: Fate) {
        if let Some(it) = self.fates.get_mut(place.0).and_then(|it| it.get_mut(place.1)) {
            *it = fate;
        }
    }

    /// Gives an unknown flag the name of one that sets an option, its value as it is.
    fn rename(&mut self, key: Span, name: &str) -> Result<(), CannotEdit> {
        let option = options::member("", name).or_else(|| options::member("proxies", name)).ok_or(CannotEdit)?;
        let name = table::name_of(option).ok_or(CannotEdit)?;
        let takes = table::find(name).map(|it| it.takes).ok_or(CannotEdit)?;
        for (at, given) in self.reading.given.iter().enumerate() {
            let Some(index) = given.iter().position(|it| it.key == key) else {
                continue;
            };
            let command = self.reading.source.commands.get(at).ok_or(CannotEdit)?;
            let given = given.get(index).ok_or(CannotEdit)?;
            let value = given.value.and_then(|it| command.words.get(it.0)?.text.get(it.1..)).map(str::to_owned);
            if value.is_none() && takes != Takes::Truth {
                return Err(CannotEdit);
            }
            let is_attached = takes == Takes::Truth;
            self.decide((at, index), Fate::Becomes(Spelled { name: name.to_owned(), value, is_attached }));
            return Ok(());
        }
        Err(CannotEdit)
    }

    /// Takes out the one flag whose value is at `span`; whether it is the only one that says something there.
    fn remove(&mut self, span: Span) -> bool {
        let said = self.reading.said();
        let is_there = |place: &&(usize, usize, String)| {
            let given = self.given((place.0, place.1));
            let command = self.reading.source.commands.get(place.0);
            let value =
                given.zip(command).map(|(given, command)| Part::of(given, command).map_or(given.key, Part::span));
            value == Some(span)
        };
        let mut places = said.iter().filter(is_there);
        let found = places.next().filter(|_| places.next().is_none()).map(|it| (it.0, it.1));
        if let Some(place) = found {
            self.decide(place, Fate::Goes);
        }
        found.is_some()
    }

    /// Works out what becomes of the flags when one tree becomes the other.
    fn compare(&mut self, before: &Node, after: &Node) -> Result<(), CannotEdit> {
        let (before, after) = (groups(before), groups(after));
        let mut places = self.places();
        let mut gone: Vec<(usize, usize)> = Vec::new();
        let mut new: Vec<Spelled> = Vec::new();
        let (mut old, mut next) = (before.into_iter().peekable(), after.into_iter().peekable());
        loop {
            let key = match (old.peek(), next.peek()) {
                (Some(a), Some(b)) => a.0.clone().min(b.0.clone()),
                (Some(it), None) | (None, Some(it)) => it.0.clone(),
                (None, None) => break,
            };
            let was = old.next_if(|it| it.0 == key);
            let is = next.next_if(|it| it.0 == key);
            let start = places.partition_point(|it| it.0.as_str() < key.as_str());
            let end = places.partition_point(|it| it.0.as_str() <= key.as_str());
            let mine: Vec<(usize, usize)> =
                places.get_mut(start..end).unwrap_or_default().iter().map(|it| (it.1, it.2)).collect();
            if was == is {
                continue;
            }
            let is = is.map_or(Some(Vec::new()), |it| it.1).ok_or(CannotEdit)?;
            match (mine.is_empty(), is.is_empty()) {
                (true, false) if options::member("", &key).is_none() => return Err(CannotEdit),
                (true, _) => new.extend(is),
                (false, true) => gone.extend(mine),
                (false, false) => {
                    let was = was.and_then(|it| it.1).unwrap_or_default();
                    self.compare_group(&mine, &was, is);
                }
            }
        }
        // A setting that goes where another comes is one that changes its name.
        let is_paired = gone.len() == new.len();
        for (at, place) in gone.into_iter().enumerate() {
            let fate = new.get(at).filter(|_| is_paired).cloned().map_or(Fate::Goes, Fate::Becomes);
            self.decide(place, fate);
        }
        if !is_paired {
            self.new.extend(new.into_iter().map(|it| (Spot::End, it)));
        }
        Ok(())
    }

    /// The flags that were read, by key, those of one key in the order that they say it.
    fn places(&self) -> Vec<(String, usize, usize)> {
        let said = self.reading.said();
        let mut places: Vec<(String, usize, usize)> =
            said.into_iter().map(|(command, given, key)| (group_of(&key).to_owned(), command, given)).collect();
        order::sort(&mut places, |a, b| a.cmp(b));
        // The options of one network driver are read together.
        let start = places.partition_point(|it| it.0.as_str() < "default-network-opts");
        let end = places.partition_point(|it| it.0.as_str() <= "default-network-opts");
        let driver = |place: &(String, usize, usize)| {
            let given = self.given((place.1, place.2))?;
            let command = self.reading.source.commands.get(place.1)?;
            let (word, from) = given.value?;
            let text = command.words.get(word)?.text.get(from..)?;
            Some(text.split('=').next().unwrap_or_default().to_owned())
        };
        if let Some(networks) = places.get_mut(start..end).filter(|it| it.len() > 1) {
            let drivers: Vec<Option<String>> = networks.iter().map(driver).collect();
            let mut first: Vec<(Option<String>, usize)> = drivers.iter().cloned().zip(0..).collect();
            order::sort(&mut first, |a, b| a.cmp(b));
            let rank = |driver: &Option<String>| {
                let at = first.partition_point(|it| it.0 < *driver);
                first.get(at).map_or(0, |it| it.1)
            };
            let mut ranked: Vec<(usize, usize)> = drivers.iter().map(rank).zip(0..).collect();
            order::sort(&mut ranked, |a, b| a.cmp(b));
            let sorted: Vec<_> = ranked.iter().filter_map(|it| networks.get(it.1).cloned()).collect();
            networks.iter_mut().zip(sorted).for_each(|(it, new)| *it = new);
        }
        places
    }

    fn compare_group(&mut self, places: &[(usize, usize)], was: &[Spelled], is: Vec<Spelled>) {
        if was.len() != places.len() {
            // Several flags say one thing together: the first one says it from now on.
            let mut is = is.into_iter();
            for place in places {
                let fate = is.next().map_or(Fate::Goes, Fate::Becomes);
                self.decide(*place, fate);
            }
            let last = places.last().map_or(Spot::End, |it| Spot::Behind(it.0, it.1));
            self.new.extend(is.map(|it| (last, it)));
            return;
        }
        let start = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
        let rest = was.len().min(is.len()) - start;
        let end = was.iter().rev().zip(is.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
        let middle = places.get(start..places.len() - end).unwrap_or_default();
        let stop = is.len() - end;
        let mut new = is.into_iter().take(stop).skip(start);
        let mut spot = match start.checked_sub(1).and_then(|it| places.get(it)) {
            Some(it) => Spot::Behind(it.0, it.1),
            None => places.first().map_or(Spot::End, |it| Spot::Before(it.0, it.1)),
        };
        for place in middle {
            match new.next() {
                Some(it) => {
                    self.decide(*place, Fate::Becomes(it));
                    spot = Spot::Behind(place.0, place.1);
                }
                None => self.decide(*place, Fate::Goes),
            }
        }
        self.new.extend(new.map(|it| (spot, it)));
    }

    // ── the text ──

    fn edits(&self, text: &str) -> Result<Edits, CannotEdit> {
        let mut edits: Vec<TextEdit> = Vec::new();
        for (at, command) in self.reading.source.commands.iter().enumerate() {
            let given = self.reading.given.get(at).map(Vec::as_slice).unwrap_or_default();
            let fates = self.fates.get(at).map(Vec::as_slice).unwrap_or_default();
            let writer = Writer { text, form: self.reading.source.form, command, given };
            let is_last = at + 1 == self.reading.source.commands.len();
            let spots: Vec<(Spot, &Spelled)> = self
                .new
                .iter()
                .filter(|it| match it.0 {
                    Spot::Before(command, _) | Spot::Behind(command, _) => command == at,
                    Spot::End => is_last,
                })
                .map(|it| (it.0, &it.1))
                .collect();
            writer.write(fates, &spots, &mut edits)?;
        }
        Ok(Edits::of(edits))
    }
}

/// One command that is being changed.
struct Writer<'a> {
    text: &'a str,
    form: Form,
    command: &'a Command,
    given: &'a [Given],
}

impl Writer<'_> {
    fn quoting(&self) -> Quoting {
        self.command.quoting
    }

    fn word_span(&self, at: usize) -> Span {
        self.command.words.get(at).map(|it| it.span).unwrap_or_default()
    }

    fn write(&self, fates: &[Fate], new: &[(Spot, &Spelled)], edits: &mut Vec<TextEdit>) -> Result<(), CannotEdit> {
        let mut removed: Vec<bool> = vec![false; self.command.words.len()];
        let mut at = 0;
        while let Some(first) = self.given.get(at) {
            // Letters after one hyphen are in one word.
            let together = self.given.iter().skip(at).take_while(|it| it.word == first.word).count();
            let fates = fates.get(at..at + together).unwrap_or_default();
            let given = self.given.get(at..at + together).unwrap_or_default();
            at += together;
            if fates.iter().all(|it| *it == Fate::Stays) {
                continue;
            }
            let last = given.last().map_or(first.word, Given::last_word);
            if fates.iter().all(|it| *it == Fate::Goes) {
                for word in first.word..=last {
                    if let Some(it) = removed.get_mut(word) {
                        *it = true;
                    }
                }
                continue;
            }
            match (given, fates) {
                ([given], [Fate::Becomes(spelled)]) => self.change(given, spelled, edits)?,
                _ => {
                    let pieces = given.iter().zip(fates).filter(|it| *it.1 != Fate::Goes);
                    let pieces = pieces.map(|(given, fate)| match fate {
                        Fate::Becomes(spelled) => self.written(spelled),
                        _ => Ok(self.letter(given)),
                    });
                    let pieces = pieces.collect::<Result<Vec<_>, _>>()?;
                    let span = self.word_span(first.word).to(self.word_span(last));
                    edits.push(TextEdit { span, text: pieces.join(self.blank()) });
                }
            }
        }
        self.remove(&removed, edits);
        self.insert(new, &removed, edits)
    }

    /// A letter by itself, with its value.
    fn letter(&self, given: &Given) -> String {
        let letter = given.key.of(self.text).trim_start_matches('-');
        let value = match given.value {
            Some((word, _)) if word == given.word => {
                let end = self.word_span(word).end;
                Span::new(given.key.end, end).of(self.text).to_owned()
            }
            Some((word, _)) => [" ", self.word_span(word).of(self.text)].concat(),
            None => String::new(),
        };
        ["-", letter, &value].concat()
    }

    /// Changes the value of a flag, or all of it.
    fn change(&self, given: &Given, spelled: &Spelled, edits: &mut Vec<TextEdit>) -> Result<(), CannotEdit> {
        let whole = self.word_span(given.word).to(self.word_span(given.last_word()));
        let value = spelled.value.as_deref().or(given.value.map(|_| "true")); // as explicit as it was
        let is_same_flag = spelled.name == given.name;
        let place = match (given.value, value) {
            (Some((word, from)), Some(value)) => {
                let is_own_word = word != given.word;
                let read = self.command.words.get(word).ok_or(CannotEdit)?;
                let start = if is_own_word { read.span.start } else { read.end(from) };
                let before = Span::new(read.span.start, start).of(self.text);
                let old = Span::new(start, read.span.end);
                let like = old.of(self.text).chars().next().filter(|it| matches!(it, '"' | '\''));
                let is_open = before.contains(['"', '\'', '\\']);
                let new = quote(value, self.quoting(), like.filter(|_| !self.quoting().is_unit() || is_own_word));
                let is_own_value = !value.is_empty() || !is_own_word;
                match new.filter(|_| !is_open && is_own_value) {
                    Some(new) if is_own_word || !self.quoting().is_unit() || !new.starts_with('"') => Some((old, new)),
                    _ if value.is_empty() && !is_own_word && !is_open => Some((old, String::new())),
                    _ => None,
                }
            }
            (None, Some(_)) if self.quoting() == Quoting::List => None,
            (None, Some(value)) => {
                let new = quote(value, self.quoting(), None).ok_or(CannotEdit)?;
                Some((Span::empty(whole.end), ["=", &new].concat()))
            }
            (None, None) => Some((Span::empty(whole.end), String::new())),
            (Some(_), None) => None,
        };
        let is_long = !given.is_letter && given.key == Span::new(whole.start, given.key.end);
        match place {
            Some((span, new)) if is_same_flag => {
                if !new.is_empty() || span.start < span.end {
                    edits.push(TextEdit { span, text: new });
                }
            }
            Some((span, new)) if is_long => {
                edits.push(TextEdit { span: given.key, text: ["--", &spelled.name].concat() });
                if span.of(self.text) != new {
                    edits.push(TextEdit { span, text: new });
                }
            }
            _ => {
                let is_split = given.value.is_some_and(|it| it.0 != given.word);
                let text = self.spelled(&spelled.name, value, spelled.is_attached || !is_split)?;
                edits.push(TextEdit { span: whole, text });
            }
        }
        Ok(())
    }

    /// A flag, written as its neighbours are.
    fn written(&self, spelled: &Spelled) -> Result<String, CannotEdit> {
        let long = self
            .given
            .iter()
            .rev()
            .find(|it| !it.is_letter && it.value.is_some() && it.flag.is_some_and(|it| it.takes != Takes::Truth));
        let is_attached = long.is_none_or(|it| it.last_word() == it.word);
        self.spelled(&spelled.name, spelled.value.as_deref(), spelled.is_attached || is_attached)
    }

    fn spelled(&self, name: &str, value: Option<&str>, is_attached: bool) -> Result<String, CannotEdit> {
        spelled_out(name, value, is_attached, self.quoting()).ok_or(CannotEdit)
    }

    /// Takes out words, and what is between them and the word before.
    fn remove(&self, removed: &[bool], edits: &mut Vec<TextEdit>) {
        let words = &self.command.words;
        let has_program = self.command.has_program;
        let mut at = 0;
        while at < words.len() {
            if removed.get(at) != Some(&true) {
                at += 1;
                continue;
            }
            let first = at;
            while removed.get(at) == Some(&true) {
                at += 1;
            }
            let (start, end) = (self.word_span(first).start, self.word_span(at - 1).end);
            let before = match first.checked_sub(1) {
                Some(before) => Some(self.word_span(before).end),
                None => has_program.then_some(self.command.start),
            };
            let next = words.get(at).map(|it| it.span.start);
            let has_comment = |from: usize, to: usize| {
                let gap = Span::new(from, to).of(self.text);
                gap.contains('#') || (self.form == Form::Unit && gap.contains(';'))
            };
            let span = match (before, next) {
                (Some(before), _) if !has_comment(before, start) => Span::new(before, end),
                (_, Some(next)) if !has_comment(end, next) => Span::new(start, next),
                _ => Span::new(start, end),
            };
            edits.push(TextEdit { span, text: String::new() });
        }
    }

    /// Adds flags.
    fn insert(&self, new: &[(Spot, &Spelled)], removed: &[bool], edits: &mut Vec<TextEdit>) -> Result<(), CannotEdit> {
        let is_kept = |it: &&Given| removed.get(it.word) == Some(&false);
        let last = self.given.iter().rev().find(is_kept);
        for (spot, spelled) in new {
            let written = self.written(spelled)?;
            let given = match spot {
                Spot::Before(_, at) | Spot::Behind(_, at) => self.given.get(*at).filter(is_kept).or(last),
                Spot::End => last,
            };
            let edit = match (spot, given) {
                (Spot::Before(..), Some(given)) => {
                    let gap = self.gap(given);
                    TextEdit { span: Span::empty(self.word_span(given.word).start), text: written + &gap }
                }
                (_, Some(given)) => {
                    let end = self.word_span(given.last_word()).end;
                    TextEdit { span: Span::empty(end), text: self.gap(given) + &written }
                }
                (_, None) => {
                    let gap = if self.command.has_program { self.blank() } else { "" };
                    TextEdit { span: Span::empty(self.command.start), text: [gap, &written].concat() }
                }
            };
            edits.push(edit);
        }
        if self.quoting() == Quoting::Variable(None) && !new.is_empty() && !self.command.words.is_empty() {
            // More than one word in a variable needs quotes.
            let end = self.command.words.last().map_or(self.command.start, |it| it.span.end);
            edits.insert(0, TextEdit { span: Span::empty(self.command.start), text: "\"".to_owned() });
            edits.push(TextEdit { span: Span::empty(end), text: "\"".to_owned() });
        }
        Ok(())
    }

    /// What stands between words on one line.
    fn blank(&self) -> &'static str {
        match self.quoting() {
            Quoting::List => ", ",
            _ => " ",
        }
    }

    /// The bytes before a flag, to be put before another: a blank, or the end of a line that goes on.
    fn gap(&self, given: &Given) -> String {
        let start = self.word_span(given.word).start;
        let before = match given.word.checked_sub(1) {
            Some(before) => self.word_span(before).end,
            None => self.command.start.min(start),
        };
        let gap = Span::new(before, start).of(self.text);
        let Some((lines, indentation)) = gap.rsplit_once('\n') else {
            return self.blank().to_owned();
        };
        if given.word == 0 && !self.command.has_program {
            return self.blank().to_owned();
        }
        let newline = if lines.ends_with('\r') { "\r\n" } else { "\n" };
        let goes_on = match self.quoting() {
            Quoting::List => ",",
            _ if lines.contains('\\') => " \\",
            _ => "",
        };
        [goes_on, newline, indentation].concat()
    }
}

/// A flag with its value, as it is written; `None` where such words cannot hold the value.
pub(super) fn spelled_out(name: &str, value: Option<&str>, is_attached: bool, quoting: Quoting) -> Option<String> {
    let flag = ["--", name].concat();
    if quoting == Quoting::List {
        let word = value.map_or_else(|| flag.clone(), |it| [&flag, "=", it].concat());
        return quote(&word, quoting, None);
    }
    let Some(value) = value else {
        return Some(flag);
    };
    // Behind a blank, some values would be taken for none, or for a flag.
    let is_attached = is_attached || value.is_empty() || value.starts_with(['-', '=']);
    let word = quote(value, quoting, None);
    Some(match is_attached {
        _ if value.is_empty() => flag + "=",
        // systemd's manual has quotes around whole words only.
        true if quoting.is_unit() => quote(&[&flag, "=", value].concat(), quoting, None)?,
        true => [&flag, "=", &word?].concat(),
        false => [&flag, " ", &word?].concat(),
    })
}
