//! The places where offers happen.
