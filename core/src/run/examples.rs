//! Which commands show what this is about?

use crate::bench::Example;

/// Every example, the plainest first.
pub static EXAMPLES: &[Example] = &[
    Example {
        id: "web-server",
        title: "A web server with its pages",
        description: "Ports, two bind mounts, and the directory it was called in",
        text: "\
docker run -d --name web \\
  -p 8080:80 \\
  -v $(pwd)/html:/usr/share/nginx/html:ro \\
  -v ./nginx.conf:/etc/nginx/nginx.conf:ro \\
  --restart unless-stopped \\
  nginx:1.27-alpine
",
        aside: "",
    },
    Example {
        id: "database",
        title: "A database with a volume and a health check",
        description: "A password that should not be in the store",
        text: "\
docker volume create pgdata

docker run -d \\
  --name postgres \\
  -e POSTGRES_USER=app \\
  -e POSTGRES_PASSWORD=changeme \\
  -e POSTGRES_DB=app \\
  -v pgdata:/var/lib/postgresql/data \\
  -p 127.0.0.1:5432:5432 \\
  --health-cmd='pg_isready -U app' \\
  --health-interval=10s \\
  --health-timeout=5s \\
  --health-retries=5 \\
  --shm-size=256m \\
  postgres:17
",
        aside: "",
    },
    Example {
        id: "media-server",
        title: "A media server with a graphics card",
        description: "The network of the host, a device, a user",
        text: "\
docker run -d \\
  --name media \\
  --user 1000:1000 \\
  --network host \\
  -p 8096:8096 \\
  -e TZ=Europe/Berlin \\
  --volume /srv/media/config:/config \\
  --volume /srv/media/cache:/cache \\
  --mount type=bind,source=/srv/films,target=/media,readonly \\
  --device /dev/dri/renderD128:/dev/dri/renderD128 \\
  --group-add 303 \\
  --restart=unless-stopped \\
  example/media-server:10.10
",
        aside: "",
    },
    Example {
        id: "management",
        title: "A page that manages containers",
        description: "Docker's socket in a container, and prompts before the commands",
        text: "\
$ docker volume create manager_data
$ docker run -d -p 8000:8000 -p 9443:9443 --name manager \\
    --restart=always \\
    -v /var/run/docker.sock:/var/run/docker.sock \\
    -v manager_data:/data \\
    example/manager:latest
",
        aside: "",
    },
    Example {
        id: "dns-filter",
        title: "A DNS filter with capabilities",
        description: "UDP ports, a secret, and DNS servers of its own",
        text: "\
docker run -itd \\
  --name dnsfilter \\
  -p 53:53/tcp -p 53:53/udp \\
  -p 67:67/udp \\
  -p 80:80/tcp \\
  -e TZ=\"Europe/Paris\" \\
  -e WEBPASSWORD=\"secret\" \\
  -v \"${PWD}/etc-dnsfilter:/etc/dnsfilter\" \\
  -v \"${PWD}/etc-dnsmasq.d:/etc/dnsmasq.d\" \\
  --dns=127.0.0.1 --dns=1.1.1.1 \\
  --cap-add=NET_ADMIN \\
  --hostname dns.example.lan \\
  --restart=unless-stopped \\
  example/dnsfilter:2024.07.0
",
        aside: "",
    },
    Example {
        id: "inference",
        title: "A language model on a graphics card",
        description: "`--gpus`, a variable, and words behind the image",
        text: "\
docker run --runtime nvidia --gpus all \\
  -v ~/.cache/models:/root/.cache/models \\
  --env \"MODEL_HUB_TOKEN=$MODEL_HUB_TOKEN\" \\
  -p 8000:8000 \\
  --ipc=host \\
  example/inference:v0.6.3 \\
  --model small-7b --max-model-len 4096
",
        aside: "",
    },
    Example {
        id: "two-containers",
        title: "An application and its database in one network",
        description: "Two containers, static addresses, and a subnet that is not private",
        text: "\
# one network for both
docker network create --subnet 172.32.0.0/24 appnet

docker run -d --name db --network appnet --ip 172.32.0.10 \\
  -e MARIADB_ROOT_PASSWORD=hunter2 -v dbdata:/var/lib/mysql mariadb:11.4

docker run -d --name app --network appnet -p 80:3000 \\
  -e DB_HOST=db -e DB_PASSWORD=hunter2 \\
  --log-opt max-size=10m --log-opt max-file=3 \\
  ghcr.io/example/app:${VERSION:-2.4}
",
        aside: "",
    },
    Example {
        id: "podman",
        title: "A command for Podman",
        description: "Relabelled volumes, a secret, an address in a network that exists",
        text: "\
podman run -d --name notes \\
  -p 127.0.0.1:8000:80 \\
  -v /srv/notes:/data:Z,U \\
  --network backend:alias=notes,ip=10.89.5.10 \\
  --secret notes_key,target=/run/notes_key \\
  --health-cmd '[\"CMD\", \"/healthcheck\"]' --health-start-period 20s \\
  --label io.containers.autoupdate=registry \\
  --userns keep-id --read-only --tmpfs /tmp:size=64m \\
  example/notes:1.32
",
        aside: "",
    },
];

