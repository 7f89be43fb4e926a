//! Which texts show what this is about?

use crate::bench::Example;

const fn example(id: &'static str, title: &'static str, description: &'static str, text: &'static str) -> Example {
    Example { id, title, description, text, aside: "" }
}

/// Every example, those that documents print first.
pub static EXAMPLES: &[Example] = &[
    example(
        "redis",
        "The image of the NixOS wiki",
        "buildImage as the manual has it, with a base that is given by half",
        r#"buildImage {
  name = "redis";
  tag = "latest";

  fromImage = someBaseImage;
  fromImageName = null;
  fromImageTag = "latest";

  copyToRoot = pkgs.buildEnv {
    name = "image-root";
    paths = [ pkgs.redis ];
    pathsToLink = [ "/bin" ];
  };

  runAsRoot = ''
    #!${pkgs.runtimeShell}
    mkdir -p /data
  '';

  config = {
    Cmd = [ "/bin/redis-server" ];
    WorkingDir = "/data";
    Volumes = { "/data" = { }; };
  };

  diskSize = 1024;
  buildVMMemorySize = 512;
}
"#,
    ),
    example(
        "date",
        "The date of the commit",
        "The wiki's line, which is right for layered images and not for this one",
        r#"{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
    in
    {
      packages.x86_64-linux.default = pkgs.dockerTools.buildImage {
        name = "hello";
        tag = "latest";
        created = builtins.substring 0 8 self.lastModifiedDate;
        config.Cmd = [ "${pkgs.hello}/bin/hello" ];
      };
    };
}
"#,
    ),
    example(
        "pulled",
        "An image that is pulled",
        "The wiki's example of pullImage: a digest of the registry, and a hash of Nix",
        r#"pkgs.dockerTools.pullImage{
  imageName = "lnl7/nix";
  finalImageTag = "2.0";
  imageDigest = "sha256:632268d5fd9ca87169c65353db99be8b4e2eb41833b626e09688f484222e860f";
  sha256 = "1x00ks05cz89k3wc460i03iyyjr7wlr28krk7znavfy2qx5a0hfd";
};
"#,
    ),
    example(
        "builder",
        "A Dockerfile with a Nix builder",
        "The article's multi-stage build, with the end that it leaves out",
        r#"# Nix builder
FROM nixos/nix:latest AS builder

# Copy our source and setup our working dir.
COPY . /tmp/build
WORKDIR /tmp/build

# Build our Nix environment
RUN nix \
    --extra-experimental-features "nix-command flakes" \
    --option filter-syscalls false \
    build

# Copy the Nix store closure into a directory. The Nix store closure is the
# entire set of Nix store values that we need for our build.
RUN mkdir /tmp/nix-store-closure
RUN cp -R $(nix-store -qR result/) /tmp/nix-store-closure

# Final image is based on scratch. We copy a bunch of Nix dependencies
# but they're fully self-contained so we don't need Nix anymore.
FROM scratch

WORKDIR /app

# Copy /nix/store
COPY --from=builder /tmp/nix-store-closure /nix/store
COPY --from=builder /tmp/build/result /app
CMD ["/app/bin/app"]
"#,
    ),
    example(
        "channel",
        "nixos/nix with a channel",
        "As the article and Docker Hub print it: a package that nixpkgs has no more, and no sandbox",
        r"FROM nixos/nix
RUN nix-channel --update
RUN nix-build -A pythonFull '<nixpkgs>'
",
    ),
    example(
        "hello",
        "hello-docker.nix",
        "The least image there is; its tag is the hash of its path",
        r#"{ pkgs ? import <nixpkgs> { } }:

pkgs.dockerTools.buildImage {
  name = "hello-docker";
  config = {
    Cmd = [ "${pkgs.hello}/bin/hello" ];
  };
}
"#,
    ),
    example(
        "python",
        "A web application in Python",
        "Packages of Debian, a requirements.txt, a user of its own and a health check",
        r#"FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PORT=8000

RUN apt-get update \
 && apt-get install -y --no-install-recommends curl libpq5 \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /srv
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY app ./app

RUN useradd --system --uid 1000 web && mkdir -p /srv/uploads && chown web /srv/uploads
USER web
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s CMD curl -fsS http://localhost:8000/health
CMD gunicorn --bind 0.0.0.0:8000 app:app
"#,
    ),
    example(
        "go",
        "A server in Go, in two stages",
        "The compiler stays behind; what it builds becomes buildGoModule",
        r#"# syntax=docker/dockerfile:1
ARG GO_VERSION=1.23
FROM golang:${GO_VERSION}-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -o /out/server ./cmd/server

FROM gcr.io/distroless/static-debian12:nonroot
LABEL org.opencontainers.image.source="https://example.org/shop/server"
COPY --from=build /out/server /usr/local/bin/server
USER 65532:65532
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/server"]
CMD ["--listen", ":8080"]
"#,
    ),
    example(
        "site",
        "A static site with nginx",
        "npm builds it, and nginx serves it",
        r#"FROM node:22-alpine AS site
WORKDIR /site
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM nginx:1.27-alpine
COPY --from=site /site/dist /usr/share/nginx/html
COPY nginx.conf /etc/nginx/nginx.conf
EXPOSE 80
CMD ["nginx", "-c", "/etc/nginx/nginx.conf", "-g", "daemon off;"]
"#,
    ),
    example(
        "stream",
        "A flake that streams its image",
        "streamLayeredImage with a user, certificates and a place to write",
        r#"{
  description = "A bridge from webhooks to chat";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      system = "x86_64-linux";
      pkgs = nixpkgs.legacyPackages.${system};
      bridge = pkgs.callPackage ./package.nix { };
    in
    {
      packages.${system} = {
        inherit bridge;
        image = pkgs.dockerTools.streamLayeredImage {
          name = "ghcr.io/example/bridge";
          tag = "1.4";
          created = builtins.substring 0 8 self.lastModifiedDate;
          contents = [
            pkgs.dockerTools.caCertificates
            pkgs.dockerTools.fakeNss
          ];
          extraCommands = ''
            mkdir -m 1777 tmp
          '';
          config = {
            Entrypoint = [ "${bridge}/bin/bridge" ];
            Env = [ "LOG_LEVEL=info" ];
            ExposedPorts."8080/tcp" = { };
            User = "nobody";
          };
        };
      };
    };
}
"#,
    ),
    example(
        "nix2container",
        "A flake with nix2container",
        "A layer of its own for what seldom changes",
        r#"{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    nix2container.url = "github:nlewo/nix2container";
  };

  outputs =
    {
      self,
      nixpkgs,
      nix2container,
    }:
    let
      system = "x86_64-linux";
      pkgs = nixpkgs.legacyPackages.${system};
      n2c = nix2container.packages.${system}.nix2container;
    in
    {
      packages.${system}.image = n2c.buildImage {
        name = "registry.example.org/shop";
        config = {
          entrypoint = [ "${pkgs.python3.pkgs.gunicorn}/bin/gunicorn" ];
          ExposedPorts."8000/tcp" = { };
        };
        layers = [ (n2c.buildLayer { deps = [ pkgs.python3 ]; }) ];
      };
    };
}
"#,
    ),
    example(
        "mistakes",
        "An image with mistakes",
        "What is easily confused: a string for a list, a name of the other function, a date of today",
        r#"{ pkgs ? import <nixpkgs> { } }:
# Load it with: docker load < result
pkgs.dockerTools.streamLayeredImage {
  name = "MyApp";
  created = "now";
  maxLayers = 1;
  copyToRoot = [ pkgs.curl pkgs.nodejs-16_x ];
  config = {
    cmd = "node server.js";
    Env = [ "API_TOKEN=swordfish" ];
    ExposedPorts = [ "8080/tcp" ];
    User = "web";
  };
}
"#,
    ),
];
