//! Phones and a server that everything happens to (§2.3, layer A): the outbox's own code against the real router and a
//! real database, in an order that a seed decides. Requests and answers are lost, doubled, cut short and late; pages,
//! phones' disks and the server fail; the server is restored from a backup; clocks are wrong; credentials end; keys change.
//!
//! What people were told is the yardstick: whatever a phone called saved is in the end on the server once, under its
//! author, or still on the phone.
//!
//! `RINNALLA_SEQUENCES` says how many on each engine, `RINNALLA_SEED` with which to begin (`cargo xtask simulate`).

use crate::dice::Dice;
use crate::helpers::{
    Browser, TestBackend, a_wednesday, copy_database, employer, on_postgres, on_sqlite, open_session, person,
    plain_visit, settle,
};
use crate::phone::{Credential, Phone, Promise};
use backend::Backend;
use backend::clock::Clock;
use backend::keys::Keys;
use domain::ids::{CommandId, PersonId, VisitId};
use domain::sync::{Command, Entry, OnVisit};
use domain::visits::{AmendVisit, LogVisit, VisitFields};
use outbox::{Content, Envelope, Event, Kind, Parcel};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use uuid::Uuid;

/// So long a draft is there for certain, in milliseconds.
const DRAFTS_KEPT: i64 = 12 * 24 * 3600 * 1000;

/// What somebody wrote.
#[derive(Clone, Debug)]
enum Wrote {
    Visit(PersonId),
    Withdrawal,
    Amendment,
}

/// Where databases are made, and how one is put back.
struct Place {
    template: TestBackend,
    server: Option<String>,
    folder: tempfile::TempDir,
    turn: u32,
}

impl Place {
    async fn make(postgres: Option<String>) -> Self {
        let template = match &postgres {
            Some(server) => on_postgres(server).await,
            None => on_sqlite().await,
        };
        settle(&template).await;
        template.store.close().await;
        // Memory, where there is some: what is simulated is not the disk.
        let memory = Path::new("/dev/shm");
        let folder =
            if memory.is_dir() { tempfile::TempDir::new_in(memory) } else { tempfile::TempDir::new() };
        Self { template, server: postgres, folder: folder.expect("a folder"), turn: 0 }
    }

    /// A copy of a database that nobody has open.
    async fn copy(&mut self, from: &str) -> String {
        self.turn += 1;
        let to = match &self.server {
            None => format!("sqlite://{}", self.folder.path().join(format!("{}.db", self.turn)).display()),
            Some(server) => {
                let (base, _) = server.rsplit_once('/').expect("an address");
                format!("{base}/simulated_{}_{}", std::process::id(), self.turn)
            }
        };
        copy_database(from, &to).await;
        to
    }

    async fn remove(&self, url: &str) {
        match &self.server {
            None => {
                let file = url.strip_prefix("sqlite://").expect("a file");
                for end in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{file}{end}"));
                }
            }
            Some(server) => {
                let (_, name) = url.rsplit_once('/').expect("a database");
                let pool = sqlx::PgPool::connect(server).await.expect("a server");
                let drop = sqlx::AssertSqlSafe(format!("drop database {name} with (force)"));
                let _ = sqlx::query(drop).execute(&pool).await;
                pool.close().await;
            }
        }
    }
}

/// A server and what is around it.
struct World<'a> {
    place: &'a mut Place,
    dice: Dice,
    backend: Backend,
    /// The whole router in every tenth sequence: to build it for each server that starts takes longer than the rest.
    browser: Option<Browser>,
    url: String,
    keys: tempfile::TempDir,
    now: i64,
    phones: Vec<Phone>,
    /// Requests and answers on their way: to which phone, and what.
    late: Vec<Parcel>,
    backup: Option<String>,
    restored: bool,
    wrote: BTreeMap<CommandId, Wrote>,
    /// Forms that were left half done: in which tab, by whom.
    left: Vec<(usize, usize, CommandId)>,
    revoked: BTreeSet<Uuid>,
    visit: LogVisit,
    turn: u64,
}

