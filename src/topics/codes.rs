//! The codes of this directory: a contract, since addresses and other people's data are built from them.
//!
//! The database says them again in its constraints and keeps their descriptions.

/// A fixed list of codes with labels.
pub trait Code:
    Copy + Eq + Ord + std::hash::Hash + std::fmt::Debug + Send + Sync + 'static
{
    /// The list's name, which is also the name of its search parameter.
    const GROUP: &'static str;
    /// Every code of the list, in the order in which people read it.
    const ALL: &'static [Self];

    /// As addresses, files and the database spell it.
    fn code(self) -> &'static str;
    /// As people read it.
    fn label(self) -> &'static str;
    /// Its place in [`Code::ALL`].
    fn index(self) -> usize;

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident, $group:literal: $($variant:ident = $code:literal, $label:literal;)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[serde(rename = $code)] $variant,)*
        }

        impl Code for $name {
            const GROUP: &'static str = $group;
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
            fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
            fn index(self) -> usize {
                self as usize
            }
        }
    };
}

codes! {
    /// A kind of doing, on two levels: an artform and what one does in it.
    Activity, "activity":
    Making = "making", "Art and making";
    DrawingPainting = "drawing-painting", "Drawing and painting";
    Pottery = "pottery", "Pottery and clay";
    Textiles = "textiles", "Knitting, sewing and textiles";
    Printmaking = "printmaking", "Printmaking";
    Photography = "photography", "Photography";
    Woodwork = "woodwork", "Woodwork and repair";
    Collage = "collage", "Collage and mixed media";
    Music = "music", "Music";
    Singing = "singing", "Singing and choirs";
    Playing = "playing", "Playing an instrument";
    Drumming = "drumming", "Drumming and percussion";
    Listening = "listening", "Listening to music together";
    Dance = "dance", "Dance and movement";
    Dancing = "dancing", "Dancing";
    SeatedDance = "seated-dance", "Seated dance and movement";
    GentleMovement = "gentle-movement", "Yoga, tai chi and gentle movement";
    Stage = "stage", "Theatre and performance";
    Drama = "drama", "Drama and theatre";
    Comedy = "comedy", "Comedy and improvisation";
    Circus = "circus", "Circus skills";
    SeeingShows = "seeing-shows", "Seeing shows together";
    Words = "words", "Words and stories";
    CreativeWriting = "creative-writing", "Creative writing and poetry";
    ReadingGroup = "reading-group", "Reading and shared reading";
    Storytelling = "storytelling", "Storytelling and life stories";
    Heritage = "heritage", "Museums and heritage";
    MuseumVisit = "museum-visit", "Museum and gallery visits";
    ObjectHandling = "object-handling", "Object handling and reminiscence";
    LocalHistory = "local-history", "Local history and walks";
    Screen = "screen", "Film and digital";
    Film = "film", "Watching and making films";
    DigitalArts = "digital-arts", "Digital arts and games";
    Nature = "nature", "Nature and growing";
    Gardening = "gardening", "Gardening and growing";
    NatureWalks = "nature-walks", "Nature walks and outdoor art";
    Food = "food", "Food and cooking";
    Cooking = "cooking", "Cooking together";
    Volunteering = "volunteering", "Volunteering in the arts";
}

codes! {
    /// What an offer may help with.
    Need, "need":
    Loneliness = "loneliness", "Loneliness and isolation";
    LowMood = "low-mood", "Low mood and depression";
    Anxiety = "anxiety", "Anxiety and worry";
    Stress = "stress", "Stress and burnout";
    Confidence = "confidence", "Confidence and self-esteem";
    Bereavement = "bereavement", "Bereavement and loss";
    SevereMentalIllness = "severe-mental-illness", "Living with severe mental illness";
    Trauma = "trauma", "Recovering from trauma";
    Addiction = "addiction", "Recovery from addiction";
    Dementia = "dementia", "Dementia and memory";
    LongTermPain = "long-term-pain", "Long-term pain";
    LongTermCondition = "long-term-condition", "Living with a long-term condition";
    Breathing = "breathing", "Breathing and lung health";
    Stroke = "stroke", "Stroke recovery";
    Parkinsons = "parkinsons", "Parkinson's";
    Cancer = "cancer", "Living with and beyond cancer";
    Mobility = "mobility", "Mobility, balance and falls";
    WeightActivity = "weight-activity", "Getting more active";
    Sleep = "sleep", "Sleep";
    Caring = "caring", "Caring for someone";
    NewParents = "new-parents", "Pregnancy and new parents";
    LearningDisability = "learning-disability", "Learning disability";
    AutismAdhd = "autism-adhd", "Autism and ADHD";
    SkillsWork = "skills-work", "Learning, skills and work";
    SettlingIn = "settling-in", "Settling in a new country";
}

codes! {
    /// Whom an offer is for.
    Audience, "audience":
    OlderPeople = "older-people", "Older people";
    YoungPeople = "young-people", "Young people";
    ChildrenFamilies = "children-families", "Children and families";
    Adults = "adults", "Adults";
    Women = "women", "Women";
    Men = "men", "Men";
    Lgbtq = "lgbtq", "LGBTQ+ people";
    Carers = "carers", "Carers";
    DisabledPeople = "disabled-people", "Disabled people";
    DeafPeople = "deaf-people", "Deaf people and people with hearing loss";
    BlindPeople = "blind-people", "Blind people and people with sight loss";
    Refugees = "refugees", "Refugees and people seeking asylum";
    BlackCommunities = "black-communities", "Black communities";
    SouthAsianCommunities = "south-asian-communities", "South Asian communities";
    HomelessPeople = "homeless-people", "People without a settled home";
    Veterans = "veterans", "Veterans";
}

