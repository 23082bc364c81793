//! A row of figures given as a list.

use super::FigureReader;
use crate::data::fields::{Fields, last};
use crate::data::{Node, Value, numeral};
use crate::form::{FigureId, TableId};
use crate::text::{Code, Finding, Message};

impl FigureReader<'_> {
    /// A row of figures as a list: the inputs in printed order, the derived ones after them.
    pub(super) fn list(
        &mut self,
        fields: &mut Fields<'_>,
        (table, key): (TableId, &str),
        ids: &[FigureId],
        node: &Node,
    ) {
        let inputs = self.inputs(table);
        let Value::Array(items) = &node.value else {
            let last = last(key);
            let zeros = vec!["0"; inputs].join(", ");
            let remedy = Message::new(
                format!("写成 {last} = [{zeros}]，按表上的顺序，没有的写 0"),
                format!("write {last} = [{zeros}], in printed order, 0 where there is none"),
            );
            let wanted = (
                format!("方括号里的 {inputs} 个数字"),
                format!("a list of {inputs} figures"),
            );
            let wanted = (wanted.0.as_str(), wanted.1.as_str());
            let title = self.form.title_at(table, key, self.script);
            fields.wrong_type(node, key, &title, wanted, remedy);
            return;
        };
        if let Some(finding) = separators_in_list(fields, key, items) {
            fields.push(finding);
            return;
        }
        if items.len() != inputs && items.len() != ids.len() {
            let first = ids.first();
            let name = first.map_or("", |id| self.form.figure_name(*id, self.script).0);
            let finding = Finding::new(
                Code::WrongLength,
                Message::new(
                    format!(
                        "“{name}”一行应有 {inputs} 个数字，这里有 {} 个",
                        items.len()
                    ),
                    format!(
                        "row \"{name}\" has {inputs} figures, {} are given",
                        items.len()
                    ),
                ),
            )
            .at(fields.place(&node.span))
            .key(key)
            .expected(inputs, items.len())
            .remedy(self.whole_row(ids, inputs));
            fields.push(finding);
            return;
        }
        for (id, item) in ids.iter().zip(items) {
            self.cell(fields, *id, item);
        }
    }

    /// How to write a row whose figures are `ids`, of which the last may be left out.
    fn whole_row(&self, ids: &[FigureId], inputs: usize) -> Message {
        let column = |id: &FigureId| {
            let (_, column) = self.form.figure_name(*id, self.script);
            column.rsplit(' ').next().unwrap_or_default().to_owned()
        };
        let first: Vec<String> = ids.iter().take(2).map(column).collect();
        let mut zh = format!("按{}……的顺序写满 {inputs} 个，没有的写 0", first.join("、"));
        let mut en = format!("give {inputs} figures in printed order, 0 where there is none");
        if let (true, Some(last)) = (ids.len() > inputs, ids.last()) {
            zh.push_str(&format!("；也可再写第 {} 个{}", ids.len(), column(last)));
            en.push_str(&format!("; a total may follow as number {}", ids.len()));
        }
        Message::new(zh, en)
    }
}

/// `[12,345, 0, 0, …]`: where the other commas have a space behind them and one has three
/// digits, that one is a separator inside a number, not the end of it.
fn separators_in_list(fields: &Fields<'_>, key: &str, items: &[Node]) -> Option<Finding> {
    let source = fields.source();
    let pairs = || items.iter().zip(items.iter().skip(1));
    let tight = |a: &Node, b: &Node| source.slice(&(a.span.end..b.span.start)) == ",";
    if !pairs().any(|(a, b)| !tight(a, b)) {
        return None;
    }
    let (a, b) = pairs().find(|(a, b)| {
        let digits = source.slice(&b.span);
        tight(a, b) && digits.len() == 3 && digits.bytes().all(|d| d.is_ascii_digit())
    })?;
    let span = a.span.start..b.span.end;
    let found = source.slice(&span);
    Some(
        Finding::new(
            Code::NotACount,
            Message::new(
                format!("“{found}”像是带分隔符的一个数字"),
                format!("\"{found}\" looks like one number with a separator"),
            ),
        )
        .at(fields.place(&span))
        .key(key)
        .expected(numeral::plain(found), found)
        .remedy(Message::new(
            format!(
                "一个数字就写 {}；两个数字就在逗号后加空格",
                numeral::plain(found)
            ),
            format!(
                "write {} if it is one number, a space behind the comma if it is two",
                numeral::plain(found)
            ),
        )),
    )
}
