//! Outlines from GeoJSON (RFC 7946), as official sources publish them: a feature for each borough.
use std::{collections::HashMap, io::Read, path::Path};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;
use sqlx::PgPool;

use super::{Outline, simple::simple, store};
use crate::{
    imports::{ImportOptions, Outcome, Refused, one_file},
    places::{self, Gss, Point},
};

/// The outlines of all England are some twenty of these.
const LARGEST: u64 = 256 * 1024 * 1024;

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    properties: Option<serde_json::Map<String, Value>>,
    geometry: Value,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Vec<Vec<f64>>>),
    MultiPolygon(Vec<Vec<Vec<Vec<f64>>>>),
}

/// Keeps the outlines of our boroughs and passes over all others. What it does not name stays as it was.
pub async fn run(db: &PgPool, path: &Path, options: &ImportOptions) -> Result<Outcome> {
    let known: Vec<Gss> =
        places::store::borough_slugs(db).await?.into_iter().map(|(gss, _)| gss).collect();
    let before = store::all(db).await?;
    let mut before: HashMap<Gss, Outline> =
        before.into_iter().map(|one| (one.borough, one)).collect();
    one_file(db, path, options, async |run, changes, name, file| {
        let mut text = String::new();
        run.watch(file).take(LARGEST).read_to_string(&mut text)?;
        let collection: Collection = serde_json::from_str(&text)
            .with_context(|| format!("{name} is not a GeoJSON collection of features"))?;
        for (line, feature) in (1..).zip(collection.features) {
            run.outcome.read += 1;
            let Some(borough) = feature.borough(&known) else {
                *run.outcome.passed_over.entry("not one of our boroughs").or_default() += 1;
                continue;
            };
            match feature.rings() {
                Ok(rings) => {
                    let outline = Outline { borough, rings };
                    match before.insert(borough, outline.clone()) {
                        Some(old) if old == outline => {
                            run.outcome.unchanged += 1;
                            continue;
                        }
                        Some(_) => run.outcome.changed += 1,
                        None => run.outcome.added += 1,
                    }
                    store::save(&mut *changes, &outline).await?;
                }
                Err(reason) => run.outcome.refused.push(Refused {
                    file: name.to_owned(),
                    line,
                    reason: reason.to_owned(),
                    row: borough.to_string(),
                }),
            }
        }
        Ok(())
    })
    .await
}

impl Feature {
    /// Sources name the code's property each in their own way, so any that is a code of ours will do.
    fn borough(&self, known: &[Gss]) -> Option<Gss> {
        let properties = self.properties.iter().flat_map(|all| all.values());
        let codes = std::iter::once(&self.id).chain(properties).filter_map(Value::as_str);
        codes.filter_map(Gss::parse).find(|gss| known.contains(gss))
    }

    fn rings(self) -> Result<Vec<Vec<Point>>, &'static str> {
        let geometry = serde_json::from_value(self.geometry)
            .map_err(|_| "Its geometry is no Polygon and no MultiPolygon.")?;
        let rings = match geometry {
            Geometry::Polygon(rings) => rings,
            Geometry::MultiPolygon(polygons) => polygons.into_iter().flatten().collect(),
        };
        let points = |ring: Vec<Vec<f64>>| -> Option<Vec<Point>> {
            ring.into_iter().map(|position| point(&position)).collect()
        };
        let rings: Option<Vec<Vec<Point>>> = rings.into_iter().map(points).collect();
        let rings = rings.ok_or("Its positions are not longitude and latitude in degrees.")?;
        let rings: Vec<Vec<Point>> = rings.into_iter().filter_map(simple).collect();
        match rings.is_empty() {
            true => Err("Its outline is too small to be seen."),
            false => Ok(rings),
        }
    }
}

/// Longitude, latitude, and perhaps a height that nobody draws.
fn point(position: &[f64]) -> Option<Point> {
    let (lon, lat) = (*position.first()?, *position.get(1)?);
    ((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)).then_some(Point { lat, lon })
}
