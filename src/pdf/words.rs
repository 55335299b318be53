//! Words broken into lines.
use super::face::{Faces, Weight};

/// Lines no wider than `width` points. All but the last end in a space, so that who listens or copies hears
/// words apart. A word that is too long for a line is cut.
pub fn lines(faces: &Faces, words: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
    let fits = |line: &str| faces.width(line, weight, size) <= width;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line) + " ");
        }
        for letter in word.chars() {
            line.push(letter);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::take(&mut line));
                line.push(letter);
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_stay_whole_and_long_ones_are_cut() {
        let faces = Faces::new().unwrap();
        let broken = |words: &str, width| lines(&faces, words, Weight::Regular, 14.0, width);
        assert_eq!(broken("You can come", 60.0), ["You can ", "come"]);
        assert!(broken(&"a".repeat(60), 100.0).len() > 2);
        assert_eq!(broken("", 100.0), [""; 0]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_sticks_out(words in "[a-zA-Z,. ]{0,200}", width in 30.0f32..500.0) {
            let faces = Faces::new().unwrap();
            let broken = lines(&faces, &words, Weight::Bold, 14.0, width);
            let letters = |text: &str| text.replace(' ', "");
            prop_assert_eq!(letters(&broken.concat()), letters(&words));
            for line in &broken {
                prop_assert!(faces.width(line.trim_end(), Weight::Bold, 14.0) <= width);
            }
        }
    }
}
