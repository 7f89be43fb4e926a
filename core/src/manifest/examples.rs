//! Which texts show what this is about?

use crate::bench::Example;

/// Every example, the plainest first.
pub static EXAMPLES: &[Example] = &[
    Example {
        id: "jessie",
        title: "The manifest of debian:jessie",
        description: "Hocker's own example: a configuration and two layers",
        text: r#"# debian:jessie
{
  "schemaVersion": 2,
  "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
  "config": {
    "mediaType": "application/vnd.docker.container.image.v1+json",
    "size": 1512,
    "digest": "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7"
  },
  "layers": [
    {
      "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
      "size": 52550276,
      "digest": "sha256:cd0a524342efac6edff500c17e625735bbe479c926439b263bbe3c8518a0849c"
    },
    {
      "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
      "size": 32,
      "digest": "sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4"
    }
  ]
}
"#,
        aside: "",
    },
    Example {
        id: "shared",
        title: "Two images on one base",
        description: "A layer that both have is stored once",
        text: r#"# ghcr.io/home/bridge:1.4
{
  "schemaVersion": 2,
  "mediaType": "application/vnd.oci.image.manifest.v1+json",
  "config": {
    "mediaType": "application/vnd.oci.image.config.v1+json",
    "digest": "sha256:6f3b1b4cb7b6f0c4d2f6df1e5b6b47f1a6b0a1e2c8b8d7ad3a1e9c1e0a5f7c21",
    "size": 2841
  },
  "layers": [
    {
      "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
      "digest": "sha256:1f3e46996e2966e4faa5846e56e76e3748b7315e2ded61476c24403d592134f0",
      "size": 3418409
    },
    {
      "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
      "digest": "sha256:b7a6b0a4c1d2e3f405162738495a6b7c8d9eafb0c1d2e3f40516273849500001",
      "size": 18874368
    }
  ]
}
# ghcr.io/home/proxy:2.0
{
  "schemaVersion": 2,
  "mediaType": "application/vnd.oci.image.manifest.v1+json",
  "config": {
    "mediaType": "application/vnd.oci.image.config.v1+json",
    "digest": "sha256:0d9c8b7a6f5e4d3c2b1a09f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f00002",
    "size": 1904
  },
  "layers": [
    {
      "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
      "digest": "sha256:1f3e46996e2966e4faa5846e56e76e3748b7315e2ded61476c24403d592134f0",
      "size": 3418409
    },
    {
      "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
      "digest": "sha256:c8b7a6f5e4d3c2b1a09f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f00003333",
      "size": 7340032
    }
  ]
}
"#,
        aside: "",
    },
    Example {
        id: "index",
        title: "A list for several platforms",
        description: "What most registries answer first; a platform is to be chosen",
        text: r#"# docker.io/library/alpine:3.21
{
  "schemaVersion": 2,
  "mediaType": "application/vnd.oci.image.index.v1+json",
  "manifests": [
    {
      "mediaType": "application/vnd.oci.image.manifest.v1+json",
      "digest": "sha256:1c4eef651f65e2f7daee7ee785882ac164b02b78fb74503052a26dc061c90474",
      "size": 1022,
      "platform": { "architecture": "amd64", "os": "linux" }
    },
    {
      "mediaType": "application/vnd.oci.image.manifest.v1+json",
      "digest": "sha256:757d680068d77be46fd1ea20fb21db16f150468c5e7079a08a2e4705aec096ac",
      "size": 1025,
      "platform": { "architecture": "arm64", "os": "linux", "variant": "v8" }
    },
    {
      "mediaType": "application/vnd.oci.image.manifest.v1+json",
      "digest": "sha256:08e1ab2e1f3e9d1d9a1f0c1b0a3b2c4d5e6f708192a3b4c5d6e7f80910213243",
      "size": 838,
      "platform": { "architecture": "unknown", "os": "unknown" }
    }
  ]
}
"#,
        aside: "",
    },
    Example {
        id: "hash",
        title: "A hash in Nix's base32",
        description: "The same number as a digest, as SRI, and in hexadecimal",
        text: "1rwinmvfc8jxn54y7qnj82acrc97y7xcnn22zaz67y76n4wbwjh5\n",
        aside: "",
    },
];
