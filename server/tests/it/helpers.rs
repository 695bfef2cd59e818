//! A fresh product for each test, on each database; a small county in it; and a person with a
//! browser.

use app::data::Data;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use backend::clock::{Clock, new_id};
use backend::import::Wanted;
use backend::sign_in::token_hash;
use backend::{Actor, Backend};
use chrono::{DateTime, NaiveDate, Utc};
use domain::codes::{Mode, Purpose, SupportPlace};
use domain::ids::{ClientId, CommandId, EmployerId, PersonId, VisitId};
use domain::package::{FILES, Files};
use domain::sync::{Answers, Batch, Command, Entry, Outcome};
use domain::visits::{LogVisit, USUAL_MINUTES, VisitedEmployer};
use http_body_util::BodyExt;
use serde_json::Value;
use server::ServiceWorker;
use std::ops::Deref;
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

/// A password that passes.
pub const PASSWORD: &str = "sininen kuppi ja hillo";

/// A Wednesday, ten in the morning in Helsinki.
pub fn a_wednesday() -> DateTime<Utc> {
    "2026-11-18T08:00:00Z".parse().expect("an instant")
}

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A product with an empty database of its own.
pub struct TestBackend {
    backend: Backend,
    folder: Option<TempDir>,
    keys: TempDir,
    /// The address of the database.
    pub url: String,
}

impl Deref for TestBackend {
    type Target = Backend;
    fn deref(&self) -> &Backend {
        &self.backend
    }
}

impl TestBackend {
    /// The folder of the database file, on `SQLite`.
    pub fn folder(&self) -> Option<&std::path::Path> {
        self.folder.as_ref().map(TempDir::path)
    }

    /// A folder for keys, as long as the database is there.
    pub fn keys_folder(&self) -> &std::path::Path {
        self.keys.path()
    }
}

impl TestBackend {
    /// Closes the database, and opens a copy of it: as a backup that is put back. This one is open again afterwards.
    pub async fn copied(&mut self) -> TestBackend {
        self.backend.store.close().await;
        let (folder, url) = match self.url.strip_prefix("sqlite://") {
            Some(_) => {
                let folder = TempDir::new().expect("a folder");
                let data = folder.path().join("data");
                std::fs::create_dir(&data).expect("a folder");
                let url = format!("sqlite://{}", data.join("rinnalla.db").display());
                (Some(folder), url)
            }
            None => {
                let (base, _) = self.url.rsplit_once('/').expect("an address with a database");
                (None, format!("{base}/test_{}", new_id().simple()))
            }
        };
        copy_database(&self.url, &url).await;
        let open =
            async |url: &str| Backend::open(url, Clock::fixed(a_wednesday())).await.expect("a database");
        self.backend = open(&self.url).await;
        TestBackend { backend: open(&url).await, folder, keys: TempDir::new().expect("a folder"), url }
    }
}

/// Copies a database that nobody has open to an address where none is yet, on the same server.
pub async fn copy_database(from: &str, to: &str) {
    if let (Some(from), Some(to)) = (from.strip_prefix("sqlite://"), to.strip_prefix("sqlite://")) {
        for end in ["", "-wal"] {
            let part = format!("{from}{end}");
            if std::path::Path::new(&part).is_file() {
                std::fs::copy(&part, format!("{to}{end}")).expect("a copy");
            }
        }
        return;
    }
    let name = |url: &str| url.rsplit_once('/').expect("an address with a database").1.to_owned();
    let server = std::env::var("RINNALLA_TEST_POSTGRES").expect("a server");
    let pool = sqlx::PgPool::connect(&server).await.expect("a server");
    let create = sqlx::AssertSqlSafe(format!("create database {} template {}", name(to), name(from)));
    sqlx::query(create).execute(&pool).await.expect("a copy");
    pool.close().await;
}

/// The product on every database at hand, at [`a_wednesday`].
pub async fn both() -> Vec<TestBackend> {
    let mut backends = vec![on_sqlite().await];
    match std::env::var("RINNALLA_TEST_POSTGRES") {
        Ok(server) => backends.push(on_postgres(&server).await),
        Err(_) => eprintln!("RINNALLA_TEST_POSTGRES is not set: PostgreSQL is left out"),
    }
    backends
}

