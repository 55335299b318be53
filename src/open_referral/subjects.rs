//! What it is about and for whom, found by everyday words.
use super::Service;
use crate::topics::{
    Activity, Audience, Code, Codes, Joining, Language, Lexicon, Means, Need, words,
};

/// What was found, in our codes.
#[derive(Clone, Debug, Default)]
pub struct Subjects {
    /// In the order they were named.
    pub activities: Vec<Activity>,
    pub needs: Codes<Need>,
    pub audiences: Codes<Audience>,
    pub languages: Vec<Language>,
    pub joining: Codes<Joining>,
    /// It speaks of counselling or therapy: somebody must say who leads it.
    pub therapy: bool,
}

/// Most activities of one offer.
const MOST: usize = 5;

/// Terms of others' taxonomies first. Where these name no activity or no need, its own words.
pub fn subjects(service: &Service, lexicon: &Lexicon, repairs: &mut Vec<String>) -> Subjects {
    let mut found = Subjects::default();
    let mut unknown = Vec::new();
    for term in &service.terms {
        let before = (found.activities.len(), found.needs.len());
        found.hear(term, lexicon);
        if before == (found.activities.len(), found.needs.len())
            && meant::<Audience>(lexicon, term).is_empty()
        {
            unknown.push(term.as_str());
        }
        for audience in meant::<Audience>(lexicon, term) {
            found.audiences.insert(audience);
        }
    }
    if !unknown.is_empty() {
        let named: String = unknown.join(", ").chars().take(200).collect();
        repairs.push(format!("Topics: none of ours is meant by {named}."));
    }
    for words in [service.name.as_str(), service.description.as_str()] {
        let mut heard = Subjects::default();
        heard.hear(words, lexicon);
        if found.activities.is_empty() && !heard.activities.is_empty() {
            let named: Vec<&str> = heard.activities.iter().map(|one| one.label()).collect();
            repairs.push(format!("Activities: read from its own words: {}.", named.join(", ")));
            found.activities = heard.activities;
        }
        if found.needs.is_empty() && !heard.needs.is_empty() {
            let named: Vec<&str> = heard.needs.iter().map(Code::label).collect();
            repairs.push(format!("Needs: read from its own words: {}.", named.join(", ")));
            found.needs = heard.needs;
        }
    }
    for said in &service.suits {
        for audience in meant::<Audience>(lexicon, said) {
            found.audiences.insert(audience);
        }
        if found.needs.is_empty() {
            found.needs = meant::<Need>(lexicon, said).into_iter().collect();
        }
    }
    for said in &service.languages {
        let known = Language::parse(&said.to_lowercase());
        let named = Language::all().find(|one| one.name().eq_ignore_ascii_case(said));
        match known.or(named) {
            Some(language) if language.code() == "en" || found.languages.contains(&language) => {}
            Some(language) => found.languages.push(language),
            None => repairs.push(format!("Language: “{said}” is not known and is left out.")),
        }
    }
    for said in &service.joining {
        match said.to_lowercase().as_str() {
            "referral" => found.joining.insert(Joining::ProfessionalReferral),
            "appointment" => found.joining.insert(Joining::Book),
            "drop-in" => found.joining.insert(Joining::DropIn),
            _ => repairs.push(format!("Joining: we have no word for “{said}”.")),
        }
    }
    if found.activities.len() > MOST {
        repairs.push(format!("Activities: the first {MOST} are kept."));
        found.activities.truncate(MOST);
    }
    let low = format!("{} {}", service.name, service.terms.join(" ")).to_lowercase();
    found.therapy = ["counsell", "therap"].iter().any(|word| low.contains(word));
    found
}

impl Subjects {
    fn hear(&mut self, said: &str, lexicon: &Lexicon) {
        for activity in meant::<Activity>(lexicon, said) {
            if !self.activities.contains(&activity) {
                self.activities.push(activity);
            }
        }
        for need in meant::<Need>(lexicon, said) {
            self.needs.insert(need);
        }
    }
}

/// The codes of one list that these words mean, in their order.
pub fn meant<T: Code>(lexicon: &Lexicon, said: &str) -> Vec<T> {
    let all = words(said);
    let (mut at, mut found) = (0, Vec::new());
    while at < all.len() {
        let Some(phrase) = lexicon.longest(&all[at..]) else {
            at += 1;
            continue;
        };
        for means in phrase.means {
            if let Means::Value { group, code } = means
                && *group == T::GROUP
                && let Some(code) = T::parse(code)
                && !found.contains(&code)
            {
                found.push(code);
            }
        }
        at += phrase.words;
    }
    found
}
