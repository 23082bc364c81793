//! What there is to say of a data file while it is being filled in: the sums, what is missing, and what is
//! wrong with what is there.
//!
//! The checks are those of every other command. They want a whole report; so what isn't filled in yet is
//! taken for 0 or “无。” in a copy, and what they say of that is not told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::draft::Draft;
use crate::check::{self, Checked};
use crate::document::{Emphasis, paragraphs};
use crate::form::{FigureId, Form, PARTICULARS, Relation, for_year};
use crate::report::Report;
use crate::text::{Code, Finding, Findings, Lang, Source};

/// What stands for a text that isn't written yet.
const NO_TEXT: &str = "无。";

/// What a data file says, and what there is to say about it. Keys are those of the data file.
#[derive(Debug, Default, Serialize)]
pub(super) struct Review {
    /// Name of its form; none where no form serves its year.
    pub form: Option<String>,
    /// Everything that is typed.
    pub values: BTreeMap<String, String>,
    /// The derived figures whose operands are all typed.
    pub sums: BTreeMap<String, String>,
    /// What has to be typed still, in the order of the form.
    pub empty: Vec<String>,
    /// What is wrong or doubtful.
    pub findings: Vec<Told>,
    /// Last year's figures.
    pub previous: BTreeMap<String, String>,
    /// Texts that stand in files of their own, and in which.
    pub elsewhere: BTreeMap<String, String>,
    /// The texts as they will be set, paragraph by paragraph.
    pub set: BTreeMap<String, Vec<Set>>,
    /// Whether the report can be handed in.
    pub sound: bool,
}

/// A paragraph as it will be set.
#[derive(Debug, Serialize)]
pub(super) struct Set {
    /// Of the heading that it begins with, from 1; 0 where it begins with none.
    level: usize,
    heading: String,
    /// What runs on behind the heading.
    text: String,
    /// Whether a figure that it quotes isn't typed yet.
    open: bool,
}

/// A finding as the page shows it.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    code: String,
    pub severity: &'static str,
    /// What it is about first, then what belongs to it.
    keys: Vec<String>,
    message: String,
    remedy: Option<String>,
    /// What the first key's cell should say, where the finding knows that.
    fix: Option<String>,
}

impl Told {
    fn new(finding: &Finding, form: Option<&Form>) -> Self {
        let text = |message: &crate::text::Message| message.get(Lang::Zh).to_owned();
        Self {
            code: finding.code.as_str().to_owned(),
            severity: finding.severity.as_str(),
            keys: keys(finding).map(str::to_owned).collect(),
            message: text(&finding.message),
            remedy: finding.remedy.as_ref().map(text),
            fix: form.and_then(|form| fix(finding, form)),
        }
    }
}

/// What a cell should say, by a rule that has nothing but this cell on its left side: 上年结转. Of a rule
/// with a sum there nobody knows which of its cells is wrong.
fn fix(finding: &Finding, form: &Form) -> Option<String> {
    let (Code::Rule(code), Some(key)) = (&finding.code, &finding.key) else {
        return None;
    };
    let cell = form.figure(key)?;
    let mut rules = form.rules.iter().filter(|rule| rule.code == *code);
    let decides = rules.any(|rule| {
        rule.instances.iter().any(|instance| {
            let comparison = &instance.comparison;
            comparison.relation == Relation::Equal && comparison.left.operands().eq([(cell, false)])
        })
    });
    finding.expected.clone().filter(|_| decides)
}

/// The keys that a finding is about.
fn keys(finding: &Finding) -> impl Iterator<Item = &str> {
    let related = finding.related.iter().filter_map(|it| it.key.as_deref());
    finding.key.as_deref().into_iter().chain(related)
}

