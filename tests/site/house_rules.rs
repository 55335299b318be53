//! How `src` and `templates` are laid out, kept by tests rather than by memory.
use std::{
    fs,
    path::{Path, PathBuf},
};

use fingerpost::web::asset;

/// A file: its path from the top of the project, and what it says.
type File = (PathBuf, String);

fn files(folder: &str, extension: &str) -> Vec<File> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut open = vec![top.join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|known| known == extension) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(top).unwrap().to_owned(), text));
            }
        }
    }
    assert!(!found.is_empty(), "no .{extension} files in {folder}");
    found
}

fn source() -> Vec<File> {
    files("src", "rs")
}

/// What a file does, without its comments and its own tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Fails for each file of `src` whose code has `word` outside the places named.
fn only_in(word: &str, places: &[&str]) {
    for (path, text) in source() {
        let name = path.to_str().unwrap();
        let allowed = places.iter().any(|place| name.contains(place));
        assert!(allowed || !code(&text).contains(word), "{name} must not use {word}");
    }
}

#[test]
fn no_file_is_longer_than_400_lines() {
    for (path, text) in source().into_iter().chain(files("tests", "rs")) {
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", path.display());
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for (path, text) in source().into_iter().chain(files("tests", "rs")) {
        assert!(text.starts_with("//! "), "{}", path.display());
    }
}

#[test]
fn sql_lives_in_stores() {
    only_in("sqlx::query", &["store.rs", "/store/"]);
}

#[test]
fn http_lives_at_the_edge() {
    let edge =
        ["pages.rs", "/pages/", "api.rs", "health.rs", "src/web/", "src/app.rs", "src/routes.rs"];
    only_in("axum::", &edge);
}

#[test]
fn only_the_settings_read_the_environment() {
    only_in("env::", &["src/config.rs"]);
}

#[test]
fn templates_never_switch_escaping_off() {
    for (path, text) in files("templates", "html") {
        let tight = text.replace(' ', "");
        assert!(!tight.contains("|safe"), "{}", path.display());
    }
}

#[test]
fn letters_name_their_marks_by_the_constants_that_nothing_typed_can_hold() {
    for (path, text) in
        files("templates/mail", "html").into_iter().chain(files("templates/mail", "txt"))
    {
        let by_hand = ["{link}", "{site}"].iter().any(|mark| text.contains(mark));
        assert!(!by_hand, "{}", path.display());
    }
}

#[test]
fn templates_name_only_static_files_that_are_there() {
    for (path, text) in files("templates", "html") {
        for (at, call) in text.match_indices("asset(\"") {
            let name = text[at + call.len()..].split('"').next().unwrap();
            assert_ne!(asset(name), "/static/unknown", "{name} in {}", path.display());
        }
    }
}

#[test]
fn templates_hold_no_styles_scripts_or_handlers_that_the_strict_policy_forbids() {
    for (path, text) in files("templates", "html") {
        // The policy is that of pages: a letter is read elsewhere, and its style must be in it.
        let allowed: &[&str] = if path.starts_with("templates/mail") { &["<style"] } else { &[] };
        for forbidden in [" style=", "<style", "<script>", " onclick=", " onchange=", "javascript:"]
        {
            if allowed.contains(&forbidden) {
                continue;
            }
            assert!(!text.contains(forbidden), "{forbidden} in {}", path.display());
        }
    }
}

#[test]
fn a_module_leans_only_on_those_before_it_in_the_map() {
    let floors = floors();
    for (path, text) in source() {
        let module = path.iter().nth(1).unwrap().to_str().unwrap().trim_end_matches(".rs");
        if ["lib", "main"].contains(&module) {
            continue;
        }
        let floor = floors.iter().position(|known| known == module);
        let floor = floor.unwrap_or_else(|| panic!("{module} is not in src/lib.rs"));
        let text = code(&text);
        let leans_on = used(&text);
        for above in &floors[floor + 1..] {
            assert!(!leans_on.contains(&above.as_str()), "{} must not use {above}", path.display());
        }
    }
}

/// The modules of `src/lib.rs`, from the ground up.
fn floors() -> Vec<String> {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let module = |line: &str| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned());
    map.lines().filter_map(module).collect()
}

/// The modules named after `crate::`, also as a list in braces.
fn used(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, start) in text.match_indices("crate::") {
        let rest = &text[at + start.len()..];
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(list) => found.extend(members(list)),
        }
    }
    found
}

/// The first word of each member of a list in braces, whose opening brace is left out.
fn members(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, sign) in list.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.push(word(list[start..at].trim_start()));
                start = at + 1;
                if sign == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

fn word(text: &str) -> &str {
    let end = text.find(|sign: char| !sign.is_alphanumeric() && sign != '_');
    &text[..end.unwrap_or(text.len())]
}

#[test]
fn only_the_tests_at_the_end_of_a_file_are_left_out_of_its_code() {
    let text = "#[cfg(test)]\nmod oracle;\nuse a;\n#[cfg(test)]\nmod tests {\nuse b;\n}";
    assert!(code(text).contains("use a;") && !code(text).contains("use b;"));
}

#[test]
fn the_rule_about_the_map_sees_every_way_to_name_a_module() {
    let text = "use crate::{app::App, site::{a, b::C}, web};\nlet x = crate::text::slug();";
    assert_eq!(used(text), ["app", "site", "web", "text"]);
}
