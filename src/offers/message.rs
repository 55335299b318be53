//! An offer passed on by the reader's own mail program or telephone: the facts in a few plain lines.
use super::shown::Shown;

impl Shown<'_> {
    /// Its title, when, where, what it costs, and where to read more; a line each.
    pub fn in_lines(&self) -> String {
        let mut lines = vec![self.says.title.to_string()];
        let mut add = |what: &str, words: String| {
            if !words.is_empty() {
                lines.push(format!("{what}: {words}"));
            }
        };
        add("When", self.when().join(". "));
        add("Next", self.sessions.first().map(|next| next.in_words()).unwrap_or_default());
        let place = [self.place(), self.address()];
        add("Where", place.into_iter().flatten().collect::<Vec<_>>().join(", "));
        add("Cost", self.says.cost.in_words());
        lines.push(format!("{}/offers/{}", self.url, self.listed.offer.slug));
        lines.join("\n")
    }

    /// A letter in the reader's own mail program.
    pub fn letter(&self) -> String {
        by_mail(self.says.title.as_str(), &format!("{}\n\n{}", self.says.summary, self.in_lines()))
    }

    pub fn text_message(&self) -> String {
        by_text(&self.in_lines())
    }

    /// How a shortlist names it: "clay-and-company_7".
    pub fn mark(&self) -> String {
        format!("{}_{}", self.listed.offer.slug, self.listed.offer.revision)
    }
}

/// The address that opens a letter to nobody yet.
pub fn by_mail(subject: &str, body: &str) -> String {
    format!("mailto:?subject={}&body={}", encoded(subject), encoded(&body.replace('\n', "\r\n")))
}

/// The address that opens a text message to nobody yet. Written so that telephones of either make take it.
pub fn by_text(body: &str) -> String {
    format!("sms:?&body={}", encoded(body))
}

/// Mail programs take a plus for a plus.
fn encoded(words: &str) -> String {
    form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>().replace('+', "%20")
}
