//! Which flags say what a `daemon.json` says?

use crate::{
    daemon::options::{self, DaemonOption, LIMITS},
    docker::go::strconv::atoi,
    document::Value,
};

use super::{
    read::is_limit,
    table::{self, Flag, Takes},
};

/// A flag with its value, before it is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelled {
    /// Its name, without hyphens.
    pub name: String,
    /// Its value; `None` for a truth value that is true.
    pub value: Option<String>,
    /// Whether only `=` can come before the value: after a blank, a truth value is a word of its own.
    pub is_attached: bool,
}

impl Spelled {
    fn new(name: &str, value: impl Into<String>) -> Self {
        Self { name: name.to_owned(), value: Some(value.into()), is_attached: false }
    }

    fn truth(name: &str, value: bool) -> Self {
        let value = (!value).then(|| "false".to_owned());
        Self { name: name.to_owned(), value, is_attached: true }
    }
}

/// No flag says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unsayable;

/// The flags that say a top-level setting; none for null.
///
/// # Errors
///
/// [`Unsayable`] for what flags have no words for: `builder`, the arguments of a runtime, a list where one text belongs.
pub(super) fn spell(key: &str, value: &Value) -> Result<Vec<Spelled>, Unsayable> {
    if *value == Value::Null {
        return Ok(Vec::new());
    }
    if key == "proxies" {
        let fields = members(value)?.iter().map(|(name, value)| {
            let option = options::member("proxies", name).ok_or(Unsayable)?;
            of_option(option, value)
        });
        return Ok(fields.collect::<Result<Vec<_>, _>>()?.concat());
    }
    let option = options::member("", key).ok_or(Unsayable)?;
    of_option(option, value)
}

fn of_option(option: &'static DaemonOption, value: &Value) -> Result<Vec<Spelled>, Unsayable> {
    if *value == Value::Null {
        return Ok(Vec::new());
    }
    let name = table::name_of(option).ok_or(Unsayable)?;
    let flag = table::find(name).ok_or(Unsayable)?;
    let is_its_own = flag.option.is_some_and(|it| it.key == option.key);
    match (option.key, value) {
        ("host-gateway-ips", Value::List(elements)) => {
            elements.iter().map(|it| Ok(Spelled::new(name, text(it)?))).collect()
        }
        _ if is_its_own => of_flag(flag, value),
        _ => Err(Unsayable),
    }
}

fn of_flag(flag: Flag, value: &Value) -> Result<Vec<Spelled>, Unsayable> {
    let name = flag.name;
    Ok(match flag.takes {
        Takes::Truth => vec![match value {
            Value::Bool(value) => Spelled::truth(name, *value),
            Value::String(text) => Spelled { is_attached: true, ..Spelled::new(name, text) },
            _ => return Err(Unsayable),
        }],
        Takes::Number => vec![match value {
            Value::Number(digits) => Spelled::new(name, digits),
            Value::String(text) => Spelled::new(name, text),
            _ => return Err(Unsayable),
        }],
        Takes::Text => vec![Spelled::new(name, text(value)?)],
        Takes::Item => {
            let texts = elements(value)?.iter().map(|it| Ok(Spelled::new(name, text(it)?)));
            texts.collect::<Result<_, _>>()?
        }
        Takes::Entry => {
            let entries = members(value)?
                .iter()
                .map(|(key, value)| Ok(Spelled::new(name, [before_equals(key)?, "=", text(value)?].concat())));
            entries.collect::<Result<_, _>>()?
        }
        Takes::Switch => {
            let entries = members(value)?.iter().map(|(key, value)| {
                let value = match value {
                    Value::Bool(true) => "true",
                    Value::Bool(false) => "false",
                    value => text(value)?,
                };
                let key = Some(key.as_str()).filter(|it| !it.is_empty()).ok_or(Unsayable)?;
                Ok(Spelled::new(name, [before_equals(key)?, "=", value].concat()))
            });
            entries.collect::<Result<_, _>>()?
        }
        Takes::Pool => {
            let pools = elements(value)?.iter().map(|it| Ok(Spelled::new(name, fields(it)?)));
            pools.collect::<Result<_, _>>()?
        }
        Takes::Fields => match fields(value)?.as_str() {
            "" => Vec::new(),
            fields => vec![Spelled::new(name, fields)],
        },
        Takes::Limit => {
            let limits = members(value)?.iter().map(|(key, value)| Ok(Spelled::new(name, limit(key, value)?)));
            limits.collect::<Result<_, _>>()?
        }
        Takes::Runtime => {
            let runtimes = members(value)?.iter().map(|(key, value)| Ok(Spelled::new(name, runtime(key, value)?)));
            runtimes.collect::<Result<_, _>>()?
        }
        Takes::Network => {
            let mut spelled = Vec::new();
            for (driver, options) in members(value)? {
                for (key, value) in members(options)? {
                    let words = [before_equals(driver)?, "=", before_equals(key)?, "=", text(value)?];
                    spelled.push(Spelled::new(name, words.concat()));
                }
            }
            spelled
        }
    })
}

