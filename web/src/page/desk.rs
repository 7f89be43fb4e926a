//! What every component may be handed: the store's dispatcher and the ways to touch the text.

use std::{ops::Deref, rc::Rc};

use drydock::{
    Engine,
    daemon::foreign::Way,
    docker::host::Host,
    document::{Change, Dialect},
    rule::{diagnostic::Fix, mend::Mend},
    text::Span,
};
use yew::{Callback, Reducible, UseReducerDispatcher};

use super::arrived::Carried;
use crate::{
    lines::LineEnds,
    store::{Action, State},
};

/// Sends actions to the store.
pub type Dispatch = UseReducerDispatcher<State>;

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(State::reduce(&self, action))
    }
}

/// The ways to touch the text and the store; the same for as long as the page lives.
#[derive(Clone, PartialEq)]
pub struct Desk {
    /// Sends actions to the store.
    pub dispatch: Dispatch,
    /// Applies a fix of the present report.
    pub fix: Callback<Fix>,
    /// Applies safe fixes of the present report together.
    pub mend: Callback<Mend>,
    /// Changes a setting.
    pub change: Callback<Change>,
    /// Changes settings one after the other, as one step; false when the text cannot take it.
    pub write: Callback<Vec<Change>, bool>,
    /// Shows a place of the text.
    pub reveal: Callback<Span>,
    /// Begins anew with a text.
    pub begin: Callback<Beginning>,
    /// Does with the text what can be done with it, when it is no `daemon.json`.
    pub way: Callback<Way>,
    /// Saves the text exactly as it is, comments and all, as a file.
    pub save: Callback<()>,
    /// Takes back the last step, or does it again.
    pub history: Callback<Step>,
}

/// A text to begin with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beginning {
    /// The text.
    pub text: Rc<str>,
    /// What was done, for the history: "Open daemon.json".
    pub label: String,
    /// What it is written in, when not what it looks like.
    pub dialect: Option<&'static Dialect>,
    /// What ended its lines, when it is a file.
    pub line_ends: LineEnds,
    /// The Engine it is meant for, when not the chosen one.
    pub engine: Option<Engine>,
    /// The host it is meant for, when not the chosen one.
    pub host: Option<Host>,
    /// The id of the target that shows it best.
    pub target: Option<&'static str>,
    /// The same on its way to another bench, where it is plainly meant for that one.
    pub carried: Option<Carried>,
}

/// A step through the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One back.
    Undo,
    /// One forward.
    Redo,
}

/// Something computed once and handed around: equal when it is the same one.
pub struct Shared<T>(Rc<T>);

impl<T> From<Rc<T>> for Shared<T> {
    fn from(value: Rc<T>) -> Self {
        Self(value)
    }
}

impl<T> Shared<T> {
    /// The same one, for who holds it in another way.
    pub fn held(&self) -> Rc<T> {
        self.0.clone()
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
