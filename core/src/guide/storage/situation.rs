//! Which case is it? What was chosen and pasted, brought together.

use super::{
    choices::{
        DRIVER, ENGINE_FROM, ENGINE_TO, FILE_SYSTEM, FLYING_CIRCUS_FROM, FLYING_CIRCUS_TO, INFO, NIXOS_FROM, NIXOS_TO,
        PLATFORM, ROOTLESS, WANTED,
    },
    driver::{Driver, IMAGE_STORE_IS_USUAL_SINCE},
    fate::{Fate, fate, is_experiment, is_minded},
    file_system::{FileSystem, Fit, best, fit},
    info::Info,
};
use crate::{
    Engine,
    bench::{Choice, Chosen},
    docker::host::{Release, Shipped},
    guide::platform::Platform,
};

/// A system before or after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct System {
    /// Its Engine.
    pub engine: Engine,
    /// What ships the Engine, where something does.
    pub shipped: Option<Shipped>,
    /// The release of NixOS or of the platform that was chosen.
    pub release: Option<Release>,
}

impl System {
    /// As it is named in a sentence: `Docker 24`.
    pub(super) fn docker(&self) -> String {
        docker(self.engine)
    }
}

/// `Docker 24`, `Docker 20.10`
pub(super) fn docker(engine: Engine) -> String {
    ["Docker ", &Engine::name_of_line(engine.major)].concat()
}

/// A case.
#[derive(Debug)]
pub(super) struct Situation {
    pub info: Info,
    /// Whether something was pasted.
    pub has_paste: bool,
    pub platform: Platform,
    pub from: System,
    pub to: System,
    /// What keeps the images now.
    pub driver: Driver,
    /// What is to keep them; `None` for the same.
    pub wanted: Option<Driver>,
    pub file_system: FileSystem,
    pub is_rootless: bool,
}

impl Situation {
    /// The case that was chosen.
    pub(super) fn of(chosen: &Chosen) -> Self {
        let paste = chosen.value(&INFO);
        let has_paste = !paste.trim().is_empty();
        let info = Info::read(&paste);
        let platform = platform(&info, chosen);
        let (from, to) = releases(platform);
        let mut from = system(platform, &chosen.value(from));
        if let Some(engine) = info.engine {
            // Which release it is of is not asked then.
            from = System { engine, shipped: None, release: None };
        }
        let to = system(platform, &chosen.value(to));
        let driver = info.driver.or_else(|| Driver::of(&chosen.value(&DRIVER))).unwrap_or(Driver::Overlay2);
        let wanted = Driver::of(&chosen.value(&WANTED)).filter(|it| *it != driver);
        let file_system = info.file_system.unwrap_or_else(|| FileSystem::of(&chosen.value(&FILE_SYSTEM)));
        let mut found = Self { info, has_paste, platform, from, to, driver, wanted, file_system, is_rootless: false };
        found.is_rootless = match found.may_be_rootless() {
            true => found.info.is_rootless.unwrap_or_else(|| chosen.value(&ROOTLESS) == "yes"),
            false => false,
        };
        found
    }

