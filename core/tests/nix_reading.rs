//! What the reader of Nix promises of any text: it is total, strict where Nix is, and one mistake spoils one binding.

use drydock::{
    Request, analyze,
    document::ProblemKind,
    notation::nix::{
        Reading, read,
        value::{Kind, Value},
    },
    text::{Edits, Span},
};
use proptest::prelude::*;

/// Modules as people write them: whole files, fragments, with `let` and wrapped in what modules offer.
const TEXTS: &[&str] = &[
    r#"{ config, lib, pkgs, ... }:
{
  # Docker
  virtualisation.docker = {
    enable = true;
    daemon.settings = {
      experimental = true;
      default-address-pools = [
        {
          base = "172.30.0.0/16";
          size = 24;
        }
      ];
    };
    extraOptions = "--mtu 1400"; /* why */
  };

  users.users.alice.extraGroups = [ "docker" "wheel" ];
  networking.hostName = "host";
}
"#,
    r#"virtualisation.docker = {
enable = true;
daemon.settings = {
dns = [ "1.1.1.1" "8.8.8.8" ];
log-driver = "journald";
registry-mirrors = [ "https://mirror.gcr.io" ];
storage-driver = "overlay2";
};
};
"#,
    r#"virtualisation.docker.enable = true;
virtualisation.docker.rootless = {
  enable = true;
  setSocketVariable = true;
};
virtualisation.docker.daemon.settings."log-opts" = { "max-size" = "10m"; };
"#,
    r#"{ lib, ... }:
let
  base = "10.200.0.0/16";
  pool = n: { base = "10.${toString n}.0.0/16"; size = 24; };
in
{
  virtualisation.docker.daemon.settings = lib.mkMerge [
    {
      bip = lib.mkForce "10.1.0.1/24";
      default-address-pools = [ { inherit base; size = 24; } ] ++ map pool [ 1 2 ];
    }
    (lib.mkIf true { mtu = 1400; })
  ];
  virtualisation.docker.extraOptions = ''
    --debug
      --mtu=1400
  '';
  system.stateVersion = "25.11";
}
"#,
    r#"{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";

  outputs = { self, nixpkgs, ... }@inputs: {
    nixosConfigurations.host = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      modules = [
        ./hardware.nix
        { virtualisation.docker.enable = true; }
        ({ pkgs, ... }: { virtualisation.docker.package = pkgs.docker_28; })
      ];
    };
  };
}
"#,
];

/// An attribute that holds no others: its name, its value without places, and the bytes of its binding and value.
#[derive(Debug, PartialEq)]
struct Leaf {
    name: String,
    value: String,
    binding: Span,
    span: Span,
}

fn leaves(value: &Value) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    collect(value, &mut leaves);
    leaves
}

fn collect(value: &Value, leaves: &mut Vec<Leaf>) {
    if !value.through.is_empty() {
        // It hangs on what is written elsewhere.
        return;
    }
    match &value.kind {
        Kind::Set(attributes) => {
            for attribute in attributes {
                let before = leaves.len();
                collect(&attribute.value, leaves);
                let is_leaf = leaves.len() == before && attribute.binding.end > attribute.binding.start;
                let is_written_here = attribute.value.through.is_empty();
                if is_leaf && is_written_here {
                    leaves.push(Leaf {
                        name: attribute.name.clone(),
                        value: shown(&attribute.value),
                        binding: attribute.binding,
                        span: attribute.value.span,
                    });
                }
            }
        }
        Kind::List(values) | Kind::Merge(values) => values.iter().for_each(|it| collect(it, leaves)),
        Kind::Function(_, inner)
        | Kind::Applied(_, inner)
        | Kind::Override(_, inner)
        | Kind::Order(_, inner)
        | Kind::If(_, inner) => collect(inner, leaves),
        _ => {}
    }
}

/// A value without its places.
fn shown(value: &Value) -> String {
    match &value.kind {
        Kind::List(values) => values.iter().map(shown).collect::<Vec<_>>().join(" "),
        Kind::Override(weight, content) => format!("{weight} {}", shown(content)),
        kind => format!("{kind:?}"),
    }
}

