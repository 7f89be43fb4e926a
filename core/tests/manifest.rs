//! What is written down of manifests, held against those who read it: nixfmt, and Nix with functions that say what they
//! were asked for.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "real programs are asked")]

use std::process::Command;

use drydock::{
    bench::{Block, Chosen, Examined, Request, Written},
    manifest::{Choices, IMAGE, PLATFORM, ProblemKind, Shape, WORKBENCH, read},
};
use proptest::prelude::*;
use serde_json::json;

const CONFIG: &str = "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7";
const LAYER: &str = "sha256:cd0a524342efac6edff500c17e625735bbe479c926439b263bbe3c8518a0849c";

fn request(text: &str, image: &str, platform: &str) -> Request {
    let chosen = Chosen::default().with(&IMAGE, image).with(&PLATFORM, platform);
    Request { text: text.to_owned(), chosen, ..Request::default() }
}

fn written(request: &Request, target: &str) -> (Examined, Written) {
    let examined = (WORKBENCH.examine)(request);
    let target = WORKBENCH.targets.iter().find(|it| it.id == target).expect("a target");
    let written = (target.write)(request, &examined, target);
    (examined, written)
}

fn example(id: &str) -> &'static str {
    WORKBENCH.examples.iter().find(|it| it.id == id).expect("an example").text
}

#[test]
fn what_is_written_for_the_examples() {
    for example in WORKBENCH.examples {
        let request = request(example.text, "", "linux/arm64");
        let results = WORKBENCH.targets.iter().map(|target| {
            let (_, Written { printed, steps, .. }) = written(&request, target.id);
            let said = printed.error.iter().chain(&printed.notes).map(|it| format!("note: {}\n", it.message));
            let lines = steps.iter().flat_map(|it| &it.lines).map(|it| format!("$ {it}\n"));
            let said: String = said.chain(lines).collect();
            format!("── {} ──\n{}{said}", target.id, printed.text)
        });
        let results: Vec<String> = results.collect();
        insta::assert_snapshot!(format!("manifest_{}", example.id), results.join("\n"));
    }
}

#[test]
fn nixfmt_leaves_it_alone() {
    for example in WORKBENCH.examples {
        for target in WORKBENCH.targets.iter().filter(|it| it.file.ends_with(".nix")) {
            let text = written(&request(example.text, "", "linux/amd64"), target.id).1.printed.text.clone();
            if !text.is_empty() {
                let formatted = nixfmt_rs::format(&text).unwrap_or_else(|it| panic!("{it:?}\n{text}"));
                assert!(text == formatted, "{text}\n── nixfmt ──\n{formatted}");
            }
        }
    }
}

/// The functions of nixpkgs and nix2container, as far as they say which arguments they take.
///
/// Sources: nixpkgs `pkgs/build-support/fetchdocker/`, `pkgs/build-support/docker/default.nix`; nlewo/nix2container
/// `default.nix`
const STAND_INS: &str = r#"
  fetchDockerConfig = { fetcher ? "hocker-config", name ? null, tag ? "unstable", registry, repository, imageName, sha256 }:
    { inherit tag registry repository imageName sha256; };
  fetchDockerLayer = { fetcher ? "hocker-layer", registry, repository, imageName, layerDigest, sha256 }:
    assert builtins.match "[0-9a-f]{64}" layerDigest != null; { inherit registry repository imageName layerDigest sha256; };
  fetchdocker = { name, registry ? "https://registry-1.docker.io/v2/", repository ? "library", imageName, tag, imageLayers, imageConfig, image ? null }:
    assert builtins.match ".*/.*" repository == null; assert builtins.match ".*/.*" imageName == null;
    { inherit name registry repository imageName tag imageLayers imageConfig; };
  nix2container.pullImageFromManifest = { imageName, imageManifest ? null, imageTag ? "latest", os ? "linux", arch ? "amd64", tlsVerify ? true, registryUrl ? "registry.hub.docker.com", meta ? { } }:
    { inherit imageName imageTag registryUrl; manifest = baseNameOf imageManifest; };
  pkgs = {
    lib.fakeHash = "fake";
    dockerTools.pullImage = { imageName, imageDigest, os ? "linux", arch ? "host", hash ? "", sha256 ? "", tlsVerify ? true, finalImageName ? imageName, finalImageTag ? "latest", name ? "" }:
      { inherit imageName imageDigest os arch hash finalImageTag; };
  };
"#;

fn call(text: &str, arguments: &str) -> String {
    format!("let{STAND_INS}in ({text}) {{ inherit {arguments}; }}")
}

