//! `rinnalla serve`: the web server.

use super::demo::tell_people;
use super::output::line;
use super::{Failure, database};
use app::statement::Feedback;
use backend::Backend;
use backend::keys::Keys;
use server::ServiceWorker;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const ABOUT: &str = "\
Serve the pages

Serves them on 127.0.0.1:3000, which only this machine reaches, until it is stopped with Ctrl-C. To
be reached from elsewhere it belongs behind a proxy that speaks TLS.";

const EXAMPLES: &str = "\
Examples:
  rinnalla serve
  rinnalla serve --listen 127.0.0.1:8080
  rinnalla serve --feedback-address accessibility@county.example
  rinnalla serve --database postgres://rinnalla@db.example/rinnalla

RUST_LOG=debug logs more, RUST_LOG=warn less.";

/// So many days before the list of keys is over it is said at each start.
const WARNED_DAYS: i64 = 30;

#[derive(Debug, clap::Args)]
#[command(about = "Serve the pages", long_about = ABOUT, after_long_help = EXAMPLES)]
pub(crate) struct Serve {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Where people tell of a barrier: an address of e-mail, or of a page (https://…). The
    /// accessibility statement at /saavutettavuus names it, and the law wants an answer in 14 days
    #[arg(long, value_name = "ADDRESS")]
    feedback_address: Option<Feedback>,
    /// Take the app that opens without a network off every phone, with all that it kept there. It comes
    /// back when the server is started without this
    #[arg(long)]
    no_service_worker: bool,
    /// The folder with the keys that open what phones sealed; made when it is not there. Keep a copy of it where no
    /// backup of the database comes. Without saying: beside an embedded database, else ./rinnalla.keys
    #[arg(long, value_name = "FOLDER")]
    keys: Option<PathBuf>,
    /// Make new keys although phones seal to older ones that are not in the folder: what they have sealed and not sent
    /// yet can't be opened until the older keys are back
    #[arg(long)]
    new_keys: bool,
}

impl Serve {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        let backend = database::open(database).await?;
        let folder = self.keys.clone().unwrap_or_else(|| database::keys_folder(database));
        self.keys_are_there(&backend, &folder).await?;
        let keys = Keys::open_or_make(&folder, backend.clock.now())?;
        let days = keys.days_left(backend.clock.now());
        if days < WARNED_DAYS {
            tracing::warn!(
                days,
                "the list of keys that phones trust is nearly over: `rinnalla keys --rotate`"
            );
        }
        let backend = backend.with_keys(keys);
        let erased = backend.erase_again().await?;
        if erased > 0 {
            tracing::info!(erased, "records that were erased after the backup are erased once more");
        }
        let read = backend.read_unreadable_again().await?;
        if read > 0 {
            tracing::info!(read, "entries that could not be opened before have taken effect");
        }
        self.before(&backend).await?;
        let options = server::ServeOptions {
            listen: self.listen,
            feedback: self.feedback_address.clone(),
            service_worker: if self.no_service_worker { ServiceWorker::Off } else { ServiceWorker::On },
        };
        server::serve(backend, options).await.map_err(|error| self.cannot_serve(&error))?;
        Ok(ExitCode::SUCCESS)
    }

    /// A folder that is not mounted must not look like a new beginning: phones seal to the keys that were in it.
    async fn keys_are_there(&self, backend: &Backend, folder: &Path) -> Result<(), Failure> {
        if Keys::are_in(folder) || self.new_keys || !backend.has_devices().await? {
            return Ok(());
        }
        Err(Failure::new(format!(
            "there are no keys in {}, and phones of this database seal to some: put the folder back, or name it with \
             --keys; only if the keys are lost for good, start once with --new-keys",
            folder.display()
        )))
    }

    /// What has to be said, or stops it, before anything is served.
    async fn before(&self, backend: &Backend) -> Result<(), Failure> {
        if backend.is_demo().await? {
            if !self.listen.ip().is_loopback() {
                return Err(Failure::new(format!(
                    "this is the demo's database, whose passwords everybody knows: it is served on this machine \
                     only, such as --listen 127.0.0.1:{}, and not on {}",
                    self.listen.port(),
                    self.listen.ip()
                )));
            }
            return tell_people(&backend.demo_people().await?);
        }
        if backend.is_empty().await? {
            line(
                "The database is empty: nobody can sign in before `rinnalla import FOLDER` or `rinnalla demo`.",
            )?;
        }
        Ok(())
    }

    fn cannot_serve(&self, error: &std::io::Error) -> Failure {
        let listen = self.listen;
        Failure::new(match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                format!("something else listens on {listen} already; stop it, or give another with --listen")
            }
            std::io::ErrorKind::PermissionDenied => {
                format!("this user may not listen on {listen}; take a port from 1024 on with --listen")
            }
            _ => format!("{listen} cannot be served: {error}"),
        })
    }
}
