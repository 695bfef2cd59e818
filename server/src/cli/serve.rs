//! `rinnalla serve`: the web server.

use super::demo::tell_people;
use super::output::line;
use super::{Failure, database};
use app::statement::Feedback;
use backend::Backend;
use std::net::SocketAddr;
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
}

impl Serve {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        let backend = database::open(database).await?;
        self.before(&backend).await?;
        server::serve(
            backend,
            server::ServeOptions { listen: self.listen, feedback: self.feedback_address.clone() },
        )
        .await
        .map_err(|error| self.cannot_serve(&error))?;
        Ok(ExitCode::SUCCESS)
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
