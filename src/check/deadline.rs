//! The days between which a report is signed, and the years that it can be about.

use super::scripts;
use crate::data::date::chinese;
use crate::form;
use crate::report::{Date, Report, Scope};
use crate::text::{Code, Finding, Message};

/// The day on which a report is due of a body that nothing is known of: a department's.
const DUE: (u8, u8) = (1, 31);
/// The same of a region's report, which a government publishes.
const REGION_DUE: (u8, u8) = (3, 31);

/// A warning where the report is signed before the year is over, which is mostly a slip of January,
/// or after the day it is due.
pub(super) fn check(report: &Report) -> Option<Finding> {
    let (date, place) = report.particulars.date()?;
    let name: String = report.organ.text.chars().map(scripts::simplify).collect();
    let body = form::body(&name);
    let (month, day) = match (report.scope, body) {
        (Scope::Region, None) => REGION_DUE,
        (Scope::Region, Some(body)) if !matches!(body.kind.as_str(), "town" | "street") => {
            REGION_DUE
        }
        (_, body) => body.map_or(DUE, |body| body.due),
    };
    let (who_zh, who_en) = if (month, day) == DUE {
        (
            "政府部门和乡镇、街道",
            "a department, town or street office",
        )
    } else {
        ("县级以上人民政府", "a government")
    };
    let due = Date::new(
        i16::try_from(report.year + 1).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()?;
    let message = if i32::from(date.year()) <= report.year {
        Message::new(
            format!("落款日期 {} 在 {} 年结束之前", chinese(date), report.year),
            format!("signed on {date}, before the year {} is over", report.year),
        )
    } else if date > due {
        Message::new(
            format!(
                "落款日期 {} 晚于 {}（{who_zh}的公布期限）",
                chinese(date),
                chinese(due)
            ),
            format!("signed on {date}, after {due}, when the report of {who_en} is due"),
        )
    } else {
        return None;
    };
    Some(
        Finding::new(Code::Deadline, message)
            .at(place.clone())
            .key("signature.date")
            .expected(due, date)
            .remedy(Message::new(
                "请核对落款的年份和日期，以及报告年度 year",
                "check the day and the year that it is signed in, and the year reported on",
            )),
    )
}

/// A warning where the report is about a year that has not come: the program reads the clock, this
/// doesn't.
pub fn future(report: &Report, this_year: i32) -> Option<Finding> {
    (report.year > this_year).then(|| {
        Finding::new(
            Code::FutureYear,
            Message::new(
                format!("报告年度是 {}，现在是 {this_year} 年", report.year),
                format!("the report is about {}, and it is {this_year}", report.year),
            ),
        )
        .at(report.year_place.clone())
        .key("year")
        .expected(this_year - 1, report.year)
        .remedy(Message::new(
            format!("年度报告写的是上一年，多半是 year = {}", this_year - 1),
            format!(
                "a report is about the year before: probably year = {}",
                this_year - 1
            ),
        ))
    })
}
