//! What is read from Nix held against Nix itself, where `nix-instantiate` is on the PATH: a thousand expressions, mixed
//! at random from all forms that are read.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a real program is asked")]

use std::{fs, process::Command};

use drydock::notation::nix::{
    read,
    value::{Kind, Value},
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use serde_json::json;

/// As nixpkgs has them.
///
/// Source: nixpkgs `lib/modules.nix`, `lists.nix`, `strings.nix`, `attrsets.nix`
const LIBRARY: &str = r#"
rec {
  mkOverride = priority: content: { _type = "override"; inherit priority content; };
  mkForce = mkOverride 50;
  mkVMOverride = mkOverride 10;
  mkImageMediaOverride = mkOverride 60;
  mkDefault = mkOverride 1000;
  mkOptionDefault = mkOverride 1500;
  mkOrder = priority: content: { _type = "order"; inherit priority content; };
  mkBefore = mkOrder 500;
  mkAfter = mkOrder 1500;
  mkIf = condition: content: { _type = "if"; inherit condition content; };
  mkMerge = contents: { _type = "merge"; inherit contents; };
  optional = cond: elem: if cond then [ elem ] else [ ];
  optionals = cond: elems: if cond then elems else [ ];
  optionalString = cond: string: if cond then string else "";
  optionalAttrs = cond: as: if cond then as else { };
  singleton = x: [ x ];
  toList = x: if builtins.isList x then x else [ x ];
  flatten = x: if builtins.isList x then builtins.concatMap (y: flatten y) x else [ x ];
  range = first: last: if first > last then [ ] else builtins.genList (n: first + n) (last - first + 1);
  imap1 = f: list: builtins.genList (n: f (n + 1) (builtins.elemAt list n)) (builtins.length list);
  last = list: builtins.elemAt list (builtins.length list - 1);
  reverseList = xs: let l = builtins.length xs; in builtins.genList (n: builtins.elemAt xs (l - n - 1)) l;
  unique = builtins.foldl' (acc: e: if builtins.elem e acc then acc else acc ++ [ e ]) [ ];
  foldr = op: nul: list:
    let
      len = builtins.length list;
      fold' = n: if n == len then nul else op (builtins.elemAt list n) (fold' (n + 1));
    in
    fold' 0;
  genAttrs = names: f: builtins.listToAttrs (map (n: { name = n; value = f n; }) names);
  nameValuePair = name: value: { inherit name value; };
  mapAttrs' = f: set: builtins.listToAttrs (map (attr: f attr set.${attr}) (builtins.attrNames set));
  mapAttrsToList = f: attrs: map (name: f name attrs.${name}) (builtins.attrNames attrs);
  filterAttrs = pred: set: builtins.removeAttrs set (builtins.filter (name: !pred name set.${name}) (builtins.attrNames set));
  recursiveUpdate = lhs: rhs:
    if builtins.isAttrs lhs && builtins.isAttrs rhs
    then lhs // builtins.mapAttrs (n: v: if lhs ? ${n} then recursiveUpdate lhs.${n} v else v) rhs
    else rhs;
  concatStrings = builtins.concatStringsSep "";
  concatMapStringsSep = sep: f: list: builtins.concatStringsSep sep (map f list);
  concatMapStrings = f: list: concatStrings (map f list);
  hasPrefix = pref: str: builtins.substring 0 (builtins.stringLength pref) str == pref;
  boolToString = b: if b then "true" else "false";
  id = x: x;
  const = x: y: x;
  flip = f: a: b: f b a;
  pipe = builtins.foldl' (x: f: f x);
  max = x: y: if x > y then x else y;
  min = x: y: if x < y then x else y;
  modules = { inherit mkForce mkDefault mkIf mkMerge; };
  lists = { inherit optional optionals flatten; };
}
"#;

