//! Which mistake is it that the parser stumbled over?

use granit_parser::ErrorKind;

use crate::{
    document::{Problem, ProblemKind},
    text::{Edits, Span},
};

/// A problem that nothing mends yet.
pub(super) fn problem(kind: ProblemKind, span: Span) -> Problem {
    Problem { kind, span, related: None, mend: Edits::NONE }
}

/// The mistake behind an error.
pub(super) fn kind(error: &ErrorKind) -> ProblemKind {
    match error {
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => ProblemKind::UnclosedString,
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            ProblemKind::StrayValue
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => ProblemKind::Unclosed,
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => ProblemKind::Unopened,
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar => ProblemKind::TabIndentation,
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => ProblemKind::BadEscape,
        ErrorKind::UnexpectedCharacter { .. }
        | ErrorKind::MissingAnchorOrAliasName
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator
        | ErrorKind::UnexpectedEndOfPlainScalar => ProblemKind::StrayCharacter,
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => ProblemKind::MissingColon,
        ErrorKind::MappingValueNotAllowed => ProblemKind::ColonInValue,
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::MappingKeyNotAllowed => ProblemKind::BadIndentation,
        ErrorKind::RecursionLimitExceeded => ProblemKind::TooDeep,
        _ => ProblemKind::NotYaml,
    }
}
