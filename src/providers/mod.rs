//! The artists and organisations that run offers.
