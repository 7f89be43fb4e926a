//! A little Nix, for tests: what a printed text stands for, as `rnix` reads it.

use rnix::ast::{self, Attr, Expr, HasEntry, InterpolPart, LiteralKind};
use serde_json::{Map, Value, json};

/// The value of a text of literals.
///
/// Functions stand for their body, paths and selections for their text, and
/// `f x` is `{ "apply": "f", "to": x }`.
pub(crate) fn evaluate(text: &str) -> Value {
    let root = rnix::Root::parse(text).ok().expect("Nix");
    expression(root.expr().expect("an expression"))
}

fn expression(it: Expr) -> Value {
    match it {
        Expr::Literal(it) => match it.kind() {
            LiteralKind::Integer(it) => json!(it.value().expect("an integer")),
            LiteralKind::Float(it) => json!(it.value().expect("a float")),
            LiteralKind::Uri(_) => panic!("a bare URL"),
        },
        Expr::Ident(it) => match it.to_string().as_str() {
            "true" => json!(true),
            "false" => json!(false),
            "null" => Value::Null,
            name => json!(name),
        },
        Expr::Str(it) => json!(string(&it)),
        Expr::List(it) => it.items().map(expression).collect(),
        Expr::AttrSet(it) => {
            assert!(it.rec_token().is_none());
            let mut set = Map::new();
            for entry in it.attrpath_values() {
                let names = entry.attrpath().expect("a path").attrs();
                let names: Vec<String> = names.map(name).collect();
                insert(&mut set, &names, expression(entry.value().expect("a value")));
            }
            Value::Object(set)
        }
        Expr::Paren(it) => expression(it.expr().expect("an expression")),
        Expr::UnaryOp(it) => match expression(it.expr().expect("an operand")) {
            Value::Number(number) => match number.as_i64() {
                Some(number) => json!(-number),
                None => json!(-number.as_f64().expect("a float")),
            },
            other => panic!("-{other}"),
        },
        Expr::BinOp(it) => {
            assert_eq!(it.operator(), Some(ast::BinOpKind::Sub));
            let operand = |it: Option<Expr>| expression(it.expect("an operand")).as_i64();
            json!(operand(it.lhs()).expect("an integer") - operand(it.rhs()).expect("an integer"))
        }
        Expr::Lambda(it) => expression(it.body().expect("a body")),
        Expr::Apply(it) => {
            let function = it.lambda().expect("a function").to_string();
            json!({ "apply": function, "to": expression(it.argument().expect("an argument")) })
        }
        other => json!(other.to_string()),
    }
}

fn insert(set: &mut Map<String, Value>, names: &[String], value: Value) {
    let (first, rest) = names.split_first().expect("a name");
    if rest.is_empty() {
        let before = set.insert(first.clone(), value);
        assert!(before.is_none(), "{first} twice");
        return;
    }
    let inner = set.entry(first.clone()).or_insert_with(|| json!({}));
    insert(inner.as_object_mut().expect("a set"), rest, value);
}

fn name(it: Attr) -> String {
    match it {
        Attr::Ident(it) => it.to_string(),
        Attr::Str(it) => string(&it),
        Attr::Dynamic(_) => panic!("a computed name"),
    }
}

fn string(it: &ast::Str) -> String {
    let mut text = String::new();
    for part in it.normalized_parts() {
        match part {
            InterpolPart::Literal(literal) => text.push_str(&literal),
            InterpolPart::Interpolation(it) => panic!("an interpolation: {it:?}"),
        }
    }
    text
}
