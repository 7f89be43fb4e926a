use proptest::prelude::*;

use crate::{
    daemon::dialect::DOCKERD_FLAGS,
    document::{Change, Document, Step, Value},
};

use super::edit::edit;

fn document(text: &str) -> Document {
    DOCKERD_FLAGS.read(text)
}

fn path(path: &str) -> Vec<Step> {
    let step = |it: &str| it.parse().map_or_else(|_| Step::Key(it.to_owned()), Step::Index);
    path.split('.').map(step).collect()
}

fn set(at: &str, value: impl Into<Value>) -> Change {
    Change::Set { path: path(at), value: value.into() }
}

fn unset(at: &str) -> Change {
    Change::Unset { path: path(at) }
}

fn list(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(|it| Value::string(*it)).collect())
}

fn map(members: &[(&str, Value)]) -> Value {
    Value::Map(members.iter().map(|it| (it.0.to_owned(), it.1.clone())).collect())
}

#[track_caller]
fn assert_changed(text: &str, change: Change, expected: &str) {
    let edits = edit(text, &document(text), &change);
    let after = edits.map(|it| it.apply(text));
    assert_eq!(after.as_deref(), Ok(expected), "{text} {change:?}");
}

#[test]
fn a_flag_is_changed_where_it_stands() {
    for (text, change, expected) in [
        ("dockerd --bip 10.0.0.1/24 --debug", set("bip", "10.1.0.1/24"), "dockerd --bip 10.1.0.1/24 --debug"),
        ("dockerd --bip=10.0.0.1/24", set("bip", "10.1.0.1/24"), "dockerd --bip=10.1.0.1/24"),
        ("dockerd -lwarn -s overlay2", set("log-level", "info"), "dockerd -linfo -s overlay2"),
        ("dockerd --debug", set("debug", false), "dockerd --debug=false"),
        ("CMD [\"dockerd\", \"--debug\"]", set("debug", false), "CMD [\"dockerd\", \"--debug=false\"]"),
        ("CMD [\"dockerd\", \"--mtu\", \"1\"]", set("mtu", 2), "CMD [\"dockerd\", \"--mtu\", \"2\"]"),
        ("CMD [\"dockerd\", \"--mtu=1\"]", set("mtu", 2), "CMD [\"dockerd\", \"--mtu=2\"]"),
        ("dockerd --debug=false", set("debug", true), "dockerd --debug=true"),
        ("dockerd -D", set("debug", false), "dockerd -D=false"),
        ("dockerd -DH fd://", set("debug", false), "dockerd --debug=false -H fd://"),
        ("dockerd -DH fd://", unset("debug"), "dockerd -H fd://"),
        ("dockerd -DHfd://", unset("debug"), "dockerd -Hfd://"),
        ("dockerd -DH fd://", unset("hosts"), "dockerd -D"),
        ("dockerd --mtu 1400 --mtu 1450", set("mtu", 1500), "dockerd --mtu 1400 --mtu 1500"),
        ("dockerd --label 'a b' --debug", set("labels", list(&["a c"])), "dockerd --label 'a c' --debug"),
        ("dockerd --label=\"a b\"", set("labels.0", "a c"), "dockerd --label=\"a c\""),
        ("dockerd '--label=a b'", set("labels.0", "a c"), "dockerd --label='a c'"),
        (
            "dockerd --default-address-pool base=10.0.0.0/8,size=24",
            set("default-address-pools.0.size", 26),
            "dockerd --default-address-pool base=10.0.0.0/8,size=26",
        ),
        (
            "dockerd --log-opt max-size=1m --log-opt tag=x",
            set("log-opts.max-size", "2m"),
            "dockerd --log-opt max-size=2m --log-opt tag=x",
        ),
        (
            "dockerd --default-ulimit nofile=1024",
            set("default-ulimits.nofile.Hard", 4096),
            "dockerd --default-ulimit nofile=1024:4096",
        ),
        ("dockerd --add-runtime a=/a", set("runtimes.a.path", "/b c"), "dockerd --add-runtime 'a=/b c'"),
        ("dockerd --dns a,b -D", set("dns.0", "c"), "dockerd --dns c --dns b -D"),
        ("dockerd --feature cdi", set("features.cdi", false), "dockerd --feature cdi=false"),
        ("dockerd --http-proxy=http://a:1", set("proxies.http-proxy", "http://b:2"), "dockerd --http-proxy=http://b:2"),
        (
            "dockerd --nri-opts enable --nri-opts socket-path=/s",
            set("nri-opts.socket-path", "/t"),
            "dockerd --nri-opts enable=true,socket-path=/t",
        ),
        (
            "dockerd --default-network-opt=bridge=a=1 --default-network-opt=overlay=b=2 --default-network-opt=bridge=c=3",
            set("default-network-opts.bridge.c", "4"),
            "dockerd --default-network-opt=bridge=a=1 --default-network-opt=overlay=b=2 --default-network-opt=bridge=c=4",
        ),
        (
            "[Service]\nExecStart=/usr/bin/dockerd --label=a=1 \\\n # note\n -D\n",
            set("labels.0", "a=100% of it"),
            "[Service]\nExecStart=/usr/bin/dockerd \"--label=a=100%% of it\" \\\n # note\n -D\n",
        ),
        ("DOCKER_OPTS=\"--dns 8.8.8.8 -D\"\n", set("dns.0", "1.1.1.1"), "DOCKER_OPTS=\"--dns 1.1.1.1 -D\"\n"),
        ("extraOptions = \"--dns 8.8.8.8\";", set("dns.0", "1.1.1.1"), "extraOptions = \"--dns 1.1.1.1\";"),
    ] {
        assert_changed(text, change, expected);
    }
}

