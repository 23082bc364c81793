//! The files that options name: forms, style and fonts, last year's reports.

use std::path::Path;
use std::sync::Arc;

use super::args::{Fonts, FormFile, PreviousPath};
use super::{Halt, inputs};
use nianbao::fault::Fault;
use nianbao::font::{Library, Search};
use nianbao::form::{self, Form};
use nianbao::pipeline::Previous;
use nianbao::style::{self, Style};
use nianbao::text::{ReadFault, Source};

impl FormFile {
    /// The forms: that of the user's own first, then the built-in ones.
    pub fn open(&self) -> Result<Vec<Arc<Form>>, Halt> {
        let mut forms = Vec::new();
        if let Some(path) = &self.file {
            let form = form::load(&source(path)?).map_err(Halt::Findings)?;
            forms.push(Arc::new(form));
        }
        forms.extend_from_slice(form::builtin().map_err(|found| Halt::Findings(found.to_vec()))?);
        Ok(forms)
    }
}

impl Fonts {
    /// The style of the pages, and the fonts that it needs: those in the folder that `--fonts` names
    /// first.
    pub fn open(&self) -> Result<(Style, Library), Halt> {
        let style = match &self.style {
            Some(path) => style::load(&source(path)?).map_err(Halt::Findings)?,
            None => Style::default(),
        };
        // A folder that was named must be there: the search would pass over it without a word.
        if let Some(folder) = &self.fonts {
            std::fs::read_dir(folder).map_err(|error| Fault::io(folder, &error))?;
        }
        let mut search = Search::standard(self.fonts.clone());
        search.system = self.system_fonts || style.fonts.system;
        match Library::open_with(&search, &style.fonts.named) {
            Ok(library) => Ok((style, library)),
            Err(fault) => Err(match style.fonts.finding(&fault) {
                Some(finding) => Halt::Findings(vec![finding]),
                None => Halt::Fault(Fault::font(&fault)),
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
        let meta = std::fs::metadata(path).map_err(|error| Fault::io(path, &error))?;
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

/// The text of a file that an option names.
pub(super) fn source(path: &Path) -> Result<Arc<Source>, Halt> {
    match Source::read(path) {
        Ok(source) => Ok(Arc::new(source)),
        Err(ReadFault::Io(error)) => Err(Fault::io(path, &error).into()),
        Err(ReadFault::Content(finding)) => Err(Halt::Findings(vec![*finding])),
    }
}
