//! What every import does: read rows, report each refused one, all or nothing.
use std::path::PathBuf;

/// What can be imported.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum ImportCommand {
    /// Postcodes and where they are: Ordnance Survey's Code-Point Open, as its folder or zip.
    Postcodes {
        /// The folder or the zip file, as published.
        path: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// GP practices and the primary care networks they belong to.
    Practices {
        /// The list of practices, as published (epraccur.csv).
        #[arg(long, value_name = "FILE")]
        epraccur: PathBuf,
        /// Which practice belongs to which network, as published.
        #[arg(long, value_name = "FILE")]
        map: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// Venues, from a CSV file.
    Venues {
        file: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// Offers, from a CSV file with one row an offer.
    Offers {
        file: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
}

#[derive(Clone, Debug, clap::Args)]
pub struct ImportOptions {
    /// Read and check everything, but keep nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Write every refused row to this CSV file, with its line and the reason.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}
