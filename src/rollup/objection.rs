//! What can be wrong between reports each of which is sound.

use rust_decimal::Decimal;

use crate::form::{FigureId, Form, Script};
use crate::report::Scope;
use crate::text::{Code, Finding, Message, Place, Related};

/// How many characters of a message units are named in.
const ROOM: usize = 520;

/// A finding, and where its place is to be looked for: sources are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Where it belongs.
    pub whereabouts: Whereabouts,
    /// The finding; without a place unless it belongs nowhere else.
    pub finding: Finding,
}

/// Where a finding belongs: to the value that its key names, in one of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// A file, by its number in the order in which they were added, from 0.
    File(usize),
    /// The parent's own report.
    Parent,
    /// Nowhere else than where the finding says.
    Nowhere,
}

impl Objection {
    fn of(number: usize, finding: Finding) -> Self {
        Self {
            whereabouts: Whereabouts::File(number),
            finding,
        }
    }

    fn nowhere(finding: Finding) -> Self {
        Self {
            whereabouts: Whereabouts::Nowhere,
            finding,
        }
    }

    /// File `number` reports on another year than the rest.
    pub(super) fn year(number: usize, found: i32, year: i32) -> Self {
        let finding = Finding::new(
            Code::OtherForm,
            Message::new(
                format!("这份报告是 {found} 年的，别的报告是 {year} 年的，没有汇总"),
                format!("this reports on {found}, the others on {year}: left out"),
            ),
        );
        Self::of(
            number,
            finding
                .key("year")
                .expected(year, found)
                .remedy(Message::new(
                    format!("换成 {year} 年的报告；或把 {found} 年的另外汇总"),
                    format!("put the report on {year} in its place, or roll up {found} apart"),
                )),
        )
    }

    /// File `number` follows another form than the rest.
    pub(super) fn form(number: usize, found: &str, form: &str) -> Self {
        let finding = Finding::new(
            Code::OtherForm,
            Message::new(
                format!("这份报告用 {found} 格式，别的报告用 {form} 格式，没有汇总"),
                format!("this follows the form {found}, the others {form}: left out"),
            ),
        );
        Self::of(
            number,
            finding
                .key("form")
                .expected(form, found)
                .remedy(Message::new(
                    format!("改用 {form} 格式；或另外汇总"),
                    format!("use the form {form}, or roll it up apart"),
                )),
        )
    }

    /// File `number` holds a whole region's figures, the rest their own.
    pub(super) fn scope(number: usize) -> Self {
        let finding = Finding::new(
            Code::MixedScope,
            Message::new(
                "这份报告是本行政区域汇总数（scope = \"region\"），别的报告是本机关数，加在一起会重复，没有汇总",
                "this holds a whole region's figures (scope = \"region\"), the others their own: \
                 left out, since some would count twice",
            ),
        );
        Self::of(
            number,
            finding
                .key("scope")
                .expected(Scope::Own.as_str(), Scope::Region.as_str())
                .remedy(Message::new(
                    "要与汇总数比较，用 --report；确实没有重复，加 --mixed-scope",
                    "compare it with the sums by --report; where nothing counts twice, add \
                     --mixed-scope",
                )),
        )
    }

    /// File `number` is the report of a unit whose report is in the sums already.
    pub(super) fn twice(number: usize, organ: &str, first: &str) -> Self {
        let finding = Finding::new(
            Code::UnitTwice,
            Message::new(
                format!("“{organ}”有两份报告，先读到的是 {first}，这一份没有汇总"),
                format!("two reports of \"{organ}\": {first} came first, this one is left out"),
            ),
        );
        Self::of(
            number,
            finding.key("organ.name").remedy(Message::new(
                "只留一份；是两个单位的，把 organ.name 写成全称",
                "keep one of them; of two different units write the full names in organ.name",
            )),
        )
    }

    /// A figure of file `number` has a unit that can't be brought into that of the sum.
    pub(super) fn measure(
        number: usize,
        (form, id, script): (&Form, FigureId, Script),
        found: Option<&str>,
        common: Option<&str>,
    ) -> Self {
        let title = form.figure_title(id, script);
        let common_or = |none: &str| common.unwrap_or(none).to_owned();
        let (zh, en) = match found {
            Some(found) => (format!("的单位是“{found}”"), format!("is in \"{found}\"")),
            None => ("没有写单位".to_owned(), "has no unit".to_owned()),
        };
        let finding = Finding::new(
            Code::MixedMeasure,
            Message::new(
                format!(
                    "{}{zh}，别的报告是“{}”，加不到一起，这份报告没有汇总",
                    title.zh,
                    common_or("没有单位")
                ),
                format!(
                    "{} {en}, the others are in \"{}\": they can't be added, this report is left \
                     out",
                    title.en,
                    common_or("no unit")
                ),
            ),
        );
        let example = common.unwrap_or("元");
        Self::of(
            number,
            finding
                .key(&form.spec(id).key)
                .expected(common.unwrap_or_default(), found.unwrap_or_default())
                .remedy(Message::new(
                    format!("写明单位：{{ value = 数, unit = \"{example}\" }}；元、万元、亿元之间程序会换算"),
                    format!(
                        "say the unit: {{ value = …, unit = \"{example}\" }}; 元, 万元 and 亿元 \
                         are converted into each other"
                    ),
                )),
        )
    }

