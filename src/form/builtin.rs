//! The forms that come with the program.

use std::sync::{Arc, OnceLock};

use super::{Form, load};
use crate::text::{Finding, Source};

const FILES: [(&str, &str); 2] = [
    ("2021.toml", include_str!("2021.toml")),
    ("2019.toml", include_str!("2019.toml")),
];

/// The forms that come with the program, the one in force first, each read once in a process.
///
/// # Errors
/// The findings of a form file that can't be read; a test keeps the files sound.
pub fn builtin() -> Result<&'static [Arc<Form>], &'static [Finding]> {
    static FORMS: OnceLock<Result<Vec<Arc<Form>>, Vec<Finding>>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        FILES
            .iter()
            .map(|(name, text)| load(&Arc::new(Source::new(*name, *text))).map(Arc::new))
            .collect()
    });
    match forms {
        Ok(forms) => Ok(forms),
        Err(findings) => Err(findings),
    }
}

/// The form that serves `year`, of those given.
pub fn for_year(forms: &[Arc<Form>], year: i32) -> Option<&Arc<Form>> {
    forms.iter().find(|form| form.serves(year))
}
