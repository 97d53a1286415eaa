//! The values of a pickle, and why there are none.

/// The most values of a pickle.
pub(super) const VALUE_LIMIT: usize = 4_000_000;

/// The number of a value.
pub(in crate::tabular) type Id = u32;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::tabular) enum Value {
    None,
    Number(f64),
    /// A string of bytes, or a Unicode string in UTF-8.
    Text(Box<[u8]>),
    /// A list or tuple.
    List(Vec<Id>),
    Dict(Vec<(Id, Id)>),
    /// What only running code would make.
    Opaque,
}

/// Why a pickle cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::tabular) enum PickleError {
    #[error("it breaks off")]
    Truncated,
    #[error("it is damaged")]
    Damaged,
    #[error("it has an instruction that Python 2 does not write ({0:#04x})")]
    Unknown(u8),
    #[error("it has more than {VALUE_LIMIT} values")]
    TooMany,
}

pub(super) type Result<T> = std::result::Result<T, PickleError>;
