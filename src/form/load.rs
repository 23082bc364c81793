//! Form file to form: cells placed on their grids, keys numbered, rules resolved.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use toml::Spanned;

use super::file::{
    CellFile, FormFile, KindFile, LabelsFile, MentionFile, RuleFile, SectionFile, TableFile,
};
use super::formula::{self, Expr, Template};
use super::grid::{Grid, MAX_SQUARES, Misfit};
use super::model::{
    Cell, Content, Definition, FigureId, FigureSpec, Form, Kind, LabelAlign, Mention, Opening,
    Organs, Role, Rule, RuleInstance, Section, SectionBody, Table, TableId, TextId,
};
use super::wording::Wording;
use crate::finding::{Code, Finding, Message, Severity};
use crate::source::{Place, Source, Span};

/// Reads a form file.
///
/// # Errors
/// Every fault that was found, with its place in the form file.
pub fn load(source: &Arc<Source>) -> Result<Form, Vec<Finding>> {
    let file: FormFile = toml::from_str(source.text()).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let message = Message::new(
            format!("格式文件不能读：{}", error.message()),
            format!("the form file can't be read: {}", error.message()),
        );
        vec![Finding::new(Code::FormFile, message).at(Place::new(source, span))]
    })?;
    let mut loader = Loader {
        source,
        findings: Vec::new(),
        figures: Vec::new(),
        by_key: HashMap::new(),
    };
    let form = loader.form(file);
    if loader.findings.is_empty() {
        Ok(form)
    } else {
        Err(loader.findings)
    }
}

struct Loader<'a> {
    source: &'a Arc<Source>,
    findings: Vec<Finding>,
    figures: Vec<FigureSpec>,
    by_key: HashMap<String, FigureId>,
}

