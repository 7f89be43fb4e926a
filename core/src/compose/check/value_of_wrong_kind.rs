//! A value of a kind that its key does not take.

use super::{Context, Diagnostic, Fix, Stage};
use crate::{
    compose::schema::Form,
    document::{Kind, Node},
};

rule! {
    /// A value of a kind that its key does not take: a number for a text, a text for a list.
    ///
    /// ## Why it matters
    /// Compose refuses the file.
    ///
    /// ## What to do
    /// Put a text in quotes; write `- ` before the elements of a list.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     user: 1000
    /// ```
    ///
    /// ## Source
    /// compose-go `schema/compose-spec.json`
    "value-of-wrong-kind", [Error], check
}

fn form(node: &Node) -> Option<Form> {
    Some(match node.kind {
        Kind::String(_) => Form::Text,
        Kind::Number(_) => Form::Number,
        Kind::Bool(_) => Form::Bool,
        Kind::List(_) => Form::List,
        Kind::Map(_) => Form::Map,
        // Where nothing is written yet, nothing is wrong yet.
        Kind::Null | Kind::Missing | Kind::Opaque => return None,
    })
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for written in &context.keys {
        let (Some(key), Some(form)) = (written.key, form(&written.member.value)) else { continue };
        // A variable may come to anything.
        let is_open = written.member.value.as_str().is_some_and(|it| it.contains('$'));
        // What Docker Compose takes without asking its schema.
        let is_lenient = key.parent.is_empty() || key.name == "required";
        if key.forms.contains(&form) || is_open || is_lenient {
            continue;
        }
        let name = &written.member.key;
        let span = written.member.value.span;
        let right: Vec<&str> = key.forms.iter().filter(|it| **it != Form::Null).map(|it| it.noun()).collect();
        let right = right.join(" or ");
        let text = context.written(span);
        let fix = match form {
            Form::Number | Form::Bool if key.forms.contains(&Form::Text) => {
                Some(Fix::safe(format!("Write `\"{text}\"`"), context.quote(span)))
            }
            Form::Text | Form::Number if key.forms.contains(&Form::List) && !text.contains('\n') => {
                let text = if form == Form::Number { ["\"", text, "\""].concat() } else { text.to_owned() };
                let is_plain = !text.contains([',', '[', ']', '{', '}']) || text.starts_with(['"', '\'']);
                let edits = context.replace(span, ["[", &text, "]"].concat());
                is_plain.then(|| Fix::choice("Make it a list", edits))
            }
            _ => None,
        };
        found.push(
            Diagnostic::error(ID, Stage::Load, span, format!("`{name}` takes {right}, not {}", form.noun()))
                .why("Compose refuses a file with a value of another kind.")
                .help(format!("Write {right}."))
                .fix(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn values_are_of_the_kinds_of_their_keys() {
        let text = "services: {a: {user: 1000, image: 1.5, ports: 80, command: [x], restart: no, tty: true, environment: [A=1], mem_limit: 5}}\n";
        assert_flags(text, super::ID, &["error 1000", "error 1.5", "error 80"]);
        assert_first_fix(
            "services: {a: {user: 1000}}\n",
            super::ID,
            "Write `\"1000\"`",
            "services: {a: {user: \"1000\"}}\n",
        );
        assert_first_fix(
            "services: {a: {ports: 80}}\n",
            super::ID,
            "Make it a list",
            "services: {a: {ports: [\"80\"]}}\n",
        );
        assert_flags("services: {a: {ports: , tty: '${X}', volumes: }}\n", super::ID, &[]);
    }
}
