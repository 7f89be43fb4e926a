//! What is chosen beside the text of a bench.

/// Something that is chosen beside a text.
#[derive(Debug)]
pub struct Choice {
    /// Its name in links and in the terminal, `--backend`; once released it stays.
    pub id: &'static str,
    /// The label of its control.
    pub label: &'static str,
    /// What it says, for a list of options.
    pub about: &'static str,
    /// How it is given.
    pub input: Input,
    /// What is chosen where nobody chose.
    pub usual: fn() -> String,
}

/// How a choice is given.
#[derive(Clone, Copy, Debug)]
pub enum Input {
    /// One of these: the value, and its name for people.
    OneOf(fn() -> Vec<(String, String)>),
    /// Any line of text, such as this one.
    Text(&'static str),
    /// Any number of lines, such as these.
    Lines(&'static str),
}

impl PartialEq for Choice {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Choice {
    /// Whether it can have this value.
    pub fn takes(&self, value: &str) -> bool {
        match self.input {
            Input::OneOf(offers) => offers().iter().any(|it| it.0 == value),
            Input::Text(_) => !value.contains('\n'),
            Input::Lines(_) => true,
        }
    }
}

/// The choices that are not the usual ones, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen(Vec<(String, String)>);

impl Chosen {
    /// What is chosen of a choice.
    pub fn value(&self, choice: &Choice) -> String {
        let own = self.0.iter().find(|it| it.0 == choice.id);
        own.map_or_else(choice.usual, |it| it.1.clone())
    }

    /// The same with another value of one choice; one that it cannot have changes nothing.
    #[must_use]
    pub fn with(&self, choice: &Choice, value: &str) -> Self {
        if !choice.takes(value) {
            return self.clone();
        }
        let mut chosen: Vec<_> = self.0.iter().filter(|it| it.0 != choice.id).cloned().collect();
        if value != (choice.usual)() {
            chosen.push((choice.id.to_owned(), value.to_owned()));
        }
        Self(chosen)
    }

    /// The choices that differ from the usual ones, each with its value.
    pub fn unusual(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|it| (it.0.as_str(), it.1.as_str()))
    }
}
