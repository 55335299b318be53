//! Public pages carry a mark of their content, so that asking again for the same page costs nothing.
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Short, so that a change is seen soon; long enough for a cache in front to take a rush.
const FOR_A_MINUTE: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// Larger replies are downloads: they are sent as they come.
const LARGEST_MARKED: u64 = 1 << 20;

/// A layer (`from_fn`) for pages that are the same for everybody. A handler that sets its own
/// Cache-Control keeps it.
pub async fn public(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let mut response = next.run(request).await;
    if !reads || response.status() != StatusCode::OK {
        return response;
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(FOR_A_MINUTE);
    let small = response.body().size_hint().exact().is_some_and(|size| size <= LARGEST_MARKED);
    match small {
        true => marked(response, known).await,
        false => response,
    }
}

async fn marked(response: Response, known: Option<HeaderValue>) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = match axum::body::to_bytes(body, LARGEST_MARKED as usize).await {
        Ok(body) => body,
        Err(cause) => return super::Error::Internal(cause.into()).into_response(),
    };
    let mark = mark(&body);
    let same = known.is_some_and(|known| names(&known, &mark));
    parts.headers.insert(header::ETAG, mark);
    if same {
        let kept = [header::ETAG, header::CACHE_CONTROL, header::VARY, header::CONTENT_LOCATION];
        let kept = kept.map(|name| parts.headers.remove(&name).map(|value| (name, value)));
        let headers: HeaderMap = kept.into_iter().flatten().collect();
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    Response::from_parts(parts, Body::from(body))
}

/// Weak, since compression changes the bytes but not what they say.
fn mark(body: &Bytes) -> HeaderValue {
    let mark = format!("W/\"{:016x}\"", fingerprint(body));
    HeaderValue::try_from(mark).unwrap_or(HeaderValue::from_static("W/\"0\""))
}

/// Whether the browser's list of marks has this one.
fn names(known: &HeaderValue, mark: &HeaderValue) -> bool {
    let (Ok(known), Ok(mark)) = (known.to_str(), mark.to_str()) else {
        return false;
    };
    let bare = |mark: &str| mark.trim().trim_start_matches("W/").to_owned();
    known.split(',').any(|one| one.trim() == "*" || bare(one) == bare(mark))
}

/// 64 bits that differ for different contents, and are the same in every run and on every machine.
/// Not against people who forge: they could only fool their own browser.
///
/// Sixteen bytes a step, one half multiplied with the other into 128 bits and folded, in four lanes that
/// do not wait for each other, since every page is marked.
pub fn fingerprint(content: &[u8]) -> u64 {
    const ODD: [u64; 4] = [
        0x9e37_79b9_7f4a_7c15,
        0xc2b2_ae3d_27d4_eb4f,
        0x1656_67b1_9e37_79f9,
        0xff51_afd7_ed55_8ccd,
    ];
    let word = |bytes: &[u8]| {
        let mut whole = [0; 8];
        whole[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(whole)
    };
    let fold = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b);
        product as u64 ^ (product >> 64) as u64
    };
    // Begun otherwise than the halves are mixed, or these could change places.
    let mut lanes = [ODD[1], ODD[2], ODD[3], ODD[0]];
    let mut step = |lane: usize, bytes: &[u8]| {
        let (one, other) = bytes.split_at(bytes.len().min(8));
        lanes[lane] = fold(lanes[lane] ^ word(one), ODD[lane] ^ word(other)).rotate_left(23);
    };
    let (blocks, rest) = content.as_chunks::<64>();
    for block in blocks {
        block.as_chunks::<16>().0.iter().enumerate().for_each(|(lane, bytes)| step(lane, bytes));
    }
    rest.chunks(16).enumerate().for_each(|(lane, bytes)| step(lane, bytes));
    let mut all = content.len() as u64;
    for (lane, odd) in lanes.into_iter().zip(ODD) {
        all = fold(all ^ lane ^ odd, ODD[0]);
    }
    all
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn contents_that_differ_anywhere_have_different_fingerprints() {
        let page = vec![b'a'; 3_001];
        let mut seen = HashSet::from([fingerprint(&page)]);
        for at in 0..page.len() {
            for bit in 0..8 {
                let mut other = page.clone();
                other[at] ^= 1 << bit;
                assert!(seen.insert(fingerprint(&other)), "byte {at}, bit {bit}");
            }
        }
        for length in 0..page.len() {
            assert!(seen.insert(fingerprint(&page[..length])), "length {length}");
        }
    }

    #[test]
    fn swapped_words_have_different_fingerprints() {
        let words = b"one.....two.....three...four....five....six.....seven...eight...";
        let mut seen = HashSet::from([fingerprint(words)]);
        for one in 0..8 {
            for two in one + 1..8 {
                let mut other = *words;
                other.copy_within(two * 8..two * 8 + 8, one * 8);
                other[two * 8..two * 8 + 8].copy_from_slice(&words[one * 8..one * 8 + 8]);
                assert!(seen.insert(fingerprint(&other)), "{one} and {two}");
            }
        }
    }
}
