//! What the visitor typed and chose; everything else is computed from it.

use std::rc::Rc;

use drydock::{
    Engine,
    bench::{Choice, Chosen, Listing},
    daemon::{
        dialect,
        print::{TARGETS, Target},
    },
    docker::host::Host,
    document::{Dialect, Notation, Step},
    is_glanced_at, link,
};

use crate::{
    aims::{Aims, notation},
    drafts::{self, Draft, Drafts},
    lines::LineEnds,
    linked,
    route::Route,
};

/// What the visitor typed and chose.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The workbench, where it is not the usual one.
    pub bench: Option<&'static Listing>,
    /// What is chosen there beside the text.
    pub chosen: Chosen,
    /// The text, as the editor last told it.
    pub text: Rc<str>,
    /// What it is written in; `None` for what it looks like.
    pub dialect: Option<&'static Dialect>,
    /// The editor's number for that text.
    pub revision: u32,
    /// The text that an example, a file or the kept draft began with.
    pub beginning: Rc<str>,
    /// What ended the lines of the file it began with.
    pub line_ends: LineEnds,
    /// The text before the last change; a run of typing is one change.
    pub previous: Rc<str>,
    /// Whether the last change was typing that has not rested yet.
    pub typing: Unseen<bool>,
    /// The Engine that will read the settings.
    pub engine: Engine,
    /// The machine it will run on.
    pub host: Host,
    /// How the configuration is edited.
    pub face: Face,
    /// What the form shows.
    pub filter: Filter,
    /// What was typed into the form and is not in the text.
    pub drafts: Drafts,
    /// What the result panel shows.
    pub tab: Tab,
    /// What the settings are written for, by its place in the list of targets.
    pub target: usize,
    /// What the tabs of the result show.
    pub aims: Aims,
    /// Whether the visitor is asked where it runs, because nothing is known of them.
    pub asks_where: bool,
    /// What a comparison starts from.
    pub base: Base,
    /// The part that is shown where only one fits.
    pub view: View,
    /// What the address space panel shows.
    pub space: Space,
    /// What is shown beside the result on another bench, by its place in the list of panels.
    pub panel: usize,
    /// Whether the picture leaves out the known networks that were not chosen to keep clear of.
    pub hides_known: bool,
    /// What was pasted or typed into the networks to keep clear of.
    pub avoid: Rc<str>,
    /// What else is to be kept clear of: ids of known networks, and subnets that a link named.
    pub places: Rc<[String]>,
    /// The page inside the app.
    pub route: Route,
    /// The chosen theme.
    pub theme: Theme,
    /// Whether the help is open.
    pub help: bool,
    /// Whether the dialog about sharing is open.
    pub share: bool,
    /// The problem that is open.
    pub problem: Current,
    /// How many safe fixes made the text what it is, if they did.
    pub mended: Option<usize>,
    /// Why a file was not opened, until the text changes.
    pub refused: Option<Rc<str>>,
    /// Whether the address holds all this as a link.
    pub held: Held,
}

/// State that the page does not show: two states that differ only in this look alike, and the second is not drawn.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unseen<T>(pub T);

impl<T> PartialEq for Unseen<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A problem, by its place in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Current {
    /// The place.
    pub index: usize,
    /// Whether the visitor went there.
    pub is_seen: bool,
}

/// Whether the address holds the text and the choices as a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Held {
    /// It does not.
    #[default]
    Not,
    /// Since the visitor shared them: they are the visitor's own.
    Shared,
    /// Since the visitor opened a link: its choices are not the visitor's own and are not kept for the next visit.
    Opened,
}

/// How the configuration is edited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// As text.
    #[default]
    Text,
    /// Field by field.
    Form,
}

/// What the form shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that the options must have.
    pub words: Rc<str>,
    /// Only those that are set.
    pub only_set: bool,
}

/// What the result panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The settings, written in this notation.
    Written(Notation),
    /// What has changed.
    Diff,
    /// How to put it in place.
    Apply,
}

impl Default for Tab {
    fn default() -> Self {
        Self::Written(Notation::Nix)
    }
}

/// What a comparison starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// The configuration the visitor began with.
    #[default]
    Beginning,
    /// The one before the last change.
    Previous,
}

/// The parts of the page, where only one fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The editor.
    #[default]
    Edit,
    /// The problems.
    Problems,
    /// The result.
    Result,
    /// The address space.
    Space,
}

