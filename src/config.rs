//! Settings from flags and environment, each explained.
