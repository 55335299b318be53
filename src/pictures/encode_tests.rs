//! Files of every kind, made here: what comes out, and what is refused.
use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage, codecs};

use super::*;

/// Red on the left, blue on the right.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| match x < width / 2 {
        true => Rgb([220, 20, 20]),
        false => Rgb([20, 20, 220]),
    })
}

fn written(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG whose camera lay on its side (orientation 6) and knew where it was: 51.47° north.
fn from_a_telephone(width: u32, height: u32) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend(*b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"); // orientation 6
    exif.extend(*b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26"); // GPS, at byte 38
    exif.extend(*b"\0\0\0\0\0\x02");
    exif.extend(*b"\0\x01\0\x02\0\0\0\x02N\0\0\0"); // north
    exif.extend(*b"\0\x02\0\x05\0\0\0\x01\0\0\0\x44\0\0\0\0"); // latitude, at byte 68
    exif.extend([0, 0, 0, 51, 0, 0, 0, 1]);
    exif.extend(*b"SECRET-PLACE");
    let plain = written(&halves(width, height), ImageFormat::Jpeg);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xFF, 0xE1], &length, &exif, &plain[2..]].concat()
}

fn decoded_again(encoded: &Encoded, size: Size) -> DynamicImage {
    let (_, bytes) = encoded.files.iter().find(|(one, _)| *one == size).unwrap();
    image::load_from_memory_with_format(bytes, ImageFormat::WebP).unwrap()
}

/// The kinds of a WebP file's chunks.
fn chunks(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 12;
    while at + 8 <= bytes.len() {
        found.push(String::from_utf8_lossy(&bytes[at..at + 4]).into_owned());
        let length = u32::from_le_bytes(bytes[at + 4..at + 8].try_into().unwrap());
        at += 8 + length as usize + length as usize % 2;
    }
    found
}

#[test]
fn a_photograph_comes_out_upright_in_three_sizes_without_what_the_camera_wrote() {
    let file = from_a_telephone(2400, 1800);
    assert!(file.windows(12).any(|some| some == b"SECRET-PLACE"));
    let encoded = encode(&file).unwrap();
    assert_eq!((encoded.width, encoded.height), (1600, 2133), "it stands now");
    for (size, width) in [(Size::Small, 480), (Size::Medium, 960), (Size::Large, 1600)] {
        let upright = decoded_again(&encoded, size).into_rgb8();
        assert_eq!(upright.width(), width);
        // What lay on the left is at the top.
        let (x, low) = (upright.width() / 2, upright.height() * 9 / 10);
        assert!(upright.get_pixel(x, low / 9)[0] > 150 && upright.get_pixel(x, low)[2] > 150);
    }
    for (_, bytes) in &encoded.files {
        assert_eq!(chunks(bytes), ["VP8 "], "nothing but the picture");
        assert!(!bytes.windows(4).any(|some| some == b"Exif"));
    }
}

#[test]
fn what_can_be_seen_through_stays_so() {
    let image =
        RgbaImage::from_fn(600, 300, |x, _| Rgba([200, 30, 30, if x < 300 { 0 } else { 255 }]));
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let encoded = encode(&bytes.into_inner()).unwrap();
    assert_eq!((encoded.width, encoded.height), (600, 300));
    let again = decoded_again(&encoded, Size::Medium).into_rgba8();
    assert_eq!((again.get_pixel(20, 20)[3], again.get_pixel(580, 20)[3]), (0, 255));
}

#[test]
fn webp_png_in_grey_and_sixteen_bits_are_taken_too() {
    assert!(encode(&written(&halves(50, 40), ImageFormat::WebP)).is_ok());
    let grey = DynamicImage::new_luma16(50, 40);
    let mut bytes = Cursor::new(Vec::new());
    grey.write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert!(encode(&bytes.into_inner()).is_ok());
}

#[test]
fn colours_of_a_telephone_become_those_of_the_web() {
    let plain = RgbImage::from_pixel(16, 16, Rgb([200, 100, 50]));
    let file = |profile: Option<Vec<u8>>| {
        let mut bytes = Vec::new();
        let mut encoder = codecs::png::PngEncoder::new(&mut bytes);
        if let Some(profile) = profile {
            encoder.set_icc_profile(profile).unwrap();
        }
        encoder.write_image(plain.as_raw(), 16, 16, ExtendedColorType::Rgb8).unwrap();
        decoded_again(&encode(&bytes).unwrap(), Size::Small).into_rgb8().get_pixel(8, 8)[0]
    };
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    assert!(file(Some(p3)) > file(None) + 5, "red of Display P3 is further out");
    assert_eq!(file(Some(b"no profile".to_vec())), file(None));
}

#[test]
fn a_file_is_what_its_bytes_say() {
    for other in [
        &b"Dear Ada, the pots are dry."[..],
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"\xFF",
        b"%PDF-1.7",
    ] {
        assert_eq!(encode(other).unwrap_err(), Refused::NotAPicture);
    }
    assert_eq!(encode(b"").unwrap_err(), Refused::Empty);
    assert_eq!(encode(&vec![0; LARGEST_FILE + 1]).unwrap_err(), Refused::TooLarge);
    assert_eq!(encode(&vec![0; LARGEST_FILE]).unwrap_err(), Refused::NotAPicture);
}

#[test]
fn what_is_cut_off_anywhere_is_damaged() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = written(&halves(300, 200), format);
        assert!(encode(&whole).is_ok());
        // A PNG's last chunk only says that it ends there.
        let end = whole.len() - if format == ImageFormat::Png { 16 } else { 1 };
        for length in (16..end).step_by(end / 40).chain([end]) {
            let refused = encode(&whole[..length]).map(|_| ());
            assert_eq!(refused, Err(Refused::Damaged), "{format:?} of {length} bytes");
        }
    }
}

#[test]
fn bytes_behind_the_end_of_a_jpeg_and_a_small_picture_within_do_no_harm() {
    let mut file = from_a_telephone(64, 64);
    let inner = written(&halves(8, 8), ImageFormat::Jpeg);
    let note = [&[0xFF, 0xFE][..], &(inner.len() as u16 + 2).to_be_bytes(), &inner].concat();
    file.splice(2..2, note);
    let cut = file.len() - 10;
    assert_eq!(encode(&file[..cut]).unwrap_err(), Refused::Damaged, "the inner end is not the end");
    file.extend(b"a film of three seconds");
    assert!(encode(&file).is_ok());
}

#[test]
fn a_small_file_that_claims_to_be_huge_is_refused_before_any_memory_is_used() {
    let mut small = written(&halves(8, 8), ImageFormat::Png);
    small[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let sum = crc32(&small[12..29]);
    small[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(encode(&small).unwrap_err(), Refused::TooManyDots { width: 30_000, height: 30_000 });
}

/// Of a PNG chunk (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| match sum & 1 {
            1 => sum >> 1 ^ 0xEDB8_8320,
            _ => sum >> 1,
        })
    })
}
