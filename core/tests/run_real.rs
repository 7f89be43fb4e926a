//! Commands as instructions have them, rewritten: each is read without a false problem.

use drydock::{
    containers::model::{Container, Project},
    rule::diagnostic::Severity,
    run::{Choices, examine, examples::EXAMPLES, read},
    text::Span,
};

/// The image, and how many variables, ports, mounts, further flags and words of a command there are.
fn told(it: &Container) -> String {
    let image = it.image.as_ref().map_or("none", |it| it.value.as_str());
    let counts = [
        ("e", it.environment.len()),
        ("p", it.ports.len()),
        ("v", it.mounts.len()),
        ("f", it.flags.len()),
        ("c", it.command.as_ref().map_or(0, |it| it.value.len())),
    ];
    let some = counts.iter().filter(|it| it.1 > 0).map(|(letter, count)| format!(" {letter}{count}"));
    [image.to_owned(), some.collect()].concat()
}

#[test]
fn commands_of_instructions_are_read_without_a_false_problem() {
    for (text, expected) in ROWS {
        let examined = examine(text, &Choices::default());
        let found: Vec<String> = examined.reading.project.containers.iter().map(told).collect();
        assert_eq!(found, *expected, "{text}\n{:#?}", examined.reading.problems);
        let errors = examined.diagnostics.iter().filter(|it| it.severity == Severity::Error);
        let errors: Vec<_> = errors.map(|it| (it.rule, it.span.of(text), &it.message)).collect();
        assert!(
            errors.is_empty() && examined.reading.problems.is_empty(),
            "{text}\n{errors:#?}\n{:#?}",
            examined.reading.problems
        );
    }
}

/// Every place that the model names.
fn places(project: &Project) -> Vec<Span> {
    let text = format!("{project:?}");
    let places = text.split("Span { start: ").skip(1).filter_map(|it| {
        let (start, rest) = it.split_once(", end: ")?;
        let (end, _) = rest.split_once(" }")?;
        Some(Span::new(start.parse().ok()?, end.parse().ok()?))
    });
    places.collect()
}

#[test]
fn every_flag_is_in_the_model_or_named_with_the_reason() {
    let texts = ROWS.iter().map(|it| it.0).chain(EXAMPLES.iter().map(|it| it.text));
    // What these say is a part of the first network, or of the container that comes first.
    let parts = ["ip", "ip6", "mac-address", "network-alias", "link-local-ip", "requires"];
    for text in texts {
        let reading = read(text, &Choices::default());
        let places = places(&reading.project);
        for set in reading.runs.iter().flat_map(|it| &it.sets).filter(|it| !parts.contains(&it.name)) {
            let said = set.value.as_ref().map_or(set.flag, |it| it.span);
            // A switch that has a value stands for itself.
            let is_there = |it: &Span| it.holds(said) || said.holds(*it) && it.start < it.end || it.holds(set.flag);
            assert!(places.iter().any(is_there), "--{} of {text}", set.name);
        }
    }
}

