//! Which images does a Nix text make? Its calls are looked for wherever they are.

use super::functions::Maker;
use crate::{
    document::Problem,
    notation::nix::outline::{Call, Member, Members, Outline, Shape, outline},
    text::Span,
};

/// What a Nix text says of images.
pub struct Nix {
    /// The calls, in the order of the text.
    pub calls: Vec<Made>,
    /// What is written where.
    pub(crate) outline: Outline,
    /// Whether the text is a flake.
    pub is_flake: bool,
}

/// A call that makes an image.
pub struct Made {
    /// The function.
    pub maker: Maker,
    /// The bytes of its name.
    pub name: Span,
    /// The bytes of all of it.
    pub span: Span,
    /// What it is written with: `pkgs.` for `pkgs.dockerTools.buildImage`; empty for nothing.
    pub before: String,
    /// The bytes of the argument.
    pub argument: Span,
    /// Each argument.
    pub arguments: Vec<Given>,
    /// Whether there may be arguments that the text does not tell.
    pub is_open: bool,
    /// The keys of its configuration.
    pub config: Vec<Given>,
    /// Whether there may be keys that the text does not tell.
    pub config_is_open: bool,
    /// What it is bound to, the outermost first, and whether a `let` binds it.
    pub around: Vec<(String, bool)>,
    /// Whether it is a part of another call.
    pub is_within: bool,
    /// The names with dots that are used in it: `pkgs.dockerTools.binSh`; and words of its scripts.
    pub words: Vec<String>,
}

/// An argument, or a key of the configuration.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// The bytes of that.
    pub name_span: Span,
    /// The bytes from the name to the semicolon.
    pub binding: Span,
    /// Its value, as far as the text tells it.
    pub value: Said,
    /// The bytes of the value; those of the name for what is inherited.
    pub value_span: Span,
    /// Whether it is written as a member of its own, and not inherited.
    pub is_written: bool,
    /// Whether it is written in the argument itself, and not elsewhere.
    pub is_here: bool,
}

/// A value, as far as a text tells it.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// A string.
    Text(String),
    /// A string with values filled in, as it is written.
    Filled,
    /// A path.
    Path,
    /// A number.
    Number(i64),
    /// `true` or `false`.
    Flag(bool),
    /// `null`.
    Null,
    /// A list: each element with its bytes.
    List(Vec<(Said, Span)>),
    /// A set: the names with theirs, and whether there may be others.
    Set(Vec<(String, Said, Span)>, bool),
    /// What only Nix knows.
    Unknown,
}

impl Made {
    /// An argument.
    pub fn given(&self, name: &str) -> Option<&Given> {
        self.arguments.iter().find(|it| it.name == name)
    }

    /// An argument that is a plain string.
    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.given(name)?.value {
            Said::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A key of the configuration, whatever its capitals.
    pub fn key(&self, name: &str) -> Option<&Given> {
        self.config.iter().find(|it| it.name.eq_ignore_ascii_case(name))
    }

    /// What the image is called.
    pub fn title(&self) -> String {
        let name = ["name", "imageName"].iter().find_map(|it| self.text(it));
        match (name, self.maker) {
            (Some(name), _) => name.to_owned(),
            (None, maker) => maker.name().to_owned(),
        }
    }

    /// Whether something else is below it, so that it has a shell and certificates perhaps.
    pub fn has_base(&self) -> bool {
        self.given("fromImage").is_some_and(|it| it.value != Said::Null && it.value != Said::Text(String::new()))
    }

    /// The files at its root.
    pub fn files(&self) -> Option<&Given> {
        self.given("copyToRoot").or_else(|| self.given("contents"))
    }
}

impl Nix {
    /// The calls that build an image of their own, and not one that others are built on.
    pub fn images(&self) -> impl Iterator<Item = &Made> {
        self.calls.iter().filter(|it| !it.is_within && !it.maker.pulls() && it.maker != Maker::ContainerLayer)
    }

