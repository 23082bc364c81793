//! The one gate that every request passes before any route sees it: who asks, from where, for what.
//!
//! A page of the net can make a browser send requests to this program, and a name of its own can be made
//! to mean this machine (DNS rebinding). So nothing is taken from what only looks right: `Host`, `Origin`
//! and token are compared byte for byte with the desk's own.

use axum::http::header::{
    CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName, ORIGIN, TRANSFER_ENCODING, UPGRADE,
};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use sha2::{Digest, Sha256};

/// Longest body of a file that is brought in, in bytes.
pub(super) const LONGEST_FILE: u64 = 20 << 20;
/// Longest body of anything else, in bytes.
const LONGEST: u64 = 1 << 20;
/// The header that a page of another origin can't send without asking first (Fetch, 2.2.2).
const OWN_HEADER: HeaderName = HeaderName::from_static("x-nianbao");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What the desk's own requests look like.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    /// `127.0.0.1:PORT`.
    host: String,
    /// The first part of every path: good for one run.
    token: String,
}

impl Gate {
    pub fn new(port: u16, token: String) -> Self {
        Self {
            host: format!("127.0.0.1:{port}"),
            token,
        }
    }

    /// Where the desk's page is.
    pub fn address(&self) -> String {
        format!("http://{}/{}/", self.host, self.token)
    }

    /// The path below the token, from its slash on.
    ///
    /// # Errors
    /// How a request is refused that isn't one of the desk's own page.
    pub fn pass<'r, B>(&self, request: &'r Request<B>) -> Result<&'r str, StatusCode> {
        let (headers, uri) = (request.headers(), request.uri());
        if uri.scheme().is_some() || uri.authority().is_some() {
            return Err(StatusCode::BAD_REQUEST);
        }
        if only(headers, &HOST).ok_or(StatusCode::MISDIRECTED_REQUEST)? != self.host.as_bytes() {
            return Err(StatusCode::MISDIRECTED_REQUEST);
        }
        self.same_origin(headers)?;
        let path = uri.path();
        // The desk's own paths need no escapes; what isn't decoded can't lead anywhere.
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'_');
        if uri.query().is_some() || !path.bytes().all(plain) || path.contains("..") {
            return Err(StatusCode::BAD_REQUEST);
        }
        let path = path.strip_prefix('/').ok_or(StatusCode::BAD_REQUEST)?;
        let (token, rest) = path.split_at(path.find('/').unwrap_or(path.len()));
        if !same(token, &self.token) {
            return Err(StatusCode::FORBIDDEN);
        }
        method(request)?;
        length(headers, LONGEST_FILE)?;
        Ok(rest)
    }

    /// Whether a request that names its origin comes from the desk's own page. One typed into the address
    /// line names none.
    fn same_origin(&self, headers: &HeaderMap) -> Result<(), StatusCode> {
        if headers.contains_key(ORIGIN) {
            let own = format!("http://{}", self.host);
            if only(headers, &ORIGIN) != Some(own.as_bytes()) {
                return Err(StatusCode::FORBIDDEN);
            }
        }
        match headers.contains_key(FETCH_SITE) {
            true => match only(headers, &FETCH_SITE) {
                Some(b"same-origin" | b"none") => Ok(()),
                _ => Err(StatusCode::FORBIDDEN),
            },
            false => Ok(()),
        }
    }
}

/// What reads is a GET; what changes a POST as no form of another page can send it.
fn method<B>(request: &Request<B>) -> Result<(), StatusCode> {
    let headers = request.headers();
    if headers.contains_key(UPGRADE) || headers.contains_key(TRANSFER_ENCODING) {
        return Err(StatusCode::BAD_REQUEST);
    }
    match *request.method() {
        Method::GET => length(headers, 0),
        Method::POST => {
            let kind = only(headers, &CONTENT_TYPE);
            match kind {
                Some(b"application/json") => length(headers, LONGEST)?,
                Some(b"application/octet-stream") => {}
                _ => return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE),
            }
            if only(headers, &OWN_HEADER) != Some(b"1") {
                return Err(StatusCode::FORBIDDEN);
            }
            match only(headers, &CONTENT_LENGTH) {
                Some(_) => Ok(()),
                None => Err(StatusCode::LENGTH_REQUIRED),
            }
        }
        _ => Err(StatusCode::METHOD_NOT_ALLOWED),
    }
}

/// Whether the body is at most `longest` bytes, told before any of it is read.
fn length(headers: &HeaderMap, longest: u64) -> Result<(), StatusCode> {
    if !headers.contains_key(CONTENT_LENGTH) {
        return Ok(());
    }
    let said = only(headers, &CONTENT_LENGTH).and_then(|said| std::str::from_utf8(said).ok());
    match said.and_then(|said| said.parse::<u64>().ok()) {
        Some(said) if said <= longest => Ok(()),
        Some(_) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        None => Err(StatusCode::BAD_REQUEST),
    }
}

/// The value of a header that is there once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h [u8]> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    values.next().is_none().then_some(first.as_bytes())
}

/// Whether two tokens are the same. Their sums are compared, so that how long it takes says nothing of
/// where they differ.
fn same(said: &str, token: &str) -> bool {
    Sha256::digest(said) == Sha256::digest(token)
}
