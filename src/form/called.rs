//! Which key is meant by Chinese words: those of the form itself, and those that texts use.

use super::id::FigureId;
use super::model::{Form, SectionBody};
use super::naming::Named;
use super::particulars::{PARTICULAR_TABLES, Particular};
use super::wording::Script;

const SCRIPTS: [Script; 2] = [Script::Hans, Script::Hant];
/// What a figure's own keys and the columns of sums are called.
const COMMON: [(&str, &[&str]); 6] = [
    ("total", &["总计", "合计", "总数", "總計", "合計"]),
    ("value", &["数", "数值", "数字"]),
    ("unit", &["单位", "單位"]),
    ("note", &["说明", "备注", "批注", "注", "說明", "備註"]),
    ("text", &["正文", "文字"]),
    (
        "opening",
        &["开头", "说明段", "前言", "引言", "導言", "导言"],
    ),
];
/// Other words for a year than the form's.
const YEAR: &[&str] = &["年", "年份", "年度"];

impl Form {
    /// The one of `known`, the keys that may stand below `prefix`, that is called so. None where no
    /// wording has these words.
    pub fn key_called<'k>(&self, prefix: &str, known: &[&'k str], words: &str) -> Option<&'k str> {
        let words = bare(words);
        if words.is_empty() {
            return None;
        }
        let fits = known.iter().filter_map(|name| {
            let labels = self.labels(prefix, name);
            let fit = labels.iter().filter_map(|label| fit(label, &words)).max()?;
            Some((fit, *name))
        });
        // The first of several that fit as well: the order is that of the form.
        let mut best: Option<((u8, usize), &str)> = None;
        for (fit, name) in fits {
            if best.is_none_or(|(before, _)| fit > before) {
                best = Some((fit, name));
            }
        }
        best.map(|(_, name)| name)
    }

    /// The figure that is called so: 新收总计, 予以公开 自然人.
    pub fn figure_called(&self, words: &str) -> Option<&str> {
        let words = bare(words);
        let mut best: Option<(usize, &str)> = None;
        for naming in &self.namings {
            let Named::Row(row) = &naming.names else {
                continue;
            };
            let [row] = row.readings.first()?.as_slice() else {
                continue;
            };
            for word in &naming.words {
                let longest = best.map_or(0, |(length, _)| length);
                if let Some(at) = words.find(word.as_str()).filter(|_| word.len() > longest) {
                    let rest = words.get(..at).unwrap_or_default().to_owned()
                        + words.get(at + word.len()..).unwrap_or_default();
                    best = self
                        .column_called(row, &rest)
                        .map(|key| (word.len(), key))
                        .or(best);
                }
            }
        }
        best.map(|(_, key)| key)
    }

    fn column_called(&self, row: &str, words: &str) -> Option<&str> {
        let members = self.figures.iter().enumerate().filter(|(_, spec)| {
            let rest = spec.key.strip_prefix(row);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        let members: Vec<_> = members.collect();
        if let [(_, only)] = members.as_slice() {
            return Some(&only.key);
        }
        let total = |key: &str| key.ends_with(".total");
        let fits = members.iter().filter_map(|(number, spec)| {
            if total(&spec.key)
                && ["", "总计", "合计", "总数", "数", "件数", "数量"].contains(&words)
            {
                return Some(((4, 0), spec.key.as_str()));
            }
            let (_, column) = self.figure_name(FigureId(*number), Script::Hans);
            Some((fit(column, words)?, spec.key.as_str()))
        });
        fits.max_by_key(|(fit, _)| *fit).map(|(_, key)| key)
    }

    /// Everything that a key is called.
    fn labels(&self, prefix: &str, name: &str) -> Vec<String> {
        let key = if prefix.is_empty() {
            name.to_owned()
        } else {
            format!("{prefix}.{name}")
        };
        let mut labels: Vec<String> = Vec::new();
        let mut add = |label: &str| labels.push(label.to_owned());
        if let Some(particular) = Particular::of(&key) {
            SCRIPTS
                .iter()
                .for_each(|script| add(particular.label(*script)));
        }
        if key == "year" {
            YEAR.iter().for_each(|word| add(word));
        }
        let tables = PARTICULAR_TABLES
            .iter()
            .filter(|(table, _)| *table == key && !key.is_empty());
        for (_, about) in tables {
            add(about.split('：').next().unwrap_or_default());
        }
        for (common, words) in COMMON {
            if common == name {
                words.iter().for_each(|word| add(word));
            }
        }
        for section in &self.sections {
            let SectionBody::Text(id) = section.body else {
                continue;
            };
            if prefix == "text" && self.texts.get(id.0).is_some_and(|text| text == name) {
                SCRIPTS
                    .iter()
                    .for_each(|script| add(section.heading.text(*script)));
            }
        }
        let table = key.split('.').next().unwrap_or_default();
        if let Some(table) = self.tables.iter().position(|it| it.id == table) {
            let table = super::id::TableId(table);
            for script in SCRIPTS {
                add(&self.title_at(table, &key, script).zh);
                if let Some(id) = self.figure(&key) {
                    let (row, column) = self.figure_name(id, script);
                    add(row);
                    add(column);
                }
            }
            let rows = self
                .namings
                .iter()
                .filter_map(|naming| match &naming.names {
                    Named::Row(row) => Some((row.readings.first()?.as_slice(), &naming.words)),
                    Named::Column(_) => None,
                });
            for (row, words) in rows {
                if row == [key.as_str()] {
                    words.iter().for_each(|word| add(word));
                }
            }
        }
        labels
    }
}

/// How well words fit a label: all of its last part, a part of it, or its last part in other words; and
/// how long that is.
fn fit(label: &str, words: &str) -> Option<(u8, usize)> {
    let last = label.trim_end_matches("一行").trim_matches(['“', '”']);
    let last = last
        .rsplit([' ', '）', '、', '.'])
        .find(|part| !part.is_empty());
    let (last, label) = (bare(last.unwrap_or_default()), bare(label));
    if last == words || label == words {
        Some((3, words.len()))
    } else if label.contains(words) && words.chars().count() > 1 {
        Some((2, usize::MAX - label.len()))
    } else if words.contains(&last) && last.chars().count() > 1 {
        Some((1, last.len()))
    } else {
        None
    }
}

/// The Chinese characters of a text.
fn bare(text: &str) -> String {
    let marks = "《》（）、，。；：“”【】　";
    let is_word = |c: &char| *c as u32 >= 0x2E80 && !marks.contains(*c);
    text.chars().filter(is_word).collect()
}

#[cfg(test)]
mod tests {
    use crate::form::{Forms, data_file_keys};

    #[test]
    fn keys_are_found_by_the_words_of_the_form() {
        let forms = Forms::builtin().unwrap();
        let form = &forms[0];
        let mut top: Vec<&str> = data_file_keys().collect();
        top.extend(form.tables.iter().map(|table| table.id.as_str()));
        for (prefix, words, key) in [
            ("", "年度", "year"),
            ("", "报告年份", "year"),
            ("", "机关", "organ"),
            ("", "联系方式", "contact"),
            ("", "落款", "signature"),
            ("", "正文", "text"),
            ("", "主动公开政府信息情况", "disclosure"),
            ("", "行政复议、行政诉讼情况", "review"),
            ("organ", "单位名称", "name"),
            ("organ", "名称", "name"),
            ("contact", "邮编", "postcode"),
            ("signature", "日期", "date"),
            ("text", "总体情况", "overview"),
            ("disclosure", "行政许可", "licensing"),
            ("disclosure", "行政规范性文件", "normative_documents"),
            ("disclosure", "規章", "regulations"),
            ("disclosure.regulations", "本年制发件数", "made"),
            ("disclosure.regulations", "废止", "repealed"),
            ("requests", "本年新收政府信息公开申请数量", "new"),
            ("requests", "新收", "new"),
            ("requests", "予以公开", "granted"),
            ("requests", "不予公开", "denied"),
            ("requests.denied", "属于国家秘密", "state_secret"),
        ] {
            let known: Vec<&str> = match prefix {
                "" => top.clone(),
                "organ" => vec!["name", "code", "region"],
                "contact" => vec!["address", "postcode", "phone", "email"],
                "signature" => vec!["name", "date", "seal"],
                "text" => vec!["opening", "overview", "problems", "other"],
                prefix => form.names_below(prefix),
            };
            assert_eq!(
                form.key_called(prefix, &known, words),
                Some(key),
                "{prefix} {words}"
            );
        }
        assert_eq!(form.key_called("organ", &["name", "code"], "颜色"), None);
        for (words, key) in [
            ("新收总计", "requests.new.total"),
            ("予以公开", "requests.granted.total"),
            ("结转下年度", "requests.carried_over.total"),
        ] {
            assert_eq!(form.figure_called(words), Some(key), "{words}");
        }
    }
}
