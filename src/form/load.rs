//! Form file to form: cells placed on their grids, keys numbered, rules resolved.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use toml::Spanned;

use super::claim::{self, Claim};
use super::file::{
    CellFile, ClaimFile, FormFile, KindFile, LabelsFile, MentionFile, RuleFile, SectionFile,
    TableFile,
};
use super::formula::{self, Expr, Relation, Template};
use super::grid::{Grid, MAX_SQUARES, Misfit};
use super::id::{FigureId, TableId, TextId};
use super::model::{
    Cell, Content, Definition, FigureSpec, Form, Kind, LabelAlign, Mention, Opening, Organs, Role,
    Rule, RuleInstance, Section, SectionBody, Table,
};
use super::wording::{Script, Wording};
use crate::finding::{Code, Finding, Message, Severity};
use crate::source::{Place, Source, Span};

/// Most figures of one form. The built-in ones have 200.
const MAX_FIGURES: usize = 5_000;
/// Most parts of a figure's key, the table's name included.
const MAX_PARTS: usize = 8;
/// Names that mean something else in a data file or in a formula, so no table's.
const RESERVED: [&str; 9] = [
    "form",
    "year",
    "script",
    "scope",
    "organ",
    "contact",
    "signature",
    "text",
    "previous",
];
/// Longest name of a sheet that Excel takes, in characters.
const LONGEST_SHEET: usize = 31;

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
        vec![fault(source, span, message)]
    })?;
    let mut loader = Loader {
        source,
        findings: Vec::new(),
        figures: Vec::new(),
        by_key: HashMap::new(),
        groups: HashSet::new(),
    };
    let form = loader.form(file);
    if loader.findings.is_empty() {
        Ok(form)
    } else {
        Err(loader.findings)
    }
}

fn fault(source: &Arc<Source>, span: Span, message: Message) -> Finding {
    Finding::new(Code::FormFile, message)
        .at(Place::new(source, span))
        .remedy(Message::new(
            "改格式文件里标出的地方；写法见 docs/forms.md",
            "mend the form file at this place; docs/forms.md says how it is written",
        ))
}

struct Loader<'a> {
    source: &'a Arc<Source>,
    findings: Vec<Finding>,
    figures: Vec<FigureSpec>,
    by_key: HashMap<String, FigureId>,
    /// What stands before a dot in the figures' keys.
    groups: HashSet<String>,
}

