//! Plain HTTP to the product over one connection that stays open.

use crate::outcome::{Doing, Outcome};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{ACCEPT_ENCODING, CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;

/// The cookie that holds a session.
const SESSION: &str = "__Host-rinnalla";
/// Longer than the server lets any request take, so that a lost answer is an error and no wait without end.
const PATIENCE: Duration = Duration::from_secs(40);
/// What a browser says of a form.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
/// What the outbox says of its entries.
pub(crate) const JSON: &str = "application/json";

/// Where the product is, and as whom it is asked.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// Its address.
    pub(crate) address: SocketAddr,
    /// The session of whoever asks; none when nobody is signed in.
    pub(crate) session: Option<String>,
}

/// An open connection.
pub(crate) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    cookie: Option<String>,
}

/// An answer.
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The session that it begins, if it begins one.
    pub(crate) session: Option<String>,
    /// The body as it came over the wire.
    pub(crate) body: Bytes,
}

impl Connection {
    /// Opens a connection.
    pub(crate) async fn open(site: &Site) -> Outcome<Self> {
        let stream = TcpStream::connect(site.address).await.doing("connect to the product")?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.doing("connect to the product")?;
        // What goes wrong with it is told to whoever waits for an answer.
        tokio::spawn(connection);
        let cookie = site.session.as_ref().map(|session| format!("{SESSION}={session}"));
        Ok(Self { sender, host: site.address.to_string(), cookie })
    }

    /// Asks for a page the way that a browser does.
    pub(crate) async fn get(&mut self, path: &str) -> Outcome<Answer> {
        let request = self.request(Method::GET, path).header(ACCEPT_ENCODING, "gzip, deflate, br");
        self.send(request.body(Full::default())?).await
    }

    /// Posts something the way that our own pages do.
    pub(crate) async fn post(&mut self, path: &str, kind: &str, body: Bytes) -> Outcome<Answer> {
        let request = self.request(Method::POST, path).header(CONTENT_TYPE, kind);
        self.send(request.body(Full::new(body))?).await
    }

    fn request(&self, method: Method, path: &str) -> hyper::http::request::Builder {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, &self.host)
            .header("sec-fetch-site", "same-origin");
        match &self.cookie {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        }
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Outcome<Answer> {
        let exchange = async {
            self.sender.ready().await?;
            let answer = self.sender.send_request(request).await?;
            let status = answer.status().as_u16();
            let cookies = answer.headers().get_all(SET_COOKIE);
            let session = cookies.iter().filter_map(|cookie| cookie.to_str().ok()).find_map(session_in);
            let body = answer.into_body().collect().await?.to_bytes();
            Ok::<_, hyper::Error>(Answer { status, session, body })
        };
        match tokio::time::timeout(PATIENCE, exchange).await {
            Ok(answer) => answer.doing("get an answer"),
            Err(_) => Err("no answer came in time".into()),
        }
    }
}

/// The session in a cookie that is set.
fn session_in(cookie: &str) -> Option<String> {
    let value = cookie.strip_prefix(SESSION)?.strip_prefix('=')?;
    value.split(';').next().filter(|session| !session.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_is_read_from_its_cookie() {
        assert_eq!(session_in("__Host-rinnalla=abc; Path=/; Secure").as_deref(), Some("abc"));
        assert_eq!(session_in("__Host-rinnalla=; Max-Age=0"), None);
        assert_eq!(session_in("rinnalla-language=fi"), None);
    }
}
