//! Where in a text are modules of NixOS: at its top, among imports, in a flake?

use crate::notation::nix::{
    DEPTH, Def, bare,
    value::{Kind, Value},
};

/// The sets of options that a text gives a machine.
#[derive(Debug, Default)]
pub struct Modules<'a> {
    /// Each of them.
    pub sets: Vec<Def<'a>>,
}

/// Names of NixOS that lead to options, and to no further module.
const OPTIONS: &[&str] = &[
    "age",
    "assertions",
    "boot",
    "console",
    "containers",
    "disko",
    "documentation",
    "environment",
    "fileSystems",
    "fonts",
    "hardware",
    "home-manager",
    "i18n",
    "inputs",
    "lib",
    "location",
    "meta",
    "microvm",
    "networking",
    "nix",
    "nixpkgs",
    "options",
    "power",
    "powerManagement",
    "programs",
    "security",
    "services",
    "sops",
    "sound",
    "specialArgs",
    "swapDevices",
    "system",
    "systemd",
    "time",
    "users",
    "virtualisation",
    "warnings",
    "xdg",
    "zramSwap",
];

impl<'a> Modules<'a> {
    /// Those in a text.
    pub fn of(value: &'a Value) -> Self {
        let mut modules = Self::default();
        modules.look(Def::of(value), 0);
        modules
    }

    fn look(&mut self, def: Def<'a>, depth: usize) {
        if depth > DEPTH {
            return;
        }
        for def in bare(&[def]) {
            match &def.value.kind {
                Kind::Function(_, inner) | Kind::Applied(_, inner) => self.look(def.around(inner), depth + 1),
                Kind::List(values) => values.iter().for_each(|it| self.look(def.around(it), depth + 1)),
                Kind::Set(attributes) => {
                    self.sets.push(def);
                    for it in attributes.iter().filter(|it| !OPTIONS.contains(&it.name.as_str())) {
                        self.look(def.member(it), depth + 1);
                    }
                }
                _ => {}
            }
        }
    }
}
