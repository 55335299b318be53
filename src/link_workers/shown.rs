//! A link worker as everybody may see them: what is for professionals only never gets here.
use super::{Details, LinkWorkerId};
use crate::{
    calendar::{day_name, day_of_code},
    places::Places,
    text::series,
    training::shown::Kept,
};

/// What is public of somebody who is listed.
#[derive(Clone, Debug)]
pub struct Public {
    pub id: LinkWorkerId,
    /// Without the ways to reach them that are for professionals only.
    said: Details,
    /// There are such ways.
    pub keeps_back: bool,
    /// Trainings that they show.
    took_part: Vec<Kept>,
}

/// The same with the names of what it names by code, as pages draw it.
#[derive(Clone, Debug)]
pub struct Card {
    pub id: LinkWorkerId,
    pub said: Details,
    pub keeps_back: bool,
    /// Code and name of each network that we know.
    pub networks: Vec<(String, String)>,
    pub practices: Vec<(String, String)>,
    /// Slug and name.
    pub boroughs: Vec<(String, String)>,
    /// The folder of the photograph's sizes.
    pub photographs: Option<String>,
    /// Trainings that they show.
    pub took_part: Vec<Kept>,
}

impl Public {
    pub fn new(id: LinkWorkerId, details: Details, took_part: Vec<Kept>) -> Self {
        Self { id, keeps_back: details.keeps_back(), said: details.public(), took_part }
    }

    pub fn said(&self) -> &Details {
        &self.said
    }

    pub fn card(self, places: &Places) -> Card {
        let photographs = format!("/link-workers/{}/photograph", self.id);
        let card = Card::new(self.id, self.said, self.keeps_back, photographs, places);
        Card { took_part: self.took_part, ..card }
    }
}

impl Card {
    /// Whatever `said` holds is shown; `photographs` is where its photograph would be.
    pub fn new(
        id: LinkWorkerId,
        said: Details,
        keeps_back: bool,
        photographs: String,
        places: &Places,
    ) -> Self {
        let surgeries = places.surgeries();
        let network = |code: &String| Some((code.clone(), surgeries.group_of(code)?.name.clone()));
        let practice = |code: &String| Some((code.clone(), surgeries.practice(code)?.name.clone()));
        let boroughs = said.all_boroughs(places);
        let boroughs = boroughs.iter().filter_map(|gss| places.borough(*gss));
        Self {
            id,
            keeps_back,
            networks: said.networks.iter().filter_map(network).collect(),
            practices: said.practices.iter().filter_map(practice).collect(),
            boroughs: boroughs.map(|one| (one.slug.to_string(), one.name.clone())).collect(),
            photographs: said.photograph.map(|_| photographs),
            said,
            took_part: Vec::new(),
        }
    }

    /// "Mondays and Thursdays"; empty where it is not stated.
    pub fn days(&self) -> String {
        let days = self.said.days.iter().filter_map(|code| day_of_code(code));
        series(days.map(|day| format!("{}s", day_name(day))))
    }

    /// "English and Somali"; empty where it is not stated.
    pub fn languages(&self) -> String {
        series(self.said.languages.iter().map(|one| one.name()))
    }
}
