//! Reading the texts: paragraphs with their places, quoted figures, texts in files of their own.

use std::path::Path;
use std::sync::Arc;

use super::model::{Line, Segment, Text};
use super::reference;
use crate::data::fields::{Fields, join, key_name, nearest};
use crate::data::{Node, Value, Worded};
use crate::form::{Form, Script, SectionBody, TextId};
use crate::text::{Code, Finding, Findings, Message, Place, Source, Span};

/// Longest text of a section, in characters.
pub(super) const LONGEST: usize = 200_000;

/// Reads one text: a string, or `{ file = "…" }` with a file in the data file's own folder.
pub(super) fn read(
    fields: &mut Fields<'_>,
    node: &Node,
    key: &str,
    form: &Form,
    folder: Option<&Path>,
) -> Option<Text> {
    let text = match &node.value {
        Value::Text(text) => {
            let places = Places::in_literal(fields.source(), &node.span);
            lines(fields, text, places, form)
        }
        Value::Table(entries) => {
            for entry in entries.iter().filter(|entry| entry.name != "file") {
                fields.unknown_key(entry, key, &["file"]);
            }
            let Some(file) = entries.iter().find(|entry| entry.name == "file") else {
                // A misspelt key was told of already.
                if entries.is_empty() {
                    fields.missing(
                        &node.span,
                        &join(key, "file"),
                        Message::new(format!("{key} 没有内容"), format!("{key} is blank")),
                        Message::new(
                            "写成 { file = \"文件名.txt\" }，或直接写文字",
                            "write { file = \"….txt\" }, or the text itself",
                        ),
                    );
                }
                return None;
            };
            let name = fields.text(&file.node, &join(key, "file"), 255)?;
            let source = match open(name, folder, key) {
                Ok(source) => Arc::new(source),
                Err(findings) => {
                    findings
                        .into_iter()
                        .for_each(|finding| fields.push(finding));
                    return None;
                }
            };
            let whole = source.text().to_owned();
            lines(fields, &whole, Places::in_file(&source), form)
        }
        _ => {
            let wanted = ("文字，或 { file = \"……\" }", "a text, or { file = \"…\" }");
            fields.wrong_type(node, key, &key_name(key), wanted, fields.quoted(node, key));
            return None;
        }
    };
    let count: usize = text
        .lines
        .iter()
        .map(|line| line.worded.text.chars().count())
        .sum();
    if count > LONGEST {
        let finding = Finding::new(
            Code::WrongLength,
            Message::new(
                format!("{key} 有 {count} 个字，太长"),
                format!("{key} has {count} characters: too long"),
            ),
        )
        .at(fields.place(&(node.span.start..node.span.start + 1)))
        .key(key)
        .expected(LONGEST, count)
        .remedy(Message::new(
            format!("一节最多 {LONGEST} 个字"),
            format!("a section has {LONGEST} characters at most"),
        ));
        fields.push(finding);
        return None;
    }
    if text.lines.is_empty() {
        fields.missing(
            &node.span,
            key,
            blank_text(form, key),
            blank_remedy(form, key),
        );
        return None;
    }
    Some(text)
}

/// A text with nothing in it, by the heading above it, which data file and workbook show.
fn blank_text(form: &Form, key: &str) -> Message {
    let section = form.sections.iter().find(|section| match section.body {
        SectionBody::Text(TextId(text)) => form
            .texts
            .get(text)
            .is_some_and(|name| key == join("text", name)),
        SectionBody::Table(_) => false,
    });
    let name = match section {
        Some(section) => format!("“{}”", section.heading.text(Script::Hans)),
        None => key.to_owned(),
    };
    Message::new(format!("{name}没有内容"), format!("{key} is blank"))
}

/// What to do about a text with nothing in it. The first section says what a year was like: there is no
/// report without it.
pub(super) fn blank_remedy(form: &Form, key: &str) -> Message {
    if form
        .texts
        .first()
        .is_some_and(|first| key == join("text", first))
    {
        return Message::new(
            "写上这一年的情况，如主动公开、依申请公开",
            "say what the year was like",
        );
    }
    Message::new(
        "没有内容就写“无。”",
        "write 无。 where there is nothing to say",
    )
}

