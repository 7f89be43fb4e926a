//! What in a text looks like a credential?
//!
//! Anyone who gets a link can read what it holds. The search goes by looks alone, so that it also finds credentials in
//! comments, in half-typed text, in a pasted WireGuard configuration or in any other dialect.

use crate::text::Span;

/// Something in a text that looks like a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its bytes.
    pub span: Span,
    /// What it looks like, as a sentence without full stop.
    pub message: &'static str,
}

const PASSWORD: &str = "A URL holds a password";
const SECRET: &str = "This looks like a password or a key";
const TOKEN: &str = "This looks like an access token";

/// The ends of names whose values are secret, in lower case without `-` and `_`.
///
/// Of Docker's own: `splunk-token`, `logentries-token`. Others come from labels, plugins' options and pasted settings.
const SECRET_NAMES: &[&str] = &[
    "token",
    "password",
    "passwd",
    "passphrase",
    "secret",
    "apikey",
    "accesskey",
    "secretkey",
    "secretkeybase",
    "privatekey",
    "presharedkey",
    "encryptionkey",
    "masterkey",
];

/// The last words of such names, in lower case: of variables of containers.
const SECRET_WORDS: &[&str] = &["pass", "pwd", "credentials", "auth"];

/// The beginnings of access tokens: of GitHub, GitLab, Docker Hub, Docker's swarm, Slack, AWS.
const TOKENS: &[&str] = &[
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "dckr_pat_",
    "dckr_oat_",
    "SWMTKN-",
    "npm_",
    "hf_",
    "ghu_",
    "ghr_",
    "xoxb-",
    "xoxp-",
    "AKIA",
];

/// No access token is shorter, in bytes.
const SHORTEST_TOKEN: usize = 16;

/// The most bytes of a value that are looked at.
const LONGEST_VALUE: usize = 512;

/// Finds what looks like a credential, in the order of the text.
///
/// ```
/// use drydock::link::credentials;
///
/// let text = r#"{ "proxies": { "https-proxy": "http://me:secret@proxy.example.com:3128" } }"#;
/// assert_eq!(credentials(text)[0].span.of(text), "me:secret");
/// ```
pub fn credentials(text: &str) -> Vec<Credential> {
    let mut found: Vec<Credential> = Vec::new();
    let mut at = 0;
    while let Some(skipped) = tail(text, at).find(is_word) {
        at += skipped;
        let (word, behind) = split_while(tail(text, at), is_word);
        if let Some((value, length, message)) = judge(word, behind) {
            let start = text.len() - value;
            let is_new = found.last().is_none_or(|it| it.span.end <= start);
            if is_new {
                found.push(Credential { span: Span::new(start, start + length), message });
            }
        }
        at += word.len();
    }
    found
}

/// What a word and what follows it give away: how many bytes before the end it starts, its length, and what it is.
fn judge(word: &str, behind: &str) -> Option<(usize, usize, &'static str)> {
    let is_token = TOKENS.iter().any(|it| word.starts_with(it));
    if is_token && word.len() >= SHORTEST_TOKEN {
        return Some((behind.len() + word.len(), word.len(), TOKEN));
    }
    if word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic") {
        let value = behind.strip_prefix(' ')?;
        let (token, _) = split_while(value, |it| is_word(it) || "+/=.~".contains(it));
        // No word of a language.
        let is_one = token.len() >= SHORTEST_TOKEN && token.chars().any(|it| !it.is_ascii_lowercase());
        return is_one.then_some((value.len(), token.len(), TOKEN));
    }
    if let Some(authority) = behind.strip_prefix("://") {
        return password(authority);
    }
    let name = word.to_ascii_lowercase();
    let last = name.rsplit(['_', '-']).next().unwrap_or_default();
    let is_one = SECRET_WORDS.contains(&last);
    // `TOKEN_2` is one as well.
    let name = name.trim_end_matches(|it: char| it.is_ascii_digit() || it == '_');
    let name: String = name.chars().filter(|it| it.is_alphanumeric()).collect();
    let is_secret = is_one || SECRET_NAMES.iter().any(|it| name.ends_with(it));
    if !is_secret && !name.ends_with("proxy") {
        return None;
    }
    let is_flag = word.starts_with("--");
    let value = value(behind).or_else(|| behind.strip_prefix(' ').filter(|_| is_flag))?;
    if !is_secret {
        return password(value);
    }
    let (secret, _) = split_while(value, |it| !is_end(it));
    let is_elsewhere = secret.starts_with(['/', '$', '{', '[', '<', '*']);
    let is_word = ["true", "false", "null", "none"].contains(&secret);
    let is_kept = secret.is_empty() || is_elsewhere || is_word;
    (!is_kept).then_some((value.len(), secret.len(), SECRET))
}