impl World<'_> {
    fn clock(&self) -> Clock {
        let at = chrono::DateTime::from_timestamp_millis(self.now).expect("an instant");
        Clock::fixed(at)
    }

    async fn reopen(&mut self) {
        self.backend.store.close().await;
        let backend = Backend::open(&self.url, self.clock()).await.expect("a database");
        self.backend = backend.with_keys(Keys::open(self.keys.path()).expect("keys"));
        self.browser = self.browser.is_some().then(|| Browser::new(&self.backend));
    }

    fn pass(&mut self, milliseconds: i64) {
        self.now += milliseconds;
        let at = chrono::DateTime::from_timestamp_millis(self.now).expect("an instant");
        self.backend.clock.set(at);
    }

    fn id(&mut self) -> CommandId {
        self.turn += 1;
        let chance = u128::from(self.dice.next());
        CommandId(Uuid::from_u128(u128::from(self.turn) << 64 | chance))
    }

    /// Somebody writes something on some phone.
    fn write(&mut self) {
        let at = self.dice.below(self.phones.len());
        let who = self.dice.below(self.phones[at].credentials.len());
        let person = self.phones[at].credentials[who].person;
        let own: Vec<CommandId> = self
            .wrote
            .iter()
            .filter(|(_, wrote)| matches!(wrote, Wrote::Visit(author) if *author == person))
            .map(|(id, _)| *id)
            .collect();
        let (id, seed) = (self.id(), self.dice.next());
        let command = match self.dice.below(4) {
            0 if !own.is_empty() => {
                let of = own[self.dice.below(own.len())];
                self.wrote.insert(id, Wrote::Withdrawal);
                Command::WithdrawVisit(OnVisit { visit: VisitId(of.uuid()) })
            }
            1 if !own.is_empty() => {
                let of = own[self.dice.below(own.len())];
                self.wrote.insert(id, Wrote::Amendment);
                let to = LogVisit { summary: format!("muutos {}", self.turn), ..self.visit.clone() };
                Command::AmendVisit(AmendVisit { visit: VisitId(of.uuid()), version: 1, to })
            }
            _ => {
                if self.dice.percent(40) {
                    let fields = VisitFields { summary: "kesken".to_owned(), ..VisitFields::default() };
                    let turn = self.now;
                    let draft = Content::Draft { fields: Box::new(fields), amends: None, turn };
                    self.phones[at].seal(self.now, who, id, Kind::Draft, &draft, seed ^ 1);
                    // Some forms are never handed in, and some in another tab.
                    if self.dice.percent(25) {
                        self.left.push((at, who, id));
                        return;
                    }
                }
                self.wrote.insert(id, Wrote::Visit(person));
                Command::LogVisit(LogVisit {
                    summary: format!("käynti {}", self.turn), ..self.visit.clone()
                })
            }
        };
        self.hand_in(at, who, id, &command, seed);
    }

    /// What is written is sealed at once, or when the phone has a key, or while something else happens.
    fn hand_in(&mut self, at: usize, who: usize, id: CommandId, command: &Command, seed: u64) {
        let (now, phone) = (self.now, &mut self.phones[at]);
        match self.dice.below(4) {
            0 => {
                let (kind, content) = phone.finished(now, command);
                phone.take_in(who, id, kind, &content, seed);
                if self.dice.percent(50) {
                    phone.begin_to_seal(now, id);
                }
            }
            _ => phone.write_down(now, who, id, command, seed),
        }
    }

    /// A form that was left half done is gone on with, here or in another tab of the phone, perhaps in both.
    fn go_on(&mut self) {
        if self.left.is_empty() {
            return;
        }
        let (at, who, id) = self.left[self.dice.below(self.left.len())];
        let at = if at < 2 { self.dice.below(2) } else { at };
        let seed = self.dice.next();
        if self.dice.percent(40) {
            let fields = VisitFields { summary: format!("kesken {}", self.turn), ..VisitFields::default() };
            let draft = Content::Draft { fields: Box::new(fields), amends: None, turn: self.now };
            return self.phones[at].seal(self.now, who, id, Kind::Draft, &draft, seed);
        }
        self.turn += 1;
        let person = self.phones[at].credentials[who].person;
        self.wrote.insert(id, Wrote::Visit(person));
        let command =
            Command::LogVisit(LogVisit { summary: format!("käynti {}", self.turn), ..self.visit.clone() });
        self.hand_in(at, who, id, &command, seed);
    }

    /// A phone's request reaches the server; its answer may not reach the phone.
    async fn exchange(&mut self, at: usize, honest: bool) {
        let Some(parcel) = self.phones[at].sent.take() else { return };
        let now = self.now;
        let fate = if honest { 100 } else { self.dice.below(100) };
        match fate {
            // Lost on the way there.
            0..8 => return self.phones[at].step(now, Event::Answered(None)),
            // A portal answers in the server's place.
            8..12 => {
                let lies = [
                    (200, "<html>Tervetuloa verkkoon</html>"),
                    (200, ""),
                    (200, "{}"),
                    (204, ""),
                    (302, ""),
                    (401, ""),
                    (403, ""),
                    (413, ""),
                    (502, "<html>Bad gateway</html>"),
                ];
                let (status, text) = lies[self.dice.below(lies.len())];
                return self.phones[at].step(now, Event::Answered(Some((status, text.to_owned()))));
            }
            // Late: it comes after the phone has given up.
            12..18 => {
                self.late.push(parcel);
                return self.phones[at].step(now, Event::Answered(None));
            }
            // The server dies in the middle of it.
            18..24 => {
                let polls = self.dice.below(40);
                cut_short(self.backend.receive(parcel), polls).await;
                self.reopen().await;
                return self.phones[at].step(now, Event::Answered(None));
            }
            _ => {}
        }
        let (status, text) = self.deliver(&parcel).await;
        match fate {
            // Doubled on the way.
            24..32 => {
                self.deliver(&parcel).await;
            }
            // Lost on the way back.
            32..40 => return self.phones[at].step(now, Event::Answered(None)),
            // Cut short on the way back.
            40..46 => {
                let cut = self.dice.below(text.len().max(1));
                let cut = text.chars().take(cut).collect();
                return self.phones[at].step(now, Event::Answered(Some((status, cut))));
            }
            _ => {}
        }
        self.phones[at].step(now, Event::Answered(Some((status, text))));
    }

    async fn deliver(&mut self, parcel: &Parcel) -> (u16, String) {
        if let Some(browser) = &self.browser {
            let reply = browser.call("/api/drop", &serde_json::to_value(parcel).expect("a parcel")).await;
            return (reply.status.as_u16(), reply.body);
        }
        let text = serde_json::to_string(parcel).expect("a parcel");
        match self.backend.receive(serde_json::from_str(&text).expect("a parcel")).await {
            Ok(reply) => (200, serde_json::to_string(&reply).expect("a reply")),
            Err(_) => (503, String::new()),
        }
    }

    /// Something happens.
    async fn happen(&mut self) {
        let at = self.dice.below(self.phones.len());
        let now = self.now;
        match self.dice.below(100) {
            0..20 => self.write(),
            20..26 => self.go_on(),
            26..30 => {
                if let Some(id) = self.phones[at].pending() {
                    self.phones[at].begin_to_seal(now, id);
                }
            }
            30..33 => {
                self.phones[at].hand_over(now);
            }
            33..35 => self.phones[at].read(now),
            35..46 => {
                let fails = self.dice.percent(6);
                self.phones[at].write(now, fails);
            }
            46..76 => {
                self.phones[at].step(now, Event::Woke);
                self.exchange(at, false).await;
            }
            76..79 => self.phones[at].kill(now),
            79 => self.phones[at].open_unread(now),
            80..84 => {
                if !self.late.is_empty() {
                    let parcel = self.late.swap_remove(self.dice.below(self.late.len()));
                    self.deliver(&parcel).await;
                }
            }
            84..88 => self.back_up().await,
            88..91 => self.restore().await,
            91..93 => self.reopen().await,
            93..95 => {
                let years = i64::try_from(self.dice.below(21)).expect("a small number") - 10;
                self.phones[at].skew = years * 365 * 24 * 3600 * 1000;
            }
            95..97 => {
                let hours = i64::try_from(self.dice.below(24 * 9)).expect("a small number");
                self.pass(hours * 3600 * 1000);
            }
            97 => {
                Keys::add(self.keys.path(), a_wednesday()).expect("a new pair");
                self.reopen().await;
                self.backend.keys.manifest().clone_into(&mut self.phones[at].manifest);
            }
            98 => {
                let who = self.dice.below(self.phones[at].credentials.len());
                self.revoke(at, who).await;
            }
            _ => self.phones[at].enrol(&self.backend, now).await,
        }
        self.pass(60_000);
    }

    async fn back_up(&mut self) {
        let number = self.backend.begin_backup().await.expect("a backup");
        self.backend.store.close().await;
        let copy = self.place.copy(&self.url).await;
        self.reopen().await;
        self.backend.finish_backup(number).await.expect("a backup");
        if let Some(before) = self.backup.replace(copy) {
            self.place.remove(&before).await;
        }
    }

    async fn restore(&mut self) {
        let Some(backup) = self.backup.clone() else { return };
        self.restored = true;
        self.backend.store.close().await;
        let url = self.place.copy(&backup).await;
        let before = std::mem::replace(&mut self.url, url);
        self.reopen().await;
        self.place.remove(&before).await;
        // What had been ended since is ended again: an operator does so from the log kept elsewhere.
        for device in self.revoked.clone() {
            self.end(device).await;
        }
    }

    async fn revoke(&mut self, at: usize, who: usize) {
        let device = self.phones[at].credentials[who].device.uuid();
        self.revoked.insert(device);
        self.end(device).await;
    }

    async fn end(&mut self, device: Uuid) {
        let session = open_session(&self.backend, "LEAD").await.to_string();
        let lead = self.backend.actor(&session).await.expect("a database").expect("a session");
        // A server that was restored may not know the phone: then there is nothing to end yet.
        let _ = self.backend.revoke_device(&lead, device.into()).await;
    }

    /// In the end every phone finds a good network, and everybody signs in once more.
    async fn heal(&mut self) {
        for _ in 0..4 {
            for at in 0..self.phones.len() {
                self.phones[at].enrol(&self.backend, self.now).await;
                let now = self.now;
                self.phones[at].read(now);
                self.phones[at].seal_all(now);
                for _ in 0..12 {
                    while !self.phones[at].writes.is_empty() {
                        self.phones[at].write(self.now, false);
                    }
                    self.phones[at].step(self.now, Event::Woke);
                    self.exchange(at, true).await;
                }
                self.pass(2 * 3600 * 1000);
            }
        }
    }

    /// What was lost, doubled, or stands under the wrong author.
    async fn verdict(&self) -> (usize, usize, usize) {
        // What a phone could not keep, and said so, is with the server alone: a server that is put back to a time before
        // has lost it.
        let promises = self.phones.iter().flat_map(|phone| &phone.promised);
        let promises = promises.filter(|(_, promise)| promise.on_phone || !self.restored);
        let (mut lost, mut doubled, mut wrong) = (0, 0, 0);
        let mut tx = self.backend.store.read(&self.backend.clock).await.expect("a transaction");
        let visits: Vec<(Uuid, Uuid, i64)> = backend::fetch_all!(
            tx,
            (Uuid, Uuid, i64),
            "select v.id, v.coach_id, (select count(*) from visit_version o where o.id = v.id) from visit v
             where v.code is null"
        )
        .expect("visits");
        let visits: BTreeMap<Uuid, (Uuid, i64)> =
            visits.into_iter().map(|(id, coach, versions)| (id, (coach, versions))).collect();
        // By their words: another tab may have handed in others under the same identity.
        let receipts: Vec<(Uuid, String)> =
            backend::fetch_all!(tx, (Uuid, String), "select id, sha256 from receipt").expect("receipts");
        let receipts: BTreeSet<(Uuid, String)> = receipts.into_iter().collect();
        let held: Vec<(Option<String>, Option<String>)> = backend::fetch_all!(
            tx,
            (Option<String>, Option<String>),
            "select body, envelope from arrival where body is not null or envelope is not null"
        )
        .expect("arrivals");
        let held: BTreeSet<String> = held
            .into_iter()
            .flat_map(|(body, envelope)| [body, envelope.map(|envelope| Envelope(envelope).sha256())])
            .flatten()
            .collect();
        let drafts: Vec<(Uuid,)> =
            backend::fetch_all!(tx, (Uuid,), "select id from visit_draft").expect("drafts");
        let drafts: BTreeSet<Uuid> = drafts.into_iter().map(|(id,)| id).collect();
        let counted: (i64, i64) = backend::fetch_one!(
            tx,
            (i64, i64),
            "select cast((select sum(visit_count) from employer) as bigint),
                 (select count(*) from visit v where not exists
                     (select 1 from visit_withdrawal w where w.visit_id = v.id))"
        )
        .expect("counts");
        for (sha256, Promise { entry, content, at, .. }) in promises {
            let is_there = match content {
                Content::Command { body, .. } => {
                    let written = Entry { id: *entry, body: body.clone() }.sha256();
                    held.contains(body) || receipts.contains(&(entry.uuid(), written))
                }
                // A draft is kept for two weeks, and may have become a visit since.
                Content::Draft { .. } => {
                    let finished = receipts.range((entry.uuid(), String::new())..).next();
                    self.now - at > DRAFTS_KEPT
                        || drafts.contains(&entry.uuid())
                        || finished.is_some_and(|(id, _)| *id == entry.uuid())
                        || self.phones.iter().any(|phone| phone.holds(*entry))
                }
            };
            if !is_there && !held.contains(sha256) && !self.phones.iter().any(|phone| phone.keeps(sha256)) {
                lost += 1;
                let told = self.phones.iter().flat_map(|phone| &phone.told);
                let told = told.filter(|told| format!("{told:?}").contains(&entry.to_string()));
                eprintln!("lost: {entry} {content:?}: {:?}", told.collect::<Vec<_>>());
            }
        }
        for (id, wrote) in &self.wrote {
            if let (Wrote::Visit(author), Some((coach, versions))) = (wrote, visits.get(&id.uuid())) {
                wrong += usize::from(*coach != author.uuid());
                // All amendments name the first version: one at most takes effect.
                doubled += usize::from(*versions > 1);
            }
        }
        doubled += usize::from(counted.0 != counted.1);
        for (id, (coach, _)) in &visits {
            match self.wrote.get(&CommandId(*id)) {
                Some(Wrote::Visit(author)) => wrong += usize::from(*coach != author.uuid()),
                _ => doubled += 1,
            }
        }
        (lost, doubled, wrong)
    }
}

