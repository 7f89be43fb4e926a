//! What is read of whole and of broken texts.

use proptest::prelude::*;

use super::*;
use crate::document::{Kind, Node, ProblemKind};

/// A value as JSON has it; what is not known is `?`.
fn shown(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "null".to_owned(),
        Kind::Bool(value) => value.to_string(),
        Kind::Number(digits) => digits.clone(),
        Kind::String(text) => format!("{text:?}"),
        Kind::List(elements) => format!("[{}]", elements.iter().map(shown).collect::<Vec<_>>().join(",")),
        Kind::Map(members) => {
            let members = members.iter().map(|it| format!("{}:{}", it.key, shown(&it.value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Kind::Opaque | Kind::Missing => "?".to_owned(),
    }
}

fn root(text: &str) -> String {
    shown(&read(text).tree().root)
}

#[test]
fn reads_what_is_written() {
    for (text, expected) in [
        ("", "null"),
        ("# nothing\n", "null"),
        ("a: 1\nb: [x, \"y\", {c: 'd'}]\n", r#"{a:1,b:["x","y",{c:"d"}]}"#),
        ("a:\n  - b: 1\n    c:\n  - \n", "{a:[{b:1,c:null},null]}"),
        ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", r#"{a:"x\ny\n",b:"x y"}"#),
        ("a: &x {b: 1}\nc: *x\n", "{a:{b:1},c:{b:1}}"),
        ("a: &x {b: 1, d: 2}\nc:\n  d: 3\n  <<: *x\n", "{a:{b:1,d:2},c:{d:3,b:1}}"),
        ("a: &x {b: 1}\ne: &y {b: 2, f: 3}\nc:\n  <<: [*x, *y]\n", "{a:{b:1},e:{b:2,f:3},c:{b:1,f:3}}"),
        ("a: !!str 010\nb: !!int \"8\"\n", r#"{a:"010",b:8}"#),
        ("\"<<\": {a: 1}\n", "{<<:{a:1}}"),
        ("1: a\ntrue: b\n", r#"{1:"a",true:"b"}"#),
        ("\u{feff}a: é\n", r#"{a:"é"}"#),
        ("a: x\r\nb: y\r\n", r#"{a:"x",b:"y"}"#),
    ] {
        let reading = read(text);
        assert_eq!(root(text), expected, "{text}");
        assert_eq!(reading.problems, [], "{text}");
    }
}

#[test]
fn places_are_bytes_of_the_text() {
    let text = "# é\nservices:\n  \"wéb\": # of us\n    ports:\n      - 80 \n    x: |\n      a\n\n  db: {}\n";
    let reading = read(text);
    let mut found = Vec::new();
    fn walk(node: &Node, text: &str, found: &mut Vec<String>) {
        for member in node.members() {
            found.push(format!("{} = {:?}", member.key_span.of(text), member.value.span.of(text)));
            walk(&member.value, text, found);
        }
        for element in node.elements() {
            found.push(format!("- {:?}", element.span.of(text)));
            walk(element, text, found);
        }
    }
    walk(&reading.tree().root, text, &mut found);
    assert_eq!(
        found[1..],
        [
            "\"wéb\" = \"ports:\\n      - 80 \\n    x: |\\n      a\"",
            "ports = \"- 80\"",
            "- \"80\"",
            "x = \"a\"",
            "db = \"{}\""
        ]
    );
    let comments: Vec<_> = reading.comments.iter().map(|it| it.of(text)).collect();
    assert_eq!(comments, ["# é", "# of us"]);
}

#[test]
fn tags_tell_how_documents_merge() {
    let text = "a: 1\n---\na: !reset null\nb: !override [1]\nc: !reset\n";
    let reading = read(text);
    let tags: Vec<_> = reading.documents[1].members().iter().map(|it| reading.tag(&it.value)).collect();
    assert_eq!(tags, [Some(Tag::Reset), Some(Tag::Override), Some(Tag::Reset)]);
    assert_eq!(reading.tag(&reading.documents[0].members()[0].value), None);
}

#[test]
fn what_is_outside_of_the_damage_is_read() {
    use ProblemKind as P;
    let mut wrong: Vec<String> = Vec::new();
    for (text, expected, problem, place) in [
        ("a:\n\tb: 1\n\tc: 2\nd: 3\n", "{a:{b:1,c:2},d:3}", P::TabIndentation, "\t"),
        ("a:\n  b: 1\n\tc: 2\n", "{a:{b:1,c:2}}", P::TabIndentation, "\t"),
        ("a: 'x\nb: 1\nc: d\n", r#"{a:"x",b:1,c:"d"}"#, P::UnclosedString, "'x"),
        ("a: \"x\nb: \"y\"\nc: 1\n", r#"{a:"x",b:"y",c:1}"#, P::UnclosedString, "\"x"),
        ("a: [\"x]\nb: \"y\"\nc: 1\n", r#"{a:["x"],b:"y",c:1}"#, P::UnclosedString, "\"x"),
        ("a: [1, 2\nb: 1\nc: 3\n", "{a:[1,2],b:1,c:3}", P::Unclosed, "["),
        ("a: {b: 1\nc: 3\n", "{a:{b:1},c:3}", P::Unclosed, "{"),
        ("a: 1]\nb: ]\nc: 1", r#"{a:"1]",b:null,c:1}"#, P::Unopened, "]"),
        ("a:\n  b: 1\n c: 2\nd: 3\n", "{a:{b:1,c:2},d:3}", P::BadIndentation, "c: 2"),
        ("a:\n    b: x\n   c:\n    - 1\nd: y\n", r#"{a:{b:"x",c:[1]},d:"y"}"#, P::BadIndentation, "c:"),
        ("a: b: c\nd: 3\n", r#"{a:"b: c",d:3}"#, P::ColonInValue, "b: c"),
        ("a:\n  image\n  b: 2\nc: 1\n", "{a:{image:null,b:2},c:1}", P::MissingColon, "image"),
        ("a:x\nb: 1\n", r#"{a:"x",b:1}"#, P::SplitValue, "a:x"),
        ("a: @x # c\nb: 1\n", r#"{a:"@x",b:1}"#, P::StrayCharacter, "@x"),
        ("a: %x\nb: `y`\n", r#"{a:"%x",b:"`y`"}"#, P::StrayCharacter, "%x"),
        ("a: *\nb: 1\n", r#"{a:"*",b:1}"#, P::StrayCharacter, "*"),
        ("a: \"C:\\q\"\nb: 1", r#"{a:"C:\\q",b:1}"#, P::BadEscape, "\"C:\\q\""),
        ("a: *x\nb: 1\n", "{a:?,b:1}", P::UnknownAlias, "*x"),
        ("a: &x [*x]\n", "{a:[?]}", P::UnknownAlias, "*x"),
        ("a: 1\nb: 2\na: 3\n", "{a:1,b:2,a:3}", P::DefinedTwice, "a"),
        ("a:\n  - x\n  b: 2\nc: 1\n", r#"{a:["x"],b:2,c:1}"#, P::BadIndentation, "b: 2"),
        ("{{ x }}: 1\na: 1\n", "{:1,a:1}", P::StrayValue, "{{ x }}"),
        ("a: \"d\"e\nf: 1", r#"{a:"\"d\"e",f:1}"#, P::StrayValue, "\"d\"e"),
    ] {
        let reading = read(text);
        let first = reading.problems.first().unwrap_or_else(|| panic!("{text}: no problem"));
        let found = (root(text), first.kind, first.span.of(text));
        if found != (expected.to_owned(), problem, place) {
            wrong.push(format!("{text}: {found:?}"));
        }
        if !first.mend.is_empty() {
            let mended = first.mend.apply(text);
            assert!(read(&mended).problems.len() < reading.problems.len(), "{text} → {mended}");
        }
        let words = words::words(text, first);
        assert!(first.mend.is_empty() || !words.title.is_empty(), "{words:?}");
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn copies_of_copies_stay_affordable() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for at in 1..40 {
        let before = at - 1;
        text += &format!("a{at}: &a{at} [{}]\n", vec![format!("*a{before}"); 10].join(", "));
    }
    let reading = read(&text);
    assert!(reading.problems.iter().any(|it| it.kind == ProblemKind::TooManyCopies));
    fn count(node: &Node) -> usize {
        1 + node.elements().iter().map(count).sum::<usize>()
            + node.members().iter().map(|it| count(&it.value)).sum::<usize>()
    }
    assert!(count(&reading.tree().root) < 200_000);
    // A long text copied often counts as many.
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), vec!["*a"; 10_000].join(", "));
    assert!(read(&text).problems.iter().any(|it| it.kind == ProblemKind::TooManyCopies));
}

#[test]
fn depth_costs_no_stack() {
    let deep = [&"[".repeat(5_000), "x", &"]".repeat(5_000)].concat();
    read(&deep);
    read(&"[".repeat(100_000));
    read(&"a:\n".repeat(50_000));
    let stairs: String = (0..1_000).map(|it| format!("{}a:\n", " ".repeat(it))).collect();
    read(&stairs);
    let mut chain = "a0: &a0 [x]\n".to_owned();
    for at in 1..3_000 {
        chain += &format!("a{at}: &a{at} [*a{}]\n", at - 1);
    }
    assert!(read(&chain).problems.iter().any(|it| it.kind == ProblemKind::TooDeep));
}

#[track_caller]
fn assert_sound(text: &str) {
    let reading = read(text);
    fn walk(node: &Node, text: &str) {
        assert!(text.get(node.span.start..node.span.end).is_some(), "{:?} in {text:?}", node.span);
        for member in node.members() {
            assert!(text.get(member.key_span.start..member.key_span.end).is_some(), "{text:?}");
            walk(&member.value, text);
        }
        node.elements().iter().for_each(|it| walk(it, text));
    }
    reading.documents.iter().for_each(|it| walk(it, text));
    for problem in &reading.problems {
        assert!(text.get(problem.span.start..problem.span.end).is_some(), "{problem:?} in {text:?}");
        problem.mend.apply(text);
        words::words(text, problem);
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        assert_sound(&text);
    }

    #[test]
    fn any_text_of_signs_is_read(text in "([a-c]|: |:|- |\n|\n  |\n    |\t|'|\"|\\[|\\]|\\{|\\}|,|&a |\\*a|<<: |\\||>|#| |!reset |---\n|é|\\\\|%|@|\\?|\r\n){0,40}") {
        assert_sound(&text);
    }
}
