//! Where the page leads: the workbenches by their topics, the guides, and what can be looked up.

use drydock::{
    bench::{LISTINGS, Topic},
    daemon::{EXPLAINING, LISTING},
    guide,
};

use crate::route::Route;

/// What the travel check is called.
pub const TRAVEL: &str = "Travel check";

/// A place of the page.
pub struct Way {
    /// What it is called.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// Its address.
    pub address: String,
}

/// Places that belong together.
pub struct Group {
    /// What they are called together.
    pub title: &'static str,
    /// The places.
    pub ways: Vec<Way>,
}

/// What can be done here: the workbenches, the usual one first, and the guides.
pub fn doing() -> Vec<Group> {
    let usual = Way { title: LISTING.bench, about: LISTING.bench_about, address: Route::Workbench.address() };
    let of = |topic| {
        let listings = LISTINGS.iter().filter(move |it| it.topic == topic);
        listings.map(|it| Way { title: it.title, about: it.about, address: Route::address_of(it) })
    };
    let travel = Way { title: TRAVEL, about: LISTING.travel_about, address: Route::Travel(Vec::new()).address() };
    let guides = guide::LISTINGS.iter().map(|it| {
        let address = ["#", &it.fragment(&Default::default())].concat();
        Way { title: it.title, about: it.about, address }
    });
    let mut groups = vec![Group { title: LISTING.settings, ways: vec![usual] }];
    groups.extend(Topic::ALL.map(|it| Group { title: it.title(), ways: of(it).collect() }));
    groups.push(Group { title: "Guides", ways: [travel].into_iter().chain(guides).collect() });
    groups
}

/// What can be looked up.
pub fn reading() -> Group {
    let pages = [
        ("All options", LISTING.every_option, Route::Options),
        ("All rules", "", Route::Rules),
        (EXPLAINING.messages, LISTING.error, Route::Messages(String::new())),
    ];
    let ways = pages.map(|(title, about, route)| Way { title, about, address: route.address() });
    Group { title: "Reference", ways: ways.into() }
}
