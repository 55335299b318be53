//! The numbers of a page, read from its tables, its drawings and its file.
use std::collections::BTreeMap;

/// Rows by their labels, each with its values.
pub type Cells = BTreeMap<String, Vec<String>>;

/// What `start` and `end` enclose, each time.
pub fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// Without marks, and with its letters as they are read.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.replace("&#39;", "'").replace("&#38;", "&").replace("&amp;", "&").trim().to_owned()
}

/// The tables of a page by their names.
pub fn tables(html: &str) -> BTreeMap<String, Cells> {
    let table = |part: &str| {
        let id = part.split("-h\"").next().unwrap().to_owned();
        let body = part.split("<tbody>").nth(1).unwrap();
        let row = |row: &str| {
            let label = plain(between(row, "<th scope=\"row\">", "</th>")[0]);
            let values = between(row, "<td class=\"number\">", "</td>");
            (label, values.into_iter().map(plain).collect())
        };
        (id, between(body, "<tr>", "</tr>").into_iter().map(row).collect())
    };
    between(html, "<table class=\"bars figures\" aria-labelledby=\"", "</table>")
        .into_iter()
        .map(table)
        .collect()
}

/// The same of its drawings, as they write the numbers, and each number with the width of its bar.
pub fn drawings(html: &str) -> BTreeMap<String, Cells> {
    let drawing = |part: &str| {
        let id = between(part, "aria-labelledby=\"", "-t ")[0].to_owned();
        let row = |row: &str| {
            let label = plain(between(row, "<text y=\"1.05rem\">", "</text>")[0]);
            let said = between(row, "text-anchor=\"end\">", "</text>");
            let counts = between(row, "text-anchor=\"middle\">", "</text>");
            let said = said.iter().flat_map(|all| all.split(" / ")).chain(counts);
            (label, said.map(str::to_owned).collect())
        };
        (id, between(part, "<svg y=\"", "</svg>").into_iter().map(row).collect())
    };
    between(html, "<svg class=\"drawing\"", "</figure>").into_iter().map(drawing).collect()
}

/// The tables of a file by their names; of London's, without the boroughs.
pub fn sheet(csv: &str) -> BTreeMap<String, Cells> {
    let mut tables: BTreeMap<String, Cells> = BTreeMap::new();
    for row in csv::Reader::from_reader(csv.as_bytes()).records() {
        let row = row.unwrap();
        if &row[2] != "boroughs" {
            let values = tables.entry(row[2].to_owned()).or_default().entry(row[4].to_owned());
            values.or_default().push(row[6].to_owned());
        }
    }
    tables
}
