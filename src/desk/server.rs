//! Connections: one page's, on the loopback address, and no stranger's time.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, Request, Response, StatusCode, Uri};
use axum::{Router, body};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tower::ServiceExt;

use super::gate::{Gate, LONGEST_FILE};
use super::page;

/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(5);
/// How long its body may take: twenty megabytes from this machine itself.
const BODY: Duration = Duration::from_secs(20);
/// How long requests under way are waited for at the end.
const LAST: Duration = Duration::from_secs(2);
/// Connections at a time: a browser opens six, and there are few windows.
const CONNECTIONS: usize = 64;

/// A place to listen at: the loopback address only, at the port `asked` for where it is free.
///
/// # Errors
/// What the system says.
pub(super) fn listen(asked: Option<u16>) -> io::Result<std::net::TcpListener> {
    let at = |port| std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let listener = match asked.map(at) {
        Some(Ok(listener)) => listener,
        _ => at(0)?,
    };
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Serves until `ended` is.
pub(super) async fn serve(
    listener: std::net::TcpListener,
    gate: Arc<Gate>,
    routes: Router,
    ended: impl Future<Output = ()>,
) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let seats = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::pin!(ended);
    loop {
        let accepted = tokio::select! {
            () = &mut ended => break,
            accepted = listener.accept() => accepted,
        };
        // One that can't be accepted is its own fault; the next may be.
        let Ok((stream, from)) = accepted else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(seat) = Arc::clone(&seats).try_acquire_owned() else {
            continue;
        };
        if !from.ip().is_loopback() {
            continue;
        }
        let (gate, routes) = (Arc::clone(&gate), routes.clone());
        tokio::spawn(async move {
            let service = service_fn(|request| answer(request, &gate, &routes));
            let mut connection = http1::Builder::new();
            let connection = connection
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD);
            // A client that goes away is no fault of the desk's.
            let _ = connection
                .max_buf_size(64 << 10)
                .serve_connection(TokioIo::new(stream), service)
                .await;
            drop(seat);
        });
    }
    let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    let _ = timeout(LAST, seats.acquire_many(all)).await;
    Ok(())
}

/// Answers a request: the gate first, whatever it asks for.
async fn answer(
    request: Request<hyper::body::Incoming>,
    gate: &Gate,
    routes: &Router,
) -> Result<Response<Body>, Infallible> {
    let mut response = match gate.pass(&request).map(str::to_owned) {
        Ok(path) => match within(&path, request).await {
            Ok(request) => match routes.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            },
            Err(status) => refusal(status),
        },
        Err(status) => refusal(status),
    };
    guard(&mut response);
    Ok(response)
}

/// The request with its path below the token, its body at hand.
async fn within(
    path: &str,
    request: Request<hyper::body::Incoming>,
) -> Result<Request<Body>, StatusCode> {
    let path: Uri = match path {
        "" => return Err(StatusCode::NOT_FOUND),
        path => path.parse().map_err(|_| StatusCode::BAD_REQUEST)?,
    };
    let (mut head, body) = request.into_parts();
    head.uri = path;
    let longest = usize::try_from(LONGEST_FILE).unwrap_or(usize::MAX);
    let bytes = timeout(BODY, body::to_bytes(Body::new(body), longest)).await;
    match bytes {
        Ok(Ok(bytes)) => Ok(Request::from_parts(head, Body::from(bytes))),
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

/// A page of words for who comes in the wrong way.
fn refusal(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::from(page::refused(status)));
    *response.status_mut() = status;
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, html);
    response
}

/// What every answer says of itself: nothing is kept, nothing comes from elsewhere, nobody frames it.
fn guard(response: &mut Response<Body>) {
    let headers = response.headers_mut();
    let mut say = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    say(
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         frame-src 'self'; object-src 'self'; worker-src 'none'; form-action 'none'; base-uri 'none'; \
         frame-ancestors 'none'",
    );
    say(CACHE_CONTROL, "no-store");
    say(X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(X_FRAME_OPTIONS, "DENY");
    // `no-referrer` would make a browser call its own page's origin `null`.
    say(REFERRER_POLICY, "same-origin");
    say(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    say(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
}
