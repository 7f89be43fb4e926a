//! Which value counts where a name occurs more than once?
//!
//! Go's decoder reads members in order into one structure. A field keeps the last value that is not null, and an object
//! is filled further by each one that follows. An entry of a map is replaced by the next of its name, by null too.
//!
//! Source: Go `encoding/json/decode.go`, `object` and `literalStore`.

use crate::document::{Member, Node, Tree};

/// Of the values written under one name, in the order of the text, the one that counts; null only where all are null.
pub fn counting<T>(
    written: impl DoubleEndedIterator<Item = T>,
    are_entries: bool,
    value: impl Fn(&T) -> &Node,
) -> Option<T> {
    let mut last = None;
    for it in written.rev() {
        if are_entries || value(&it).counts() {
            return Some(it);
        }
        last.get_or_insert(it);
    }
    last
}

/// The top-level member of this name that counts.
pub fn setting<'a>(document: &'a Tree, key: &str) -> Option<&'a Member> {
    let members = document.root.members().iter();
    let named = members.filter(|it| it.sound && it.key == key);
    counting(named, false, |it| &it.value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{
        Engine,
        daemon::{dialect::DAEMON_JSON, settings::Settings},
        document::{Change, Step, Value, edit},
        schema::effective::Effective,
    };

    /// A field of the daemon, a field of an object, an entry of a map, and a field of an entry.
    const PATHS: &[&str] = &["mtu", "proxies.http-proxy", "log-opts.tag", "runtimes.a.path"];

    fn steps(path: &str) -> Vec<Step> {
        let names = path.split('.');
        names.map(|it| Step::Key(it.to_owned())).collect()
    }

    /// What a path leads to in one value.
    fn within(value: &Value, path: &str) -> Option<Value> {
        path.split('.').try_fold(value.clone(), |value, name| {
            let Value::Map(members) = value else {
                return None;
            };
            let found = members.into_iter().find(|it| it.0 == name)?.1;
            Some(found).filter(|it| *it != Value::Null)
        })
    }

    /// What printing, the rules and the form each take as the value at a path.
    fn seen(text: &str, path: &str) -> [Option<Value>; 3] {
        let document = DAEMON_JSON.read(text);
        let settings = Settings::of(&document, Engine::LATEST);
        [
            within(&Effective::of(&document).value, path),
            settings.get(path).and_then(|it| Value::of(it.value)),
            settings.merged(path).and_then(|it| Value::of(&it)),
        ]
    }

    #[track_caller]
    fn assert_seen(text: &str, path: &str, expected: Option<&str>) {
        let expected = expected.map(Value::string);
        assert_eq!(seen(text, path), [(); 3].map(|()| expected.clone()), "{path} of {text}");
    }

    #[test]
    fn a_null_leaves_a_field_as_it_is_and_replaces_an_entry() {
        for (text, path, expected) in [
            (r#"{"proxies": {"http-proxy": "http://a", "http-proxy": null}}"#, "proxies.http-proxy", Some("http://a")),
            (r#"{"log-opts": {"tag": "a", "tag": null}}"#, "log-opts.tag", None),
            (r#"{"log-opts": {"tag": "a"}, "log-opts": null}"#, "log-opts.tag", Some("a")),
            (r#"{"runtimes": {"a": {"path": "/a"}, "a": {"runtimeArgs": []}}}"#, "runtimes.a.path", None),
            (r#"{"runtimes": {"a": {"path": "/a", "path": null}}}"#, "runtimes.a.path", Some("/a")),
        ] {
            assert_seen(text, path, expected);
        }
    }

    fn object(members: Vec<String>) -> String {
        ["{", &members.join(", "), "}"].concat()
    }

    /// Objects in which names repeat, with nulls among their values.
    fn document() -> impl Strategy<Value = String> {
        let text = || prop_oneof![Just("null".to_owned()), "\"[a-c]\""];
        let fields = |names: &'static str| {
            let member = (names, text()).prop_map(|it| format!("\"{}\": {}", it.0, it.1));
            let fields = prop::collection::vec(member, 0..4).prop_map(object);
            prop_oneof![4 => fields, 1 => Just("null".to_owned())]
        };
        let runtime = fields("path|runtimeType").prop_map(|it| format!("\"a\": {it}"));
        let runtimes = prop::collection::vec(runtime, 0..4).prop_map(object);
        let setting = prop_oneof![
            text().prop_map(|it| format!("\"mtu\": {it}")),
            fields("http-proxy|no-proxy").prop_map(|it| format!("\"proxies\": {it}")),
            fields("tag|labels").prop_map(|it| format!("\"log-opts\": {it}")),
            runtimes.prop_map(|it| format!("\"runtimes\": {it}")),
        ];
        prop::collection::vec(setting, 0..6).prop_map(object)
    }

    proptest! {
        #[test]
        fn everybody_sees_the_same(text in document(), path in prop::sample::select(PATHS)) {
            let [printed, checked, shown] = seen(&text, path);
            prop_assert_eq!(&printed, &checked, "{} of {}", path, text);
            prop_assert_eq!(&printed, &shown, "{} of {}", path, text);
        }

        #[test]
        fn what_is_set_counts_and_what_is_taken_out_does_not(
            text in document(),
            path in prop::sample::select(PATHS),
        ) {
            let change = |change: &Change| {
                let edits = edit::edit(&text, &DAEMON_JSON.read(&text), change).expect("a sound text");
                edits.apply(&text)
            };
            let (new, path_of) = (Value::string("new"), steps(path));
            let set = change(&Change::Set { path: path_of.clone(), value: new.clone() });
            prop_assert_eq!(seen(&set, path), [(); 3].map(|()| Some(new.clone())), "{} became {}", text, set);
            let unset = change(&Change::Unset { path: path_of });
            prop_assert_eq!(seen(&unset, path), [None, None, None], "{} became {}", text, unset);
        }
    }
}
