use proptest::prelude::*;

use crate::{
    Request, analyze,
    daemon::dialect::DAEMON_JSON,
    document::{Document, Problem, ProblemKind, Tree},
    notation::json::{Layout, Shape, write},
    schema::effective::Effective,
    text::Span,
};

use super::{are_flags, is_unit, read::read};

fn document(text: &str) -> Document {
    Document { dialect: &DAEMON_JSON, tree: read(text), added: Vec::new() }
}

/// What the daemon makes of flags, as JSON on one line.
pub(super) fn settings(text: &str) -> String {
    write(&Effective::of(&document(text)).value, Layout::default(), "", Shape::Inline)
}

fn problems(tree: &Tree) -> Vec<(ProblemKind, &Problem)> {
    tree.problems.iter().map(|it| (it.kind, it)).collect()
}

#[track_caller]
fn assert_settings(text: &str, expected: &str) {
    let tree = read(text);
    assert_eq!(settings(text), expected, "{text}");
    assert_eq!(problems(&tree), [], "{text}");
}

#[test]
fn each_flag_takes_the_shape_that_the_file_gives_it() {
    for (flags, expected) in [
        ("--debug", r#"{ "debug": true }"#),
        ("--debug=F", r#"{ "debug": false }"#),
        ("--debug=yes", r#"{ "debug": "yes" }"#), // no truth value to Go: the rule of types says so
        ("-D", r#"{ "debug": true }"#),
        ("-D=false", r#"{ "debug": false }"#),
        ("-Drl warn", r#"{ "debug": true, "restart": true, "log-level": "warn" }"#),
        ("-DHtcp://[::1]:2376", r#"{ "debug": true, "hosts": ["tcp://[::1]:2376"] }"#),
        ("-H=fd:// --host unix:///x", r#"{ "hosts": ["fd://", "unix:///x"] }"#),
        ("--mtu 0x5AA", r#"{ "mtu": 1450 }"#),
        ("--mtu=1e3", r#"{ "mtu": "1e3" }"#),
        ("--mtu 1400 --mtu 1450", r#"{ "mtu": 1450 }"#), // the last one counts
        ("--oom-score-adjust -500", r#"{ "oom-score-adjust": -500 }"#),
        ("--bip=10.1.0.1/24", r#"{ "bip": "10.1.0.1/24" }"#),
        (
            "--dns 8.8.8.8 --dns-opt ndots:1 --dns 1.1.1.1",
            r#"{ "dns": ["8.8.8.8", "1.1.1.1"], "dns-opts": ["ndots:1"] }"#,
        ),
        (
            "--log-opt max-size=10m --log-opt tag={{.Name}} --log-opt env",
            r#"{ "log-opts": { "max-size": "10m", "tag": "{{.Name}}", "env": "" } }"#,
        ),
        ("--exec-opt native.cgroupdriver=systemd", r#"{ "exec-opts": ["native.cgroupdriver=systemd"] }"#),
        ("--storage-opt dm.fs=xfs --label a=b=c", r#"{ "storage-opts": ["dm.fs=xfs"], "labels": ["a=b=c"] }"#),
        (
            "--default-ulimit nofile=1024:2048 --default-ulimit nproc=64",
            r#"{ "default-ulimits": { "nofile": { "Name": "nofile", "Hard": 2048, "Soft": 1024 }, "nproc": { "Name": "nproc", "Hard": 64, "Soft": 64 } } }"#,
        ),
        (
            "--add-runtime Kata=/usr/bin/kata-runtime",
            r#"{ "runtimes": { "kata": { "path": "/usr/bin/kata-runtime" } } }"#,
        ),
        (
            "--default-address-pool base=10.0.0.0/8,size=24 --default-address-pool SIZE=64,Base=FD00::/48",
            r#"{ "default-address-pools": [{ "base": "10.0.0.0/8", "size": 24 }, { "size": 64, "base": "fd00::/48" }] }"#,
        ),
        (
            "--default-network-opt bridge=a=1 --default-network-opt overlay=c=2 --default-network-opt bridge=b=x=y",
            r#"{ "default-network-opts": { "bridge": { "a": "1", "b": "x=y" }, "overlay": { "c": "2" } } }"#,
        ),
        ("--feature cdi=0 --feature buildkit", r#"{ "features": { "cdi": false, "buildkit": true } }"#),
        (
            "--http-proxy http://p:1 --no-proxy a,b",
            r#"{ "proxies": { "http-proxy": "http://p:1", "no-proxy": "a,b" } }"#,
        ),
        (
            "--nri-opts enable,plugin-path=/a --nri-opts socket-path=/s",
            r#"{ "nri-opts": { "enable": true, "plugin-path": "/a", "socket-path": "/s" } }"#,
        ),
        ("--cluster-store-opt kv.path=/a", r#"{ "cluster-store-opts": { "kv.path": "/a" } }"#),
        ("--default-gateway 10.0.0.1 --ip 0.0.0.0", r#"{ "default-gateway": "10.0.0.1", "ip": "0.0.0.0" }"#),
        ("--host-gateway-ip 10.0.0.1", r#"{ "host-gateway-ip": "10.0.0.1" }"#),
        ("--host-gateway-ip 10.0.0.1 --host-gateway-ip fd00::1", r#"{ "host-gateway-ips": ["10.0.0.1", "fd00::1"] }"#),
        (
            "-g /data -s overlay2 -G wheel -p /run/d.pid -b br0",
            r#"{ "graph": "/data", "storage-driver": "overlay2", "group": "wheel", "pidfile": "/run/d.pid", "bridge": "br0" }"#,
        ),
        ("--config-file /etc/d.json --validate --debug", r#"{ "debug": true }"#), // what no file can say is left aside
        ("--dbug --insecure-registries a:5000", r#"{ "--dbug": true, "--insecure-registries": "a:5000" }"#), // unknown
        ("-Dx", r#"{ "debug": true, "-x": true }"#),
        ("----debug=ä", r#"{ "----debug": "ä" }"#),
        ("--bip=", r#"{ "bip": "" }"#),
    ] {
        assert_settings(flags, expected);
    }
}

/// Command lines, units and variables as people show them when they ask for help, made small.
const REPORTS: &[(&str, &str)] = &[
    ("dockerd --debug", r#"{ "debug": true }"#),
    (
        "$ sudo dockerd -H unix:///var/run/docker.sock --debug &",
        r#"{ "hosts": ["unix:///var/run/docker.sock"], "debug": true }"#,
    ),
    ("# dockerd --data-root /srv/docker", r#"{ "data-root": "/srv/docker" }"#),
    (
        "me@host:~$ sudo -E /usr/bin/dockerd --default-address-pool 'base=10.123.0.0/16,size=24' --config-file empty.json",
        r#"{ "default-address-pools": [{ "base": "10.123.0.0/16", "size": 24 }] }"#,
    ),
    (
        "[root@host ~]# DOCKER_RAMDISK=true dockerd --storage-driver=vfs > /var/log/docker.log 2>&1 --iptables=false &",
        r#"{ "storage-driver": "vfs", "iptables": false }"#,
    ),
    (
        "systemctl stop docker\nnohup dockerd \\\n  --bip=172.26.0.1/16 \\\n  --log-driver=journald\n",
        r#"{ "bip": "172.26.0.1/16", "log-driver": "journald" }"#,
    ),
    (
        "dockerd-rootless.sh --experimental --storage-driver fuse-overlayfs",
        r#"{ "experimental": true, "storage-driver": "fuse-overlayfs" }"#,
    ),
    (
        "--insecure-registry registry.example:5000\n--dns 10.0.0.53\n-D\n",
        r#"{ "insecure-registries": ["registry.example:5000"], "dns": ["10.0.0.53"], "debug": true }"#,
    ),
    (
        "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd --log-driver journald -s devicemapper -H fd://\n",
        r#"{ "log-driver": "journald", "storage-driver": "devicemapper", "hosts": ["fd://"] }"#,
    ),
    (
        "[Unit]\nDescription=Docker\n[Service]\nType=notify\n# the default\nExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock\nExecReload=/bin/kill -s HUP $MAINPID\n",
        r#"{ "hosts": ["fd://"], "containerd": "/run/containerd/containerd.sock" }"#,
    ),
    (
        "[Service]\nExecStart=/usr/bin/dockerd --old\nExecStart=\nExecStart=-/usr/bin/dockerd -D \\\n# the registry of the house\n  --registry-mirror=\"https://mirror.example/\" \\\n  --label=\"of=the house\"\n",
        r#"{ "debug": true, "registry-mirrors": ["https://mirror.example/"], "labels": ["of=the house"] }"#,
    ),
    ("[Unit]\n[Service]\nExecStart=@/usr/bin/dockerd dockerd --init\n", r#"{ "init": true }"#),
    ("[Unit]\n[Service]\nExecStart=/usr/bin/env dockerd --label=a=100%%\n", r#"{ "labels": ["a=100%"] }"#),
    (
        "# Docker Upstart and SysVinit configuration file\n\n#DOCKERD=\"/usr/local/bin/dockerd\"\n#DOCKER_OPTS=\"--dns 8.8.8.8 --dns 8.8.4.4\"\n\n#export http_proxy=\"http://127.0.0.1:3128/\"\nDOCKER_OPTS=\"-H tcp://127.0.0.1:4243 -H unix:///var/run/docker.sock\"\nDOCKER_OPTS=\"--insecure-registry 192.168.1.82:5000\"\n",
        r#"{ "insecure-registries": ["192.168.1.82:5000"] }"#, // the second assignment counts
    ),
    (
        "DOCKER_OPTS=\"--dns 8.8.8.8\"\nDOCKER_OPTS=\"$DOCKER_OPTS --debug\"\nexport DOCKER_OPTS+=' --init'\n",
        r#"{ "dns": ["8.8.8.8"], "debug": true, "init": true }"#,
    ),
    (
        "DAEMON_MAXFILES=1048576\nOPTIONS=\"--default-ulimit nofile=32768:65536\"\nDAEMON_PIDFILE_TIMEOUT=10\n",
        r#"{ "default-ulimits": { "nofile": { "Name": "nofile", "Hard": 65536, "Soft": 32768 } } }"#,
    ),
    (
        "OPTIONS='--selinux-enabled --log-driver=journald'\nINSECURE_REGISTRY='--insecure-registry 172.30.0.0/16'\nDOCKER_CERT_PATH=/etc/docker\n",
        r#"{ "selinux-enabled": true, "log-driver": "journald", "insecure-registries": ["172.30.0.0/16"] }"#,
    ),
    (
        "extraOptions = \"-H tcp://127.0.0.1:2375 -H unix:///var/run/docker.sock\";",
        r#"{ "hosts": ["tcp://127.0.0.1:2375", "unix:///var/run/docker.sock"] }"#,
    ),
    (
        "virtualisation.docker.extraOptions = ''\n  --insecure-registry registry.example --log-opt max-size=1M\n'';\n",
        r#"{ "insecure-registries": ["registry.example"], "log-opts": { "max-size": "1M" } }"#,
    ),
    // a script for a shell
    ("sh -c 'modprobe br_netfilter && exec dockerd --label=\"a b\" -D'", r#"{ "labels": ["a b"], "debug": true }"#),
    ("sudo bash -lc \"exec dockerd --init\"", r#"{ "init": true }"#),
    ("su - root -c 'dockerd --init'", r#"{ "init": true }"#),
    ("sh /usr/bin/dockerd-rootless.sh --init", r#"{ "init": true }"#),
    (
        "[Service]\nExecStart=\nExecStart=/bin/sh -c \"exec /usr/bin/dockerd -H fd:// \\\n  --label='a b'\"\n",
        r#"{ "hosts": ["fd://"], "labels": ["a b"] }"#,
    ),
    // what starts it
    ("sudo -u x dockerd --init", r#"{ "init": true }"#),
    ("sudo --user x -E -- nice -n 10 dockerd --init", r#"{ "init": true }"#),
    ("timeout -s KILL 60 env -u A B=c dockerd --init", r#"{ "init": true }"#),
    ("exec -a docker dockerd --init", r#"{ "init": true }"#),
    (
        "start-stop-daemon --start --background --exec /usr/bin/dockerd --pidfile /run/x -- -p /run/docker.pid --init",
        r#"{ "pidfile": "/run/docker.pid", "init": true }"#,
    ),
    // lists of processes
    (
        "root        1234  0.1  2.0 1938540 81648 ?       Ssl  10:00   0:05 /usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock\n",
        r#"{ "hosts": ["fd://"], "containerd": "/run/containerd/containerd.sock" }"#,
    ),
    (
        "UID          PID    PPID  C STIME TTY          TIME CMD\nroot        1001       1  0 10:00 ?        00:00:05 /usr/bin/containerd\nroot        1234       1  0 10:00 ?        00:00:05 /usr/bin/dockerd --label=a='b --init\nme 99 1 0 10:01 pts/0 00:00:00 grep dockerd\n",
        r#"{ "labels": ["a='b"], "init": true }"#,
    ),
    ("1234 /usr/bin/dockerd --init\n5678 sudo dockerd --debug\n", r#"{ "init": true }"#),
    ("  900 ?        Ss     0:00 sudo dockerd --debug\n", r#"{ "debug": true }"#),
    (
        "● docker.service - Docker Application Container Engine\n     Loaded: loaded (/lib/systemd/system/docker.service; enabled)\n     Active: active (running) since Mon 2025-01-06 10:00:00 UTC; 1h ago\n   Main PID: 1234 (dockerd)\n     CGroup: /system.slice/docker.service\n             └─1234 /usr/bin/dockerd -H fd:// --init\n",
        r#"{ "hosts": ["fd://"], "init": true }"#,
    ),
    (
        "   Process: 1234 ExecStart=/usr/bin/dockerd -H fd:// --init (code=exited, status=1/FAILURE)\n",
        r#"{ "hosts": ["fd://"], "init": true }"#,
    ),
    // Windows
    (
        "PS C:\\> dockerd --register-service -G docker --data-root D:\\docker",
        r#"{ "group": "docker", "data-root": "D:\\docker" }"#,
    ),
    ("& \"C:\\Program Files\\docker\\dockerd.exe\" --run-service `\n  -H npipe://\n", r#"{ "hosts": ["npipe://"] }"#),
    (
        r#"sc.exe config docker binpath= "\"C:\Program Files\docker\dockerd.exe\" --run-service -H tcp://0.0.0.0:2376 --debug""#,
        r#"{ "hosts": ["tcp://0.0.0.0:2376"], "debug": true }"#,
    ),
    // containers
    ("command: [\"dockerd\", \"-H\", \"fd://\"]", r#"{ "hosts": ["fd://"] }"#),
    ("CMD [\"dockerd\", \"--label=a b\"]\n", r#"{ "labels": ["a b"] }"#),
    ("[\n  \"dockerd\",\n  \"--init\"\n]\n", r#"{ "init": true }"#),
    ("command: dockerd --init", r#"{ "init": true }"#),
    ("command: 'dockerd --init'", r#"{ "init": true }"#),
    ("command: >-\n  dockerd\n  --init\n", r#"{ "init": true }"#),
    ("command: [sh, -c, \"dockerd --init\"]", r#"{ "init": true }"#),
    (
        "command: --registry-mirror=https://mirror.example --debug",
        r#"{ "registry-mirrors": ["https://mirror.example"], "debug": true }"#,
    ),
    // variables
    ("DOCKER_NETWORK_OPTIONS=--bip=10.1.0.1/24\nDOCKER_RUN_OPTS=\"--dns 8.8.8.8\"\n", r#"{ "bip": "10.1.0.1/24" }"#),
    ("# /etc/sysconfig/docker\nOPTIONS=\"--debug --log-level=warn\"\n", r#"{ "debug": true, "log-level": "warn" }"#),
    ("OPTIONS=\"-H fd:// -D\"\n", r#"{ "hosts": ["fd://"], "debug": true }"#),
    ("other_args=\"--selinux-enabled\"\n", r#"{ "selinux-enabled": true }"#),
];

#[test]
fn what_people_show_is_recognised_and_read() {
    for (text, expected) in REPORTS {
        assert_eq!(is_unit(text), text.contains("[Service]"), "{text}");
        assert_eq!(are_flags(text), !text.contains("[Service]"), "{text}");
        assert_settings(text, expected);
    }
}

#[test]
fn other_texts_are_left_to_others() {
    for text in [
        "",
        "{}",
        "{ \"debug\": true }",
        "[\"dockerd --debug\"]",
        "{ virtualisation.docker.extraOptions = \"--debug\"; }",
        "{ pkgs, ... }:\n{\n  script = ''\n    dockerd --debug\n  '';\n}\n",
        "virtualisation.docker = {\n  extraOptions = \"--debug\";\n};\n",
        "virtualisation.docker.extraOptions = \"--debug\";\nnetworking.hostName = \"a\";\n",
        "docker run --dns 8.8.8.8 -p 80:80 nginx",
        "docker run --privileged docker:dind dockerd --debug",
        "docker network create --subnet 10.0.0.0/8 a",
        "docker -D info",
        "sudo docker ps",
        "-p 80:80 -v /a:/b nginx",
        "-d -p 80:80",
        "services:\n  dind:\n    image: docker:dind\n    command: dockerd --debug\n",
        "- dockerd --debug",
        "command: nginx --debug",
        "command: [\"nginx\", \"-D\"]",
        "[\"--debug\", \"dockerd\"]",
        "[[\"dockerd\", \"--debug\"]]",
        "CMD [\"node\", \"--init\"]",
        "sh -c 'echo dockerd'",
        "sudo apt remove dockerd",
        "sudo -u x systemctl restart dockerd",
        "root 1 0.0 0.1 1 1 ? Ss 10:00 0:00 /usr/bin/containerd --config dockerd\n",
        "3 dockers and a dockerd\n",
        "● docker.service - Docker\n   Process: 1 ExecStart=/usr/bin/dockerd -H fd:// (code=exited)\nJan 01 host dockerd[1]: failed to start daemon: x\n", // the log says more
        "OPTIONS=\"--verbose\"\n",
        "OPTIONS=\"--debug\"\n",
        "OPTIONS=\"-D -u0\"\n",
        "# sshd in a Docker image\nOPTIONS=\"-D -u0\"\n",
        "OPTIONS=\"--config-file /etc/x --log-level=debug\"\n",
        "KUBELET_ARGS=\"--storage-driver=x --selinux-enabled\"\n",
        "KUBELET_EXTRA_ARGS=--cgroup-driver=systemd\n",
        "FLANNEL_OPTIONS=\"--ip-masq\"\n",
        "EXTRA_ARGS=\"--log-level debug --tls\"\n",
        "DOCKER_RUN_OPTS=\"--dns 8.8.8.8 --log-driver local\"\n",
        "DOCKERD(8)\n\nNAME\n  dockerd - Enable daemon mode\n\nSYNOPSIS\n  dockerd [--debug] [OPTIONS]\n",
        "DOCKER_BUILD_ARGS=\"--label a=b\"\n",
        "-D -u0",
        "#OPTIONS=\"--debug\"\n",
        "-D, --debug   Enable debug mode\n    --bip string   Bridge address\n",
        "--bip string\n--mtu int\n",
        "      --bip string                  IPv4 address for the default bridge\n      --bridge string\n",
        "--- a\n+++ b\n",
        "---\ndebug: true\n",
        "[Service]\nExecStart=/usr/bin/nginx --debug\n",
        "[Service]\nExecStart=/usr/bin/docker run --rm nginx\n",
        "[Unit]\nAfter=docker.service\n[Service]\nExecStart=/usr/bin/containerd\n",
        "#cloud-config\nwrite_files:\n  - path: /etc/systemd/system/docker.service.d/a.conf\n    content: |\n      [Service]\n      ExecStart=/usr/bin/dockerd\n",
        "PATH=/usr/bin\nHOME=/root\n",
        "level=info msg=\"Starting up\" dockerd --debug",
        "Usage:  dockerd [OPTIONS]",
        "10.0.0.0/8\n192.168.0.0/16\n",
        "the daemon is called dockerd --debug",
        "dockerd fails to start with --debug",
        "JAVA_OPTS=\"-Dfoo=bar -Xmx1g\"\n",
        "GUNICORN_OPTS=\"--bind 0.0.0.0 --workers 2 --debug\"\n",
        "[Service]\nEnvironment=DOCKER_HOST=tcp://10.0.0.1:2375\n",
        "[Unit]\nRequires=docker.service\n[Service]\nType=oneshot\nExecStart=\n",
    ] {
        assert!(!are_flags(text) && !is_unit(text), "{text}");
    }
}

/// The kinds of problems, what they are about, and the text with all of them mended.
#[track_caller]
fn assert_problems(text: &str, expected: &[(ProblemKind, &str)], mended: &str) {
    let tree = read(text);
    let found: Vec<_> = tree.problems.iter().map(|it| (it.kind, it.span.of(text))).collect();
    assert_eq!(found, expected, "{text}");
    let after = tree.problems.iter().fold(crate::text::Edits::NONE, |all, it| all.and(it.mend.clone())).apply(text);
    assert_eq!(after, mended, "{text}");
}

#[test]
fn what_is_wrong_is_named_and_mended_where_that_is_clear() {
    use ProblemKind::*;
    for (text, expected, mended) in [
        ("dockerd --dns", &[(MissingArgument, "--dns")][..], "dockerd --dns"),
        ("dockerd -H", &[(MissingArgument, "-H")], "dockerd -H"),
        ("dockerd --data-root --debug", &[(FlagAsValue, "--debug")], "dockerd --data-root --debug"),
        ("dockerd daemon.json", &[(Positional, "daemon.json")], "dockerd daemon.json"),
        ("dockerd -- --debug", &[(Positional, "--debug")], "dockerd -- --debug"),
        ("dockerd --debug true", &[(SplitValue, " ")], "dockerd --debug=true"),
        ("dockerd --dns= 8.8.8.8", &[(SplitValue, " ")], "dockerd --dns=8.8.8.8"),
        ("dockerd --dns =8.8.8.8", &[(SplitValue, " ")], "dockerd --dns=8.8.8.8"),
        ("dockerd -debug -dns=8.8.8.8", &[(OneHyphen, "-debug"), (OneHyphen, "-dns")], "dockerd --debug --dns=8.8.8.8"),
        (
            "dockerd –debug —dns 8.8.8.8 –D",
            &[(LookAlike, "–"), (LookAlike, "—"), (LookAlike, "–")],
            "dockerd --debug --dns 8.8.8.8 -D",
        ),
        (
            "dockerd --default-address-pool base,size=24",
            &[(BadField, "base")],
            "dockerd --default-address-pool base,size=24",
        ),
        (
            "dockerd --default-address-pool bas=10.0.0.0/8,size=24",
            &[(BadField, "bas=10.0.0.0/8")],
            "dockerd --default-address-pool bas=10.0.0.0/8,size=24",
        ),
        ("dockerd --add-runtime kata", &[(BadField, "kata")], "dockerd --add-runtime kata"),
        ("dockerd --default-ulimit nofile", &[(BadField, "nofile")], "dockerd --default-ulimit nofile"),
        ("dockerd --default-ulimit no=1", &[(BadField, "no")], "dockerd --default-ulimit no=1"),
        ("dockerd --default-ulimit nofile=2:1", &[(BadField, "2:1")], "dockerd --default-ulimit nofile=2:1"),
        (
            "dockerd --dns 8.8.8.8,1.1.1.1 --dns=9.9.9.9,::1",
            &[(SeveralValues, "8.8.8.8,1.1.1.1"), (SeveralValues, "9.9.9.9,::1")],
            "dockerd --dns 8.8.8.8 --dns 1.1.1.1 --dns=9.9.9.9 --dns=::1",
        ),
        ("dockerd --restart=yes", &[(BadField, "yes")], "dockerd --restart=yes"),
        ("dockerd --label \"a=b --debug", &[(UnclosedString, "\"a=b --debug")], "dockerd --label \"a=b --debug\""),
        ("dockerd --dns $DNS --debug", &[(NotRead, "$DNS")], "dockerd --dns $DNS --debug"),
        ("dockerd --label a=b&c", &[(CutOff, "&")], "dockerd --label 'a=b&c'"),
        ("/usr/bin/docker daemon --debug", &[(OldProgram, "/usr/bin/docker daemon")], "/usr/bin/dockerd --debug"),
        ("docker -d -H fd://", &[(OldProgram, "docker -d")], "dockerd -H fd://"),
        (
            "/usr/lib/coreos/dockerd daemon --debug",
            &[(OldProgram, "/usr/lib/coreos/dockerd daemon")],
            "/usr/lib/coreos/dockerd --debug",
        ),
        (
            "[Service]\nEnvironment=A=b\nEnvironmentFile=-/etc/default/docker\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// $DOCKER_OPTS\n",
            &[(NotRead, "A=b"), (NotRead, "-/etc/default/docker"), (NotRead, "$DOCKER_OPTS")],
            "[Service]\nEnvironment=A=b\nEnvironmentFile=-/etc/default/docker\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// $DOCKER_OPTS\n",
        ),
        (
            "[Service]\nEnvironment=\"DOCKER_OPTS=--insecure-registry a:5000\"\n",
            &[(NotRead, "\"DOCKER_OPTS=--insecure-registry a:5000\"")],
            "[Service]\nEnvironment=\"DOCKER_OPTS=--insecure-registry a:5000\"\n",
        ),
        (
            "[Service]\nExecStart=/usr/bin/dockerd --bip=172.17.42.1/16\n",
            &[(StartNotReset, "ExecStart")],
            "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd --bip=172.17.42.1/16\n",
        ),
        (
            "[Unit]\n[Service]\nExecStart=/bin/sh -c \"dockerd --label=\\\"a b\\\"\"\n",
            &[(Nested, "\"dockerd --label=\\\"a b\\\"\"")],
            "[Unit]\n[Service]\nExecStart=/bin/sh -c \"dockerd --label=\\\"a b\\\"\"\n",
        ),
        (
            "sh -c \"su -c 'dockerd --debug'\"",
            &[(Nested, "\"su -c 'dockerd --debug'\"")],
            "sh -c \"su -c 'dockerd --debug'\"",
        ),
        ("sh -c 'dockerd --debug", &[(UnclosedString, "'dockerd --debug")], "sh -c 'dockerd --debug'"),
        ("sh -c 'dockerd -debug $A'", &[(OneHyphen, "-debug"), (NotRead, "$A")], "sh -c 'dockerd --debug $A'"),
        (
            "# Docker\n#DOCKER_OPTS=\"--dns 8.8.8.8\"\nexport http_proxy=http://a\n",
            &[(OnlyComments, "#DOCKER_OPTS=\"--dns 8.8.8.8\"")],
            "# Docker\nDOCKER_OPTS=\"--dns 8.8.8.8\"\nexport http_proxy=http://a\n",
        ),
        (
            "dockerd $FOO/bar x/$FOO",
            &[(NotRead, "$FOO"), (Positional, "x/$FOO"), (NotRead, "$FOO")],
            "dockerd $FOO/bar x/$FOO",
        ),
        (
            "[Service]\nExecStart=\nExecStart=dockerd $FOO/bar\n",
            &[(NotRead, "$FOO/bar")],
            "[Service]\nExecStart=\nExecStart=dockerd $FOO/bar\n",
        ),
        (
            "1234 /usr/bin/dockerd -H fd:// --containerd=/run/c…",
            &[(NotRead, "…")],
            "1234 /usr/bin/dockerd -H fd:// --containerd=/run/c…",
        ),
        ("DOCKER_OPTS=“--debug”", &[(WrongQuotes, "“--debug”")], "DOCKER_OPTS=\"--debug\""),
        ("DOCKER_OPTS=\"--debug\nA=b", &[(UnclosedString, "\"--debug")], "DOCKER_OPTS=\"--debug\"\nA=b"),
    ] {
        assert_problems(text, expected, mended);
    }
}

#[test]
fn members_point_at_the_bytes_that_say_them() {
    for (text, members) in [
        ("dockerd --debug -DH fd://", &[("--debug", "--debug"), ("-D", "-D"), ("H", "fd://")][..]),
        ("dockerd --label='a b' --mtu 1400", &[("--label", "a b"), ("--mtu", "1400")]),
        ("DOCKER_OPTS=\"--dns=8.8.8.8\"", &[("--dns", "8.8.8.8")]),
    ] {
        let tree = read(text);
        let found: Vec<_> =
            tree.root.members().iter().map(|it| (it.key_span.of(text), it.value.span.of(text))).collect();
        assert_eq!(found, members, "{text}");
    }
    let text = "dockerd --default-address-pool='base=10.0.0.0/8,size=24'";
    let tree = read(text);
    let pool = &tree.root.members()[0].value.elements()[0];
    let found: Vec<_> = pool.members().iter().map(|it| (it.key_span.of(text), it.value.span.of(text))).collect();
    assert_eq!(found, [("base", "10.0.0.0/8"), ("size", "24")]);
}

/// Texts made of what flags, units and variables are made of.
pub(super) fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "dockerd",
        "docker daemon",
        " ",
        " ",
        " ",
        "\\\n  ",
        "\n",
        "--debug",
        "--dns",
        "=",
        "8.8.8.8",
        "-DH",
        "-",
        "--",
        "–",
        "--default-address-pool",
        "base=10.0.0.0/8,size=24",
        "\"",
        "'",
        "“",
        "$A",
        "${",
        "%h",
        "[Service]\n",
        "ExecStart=",
        "sh -c ",
        "command: ",
        "[",
        "]",
        "1234 ",
        "sudo -u ",
        "dockerd.exe",
        "sc.exe config docker binpath= ",
        "$'",
        "~",
        "…",
        "DOCKER_OPTS=",
        "extraOptions = ",
        ";",
        "&",
        "#",
        "--log-opt a=b",
        "--default-ulimit nofile=1:2",
        "--x",
        "ä",
        ",",
        "--add-runtime a=/b",
        "--default-network-opt bridge=a=b",
        "--feature cdi",
        "--mtu=0x10",
        "--host-gateway-ip 1.1.1.1",
        "--http-proxy=http://a",
        "\r\n",
        "--nri-opts enable",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn every_text_is_read_and_nothing_lies_outside_of_it(text in hostile()) {
        let tree = read(&text);
        are_flags(&text);
        is_unit(&text);
        let is_in = |span: Span| span.start <= span.end && text.get(span.start..span.end).is_some();
        for it in tree.root.members() {
            prop_assert!(is_in(it.key_span) && is_in(it.value.span), "{:?} of {}", it, text);
        }
        for it in &tree.problems {
            prop_assert!(is_in(it.span), "{:?} of {}", it, text);
        }
        Effective::of(&document(&text));
    }
}

#[test]
fn texts_cut_off_anywhere_are_read() {
    for (text, _) in REPORTS {
        for (at, it) in text.char_indices() {
            read(text.get(..at).unwrap_or_default());
            let without =
                [text.get(..at).unwrap_or_default(), text.get(at + it.len_utf8()..).unwrap_or_default()].concat();
            read(&without);
        }
    }
}

#[test]
fn long_texts_are_read_all_the_same() {
    let distinct = |begin: &str, end: &str| (0..20_000).map(|it| format!("{begin}{it}{end}")).collect::<String>();
    for text in [
        ["dockerd ", &"--dns 8.8.8.8 ".repeat(20_000)].concat(),
        ["dockerd ", &"--mtu 1 --host-gateway-ip 1.1.1.1 ".repeat(10_000)].concat(),
        ["dockerd ", &distinct("--default-network-opt d", "=a=b ")].concat(),
        ["dockerd ", &"$A ".repeat(50_000)].concat(),
        distinct("A", "_OPTS=--debug\n"),
        distinct("DOCKER_OPTS=\"$DOCKER_OPTS --label a=", "\"\n"),
        ["[Service]\n", &distinct("ExecStart=dockerd --label a=", "\n")].concat(),
        "dockerd --debug\n".repeat(20_000),
        ["dockerd ", &"-".repeat(100_000)].concat(),
        ["dockerd -", &"D".repeat(100_000)].concat(),
        "\"".repeat(100_000),
        "DOCKER_OPTS='\n".repeat(20_000),
        ["command: [dockerd", &", --label=a=b".repeat(5_000), "]"].concat(),
        "1234 /usr/bin/dockerd --debug\n".repeat(20_000),
        "1234 sudo dockerd --debug\n".repeat(5_000),
        "#DOCKER_OPTS=\n".repeat(20_000),
        ["sh -c '", &"dockerd --debug; ".repeat(5_000), "'"].concat(),
        "sh -c 'sh -c \"dockerd\"'\n".repeat(5_000),
        "sudo ".repeat(10_000),
        ["dockerd.exe ", &"\"".repeat(100_000)].concat(),
    ] {
        read(&text);
        is_unit(&text);
    }
}

#[test]
fn what_is_said_of_a_value_takes_no_word_of_it_for_a_key() {
    for (text, rule, message, help) in [
        (
            "dockerd --log-level verbose",
            "value-not-permitted",
            "`--log-level` cannot be `verbose`",
            "Use `debug`, `info`, `warn`, `error`, `fatal`, `panic` or `trace`.",
        ),
        (
            "dockerd --log-driver awslogs --log-opt labels=a",
            "log-option-unknown",
            "Log driver `awslogs` has no option `labels`",
            "Remove it, or use a driver that has it: `json-file`, `local`, `journald`, `syslog`, `gelf`, `fluentd`, `splunk` or `gcplogs`.",
        ),
        (
            "dockerd --default-network-opt brigde=a=b",
            "network-driver-unknown",
            "The Engine has no network driver `brigde`",
            "Did you mean `bridge`?",
        ),
        ("dockerd --graph /a", "key-removed", "`--graph` was removed in Engine 23.0", "Use `--data-root` instead."),
    ] {
        let found = analyze(&Request::of(text)).diagnostics;
        let found = found.iter().find(|it| it.rule == rule).unwrap_or_else(|| panic!("no {rule} in {text}"));
        assert_eq!((found.message.as_str(), found.help.as_ref()), (message, help), "{text}");
    }
}