/// What the address space panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Space {
    /// The picture.
    #[default]
    Map,
    /// The pools, and the networks that will be cut from them.
    Plan,
    /// The networks to keep clear of.
    Avoid,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What comes after the page, and is needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The rest of the page, which reads and writes flags.
    pub rest: bool,
    /// What reads Nix.
    pub nix: bool,
}

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The text is now this; a label says that something other than typing made the change.
    Changed {
        /// The new text.
        text: Rc<str>,
        /// The editor's number for it.
        revision: u32,
        /// Whether the visitor typed it.
        typed: bool,
        /// Whether the form wrote it, which tells what becomes of its drafts.
        by_form: bool,
    },
    /// The present text is where the visitor begins: an example, a file, the kept draft.
    Began(LineEnds),
    /// Nothing was typed for a moment.
    Rested,
    /// The text is written in this; `None` for what it looks like.
    Dialect(Option<&'static Dialect>),
    /// Another Engine.
    Engine(Engine),
    /// Other facts of the host.
    Host(Host),
    /// Other choices beside the text.
    Chosen(Chosen),
    /// The choices of a link that was opened.
    Lent(Chosen),
    /// Another value of one of them.
    Beside(&'static Choice, &'static str),
    /// Another way to edit.
    Face(Face),
    /// Another filter of the form.
    Filter(Filter),
    /// This was typed into the form, and is not in the text.
    Draft(Vec<Step>, Rc<str>),
    /// What was typed into the form is in the text, or no longer wanted.
    Written(Vec<Step>),
    /// The form took this out of the text.
    TakenOut(Vec<Step>),
    /// The last draft is taken back, when nothing else was done since.
    Undrafted,
    /// Another result.
    Tab(Tab),
    /// Another target, by its place in the list.
    Target(usize),
    /// The target that shows an example best.
    Suggested(usize),
    /// The visitor does not say where it runs.
    NotAsked,
    /// Another start of the comparison.
    Base(Base),
    /// Another part of the page.
    View(View),
    /// Another look at the address space.
    Space(Space),
    /// Another panel beside the result.
    Panel(usize),
    /// The known networks are drawn, or no longer.
    Known(bool),
    /// Another text about the networks to keep clear of.
    Avoid(Rc<str>),
    /// More text about them, shown where they are listed.
    KeepClear(Rc<str>),
    /// A file was not opened, for this reason; or that has been read.
    Refused(Option<Rc<str>>),
    /// A place is gone to, or no longer: the id of a known network, or a subnet.
    Place(String),
    /// Another page.
    Route(Route),
    /// Another theme.
    Theme(Theme),
    /// The help opens or closes.
    Help(bool),
    /// The visitor went to a problem.
    Problem(usize),
    /// The problem at this place was mended.
    Fixed(usize),
    /// So many safe fixes made the text what it is now.
    Mended(usize),
    /// A link was opened: its choices, and the text that the editor gets.
    Opened(Rc<link::State>),
    /// The dialog about sharing opens or closes.
    Share(bool),
    /// The state was shared as a link.
    Shared,
}

impl State {
    /// Whether something that is shown is drawn by the rest of the page, which otherwise comes later.
    pub fn needs_rest(&self) -> bool {
        let is_drawn_by_it = self.face == Face::Form
            || matches!(self.tab, Tab::Diff | Tab::Apply)
            || self.view == View::Space
            || self.writing().rest
            || self.space != Space::Map;
        is_drawn_by_it || self.help || self.share || !self.route.is_bench() || self.asks_about_networks()
    }

    /// What reads the text.
    pub fn reading(&self) -> Needs {
        let notation = self.dialect().notation;
        // Modules hold flags, too.
        let is_plain = notation == Notation::Json && is_glanced_at(&self.text, self.dialect.map_or("", |it| it.id));
        Needs { rest: !is_plain, nix: notation == Notation::Nix }
    }

    /// What reads the text, and writes the result.
    pub fn writing(&self) -> Needs {
        let Needs { rest, nix } = self.reading();
        let is_written = TARGETS.get(self.target).is_some_and(Target::is_late);
        Needs { rest: rest || is_written, nix }
    }

    /// Whether there are networks to keep clear of.
    pub fn asks_about_networks(&self) -> bool {
        !self.places.is_empty() || !self.avoid.trim_ascii().is_empty()
    }

