//! Does a variable likely hold something that nobody should read?

/// Parts of names that hold a secret.
const PARTS: &[&str] =
    &["PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "TOKEN", "API_KEY", "APIKEY", "ACCESS_KEY", "PRIVATE_KEY"];

/// What stands before `_KEY` in such a name, besides.
const KEYS: &[&str] = &["API", "ENCRYPTION", "APP", "MASTER"];

/// Words of such a name.
const WORDS: &[&str] = &["PASS", "PWD", "CREDENTIALS"];

/// What a name ends with whose value is where the secret is, or something about it.
const ELSEWHERE: &[&str] = &["_FILE", "_PATH", "_ENABLED", "_EXPIRY", "_TTL", "_ID", "_NAME", "_LENGTH", "_LIFETIME"];

/// Whether a value is likely a secret: by the name of its variable, or because it is an address with a password.
///
/// ```
/// use drydock::containers::secret::is_secret;
///
/// assert!(is_secret("POSTGRES_PASSWORD", "hunter2"));
/// assert!(is_secret("DATABASE_URL", "postgres://me:hunter2@db/shop"));
/// assert!(!is_secret("POSTGRES_PASSWORD_FILE", "/run/secrets/db"));
/// assert!(!is_secret("ALLOW_EMPTY_PASSWORD", "yes"));
/// ```
pub fn is_secret(name: &str, value: &str) -> bool {
    let is_nothing = value.is_empty() || matches!(value, "true" | "false" | "yes" | "no" | "0" | "1");
    if is_nothing || value.starts_with('/') {
        return false;
    }
    holds_secret(name) || has_password(value)
}

fn holds_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let is_switch = ["ALLOW", "RANDOM", "REQUIRE"].iter().any(|it| name.contains(it));
    if is_switch || ELSEWHERE.iter().any(|it| name.ends_with(it)) {
        return false;
    }
    let is_key = name.ends_with("_KEY") && KEYS.iter().any(|it| name.contains(it));
    let mut words = name.split(['_', '-', '.']);
    is_key || PARTS.iter().any(|it| name.contains(it)) || words.any(|it| WORDS.contains(&it))
}

/// `postgres://me:hunter2@db/shop`
fn has_password(value: &str) -> bool {
    let authority = value.split_once("://").and_then(|(_, it)| it.split(['/', '?', '#']).next());
    let user = authority.and_then(|it| it.rsplit_once('@')).map(|it| it.0);
    user.and_then(|it| it.split_once(':')).is_some_and(|it| !it.1.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_secrets_by_their_names_and_by_addresses() {
        for (name, value, expected) in [
            ("DB_PASS", "x", true),
            ("APP_KEY", "base64:x", true),
            ("SECRET_KEY_BASE", "x", true),
            ("AWS_ACCESS_KEY_ID", "x", false), // a name
            ("TOKEN_TTL", "3600", false),
            ("COMPASS", "x", false), // a part of a word
            ("KEY", "x", false),
            ("MYSQL_RANDOM_ROOT_PASSWORD", "x", false),
            ("PASSWORD", "", false),
            ("USE_TOKEN", "true", false),
            ("PGPASSFILE", "/x", false),
            ("REDIS_URL", "redis://:x@redis:6379", true),
            ("URL", "https://me@example.org/a:b@c", false), // no password
            ("URL", "https://example.org", false),
        ] {
            assert_eq!(is_secret(name, value), expected, "{name}={value}");
        }
    }
}