/// Whether a leaf is still there, after a byte at `cut` went.
fn is_spared(leaf: &Leaf, after: &[Leaf], cut: usize, removed: usize) -> bool {
    let moved = |at: usize| if at > cut { at - removed } else { at };
    let span = Span::new(moved(leaf.span.start), moved(leaf.span.end));
    after.iter().any(|it| it.name == leaf.name && it.value == leaf.value && it.span == span)
}

#[test]
fn these_texts_are_nix() {
    for text in TEXTS {
        let reading = read(text);
        assert_eq!(reading.problems, [], "{text}");
        assert!(leaves(&reading.value).len() >= 4, "{text}");
    }
}

#[test]
fn a_text_cut_short_keeps_what_stands_before_the_cut() {
    for text in TEXTS {
        let intact = leaves(&read(text).value);
        for (at, _) in text.char_indices() {
            let cut = &text[..at];
            let after = leaves(&read(cut).value);
            for leaf in intact.iter().filter(|it| it.binding.end <= at) {
                assert!(is_spared(leaf, &after, at, 0), "{leaf:?} is lost in\n{cut}\n{after:?}");
            }
        }
    }
}

#[test]
fn a_missing_character_spoils_one_binding() {
    let mut lost = Vec::new();
    for text in TEXTS {
        let intact = leaves(&read(text).value);
        for (at, it) in text.char_indices() {
            let line = text[..at].rsplit('\n').next().unwrap_or_default();
            if it == '\n' && line.contains('#') || it == '+' {
                // The comment goes on, or it is another operator.
                continue;
            }
            let damaged = [&text[..at], &text[at + 1..]].concat();
            let after = leaves(&read(&damaged).value);
            let is_apart = |leaf: &&Leaf| leaf.binding.end <= at || at < leaf.binding.start;
            for leaf in intact.iter().filter(is_apart) {
                if !is_spared(leaf, &after, at, 1) {
                    lost.push(format!("without {it:?} at {at} ({line}▮): {} = {}", leaf.name, leaf.value));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{}: {}", lost.len(), lost.join("\n"));
}

#[test]
fn a_mistake_is_named_once() {
    let mut several = Vec::new();
    for text in TEXTS {
        for (at, it) in text.char_indices() {
            let line_end = text[at..].find('\n').map_or(text.len(), |it| at + it);
            if text[..line_end].rsplit('\n').next().is_some_and(|it| it.contains("${")) {
                // What is filled in can have quotes too.
                continue;
            }
            let damaged = [&text[..at], &text[at + it.len_utf8()..]].concat();
            let problems = read(&damaged).problems;
            if problems.len() > 1 {
                let line = text[..at].rsplit('\n').next().unwrap_or_default();
                let kinds: Vec<ProblemKind> = problems.iter().map(|it| it.kind).collect();
                several.push(format!("without {it:?} at {at} ({line}▮): {kinds:?}"));
            }
        }
    }
    assert!(several.is_empty(), "{}: {}", several.len(), several.join("\n"));
}

/// Whether the places in a reading lie within the text, and between characters.
fn has_places_within(text: &str, reading: &Reading) -> bool {
    let is_within = |it: Span| it.start <= it.end && text.get(it.start..it.end).is_some();
    let are_edits = |it: &drydock::document::Problem| it.mend.iter().all(|it| is_within(it.span));
    reading.problems.iter().all(|it| is_within(it.span) && it.related.is_none_or(is_within) && are_edits(it))
        && has_values_within(&reading.value, &is_within)
}

fn has_values_within(value: &Value, is_within: &impl Fn(Span) -> bool) -> bool {
    let inner = match &value.kind {
        Kind::List(values) | Kind::Merge(values) => values.iter().all(|it| has_values_within(it, is_within)),
        Kind::Set(attributes) => attributes.iter().all(|it| {
            [it.name_span, it.path_span, it.binding].into_iter().all(is_within)
                && has_values_within(&it.value, is_within)
        }),
        Kind::Function(_, inner)
        | Kind::Applied(_, inner)
        | Kind::Override(_, inner)
        | Kind::Order(_, inner)
        | Kind::If(_, inner) => has_values_within(inner, is_within),
        _ => true,
    };
    inner && is_within(value.span) && value.through.iter().copied().all(is_within)
}

const PIECES: &str = r#"([\[\]{}()=;:,."'$@?!<>+*/|&\\ \n#-]|\$\{|''|//|\+\+|->|let |in |rec |with |inherit |if |then |else |assert |or |true|null|1|1\.5|a|b\.c|"x"|x: |\{ a, \.\.\. \}: |lib\.mkIf |map |\n  |é){0,40}"#;

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        prop_assert!(has_places_within(&text, &read(&text)));
    }

    #[test]
    fn any_text_that_looks_like_nix_is_read(text in PIECES) {
        let reading = read(&text);
        prop_assert!(has_places_within(&text, &reading));
    }

    /// Lines, whose indentation says what belongs together.
    #[test]
    fn any_lines_that_look_like_nix_are_read(text in r#"(\n {0,4}|[\[\]{}();"'$]|''|a = |b\.c = |"x";|1;|\$\{|let |in |rec |inherit |\{ a, \.\.\. \}: ){0,40}"#) {
        prop_assert!(has_places_within(&text, &read(&text)));
    }

    /// No text passes that another reader refuses.
    #[test]
    fn strict_where_others_are_strict(text in PIECES) {
        let reading = read(&text);
        if reading.problems.is_empty() {
            let whole = if reading.is_fragment { ["{", &text, "\n}"].concat() } else { text.clone() };
            let errors = rnix::Root::parse(&whole).errors().to_vec();
            prop_assert!(errors.is_empty(), "{errors:?}");
        }
    }
}

/// Taking a character away and mending what is found leaves Nix.
#[test]
fn what_is_mended_is_nix() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for text in TEXTS {
        for (at, it) in text.char_indices() {
            let damaged = [&text[..at], &text[at + it.len_utf8()..]].concat();
            let problems = read(&damaged).problems;
            let mend = problems.iter().fold(Edits::NONE, |all, it| all.and(it.mend.clone()));
            if problems.is_empty() || problems.iter().any(|it| it.mend.is_empty()) {
                continue;
            }
            count += 1;
            let mended = mend.apply(&damaged);
            let mut left = read(&mended).problems;
            // Half of a name is a name, too.
            left.retain(|it| it.kind != ProblemKind::Undefined);
            if !left.is_empty() {
                let line = text[..at].rsplit('\n').next().unwrap_or_default();
                wrong.push(format!("without {it:?} at {at} ({line}▮): {problems:?}\n  {left:?}"));
            }
        }
    }
    assert!(count > 100, "{count}");
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
}

#[test]
fn hostile_texts_are_read_to_the_end() {
    let size = 1 << 15;
    for piece in [
        "[",
        "(",
        "{a=",
        "!",
        "- ",
        "a: ",
        "1+",
        "a++",
        "a//",
        "a ",
        "a.",
        "a.b or ",
        "a->",
        "\"${",
        "''${",
        "\"",
        "with a; ",
        "let a=1; in ",
        "if a then ",
        "assert a; ",
        ";",
        "}",
        "a/",
        "-a",
        "a?",
        "a:",
        "inherit a;",
        "${",
        "a@",
        "{a?",
        "<a",
        ",",
        "a=1;",
        "a.b=1;",
        "a=",
        "/*",
        "“",
        "'",
        "\\",
        "…",
        "[[]",
        "{[(",
        "a|>",
        "\"a\":1,",
        "{\"a\":[",
        "a=\";\n",
        "inherit(a)",
        "let{",
        "rec{",
        "1.",
    ] {
        let text = piece.repeat(size / piece.len());
        let reading = read(&text);
        assert!(has_places_within(&text, &reading), "{piece:?}");
    }
}

/// A cost that grows with the square of their length would not let this end.
#[test]
fn long_modules_are_checked_to_the_end() {
    for (before, piece, after) in [
        ("virtualisation.docker.daemon.settings = { ", "k# = 1; ", "};"),
        ("virtualisation.docker.daemon.settings.log-opts = { ", "k# = \"1\"; ", "};"),
        ("", "virtualisation.docker.daemon.settings.k# = 1; ", ""),
        ("virtualisation.docker.daemon.settings", ".k#", " = 1;"),
        ("virtualisation.docker = { ", "k# = 1; ", "};"),
        ("virtualisation.docker.extraOptions = \"", "--k#=1 ", "\";"),
    ] {
        let pieces: String = (0..3_000).map(|it| piece.replace('#', &it.to_string())).collect();
        let report = analyze(&Request::of(format!("{{ {before}{pieces}{after} }}")));
        assert!(!report.diagnostics.is_empty(), "{piece:?}");
    }
}
