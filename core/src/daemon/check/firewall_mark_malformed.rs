//! A firewall mark that is not a number.

use super::{
    Context, Found,
    voice::{Diagnostic, Stage},
};
use crate::docker::go::strconv::parse_uint32;

rule! {
    /// `bridge-accept-fwmark` is not a firewall mark.
    ///
    /// ## Why it matters
    /// Packets with that mark are let into every bridge network. The daemon refuses the whole file when it is not a
    /// number of 32 bits, or two of them, mark and mask, with a slash between.
    ///
    /// ## What to do
    /// Write a number, decimal or after `0x`: `1`, `0x10/0xff`.
    ///
    /// ## Example
    /// ```json
    /// { "bridge-accept-fwmark": "docker" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config_linux.go`, `validateFwMarkMask`
    "firewall-mark-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(setting) = context.settings.text("bridge-accept-fwmark").filter(|_| context.since(29, 0)) else {
        return;
    };
    let text = setting.value;
    let (mark, mask) = match text.split_once('/') {
        Some((mark, mask)) => (mark, Some(mask)),
        None => (text, None),
    };
    let is_number = |it: &str| parse_uint32(it).is_some();
    if is_number(mark) && mask.is_none_or(is_number) {
        return;
    }
    let message = match is_number(mark) {
        true => say!("The mask in `{text}` is not a number of 32 bits"),
        false => say!("`{text}` is not a firewall mark"),
    };
    found.push(
        Diagnostic::error(ID, Stage::Load, setting.span, message)
            .why("The daemon refuses the settings: it cannot tell which packets to let in.")
            .help("Write a number, or mark and mask with a slash between: `1`, `0x10/0xff`."),
    );
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_what_is_no_mark() {
        for (mark, is_flagged) in [
            ("1", false),
            ("0x10/0xff", false),
            ("", false), // not set
            ("docker", true),
            ("1/", true),
            ("/1", true),
            ("1/2/3", true),
            ("4294967296", true),
        ] {
            let text = format!(r#"{{"bridge-accept-fwmark": "{mark}"}}"#);
            let flagged = format!(r#"error "{mark}""#);
            let expected: &[&str] = if is_flagged { &[&flagged] } else { &[] };
            assert_flags("29", &text, super::ID, expected);
            assert_flags("28", &text, super::ID, &[]); // an unknown key there
        }
    }
}
