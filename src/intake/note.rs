//! Notes on cells (批注), as Excel, WPS and others store them: the author's line, the words around
//! a threaded comment and reading aids are taken off, lines are joined.

use std::collections::HashMap;

use super::book::square;
use super::damage::Damage;
use super::mark::SAYS;
use super::sheet::At;
use super::xml::{unescaped, walk};

/// The notes of a sheet by their cells.
pub(super) type Notes = HashMap<At, String>;

/// Where the words end that Excel puts before a threaded comment for programs that don't know such
/// comments, in every language.
const PREAMBLE: &str = "linkid=870924";
/// What stands above the answers to a threaded comment.
const ANSWERS: [&str; 7] = ["Reply", "Replies", "答复", "回复", "回覆", "答覆", "回應"];

/// Reads the part `comments1.xml` (ECMA-376 Part 1, 18.7).
pub(super) fn read(xml: &str) -> Result<Notes, Damage> {
    let mut notes = Notes::new();
    let mut authors: Vec<String> = Vec::new();
    walk(xml, &["author", "comment"], |element| {
        match element.name() {
            "author" => authors.push(unescaped(element.text("author").unwrap_or_default())),
            "comment" => {
                let by = element.number("authorId").unwrap_or(0);
                let author = authors.get::<usize>(by).map_or("", String::as_str);
                let note = said(&unescaped(element.text("t").unwrap_or_default()), author);
                if let Some(at) = element.get("ref").and_then(|at| square(&at))
                    && !note.is_empty()
                {
                    notes.insert(at, note);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(notes)
}

/// What a note says, on one line.
fn said(note: &str, author: &str) -> String {
    // What the program has found is nobody's explanation.
    let note = note.split_once(SAYS).map_or(note, |(before, _)| before);
    let own = if note.contains(PREAMBLE) {
        threaded(note)
    } else {
        let note = note.trim_start();
        let behind = note.strip_prefix(author.trim());
        let behind = behind.filter(|_| !author.trim().is_empty());
        let behind = behind.and_then(|rest| rest.trim_start().strip_prefix([':', '：']));
        behind.unwrap_or(note).to_owned()
    };
    one_line(&own)
}

/// A threaded comment and its answers without what Excel says around them.
fn threaded(note: &str) -> String {
    let after = note.split_once(PREAMBLE).map_or(note, |(_, after)| after);
    let mut lines = after.lines().skip_while(|line| line.trim().is_empty());
    // 注释:, Comment:
    let first = lines.next().unwrap_or_default();
    let is_label = first.trim_end().ends_with([':', '：']) && !first.starts_with(' ');
    let mut kept: Vec<&str> = if is_label { Vec::new() } else { vec![first] };
    kept.extend(lines.filter(|line| {
        let label = line.trim_end().strip_suffix([':', '：']);
        label.is_none_or(|label| !ANSWERS.contains(&label))
    }));
    kept.join("\n")
}

/// The lines of a note joined: with a space between, but where a mark of punctuation parts them.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split(['\n', '\r', '\u{2028}']) {
        let line = line.trim().replace('\t', " ");
        if line.is_empty() {
            continue;
        }
        if !out.is_empty() && !out.ends_with(|c| "，。；：、！？）”》".contains(c)) {
            out.push(' ');
        }
        out.push_str(&line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn only_the_authors_own_name_is_taken_off() {
        for (note, author, text) in [
            ("作者:\n其中修订1件", "作者", "其中修订1件"),
            ("作者: 其中修订1件", "作者", "其中修订1件"),
            (
                "王 五：\r\n其中修订1件，\r\n另有2件",
                "王 五",
                "其中修订1件，另有2件",
            ),
            ("其中：修订1件", "作者", "其中：修订1件"),
            ("作者说明", "作者", "作者说明"),
            (": 一件", "", ": 一件"),
            ("作者:\n", "作者", ""),
            ("一件\n二件", "作者", "一件 二件"),
        ] {
            assert_eq!(said(note, author), text, "{note:?}");
        }
    }

    #[test]
    fn a_threaded_comment_is_what_was_typed() {
        for note in [
            "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to it will get removed if the file is opened in a newer version of Excel. Learn more: https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    其中修订1件",
            "[线程批注]\n\n你的 Excel 版本可读取此线程批注; 但如果在更新版本的 Excel 中打开文件，则对批注所作的任何改动都将被删除。了解详细信息: https://go.microsoft.com/fwlink/?linkid=870924\r\n\r\n注释:\r\n    其中修订1件",
        ] {
            assert_eq!(said(note, "tc={0}"), "其中修订1件");
            assert_eq!(
                said(&format!("{note}\n答复:\n    是"), "tc={0}"),
                "其中修订1件 是"
            );
        }
    }
}