#[test]
fn nix_reads_what_was_meant() {
    let jessie = request(example("jessie"), "", "");
    let fetchdocker = written(&jessie, "fetchdocker").1.printed.text.clone();
    let common =
        json!({ "registry": "https://registry-1.docker.io/v2/", "repository": "library", "imageName": "debian" });
    let with = |more: serde_json::Value| {
        let mut all = common.as_object().cloned().expect("an object");
        all.extend(more.as_object().cloned().expect("an object"));
        serde_json::Value::Object(all)
    };
    let layer = |hex: &str, base32: &str| with(json!({ "layerDigest": hex, "sha256": base32 }));
    let cases = [
        (
            call(&fetchdocker, "fetchDockerConfig fetchDockerLayer fetchdocker"),
            with(json!({
                "name": "debian",
                "tag": "jessie",
                "imageConfig": with(json!({ "tag": "jessie", "sha256": "1rwinmvfc8jxn54y7qnj82acrc97y7xcnn22zaz67y76n4wbwjh5" })),
                "imageLayers": [
                    layer("cd0a524342efac6edff500c17e625735bbe479c926439b263bbe3c8518a0849c", "1744l0c8ag5y7ck9nhr6r5wy9frmaxi7xh80ypgnxb7g891m42nd"),
                    layer("a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4", "1m26bfaj4z4a1v824r5i7iikvs8ad0349n4zvn6fdzq2xg59bvd3"),
                ],
            })),
        ),
        (
            call(&written(&jessie, "nix2container").1.printed.text, "nix2container"),
            json!({ "imageName": "library/debian", "imageTag": "jessie", "registryUrl": "registry.hub.docker.com", "manifest": "manifest.json" }),
        ),
        (
            call(&written(&request(example("index"), "", "linux/arm64"), "pull-image").1.printed.text, "pkgs"),
            json!({
                "imageName": "alpine",
                "imageDigest": "sha256:757d680068d77be46fd1ea20fb21db16f150468c5e7079a08a2e4705aec096ac",
                "os": "linux", "arch": "arm64", "hash": "fake", "finalImageTag": "3.21",
            }),
        ),
    ];
    for (text, expected) in cases {
        let mut command = Command::new("nix-instantiate");
        let Ok(output) = command.args(["--eval", "--strict", "--json", "--expr", &text]).output() else {
            println!("SKIPPED: there is no nix-instantiate to evaluate what is printed");
            return;
        };
        assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn everything_that_programs_say_of_images_is_read() {
    let hex = |digest: &str| digest.trim_start_matches("sha256:").to_owned();
    for (text, shape, name, layers, has_config, has_digest) in [
        (
            // As registry-1.docker.io serves it.
            json!({ "schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json", "config": { "mediaType": "application/vnd.docker.container.image.v1+json", "size": 7, "digest": CONFIG }, "layers": [{ "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": 7, "digest": LAYER }] }),
            Shape::Docker,
            "",
            1,
            true,
            true,
        ),
        (
            // As ghcr.io serves what buildx pushed.
            json!({ "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "digest": CONFIG, "size": 7 }, "layers": [{ "mediaType": "application/vnd.oci.image.layer.v1.tar+zstd", "digest": LAYER, "size": 7 }], "annotations": { "org.opencontainers.image.base.name": "x" } }),
            Shape::Oci,
            "",
            1,
            true,
            true,
        ),
        (
            // docker manifest inspect --verbose
            json!([{ "Ref": "docker.io/library/debian:12@sha256:1c4eef651f65e2f7daee7ee785882ac164b02b78fb74503052a26dc061c90474", "Descriptor": { "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:1c4eef651f65e2f7daee7ee785882ac164b02b78fb74503052a26dc061c90474", "size": 7, "platform": { "architecture": "arm", "os": "linux", "variant": "v7" } }, "Raw": "e30=", "OCIManifest": { "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "digest": CONFIG, "size": 7 }, "layers": [{ "digest": LAYER, "size": 7, "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip" }] } }]),
            Shape::Oci,
            "debian:12",
            1,
            true,
            true,
        ),
        (
            // skopeo inspect
            json!({ "Name": "docker.io/library/debian", "Digest": CONFIG, "RepoTags": ["12", "11"], "Created": "2025-01-01T00:00:00Z", "DockerVersion": "", "Labels": null, "Architecture": "amd64", "Os": "linux", "Layers": [LAYER], "LayersData": [{ "MIMEType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "Digest": LAYER, "Size": 7, "Annotations": null }], "Env": ["PATH=/bin"] }),
            Shape::Inspected,
            "debian",
            1,
            false,
            true,
        ),
        (
            // docker save, of old
            json!([{ "Config": format!("{}.json", hex(CONFIG)), "RepoTags": ["debian:12"], "Layers": [format!("{}/layer.tar", hex(LAYER))] }]),
            Shape::Saved,
            "debian:12",
            1,
            true,
            false,
        ),
        (
            // docker save since Engine 25
            json!([{ "Config": format!("blobs/sha256/{}", hex(CONFIG)), "RepoTags": ["debian:12"], "Layers": [format!("blobs/sha256/{}", hex(LAYER))], "LayerSources": {} }]),
            Shape::Saved,
            "debian:12",
            1,
            true,
            false,
        ),
        (
            // docker image inspect
            json!([{ "Id": CONFIG, "RepoTags": ["debian:12"], "RepoDigests": [format!("debian@{LAYER}")], "Architecture": "amd64", "Os": "linux", "RootFS": { "Type": "layers", "Layers": [LAYER, CONFIG] } }]),
            Shape::Unpacked,
            "debian:12",
            2,
            false,
            true,
        ),
    ] {
        let text = serde_json::to_string_pretty(&text).expect("JSON");
        let reading = read(&text, &Choices::default());
        let [image] = &reading.images[..] else { panic!("{text}\n{reading:?}") };
        let named = image.name.as_ref().map(|it| it.tagged()).unwrap_or_default();
        assert_eq!((image.shape, &*named, image.layers.len()), (shape, name, layers), "{text}");
        assert_eq!((image.config.is_some(), image.digest.is_some()), (has_config, has_digest), "{text}");
        assert_eq!(reading.problems, [], "{text}");
    }
}

#[test]
fn what_people_paste_is_read() {
    let digest = LAYER;
    let index = json!({ "schemaVersion": 2, "manifests": [
        { "digest": CONFIG, "platform": { "os": "linux", "architecture": "arm", "variant": "v5" } },
        { "digest": LAYER, "platform": { "os": "linux", "architecture": "arm", "variant": "v7" } },
        { "digest": CONFIG, "platform": { "os": "linux", "architecture": "arm64" } },
        { "digest": LAYER, "platform": { "os": "unknown", "architecture": "unknown" } },
    ] })
    .to_string();
    let manifest = json!({ "config": { "digest": CONFIG }, "layers": [{ "digest": LAYER }] });
    let tabs = ["{\n\t", manifest.to_string().trim_start_matches('{')].concat();
    let manifest = manifest.to_string();
    let fetched = |digest: &str| format!("imageDigest = \"{digest}\"");
    for (text, image, platform, target, expected) in [
        (format!("nginx:1.27@{digest}"), "", "", "pull-image", fetched(digest)),
        (format!("The digest is `{digest}`."), "", "", "hashes", digest.to_owned()),
        (format!("RepoDigests: [nginx@{digest}]"), "", "", "pull-image", fetched(digest)),
        (format!("[root@host ~]# skopeo inspect --raw docker://debian:12\n{manifest}"), "", "", "fetchdocker", "tag = \"12\"".to_owned()),
        (format!("$ crane manifest ghcr.io/a/b:1\n{manifest}"), "", "", "nix2container", "imageName = \"a/b\"".to_owned()),
        // The digest that a person gives counts.
        (manifest.clone(), &*format!("debian:12@{digest}"), "", "pull-image", fetched(digest)),
        (index.clone(), "debian:12", "linux/arm", "pull-image", fetched(LAYER)),
        (index.clone(), "debian:12", "aarch64", "pull-image", fetched(CONFIG)),
        (index.clone(), "debian:12", "linux/arm64/v8", "pull-image", fetched(CONFIG)),
        // Nothing of these can be written.
        (index.clone(), "debian:12", "unknown/unknown", "pull-image", "choose one of these".to_owned()),
        (tabs, "debian:12", "", "pull-image", "laid out anew".to_owned()),
        (manifest.replace(&LAYER[20..], ""), "debian:12", "", "fetchdocker", "has no digest that is right".to_owned()),
        (manifest.clone(), "x.y;id;/z", "", "nix2container", "does not say of which image".to_owned()),
        (format!("# linux/amd64\n{manifest}"), "", "", "nix2container", "does not say of which image".to_owned()),
        (
            json!({ "Name": "x.y;curl${IFS}z|sh;/z", "Digest": CONFIG, "Os": "linux;id", "Architecture": "amd64", "Layers": [LAYER] }).to_string(),
            "", "", "pull-image", "does not say of which image".to_owned(),
        ),
        (
            json!({ "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "digest": CONFIG }, "layers": [{ "mediaType": "application/vnd.in-toto+json", "digest": LAYER }] }).to_string(),
            "debian:12", "", "pull-image", "Nothing in the text tells of an image".to_owned(),
        ),
        (
            json!([{ "RepoTags": ["mine:1"], "RepoDigests": [format!("ghcr.io/a/b@{digest}")], "RootFS": { "Layers": [LAYER] } }]).to_string(),
            "", "", "pull-image", "imageName = \"ghcr.io/a/b\"".to_owned(),
        ),
        (
            json!({ "Name": "docker.io/library/debian", "Digest": CONFIG, "Layers": [LAYER] }).to_string(),
            "debian:12", "", "pull-image", "finalImageTag = \"12\"".to_owned(),
        ),
        (format!("# debian:12\n{manifest}\n# debian:11\n{manifest}"), "", "", "nix2container", "./debian-2.json".to_owned()),
    ] {
        let written = written(&request(&text, image, platform), target).1;
        let errors = written.printed.error.iter().chain(&written.printed.notes).map(|it| it.message.as_str());
        let told = [&written.printed.text, &errors.collect::<Vec<_>>().join("\n")].map(String::as_str).join("\n");
        assert!(told.contains(&expected), "{text}\n{target}: {told}");
    }
}

#[test]
fn the_digest_of_a_manifest_is_that_of_its_bytes() {
    // RFC 6234 has none of these; sha256sum says it.
    let text = r#"{"config":{"digest":"sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7"},"layers":[]}"#;
    let reading = read(&["# debian:12\n", text, "\n"].concat(), &Choices::default());
    let digest = reading.images[0].digest.as_ref().expect("a digest").hex();
    let mut program = Command::new("sha256sum");
    program.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let Ok(mut child) = program.spawn() else {
        println!("SKIPPED: there is no sha256sum");
        return;
    };
    std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), text.as_bytes()).expect("written");
    let said = child.wait_with_output().expect("sha256sum");
    assert_eq!(String::from_utf8_lossy(&said.stdout).split(' ').next(), Some(&*digest));
}

proptest! {
    /// Every digest of a random manifest is written in every form, and in the Nix of every layer.
    #[test]
    fn no_layer_is_lost(bytes in proptest::collection::vec(any::<[u8; 32]>(), 1..12)) {
        let digests: Vec<String> = bytes.iter().map(|it| format!("sha256:{}", it.map(|it| format!("{it:02x}")).concat())).collect();
        let layers: Vec<_> = digests[1..].iter().map(|it| json!({ "digest": it, "size": 7 })).collect();
        let text = json!({ "schemaVersion": 2, "config": { "digest": digests[0], "size": 7 }, "layers": layers }).to_string();
        let request = request(&text, "debian:12", "");
        let forms = written(&request, "hashes").1.printed.text.clone();
        let nix = written(&request, "fetchdocker").1.printed.text.clone();
        for digest in &digests {
            prop_assert!(forms.contains(digest));
        }
        for digest in &digests[1..] {
            prop_assert!(nix.contains(&digest[7..]), "{digest} in {nix}");
        }
        prop_assert_eq!(nixfmt_rs::format(&nix).expect("Nix"), nix);
    }

    #[test]
    fn any_text_is_read_and_written(text in "(\\{|\\}|\\[|\\]|,|\"|:|\"layers\":|\"config\":|\"digest\": |\"manifests\":|\"SchemaV2Manifest\":|\"Ref\":|\"Layers\":|\"RootFS\":|\"sha256:[0-9a-f]{64}\"|7|debian:12|@|#|\n|é| ){0,60}") {
        let request = request(&text, "debian:12", "linux/amd64");
        for target in WORKBENCH.targets {
            let (examined, written) = written(&request, target.id);
            for panel in WORKBENCH.panels {
                let blocks: Vec<Block> = (panel.show)(&examined, &written);
                prop_assert!(blocks.len() < 1_000);
            }
        }
        for at in 0..=text.len() {
            (WORKBENCH.hover)(&text, at);
        }
    }
}

#[test]
fn long_texts_take_their_time_once() {
    let layers: Vec<_> = (0..50_000).map(|_| json!({ "digest": LAYER, "size": 7 })).collect();
    let text = json!({ "schemaVersion": 2, "config": { "digest": CONFIG }, "layers": layers }).to_string();
    let reading = read(&text, &Choices::default());
    assert!(reading.images[0].layers.len() < 5_000);
    assert!(reading.problems.iter().any(|it| it.kind == ProblemKind::TooMany));
}
