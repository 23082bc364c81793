//! `--previous`: a data file, or a folder of them.

use super::args::PreviousPath;
use super::{Halt, inputs};
use crate::pipeline::Previous;
use crate::text::Failure;

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
