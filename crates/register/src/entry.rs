//! What every kind of entry is: a typed record declared once with its fields.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Field, Kind, Problem};

/// A kind of entry: its type and the table of its fields.
pub trait Entry: Serialize + DeserializeOwned + Clone {
    /// Which kind it is.
    const KIND: Kind;
    /// Its fields in the order of the sheet, the reference not among them.
    const FIELDS: &'static [Field];

    /// The owner's own reference, unique among the owner's entries of the kind.
    fn reference(&self) -> &str;

    /// What is wrong with the entry on its own, all of it.
    fn check(&self) -> Vec<Problem> {
        Vec::new()
    }
}

/// Declares a kind of entry once: its type, its fields, and what each of them holds.
///
/// Each line reads: name, type, heading, what it holds, `required` or `optional`,
/// `open` (goes with the entry) or `owned` (its owner may keep it back), help, example.
macro_rules! entry {
    ($(#[$about:meta])* $name:ident {
        $($field:ident: $type:ty, $label:literal, $kind:expr, $presence:ident, $sharing:ident, $help:literal, $example:literal;)*
    } $(check $check:expr)?) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            /// The owner's own reference.
            pub reference: String,
            $(
                #[doc = $help]
                #[serde(default = "crate::entry::absent", skip_serializing_if = "crate::entry::is_absent")]
                pub $field: $type,
            )*
        }

        impl crate::Entry for $name {
            const KIND: crate::Kind = crate::Kind::$name;
            const FIELDS: &'static [crate::Field] = &[
                $(crate::Field {
                    name: stringify!($field),
                    label: $label,
                    kind: $kind,
                    required: crate::entry::presence::$presence,
                    shareable: crate::entry::sharing::$sharing,
                    help: $help,
                    example: $example,
                },)*
            ];

            fn reference(&self) -> &str {
                &self.reference
            }

            $(fn check(&self) -> Vec<crate::Problem> {
                let check: fn(&$name) -> Vec<crate::Problem> = $check;
                check(self)
            })?
        }
    };
}
pub(crate) use entry;

/// The words `required` and `optional` of a declaration.
#[allow(non_upper_case_globals)]
pub(crate) mod presence {
    pub const required: bool = true;
    pub const optional: bool = false;
}

/// The words `owned` and `open` of a declaration.
#[allow(non_upper_case_globals)]
pub(crate) mod sharing {
    pub const owned: bool = true;
    pub const open: bool = false;
}

/// A field's type can say what it is when nothing was written.
pub(crate) trait Absent: Sized {
    /// The value of a field in which nothing was written.
    fn absent() -> Self;
    /// Whether nothing was written.
    fn is_absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn absent() -> Self {
        None
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl Absent for String {
    fn absent() -> Self {
        String::new()
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Absent for Vec<T> {
    fn absent() -> Self {
        Vec::new()
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<K, V> Absent for std::collections::BTreeMap<K, V> {
    fn absent() -> Self {
        std::collections::BTreeMap::new()
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

pub(crate) fn absent<T: Absent>() -> T {
    T::absent()
}

pub(crate) fn is_absent<T: Absent>(value: &T) -> bool {
    value.is_absent()
}
