//! The sample directory, and invented offers in any number.

/// What `sample` should make.
#[derive(Clone, Debug, clap::Args)]
pub struct SampleOptions {
    /// Instead of the sample directory, make this many invented offers, to try the site under load.
    ///
    /// The same number always makes the same offers.
    #[arg(long, value_name = "N")]
    pub offers: Option<u32>,
}