/// What data files are read with.
pub(super) struct Reader<'a> {
    pub forms: &'a [Arc<Form>],
    /// Where the seal and texts in files of their own lie.
    pub folder: &'a Path,
    /// The same body's report on the year before.
    pub previous: Option<&'a Report>,
    /// The year that it is.
    pub this_year: i32,
    pub covers: &'a dyn Fn(char) -> bool,
}

impl Reader<'_> {
    fn report(&self, name: &str, text: &str) -> Result<Report, Findings> {
        let source = Source::from_bytes(name, text.as_bytes().to_vec())?;
        Report::read(source.in_folder(Some(self.folder)), self.forms)
    }

    fn check(&self, report: Report) -> Result<(Checked, Vec<Finding>), Vec<Finding>> {
        let future = check::future(&report, self.this_year);
        let checked = report.check(self.previous, self.covers);
        match checked {
            Ok(checked) => {
                let mut found: Vec<_> = checked.warnings().to_vec();
                found.extend(future);
                Ok((checked, found))
            }
            Err(found) => Err(found.into_iter().chain(future).collect()),
        }
    }

    /// Reviews the data file `name`.
    pub fn review(&self, name: &str, text: &str) -> Review {
        let draft = Draft::read(text);
        let form = draft.as_ref().ok().and_then(Draft::year);
        let form = form.and_then(|year| for_year(self.forms, year));
        let (Ok(draft), Some(form)) = (draft, form) else {
            let found = self.report(name, text).err();
            return Review {
                findings: found.iter().flat_map(untold).collect(),
                ..Review::default()
            };
        };
        let mut review = Review {
            form: Some(form.id.clone()),
            ..Review::default()
        };
        for key in all_keys(form) {
            if let Some(file) = draft.file_of(&key) {
                review.elsewhere.insert(key, file.to_owned());
                continue;
            }
            match draft.said(form, &key) {
                Some(said) if !said.trim().is_empty() => {
                    review.values.insert(key, said);
                }
                _ if is_needed(form, &key) => review.empty.push(key),
                _ => {}
            }
        }
        if let Some(previous) = self.previous {
            for (spec, figure) in previous.form.figures.iter().zip(&previous.figures) {
                review
                    .previous
                    .insert(spec.key.clone(), figure.value.to_string());
            }
        }
        self.judge(name, text, draft, form, &mut review);
        review
    }

    /// Finds what is wrong, and the sums.
    fn judge(&self, name: &str, text: &str, draft: Draft, form: &Form, review: &mut Review) {
        let mut open: BTreeSet<String> = review.empty.iter().cloned().collect();
        let mut found = match self.report(name, text) {
            Ok(_) => Vec::new(),
            Err(found) => found.into_iter().collect(),
        };
        let was_read = found.is_empty();
        let about = |finding: &Finding, keys: &BTreeSet<String>| {
            let key = finding.key.as_deref();
            key.is_some_and(|key| keys.contains(key))
        };
        found.retain(|finding| !about(finding, &open));
        // What is there but can't be read counts as not there for the others.
        let unread = found.iter().filter_map(|finding| finding.key.clone());
        open.extend(unread.filter(|key| review.values.contains_key(key)));
        let mut whole = draft;
        for key in &open {
            let stand_in = match key.as_str() {
                key if form.figure(key).is_some() => "0",
                key if key.starts_with("text.") => NO_TEXT,
                "organ.name" => "本单位",
                _ => "",
            };
            // Where the file has something else there, what is said of it stands already.
            let _ = whole.set(form, key, stand_in);
        }
        let open_figures: BTreeSet<FigureId> =
            open.iter().filter_map(|key| form.figure(key)).collect();
        if let Ok(report) = self.report(name, &whole.text()) {
            review.set = set(&report, &open, &open_figures);
            for spec in form.figures.iter().filter(|spec| spec.derived) {
                let id = form.figure(&spec.key);
                if let Some(id) = id
                    && inputs(form, id).is_disjoint(&open_figures)
                {
                    let value = report.figure(id).value.to_string();
                    review.sums.insert(spec.key.clone(), value);
                }
            }
            let (sound, told) = match self.check(report) {
                Ok((_, told)) => (true, told),
                Err(told) => (false, told),
            };
            review.sound = sound && was_read;
            found.extend(told.into_iter().filter(|finding| {
                let mut figures = keys(finding).filter_map(|key| form.figure(key));
                // What is said of no place in the file may be about what stands in for the rest of it.
                let is_of_a_place = finding.key.is_some() || open.is_empty();
                is_of_a_place
                    && !about(finding, &open)
                    && figures.all(|id| inputs(form, id).is_disjoint(&open_figures))
            }));
        }
        review.findings = found.iter().map(|it| Told::new(it, Some(form))).collect();
    }
}

