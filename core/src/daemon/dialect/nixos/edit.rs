//! How does a Nix text change when one of the daemon's settings changes?
//!
//! A change is made where the setting is written, whatever leads there; a new one goes beside its siblings, in the way they
//! are written. At last the new text is read again, and must give what was wanted and nothing else.

use crate::{
    daemon::options,
    document::{
        CannotEdit, Change, Document, Node, Step, Value,
        edit::{edit_all, wrapped},
    },
    notation::nix::{self, Binding, Nix, value},
    schema::Schema,
    text::Edits,
};

use super::{
    extra::Flags,
    find::{self, Host, hosts},
    names::Names,
    read::{node, root_of},
    said::{Said, Setting, Settings, Site},
    table::{Dedicated, ROOTLESS, SETTINGS, dedicated},
    wanted::{Task, at, is_same, wanted, without_empty},
    writer::Writer,
};

type Done = Result<(), CannotEdit>;

/// Returns the edits that carry out a change and leave every other byte as it is.
///
/// # Errors
///
/// [`CannotEdit`] for a value that another file gives, `daemon.settings = import ./docker.nix;`, and among mistakes that
/// leave its place in doubt.
pub(super) fn edit(text: &str, document: &Document, change: &Change) -> Result<Edits, CannotEdit> {
    let (told, schema) = (&document.tree.root, document.schema());
    let task = match change {
        Change::All(changes) => return edit_all(text, document, changes),
        Change::Move { from, to } => return moved(text, document, from, to),
        _ => Task::of(told, change).ok_or(CannotEdit)?,
    };
    let reading = nix::read(text);
    let hosts = hosts(&reading.value);
    let host = hosts.first().cloned().unwrap_or_else(|| Host::whole(&reading.value));
    let settings = Settings::like(&host, told);
    let key = task.key();
    if !settings.all.iter().any(|it| Some(it.key) == key)
        && let Some(flags) = Flags::of(text, &host).into_iter().find(|it| it.are_meant(change, key))
    {
        return flags.edit(change);
    }
    let task = task.in_text(told).ok_or(CannotEdit)?;
    let (before, is_rootless) = (root_of(text, &settings), settings.is_rootless);
    let mut editor = Editor { schema, text, host, settings, writer: Writer::of(text) };
    if let Some(changes) = editor.parts_of(&task) {
        return edit_all(text, &document.dialect.read(text), &changes);
    }
    editor.carry_out(&task)?;
    let edits = editor.writer.edits();
    if edits.is_empty() {
        return Ok(edits);
    }
    let wanted = wanted(&before, &task, schema).ok_or(CannotEdit)?;
    let new_text = edits.apply(text);
    let now = nix::read(&new_text);
    let new_hosts = find::hosts(&now.value);
    let is_as_wanted = new_hosts.first().is_some_and(|it| {
        let settings = Settings::of_daemon(it, is_rootless);
        let now = root_of(&new_text, &settings);
        is_same(&now, &wanted) || is_same(&now, &without_empty(&wanted, &task))
    });
    let is_emptied = new_hosts.is_empty() && wanted.members().is_empty();
    let is_right = (is_as_wanted || is_emptied) && now.problems.len() <= reading.problems.len();
    is_right.then_some(edits).ok_or(CannotEdit)
}

/// The edits that turn Docker on in a text that says nothing of it; none where no place for that is clear.
pub(super) fn turned_on(text: &str) -> Edits {
    let reading = nix::read(text);
    let host = hosts(&reading.value).first().cloned().unwrap_or_else(|| Host::whole(&reading.value));
    let (settings, schema) = (Settings::of(&host), &options::SCHEMA);
    let mut editor = Editor { schema, text, host, settings, writer: Writer::of(text) };
    if editor.insert_option(&["virtualisation", "docker", "enable"], &Value::Bool(true)).is_err() {
        return Edits::NONE;
    }
    let edits = editor.writer.edits();
    let now = nix::read(&edits.apply(text));
    let is_right = now.problems.is_empty() && find::hosts(&now.value).first().is_some_and(Host::has_docker);
    if is_right { edits } else { Edits::NONE }
}

/// Takes out what is written once, and writes it where nothing is yet.
fn moved(text: &str, document: &Document, from: &[Step], to: &[Step]) -> Result<Edits, CannotEdit> {
    let (root, schema) = (&document.tree.root, document.schema());
    let value = at(root, from, schema).and_then(Value::of).ok_or(CannotEdit)?;
    if at(root, to, schema).is_some_and(Node::counts) {
        return Err(CannotEdit);
    }
    let unset = Change::Unset { path: from.to_vec() };
    let set = Change::Set { path: to.to_vec(), value };
    edit_all(text, document, &[unset, set])
}

