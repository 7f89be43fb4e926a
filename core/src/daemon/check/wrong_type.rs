//! A value of another JSON type than the daemon decodes.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::{
        options::{self, Format, Kind},
        settings::{Occurrence, Place},
    },
    docker::go::strconv::parse_float,
    document::{Kind as NodeKind, Member, Node, Value},
    text::Span,
};

rule! {
    /// A value of another type than the option needs.
    ///
    /// ## Why it matters
    /// The daemon decodes the file into fixed types and refuses all of it when one value does not fit: a number in
    /// quotes, a single string where a list belongs, a number among the log options.
    ///
    /// ## What to do
    /// Write the value in the type the option needs. Values within `log-opts` are always strings, even numbers and
    /// booleans; numbers and booleans elsewhere have no quotes; lists have square brackets even around one element.
    ///
    /// ## Example
    /// ```json
    /// { "dns": "1.1.1.1", "debug": "true" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, the `json` tags of `Config`; Go `encoding/json`, `UnmarshalTypeError`
    "wrong-type", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        if let Some(kind) = kind_in_another_case(context, occurrence) {
            let mut finder = Finder { context, occurrence, found };
            finder.object(&occurrence.member.value, kind);
            continue;
        }
        let exists = occurrence.option.is_none_or(|it| it.is_decoded_by(context.engine));
        if let (Some(kind), true) = (kind_in(context, occurrence), exists) {
            let mut finder = Finder { context, occurrence, found };
            let node = &occurrence.member.value;
            match needs_object(context, occurrence) {
                true => finder.report(node, kind),
                false => finder.value(node, kind),
            }
        }
    }
}

/// The kind of a value; Engine 24.0 reads one as a number that is a text since, and has a rule for it.
fn kind_in(context: &Context, occurrence: &Occurrence) -> Option<Kind> {
    let is_number = !context.since(25, 0) && occurrence.option.is_some_and(|it| it.key == "builder.history.maxAge");
    match is_number {
        true if matches!(occurrence.member.value.kind, NodeKind::String(_)) => None,
        true => Some(Kind::Integer("seconds")),
        false => occurrence.kind,
    }
}

/// The kind of the option whose name this is but for letter case, when the value is an object.
///
/// The daemon looks at the names within such an object and not at its own, and then decodes it all the same.
fn kind_in_another_case(context: &Context, occurrence: &Occurrence) -> Option<Kind> {
    let is_object = matches!(occurrence.member.value.kind, NodeKind::Map(_));
    if occurrence.place != Place::Top || occurrence.option.is_some() || !is_object {
        return None;
    }
    options::children("")
        .find(|it| it.key.eq_ignore_ascii_case(&occurrence.member.key))
        .filter(|it| it.is_decoded_by(context.engine) || it.is_decoded_and_refused())
        .map(|it| it.kind)
}

/// Whether a null counts as wrong: the name of `proxies` passes only while it holds an object.
fn needs_object(context: &Context, occurrence: &Occurrence) -> bool {
    occurrence.place == Place::Top
        && matches!(occurrence.member.value.kind, NodeKind::Null)
        && occurrence.is_refused(context.engine)
}

struct Finder<'a, 'f> {
    context: &'a Context<'a>,
    occurrence: &'a Occurrence<'a>,
    found: &'f mut Found,
}

impl Finder<'_, '_> {
    fn value(&mut self, node: &Node, kind: Kind) {
        let fits = match (&node.kind, kind) {
            (NodeKind::Missing | NodeKind::Null | NodeKind::Opaque, _) | (_, Kind::Any) => true,
            (NodeKind::Bool(_), Kind::Bool) => true,
            (NodeKind::Number(_), Kind::Integer(_)) => node.as_integer().is_some(),
            (NodeKind::String(_), Kind::Text(_)) => true,
            (NodeKind::Map(_), Kind::Object | Kind::Map(_)) => true,
            (NodeKind::List(elements), Kind::List(element)) => {
                for it in elements {
                    self.value(it, *element);
                }
                true
            }
            _ => false,
        };
        if !fits {
            self.report(node, kind);
        }
    }

    /// An object together with the values of the map it may be.
    fn object(&mut self, node: &Node, kind: Kind) {
        self.value(node, kind);
        if let Kind::Map(element) = kind {
            for it in node.members() {
                self.value(&it.value, *element);
            }
        }
    }

    fn report(&mut self, node: &Node, kind: Kind) {
        let diagnostic = self.mismatch(node, kind);
        self.found.push(diagnostic);
    }

