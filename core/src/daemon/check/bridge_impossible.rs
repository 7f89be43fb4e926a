//! A name that no bridge can have.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `bridge` holds a name that no network interface can have.
    ///
    /// ## Why it matters
    /// The daemon looks for an interface of that name and makes none but docker0 itself. It accepts the file and then
    /// does not start.
    ///
    /// ## What to do
    /// Write the name of a bridge that exists, or `none`. In Linux, names have at most 15 bytes, without white space,
    /// slash or colon.
    ///
    /// ## Example
    /// ```json
    /// { "bridge": "10.200.0.1/24" }
    /// ```
    ///
    /// ## Source
    /// Linux `net/core/dev.c`, `dev_valid_name`; moby `daemon/libnetwork/drivers/bridge/setup_device_linux.go`
    "bridge-impossible", [Error], check
}

/// The longest name of an interface in Linux, in bytes.
const LONGEST_NAME: usize = 15;

fn check(context: &Context, found: &mut Found) {
    let Some(bridge) = context.settings.text("bridge").filter(|it| !is_possible(it.value)) else {
        return;
    };
    let message = say!("No bridge can be called `{}`", bridge.value);
    found.push(
        Diagnostic::error(ID, Stage::Start, bridge.span, message)
            .why("The daemon looks for an interface of that name, and does not start without it.")
            .explained(|diagnostic| {
                let name = bridge.value;
                diagnostic.help(match name.contains(['/', ':']) && name.contains(|it: char| it.is_ascii_digit()) {
                    true => "An address belongs in `bip`; write the name of an existing bridge here, or `none`.",
                    false => {
                        "Write the name of a bridge that exists: at most 15 bytes, without white space, slash or colon."
                    }
                })
            })
            .fix(Fix::choice("Remove `bridge`", context.remove(bridge.span))),
    );
}

fn is_possible(name: &str) -> bool {
    let is_wrong = |it: u8| it.is_ascii_whitespace() || matches!(it, b'/' | b':' | b'\x0b' | b'\0');
    name.len() <= LONGEST_NAME && !matches!(name, "." | "..") && !name.bytes().any(is_wrong)
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_what_no_interface_is_called() {
        for (name, is_flagged) in [
            ("br0", false),
            ("none", false),
            ("br-0123456789ab", false),
            ("br-0123456789abc", true), // 16 bytes
            ("no ne", true),
            ("br0 ", true),
            ("10.0.0.1/24", true),
            ("10.0.0.1", false),
            ("fd00::1", true),
            ("..", true),
        ] {
            let text = format!(r#"{{"bridge": "{name}"}}"#);
            let expected = [format!(r#"error "{name}""#)];
            let expected: Vec<&str> = expected.iter().map(String::as_str).filter(|_| is_flagged).collect();
            for engine in ["20.10", "29"] {
                assert_flags(engine, &text, super::ID, &expected);
            }
        }
    }
}
