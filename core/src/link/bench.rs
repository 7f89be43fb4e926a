//! A text of a bench in a link.
//!
//! `#/run/v1…?backend=podman&target=quadlet`: the bench by its id, the text as any link holds one, and the choices that are
//! not the usual ones.

use super::{Form, LinkError, State, decode, encode, escape, readable::unescape_any};
use crate::bench::{Chosen, Listing, Request, find};

/// What a choice is called that is none of the bench's own: what the text is written down for.
const TARGET: &str = "target";

/// A link to a text of a bench.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BenchLink {
    /// The bench.
    pub listing: &'static Listing,
    /// The text, as any link holds one.
    payload: String,
    /// The choices, by their ids.
    choices: Vec<(String, String)>,
}

impl BenchLink {
    /// Returns the link that opens as this text with these choices, written down for a target; an empty id names none.
    ///
    /// ```
    /// use drydock::{bench::{Chosen, Request, find}, link::BenchLink};
    ///
    /// let listing = find("run").unwrap();
    /// let chosen = listing.choices.iter().fold(Chosen::default(), |it, choice| it.with(choice, "podman"));
    /// let request = Request { text: "docker run nginx\n".to_owned(), chosen, ..Request::default() };
    /// let link = BenchLink::to(listing, &request, "quadlet").unwrap();
    /// let opened = BenchLink::of(&link.fragment()).unwrap();
    /// assert_eq!(opened, link);
    /// assert_eq!((opened.request(), opened.target()), (Ok(request), "quadlet"));
    /// ```
    ///
    /// # Errors
    ///
    /// [`LinkError::TooLong`] for a text that no link holds.
    pub fn to(listing: &'static Listing, request: &Request, target: &str) -> Result<Self, LinkError> {
        let state = State { text: request.text.clone(), ..State::default() };
        let payload = encode(&state, Form::AsWritten)?;
        let named = (!target.is_empty()).then_some((TARGET, target));
        let choices = request.chosen.unusual().chain(named);
        let choices = choices.map(|(id, value)| (id.to_owned(), value.to_owned())).collect();
        Ok(Self { listing, payload, choices })
    }

    /// What a link, whole or from its fragment on, has of one to a text of a bench.
    pub fn of(link: &str) -> Option<Self> {
        let fragment = link.split_once('#').map_or(link, |it| it.1).trim();
        let (id, rest) = fragment.strip_prefix('/')?.split_once('/')?;
        let listing = find(id)?;
        let (payload, choices) = rest.split_once('?').unwrap_or((rest, ""));
        let choices = choices.split('&').filter_map(|it| {
            let (name, value) = it.split_once('=')?;
            Some((name.to_owned(), unescape_any(value)?))
        });
        (!payload.is_empty()).then(|| Self { listing, payload: payload.to_owned(), choices: choices.collect() })
    }

    /// The fragment of the link, without its `#`.
    pub fn fragment(&self) -> String {
        let choices = self.choices.iter().map(|(name, value)| [name, "=", &escape(value)].concat());
        let choices: Vec<String> = choices.collect();
        let mark = if choices.is_empty() { "" } else { "?" };
        ["/", self.listing.id, "/", &self.payload, mark, &choices.join("&")].concat()
    }

    /// The choices that the bench has.
    pub fn chosen(&self) -> Chosen {
        self.choices.iter().fold(Chosen::default(), |chosen, (id, value)| match self.listing.choice(id) {
            Some(choice) => chosen.with(choice, value),
            None => chosen,
        })
    }

    /// The id of what the text is written down for; empty where the link does not say.
    pub fn target(&self) -> &str {
        self.choices.iter().find(|it| it.0 == TARGET).map_or("", |it| &it.1)
    }

    /// The text and the choices.
    ///
    /// # Errors
    ///
    /// As of [`decode`].
    pub fn request(&self) -> Result<Request, LinkError> {
        Ok(Request { text: decode(&self.payload)?.text, chosen: self.chosen(), ..Request::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::{Input, LISTINGS};

    #[test]
    fn every_choice_of_every_bench_comes_through() {
        for listing in LISTINGS {
            let chosen = listing.choices.iter().fold(Chosen::default(), |chosen, choice| match choice.input {
                Input::OneOf(offers) => offers().iter().fold(chosen, |it, offer| it.with(choice, &offer.0)),
                Input::Text(_) => chosen.with(choice, "a b & c=%2F?#\u{fc}"),
                Input::Lines(_) => chosen.with(choice, "A=1\nB=\"2 & 3\"\r\n\tC\n"),
            });
            let request = Request { text: "a\r\n\u{0}#?&\n".to_owned(), chosen, ..Request::default() };
            let link = BenchLink::to(listing, &request, "").expect("short");
            let address = ["https://example.com/#", &link.fragment()].concat();
            let opened = BenchLink::of(&address).expect("a link");
            assert_eq!(opened.request(), Ok(request), "{address}");
        }
    }

    #[test]
    fn what_is_no_link_to_a_text_is_none() {
        for link in ["", "#/", "#/run", "#/run/", "#/nonsense/v1abc", "#v1abc", "#/options/bip"] {
            assert_eq!(BenchLink::of(link), None, "{link}");
        }
        let cut = BenchLink::of("#/run/v1abc?target").expect("a link");
        assert!(cut.request().is_err());
        assert_eq!((cut.target(), cut.chosen()), ("", Chosen::default()));
    }
}
