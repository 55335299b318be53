//! One page of a longer list.
