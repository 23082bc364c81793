//! What the page asks for, by method and path below the token. The [gate](super::gate) has let a request in
//! before any of these sees it.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::routing::{MethodRouter, get, post};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::folder::Number;
use super::fresh::Wanted;
use super::make::Kind;
use super::page;
use super::save::Changes;
use super::{Office, Undone};
use crate::text::Lang;

type Shared = State<Arc<Office>>;

/// All routes. A test walks them: none may answer a stranger.
pub(super) fn all() -> [(&'static str, MethodRouter<Arc<Office>>); 20] {
    [
        ("/", get(home)),
        ("/desk.css", get(css)),
        ("/desk.js", get(js)),
        ("/paste.js", get(paste_js)),
        ("/texts.js", get(texts_js)),
        ("/old.js", get(old_js)),
        ("/reports", get(reports).post(new_report)),
        ("/bring", post(bring)),
        ("/window", post(window)),
        ("/end", post(end)),
        ("/report/{number}", get(report)),
        ("/report/{number}/now", get(now)),
        ("/report/{number}/version", get(version)),
        ("/report/{number}/save", post(save)),
        ("/report/{number}/aside", post(aside)),
        ("/report/{number}/make", post(make)),
        ("/report/{number}/seal", post(seal)),
        ("/report/{number}/earlier", get(earlier).post(restore)),
        ("/report/{number}/look", get(look)),
        ("/report/{number}/take/{kind}", get(take)),
    ]
}

pub(super) fn routes(office: Arc<Office>) -> Router {
    let router = Router::new();
    let router = all()
        .into_iter()
        .fold(router, |router, (path, method)| router.route(path, method));
    router.with_state(office)
}

/// Does work that reads and writes files away from the thread that answers.
async fn work<T: Send + 'static>(
    office: Arc<Office>,
    work: impl FnOnce(&Office) -> Result<T, Undone> + Send + 'static,
) -> Result<T, Response<Body>> {
    match tokio::task::spawn_blocking(move || work(&office)).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(undone)) => Err(not_done(undone)),
        Err(_) => Err(words(
            StatusCode::INTERNAL_SERVER_ERROR,
            "程序内部出错，您写的还在页面上",
        )),
    }
}

fn not_done(undone: Undone) -> Response<Body> {
    match undone {
        Undone::Gone => words(StatusCode::NOT_FOUND, "这个文件已经不在文件夹里了"),
        Undone::Bad => words(StatusCode::BAD_REQUEST, "这个请求看不懂"),
        Undone::NoVersion => words(StatusCode::PRECONDITION_REQUIRED, "没有说明改的是哪一稿"),
        Undone::Told(message) => words(StatusCode::CONFLICT, message.get(Lang::Zh)),
    }
}

#[derive(Serialize)]
struct Words<'a> {
    error: &'a str,
}

fn words(status: StatusCode, error: &str) -> Response<Body> {
    let mut response = json(&Words { error });
    *response.status_mut() = status;
    response
}