    fn mismatch(&self, node: &Node, kind: Kind) -> Diagnostic {
        let key = &self.occurrence.member.key;
        let whole = node.span == self.occurrence.member.value.span;
        let subject = match whole {
            true => say!("`{key}`"),
            false => say!("Each element of `{key}`"),
        };
        let message = match (&node.kind, kind) {
            (NodeKind::String(text), _) if self.context.are_flags() => {
                say!("{subject} takes {}, and `{text}` is not that", wanted(kind))
            }
            (NodeKind::Number(digits), Kind::Integer(_)) => {
                say!("{subject} must be a whole number, and {digits} is not one the daemon can hold")
            }
            _ => say!("{subject} must be {}, not {}", wanted(kind), node.noun()),
        };
        let why = match self.occurrence.parent.as_str() {
            "log-opts" => {
                "Log options are handed to the log driver as text, so the daemon refuses anything but strings here, and with it all its settings."
            }
            _ if self.context.are_flags() => "dockerd does not start with a value that it cannot read.",
            _ => "The daemon refuses all its settings when one value has the wrong type.",
        };
        let diagnostic = Diagnostic::error(ID, Stage::Load, node.span, message).why(why);
        // The row knows more of a text than the map that it is in.
        let kind = match (kind, self.occurrence.option.map(|it| it.kind)) {
            (Kind::Text(_), Some(precise @ Kind::Text(_))) => precise,
            _ => kind,
        };
        diagnostic.explained(|diagnostic| match converted(node, kind) {
            Some(value) => {
                let value = self.with_unit(value, kind);
                let written = match &value {
                    Value::Bool(value) if self.context.are_flags() => say!("`{value}`"),
                    value => written(value),
                };
                diagnostic
                    .help(say!("Write {written}."))
                    .fix(Fix::safe(say!("Write {written}"), self.context.replace(node.span, value)))
            }
            None => diagnostic.help(advice(kind, self.context.are_flags())).fix(self.removal(node.span, whole)),
        })
    }

    /// A small number with the unit that everybody means by it: nobody wants log files of 10 bytes.
    fn with_unit(&self, value: Value, kind: Kind) -> Value {
        let unit = match self.occurrence.parent.starts_with("builder") {
            true => "GB",
            false => "m",
        };
        let Value::String(digits) = &value else {
            return value;
        };
        let is_small = digits.parse().is_ok_and(|it: u32| (1..16 << 10).contains(&it));
        match kind {
            Kind::Text(Format::Size) if is_small => Value::String([digits, unit].concat()),
            _ => value,
        }
    }

    fn removal(&self, span: Span, whole: bool) -> Fix {
        let title = match whole {
            true => say!("Remove `{}`", self.occurrence.member.key),
            false => say!("Remove this element"),
        };
        Fix::choice(title, self.context.remove(span))
    }
}

/// What a message says a kind is.
fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Bool => "true or false",
        Kind::Integer(_) => "a whole number",
        Kind::Text(_) => "a string",
        Kind::List(Kind::Text(_)) => "a list of strings",
        Kind::List(Kind::Object) => "a list of objects",
        Kind::List(_) => "a list",
        Kind::Object => "an object",
        Kind::Map(Kind::Text(_)) => "an object whose values are strings",
        Kind::Map(Kind::Bool) => "an object whose values are true or false",
        Kind::Map(_) => "an object of objects",
        Kind::Any => "any value",
    }
}

fn advice(kind: Kind, are_flags: bool) -> &'static str {
    match kind {
        Kind::Bool if are_flags => "Write true or false.",
        Kind::Integer(_) if are_flags => "Write a whole number.",
        Kind::Bool => "Write true or false, without quotes.",
        Kind::Integer(_) => "Write a whole number without quotes, fraction or exponent.",
        Kind::Text(_) => "Write one value in double quotes.",
        Kind::List(Kind::Object) => "Write a list of objects: [ { … } ].",
        Kind::List(_) => "Write a list: [ \"…\" ].",
        Kind::Object | Kind::Map(_) => "Write an object: { \"name\": … }.",
        Kind::Any => "",
    }
}

