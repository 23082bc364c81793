//! Reports go in one at a time; the roll-up comes out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::agreement::{Sound, agreed};
use super::expected::Expected;
use super::member::Member;
use super::model::{Line, Parent, Remark, Rollup, State, Unit};
use super::objection::{Objection, Whereabouts};
use super::sums::{self, Measures};
use crate::check::Checked;
use crate::document::{Table, Title, Value};
use crate::form::{FigureId, Form, Script, TableId};
use crate::report::Scope;
use crate::text::character::same_name;
use crate::text::{Code, Finding};

/// Most figures of a table that a finding names one by one.
const MOST_NAMED: usize = 6;
/// How alike two names must be for one to be taken for the other misspelt, from 0 to 1.
const ALIKE: f64 = 0.6;

/// What is asked of a roll-up.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// Whether a region's figures are added to those of single bodies.
    pub mixed_scope: bool,
    /// Script of the official wording; that of most reports where none is asked for.
    pub script: Option<Script>,
    /// Whose roll-up it is; the parent's where there is one.
    pub organ: Option<String>,
    /// The units that are to report.
    pub expected: Option<Expected>,
}

/// A figure with the parent's own value and the sum.
type Differing = (FigureId, Decimal, Decimal);

/// Takes reports one at a time and keeps what is added of each.
#[derive(Debug, Default)]
pub struct Collector {
    files: Vec<File>,
}

/// What is kept of a file.
#[derive(Debug)]
pub struct File {
    name: String,
    organ: Option<String>,
    member: Option<Member>,
    remarks: Vec<Remark>,
}

impl File {
    /// What became of the file `name`: its report where that is sound, otherwise the name of its
    /// body as far as it can be made out.
    pub fn of(
        name: String,
        report: Result<&Checked, Option<String>>,
        findings: &[Finding],
    ) -> Self {
        let (organ, member) = match report {
            Ok(report) => {
                let organ = report.organ.text.clone();
                (Some(organ), Some(Member::of(report)))
            }
            Err(organ) => (organ, None),
        };
        Self {
            name,
            organ,
            member,
            remarks: findings.iter().map(Remark::of).collect(),
        }
    }
}

impl Collector {
    /// Takes the next file.
    pub fn add(&mut self, file: File) {
        self.files.push(file);
    }

    /// Adds up what agrees. `parent` is the report that the sums are compared with. Out come the
    /// sums, where anything could be added and no sum is too large, and what is wrong between the
    /// reports, in the order of the files.
    pub fn finish(
        self,
        terms: &Terms,
        parent: Option<&Member>,
    ) -> (Option<Rollup>, Vec<Objection>) {
        let mut objections = Vec::new();
        let sound: Vec<Sound<'_>> = self
            .files
            .iter()
            .enumerate()
            .filter_map(|(number, file)| Some((number, file.name.as_str(), file.member.as_ref()?)))
            .collect();
        let agreed = agreed(sound, parent, terms.mixed_scope, &mut objections);
        let Some((_, _, first)) = agreed.first().copied() else {
            sort(&mut objections);
            return (None, objections);
        };
        let script = terms.script.unwrap_or_else(|| script(&agreed));
        let (form, year) = (Arc::clone(&first.form), first.year);
        let scope = if agreed
            .iter()
            .all(|(_, _, member)| member.scope == first.scope)
        {
            first.scope
        } else {
            Scope::Region
        };
        let (units, measures) = sums::units(&form, script, agreed, &mut objections);
        let sums = sums::sums(&form, script, &units, &mut objections);
        let parent = parent.map(|parent| beside(&form, script, parent, &measures));
        if let (Some(parent), Some(sums)) = (&parent, &sums) {
            objections.extend(differences(&form, script, parent, sums));
        }
        let missing = self.expectations(terms.expected.as_ref(), &units, &mut objections);
        sort(&mut objections);
        let organ = parent.as_ref().map(|parent| parent.organ.clone());
        let rollup = sums.filter(|_| !units.is_empty()).map(|sums| Rollup {
            year,
            script,
            scope,
            title: Title {
                organ: terms.organ.clone().or(organ).unwrap_or_default(),
                subject: subject(&form, year, script),
            },
            tables: tables(&form, script, &sums, &measures),
            lines: self.lines(&units, missing, &objections),
            units: units.into_iter().map(|(_, unit)| unit).collect(),
            parent,
            form,
        });
        (rollup, together(objections))
    }

    /// Compares the units with those that were expected; out come those that have no file.
    fn expectations(
        &self,
        expected: Option<&Expected>,
        units: &[(usize, Unit)],
        objections: &mut Vec<Objection>,
    ) -> Vec<String> {
        let Some(expected) = expected else {
            return Vec::new();
        };
        let code = |file: &File| file.member.as_ref()?.code.clone();
        let known: BTreeSet<String> = self
            .files
            .iter()
            .flat_map(|file| file.organ.clone().into_iter().chain(code(file)))
            .map(|name| same_name(&name))
            .collect();
        let missing: Vec<_> = expected
            .units()
            .filter(|unit| !unit.is_in(&known))
            .collect();
        let unexpected: Vec<&(usize, Unit)> = units
            .iter()
            .filter(|(_, unit)| !expected.has(&unit.organ, unit.code.as_deref()))
            .collect();
        for unit in &missing {
            let near = nearest(
                &unit.name,
                unexpected.iter().map(|(_, unit)| unit.organ.as_str()),
            );
            objections.push(Objection::missing(&unit.name, &unit.place, near));
        }
        for (number, unit) in unexpected {
            let near = nearest(&unit.organ, missing.iter().map(|unit| unit.name.as_str()));
            objections.push(Objection::unexpected(*number, &unit.organ, near));
        }
        missing.iter().map(|unit| unit.name.clone()).collect()
    }

