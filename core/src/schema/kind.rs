//! Which values does an option take?

/// The JSON type of a value, and what its text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A whole number without fraction or exponent, with one word for what it counts, or none.
    Integer(&'static str),
    /// A string.
    Text(Format),
    /// A list of values of one kind.
    List(&'static Kind),
    /// An object with the members that the rows below it name.
    Object,
    /// An object whose keys the user chooses.
    Map(&'static Kind),
    /// Any JSON value.
    Any,
}

impl Kind {
    /// What a value of this kind is, without an article: "list of strings".
    pub fn words(self) -> String {
        match self {
            Self::Integer(unit) if !unit.is_empty() => ["whole number, in ", unit].concat(),
            Self::List(element) => ["list of ", &element.plural()].concat(),
            Self::Map(Self::Bool) => "object with keys of your own, each true or false".to_owned(),
            Self::Map(value) => ["object with keys of your own, holding ", &value.plural()].concat(),
            Self::Bool => "true or false".to_owned(),
            Self::Integer(_) => "whole number".to_owned(),
            Self::Text(_) => "string".to_owned(),
            Self::Object => "object".to_owned(),
            Self::Any => "any JSON value".to_owned(),
        }
    }

    fn plural(self) -> String {
        match self {
            Self::Bool => "values that are true or false".to_owned(),
            Self::Integer(_) => "whole numbers".to_owned(),
            Self::Text(_) => "strings".to_owned(),
            Self::List(element) => ["lists of ", &element.plural()].concat(),
            Self::Object | Self::Map(_) => "objects".to_owned(),
            Self::Any => "values of any kind".to_owned(),
        }
    }
}

/// What the text of a string means. It chooses the form's input and the words of a message;
/// whether the daemon refuses a malformed one is for a rule to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Any text.
    Free,
    /// A file or directory of the host.
    Path,
    /// An IPv4 or IPv6 address.
    Address,
    /// An address with the prefix length of its network: `10.200.0.1/24`.
    AddressWithPrefix,
    /// A subnet: `10.200.0.0/24`.
    Subnet,
    /// `host:port`.
    HostPort,
    /// A URL.
    Url,
    /// An amount of bytes with an optional unit: `10m`.
    Size,
    /// A duration with a unit: `10s`.
    Duration,
    /// `"true"` or `"false"` in quotes.
    Bool,
    /// A whole number in quotes.
    Integer,
    /// A Go template: `{{.Name}}`.
    Template,
    /// `name=value`.
    Assignment,
    /// Comma-separated names.
    Names,
    /// A regular expression.
    Regex,
    /// A domain name.
    Domain,
}

#[cfg(test)]
mod tests {
    use super::{Format, Kind};

    #[test]
    fn a_kind_in_words() {
        for (kind, words) in [
            (Kind::Bool, "true or false"),
            (Kind::Integer("seconds"), "whole number, in seconds"),
            (Kind::List(&Kind::Text(Format::Free)), "list of strings"),
            (Kind::List(&Kind::List(&Kind::Object)), "list of lists of objects"),
            (Kind::Map(&Kind::Bool), "object with keys of your own, each true or false"),
            (Kind::Map(&Kind::Text(Format::Free)), "object with keys of your own, holding strings"),
        ] {
            assert_eq!(kind.words(), words);
        }
    }
}
