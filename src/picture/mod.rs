//! A place at a glance: what there is, what is missing, and how both are drawn, tabled and written as a file.
//!
//! Two pages and two files say the same numbers, so all of them read one `Picture`.
mod chart;
mod charts;
mod measure;
mod sheet;
mod tiles;

use jiff::civil::{Date, DateTime};

pub use chart::{Chart, Drawing, Row, Table};
pub use measure::{Measure, Standing, median, standings};
pub use sheet::{of_all_boroughs, of_borough};
pub use tiles::TileChart;

use crate::{
    calendar::date_in_words,
    places::Borough,
    search::{Catalogue, Figures, Reach},
    topics::{Code, Need},
};

/// A borough, or all of them together.
pub struct Picture {
    /// "Southwark".
    pub area: String,
    pub figures: Figures,
    /// The day on which it was counted.
    pub day: Date,
    /// Beside the other boroughs; none for all together.
    pub compared: Option<Chart>,
    pub reach: Chart,
    /// By artform, and each activity.
    pub artforms: Chart,
    pub activities: Chart,
    pub needs: Chart,
    /// Need by artform.
    pub pairs: Chart,
    /// Day by part of day.
    pub held: Chart,
    pub costs: Chart,
    pub access: Chart,
    pub confirmed: Chart,
    /// Needs that no offer names.
    pub gaps: Vec<&'static str>,
}

impl Picture {
    /// `standings` are those of all boroughs, for the median.
    pub fn of_borough(
        borough: &Borough,
        catalogue: &Catalogue,
        standings: &[Standing],
        now: DateTime,
    ) -> Self {
        let figures = catalogue.figures(Reach::Serves(borough.gss), now);
        let compared = charts::compared(borough, standings);
        let only = format!("&borough={}", borough.slug);
        Self::of(borough.name.clone(), figures, Some(compared), &only, now.date())
    }

    /// Of everything, which is London where the boroughs are London's.
    pub fn of_all(catalogue: &Catalogue, now: DateTime) -> Self {
        let figures = catalogue.figures(Reach::All, now);
        Self::of("London".to_owned(), figures, None, "", now.date())
    }

    /// Every table of the page, in its order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        let rest = [
            &self.reach,
            &self.artforms,
            &self.activities,
            &self.needs,
            &self.pairs,
            &self.held,
            &self.costs,
            &self.access,
            &self.confirmed,
        ];
        self.compared.iter().chain(rest).map(|chart| &chart.table)
    }

    /// "Saturday 21 November 2026".
    pub fn on(&self) -> String {
        date_in_words(self.day)
    }

    /// `only` narrows a search to the area: "&borough=hackney".
    fn of(area: String, figures: Figures, compared: Option<Chart>, only: &str, day: Date) -> Self {
        let none = |need: &&Need| figures.needs[need.index()] == 0;
        Self {
            reach: charts::reach(&figures),
            artforms: charts::artforms(&figures, only),
            activities: charts::activities(&figures, only),
            needs: charts::needs(&figures, only),
            pairs: charts::pairs(&figures, only),
            held: charts::held(&figures, only),
            costs: charts::costs(&figures, only),
            access: charts::access(&figures, only),
            confirmed: charts::confirmed(&figures),
            gaps: Need::ALL.iter().filter(none).map(|need| need.label()).collect(),
            area,
            figures,
            day,
            compared,
        }
    }
}
