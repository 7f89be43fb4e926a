//! What is an argument, a key or an instruction for, and what could be written here?

use super::{
    dockerfile::{Dockerfile, instructions},
    functions::{KEYS, Maker, Takes, key_of},
    nix::{self, Made},
    rows::is_dockerfile,
};
use crate::{
    bench::{Item, Offered, Said},
    text::Span,
};

/// What is to be said of the byte of a text.
pub fn hover(text: &str, at: usize) -> Option<Said> {
    if is_dockerfile(text) {
        let file = Dockerfile::read(text);
        let it = file.instructions.iter().find(|it| it.word.touches(at))?;
        let row = instructions::find(&it.name)?;
        return Some(Said {
            span: it.word,
            title: row.name.to_owned(),
            text: row.summary.to_owned(),
            facts: vec![
                ("Takes", row.form.to_owned()),
                ("With Nix", row.in_nix.to_owned()),
                ("Source", row.source.to_owned()),
            ],
        });
    }
    let nix = nix::read(text)?;
    let made = nix.calls.iter().rfind(|it| it.span.touches(at))?;
    if made.name.touches(at) {
        return Some(Said {
            span: made.name,
            title: made.maker.title(),
            text: made.maker.summary().to_owned(),
            facts: vec![("Source", made.maker.source().to_owned())],
        });
    }
    if let Some(key) = made.config.iter().find(|it| it.name_span.touches(at))
        && let Some(row) = KEYS.iter().find(|it| it.name.eq_ignore_ascii_case(&key.name))
    {
        let mut facts = vec![("Takes", row.takes.noun().to_owned())];
        if !row.instruction.is_empty() {
            facts.push(("In a Dockerfile", row.instruction.to_owned()));
        }
        facts.push(("Source", row.source.to_owned()));
        return Some(Said {
            span: key.name_span,
            title: ["config.", row.name].concat(),
            text: row.summary.to_owned(),
            facts,
        });
    }
    let given = made.arguments.iter().find(|it| it.name_span.touches(at))?;
    let row = made.maker.argument(&given.name)?;
    let usual = if row.usual.is_empty() { "must be written".to_owned() } else { row.usual.to_owned() };
    Some(Said {
        span: given.name_span,
        title: row.name.to_owned(),
        text: row.summary.to_owned(),
        facts: vec![("Takes", row.takes.noun().to_owned()), ("Default", usual), ("Source", row.source.to_owned())],
    })
}

/// What could be written at a byte of a text.
pub fn complete(text: &str, at: usize) -> Option<Offered> {
    let before = text.get(..at)?;
    let is_letter = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    let typed = before.len() - before.trim_end_matches(is_letter).len();
    let word = Span::new(at - typed, at);
    let start = word.of(text).to_ascii_lowercase();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_first = line.trim_start().len() == typed;
    if is_dockerfile(text)
        || is_first && !text.contains(['{', ';']) && !start.is_empty() && typed == before.trim_start().len()
    {
        return is_first.then(|| instruction_items(word, &start)).flatten();
    }
    let spot = crate::notation::nix::spot(text, at);
    if !spot.wants_name {
        return None;
    }
    let nix = nix::read(text)?;
    let made = nix.calls.iter().rfind(|it| it.argument.start < at && at <= it.argument.end.max(it.span.end))?;
    let keys: Vec<&str> = spot
        .path
        .iter()
        .filter_map(|it| match it {
            crate::document::Step::Key(name) => Some(name.as_str()),
            crate::document::Step::Index(_) => None,
        })
        .collect();
    let mut items = match keys.as_slice() {
        [.., "config", _] => key_items(made),
        [.., "config", _, _] => Vec::new(),
        _ if is_at_top(text, made, at) => argument_items(made),
        _ => Vec::new(),
    };
    items.retain(|it| it.label.to_ascii_lowercase().starts_with(&start));
    (!items.is_empty()).then_some(Offered { span: word, items })
}

