//! What can be imported, as the command line says it.
use std::path::PathBuf;

#[derive(Clone, Debug, clap::Subcommand)]
pub enum ImportCommand {
    /// Postcodes and where they are: Ordnance Survey's Code-Point Open, as its folder or zip.
    ///
    /// Whole postcode areas at a time: a postcode of one of the file's areas that the file has no more
    /// is removed. Fingerpost works without any, then more roughly, by outward code.
    Postcodes {
        /// The folder, the zip file as published, or one area's CSV file.
        path: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// GP practices and the primary care networks they belong to.
    ///
    /// Import postcodes before: without them a practice is placed by its outward code alone.
    Practices {
        /// The list of practices, as NHS ODS publishes it (epraccur.csv).
        #[arg(long, value_name = "FILE")]
        epraccur: PathBuf,
        /// Which practice belongs to which network, as NHS England publishes it
        /// (gp-reg-pat-prac-map.csv).
        #[arg(long, value_name = "FILE")]
        map: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// The outlines of boroughs, for maps: a GeoJSON file with a feature for each.
    ///
    /// They are kept simple, as a map on a page needs them. Without any, maps are drawn in squares.
    Outlines {
        /// Polygons in degrees, each with the borough's GSS code, such as E09000028, among its properties.
        file: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// Venues, from a CSV file: our own, or the Greater London Authority's list of cultural venues.
    ///
    /// Our own has the columns slug, name, kind, address, postcode, lat, lon, borough, website; the other
    /// kind, name, address, lat, lon, borough_gss, website.
    Venues {
        file: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// Providers, from a CSV file with the columns slug, name, summary, about, website, borough.
    Providers {
        file: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// Resources, from a CSV file with the columns slug, title, kind, audiences, about, publisher, year, address.
    ///
    /// A kind is framework, evidence, toolkit, tool or portal; audiences are everybody, artists, link_workers or
    /// commissioners, several with a semicolon between them. What was archived at the desk stays so.
    Resources {
        file: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// Arts and health networks and partnerships, from a CSV file in the columns of an export.
    ///
    /// A kind is network, partnership, forum, lead or other; a level is borough, region or nation; boroughs are
    /// named by slug or code, several with a semicolon between them. What was archived at the desk stays so.
    Partnerships {
        file: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// Cohorts of the training that were held before, from a CSV file.
    ///
    /// The columns are title, year, held_on, boroughs, artists, link_workers, health, local_authority, other,
    /// source. Boroughs are named as in addresses, with semicolons between them; the numbers are of people, and
    /// empty where nobody knows. A cohort is known by its title, year and boroughs.
    PastCohorts {
        file: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// Link workers to be asked, from a CSV file: each gets a letter, and is listed when they say yes.
    ///
    /// Columns: letters_to, name, role, employer_kind, employer and borough, and besides role_words, based_at,
    /// networks, practices, language, day, email, email_for, phone, phone_for, web, web_for, about. Several in
    /// one cell are separated by semicolons.
    LinkWorkers {
        file: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// Offers, from a CSV file with one row an offer, in the columns of an export.
    ///
    /// Import the providers and venues that it names before. The page /about/offers-csv of the site explains
    /// every column.
    Offers {
        file: PathBuf,
        #[command(flatten)]
        options: ImportOptions,
    },
}

#[derive(Clone, Debug, Default, clap::Args)]
pub struct ImportOptions {
    /// Read and check everything, but keep nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Write every refused row to this CSV file, with its line and the reason.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Keep the sound rows although others are refused. Otherwise one refused row keeps out the file.
    #[arg(long)]
    pub skip_refused: bool,
}