/// The same value in the type that is needed, when there is no doubt which that is.
fn converted(node: &Node, kind: Kind) -> Option<Value> {
    match (&node.kind, kind) {
        (NodeKind::String(text), Kind::Bool) => truth(text).map(Value::Bool),
        (NodeKind::Number(digits), Kind::Bool) => match digits.as_str() {
            "1" => Some(Value::Bool(true)),
            "0" => Some(Value::Bool(false)),
            _ => None,
        },
        (NodeKind::String(text), Kind::Integer(_)) => {
            let number: i64 = text.trim().parse().ok()?;
            Some(Value::integer(number))
        }
        (NodeKind::Number(digits), Kind::Integer(_)) => {
            let whole = digits.strip_suffix(".0").and_then(|it| it.parse().ok());
            whole.or_else(|| from_exponent(digits)).map(Value::integer)
        }
        (NodeKind::Number(digits), Kind::Text(format)) if is_numeric(format) => Some(Value::string(digits.clone())),
        (NodeKind::Bool(value), Kind::Text(Format::Bool | Format::Free)) => {
            Some(Value::string(if *value { "true" } else { "false" }))
        }
        (NodeKind::List(elements), Kind::Text(_) | Kind::Bool | Kind::Integer(_)) => match &elements[..] {
            [only] => same_or_converted(only, kind),
            [_, _, ..] if kind == Kind::Text(Format::Names) => {
                let names: Option<Vec<&str>> = elements.iter().map(Node::as_str).collect();
                names.map(|it| Value::String(it.join(",")))
            }
            _ => None,
        },
        (NodeKind::String(text), Kind::List(Kind::Text(_))) => {
            let parts = text.split(',').map(|it| Value::string(it.trim()));
            Some(Value::List(parts.collect()))
        }
        (NodeKind::Map(members), Kind::List(Kind::Text(_))) => {
            let numbered = members.iter().all(|it| it.key.parse::<usize>().is_ok());
            let values: Option<Vec<_>> = members.iter().map(|it| it.value.as_str().map(Value::string)).collect();
            match numbered {
                true => values.filter(|it| !it.is_empty()).map(Value::List),
                false => assignments(members),
            }
        }
        (NodeKind::List(elements), Kind::Map(element))
            if !elements.is_empty() && elements.iter().all(|it| it.as_str().is_some()) =>
        {
            let entries: Option<Vec<_>> = elements.iter().map(|it| entry(it.as_str()?, *element)).collect();
            entries.map(Value::Map)
        }
        (NodeKind::String(text), Kind::Map(element)) => Some(Value::Map(vec![entry(text, *element)?])),
        (NodeKind::Map(_), Kind::List(Kind::Object)) => Some(Value::List(vec![Value::of(node)?])),
        (NodeKind::String(text), Kind::Object) => pool_of_flag(text),
        (NodeKind::String(text), Kind::List(Kind::Object)) => Some(Value::List(vec![pool_of_flag(text)?])),
        (NodeKind::List(elements), Kind::Object | Kind::Map(_)) => match &elements[..] {
            [] => Some(Value::Map(vec![])),
            [only] if matches!(only.kind, NodeKind::Map(_)) => Value::of(only),
            _ => None,
        },
        _ => None,
    }
}

/// An object as the `name=value` pairs that a list of the daemon holds.
fn assignments(members: &[Member]) -> Option<Value> {
    let pair = |it: &Member| {
        let value = match &it.value.kind {
            NodeKind::String(text) | NodeKind::Number(text) => text,
            _ => return None,
        };
        Some(Value::String([&it.key, "=", value].concat()))
    };
    let pairs: Option<Vec<Value>> = members.iter().map(pair).collect();
    pairs.filter(|it| !it.is_empty()).map(Value::List)
}

/// `name=value`, as a flag takes it, as a member of an object.
fn entry(text: &str, kind: Kind) -> Option<(String, Value)> {
    let (name, value) = text.split_once('=')?;
    let value = match kind {
        Kind::Text(_) => Value::string(value),
        Kind::Bool => Value::Bool(truth(value)?),
        _ => return None,
    };
    Some((name.trim().to_owned(), value))
}

fn same_or_converted(node: &Node, kind: Kind) -> Option<Value> {
    match (&node.kind, kind) {
        (NodeKind::String(_), Kind::Text(_)) | (NodeKind::Bool(_), Kind::Bool) => Value::of(node),
        (NodeKind::Number(_), Kind::Integer(_)) if node.as_integer().is_some() => Value::of(node),
        (NodeKind::List(_), _) => None,
        _ => converted(node, kind),
    }
}

/// Whether a number in quotes can be what an option of this format means.
fn is_numeric(format: Format) -> bool {
    matches!(format, Format::Free | Format::Integer | Format::Size | Format::Duration)
}

fn truth(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|it| it.eq_ignore_ascii_case(text.trim()));
    match () {
        () if is(&["true", "yes", "on", "1"]) => Some(true),
        () if is(&["false", "no", "off", "0"]) => Some(false),
        () => None,
    }
}

/// The whole number that `1e3` or `1.5e3` stands for.
fn from_exponent(digits: &str) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let value = parse_float(digits)?;
    let is_whole = value.fract() == 0.0 && value.abs() < EXACT;
    is_whole.then_some(value as i64)
}

