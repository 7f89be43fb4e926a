use proptest::prelude::*;

use super::*;
use crate::containers::model::{Container, Network, Volume};
use crate::{containers::model::At, text::Span};

fn reading(text: &str) -> Reading {
    read(text, &Choices::default())
}

/// What a container comes to, as a tidy command would say it.
fn told(it: &Container) -> String {
    let mut parts = vec![it.name.clone()];
    let mut part = |name: &str, value: String| parts.push(format!("{name} {value}"));
    for it in &it.environment {
        let value = it.value.1.as_ref().map_or(String::new(), |value| format!("={value}"));
        part("-e", format!("{}{value}", it.value.0));
    }
    for it in &it.env_files {
        part("--env-file", it.value.path.clone());
    }
    for it in &it.labels {
        part("-l", format!("{}={}", it.value.0, it.value.1));
    }
    for At { value: it, .. } in &it.ports {
        let host = it.host.map_or(String::new(), |it| format!("{}-{}", it.0, it.1));
        part("-p", format!("{}:{host}:{}-{}/{}", it.host_address, it.container.0, it.container.1, it.protocol));
    }
    for At { value: it, .. } in &it.mounts {
        let mode = if it.read_only { ":ro" } else { "" };
        part(
            "-v",
            format!("{:?} {}:{}{mode} {}", it.kind, it.source, it.target, it.options.join(",")).trim().to_owned(),
        );
    }
    for At { value: it, .. } in &it.networks {
        let more =
            [it.ipv4.clone(), it.ipv6.clone(), it.mac.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        part("--network", format!("{} {} {more}", it.network, it.aliases.join(",")).trim().to_owned());
    }
    if let Some(it) = &it.network_mode {
        part("--network", format!("{:?}", it.value));
    }
    for it in &it.depends_on {
        part("after", it.value.on.clone());
    }
    for it in &it.links {
        part("--link", format!("{:?}", it.value));
    }
    if let Some(At { value: it, .. }) = &it.health {
        part("--health", format!("{:?} {:?} {:?}", it.test, it.interval, it.retries));
    }
    if let Some(it) = &it.restart {
        part("--restart", format!("{:?} {:?}", it.value.policy, it.value.attempts));
    }
    if let Some(it) = &it.entrypoint {
        part("--entrypoint", format!("{:?}", it.value));
    }
    for it in &it.flags {
        part("flag", format!("{} {}", it.value.name, it.value.value.as_deref().unwrap_or("on")));
    }
    part("image", it.image.as_ref().map_or("none".to_owned(), |it| it.value.clone()));
    if let Some(it) = &it.command {
        part("command", format!("{:?}", it.value));
    }
    parts.join("; ")
}

#[track_caller]
fn assert_read(text: &str, expected: &[&str]) {
    let reading = reading(text);
    let found: Vec<String> = reading.project.containers.iter().map(told).collect();
    assert_eq!(found, expected, "{text}\n{:?}", reading.problems);
}

#[track_caller]
fn assert_clean(text: &str, expected: &[&str]) {
    assert_read(text, expected);
    assert_eq!(reading(text).problems, [], "{text}");
}

#[test]
fn flags_take_values_as_pflag_does() {
    for (text, expected) in [
        ("docker run nginx", "nginx; image nginx"),
        ("docker container run nginx", "nginx; image nginx"),
        ("docker create --name web nginx", "web; image nginx"),
        ("docker run --name=web nginx", "web; image nginx"),
        ("docker run -p80:80 nginx", "nginx; -p :80-80:80-80/tcp; image nginx"),
        ("docker run -p=80:80 nginx", "nginx; -p :80-80:80-80/tcp; image nginx"),
        ("docker run -p 80:80 nginx", "nginx; -p :80-80:80-80/tcp; image nginx"),
        ("docker run -dp 80:80 nginx", "nginx; -p :80-80:80-80/tcp; image nginx"),
        ("docker run -itd nginx", "nginx; flag interactive on; flag tty on; image nginx"),
        ("docker run -i=false nginx", "nginx; flag interactive false; image nginx"),
        ("docker run --init nginx true", "nginx; flag init on; image nginx; command [\"true\"]"),
        ("docker run --init=true nginx", "nginx; flag init true; image nginx"),
        ("docker run -- nginx -p 80:80", "nginx; image nginx; command [\"-p\", \"80:80\"]"),
        ("docker run nginx -p 80:80", "nginx; image nginx; command [\"-p\", \"80:80\"]"),
        ("docker run --memory-swap -1 nginx", "nginx; flag memory-swap -1; image nginx"),
        ("docker run -e 'A=b c' -e B=\"d\" -eC=1 nginx", "nginx; -e A=b c; -e B=d; -e C=1; image nginx"),
        ("docker run --entrypoint '' nginx", "nginx; --entrypoint []; image nginx"),
        (
            "docker run --entrypoint /bin/sh nginx -c 'a; b'",
            "nginx; --entrypoint [\"/bin/sh\"]; image nginx; command [\"-c\", \"a; b\"]",
        ),
        ("docker --context far -H ssh://x run nginx", "nginx; image nginx"),
        ("podman --log-level debug run docker.io/nginx", "nginx; image docker.io/nginx"),
        ("/usr/bin/docker run nginx", "nginx; image nginx"),
        ("sudo -u me docker run nginx", "nginx; image nginx"),
        ("env A=1 docker run nginx", "nginx; image nginx"),
        ("podman run -p 80:80,443:443 x/y", "y; -p :80-80:80-80/tcp; -p :443-443:443-443/tcp; image x/y"),
    ] {
        assert_clean(text, &[expected]);
    }
}

#[test]
fn instructions_are_read_as_they_are_printed() {
    for (text, expected) in [
        ("$ docker run \\\n>  --name web \\\n>  nginx", "web; image nginx"),
        ("# docker run nginx", "nginx; image nginx"), // the prompt of root
        ("PS C:\\> docker run `\r\n  --name web `\r\n  nginx", "web; image nginx"),
        ("docker run ^\r\n  --name web ^\r\n  nginx\r\n", "web; image nginx"),
        ("user@host:~$ docker run nginx", "nginx; image nginx"),
        ("[root@host ~]# docker run nginx", "nginx; image nginx"),
        ("```bash\ndocker run \\\n  nginx\n```\n", "nginx; image nginx"),
        ("Run `it`:\n\n`docker run nginx`\n", "nginx; image nginx"),
        ("1. docker run nginx", "nginx; image nginx"),
        ("> docker run nginx", "nginx; image nginx"),
        ("Don't do this:\n\n    docker run nginx\n\nIt's over.", "nginx; image nginx"),
        ("docker run --name web nginx # it's fine", "web; image nginx"),
        ("ID=$(docker run -d nginx)", "nginx; image nginx"),
        ("docker run nginx > /dev/null 2>&1", "nginx; image nginx"),
        ("docker run -p 80:80 `# the web` nginx", "nginx; -p :80-80:80-80/tcp; image nginx"),
    ] {
        assert_clean(text, &[expected]);
    }
    assert_clean("# docker run old\ndocker run nginx", &["nginx; image nginx"]); // a comment
    assert_clean("docker pull a\ndocker run a && docker run b; docker logs a | less", &["a; image a", "b; image b"]);
}

#[test]
fn variables_come_to_what_the_text_says() {
    let directory = "/path/to/here";
    for (text, value) in [
        ("docker run -v $(pwd)/a:/a x", directory),
        ("docker run -v `pwd`/a:/a x", directory),
        ("docker run -v \"$PWD/a:/a\" x", directory),
        ("docker run -v ${PWD}/a:/a x", directory),
        ("docker run -v \"$(pwd)\"/a:/a x", directory),
        ("docker run -v %cd%/a:/a x", directory),
        ("docker run -v ./a:/a x", directory),
        ("cd /opt/x\ndocker run -v ./a:/a x", "/opt/x"),
        ("D=/srv\ndocker run -v $D/a:/a x", "/srv"),
        ("export D=/srv\ndocker run -v ${D:-/b}/a:/a x", "/srv"),
        ("docker run -v ${D:-/b}/a:/a x", "/b"),
        ("docker run -v ${D:-${E:-/c}}/a:/a x", "/c"),
        ("docker run -v ${D}/a:/a x", "@D@"),
        ("docker run -v ~/a:/a x", "/home/user"),
        ("docker run -v $HOME/a:/a x", "/home/user"),
        ("docker run -v $env:USERPROFILE/a:/a x", "/home/user"),
    ] {
        assert_clean(text, &[&format!("x; -v Bind {value}/a:/a; image x")]);
    }
    for (text, expected) in [
        ("V=1.2\ndocker run x:$V", "x; image x:1.2"),
        ("OPTS='-e A=1 -e B=2'\ndocker run $OPTS x", "x; -e A=1; -e B=2; image x"),
        ("docker run -e A=${A:-b c} x", "x; -e A=b c; image x"), // within a word it stays one
        ("export A=1\ndocker run -e A x", "x; -e A=1; image x"),
        ("A=1 docker run -e A x", "x; -e A=1; image x"),
        ("A=1\ndocker run -e A x", "x; -e A; image x"), // programs do not get it
        ("docker run -u $(id -u):$(id -g) x", "x; image x"),
        ("$env:V = \"1.2\"\ndocker run x:$env:V", "x; image x:1.2"),
    ] {
        assert_clean(text, &[expected]);
    }
    assert_clean(
        "docker run -v <path/to/a>:/a -e A=<your key> <image>",
        &["container; -e A=@your_key@; -v Bind @path/to/a@:/a; image @image@"],
    );
    let user = reading("docker run -u $(id -u):$(id -g) x").project.containers.remove(0).user;
    assert_eq!(user.map(|it| it.value).as_deref(), Some("1000:100"));
    let missing = reading("docker run -e A=$A x:${V} $(cat f)").project.missing;
    let told: Vec<String> = missing.iter().map(|it| format!("{}>{}", it.name, it.placeholder)).collect();
    assert_eq!(told, ["A>@A@", "V>@V@", "cat f>@cat_f@"]);
}

#[test]
fn what_is_chosen_stands_for_variables() {
    let choices =
        Choices { variables: vec![("V".into(), "1.2".into())], directory: "/srv".into(), ..Choices::default() };
    let reading = read("docker run -v ./a:/a x:$V", &choices);
    assert_eq!(told(&reading.project.containers[0]), "x; -v Bind /srv/a:/a; image x:1.2");
    assert_eq!(reading.project.missing.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["PWD"]);
}

#[test]
fn slips_are_named_and_read_as_meant() {
    for (text, kinds, expected) in [
        ("docker run \\  \n  --name web nginx", "BlankAfterMark", "web; image nginx"),
        ("docker run --name web \\ # its name\n  nginx", "CommentAfterMark", "web; image nginx"),
        ("docker run nginx \\\n", "NothingAfterMark", "nginx; image nginx"),
        ("docker run\n  --name web \\\n  nginx", "NotContinued", "web; image nginx"),
        ("docker run \\\n  --name web\n  nginx", "NotContinued", "web; image nginx"),
        ("docker run \\\n  # its name\n  --name web \\\n  nginx", "NotContinued", "web; image nginx"),
        ("docker run –name web —rm nginx", "Typographic(\"--\") Typographic(\"--\")", "web; image nginx"),
        ("docker run –p 80:80 nginx", "Typographic(\"-\")", "nginx; -p :80-80:80-80/tcp; image nginx"),
        ("docker run –it nginx", "Typographic(\"-\")", "nginx; flag interactive on; flag tty on; image nginx"),
        ("docker run -e “A=b c” nginx", "Typographic(\"\\\"\") Typographic(\"\\\"\")", "nginx; -e A=b c; image nginx"),
        ("docker run\u{a0}--name web nginx", "Typographic(\" \")", "web; image nginx"),
        ("docker run -v %cd%\\a:/a x", "WindowsPath", "x; -v Bind /path/to/here/a:/a; image x"),
        ("docker run -v C:\\Users\\me:/a nginx", "WindowsPath", "nginx; -v Bind C:/Users/me:/a; image nginx"),
    ] {
        assert_read(text, &[expected]);
        let problems = reading(text).problems;
        let found: Vec<String> = problems
            .iter()
            .map(|it| match &it.kind {
                problem::ProblemKind::Slip(kind) => format!("{kind:?}"),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(found.join(" "), kinds, "{text}");
    }
    // Within quotes they are text.
    assert_clean("docker run -e \"A=it’s – “b”\" nginx", &["nginx; -e A=it’s – “b”; image nginx"]);
}

#[test]
fn the_first_network_has_what_flags_of_their_own_say() {
    for (text, expected) in [
        (
            "docker run --network a --network b --ip 10.1.0.2 --network-alias x y",
            "y; --network a x 10.1.0.2; --network b; image y",
        ),
        ("docker run --net name=a,alias=x,ip=10.1.0.2 y", "y; --network a x 10.1.0.2; image y"),
        ("docker run --network host y", "y; --network Host; image y"),
        ("podman run --network a:ip=10.1.0.2,alias=x y/z", "z; --network a x 10.1.0.2; image y/z"),
        ("podman run --network slirp4netns:mtu=1500 y/z", "z; --network Other(\"slirp4netns:mtu=1500\"); image y/z"),
    ] {
        assert_clean(text, &[expected]);
    }
    assert_clean(
        "docker run --name db a\ndocker run --network container:db --volumes-from db --link db:d b",
        &[
            "db; image a",
            "b; --network Container(\"db\"); after db; --link (\"db\", Some(\"d\")); flag volumes-from db; image b",
        ],
    );
    assert_clean(
        "docker run --name app a\ndocker network create n\ndocker network connect --alias x --ip 10.1.0.2 n app",
        &["app; --network n x 10.1.0.2; image a"],
    );
}

#[test]
fn networks_and_volumes_are_made_or_must_exist() {
    let network = |it: &Network| {
        let subnets = it.subnets.iter().map(|it| format!("{:?}", it.value)).collect::<String>();
        format!("{} {} {subnets}", it.name, it.is_external)
    };
    let volume =
        |it: &Volume| format!("{} {:?}", it.name, it.driver_options.iter().map(|it| &it.value.0).collect::<Vec<_>>());
    let text = "docker network create -d bridge --subnet 10.1.0.0/16 --subnet fd00::/64 --gateway 10.1.0.1 --ip-range 10.1.2.0/24 \
                --aux-address x=10.1.0.9 a\ndocker volume create --opt type=nfs vol\ndocker run --network b -v vol:/v -v way:/w x";
    let project = reading(text).project;
    assert_eq!(
        project.networks.iter().map(network).collect::<Vec<_>>(),
        [
            "a false SubnetOf { subnet: \"10.1.0.0/16\", ip_range: Some(\"10.1.2.0/24\"), gateway: Some(\"10.1.0.1\"), \
         auxiliary: [(\"x\", \"10.1.0.9\")] }SubnetOf { subnet: \"fd00::/64\", ip_range: None, gateway: None, auxiliary: [] }",
            "b true ",
        ]
    );
    assert_eq!(project.volumes.iter().map(volume).collect::<Vec<_>>(), ["vol [\"type\"]", "way []"]);
}

#[test]
fn nothing_is_dropped_without_a_word() {
    for (text, part) in [
        ("docker pull nginx\ndocker run nginx", "docker pull nginx"),
        ("mkdir -p /srv/a\ndocker run nginx", "mkdir -p /srv/a"),
        ("docker run -d nginx", "-d"),
        ("docker run --cidfile /tmp/x nginx", "--cidfile /tmp/x"),
        ("docker -H ssh://x run nginx", "-H"),
        ("docker run -p 80:x nginx", "80:x"),
        ("docker run --colour nginx", "--colour"),
        ("docker run -p ${PORT}:80 nginx", "${PORT}:80"),
        ("for i in 1 2; do\n docker run nginx\ndone", "for i in 1 2; do\n docker run nginx\ndone"),
        ("cat > f <<EOF\ndocker run a\nEOF\ndocker run nginx", "> f"),
        ("docker run nginx > log", "> log"),
        ("docker compose up -d", "docker compose up -d"),
        ("docker run --ip 10.0.0.2 nginx", "10.0.0.2"),
    ] {
        let project = reading(text).project;
        assert!(project.unusable.iter().any(|it| it.span.of(text) == part), "{text}: {:#?}", project.unusable);
        assert!(project.unusable.iter().all(|it| it.why.ends_with('.')), "{text}: {:#?}", project.unusable);
    }
    assert_read("cat > f <<EOF\ndocker run a\nEOF\ndocker run nginx", &["nginx; image nginx"]);
}

/// Texts of what trips a reader of commands.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "docker ",
        "podman ",
        "run ",
        "create ",
        "network ",
        "volume ",
        "connect ",
        "-p",
        "80:80 ",
        "--name ",
        "--name=",
        "-itd ",
        "-v ",
        "/a:/b ",
        "\\\n",
        "\\ \n",
        "`\n",
        "^\r\n",
        "\n",
        " ",
        "'",
        "\"",
        "“",
        "”",
        "’",
        "–",
        "—name ",
        "$",
        "${",
        "${A:-",
        "}",
        "$(",
        "`",
        ")",
        "$env:A",
        "%cd%",
        "C:\\x",
        "~",
        "#",
        "# ",
        "$ ",
        "> ",
        "<<EOF\n",
        "EOF\n",
        "```\n",
        "for ",
        "done\n",
        "if ",
        "fi\n",
        "{ ",
        "}\n",
        "|",
        "&&",
        ";",
        "A=1\n",
        "A=$A$A\n",
        "--",
        "-",
        "=",
        ",",
        "--mount type=bind,src=",
        "--network ",
        "name=a,ip=",
        "[",
        "]",
        "ä",
        "\u{a0}",
        "\u{feff}",
        "nginx ",
        "--subnet 10.0.0.0/8 ",
        "@",
        "PS C:\\> ",
        "user@host:~$ ",
        "--secret a,type=env ",
        "\0",
        "<a b>",
        "<",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|it| it.concat())
}

/// Whether everything that was read lies in the text.
fn lies_within(text: &str) -> Result<(), TestCaseError> {
    let reading = reading(text);
    let is_within = |it: Span| it.start <= it.end && text.get(it.start..it.end).is_some();
    let project = &reading.project;
    for it in reading.problems.iter().map(|it| it.span).chain(project.unusable.iter().map(|it| it.span)) {
        prop_assert!(is_within(it), "{it:?}");
    }
    for it in project.missing.iter().map(|it| it.span).chain(reading.pieces.iter().map(|it| it.0)) {
        prop_assert!(is_within(it), "{it:?}");
    }
    for container in &project.containers {
        let spans = [
            container.ports.iter().map(|it| it.span).collect::<Vec<_>>(),
            container.mounts.iter().map(|it| it.span).collect(),
            container.environment.iter().map(|it| it.span).collect(),
            container.flags.iter().map(|it| it.span).collect(),
            container.networks.iter().map(|it| it.span).collect(),
            container.image.iter().map(|it| it.span).collect(),
        ];
        prop_assert!(is_within(container.span) && spans.concat().into_iter().all(is_within));
    }
    prop_assert_eq!(reading.runs.len(), project.containers.len());
    let names: std::collections::BTreeSet<&str> = project.containers.iter().map(|it| it.name.as_str()).collect();
    prop_assert_eq!(names.len(), project.containers.len());
    Ok(())
}

proptest! {
    #[test]
    fn every_text_is_read(text in hostile()) {
        lies_within(&text)?;
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,80}") {
        lies_within(&text)?;
        lies_within(&["docker run ", &text].concat())?;
    }

    #[test]
    fn a_shell_would_see_the_same_words(text in "docker run [a-z'\"\\\\ =:/-]{0,40}") {
        // What this reader takes for a slip, or stops at, a shell does not.
        let script = script::script(&text, &|_| true);
        if let (Some(expected), [command], []) = (shlex::split(&text), script.commands.as_slice(), script.slips.as_slice())
            && command.words.iter().all(|it| it.unclosed.is_none())
        {
            let words: Vec<String> = command.words.iter().map(|it| it.text.clone()).collect();
            prop_assert_eq!(words, expected);
        }
    }
}

#[test]
fn long_texts_are_soon_read() {
    for piece in [
        "docker run x\n",
        "docker run -p 80:80 \\\n",
        " -e A=b \\\n",
        "--name\n",
        "  x\n",
        "\"",
        "'",
        "“",
        "\\ \n",
        "$(",
        "${A:-",
        "A=$A$A\n",
        "for x\n",
        "<<E\n",
        "`",
        "docker run -p x:y $A x\n",
        "docker run -v C:\\a:C:\\b x\n",
        "docker run --name\n  a\n",
        "%cd%",
        "$A ",
        "–a ",
        "docker network create a\n",
        "docker run --network a,b x\n",
        "{\n",
        "}\n",
        "docker run x \\",
        "#",
        "> ",
    ] {
        let text = piece.repeat((1 << 13) / piece.len());
        reading(&text);
        reading(&["docker run ", &text].concat());
    }
}
