//! What of the page goes into a link, and what does a link bring to the page?

use drydock::{
    daemon::{dialect::DAEMON_JSON, print::TARGETS},
    link,
};

use crate::{
    aims::notation,
    route::Route,
    store::{Face, Held, Space, State, Tab, View},
};

/// A word for what is shown first, and how it gets there.
type Named = (&'static str, fn(&mut State));

/// What can be shown first; that of the first view has no name.
const VIEWS: &[Named] = &[
    ("form", |it| it.face = Face::Form),
    ("problems", |it| it.view = View::Problems),
    ("result", |it| it.view = View::Result),
    ("diff", |it| {
        it.view = View::Result;
        it.tab = Tab::Diff;
    }),
    ("apply", |it| {
        it.view = View::Result;
        it.tab = Tab::Apply;
    }),
    ("map", |it| it.view = View::Space),
    ("pools", |it| {
        it.view = View::Space;
        it.space = Space::Plan;
    }),
    ("networks", |it| {
        it.view = View::Space;
        it.space = Space::Avoid;
    }),
    ("travel", |it| it.route = Route::Travel(Vec::new())),
];

/// The name of what is shown; empty for the first view.
fn view(state: &State) -> &'static str {
    match (&state.route, state.view, state.tab, state.space) {
        (Route::Travel(_), ..) => "travel",
        (_, View::Problems, ..) => "problems",
        (_, View::Space, _, Space::Map) => "map",
        (_, View::Edit, ..) if state.face == Face::Form => "form",
        (_, View::Edit | View::Result, Tab::Diff, _) => "diff",
        (_, View::Edit | View::Result, Tab::Apply, _) => "apply",
        (_, View::Result, Tab::Written(_), _) => "result",
        (_, View::Edit | View::Space, _, Space::Plan) => "pools",
        (_, View::Edit | View::Space, _, Space::Avoid) => "networks",
        (_, View::Edit, Tab::Written(_), Space::Map) => "",
    }
}

/// Returns the state of the page as a link holds it.
pub fn pack(state: &State) -> link::State {
    let (known, named): (Vec<String>, Vec<String>) = state.places.iter().cloned().partition(|it| is_id(it));
    let mut avoid = state.avoid.to_string();
    for network in named {
        if !avoid.is_empty() && !avoid.ends_with('\n') {
            avoid.push('\n');
        }
        avoid.push_str(&network);
        avoid.push('\n');
    }
    let target = match state.target {
        0 => "",
        place => TARGETS.get(place).map_or("", |it| it.id),
    };
    link::State {
        text: state.text.to_string(),
        // What a text looks like is said too, where an older page would take it for a daemon.json.
        dialect: state.dialect.or_else(|| Some(state.dialect()).filter(|it| *it != &DAEMON_JSON)),
        engine: state.engine,
        host: state.host.clone(),
        target: target.to_owned(),
        avoid,
        known,
        view: view(state).to_owned(),
    }
}

/// Makes the choices that a link holds; its text goes to the editor.
pub fn open(state: &mut State, link: &link::State) {
    state.engine = link.engine;
    state.host = link.host.clone();
    let target = TARGETS.iter().position(|it| it.id == link.target);
    state.aim_at(target.unwrap_or_default());
    state.tab = Tab::Written(notation(state.target));
    state.dialect = link.dialect;
    state.asks_where = false;

    // `check=` names known networks too.
    let mut avoid = String::new();
    let mut places = link.known.clone();
    for line in link.avoid.split_inclusive('\n') {
        match is_id(line.trim_end()) {
            true => places.push(line.trim_end().to_owned()),
            false => avoid.push_str(line),
        }
    }
    state.avoid = avoid.into();
    state.places = places.into();

    state.face = Face::Text;
    state.view = View::Edit;
    state.space = Space::Map;
    state.route = Route::Workbench;
    if let Some((_, show)) = VIEWS.iter().find(|it| it.0 == link.view) {
        show(state);
    }
    state.held = Held::Opened;
}

/// Whether this is how the known networks are called, and no network.
fn is_id(word: &str) -> bool {
    let fits = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    word.starts_with(|it: char| it.is_ascii_lowercase()) && word.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use drydock::{
        Engine,
        address::known,
        docker::host::{Cgroup, Host},
        document::Notation,
        link::{Form, decode, encode},
    };

    use super::*;

    #[track_caller]
    fn opened(link: &str) -> State {
        let mut state = State::default();
        open(&mut state, &decode(link).unwrap());
        state
    }

    #[test]
    fn what_was_packed_opens_alike() {
        let plain = State { text: "{ \"debug\": true } // why\n".into(), ..State::default() };
        let chosen = State {
            engine: Engine::new(26, 1, 5),
            host: Host { cgroup: Cgroup::V1, rootless: true, ..Host::default() },
            target: 3,
            avoid: "10.0.0.0/8 work\n".into(),
            places: ["wifionice".to_owned(), "172.18.0.0/16".to_owned()].into(),
            ..plain.clone()
        };
        for state in [State::default(), plain, chosen] {
            let packed = pack(&state);
            let link = encode(&packed, Form::AsWritten).unwrap();
            assert_eq!(decode(&link).as_ref(), Ok(&packed));
            assert_eq!(pack(&State { text: state.text, ..opened(&link) }), packed);
        }
    }

    #[test]
    fn every_view_is_opened_by_its_name() {
        for (name, show) in VIEWS {
            let mut state = State::default();
            show(&mut state);
            assert_eq!(view(&state), *name);
            assert_eq!(view(&opened(&["bip=10.200.0.1/24&view=", name].concat())), *name);
        }
        assert_eq!(view(&opened("bip=10.200.0.1/24&view=moon")), "");
    }

    #[test]
    fn a_readable_link_names_networks_as_a_travel_check_does() {
        let state = opened("check=wifionice&check=10.0.0.0/8&known=bahn-guest&pool=10.201.0.0/16:24");
        assert_eq!(*state.places, ["bahn-guest".to_owned(), "wifionice".to_owned()]);
        assert_eq!(&*state.avoid, "10.0.0.0/8\n");
    }

    #[test]
    fn targets_open_in_their_tab() {
        let of = |it: &str| opened(&["bip=10.200.0.1/24&target=", it].concat());
        for (id, notation) in [("daemon-json", Notation::Json), ("nix-flake", Notation::Nix)] {
            let state = of(id);
            assert_eq!((state.tab, state.target), (Tab::Written(notation), state.aims.of(notation)), "{id}");
        }
        assert_eq!(of("moon").target, 0);
    }

    #[test]
    fn known_networks_are_told_from_networks() {
        let known = known::read(include_str!("../../core/data/known-networks.json"));
        assert!(known.len() > 1 && known.iter().all(|it| is_id(&it.id)));
        for network in ["10.0.0.0/8", "fd00::/8", "172.18.0.1", "10.0.0.0/8 work", ""] {
            assert!(!is_id(network), "{network}");
        }
    }
}