    /// What is asked for in this case, in order.
    pub(super) fn asks(&self) -> Vec<&'static Choice> {
        let mut asks: Vec<&Choice> = vec![&INFO];
        if !self.info.is_of_another_linux() {
            asks.push(&PLATFORM);
        }
        let (from, to) = releases(self.platform);
        if self.info.engine.is_none() {
            asks.push(from);
        }
        asks.push(to);
        if self.info.driver.is_none() {
            asks.push(&DRIVER);
        }
        asks.push(&WANTED);
        if self.info.file_system.is_none() && self.target().is_some_and(|it| it != Driver::Vfs) {
            asks.push(&FILE_SYSTEM);
        }
        if self.info.is_rootless.is_none() && self.may_be_rootless() {
            asks.push(&ROOTLESS);
        }
        asks
    }

    fn may_be_rootless(&self) -> bool {
        let drivers = [Some(self.driver), self.wanted];
        self.platform != Platform::FlyingCircus && drivers.into_iter().flatten().all(Driver::runs_rootless)
    }

    /// What becomes of the data where nothing is done.
    pub(super) fn fate(&self) -> Fate {
        fate(self.driver, self.to.engine)
    }

    /// Whether the driver can stay.
    pub(super) fn can_stay(&self) -> bool {
        self.fate() != Fate::Unreadable
    }

    /// What to move to: what is wanted, or what is best where the driver cannot stay or will not for long.
    pub(super) fn target(&self) -> Option<Driver> {
        let has_to = !self.can_stay() || self.driver.gone_since().is_some();
        self.wanted.or_else(|| has_to.then(|| best(self.file_system))).filter(|it| *it != self.driver)
    }

    /// Whether the way is a move, and not a stay.
    pub(super) fn moves(&self) -> bool {
        self.wanted.is_some() || !self.can_stay()
    }

    /// Whether the driver that is moved to works.
    pub(super) fn fit(&self, target: Driver) -> Fit {
        fit(target, self.file_system, self.is_rootless)
    }

    /// The data root.
    pub(super) fn root(&self) -> &str {
        match &self.info.root {
            Some(root) => root,
            None if self.is_rootless => crate::daemon::print::ROOTLESS_DATA,
            None => crate::daemon::print::DATA,
        }
    }

    /// Whether the Engine goes back.
    pub(super) fn goes_back(&self) -> bool {
        self.to.engine.major < self.from.engine.major
    }

    /// Whether the move can be made with the Engine that runs now, so that its commands can still remove what is old.
    pub(super) fn can_move_before(&self, target: Driver) -> bool {
        target.is_in(self.from.engine) && self.driver.is_in(self.from.engine)
    }

    /// Whether it had better be made then: a mistake shows while there is a way back.
    pub(super) fn moves_before(&self, target: Driver) -> bool {
        let can_wait = self.can_stay() && target == Driver::Containerd && is_experiment(self.from.engine);
        self.can_move_before(target) && !can_wait
    }

    /// Whether the release that is to run refuses its Engine as insecure.
    pub(super) fn is_refused(&self) -> bool {
        self.platform == Platform::Nixos && self.to.release.is_some_and(Release::refuses_its_docker)
    }

    /// Of the drivers whose data a paste names, those that the Engine minds.
    pub(super) fn minded(&self) -> Vec<Driver> {
        let all = self.info.several.iter().copied();
        all.filter(|it| is_minded(*it, self.to.engine)).collect()
    }

    /// Whether another Engine, or another release, is to run.
    pub(super) fn is_upgrade(&self) -> bool {
        match (&self.from.shipped, &self.to.shipped) {
            (Some(from), Some(to)) => from != to,
            _ => self.from.engine.major != self.to.engine.major,
        }
    }

    /// Whether the Engine uses the image store by itself.
    pub(super) fn has_image_store_by_itself(&self) -> bool {
        self.to.engine >= IMAGE_STORE_IS_USUAL_SINCE
    }
}

impl Info {
    /// Whether it comes from a distribution other than NixOS.
    pub(super) fn is_of_another_linux(&self) -> bool {
        self.system.as_ref().is_some_and(|it| !it.starts_with("NixOS") && !it.contains("Flying Circus"))
    }
}

fn platform(info: &Info, chosen: &Chosen) -> Platform {
    match info.is_of_another_linux() {
        true => Platform::Other,
        false => Platform::of(&chosen.value(&PLATFORM)),
    }
}

/// The choices of what runs now, and of what is to run.
fn releases(platform: Platform) -> (&'static Choice, &'static Choice) {
    match platform {
        Platform::Nixos => (&NIXOS_FROM, &NIXOS_TO),
        Platform::FlyingCircus => (&FLYING_CIRCUS_FROM, &FLYING_CIRCUS_TO),
        Platform::Other => (&ENGINE_FROM, &ENGINE_TO),
    }
}

fn system(platform: Platform, value: &str) -> System {
    let release = Release::read(value);
    let shipped = match platform {
        Platform::Nixos => release.and_then(Release::ships),
        Platform::FlyingCircus => release.and_then(Release::ships_on_flying_circus),
        Platform::Other => None,
    };
    let engine = shipped.as_ref().map(|it| it.engine).or_else(|| value.parse().ok()).unwrap_or_default();
    System { engine, shipped, release }
}
