//! What is read from texts in Nix.

use super::{
    read,
    value::{Attribute, Kind, Value},
};

/// A value on one line: `{a=1 b=["x" ?config.y]}`.
fn shown(value: &Value) -> String {
    let all = |values: &[Value]| values.iter().map(shown).collect::<Vec<_>>().join(" ");
    match &value.kind {
        Kind::Null => "null".to_owned(),
        Kind::Bool(value) => value.to_string(),
        Kind::Int(number) => number.to_string(),
        Kind::Float(number) => format!("{number:?}"),
        Kind::String(text) => format!("{text:?}"),
        Kind::Path(path) => format!("path {path}"),
        Kind::List(elements) => format!("[{}]", all(elements)),
        Kind::Set(attributes) => {
            let each = attributes.iter().map(|it| format!("{}={}", it.name, shown(&it.value)));
            format!("{{{}}}", each.collect::<Vec<_>>().join(" "))
        }
        Kind::Function(_, body) => format!("fn {}", shown(body)),
        Kind::Applied(name, argument) => format!("{name}({})", shown(argument)),
        Kind::Override(weight, content) => format!("override {weight} {}", shown(content)),
        Kind::Order(order, content) => format!("order {order} {}", shown(content)),
        Kind::If(_, content) => format!("if {}", shown(content)),
        Kind::Merge(elements) => format!("merge[{}]", all(elements)),
        Kind::Unknown(name) => format!("?{name}"),
        Kind::Missing => "missing".to_owned(),
    }
}

#[track_caller]
fn assert_read(text: &str, expected: &str) {
    let reading = read(text);
    assert_eq!(reading.problems, [], "{text}");
    assert_eq!(shown(&reading.value), expected, "{text}");
}