    fn lines(
        self,
        units: &[(usize, Unit)],
        missing: Vec<String>,
        objections: &[Objection],
    ) -> Vec<Line> {
        let added: BTreeSet<usize> = units.iter().map(|(number, _)| *number).collect();
        let mut between: BTreeMap<usize, Vec<Remark>> = BTreeMap::new();
        for objection in objections {
            if let Whereabouts::File(number) = objection.whereabouts {
                let remark = Remark::of(&objection.finding);
                between.entry(number).or_default().push(remark);
            }
        }
        let files = self.files.into_iter().enumerate().map(|(number, file)| {
            let mut remarks = file.remarks;
            remarks.extend(between.remove(&number).unwrap_or_default());
            Line {
                organ: file.organ,
                file: Some(file.name),
                state: match added.contains(&number) {
                    true => State::Added,
                    false => State::LeftOut,
                },
                remarks,
            }
        });
        let missing = missing.into_iter().map(|name| Line {
            organ: Some(name),
            file: None,
            state: State::Missing,
            remarks: Vec::new(),
        });
        files.chain(missing).collect()
    }
}

/// The same, with one objection for all units that nobody expected: a list of other names would have
/// one for each of them.
fn together(objections: Vec<Objection>) -> Vec<Objection> {
    let (unexpected, mut others): (Vec<_>, Vec<_>) = objections
        .into_iter()
        .partition(|objection| objection.finding.code == Code::UnitUnexpected);
    match Objection::all_unexpected(&unexpected) {
        Some(all) => others.push(all),
        None => others.extend(unexpected),
    }
    sort(&mut others);
    others
}

/// In the order of the files; those that belong to none come last.
fn sort(objections: &mut [Objection]) {
    objections.sort_by_key(|objection| match objection.whereabouts {
        Whereabouts::File(number) => (0, number),
        Whereabouts::Nowhere => (1, 0),
        Whereabouts::Parent => (2, 0),
    });
}

/// The script of most reports; of as many of each, the simplified one.
fn script(members: &[Sound<'_>]) -> Script {
    let traditional = members
        .iter()
        .filter(|(_, _, member)| member.script == Script::Hant);
    if traditional.count() * 2 > members.len() {
        Script::Hant
    } else {
        Script::Hans
    }
}

/// `2024年政府信息公开工作年度报告数据汇总`.
fn subject(form: &Form, year: i32, script: Script) -> String {
    let report = form.title.text(script).replace("{year}", &year.to_string());
    format!("{report}{}", script.of(["数据汇总", "數據匯總"]))
}

/// The official tables with the sums in them.
fn tables(form: &Arc<Form>, script: Script, sums: &[Decimal], measures: &Measures) -> Vec<Table> {
    let values = (0..).map(FigureId).zip(sums).map(|(id, sum)| Value {
        number: *sum,
        unit: measures.get(&id).cloned(),
    });
    let values: Arc<[Value]> = values.collect();
    let table = |number| Table {
        form: Arc::clone(form),
        number: TableId(number),
        script,
        values: Some(Arc::clone(&values)),
        notes: Vec::new(),
    };
    (0..form.tables.len()).map(table).collect()
}

/// The parent's figures in the units of the sums.
fn beside(form: &Form, script: Script, parent: &Member, measures: &Measures) -> Parent {
    let figures = (0..form.figures.len()).map(FigureId);
    Parent {
        organ: parent.organ.clone(),
        values: figures
            .map(|id| sums::one(form, script, parent, measures, id))
            .collect(),
    }
}

/// An objection for each table in which the parent's own figures are not the sums. Derived ones
/// differ where those that they are made of do.
fn differences(form: &Form, script: Script, parent: &Parent, sums: &[Decimal]) -> Vec<Objection> {
    // Of each table how many, and the first of them with both values.
    let mut tables: BTreeMap<TableId, (usize, Vec<Differing>)> = BTreeMap::new();
    for (id, (own, sum)) in (0..).map(FigureId).zip(parent.values.iter().zip(sums)) {
        let spec = form.spec(id);
        let Some(own) = own.filter(|own| !spec.derived && own != sum) else {
            continue;
        };
        let (count, named) = tables.entry(spec.table).or_default();
        *count += 1;
        if named.len() < MOST_NAMED {
            named.push((id, own, *sum));
        }
    }
    tables
        .values()
        .filter_map(|(count, named)| Objection::differs((form, script), *count, named))
        .collect()
}

/// The name that is most like another, where one is.
fn nearest<'a>(name: &str, others: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let alike = others.map(|other| (strsim::normalized_levenshtein(name, other), other));
    alike
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, other)| other)
}
