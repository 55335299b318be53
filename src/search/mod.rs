//! From plain words to the offers that fit.