#[cfg(test)]
mod tests {
    use super::EXAMPLES;
    use crate::run::{Choices, examine, read};

    /// What each example is flagged with.
    #[test]
    fn examples_show_what_is_told() {
        for (id, rules) in [
            (
                "web-server",
                &[
                    "port-open-to-all",
                    "variable-missing",
                    "bind-directory-not-made",
                    "variable-missing",
                    "bind-directory-not-made",
                ][..],
            ),
            ("database", &["secret-in-the-store"]),
            (
                "media-server",
                &[
                    "ports-without-network",
                    "port-open-to-all",
                    "bind-directory-not-made",
                    "bind-directory-not-made",
                    "bind-directory-not-made",
                ],
            ),
            ("management", &["port-open-to-all", "port-open-to-all", "docker-socket-mounted", "image-not-pinned"]),
        ] {
            let example = EXAMPLES.iter().find(|it| it.id == id).expect(id);
            let found = examine(example.text, &Choices::default()).diagnostics;
            let mut found: Vec<&str> = found.iter().map(|it| it.rule).collect();
            let mut rules = rules.to_vec();
            found.sort_unstable();
            rules.sort_unstable();
            assert_eq!(found, rules, "{id}");
        }
    }

    #[test]
    fn every_example_is_read_whole() {
        for example in EXAMPLES {
            let reading = read(example.text, &Choices::default());
            assert_eq!(reading.problems, [], "{}", example.id);
            assert!(!reading.project.containers.is_empty());
            let ids = EXAMPLES.iter().filter(|it| it.id == example.id);
            assert_eq!(ids.count(), 1);
        }
    }

    #[test]
    fn every_beginning_and_every_lost_character_is_read() {
        for example in EXAMPLES {
            let whole = read(example.text, &Choices::default());
            for (at, it) in example.text.char_indices() {
                examine(&example.text[..at], &Choices::default());
                let damaged = [&example.text[..at], &example.text[at + it.len_utf8()..]].concat();
                let reading = examine(&damaged, &Choices::default()).reading;
                // Where the damage makes no other word the image, no more is lost than what stands beside it.
                let told = |it: &crate::run::Reading| {
                    let of = |it: &crate::containers::model::Container| {
                        it.mounts.len() + it.environment.len() + it.ports.len()
                    };
                    it.project.containers.iter().map(of).sum::<usize>()
                };
                let images = |it: &crate::run::Reading| {
                    it.runs.iter().map(|it| it.image.as_ref().map(|it| it.value.clone())).collect::<Vec<_>>()
                };
                let is_called = images(&reading) == images(&whole);
                assert!(
                    !is_called || told(&reading) + 3 >= told(&whole),
                    "{}\n{damaged}\n{:?}",
                    example.id,
                    reading.problems
                );
            }
        }
    }
}
