//! The sections of a form: each a text or a table.

use toml::Spanned;

use super::{Loader, is_name};
use crate::form::file::{FormFile, SectionFile};
use crate::form::id::{TableId, TextId};
use crate::form::model::{Section, SectionBody, Table};

impl Loader<'_> {
    /// The sections; every table has to stand in one of them, so that what is filled in is
    /// printed.
    pub(super) fn sections(
        &mut self,
        file: &FormFile,
        tables: &[Table],
        texts: &mut Vec<String>,
    ) -> Vec<Section> {
        let faults = self.findings.len();
        let mut sections: Vec<Section> = Vec::new();
        for section in &file.section {
            let Some(found) = self.section(section, tables, texts) else {
                continue;
            };
            if let (SectionBody::Table(_), Some(table)) = (found.body, &section.get_ref().table)
                && sections.iter().any(|other| other.body == found.body)
            {
                self.fault(
                    table.span(),
                    format!("表 {} 已在另一节里", table.get_ref()),
                    format!("table {} stands in another section", table.get_ref()),
                );
            }
            sections.push(found);
        }
        if self.findings.len() > faults {
            return sections;
        }
        for (index, table) in file.table.iter().enumerate() {
            let body = SectionBody::Table(TableId(index));
            if !sections.iter().any(|section| section.body == body) {
                let id = &table.get_ref().id;
                self.fault(
                    id.span(),
                    format!("没有一节写 table = \"{}\"", id.get_ref()),
                    format!("no section has table = \"{}\"", id.get_ref()),
                );
            }
        }
        sections
    }

    fn section(
        &mut self,
        section: &Spanned<SectionFile>,
        tables: &[Table],
        texts: &mut Vec<String>,
    ) -> Option<Section> {
        let file = section.get_ref();
        let body = match (&file.text, &file.table) {
            (Some(text), None) => {
                let name = text.get_ref();
                if !is_name(name) || name == "opening" {
                    self.bad_name(text.span(), name);
                } else if texts.contains(name) {
                    self.fault(
                        text.span(),
                        format!("文字部分 {name} 写了两次"),
                        format!("text {name} is given twice"),
                    );
                }
                texts.push(name.clone());
                SectionBody::Text(TextId(texts.len() - 1))
            }
            (None, Some(table)) => {
                let Some(index) = tables.iter().position(|t| t.id == *table.get_ref()) else {
                    self.fault(
                        table.span(),
                        format!("没有名为 {} 的表", table.get_ref()),
                        format!("there is no table {}", table.get_ref()),
                    );
                    return None;
                };
                SectionBody::Table(TableId(index))
            }
            _ => {
                self.fault(
                    section.span(),
                    "每一节要有 text 或 table，只能有一个",
                    "a section has either a text or a table",
                );
                return None;
            }
        };
        Some(Section {
            heading: file.heading.clone(),
            body,
        })
    }
}
