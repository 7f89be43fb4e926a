//! Where in a text are definitions of options that ask for containers?

use super::options;
pub(super) use crate::notation::nix::{Def, bare, members, weighed};
use crate::{
    notation::nix::{
        DEPTH,
        value::{Attribute, Kind, Value},
    },
    text::Span,
};

/// What a text says of containers.
#[derive(Debug, Default)]
pub(super) struct Roots<'a> {
    /// `virtualisation.oci-containers`
    pub oci: Vec<Def<'a>>,
    /// `virtualisation.quadlet`
    pub quadlet: Vec<Def<'a>>,
    /// `virtualisation.arion`
    pub arion: Vec<Def<'a>>,
    /// What is in an `arion-compose.nix`.
    pub compose: Vec<Def<'a>>,
    /// `systemd.services`
    pub units: Vec<Def<'a>>,
    /// `systemd.tmpfiles.rules`
    pub files: Vec<Def<'a>>,
    /// What is beside all that, and says nothing of containers.
    pub besides: Vec<Span>,
}

impl<'a> Roots<'a> {
    /// Those in a text.
    pub fn of(value: &'a Value) -> Self {
        let mut roots = Self::default();
        roots.look(Def::of(value), 0);
        roots
    }

    fn count(&self) -> usize {
        self.oci.len() + self.quadlet.len() + self.arion.len() + self.compose.len()
    }

    fn look(&mut self, def: Def<'a>, depth: usize) {
        if depth > DEPTH {
            return;
        }
        for def in bare(&[def]) {
            match &def.value.kind {
                Kind::Function(_, inner) | Kind::Applied(_, inner) => self.look(def.around(inner), depth + 1),
                Kind::List(values) => values.iter().for_each(|it| self.look(def.around(it), depth + 1)),
                Kind::Set(attributes) if is_compose(attributes) => self.compose.push(def),
                Kind::Set(attributes) => self.look_in(def, attributes, depth),
                _ => {}
            }
        }
    }

    fn look_in(&mut self, def: Def<'a>, attributes: &'a [Attribute], depth: usize) {
        let mut besides = Vec::new();
        let before = self.count();
        for it in attributes {
            let inner = def.member(it);
            match &*it.name {
                "oci-containers" => self.oci.push(inner),
                "quadlet" if says(&it.value, "quadlet") => self.quadlet.push(inner),
                "arion" if says(&it.value, "arion") => self.arion.push(inner),
                "systemd" => {
                    for (name, defs) in members(&[inner]) {
                        match name {
                            "services" => self.units.extend(defs),
                            "tmpfiles" => {
                                for (name, defs) in members(&defs) {
                                    match name {
                                        "rules" => self.files.extend(defs),
                                        _ => besides.extend(defs.iter().map(|it| it.whole)),
                                    }
                                }
                            }
                            _ => besides.extend(defs.iter().map(|it| it.whole)),
                        }
                    }
                }
                "options" | "_module" => {}
                name => {
                    let before = self.count();
                    self.look(inner, depth + 1);
                    if self.count() == before && !PASSED_OVER.contains(&name) {
                        besides.push(inner.whole);
                    }
                }
            }
        }
        if self.count() > before {
            self.besides.extend(besides);
        }
    }
}

/// Names beside modules that configure nothing.
const PASSED_OVER: &[&str] = &["_file", "description", "inputs", "key", "lib", "meta", "nixConfig"];

/// Whether a set has options of a place.
fn says(value: &Value, place: &str) -> bool {
    members(&[Def::of(value)]).iter().any(|it| options::find(place, it.0).is_some())
}

/// Whether names are those of an `arion-compose.nix`.
fn is_compose(attributes: &[Attribute]) -> bool {
    let services = attributes.iter().filter(|it| it.name == "services");
    let mut services = services.flat_map(|it| members(&[Def::of(&it.value)]));
    services.any(|(_, defs)| {
        members(&defs).into_iter().any(|(name, defs)| match name {
            "service" | "image" | "nixos" | "out" => {
                let place = ["arion.settings.services.*.", name].concat();
                members(&defs).iter().any(|it| options::find(&place, it.0).is_some())
            }
            _ => false,
        })
    })
}
