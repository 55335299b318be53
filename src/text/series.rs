//! Several things named in one sentence.

/// "Brent", "Brent and Barnet", "Brent, Barnet and Camden".
pub fn series<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    series_with("and", names)
}

/// The same with another word before the last: "Brent, Barnet or Camden".
pub fn series_with<S: AsRef<str>>(link: &str, names: impl IntoIterator<Item = S>) -> String {
    let mut names: Vec<S> = names.into_iter().collect();
    let Some(last) = names.pop() else {
        return String::new();
    };
    if names.is_empty() {
        return last.as_ref().to_owned();
    }
    let most: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    format!("{} {link} {}", most.join(", "), last.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_several_follows_an_and() {
        assert_eq!(series([""; 0]), "");
        assert_eq!(series(["Brent"]), "Brent");
        assert_eq!(series(["Brent", "Barnet", "Camden"]), "Brent, Barnet and Camden");
        assert_eq!(series_with("or", ["Brent", "Barnet"]), "Brent or Barnet");
    }
}
