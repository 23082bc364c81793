//! The outputs of a report of the folder, as `build` makes them, and what comes into the folder.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::draft::Draft;
use super::folder::Number;
use super::review::{Review, all_keys};
use super::save::{Now, decoded};
use super::{Office, Undone};
use crate::document::Document;
use crate::form::{Form, Script, for_year};
use crate::intake;
use crate::output::{self, What};
use crate::pipeline::{Checker, Output};
use crate::text::{Findings, Message, Source};
use crate::xlsx;

/// How the name of a picture of a seal begins.
const SEAL: &str = "印章";
/// The first bytes of a PNG (PNG specification, 5.2).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A file that can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    DataFile,
    /// The data file with what was typed and can't be written.
    Aside,
    Made(Output),
}

impl Kind {
    /// The kind whose files' names end so.
    pub fn called(ending: &str) -> Option<Self> {
        match ending {
            "toml" => return Some(Self::DataFile),
            "aside" => return Some(Self::Aside),
            _ => {}
        }
        let mut outputs = Output::ALL.into_iter();
        outputs.find(|it| it.extension() == ending).map(Self::Made)
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::DataFile | Self::Aside => "application/toml; charset=utf-8",
            Self::Made(Output::Pdf) => "application/pdf",
            Self::Made(Output::Xlsx) => {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        }
    }
}

/// A report of the folder, as the list shows it.
#[derive(Debug, Serialize)]
pub(super) struct Listed {
    pub number: Number,
    pub file: String,
    pub organ: String,
    pub year: Option<i32>,
    /// What has to be typed still.
    pub empty: usize,
    pub errors: usize,
    pub warnings: usize,
    pub sound: bool,
    /// Outputs that are newer than the data file.
    pub made: Vec<&'static str>,
}

/// An output that was made.
#[derive(Debug, Serialize)]
pub(super) struct Made {
    kind: &'static str,
    file: String,
    pages: Option<usize>,
}

/// What a page to fill in is made of.
pub(super) struct Sheet {
    pub form: std::sync::Arc<Form>,
    pub script: Script,
    pub year: i32,
    pub organ: String,
    /// Whether the folder can't be written into.
    pub read_only: bool,
    /// Whether a run that was killed left a state that it was about to write.
    pub begun: bool,
}

impl Office {
    /// The reports of the folder.
    pub fn listed(&self) -> Vec<Listed> {
        let files = self.folder.files("toml");
        files
            .into_iter()
            .filter_map(|(number, path)| {
                let state = self.folder.read(&path).ok()?;
                // What can't be read is listed with its fault.
                let text = decoded(&path, &state).unwrap_or_else(|_| "=".to_owned());
                Some(self.list(number, &path, &text))
            })
            .collect()
    }

    fn list(&self, number: Number, path: &Path, text: &str) -> Listed {
        let Review {
            values,
            empty,
            findings,
            sound,
            ..
        } = self.review(path, text);
        let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
        let saved = |path: &Path| path.metadata().and_then(|meta| meta.modified()).ok();
        let is_newer =
            |output: &Output| saved(&path.with_extension(output.extension())) > saved(path);
        Listed {
            number,
            file: name(path),
            organ: values.get("organ.name").cloned().unwrap_or_default(),
            year: values.get("year").and_then(|year| year.parse().ok()),
            empty: empty.len(),
            errors: count("error"),
            warnings: count("warning"),
            sound,
            made: Output::ALL
                .iter()
                .filter(|it| is_newer(it))
                .map(|it| it.extension())
                .collect(),
        }
    }

    /// What the folder is called.
    pub fn place(&self) -> String {
        self.folder.path().display().to_string()
    }

    /// What the page of a report is made of.
    pub fn sheet(&self, number: Number) -> Result<Sheet, Undone> {
        let path = self.folder.file(number).ok_or(Undone::Gone)?;
        let state = self.folder.read(&path)?;
        let text = decoded(&path, &state).unwrap_or_default();
        let draft = Draft::read(&text).ok();
        let year = draft.as_ref().and_then(Draft::year);
        let year = year.unwrap_or(self.this_year - 1);
        let form = for_year(&self.forms, year).or(self.forms.first());
        let form = form.ok_or(Undone::Bad)?;
        let said = |key| draft.as_ref().and_then(|draft| draft.said(form, key));
        Ok(Sheet {
            year,
            organ: said("organ.name").unwrap_or_default(),
            script: match said("script").as_deref() {
                Some("hant") => Script::Hant,
                _ => Script::Hans,
            },
            form: form.clone(),
            read_only: self.folder.is_read_only(),
            begun: self.folder.begun(&path).is_some(),
        })
    }

    /// The document of a report that can be handed in.
    fn document(&self, path: &Path) -> Result<Document, Undone> {
        let mut checker = Checker::new(&self.forms);
        checker.previous = self.all_previous();
        checker.this_year = Some(self.this_year);
        let outcome = checker.check(path, Some(&self.renderer));
        match outcome.result? {
            Some(checked) => Ok(Document::of(&checked)),
            None => Err(Undone::Told(first_error(&outcome.findings))),
        }
    }

    /// The pages, made of the file as it is.
    pub fn look(&self, number: Number) -> Result<Vec<u8>, Undone> {
        let path = self.folder.file(number).ok_or(Undone::Gone)?;
        let document = self.document(&path)?;
        Ok(self.renderer.render(&document, Output::Pdf, &path)?.bytes)
    }