impl Loader<'_> {
    fn fault(&mut self, span: Span, zh: impl Into<String>, en: impl Into<String>) {
        self.findings.push(
            Finding::new(Code::FormFile, Message::new(zh, en)).at(Place::new(self.source, span)),
        );
    }

    fn form(&mut self, file: FormFile) -> Form {
        let years = self.years(&file.years);
        let mut tables: Vec<Table> = Vec::new();
        for (index, table) in file.table.iter().enumerate() {
            if tables.iter().any(|t| t.id == table.get_ref().id) {
                let id = &table.get_ref().id;
                self.fault(
                    table.span(),
                    format!("表 {id} 写了两次"),
                    format!("table {id} is given twice"),
                );
            }
            tables.push(self.table(TableId(index), table));
        }
        let mut texts = Vec::new();
        let sections = file
            .section
            .iter()
            .filter_map(|section| self.section(section, &tables, &mut texts))
            .collect();
        let mut defined = HashSet::new();
        let rules = file
            .rule
            .iter()
            .filter_map(|rule| self.rule(rule, &mut defined))
            .collect::<Vec<_>>();
        let definitions = self.definitions(&rules, &file.rule);
        let mentions = file
            .mention
            .into_iter()
            .filter_map(|mention| self.mention(mention, &texts))
            .collect();
        Form {
            id: file.id,
            issued_by: file.issued_by,
            years,
            title: file.title,
            opening: Opening {
                paragraph: file.opening,
                contact: file.contact,
                parts: [
                    file.contact_parts.address,
                    file.contact_parts.postcode,
                    file.contact_parts.phone,
                    file.contact_parts.email,
                ],
            },
            sections,
            texts,
            tables,
            figures: std::mem::take(&mut self.figures),
            rules,
            mentions,
            definitions,
            by_key: std::mem::take(&mut self.by_key),
        }
    }

    fn years(&mut self, years: &Spanned<Vec<i32>>) -> (i32, Option<i32>) {
        match years.get_ref().as_slice() {
            [first] => (*first, None),
            [first, last] if first <= last => (*first, Some(*last)),
            _ => {
                self.fault(
                    years.span(),
                    "years 写成 [起始年] 或 [起始年, 终止年]",
                    "years is [first] or [first, last]",
                );
                (0, None)
            }
        }
    }

    fn section(
        &mut self,
        section: &Spanned<SectionFile>,
        tables: &[Table],
        texts: &mut Vec<String>,
    ) -> Option<Section> {
        let file = section.get_ref();
        let body = match (&file.text, &file.table) {
            (Some(text), None) => {
                texts.push(text.clone());
                SectionBody::Text(TextId(texts.len() - 1))
            }
            (None, Some(table)) => {
                let Some(index) = tables.iter().position(|t| t.id == *table.get_ref()) else {
                    self.fault(
                        table.span(),
                        format!("没有名为 {} 的表", table.get_ref()),
                        format!("there is no table {}", table.get_ref()),
                    );
                    return None;
                };
                SectionBody::Table(TableId(index))
            }
            _ => {
                self.fault(
                    section.span(),
                    "每一节要有 text 或 table，只能有一个",
                    "a section has either a text or a table",
                );
                return None;
            }
        };
        Some(Section {
            heading: file.heading.clone(),
            body,
        })
    }

    fn table(&mut self, id: TableId, table: &Spanned<TableFile>) -> Table {
        let file = table.get_ref();
        let rows = file.rows.len();
        let mut resolved = Table {
            id: file.id.clone(),
            sheet: file.sheet.clone(),
            columns: file.columns,
            rows,
            header_rows: file.header_rows,
            labels: match file.labels {
                LabelsFile::Center => LabelAlign::Center,
                LabelsFile::Left => LabelAlign::Left,
            },
            series: file.series.clone(),
            cells: Vec::new(),
        };
        let squares = rows.checked_mul(file.columns);
        if file.columns == 0 || rows == 0 || squares.is_none_or(|n| n > MAX_SQUARES) {
            self.fault(
                table.span(),
                "表没有行或列，或者太大",
                "the table has no rows or columns, or too many",
            );
            return resolved;
        }
        if file.header_rows >= rows {
            self.fault(
                table.span(),
                "表头占满了整张表",
                "the heading takes up the whole table",
            );
            resolved.header_rows = 0;
        }
        let mut grid = Grid::new(rows, file.columns);
        for (row, cells) in file.rows.iter().enumerate() {
            for cell in cells.get_ref() {
                self.cell(id, file, row, cell, &mut grid, &mut resolved.cells);
            }
        }
        for (row, cells) in file.rows.iter().enumerate() {
            if let Some(column) = grid.gap(row) {
                self.fault(
                    cells.span(),
                    format!("第 {} 行第 {} 列没有单元格", row + 1, column + 1),
                    format!("no cell covers row {}, column {}", row + 1, column + 1),
                );
            }
        }
        resolved
    }

    fn cell(
        &mut self,
        table: TableId,
        file: &TableFile,
        row: usize,
        cell: &Spanned<CellFile>,
        grid: &mut Grid,
        cells: &mut Vec<Cell>,
    ) {
        let spec = cell.get_ref();
        let wordings: Vec<(Role, &Wording)> = [
            (Role::Band, &spec.band),
            (Role::Head, &spec.head),
            (Role::Label, &spec.label),
            (Role::Note, &spec.note),
        ]
        .into_iter()
        .filter_map(|(role, wording)| wording.as_ref().map(|w| (role, w)))
        .collect();
        let mut contents: Vec<(Option<String>, Option<Content>)> = Vec::new();
        match (wordings.as_slice(), &spec.figure, &spec.figures) {
            ([(role, wording)], None, None) => {
                contents.push((None, Some(Content::Wording(*role, (*wording).clone()))));
            }
            ([], Some(key), None) => contents.push((Some(format!("{}.{key}", file.id)), None)),
            ([], None, Some(row_key)) => {
                let Some(series) = &file.series else {
                    self.fault(
                        cell.span(),
                        "figures 要求表有 series",
                        "figures asks for a series in its table",
                    );
                    return;
                };
                for part in series {
                    contents.push((Some(format!("{}.{row_key}.{part}", file.id)), None));
                }
            }
            _ => {
                self.fault(
                    cell.span(),
                    "单元格要写 band、head、label、note、figure、figures 之一",
                    "a cell has one of band, head, label, note, figure and figures",
                );
                return;
            }
        }
        for (key, content) in contents {
            let column = match grid.place(row, spec.rows, spec.columns) {
                Ok(column) => column,
                Err(misfit) => {
                    let (zh, en) = misfit_message(misfit);
                    self.fault(cell.span(), zh, en);
                    return;
                }
            };
            let content = match (key, content) {
                (Some(key), _) => match self.figure(key, spec.kind, table, row, column) {
                    Ok(id) => Content::Figure(id),
                    Err(key) => {
                        self.fault(
                            cell.span(),
                            format!("数据项 {key} 写了两次"),
                            format!("figure {key} is given twice"),
                        );
                        return;
                    }
                },
                (None, Some(content)) => content,
                (None, None) => return,
            };
            cells.push(Cell {
                row,
                column,
                row_span: spec.rows,
                column_span: spec.columns,
                content,
            });
        }
    }

    fn figure(
        &mut self,
        key: String,
        kind: KindFile,
        table: TableId,
        row: usize,
        column: usize,
    ) -> Result<FigureId, String> {
        if self.by_key.contains_key(&key) {
            return Err(key);
        }
        let id = FigureId(self.figures.len());
        self.by_key.insert(key.clone(), id);
        self.figures.push(FigureSpec {
            key,
            kind: match kind {
                KindFile::Count => Kind::Count,
                KindFile::Signed => Kind::Signed,
                KindFile::Amount => Kind::Amount,
                KindFile::Money => Kind::Money,
            },
            table,
            row,
            column,
            derived: false,
        });
        Ok(id)
    }

    fn rule(&mut self, file: &RuleFile, defined: &mut HashSet<FigureId>) -> Option<Rule> {
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
                given.first().map_or(0..0, |(formula, ..)| formula.span()),
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
        let keys: Vec<&str> = self.figures.iter().map(|f| f.key.as_str()).collect();
        let equations = match template.equations(&conditions, &keys) {
            Ok(equations) => equations,
            Err(fault) => {
                self.formula_fault(formula, fault);
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
                        super::Term::Figure {
                            minus: false,
                            previous: false,
                            figure,
                        },
                    ],
                ) => Some(*figure),
                (true, _) => {
                    self.fault(
                        formula.span(),
                        "compute 的左边只能是一个数据项",
                        "the left side of compute is one figure",
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
        Some(Rule {
            code: Arc::from(file.code.as_str()),
            severity: *severity,
            organs: file.organs.as_ref().map(|organs| Organs {
                ends: organs.ends.clone(),
                except_starts: organs.except_starts.clone(),
            }),
            description: Message::new(&file.zh, &file.en),
            remedy: file.remedy.as_ref().map(|[zh, en]| Message::new(zh, en)),
            instances,
        })
    }

    fn mention(&mut self, file: MentionFile, texts: &[String]) -> Option<Mention> {
        let Some(text) = texts.iter().position(|text| text == file.text.get_ref()) else {
            self.fault(
                file.text.span(),
                format!("没有名为 {} 的文字部分", file.text.get_ref()),
                format!("there is no text {}", file.text.get_ref()),
            );
            return None;
        };
        let [zh, en] = file.remedy;
        Some(Mention {
            code: Arc::from(file.code),
            description: Message::new(file.zh, file.en),
            remedy: Message::new(zh, en),
            text: TextId(text),
            any: file.any,
        })
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

    fn formula_fault(&mut self, formula: &Spanned<String>, fault: formula::Fault) {
        // The formula's text starts behind its quotation mark.
        let start = formula.span().start + 1;
        self.fault(
            start + fault.span.start..start + fault.span.end,
            fault.message.zh,
            fault.message.en,
        );
    }

    /// The derived figures, each after those that it is made of; a circle is a fault.
    fn definitions(&mut self, rules: &[Rule], files: &[RuleFile]) -> Vec<Definition> {
        let mut open: Vec<(FigureId, &Expr)> = rules
            .iter()
            .flat_map(|rule| &rule.instances)
            .filter_map(|instance| {
                instance
                    .computes
                    .map(|figure| (figure, &instance.comparison.right))
            })
            .collect();
        let mut waiting: HashSet<FigureId> = open.iter().map(|(figure, _)| *figure).collect();
        for figure in &waiting {
            if let Some(spec) = self.figures.get_mut(figure.0) {
                spec.derived = true;
            }
        }
        let mut sorted = Vec::new();
        while !open.is_empty() {
            let before = sorted.len();
            open.retain(|(figure, expr)| {
                if expr.operands().any(|(part, _)| waiting.contains(&part)) {
                    return true;
                }
                sorted.push(Definition {
                    figure: *figure,
                    expr: (*expr).clone(),
                });
                false
            });
            for definition in sorted.iter().skip(before) {
                waiting.remove(&definition.figure);
            }
            if sorted.len() == before {
                let keys: Vec<&str> = open
                    .iter()
                    .filter_map(|(figure, _)| self.figures.get(figure.0))
                    .map(|spec| spec.key.as_str())
                    .take(3)
                    .collect();
                let keys = keys.join("、");
                let span = files
                    .iter()
                    .find_map(|file| file.compute.as_ref().map(Spanned::span))
                    .unwrap_or(0..0);
                self.fault(
                    span,
                    format!("规则互相循环：{keys}"),
                    format!("rules go round in a circle: {keys}"),
                );
                break;
            }
        }
        sorted
    }
}

fn misfit_message(misfit: Misfit) -> (&'static str, &'static str) {
    match misfit {
        Misfit::RowFull => (
            "这一行已经占满，多了单元格",
            "the row is full: one cell too many",
        ),
        Misfit::TooWide => (
            "单元格超出最右一列",
            "the cell reaches beyond the last column",
        ),
        Misfit::TooTall => ("单元格超出最下一行", "the cell reaches beyond the last row"),
        Misfit::Overlap => ("单元格与另一个重叠", "the cell overlaps another"),
        Misfit::NoSpan => ("rows 和 columns 至少为 1", "rows and columns are 1 or more"),
    }
}
