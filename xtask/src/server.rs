//! How is a built site served: which bytes, under which headers?
//!
//! A site is read into memory once. Only what is in that table can be asked for, so no request reaches the disk.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use httparse::{EMPTY_HEADER, Request, Status};

use crate::assets;
use crate::files;
use crate::headers;
use crate::trouble::{Result, Trouble};

/// A request has at most so many headers, and bytes in all.
const MOST_HEADERS: usize = 64;
const MOST_BYTES: usize = 1 << 16;

/// So long a connection may be silent before it is closed.
const PATIENCE: Duration = Duration::from_secs(60);

/// For a site without files.
const NOT_YET: &[u8] =
    b"<!doctype html><title>Drydock</title><p>Drydock is still being built. This page looks again by itself.</p>\n";

/// The files of a site by their path, without the leading `/`.
#[derive(Default)]
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
}

/// A site that is being served, and can be exchanged meanwhile.
pub struct Running {
    /// Where it is, without a `/` at the end.
    pub address: String,
    site: Arc<RwLock<Arc<Site>>>,
}

/// What is sent for a request.
#[derive(Debug, PartialEq, Eq)]
struct Answer<'a> {
    status: u16,
    headers: Vec<headers::Header>,
    body: &'a [u8],
}

/// What matters of a request.
#[derive(Clone, Copy, Default)]
struct Asked<'a> {
    address: &'a str,
    accepts_encoding: &'a str,
    has_hash: &'a str,
}

impl Site {
    /// Reads a built site.
    pub fn read(folder: &Path) -> Result<Self> {
        let files = files::under(folder)?;
        Ok(Self { files: files.into_iter().map(|file| (file.name, file.bytes)).collect() })
    }

    fn answer(&self, asked: Asked<'_>) -> Answer<'_> {
        let path = asked.address.split(['?', '#']).next().unwrap_or_default();
        let path = match path.trim_start_matches('/') {
            "" => "index.html",
            path => path,
        };
        let found = self.files.get(path);
        let mut headers = headers::policies(path, found.map_or(&[], Vec::as_slice));
        if self.files.is_empty() {
            headers.push(("Content-Type", "text/html; charset=utf-8".to_owned()));
            headers.push(("Cache-Control", "no-store".to_owned()));
            headers.push(("Refresh", "2".to_owned()));
            return Answer { status: 503, headers, body: NOT_YET };
        }
        let Some(bytes) = found else {
            headers.push(("Content-Type", "text/plain; charset=utf-8".to_owned()));
            headers.push(("Cache-Control", "no-store".to_owned()));
            return Answer { status: 404, headers, body: b"There is nothing here. The page is at /.\n" };
        };
        let hash = format!("\"{}\"", assets::hash(bytes));
        headers.push(headers::keeping(path));
        headers.push(("ETag", hash.clone()));
        headers.push(("Vary", "Accept-Encoding".to_owned()));
        if asked.has_hash == hash {
            return Answer { status: 304, headers, body: b"" };
        }
        headers.push(("Content-Type", content_type(path).to_owned()));
        for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
            if accepts(asked.accepts_encoding, encoding)
                && let Some(packed) = self.files.get(&format!("{path}.{ending}"))
            {
                headers.push(("Content-Encoding", encoding.to_owned()));
                return Answer { status: 200, headers, body: packed };
            }
        }
        Answer { status: 200, headers, body: bytes }
    }
}

impl Running {
    /// Serves a site on the loopback address; `None` takes any free port.
    ///
    /// # Errors
    ///
    /// A port that another program has.
    pub fn start(site: Site, port: Option<u16>) -> Result<Self> {
        let listener =
            TcpListener::bind(("127.0.0.1", port.unwrap_or(0))).map_err(|error| cannot_listen(port, &error))?;
        let address = listener.local_addr().map_err(|error| cannot_listen(port, &error))?;
        let site = Arc::new(RwLock::new(Arc::new(site)));
        let served = Arc::clone(&site);
        thread::spawn(move || {
            // A thread for each connection: browsers keep spare ones open, which must keep nobody waiting.
            for stream in listener.incoming().flatten() {
                let site = Arc::clone(&served);
                // A browser that goes away, or talks no HTTP, needs no answer.
                thread::spawn(move || talk(&site, stream));
            }
        });
        Ok(Self { address: format!("http://{address}"), site })
    }

