//! What the parser's complaints mean to a person, and what to write instead.

use std::sync::Arc;

use super::walk::diagnose;
use crate::data::fields::shorten;
use crate::text::{Code, Finding, Message, Place, Source, Span};

/// The finding for a complaint of the parser. What is odd about the line says more than the complaint does.
pub(super) fn syntax_finding(source: &Arc<Source>, span: Span, parser: &str) -> Finding {
    let line = source.line_span(source.line_of(span.start));
    let text = source.slice(&line);
    if let Some(finding) = control_character(source, &line) {
        return finding;
    }
    let at = span.start - line.start;
    if let Some(finding) = escape(source, &line, at, parser) {
        return finding;
    }
    let told = ["duplicate", "recurs"]
        .iter()
        .any(|word| parser.contains(word));
    let fault = (!told).then(|| diagnose(text)).flatten();
    if let Some(fault) = fault {
        let span = line.start + fault.span.start..line.start + fault.span.end;
        let finding = Finding::new(fault.code, fault.message).at(Place::new(source, span.clone()));
        let finding = finding.remedy(fault.remedy);
        return match finding.code {
            Code::NotACount | Code::NotAnAmount => {
                finding.expected("0", shorten(source.slice(&span)))
            }
            _ => finding,
        };
    }
    let (message, remedy) = explained(text, at, parser);
    let message = Message::new(message.zh, format!("{} ({parser})", message.en));
    Finding::new(Code::Syntax, message)
        .at(Place::new(source, span))
        .remedy(remedy)
}

/// A backslash in a text in double quotes, in which it says that the next character is another.
fn escape(source: &Arc<Source>, line: &Span, at: usize, parser: &str) -> Option<Finding> {
    if !["escape", "unicode value"]
        .iter()
        .any(|word| parser.contains(word))
    {
        return None;
    }
    let text = source.slice(line);
    let slash = text.get(..=at).or_else(|| text.get(..at))?.rfind('\\')?;
    let key = text.split('=').next().unwrap_or_default().trim();
    let value = text
        .split_once('=')
        .and_then(|(_, value)| value.trim().strip_prefix('"')?.strip_suffix('"'));
    let path = value.filter(|value| {
        let name = value.rsplit('\\').next().unwrap_or_default();
        name.contains('.') && !value.contains(['，', '。'])
    });
    let remedy = match path {
        // Only files in the data file's own folder can be named.
        Some(path) if !path.contains(':') => {
            let line = format!("{key} = \"{}\"", shorten(&path.replace('\\', "/")));
            Message::new(
                format!("路径里用 /：{line}"),
                format!("write / in a path: {line}"),
            )
        }
        Some(path) => {
            let name = path.rsplit('\\').next().unwrap_or_default();
            Message::new(
                format!("文件和数据文件放在一起，只写文件名：{key} = \"{name}\""),
                format!(
                    "put the file beside the data file and write its name only: {key} = \"{name}\""
                ),
            )
        }
        None => Message::new(
            "文字里的 \\ 要写成 \\\\，或改成 /",
            "write \\\\ for \\ in a text, or /",
        ),
    };
    let start = line.start + slash;
    Some(
        Finding::new(
            Code::Syntax,
            Message::new(
                "双引号里的反斜线 \\ 有别的意思，不能直接写",
                "a backslash has a meaning of its own within double quotes",
            ),
        )
        .at(Place::new(source, start..start + 1))
        .remedy(remedy),
    )
}

