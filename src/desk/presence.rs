//! Who else is at a report: desks on other computers that show one of a shared folder. It is told, and no
//! more: what guards the file is its version.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How often a desk says that it is there.
const SAID: Duration = Duration::from_secs(20);
/// How long after it last said so a desk is taken to be gone.
const GONE: Duration = Duration::from_secs(60);

/// Says in `folder` that this desk is at a report, and tells what other computers are.
///
/// # Errors
/// What the system says, where the folder can't be written into.
pub(super) fn others(folder: &Path) -> io::Result<Vec<String>> {
    fs::create_dir_all(folder)?;
    let computer = computer();
    let own = folder.join(format!("{computer}-{}", std::process::id()));
    let said = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified());
    let since = |then: SystemTime, now: SystemTime| now.duration_since(then).unwrap_or_default();
    if said(&own).map_or(true, |then| since(then, SystemTime::now()) > SAID) {
        fs::write(&own, &computer)?;
    }
    // The clock of the disk that both write on: those of two computers may differ.
    let now = said(&own)?;
    let mut others = Vec::new();
    for entry in fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        let then = said(&path).unwrap_or(SystemTime::UNIX_EPOCH);
        if path == own {
        } else if since(then, now) > GONE {
            let _ = fs::remove_file(&path);
        } else if let Ok(name) = fs::read_to_string(&path) {
            others.push(name.chars().take(40).collect());
        }
    }
    Ok(others)
}

/// What this computer is called.
fn computer() -> String {
    let mut named = ["COMPUTERNAME", "HOSTNAME"].into_iter();
    let named = named.find_map(|name| std::env::var(name).ok());
    let named = named.or_else(|| fs::read_to_string("/etc/hostname").ok());
    let is_plain = |c: &char| c.is_alphanumeric() || *c == '-';
    let plain: String = named
        .iter()
        .flat_map(|it| it.chars())
        .filter(is_plain)
        .take(20)
        .collect();
    match plain.is_empty() {
        true => "另一个程序".to_owned(),
        false => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_computer_is_told_until_it_has_been_silent() {
        let folder = tempfile::tempdir().unwrap();
        assert!(others(folder.path()).unwrap().is_empty(), "oneself");
        let other = folder.path().join("WANG-7");
        fs::write(&other, "WANG").unwrap();
        assert_eq!(others(folder.path()).unwrap(), ["WANG"]);
        let before = SystemTime::now() - GONE - SAID;
        fs::File::options()
            .append(true)
            .open(&other)
            .unwrap()
            .set_modified(before)
            .unwrap();
        assert!(others(folder.path()).unwrap().is_empty());
        assert!(!other.exists());
    }
}
