//! Reports of made-up units, and what their figures are.

use std::collections::BTreeMap;

use nianbao::form::data_file::{self, Start};
use nianbao::form::{FigureId, Script, builtin, for_year};

/// The year that they report on.
pub const YEAR: i32 = 2024;

/// A unit: its data file, and what it gives by key.
pub struct Unit {
    /// The text of its data file.
    pub text: String,
    /// Its figures, but for those that are derived.
    pub figures: BTreeMap<String, i64>,
}

/// Numbers that look random and are the same each time (Knuth, MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % end
    }
}

/// Unit `number`, called `name`.
pub fn unit(number: u64, name: &str) -> Unit {
    let form = for_year(builtin().unwrap(), YEAR).unwrap();
    let mut numbers = Numbers(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1);
    let inputs = form.figures.iter().filter(|spec| !spec.derived);
    let mut figures: BTreeMap<String, i64> = inputs
        .map(|spec| {
            let most = if numbers.below(3) == 0 { 1 } else { 50 };
            (spec.key.clone(), numbers.below(most))
        })
        .collect();
    // No rule but this one binds figures that units give: what came in was handled or is left.
    for (_, applicant) in rows(&figures, "requests.new.") {
        let handled: i64 = outcomes(&figures, &applicant);
        let left = figures[&format!("requests.carried_over.{applicant}")];
        let before = (handled + left).min(2);
        figures.insert(format!("requests.carried_in.{applicant}"), before);
        figures.insert(format!("requests.new.{applicant}"), handled + left - before);
    }
    // Departments make no 规章, and have no fewer in force than they made.
    for key in ["made", "repealed", "in_force"] {
        figures.insert(format!("disclosure.regulations.{key}"), 0);
    }
    let made = figures["disclosure.normative_documents.made"];
    figures.insert("disclosure.normative_documents.in_force".into(), 100 + made);
    let start = Start {
        year: YEAR,
        organ: Some(name),
        script: Script::Hans,
        region: false,
    };
    let value = |FigureId(id): FigureId| {
        let key = &form.figures[id].key;
        figures.get(key).map(i64::to_string)
    };
    let mut text = data_file::with_figures(form, &start, &value);
    for (key, words) in [
        ("overview", "工作正常开展。"),
        ("problems", "无。"),
        ("other", "本年度未收取信息处理费。"),
    ] {
        let blank = format!("{key} = \"\"\"\n");
        assert!(text.contains(&blank), "{text}");
        text = text.replace(&blank, &format!("{blank}{words}\n"));
    }
    Unit { text, figures }
}

/// The figures whose keys start so, and the rest of those keys.
fn rows(figures: &BTreeMap<String, i64>, start: &str) -> Vec<(i64, String)> {
    let found = figures.iter();
    found
        .filter_map(|(key, value)| Some((*value, key.strip_prefix(start)?.to_owned())))
        .collect()
}

/// What became of the requests of one kind of applicant.
fn outcomes(figures: &BTreeMap<String, i64>, applicant: &str) -> i64 {
    let end = format!(".{applicant}");
    let requests = figures.iter().filter_map(|(key, value)| {
        let row = key.strip_prefix("requests.")?.strip_suffix(&end)?;
        let outcome = !["new", "carried_in", "carried_over"].contains(&row);
        outcome.then_some(*value)
    });
    requests.sum()
}

/// Every figure of the form by key, the totals added up here and not by the program.
pub fn with_totals(figures: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let mut all = figures.clone();
    for (_, applicant) in rows(figures, "requests.new.") {
        all.insert(
            format!("requests.outcome_total.{applicant}"),
            outcomes(figures, &applicant),
        );
    }
    let mut totals: BTreeMap<String, i64> = BTreeMap::new();
    for (key, value) in &all {
        let (group, _) = key.rsplit_once('.').unwrap();
        if key.starts_with("requests.") || key.starts_with("review.") {
            *totals.entry(format!("{group}.total")).or_default() += value;
        }
    }
    all.extend(totals);
    all
}
