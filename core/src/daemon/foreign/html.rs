//! A page of the web, such as an error that was saved in place of a file.

use super::{Kind, page::Page};

pub fn look(page: &Page) -> Option<(Kind, usize)> {
    const SIGNS: &[&str] = &["<!", "<?", "<html", "<HTML", "<head", "<body", "<title", "<svg", "<h1>", "<center>"];
    page.starts(0, SIGNS).then_some((Kind::Html, 0))
}
