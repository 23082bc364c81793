//! What kind of body a name belongs to: data.

use std::sync::OnceLock;

use serde::Deserialize;

use super::model::Organs;

/// A kind of body.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Its name: `town`, `department`.
    pub kind: String,
    #[serde(default)]
    starts: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    #[serde(default)]
    within: Vec<String>,
    /// Month and day of the next year by which its report is published.
    #[serde(deserialize_with = "month_and_day")]
    pub due: (u8, u8),
    /// The most 万元 that it is believed to charge in a year.
    pub most: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
struct Bodies {
    body: Vec<Body>,
}

fn month_and_day<'de, D: serde::Deserializer<'de>>(from: D) -> Result<(u8, u8), D::Error> {
    let text = String::deserialize(from)?;
    let parts = text.split_once('-');
    let parts = parts.and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    parts.ok_or_else(|| serde::de::Error::custom("month and day: 01-31"))
}

fn bodies() -> &'static [Body] {
    static BODIES: OnceLock<Bodies> = OnceLock::new();
    &BODIES
        .get_or_init(|| toml::from_str(include_str!("bodies.toml")).unwrap_or_default())
        .body
}

/// The kind of the body with this name; none where its end is unknown.
pub fn body(name: &str) -> Option<&'static Body> {
    let bodies = bodies();
    let name = name.split(['（', '(']).next().unwrap_or_default().trim();
    let starts = |body: &&Body| {
        body.starts
            .iter()
            .any(|start| name.starts_with(start.as_str()))
    };
    let longest = |body: &Body| {
        let within =
            body.within.is_empty() || body.within.iter().any(|word| name.contains(word.as_str()));
        let ends = body
            .ends
            .iter()
            .filter(|end| within && name.ends_with(end.as_str()));
        ends.map(String::len).max()
    };
    bodies.iter().find(starts).or_else(|| {
        let known = bodies
            .iter()
            .filter_map(|body| Some((longest(body)?, body)));
        known
            .max_by_key(|(length, _)| *length)
            .map(|(_, body)| body)
    })
}

/// The bodies of these kinds, as a formula of a workbook can tell them too: no names with longer ends
/// of other kinds (自治区人民政府 is none of 区人民政府). None where a kind is unknown.
pub(super) fn organs(kinds: &[String]) -> Option<Organs> {
    let all = bodies();
    let known = |kind: &String| all.iter().any(|body| body.kind == *kind);
    if !kinds.iter().all(known) {
        return None;
    }
    let (these, others): (Vec<&Body>, Vec<&Body>) =
        all.iter().partition(|body| kinds.contains(&body.kind));
    let ends: Vec<String> = these.iter().flat_map(|body| body.ends.clone()).collect();
    let longer = |other: &&String| {
        let longer = |end: &String| other.len() > end.len() && other.ends_with(end.as_str());
        ends.iter().any(longer)
    };
    let others = others.into_iter().filter(|_| !kinds.is_empty());
    let other_ends = others.clone().flat_map(|body| &body.ends);
    Some(Organs {
        except_ends: other_ends.filter(longer).cloned().collect(),
        except_starts: others.flat_map(|body| body.starts.clone()).collect(),
        ends,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_the_end_of_the_name() {
        let _: Bodies = toml::from_str(include_str!("bodies.toml")).unwrap();
        for (name, kind) in [
            ("甲市乙区人民政府丙街道办事处", "street"),
            ("甲市人民政府国有资产监督管理委员会", "department"),
            ("甲市人民政府外事办公室", "office"),
            ("甲旗乙苏木人民政府", "town"),
            ("甲县人民政府", "county"),
            ("甲市乙区人民政府", "county"),
            ("甲自治区人民政府", "province"),
            ("宿迁市人民政府（全市汇总）", "city"),
            ("平潭综合实验区管委会（全区汇总）", "zone"),
            ("国家发展和改革委员会", "state"),
            ("甲县卫生健康委员会", "department"),
        ] {
            assert_eq!(
                body(name).map(|body| body.kind.as_str()),
                Some(kind),
                "{name}"
            );
        }
        assert!(body("甲大学").is_none());
    }
}