    /// Serves another site from now on.
    pub fn exchange(&self, site: Site) {
        *self.site.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
    }
}

/// Answers the requests of a connection, one after the other.
fn talk(site: &RwLock<Arc<Site>>, mut stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut received = Vec::new();
    let mut part = [0; 4096];
    loop {
        let mut headers = [EMPTY_HEADER; MOST_HEADERS];
        let mut request = Request::new(&mut headers);
        let length = match request.parse(&received) {
            Ok(Status::Complete(length)) => {
                let site = Arc::clone(&site.read().unwrap_or_else(PoisonError::into_inner));
                respond(&site, &request, &mut stream)?;
                length
            }
            Ok(Status::Partial) if received.len() < MOST_BYTES => {
                match stream.read(&mut part)? {
                    0 => return Ok(()),
                    count => received.extend_from_slice(part.get(..count).unwrap_or_default()),
                }
                continue;
            }
            _ => return Ok(()),
        };
        received.drain(..length);
    }
}

fn respond(site: &Site, request: &Request, stream: &mut TcpStream) -> io::Result<()> {
    let header = |name: &'static str| {
        let mut headers = request.headers.iter();
        let found = headers.find(|it| it.name.eq_ignore_ascii_case(name));
        found.map_or("", |it| str::from_utf8(it.value).unwrap_or_default())
    };
    let answer = match request.method {
        Some("GET" | "HEAD") => site.answer(Asked {
            address: request.path.unwrap_or_default(),
            accepts_encoding: header("Accept-Encoding"),
            has_hash: header("If-None-Match"),
        }),
        _ => Answer { status: 405, headers: vec![("Allow", "GET, HEAD".to_owned())], body: b"" },
    };
    let mut head = format!("HTTP/1.1 {} \r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", answer.body.len()));
    let mut bytes = head.into_bytes();
    if request.method != Some("HEAD") {
        bytes.extend_from_slice(answer.body);
    }
    stream.write_all(&bytes)
}

fn cannot_listen(port: Option<u16>, error: &dyn std::fmt::Display) -> Trouble {
    let port = port.map_or_else(|| "any port".to_owned(), |port| format!("port {port}"));
    Trouble::new(
        format!("Could not listen on {port} of 127.0.0.1: {error}"),
        "Choose another one: `cargo xtask serve --port 8090`.",
    )
}