/// Whether a byte is in the set of a call itself, and not in one within.
fn is_at_top(text: &str, made: &Made, at: usize) -> bool {
    let within = Span::new(made.argument.start, at).of(text);
    let mut depth = 0_usize;
    for byte in within.bytes() {
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth == 1
}

fn instruction_items(word: Span, start: &str) -> Option<Offered> {
    let rows = instructions::ROWS.iter().filter(|it| it.name.to_ascii_lowercase().starts_with(start));
    let items: Vec<Item> = rows
        .map(|it| Item {
            label: it.name.to_owned(),
            detail: it.form.to_owned(),
            info: it.summary.to_owned(),
            insert: [it.name, " "].concat(),
            caret: None,
            is_key: true,
        })
        .collect();
    (!items.is_empty()).then_some(Offered { span: word, items })
}

fn item(name: &str, takes: Takes, detail: String, info: &str) -> Item {
    let blank = takes.blank();
    let insert = [name, " = ", blank, ";"].concat();
    let caret = name.len() + " = ".len() + if blank.len() > 1 && !blank.starts_with('t') { blank.len() / 2 } else { 0 };
    Item { label: name.to_owned(), detail, info: info.to_owned(), insert, caret: Some(caret), is_key: true }
}

fn argument_items(made: &Made) -> Vec<Item> {
    let is_free = |name: &str| made.given(name).is_none();
    let is_old = |name: &str| {
        name == "contents" && matches!(made.maker, Maker::Plain | Maker::Container | Maker::ContainerLayer)
    };
    let rows = made.maker.arguments().filter(|it| is_free(it.name) && !is_old(it.name));
    rows.map(|it| item(it.name, it.takes, it.takes.noun().to_owned(), it.summary)).collect()
}

fn key_items(made: &Made) -> Vec<Item> {
    let rows = KEYS.iter().filter(|it| made.key(it.name).is_none() && key_of(it.name).is_some());
    rows.map(|it| item(it.name, it.takes, it.takes.noun().to_owned(), it.summary)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The byte of a `|`, and the text without it.
    fn marked(text: &str) -> (String, usize) {
        let at = text.find('|').expect("a mark");
        (text.replacen('|', "", 1), at)
    }

    #[test]
    fn arguments_keys_and_instructions_are_explained() {
        for (text, title) in [
            ("pkgs.dockerTools.build|Image { name = \"a\"; }", Some("dockerTools.buildImage")),
            ("pkgs.dockerTools.buildImage { na|me = \"a\"; }", Some("name")),
            ("pkgs.dockerTools.buildImage { config.Cm|d = [ ]; }", Some("config.Cmd")),
            ("pkgs.dockerTools.buildImage { config = { Ex|posedPorts = { }; }; }", Some("config.ExposedPorts")),
            ("FROM a\nHEALTH|CHECK NONE\n", Some("HEALTHCHECK")),
            ("pkgs.dockerTools.buildImage { name = \"a|\"; }", None),
        ] {
            let (text, at) = marked(text);
            assert_eq!(hover(&text, at).map(|it| it.title).as_deref(), title, "{text}");
        }
    }

    #[test]
    fn what_can_be_written_is_offered() {
        for (text, first) in [
            ("pkgs.dockerTools.buildLayeredImage { name = \"a\"; max| }", Some("maxLayers = 0;")),
            ("pkgs.dockerTools.buildLayeredImage { name = \"a\"; config = { Ent| }; }", Some("Entrypoint = [  ];")),
            ("pkgs.dockerTools.buildLayeredImage { contents = pkgs.buildEnv { na| }; }", None),
            ("FROM a\nWOR|\n", Some("WORKDIR ")),
            ("FROM a\nRUN x|\n", None),
        ] {
            let (text, at) = marked(text);
            let offered = complete(&text, at).map(|it| it.items[0].insert.clone());
            assert_eq!(offered.as_deref(), first, "{text}");
        }
    }
}
