//! Where among the flags is a byte of the text, and what is written there?

use crate::{
    daemon::options,
    document::{Place, Step},
    notation::shell::{Quoting, Word, quote},
    schema::{DaemonOption, Kind},
    text::Span,
};

use super::{
    given::Given,
    read::{Part, Reading},
    source::{Command, Form},
    table::{self, Takes},
};

/// The place of byte `at`: in a flag, or in its value.
pub fn place(text: &str, at: usize) -> Place {
    let reading = Reading::of(text);
    let mut commands = reading.source.commands.iter().zip(&reading.given);
    let Some((command, given)) = commands.rfind(|it| it.0.start <= at || reading.source.form == Form::Flags) else {
        return Place::default();
    };
    // Only within its quotes an element of a list can be typed.
    let is_outside = || command.words.iter().all(|it| !it.span.touches(at));
    if command.quoting == Quoting::List && is_outside() {
        return Place::default();
    }
    let finder = Finder { text, at, command, given, said: &reading };
    if !finder.is_within(reading.source.form) {
        return Place::default();
    }
    finder.find().unwrap_or_else(|| finder.key("", None, false))
}

/// A flag as it is written at a place; before a value that is still to come, with `=`.
pub fn key(option: &DaemonOption, place: &Place) -> Option<(String, usize)> {
    let is_flag = option.parent.is_empty() || option.parent == "proxies";
    let (name, takes) = match is_flag {
        true => {
            let name = table::name_of(option)?;
            let flag = table::find(name).filter(|it| it.option.is_some_and(|it| it.key == option.key))?;
            (["--", name].concat(), flag.takes)
        }
        false => (option.name().to_owned(), Takes::Text),
    };
    let insert = match place.has_value || takes == Takes::Truth {
        true => name,
        false => name + "=",
    };
    let caret = insert.len();
    Some((insert, caret))
}

/// A value as it is written.
pub fn value(text: &str, _kind: Kind) -> String {
    let is_word =
        !text.is_empty() && !text.contains(|it: char| it.is_whitespace() || matches!(it, '"' | '\'' | '\\' | '$'));
    match is_word {
        true => text.to_owned(),
        false => quote(text, Quoting::Shell, None).unwrap_or_default(),
    }
}

struct Finder<'a> {
    text: &'a str,
    at: usize,
    command: &'a Command,
    given: &'a [Given],
    said: &'a Reading,
}