fn text(value: &Value) -> Result<&str, Unsayable> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(Unsayable),
    }
}

fn members(value: &Value) -> Result<&[(String, Value)], Unsayable> {
    match value {
        Value::Map(members) => Ok(members),
        _ => Err(Unsayable),
    }
}

fn elements(value: &Value) -> Result<&[Value], Unsayable> {
    match value {
        Value::List(elements) => Ok(elements),
        _ => Err(Unsayable),
    }
}

/// A name that the first `=` ends.
fn before_equals(name: &str) -> Result<&str, Unsayable> {
    match name.contains('=') {
        true => Err(Unsayable),
        false => Ok(name),
    }
}

/// `name=text,name=text`: an address pool, or what `nri-opts` holds.
fn fields(value: &Value) -> Result<String, Unsayable> {
    let mut fields = Vec::new();
    for (name, value) in members(value)? {
        let value = match value {
            Value::String(text) | Value::Number(text) => text,
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            _ => return Err(Unsayable),
        };
        let field = [before_equals(name)?, "=", value].concat();
        if field.contains(['"', '\n', '\r']) {
            return Err(Unsayable);
        }
        fields.push(match field.contains(',') {
            true => ["\"", &field, "\""].concat(),
            false => field,
        });
    }
    Ok(fields.join(","))
}

/// `nofile=1024:2048`: the flag refuses a soft limit above the hard one, and has but one name.
fn limit(key: &str, value: &Value) -> Result<String, Unsayable> {
    let (mut soft, mut hard) = ("0", "0");
    for (name, value) in members(value)? {
        match (name.to_ascii_lowercase().as_str(), value) {
            ("name", Value::String(name)) if name == key => {}
            ("soft", Value::Number(digits) | Value::String(digits)) => soft = digits,
            ("hard", Value::Number(digits) | Value::String(digits)) => hard = digits,
            _ => return Err(Unsayable),
        }
    }
    if let (Some(soft), Some(hard)) = (atoi(soft), atoi(hard))
        && !is_limit(soft, hard)
    {
        return Err(Unsayable);
    }
    if !LIMITS.iter().any(|it| it.value == key) {
        return Err(Unsayable);
    }
    let both = [soft, ":", hard].concat();
    Ok([before_equals(key)?, "=", if soft == hard { soft } else { &both }].concat())
}

/// `name=/path`: the flag takes names in lower case, and no arguments.
fn runtime(key: &str, value: &Value) -> Result<String, Unsayable> {
    let is_name = !key.is_empty() && key.trim() == key && key.to_lowercase() == key && key != "runc";
    match members(value)? {
        [(name, Value::String(path))] if name.eq_ignore_ascii_case("path") && is_name => {
            let is_path = !path.is_empty() && path.trim() == path;
            match is_path {
                true => Ok([before_equals(key)?, "=", path].concat()),
                false => Err(Unsayable),
            }
        }
        _ => Err(Unsayable),
    }
}
