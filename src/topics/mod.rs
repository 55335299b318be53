//! What offers are about: fixed codes, their labels, and everyday words for them.