/// What may fail where it stands, and what nobody knows.
const RISKS: &[&str] = &[
    "1",
    "0",
    "1.5",
    "null",
    "true",
    "\"x\"",
    "/x",
    "[ ]",
    "{ }",
    "{ a = 1; }",
    "(x: x)",
    "{ outPath = \"o\"; }",
    "{ __functor = s: x: x; }",
    "(throw \"t\")",
    "(abort 1)",
    "(1 / 0)",
    "(assert false; 1)",
    "(assert 1; 1)",
    "({ }.a)",
    "({ b.c = 1; }.b.d)",
    "(let inherit ({ }) a; in a)",
    "(builtins.head [ ])",
    "(builtins.elemAt [ 1 ] 1)",
    "(({ a }: a) { })",
    "(({ a }: a) { a = 1; b = 2; })",
    "(({ a ? 1, ... }: a) { b = 2; })",
    "(with { }; q)",
    "(with { q = 1; }; with { r = 2; }; q)",
    "(builtins.fromJSON \"{\")",
    "(1 2)",
    "(-null)",
    "(!1)",
    "(if 1 then 2 else 3)",
    "({ a = throw \"t\"; }.a or 1)",
    "({ a = throw \"t\"; } ? a)",
    "(builtins.length [ (throw \"t\") ])",
    "(false && throw \"t\")",
    "(lib.optional false (throw \"t\"))",
    "(let unused = throw \"t\"; in 1)",
    "((x: 1) (throw \"t\"))",
    "(builtins.isAttrs (lib.mkForce 1))",
    "(lib.mkForce { } ? content)",
    "(./a == ./b/../a)",
    "(lib.optional (builtins.langVersion > 0) 1)",
    "(lib.optionals (builtins.langVersion < 0) (throw \"t\"))",
    "(lib.optionalAttrs (builtins.langVersion < 0) { a = 1; })",
    "([ 1 ] ++ builtins.tail [ 1 ])",
    "{ ${builtins.nixVersion} = 1; }",
    "{ a = 1; }.${builtins.substring 0 1 \"abc\"}",
    "builtins.langVersion",
    "builtins.nixVersion",
    "(builtins.langVersion > 0)",
    "(builtins.sort (a: b: true) [ 1 ])",
    "(builtins.tryEval (throw \"t\"))",
    "(builtins.groupBy (x: x) [ \"a\" ])",
];

/// Expressions of each kind, made by a row of random numbers.
struct Maker {
    numbers: Vec<u16>,
    at: usize,
    /// How many names have been given.
    names: usize,
    /// Of how many expressions one may fail, be of another kind than it should, or not be known; none where it is 0.
    risk: usize,
}

