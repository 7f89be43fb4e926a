//! Numbers, amounts of bytes, durations, truth values, and when a container is started again.

use crate::{
    Engine,
    containers::model::{Restart, RestartPolicy},
    docker::go::{
        strconv, time,
        units::{Factor, parse_size},
    },
    run::{flags::Cli, problem::Malformed},
};

/// Reads a truth value.
///
/// # Errors
///
/// Anything that Go takes for none: `yes`.
pub fn switch(text: &str) -> Result<bool, Malformed> {
    strconv::parse_bool(text).ok_or_else(|| {
        Malformed::at(
            text,
            text,
            format!("`{text}` is neither true nor false"),
            "Write `true` or `false`, or leave it out.",
        )
    })
}

/// Reads a whole number.
///
/// # Errors
///
/// Anything else: `ten`, `1.5`.
pub fn whole(text: &str) -> Result<i64, Malformed> {
    let number = strconv::parse_int(text);
    number.ok_or_else(|| Malformed::at(text, text, format!("`{text}` is no whole number"), "Write a whole number."))
}

/// Reads an amount of bytes: `64m`.
///
/// Source: docker/cli `opts/opts.go`, `MemBytes.Set`; docker/go-units `RAMInBytes`.
///
/// # Errors
///
/// Anything else: `64 megabytes`, `lots`.
pub fn amount(text: &str) -> Result<i64, Malformed> {
    let amount = parse_size(text, Factor::Binary, Engine::LATEST);
    amount.ok_or_else(|| {
        let help = "Write a number, and perhaps `k`, `m` or `g` behind it: `512m`.";
        Malformed::at(text, text, format!("`{text}` is no amount of memory"), help)
    })
}

/// Reads a duration: `1m30s`. Docker takes nothing without a unit.
///
/// # Errors
///
/// Anything else: `30`, `1 minute`.
pub fn duration(text: &str) -> Result<i64, Malformed> {
    time::parse_duration(text).ok_or_else(|| {
        let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        let help = match is_number {
            true => format!("Add the unit: `{text}s` for seconds."),
            false => "Write a number with a unit, such as `30s` or `1m30s`.".to_owned(),
        };
        Malformed::at(text, text, format!("`{text}` is no duration"), help)
    })
}

/// Reads a number of CPUs: `1.5`.
///
/// # Errors
///
/// Anything else: `50%`.
pub fn cpus(text: &str) -> Result<(), Malformed> {
    let is_ratio = || text.split_once('/').is_some_and(|(a, b)| whole(a).is_ok() && whole(b).is_ok());
    match strconv::parse_float(text).is_some_and(|it| it >= 0.0) || is_ratio() {
        true => Ok(()),
        false => {
            let help = "Write how many CPUs, such as `1.5`.";
            Err(Malformed::at(text, text, format!("`{text}` is no number of CPUs"), help))
        }
    }
}

/// Reads when a container is started again: `on-failure:5`.
///
/// Source: docker/cli `opts/parse.go`, `ParseRestartPolicy`; moby `api/types/container/hostconfig.go`,
/// `ValidateRestartPolicy`; containers/podman `cmd/podman/common/create.go`.
///
/// # Errors
///
/// Anything else: `allways`, `always:3`, `on-failure:many`.
pub fn restart(text: &str, cli: Cli) -> Result<Restart, Malformed> {
    let (name, count) = match text.split_once(':') {
        Some((name, count)) => (name, Some(count)),
        None => (text, None),
    };
    let policy = match name {
        "" | "no" => RestartPolicy::No,
        "never" if cli == Cli::Podman => RestartPolicy::No,
        "always" => RestartPolicy::Always,
        "unless-stopped" => RestartPolicy::UnlessStopped,
        "on-failure" => RestartPolicy::OnFailure,
        _ => {
            let help = "Use `always`, `unless-stopped`, `on-failure`, `on-failure:5` or `no`.";
            return Err(Malformed::at(text, name, format!("`{name}` is no restart policy"), help));
        }
    };
    let attempts = match count {
        None | Some("") => None,
        Some(written) => match written.parse::<u64>() {
            Ok(it) => Some(it),
            Err(_) => {
                let message = format!("`{written}` is no number of attempts");
                return Err(Malformed::at(text, written, message, "Write a whole number, such as `on-failure:5`."));
            }
        },
    };
    if attempts.is_some_and(|it| it > 0) && policy != RestartPolicy::OnFailure && cli == Cli::Docker {
        let message = format!("`{name}` has no number of attempts");
        return Err(Malformed::at(
            text,
            text,
            message,
            "Only `on-failure` counts: write `on-failure:5`, or take the number out.",
        ));
    }
    Ok(Restart { policy, attempts, ..Restart::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_when_it_is_started_again() {
        for (text, policy, attempts) in [
            ("", RestartPolicy::No, None),
            ("no", RestartPolicy::No, None),
            ("always", RestartPolicy::Always, None),
            ("on-failure", RestartPolicy::OnFailure, None),
            ("on-failure:5", RestartPolicy::OnFailure, Some(5)),
            ("unless-stopped:0", RestartPolicy::UnlessStopped, Some(0)),
        ] {
            let found = restart(text, Cli::Docker).expect(text);
            assert_eq!((found.policy, found.attempts), (policy, attempts), "{text}");
        }
        for text in ["allways", "always:3", "on-failure:many", ":3x", "never"] {
            assert!(restart(text, Cli::Docker).is_err(), "{text}");
        }
        assert!(restart("never", Cli::Podman).is_ok());
    }

    #[test]
    fn reads_amounts_durations_and_numbers() {
        for text in ["64m", "1g", "1.5GiB", "1073741824"] {
            assert!(amount(text).is_ok(), "{text}");
        }
        for text in ["lots", "64 megabytes", ""] {
            assert!(amount(text).is_err(), "{text}");
        }
        assert_eq!(duration("30").expect_err("no unit").help, "Add the unit: `30s` for seconds.");
        assert_eq!(duration("1m30s").ok(), Some(90_000_000_000));
        assert!(cpus("1.5").is_ok() && cpus("50%").is_err());
        assert!(switch("yes").is_err() && switch("true").is_ok());
        assert!(whole("1.5").is_err());
    }
}
