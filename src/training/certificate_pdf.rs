//! A certificate on paper.
use jiff::civil::DateTime;

use super::certificate::Certificate;
use crate::{
    calendar::date_in_words,
    pdf::{self, Block, Lettering, PAGE, Pen, SIDE, WIDTH},
    text::series,
    web::Square,
};

const SQUARE: f32 = 96.0;
/// Where the last part begins: the number, and how to check it.
const FOOT: f32 = PAGE.1 - 42.0 - SQUARE;

/// `site` is the public address, without a slash at the end. Fails only where the library does.
pub fn pdf(certificate: &Certificate, site: &str, now: DateTime) -> anyhow::Result<Vec<u8>> {
    let faces = pdf::faces()?;
    let laid = lay(certificate, site, &faces);
    pdf::write(&title(certificate), "certificate", &[laid], &faces, now)
}

fn title(certificate: &Certificate) -> String {
    format!("Certificate {}", certificate.number)
}

fn lay(certificate: &Certificate, site: &str, faces: &pdf::Faces) -> pdf::Laid {
    let mut pen = Pen::new(faces, title(certificate), "Fingerpost".to_owned());
    let (body, strong) = (Lettering::regular(14.0, 20.0), Lettering::bold(14.0, 20.0));
    pen.y += 18.0;
    let words = "Certificate of taking part";
    pen.say(Block::Title(words.to_owned()), words, Lettering::bold(30.0, 36.0));
    pen.rule(SIDE, pen.y + 8.0, WIDTH, 2.0);
    pen.y += 30.0;
    pen.say(Block::Paragraph, "This is to say that", body);
    let name = certificate.name.as_ref().map_or("", |name| name.as_str());
    // A name in letters that this face does not have is still somebody's: then the number stands for it.
    let name = match faces.legible(name) {
        name if name.is_empty() => title(certificate),
        name => name,
    };
    pen.say(Block::Paragraph, &name, Lettering::bold(26.0, 36.0));
    pen.say(Block::Paragraph, "took part in the training programme", body);
    pen.say(Block::Paragraph, &certificate.programme, Lettering::bold(20.0, 28.0));
    pen.y += 8.0;
    let when = match certificate.first == certificate.last {
        true => format!("on {}", date_in_words(certificate.first)),
        false => format!(
            "from {} to {}",
            date_in_words(certificate.first),
            date_in_words(certificate.last)
        ),
    };
    let much = format!("{}, {when}.", certificate.hours());
    pen.say(Block::Paragraph, &much, body);
    pen.y += 14.0;
    let heading = format!("Modules: {} of {}", certificate.titles.len(), certificate.of);
    pen.say(Block::Heading(heading.clone()), &heading, strong);
    for module in &certificate.titles {
        pen.say(Block::Paragraph, module, body);
    }
    if !certificate.facilitators.is_empty() {
        pen.y += 14.0;
        pen.say(Block::Heading("Led by".to_owned()), "Led by", strong);
        pen.say(Block::Paragraph, &format!("{}.", series(&certificate.facilitators)), body);
    }
    if pen.y > FOOT - 20.0 {
        pen.turn();
    }
    pen.y = FOOT - 10.0;
    pen.rule(SIDE, pen.y, WIDTH, 0.8);
    pen.y = FOOT;
    let address = format!("{site}/certificates/{}", certificate.number);
    let width = WIDTH - SQUARE - 14.0;
    let number = pen.block(Block::Paragraph);
    pen.paragraph(number, &format!("Number {}", certificate.number), strong, SIDE, width);
    let given = pen.block(Block::Paragraph);
    let words = format!("Given on {}. Anybody can check it here:", date_in_words(certificate.made));
    pen.paragraph(given, &words, body, SIDE, width);
    let said = format!("Check this certificate: {address}");
    let link = pen.block(Block::Link { address: address.clone(), said });
    let spoken = address.split_once("://").map_or(&*address, |(_, spoken)| spoken);
    pen.paragraph(link, spoken, strong, SIDE, width);
    if let Some(code) = Square::of(&address) {
        let said = format!("Square code. A phone’s camera reads it and opens {spoken}");
        pen.square(said, &code, (SIDE + WIDTH - SQUARE, FOOT), SQUARE);
    }
    pen.laid
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{text::Line, training::certificate::Number};

    fn certificate(name: &str, titles: Vec<String>, facilitators: Vec<String>) -> Certificate {
        Certificate {
            number: Number::parse("FP-7K3M-9QX2").unwrap(),
            booking: Uuid::nil(),
            cohort: Uuid::nil(),
            name: Line::parse(name).ok(),
            programme: "Creativity and health together".to_owned(),
            of: titles.len(),
            minutes: 360,
            titles,
            facilitators,
            first: date(2026, 3, 5),
            last: date(2026, 3, 26),
            made: date(2026, 3, 28),
        }
    }

    #[test]
    fn a_certificate_of_four_modules_stands_on_one_page() {
        let titles = vec!["What matters to you: working with people and places".to_owned(); 4];
        let one = certificate("Zoë O’Neil", titles, vec!["Ama Mensah".to_owned(); 3]);
        let laid = lay(&one, "https://fingerpost.example", &pdf::faces().unwrap());
        assert_eq!(laid.pages.len(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn whoever_it_is_for_a_certificate_keeps_every_rule_for_screen_readers(
            name in "\\PC{0,100}", titles in prop::collection::vec("\\PC{1,120}", 1..12),
            led in prop::collection::vec("\\PC{1,100}", 0..8)
        ) {
            let faces = pdf::faces().unwrap();
            let laid = lay(&certificate(&name, titles, led), "http://fingerpost.example", &faces);
            let drawn = pdf::strict("Certificate", &[laid], &faces, datetime(2026, 3, 28, 9, 0, 0, 0));
            prop_assert!(drawn.is_ok(), "{:?}", drawn.err());
        }
    }
}
