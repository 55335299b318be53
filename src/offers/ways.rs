//! The two ways in: one for the person, one for the professional, and never one in the other.
use super::{Contact, WayIn, shown::Shown};
use crate::{calendar::Session, text::WebAddress, topics::Joining};

/// One of them, in the order in which it is gone.
pub struct Way<'a> {
    /// "Drop in, or book or contact them".
    pub routes: Option<String>,
    pub how: Option<&'a str>,
    pub link: Option<&'a WebAddress>,
    pub contacts: Vec<&'a Contact>,
    /// What happens next, a sentence each.
    pub then: Vec<String>,
}

impl<'a> Shown<'a> {
    pub fn way_for_you(&self) -> Way<'a> {
        let way = &self.says.residents;
        let drop_in = way.routes.contains(Joining::DropIn);
        let next = self.sessions.first().filter(|_| drop_in).map(Session::in_words);
        let next = next.map(|next| format!("You can come to the next one: {next}."));
        self.way(way, self.public_contacts(), next)
    }

    pub fn way_for_professionals(&self) -> Way<'a> {
        self.way(&self.says.professionals, self.professional_contacts(), None)
    }

    fn way(&self, way: &'a WayIn, contacts: Vec<&'a Contact>, next: Option<String>) -> Way<'a> {
        let says_something = !way.routes.is_empty() || way.how.is_some() || !contacts.is_empty();
        let reply = self.says.reply_days.map(|days| match days {
            1 => "They usually reply within 1 working day.".to_owned(),
            days => format!("They usually reply within {days} working days."),
        });
        let places = self.says.places.map(|places| format!("{}.", places.in_words()));
        let then = [next, reply, places].into_iter().flatten();
        Way {
            routes: self.routes(way),
            how: way.how.as_ref().map(|how| how.as_str()),
            link: way.link.as_ref(),
            contacts,
            then: then.filter(|_| says_something).collect(),
        }
    }
}

impl Way<'_> {
    pub fn says_how(&self) -> bool {
        self.routes.is_some() || self.how.is_some() || self.link.is_some()
    }
}
