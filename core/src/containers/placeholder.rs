//! Which placeholders does a text hold?

/// What stands for values that texts leave open, to be looked for in texts: `@cfg.port@`, `./conf`.
#[derive(Clone, Debug, Default)]
pub struct Placeholders {
    /// In order, each once.
    all: Vec<String>,
}

impl Placeholders {
    /// All of these.
    ///
    /// ```
    /// use drydock::containers::placeholder::Placeholders;
    ///
    /// let known = Placeholders::of(["@cfg.port@", "./conf"]);
    /// assert_eq!(known.within("@cfg.port@:80").collect::<Vec<_>>(), ["@cfg.port@"]);
    /// assert!(!known.are_in("p@ss"));
    /// ```
    pub fn of<'a>(all: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all: Vec<String> = all.into_iter().filter(|it| !it.is_empty()).map(str::to_owned).collect();
        all.sort_unstable();
        all.dedup();
        Self { all }
    }

    /// Whether a text holds one of them.
    pub fn are_in(&self, text: &str) -> bool {
        self.within(text).next().is_some()
    }

    /// Those that a text holds, in its order; of several that begin at one place the longest.
    pub fn within<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        self.places(text).map(|it| it.1)
    }

    fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
        let mut end = 0;
        text.match_indices(STARTS).filter_map(move |(at, _)| {
            let is_free = end <= at && can_start(text, at);
            let found = self.starting(text.get(at..).filter(|_| is_free)?)?;
            end = at + found.len();
            Some((at, found))
        })
    }

    /// A text without them.
    pub fn taken_out_of(&self, text: &str) -> String {
        let mut kept = String::new();
        let mut end = 0;
        for (at, found) in self.places(text) {
            kept.push_str(text.get(end..at).unwrap_or_default());
            end = at + found.len();
        }
        kept + text.get(end..).unwrap_or_default()
    }

    /// The longest that a text begins with.
    fn starting(&self, text: &str) -> Option<&str> {
        let mut start = text.as_bytes();
        loop {
            // Whatever begins the text is not behind it in their order, and begins those between the two.
            let behind = self.all.partition_point(|it| it.as_bytes() <= start);
            let nearest = self.all.get(behind.checked_sub(1)?)?;
            if start.starts_with(nearest.as_bytes()) {
                return Some(nearest);
            }
            let same = nearest.bytes().zip(start).take_while(|(a, b)| a == *b).count();
            start = start.get(..same).filter(|it| !it.is_empty())?;
        }
    }
}

/// What placeholders begin with: the sign around a name, or a path.
const STARTS: [char; 5] = ['@', '.', '/', '~', '<'];

/// Whether a placeholder may begin at a byte: a path does not within another one.
fn can_start(text: &str, at: usize) -> bool {
    let is_of_path = |it: char| it.is_alphanumeric() || matches!(it, '.' | '/' | '_' | '-' | '+' | '~');
    let before = text.get(..at).and_then(|it| it.chars().next_back());
    text.get(at..).is_some_and(|it| it.starts_with('@')) || !before.is_some_and(is_of_path)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn they_are_found_where_they_stand() {
        for (all, text, expected) in [
            (&["@a@"][..], "x@a@y@a@", &["@a@", "@a@"][..]),
            (&["@a@"], "p@ss", &[]),
            (&["@a@"], "me@a@b", &["@a@"]),
            (&["@a@", "@a@b@"], "@a@b@", &["@a@b@"]), // the longest
            (&["./conf"], "./conf/x:/etc/x", &["./conf"]),
            (&["./conf"], "--volume=./conf:/x", &["./conf"]),
            (&["./conf"], "../conf", &[]),
            (&["/home/user"], "/srv/home/user", &[]),
            (&[""], "@", &[]),
        ] {
            assert_eq!(Placeholders::of(all.iter().copied()).within(text).collect::<Vec<_>>(), expected, "{text}");
        }
        assert_eq!(Placeholders::of(["@a@"]).taken_out_of("x@a@y@b@"), "xy@b@");
    }

    proptest! {
        #[test]
        fn one_is_found_where_a_text_begins_with_it(
            all in proptest::collection::vec("@[ab]{0,3}@", 0..6), text in "[@ab]{0,8}"
        ) {
            let known = Placeholders::of(all.iter().map(String::as_str));
            let expected = all.iter().filter(|it| text.starts_with(it.as_str())).max_by_key(|it| it.len());
            prop_assert_eq!(known.starting(&text), expected.map(String::as_str));
        }
    }
}
