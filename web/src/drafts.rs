//! Input of the form that is not in the text: input that is not a value yet, and new rows that are still empty.

use std::rc::Rc;

use drydock::{
    document::{Node, ProblemKind, Step},
    notation::json,
};

/// What was typed at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Where its value would be in the text.
    pub path: Vec<Step>,
    /// As typed; of a new row nothing.
    pub typed: Rc<str>,
    /// The editor's number for the text at that time.
    pub revision: u32,
    /// What stood there at that time, as written.
    pub stood: Option<Rc<str>>,
}

/// What is at a place of a text, as written.
pub fn stands<'a>(text: &'a str, root: &Node, path: &[Step]) -> Option<&'a str> {
    let mut node = root;
    for step in path {
        node = match step {
            Step::Key(key) => &node.members().iter().rfind(|it| it.key == *key)?.value,
            Step::Index(at) => node.elements().get(*at)?,
        };
    }
    text.get(node.span.start..node.span.end)
}

/// The characters that end a draft in storage, and a part of one: they are never typed.
const ENDS: [char; 2] = ['\u{1e}', '\u{1f}'];

/// All drafts, the last one made at the end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drafts(Rc<[Draft]>);

impl Drafts {
    /// What was typed at a place.
    pub fn at(&self, path: &[Step]) -> Option<&Rc<str>> {
        self.0.iter().find(|it| it.path == path).map(|it| &it.typed)
    }

    /// Whether something was typed at a place or within it.
    pub fn touch(&self, path: &[Step]) -> bool {
        self.0.iter().any(|it| it.path.starts_with(path))
    }

    /// The steps from a place to what was typed within it, each once, in the order of typing.
    pub fn rows(&self, path: &[Step]) -> Vec<&Step> {
        let mut rows = Vec::new();
        for draft in self.0.iter().filter(|it| it.path.starts_with(path)) {
            if let Some(row) = draft.path.get(path.len()).filter(|it| !rows.contains(it)) {
                rows.push(row);
            }
        }
        rows
    }

    /// With what was typed at a place.
    #[must_use]
    pub fn with(&self, draft: Draft) -> Self {
        let others = self.0.iter().filter(|it| it.path != draft.path);
        Self(others.cloned().chain([draft.clone()]).collect())
    }

    /// After the value of a place has been written, or is no longer wanted: new rows that it lies in are there as well.
    #[must_use]
    pub fn without(&self, path: &[Step]) -> Self {
        let others = self.0.iter().filter(|it| !path.starts_with(&it.path));
        Self(others.cloned().collect())
    }

    /// After a place has been taken out: what followed it in a list moves up.
    #[must_use]
    pub fn taken_out(&self, path: &[Step]) -> Self {
        let moved = |draft: &Draft| {
            let mut draft = draft.clone();
            if let Some((Step::Index(gone), list)) = path.split_last()
                && draft.path.starts_with(list)
                && let Some(Step::Index(at)) = draft.path.get_mut(list.len())
                && *at > *gone
            {
                *at -= 1;
            }
            draft
        };
        let others = self.0.iter().filter(|it| !it.path.starts_with(path));
        Self(others.map(moved).collect())
    }

    /// Those that are still about what a text says, after somebody else than the form changed it. A damaged text says nothing
    /// of what has become of them.
    #[must_use]
    pub fn still_meant(&self, text: &str) -> Self {
        if self.0.is_empty() {
            return self.clone();
        }
        let document = json::read(text);
        let is_whole = |it: &ProblemKind| {
            matches!(
                it,
                ProblemKind::Comment | ProblemKind::TrailingComma | ProblemKind::ByteOrderMark | ProblemKind::Empty
            )
        };
        if !document.problems.iter().all(|it| is_whole(&it.kind)) {
            return self.clone();
        }
        let is_meant = |it: &&Draft| stands(text, &document.root, &it.path) == it.stood.as_deref();
        Self(self.0.iter().filter(is_meant).cloned().collect())
    }

    /// The drafts as they are kept.
    pub fn kept(&self) -> String {
        let mut kept = String::new();
        for draft in self.0.iter() {
            let mut parts = vec![draft.typed.to_string()];
            parts.push(draft.stood.as_ref().map_or(String::new(), |it| ["=", it].concat()));
            parts.extend(draft.path.iter().map(|step| match step {
                Step::Key(key) => [".", key].concat(),
                Step::Index(at) => ["#", &at.to_string()].concat(),
            }));
            if parts.iter().any(|it| it.contains(ENDS)) {
                continue;
            }
            kept.push_str(&parts.join("\u{1f}"));
            kept.push('\u{1e}');
        }
        kept
    }

