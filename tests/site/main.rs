//! The whole site, feature by feature.
mod catalogue;
#[path = "../bench/invented.rs"]
mod invented;
mod plain_search;
#[path = "../bench/requests.rs"]
mod requests;
