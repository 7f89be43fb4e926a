//! Which names does a text use that nothing gives a value?
//!
//! Nix looks for them before anything is evaluated, and refuses the whole text for one. Within `with` only the evaluation
//! tells.
//!
//! Source: nix `src/libexpr/nixexpr.cc`, `ExprVar::bindVars`

use std::collections::BTreeSet;

use super::{
    free::is_known_everywhere,
    layout::{LayoutId, Layouts, What},
    lex::{MAX_PROBLEMS, edit},
    syntax::{Attr, AttrName, Binding, Form, Id, Part, Symbol, Syntax},
};
use crate::{
    document::{Problem, ProblemKind},
    text::{Edits, Span, words},
};

/// What the module system hands to each module. A part of a module uses them without saying so.
const OF_MODULES: &[&str] = &["config", "lib", "modulesPath", "options", "pkgs"];

/// Words that are misspelt.
const CONSTANTS: &[&str] = &["false", "null", "true"];

/// For so many names a near one is looked for.
const MAX_NEAREST: usize = 20;

/// The first use of each name that nothing gives a value.
pub(super) fn problems(text: &str, syntax: &Syntax, layouts: &Layouts, root: Id) -> Vec<Problem> {
    let mut walk = Walk {
        text,
        syntax,
        layouts,
        is_whole: is_whole(syntax, root),
        bound: vec![0; syntax.names.len()],
        withs: 0,
        heads: Vec::new(),
        steps: vec![Step::Look(root)],
        told: BTreeSet::new(),
        found: Vec::new(),
    };
    while let Some(step) = walk.steps.pop() {
        walk.take(step);
    }
    walk.found
}

/// Whether nothing can be around a text: it is a function, as modules are, or a flake.
fn is_whole(syntax: &Syntax, root: Id) -> bool {
    match syntax.form(root) {
        Form::Function { .. } => true,
        Form::Set { bindings, .. } => bindings.iter().any(|it| match it {
            Binding::Value { path, .. } => match path.first().map(|it| it.name) {
                Some(AttrName::Known(name)) => syntax.names.name(name) == "outputs",
                _ => false,
            },
            Binding::Inherit { .. } => false,
        }),
        _ => false,
    }
}

enum Step {
    Look(Id),
    /// Of a set that is written in several places, or with dots.
    Members(LayoutId),
    Use(Symbol, Span),
    Bind(Vec<Symbol>),
    Free(Vec<Symbol>),
    With,
    EndWith,
    /// A function that takes other arguments, too: where its first one could be.
    Head(usize),
    EndHead,
}

struct Walk<'a> {
    text: &'a str,
    syntax: &'a Syntax,
    layouts: &'a Layouts,
    is_whole: bool,
    /// How many places around give each name a value.
    bound: Vec<u32>,
    withs: usize,
    heads: Vec<usize>,
    /// What is still to be done, the next at the end.
    steps: Vec<Step>,
    told: BTreeSet<Symbol>,
    found: Vec<Problem>,
}