    /// Reads what was kept; what cannot be read is passed over.
    pub fn take_up(kept: &str) -> Self {
        let [end, part] = ENDS;
        let draft = |kept: &str| {
            let mut parts = kept.split(part);
            let (typed, stood) = (parts.next()?, parts.next()?);
            let step = |it: &str| match it.strip_prefix('.') {
                Some(key) => Some(Step::Key(key.to_owned())),
                None => Some(Step::Index(it.strip_prefix('#')?.parse().ok()?)),
            };
            let path: Option<Vec<Step>> = parts.map(step).collect();
            Some(Draft {
                path: path.filter(|it| !it.is_empty())?,
                typed: typed.into(),
                revision: 0,
                stood: stood.strip_prefix('=').map(Into::into),
            })
        };
        Self(kept.split_terminator(end).filter_map(draft).collect())
    }

    /// Without the draft that was the last thing done to a text; `None` when that was something else.
    pub fn undone(&self, revision: u32) -> Option<Self> {
        let (last, others) = self.0.split_last()?;
        (last.revision == revision).then(|| Self(others.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Action, State};

    fn path(written: &str) -> Vec<Step> {
        let step = |it: &str| match it.parse() {
            Ok(at) => Step::Index(at),
            Err(_) => Step::Key(it.to_owned()),
        };
        written.split('/').map(step).collect()
    }

    fn drafts(typed: &[&str]) -> Drafts {
        let drafts = typed.iter().zip(1..).map(|(at, revision)| Draft {
            path: path(at),
            typed: (*at).into(),
            revision,
            stood: None,
        });
        Drafts(drafts.collect())
    }

    #[test]
    fn drafts_come_and_go_with_their_places() {
        let all = &["mtu", "dns/0", "dns/2", "log-opts/tag", "default-ulimits/nofile/Hard"];
        for (change, expected) in [
            (drafts(all).without(&path("mtu")), &all[1..]),
            (drafts(all).without(&path("none")), &all[..]),
            (drafts(&["a", "a/b", "a/b/c"]).without(&path("a/b")), &["a/b/c"]), // the row is there, its fields may not be
            (drafts(all).taken_out(&path("default-ulimits")), &all[..4]),
            (drafts(&["dns/0", "dns/1"]).taken_out(&path("dns/1")), &["dns/0"]),
        ] {
            assert_eq!(change.0.iter().map(|it| &*it.typed).collect::<Vec<_>>(), expected);
        }
        let moved = drafts(&["dns/0", "dns/2", "labels/2"]).taken_out(&path("dns/1"));
        let paths: Vec<_> = moved.0.iter().map(|it| it.path.clone()).collect();
        assert_eq!(paths, [path("dns/0"), path("dns/1"), path("labels/2")]);
    }

    #[test]
    fn new_rows_are_found_by_what_was_typed_in_them() {
        let drafts = drafts(&["runtimes/crun", "runtimes/kata/path", "runtimes/crun/path", "mtu"]);
        let names = [Step::Key("crun".to_owned()), Step::Key("kata".to_owned())];
        assert_eq!(drafts.rows(&path("runtimes")), names.iter().collect::<Vec<_>>());
        assert!(drafts.rows(&path("mtu")).is_empty());
        assert!(drafts.touch(&path("mtu")) && !drafts.touch(&path("bip")));
    }

    #[test]
    fn only_a_draft_of_the_present_text_is_undone() {
        let two = drafts(&["a", "b"]);
        assert_eq!(two.undone(2), Some(drafts(&["a"])));
        assert_eq!(two.undone(3), None);
    }

    #[test]
    fn drafts_are_about_what_the_text_says() {
        let text = r#"{ "mtu": 1450, "dns": ["1.1.1.1", "8.8.8.8"], "log-opts": {} }"#;
        let places = ["mtu", "dns/1", "log-opts/tag", "bip"];
        let all = places.iter().fold(Drafts::default(), |all, at| {
            let state = State { text: text.into(), drafts: all, ..State::default() };
            state.reduce(Action::Draft(path(at), (*at).into())).drafts
        });
        assert_eq!(Drafts::take_up(&all.kept()).kept(), all.kept());
        for (text, left) in [
            (text, &places[..]),
            (r#"{"dns":["1.1.1.1", "8.8.8.8"],"mtu":1450}"#, &places[..]),
            (r#"{ "mtu": 1400, "dns": ["1.1.1.1", "8.8.8.8"] }"#, &places[1..]),
            (r#"{ "mtu": 1450, "dns": ["8.8.8.8"], "bip": "10.200.0.1/24" }"#, &["mtu", "log-opts/tag"]),
            (r#"{ "mtu": 14"#, &places[..]), // half typed
            ("", &["log-opts/tag", "bip"]),
        ] {
            let meant = Drafts::take_up(&all.kept()).still_meant(text);
            assert_eq!(meant.0.iter().map(|it| &*it.typed).collect::<Vec<_>>(), left, "{text}");
        }
        assert_eq!(Drafts::take_up("nonsense\u{1e}\u{1f}\u{1f}x\u{1e}"), Drafts::default());
    }
}