fn json(value: &impl Serialize) -> Response<Body> {
    match serde_json::to_vec(value) {
        Ok(bytes) => answer("application/json", bytes),
        Err(_) => status(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn answer(kind: &'static str, bytes: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(bytes.into());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn html(page: String) -> Response<Body> {
    answer("text/html; charset=utf-8", page)
}

fn asked<T: DeserializeOwned>(body: &Bytes) -> Result<T, Undone> {
    serde_json::from_slice(body).map_err(|_| Undone::Bad)
}

/// What a route answers, done or not.
type Answer = Result<Response<Body>, Response<Body>>;

async fn css() -> Response<Body> {
    answer("text/css; charset=utf-8", include_str!("page/desk.css"))
}

async fn js() -> Response<Body> {
    answer(
        "text/javascript; charset=utf-8",
        include_str!("page/desk.js"),
    )
}

async fn paste_js() -> Response<Body> {
    answer(
        "text/javascript; charset=utf-8",
        include_str!("page/paste.js"),
    )
}

async fn texts_js() -> Response<Body> {
    answer(
        "text/javascript; charset=utf-8",
        include_str!("page/texts.js"),
    )
}

async fn old_js() -> Response<Body> {
    answer(
        "text/javascript; charset=utf-8",
        include_str!("page/old.js"),
    )
}

async fn home(State(office): Shared) -> Answer {
    let listed = work(office, |office| Ok((office.listed(), office.place()))).await?;
    Ok(html(page::home(&listed.0, &listed.1)))
}

async fn reports(State(office): Shared) -> Answer {
    let listed = work(office, |office| Ok(office.listed())).await?;
    Ok(json(&listed))
}

/// The number of a file that was made.
#[derive(Serialize)]
struct Made {
    number: Number,
}

async fn new_report(State(office): Shared, body: Bytes) -> Answer {
    let wanted: Wanted = asked(&body).map_err(not_done)?;
    let number = work(office, move |office| office.new_report(&wanted)).await?;
    Ok(json(&Made { number }))
}

async fn report(State(office): Shared, Path(number): Path<Number>) -> Answer {
    let sheet = work(office, move |office| office.sheet(number)).await?;
    Ok(html(page::report(number, &sheet)))
}

async fn now(State(office): Shared, Path(number): Path<Number>) -> Answer {
    let now = work(office, move |office| office.now(number)).await?;
    Ok(json(&now))
}

async fn save(State(office): Shared, Path(number): Path<Number>, body: Bytes) -> Answer {
    let changes: Changes = asked(&body).map_err(not_done)?;
    let now = work(office, move |office| office.save(number, &changes)).await?;
    Ok(json(&now))
}

async fn version(State(office): Shared, Path(number): Path<Number>) -> Answer {
    let version = work(office, move |office| office.version(number)).await?;
    Ok(json(&version))
}

async fn aside(State(office): Shared, Path(number): Path<Number>, body: Bytes) -> Answer {
    let changes: Changes = asked(&body).map_err(not_done)?;
    work(office, move |office| office.set_aside(number, &changes)).await?;
    Ok(status(StatusCode::NO_CONTENT))
}

async fn make(State(office): Shared, Path(number): Path<Number>) -> Answer {
    let made = work(office, move |office| office.make(number)).await?;
    Ok(json(&made))
}

async fn look(State(office): Shared, Path(number): Path<Number>) -> Answer {
    let bytes = work(office, move |office| office.look(number)).await?;
    let mut response = answer("application/pdf", bytes);
    let headers = response.headers_mut();
    // A browser's own viewer is a page inside this answer; it may stand in the desk's page only.
    let policy =
        "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    Ok(response)
}

async fn take(State(office): Shared, Path((number, kind)): Path<(Number, String)>) -> Answer {
    let kind = Kind::called(&kind).ok_or_else(|| status(StatusCode::NOT_FOUND))?;
    let (name, bytes) = work(office, move |office| office.take(number, kind)).await?;
    let mut response = answer(kind.media_type(), bytes);
    let name = format!(
        "attachment; filename*=UTF-8''{}",
        utf8_percent_encode(&name, ATTR_CHAR)
    );
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// What stands for itself in a name in a header (RFC 8187, 3.2.1: attr-char).
const ATTR_CHAR: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// The header with the name of a file that is brought in, in escapes.
const NAME: HeaderName = HeaderName::from_static("x-name");

async fn bring(State(office): Shared, headers: HeaderMap, body: Bytes) -> Answer {
    let name = headers.get(NAME).and_then(|name| name.to_str().ok());
    let name = percent_decode_str(name.unwrap_or_default())
        .decode_utf8_lossy()
        .into_owned();
    let number = work(office, move |office| office.bring(&name, &body)).await?;
    Ok(json(&Made { number }))
}

async fn seal(State(office): Shared, Path(number): Path<Number>, body: Bytes) -> Answer {
    let name = work(office, move |office| office.keep_seal(number, &body)).await?;
    Ok(json(&name))
}

async fn earlier(State(office): Shared, Path(number): Path<Number>) -> Answer {
    let states = work(office, move |office| office.earlier(number)).await?;
    Ok(json(&states))
}

#[derive(Deserialize)]
struct Restored {
    state: String,
}

async fn restore(State(office): Shared, Path(number): Path<Number>, body: Bytes) -> Answer {
    let Restored { state } = asked(&body).map_err(not_done)?;
    let now = work(office, move |office| office.restore(number, &state)).await?;
    Ok(json(&now))
}

#[derive(Deserialize)]
struct Window {
    id: String,
    open: bool,
}

async fn window(State(office): Shared, body: Bytes) -> Answer {
    let window: Window = asked(&body).map_err(not_done)?;
    if let Ok(mut windows) = office.windows.lock() {
        windows.heard = Instant::now();
        windows.open.retain(|id| *id != window.id);
        if window.open && window.id.len() <= 64 && windows.open.len() < 256 {
            windows.open.push(window.id);
        }
    }
    Ok(status(StatusCode::NO_CONTENT))
}

async fn end(State(office): Shared) -> Response<Body> {
    office.ending.notify_one();
    status(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::thread;

    use axum::http::Request;
    use hyper::body::Incoming;
    use hyper::server::conn::http1;
    use hyper::service::service_fn;
    use hyper_util::rt::TokioIo;
    use tower::ServiceExt;

    use super::*;
    use crate::desk::{Desk, Opened, Settings};
    use crate::font::{Library, Search};
    use crate::form::Forms;
    use crate::style::Style;

    /// What is sent, and the status that comes back.
    fn status_of(port: u16, head: &str) -> u16 {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // A server that closes with the body unread resets the connection after its answer.
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.split(' ').nth(1).unwrap_or_default();
        status.parse().unwrap_or_default()
    }

    fn request(port: u16, method: &str, path: &str, more: &str) -> String {
        let body = match method {
            "POST" => {
                "Content-Type: application/json\r\nX-Nianbao: 1\r\nContent-Length: 2\r\n\r\n{}"
            }
            _ => "\r\n",
        };
        let host = match more.contains("Host:") {
            true => String::new(),
            false => format!("Host: 127.0.0.1:{port}\r\n"),
        };
        format!("{method} {path} HTTP/1.1\r\n{host}Connection: close\r\n{more}{body}")
    }

    /// The routes, and whatever else, that answer a stranger at a port: one without the token, one of another
    /// site, one of a name that was made to mean this machine.
    fn let_in(port: u16, token: &str) -> Vec<String> {
        let mut in_there = Vec::new();
        let paths = all().map(|(path, _)| path.replace("{number}", "0").replace("{kind}", "pdf"));
        let paths = paths.into_iter().chain(["/nothing-here".to_owned()]);
        for path in paths {
            for method in ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"] {
                let whole = format!("/{token}{path}");
                let wrong = format!("/{}{path}", "0".repeat(token.len()));
                let strangers = [
                    ("no token", path.as_str(), ""),
                    ("another token", wrong.as_str(), ""),
                    ("another host", whole.as_str(), "Host: a.example\r\n"),
                    (
                        "another origin",
                        whole.as_str(),
                        "Origin: http://a.example\r\n",
                    ),
                    ("no origin", whole.as_str(), "Origin: null\r\n"),
                    (
                        "another site",
                        whole.as_str(),
                        "Sec-Fetch-Site: cross-site\r\n",
                    ),
                ];
                for (who, path, more) in strangers {
                    let status = status_of(port, &request(port, method, path, more));
                    if !matches!(status, 403 | 421) {
                        in_there.push(format!("{method} {path}, {who}: {status}"));
                    }
                }
            }
        }
        in_there
    }

    fn desk(folder: &std::path::Path) -> Box<Desk> {
        let opened = Desk::open(Settings {
            folder: folder.to_owned(),
            forms: Forms::builtin().unwrap(),
            library: Library::open(&Search::standard(None)).unwrap(),
            style: Style::default(),
            this_year: 2025,
            port: None,
        });
        match opened.unwrap() {
            Opened::Desk(desk) => desk,
            Opened::Running(address) => panic!("there is one at {address}"),
        }
    }

    #[test]
    fn no_route_answers_a_stranger() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.toml"), "year = 2024\n").unwrap();
        let desk = desk(folder.path());
        let address = desk.address();
        let office = Arc::clone(&desk.office);
        let serving = thread::spawn(move || desk.serve());
        let mut parts = address.trim_start_matches("http://127.0.0.1:").split('/');
        let port = parts.next().unwrap().parse().unwrap();
        let token = parts.next().unwrap();
        assert_eq!(let_in(port, token), Vec::<String>::new());
        for path in ["/", "/desk.js", "/report/0", "/report/0/version"] {
            let own = request(port, "GET", &format!("/{token}{path}"), "");
            assert_eq!(status_of(port, &own), 200, "{path} for the page itself");
        }
        let own = request(port, "POST", &format!("/{token}/end"), "");
        assert_eq!(status_of(port, &own), 204);
        serving.join().unwrap().unwrap();
        // The same walk finds every route where one is served beside the gate.
        let beside = let_in(beside_the_gate(office), "0123");
        for (path, _) in all() {
            let path = path.replace("{number}", "0").replace("{kind}", "pdf");
            let found = |it: &String| it.split(' ').nth(1) == Some(&format!("{path},"));
            assert!(beside.iter().any(found), "{path}");
        }
    }

    /// The port at which the routes are served without the gate.
    fn beside_the_gate(office: Arc<Office>) -> u16 {
        let (port, served) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                port.send(listener.local_addr().unwrap().port()).unwrap();
                let routes = routes(office);
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    let service = service_fn(|request: Request<Incoming>| {
                        routes.clone().oneshot(request.map(Body::new))
                    });
                    let io = TokioIo::new(stream);
                    let _ = http1::Builder::new().serve_connection(io, service).await;
                }
            });
        });
        served.recv().unwrap()
    }
}