#[test]
fn a_new_flag_is_written_as_its_neighbours_are() {
    for (text, change, expected) in [
        ("dockerd", set("debug", true), "dockerd --debug"),
        ("dockerd", set("icc", false), "dockerd --icc=false"),
        ("dockerd --bip 10.0.0.1/24", set("mtu", 1400), "dockerd --bip 10.0.0.1/24 --mtu 1400"),
        ("dockerd --bip=10.0.0.1/24", set("mtu", 1400), "dockerd --bip=10.0.0.1/24 --mtu=1400"),
        ("dockerd --bip 10.0.0.1/24", set("icc", false), "dockerd --bip 10.0.0.1/24 --icc=false"),
        ("dockerd --bip a &", set("debug", true), "dockerd --bip a --debug &"),
        (
            "dockerd --dns 1.1.1.1 -D",
            set("dns", list(&["1.1.1.1", "8.8.8.8"])),
            "dockerd --dns 1.1.1.1 --dns 8.8.8.8 -D",
        ),
        ("dockerd --dns 1.1.1.1", set("dns", list(&["8.8.8.8", "1.1.1.1"])), "dockerd --dns 8.8.8.8 --dns 1.1.1.1"),
        ("dockerd --dns 1.1.1.1", set("dns.1", "8.8.8.8"), "dockerd --dns 1.1.1.1 --dns 8.8.8.8"),
        (
            "dockerd \\\n  --dns 1.1.1.1 \\\n  --debug\n",
            set("log-opts.max-size", "1m"),
            "dockerd \\\n  --dns 1.1.1.1 \\\n  --debug \\\n  --log-opt max-size=1m\n",
        ),
        ("--dns 1.1.1.1\n--debug\n", set("mtu", 1400), "--dns 1.1.1.1\n--debug\n--mtu 1400\n"),
        (
            "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// \\\n\t--debug\nRestart=always\n",
            set("default-address-pools.0", map(&[("base", "10.0.0.0/8".into()), ("size", 24.into())])),
            "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// \\\n\t--debug \\\n\t--default-address-pool=base=10.0.0.0/8,size=24\nRestart=always\n",
        ),
        ("DOCKER_OPTS=\"\"\n", set("debug", true), "DOCKER_OPTS=\"--debug\"\n"),
        ("DOCKER_OPTS=\"-D\"\n", set("mtu", 1400), "DOCKER_OPTS=\"-D --mtu=1400\"\n"),
        ("DOCKER_OPTS=--debug\n", set("mtu", 1400), "DOCKER_OPTS=\"--debug --mtu=1400\"\n"),
        ("OPTIONS='--debug' # c\n", set("mtu", 1400), "OPTIONS='--debug --mtu=1400' # c\n"),
        ("x.extraOptions = ''\n  --debug\n'';\n", set("mtu", 1400), "x.extraOptions = ''\n  --debug --mtu=1400\n'';\n"),
        ("sh -c 'exec dockerd'", set("debug", true), "sh -c 'exec dockerd --debug'"),
        ("sh -c \"dockerd -D && x\"", set("labels.0", "a b"), "sh -c \"dockerd -D --label='a b' && x\""),
        (
            "[Service]\nExecStart=\nExecStart=sh -c 'dockerd -D'\n",
            set("labels.0", "a b"),
            "[Service]\nExecStart=\nExecStart=sh -c 'dockerd -D --label=\"a b\"'\n",
        ),
        (
            "[Unit]\n[Service]\nExecStart=@/a/dockerd x\n",
            set("mtu", 1),
            "[Unit]\n[Service]\nExecStart=@/a/dockerd x --mtu=1\n",
        ),
        ("command: [\"dockerd\"]", set("mtu", 1400), "command: [\"dockerd\", \"--mtu=1400\"]"),
        ("CMD [\"dockerd\", \"-D\"]", set("labels.0", "a \"b\""), r#"CMD ["dockerd", "-D", "--label=a \"b\""]"#),
        ("[\n  \"dockerd\",\n  \"-D\"\n]", set("mtu", 1400), "[\n  \"dockerd\",\n  \"-D\",\n  \"--mtu=1400\"\n]"),
        ("C:\\dockerd.exe -D", set("data-root", "D:\\a b"), "C:\\dockerd.exe -D --data-root=\"D:\\a b\""),
        ("1 /usr/bin/dockerd -D\n2 x\n", set("mtu", 1400), "1 /usr/bin/dockerd -D --mtu=1400\n2 x\n"),
        ("start-stop-daemon -x dockerd --", set("mtu", 1400), "start-stop-daemon -x dockerd -- --mtu=1400"),
        ("dockerd -D", set("proxies.no-proxy", "a b"), "dockerd -D --no-proxy='a b'"),
        ("dockerd -D", set("oom-score-adjust", -5), "dockerd -D --oom-score-adjust=-5"),
        ("dockerd -D", set("default-ulimits.nofile.Soft", 5), "dockerd -D"),
    ] {
        if expected == "dockerd -D" {
            // A soft limit alone has a hard one of 0 below it, which the flag refuses.
            assert!(edit(text, &document(text), &change).is_err());
            continue;
        }
        assert_changed(text, change, expected);
    }
}

#[test]
fn a_flag_goes_with_what_stands_before_it() {
    for (text, change, expected) in [
        ("dockerd --debug --mtu 1400", unset("debug"), "dockerd --mtu 1400"),
        ("dockerd --debug --mtu 1400", unset("mtu"), "dockerd --debug"),
        ("dockerd --debug", unset("debug"), "dockerd"),
        ("sh -c 'dockerd --debug'", unset("debug"), "sh -c 'dockerd'"),
        ("CMD [\"dockerd\", \"-D\", \"--init\"]", unset("debug"), "CMD [\"dockerd\", \"--init\"]"),
        ("command: [\"dockerd\", \"--mtu\", \"1\"]", unset("mtu"), "command: [\"dockerd\"]"),
        ("--debug --mtu 1400", unset("debug"), "--mtu 1400"),
        ("--debug --mtu 1400 --init", Change::All(vec![unset("debug"), unset("mtu")]), "--init"),
        ("dockerd --dns a --debug --dns b", unset("dns"), "dockerd --debug"),
        ("dockerd --mtu 1 --debug --mtu 2", unset("mtu"), "dockerd --debug"),
        ("dockerd \\\n  --debug \\\n  --init\n", unset("init"), "dockerd \\\n  --debug\n"),
        ("dockerd \\\n  --debug \\\n  --init\n", unset("debug"), "dockerd \\\n  --init\n"),
        (
            "[Service]\nExecStart=/usr/bin/dockerd \\\n  # why\n  --debug \\\n  --init\n",
            unset("debug"),
            "[Service]\nExecStart=/usr/bin/dockerd \\\n  # why\n  --init\n",
        ),
        ("DOCKER_OPTS=\"--debug\"\n", unset("debug"), "DOCKER_OPTS=\"\"\n"),
        (
            "dockerd --dns a --dns b --dns c",
            Change::UnsetElements { path: path("dns"), indices: vec![0, 2] },
            "dockerd --dns b",
        ),
        ("dockerd --log-opt a=b --log-opt c=d", unset("log-opts.a"), "dockerd --log-opt c=d"),
        ("dockerd --http-proxy a --https-proxy b", unset("proxies.http-proxy"), "dockerd --https-proxy b"),
        ("dockerd --debug", set("debug", Value::Null), "dockerd"),
    ] {
        assert_changed(text, change, expected);
    }
}

#[test]
fn places_are_found_by_their_bytes_too() {
    let span = |text: &str, part: &str| {
        let at = text.find(part).expect(part);
        crate::text::Span::new(at, at + part.len())
    };
    for (text, at, value, expected) in [
        ("dockerd --dns 8.8.8.8", "8.8.8.8", Value::string("1.1.1.1"), "dockerd --dns 1.1.1.1"),
        ("dockerd --dns 8.8.8.8", "8.8.8.8", list(&["1.1.1.1", "9.9.9.9"]), "dockerd --dns 1.1.1.1 --dns 9.9.9.9"),
        (
            "dockerd --default-address-pool base=10.0.0.1/8,size=24",
            "10.0.0.1/8",
            "10.0.0.0/8".into(),
            "dockerd --default-address-pool base=10.0.0.0/8,size=24",
        ),
        ("dockerd --default-ulimit nofile=1024", "1024", 2048.into(), "dockerd --default-ulimit nofile=2048"),
        ("dockerd --debug", "--debug", false.into(), "dockerd --debug=false"),
    ] {
        assert_changed(text, Change::Replace { span: span(text, at), value }, expected);
    }
    for (text, at, expected) in [
        ("dockerd --dns 8.8.8.8 --dns 1.1.1.1", "8.8.8.8", "dockerd --dns 1.1.1.1"),
        ("dockerd --dns 8.8.8.8", "8.8.8.8", "dockerd"),
        ("dockerd --log-opt a=b", "b", "dockerd"),
        ("dockerd --debug -D", "--debug", "dockerd -D"),
    ] {
        let at = if at == "b" { crate::text::Span::new(text.len() - 1, text.len()) } else { span(text, at) };
        assert_changed(text, Change::Remove { span: at }, expected);
    }
    for (text, key, name, expected) in [
        ("dockerd --dbug", "--dbug", "debug", "dockerd --debug"),
        (
            "dockerd --insecure-registries a:5000",
            "--insecure-registries",
            "insecure-registries",
            "dockerd --insecure-registry a:5000",
        ),
        ("dockerd --dns-opts=ndots:1", "--dns-opts", "dns-opts", "dockerd --dns-opt=ndots:1"),
        ("dockerd --log-opt maxsize=1m", "maxsize", "max-size", "dockerd --log-opt max-size=1m"),
        ("dockerd -g /data --debug", "-g", "data-root", "dockerd --data-root /data --debug"),
        ("dockerd --graph=/data", "--graph", "data-root", "dockerd --data-root=/data"),
    ] {
        assert_changed(text, Change::Rename { key: span(text, key), name: name.to_owned() }, expected);
    }
    let (from, to) = (path("graph"), path("data-root"));
    assert_changed("dockerd --graph /a -D", Change::Move { from, to }, "dockerd --data-root /a -D");
}

#[test]
fn what_no_flag_says_cannot_be_written() {
    for (text, change) in [
        ("dockerd", set("builder.gc.enabled", true)),
        ("dockerd", set("runtimes.a", map(&[("path", "/a".into()), ("runtimeArgs", list(&["-x"]))]))),
        ("dockerd", set("unheard-of", "x")),
        ("dockerd", set("dns", "8.8.8.8")),
        ("dockerd", set("default-ulimits.a", map(&[("Name", "b".into())]))),
        ("DOCKER_OPTS=\"-D\"", set("labels", list(&["a b"]))), // no quotes are looked at in there
        ("[Service]\nRestart=always\n", set("debug", true)),
        ("dockerd", Change::Replace { span: crate::text::Span::new(2, 4), value: Value::Null }),
    ] {
        assert!(edit(text, &document(text), &change).is_err(), "{text} {change:?}");
    }
    for text in ["dockerd", "dockerd --debug", "DOCKER_OPTS=\"\"", "[Service]\nExecStart=dockerd\n"] {
        assert!(crate::document::edit::takes_settings(text, &document(text)), "{text}");
    }
}

/// Settings that flags can say, as a path and a value.
fn setting() -> impl Strategy<Value = Change> {
    let text =
        prop_oneof![Just("8.8.8.8"), Just("a b"), Just("a=b"), Just("100%"), Just("it's $5"), Just("x,y"), Just("")];
    let texts = |key: &'static str| prop::collection::vec(text.clone(), 0..3).prop_map(move |it| set(key, list(&it)));
    let one = |key: &'static str| text.clone().prop_map(move |it| set(key, it));
    prop_oneof![
        texts("dns"),
        texts("labels"),
        one("bip"),
        one("log-opts.tag"),
        one("proxies.no-proxy"),
        one("host-gateway-ip"),
        one("default-network-opts.bridge.a"),
        any::<bool>().prop_map(|it| set("debug", it)),
        any::<bool>().prop_map(|it| set("features.cdi", it)),
        any::<i16>().prop_map(|it| set("mtu", i64::from(it))),
        (8_i64..30)
            .prop_map(|it| set("default-address-pools.0", map(&[("base", "10.0.0.0/8".into()), ("size", it.into())]))),
        Just(unset("dns")),
        Just(unset("debug")),
        Just(unset("log-opts")),
        Just(unset("default-address-pools")),
        Just(unset("mtu")),
        Just(unset("default-network-opts.bridge")),
        Just(unset("labels.0")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// `edit` reads what it wrote and compares; what it hands out is the least that one expects besides.
    #[test]
    fn changes_one_after_the_other_leave_the_rest_as_it_is(
        at in 0..TEXTS.len(),
        changes in prop::collection::vec(setting(), 1..8),
    ) {
        let mut text = TEXTS[at].to_owned();
        for change in changes {
            let Ok(edits) = edit(&text, &document(&text), &change) else {
                continue;
            };
            let after = edits.apply(&text);
            prop_assert_eq!(document(&after).tree.problems.len(), 0, "{} became {}", text, after);
            for kept in ["# why", "fd://", "[Service]", "Restart=no", "A=1", "2>&1"] {
                prop_assert_eq!(text.contains(kept), after.contains(kept), "{} became {}", text, after);
            }
            let again = edit(&after, &document(&after), &change);
            prop_assert!(again.is_ok_and(|it| it.is_empty() || matches!(change, Change::Unset { .. })), "{:?} in {}", change, after);
            text = after;
        }
    }

    #[test]
    fn any_text_may_be_changed(text in super::tests::hostile(), change in setting()) {
        let document = document(&text);
        let _ = edit(&text, &document, &change);
        for it in document.tree.root.members() {
            let _ = edit(&text, &document, &Change::Remove { span: it.value.span });
            let _ = edit(&text, &document, &Change::Rename { key: it.key_span, name: "data-root".to_owned() });
            let _ = edit(&text, &document, &Change::Replace { span: it.value.span, value: Value::string("x") });
        }
    }
}

const TEXTS: &[&str] = &[
    "dockerd",
    "A=1 sudo dockerd -DH fd:// --label='a b' > /dev/null 2>&1 &",
    "dockerd \\\n  -H fd:// \\\n  --dns=1.1.1.1 \\\n  --debug\n",
    "-H fd://\n--dns 1.1.1.1\n",
    "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd \\\n  # why\n  -H fd:// \\\n  --log-opt a=b --log-opt tag=x\nRestart=no\n",
    "A=1\nDOCKER_OPTS=\"-H fd:// --dns 8.8.8.8\"\n",
    "DOCKER_OPTS='-H fd://'\n",
    "DOCKER_OPTS=--debug\n",
    "extraOptions = \"-H fd:// --default-address-pool base=10.0.0.0/8,size=24\";\n",
];