#[test]
fn literals_are_what_they_say() {
    for (text, expected) in [
        ("1", "1"),
        ("(-5)", "-5"),
        ("1.5", "1.5"),
        (".5e3", "500.0"),
        ("null", "null"),
        ("true", "true"),
        (r#""a\n\"b\" \${c} $${d} \x""#, r#""a\n\"b\" ${c} $${d} x""#),
        ("http://example.com/a?b=c", "\"http://example.com/a?b=c\""),
        ("./a/b.nix", "path ./a/b.nix"),
        ("/a", "path /a"),
        ("~/a", "path ~/a"),
        ("<nixpkgs/lib>", "path <nixpkgs/lib>"),
        ("6/2", "path 6/2"),
        ("[ 1 \"a\" [ ] { } ]", "[1 \"a\" [] {}]"),
        ("# a\n/* b */ 1 # c", "1"),
        ("{ a.b = 1; a = { c = 2; }; \"d e\".f = 3; a.\"g\" = 4; ${\"h\"} = 5; }", "{a={b=1 c=2 g=4} d e={f=3} h=5}"),
        ("rec { a = 1; b = a + 1; }", "{a=1 b=2}"),
        ("let a = 1; in { inherit a; b = a; }", "{a=1 b=1}"),
        ("let { a = 1; body = a; }", "1"),
        (
            "let s = { a = 1; b.c = 2; }; in { inherit (s) a; inherit (s.b) c; d = s.b.c; e = s.x or 3; }",
            "{a=1 c=2 d=2 e=3}",
        ),
        ("with { a = 1; }; [ a ]", "[1]"),
        ("with pkgs; [ git lib.x ]", "[?pkgs.git ?pkgs.lib.x]"),
        ("''\n  a\n    b\n  ''${c} '''d''' ''\\n\n''", "\"a\\n  b\\n${c} ''d'' \\n\\n\""),
        // In `''`, CR is a character like any other: it begins a line's text, so that nothing is indentation before it.
        ("''\r\n  a\r\n  b\r\n''", "\"\\r\\n  a\\r\\n  b\\r\\n\""),
        ("''  \r\n    a\r\n   \r\n    b''", "\"\\r\\n  a\\r\\n \\r\\n  b\""),
        ("\"a\r\nb\rc\"", "\"a\\nb\\nc\""),
        ("let n = 5; in \"a${toString n}b\"", "\"a5b\""),
        ("1 + 2 * 3 - 4 / 2", "5"),
        ("\"a\" + \"b\"", "\"ab\""),
        ("[ 1 ] ++ [ 2 ] ++ [ 3 ]", "[1 2 3]"),
        ("[ 1 ] ++ config.a", "[1 ?config.a]"),
        ("{ a = 1; b = 1; } // { b = 2; c = 3; } // { d = 4; }", "{a=1 b=2 c=3 d=4}"),
        ("if 1 == 1 && !false then \"a\" else \"b\"", "\"a\""),
        ("if config.x then 1 else 2", "?"),
        ("{ a.b = 1; } ? a.b", "true"),
        ("{ a.b = 1; } ? a.c", "false"),
        ("assert true; 1", "1"),
        ("x: 1", "fn 1"),
        (
            "{ config, lib, ... }@args: { a = config.networking.hostName; b = args; }",
            "fn {a=?config.networking.hostName b=?args}",
        ),
        ("(x: x + 1) 2", "3"),
        ("({ a, b ? a + 1 }: a + b) { a = 1; }", "3"),
        ("[ (a: { b = 1; }) ({ c, ... }: { }) ]", "[fn {b=1} fn {}]"),
        ("f 1 2", "f(2)"),
        ("nixpkgs.lib.nixosSystem { a = 1; }", "nixpkgs.lib.nixosSystem({a=1})"),
        ("(pkgs.formats.json { }).generate \"a\" { b = 1; }", "pkgs.formats.json.generate({b=1})"),
    ] {
        assert_read(text, expected);
    }
}

#[test]
fn known_functions_are_known_whichever_way_they_are_reached() {
    for (text, expected) in [
        ("lib.mkForce 1", "override 50 1"),
        ("pkgs.lib.modules.mkForce 1", "override 50 1"),
        ("inputs.nixpkgs.lib.mkDefault 1", "override 1000 1"),
        ("with lib; mkOverride 10 1", "override 10 1"),
        ("with lib; with pkgs; [ (mkForce 1) git ]", "[override 50 1 ?pkgs.git]"),
        ("let inherit (lib) mkIf; in mkIf config.a 1", "if 1"),
        ("let mkIf = a: b: b; in mkIf 1 2", "2"),
        ("(import <nixpkgs> { }).lib.mkForce 1", "override 50 1"),
        ("mkForce 1", "override 50 1"),
        ("lib.mkIf true 1", "1"),
        ("lib.mkIf false 1", "merge[]"),
        ("lib.mkMerge [ { a = 1; } (lib.mkIf x { b = 2; }) ]", "merge[{a=1} if {b=2}]"),
        ("lib.mkBefore [ 1 ]", "order 500 [1]"),
        ("lib.optionals x [ 1 ] ++ [ 2 ]", "[if 1 2]"),
        ("lib.optional true 1", "[1]"),
        ("lib.optionalString false \"a\"", "\"\""),
        (
            "map (n: { base = \"10.${toString n}.0.0/16\"; size = 24; }) [ 1 2 ]",
            "[{base=\"10.1.0.0/16\" size=24} {base=\"10.2.0.0/16\" size=24}]",
        ),
        ("lib.genAttrs [ \"a\" \"b\" ] (n: n + \"!\")", "{a=\"a!\" b=\"b!\"}"),
        ("builtins.toJSON { b = [ 1 null ]; a = \"x\\n\"; }", r#""{\"a\":\"x\\n\",\"b\":[1,null]}""#),
        ("builtins.fromJSON ''{\"a\": [1, 2.5]}''", "{a=[1 2.5]}"),
        ("lib.recursiveUpdate { a.b = 1; a.c = 2; } { a.c = 3; d = 4; }", "{a={b=1 c=3} d=4}"),
        ("lib.concatMapStringsSep \",\" (x: \"<${x}>\") [ \"a\" \"b\" ]", "\"<a>,<b>\""),
        ("lib.foldl' (a: b: a + b) 0 [ 1 2 3 ]", "6"),
        ("[ 1 2 ] |> map (x: x + 1)", "[2 3]"),
    ] {
        assert_read(text, expected);
    }
}

#[test]
fn what_needs_itself_or_is_too_large_is_unknown() {
    for text in [
        "let a = a; in a",
        "rec { a = b; b = a; }.a",
        "let f = x: f x; in f 1",
        "let f = n: [ (f n) (f n) ]; in f 1",
        "let x = [ x x ]; in x",
        "let a = [ 1 1 ] ++ [ 1 ]; b = a ++ a; c = b ++ b; d = c ++ c; e = d ++ d; f = e ++ e; g = f ++ f; in [ g g g g g g g ]",
    ] {
        read(text);
    }
}

#[test]
fn the_inside_of_a_set_is_a_set() {
    for (text, expected) in [
        ("a.b = true;", "{a={b=true}}"),
        ("# x\na.b = true;\n\na.c = [ 1 ]; # y\n", "{a={b=true c=[1]}}"),
        ("...\na = 1;\n...\n", "{a=1}"),
        ("\"a\" = 1;", "{a=1}"),
        ("inherit (x) y;", "{y=?x.y}"),
    ] {
        let reading = read(text);
        assert!(reading.is_fragment, "{text}");
        assert_read(text, expected);
    }
}

/// Where the value of the attribute at a path of names is, and what leads to it, as written.
fn places<'t>(text: &'t str, path: &[&str]) -> (&'t str, Vec<&'t str>) {
    let reading = read(text);
    let mut value = &reading.value;
    for name in path {
        let Kind::Set(attributes) = &value.kind else { panic!("no set around {name} in {text}") };
        value = &attributes.iter().find(|it| it.name == *name).expect("the name").value;
    }
    (value.span.of(text), value.through.iter().map(|it| it.of(text)).collect())
}

#[test]
fn each_value_tells_where_it_is_written() {
    for (text, path, span, through) in [
        ("{ a.b.c = 1; }", &["a", "b", "c"][..], "1", &[][..]),
        ("{ a.b.c = 1; }", &["a"], "b.c = 1", &[]),
        ("{ a.b = 1; a = { c = 2; }; }", &["a"], "{ c = 2; }", &[]),
        ("let x = \"y\"; in { a = x; }", &["a"], "\"y\"", &["x"]),
        ("let x = \"y\"; z = x; in { a = z; }", &["a"], "\"y\"", &["z", "x"]),
        ("let x = \"y\"; in { inherit x; }", &["x"], "\"y\"", &["x"]),
        ("let s.x = \"y\"; in { a = s.x; }", &["a"], "\"y\"", &["s.x"]),
        ("let s.x = \"y\"; in { inherit (s) x; }", &["x"], "\"y\"", &["x"]),
        ("{ a = (1); }", &["a"], "1", &[]),
        ("{ a = lib.mkForce 1; }", &["a"], "lib.mkForce 1", &[]),
        ("{ a = lib.mkIf true 1; }", &["a"], "1", &[]),
        ("{ a = if true then 1 else 2; }", &["a"], "1", &[]),
        ("{ a = { b = 1; } // { c = 2; }; }", &["a", "c"], "2", &[]),
        ("{ a = (x: { b = x; }) 1; }", &["a"], "{ b = x; }", &["(x: { b = x; }) 1"]),
        ("with { x = 1; }; { a = x; }", &["a"], "1", &["x"]),
    ] {
        assert_eq!(places(text, path), (span, through.to_vec()), "{text}");
    }
}

#[test]
fn each_attribute_tells_where_it_is_written() {
    let text = "{ a.\"b c\".d = 1; inherit e; }";
    let reading = read(text);
    let Kind::Set(attributes) = &reading.value.kind else { panic!("no set") };
    let of = |it: &Attribute| {
        (it.name_span.of(text).to_owned(), it.path_span.of(text).to_owned(), it.binding.of(text).to_owned())
    };
    let own = |name: &str, path: &str, binding: &str| (name.to_owned(), path.to_owned(), binding.to_owned());
    assert_eq!(
        attributes.iter().map(of).collect::<Vec<_>>(),
        [own("a", "a.\"b c\".d", "a.\"b c\".d = 1;"), own("e", "e", "")]
    );
    let Kind::Set(inner) = &attributes[0].value.kind else { panic!("no set") };
    assert_eq!(inner.iter().map(of).collect::<Vec<_>>(), [own("\"b c\"", "a.\"b c\".d", "a.\"b c\".d = 1;")]);
}

#[test]
fn what_nobody_knows_keeps_its_name() {
    for (text, expected) in [
        ("config.networking.hostName", "?config.networking.hostName"),
        ("config.users.\"a b\".c or 5", "?config.users.a b.c"),
        ("pkgs.${system}.x", "?pkgs.${system}.x"),
        ("{ ${config.a} = 1; b.${x}.c = 2; }", "{${config.a}=1 b={${x}={c=2}}}"),
        ("\"a ${config.b}\"", "?"),
        ("{ a = 1; }.b", "?"),
        ("x: y: x.z", "fn fn ?x.z"),
        ("throw \"a\"", "?"),
        ("lib.optionalAttrs config.a { b = 1; } // { c = 2; }", "{b=if 1 c=2}"),
    ] {
        assert_read(text, expected);
    }
}