/// The product on an empty `SQLite`.
pub async fn on_sqlite() -> TestBackend {
    let folder = TempDir::new().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("data/rinnalla.db").display());
    let backend = Backend::open(&url, Clock::fixed(a_wednesday())).await.expect("a database");
    TestBackend { backend, folder: Some(folder), keys: TempDir::new().expect("a folder"), url }
}

/// The product on an empty database of a PostgreSQL server.
pub async fn on_postgres(server: &str) -> TestBackend {
    let name = format!("test_{}", new_id().simple());
    let pool = sqlx::PgPool::connect(server).await.expect("the PostgreSQL of RINNALLA_TEST_POSTGRES");
    let create = sqlx::AssertSqlSafe(format!("create database {name}"));
    sqlx::query(create).execute(&pool).await.expect("a database");
    pool.close().await;
    let (base, _) = server.rsplit_once('/').expect("an address with a database");
    let url = format!("{base}/{name}");
    let backend = Backend::open(&url, Clock::fixed(a_wednesday())).await.expect("a database");
    TestBackend { backend, folder: None, keys: TempDir::new().expect("a folder"), url }
}

/// The rows of a small county: two units side by side, everybody's role in them, a few employers
/// and clients. `NORTH` is an IPS unit, `SOUTH` a LATU unit.
fn county() -> Vec<(&'static str, &'static str)> {
    vec![
        ("units", "NORTH,Pohjoinen,ips,Kuopio\nSOUTH,Eteläinen,latu,Varkaus\n"),
        ("teams", "PSY,Poliklinikka,specialised,NORTH\nSOC,Aikuissosiaalityö,social,SOUTH\n"),
        (
            "staff",
            "OWN,Oma Valmentaja,coach,NORTH,1.0,2024-01-01,\n\
             MATE,Toinen Valmentaja,coach,NORTH,1.0,2024-01-01,\n\
             FORMER,Entinen Valmentaja,coach,NORTH,1.0,2024-01-01,2026-10-31\n\
             AWAY,Muun Yksikön Valmentaja,coach,SOUTH,1.0,2024-01-01,\n\
             LEAD,Tiimin Vetäjä,lead,NORTH,0.2,2024-01-01,\n\
             AWAYLEAD,Muun Tiimin Vetäjä,lead,SOUTH,0.5,2024-01-01,\n\
             REF,Oma Lähettäjä,referrer,PSY,1.0,2024-01-01,\n\
             REV,Ulkopuolinen Arvioija,reviewer,NORTH,1.0,2024-01-01,\n\
             ADMIN,Ylläpitäjä Itse,admin,NORTH,1.0,2024-01-01,\n\
             NEW,Uusi Valmentaja,coach,NORTH,1.0,2026-11-01,\n",
        ),
        (
            "employers",
            "E1,Konditori Åkerlund Ab,0001004-9,C,10710,Kuopio,Birgitta Åkerlund,toimitusjohtaja\n\
             E2,Rantakorpi Kauppa Oy,0001019-6,G,47111,Varkaus,,\n\
             E3,Åkeri Lindroos Ab,0001027-6,H,49410,Kuopio,,\n",
        ),
        (
            "clients",
            "OPEN,Salme Salainen,1980,female,Kuopio,NORTH,PSY,OWN,2026-01-02,2026-01-10,2026-01-12,,\n\
             MATES,Terho Toisen,1981,male,Kuopio,NORTH,PSY,MATE,2026-01-02,2026-01-10,2026-01-12,,\n\
             CLOSED,Sulo Suljettu,1982,male,Kuopio,NORTH,PSY,OWN,2026-01-02,2026-01-10,2026-01-12,2026-09-30,own_wish\n\
             AWAYS,Muun Yksikön,1983,female,Varkaus,SOUTH,SOC,AWAY,2026-01-02,2026-01-10,2026-01-12,,\n",
        ),
        (
            "contacts",
            "K1,2026-11-10,09:30,OWN,E1,in_person,client_introduction,OPEN,true,45,Puhuttiin Salmen vuoroista.,soita,2026-11-17\n\
             K2,2026-11-11,10:00,OWN,E1,phone,follow_up,CLOSED,false,10,Suljetun asiakkaan asia.,,\n\
             K3,2026-11-12,11:00,AWAY,E1,in_person,learn_needs,AWAYS,true,30,Muun yksikön asia.,palaa,2026-11-19\n\
             K4,2026-11-13,12:00,AWAY,E1,in_person,learn_needs,,true,30,Kahvihuone on uusi.,,\n\
             K5,2026-11-16,13:00,MATE,E2,in_person,explore_opening,MATES,false,20,Varastoon haetaan.,lähetä esite,2026-11-18\n",
        ),
    ]
}

