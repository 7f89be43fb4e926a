//! Compose files to start from.

/// A file to start from.
#[derive(Debug)]
pub struct Example {
    /// Its name in links; once released it stays.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it shows, in one line.
    pub description: &'static str,
    /// The text.
    pub text: &'static str,
    /// The text of the `.env` file beside it; empty for none.
    pub env: &'static str,
    /// The page it comes from; empty for our own.
    pub source: &'static str,
}

impl Example {
    /// The example of this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        EXAMPLES.iter().find(|it| it.id == id)
    }
}

/// Every example, in the order in which they are offered.
pub static EXAMPLES: &[Example] = &[
    Example {
        id: "media",
        title: "Media server",
        description: "Films and music for the house: directories of the host, a device, and settings that several services share.",
        text: r#"name: media

x-house: &house
  PUID: "1000"
  PGID: "1000"
  TZ: ${TZ:-Europe/Zurich}

services:
  jellyfin:
    image: jellyfin/jellyfin:10.10.3
    container_name: jellyfin
    user: "1000:1000"
    group_add: ["303"]
    devices:
      - /dev/dri:/dev/dri
    environment:
      JELLYFIN_PublishedServerUrl: http://media.home.arpa:8096
    volumes:
      - /srv/media/jellyfin/config:/config
      - /srv/media/jellyfin/cache:/cache
      - /srv/media/films:/films:ro
      - /srv/media/music:/music:ro
    ports:
      - "8096:8096"
      - "7359:7359/udp"
    restart: unless-stopped

  sonarr:
    image: lscr.io/linuxserver/sonarr:4.0.11
    environment:
      <<: *house
      UMASK: "022"
    volumes:
      - /srv/media/sonarr:/config
      - /srv/media:/data
    ports: ["8989:8989"]
    restart: unless-stopped
    depends_on: [transmission]

  transmission:
    image: lscr.io/linuxserver/transmission:4.0.6
    environment: *house
    env_file:
      - path: /etc/media/transmission.env
        required: false
    volumes:
      - /srv/media/transmission:/config
      - /srv/media/downloads:/downloads
    ports:
      - "127.0.0.1:9091:9091"
      - "51413:51413"
      - "51413:51413/udp"
    restart: unless-stopped
    stop_grace_period: 1m
"#,
        env: "TZ=Europe/Berlin\n",
        source: "",
    },
    Example {
        id: "proxy",
        title: "Reverse proxy",
        description: "A proxy in front of two applications: several networks, static addresses, labels and secrets.",
        text: r#"name: web

services:
  traefik:
    image: traefik:3.2.1
    command:
      - --providers.docker=true
      - --providers.docker.exposedbydefault=false
      - --entrypoints.web.address=:80
      - --entrypoints.websecure.address=:443
    ports:
      - "80:80"
      - target: 443
        published: "443"
        protocol: tcp
      - target: 443
        published: "443"
        protocol: udp
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
      - certificates:/letsencrypt
    networks:
      front:
        ipv4_address: 10.89.0.2
      back:
        aliases: [proxy]
    security_opt: ["no-new-privileges:true"]
    read_only: true
    tmpfs: /tmp:size=16m
    restart: always

  wiki:
    image: ghcr.io/requarks/wiki:2.5.305
    environment:
      DB_TYPE: postgres
      DB_HOST: db
      DB_USER: wiki
      DB_PASS_FILE: /run/secrets/wiki_db
      DB_NAME: wiki
    secrets: [wiki_db]
    networks: [back, data]
    labels:
      traefik.enable: "true"
      traefik.http.routers.wiki.rule: Host(`wiki.example.org`)
      traefik.http.services.wiki.loadbalancer.server.port: "3000"
    depends_on: [db]
    restart: always

  db:
    image: postgres:17.2
    environment:
      POSTGRES_USER: wiki
      POSTGRES_DB: wiki
      POSTGRES_PASSWORD_FILE: /run/secrets/wiki_db
    secrets: [wiki_db]
    volumes:
      - db:/var/lib/postgresql/data
    networks: [data]
    restart: always

networks:
  front:
    ipam:
      config:
        - subnet: 10.89.0.0/24
          gateway: 10.89.0.1
  back:
  data:
    internal: true

volumes:
  certificates:
  db:
    name: wiki-db

secrets:
  wiki_db:
    file: ./secrets/wiki_db
"#,
        env: "",
        source: "",
    },
    Example {
        id: "health",
        title: "Database with health checks",
        description: "Services that wait until others are healthy, or have ended well.",
        text: r#"name: shop

services:
  db:
    image: postgres:${POSTGRES_VERSION:-17}
    environment:
      POSTGRES_USER: shop
      POSTGRES_PASSWORD: ${DB_PASSWORD:?set it in .env}
      POSTGRES_DB: shop
    volumes:
      - data:/var/lib/postgresql/data
    shm_size: 256m
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U $$POSTGRES_USER -d $$POSTGRES_DB"]
      interval: 10s
      timeout: 5s
      retries: 5
      start_period: 30s
    restart: unless-stopped

  migrate:
    image: registry.example.org/shop/migrate:1.4.2
    command: ["migrate", "--to", "latest"]
    environment:
      DATABASE_URL: postgres://shop:${DB_PASSWORD:?set it in .env}@db/shop
    depends_on:
      db:
        condition: service_healthy
    restart: "no"

  app:
    image: registry.example.org/shop/app:1.4.2
    environment:
      DATABASE_URL: postgres://shop:${DB_PASSWORD:?set it in .env}@db/shop
      REDIS_URL: redis://cache:6379/0
    ports: ["127.0.0.1:8000:8000"]
    depends_on:
      db:
        condition: service_healthy
        restart: true
      migrate:
        condition: service_completed_successfully
      cache:
        condition: service_started
        required: false
    healthcheck:
      test: ["CMD", "curl", "--fail", "http://localhost:8000/health"]
      interval: 30s
    deploy:
      resources:
        limits: { cpus: "1.50", memory: 512M }
        reservations: { memory: 128M }
      restart_policy:
        condition: on-failure
        delay: 5s
        max_attempts: 3
        window: 2m

  cache:
    image: redis:7.4
    command: redis-server --save 60 1 --loglevel warning
    volumes:
      - type: volume
        source: cache
        target: /data
    ulimits:
      nofile: { soft: 10240, hard: 20480 }
    sysctls:
      net.core.somaxconn: 1024
    restart: unless-stopped

volumes:
  data:
  cache:
"#,
        env: "DB_PASSWORD='a word of your own'\n",
        source: "",
    },
    Example {
        id: "gpu",
        title: "Inference on a graphics card",
        description: "Models served from a graphics card, and a page in front of them.",
        text: r#"name: inference

services:
  ollama:
    image: ollama/ollama:0.5.1
    volumes:
      - models:/root/.ollama
    environment:
      OLLAMA_KEEP_ALIVE: 30m
    deploy:
      resources:
        reservations:
          devices:
            - driver: nvidia
              count: all
              capabilities: [gpu]
    ipc: host
    ulimits:
      memlock: -1
      stack: 67108864
    restart: unless-stopped

  whisper:
    image: onerahmet/openai-whisper-asr-webservice:v1.7.1-gpu
    gpus:
      - device_ids: ["0"]
    environment:
      - ASR_MODEL=small
      - ASR_ENGINE=faster_whisper
    ports:
      - "127.0.0.1:9000:9000"
    profiles: [speech]
    restart: unless-stopped

  page:
    image: ghcr.io/open-webui/open-webui:v0.4.8
    environment:
      OLLAMA_BASE_URL: http://ollama:11434
      WEBUI_SECRET_KEY: ${WEBUI_SECRET_KEY}
    volumes:
      - page:/app/backend/data
    ports: ["127.0.0.1:3000:8080"]
    extra_hosts: ["host.docker.internal:host-gateway"]
    depends_on: [ollama]
    restart: unless-stopped

volumes:
  models:
  page:
"#,
        env: "WEBUI_SECRET_KEY=0123456789abcdef\n",
        source: "",
    },
    Example {
        id: "monitoring",
        title: "Monitoring",
        description: "Metrics and their graphs: the network of the host, capabilities, configuration in the file.",
        text: r#"name: monitoring

services:
  prometheus:
    image: prom/prometheus:v3.0.1
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --storage.tsdb.retention.time=30d
    configs:
      - source: prometheus
        target: /etc/prometheus/prometheus.yml
        mode: "0440"
    volumes:
      - metrics:/prometheus
    networks: [metrics]
    extra_hosts: ["host.docker.internal:host-gateway"]
    user: "65534:65534"
    logging:
      driver: journald
      options:
        tag: prometheus
    restart: unless-stopped

  grafana:
    image: grafana/grafana:11.3.1
    environment:
      GF_SECURITY_ADMIN_PASSWORD__FILE: /run/secrets/grafana
      GF_SERVER_ROOT_URL: https://graphs.example.org/
    secrets:
      - source: grafana
        uid: "472"
        mode: "0400"
    volumes:
      - graphs:/var/lib/grafana
    networks: [metrics]
    ports: ["127.0.0.1:3001:3000"]
    depends_on: [prometheus]
    restart: unless-stopped

  node-exporter:
    image: prom/node-exporter:v1.8.2
    command: --path.rootfs=/host --web.listen-address=127.0.0.1:9100
    network_mode: host
    pid: host
    volumes:
      - type: bind
        source: /
        target: /host
        read_only: true
        bind: { propagation: rslave }
    restart: unless-stopped

  cadvisor:
    image: gcr.io/cadvisor/cadvisor:v0.49.1
    cap_drop: [ALL]
    cap_add: [SYS_PTRACE]
    devices: [/dev/kmsg]
    volumes:
      - /:/rootfs:ro
      - /var/run:/var/run:ro
      - /sys:/sys:ro
      - /var/lib/docker/:/var/lib/docker:ro
    networks: [metrics]
    mem_limit: 256m
    pids_limit: 200
    restart: unless-stopped

networks:
  metrics:
    driver: bridge
    driver_opts:
      com.docker.network.bridge.name: br-metrics
    ipam:
      config:
        - subnet: 10.90.0.0/24

volumes:
  metrics:
  graphs:

secrets:
  grafana:
    file: /etc/grafana/admin-password

configs:
  prometheus:
    content: |
      scrape_configs:
        - job_name: node
          static_configs:
            - targets: ["host.docker.internal:9100"]
        - job_name: cadvisor
          static_configs:
            - targets: ["cadvisor:8080"]
"#,
        env: "",
        source: "",
    },
    Example {
        id: "files",
        title: "Several files",
        description: "A file with its override, one that it includes and one that a service extends: each behind a line with `---`.",
        text: r#"name: shop
include:
  - database.yaml
services:
  web:
    extends:
      file: common.yaml
      service: app
    image: ghcr.io/example/shop:4.2
    depends_on:
      db:
        condition: service_healthy

--- # compose.override.yaml
services:
  web:
    environment:
      LOG_LEVEL: debug
    ports:
      - "127.0.0.1:8080:8080"

--- # database.yaml
services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/password
    secrets: [password]
    volumes:
      - data:/var/lib/postgresql/data
    healthcheck:
      test: [CMD-SHELL, pg_isready -U postgres]
      interval: 10s
      timeout: 5s
      retries: 5
volumes:
  data:
secrets:
  password:
    file: ./password.txt

--- # common.yaml
services:
  app:
    restart: unless-stopped
    read_only: true
    tmpfs: [/tmp]
    cap_drop: [ALL]
    environment:
      TZ: Europe/Berlin
"#,
        env: "",
        source: "",
    },
    Example {
        id: "wiki-hackagecompare",
        title: "Web server of the NixOS wiki",
        description: "What the wiki writes for oci-containers, as a Compose file.",
        text: r#"services:
  hackagecompare:
    image: chrissound/hackagecomparestats-webserver:latest
    ports:
      - "127.0.0.1:3010:3010"
    volumes:
      - /root/hackagecompare/packageStatistics.json:/root/hackagecompare/packageStatistics.json
    command: ["--base-url", "\"/hackagecompare\""]
"#,
        env: "",
        source: "https://wiki.nixos.org/wiki/NixOS_Containers",
    },
    Example {
        id: "wiki-arion-db",
        title: "Database of the NixOS wiki, with its mistakes",
        description: "What the wiki writes for Arion: there is no image, and a variable is misspelt.",
        text: r#"services:
  db:
    image: ""
    restart: unless-stopped
    environment:
      POSTGRESS_PASSWORD: password
"#,
        env: "",
        source: "https://wiki.nixos.org/wiki/Docker",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compose::{
            check,
            check::Context,
            read::{Choices, read},
        },
        rule::diagnostic::Severity,
    };

    fn rules(text: &str, env: &str) -> Vec<(Severity, &'static str)> {
        let reading = read(text, &Choices { env, ..Choices::default() });
        check(&Context::new(text, &reading)).iter().map(|it| (it.severity, it.rule)).collect()
    }

    #[test]
    fn ours_have_no_problems_and_lose_nothing() {
        for it in EXAMPLES.iter().filter(|it| it.source.is_empty()) {
            let mut found = rules(it.text, it.env);
            found.retain(|it| it.0 != Severity::Hint);
            assert_eq!(found, [], "{}", it.id);
            let reading = read(it.text, &Choices { env: it.env, ..Choices::default() });
            assert_eq!(reading.project.unusable, [], "{}", it.id);
            assert_eq!(reading.project.missing, [], "{}", it.id);
        }
    }

    #[test]
    fn the_mistakes_of_the_wiki_are_found() {
        let found = rules(Example::find("wiki-arion-db").expect("an example").text, "");
        let found: Vec<_> = found.iter().map(|it| it.1).collect();
        assert_eq!(found, ["image-missing", "secret-inlined", "variable-misspelled"]);
    }

    #[test]
    fn every_beginning_is_read() {
        for it in EXAMPLES {
            for end in (0..it.text.len()).step_by(7).filter(|end| it.text.is_char_boundary(*end)) {
                rules(&it.text[..end], it.env);
            }
        }
    }

    #[test]
    fn what_is_left_without_a_character_is_read() {
        for it in EXAMPLES {
            let whole = read(it.text, &Choices::default()).project.containers.len();
            let (mut count, mut read_whole) = (0, 0);
            for (at, letter) in it.text.char_indices().step_by(7) {
                let rest = [&it.text[..at], &it.text[at + letter.len_utf8()..]].concat();
                let reading = read(&rest, &Choices::default());
                check(&Context::new(&rest, &reading));
                count += 1;
                read_whole += usize::from(reading.project.containers.len() == whole);
            }
            // Damage costs no more than what is around it: the name of a file costs the file.
            assert!(read_whole * 100 >= count * 92, "{}: {read_whole} of {count}", it.id);
        }
    }
}
