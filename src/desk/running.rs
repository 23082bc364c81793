//! One desk a folder: a second start opens the page of the first, and one after a kill asks for its port again,
//! so that a window left open finds the new one and says that it is old.
//!
//! The address has the token in it, so it is kept where only the user may read, and never in the folder of
//! reports, which others may share. Which desk still runs is told by a lock that the system takes back with its
//! process, however that ends; what merely stands in the file may be years old.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

/// How long one that has just begun is given to say its address.
const BEGINS: Duration = Duration::from_secs(3);
/// How long its answer may take.
const ANSWER: Duration = Duration::from_secs(2);

/// The one desk of a folder, as long as this is held.
#[derive(Debug)]
pub(super) struct Only {
    address: PathBuf,
    _lock: File,
}

/// What there is of desks on a folder.
#[derive(Debug)]
pub(super) enum Found {
    /// None runs, or it can't be told.
    None(Option<Only>),
    /// One does, at this address.
    Running(String),
}

/// Looks for a desk on a folder, given without links.
pub(super) fn look(folder: &Path) -> Found {
    let Some(own) = own_folder() else {
        return Found::None(None);
    };
    look_in(&own, folder).unwrap_or(Found::None(None))
}

fn look_in(own: &Path, folder: &Path) -> io::Result<Found> {
    make_private(own)?;
    let sum = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    let name: String = sum
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    // Windows lets nobody read a locked file: the address has one of its own.
    let address = own.join(&name).with_extension("address");
    // Windows locks no file that is open for appending alone.
    let lock = private()
        .read(true)
        .append(true)
        .open(own.join(&name).with_extension("lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(Found::None(Some(Only {
            address,
            _lock: lock,
        }))),
        Err(TryLockError::WouldBlock) => {
            let from = Instant::now();
            while from.elapsed() < BEGINS {
                if let Some(found) = fs::read_to_string(&address).ok().filter(|it| answers(it)) {
                    return Ok(Found::Running(found));
                }
                std::thread::sleep(Duration::from_millis(100));
            }
            Ok(Found::None(None))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

impl Only {
    /// The port of the desk before this one.
    pub fn last_port(&self) -> Option<u16> {
        Some(parts(&fs::read_to_string(&self.address).ok()?)?.0)
    }

    /// Leaves word of where this one is. Where that fails, a second start makes a second desk.
    pub fn say(&self, address: &str) {
        let file = private().write(true).truncate(true).open(&self.address);
        let _ = file.and_then(|mut file| file.write_all(address.as_bytes()));
    }
}

/// The port and the path of an address such as a desk has.
fn parts(address: &str) -> Option<(u16, &str)> {
    let rest = address.strip_prefix("http://127.0.0.1:")?;
    let (port, path) = rest.split_at(rest.find('/')?);
    let token = path.strip_prefix('/')?.strip_suffix('/')?;
    let is_token = token.len() == 32 && token.bytes().all(|b| b.is_ascii_hexdigit());
    is_token.then_some((port.parse().ok()?, path))
}

/// Whether a desk is at an address, and takes its token.
fn answers(address: &str) -> bool {
    let ask = || -> Option<bool> {
        let (port, path) = parts(address)?;
        let at = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&at, ANSWER).ok()?;
        stream.set_read_timeout(Some(ANSWER)).ok()?;
        let request = format!(
            "GET {path}old.js HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut begin = [0; 12];
        stream.read_exact(&mut begin).ok()?;
        Some(&begin == b"HTTP/1.1 200")
    };
    ask() == Some(true)
}

/// Where the user's programs leave word of what is running (XDG Base Directory Specification), or of their
/// state.
#[cfg(unix)]
fn own_folder() -> Option<PathBuf> {
    let named = |name| {
        std::env::var_os(name)
            .filter(|it| !it.is_empty())
            .map(PathBuf::from)
    };
    let state = || Some(std::env::home_dir()?.join(".local/state"));
    let folder = named("XDG_RUNTIME_DIR").or_else(|| named("XDG_STATE_HOME"));
    Some(folder.or_else(state)?.join("nianbao"))
}

#[cfg(windows)]
fn own_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("LOCALAPPDATA")?;
    Some(PathBuf::from(folder).join("nianbao"))
}

/// Makes a folder that nobody else may look into; on Windows those of the user's profile are so.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// How a file is opened, and made, that nobody else may read.
fn private() -> fs::OpenOptions {
    let mut options = File::options();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_desks_are_asked() {
        let token = "0123456789abcdef0123456789abcdef";
        let address = format!("http://127.0.0.1:4000/{token}/");
        assert_eq!(parts(&address), Some((4000, &*format!("/{token}/"))));
        for other in [
            format!("http://127.0.0.1:70000/{token}/"),
            format!("http://127.0.0.1.a:4000/{token}/"),
            format!("http://127.0.0.1:4000/{token}"),
            "http://127.0.0.1:4000/0123 HTTP/1.1\r\nX: 1/".to_owned(),
            String::new(),
        ] {
            assert_eq!(parts(&other), None, "{other}");
        }
    }

    #[test]
    fn a_folder_has_one_desk_until_that_is_gone_and_the_next_knows_its_port() {
        let own = tempfile::tempdir().unwrap();
        let own = own.path().join("nianbao");
        let only = |folder: &str| match look_in(&own, Path::new(folder)).unwrap() {
            Found::None(only) => only,
            Found::Running(address) => panic!("{address}"),
        };
        let first = only("/a").unwrap();
        assert_eq!(first.last_port(), None);
        assert!(only("/b").is_some());
        first.say(&format!("http://127.0.0.1:4000/{}/", "0".repeat(32)));
        drop(first);
        assert_eq!(only("/a").unwrap().last_port(), Some(4000));
        #[cfg(unix)]
        for entry in fs::read_dir(&own).unwrap() {
            use std::os::unix::fs::PermissionsExt;
            let mode = entry.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }
}