codes! {
    /// A feature that lets somebody take part.
    Access, "access":
    StepFree = "step-free", "Step-free";
    Lift = "lift", "Lift";
    AccessibleToilet = "accessible-toilet", "Accessible toilet";
    ChangingPlace = "changing-place", "Changing Places toilet";
    HearingLoop = "hearing-loop", "Hearing loop";
    Bsl = "bsl", "British Sign Language";
    Captions = "captions", "Captions";
    AudioDescription = "audio-description", "Audio description";
    QuietSession = "quiet-session", "Quiet or relaxed session";
    DementiaFriendly = "dementia-friendly", "Dementia-friendly";
    CompanionFree = "companion-free", "Companion comes free";
    AssistanceDogs = "assistance-dogs", "Assistance dogs welcome";
    Seating = "seating", "Seating throughout";
    EasyRead = "easy-read", "Easy read information";
    BlueBadge = "blue-badge", "Blue Badge parking";
    NearTransport = "near-transport", "Near a bus stop or station";
}

codes! {
    /// How an offer reaches a person.
    Delivery, "delivery":
    InPerson = "in-person", "In person";
    Online = "online", "Online";
    AtHome = "at-home", "At home";
    Telephone = "telephone", "By telephone";
}

codes! {
    /// How an offer is paid for.
    Cost, "cost":
    Free = "free", "Free";
    Donation = "donation", "Donation";
    PayWhatYouCan = "pay-what-you-can", "Pay what you can";
    Paid = "paid", "Fixed price";
}

codes! {
    /// How one gets in.
    Joining, "joining":
    DropIn = "drop-in", "Drop in";
    Book = "book", "Book or contact them";
    SelfReferral = "self-referral", "Refer yourself";
    ProfessionalReferral = "professional-referral", "Referral by a professional";
}

codes! {
    /// How full an offer is.
    Places, "places":
    Open = "open", "Places";
    Few = "few", "Few places";
    WaitingList = "waiting-list", "Waiting list";
    Full = "full", "Full";
}

codes! {
    /// A third of the day.
    PartOfDay, "part-of-day":
    Morning = "morning", "Morning (before midday)";
    Afternoon = "afternoon", "Afternoon (midday to 5pm)";
    Evening = "evening", "Evening (from 5pm)";
}

impl Activity {
    /// The artform above it; `None` for an artform itself.
    pub fn parent(self) -> Option<Self> {
        match self {
            Self::DrawingPainting
            | Self::Pottery
            | Self::Textiles
            | Self::Printmaking
            | Self::Photography
            | Self::Woodwork
            | Self::Collage => Some(Self::Making),
            Self::Singing | Self::Playing | Self::Drumming | Self::Listening => Some(Self::Music),
            Self::Dancing | Self::SeatedDance | Self::GentleMovement => Some(Self::Dance),
            Self::Drama | Self::Comedy | Self::Circus | Self::SeeingShows => Some(Self::Stage),
            Self::CreativeWriting | Self::ReadingGroup | Self::Storytelling => Some(Self::Words),
            Self::MuseumVisit | Self::ObjectHandling | Self::LocalHistory => Some(Self::Heritage),
            Self::Film | Self::DigitalArts => Some(Self::Screen),
            Self::Gardening | Self::NatureWalks => Some(Self::Nature),
            Self::Cooking => Some(Self::Food),
            _ => None,
        }
    }

    /// The artform it belongs to: itself, if it is one.
    pub fn artform(self) -> Self {
        self.parent().unwrap_or(self)
    }

    /// The artforms, in order.
    pub fn artforms() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|one| one.parent().is_none())
    }

    /// What one does in this artform.
    pub fn within(self) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |one| one.parent() == Some(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `group,code,parent,label` of every topic, from the program.
    fn ours() -> Vec<[String; 4]> {
        fn of<T: Code>(parent: fn(T) -> &'static str) -> Vec<[String; 4]> {
            T::ALL
                .iter()
                .map(|one| [T::GROUP, one.code(), parent(*one), one.label()].map(str::to_owned))
                .collect()
        }
        [
            of::<Activity>(|one| one.parent().map_or("", Code::code)),
            of::<Need>(|_| ""),
            of::<Audience>(|_| ""),
            of::<Access>(|_| ""),
            of::<Delivery>(|_| ""),
            of::<Cost>(|_| ""),
            of::<Joining>(|_| ""),
            of::<Places>(|_| ""),
            of::<PartOfDay>(|_| ""),
        ]
        .concat()
    }

    #[test]
    fn the_codes_are_those_agreed_with_everybody() {
        let shared = std::env::var("FINGERPOST_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
        // The list stands beside a checkout only where this is developed.
        let Ok(mut file) = csv::Reader::from_path(format!("{shared}/data/codes/topics.csv")) else {
            return;
        };
        let agreed: Vec<[String; 4]> = file
            .records()
            .map(|row| [0, 1, 2, 3].map(|at| row.as_ref().unwrap()[at].to_owned()))
            .collect();
        assert_eq!(ours(), agreed);
    }

    #[test]
    fn the_database_is_given_the_same_topics_each_with_a_description() {
        let sql = include_str!("../../migrations/0010_topics.sql");
        for [group, code, parent, label] in ours() {
            let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
            let parent = if parent.is_empty() { "null".to_owned() } else { quoted(&parent) };
            let row =
                format!("({}, {}, {parent}, {}, ", quoted(&group), quoted(&code), quoted(&label));
            assert!(sql.contains(&row), "{row}");
        }
        assert_eq!(sql.matches("\n    ('").count(), ours().len());
    }
}