/// Polls a use case so many times and lets it go.
async fn cut_short<T>(work: impl Future<Output = T>, polls: usize) {
    let mut work = std::pin::pin!(work);
    for _ in 0..polls {
        let mut once =
            std::future::poll_fn(|context| std::task::Poll::Ready(work.as_mut().poll(context).is_ready()));
        if (&mut once).await {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// One sequence: what was lost, doubled, and wrong.
async fn sequence(place: &mut Place, seed: u64) -> (usize, usize, usize) {
    let from = place.template.url.clone();
    let url = place.copy(&from).await;
    let keys = tempfile::TempDir::new_in(place.folder.path()).expect("a folder");
    let opened = Keys::open_or_make(keys.path(), a_wednesday()).expect("keys");
    let backend = Backend::open(&url, Clock::fixed(a_wednesday())).await.expect("a database");
    let backend = backend.with_keys(opened);
    let (own, mate) = (person(&backend, "OWN").await, person(&backend, "MATE").await);
    let visit = plain_visit(employer(&backend, "E2").await);
    let credential = |person, code, at: u64| Credential::new(person, code, seed.wrapping_mul(31) + at);
    // A phone that two people share, with two tabs, and another one of the first of them.
    let manifest = backend.keys.manifest().to_owned();
    let shared = Phone::new(vec![credential(own, "OWN", 1), credential(mate, "MATE", 2)], &manifest);
    let phones = vec![shared.tab(), shared, Phone::new(vec![credential(own, "OWN", 3)], &manifest)];
    let mut world = World {
        dice: Dice(seed),
        browser: seed.is_multiple_of(10).then(|| Browser::new(&backend)),
        backend,
        url,
        keys,
        now: a_wednesday().timestamp_millis(),
        phones,
        late: Vec::new(),
        backup: None,
        restored: false,
        wrote: BTreeMap::new(),
        left: Vec::new(),
        revoked: BTreeSet::new(),
        visit,
        turn: 0,
        place,
    };
    for at in 0..world.phones.len() {
        world.phones[at].enrol(&world.backend, world.now).await;
    }
    for _ in 0..40 + world.dice.below(21) {
        world.happen().await;
    }
    world.heal().await;
    let verdict = world.verdict().await;
    world.backend.store.close().await;
    let (url, backup) = (world.url.clone(), world.backup.clone());
    world.place.remove(&url).await;
    if let Some(backup) = backup {
        world.place.remove(&backup).await;
    }
    verdict
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "says what ran")]
async fn whatever_happens_nothing_is_lost_or_doubled() {
    let first = number("RINNALLA_SEED", 1);
    let engine = std::env::var("RINNALLA_ENGINE").unwrap_or_default();
    let mut servers = Vec::new();
    if engine != "postgres" {
        servers.push(None);
    }
    if engine != "sqlite" {
        servers.extend(std::env::var("RINNALLA_TEST_POSTGRES").ok().map(Some));
    }
    for server in servers {
        let name = if server.is_some() { "PostgreSQL" } else { "SQLite" };
        // PostgreSQL takes a moment for each database that it copies.
        let sequences = number("RINNALLA_SEQUENCES", if server.is_some() { 8 } else { 60 });
        let mut place = Place::make(server).await;
        let (mut lost, mut doubled, mut wrong) = (0, 0, 0);
        for seed in first..first + sequences {
            let found = sequence(&mut place, seed).await;
            if found != (0, 0, 0) {
                println!(
                    "{name}: seed {seed}: {} lost, {} doubled, {} wrong authors",
                    found.0, found.1, found.2
                );
            }
            lost += found.0;
            doubled += found.1;
            wrong += found.2;
        }
        println!("{name}: {sequences} sequences, {lost} lost, {doubled} doubled, {wrong} wrong authors");
        assert_eq!((lost, doubled, wrong), (0, 0, 0));
    }
}