impl Finder<'_> {
    /// Whether the byte is among the words of the command.
    fn is_within(&self, form: Form) -> bool {
        let last = self.command.words.last().map_or(self.command.start, |it| it.span.end.max(self.command.start));
        if self.at <= last {
            return true;
        }
        let gap = Span::new(last, self.at).of(self.text);
        match form {
            Form::Flags => true,
            Form::Variables | Form::Nix | Form::Container | Form::Shown => gap.trim().is_empty() && !gap.contains('\n'),
            Form::Line | Form::Unit => {
                let is_blank = |it: &str| it.trim_matches([' ', '\t', '\r']).is_empty();
                let lines: Vec<&str> = gap.split('\n').collect();
                let continued = lines.split_last().map_or(&[][..], |it| it.1);
                lines.last().is_some_and(|it| is_blank(it))
                    && continued.iter().all(|it| it.trim_end_matches('\r').strip_suffix('\\').is_some_and(is_blank))
            }
        }
    }

    fn find(&self) -> Option<Place> {
        let word = self.command.words.iter().position(|it| it.span.touches(self.at));
        for given in self.given {
            let is_here = word == Some(given.word);
            if is_here && given.key.touches(self.at) {
                let name = given.flag.and_then(|it| it.option).map_or(given.name.as_str(), |it| it.key);
                return Some(self.key(name, Some(given.key), given.value.is_some()));
            }
            if let Some((value, _)) = given.value
                && word == Some(value)
            {
                return self.in_value(given);
            }
            // Behind a flag whose value is still to come.
            let span = self.command.words.get(given.word)?.span;
            let takes_value = given.flag.is_some_and(|it| it.takes != Takes::Truth);
            let next = self.command.words.get(given.word + 1).map_or(usize::MAX, |it| it.span.start);
            let is_behind = word.is_none() && span.end < self.at && self.at < next;
            if is_behind && takes_value && given.value.is_none_or(|it| it.0 != given.word) {
                return self.in_nothing(given);
            }
        }
        let word: &Word = self.command.words.get(word?)?;
        Some(self.key("", Some(word.span), false))
    }

    /// A place where a flag belongs.
    fn key(&self, name: &str, token: Option<Span>, has_value: bool) -> Place {
        // Flags of what lies in an object of the file are offered beside each other, not beside all others.
        let typed = token.map(|it| it.of(self.text).trim_start_matches('-')).unwrap_or_default();
        let is_proxy = ["http", "https-p", "no-p"].iter().any(|it| typed.starts_with(it));
        let path = match options::find(name) {
            Some(option) => path_of(option),
            None if is_proxy => vec![Step::Key("proxies".to_owned()), Step::Key(name.to_owned())],
            None => vec![Step::Key(name.to_owned())],
        };
        Place { path, token, wants_key: true, has_value, siblings: self.siblings(token) }
    }

    /// The flags that cannot be repeated, apart from the one at `token`.
    fn siblings(&self, token: Option<Span>) -> Vec<String> {
        let others = self.given.iter().filter(|it| Some(it.key) != token);
        let once = others
            .filter(|it| it.flag.is_some_and(|it| matches!(it.takes, Takes::Truth | Takes::Number | Takes::Text)));
        once.filter_map(|it| Some(it.flag?.option?.name().to_owned())).collect()
    }

    /// A place after a flag where its value belongs.
    fn in_nothing(&self, given: &Given) -> Option<Place> {
        let flag = given.flag?;
        let mut path = path_of(flag.option?);
        let wants_key = match flag.takes {
            Takes::Truth | Takes::Number | Takes::Text => false,
            Takes::Item => {
                path.push(Step::Index(0));
                false
            }
            Takes::Pool => {
                path.extend([Step::Index(0), Step::Key(String::new())]);
                true
            }
            Takes::Entry | Takes::Switch | Takes::Limit | Takes::Runtime | Takes::Network | Takes::Fields => {
                path.push(Step::Key(String::new()));
                true
            }
        };
        Some(Place { path, token: None, wants_key, has_value: false, siblings: Vec::new() })
    }

    /// A place in the value of a flag.
    fn in_value(&self, given: &Given) -> Option<Place> {
        let flag = given.flag?;
        let option = flag.option?;
        let part = Part::of(given, self.command)?;
        if part.text().is_empty() {
            let place = self.in_nothing(given)?;
            return Some(place);
        }
        let mut path = path_of(option);
        let value = |path: Vec<Step>, part: Part| {
            Some(Place { path, token: Some(part.span()), wants_key: false, has_value: false, siblings: Vec::new() })
        };
        match flag.takes {
            Takes::Truth | Takes::Number | Takes::Text => value(path, part),
            Takes::Item => {
                path.push(Step::Index(self.index(given)));
                value(path, part)
            }
            Takes::Pool => {
                path.push(Step::Index(self.index(given)));
                self.in_fields(path, part)
            }
            Takes::Fields => self.in_fields(path, part),
            Takes::Entry | Takes::Switch => self.in_entry(path, part, &[]).map(|it| it.0),
            Takes::Runtime => {
                let (mut place, is_key) = self.in_entry(path, part, &[])?;
                if !is_key {
                    place.path.push(Step::Key("path".to_owned()));
                }
                Some(place)
            }
            Takes::Limit => {
                let (mut place, is_key) = self.in_entry(path, part, &[])?;
                if !is_key {
                    let (_, limits) = part.split('=')?;
                    let hard = limits.split(':').map(|it| it.1).filter(|it| it.span().start <= self.at);
                    let (name, limit) = match (hard, limits.split(':')) {
                        (Some(hard), _) => ("Hard", hard),
                        (None, Some((soft, _))) => ("Soft", soft),
                        (None, None) => ("Soft", limits),
                    };
                    place.path.push(Step::Key(name.to_owned()));
                    place.token = Some(limit.span());
                }
                Some(place)
            }
            Takes::Network => {
                let (place, is_key) = self.in_entry(path, part, &[])?;
                match part.split('=').filter(|_| !is_key) {
                    Some((_, rest)) => self.in_entry(place.path, rest, &[]).map(|it| it.0),
                    None => Some(place),
                }
            }
        }
    }

    /// How many flags of the same name come before.
    fn index(&self, given: &Given) -> usize {
        let same = self.said.given.iter().flatten().filter(|it| it.name == given.name);
        same.take_while(|it| it.key != given.key).count()
    }

    /// `name=text`: the place, and whether it is in the name.
    fn in_entry(&self, mut path: Vec<Step>, part: Part, siblings: &[String]) -> Option<(Place, bool)> {
        let (name, value) = match part.split('=') {
            Some((name, value)) => (name, Some(value)),
            None => (part, None),
        };
        path.push(Step::Key(name.text().to_owned()));
        let place = |path, token: Span, wants_key| Place {
            path,
            token: Some(token),
            wants_key,
            has_value: value.is_some(),
            siblings: siblings.to_vec(),
        };
        Some(match value.filter(|it| it.span().start <= self.at) {
            Some(value) => (Place { has_value: false, ..place(path, value.span(), false) }, false),
            None => (place(path, name.span(), true), true),
        })
    }

    /// `name=text,name=text`
    fn in_fields(&self, path: Vec<Step>, part: Part) -> Option<Place> {
        let fields = part.fields();
        let here = fields.iter().position(|it| self.at <= it.span().end).unwrap_or(fields.len().saturating_sub(1));
        let name = |it: &Part| it.split('=').map_or(it.text(), |it| it.0.text()).to_lowercase();
        let others = fields.iter().enumerate().filter(|it| it.0 != here);
        let siblings: Vec<String> = others.map(|it| name(it.1)).collect();
        self.in_entry(path, *fields.get(here)?, &siblings).map(|it| it.0)
    }
}

