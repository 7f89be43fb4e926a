//! Files that people run: are they read without a false problem, and is nothing of them lost?
//!
//! Each was written anew after a public file: names, addresses, paths and values are other ones, and the forms of the
//! keys are those of the original.

use drydock::{
    compose::{Choices, Context, check, examples::EXAMPLES, read},
    containers::print::{self, Backend, TARGETS},
    docker::host::Release,
    rule::diagnostic::Severity,
};

mod evaluation;

/// A file, and how much is in it.
struct Row {
    /// The file that it was written after.
    after: &'static str,
    /// How many services, ports, mounts, variables, dependencies, networks and volumes it has, as a reader of YAML counts them.
    counts: [usize; 7],
    text: &'static str,
}

#[test]
fn real_files_are_read_whole_and_without_a_false_problem() {
    for row in ROWS {
        let reading = read(row.text, &Choices::default());
        let (project, containers) = (&reading.project, &reading.project.containers);
        assert_eq!(reading.yaml.problems, [], "{}", row.after);
        let is_written = |it: &&drydock::containers::model::Network| it.name != "default";
        let counts = [
            containers.len(),
            containers.iter().map(|it| it.ports.len()).sum(),
            containers.iter().map(|it| it.mounts.len()).sum(),
            containers.iter().map(|it| it.environment.len()).sum(),
            containers.iter().map(|it| it.depends_on.len()).sum(),
            project.networks.iter().filter(is_written).count(),
            project.volumes.len(),
        ];
        assert_eq!(counts, row.counts, "{}", row.after);
        let mut unusable: Vec<_> = project.unusable.iter().map(|it| it.why.as_str()).collect();
        unusable.retain(|it| !it.starts_with("This needs a value for") && !it.starts_with("Only Swarm reads"));
        assert_eq!(unusable, [""; 0], "{}", row.after);
        let mut found = check(&Context::new(row.text, &reading));
        found.retain(|it| it.severity != Severity::Hint && it.rule != "variable-missing");
        let found: Vec<_> = found.iter().map(|it| (it.rule, it.message.as_str())).collect();
        assert_eq!(found, [], "{}\n{}", row.after, row.text);
    }
}

#[test]
fn nix_evaluates_what_is_made_of_them() {
    let files = ROWS.iter().map(|it| (it.text, "")).chain(EXAMPLES.iter().map(|it| (it.text, it.env)));
    let projects: Vec<_> =
        files.map(|(text, env)| read(text, &Choices { env, ..Choices::default() }).project).collect();
    for target in TARGETS {
        let Some(stand_in) = stand_in(target.id) else { continue };
        for backend in [Backend::Docker, Backend::Podman] {
            let choices = print::Choices { backend, keeps_running: false, ..print::Choices::default() };
            let texts = projects.iter().map(|it| print::print(it, &choices, target).text);
            let modules: Vec<_> = texts.map(|it| (Release::LATEST, it)).collect();
            for (_, text) in &modules {
                let formatted = nixfmt_rs::format(text).unwrap_or_else(|it| panic!("{it:?}\n{text}"));
                assert!(*text == formatted, "{text}\n── nixfmt ──\n{formatted}");
            }
            evaluation::evaluated(stand_in, &modules);
        }
    }
}

/// The stand-in for a target that writes Nix; `None` for any other.
fn stand_in(target: &str) -> Option<&'static str> {
    Some(match target {
        "oci-containers" => "module",
        "quadlet-nix" => "quadlet",
        "home-manager" => "home",
        "arion" | "arion-compose" => "arion",
        _ => return None,
    })
}

