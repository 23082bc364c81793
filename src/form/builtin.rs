//! The forms that come with the program.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use super::Form;
use crate::text::{Findings, Source};

const FILES: [(&str, &str); 2] = [
    ("2021.toml", include_str!("2021.toml")),
    ("2019.toml", include_str!("2019.toml")),
];

/// Forms that data files are read against; of several for one year the first counts.
#[derive(Debug, Clone)]
pub struct Forms(Vec<Arc<Form>>);

impl Forms {
    /// The forms that come with the program, the one in force first.
    ///
    /// # Errors
    /// The findings of a form file that can't be read; a test keeps the files sound.
    pub fn builtin() -> Result<Self, Findings> {
        // They are read once in a process.
        static FORMS: LazyLock<Result<Forms, Findings>> = LazyLock::new(|| {
            let forms = FILES.iter().map(|(name, text)| {
                let form = Form::read(Source::new(*name, *text))?;
                Ok(Arc::new(form))
            });
            forms.collect()
        });
        FORMS.clone()
    }

    /// These forms, and before them one of the user's own.
    #[must_use]
    pub fn with(mut self, form: impl Into<Arc<Form>>) -> Self {
        self.0.insert(0, form.into());
        self
    }
}

impl FromIterator<Arc<Form>> for Forms {
    fn from_iter<I: IntoIterator<Item = Arc<Form>>>(forms: I) -> Self {
        Self(forms.into_iter().collect())
    }
}

impl Deref for Forms {
    type Target = [Arc<Form>];

    fn deref(&self) -> &[Arc<Form>] {
        &self.0
    }
}

/// The form that serves `year`, of those given.
pub fn for_year(forms: &[Arc<Form>], year: i32) -> Option<&Arc<Form>> {
    forms.iter().find(|form| form.serves(year))
}