/// `base=10.0.0.0/16,size=24`, as the flag takes it, as an object.
fn pool_of_flag(text: &str) -> Option<Value> {
    let mut base = None;
    let mut size = None;
    for part in text.split(',') {
        match part.trim().split_once('=')? {
            ("base", value) => base = Some(Value::string(value)),
            ("size", value) => size = Some(Value::integer(value.parse().ok()?)),
            _ => return None,
        }
    }
    Some(Value::Map(vec![("base".to_owned(), base?), ("size".to_owned(), size?)]))
}

/// A short value as a message shows it.
fn written(value: &Value) -> String {
    match value {
        Value::Bool(true) => say!("`true`, without quotes"),
        Value::Bool(false) => say!("`false`, without quotes"),
        Value::Number(digits) => say!("`{digits}`"),
        Value::String(text) => say!("`\"{text}\"`"),
        Value::List(elements) => match &elements[..] {
            [Value::String(text)] => say!("`[\"{text}\"]`"),
            _ => say!("it as a list"),
        },
        Value::Map(_) => say!("it as an object"),
        Value::Null => "`null`".to_owned(),
        Value::Expression(text) => say!("`{text}`"),
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_found, diagnose};

    #[test]
    fn flags_values_of_another_type() {
        for (text, expected) in [
            (r#"{"dns": "1.1.1.1"}"#, &["error wrong-type 8..17"][..]),
            (r#"{"dns": ["1.1.1.1", 1]}"#, &["error wrong-type 20..21"]),
            (r#"{"dns": null}"#, &[]),
            (r#"{"dns": ["1.1.1.1", null]}"#, &[]),
            (r#"{"mtu": 1400.5}"#, &["error wrong-type 8..14"]),
            (r#"{"mtu": 1e3}"#, &["error wrong-type 8..11"]),
            (r#"{"mtu": 9223372036854775808}"#, &["error wrong-type 8..27"]),
            (r#"{"log-opts": {"max-file": 3}}"#, &["error wrong-type 26..27"]),
            (r#"{"features": []}"#, &["error wrong-type 13..15"]),
            (r#"{"debug": 1}"#, &["error wrong-type 10..11"]),
            (r#"{"nope": 1}"#, &[]),                         // no row, no type
            (r#"{"DNS": {}}"#, &["error wrong-type 8..10"]), // decoded whatever the letter case
            (r#"{"DNS": []}"#, &[]),                         // its name is refused already
            (r#"{"Log-Opts": {"debug": true}}"#, &["error wrong-type 23..27"]),
        ] {
            assert_found(text, super::ID, expected);
        }
    }

    #[test]
    fn offers_the_value_in_the_right_type() {
        for (text, expected) in [
            (r#"{"dns": "1.1.1.1, 8.8.8.8"}"#, "Write it as a list"),
            (r#"{"debug": "yes"}"#, "Write `true`, without quotes"),
            (r#"{"mtu": "1450"}"#, "Write `1450`"),
            (r#"{"mtu": 1.5e3}"#, "Write `1500`"),
            (r#"{"mtu": "big"}"#, "Write a whole number without quotes, fraction or exponent"),
            (r#"{"log-opts": {"max-file": 3}}"#, "Write `\"3\"`"),
            (r#"{"log-opts": {"max-size": 10}}"#, "Write `\"10m\"`"),
            (r#"{"log-opts": {"max-size": 10485760}}"#, "Write `\"10485760\"`"),
            (r#"{"default-shm-size": 64}"#, "Write `\"64m\"`"),
            (r#"{"builder": {"gc": {"defaultReservedSpace": 20}}}"#, "Write `\"20GB\"`"),
            (
                r#"{"proxies": {"no-proxy": ["127.0.0.0/8", "mirror.example.com"]}}"#,
                "Write `\"127.0.0.0/8,mirror.example.com\"`",
            ),
            (r#"{"log-opts": {"labels": ["a", "b"]}}"#, "Write `\"a,b\"`"),
            (r#"{"log-opts": ["max-size=10m", "max-file=3"]}"#, "Write it as an object"),
            (r#"{"features": ["buildkit=on"]}"#, "Write it as an object"),
            (r#"{"labels": {"rack": "7"}}"#, "Write `[\"rack=7\"]`"),
            (r#"{"bip": ["10.0.0.1/24"]}"#, "Write `\"10.0.0.1/24\"`"),
            (r#"{"default-address-pools": ["base=10.0.0.0/16,size=24"]}"#, "Write it as an object"),
        ] {
            let found = diagnose(text, super::ID);
            let help: Vec<_> = found.iter().map(|it| it.help.trim_end_matches('.')).collect();
            assert_eq!(help, [expected], "{text}");
        }
    }
}
