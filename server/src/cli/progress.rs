//! Progress on standard error: nothing for two seconds, then a line a step.

use super::output::plain;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// So long nobody wonders.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tells what is being done, once it takes long.
pub(crate) struct Progress {
    steps: Option<Sender<String>>,
    teller: Option<thread::JoinHandle<()>>,
}

impl Progress {
    /// Begins to count the time.
    pub(crate) fn begin() -> Self {
        let (steps, told) = channel();
        let began = Instant::now();
        let teller = thread::Builder::new()
            .spawn(move || {
                tell(&told, began, |step| {
                    let _ = writeln!(io::stderr(), "{}", plain(step));
                });
            })
            .ok();
        Self { steps: Some(steps), teller }
    }

    /// Says which step begins now.
    pub(crate) fn step(&self, step: impl Into<String>) {
        if let Some(steps) = &self.steps {
            let _ = steps.send(step.into());
        }
    }
}

impl Drop for Progress {
    /// Lets the last line out before the report begins.
    fn drop(&mut self) {
        self.steps = None;
        if let Some(teller) = self.teller.take() {
            let _ = teller.join();
        }
    }
}

/// Holds the latest step back until [`PATIENCE`] is over; then passes on every step as it comes.
fn tell(told: &Receiver<String>, began: Instant, mut say: impl FnMut(&str)) {
    let mut held = None;
    loop {
        let left = PATIENCE.saturating_sub(began.elapsed());
        if left.is_zero() {
            break;
        }
        match told.recv_timeout(left) {
            Ok(step) => held = Some(step),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
    held.iter().for_each(|step| say(step));
    told.iter().for_each(|step| say(&step));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(began: Instant, steps: &[&str]) -> Vec<String> {
        let (sender, receiver) = channel();
        steps.iter().for_each(|step| sender.send((*step).to_owned()).unwrap_or_default());
        drop(sender);
        let mut said = Vec::new();
        tell(&receiver, began, |step| said.push(step.to_owned()));
        said
    }

    #[test]
    fn what_is_done_in_two_seconds_is_not_told() {
        assert!(told(Instant::now(), &["a", "b"]).is_empty());
    }

    #[test]
    fn after_two_seconds_every_step_is_told() {
        let Some(began) = Instant::now().checked_sub(PATIENCE) else { return };
        assert_eq!(told(began, &["a", "b"]), ["a", "b"]);
    }
}