const ROWS: &[(&str, &[&str])] = &[
    ("docker run hello-world", &["hello-world"]),
    ("docker run -d -p 8080:80 --name tools -it a/it-tools", &["a/it-tools p1 f2"]),
    ("docker run -p 80:80 a/b:latest", &["a/b:latest p1"]),
    ("docker create --name web -p 80:80 nginx:latest", &["nginx:latest p1"]),
    (
        "docker container run --name db --detach --env POSTGRES_PASSWORD=x --publish 5432:5432 postgres",
        &["postgres e1 p1"],
    ),
    ("docker run cloud/tunnel:latest tunnel --no-autoupdate run --token xxx", &["cloud/tunnel:latest c5"]),
    ("docker run --rm -it -p 50000:50000 --name plc iot/plc:1 --pn=50000 --sph --st=uint", &["iot/plc:1 p1 f2 c3"]),
    ("docker run -ti --rm -v ~/.ivy2:/root/.ivy2 -v $PWD:/app -w /app a/sbt sbt shell", &["a/sbt v2 f2 c2"]),
    ("docker run -d -P -v /var/log:/log a/frontail /log/syslog", &["a/frontail v1 f1 c1"]),
    (
        "docker run --name=\"spout\" --volume=/var/run/docker.sock:/var/run/docker.sock \\\n\ta/spout syslog+tls://logs.example.com:55555",
        &["a/spout v1 c1"],
    ),
    ("docker run -p 9000:9000 --name s3  -e \"ACCESS_KEY=my-key\"  \\\n  a/minio gateway s3", &["a/minio e1 p1 c2"]),
    (
        "docker run -d --name kong \\\n     --network=bridge \\\n     -e \"KONG_ADMIN_LISTEN=0.0.0.0:8001, 0.0.0.0:8444 ssl\" \\\n     -p 8000:8000 \\\n     kong:latest",
        &["kong:latest e1 p1"],
    ),
    (
        "docker run -t --name=\"track\" -v /data/track/data/:/opt/track/data/ -p 80:80 -p 3232:22351 a/track",
        &["a/track p2 v1 f1"],
    ),
    ("docker run --name=\"a1\" -e PS1=\"[\\033[01;31m\\]\\u\\[\\033[00m\\] \" nginx", &["nginx e1"]),
    ("docker run --rm=True ubuntu", &["ubuntu"]),
    ("docker run -d --restart always --log-driver json-file --log-opt max-size=1g nginx", &["nginx"]),
    ("docker run --privileged -p 80:80 a/b:latest", &["a/b:latest p1"]),
    ("docker run --privileged=true a/b", &["a/b"]),
    ("docker run --user 99:100 --label test1=value -l test2=value a/b", &["a/b"]),
    ("docker run --hostname host1 --domainname example.org -h host2 a/b", &["a/b f1"]),
    ("docker run -p 80:80 --pid=\"host\" --name web nginx:latest", &["nginx:latest p1 f1"]),
    ("docker run -td --net=host --log-driver=journald --stop-signal=SIGRTMIN+3 my_image", &["my_image f1"]),
    (
        "docker run --health-cmd=check.sh --health-interval=60s --health-timeout=10s --health-retries=2  nginx",
        &["nginx"],
    ),
    (
        "docker run -p 8080:8080 --restart=on-failure -e JAVA_OPTS=\"-Da=utf-8 -Db=utf-8\" a/ci:lts-jdk17",
        &["a/ci:lts-jdk17 e1 p1"],
    ),
    ("docker run -e=JAVA_OPTS=\"-Da=utf-8 -Db=utf-8\" a/ci", &["a/ci e1"]),
    (
        "docker run -d --name plex --network=host -e TZ=\"<timezone>\" -v <path/to/database>:/config -v <path/to/media>:/data a/media",
        &["a/media e1 v2"],
    ),
    (
        "docker run \\\n  -v <CONFIG_FILE_PATH>:/etc/c.alloy \\\n  -p 12345:12345 \\\n  a/alloy:latest \\\n    run --server.addr=0.0.0.0:12345 \\\n    /etc/c.alloy",
        &["a/alloy:latest p1 v1 c3"],
    ),
    (
        "#!/bin/bash\ndocker run -d \\\n --name media \\\n --user 1000:1000 \\\n --net=host \\\n --volume /m/config:/config \\\n --mount type=bind,source=/m/media,target=/media \\\n --restart=unless-stopped \\\na/media\n",
        &["a/media v2"],
    ),
    (
        "#!/usr/bin/env bash\nset -x\n\ndocker run -d \\\n\t--name media \\\n\t--mount type=bind,source=/data/media,target=/media,readonly \\\n\ta/media\n",
        &["a/media v1"],
    ),
    (
        "docker run -d \\\n  --name=media \\\n  -e PUID=1000 \\\n  -e TZ=Etc/UTC \\\n  -e URL=192.168.0.5 `#optional` \\\n  -p 8096:8096 \\\n  -p 7359:7359/udp `#optional` \\\n  -v /srv/media:/config \\\n  --device /dev/dri:/dev/dri `#optional` \\\n  --restart unless-stopped \\\n  ghcr.io/a/media",
        &["ghcr.io/a/media e3 p2 v1"],
    ),
    (
        "docker run \\\n    --rm \\\n    -it \\\n    --gpus all \\\n    --ipc=host \\\n    --ulimit memlock=-1 \\\n    --ulimit stack=67108864 \\\n    -v $(pwd):/workspace \\\n    -p 8889:8889 \\\n    core bash",
        &["core p1 v1 f5 c1"],
    ),
    ("docker build . -t comps\ndocker run --gpus all --ipc=host -it -v $(pwd):/my-repo --rm comps", &["comps v1 f3"]),
    ("docker run -it --gpus 'device=0' --rm -v \"$(pwd)\":/workspace edm:latest\n", &["edm:latest v1 f2"]),
    ("docker run --gpus '\"device=0,1\"' a/b:1 nvidia-smi", &["a/b:1 c1"]),
    (
        "xhost +local:\ndocker run --rm -it --cpus=6 -v $PWD:/home/x -e CAPS=compute,video,utility drl:0.1",
        &["drl:0.1 e1 v1 f3"],
    ),
    (
        "docker run --gpus all --shm-size=32g --net=host -v ~/.cache:/root/.cache -it --rm adl:HW3 $@",
        &["adl:HW3 v1 f3"],
    ),
    (
        "nvidia-docker run -it --rm --gpus device=all --privileged -v $PWD:/workspace c5b25e35dbe8",
        &["c5b25e35dbe8 v1 f2"],
    ),
    (
        "sudo docker run -d \\\n  --device /dev/fuse \\\n  --security-opt seccomp=unconfined \\\n  --security-opt label=disable \\\n  --cap-add sys_admin \\\n  quay.io/a/stable podman system service \\\n  --time 0 tcp:0.0.0.0:8080",
        &["quay.io/a/stable f2 c6"],
    ),
    (
        "docker network create app-net || true\n\ndocker run \\\n  --name store \\\n  --net app-net \\\n  -e POSTGRES_PASSWORD=$(cat secrets/db.password) \\\n  -p 5432:5432 \\\n  -d postgres:latest",
        &["postgres:latest e1 p1"],
    ),
    (
        "#!/bin/bash\nset -euo pipefail\n\necho \"starting...\"\ndocker network create -d bridge n1 > /dev/null\ndocker run --network n1 --name some-postgres -e A=trust -d postgres > /dev/null\necho \"done!\"",
        &["postgres e1"],
    ),
    (
        "network_name=\"main_network\"\ndocker \\\n  run \\\n  --rm \\\n  -ti \\\n  --network $network_name \\\n  postgres:13",
        &["postgres:13 f2"],
    ),
    (
        "docker run --rm --network host --env-file .env -v $(pwd)/logs:/app/logs -d app\nsleep 10\ndocker logs app",
        &["app v1"],
    ),
    ("docker run -itd \\\n    --restart always \\\n    --name postgres \\\n    postgres:15;\n", &["postgres:15 f2"]),
    (
        "docker run -d --cap-add=NET_ADMIN \\\n                    --cap-add=SYS_MODULE \\\n                    -p 23333:51820/udp \\\n                    -v /lib/modules:/lib/modules \\\n                    -v $PWD/config:/etc/wg \\\n                    mywg     ",
        &["mywg p1 v2"],
    ),
    (
        "docker run --detach --sysctl net.ipv6.conf.all.disable_ipv6=0 --sysctl net.ipv6.conf.all.forwarding=1 --cap-add net_admin --publish \"51820:51820/udp\" --restart=always wg",
        &["wg p1 f2"],
    ),
    (
        "sudo docker run \\\n  --device=/dev/net/tun -v openvpn:/mnt/openvpn \\\n  -d \\\n  a/openvpn sh /mnt/openvpn/start.sh\n",
        &["a/openvpn v1 c2"],
    ),
    (
        "docker run --sysctl=\"net.ipv4.conf.all.src_valid_mark=1\" -e \"PASSWORD=$PASSWORD\" -p 8000:8000/tcp -p 51820:51820/udp a/wg\n```\n\nMake sure you have the modules loaded:\n```bash\nmodprobe ip_tables && modprobe ip6_tables\n```\n",
        &["a/wg e1 p2 f1"],
    ),
    (
        "#docker -H 0.0.0.0:2375 run -v $(pwd)/share/data:/app/data --device=/dev/ttyAMA0 a/z2m:arm32v6",
        &["a/z2m:arm32v6 v1"],
    ),
    (
        "docker run --rm -p 8091:8091 --device=/dev/ttyACM1 --mount source=zwave,target=/usr/src/app/store a/zw:latest ",
        &["a/zw:latest p1 v1"],
    ),
    (
        "docker run --init --name ha --net=host --privileged -itd -v /share/config:/config -e variable=TZ a/ha:stable",
        &["a/ha:stable e1 v1 f3"],
    ),
    ("docker run -v  ${PWD}:/a b", &["b v1"]),
    ("$ docker run --rm --interactive --tty --volume=\"$(pwd)\":/app composer install\n", &["composer v1 f2 c1"]),
    (
        "::infinity sleeping container\r\ndocker run -d --rm --name test1 ^\r\n\talpine:3.9.5 ^\r\n\ttail -f /dev/null \r\n",
        &["alpine:3.9.5 c3"],
    ),
    (
        "docker run -d `\n  --name planner `\n  -p 8000:8000 `\n  -e APP_ENV=development `\n  a/agent:latest",
        &["a/agent:latest e1 p1"],
    ),
    (
        "docker run --name db -e MYSQL_ROOT_PASSWORD=my-secret-pw -d mysql:tag --character-set-server=utf8mb4",
        &["mysql:tag e1 c1"],
    ),
    ("docker run -it --network host --rm mysql mysql -hsome-mysql -uexample-user -p", &["mysql f2 c4"]),
    ("docker run --name some-nginx -v /some/content:/usr/share/nginx/html:ro -d nginx", &["nginx v1"]),
    ("docker run -dp 127.0.0.1:3000:3000 getting-started", &["getting-started p1"]),
    (
        "docker run -dp 3000:3000 \\\n    -w /app --mount \"type=bind,src=$(pwd),target=/app\" \\\n    node:18-alpine \\\n    sh -c \"yarn install && yarn run dev\"",
        &["node:18-alpine p1 v1 c3"],
    ),
    ("docker run --read-only --tmpfs /run:rw,noexec,nosuid,size=65536k --ulimit nofile=1024:1024 a/b", &["a/b v1 f2"]),
    ("docker run --memory=512m --memory-swap=1g --cpus=\".5\" --pids-limit 200 --oom-score-adj=-500 a/b", &["a/b f5"]),
    ("docker run --add-host=host.docker.internal:host-gateway --dns 1.1.1.1 --dns-search example.org a/b", &["a/b f3"]),
    ("docker run -l 'traefik.http.routers.a.rule=Host(`a.example.com`)' --label-file ./labels a/b", &["a/b f1"]),
    (
        "docker run -d -p 3000:8080 --add-host=host.docker.internal:host-gateway -v webui:/app/backend/data --name webui --restart always ghcr.io/a/webui:main",
        &["ghcr.io/a/webui:main p1 v1 f1"],
    ),
    (
        "podman run --name mint -it --userns=keep-id --hostname=palm --user=$(id -ur):$(id -gr) --network host -v $PWD/..:/workspace:z localhost/palm\n",
        &["localhost/palm v1 f3"],
    ),
    (
        "podman run --rm -it --tmpfs /run --tmpfs /tmp -v /sys/fs/cgroup:/sys/fs/cgroup:ro --cap-add SYS_ADMIN docker.io/a/init:9.0",
        &["docker.io/a/init:9.0 v3 f2"],
    ),
    ("podman run -d -p 5000:5000 --name registry docker.io/library/registry", &["docker.io/library/registry p1"]),
    (
        "podman run --pod new:mypod --secret s1,type=mount,target=/x --sdnotify=conmon --replace -d quay.io/a/b",
        &["quay.io/a/b f2"],
    ),
    (
        "sudo podman network create --driver bridge --subnet 10.168.168.0/24 --gateway 10.168.168.1 devnet\npodman run --network devnet:ip=10.168.168.5 quay.io/a/b",
        &["quay.io/a/b"],
    ),
    (
        "podman run -d --label io.containers.autoupdate=registry --network pasta:-T,5432 quay.io/a/b:1",
        &["quay.io/a/b:1"],
    ),
];
