//! A link as a QR code, drawn as one path.

use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

/// The white space around, in modules; ISO/IEC 18004 asks for four.
const QUIET: i32 = 4;

/// How wide it is at most where the modules are more than two pixels wide.
const WIDTH: i32 = 192;

/// In a code of more bytes than this, cameras do not tell the modules apart.
const MAX_BYTES: usize = 1200;

/// A QR code; `None` for a text that is too long for one.
///
/// It is black on white in every theme, for cameras. Modules are whole pixels wide: they stay sharp.
pub fn qr(text: &str) -> Option<Html> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok();
    let code = code.filter(|_| text.len() <= MAX_BYTES)?;
    let modules = code.size() + 2 * QUIET;
    let width = modules * (WIDTH / modules).max(2);
    let area = ["0 0 ", &modules.to_string(), " ", &modules.to_string()].concat();
    Some(html! {
        <svg class="qr" role="img" aria-label="QR code of the link" viewBox={area}
            width={width.to_string()} height={width.to_string()} shape-rendering="crispEdges">
            <path fill="#fff" d={["M0 0h", &modules.to_string(), "v", &modules.to_string(), "H0z"].concat()} />
            <path fill="#000" d={path(&code)} />
        </svg>
    })
}

/// The dark modules, each run of a row as a rectangle.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|&x| code.get_module(x, y)).count();
            let run = i32::try_from(run).unwrap_or_default();
            if run > 0 {
                let numbers = [x + QUIET, y + QUIET, run, -run].map(|it| it.to_string());
                let [x, y, right, left] = &numbers;
                path.push_str(&["M", x, " ", y, "h", right, "v1h", left, "z"].concat());
            }
            x += run.max(1);
        }
    }
    path
}
