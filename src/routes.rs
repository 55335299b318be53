//! The site map: every address and who answers it.
