//! Writes settings down as flags of dockerd: a command for a shell, or a drop-in for the systemd unit.

use crate::{
    Request,
    daemon::{options, print::Note},
    document::{Document, Value},
    notation::shell::Quoting,
    rule::diagnostic::Severity,
    schema::counting::setting,
    text::{Ink, Role},
};

use super::{
    edit::spelled_out,
    spelled::{Spelled, spell},
    table,
};

/// What is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A command for a shell.
    Line,
    /// A drop-in that gives the packaged unit another command.
    DropIn,
}

/// Longer commands have a line for each flag.
const WIDTH: usize = 80;

/// The flags with which the packaged unit starts the daemon.
///
/// That of a rootless daemon has none of its own.
///
/// Source: moby `contrib/init/systemd/docker.service` and `contrib/dockerd-rootless-setuptool.sh`; Debian's `docker.io` has
/// the program in /usr/sbin.
const PACKAGED: [(&str, &str, &str); 2] =
    [("hosts", "host", "fd://"), ("containerd", "containerd", "/run/containerd/containerd.sock")];

/// Writes top-level settings down. What no flag of the Engine can say is left out, and named in a note each.
pub(crate) fn print(
    request: &Request,
    document: &Document,
    settings: &[(String, Value)],
    form: Form,
    notes: &mut Vec<Note>,
) -> Ink {
    let mut printer = Printer { request, document, form, flags: Vec::new(), notes };
    printer.packaged(settings);
    for (key, value) in settings {
        printer.setting(key, value);
    }
    printer.write()
}

struct Printer<'a> {
    request: &'a Request,
    document: &'a Document,
    form: Form,
    /// Flags, quoted.
    flags: Vec<String>,
    notes: &'a mut Vec<Note>,
}

impl Printer<'_> {
    fn quoting(&self) -> Quoting {
        match self.form {
            Form::Line => Quoting::Shell,
            Form::DropIn => Quoting::Unit,
        }
    }

    /// The flags that the packaged unit has: a drop-in takes the place of all of them.
    fn packaged(&mut self, settings: &[(String, Value)]) {
        if self.form == Form::Line || self.request.host.rootless {
            return;
        }
        let is_set = |key: &str| {
            let value = settings.iter().find(|it| it.0 == key).map(|it| &it.1);
            value.is_some_and(|it| *it != Value::Null && *it != Value::List(Vec::new()))
        };
        for (_, flag, value) in PACKAGED.iter().filter(|it| !is_set(it.0)) {
            self.flags.push(match *flag {
                "host" => ["-H ", value].concat(), // as the unit has it
                flag => ["--", flag, "=", value].concat(),
            });
        }
    }

    fn setting(&mut self, key: &str, value: &Value) {
        if let Ok(spelled) = spell(key, value) {
            return self.spelled(key, key, spelled);
        }
        // Of an object, each entry that a flag can say is said.
        let Value::Map(members) = value else {
            return self.left_out(key, key, "");
        };
        if members.iter().all(|it| self.entry(key, it).is_none()) {
            return self.left_out(key, key, "");
        }
        for it in members {
            let path = [key, ".", &it.0].concat();
            match self.entry(key, it) {
                Some(spelled) => self.spelled(key, &path, spelled),
                None => self.left_out(key, &path, ""),
            }
        }
    }

    fn entry(&self, key: &str, entry: &(String, Value)) -> Option<Vec<Spelled>> {
        spell(key, &Value::Map(vec![entry.clone()])).ok()
    }

    fn spelled(&mut self, key: &str, path: &str, spelled: Vec<Spelled>) {
        let is_key_known =
            options::member("", key).is_some_and(|it| it.is_known_to(self.request.engine) || key == "proxies");
        let missing = spelled.iter().find(|it| !table::exists_in(&it.name, self.request.engine));
        if let Some(missing) = missing.filter(|_| is_key_known) {
            let flag = [" `--", &missing.name, "`"].concat();
            return self.left_out(key, path, &flag);
        }
        let quoted = |it: &Spelled| spelled_out(&it.name, it.value.as_deref(), true, self.quoting());
        match spelled.iter().map(quoted).collect::<Option<Vec<_>>>() {
            Some(flags) => self.flags.extend(flags),
            None => self.left_out(key, path, ""),
        }
    }

    /// Notes that a setting is left out.
    fn left_out(&mut self, key: &str, path: &str, flag: &str) {
        let message = match flag {
            "" => ["No flag of dockerd says `", path, "` as it is here, so it is left out: only daemon.json can."]
                .concat(),
            flag => {
                let engine = self.request.engine;
                let engine = [engine.major.to_string(), engine.minor.to_string()].join(".");
                [
                    "The dockerd of ",
                    &engine,
                    " has no flag",
                    flag,
                    ", so `",
                    path,
                    "` is left out: only daemon.json can say it.",
                ]
                .concat()
            }
        };
        let span = setting(&self.document.tree, key).map(|it| it.value.span);
        self.notes.push(Note { severity: Severity::Warning, message, span });
    }

    fn write(self) -> Ink {
        let mut ink = Ink::default();
        let mut start = 0;
        if self.form == Form::DropIn {
            ink.put(Role::Word, "[Service]");
            for _ in 0..2 {
                ink.space("\n");
                start = ink.text.len();
                ink.put(Role::Word, "ExecStart");
                ink.put(Role::Punctuation, "=");
            }
        }
        let directory = if self.form == Form::DropIn { "/usr/bin/" } else { "" };
        let program = if self.request.host.rootless { "dockerd-rootless.sh" } else { "dockerd" };
        ink.put(Role::Word, &[directory, program].concat());
        let length: usize = self.flags.iter().map(|it| it.len() + 1).sum();
        let is_short = ink.text.len() - start + length <= WIDTH && !self.flags.iter().any(|it| it.contains('\n'));
        for flag in &self.flags {
            match is_short {
                true => ink.space(" "),
                false => {
                    ink.space(" ");
                    ink.put(Role::Punctuation, "\\");
                    ink.space("\n  ");
                }
            }
            put_flag(&mut ink, flag);
        }
        ink.space("\n");
        ink
    }
}

