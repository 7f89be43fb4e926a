//! Which page does the fragment of the address name?

/// A place inside the app with an address of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// The workbench: the empty fragment, and any that names nothing else.
    #[default]
    Workbench,
    /// `#/options`: every option.
    Options,
    /// `#/options/bip`: one option, by the key of its row.
    Option(String),
    /// `#/rules`: every rule.
    Rules,
    /// `#/rules/unknown-key`: one rule, by its id.
    Rule(String),
}

impl Route {
    /// Reads a fragment, with or without its `#`.
    ///
    /// Browsers escape `<` and `>` there: `runtimes.%3Cname%3E.path`.
    pub fn of(fragment: &str) -> Self {
        let path = fragment
            .trim_start_matches('#')
            .replace("%3C", "<")
            .replace("%3E", ">");
        match path.trim_start_matches('/').split_once('/') {
            Some(("options", "")) => Self::Options,
            Some(("options", key)) => Self::Option(key.to_owned()),
            Some(("rules", "")) => Self::Rules,
            Some(("rules", id)) => Self::Rule(id.to_owned()),
            None if path == "/options" => Self::Options,
            None if path == "/rules" => Self::Rules,
            _ => Self::Workbench,
        }
    }
}

/// The address of an option's page.
pub fn option_address(key: &str) -> String {
    ["#/options/", key].concat()
}

/// The address of a rule's page.
pub fn rule_address(id: &str) -> String {
    ["#/rules/", id].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_name_pages() {
        for (fragment, route) in [
            ("", Route::Workbench),
            ("#", Route::Workbench),
            ("#/", Route::Workbench),
            ("#/options", Route::Options),
            ("#/options/", Route::Options),
            ("#/options/bip", Route::Option("bip".to_owned())),
            (
                "#/options/runtimes.%3Cname%3E.path",
                Route::Option("runtimes.<name>.path".to_owned()),
            ),
            ("#/rules/unknown-key", Route::Rule("unknown-key".to_owned())),
            ("#/rules", Route::Rules),
            ("#/nowhere/else", Route::Workbench),
            ("#v1abc", Route::Workbench), // a link; not yet
        ] {
            assert_eq!(Route::of(fragment), route, "{fragment}");
        }
    }
}