    /// The mistakes of syntax.
    pub fn problems(&self) -> &[Problem] {
        &self.outline.problems
    }
}

/// So many calls are looked at.
const MAX_CALLS: usize = 200;

/// So deep values are looked into.
const MAX_DEPTH: usize = 4;

/// So many elements of a value are looked at.
const MAX_ELEMENTS: usize = 2_000;

/// Reads a text; `None` for one that is too long.
pub fn read(text: &str) -> Option<Nix> {
    let outline = outline(text)?;
    let made: Vec<(Maker, Call)> =
        outline.calls().into_iter().filter_map(|it| Some((maker_of(text, &it.function)?, it))).collect();
    let mut calls: Vec<Made> = Vec::new();
    let mut reach = 0;
    for (maker, call) in made.into_iter().take(MAX_CALLS) {
        let is_within = call.span.start < reach;
        reach = reach.max(call.span.end);
        calls.push(made_of(&outline, maker, call, is_within));
    }
    let members = outline.members().all;
    let is_flake = members.iter().any(|it| it.path == ["outputs"]);
    Some(Nix { calls, outline, is_flake })
}

/// The function of a name with dots.
fn maker_of(text: &str, function: &str) -> Option<Maker> {
    let (before, name) = function.rsplit_once('.').unwrap_or(("", function));
    let is_container = || before.contains("nix2container") || before.contains("n2c");
    let is_bare_container = || before.is_empty() && text.contains("nix2container") && !text.contains("dockerTools");
    let is_snapshotter = || before.contains("snapshotter");
    Some(match name {
        "buildImage" if is_snapshotter() => Maker::Snapshotter,
        "buildImage" if is_container() || is_bare_container() => Maker::Container,
        "pullImage" if is_container() || is_bare_container() => Maker::ContainerPull,
        "buildLayer" if is_container() || is_bare_container() => Maker::ContainerLayer,
        "pullImageFromManifest" => Maker::ContainerManifest,
        _ if !before.is_empty() && !before.ends_with("dockerTools") && !is_tools(text, before) => return None,
        "buildImage" | "buildImageWithNixDb" => Maker::Plain,
        "buildLayeredImage" | "buildLayeredImageWithNixDb" => Maker::Layered,
        "streamLayeredImage" => Maker::Stream,
        "buildNixShellImage" => Maker::Shell,
        "streamNixShellImage" => Maker::ShellStream,
        "pullImage" => Maker::Pull,
        "mergeImages" => Maker::Merge,
        _ => return None,
    })
}

/// Whether a short name stands for `dockerTools`: `dt = pkgs.dockerTools;`.
fn is_tools(text: &str, name: &str) -> bool {
    !name.contains('.') && text.contains("dockerTools") && name.len() <= 20 && !matches!(name, "pkgs" | "lib")
}

fn made_of(outline: &Outline, maker: Maker, call: Call, is_within: bool) -> Made {
    let argument = outline.span(call.argument);
    let shape = outline.shape(call.argument);
    let (members, is_open) = match shape {
        Shape::Set(Members { all, is_open }) => (all, is_open),
        _ => (Vec::new(), true),
    };
    let before = match call.function.rsplit_once('.').map_or("", |it| it.0) {
        "" => String::new(),
        set => {
            let before = set.strip_suffix("dockerTools").or_else(|| set.strip_suffix("nix2container.nix2container"));
            before.or_else(|| set.strip_suffix("nix2container")).unwrap_or_default().to_owned()
        }
    };
    let mut made = Made {
        maker,
        name: call.name,
        span: call.span,
        before,
        argument,
        arguments: Vec::new(),
        is_open,
        config: Vec::new(),
        config_is_open: false,
        around: Vec::new(),
        is_within,
        words: outline.paths_in(call.span),
    };
    let around = outline.around(call.span).into_iter().map(|it| (it.name, it.is_in_let));
    made.around = around.collect();
    let mut dotted: Vec<Given> = Vec::new();
    for member in members.iter().take(MAX_ELEMENTS) {
        let given = given(outline, member, argument);
        let [first, rest @ ..] = member.path.as_slice() else { continue };
        if first == "config" && !rest.is_empty() {
            // `config.Cmd = …`, and `config.ExposedPorts."80/tcp" = { };`
            let [key, inner @ ..] = rest else { continue };
            let value = match inner {
                [] => given.value.clone(),
                [inner, ..] => Said::Set(vec![(inner.clone(), given.value.clone(), given.name_span)], false),
            };
            match dotted.iter_mut().find(|it| it.name == *key) {
                Some(Given { value: Said::Set(all, _), .. }) => {
                    if let Said::Set(more, _) = value {
                        all.extend(more);
                    }
                }
                Some(_) => {}
                None => dotted.push(Given { name: key.clone(), value, ..given.clone() }),
            }
        } else if first == "config"
            && let Some(value) = member.value
            && let Shape::Set(config) = outline.shape(value)
        {
            made.config_is_open |= config.is_open;
            made.config.extend(config.all.iter().take(MAX_ELEMENTS).map(|it| self::given(outline, it, argument)));
        } else if first == "config" && given.value != Said::Null {
            made.config_is_open = true;
        }
        let is_known = made.arguments.iter().any(|it| it.name == *first);
        if !is_known {
            made.arguments.push(Given { name: first.clone(), ..given });
        }
    }
    made.config.extend(dotted);
    made
}

fn given(outline: &Outline, member: &Member, argument: Span) -> Given {
    let value_span = member.value.filter(|_| !member.is_inherited).map_or(member.name, |it| outline.span(it));
    Given {
        name: member.path.first().cloned().unwrap_or_default(),
        name_span: member.name,
        binding: member.binding,
        value: member.value.map_or(Said::Unknown, |it| said(outline, it, 0)),
        value_span,
        is_written: !member.is_inherited,
        is_here: argument.holds(member.binding),
    }
}

/// What a value is.
fn said(outline: &Outline, id: usize, depth: usize) -> Said {
    if depth >= MAX_DEPTH {
        return Said::Unknown;
    }
    match outline.shape(id) {
        Shape::Text(text) => Said::Text(text.to_owned()),
        Shape::Filled => Said::Filled,
        Shape::Path => Said::Path,
        Shape::Int(number) => Said::Number(number),
        Shape::Bool(flag) => Said::Flag(flag),
        Shape::Null => Said::Null,
        Shape::List(elements) => {
            let elements = elements.iter().take(MAX_ELEMENTS);
            Said::List(elements.map(|it| (said(outline, *it, depth + 1), outline.span(*it))).collect())
        }
        Shape::Set(members) => {
            let all = members.all.iter().take(MAX_ELEMENTS).map(|it| {
                let value = it.value.map_or(Said::Unknown, |it| said(outline, it, depth + 1));
                (it.path.join("."), value, it.name)
            });
            Said::Set(all.collect(), members.is_open)
        }
        Shape::Call | Shape::Other => Said::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_told_by_their_names_and_sets() {
        for (text, expected) in [
            ("pkgs.dockerTools.buildImage { }", &[Maker::Plain][..]),
            ("with pkgs.dockerTools; buildLayeredImage { }", &[Maker::Layered]),
            ("{ dt = pkgs.dockerTools; x = dt.streamLayeredImage { }; }", &[Maker::Stream]),
            (
                "nix2container.buildImage { fromImage = nix2container.pullImage { }; }",
                &[Maker::Container, Maker::ContainerPull],
            ),
            ("nix2containerPkgs.nix2container.buildLayer { }", &[Maker::ContainerLayer]),
            ("inputs.n2c.packages.x.nix2container.pullImageFromManifest { }", &[Maker::ContainerManifest]),
            ("pkgs.nix-snapshotter.buildImage { }", &[Maker::Snapshotter]),
            ("pkgs.dockerTools.mergeImages [ a b ]", &[Maker::Merge]),
            ("mine.buildImage { }", &[]),
            ("pkgs.buildEnv { }", &[]),
        ] {
            let makers: Vec<Maker> = read(text).expect("short").calls.iter().map(|it| it.maker).collect();
            assert_eq!(makers, expected, "{text}");
        }
    }

    #[test]
    fn configurations_are_put_together() {
        let text = "let tag = \"1\"; in pkgs.dockerTools.buildImage { name = \"a\"; inherit tag; config = { Cmd = [ \"x\" \"${y}\" ]; }; config.ExposedPorts.\"80/tcp\" = { }; config.ExposedPorts.\"81\" = { }; }";
        let nix = read(text).expect("short");
        let made = &nix.calls[0];
        assert_eq!((made.text("name"), made.text("tag")), (Some("a"), Some("1")));
        let keys: Vec<&str> = made.config.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(keys, ["Cmd", "ExposedPorts"]);
        let Said::List(words) = &made.config[0].value else { panic!("no list") };
        assert_eq!((&words[0].0, words[1].1.of(text)), (&Said::Text("x".to_owned()), "\"${y}\""));
        let Said::Set(ports, false) = &made.config[1].value else { panic!("no set") };
        assert_eq!(ports.len(), 2);
    }
}