    /// A sum is larger than a figure may be.
    pub(super) fn too_large(
        (form, id, script): (&Form, FigureId, Script),
        sum: Option<Decimal>,
        (organ, largest): (&str, Decimal),
        most: i64,
    ) -> Self {
        let title = form.figure_title(id, script);
        let sum = sum.map_or_else(|| "…".to_owned(), |sum| sum.to_string());
        let finding = Finding::new(
            Code::SumTooLarge,
            Message::new(
                format!("{}各单位之和 {sum} 超过 {most}，汇总没有写出", title.zh),
                format!(
                    "{}: the sum {sum} is above {most}, nothing is written",
                    title.en
                ),
            ),
        );
        Self::nowhere(
            finding
                .key(&form.spec(id).key)
                .expected(format!("≤ {most}"), sum)
                .remedy(Message::new(
                    format!("其中最大的是“{organ}”的 {largest}，请核对是否填错"),
                    format!("the largest of them is {largest} of \"{organ}\": check it"),
                )),
        )
    }

    /// A unit that was expected has no report; `near` is one that no one expected.
    pub(super) fn missing(name: &str, place: &Place, near: Option<&str>) -> Self {
        let finding = Finding::new(
            Code::UnitMissing,
            Message::new(
                format!("应报的“{name}”没有报告"),
                format!("no report of \"{name}\", which was expected"),
            ),
        )
        .at(place.clone());
        Self::nowhere(finding.remedy(match near {
            Some(near) => Message::new(
                format!("是不是“{near}”？名称要一字不差；否则请催报"),
                format!("is it \"{near}\"? names must agree to the letter"),
            ),
            None => Message::new(
                "请催报；不用报的，从应报单位名单里删去",
                "ask for it; where none is due, take it from the list",
            ),
        }))
    }

    /// A unit that no one expected has a report: file `number`. It is added all the same.
    pub(super) fn unexpected(number: usize, organ: &str, near: Option<&str>) -> Self {
        let mut finding = Finding::new(
            Code::UnitUnexpected,
            Message::new(
                format!("应报单位名单里没有“{organ}”，已经汇总"),
                format!("\"{organ}\" is not on the list of those expected; it is added"),
            ),
        );
        finding.found = Some(organ.to_owned());
        Self::of(
            number,
            finding.key("organ.name").remedy(match near {
                Some(near) => Message::new(
                    format!("是不是“{near}”？名称要一字不差"),
                    format!("is it \"{near}\"? names must agree to the letter"),
                ),
                None => Message::new(
                    "该汇总的，加到名单里；不该汇总的，移走这份报告",
                    "put it on the list, or take the report away",
                ),
            }),
        )
    }

    /// One objection for several units that no one expected, each of which has one; none where they
    /// aren't several. Which unit may be meant is said where that one is missing.
    pub(super) fn all_unexpected(each: &[Self]) -> Option<Self> {
        if each.len() < 2 {
            return None;
        }
        let count = each.len();
        let mut room = ROOM;
        let named: Vec<&str> = each
            .iter()
            .filter_map(|objection| objection.finding.found.as_deref())
            .take_while(|organ| {
                let length = organ.chars().count() + 3;
                let fits = length <= room;
                room = room.saturating_sub(length);
                fits
            })
            .collect();
        let (etc, more) = match count > named.len() {
            true => (" 等", ", …"),
            false => ("", ""),
        };
        let zh: Vec<String> = named.iter().map(|organ| format!("“{organ}”")).collect();
        let en: Vec<String> = named.iter().map(|organ| format!("\"{organ}\"")).collect();
        let finding = Finding::new(
            Code::UnitUnexpected,
            Message::new(
                format!(
                    "有 {count} 个单位不在应报单位名单里，已经汇总：{}{etc}",
                    zh.concat()
                ),
                format!(
                    "{count} units are not on the list of those expected; they are added: {}{more}",
                    en.join(", ")
                ),
            ),
        )
        .key("organ.name");
        Some(Self::nowhere(finding.remedy(Message::new(
            "该汇总的，加到名单里；不该汇总的，移走它的报告；哪个文件，见工作簿的“核对”",
            "put them on the list, or take their reports away; the sheet 核对 names the files",
        ))))
    }

    /// Figures of one table of the parent's own report are not the sums; `named` are the first of
    /// `count`, each with the parent's value and the sum.
    pub(super) fn differs(
        (form, script): (&Form, Script),
        count: usize,
        named: &[(FigureId, Decimal, Decimal)],
    ) -> Option<Self> {
        let (first, own, sum) = *named.first()?;
        let spec = form.spec(first);
        let table = form.table_name(spec.table, script);
        let label = form.figure_label(first, script);
        let finding = Finding::new(
            Code::ParentDiffers,
            Message::new(
                format!(
                    "{table}：本级报告有 {count} 个数不等于各单位之和，第一个是{}：本级 {own}，各单位之和 {sum}",
                    label.zh
                ),
                format!(
                    "{table}: {count} of the parent's own figures are not the sums of the units', \
                     first {}: its own {own}, the sum {sum}",
                    label.en
                ),
            ),
        );
        let finding = finding
            .key(&spec.key)
            .expected(sum, own)
            .remedy(Message::new(
                "工作簿的“本级对比”逐格列出；本级自己的数没有算在各单位里的，也会相差",
                "the workbook lists every cell in 本级对比; figures of the parent's own office that \
                 no unit reports make a difference too",
            ));
        let finding = named
            .iter()
            .skip(1)
            .fold(finding, |finding, (id, own, sum)| {
                let label = form.figure_label(*id, script);
                finding.related(Related {
                    message: Message::new(
                        format!("{}：本级 {own}，各单位之和 {sum}", label.zh),
                        format!("{}: its own {own}, the sum {sum}", label.en),
                    ),
                    place: None,
                    key: Some(form.spec(*id).key.clone()),
                })
            });
        Some(Self {
            whereabouts: Whereabouts::Parent,
            finding,
        })
    }
}
