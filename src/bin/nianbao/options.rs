//! The files that options name: forms, style and fonts, last year's reports.

use super::args::{Fonts, FormFile, PreviousPath};
use super::{Halt, inputs};
use nianbao::font::{Library, Search};
use nianbao::form::{Form, Forms};
use nianbao::pipeline::Previous;
use nianbao::style::Style;
use nianbao::text::{Failure, Source};

impl FormFile {
    /// The forms: that of the user's own first, then the built-in ones.
    pub fn open(&self) -> Result<Forms, Halt> {
        let forms = Forms::builtin()?;
        Ok(match &self.file {
            Some(path) => forms.with(Form::read(Source::read(path)?)?),
            None => forms,
        })
    }
}

impl Fonts {
    /// The style of the pages, and the fonts that it needs: those in the folder that `--fonts` names
    /// first.
    pub fn open(&self) -> Result<(Style, Library), Halt> {
        let style = match &self.style {
            Some(path) => Style::read(Source::read(path)?)?,
            None => Style::default(),
        };
        // A folder that was named must be there: the search would pass over it without a word.
        if let Some(folder) = &self.fonts {
            std::fs::read_dir(folder).map_err(|error| Failure::io(folder, &error))?;
        }
        let mut search = Search::standard(self.fonts.clone());
        search.system = self.system_fonts || style.fonts.system;
        match Library::open_with(&search, &style.fonts.named) {
            Ok(library) => Ok((style, library)),
            Err(fault) => Err(match style.fonts.finding(&fault) {
                Some(finding) => Halt::Findings(finding.into()),
                None => Halt::Failure(Failure::from(&fault)),
            }),
        }
    }
}

impl PreviousPath {
    /// Looks at what was named.
    pub fn open(&self) -> Result<Previous, Halt> {
        let Some(path) = &self.previous else {
            return Ok(Previous::None);
        };
        let meta = std::fs::metadata(path).map_err(|error| Failure::io(path, &error))?;
        if !meta.is_dir() {
            return Ok(Previous::File(path.clone()));
        }
        let inputs = inputs::gather(std::slice::from_ref(path));
        match inputs.faults.into_iter().next() {
            Some(fault) if inputs.files.is_empty() => Err(fault.into()),
            _ => Ok(Previous::index(&inputs.files)),
        }
    }
}
