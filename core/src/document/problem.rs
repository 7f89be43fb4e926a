//! What is wrong with the syntax of a text?

use crate::text::{Edits, Span};

/// A mistake of syntax: the reader went on as if `mend` had been applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The bytes it is about.
    pub span: Span,
    /// The bytes of the other party: the bracket that is never closed.
    pub related: Option<Span>,
    /// What corrects it, when that is clear.
    pub mend: Edits,
}

/// The mistakes of syntax a reader tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A comment, in a dialect that has none.
    Comment,
    /// A comma after the last member or element.
    TrailingComma,
    /// A comma with nothing before it.
    ExtraComma,
    /// Two members or elements without a comma between them.
    MissingComma,
    /// A key and a value without a colon between them.
    MissingColon,
    /// A value without its key.
    MissingKey,
    /// A key without its value.
    MissingValue,
    /// A bracket that nothing closes.
    Unclosed,
    /// A closing bracket that nothing opens, or of the other shape.
    Unopened,
    /// A value that lacks the bracket before it.
    MissingOpener,
    /// A string without its closing quote.
    UnclosedString,
    /// A string without its opening quote.
    UnopenedString,
    /// Single or typographic quotes.
    WrongQuotes,
    /// A key or text without any quotes.
    Unquoted,
    /// A line break, tab or other control character within a string.
    ControlCharacter,
    /// A backslash before a character that cannot be escaped.
    BadEscape,
    /// `True`, `None`, `nil`: a word of another language.
    ForeignWord,
    /// Digits that form no JSON number: `01`, `+1`, `0x10`, `.5`.
    BadNumber,
    /// A number no float of 64 bits can hold.
    HugeNumber,
    /// White space or punctuation that only looks like JSON's: a no-break space, a full-width comma.
    LookAlike,
    /// A character that belongs nowhere.
    StrayCharacter,
    /// A value where none can be.
    StrayValue,
    /// Text after the end of the document.
    TextAfterEnd,
    /// A byte order mark at the start.
    ByteOrderMark,
    /// Nothing but white space.
    Empty,
    /// A hole that a template leaves: `{{ mtu }}`.
    Placeholder,
    /// Brackets nested deeper than the daemon's decoder goes.
    TooDeep,
    /// A flag that takes a value and has none.
    MissingArgument,
    /// A flag in the place of the value of the one before it.
    FlagAsValue,
    /// A word that is neither a flag nor the value of one.
    Positional,
    /// A blank between a flag and its `=`, or between `=` and the value.
    SplitValue,
    /// A single hyphen before a name of several letters: `-debug`.
    OneHyphen,
    /// A part of a flag's value that is not of its form: `base` without `=`.
    BadField,
    /// Several values after a flag that must be given once for each.
    SeveralValues,
    /// What is filled in later: `$OPTIONS`, `$(hostname)`, `%h`, a file of variables.
    NotRead,
    /// A command within quotes of another one, which hide where its words begin and end.
    Nested,
    /// A file of variables in which the one for the daemon is a comment.
    OnlyComments,
    /// A character within a word that ends the command for the shell: `&` of an address.
    CutOff,
    /// The daemon called as Docker before 1.12 had it: `docker daemon`, `docker -d`.
    OldProgram,
    /// A drop-in that adds a second command to start instead of replacing the first.
    StartNotReset,
    /// A binding of Nix without its semicolon.
    MissingSemicolon,
    /// A name and its value in Nix without `=` between them.
    MissingEquals,
    /// Two names of a path without a dot between them.
    MissingDot,
    /// `:` or `==` in the place of `=`.
    NotEquals,
    /// A comma in the place of a semicolon, or a semicolon in that of a blank.
    WrongSeparator,
    /// A semicolon with nothing before it.
    ExtraSemicolon,
    /// `a = b` in a list.
    BindingInList,
    /// `in`, `then` or `else` is missing; the mend says which.
    MissingKeyword,
    /// A name that is given two values.
    DefinedTwice,
    /// A function with two arguments of one name.
    ArgumentTwice,
    /// A name that nothing gives a value.
    Undefined,
    /// A comment that is never closed.
    UnclosedComment,
    /// What needs parentheses to be where it is: `[ x: x ]`.
    MissingParentheses,
    /// An object of JSON, where Nix is expected.
    JsonInNix,
    /// A line of YAML that a tab moves in.
    TabIndentation,
    /// A line of YAML as far in as no line above it.
    BadIndentation,
    /// A second colon with a blank in a value of YAML.
    ColonInValue,
    /// `*name` where no `&name` is before it.
    UnknownAlias,
    /// Copies of anchors of YAML beyond all measure.
    TooManyCopies,
    /// Anything else that no reader of YAML takes.
    NotYaml,
}
