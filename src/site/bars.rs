//! Numbers of offers as bars, the number in the markup.
use crate::{
    search::Count,
    topics::{Activity, Code},
};

pub struct Bar {
    pub label: String,
    pub address: String,
    /// The artform whose colour it has.
    pub artform: Option<Activity>,
    pub offers: usize,
    /// Of the longest bar, in parts of a hundred.
    pub width: usize,
}

/// What has offers, most first.
pub fn bars<'a>(
    counts: impl IntoIterator<Item = &'a Count<'a>>,
    address: impl Fn(&Count<'_>) -> String,
) -> Vec<Bar> {
    let mut counts: Vec<&Count<'_>> = counts.into_iter().filter(|count| count.offers > 0).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.offers));
    let most = counts.first().map_or(1, |first| first.offers);
    let bar = |count: &&Count<'_>| Bar {
        label: count.choice.label.to_string(),
        address: address(count),
        artform: Activity::parse(&count.choice.code).map(Activity::artform),
        offers: count.offers,
        width: (count.offers * 100).div_ceil(most),
    };
    counts.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Choice;

    #[test]
    fn bars_go_from_most_to_least_and_leave_out_what_has_none() {
        let named = ["music", "food", "dance"].map(|one| Choice::new("activity", one, one));
        let count = |(choice, offers)| Count { choice, offers, chosen: false };
        let counts: Vec<_> = named.iter().zip([2, 0, 8]).map(count).collect();
        let bars = bars(&counts, |count| format!("/offers?activity={}", count.choice.code));
        let drawn: Vec<_> = bars.iter().map(|bar| (&*bar.label, bar.width)).collect();
        assert_eq!(drawn, [("dance", 100), ("music", 25)]);
    }
}
