//! What is offered to mend flags mends them.

use drydock::{Engine, Request, analyze, daemon::dialect, rule::diagnostic::Severity};

/// Command lines, units and variables in which something is wrong.
const TEXTS: &[&str] = &[
    "dockerd --dbug --insecure-registries a:5000 --dns-opts=ndots:1",
    "dockerd -debug –dns 8.8.8.8 --ipv6 true --bip= 10.1.0.0/24",
    "dockerd --default-address-pool base=10.0.0.0/24,size=16 --registry-mirror mirror.example --log-driver jsonfile",
    "dockerd --live-restore=yes --exec-opt cgroupdriver=systemd --storage-driver overlay --storage-opt foo",
    "dockerd -H tcp://0.0.0.0:2375 --tls --insecure-registry http://a:5000 --graph /x",
    "dockerd --label foo --fixed-cidr 10.0.0.1/24 --host unix://relative --mtu 1400 --mtu 1450",
    "dockerd --log-driver json-file --log-opt maxsize=1m --log-opt max-size=10 --log-opt max-file=0",
    "dockerd --log-driver journald --log-opt max-size=10m",
    "dockerd --default-address-pool base=10.0.0.0/8,size=24 --default-address-pool base=10.1.0.0/16,size=24",
    "dockerd --add-runtime runc=/x --default-runtime kata --userns-remap '' --bridge br0 --bip 10.0.0.1/24",
    "dockerd --http-proxy proxy.example:3128 --no-proxy 'a, b' --default-shm-size 64x --shutdown-timeout -5",
    "dockerd \\\n  --bip 10.1.0.0/24 \\\n  --dns 8.8.8.8 \\\n  --dns '' \\\n  --experimental --userland-proxy=no\n",
    "DOCKER_OPTS=\"--bip=10.1.0.0/24 --storage-driver=aufs --dns 8.8.8 --raw-logs --log-level=verbose\"\n",
    "DOCKER_OPTS=“--debug --insecure-registry https://a.example”\n",
    "[Service]\nExecStart=/usr/bin/docker daemon -H fd:// \\\n  # of old\n  --graph=/data --bip=10.1.0.0/24 \\\n  --log-level=trace\n",
    "virtualisation.docker.extraOptions = \"--registry-mirror mirror.example --live-restor\";\n",
    "--dns 8.8.8.8,1.1.1.1 --selinux-enable\n--icc true\n",
    "dockerd --feature containerd_snapshotter --cgroup-parent docker --default-ipc-mode host --oom-score-adjust -500",
];

#[test]
fn a_fix_takes_away_what_it_mends_and_leaves_flags_behind() {
    let (mut fixes, mut different) = (0, Vec::new());
    for text in TEXTS {
        for engine in [Engine::LATEST, "20.10".parse().expect("an Engine")] {
            let request = |text: &str| Request { engine, ..Request::of(text) };
            let before = analyze(&request(text));
            for problem in &before.diagnostics {
                for fix in &problem.fixes {
                    fixes += 1;
                    let after = fix.edits.apply(text);
                    let report = analyze(&request(&after));
                    let same = |it: &&drydock::rule::diagnostic::Diagnostic| {
                        it.rule == problem.rule && it.message == problem.message
                    };
                    let count = |all: &[drydock::rule::diagnostic::Diagnostic]| all.iter().filter(same).count();
                    let is_mended = count(&report.diagnostics) < count(&before.diagnostics);
                    let is_read_alike = dialect::of(&after).id == dialect::of(text).id || after.trim().is_empty();
                    let is_whole = report.document.problems.len() <= before.document.problems.len();
                    if !is_mended || !is_read_alike || !is_whole {
                        different.push(format!("{text}\n  {}: {}\n  {after}", problem.message, fix.title));
                    }
                }
            }
            assert!(before.diagnostics.iter().any(|it| it.severity != Severity::Hint), "{text}");
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n\n"));
    assert!(fixes > 80, "{fixes}");
}
