//! What follows from the text and the choices around it? Page and embed share it.

use std::{rc::Rc, sync::Arc};

use drydock::{
    Engine, Report, Request, Summary, analyze,
    daemon::{
        dialect,
        network::Avoid,
        print::{Order, Printed, TARGETS, write_down},
    },
    docker::host::Host,
    document::Dialect,
};
use yew::prelude::*;

use super::{
    desk::Shared,
    nix::{self, Nix},
    rest::Rest,
    result::{Aim, short},
};
use crate::{
    offsets::Offsets,
    outside::services,
    store::{Base, State, Tab},
};

/// A text with the choices around it, and what follows from them.
pub struct Examined {
    /// The text and the choices, those that it makes by itself before the visitor's.
    pub request: Request,
    /// What follows from them.
    pub report: Shared<Report>,
}

impl Examined {
    /// Examines a text, which is written in what it looks like unless a dialect is chosen.
    fn of(text: &str, dialect: Option<&'static Dialect>, engine: Engine, host: &Host, avoid: &Arc<Avoid>) -> Self {
        let request = Request {
            text: text.to_owned(),
            dialect: dialect.unwrap_or_else(|| dialect::of(text)),
            engine,
            host: host.clone(),
            avoid: avoid.clone(),
        };
        let report = Shared::from(Rc::new(analyze(&request)));
        let request = report.request_of(&request).into_owned();
        Self { request, report }
    }

    /// What the result for a target is called, and its text; the target by its place in the list.
    pub fn write(&self, target: usize) -> (&'static str, AttrValue) {
        let target = Aim(TARGETS.get(target).unwrap_or(&TARGETS[0]));
        (short(target), self.print(target).text.into())
    }

    /// Writes the settings down for a target.
    fn print(&self, target: Aim) -> Printed {
        write_down(&self.request, &self.report, &target, Order::AsWritten)
    }
}

/// What follows from what the visitor typed and chose.
pub struct Seen {
    /// Where lines and characters of the text are.
    pub offsets: Rc<Offsets>,
    /// What follows from the text.
    pub examined: Shared<Examined>,
    /// What is said of it first.
    pub summary: Rc<Summary>,
    /// What the settings are written for.
    pub target: Aim,
    /// The settings, written down.
    pub printed: Shared<Printed>,
    /// The same of the text that a comparison starts from; only with the tab that shows it.
    pub before: Option<Shared<Printed>>,
    /// What stands where something follows from the text, while it cannot be read yet.
    pub unread: Option<Html>,
    /// What stands in place of the result, while it cannot be written yet.
    pub unwritten: Option<Html>,
}

/// Networks to keep clear of: equal when they are the same list.
#[derive(Clone)]
struct ByAddress(Arc<Avoid>);

impl PartialEq for ByAddress {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Examines the text when it or a choice has changed, and says no more of it than can be known before all is here that
/// reads it.
#[hook]
pub fn use_examined(state: &State, avoid: &Arc<Avoid>, rest: &Rest, nix: &Nix) -> Seen {
    use_effect_with(state.dialect, |dialect| services::choose_dialect(*dialect));
    let offsets = use_memo(state.text.clone(), |text| Offsets::of(text));
    let (reading, writing) = (state.reading(), state.writing());
    let (lacks_rest, lacks_nix) = (rest.here().is_none(), nix.here().is_none());
    let unread = match (lacks_rest && reading.rest, lacks_nix && reading.nix) {
        (true, _) => Some(rest.draw(|_| Html::default())),
        (_, true) => Some(nix::awaited()),
        _ => None,
    };
    let unwritten = match (&unread, lacks_rest && writing.rest, lacks_nix && writing.nix) {
        (Some(unread), ..) => Some(unread.clone()),
        (_, true, _) => Some(rest.draw(|_| Html::default())),
        (_, _, true) => Some(nix.draw(|()| Html::default())),
        _ => None,
    };
    let (is_unread, is_unwritten) = (unread.is_some(), unwritten.is_some());
    let lacks_networks = rest.here().is_none() && state.asks_about_networks();
    let choices =
        (state.text.clone(), state.dialect, state.engine, state.host.clone(), ByAddress(avoid.clone()), is_unread);
    let examined = use_memo(choices, |(text, dialect, engine, host, avoid, _)| {
        Examined::of(text, *dialect, *engine, host, &avoid.0)
    });
    let examined = Shared::from(examined);
    let versions = (examined.request.engine, examined.request.host.nixos.release);
    use_effect_with(versions, |(engine, release)| services::choose_versions(*engine, *release));
    let choices = (state.text.clone(), examined.clone(), is_unread, lacks_networks);
    let summary = use_memo(choices, |(text, it, is_unread, lacks_networks)| {
        let summary = Summary::of(text, &it.report);
        match (*is_unread && !summary.is_empty, *lacks_networks) {
            (true, _) => summary.unread(it.request.dialect.notation),
            (false, true) => summary.before_networks(),
            (false, false) => summary,
        }
    });
    let target = Aim(TARGETS.get(state.target).unwrap_or(&TARGETS[0]));
    let choices = (examined.clone(), target, is_unwritten);
    let printed = use_memo(choices, |(it, target, is_unwritten)| match is_unwritten {
        true => Printed::default(),
        false => it.print(*target),
    });
    let printed = use_same(Shared::from(printed));
    let base = match (state.tab, state.base) {
        (Tab::Diff, Base::Beginning) => Some(state.beginning.clone()),
        (Tab::Diff, Base::Previous) => Some(state.previous.clone()),
        _ => None,
    };
    let choices = (base, state.dialect, state.engine, state.host.clone(), target, (rest.clone(), nix.clone()));
    let before = use_memo(choices, |(base, dialect, engine, host, target, _)| {
        let examined = Examined::of(base.as_ref()?, *dialect, *engine, host, &Arc::default());
        Some(Shared::from(Rc::new(examined.print(*target))))
    });
    Seen { offsets, examined, summary, target, printed, before: (*before).clone(), unread, unwritten }
}

/// The one before, when it is equal: what was drawn of it stays.
#[hook]
fn use_same<T: PartialEq + 'static>(value: Shared<T>) -> Shared<T> {
    let before = use_mut_ref(|| None::<Shared<T>>);
    let same = before.take().filter(|it| **it == *value).unwrap_or(value);
    before.replace(Some(same.clone()));
    same
}
