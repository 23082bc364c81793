//! The rules of a form: formulas turned into equations over its figures.

use std::collections::HashSet;
use std::sync::Arc;

use toml::Spanned;

use super::Loader;
use crate::form::body;
use crate::form::file::{OrgansFile, RuleFile};
use crate::form::formula::{FormulaError, Keys, Relation, Template, Term};
use crate::form::id::FigureId;
use crate::form::model::{Organs, Rule, RuleInstance};
use crate::form::wording::Script;
use crate::text::{Message, Severity, Span};

impl Loader<'_> {
    /// The rule, and where its formula is.
    pub(super) fn rule(
        &mut self,
        rule: &Spanned<RuleFile>,
        keys: &Keys<'_>,
        defined: &mut HashSet<FigureId>,
    ) -> Option<(Rule, Span)> {
        let file = rule.get_ref();
        let formulas = [
            (&file.compute, true, Severity::Error),
            (&file.check, false, Severity::Error),
            (&file.warn, false, Severity::Warning),
        ];
        let given: Vec<_> = formulas
            .iter()
            .filter_map(|(formula, computes, severity)| {
                Some((formula.as_ref()?, *computes, *severity))
            })
            .collect();
        let [(formula, computes, severity)] = given.as_slice() else {
            self.fault(
                given
                    .last()
                    .map_or(rule.span(), |(formula, ..)| formula.span()),
                format!("规则 {} 要写 compute、check、warn 之一", file.code),
                format!("rule {} has one of compute, check and warn", file.code),
            );
            return None;
        };
        let conditions: Vec<Template> = file
            .when
            .iter()
            .map(|condition| self.template(condition))
            .collect::<Option<_>>()?;
        let template = self.template(formula)?;
        if *computes && (!conditions.is_empty() || file.organs.is_some()) {
            self.fault(
                formula.span(),
                "compute 总要计算，不能带 when 或 organs",
                "compute is done for every report: it takes no when and no organs",
            );
            return None;
        }
        let equations = match template.equations(&conditions, keys) {
            Ok(equations) => equations,
            Err(fault) => {
                let condition = fault.condition.and_then(|index| file.when.get(index));
                self.formula_fault(condition.unwrap_or(formula), fault);
                return None;
            }
        };
        let mut instances = Vec::new();
        for equation in equations {
            let target = match (computes, equation.comparison.left.terms.as_slice()) {
                (false, _) => None,
                (
                    true,
                    [
                        Term::Figure {
                            minus: false,
                            previous: false,
                            figure,
                        },
                    ],
                ) if equation.comparison.relation == Relation::Equal => Some(*figure),
                (true, _) => {
                    self.fault(
                        formula.span(),
                        "compute 写成：一个数据项 = 算式",
                        "compute is written as: one figure = a sum",
                    );
                    return None;
                }
            };
            let looks_back = |(_, previous): (FigureId, bool)| previous;
            if *computes && equation.comparison.right.operands().any(looks_back) {
                self.fault(
                    formula.span(),
                    "compute 只能用本年的数据项",
                    "compute takes figures of the same year only",
                );
                return None;
            }
            // A figure that two rules compute is defined by the first and checked by the second.
            let computes = target.filter(|figure| defined.insert(*figure));
            instances.push(RuleInstance {
                computes,
                comparison: equation.comparison,
                conditions: equation.conditions,
            });
        }
        let rule = Rule {
            code: Arc::from(file.code.as_str()),
            severity: *severity,
            organs: match &file.organs {
                Some(organs) => Some(self.organs(organs.get_ref(), organs.span())?),
                None => None,
            },
            description: Message::new(file.zh.text(Script::Hans), &file.en),
            wording: file.zh.clone(),
            remedy: file.remedy.as_ref().map(|[zh, en]| Message::new(zh, en)),
            instances,
        };
        Some((rule, formula.span()))
    }

    fn organs(&mut self, file: &OrgansFile, span: Span) -> Option<Organs> {
        let Some(mut organs) = body::organs(&file.kinds) else {
            let kinds = file.kinds.join("、");
            self.fault(
                span,
                format!("organs 的 kinds 里有不认识的种类：{kinds}"),
                format!("organs has kinds that are not known: {kinds}"),
            );
            return None;
        };
        organs.ends.splice(..0, file.ends.iter().cloned());
        organs
            .except_starts
            .splice(..0, file.except_starts.iter().cloned());
        Some(organs)
    }

    fn template(&mut self, formula: &Spanned<String>) -> Option<Template> {
        match Template::parse(formula.get_ref()) {
            Ok(template) => Some(template),
            Err(fault) => {
                self.formula_fault(formula, fault);
                None
            }
        }
    }

    pub(super) fn formula_fault(&mut self, formula: &Spanned<String>, fault: FormulaError) {
        // Between quotation marks of one kind or another the formula stands as it is; where it
        // is written with escapes the places in it are unknown.
        let whole = formula.span();
        let written = self.source.slice(&whole);
        let span = match written.find(formula.get_ref().as_str()) {
            Some(at) => {
                let start = whole.start + at;
                start + fault.span.start..start + fault.span.end
            }
            None => whole,
        };
        self.fault(span, fault.message.zh, fault.message.en);
    }
}
