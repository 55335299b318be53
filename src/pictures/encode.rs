//! From a file of unknown origin to three clean sizes. What a file is, its bytes say: not its name.
use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, imageops::FilterType,
    metadata::Orientation,
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::{LARGEST_FILE, Refused, Size};

/// More than telephones take, less than fills our memory.
const MOST_DOTS: u64 = 50_000_000;
/// Bytes that decoding one picture may ask for: eight for each dot, as the deepest PNG has.
const MOST_MEMORY: u64 = MOST_DOTS * 8;
/// Of WebP, 0 to 100: below this, faces and writing begin to look worn.
const QUALITY: f32 = 80.0;

/// A picture in its three sizes, as WebP with no metadata at all.
#[derive(Clone, Debug)]
pub struct Encoded {
    /// Of the large one.
    pub width: u32,
    pub height: u32,
    pub files: Vec<(Size, Vec<u8>)>,
}

/// Decodes a JPEG, PNG or WebP file, turns it upright, and makes the three sizes. Takes up to seconds.
///
/// # Errors
/// Says why the file is not taken.
pub fn encode(bytes: &[u8]) -> Result<Encoded, Refused> {
    match bytes.len() {
        0 => return Err(Refused::Empty),
        length if length > LARGEST_FILE => return Err(Refused::TooLarge),
        _ => {}
    }
    let (image, orientation) = decoded(bytes)?;
    let turned = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (width, height) = match turned {
        true => (image.height(), image.width()),
        false => (image.width(), image.height()),
    };
    let (width, height) = Size::Large.fit(width, height);
    let lying = if turned { (height, width) } else { (width, height) };
    let mut large = smaller(&image, lying);
    drop(image);
    large.apply_orientation(orientation);
    let files = Size::ALL.into_iter().map(|size| {
        let (wide, high) = size.fit(width, height);
        Ok((size, webp(&smaller(&large, (wide, high)))?))
    });
    Ok(Encoded { width, height, files: files.collect::<Result<_, _>>()? })
}

/// In eight bits a channel, of sRGB, as it lies in the file.
fn decoded(bytes: &[u8]) -> Result<(DynamicImage, Orientation), Refused> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let reader = ImageReader::new(Cursor::new(bytes));
    let mut reader = reader.with_guessed_format().map_err(|_| Refused::Damaged)?;
    let whole = match reader.format() {
        Some(ImageFormat::Jpeg) => jpeg_is_whole(bytes),
        Some(ImageFormat::WebP) => webp_is_whole(bytes),
        Some(ImageFormat::Png) => true, // the decoder sees to it
        _ => return Err(Refused::NotAPicture),
    };
    // Dimensions come before any memory is asked for them.
    reader.no_limits();
    let mut decoder = reader.into_decoder().map_err(|_| Refused::Damaged)?;
    let (width, height) = decoder.dimensions();
    let too_many = Refused::TooManyDots { width, height };
    if u64::from(width) * u64::from(height) > MOST_DOTS {
        return Err(too_many);
    }
    if !whole {
        return Err(Refused::Damaged);
    }
    let refused = |cause: ImageError| match cause {
        ImageError::Limits(_) => too_many,
        _ => Refused::Damaged,
    };
    decoder.set_limits(limits).map_err(refused)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    let mut image = match image.color().has_alpha() {
        true => DynamicImage::ImageRgba8(image.into_rgba8()),
        false => DynamicImage::ImageRgb8(image.into_rgb8()),
    };
    if let Some(profile) = profile {
        to_srgb(&mut image, &profile);
    }
    Ok((image, orientation))
}

/// A JPEG decoder fills what is missing with grey, so the end is looked for here: markers and their
/// segments first, then the data up to the end-of-image marker (ITU-T T.81, annex B).
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        // Data of a scan, or filling, until the next marker that is neither a stuffed zero nor a restart.
        let Some(next) = bytes.get(at..).and_then(|rest| {
            rest.windows(2)
                .position(|two| two[0] == 0xFF && !matches!(two[1], 0 | 0xD0..=0xD7 | 0xFF))
        }) else {
            return false;
        };
        at += next;
        if bytes[at + 1] == 0xD9 {
            return true;
        }
        let Some(&[high, low]) = bytes.get(at + 2..at + 4) else {
            return false;
        };
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
}

/// A WebP file says at its beginning how long it is.
fn webp_is_whole(bytes: &[u8]) -> bool {
    let said = bytes.get(4..8).and_then(|said| said.try_into().ok()).map(u32::from_le_bytes);
    said.is_some_and(|said| u64::from(said) + 8 <= bytes.len() as u64)
}

/// Telephones write colours that sRGB has other numbers for. A profile that cannot be used is left aside,
/// as browsers do.
fn to_srgb(image: &mut DynamicImage, profile: &[u8]) {
    let Ok(from) = ColorProfile::new_from_slice(profile) else { return };
    if from.color_space != DataColorSpace::Rgb {
        return;
    }
    let layout = if image.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let to = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let Ok(transform) = from.create_transform_8bit(layout, &to, layout, options) else { return };
    let row = image.width() as usize * usize::from(image.color().bytes_per_pixel());
    let pixels: &mut [u8] = match image {
        DynamicImage::ImageRgba8(pixels) => pixels,
        DynamicImage::ImageRgb8(pixels) => pixels,
        _ => return,
    };
    let mut before = vec![0; row];
    for row in pixels.chunks_exact_mut(row) {
        before.copy_from_slice(row);
        if transform.transform(&before, row).is_err() {
            row.copy_from_slice(&before);
        }
    }
}

/// The same where it has that size already. Much smaller goes by averages first, which is quick.
fn smaller(image: &DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    if (image.width(), image.height()) == (width, height) {
        return image.clone();
    }
    if image.width() / 4 > width && image.height() / 4 > height {
        let halfway = image.thumbnail_exact(width * 2, height * 2);
        return halfway.resize_exact(width, height, FilterType::Lanczos3);
    }
    image.resize_exact(width, height, FilterType::Lanczos3)
}

fn webp(image: &DynamicImage) -> Result<Vec<u8>, Refused> {
    let (width, height) = (image.width(), image.height());
    let encoder = match image {
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels, width, height),
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, width, height),
        _ => return Err(Refused::Damaged),
    };
    let written = encoder.encode_simple(false, QUALITY).map_err(|_| Refused::Damaged)?;
    Ok(written.to_vec())
}

#[cfg(test)]
#[path = "encode_tests.rs"]
mod tests;