/// What is told of a file that isn't read against a form.
pub(super) fn untold(findings: &Findings) -> impl Iterator<Item = Told> {
    findings.iter().map(|finding| Told::new(finding, None))
}

/// The texts that are written, as they will be set.
fn set(
    report: &Report,
    open: &BTreeSet<String>,
    open_figures: &BTreeSet<FigureId>,
) -> BTreeMap<String, Vec<Set>> {
    let names = report.form.texts.iter().zip(&report.texts);
    let texts = names.map(|(name, text)| (format!("text.{name}"), text));
    let written = texts.filter(|(key, _)| !open.contains(key));
    written
        .map(|(key, text)| {
            let paragraphs = paragraphs(report, text).map(|paragraph| {
                let level = match paragraph.runs.first() {
                    Some((Emphasis::Heading1, _)) => 1,
                    Some((Emphasis::Heading2, _)) => 2,
                    Some((Emphasis::Heading3, _)) => 3,
                    Some((Emphasis::Heading4, _)) => 4,
                    Some((Emphasis::Text, _)) | None => 0,
                };
                let whole = paragraph.text();
                let heading = match paragraph.runs.first() {
                    Some((_, heading)) if level > 0 => heading.clone(),
                    _ => String::new(),
                };
                let mut quoted = paragraph.quotes.iter();
                Set {
                    level,
                    text: whole.get(heading.len()..).unwrap_or_default().to_owned(),
                    heading,
                    open: quoted
                        .any(|(_, id)| !inputs(&report.form, *id).is_disjoint(open_figures)),
                }
            });
            (key, paragraphs.collect())
        })
        .collect()
}

/// The figures that have to be typed for a figure to be known: itself, or those that it is the sum of.
fn inputs(form: &Form, id: FigureId) -> BTreeSet<FigureId> {
    match form.definitions.iter().find(|it| it.figure == id) {
        Some(sum) => sum
            .expr
            .operands()
            .flat_map(|(operand, _)| inputs(form, operand))
            .collect(),
        None => BTreeSet::from([id]),
    }
}

/// Every key that may be typed, in the order of the form: particulars, texts, figures with their units and
/// notes.
pub(super) fn all_keys(form: &Form) -> Vec<String> {
    let particulars = PARTICULARS.iter().map(|it| it.key.to_owned());
    let texts = form.texts.iter().map(|name| format!("text.{name}"));
    let inputs = form.figures.iter().filter(|spec| !spec.derived);
    let figures = inputs.flat_map(|spec| {
        let key = &spec.key;
        [key.clone(), format!("{key}.unit"), format!("{key}.note")]
    });
    particulars
        .chain(["text.opening".to_owned()])
        .chain(texts)
        .chain(figures)
        .collect()
}

/// Whether there is no report without a key.
fn is_needed(form: &Form, key: &str) -> bool {
    let particular = PARTICULARS.iter().find(|it| it.key == key);
    match (particular, key.strip_prefix("text.")) {
        (Some(particular), _) => particular.needed,
        (None, Some(name)) => form.texts.iter().any(|text| text == name),
        (None, None) => form.figure(key).is_some(),
    }
}