impl Walk<'_> {
    fn take(&mut self, step: Step) {
        match step {
            Step::Look(id) => self.look(id),
            Step::Members(layout) => {
                let steps = self.set(Some(layout), None);
                self.first(steps);
            }
            Step::Use(name, span) => self.uses(name, span),
            Step::Bind(names) => {
                for name in &names {
                    if let Some(count) = self.bound.get_mut(*name) {
                        *count += 1;
                    }
                }
            }
            Step::Free(names) => {
                for name in &names {
                    if let Some(count) = self.bound.get_mut(*name) {
                        *count -= 1;
                    }
                }
            }
            Step::With => self.withs += 1,
            Step::EndWith => self.withs -= 1,
            Step::Head(at) => self.heads.push(at),
            Step::EndHead => {
                self.heads.pop();
            }
        }
    }

    /// Puts steps before all others, in their order.
    fn first(&mut self, steps: Vec<Step>) {
        self.steps.extend(steps.into_iter().rev());
    }

    fn look(&mut self, id: Id) {
        let steps = match self.syntax.form(id) {
            Form::Missing | Form::Beyond | Form::Int(_) | Form::Float(_) | Form::SearchPath | Form::Uri => return,
            Form::Name(name) => return self.uses(*name, self.syntax.span(id)),
            Form::String(parts) | Form::Path(parts) => {
                let fills = parts.iter().filter_map(|it| match it {
                    Part::Fill(fill) => Some(Step::Look(*fill)),
                    Part::Text(_) => None,
                });
                fills.collect()
            }
            Form::List(elements) => elements.iter().map(|it| Step::Look(*it)).collect(),
            Form::Set { .. } | Form::OldLet { .. } => self.set(self.layouts.of_expression(id), None),
            Form::Let { body, .. } => self.set(self.layouts.of_expression(id), Some(*body)),
            Form::With { namespace, body } => {
                vec![Step::Look(*namespace), Step::With, Step::Look(*body), Step::EndWith]
            }
            Form::Assert { condition: first, body: second } | Form::Apply { function: first, argument: second } => {
                vec![Step::Look(*first), Step::Look(*second)]
            }
            Form::Binary { left, right, .. } => vec![Step::Look(*left), Step::Look(*right)],
            Form::If { condition, then, or_else } => {
                vec![Step::Look(*condition), Step::Look(*then), Step::Look(*or_else)]
            }
            Form::Not(inner) | Form::Negate(inner) => vec![Step::Look(*inner)],
            Form::Select { from, path, default } => {
                let mut steps = vec![Step::Look(*from)];
                steps.extend(computed(path));
                steps.extend(default.map(Step::Look));
                steps
            }
            Form::Has { from, path } => std::iter::once(Step::Look(*from)).chain(computed(path)).collect(),
            Form::Function { parameter, body } => {
                let pattern = parameter.pattern.as_deref().unwrap_or_default();
                let names: Vec<Symbol> = pattern.iter().map(|it| it.0).chain(parameter.name).collect();
                let start = self.syntax.span(id).start;
                let is_head = parameter.is_open && self.text.get(start..).is_some_and(|it| it.starts_with('{'));
                let mut steps = vec![Step::Bind(names.clone())];
                steps.extend(is_head.then_some(Step::Head(start + 1)));
                steps.extend(pattern.iter().filter_map(|it| it.1).map(Step::Look));
                steps.push(Step::Look(*body));
                steps.extend(is_head.then_some(Step::EndHead));
                steps.push(Step::Free(names));
                steps
            }
        };
        self.first(steps);
    }

    /// The members of a set, and what sees them where they see each other.
    fn set(&self, layout: Option<LayoutId>, body: Option<Id>) -> Vec<Step> {
        let mut outside = Vec::new();
        let mut names = Vec::new();
        let mut inside = Vec::new();
        let mut source = None;
        let entries = layout.map(|it| self.layouts.get(it));
        for entry in entries.map_or(&[][..], |it| &it.entries) {
            match entry.name {
                AttrName::Known(name) => names.push(name),
                AttrName::Computed(id) => inside.push(Step::Look(id)),
            }
            match (entry.what, entry.name) {
                (What::Value(id), _) => inside.push(Step::Look(id)),
                (What::Set(inner), _) => inside.push(Step::Members(inner)),
                (What::Inherit, AttrName::Known(name)) => outside.push(Step::Use(name, entry.place.name)),
                // Of `inherit (a) b c` once.
                (What::InheritFrom(id), _) if source != Some(id) => {
                    source = Some(id);
                    inside.push(Step::Look(id));
                }
                (What::Inherit | What::InheritFrom(_), _) => {}
            }
        }
        inside.extend(body.map(Step::Look));
        if !entries.is_some_and(|it| it.is_recursive) {
            names.clear();
        }
        outside.push(Step::Bind(names.clone()));
        outside.extend(inside);
        outside.push(Step::Free(names));
        outside
    }

    fn uses(&mut self, name: Symbol, span: Span) {
        let written = self.syntax.names.name(name);
        let is_bound = self.withs > 0 || self.bound.get(name).is_none_or(|it| *it > 0);
        if is_bound || is_known_everywhere(written) || written == "or" || self.found.len() >= MAX_PROBLEMS {
            return;
        }
        let is_near = |it: &&str| written.len() > 2 && words::distance(written, it) == 1;
        let constant = CONSTANTS.iter().copied().find(is_near);
        if !self.is_whole && constant.is_none() || !self.told.insert(name) {
            return;
        }
        let rest = self.text.get(span.end..).unwrap_or_default().trim_start();
        let argument = OF_MODULES.contains(&written).then(|| self.heads.last()).flatten();
        let mut bound = self.bound.iter().enumerate().filter(|it| *it.1 > 0).map(|it| self.syntax.names.name(it.0));
        let near = constant.or_else(|| match self.found.len() < MAX_NEAREST {
            true => bound.find(is_near),
            false => None,
        });
        let mend = match (argument, near) {
            (Some(head), _) => Some(edit(Span::empty(*head), &[" ", written, ","].concat())),
            (None, Some(near)) => Some(edit(span, near)),
            (None, None) if rest.starts_with([';', ']']) => Some(edit(span, &["\"", written, "\""].concat())),
            (None, None) => None,
        };
        let mend = Edits::of(mend.into_iter().collect());
        self.found.push(Problem { kind: ProblemKind::Undefined, span, related: None, mend });
    }
}

fn computed(path: &[Attr]) -> impl Iterator<Item = Step> {
    path.iter().filter_map(|it| match it.name {
        AttrName::Computed(id) => Some(Step::Look(id)),
        AttrName::Known(_) => None,
    })
}
