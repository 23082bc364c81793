//! A new report: blank, or with what last year's says that stays.

use serde::Deserialize;

use super::draft::Draft;
use super::folder::Number;
use super::{Office, Undone};
use crate::form::{FigureId, PARTICULARS, Script, data_file, for_year};
use crate::text::Message;

/// What a new report is to be.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    year: i32,
    organ: String,
    /// The report on the year before.
    from: Option<Number>,
}

impl Office {
    /// Makes a new report's data file.
    pub fn new_report(&self, wanted: &Wanted) -> Result<Number, Undone> {
        let form = for_year(&self.forms, wanted.year).ok_or_else(|| {
            Undone::Told(Message::new(
                format!("{} 年没有对应的格式，请核对年份", wanted.year),
                format!("no form serves the year {}", wanted.year),
            ))
        })?;
        let last = match wanted.from {
            Some(number) => {
                let path = self.folder.file(number).ok_or(Undone::Gone)?;
                let text = String::from_utf8(self.folder.read(&path)?.bytes);
                let draft = text.ok().and_then(|text| Draft::read(&text).ok());
                Some(draft.ok_or(Undone::Bad)?)
            }
            None => None,
        };
        let said = |key: &str| last.as_ref().and_then(|last| last.said(form, key));
        let organ = match wanted.organ.trim() {
            "" => said("organ.name").unwrap_or_default(),
            organ => organ.to_owned(),
        };
        let start = data_file::Start {
            year: wanted.year,
            organ: Some(&organ),
            script: match said("script").as_deref() {
                Some("hant") => Script::Hant,
                _ => Script::Hans,
            },
            region: said("scope").as_deref() == Some("region"),
        };
        let blank = |id: FigureId| (!form.spec(id).derived).then(|| "\"\"".to_owned());
        let text = data_file::with_figures(form, &start, &blank);
        let mut draft = Draft::read(&text).map_err(|_| Undone::Bad)?;
        let staying = PARTICULARS.iter().filter(|it| it.stays());
        for key in staying.map(|it| it.key) {
            if let Some(said) = said(key)
                && key != "organ.name"
            {
                draft.set(form, key, &said).map_err(|_| Undone::Bad)?;
            }
        }
        for (this_year, last_year) in form.carried_over() {
            if let Some(said) = said(&form.spec(last_year).key) {
                let key = &form.spec(this_year).key;
                draft.set(form, key, &said).map_err(|_| Undone::Bad)?;
            }
        }
        let stem = format!("{organ}{}", wanted.year);
        Ok(self.folder.create(&stem, "toml", draft.text().as_bytes())?)
    }
}