/// Whether an empty object gets several members at once.
fn is_first_filled(old: &[Setting], new: &[(String, Value)]) -> bool {
    old.is_empty() && new.len() > 1
}

struct Editor<'a> {
    schema: &'static Schema,
    text: &'a str,
    host: Host<'a>,
    settings: Settings<'a>,
    writer: Writer<'a>,
}

impl<'a> Editor<'a> {
    fn carry_out(&mut self, task: &Task) -> Done {
        match task {
            Task::Set(path, value) => self.set(path, value),
            Task::Unset(path) => match self.find(path) {
                Some(setting) => self.remove(&setting),
                None => Ok(()),
            },
            Task::UnsetElements(path, indices) => match self.find(path) {
                Some(setting) => self.remove_elements(&setting, indices),
                None => Ok(()),
            },
            Task::Rename(path, name) => {
                let setting = self.find(path).ok_or(CannotEdit)?;
                self.rename(path, &setting, name)
            }
        }
    }

    /// The changes of single members that come to the same, where some go and others are new, or several are the first: one
    /// by one, each has the members beside it that are there.
    fn parts_of(&self, task: &Task) -> Option<Vec<Change>> {
        let Task::Set(path, Value::Map(new)) = task else {
            return None;
        };
        let found = self.find(path);
        let old = match found.as_ref().map(|it| &it.said) {
            Some(Said::Map(old)) => old,
            None if path.is_empty() => &self.settings.all,
            _ => return None,
        };
        let wanted = Names::of(new.iter().map(|it| &*it.0));
        if !self.has_both(old, new, &wanted) && !is_first_filled(old, new) {
            return None;
        }
        let below = |name: &str| path.iter().cloned().chain([Step::Key(name.to_owned())]).collect();
        let set = new.iter().map(|(name, value)| Change::Set { path: below(name), value: value.clone() });
        let gone = old.iter().filter(|it| self.goes(it, &wanted));
        Some(set.chain(gone.map(|it| Change::Unset { path: below(it.key) })).collect())
    }

    /// Whether some members of an object go where others are new.
    fn has_both(&self, old: &[Setting], new: &[(String, Value)], wanted: &Names) -> bool {
        let present = Names::of(old.iter().map(|it| it.key));
        new.iter().any(|it| !present.has(&it.0)) && old.iter().any(|it| self.goes(it, wanted))
    }

    /// Whether a member is not in the new object. What nobody knows stays.
    fn goes(&self, setting: &Setting, wanted: &Names) -> bool {
        !wanted.has(setting.key) && self.value_of(setting).is_some()
    }

    fn value_of(&self, setting: &Setting) -> Option<Value> {
        Value::of(&node(self.text, setting, &[]))
    }

    // ── places ──

    /// How far a path leads: the last setting on it, and the number of steps to that.
    fn deepest(&self, path: &[Step]) -> (Option<Setting<'a>>, usize) {
        let mut found: Option<&Setting> = None;
        for (depth, step) in path.iter().enumerate() {
            let parts = found.map_or(&*self.settings.all, Setting::parts);
            let next = match (step, found.map(|it| &it.said)) {
                (Step::Index(at), Some(Said::List(_))) => parts.get(*at),
                (Step::Key(name), None | Some(Said::Map(_))) => {
                    let table = Step::in_table(path.get(..depth).unwrap_or_default(), self.schema);
                    let ignores_case = self.schema.ignores_case(&table);
                    let exact = parts.iter().find(|it| it.key == name);
                    exact.or_else(|| parts.iter().find(|it| ignores_case && it.key.eq_ignore_ascii_case(name)))
                }
                _ => None,
            };
            match next {
                Some(next) => found = Some(next),
                None => return (found.cloned(), depth),
            }
        }
        (found.cloned(), path.len())
    }