impl Maker {
    fn any(&mut self, below: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % below
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.any(of.len())]
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("v{}", self.names)
    }

    /// A function of the library, reached in one of the ways there are.
    fn library(&mut self, name: &str) -> String {
        match self.any(4) {
            0 => format!("lib.{name}"),
            1 => format!("pkgs.lib.{name}"),
            2 => format!("(with lib; {name})"),
            _ => format!("(let inherit (lib) {name}; in {name})"),
        }
    }

    /// An expression of a kind, in one of the forms that every kind can have.
    fn wrapped(&mut self, depth: usize, make: fn(&mut Self, usize) -> String) -> String {
        let name = self.name();
        if self.risk > 0 && self.any(self.risk) == 0 {
            return self.one(RISKS).to_owned();
        }
        if depth == 0 {
            return make(self, 0);
        }
        let depth = depth - 1;
        let value = make(self, depth);
        match self.any(24) {
            0 => format!("(let {name} = {value}; in {name})"),
            1 => format!("(let a.{name} = {value}; inherit (a) {name}; in {name})"),
            2 => format!("(with {{ {name} = {value}; }}; {name})"),
            3 => format!("(rec {{ x = {name}; {name} = {value}; }}.x)"),
            4 => format!("({{ {name}.y.z = {value}; {name}.w = 1; }}.{name}.y.z)"),
            5 => format!("({{ }}.{name} or ({value}))"),
            6 => format!("(({name}: {name}) ({value}))"),
            7 => format!("(({{ {name}, other ? 1, ... }}@all: all.{name}) {{ {name} = {value}; }})"),
            8 => format!("(({{ {name} ? {value} }}: {name}) {{ }})"),
            9 => format!("(if {} then {value} else {})", self.bool(depth), make(self, depth)),
            10 => format!("(assert true; {value})"),
            11 => format!("(let {{ {name} = {value}; body = {name}; }})"),
            12 => format!("(builtins.head [ ({value}) 1 ])"),
            13 => format!("{{ \"a b\" = {value}; }}.\"a b\""),
            14 => format!("{{ ${{\"a\" + \"b\"}} = {value}; }}.ab"),
            15 => format!("(builtins.fromJSON (builtins.toJSON ({value})))"),
            16 => format!("(lib.id ({value}))"),
            17 => format!("(lib.pipe ({value}) [ (x: [ x ]) builtins.head ])"),
            18 => format!("(let {name} = x: y: x; in {name} ({value}) 2)"),
            _ => value,
        }
    }

    fn int(&mut self, depth: usize) -> String {
        self.wrapped(depth, |it, depth| match it.any(if depth == 0 { 3 } else { 11 }) {
            0 => "0".to_owned(),
            1 => it.any(1000).to_string(),
            2 => format!("(-{})", it.any(50)),
            3 => format!("({} + {})", it.int(depth), it.int(depth)),
            4 => format!("({} - {} * {})", it.int(depth), it.int(depth), it.int(depth)),
            5 => format!("({} / 7)", it.int(depth)),
            6 => format!("(builtins.length {})", it.list(depth)),
            7 => format!("(lib.max {} ({}))", it.int(depth), it.int(depth)),
            8 => format!("(builtins.foldl' (a: b: a + b) {} [ {} {} ])", it.int(depth), it.int(depth), it.int(depth)),
            9 => format!("(builtins.stringLength {})", it.string(depth)),
            _ => format!("(- {})", it.int(depth)),
        })
    }

    fn bool(&mut self, depth: usize) -> String {
        self.wrapped(depth, |it, depth| match it.any(if depth == 0 { 2 } else { 12 }) {
            0 => "true".to_owned(),
            1 => "false".to_owned(),
            2 => format!("(!{})", it.bool(depth)),
            3 => format!("({} && {} || {})", it.bool(depth), it.bool(depth), it.bool(depth)),
            4 => format!("({} -> {})", it.bool(depth), it.bool(depth)),
            5 => format!("({} {} {})", it.int(depth), it.clone_of(&["<", "<=", ">", ">=", "==", "!="]), it.int(depth)),
            6 => format!("({} == {})", it.string(depth), it.string(depth)),
            7 => format!("({} == {})", it.set(depth), it.set(depth)),
            8 => format!("({} ? {})", it.set(depth), it.clone_of(&["a", "b.c", "\"d e\""])),
            9 => format!("(builtins.elem {} {})", it.int(depth), it.list(depth)),
            10 => format!("(lib.hasPrefix \"a\" {})", it.string(depth)),
            _ => format!("({} < {})", it.string(depth), it.string(depth)),
        })
    }

    fn clone_of(&mut self, of: &[&'static str]) -> &'static str {
        of[self.any(of.len())]
    }

    /// What is written in `"`.
    fn text(&mut self, depth: usize) -> String {
        let mut text = String::new();
        for _ in 0..self.any(5) {
            match self.any(6) {
                0 if depth > 0 => text.push_str(&format!("${{{}}}", self.string(depth - 1))),
                1 if depth > 0 => text.push_str(&format!("${{toString {}}}", self.int(depth - 1))),
                _ => text.push_str(self.one(&[
                    "a",
                    " b",
                    "\\n",
                    "\\t",
                    "\\r",
                    "\\\"",
                    "\\\\",
                    "\\${x}",
                    "$${y}",
                    "$ ",
                    "$$ ",
                    "\n",
                    "é→😀",
                    "''",
                    "'",
                    "\\x",
                    "\r\n",
                    "#",
                    "/*",
                    "${\"}\"}",
                    "\t",
                    "{",
                    "\u{7f}",
                ])),
            }
        }
        // Before `"` or `{` it could be part of something else.
        text
    }

    /// What is written in `''`.
    fn indented(&mut self, depth: usize) -> String {
        let mut text = String::new();
        for _ in 0..self.any(7) {
            match self.any(8) {
                0 if depth > 0 => text.push_str(&format!("${{{}}}", self.string(depth - 1))),
                1..=3 => {
                    text.push('\n');
                    text.push_str(&" ".repeat(self.any(5)));
                }
                _ => text.push_str(self.one(&[
                    "a", " b", "  ", "''\\n", "''\\t", "'''", "''${x}", "$${y}", "$ ", "\"", "\\", "\\n", "\t", "é",
                    "' ", "\n", "''\\x", "#", "\r\n", "\r", "\r\n    ",
                ])),
            }
        }
        text
    }

    fn string(&mut self, depth: usize) -> String {
        self.wrapped(depth, |it, depth| match it.any(if depth == 0 { 4 } else { 17 }) {
            0 => format!("\"{}\"", it.one(&["", "a", "abc", "10.0.0.0/8"])),
            1 | 2 => format!("\"{}\"", it.text(depth)),
            3 => format!("''{}''", it.indented(depth)),
            4 => format!("({} + {})", it.string(depth), it.string(depth)),
            5 => format!("(toString {})", it.int(depth)),
            6 => format!("(toString {})", it.bool(depth)),
            7 => format!("(builtins.toJSON {})", it.set(depth)),
            8 => format!("({} {} {})", it.library("optionalString"), it.bool(depth), it.string(depth)),
            9 => format!("(builtins.concatStringsSep \",\" [ {} {} ])", it.string(depth), it.string(depth)),
            10 => format!(
                "(lib.concatMapStringsSep \"-\" (x: \"<${{x}}>\") [ {} {} ])",
                it.string(depth),
                it.string(depth)
            ),
            11 => format!("(toString [ {} {} [ ] [ {} ] ])", it.int(depth), it.string(depth), it.bool(depth)),
            12 => "http://example.com/a?b=c&d".to_owned(),
            13 => format!("(builtins.replaceStrings [ \"a\" \"b\" ] [ \"xy\" \"\" ] {})", it.string(depth)),
            14 => format!("(lib.boolToString {})", it.bool(depth)),
            15 => "(toString /a/b)".to_owned(),
            _ => format!("(lib.concatStrings [ {} {} ])", it.string(depth), it.string(depth)),
        })
    }

    fn list(&mut self, depth: usize) -> String {
        self.wrapped(depth, |it, depth| match it.any(if depth == 0 { 2 } else { 19 }) {
            0 => "[ ]".to_owned(),
            1 => "[ 1 \"a\" null ]".to_owned(),
            2 | 3 => {
                let elements: Vec<String> = (0..it.any(4)).map(|_| it.value(depth)).collect();
                format!("[ {} ]", elements.join(" "))
            }
            4 => format!("({} ++ {} ++ {})", it.list(depth), it.list(depth), it.list(depth)),
            5 => format!("({} {} {})", it.library("optionals"), it.bool(depth), it.list(depth)),
            6 => format!("({} {} {})", it.library("optional"), it.bool(depth), it.value(depth)),
            7 => format!(
                "(map (n: {{ base = \"10.${{toString n}}.0.0/16\"; size = n; }}) [ {} {} ])",
                it.int(depth),
                it.int(depth)
            ),
            8 => "(lib.range 2 4)".to_owned(),
            9 => format!("(builtins.genList (n: n * {}) 3)", it.int(depth)),
            10 => format!("(lib.flatten [ {} [ {} ] ])", it.list(depth), it.list(depth)),
            11 => format!("(builtins.attrNames {})", it.set(depth)),
            12 => format!("(builtins.attrValues {})", it.set(depth)),
            13 => format!("(lib.mapAttrsToList (n: v: {{ inherit n v; }}) {})", it.set(depth)),
            14 => format!("(builtins.filter (x: x > {}) [ {} {} ])", it.int(depth), it.int(depth), it.int(depth)),
            15 => format!("(lib.imap1 (i: x: [ i x ]) {})", it.list(depth)),
            16 => format!("(lib.unique [ {} {} {} ])", it.int(depth), it.int(depth), it.int(depth)),
            17 => format!("(lib.reverseList {})", it.list(depth)),
            _ => format!("(builtins.concatLists [ {} {} ])", it.list(depth), it.list(depth)),
        })
    }

    fn set(&mut self, depth: usize) -> String {
        self.wrapped(depth, |it, depth| match it.any(if depth == 0 { 2 } else { 17 }) {
            0 => "{ }".to_owned(),
            1 => "{ a = 1; b.c = true; }".to_owned(),
            2 => format!("{{ a = {}; b.c = {}; b.\"d e\" = {}; }}", it.value(depth), it.value(depth), it.value(depth)),
            3 => format!("rec {{ a = {}; z = a; y.x = z; }}", it.value(depth)),
            4 => format!("{{ a = {{ b = {}; }}; a.c = {}; }}", it.value(depth), it.value(depth)),
            5 => format!("{{ a.c = {}; a = {{ b = {}; d.e = 1; }}; a.d.f = 2; }}", it.value(depth), it.value(depth)),
            6 => format!(
                "(let x = {}; y = {}; in {{ inherit x y; inherit ({{ z = 1; }}) z; }})",
                it.value(depth),
                it.value(depth)
            ),
            7 => format!("({} // {} // {})", it.set(depth), it.set(depth), it.set(depth)),
            8 => format!("{{ ${{{}}} = {}; ${{null}} = 1; }}", it.string(depth), it.value(depth)),
            9 => format!("({} {} {})", it.library("optionalAttrs"), it.bool(depth), it.set(depth)),
            10 => format!("(lib.recursiveUpdate {} {})", it.set(depth), it.set(depth)),
            11 => format!("(lib.genAttrs [ \"x\" {} ] (n: [ n ]))", it.string(depth)),
            12 => format!(
                "(builtins.listToAttrs [ {{ name = {}; value = {}; }} (lib.nameValuePair \"q\" 1) ])",
                it.string(depth),
                it.value(depth)
            ),
            13 => format!("(builtins.mapAttrs (n: v: [ n v ]) {})", it.set(depth)),
            14 => format!("(lib.filterAttrs (n: v: n != \"a\") {})", it.set(depth)),
            15 => format!("(builtins.removeAttrs {} [ \"a\" {} ])", it.set(depth), it.string(depth)),
            _ => format!("(lib.mapAttrs' (n: v: lib.nameValuePair (\"x\" + n) v) {})", it.set(depth)),
        })
    }

    fn value(&mut self, depth: usize) -> String {
        match self.any(6) {
            0 => self.int(depth),
            1 => self.bool(depth),
            2 | 3 => self.string(depth),
            4 => self.list(depth),
            _ => self.set(depth),
        }
    }

    /// A value as modules wrap it.
    fn definition(&mut self, depth: usize) -> String {
        match self.any(12) {
            0 => format!("{} {}", self.library("mkForce"), self.value(depth)),
            1 => format!("{} {}", self.library("mkDefault"), self.value(depth)),
            2 => format!("{} 7 {}", self.library("mkOverride"), self.value(depth)),
            3 => format!("{} {}", self.library("mkBefore"), self.list(depth)),
            4 => format!("{} {}", self.library("mkAfter"), self.list(depth)),
            5 => format!("lib.mkOrder 9 {}", self.list(depth)),
            6 => format!("{} [ ({}) {} ]", self.library("mkMerge"), self.definition(0), self.set(depth)),
            7 => format!("lib.modules.mkForce {}", self.value(depth)),
            8 => format!("{} true ({})", self.library("mkIf"), self.definition(0)),
            9 => format!("lib.mkVMOverride {}", self.value(depth)),
            _ => self.value(depth),
        }
    }
}

/// What JSON Nix writes for a value. Of `mkIf` with a known condition only the content is left: the other side is told to
/// write it so too.
fn written(value: &Value) -> serde_json::Value {
    match &value.kind {
        Kind::Null => json!(null),
        Kind::Bool(value) => json!(value),
        Kind::Int(number) => json!(number),
        Kind::Float(number) => json!(number),
        Kind::String(text) => json!(text),
        Kind::List(elements) => elements.iter().map(written).collect(),
        Kind::Set(attributes) => {
            serde_json::Value::Object(attributes.iter().map(|it| (it.name.clone(), written(&it.value))).collect())
        }
        Kind::Override(priority, content) => {
            json!({ "_type": "override", "priority": priority, "content": written(content) })
        }
        Kind::Order(priority, content) => {
            json!({ "_type": "order", "priority": priority, "content": written(content) })
        }
        Kind::Merge(contents) => {
            json!({ "_type": "merge", "contents": contents.iter().map(written).collect::<Vec<_>>() })
        }
        other => json!({ "not known": format!("{other:?}").chars().take(80).collect::<String>() }),
    }
}

#[test]
fn nix_itself_makes_the_same_of_a_thousand_expressions() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let numbers = prop::collection::vec(any::<u16>(), 400);
    let texts: Vec<String> = (0..1_000)
        .map(|_| {
            let numbers = numbers.new_tree(&mut runner).expect("numbers").current();
            Maker { numbers, at: 0, names: 0, risk: 0 }.definition(3)
        })
        .collect();
    // `mkIf true x` is read as `x`.
    let library = LIBRARY.replace(
        "mkIf = condition: content: { _type = \"if\"; inherit condition content; };",
        "mkIf = condition: content: if condition then content else mkMerge [ ];",
    );
    let mut whole = format!("let lib = {library}; pkgs = {{ inherit lib; }}; in [\n");
    for text in &texts {
        whole.push_str(&format!("({text})\n"));
    }
    whole.push(']');
    let path = std::env::temp_dir().join(format!("drydock-{}.nix", std::process::id()));
    fs::write(&path, whole).expect("a file");
    let mut command = Command::new("nix-instantiate");
    command.args(["--store", "dummy://", "--eval", "--strict", "--json"]).arg(&path);
    let output = command.output();
    let Ok(output) = output else {
        println!("SKIPPED: no nix-instantiate is on the PATH, so nothing was held against Nix");
        let _ = fs::remove_file(&path);
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", path.display());
    let _ = fs::remove_file(&path);
    let evaluated: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(evaluated.len(), texts.len());
    let mut different: Vec<String> = texts
        .iter()
        .zip(&evaluated)
        .filter_map(|(text, expected)| {
            let reading = read(text);
            let found = written(&reading.value);
            let is_same = reading.problems.is_empty() && found == *expected;
            (!is_same).then(|| format!("{text}\n  read {found}\n  Nix  {expected}\n  {:?}\n", reading.problems))
        })
        .collect();
    different.sort_by_key(String::len);
    assert!(different.is_empty(), "{} of them:\n{}", different.len(), different[..different.len().min(5)].join("\n"));
}

/// Names in and out of scope, in all forms that bring names.
fn scoped(maker: &mut Maker, depth: usize) -> String {
    let name = maker.one(&["a", "b", "c", "d", "e", "f"]).to_owned();
    let other = maker.one(&["a", "b", "c", "d", "e", "f"]).to_owned();
    if depth == 0 {
        return match maker.any(8) {
            0 | 1 => name,
            2 => format!("{name}.{other}"),
            3 => format!("\"${{{name}}}\""),
            _ => maker.one(&["1", "true", "map", "builtins.x", "__add", "{ }"]).to_owned(),
        };
    }
    let mut inner = || scoped(maker, depth - 1);
    let (first, second) = (inner(), inner());
    match maker.any(20) {
        0 | 1 => format!("(let {name} = {first}; {other}.x.{name} = {second}; in {first})"),
        2 | 3 => format!("({{ {name}, {other} ? {first}, ... }}: {second})"),
        4 => format!("({name}@{{ q, ... }}: {first})"),
        5 => format!("({name}: {first})"),
        6 => format!("(rec {{ {name} = {first}; {other} = {second}; }})"),
        7 => format!("({{ {name} = {first}; x.{other} = {second}; }})"),
        8 => format!("({{ inherit {name}; x = {first}; }})"),
        9 => format!("(let inherit ({first}) {name} {other}; in {second})"),
        10 => format!("(with {first}; {second})"),
        11 => format!("(rec {{ x = rec {{ {name} = {first}; }}; x.q = {second}; }})"),
        12 => format!("({{ ${{{first}}} = {second}; }}.${{{name}}} or {second})"),
        13 => format!("(if {first} then {second} else {name})"),
        14 => format!("(assert {first}; {second} ? {other}.${{{name}}})"),
        15 => format!("[ {first} {second} ]"),
        16 => format!("({other} {first} {second})"),
        17 => format!("(let {{ {name} = {first}; body = {second}; }})"),
        18 => format!("(!{first} && -{second} == {name})"),
        _ => format!("({{ {name} = {first}; x = {{ inherit {other}; }}; x.q = {second}; }})"),
    }
}

#[test]
fn nix_itself_finds_the_same_names_without_a_value() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let numbers = prop::collection::vec(any::<u16>(), 400);
    let (mut sound, mut refused) = (0, 0);
    for round in 0..150 {
        let numbers = numbers.new_tree(&mut runner).expect("numbers").current();
        let text =
            format!("{{ a, b, ... }}: {}", scoped(&mut Maker { numbers, at: 0, names: 0, risk: 0 }, 1 + round % 3));
        let mut command = Command::new("nix-instantiate");
        let Ok(output) = command.args(["--store", "dummy://", "--parse", "-E", &text]).output() else {
            println!("SKIPPED: no nix-instantiate is on the PATH, so nothing was held against Nix");
            return;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() && !said.contains("undefined variable") {
            continue; // a name that is bound twice
        }
        let reading = read(&text);
        assert_eq!(reading.problems.is_empty(), output.status.success(), "{text}\n{said}\n{:?}", reading.problems);
        *if output.status.success() { &mut sound } else { &mut refused } += 1;
        if let Some(first) = said.split('\'').nth(1) {
            let names: Vec<&str> = reading.problems.iter().map(|it| it.span.of(&text)).collect();
            assert!(names.contains(&first), "{text}\n{said}\n{names:?}");
        }
    }
    assert!(sound > 20 && refused > 20, "{sound} and {refused}");
}

/// Whether a value, or a part of it, fails for certain.
fn fails(value: &Value) -> bool {
    value.failure.is_some()
        || match &value.kind {
            Kind::List(elements) => elements.iter().any(fails),
            Kind::Set(attributes) => attributes.iter().any(|it| fails(&it.value)),
            _ => false,
        }
}

#[test]
fn nix_itself_fails_where_a_failure_is_certain() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let numbers = prop::collection::vec(any::<u16>(), 400);
    let (mut sound, mut told, mut untold) = (0, 0, Vec::new());
    for round in 0..ROUNDS {
        let numbers = numbers.new_tree(&mut runner).expect("numbers").current();
        let text = Maker { numbers, at: 0, names: 0, risk: 3 + round % 5 }.value(1 + round % 3);
        let reading = read(&text);
        if !reading.problems.is_empty() {
            continue; // a name without a value
        }
        let whole = format!("let lib = {LIBRARY}; pkgs = {{ inherit lib; }}; in {text}");
        let mut command = Command::new("nix-instantiate");
        let Ok(output) = command.args(["--store", "dummy://", "--eval", "--strict", "-E", &whole]).output() else {
            println!("SKIPPED: no nix-instantiate is on the PATH, so nothing was held against Nix");
            return;
        };
        match (output.status.success(), fails(&reading.value)) {
            (true, true) => panic!("{text}\n{:?}", reading.value),
            (true, false) => sound += 1,
            (false, true) => told += 1,
            (false, false) => untold.push(text),
        }
    }
    println!("{sound} sound, {told} told, {} not told", untold.len());
    assert!(sound > ROUNDS / 5 && told > ROUNDS / 10 && told > untold.len(), "{sound}, {told}: {}", untold.join("\n"));
}

/// How many expressions are held against Nix one by one.
const ROUNDS: usize = 300;