/// Opens a text file that lies in `folder` itself or below, links followed.
fn open(name: Worded, folder: Option<&Path>, key: &str) -> Result<Source, Findings> {
    match reference::read(&name.text, folder) {
        // Findings show the name as the data file gives it, not where the folder really lies.
        Ok(bytes) => Source::from_bytes(&name.text, bytes),
        Err(message) => Err(reference::finding(message, name, key).into()),
    }
}

/// Finds the place of each line of a text: the lines come in order, so each is looked for
/// behind the one before. Where escapes make the source differ, the whole text is the place.
struct Places {
    source: Arc<Source>,
    whole: Span,
    at: usize,
}

impl Places {
    fn in_literal(source: &Arc<Source>, span: &Span) -> Self {
        Self {
            source: Arc::clone(source),
            whole: span.clone(),
            at: span.start,
        }
    }

    fn in_file(source: &Arc<Source>) -> Self {
        Self::in_literal(source, &(0..source.text().len()))
    }

    fn of(&mut self, line: &str) -> Place {
        let rest = self.source.slice(&(self.at..self.whole.end));
        match rest.find(line) {
            Some(found) => {
                let start = self.at + found;
                self.at = start + line.len();
                Place::new(&self.source, start..self.at)
            }
            None => Place::new(&self.source, self.whole.start..self.whole.start + 1),
        }
    }
}

fn lines(fields: &mut Fields<'_>, text: &str, mut places: Places, form: &Form) -> Text {
    let mut result = Text::default();
    // A paragraph also ends where Word or a web page ends a line within a cell (Unicode 5.8).
    for line in text.split(['\n', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}']) {
        // Typed indents and full-width spaces are the layout's business.
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let worded = Worded {
            text: line.to_owned(),
            place: places.of(line),
        };
        let segments = segments(fields, &worded, form);
        result.lines.push(Line { worded, segments });
    }
    result
}

/// Splits a paragraph at `{{key}}`.
fn segments(fields: &mut Fields<'_>, worded: &Worded, form: &Form) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut rest = worded.text.as_str();
    while let Some(start) = rest.find("{{") {
        let (before, from) = rest.split_at(start);
        let Some(end) = from.find("}}") else {
            let finding = Finding::new(
                Code::BadReference,
                Message::new(
                    "引用数字的 {{ 后面没有 }}",
                    "the {{ that quotes a figure has no }} behind it",
                ),
            )
            .at(Place::within(
                &worded.place,
                &worded.text,
                worded.text.len() - from.len(),
                from.len(),
            ))
            .remedy(Message::new(
                "写成 {{requests.new.total}} 这样",
                "write it like {{requests.new.total}}",
            ));
            fields.push(finding);
            break;
        };
        if !before.is_empty() {
            segments.push(Segment::Plain(before.to_owned()));
        }
        let key = from.get(2..end).unwrap_or_default().trim();
        match form.figure(key) {
            Some(id) => segments.push(Segment::Quote(id)),
            // To look for what was meant takes longer than all the rest.
            None if fields.is_full() => {}
            None => {
                let quote = from.get(..end + 2).unwrap_or_default();
                let keys = form.figures.iter().map(|spec| spec.key.as_str());
                let near = form
                    .figure_called(key)
                    .or_else(|| Some(nearest(key, keys)?.1));
                let near = near.or_else(|| Some(form.figures.first()?.key.as_str()));
                let near = near.unwrap_or_default();
                let finding = Finding::new(
                    Code::BadReference,
                    Message::new(
                        format!("表中没有数据项 {key}"),
                        format!("no table has a figure {key}"),
                    ),
                )
                .at(Place::within(
                    &worded.place,
                    &worded.text,
                    worded.text.len() - from.len(),
                    quote.len(),
                ))
                .key(key)
                .remedy(Message::new(
                    format!("是不是 {{{{{near}}}}}？"),
                    format!("did you mean {{{{{near}}}}}?"),
                ));
                fields.push(finding);
            }
        }
        rest = from.get(end + 2..).unwrap_or_default();
    }
    if !rest.is_empty() {
        segments.push(Segment::Plain(rest.to_owned()));
    }
    segments
}
