//! What can be wrong with a parameter file, and with asking for a parameter.

use std::fmt;

use jiff::civil::Date;

/// One thing that is wrong with one parameter file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParameterProblem {
    /// The file cannot be read as TOML.
    #[error("parameter {name}: line {line} is not TOML: {reason}")]
    NotToml {
        /// The parameter's name.
        name: String,
        /// The line on which reading stopped.
        line: usize,
        /// What the reader says.
        reason: String,
    },
    /// Something that every parameter, or every value, must have.
    #[error("parameter {name}{place}: {field} is missing; write {example}")]
    Missing {
        /// The parameter's name.
        name: String,
        /// Where: the whole file, or one of its values.
        place: Place,
        /// The field.
        field: &'static str,
        /// How it may look.
        example: &'static str,
    },
    /// Something of the wrong kind.
    #[error("parameter {name}{place}: {field} is not {wanted}; write {example}")]
    Wrong {
        /// The parameter's name.
        name: String,
        /// Where: the whole file, or one of its values.
        place: Place,
        /// The field.
        field: &'static str,
        /// What it should be.
        wanted: &'static str,
        /// How it may look.
        example: &'static str,
    },
    /// A field that no parameter has: probably a slip of the pen.
    #[error("parameter {name}{place}: \"{field}\" is not a field of a parameter; known are {known}")]
    Unknown {
        /// The parameter's name.
        name: String,
        /// Where: the whole file, or one of its values.
        place: Place,
        /// The field as written.
        field: String,
        /// The fields that are known there.
        known: String,
    },
    /// Values that do not follow each other in time.
    #[error("parameter {name}{place}: {from} does not come after the value before it; put the earliest first")]
    OutOfOrder {
        /// The parameter's name.
        name: String,
        /// Which value.
        place: Place,
        /// Its first day.
        from: Date,
    },
    /// A number that is not finite.
    #[error("parameter {name}{place}: infinity and \"not a number\" cannot be values")]
    NotFinite {
        /// The parameter's name.
        name: String,
        /// Which value.
        place: Place,
    },
}

/// The whole file, or one of its values counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// The value of this number.
    Value(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File => Ok(()),
            Place::Value(number) => write!(f, ", value {number}"),
        }
    }
}

/// Everything that is wrong with a set of parameter files, all at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterErrors {
    /// The problems, by file and then by place.
    pub problems: Vec<ParameterProblem>,
}

impl fmt::Display for ParameterErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.problems.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ParameterErrors {}

/// Why a parameter has no value to give.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    /// There is none of that name.
    #[error("there is no parameter \"{name}\"; `penshaw parameters` lists them")]
    Unknown {
        /// The name that was asked for.
        name: String,
    },
    /// Its first value begins later.
    #[error("parameter {name} has no value on {on}: its first begins on {earliest}")]
    NotInForce {
        /// The parameter's name.
        name: String,
        /// The day that was asked for.
        on: Date,
        /// The first day of its first value.
        earliest: Date,
    },
    /// Its value does not have the shape that its use needs.
    #[error("parameter {name} does not have the shape that is needed: {reason}")]
    WrongShape {
        /// The parameter's name.
        name: String,
        /// What does not fit.
        reason: String,
    },
}