/// The steps to an option of the top level or of an object there.
fn path_of(option: &DaemonOption) -> Vec<Step> {
    let outer = Some(option.parent).filter(|it| !it.is_empty());
    outer.into_iter().chain([option.name()]).map(|it| Step::Key(it.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{
        Engine,
        daemon::dialect::{self, DOCKERD_FLAGS, SYSTEMD_UNIT},
        docker::host::Release,
        schema::assist::{complete, hover},
    };

    /// Splits a text at its caret.
    fn at_caret(marked: &str) -> (String, usize) {
        (marked.replace('|', ""), marked.find('|').expect("a caret"))
    }

    #[test]
    fn a_flag_and_its_value_speak_of_their_option() {
        for (marked, option, token) in [
            ("dockerd --de|bug", Some("debug"), "--debug"),
            ("dockerd -|D", Some("debug"), "-D"),
            ("dockerd --bip 10.|0.0.1/24", Some("bip"), "10.0.0.1/24"),
            ("dockerd --bip=10.|0.0.1/24", Some("bip"), "10.0.0.1/24"),
            ("dockerd --bip=1 --dn|s 8.8.8.8", Some("dns"), "--dns"),
            ("dockerd --http-pro|xy http://a", Some("proxies.http-proxy"), "--http-proxy"),
            ("dockerd --log-opt max-s|ize=10m", Some("log-opts.max-size"), "max-size"),
            ("dockerd --log-opt max-size=1|0m", Some("log-opts.max-size"), "10m"),
            ("dockerd --default-address-pool base=10.0.0.0/8,si|ze=24", Some("default-address-pools[].size"), "size"),
            ("dockerd --default-address-pool base=10.0.0.0/8,size=2|4", Some("default-address-pools[].size"), "24"),
            ("dockerd --add-runtime a=/a|", Some("runtimes.<name>.path"), "/a"),
            (
                "dockerd --default-network-opt bridge=com.docker.network.driver.mtu=1|",
                Some("default-network-opts.bridge.com.docker.network.driver.mtu"),
                "1",
            ),
            ("dockerd --feature cdi=t|rue", Some("features.cdi"), "true"),
            ("DOCKER_OPTS=\"--bi|p 1\"", Some("bip"), "--bip"),
            ("[Service]\nExecStart=/usr/bin/dockerd \\\n  --icc|=false\n", Some("icc"), "--icc"),
            ("dockerd --dbug|", None, ""),
            ("doc|kerd --debug", None, ""),
            ("dockerd --debug\necho |", None, ""),
        ] {
            let (text, at) = at_caret(marked);
            let found = hover(&text, at, dialect::of(&text));
            assert_eq!(found.as_ref().map(|it| it.title.as_str()), option, "{marked}");
            assert_eq!(found.map(|it| it.span.of(&text).to_owned()).unwrap_or_default(), token, "{marked}");
        }
        let text = "dockerd --default-address-pool base=10.0.0.0/16,size=24";
        let pool = hover(text, text.len(), &DOCKERD_FLAGS).expect("a pool");
        let comes_to = ("Comes to", "256 networks, each of 256 addresses, 253 of them for containers".to_owned());
        assert!(pool.facts.contains(&comes_to), "{pool:?}");
    }

    #[test]
    fn flags_and_values_are_offered_where_they_belong() {
        for (marked, label, written) in [
            ("dockerd --de|", "--debug", "dockerd --debug"),
            ("dockerd |", "--bip", "dockerd --bip="),
            ("dockerd --debug |", "--bip", "dockerd --debug --bip="),
            ("dockerd --debug \\\n  |", "--bip", "dockerd --debug \\\n  --bip="),
            ("dockerd --bi| 10.0.0.1/24", "--bip", "dockerd --bip 10.0.0.1/24"),
            ("dockerd --bi|=10.0.0.1/24", "--bip", "dockerd --bip=10.0.0.1/24"),
            ("dockerd --http|", "--http-proxy", "dockerd --http-proxy="),
            ("dockerd --log-driver |", "json-file", "dockerd --log-driver json-file"),
            ("dockerd --log-driver=js|", "json-file", "dockerd --log-driver=json-file"),
            ("dockerd --log-driver=|", "json-file", "dockerd --log-driver=json-file"),
            ("dockerd --log-opt |", "--log-opt max-size", "dockerd --log-opt max-size="),
            ("dockerd --log-opt max|", "max-size", "dockerd --log-opt max-size="),
            (
                "dockerd --default-address-pool base=10.0.0.0/8,|",
                "size",
                "dockerd --default-address-pool base=10.0.0.0/8,size=",
            ),
            ("dockerd --debug=|", "false", "dockerd --debug=false"),
            ("--de|", "--debug", "--debug"),
            ("DOCKER_OPTS=\"--dns 1.1.1.1 |\"", "--debug", "DOCKER_OPTS=\"--dns 1.1.1.1 --debug\""),
            (
                "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// --d|\n",
                "--debug",
                "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// --debug\n",
            ),
        ] {
            let (text, at) = at_caret(marked);
            let dialect = if text.starts_with('[') { &SYSTEMD_UNIT } else { &DOCKERD_FLAGS };
            let offered = complete(&text, at, Engine::LATEST, Release::LATEST, dialect)
                .unwrap_or_else(|| panic!("nothing at {marked}"));
            let labels: Vec<&str> = offered.items.iter().map(|it| it.label).collect();
            let name = label.rsplit(' ').next().unwrap_or_default();
            let item = offered.items.iter().find(|it| it.label == label || it.label == name);
            let item = item.unwrap_or_else(|| panic!("{label} is not among {labels:?} at {marked}"));
            let mut result = text.clone();
            result.replace_range(offered.span.start..offered.span.end, &item.insert);
            assert_eq!(result, written, "{marked}");
        }
        for (marked, absent) in
            [("dockerd --bip 1 |", "--bip"), ("dockerd -D |", "--debug"), ("dockerd |", "--builder")]
        {
            let (text, at) = at_caret(marked);
            let offered = complete(&text, at, Engine::LATEST, Release::LATEST, &DOCKERD_FLAGS).expect(marked);
            assert!(offered.items.iter().all(|it| it.label != absent), "{marked}");
        }
        let (text, at) = at_caret("dockerd --dns 1.1.1.1 |");
        let offered = complete(&text, at, Engine::LATEST, Release::LATEST, &DOCKERD_FLAGS).expect("flags");
        assert!(offered.items.iter().any(|it| it.label == "--dns"), "a list goes on");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn every_place_of_a_text_has_an_answer(text in super::super::tests::hostile()) {
            for at in (0..=text.len()).filter(|&it| text.is_char_boundary(it)) {
                hover(&text, at, &DOCKERD_FLAGS);
                complete(&text, at, Engine::LATEST, Release::LATEST, &DOCKERD_FLAGS);
            }
        }
    }
}