    /// Writes the outputs beside the data file.
    pub fn make(&self, number: Number) -> Result<Vec<Made>, Undone> {
        let path = self.folder.file(number).ok_or(Undone::Gone)?;
        let document = self.document(&path)?;
        let folder = output::Folder::open(self.folder.path(), [])?;
        let (mut staged, mut made) = (Vec::new(), Vec::new());
        for output in Output::ALL {
            let rendered = self.renderer.render(&document, output, &path)?;
            let name = PathBuf::from(name(&path)).with_extension(output.extension());
            let what = match output {
                Output::Pdf => What::Pdf,
                Output::Xlsx => What::Workbook(xlsx::Kind::Report),
            };
            made.push(Made {
                kind: output.extension(),
                file: name.display().to_string(),
                pages: rendered.pages,
            });
            staged.push(folder.stage(&name, what, &rendered.bytes)?);
        }
        output::persist(staged, false)?;
        Ok(made)
    }

    /// A file to take away: its name and bytes.
    pub fn take(&self, number: Number, kind: Kind) -> Result<(String, Vec<u8>), Undone> {
        let file = || self.folder.file(number).ok_or(Undone::Gone);
        match kind {
            Kind::Aside => {
                let aside = self.folder.name(number).zip(self.folder.aside(number));
                aside.ok_or(Undone::Gone)
            }
            Kind::DataFile => {
                let path = file()?;
                Ok((name(&path), self.folder.read(&path)?.bytes))
            }
            Kind::Made(output) => {
                let path = file()?;
                let document = self.document(&path)?;
                let name = format!("{}.{}", document.title.whole(), output.extension());
                Ok((name, self.renderer.render(&document, output, &path)?.bytes))
            }
        }
    }

    /// Brings a file of another place into the folder: a workbook, filled in as far as it may be, a data
    /// file.
    pub fn bring(&self, name: &str, bytes: &[u8]) -> Result<Number, Undone> {
        let told = |findings: Findings| Undone::Told(first_error(&findings));
        let path = Path::new(name);
        let text = if intake::is_workbook(path, bytes) {
            intake::draft(name, bytes, &self.forms, None)
                .map_err(told)?
                .0
        } else {
            let source = Source::from_bytes(name, bytes.to_vec()).map_err(told)?;
            Draft::read(source.text()).map_err(|_| {
                Undone::Told(Message::new(
                    format!("{name} 不是数据文件，也不是填好的工作簿"),
                    format!("{name} is no data file and no filled-in workbook"),
                ))
            })?;
            source.text().to_owned()
        };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        Ok(self.folder.create(&stem, "toml", text.as_bytes())?)
    }

    /// Puts the picture of a seal beside a report. Out comes what the data file is to call it.
    pub fn keep_seal(&self, number: Number, bytes: &[u8]) -> Result<String, Undone> {
        self.folder.file(number).ok_or(Undone::Gone)?;
        if !bytes.starts_with(PNG) {
            return Err(Undone::Told(Message::new(
                "印章要用 PNG 图片：在图片软件里另存为 .png",
                "a seal is a PNG picture: save it as .png",
            )));
        }
        let number = self.folder.create(SEAL, "png", bytes)?;
        let path = self.folder.file(number).ok_or(Undone::Gone)?;
        Ok(name(&path))
    }

    /// The earlier states of a report, the latest first, by the time at which each was left.
    pub fn earlier(&self, number: Number) -> Result<Vec<Earlier>, Undone> {
        let path = self.folder.file(number).ok_or(Undone::Gone)?;
        let now = decoded(&path, &self.folder.read(&path)?).ok();
        let now = now.and_then(|text| Draft::read(&text).ok());
        let year = now.as_ref().and_then(Draft::year);
        let form = year.and_then(|year| for_year(&self.forms, year));
        let form = form.or(self.forms.first()).ok_or(Undone::Bad)?;
        let keys = all_keys(form);
        let mut states = self.folder.earlier(&path);
        states.extend(self.folder.begun(&path));
        Ok(states
            .into_iter()
            .filter_map(|state| {
                let text = decoded(&state, &self.folder.read(&state).ok()?).ok()?;
                let draft = Draft::read(&text).ok()?;
                let differing = keys.iter().filter_map(|key| {
                    let then = draft.said(form, key).unwrap_or_default();
                    let now = now.as_ref().and_then(|now| now.said(form, key));
                    let now = now.unwrap_or_default();
                    let key = key.clone();
                    (then != now).then_some(Difference { key, then, now })
                });
                Some(Earlier {
                    differing: differing.collect(),
                    state: name(&state),
                })
            })
            .collect())
    }

    /// Goes back to an earlier state; what is there now is kept as another.
    pub fn restore(&self, number: Number, state: &str) -> Result<Now, Undone> {
        let path = self.folder.file(number).ok_or(Undone::Gone)?;
        let mut states = self.folder.earlier(&path);
        states.extend(self.folder.begun(&path));
        let state = states.into_iter().find(|it| name(it) == state);
        let bytes = self.folder.read(&state.ok_or(Undone::Gone)?)?.bytes;
        {
            let _held = self.folder.hold(&path);
            self.folder.keep_now(number);
            self.folder.replace(number, &path, &bytes)?;
        }
        self.now(number)
    }
}

/// An earlier state of a report.
#[derive(Debug, Serialize)]
pub(super) struct Earlier {
    /// What it is asked for by: the time in ms since 1970 and the ending.
    state: String,
    /// In what it differs from what is there now.
    differing: Vec<Difference>,
}

/// What a key says in an earlier state and says now.
#[derive(Debug, Serialize)]
struct Difference {
    key: String,
    then: String,
    now: String,
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// What is wrong, in one sentence.
fn first_error(findings: &Findings) -> Message {
    let error = findings.iter().find(|it| it.is_error());
    match error {
        Some(error) => error.message.clone(),
        None => Message::new("还不能报送", "can't be handed in yet"),
    }
}