    fn find(&self, path: &[Step]) -> Option<Setting<'a>> {
        let (found, depth) = self.deepest(path);
        found.filter(|_| depth == path.len())
    }

    // ── setting ──

    fn set(&mut self, path: &[Step], value: &Value) -> Done {
        let (found, depth) = self.deepest(path);
        if path.is_empty() {
            return self.replace_all(value);
        }
        let Some(step) = path.get(depth) else {
            return self.replace(&found.ok_or(CannotEdit)?, value);
        };
        let value = wrapped(self.schema, path, depth + 1, value.clone())?;
        match (found, step) {
            (None, Step::Key(name)) => self.add(name, &value),
            (Some(setting), step) => match (&setting.said, step) {
                (Said::Map(_), Step::Key(name)) => self.insert(&setting.counting, &[name], &value),
                (Said::List(elements), Step::Index(at)) if *at == elements.len() => {
                    self.append(&setting, elements.last(), &value)
                }
                (Said::Plain(plain), _) if matches!(plain.kind, value::Kind::Null | value::Kind::Missing) => {
                    let value = wrapped(self.schema, path.get(..=depth).unwrap_or_default(), depth, value)?;
                    self.replace(&setting, &value)
                }
                _ => Err(CannotEdit),
            },
            (None, Step::Index(_)) => Err(CannotEdit),
        }
    }

    /// Makes the settings those of an object.
    fn replace_all(&mut self, value: &Value) -> Done {
        let Value::Map(new) = value else {
            return Err(CannotEdit);
        };
        let old = self.settings.all.clone();
        self.compare(&old, new, |it, name, value| it.add(name, value))
    }

    /// Adds a setting that is written nowhere.
    fn add(&mut self, key: &str, value: &Value) -> Done {
        if let Some(it) = dedicated(key).filter(|it| it.is_preferred && it.takes(value) && !self.settings.is_rootless)
            && self.insert_option(&["virtualisation", "docker", it.option], value).is_ok()
        {
            return Ok(());
        }
        let sites = self.settings.sites.clone();
        if !sites.is_empty() {
            return self.insert(&sites, &[key], value);
        }
        let path = if self.settings.is_rootless { ROOTLESS } else { SETTINGS };
        self.insert_option(path, &Value::Map(vec![(key.to_owned(), value.clone())]))
    }

    /// Gives a setting another value.
    fn replace(&mut self, setting: &Setting<'a>, value: &Value) -> Done {
        if self.value_of(setting).as_ref() == Some(value) {
            return Ok(());
        }
        let is_misfit = |it: &Dedicated| !it.takes(value);
        if setting.counting.iter().any(|it| it.option.is_some_and(is_misfit)) {
            // What `daemon.settings` says wins over the option.
            let sites = self.settings.sites.clone();
            return match sites.is_empty() {
                true => self.insert_option(SETTINGS, &Value::Map(vec![(setting.key.to_owned(), value.clone())])),
                false => self.insert(&sites, &[setting.key], value),
            };
        }
        match (&setting.said, value) {
            (Said::List(old), Value::List(new)) => self.compare_elements(setting, old, new),
            (Said::Map(old), Value::Map(new))
                if let [site] = &setting.counting[..]
                    && (self.has_both(old, new, &Names::of(new.iter().map(|it| &*it.0)))
                        || is_first_filled(old, new)
                        || (new.is_empty() && site.is_dotted())) =>
            {
                self.writer.replace(site, &convert(value)?)
            }
            (Said::Map(old), Value::Map(new)) => {
                let sites = setting.counting.clone();
                self.compare(old, new, |it, name, value| it.insert(&sites, &[name], value))
            }
            (Said::Plain(_), _) => {
                let sites = &setting.counting;
                sites.iter().try_for_each(|it| self.writer.replace(it, &convert(value)?))
            }
            _ => {
                let (first, others) = setting.counting.split_first().ok_or(CannotEdit)?;
                self.writer.replace(first, &convert(value)?)?;
                others.iter().try_for_each(|it| self.writer.remove(it))
            }
        }
    }

    /// Makes members those of an object. What nobody knows stays.
    fn compare(
        &mut self,
        old: &[Setting<'a>],
        new: &[(String, Value)],
        mut add: impl FnMut(&mut Self, &str, &Value) -> Done,
    ) -> Done {
        let (present, wanted) = (Names::of(old.iter().map(|it| it.key)), Names::of(new.iter().map(|it| &*it.0)));
        for setting in old {
            match wanted.last(setting.key).and_then(|it| new.get(it)) {
                Some((_, value)) => self.replace(setting, value)?,
                None if self.goes(setting, &wanted) => self.remove(setting)?,
                None => {}
            }
        }
        for (at, (name, value)) in new.iter().enumerate() {
            if wanted.last(name) == Some(at) && !present.has(name) {
                add(self, name, value)?;
            }
        }
        Ok(())
    }

    /// Changes, adds and takes out the elements that differ.
    fn compare_elements(&mut self, list: &Setting<'a>, old: &[Setting<'a>], new: &[Value]) -> Done {
        if let ([], [_, ..], [site]) = (old, new, &list.counting[..]) {
            let value = convert(&Value::List(new.to_vec()))?;
            return self.writer.replace(site, &value);
        }
        let values: Vec<Option<Value>> = old.iter().map(|it| self.value_of(it)).collect();
        let same = |(a, b): &(&Option<Value>, &Value)| a.as_ref() == Some(b);
        let start = values.iter().zip(new).take_while(same).count();
        let rest = values.len().min(new.len()) - start;
        let end = values.iter().rev().zip(new.iter().rev()).take(rest).take_while(same).count();
        let middle = old.get(start..old.len() - end).unwrap_or_default();
        let mut values = new.get(start..new.len() - end).unwrap_or_default().iter();
        let mut last = start.checked_sub(1).and_then(|it| old.get(it));
        for element in middle {
            match values.next() {
                Some(value) => {
                    self.replace(element, value)?;
                    last = Some(element);
                }
                None => self.writer.remove(element.sites.first().ok_or(CannotEdit)?)?,
            }
        }
        for value in values {
            match (last, old.first()) {
                (None, Some(first)) => {
                    self.writer.insert_before(first.sites.first().ok_or(CannotEdit)?, &convert(value)?)?
                }
                _ => self.append(list, last, value)?,
            }
        }
        Ok(())
    }

    // ── adding ──

    /// Adds an element behind another, or to an empty list.
    fn append(&mut self, list: &Setting<'a>, last: Option<&Setting<'a>>, value: &Value) -> Done {
        let value = convert(value)?;
        match last {
            Some(last) => self.writer.insert_behind(last.sites.first().ok_or(CannotEdit)?, &value),
            None => self.writer.fill(list.counting.last().ok_or(CannotEdit)?, &value),
        }
    }

    /// Adds a member to the first of some sets that takes it, its names joined by dots.
    fn insert(&mut self, sets: &[Site<'a>], names: &[&str], value: &Value) -> Done {
        let value = convert(value)?;
        let path = names.iter().map(|it| (*it).to_owned()).collect();
        let binding = Binding { path, value, apart: false, comments: Vec::new() };
        let mut sets = sets.iter().rev();
        sets.find_map(|it| self.writer.insert(it, &binding).ok()).ok_or(CannotEdit)
    }

    /// Gives an option a value, beside the options that share most names with it.
    fn insert_option(&mut self, path: &[&str], value: &Value) -> Done {
        for depth in (0..path.len()).rev() {
            let (outer, names) = path.split_at(depth);
            let sites: Vec<Site> = self.host.modules.iter().flat_map(|it| it.sites(outer)).collect();
            let is_set = |it: &&Site| matches!(it.value.kind, value::Kind::Set(_) | value::Kind::Missing);
            let sets: Vec<Site> = sites.iter().filter(is_set).copied().collect();
            if self.insert(&sets, names, value).is_ok() {
                return Ok(());
            }
            // A second definition of what is there would be refused.
            if !sites.is_empty() && depth > 0 {
                return Err(CannotEdit);
            }
        }
        Err(CannotEdit)
    }

    // ── removing ──

    fn remove(&mut self, setting: &Setting<'a>) -> Done {
        setting.sites.iter().try_for_each(|it| self.writer.remove(it))
    }

    fn remove_elements(&mut self, list: &Setting<'a>, indices: &[usize]) -> Done {
        let elements = match &list.said {
            Said::List(elements) => elements.as_slice(),
            _ => &[],
        };
        for element in indices.iter().filter_map(|it| elements.get(*it)) {
            self.writer.remove(element.sites.first().ok_or(CannotEdit)?)?;
        }
        Ok(())
    }

    // ── renaming ──

    fn rename(&mut self, path: &[Step], setting: &Setting<'a>, name: &str) -> Done {
        if setting.sites.iter().any(|it| it.option.is_some()) {
            let value = self.value_of(setting).ok_or(CannotEdit)?;
            self.remove(setting)?;
            let (_, outer) = path.split_last().ok_or(CannotEdit)?;
            let path: Vec<Step> = outer.iter().cloned().chain([Step::Key(name.to_owned())]).collect();
            return self.set(&path, &value);
        }
        setting.sites.iter().try_for_each(|it| self.writer.rename(it, name))
    }
}

impl Dedicated {
    /// Whether the option can have a value.
    fn takes(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.values.contains(&&**text),
            Value::Bool(_) => self.values.is_empty(),
            _ => false,
        }
    }
}

/// A value as it is written in Nix.
fn convert(value: &Value) -> Result<Nix, CannotEdit> {
    Ok(match value {
        Value::Null => Nix::Word("null"),
        Value::Bool(value) => Nix::from(*value),
        Value::Number(digits) => match nix::whole(digits) {
            Some(whole) => nix::integer(whole),
            None => nix::number(digits).map_err(|_| CannotEdit)?,
        },
        Value::String(text) => nix::string(text).map_err(|_| CannotEdit)?,
        Value::List(elements) => Nix::List(elements.iter().map(convert).collect::<Result<_, _>>()?),
        Value::Map(members) => {
            let mut set: Vec<Binding> = Vec::with_capacity(members.len());
            for (name, value) in members {
                nix::string(name).map_err(|_| CannotEdit)?;
                let binding = Binding::named(name, convert(value)?);
                // Nix has every name once.
                set.retain(|it| it.path != binding.path);
                set.push(binding);
            }
            Nix::Set(set)
        }
        Value::Expression(text) => Nix::Raw(text.clone()),
    })
}
