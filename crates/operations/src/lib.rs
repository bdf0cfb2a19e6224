//! Everything a person may do, one file a verb.
