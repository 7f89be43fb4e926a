//! JSON as people type it: how it is cut into tokens, read, changed and written.

mod complete;
mod edit;
mod holes;
mod lex;
mod place;
mod read;
mod recover;
mod scalar;
mod write;

pub use complete::{key, value};
pub use edit::edit;
pub use lex::{Quotes, Token, TokenKind, lex, plain};
pub use place::place;
pub use read::{read, read_as_written};
pub use scalar::is_json_number;
pub use write::{Layout, Shape, quoted, write};
pub(crate) use write::{print, print_open};