/// The small county as a package.
pub fn county_files() -> Files {
    let rows = county();
    let file = |(stem, columns): &(&'static str, &'static [&'static str])| {
        let body = rows.iter().find(|(name, _)| name == stem).map_or("", |(_, body)| body);
        ((*stem).to_owned(), format!("{}\n{body}", columns.join(",")).into_bytes())
    };
    FILES.iter().map(file).collect()
}

/// Brings the small county in.
pub async fn settle(backend: &Backend) {
    let reading = domain::package::read(&county_files(), backend.clock.today());
    let problems: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let imported = backend.import(&reading, Wanted::AllOrNothing, &mut |_| ()).await.expect("an import");
    assert!(imported.written);
}

/// The identity behind a code of the package.
pub async fn id_of(backend: &Backend, table: &str, code: &str) -> Uuid {
    use backend::store::Engine;
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    let sql = sqlx::AssertSqlSafe(format!("select id from {table} where code = $1"));
    match &mut tx.engine {
        Engine::Sqlite(tx) => sqlx::query_scalar(sql).bind(code).fetch_one(&mut **tx).await,
        Engine::Postgres(tx) => sqlx::query_scalar(sql).bind(code).fetch_one(&mut **tx).await,
    }
    .expect("the code")
}

/// An employer of the county.
pub async fn employer(backend: &Backend, code: &str) -> EmployerId {
    id_of(backend, "employer", code).await.into()
}

/// A client of the county.
pub async fn client(backend: &Backend, code: &str) -> ClientId {
    id_of(backend, "client", code).await.into()
}

/// A visit of the county.
pub async fn visit(backend: &Backend, code: &str) -> VisitId {
    id_of(backend, "visit", code).await.into()
}

/// A person of the county.
pub async fn person(backend: &Backend, code: &str) -> PersonId {
    id_of(backend, "person", code).await.into()
}

/// Signs a person of the county in, by invitation; gives the session's token.
pub async fn token_of(backend: &Backend, code: &str) -> String {
    let link = backend.operator_invites(code).await.expect("an invitation");
    let session = backend.accept_invitation(link.reveal(), PASSWORD, PASSWORD, "test").await;
    session.expect("a database").expect("a good password").reveal().to_owned()
}

/// A person of the county, signed in.
pub async fn actor(backend: &Backend, code: &str) -> Actor {
    let token = token_of(backend, code).await;
    backend.actor(&token).await.expect("a database").expect("a session")
}

/// One more session of a person of the county, without the work of hashing a password: written by
/// hand. Its token is its id.
pub async fn open_session(backend: &Backend, code: &str) -> Uuid {
    let (id, who) = (new_id(), person(backend, code).await);
    let now = backend.clock.now();
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    backend::execute!(
        tx,
        "insert into session (id, token_hash, person_id, device, created_at, seen_at) values ($1, $2, $3, 'x', $4, $4)",
        id,
        token_hash(&id.to_string()),
        who.uuid(),
        now
    )
    .expect("a session");
    tx.commit().await.expect("a commit");
    id
}

/// A visit with nothing but an employer.
pub fn plain_visit(employer: EmployerId) -> LogVisit {
    LogVisit {
        employer: VisitedEmployer::Known(employer),
        day: day("2026-11-18"),
        time: None,
        mode: Mode::InPerson,
        purpose: Purpose::LearnNeeds,
        client: None,
        with: None,
        decision_maker: false,
        minutes: USUAL_MINUTES,
        place: SupportPlace::Workplace,
        summary: String::new(),
        next_step: None,
    }
}

/// An entry with an identity of its own.
pub fn entry(command: &Command) -> Entry {
    Entry::pack(CommandId(new_id()), command).expect("an entry")
}

/// Sends one entry.
pub async fn send(backend: &Backend, actor: &Actor, entry: &Entry) -> Outcome {
    let batch = Batch { entries: vec![entry.clone()] };
    let Answers { mut answers } = backend.sync(actor, batch).await.expect("answers");
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].sha256, entry.sha256());
    answers.remove(0).outcome
}

