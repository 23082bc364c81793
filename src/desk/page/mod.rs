//! What the desk shows. Wording, rows and sums are the form's; nothing is known of them here.

mod grid;
mod report;

pub(super) use report::report;

use axum::http::StatusCode;
use maud::{DOCTYPE, Markup, html};

use super::make::Listed;

/// A page with its head. Nothing on it comes from elsewhere; `old.js` speaks to browsers that can't read
/// the other script.
fn whole(title: &str, script: bool, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="zh-CN" translate="no" {
            head {
                meta charset="utf-8";
                meta name="renderer" content="webkit";
                meta http-equiv="X-UA-Compatible" content="IE=edge";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="google" content="notranslate";
                link rel="icon" href="data:,";
                title { (title) }
                @if script {
                    link rel="stylesheet" href="desk.css";
                }
            }
            (body)
        }
    }
    .into_string()
}

/// For who comes in the wrong way: an old address, another page.
pub(super) fn refused(status: StatusCode) -> String {
    let words = match status {
        StatusCode::FORBIDDEN => {
            "这个地址已经失效（每次启动都换新的）。请重新打开年报程序，用它打开的页面。"
        }
        StatusCode::NOT_FOUND => "没有这一页。",
        StatusCode::PAYLOAD_TOO_LARGE => "文件太大。",
        _ => "这个请求不被接受。",
    };
    whole(
        "年报",
        false,
        &html! { body { h1 { "年报" } p { (words) } } },
    )
}

/// The words for a browser that is too old, and the one place where the page says something happened.
fn common(base: &str, scripts: &[&str]) -> Markup {
    html! {
        div #old hidden {
            h1 { "请换一个浏览器" }
            p { "这个浏览器太旧，填不了报表。用 360、QQ 等浏览器的，请在地址栏右边切换到“极速模式”；或者用奇安信、火狐、Chrome、Edge。" }
        }
        div #trouble role="alert" {}
        div #status role="status" {}
        script src={ (base) "old.js" } {}
        @for script in scripts { script src={ (base) (script) } defer {} }
    }
}

/// The reports of the folder.
pub(super) fn home(listed: &[Listed], place: &str) -> String {
    let last = listed.iter().filter_map(|report| report.year).max();
    let body = html! {
        body data-page="home" {
            header { h1 { "政府信息公开工作年度报告" } p.place { "文件夹：" (place) } }
            main {
                section aria-labelledby="reports" {
                    h2 #reports { "这里的报告" }
                    @if listed.is_empty() {
                        p { "还没有报告。在下面新建一份，或者把填好的工作簿拖进来。" }
                    } @else {
                        table.list {
                            thead { tr {
                                th scope="col" { "年度" } th scope="col" { "单位" } th scope="col" { "状态" }
                                th scope="col" { "已写出" } th scope="col" { "数据文件" }
                            } }
                            tbody {
                                @for report in listed {
                                    tr {
                                        td { (report.year.map(|year| year.to_string()).unwrap_or_default()) }
                                        td { a href={ "report/" (report.number) } {
                                            @if report.organ.is_empty() { "（没有填单位）" } @else { (report.organ) }
                                        } }
                                        td { (state(report)) }
                                        td { @for made in &report.made { span.made { (made) } " " } }
                                        td { (report.file) }
                                    }
                                }
                            }
                        }
                    }
                }
                section aria-labelledby="new" {
                    h2 #new { "新建一份" }
                    form #new-report {
                        label { "年度 " input name="year" inputmode="numeric" autocomplete="off" size="6" required
                            value=[last.map(|year| (year + 1).to_string())]; }
                        label { "从去年的报告接着做 " select name="from" {
                            option value="" { "不接，从空白开始" }
                            @for report in listed { @if let Some(year) = report.year {
                                option value=(report.number) data-year=(year) data-organ=(report.organ)
                                    selected[Some(year) == last] { (report.organ) " " (year) " 年" }
                            } }
                        } }
                        label { "单位全称 " input name="organ" autocomplete="off" size="28"
                            value=[listed.iter().find(|it| it.year == last).map(|it| &it.organ)]; }
                        button { "新建" }
                    }
                    p.hint { "接着做的：单位、联系方式、印章和“上年结转”会带过来，去年的数显示在格子旁边。" }
                }
                section aria-labelledby="bring" {
                    h2 #bring { "拿进来" }
                    p #drop { "把填好的工作簿（.xlsx）或数据文件（.toml）拖到这里，或者 "
                        label.button { "选文件" input #bring-file.file type="file" accept=".xlsx,.xlsm,.toml"; } }
                }
                p { button #end type="button" { "结束" } " 关掉程序；写的都已保存。" }
            }
            (common("", &["desk.js"]))
        }
    };
    whole("年报", true, &body)
}

/// How far a report is.
fn state(report: &Listed) -> Markup {
    html! {
        @if report.sound && report.errors == 0 { span.state.sound { "可报送" } }
        @else if report.errors > 0 { span.state.faulty { "有错误 " (report.errors) } }
        @else { span.state.open { "填写中，还差 " (report.empty) " 处" } }
        @if report.warnings > 0 { " " span.doubts { "提示 " (report.warnings) } }
    }
}
