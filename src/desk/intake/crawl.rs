//! A feed, page by page, and each of its services by itself where the list says little.
use std::collections::BTreeSet;

use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::time::timeout;
use url::Url;

use super::{
    MOST_ROWS,
    file::{Contents, of_page},
};
use crate::{
    fetching::{Fetcher, Problem, parsed},
    open_referral::{self, Page, Service},
};

/// So many are asked for at once.
const AT_ONCE: usize = 4;
const PER_PAGE: &str = "50";
/// A list that never ends is none.
const MOST_PAGES: u64 = 500;
/// All of a feed may be so many times as large as what one fetch gives: 100 MB.
const TIMES_AS_LARGE: usize = 5;
/// All of it may take so many times as long as one fetch may: half an hour.
const TIMES_AS_LONG: u32 = 60;

/// All that a feed offers. `far` is told how many services are known by then, and of how many.
///
/// # Errors
/// What is wrong with the address or with what came from it.
pub async fn crawl(
    fetcher: &Fetcher,
    address: &str,
    far: impl Fn(usize, usize),
) -> Result<Contents, String> {
    let longest = fetcher.limits().time * TIMES_AS_LONG;
    let crawled = timeout(longest, crawled(fetcher, address, far)).await;
    crawled.unwrap_or_else(|_| {
        Err("The feed took too long altogether. Ask those who publish it for more on each page"
            .to_owned())
    })
}

async fn crawled(
    fetcher: &Fetcher,
    address: &str,
    far: impl Fn(usize, usize),
) -> Result<Contents, String> {
    let most = fetcher.limits().bytes * TIMES_AS_LARGE;
    let too_large = || format!("The feed has more than {MOST_ROWS} services, or is too large");
    let typed = parsed(address).map_err(said)?;
    let (list, first) = begun(fetcher, typed).await?;
    if !first.listed {
        return Ok(of_page(first));
    }
    let pages = first.pages.unwrap_or(1).clamp(1, MOST_PAGES);
    let mut services = first.services;
    let mut bytes = 0;
    for page in 2..=pages {
        let (size, next) = read(fetcher, &numbered(&list, page)).await?;
        bytes += size;
        if next.services.is_empty() {
            break;
        }
        services.extend(next.services);
        if services.len() > MOST_ROWS || bytes > most {
            return Err(too_large());
        }
        far(services.len(), services.len());
    }
    let bare: BTreeSet<String> = services
        .iter()
        .filter(|one| is_bare(one) && one.ours.is_none())
        .map(|one| one.id.clone())
        .collect();
    let of = services.len();
    let told = stream::iter(bare).map(|id| {
        let (fetcher, list) = (fetcher.clone(), list.clone());
        async move { Ok::<_, String>((id.clone(), detail(&fetcher, &list, &id).await?)) }
    });
    let mut told = told.buffer_unordered(AT_ONCE);
    let mut known = std::collections::BTreeMap::new();
    while let Some((id, (size, service))) = told.try_next().await? {
        bytes += size;
        if bytes > most {
            return Err(too_large());
        }
        known.insert(id, service);
        if known.len() % 20 == 0 {
            far(known.len(), of);
        }
    }
    for service in &mut services {
        if let Some(Some(whole)) = known.get(&service.id) {
            *service = Service { at: service.at.clone(), ..whole.clone() };
        }
    }
    for (at, service) in (1..).zip(&mut services) {
        service.at = format!("Item {at}");
    }
    Ok(of_page(Page { services, ..Page::default() }))
}

/// The list and its first page: at the very address, or at `services` below it, as the standard has it.
async fn begun(fetcher: &Fetcher, typed: Url) -> Result<(Url, Page), String> {
    let given = match is_services(&typed) {
        true => read(fetcher, &numbered(&typed, 1)).await,
        false => read(fetcher, &typed).await,
    };
    match given {
        Ok((_, page)) => Ok((typed, page)),
        Err(problem) if is_services(&typed) => Err(problem),
        Err(problem) => {
            let list = below(&typed, "services");
            let (_, page) = read(fetcher, &numbered(&list, 1)).await.map_err(|_| problem)?;
            Ok((list, page))
        }
    }
}

async fn read(fetcher: &Fetcher, address: &Url) -> Result<(usize, Page), String> {
    let fetched = fetcher.fetch(address.as_str()).await.map_err(said)?;
    Ok((fetched.bytes.len(), open_referral::read(&fetched.bytes)?))
}

/// How much came, in bytes, and the service; `None` where the feed says no more of it than its list.
async fn detail(
    fetcher: &Fetcher,
    list: &Url,
    id: &str,
) -> Result<(usize, Option<Service>), String> {
    match fetcher.fetch(below(list, id).as_str()).await {
        Ok(fetched) => {
            let page = open_referral::read(&fetched.bytes).unwrap_or_default();
            Ok((fetched.bytes.len(), page.services.into_iter().find(|one| one.id == id)))
        }
        Err(Problem::Status(_)) => Ok((0, None)),
        Err(problem) => Err(said(problem)),
    }
}

/// A list need not say where and when.
fn is_bare(service: &Service) -> bool {
    service.locations.is_empty() && service.hours.is_empty() && service.contacts.is_empty()
}

fn is_services(address: &Url) -> bool {
    address.path().trim_end_matches('/').ends_with("/services")
}

fn below(address: &Url, name: &str) -> Url {
    let mut below = address.clone();
    if let Ok(mut path) = below.path_segments_mut() {
        path.pop_if_empty().push(name);
    }
    below
}

fn numbered(list: &Url, page: u64) -> Url {
    let mut address = list.clone();
    let kept: Vec<(String, String)> = list
        .query_pairs()
        .filter(|(name, _)| name != "page" && name != "per_page")
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    address
        .query_pairs_mut()
        .clear()
        .extend_pairs(kept)
        .append_pair("page", &page.to_string())
        .append_pair("per_page", PER_PAGE);
    address
}

fn said(problem: Problem) -> String {
    problem.to_string()
}
