//! Figures that can hardly be meant: 元 in a cell of 万元, and nothing at all.

use rust_decimal::Decimal;

use super::scripts;
use crate::form::{self, FigureId, Kind};
use crate::report::{Report, Scope};
use crate::text::{Code, Finding, Message};

/// The most 万元 that a body or a region is believed to charge in a year, where nothing is known of it.
const MOST: i64 = 10_000_000;
/// Longest section one that says nothing, in characters: 无。
const NOTHING: usize = 4;

/// Every such doubt.
pub(super) fn check(report: &Report) -> Vec<Finding> {
    let mut findings = too_much(report);
    findings.extend(nothing(report));
    findings
}

/// Sums of money in the form's unit that can only be in 元.
fn too_much(report: &Report) -> Vec<Finding> {
    let name: String = report.organ.text.chars().map(scripts::simplify).collect();
    let most = match report.scope {
        Scope::Own => form::body(&name).and_then(|body| body.most),
        Scope::Region => None,
    };
    let most = Decimal::from(most.unwrap_or(MOST));
    let figures = report.form.figures.iter().zip(&report.figures);
    let figures = figures.enumerate().filter(|(_, (spec, figure))| {
        spec.kind == Kind::Money && figure.unit.is_none() && figure.value > most
    });
    let doubts = figures.filter_map(|(index, (spec, figure))| {
        let id = FigureId(index);
        let given = figure.given.as_ref()?;
        let unit = report.form.figure_unit(id, report.script)?;
        let name = report.form.figure_label(id, report.script);
        let value = figure.value.normalize();
        Some(
            Finding::new(
                Code::MoneyUnit,
                Message::new(
                    format!("{}：{value} {unit}，多半是把元填进了{unit}的格子", name.zh),
                    format!("{}: {value} {unit} is probably in 元", name.en),
                ),
            )
            .at(given.place.clone())
            .key(&spec.key)
            .remedy(Message::new(
                format!("按{unit}写；单位不是{unit}的，写成 {{ value = {value}, unit = \"元\" }}"),
                format!("give it in {unit}, or write {{ value = {value}, unit = \"元\" }}"),
            )),
        )
    });
    doubts.collect()
}

/// A report without a figure and without a word.
fn nothing(report: &Report) -> Option<Finding> {
    let all_zero = report.figures.iter().all(|figure| figure.value.is_zero());
    let text = report.texts.first()?;
    let length: usize = text
        .lines
        .iter()
        .map(|line| line.worded.text.chars().count())
        .sum();
    let line = text.lines.first()?;
    (all_zero && length <= NOTHING).then(|| {
        Finding::new(
            Code::BlankReport,
            Message::new(
                "所有的数都是 0，第一部分也没有内容，像是还没有填",
                "all figures are 0 and section one says nothing: it looks as if it had not been filled in",
            ),
        )
        .at(line.worded.place.clone())
        .remedy(Message::new(
            "填上数和文字；确实都是 0 的，在第一部分写明情况",
            "fill in figures and texts; where all are really 0 say so in section one",
        ))
    })
}