    /// What the text is written in.
    pub fn dialect(&self) -> &'static Dialect {
        self.dialect.unwrap_or_else(|| dialect::of(&self.text))
    }

    /// Shows the settings for a target from now on, and in its tab again when that is left.
    pub fn aim_at(&mut self, target: usize) {
        self.target = target;
        self.aims.set(target);
    }

    /// What is kept of this: the ids of the target that is shown, and of those in the other tabs.
    pub fn kept_targets(&self) -> String {
        let places = [self.target].into_iter().chain(self.aims.beside(self.target).rev());
        let ids = places.filter_map(|it| TARGETS.get(it)).map(|it| it.id);
        ids.collect::<Vec<_>>().join(" ")
    }

    /// Restores the choices that were kept; unknown ids are ignored.
    pub fn take_up_targets(&mut self, kept: &str) {
        let ids = kept.split(' ').rev();
        let places = ids.filter_map(|id| TARGETS.iter().position(|it| it.id == id));
        for place in places {
            self.aim_at(place);
            self.tab = Tab::Written(notation(place));
        }
    }

    /// The state after something happened.
    #[must_use]
    pub fn reduce(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::Changed { revision, .. } if revision < self.revision => {}
            Action::Changed { text, revision, typed, by_form } => {
                let continues = typed && self.typing.0;
                if !continues && text != self.text {
                    next.previous = self.text.clone();
                }
                if text != self.text {
                    next.problem = Current::default();
                    next.mended = None;
                    next.refused = None;
                    if !by_form {
                        next.drafts = self.drafts.still_meant(&text);
                    }
                }
                next.typing = Unseen(typed);
                next.text = text;
                next.revision = revision;
            }
            Action::Began(line_ends) => {
                next.dialect = None;
                next.line_ends = line_ends;
                next.drafts = Drafts::default();
                next.beginning = self.text.clone();
                next.previous = self.text.clone();
                next.base = Base::Beginning;
            }
            Action::Rested => next.typing = Unseen(false),
            Action::Dialect(dialect) => next.dialect = dialect,
            Action::Engine(engine) => next.engine = engine,
            Action::Host(host) => next.host = host,
            Action::Chosen(chosen) => next.chosen = chosen,
            Action::Lent(chosen) => {
                next.chosen = chosen;
                next.held = Held::Opened;
            }
            Action::Beside(choice, value) => next.chosen = self.chosen.with(choice, value),
            Action::Face(face) => next.face = face,
            Action::Filter(filter) => next.filter = filter,
            Action::Draft(path, typed) => {
                let document = self.dialect().read(&self.text);
                let stood = drafts::stands(&self.text, &document.root, &path).map(Into::into);
                next.drafts = self.drafts.with(Draft { path, typed, revision: self.revision, stood });
            }
            Action::Written(path) => next.drafts = self.drafts.without(&path),
            Action::TakenOut(path) => next.drafts = self.drafts.taken_out(&path),
            Action::Undrafted => {
                next.drafts = self.drafts.undone(self.revision).unwrap_or_default();
            }
            Action::Tab(tab) => {
                next.tab = tab;
                if let Tab::Written(notation) = tab {
                    next.aim_at(self.aims.of(notation));
                    next.asks_where = false;
                }
            }
            Action::Target(target) => {
                next.aim_at(target);
                next.asks_where = false;
                if let Tab::Written(_) = self.tab {
                    next.tab = Tab::Written(notation(target));
                }
            }
            // What is usual is not taken from who has chosen otherwise.
            Action::Suggested(0) if notation(self.target) != notation(0) && !self.asks_where => {}
            Action::Suggested(target) => {
                let asks_where = self.asks_where;
                next = self.reduce(Action::Target(target));
                next.asks_where = asks_where;
            }
            Action::NotAsked => next.asks_where = false,
            Action::Base(base) => next.base = base,
            Action::View(view) => next.view = view,
            Action::Space(space) => next.space = space,
            Action::Panel(panel) => next.panel = panel,
            Action::Known(shown) => next.hides_known = !shown,
            Action::Avoid(text) => next.avoid = text,
            Action::KeepClear(text) => {
                next.avoid = match self.avoid.trim_ascii_end() {
                    "" => text,
                    before => [before, "\n", &text].concat().into(),
                };
                next.space = Space::Avoid;
                next.view = View::Space;
            }
            Action::Refused(why) => next.refused = why,
            Action::Place(place) => {
                let mut places: Vec<String> = self.places.iter().filter(|it| **it != place).cloned().collect();
                if places.len() == self.places.len() {
                    places.push(place);
                }
                next.places = places.into();
            }
            Action::Route(route) => {
                // A link that asks about networks asks about these alone.
                if let Route::Travel(asked) = &route
                    && !asked.is_empty()
                {
                    next.places = asked.clone().into();
                    next.avoid = "".into();
                }
                next.route = route;
                next.share = false;
            }
            Action::Theme(theme) => next.theme = theme,
            Action::Help(open) => next.help = open,
            Action::Problem(index) => next.problem = Current { index, is_seen: true },
            Action::Fixed(index) => next.problem = Current { index, is_seen: false },
            Action::Mended(fixes) => {
                next.mended = Some(fixes);
                next.base = Base::Previous;
            }
            Action::Opened(link) => {
                next.drafts = Drafts::default();
                linked::open(&mut next, &link);
            }
            Action::Share(open) => next.share = open,
            Action::Shared => {
                if self.held == Held::Not {
                    next.held = Held::Shared;
                }
            }
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NIX: Tab = Tab::Written(Notation::Nix);
    const JSON: Tab = Tab::Written(Notation::Json);

    fn typed(text: &str, revision: u32) -> Action {
        Action::Changed { text: text.into(), revision, typed: true, by_form: false }
    }

    fn made(text: &str, revision: u32) -> Action {
        Action::Changed { text: text.into(), revision, typed: false, by_form: false }
    }

    #[track_caller]
    fn after(actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(State::default(), |state, action| state.reduce(action))
    }

    #[test]
    fn a_stale_text_is_dropped() {
        let state = after([typed("{}", 2), typed("{", 1)]);
        assert_eq!((&*state.text, state.revision), ("{}", 2));
    }

    #[test]
    fn a_run_of_typing_is_one_change_until_it_rests_or_something_else_edits() {
        for (actions, previous) in [
            (vec![typed("a", 1), typed("ab", 2)], ""),
            (vec![typed("a", 1), Action::Rested, typed("ab", 2)], "a"),
            (vec![typed("a", 1), made("b", 2)], "a"),
            (vec![made("a", 1), typed("ab", 2), typed("abc", 3)], "a"),
            (vec![made("a", 1), made("a", 2)], ""), // told again, not changed
        ] {
            assert_eq!(&*after(actions.clone()).previous, previous, "{actions:?}");
        }
    }

    #[test]
    fn an_example_is_a_new_beginning() {
        let state = after([made("example", 1), Action::Began(LineEnds::Lf), typed("example!", 2)]);
        assert_eq!(&*state.beginning, "example");
        assert_eq!(&*state.previous, "example");
    }

    #[test]
    fn a_change_of_the_text_forgets_which_problem_was_current() {
        let state = after([typed("{", 1), Action::Problem(3)]);
        let at = |index, is_seen| Current { index, is_seen };
        assert_eq!(state.problem, at(3, true));
        assert_eq!(state.reduce(typed("{}", 2)).problem, at(0, false));
    }

    #[test]
    fn after_a_fix_the_problem_that_took_its_place_is_open() {
        let fixed = [typed("{", 1), Action::Problem(3), made("{}", 2), Action::Fixed(3)];
        let problem = after(fixed).problem;
        assert_eq!((problem.index, problem.is_seen), (3, false));
    }

    #[test]
    fn a_comparison_starts_from_what_fixes_changed_until_something_else_is_opened() {
        let fixed = after([typed("{", 1), made("{}", 2), Action::Mended(1)]);
        assert_eq!((fixed.mended, fixed.base), (Some(1), Base::Previous));
        let typed_on = fixed.reduce(typed("{} ", 3));
        assert_eq!((typed_on.mended, typed_on.base), (None, Base::Previous));
        let anew = typed_on.reduce(Action::Began(LineEnds::Lf));
        assert_eq!(anew.base, Base::Beginning);
    }

    #[test]
    fn the_rest_of_the_page_is_needed_at_once_where_it_draws_what_is_shown() {
        for (actions, needs_rest) in [
            (vec![], false),
            (vec![Action::Avoid(" \n".into())], false),
            (vec![Action::Avoid("10.0.0.0/8".into())], true), // without them there is no verdict
            (vec![Action::Place("train".to_owned())], true),
            (vec![Action::Route(Route::Options)], true),
            (vec![Action::Face(Face::Form)], true),
            (vec![typed("{ \"debug\": true }", 1)], false),
            (vec![typed("dockerd --debug", 1)], true), // without it they cannot be read
            (vec![typed("virtualisation.docker.enable = true;", 1)], true), // modules hold flags
            (vec![Action::Tab(JSON)], false),
            (vec![Action::Tab(Tab::Apply)], true),
            (vec![Action::Space(Space::Plan)], true),
            (vec![Action::View(View::Space)], true),
            (vec![Action::Help(true)], true),
        ] {
            assert_eq!(after(actions.clone()).needs_rest(), needs_rest, "{actions:?}");
        }
    }

    #[test]
    fn networks_are_added_to_those_before_and_shown() {
        let state = after([Action::Avoid("10.0.0.0/8\n".into()), Action::KeepClear("172.18.0.0/16".into())]);
        assert_eq!(&*state.avoid, "10.0.0.0/8\n172.18.0.0/16");
        assert_eq!((state.space, state.view), (Space::Avoid, View::Space));
    }

    #[test]
    fn why_a_file_was_not_opened_stands_until_the_text_changes() {
        let state = after([typed("{", 1), Action::Refused(Some("a picture".into()))]);
        assert_eq!((&*state.text, state.refused.as_deref()), ("{", Some("a picture")));
        assert_eq!(state.reduce(typed("{}", 2)).refused, None);
    }

    #[test]
    fn a_place_is_gone_to_and_left() {
        let go = |it: &str| Action::Place(it.to_owned());
        for (actions, places) in [
            (vec![go("train")], &["train"][..]),
            (vec![go("train"), go("vpn")], &["train", "vpn"]),
            (vec![go("train"), go("vpn"), go("train")], &["vpn"]),
        ] {
            assert_eq!(&*after(actions).places, places);
        }
    }

    #[test]
    fn a_link_about_networks_asks_about_these_alone() {
        let ask = |it: &[&str]| Action::Route(Route::Travel(it.iter().map(|it| (*it).to_owned()).collect()));
        let pasted = [Action::Avoid("10.0.0.0/8".into()), Action::Place("vpn".to_owned())];
        let state = after(pasted.clone().into_iter().chain([ask(&[])]));
        assert_eq!((&*state.avoid, &*state.places), ("10.0.0.0/8", &["vpn".to_owned()][..]));
        let state = after(pasted.into_iter().chain([ask(&["172.18.0.0/16"])]));
        assert_eq!((&*state.avoid, &*state.places), ("", &["172.18.0.0/16".to_owned()][..]));
    }

    #[test]
    fn tab_and_target_follow_each_other() {
        let json = Aims::default().of(Notation::Json);
        for (actions, tab, target) in [
            (vec![Action::Tab(JSON)], JSON, json),
            (vec![Action::Tab(JSON), Action::Tab(NIX)], NIX, 0),
            (vec![Action::Tab(JSON), Action::Tab(Tab::Diff)], Tab::Diff, json),
            (vec![Action::Target(json)], JSON, json),
            (vec![Action::Tab(Tab::Apply), Action::Target(json)], Tab::Apply, json),
        ] {
            let state = after(actions.clone());
            assert_eq!((state.tab, state.target), (tab, target), "{actions:?}");
        }
    }

    #[test]
    fn each_tab_keeps_its_target_and_the_next_visit_both() {
        let place = |id| TARGETS.iter().position(|it| it.id == id).expect("a target");
        let chosen = [Action::Target(place("nix-flake")), Action::Target(place("snap"))];
        let state = after(chosen.clone());
        assert_eq!((state.tab, state.target), (JSON, place("snap")));
        let nix = state.reduce(Action::Tab(NIX));
        assert_eq!(nix.target, place("nix-flake"));
        assert_eq!(nix.reduce(Action::Tab(JSON)).target, place("snap"));
        for state in [state, nix] {
            let mut next = State::default();
            next.take_up_targets(&state.kept_targets());
            assert_eq!(next.kept_targets(), state.kept_targets());
            assert_eq!((next.tab, next.target), (state.tab, state.target));
        }
        for (kept, target) in [("", 0), ("moon sun", 0), ("moon snap", place("snap"))] {
            let mut next = State::default();
            next.take_up_targets(kept);
            assert_eq!(next.target, target, "{kept}");
        }
    }

    #[test]
    fn an_example_for_the_usual_target_leaves_who_reads_json_alone() {
        let json = Aims::default().of(Notation::Json);
        for (actions, target) in [
            (vec![Action::Target(json), Action::Suggested(0)], json),
            (vec![Action::Target(json), Action::Suggested(3)], 3),
            (vec![Action::Target(3), Action::Suggested(0)], 0),
        ] {
            assert_eq!(after(actions.clone()).target, target, "{actions:?}");
        }
    }

    #[test]
    fn who_chooses_a_target_is_not_asked_where_it_runs() {
        let asked = State { asks_where: true, ..State::default() };
        assert!(asked.reduce(Action::Tab(Tab::Apply)).asks_where);
        assert!(asked.reduce(Action::Suggested(2)).asks_where);
        assert!(!asked.reduce(Action::Tab(JSON)).asks_where);
        assert!(!asked.reduce(Action::Target(0)).asks_where);
        assert!(!asked.reduce(Action::NotAsked).asks_where);
    }
}