/// Returns the type that browsers insist on; modules and wasm are refused under any other.
fn content_type(path: &str) -> &'static str {
    match assets::extension(path) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether an `Accept-Encoding` header allows an encoding (RFC 9110, 12.5.3).
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|choice| {
        let mut parts = choice.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts.any(|part| {
            part.strip_prefix("q=").is_some_and(|quality| quality.parse::<f32>().is_ok_and(|quality| quality == 0.0))
        });
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let files = [
            ("index.html", "<!doctype html>"),
            ("index.html.br", "packed by brotli"),
            ("index.html.gz", "packed by gzip"),
            ("embed.html", "<!doctype html>"),
            ("page-0123456789.css", "body{}"),
            ("drydock_page_bg-0123456789.wasm", "\0asm"),
        ];
        Site { files: files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into() }
    }

    fn ask(address: &str) -> Asked<'_> {
        Asked { address, ..Asked::default() }
    }

    fn header<'a>(answer: &'a Answer<'_>, name: &str) -> &'a str {
        answer.headers.iter().find(|(other, _)| *other == name).map_or("", |(_, value)| value)
    }

    #[test]
    fn only_files_of_the_site_are_there() {
        let site = site();
        for (address, status) in [
            ("/", 200),
            ("/?a=b", 200),
            ("/index.html", 200),
            ("/page-0123456789.css", 200),
            ("/missing.css", 404),
            ("/../Cargo.toml", 404),
            ("/%2e%2e/Cargo.toml", 404),
            ("/..%2fCargo.toml", 404),
            ("//etc/passwd", 404),
            ("/./index.html", 404),
            ("/index.html/..", 404),
            ("/\\..\\Cargo.toml", 404),
        ] {
            assert_eq!(site.answer(ask(address)).status, status, "{address}");
        }
    }

    #[test]
    fn a_site_that_is_not_built_yet_says_so() {
        let site = Site::default();
        let answer = site.answer(ask("/"));
        assert_eq!((answer.status, header(&answer, "Refresh")), (503, "2"));
    }

    #[test]
    fn the_smallest_accepted_form_is_sent() {
        let site = site();
        for (accepts_encoding, encoding) in [
            ("", ""),
            ("gzip, deflate, br, zstd", "br"),
            ("gzip, deflate", "gzip"),
            ("br;q=0, gzip", "gzip"),
            ("br;q=0.5", "br"),
            ("identity", ""),
            ("brotli", ""),
        ] {
            let answer = site.answer(Asked { address: "/", accepts_encoding, ..Asked::default() });
            assert_eq!(header(&answer, "Content-Encoding"), encoding, "{accepts_encoding}");
            assert_eq!(header(&answer, "Content-Type"), "text/html; charset=utf-8");
        }
    }

    #[test]
    fn names_with_a_hash_are_kept_and_others_asked_for_again() {
        let site = site();
        let answer = site.answer(ask("/page-0123456789.css"));
        assert_eq!(header(&answer, "Cache-Control"), "public, max-age=31536000, immutable");
        let answer = site.answer(ask("/"));
        assert_eq!(header(&answer, "Cache-Control"), "no-cache");
        let again = site.answer(Asked { address: "/", has_hash: header(&answer, "ETag"), ..Asked::default() });
        assert_eq!((again.status, again.body), (304, &b""[..]));
    }

    #[test]
    fn every_answer_carries_the_policies() {
        let site = site();
        for (address, ancestors) in [("/", "'none'"), ("/embed.html", "*"), ("/missing", "'none'")] {
            let answer = site.answer(ask(address));
            let policy = header(&answer, "Content-Security-Policy");
            assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
            assert!(policy.ends_with(&format!("frame-ancestors {ancestors}")), "{policy}");
            assert_eq!(header(&answer, "Referrer-Policy"), "no-referrer");
            assert_eq!(header(&answer, "X-Content-Type-Options"), "nosniff");
        }
    }

    #[test]
    fn a_silent_connection_keeps_nobody_waiting() {
        let running = Running::start(site(), None).expect("a free port");
        let address = running.address.trim_start_matches("http://").to_owned();
        let silent: Vec<TcpStream> = (0..40).map(|_| TcpStream::connect(&address).expect("a connection")).collect();
        let mut stream = TcpStream::connect(&address).expect("a connection");
        // The second request comes while the first is answered, and in two parts.
        for part in ["GET / HTTP/1.1\r\n\r\nHEAD /missing HT", "TP/1.1\r\n\r\n"] {
            stream.write_all(part.as_bytes()).expect("to be heard");
        }
        stream.shutdown(std::net::Shutdown::Write).expect("to stop");
        let mut said = String::new();
        stream.read_to_string(&mut said).expect("answers");
        assert!(said.starts_with("HTTP/1.1 200 \r\n"), "{said}");
        assert!(said.contains("\r\n\r\n<!doctype html>HTTP/1.1 404 \r\n"), "{said}");
        drop(silent);
    }

    #[test]
    fn types_are_the_ones_browsers_insist_on() {
        for (path, expected) in [
            ("a.wasm", "application/wasm"),
            ("a-0123456789.js", "text/javascript; charset=utf-8"),
            ("manifest.webmanifest", "application/manifest+json"),
            ("icons/a.svg", "image/svg+xml"),
            ("reference.json", "application/json"),
            ("LICENSE", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path), expected, "{path}");
        }
    }
}
