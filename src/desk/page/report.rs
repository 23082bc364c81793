//! The page on which a report is filled in.

use maud::{Markup, html};

use super::grid::grid;
use super::{common, whole};
use crate::desk::folder::Number;
use crate::desk::make::Sheet;
use crate::form::{PARTICULARS, Particular, ParticularKind, SectionBody};

/// The page of a report.
pub(in crate::desk) fn report(number: Number, sheet: &Sheet) -> String {
    let (form, script) = (&sheet.form, sheet.script);
    let body = html! {
        body data-page="report" data-number=(number) {
            header.bar {
                a href="../" { "返回列表" }
                h1 { (sheet.organ) " " (sheet.year) " 年" }
                span #saved { "" }
                button #next type="button" title="F8" { "还差 " span #left { "…" } " 处" }
                button #zeros type="button" { "其余补 0" }
                button #undo type="button" title="Ctrl+Z" { "撤销" }
                button #look type="button" title="Ctrl+P" { "看一看" }
                button #make type="button" { "写出文件" }
            }
            p #others {}
            @if sheet.begun { p.begun #begun { "上次程序没来得及存完的一稿还在。 " button type="button" { "看看差在哪" } } }
            @if sheet.read_only { p.readonly { "这个文件夹是只读的，写的存不进去：请把它复制到别处再打开；已经写了的，用“另存到…”拿走。" } }
            div.sides {
                main {
                    section aria-labelledby="particulars" {
                        h2 #particulars { "单位和落款" }
                        div.particulars {
                            @for it in PARTICULARS.iter().filter(|it| it.key != "form") { (particular(it, sheet)) }
                        }
                    }
                    @for (place, section) in form.sections.iter().enumerate() {
                        section aria-labelledby={ "s" (place) } {
                            h2 id={ "s" (place) } { (section.heading.text(script)) }
                            @match section.body {
                                SectionBody::Table(id) => (grid(form, id, script)),
                                SectionBody::Text(id) => @if let Some(name) = form.texts.get(id.0) {
                                    textarea data-key={ "text." (name) } rows="10" spellcheck="false" autocomplete="off"
                                        aria-labelledby={ "s" (place) } {}
                                    div.ask id={ "ask-text." (name) } role="group" aria-label="粘贴的文字" hidden {}
                                    div.set data-of={ "text." (name) } hidden aria-label="印出来的样子" role="group" { p { "印出来的样子" } div {} }
                                    p.hint { "一行就是一段；（一）、1. 开头的是小标题。 "
                                        button.quote type="button" data-into={ "text." (name) } { "引用表里的数" } }
                                },
                            }
                        }
                    }
                }
                aside aria-label="检查结果" {
                    h2 { "检查结果" }
                    p #verdict {}
                    ol #findings {}
                    div #conflicts {}
                    div #taken {}
                    p { label { input #caret type="checkbox" autocomplete="off"; " 方向键只移光标，不换格子" } }
                    details #earlier { summary { "以前的稿子" } ul {} }
                }
            }
            section #pages hidden aria-label="页面" {
                p { a #open-pages target="_blank" rel="noopener" { "在新窗口打开" } " "
                    button #close-pages type="button" { "回到填写" } }
                iframe title="将要报送的 PDF" {}
            }
            div #note {}
            div #ask role="group" aria-label="粘贴前请确认" hidden {}
            (common("../", &["desk.js", "paste.js", "texts.js"]))
        }
    };
    whole(&format!("{} {} 年", sheet.organ, sheet.year), true, &body)
        .replace("href=\"desk.css\"", "href=\"../desk.css\"")
}

fn particular(it: &Particular, sheet: &Sheet) -> Markup {
    let script = sheet.script;
    html! {
        label {
            span { (it.label(script)) @if it.needed { b { " 必填" } } }
            @match &it.kind {
                ParticularKind::Choice(choices) => select data-key=(it.key) {
                    @for choice in choices { option value=(choice.word) { (choice.name(script)) } }
                },
                ParticularKind::Picture => {
                    input data-key=(it.key) type="text" autocomplete="off" readonly placeholder="还没有";
                    label.button { "选图片" input #seal.file type="file" accept="image/png" aria-label="选印章图片"; }
                },
                ParticularKind::Date => input data-key=(it.key) type="text" autocomplete="off" spellcheck="false"
                    placeholder={ ((sheet.year + 1)) "-01-15" };,
                _ => input data-key=(it.key) type="text" autocomplete="off" spellcheck="false";,
            }
        }
    }
}