/// What the parser's complaint about byte `at` of a line means to a person, and what to write.
fn explained(text: &str, at: usize, parser: &str) -> (Message, Message) {
    let says = |words: &[&str]| words.iter().any(|word| parser.contains(word));
    if says(&["recursion", "recurse"]) {
        (
            Message::new("列表或表嵌套得太深", "lists or tables are nested too deep"),
            Message::new("请检查括号是否配对", "check that the brackets are paired"),
        )
    } else if says(&["duplicate"]) {
        (
            Message::new("这个键写了两次", "this key is given twice"),
            Message::new("删去其中一处", "take one of them out"),
        )
    } else if is_blank_value(text, at) {
        (
            Message::new("等号后面没有写内容", "there is nothing behind the ="),
            Message::new(
                "数字没有就写 0；文字写在英文双引号里",
                "write 0 where there is none, a text in double quotes",
            ),
        )
    } else if says(&["leading zero"]) {
        (
            Message::new("数字不能以 0 开头", "a number doesn't start with 0"),
            Message::new(
                "邮编、电话、代码是文字，放在英文双引号里；数字去掉前面的 0",
                "postcodes and phone numbers are texts, in double quotes; take the 0 off a number",
            ),
        )
    } else if says(&["array"])
        || text.get(at..).is_some_and(|rest| rest.starts_with('['))
        || (says(&["must be quoted"]) && is_number_in_list(text, at))
    {
        (
            Message::new(
                "方括号没有配对，或列表里少了逗号",
                "a bracket is not closed, or a comma is missing",
            ),
            Message::new(
                "写成 [0, 0, 0, 0, 0, 0] 这样，两个数字之间用一个半角逗号，数字里不加分隔符",
                "write it like [0, 0, 0, 0, 0, 0], a comma between figures and none inside them",
            ),
        )
    } else if says(&["must be quoted"]) {
        (
            Message::new(
                "文字没有放在英文双引号里",
                "this text is not in double quotes",
            ),
            Message::new(
                "在文字前后各加一个英文双引号 \"",
                "put a double quote, \", before and behind it",
            ),
        )
    } else if says(&["unquoted key"]) {
        (
            Message::new("这里的键不能用", "this is no key"),
            Message::new(
                "键是规定好的英文名，照 nianbao new 写出的样子写",
                "keys are English names, as nianbao new writes them",
            ),
        )
    } else if says(&["string", "quote"]) {
        (
            Message::new(
                "文字的引号没有配对",
                "a text's quotation marks are not paired",
            ),
            Message::new(
                "文字前后各一个英文双引号；多行文字前后各三个",
                "a text has one double quote on either side, a text of several lines three",
            ),
        )
    } else if says(&["inline table", "key-value"]) {
        (
            Message::new(
                "花括号没有配对，或其中少了逗号",
                "a brace is not closed, or a comma is missing",
            ),
            Message::new(
                "写成 { made = 0, repealed = 0 } 这样，两项之间用一个半角逗号",
                "write it like { made = 0, repealed = 0 }, a comma between entries",
            ),
        )
    } else {
        (
            Message::new(
                "这一行不是“键 = 值”的写法",
                "this line is not a key and its value",
            ),
            Message::new(
                "每行写成“键 = 值”，文字放在英文双引号里，多行文字放在三个双引号之间",
                "write each line as key = value, a text in double quotes, a text of several lines between triple double quotes",
            ),
        )
    }
}

/// Whether a number starts at byte `at`, inside the brackets of a list.
fn is_number_in_list(text: &str, at: usize) -> bool {
    let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    let bracket = before.rfind(['=', '[', '{']);
    bracket.is_some_and(|from| before.get(from..).is_some_and(|b| b.starts_with('[')))
        && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether byte `at` stands where a value should, and there is none.
fn is_blank_value(text: &str, at: usize) -> bool {
    let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    before.trim_end().ends_with('=')
        && matches!(
            rest.trim_start().chars().next(),
            None | Some(',' | '}' | ']' | '#')
        )
}

/// A control character: it can't be seen, so the parser's complaint would make no sense.
fn control_character(source: &Arc<Source>, line: &Span) -> Option<Finding> {
    let text = source.slice(line);
    let (at, c) = text
        .char_indices()
        .find(|(_, c)| c.is_control() && *c != '\t')?;
    let (message, remedy) = if c == '\r' {
        (
            Message::new(
                "换行只有回车符，没有换行符",
                "the line breaks are carriage returns only",
            ),
            Message::new(
                "在编辑器里另存为，换行符选 Windows (CRLF) 或 Unix (LF)",
                "save it again with Windows (CRLF) or Unix (LF) line breaks",
            ),
        )
    } else {
        let code = format!("U+{:04X}", c as u32);
        (
            Message::new(
                format!("这里有看不见的控制字符（{code}）"),
                format!("there is an invisible control character here ({code})"),
            ),
            Message::new(
                "删去这个字符；如果到处都是，请检查是否选错了文件",
                "delete it; where they are everywhere, check that this is the right file",
            ),
        )
    };
    let start = line.start + at;
    Some(
        Finding::new(Code::Syntax, message)
            .at(Place::new(source, start..start + c.len_utf8()))
            .remedy(remedy),
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;

    #[test]
    fn a_blank_value_an_unquoted_text_and_a_leading_zero_are_told_apart() {
        for (text, said) in [
            ("a = { x =  }\n", "没有写内容"),
            ("a = \n", "没有写内容"),
            ("a = 青石县\n", "没有放在英文双引号里"),
            ("a = “青石县”\n", "中文引号"),
            ("a = 000100\n", "以 0 开头"),
            ("a = \"一段\u{7}文字\"\n", "控制字符（U+0007）"),
        ] {
            let found = findings(text);
            assert_eq!(found.len(), 1, "{text}: {found:#?}");
            assert!(found[0].message.zh.contains(said), "{text}: {found:#?}");
        }
    }
}