const ROWS: &[Row] = &[
    Row {
        after: "docker/awesome-compose nginx-flask-mysql",
        counts: [3, 2, 1, 2, 2, 2, 1],
        text: r#"services:
  web:
    image: mariadb:10-focal
    command: --default-authentication-plugin=mysql_native_password
    restart: always
    healthcheck:
      test: [CMD-SHELL, mysqladmin ping -h 127.0.0.1 --password="$$(cat /run/secrets/db-password)" --silent]
      interval: 3s
      retries: 5
      start_period: 30s
    secrets: [db-password]
    volumes: ['db-data:/var/lib/mysql']
    networks: [backnet]
    environment: [MYSQL_DATABASE=value, 'MYSQL_ROOT_PASSWORD_FILE=${MYSQL_ROOT_PASSWORD_FILE:-secret}']
    expose: [3306, 33060]
  api:
    build: {context: backend, target: builder}
    restart: always
    secrets: [db-password]
    ports: ['8000:8000']
    networks: [backnet, frontnet]
    depends_on:
      web: {condition: service_healthy}
  db:
    build: proxy
    restart: always
    ports: ['80:80']
    depends_on: [api]
    networks: [frontnet]
volumes: {db-data: null}
secrets:
  db-password: {file: db/password.txt}
networks: {backnet: null, frontnet: null}
"#,
    },
    Row {
        after: "docker/awesome-compose nginx-golang-postgres",
        counts: [3, 1, 2, 2, 2, 0, 1],
        text: r"services:
  web:
    build: {context: backend, target: builder}
    secrets: [db-password]
    depends_on:
      api: {condition: service_healthy}
  api:
    image: postgres
    restart: always
    user: postgres
    secrets: [db-password]
    volumes: ['db-data:/var/lib/postgresql/data']
    environment: [POSTGRES_DB=value, 'POSTGRES_PASSWORD_FILE=${POSTGRES_PASSWORD_FILE:-secret}']
    expose: [5432]
    healthcheck:
      test: [CMD, pg_isready]
      interval: 10s
      timeout: 5s
      retries: 5
  db:
    image: nginx
    volumes:
    - {type: bind, source: ./proxy/nginx.conf, target: /etc/nginx/conf.d/default.conf, read_only: true}
    ports: ['80:80']
    depends_on: [web]
volumes: {db-data: null}
secrets:
  db-password: {file: db/password.txt}
",
    },
    Row {
        after: "docker/awesome-compose elasticsearch-logstash-kibana",
        counts: [3, 7, 2, 4, 2, 1, 0],
        text: r"services:
  web:
    image: elasticsearch:7.16.1
    container_name: web
    environment: {discovery.type: value, ES_JAVA_OPTS: value}
    ports: ['9200:9200', '9300:9300']
    healthcheck:
      test: [CMD-SHELL, 'curl --silent --fail localhost:9200/_cluster/health || exit 1']
      interval: 10s
      timeout: 10s
      retries: 3
    networks: [elastic]
  api:
    image: logstash:7.16.1
    container_name: api
    environment: {discovery.seed_hosts: value, LS_JAVA_OPTS: value}
    volumes: ['./logstash/pipeline/logstash-nginx.config:/usr/share/logstash/pipeline/logstash-nginx.config', './logstash/nginx.log:/srv/nginx.log']
    ports: ['5000:5000/tcp', '5000:5000/udp', '5044:5044', '9600:9600']
    depends_on: [web]
    networks: [elastic]
    command: logstash -f /usr/share/logstash/pipeline/logstash-nginx.config
  db:
    image: kibana:7.16.1
    container_name: db
    ports: ['5601:5601']
    depends_on: [web]
    networks: [elastic]
networks:
  elastic: {driver: bridge}
",
    },
    Row {
        after: "ruanbekker/awesome-docker-compose bugsink",
        counts: [2, 1, 1, 6, 1, 1, 0],
        text: r"services:
  web:
    image: bugsink/bugsink:latest
    container_name: web
    restart: unless-stopped
    ports: ['8000:8000']
    environment: ['SECRET_KEY=${SECRET_KEY:-secret}', CREATE_SUPERUSER=value, PORT=8000, DATABASE_URL=value]
    depends_on:
      api: {condition: service_healthy}
    networks: [public]
  api:
    image: mysql:8.0
    container_name: api
    restart: unless-stopped
    environment: ['MYSQL_ROOT_PASSWORD=${MYSQL_ROOT_PASSWORD:-secret}', MYSQL_DATABASE=value]
    volumes: ['./data/bugsink-db:/var/lib/mysql']
    healthcheck:
      test: [CMD-SHELL, exit | mysql -h localhost -P 3306 -u root -p$$MYSQL_ROOT_PASSWORD]
      interval: 1s
      timeout: 20s
      retries: 30
    networks: [public]
networks:
  public: {name: public}
",
    },
    Row {
        after: "ruanbekker/awesome-docker-compose sonarqube",
        counts: [2, 1, 3, 6, 1, 1, 3],
        text: r"services:
  web:
    image: sonarqube:lts-community
    hostname: web
    container_name: web
    environment: {SONAR_JDBC_URL: value, SONAR_JDBC_USERNAME: value, SONAR_JDBC_PASSWORD: '${SONAR_JDBC_PASSWORD:-secret}'}
    depends_on:
      api: {condition: service_healthy}
    volumes: ['sonarqube-data:/srv/data', 'sonarqube-extensions:/srv/extensions']
    ports: ['9000:9000']
    networks: [public]
  api:
    image: postgres:16
    container_name: api
    hostname: api
    environment: [POSTGRES_USER=value, 'POSTGRES_PASSWORD=${POSTGRES_PASSWORD:-secret}', POSTGRES_DB=value]
    healthcheck:
      test: [CMD-SHELL, 'pg_isready -U $${POSTGRES_USER} -d $${POSTGRES_DB}']
      interval: 10s
      timeout: 5s
      retries: 5
    volumes: ['postgresql-data:/var/lib/postgresql/data']
    networks: [public]
volumes:
  sonarqube-data: {}
  sonarqube-extensions: {}
  postgresql-data: {}
networks:
  public: {name: public}
",
    },
    Row {
        after: "ruanbekker/awesome-docker-compose open-webui",
        counts: [2, 1, 2, 4, 1, 1, 2],
        text: r"services:
  web:
    image: ghcr.io/open-webui/open-webui:${WEBUI_DOCKER_TAG-main}
    container_name: web
    restart: unless-stopped
    ports: ['8080:8080']
    environment: [CORS_ALLOW_ORIGIN=value, OLLAMA_BASE_URL=value, OLLAMA_API_BASE_URL=value, WEBUI_SECRET_KEY=]
    depends_on:
      api: {condition: service_started}
    volumes: ['open-webui:/app/backend/data']
    networks: [public]
  api:
    image: ollama/ollama:${OLLAMA_DOCKER_TAG-latest}
    container_name: api
    restart: unless-stopped
    tty: true
    pull_policy: always
    volumes: ['ollama:/srv/.ollama']
    networks: [public]
networks:
  public: {name: public}
volumes:
  ollama: {}
  open-webui: {}
",
    },
    Row {
        after: "ruanbekker/awesome-docker-compose postgresql",
        counts: [2, 2, 2, 6, 1, 1, 2],
        text: r"services:
  web:
    networks: [public]
    logging:
      driver: json-file
      options: {max-size: 1m, max-file: '1'}
    image: postgres:14
    container_name: web
    restart: unless-stopped
    ports: ['5432:5432']
    environment: [POSTGRES_USER=value, 'POSTGRES_PASSWORD=${POSTGRES_PASSWORD:-secret}', PGDATA=value]
    volumes: ['postgres-data:/var/lib/postgresql/data/pgdata']
  api:
    networks: [public]
    logging:
      driver: json-file
      options: {max-size: 1m, max-file: '1'}
    image: dpage/pgadmin4:8
    container_name: api
    restart: unless-stopped
    environment: ['PGADMIN_DEFAULT_EMAIL=${PGADMIN_DEFAULT_EMAIL:-somebody@example.org}', 'PGADMIN_DEFAULT_PASSWORD=${PGADMIN_DEFAULT_PASSWORD:-admin}',
      PGADMIN_CONFIG_SERVER_MODE=value]
    volumes: ['pgadmin-data:/var/lib/pgadmin']
    ports: ['8080:80']
    depends_on: [web]
volumes:
  postgres-data: {driver: local}
  pgadmin-data: {driver: local}
networks:
  public: {name: public}
",
    },
    Row {
        after: "ruanbekker/awesome-docker-compose remote-desktop",
        counts: [1, 1, 0, 3, 0, 1, 0],
        text: r"services:
  web:
    image: lscr.io/linuxserver/rdesktop:arch-xfce
    container_name: web
    restart: unless-stopped
    security_opt: ['seccomp:unconfined']
    ports: ['3389:3389']
    environment: [PUID=1000, PGID=1000, TZ=value]
    devices: ['/dev/dri:/dev/dri']
    shm_size: 1gb
    networks: [public]
    logging:
      driver: json-file
      options: {max-size: 1m, max-file: '1'}
networks:
  public: {name: public}
",
    },
    Row {
        after: "Haxxnet/Compose-Examples sonarqube",
        counts: [2, 1, 5, 5, 0, 0, 2],
        text: r"services:
  web:
    image: sonarqube:lts-community
    container_name: web
    ports: ['9000:9000']
    expose: [9000]
    environment: [sonar.jdbc.username=value, 'sonar.jdbc.password=${sonar_jdbc_password:-secret}', sonar.search.javaAdditionalOpts=value]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/sonarqube/logs:/srv/logs', '${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/sonarqube/data:/srv/data',
      '${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/sonarqube/extensions:/srv/extensions']
  api:
    image: postgres:16-alpine
    container_name: api
    hostname: api
    expose: [5432]
    environment: [POSTGRES_USER=value, 'POSTGRES_PASSWORD=${POSTGRES_PASSWORD:-secret}']
    volumes: ['pg_db:/var/lib/postgresql', 'pg_data:/var/lib/postgresql/data']
    ulimits:
      nofile: {soft: 65536, hard: 65536}
volumes:
  pg_db: {driver: local}
  pg_data: {driver: local}
",
    },
    Row {
        after: "Haxxnet/Compose-Examples atlas",
        counts: [2, 2, 2, 8, 0, 0, 0],
        text: r"services:
  web:
    image: keinstien/atlas:latest
    container_name: web
    cap_add: [NET_RAW, NET_ADMIN]
    ports: ['8888:8888/tcp', '8889:8889/tcp']
    expose: [8888, 8889]
    environment: [ATLAS_UI_PORT=8888, ATLAS_API_PORT=8889, FASTSCAN_INTERVAL=3600, DOCKERSCAN_INTERVAL=3600, DEEPSCAN_INTERVAL=7200,
      SCAN_SUBNETS=192.168.0.0/24, DOCKER_HOST=value]
  api:
    image: lscr.io/linuxserver/socket-proxy:latest
    container_name: api
    environment: [CONTAINERS=1]
    volumes: ['/var/run/docker.sock:/var/run/docker.sock:ro']
    restart: always
    read_only: true
    tmpfs: [/run]
",
    },
    Row {
        after: "Haxxnet/Compose-Examples matomo",
        counts: [2, 1, 3, 2, 1, 0, 0],
        text: r"services:
  web:
    image: matomo:5-fpm-alpine
    container_name: web
    ports: ['8099:80']
    expose: [80]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/matomo/apache/apache2.conf:/etc/apache2/apache2.conf:ro',
      '${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/matomo/html:/var/www/html']
    environment: [MATOMO_DATABASE_HOST=value]
    env_file: [./db.env]
    depends_on: [api]
    restart: unless-stopped
  api:
    image: mariadb:11.8
    container_name: api
    command: --max-allowed-packet=64MB
    environment: ['MYSQL_ROOT_PASSWORD=${MYSQL_ROOT_PASSWORD:-secret}']
    env_file: [./db.env]
    expose: [3306]
    restart: unless-stopped
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/matomo/database:/var/lib/mysql']
",
    },
    Row {
        after: "docker/awesome-compose react-express-mongodb",
        counts: [3, 1, 5, 0, 2, 2, 1],
        text: r"services:
  web:
    build: {context: frontend, target: development}
    ports: ['3000:3000']
    stdin_open: true
    volumes: ['./frontend:/usr/src/app', /usr/src/app/node_modules]
    restart: always
    networks: [react-express]
    depends_on: [api]
  api:
    restart: always
    build: {context: backend, target: development}
    volumes: ['./backend:/usr/src/app', /usr/src/app/node_modules]
    depends_on: [db]
    networks: [express-mongo, react-express]
    expose: [3000]
  db:
    restart: always
    image: mongo:4.2.0
    volumes: ['mongo_data:/data/db']
    networks: [express-mongo]
    expose: [27017]
networks: {react-express: null, express-mongo: null}
volumes: {mongo_data: null}
",
    },
    Row {
        after: "docker/awesome-compose react-rust-postgres",
        counts: [3, 2, 4, 7, 1, 2, 2],
        text: r"name: react-rust-postgres
services:
  web:
    build: {context: frontend, target: development}
    networks: [client-side]
    ports: ['3000:3000']
    volumes: ['./frontend/src:/code/src:ro']
  api:
    build: {context: backend, target: development}
    environment: ['ADDRESS=0.0.0.0:8000', RUST_LOG=value, PG_DBNAME=value, PG_HOST=value, PG_USER=value, 'PG_PASSWORD=${PG_PASSWORD:-secret}']
    networks: [client-side, server-side]
    volumes: ['./backend/src:/code/src', 'backend-cache:/code/target']
    depends_on: [db]
  db:
    image: postgres:12-alpine
    restart: always
    environment: ['POSTGRES_PASSWORD=${POSTGRES_PASSWORD:-secret}']
    networks: [server-side]
    ports: ['5432:5432']
    volumes: ['db-data:/var/lib/postgresql/data']
networks:
  client-side: {}
  server-side: {}
volumes:
  backend-cache: {}
  db-data: {}
",
    },
    Row {
        after: "docker/awesome-compose wasmedge-kafka-mysql",
        counts: [3, 5, 1, 5, 0, 0, 0],
        text: r"services:
  web:
    image: docker.redpanda.com/vectorized/redpanda:v22.2.2
    command: [redpanda start, --smp 1, --overprovisioned, --node-id 0, '--kafka-addr PLAINTEXT://0.0.0.0:29092,OUTSIDE://0.0.0.0:9092',
      '--advertise-kafka-addr PLAINTEXT://redpanda:29092,OUTSIDE://redpanda:9092', '--pandaproxy-addr 0.0.0.0:8082',
      '--advertise-pandaproxy-addr localhost:8082']
    ports: ['8081:8081', '8082:8082', '9092:9092', '9644:9644', '29092:29092']
    volumes: ['./kafka:/app']
  api:
    image: etl-kafka
    platform: wasi/wasm
    build: {context: etl}
    environment: {DATABASE_URL: value, KAFKA_URL: value, RUST_BACKTRACE: value, RUST_LOG: value}
    restart: unless-stopped
    runtime: io.containerd.wasmedge.v1
  db:
    image: mariadb:10.9
    environment: {MYSQL_ROOT_PASSWORD: '${MYSQL_ROOT_PASSWORD:-secret}'}
",
    },
    Row {
        after: "Haxxnet/Compose-Examples authelia",
        counts: [2, 1, 2, 2, 0, 0, 0],
        text: r"services:
  web:
    image: authelia/authelia:latest
    container_name: web
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/authelia/config:/config']
    labels: [traefik.enable=true, traefik.http.routers.authelia.rule=Host(`host.example.org`)]
    ports: ['9091:9091/tcp']
    expose: [9091]
    restart: unless-stopped
    environment: [TZ=value]
  api:
    image: redis:8-alpine
    container_name: api
    command: redis-server --requirepass ${REDIS_PASSWORD}
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/authelia/redis:/data']
    expose: [6379]
    restart: unless-stopped
    environment: [TZ=value]
",
    },
    Row {
        after: "Haxxnet/Compose-Examples home-assistant",
        counts: [1, 0, 1, 3, 0, 0, 0],
        text: r"services:
  web:
    image: linuxserver/homeassistant:latest
    container_name: web
    network_mode: host
    cap_add: [NET_ADMIN, NET_RAW]
    restart: unless-stopped
    environment: [PUID=1000, PGID=1000, TZ=value]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/homeassistant/config:/config']
    deploy:
      resources:
        limits: {cpus: '0.5', memory: 500M}
",
    },
    Row {
        after: "docker/awesome-compose nginx-flask-mongo",
        counts: [3, 1, 2, 2, 2, 0, 0],
        text: r#"services:
  web:
    image: nginx
    volumes: ['./nginx/nginx.conf:/tmp/nginx.conf']
    environment: [FLASK_SERVER_ADDR=value]
    command: /bin/bash -c "envsubst < /tmp/nginx.conf > /etc/nginx/conf.d/default.conf && nginx -g 'daemon off;'"
    ports: ['80:80']
    depends_on: [api]
  api:
    build: {context: flask, target: builder}
    stop_signal: SIGINT
    environment: [FLASK_SERVER_PORT=9091]
    volumes: ['./flask:/src']
    depends_on: [db]
  db: {image: mongo}
"#,
    },
    Row {
        after: "Haxxnet/Compose-Examples duplicati",
        counts: [1, 1, 3, 5, 0, 0, 0],
        text: r"services:
  web:
    image: linuxserver/duplicati:latest
    container_name: web
    hostname: web
    entrypoint: [/init]
    ports: ['8200:8200']
    expose: [8200]
    environment: [PUID=0, PGID=1000, TZ=value, 'SETTINGS_ENCRYPTION_KEY=${SETTINGS_ENCRYPTION_KEY:-secret}', 'DUPLICATI__WEBSERVICE_PASSWORD=${DUPLICATI__WEBSERVICE_PASSWORD:-secret}']
    restart: unless-stopped
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/duplicati/backups:/backups', '${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/duplicati/config:/config',
      '/path/to/my/data/to/backup:/source']
",
    },
    Row {
        after: "Haxxnet/Compose-Examples filerun",
        counts: [2, 1, 3, 9, 1, 0, 0],
        text: r"services:
  web:
    image: mariadb:11.8
    container_name: web
    environment: ['MYSQL_ROOT_PASSWORD=${MYSQL_ROOT_PASSWORD:-secret}', MYSQL_USER=value, 'MYSQL_PASSWORD=${MYSQL_PASSWORD:-secret}',
      MYSQL_DATABASE=value]
    expose: [3306]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/filerun/db:/var/lib/mysql']
  api:
    image: filerun/filerun:8.4
    container_name: api
    environment: [FR_DB_HOST=value, FR_DB_PORT=3306, FR_DB_USER=value, 'FR_DB_PASS=${FR_DB_PASS:-secret}', FR_DB_NAME=value]
    depends_on: [web]
    links: ['web:db']
    ports: ['8088:80']
    expose: [80]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/filerun/html:/var/www/html', '${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/filerun/files:/user-files']
",
    },
    Row {
        after: "Haxxnet/Compose-Examples wg-easy",
        counts: [1, 2, 2, 0, 0, 0, 0],
        text: r"services:
  web:
    image: ghcr.io/wg-easy/wg-easy:15
    container_name: web
    hostname: web
    restart: unless-stopped
    cap_add: [NET_ADMIN, SYS_MODULE]
    ports: ['51820:51820/udp', '51821:51821/tcp']
    expose: [51820/udp, 51821/tcp]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/wg-easy:/etc/wireguard', '/lib/modules:/lib/modules:ro']
    sysctls: [net.ipv4.ip_forward=1, net.ipv4.conf.all.src_valid_mark=1, net.ipv6.conf.all.disable_ipv6=0, net.ipv6.conf.all.forwarding=1,
      net.ipv6.conf.default.forwarding=1]
",
    },
    Row {
        after: "docker/awesome-compose nginx-nodejs-redis",
        counts: [4, 4, 0, 0, 2, 0, 0],
        text: r"services:
  web:
    image: redislabs/redismod
    ports: ['6379:6379']
  api:
    restart: on-failure
    build: ./web
    hostname: api
    ports: ['81:5000']
  db:
    restart: on-failure
    build: ./web
    hostname: db
    ports: ['82:5000']
  cache:
    build: ./nginx
    ports: ['80:80']
    depends_on: [api, db]
",
    },
    Row {
        after: "mailcow/mailcow-dockerized directorytree/ldaprecord",
        counts: [2, 3, 0, 7, 0, 1, 0],
        text: r"services:
  web:
    image: osixia/openldap:1.4.0
    container_name: web
    restart: always
    hostname: web
    environment: {LDAP_TLS_VERIFY_CLIENT: value, LDAP_OPENLDAP_UID: 1000, LDAP_OPENLDAP_GID: 1000, LDAP_ORGANISATION: value,
      LDAP_DOMAIN: value, LDAP_ADMIN_PASSWORD: '${LDAP_ADMIN_PASSWORD:-secret}'}
    ports: ['389:389', '636:636']
    networks: [local]
  api:
    image: osixia/phpldapadmin:0.9.0
    container_name: api
    environment: {PHPLDAPADMIN_LDAP_HOSTS: value}
    restart: always
    ports: ['6443:443']
    networks: [local]
networks:
  local: {driver: bridge}
",
    },
    Row {
        after: "Haxxnet/Compose-Examples cloudflare-ddns",
        counts: [1, 0, 0, 5, 0, 0, 0],
        text: r"services:
  web:
    image: favonia/cloudflare-ddns:latest
    container_name: web
    restart: always
    user: 1000:1000
    cap_drop: [all]
    read_only: true
    security_opt: ['no-new-privileges:true']
    environment: ['CLOUDFLARE_API_TOKEN=${CLOUDFLARE_API_TOKEN:-secret}', DOMAINS=value, PROXIED=value, TZ=value,
      IP6_PROVIDER=value]
",
    },
    Row {
        after: "Haxxnet/Compose-Examples uptime-kuma",
        counts: [1, 1, 1, 0, 0, 0, 0],
        text: r"services:
  web:
    image: louislam/uptime-kuma:2
    container_name: web
    hostname: web
    restart: always
    ports: ['3001:3001']
    expose: [3001]
    dns: [1.1.1.1, 8.8.8.8]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/uptimekuma:/app/data']
",
    },
    Row {
        after: "Haxxnet/Compose-Examples casdoor",
        counts: [2, 1, 3, 5, 1, 0, 0],
        text: r"services:
  web:
    image: casbin/casdoor:2.353.0
    container_name: web
    restart: unless-stopped
    depends_on: [api]
    ports: ['8000:8000']
    expose: [8000]
    environment: [GIN_MODE=value, RUNNING_IN_DOCKER=value]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/casdoor/conf:/conf', '${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/casdoor/logs:/logs']
  api:
    image: postgres:18-alpine
    container_name: api
    restart: unless-stopped
    environment: [POSTGRES_USER=value, 'POSTGRES_PASSWORD=${POSTGRES_PASSWORD:-secret}', POSTGRES_DB=value]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/casdoor/db:/var/lib/postgresql']
",
    },
    Row {
        after: "Haxxnet/Compose-Examples docuseal",
        counts: [2, 1, 2, 4, 1, 0, 0],
        text: r"services:
  web:
    image: docuseal/docuseal:latest
    container_name: web
    restart: unless-stopped
    environment: [DATABASE_URL=value]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/docuseal/data:/data']
    depends_on:
      api: {condition: service_healthy}
    ports: ['3000:3000']
    expose: [3000]
  api:
    image: postgres:18-alpine
    container_name: api
    restart: unless-stopped
    environment: [POSTGRES_USER=value, 'POSTGRES_PASSWORD=${POSTGRES_PASSWORD:-secret}', POSTGRES_DB=value]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/docuseal/pg_data:/var/lib/postgresql']
    healthcheck:
      test: [CMD-SHELL, pg_isready -U postgres]
      interval: 5s
      timeout: 5s
      retries: 5
    expose: [5432]
",
    },
    Row {
        after: "Haxxnet/Compose-Examples domainmod",
        counts: [2, 1, 2, 15, 1, 0, 0],
        text: r"services:
  web:
    image: domainmod/domainmod:latest
    container_name: web
    hostname: web
    depends_on: [api]
    environment: [PUID=1000, PGID=1000, TZ=value, DOMAINMOD_WEB_ROOT=, DOMAINMOD_DATABASE_HOST=value, DOMAINMOD_DATABASE=value,
      DOMAINMOD_USER=value, 'DOMAINMOD_PASSWORD=${DOMAINMOD_PASSWORD:-secret}']
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/domainmod/app:/var/www/html']
    ports: ['8080:80']
    expose: [80]
    restart: unless-stopped
  api:
    image: ghcr.io/linuxserver/mariadb:alpine
    container_name: api
    environment: [PUID=1000, PGID=1000, TZ=value, MYSQL_DATABASE=value, MYSQL_USER=value, 'MYSQL_PASSWORD=${MYSQL_PASSWORD:-secret}',
      'MYSQL_ROOT_PASSWORD=${MYSQL_ROOT_PASSWORD:-secret}']
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/domainmod/database:/config']
    expose: [3306]
    restart: unless-stopped
",
    },
    Row {
        after: "Haxxnet/Compose-Examples evershop",
        counts: [2, 1, 1, 8, 1, 0, 0],
        text: r"services:
  web:
    image: evershop/evershop:latest
    container_name: web
    restart: always
    environment: {DB_HOST: value, DB_PORT: 5432, DB_PASSWORD: '${DB_PASSWORD:-secret}', DB_USER: value, DB_NAME: value}
    depends_on: [api]
    ports: ['3000:3000']
    expose: [3000]
  api:
    image: postgres:18-alpine
    container_name: api
    restart: unless-stopped
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/evershop/psqldata:/var/lib/postgresql']
    environment: {POSTGRES_PASSWORD: '${POSTGRES_PASSWORD:-secret}', POSTGRES_USER: value, POSTGRES_DB: value}
    expose: [5432]
",
    },
    Row {
        after: "Haxxnet/Compose-Examples firefly",
        counts: [2, 1, 2, 4, 1, 0, 0],
        text: r"services:
  web:
    image: fireflyiii/core:latest
    container_name: web
    restart: unless-stopped
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/firefly/upload:/var/www/html/storage/upload']
    env_file: .env
    ports: ['80:8080']
    expose: [8080]
    depends_on: [api]
  api:
    image: mariadb:lts
    container_name: api
    restart: unless-stopped
    environment: ['MYSQL_RANDOM_ROOT_PASSWORD=${MYSQL_RANDOM_ROOT_PASSWORD:-secret}', MYSQL_USER=value, 'MYSQL_PASSWORD=${MYSQL_PASSWORD:-secret}',
      MYSQL_DATABASE=value]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/firefly/mysql:/var/lib/mysql']
",
    },
    Row {
        after: "Haxxnet/Compose-Examples gitlab",
        counts: [2, 3, 5, 1, 1, 0, 0],
        text: r"services:
  web:
    image: gitlab/gitlab-ce:latest
    container_name: web
    restart: unless-stopped
    environment: {GITLAB_OMNIBUS_CONFIG: value}
    ports: ['8033:80', '8434:443', '2222:22']
    expose: [80, 443, 22]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/gitlab/config:/etc/gitlab', '${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/gitlab/logs:/var/log/gitlab',
      '${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/gitlab/data:/var/srv/gitlab']
  api:
    image: gitlab/gitlab-runner:alpine
    container_name: api
    restart: unless-stopped
    depends_on: [web]
    volumes: ['/var/run/docker.sock:/var/run/docker.sock', '${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/gitlab/runner:/etc/gitlab-runner']
",
    },
    Row {
        after: "Haxxnet/Compose-Examples nitter",
        counts: [2, 1, 2, 0, 1, 0, 0],
        text: r"services:
  web:
    image: zedeus/nitter:latest
    container_name: web
    ports: ['8080:8080']
    expose: [8080]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/nitter/nitter.conf:/src/nitter.conf:ro']
    depends_on: [api]
    restart: unless-stopped
    healthcheck: {test: 'wget -nv --tries=1 --spider http://127.0.0.1:8080/Jack/status/20 || exit 1', interval: 30s,
      timeout: 5s, retries: 2}
  api:
    image: redis:8-alpine
    container_name: api
    command: redis-server --save 60 1 --loglevel warning
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/nitter/data:/data']
    restart: unless-stopped
    healthcheck: {test: redis-cli ping, interval: 30s, timeout: 5s, retries: 2}
",
    },
    Row {
        after: "Haxxnet/Compose-Examples ollama-ui",
        counts: [2, 1, 2, 1, 0, 0, 0],
        text: r"services:
  web:
    image: ghcr.io/open-webui/open-webui:main
    container_name: web
    restart: always
    ports: ['8080:8080']
    expose: [8080]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/ollama/open-webui:/app/backend/data']
    environment: [OLLAMA_BASE_URL=value]
  api:
    image: ollama/ollama:latest
    container_name: api
    restart: always
    expose: [11434]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/ollama/data:/srv/.ollama']
",
    },
    Row {
        after: "Haxxnet/Compose-Examples projectsend",
        counts: [2, 1, 3, 8, 1, 0, 0],
        text: r"services:
  web:
    image: lscr.io/linuxserver/projectsend:latest
    container_name: web
    environment: [PUID=1000, PGID=1000, TZ=value, MAX_UPLOAD=5000]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/projectsend/config:/config', '${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/projectsend/data:/data']
    ports: ['8080:80']
    expose: [80]
    restart: unless-stopped
    depends_on: [api]
  api:
    image: mariadb:11.8
    container_name: api
    command: --transaction-isolation=READ-COMMITTED --binlog-format=ROW
    restart: unless-stopped
    expose: [3306]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/projectsend/database:/var/lib/mysql']
    environment: [MYSQL_DATABASE=value, MYSQL_USER=value, 'MYSQL_PASSWORD=${MYSQL_PASSWORD:-secret}', 'MYSQL_ROOT_PASSWORD=${MYSQL_ROOT_PASSWORD:-secret}']
",
    },
    Row {
        after: "Haxxnet/Compose-Examples requestbin",
        counts: [2, 1, 0, 2, 1, 0, 0],
        text: r"services:
  web:
    image: l4rm4nd/requestbin:latest
    hostname: web
    container_name: web
    restart: unless-stopped
    ports: ['8000:8000']
    expose: [8000]
    environment: {REALM: value, REDIS_URL: value}
    links: [api]
  api: {image: 'redis:alpine', container_name: api, hostname: api, restart: unless-stopped}
",
    },
    Row {
        after: "Haxxnet/Compose-Examples snipe-it",
        counts: [2, 1, 2, 16, 0, 0, 0],
        text: r"services:
  web:
    image: lscr.io/linuxserver/snipe-it:latest
    container_name: web
    environment: [PUID=1000, PGID=1000, APP_URL=value, MYSQL_PORT_3306_TCP_ADDR=value, MYSQL_PORT_3306_TCP_PORT=3306,
      MYSQL_DATABASE=value, MYSQL_USER=value, 'MYSQL_PASSWORD=${MYSQL_PASSWORD:-secret}', TZ=value]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/snipeit/config:/config']
    ports: ['8080:80']
    expose: [80]
    restart: unless-stopped
  api:
    image: lscr.io/linuxserver/mariadb:latest
    container_name: api
    expose: [3306]
    environment: [PUID=1000, PGID=1000, TZ=value, 'MYSQL_ROOT_PASSWORD=${MYSQL_ROOT_PASSWORD:-secret}', MYSQL_DATABASE=value,
      MYSQL_USER=value, 'MYSQL_PASSWORD=${MYSQL_PASSWORD:-secret}']
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/snipeit/mariadb:/config']
    restart: unless-stopped
",
    },
    Row {
        after: "Haxxnet/Compose-Examples tandoor",
        counts: [2, 1, 3, 0, 1, 0, 0],
        text: r"services:
  web:
    image: postgres:16-alpine
    container_name: web
    restart: always
    expose: [5432]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/tandoor/postgresql:/var/lib/postgresql/data']
    env_file: [./.env]
  api:
    image: vabene1111/recipes:2
    container_name: api
    restart: always
    ports: ['8080:80']
    expose: [80]
    env_file: [./.env]
    volumes: ['${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/tandoor/staticfiles:/srv/staticfiles', '${DOCKER_VOLUME_STORAGE:-/srv/docker-volumes}/tandoor/mediafiles:/srv/mediafiles']
    depends_on: [web]
",
    },
    Row {
        after: "docker/awesome-compose aspnet-mssql",
        counts: [2, 1, 0, 2, 0, 0, 0],
        text: r"services:
  web:
    build: app/aspnetapp
    ports: ['80:80']
  api:
    environment: {ACCEPT_EULA: value, SA_PASSWORD: '${SA_PASSWORD:-secret}'}
    image: mcr.microsoft.com/azure-sql-edge:1.0.4
    restart: always
    healthcheck:
      test: [CMD-SHELL, /srv/sqlcmd -S localhost -U sa -P example_123 -Q 'SELECT 1' || exit 1]
      interval: 10s
      retries: 10
      start_period: 10s
      timeout: 3s
",
    },
    Row {
        after: "docker/awesome-compose flask-redis",
        counts: [2, 2, 1, 0, 1, 0, 0],
        text: r"services:
  web:
    image: redislabs/redismod
    ports: ['6379:6379']
  api:
    build: {context: ., target: builder}
    stop_signal: SIGINT
    ports: ['8000:8000']
    volumes: ['.:/code']
    depends_on: [web]
",
    },
    Row {
        after: "docker/awesome-compose gitea-postgres",
        counts: [2, 1, 2, 8, 0, 0, 2],
        text: r"services:
  web:
    image: gitea/gitea:latest
    environment: [DB_TYPE=value, DB_HOST=value, DB_NAME=value, DB_USER=value, 'DB_PASSWD=${DB_PASSWD:-secret}']
    restart: always
    volumes: ['git_data:/data']
    ports: ['3000:3000']
  api:
    image: postgres:alpine
    environment: [POSTGRES_USER=value, 'POSTGRES_PASSWORD=${POSTGRES_PASSWORD:-secret}', POSTGRES_DB=value]
    restart: always
    volumes: ['db_data:/var/lib/postgresql/data']
    expose: [5432]
volumes: {db_data: null, git_data: null}
",
    },
    Row {
        after: "docker/awesome-compose nextcloud-postgres",
        counts: [2, 1, 2, 7, 0, 0, 2],
        text: r"services:
  web:
    image: nextcloud:apache
    environment: [POSTGRES_HOST=value, 'POSTGRES_PASSWORD=${POSTGRES_PASSWORD:-secret}', POSTGRES_DB=value, POSTGRES_USER=value]
    ports: ['80:80']
    restart: always
    volumes: ['nc_data:/var/www/html']
  api:
    image: postgres:alpine
    environment: ['POSTGRES_PASSWORD=${POSTGRES_PASSWORD:-secret}', POSTGRES_DB=value, POSTGRES_USER=value]
    restart: always
    volumes: ['db_data:/var/lib/postgresql/data']
    expose: [5432]
volumes: {db_data: null, nc_data: null}
",
    },
    Row {
        after: "docker/awesome-compose nextcloud-redis-mariadb",
        counts: [3, 1, 2, 9, 0, 2, 2],
        text: r"services:
  web:
    image: nextcloud:apache
    restart: always
    ports: ['80:80']
    volumes: ['nc_data:/var/www/html']
    networks: [redisnet, dbnet]
    environment: [REDIS_HOST=value, MYSQL_HOST=value, MYSQL_DATABASE=value, MYSQL_USER=value, 'MYSQL_PASSWORD=${MYSQL_PASSWORD:-secret}']
  api:
    image: redis:alpine
    restart: always
    networks: [redisnet]
    expose: [6379]
  db:
    image: mariadb:10.5
    command: --transaction-isolation=READ-COMMITTED --binlog-format=ROW
    restart: always
    volumes: ['db_data:/var/lib/mysql']
    networks: [dbnet]
    environment: [MYSQL_DATABASE=value, MYSQL_USER=value, 'MYSQL_ROOT_PASSWORD=${MYSQL_ROOT_PASSWORD:-secret}',
      'MYSQL_PASSWORD=${MYSQL_PASSWORD:-secret}']
    expose: [3306]
volumes: {db_data: null, nc_data: null}
networks: {dbnet: null, redisnet: null}
",
    },
    Row {
        after: "docker/awesome-compose nginx-aspnet-mysql",
        counts: [3, 1, 1, 3, 2, 0, 1],
        text: r#"services:
  web:
    build: {context: backend}
    restart: always
    secrets: [db-password]
    depends_on:
      api: {condition: service_healthy}
    environment: [ASPNETCORE_URLS=value]
  api:
    image: mariadb:10-focal
    command: --default-authentication-plugin=mysql_native_password
    restart: always
    healthcheck:
      test: [CMD-SHELL, mysqladmin ping -h 127.0.0.1 --password="$$(cat /run/secrets/db-password)" --silent]
      interval: 3s
      retries: 5
      start_period: 30s
    secrets: [db-password]
    volumes: ['db-data:/var/lib/mysql']
    environment: [MYSQL_DATABASE=value, 'MYSQL_ROOT_PASSWORD_FILE=${MYSQL_ROOT_PASSWORD_FILE:-secret}']
  db:
    build: proxy
    ports: ['80:80']
    depends_on: [web]
volumes: {db-data: null}
secrets:
  db-password: {file: db/password.txt}
"#,
    },
    Row {
        after: "docker/awesome-compose nginx-golang-mysql",
        counts: [3, 1, 2, 2, 2, 0, 1],
        text: r#"services:
  web:
    build: {context: backend, target: builder}
    secrets: [db-password]
    depends_on:
      api: {condition: service_healthy}
  api:
    image: mariadb:10-focal
    command: --default-authentication-plugin=mysql_native_password
    restart: always
    healthcheck:
      test: [CMD-SHELL, mysqladmin ping -h 127.0.0.1 --password="$$(cat /run/secrets/db-password)" --silent]
      interval: 3s
      retries: 5
      start_period: 30s
    secrets: [db-password]
    volumes: ['db-data:/var/lib/mysql']
    environment: [MYSQL_DATABASE=value, 'MYSQL_ROOT_PASSWORD_FILE=${MYSQL_ROOT_PASSWORD_FILE:-secret}']
    expose: [3306]
  db:
    image: nginx
    volumes:
    - {type: bind, source: ./proxy/nginx.conf, target: /etc/nginx/conf.d/default.conf, read_only: true}
    ports: ['80:80']
    depends_on: [web]
volumes: {db-data: null}
secrets:
  db-password: {file: db/password.txt}
"#,
    },
    Row {
        after: "docker/awesome-compose nginx-wsgi-flask",
        counts: [2, 2, 1, 1, 1, 0, 0],
        text: r"services:
  web:
    build: nginx
    restart: always
    volumes: ['./nginx/default.conf:/tmp/default.conf']
    environment: [FLASK_SERVER_ADDR=value]
    ports: ['80:80']
    depends_on: [api]
    healthcheck:
      test: [CMD-SHELL, 'curl --silent --fail localhost:80/health-check || exit 1']
      interval: 10s
      timeout: 10s
      retries: 3
    command: /app/start.sh
  api:
    build: flask
    restart: always
    ports: ['8000:8000']
    healthcheck:
      test: [CMD-SHELL, 'curl --silent --fail localhost:8000/flask-health-check || exit 1']
      interval: 10s
      timeout: 10s
      retries: 3
    command: gunicorn -w 3 -t 60 -b 0.0.0.0:8000 app:app
",
    },
    Row {
        after: "docker/awesome-compose postgresql-pgadmin",
        counts: [2, 2, 0, 5, 0, 0, 0],
        text: r"services:
  web:
    container_name: web
    image: postgres:latest
    environment: ['POSTGRES_USER=${POSTGRES_USER}', 'POSTGRES_PASSWORD=${POSTGRES_PW}', 'POSTGRES_DB=${POSTGRES_DB}']
    ports: ['5432:5432']
    restart: always
  api:
    container_name: api
    image: dpage/pgadmin4:latest
    environment: ['PGADMIN_DEFAULT_EMAIL=${PGADMIN_MAIL}', 'PGADMIN_DEFAULT_PASSWORD=${PGADMIN_PW}']
    ports: ['5050:80']
    restart: always
",
    },
    Row {
        after: "docker/awesome-compose prometheus-grafana",
        counts: [2, 2, 3, 2, 0, 0, 1],
        text: r"services:
  web:
    image: prom/prometheus
    container_name: web
    command: [--config.file=/etc/prometheus/prometheus.yml]
    ports: ['9090:9090']
    restart: unless-stopped
    volumes: ['./prometheus:/etc/prometheus', 'prom_data:/prometheus']
  api:
    image: grafana/grafana
    container_name: api
    ports: ['3000:3000']
    restart: unless-stopped
    environment: [GF_SECURITY_ADMIN_USER=value, 'GF_SECURITY_ADMIN_PASSWORD=${GF_SECURITY_ADMIN_PASSWORD:-secret}']
    volumes: ['./grafana:/etc/grafana/provisioning/datasources']
volumes: {prom_data: null}
",
    },
];