impl Loader<'_> {
    fn fault(&mut self, span: Span, zh: impl Into<String>, en: impl Into<String>) {
        self.findings
            .push(fault(self.source, span, Message::new(zh, en)));
    }

    fn form(&mut self, file: FormFile) -> Form {
        let years = self.years(&file.years);
        let mut tables: Vec<Table> = Vec::new();
        for (index, table) in file.table.iter().enumerate() {
            self.table_names(table.get_ref(), &tables);
            tables.push(self.table(TableId(index), table));
        }
        let sound = self.findings.is_empty();
        let mut texts = Vec::new();
        let sections = self.sections(&file, &tables, &mut texts);
        let mut defined = HashSet::new();
        // A figure that has no place in its table is no fault of the rules that name it.
        let rules = if sound { file.rule.as_slice() } else { &[] };
        let (rules, places): (Vec<Rule>, Vec<Span>) = rules
            .iter()
            .filter_map(|rule| self.rule(rule, &mut defined))
            .unzip();
        let definitions = self.definitions(&rules, &places);
        let mentions = file
            .mention
            .into_iter()
            .filter_map(|mention| self.mention(mention, &texts))
            .collect();
        let claims = file
            .claim
            .into_iter()
            .filter_map(|claim| self.claim(claim))
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
            claims,
            definitions,
            by_key: std::mem::take(&mut self.by_key),
        }
    }

    fn years(&mut self, years: &Spanned<Vec<i32>>) -> (i32, Option<i32>) {
        let four_digits = |year: &i32| (1000..=9999).contains(year);
        match years.get_ref().as_slice() {
            [first] if four_digits(first) => (*first, None),
            [first, last] if four_digits(first) && four_digits(last) && first <= last => {
                (*first, Some(*last))
            }
            _ => {
                self.fault(
                    years.span(),
                    "years 写成 [起始年] 或 [起始年, 终止年]，年份四位",
                    "years is [first] or [first, last], four digits each",
                );
                (0, None)
            }
        }
    }

    /// The sections; every table has to stand in one of them, so that what is filled in is
    /// printed.
    fn sections(
        &mut self,
        file: &FormFile,
        tables: &[Table],
        texts: &mut Vec<String>,
    ) -> Vec<Section> {
        let faults = self.findings.len();
        let mut sections: Vec<Section> = Vec::new();
        for section in &file.section {
            let Some(found) = self.section(section, tables, texts) else {
                continue;
            };
            if let (SectionBody::Table(_), Some(table)) = (found.body, &section.get_ref().table)
                && sections.iter().any(|other| other.body == found.body)
            {
                self.fault(
                    table.span(),
                    format!("表 {} 已在另一节里", table.get_ref()),
                    format!("table {} stands in another section", table.get_ref()),
                );
            }
            sections.push(found);
        }
        if self.findings.len() > faults {
            return sections;
        }
        for (index, table) in file.table.iter().enumerate() {
            let body = SectionBody::Table(TableId(index));
            if !sections.iter().any(|section| section.body == body) {
                let id = &table.get_ref().id;
                self.fault(
                    id.span(),
                    format!("没有一节写 table = \"{}\"", id.get_ref()),
                    format!("no section has table = \"{}\"", id.get_ref()),
                );
            }
        }
        sections
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
                let name = text.get_ref();
                if !is_name(name) || name == "opening" {
                    self.bad_name(text.span(), name);
                } else if texts.contains(name) {
                    self.fault(
                        text.span(),
                        format!("文字部分 {name} 写了两次"),
                        format!("text {name} is given twice"),
                    );
                }
                texts.push(name.clone());
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

    fn bad_name(&mut self, span: Span, name: &str) {
        self.fault(
            span,
            format!("名称 {name} 不能用：用字母、数字、下划线，且不用保留的名称"),
            format!("name {name} can't be used: letters, digits and _, and no reserved name"),
        );
    }

    /// The table's own name and that of its sheet.
    fn table_names(&mut self, file: &TableFile, before: &[Table]) {
        let id = file.id.get_ref();
        if !is_name(id) || RESERVED.contains(&id.as_str()) {
            self.bad_name(file.id.span(), id);
        } else if before.iter().any(|table| table.id == *id) {
            self.fault(
                file.id.span(),
                format!("表 {id} 写了两次"),
                format!("table {id} is given twice"),
            );
        }
        for script in [Script::Hans, Script::Hant] {
            let sheet = file.sheet.get_ref().text(script);
            let fits = (1..=LONGEST_SHEET).contains(&sheet.chars().count());
            if !fits || sheet.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']) {
                self.fault(
                    file.sheet.span(),
                    format!("工作表名 {sheet} 不能用：1 至 {LONGEST_SHEET} 个字，不含 []:*?/\\'"),
                    format!(
                        "sheet name {sheet} can't be used: 1 to {LONGEST_SHEET} characters, none of []:*?/\\'"
                    ),
                );
                return;
            }
            let same = |table: &Table| table.sheet.text(script).eq_ignore_ascii_case(sheet);
            if before.iter().any(same) {
                self.fault(
                    file.sheet.span(),
                    format!("工作表名 {sheet} 写了两次"),
                    format!("sheet name {sheet} is given twice"),
                );
                return;
            }
        }
    }

    fn table(&mut self, id: TableId, table: &Spanned<TableFile>) -> Table {
        let file = table.get_ref();
        let rows = file.rows.len();
        let mut resolved = Table {
            id: file.id.get_ref().clone(),
            sheet: file.sheet.get_ref().clone(),
            columns: file.columns,
            rows,
            header_rows: file.header_rows,
            labels: match file.labels {
                LabelsFile::Center => LabelAlign::Center,
                LabelsFile::Left => LabelAlign::Left,
            },
            series: file.series.as_ref().map(|series| series.get_ref().clone()),
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
            return resolved;
        }
        if let Some(series) = &file.series {
            let parts = series.get_ref();
            let twice = |(at, part): (usize, &String)| parts.iter().take(at).any(|p| p == part);
            if parts.is_empty()
                || !parts.iter().all(|part| is_name(part))
                || parts.iter().enumerate().any(twice)
            {
                self.fault(
                    series.span(),
                    "series 写一列不重复的名称，用字母、数字、下划线",
                    "series is a list of different names of letters, digits and _",
                );
                return resolved;
            }
        }
        let mut grid = Grid::new(rows, file.columns);
        let mut placed = true;
        for (row, cells) in file.rows.iter().enumerate() {
            for cell in cells.get_ref() {
                placed &= self.cell(id, file, row, cell, &mut grid, &mut resolved.cells);
            }
        }
        if !placed {
            // A cell that has no place leaves gaps that are no faults of their own.
            return resolved;
        }
        let is_figure = |cell: &Cell| matches!(cell.content, Content::Figure(_));
        if !resolved.cells.iter().any(is_figure) {
            self.fault(table.span(), "表里没有数据项", "the table has no figure");
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

    /// Places a cell; false where it has no place or no content.
    fn cell(
        &mut self,
        table: TableId,
        file: &TableFile,
        row: usize,
        cell: &Spanned<CellFile>,
        grid: &mut Grid,
        cells: &mut Vec<Cell>,
    ) -> bool {
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
            ([], Some(key), None) => {
                let series = file.series.as_ref().map(Spanned::get_ref);
                let last = key.rsplit('.').next().unwrap_or(key);
                if series.is_some_and(|series| series.iter().any(|part| part == last)) {
                    self.fault(
                        cell.span(),
                        format!("{last} 在 series 里：整行写 figures"),
                        format!("{last} is in the series: write the whole row as figures"),
                    );
                    return false;
                }
                contents.push((Some(format!("{}.{key}", file.id.get_ref())), None));
            }
            ([], None, Some(row_key)) => {
                let Some(series) = &file.series else {
                    self.fault(
                        cell.span(),
                        "figures 要求表有 series",
                        "figures asks for a series in its table",
                    );
                    return false;
                };
                for part in series.get_ref() {
                    contents.push((
                        Some(format!("{}.{row_key}.{part}", file.id.get_ref())),
                        None,
                    ));
                }
            }
            _ => {
                self.fault(
                    cell.span(),
                    "单元格要写 band、head、label、note、figure、figures 之一",
                    "a cell has one of band, head, label, note, figure and figures",
                );
                return false;
            }
        }
        for (key, content) in contents {
            let column = match grid.place(row, spec.rows, spec.columns) {
                Ok(column) => column,
                Err(misfit) => {
                    let (zh, en) = misfit_message(misfit);
                    self.fault(cell.span(), zh, en);
                    return false;
                }
            };
            let heading = row < file.header_rows;
            if heading && (key.is_some() || row + spec.rows > file.header_rows) {
                self.fault(
                    cell.span(),
                    "表头里不能有数据项，表头的单元格也不能伸到表头以下",
                    "the heading has no figures, and none of its cells reaches below it",
                );
                return false;
            }
            let content = match (key, content) {
                (Some(key), _) => match self.figure(key, spec.kind, table, row, column) {
                    Ok(id) => Content::Figure(id),
                    // The cell has its place all the same.
                    Err(message) => {
                        self.fault(cell.span(), message.zh, message.en);
                        return true;
                    }
                },
                (None, Some(content)) => content,
                (None, None) => return false,
            };
            cells.push(Cell {
                row,
                column,
                row_span: spec.rows,
                column_span: spec.columns,
                content,
            });
        }
        true
    }

    fn figure(
        &mut self,
        key: String,
        kind: KindFile,
        table: TableId,
        row: usize,
        column: usize,
    ) -> Result<FigureId, Message> {
        if self.by_key.contains_key(&key) {
            return Err(Message::new(
                format!("数据项 {key} 写了两次"),
                format!("figure {key} is given twice"),
            ));
        }
        if !key.split('.').all(is_name) || key.split('.').count() > MAX_PARTS {
            return Err(Message::new(
                format!("键 {key} 不能用：用字母、数字、下划线，点隔开，至多 {MAX_PARTS} 段"),
                format!(
                    "key {key} can't be used: parts of letters, digits and _, {MAX_PARTS} at most, dots between"
                ),
            ));
        }
        // In a data file a key holds either a number or more keys.
        let groups: Vec<&str> = key.match_indices('.').map(|(at, _)| &key[..at]).collect();
        let above = groups
            .iter()
            .find(|group| self.by_key.contains_key(**group));
        if let Some(both) = above
            .copied()
            .or(self.groups.contains(&key).then_some(&key))
        {
            return Err(Message::new(
                format!("{both} 既是数据项，又是一组数据项"),
                format!("{both} is both a figure and a group of figures"),
            ));
        }
        if self.figures.len() == MAX_FIGURES {
            return Err(Message::new(
                format!("数据项超过 {MAX_FIGURES} 个"),
                format!("there are more than {MAX_FIGURES} figures"),
            ));
        }
        self.groups.extend(groups.into_iter().map(str::to_owned));
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

    /// The rule, and where its formula is.
    fn rule(
        &mut self,
        rule: &Spanned<RuleFile>,
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
        let keys: Vec<&str> = self.figures.iter().map(|f| f.key.as_str()).collect();
        let equations = match template.equations(&conditions, &keys) {
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
                        super::Term::Figure {
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
            organs: file.organs.as_ref().map(|organs| Organs {
                ends: organs.ends.clone(),
                except_starts: organs.except_starts.clone(),
            }),
            description: Message::new(&file.zh, &file.en),
            remedy: file.remedy.as_ref().map(|[zh, en]| Message::new(zh, en)),
            instances,
        };
        Some((rule, formula.span()))
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

    fn claim(&mut self, file: ClaimFile) -> Option<Claim> {
        let keys: Vec<&str> = self.figures.iter().map(|f| f.key.as_str()).collect();
        match claim::read(file, &keys) {
            Ok(claim) => Some(claim),
            Err(claim::Fault::At(span, message)) => {
                self.fault(span, message.zh, message.en);
                None
            }
            Err(claim::Fault::Formula(formula, fault)) => {
                self.formula_fault(&formula, fault);
                None
            }
        }
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

    /// The derived figures, each after those that it is made of; a circle is a fault. `places`
    /// are those of the rules' formulas.
    fn definitions(&mut self, rules: &[Rule], places: &[Span]) -> Vec<Definition> {
        let mut open: Vec<(FigureId, &Expr, &Span)> = rules
            .iter()
            .zip(places)
            .flat_map(|(rule, place)| rule.instances.iter().map(move |i| (i, place)))
            .filter_map(|(instance, place)| {
                Some((instance.computes?, &instance.comparison.right, place))
            })
            .collect();
        let mut waiting: HashSet<FigureId> = open.iter().map(|(figure, ..)| *figure).collect();
        for figure in &waiting {
            if let Some(spec) = self.figures.get_mut(figure.0) {
                spec.derived = true;
            }
        }
        let mut sorted = Vec::new();
        while !open.is_empty() {
            let before = sorted.len();
            open.retain(|(figure, expr, _)| {
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
                self.circle(&open);
                break;
            }
        }
        sorted
    }

    /// Names a circle among figures each of which is made of another of them.
    fn circle(&mut self, open: &[(FigureId, &Expr, &Span)]) {
        let mut path: Vec<&(FigureId, &Expr, &Span)> = Vec::new();
        let mut next = open.first();
        while let Some(step) = next {
            if let Some(start) = path.iter().position(|(figure, ..)| *figure == step.0) {
                path.drain(..start);
                break;
            }
            path.push(step);
            next = open
                .iter()
                .find(|(figure, ..)| step.1.operands().any(|(part, _)| part == *figure));
        }
        let Some((_, _, place)) = path.first() else {
            return;
        };
        let keys: Vec<&str> = path
            .iter()
            .chain(path.first())
            .filter_map(|(figure, ..)| self.figures.get(figure.0))
            .map(|spec| spec.key.as_str())
            .collect();
        let keys = keys.join(" → ");
        self.fault(
            (*place).clone(),
            format!("规则互相循环：{keys}"),
            format!("rules go round in a circle: {keys}"),
        );
    }
}

/// Whether `text` can be a part of a key: a bare key of TOML that a formula can name.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
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
