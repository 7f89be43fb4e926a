//! Which values does an option take?

/// The JSON type of a value, and what its text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A whole number without fraction or exponent; what it counts is named in one word or is empty.
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

/// What the text of a string stands for. It chooses the form's input and the words of a message;
/// whether the daemon minds a malformed one is a rule's business.
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