/// A flag, its name and its value with roles of their own.
fn put_flag(ink: &mut Ink, flag: &str) {
    let is_quoted = flag.starts_with('"');
    match flag.split_once(['=', ' ']).filter(|_| !is_quoted) {
        Some((name, value)) => {
            ink.put(Role::Key, name);
            match flag.get(name.len()..name.len() + 1) {
                Some("=") => ink.put(Role::Punctuation, "="),
                _ => ink.space(" "),
            }
            if !value.is_empty() {
                ink.put(Role::String, value);
            }
        }
        None if is_quoted => ink.put(Role::String, flag),
        None => ink.put(Role::Key, flag),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        daemon::dialect::{self, DAEMON_JSON, DOCKERD_FLAGS, SYSTEMD_UNIT},
        schema::effective::Effective,
    };

    fn written(json: &str, engine: &str, form: Form) -> (String, Vec<String>) {
        let document = DAEMON_JSON.read(json);
        let Value::Map(settings) = Effective::of(&document).value else {
            panic!("{json} is no object");
        };
        let mut notes = Vec::new();
        let request = Request { engine: engine.parse().expect("an Engine"), ..Request::of("") };
        let ink = print(&request, &document, &settings, form, &mut notes);
        (ink.text, notes.into_iter().map(|it| it.message).collect())
    }

    #[test]
    fn settings_are_written_as_the_flags_that_say_them() {
        for (json, expected) in [
            ("{}", "dockerd\n"),
            (r#"{"debug": true, "icc": false}"#, "dockerd --debug --icc=false\n"),
            (
                r#"{"mtu": 1450, "dns": ["8.8.8.8", "1.1.1.1"], "bip": null}"#,
                "dockerd --mtu=1450 --dns=8.8.8.8 --dns=1.1.1.1\n",
            ),
            (r#"{"labels": ["of=the house", "it's=$5"]}"#, "dockerd --label='of=the house' --label='it'\\''s=$5'\n"),
            (
                r#"{"default-address-pools": [{"base": "10.0.0.0/8", "size": 24}], "log-driver": "local", "log-opts": {"max-size": "10m"}}"#,
                "dockerd \\\n  --default-address-pool=base=10.0.0.0/8,size=24 \\\n  --log-driver=local \\\n  --log-opt=max-size=10m\n",
            ),
            (
                r#"{"default-ulimits": {"nofile": {"Name": "nofile", "Hard": 2, "Soft": 1}}}"#,
                "dockerd --default-ulimit=nofile=1:2\n",
            ),
            (
                r#"{"proxies": {"no-proxy": "a,b"}, "runtimes": {"a": {"path": "/a"}}}"#,
                "dockerd --no-proxy=a,b --add-runtime=a=/a\n",
            ),
            (
                r#"{"host-gateway-ips": ["10.0.0.1", "fd00::1"]}"#,
                "dockerd --host-gateway-ip=10.0.0.1 --host-gateway-ip=fd00::1\n",
            ),
        ] {
            assert_eq!(written(json, "29", Form::Line), (expected.to_owned(), Vec::new()), "{json}");
        }
    }

    #[test]
    fn a_drop_in_keeps_what_the_packaged_unit_has() {
        for (json, expected) in [
            ("{}", "-H fd:// --containerd=/run/containerd/containerd.sock\n"),
            (
                r#"{"debug": true, "labels": ["a=100% of it"]}"#,
                "\\\n  -H fd:// \\\n  --containerd=/run/containerd/containerd.sock \\\n  --debug \\\n  \"--label=a=100%% of it\"\n",
            ),
            (r#"{"hosts": ["unix:///a"], "containerd": "/c"}"#, "--host=unix:///a --containerd=/c\n"),
        ] {
            let expected = ["[Service]\nExecStart=\nExecStart=/usr/bin/dockerd ", expected].concat();
            assert_eq!(written(json, "29", Form::DropIn), (expected, Vec::new()), "{json}");
        }
    }

    #[test]
    fn what_no_flag_says_is_named() {
        for (json, engine, text, notes) in [
            (
                r#"{"builder": {"gc": {"enabled": true}}, "debug": true}"#,
                "29",
                "dockerd --debug\n",
                &["No flag of dockerd says `builder` as it is here, so it is left out: only daemon.json can."][..],
            ),
            (
                r#"{"runtimes": {"a": {"path": "/a"}, "b": {"path": "/b", "runtimeArgs": ["-x"]}}}"#,
                "29",
                "dockerd --add-runtime=a=/a\n",
                &["No flag of dockerd says `runtimes.b` as it is here, so it is left out: only daemon.json can."],
            ),
            (
                r#"{"features": {"cdi": true}}"#,
                "26.1",
                "dockerd\n",
                &[
                    "The dockerd of 26.1 has no flag `--feature`, so `features` is left out: only daemon.json can say it.",
                ],
            ),
            (r#"{"features": {"cdi": true}}"#, "29", "dockerd --feature=cdi=true\n", &[]),
            (
                r#"{"default-ulimits": {"nofile": {"Name": "nproc", "Hard": 2}}}"#,
                "29",
                "dockerd\n",
                &["No flag of dockerd says `default-ulimits` as it is here, so it is left out: only daemon.json can."],
            ),
        ] {
            let notes = notes.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!(written(json, engine, Form::Line), (text.to_owned(), notes), "{json}");
        }
    }

    /// Every member in the order of its name.
    fn sorted(value: Value) -> Value {
        match value {
            Value::Map(members) => {
                let mut members: Vec<_> = members.into_iter().map(|it| (it.0, sorted(it.1))).collect();
                members.sort_by(|a, b| a.0.cmp(&b.0));
                Value::Map(members)
            }
            Value::List(elements) => Value::List(elements.into_iter().map(sorted).collect()),
            value => value,
        }
    }

    /// Members of a `daemon.json` that flags can say.
    fn members() -> impl Strategy<Value = String> {
        let text = prop_oneof![
            Just("a"),
            Just("a b"),
            Just("10.0.0.0/8"),
            Just("it's"),
            Just("100%"),
            Just("${X}$y"),
            Just("\\\\n\\\\"),
            Just("a\\\"b"),
            Just("-x"),
            Just("=x"),
            Just("ä#;&|"),
            Just("a=b"),
            Just("~"),
            Just("{{.Name}}"),
        ];
        let list = |key: &'static str| {
            prop::collection::vec(text.clone(), 1..3)
                .prop_map(move |it| format!("\"{key}\": [\"{}\"]", it.join("\", \"")))
        };
        let one = |key: &'static str| text.clone().prop_map(move |it| format!("\"{key}\": \"{it}\""));
        let inner = |key: &'static str, name: &'static str| {
            text.clone().prop_map(move |it| format!("\"{key}\": {{\"{name}\": \"{it}\"}}"))
        };
        prop_oneof![
            list("dns"), list("labels"), list("exec-opts"), list("hosts"), list("cdi-spec-dirs"),
            one("bip"), one("data-root"), one("log-level"), one("host-gateway-ip"), one("containerd"),
            inner("log-opts", "tag"), inner("proxies", "http-proxy"), inner("nri-opts", "socket-path"),
            text.clone().prop_map(|it| format!("\"default-network-opts\": {{\"bridge\": {{\"a\": \"{it}\", \"b\": \"c\"}}, \"overlay\": {{\"d\": \"e\"}}}}")),
            any::<bool>().prop_map(|it| format!("\"debug\": {it}")),
            any::<bool>().prop_map(|it| format!("\"features\": {{\"cdi\": {it}}}")),
            any::<i32>().prop_map(|it| format!("\"mtu\": {it}")),
            (-1_i64..9, 0_i64..9).prop_map(|(a, b)| format!("\"default-ulimits\": {{\"nofile\": {{\"Name\": \"nofile\", \"Soft\": {a}, \"Hard\": {b}}}}}")),
            (0..32).prop_map(|it| format!("\"default-address-pools\": [{{\"base\": \"10.0.0.0/8\", \"size\": {it}}}, {{\"size\": 64, \"base\": \"fd00::/48\"}}]")),
            Just("\"runtimes\": {\"a\": {\"path\": \"/usr/bin/a b\"}}".to_owned()),
        ]
    }

    proptest! {
        /// What flags can say they say: read again, they come to the same settings.
        #[test]
        fn flags_are_read_back_as_what_was_written(members in prop::collection::vec(members(), 0..8)) {
            let json = ["{", &members.join(", "), "}"].concat();
            let wanted = sorted(Effective::of(&DAEMON_JSON.read(&json)).value);
            for (form, dialect) in [(Form::Line, &DOCKERD_FLAGS), (Form::DropIn, &SYSTEMD_UNIT)] {
                let (text, notes) = written(&json, "29", form);
                prop_assert_eq!(dialect::of(&text).id, dialect.id, "{}", text);
                let document = dialect.read(&text);
                prop_assert_eq!(&document.tree.problems, &[], "{}", text);
                let Value::Map(mut read) = sorted(Effective::of(&document).value) else {
                    panic!("{text}");
                };
                if !notes.is_empty() {
                    // A soft limit above the hard one, and a quote between commas.
                    let is_known = |it: &String| it.contains("`default-ulimits`") || it.contains("`nri-opts`");
                    prop_assert!(notes.iter().all(is_known), "{:?}", notes);
                    continue;
                }
                if form == Form::DropIn {
                    read.retain(|it| json.contains(&["\"", &it.0, "\""].concat()));
                }
                prop_assert_eq!(&Value::Map(read), &wanted, "{}", text);
            }
        }
    }
}