/// Logs a visit and gives its identity.
pub async fn log(backend: &Backend, actor: &Actor, visit: LogVisit) -> VisitId {
    let entry = entry(&Command::LogVisit(visit));
    let outcome = send(backend, actor, &entry).await;
    assert!(matches!(outcome, Outcome::Committed(_)), "{outcome:?}");
    VisitId(entry.id.uuid())
}

/// How many rows a query counts.
pub async fn count(backend: &Backend, sql: &'static str) -> i64 {
    use backend::store::Engine;
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    match &mut tx.engine {
        Engine::Sqlite(tx) => sqlx::query_scalar(sql).fetch_one(&mut **tx).await,
        Engine::Postgres(tx) => sqlx::query_scalar(sql).fetch_one(&mut **tx).await,
    }
    .expect("a count")
}

/// Does something to the database behind the product's back.
pub async fn tamper(backend: &Backend, sql: &'static str) -> sqlx::Result<u64> {
    use backend::store::Store;
    match &backend.store {
        Store::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.map(|done| done.rows_affected()),
        Store::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(|done| done.rows_affected()),
    }
}

/// A browser: sends what a browser of ours sends, keeps the session's cookie.
pub struct Browser {
    router: Router,
    token: Option<String>,
}

/// What came back.
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
    /// The body's bytes.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Browser {
    /// A browser in which nobody is signed in.
    pub fn new(backend: &Backend) -> Self {
        Self { router: server::router(backend.clone(), None, ServiceWorker::On), token: None }
    }

    /// A browser in front of a service that has an address for feedback.
    pub fn telling(backend: &Backend, feedback: app::statement::Feedback) -> Self {
        Self { router: server::router(backend.clone(), Some(feedback), ServiceWorker::On), token: None }
    }

    /// A browser in front of a service whose service worker is switched off.
    pub fn switched_off(backend: &Backend) -> Self {
        Self { router: server::router(backend.clone(), None, ServiceWorker::Off), token: None }
    }

    /// The same browser with somebody's session.
    pub fn with(&self, token: Option<&str>) -> Self {
        Self { router: self.router.clone(), token: token.map(str::to_owned) }
    }

    /// A browser in which a person of the county is signed in.
    pub async fn of(backend: &Backend, code: &str) -> Self {
        Self { token: Some(token_of(backend, code).await), ..Self::new(backend) }
    }

    /// Opens a page.
    pub async fn open(&self, path: &str) -> Reply {
        self.request(Method::GET, path, &[], "").await
    }

    /// Calls a function or `/api/sync` the way our own page does.
    pub async fn call(&self, path: &str, body: &Value) -> Reply {
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
        self.request(Method::POST, path, &headers, body.to_string()).await
    }

    /// Asks what our own page asks; the packed answer is unpacked, so that a test can read it.
    pub async fn ask(&self, question: &Value) -> Reply {
        let reply = self.call("/api/ask", &serde_json::json!({ "ask": question })).await;
        let data = postcard::from_bytes::<Data>(&reply.bytes).map(|data| serde_json::to_string(&data));
        let body = match data {
            Ok(Ok(body)) if reply.status == StatusCode::OK => body,
            _ => reply.body,
        };
        Reply { body, ..reply }
    }

    /// Sends a plain form of our own page.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let escape = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
        let body = fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>();
        let headers =
            [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        self.request(Method::POST, path, &headers, body.join("&")).await
    }

    /// Sends a form of our own page with a file.
    pub async fn send_file(&self, path: &str, name: &str, bytes: &[u8]) -> Reply {
        let head =
            format!("--part\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), bytes, b"\r\n--part--\r\n"].concat();
        let headers =
            [("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=part")];
        self.request(Method::POST, path, &headers, body).await
    }

    /// Sends any request.
    pub async fn request(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header("host", "rinnalla.test");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = &self.token {
            request = request.header("cookie", format!("__Host-rinnalla={token}"));
        }
        let request = request.body(Body::from(body.into())).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("a response");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        Reply { status, headers, body: String::from_utf8_lossy(&bytes).into_owned(), bytes: bytes.into() }
    }
}