/// `me:secret` in `me:secret@proxy.example.com`.
fn password(authority: &str) -> Option<(usize, usize, &'static str)> {
    let (host, _) = split_while(authority, |it| !is_end(it) && !"/?#\\".contains(it));
    let (user, _) = host.rsplit_once('@')?;
    let (_, password) = user.split_once(':')?;
    (!password.is_empty()).then_some((authority.len(), user.len(), PASSWORD))
}

/// What follows a name on its line, after `:` or `=`, and quotes; the default in `${NAME:-default}`.
fn value(behind: &str) -> Option<&str> {
    if behind.starts_with(":?") || behind.starts_with(":+") {
        return None;
    }
    if let Some(default) = behind.strip_prefix(":-") {
        return Some(default);
    }
    let behind = behind.trim_start_matches(['"', '\'']);
    let behind = behind.trim_start_matches([' ', '\t']);
    let value = behind.strip_prefix([':', '='])?;
    let value = value.trim_start_matches([' ', '\t']);
    Some(value.trim_start_matches(['"', '\'']))
}

fn is_word(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '-' || it == '_'
}

fn is_end(it: char) -> bool {
    it.is_whitespace() || "\"',;<>]}&".contains(it)
}

fn tail(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// Splits after the characters that fit, and after [`LONGEST_VALUE`] at the latest.
fn split_while(text: &str, fits: impl Fn(char) -> bool) -> (&str, &str) {
    let mut characters = text.char_indices();
    let end = characters.find(|(at, it)| !fits(*it) || *at >= LONGEST_VALUE);
    text.split_at(end.map_or(text.len(), |it| it.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_looks_like_a_credential() {
        for (text, expected) in [
            (r#"{"proxies": {"http-proxy": "http://me:pw@a:3128"}}"#, &["me:pw"][..]),
            (r#"{"proxies": {"https-proxy": "me:pw@a:3128"}}"#, &["me:pw"]),
            (r#"{"proxies": {"http-proxy": "http://me@a"}}"#, &[]), // a name is none
            (r#"{"proxies": {"http-proxy": "http://me:@a"}}"#, &[]),
            (r#"{"registry-mirrors": ["https://a:b@mirror.example.com/x@y"]}"#, &["a:b"]),
            (r#"{"registry-mirrors": ["https://mirror.example.com/a:b@c"]}"#, &[]), // a path
            (r#"{"log-opts": {"splunk-token": "B5A7-D822"}}"#, &["B5A7-D822"]),
            (r#"{"log-opts": {"splunk-token": ""}}"#, &[]),
            (r#"{"log-opts": {"awslogs-credentials-endpoint": "/x"}}"#, &[]),
            (r#"{"tlskey": "/etc/docker/key.pem"}"#, &[]), // the name of a file
            (r#"{"labels": ["db_password=hunter2", "team=a"]}"#, &["hunter2"]),
            (r#"{"labels": ["token_file=/run/secrets/a"]}"#, &[]),
            ("{ // ghp_0123456789abcdefghij\n", &["ghp_0123456789abcdefghij"]),
            ("{\n  \"debug\": true # Authorization: Bearer abcdefgh.ijklmnop", &["abcdefgh.ijklmnop"]),
            (
                "[Interface]\nPrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\n",
                &["yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="],
            ),
            ("virtualisation.docker.daemon.settings.log-opts.splunk-token = \"abc\";", &["abc"]),
            ("docker swarm join --token SWMTKN-1-0123456789-abc", &["SWMTKN-1-0123456789-abc"]),
            ("docker run -e POSTGRES_PASSWORD=hunter2 -e DB_PASS='a b' postgres", &["hunter2", "a"]),
            (
                "environment:\n  DB_PASS: hunter2\n  TOKEN: ${TOKEN:?missing}\n  PWD: ${PWD:-secret}\n",
                &["hunter2", "secret"],
            ),
            ("docker login --username me --password hunter2 ghcr.io", &["hunter2"]),
            (r#"{ "auths": { "ghcr.io": { "auth": "bWU6c2VjcmV0" } } }"#, &["bWU6c2VjcmV0"]),
            ("GITLAB_TOKEN_1=abc SECRET_KEY_BASE=def GPG_PASSPHRASE=ghi", &["abc", "def", "ghi"]),
            ("# basic containerization of it", &[]),
            ("ä://ü:ö@", &[]), // no scheme has such letters
            ("", &[]),
        ] {
            let found = credentials(text);
            let found: Vec<&str> = found.iter().map(|it| it.span.of(text)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn examples_hold_none() {
        for example in crate::daemon::examples::EXAMPLES {
            assert_eq!(credentials(example.text), [], "{}", example.id);
        }
    }
}
