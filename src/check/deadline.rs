//! The days between which a report is signed.

use crate::data::date::chinese;
use crate::report::{Date, Report};
use crate::text::{Code, Finding, Message};

/// A warning where the report is signed before the year is over, which is mostly a slip of January,
/// or after the day it is due: 31 January for a department, 31 March for a government
/// (政府信息公开条例, articles 49 and 50).
pub(super) fn check(report: &Report) -> Option<Finding> {
    let (date, place) = report.particulars.date()?;
    let name = &report.organ.text;
    let town = ["镇人民政府", "鎮人民政府", "乡人民政府", "鄉人民政府"];
    let government = name.contains("人民政府") && !town.iter().any(|end| name.ends_with(end));
    let (month, who_zh, who_en) = if government {
        (3, "县级以上人民政府", "a government")
    } else {
        (
            1,
            "政府部门和乡镇、街道",
            "a department, town or street office",
        )
    };
    let due = Date::new(i16::try_from(report.year + 1).ok()?, month, 31).ok()?;
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
