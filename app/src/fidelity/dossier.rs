//! The dossier for a review: scores with their reasons, estimates, the evidence behind each item, and what is blank.
//! Clients, employers, teams and coaches stand under codes of this dossier alone, days as months and titles as the two
//! digits of their group: nobody can be recognised. The key of the codes is a file of its own.

use super::{days, fidelity_words, rule_words, said_of, title_of, value_of};
use crate::i18n::{Dates, language, words};
use backend::fidelity::{Assessment, FidelityPage, UnitEstimates};
use chrono::NaiveDate;
use domain::fidelity::dossier::{CODES, code_number};
use domain::fidelity::estimate::{Choices, Estimate, Row, RowKind};
use domain::fidelity::{ITEMS, Strength};
use domain::lists::out::{Paper, PaperLook, PaperPart, Table};
use std::collections::BTreeMap;
use uuid::Uuid;

/// So many rows of an item are printed.
const ROWS: usize = 300;

/// Codes of dossiers. A code is worked out from the identity behind it, so that the key of one day fits the dossier of
/// that day whenever either is made; nothing leads back from it.
#[derive(Default)]
struct Codes {
    known: BTreeMap<Uuid, String>,
    day: NaiveDate,
    /// Each code with the identity behind it.
    key: BTreeMap<String, Uuid>,
}

impl Codes {
    fn of(&mut self, letter: &'static str, id: Uuid) -> String {
        if let Some(code) = self.known.get(&id) {
            return code.clone();
        }
        let number = code_number(self.day, letter, id);
        let mut codes = (0..CODES).map(|more| format!("{letter}{:05}", (number + more) % CODES));
        let code = codes.find(|code| !self.key.contains_key(code)).unwrap_or_default();
        self.known.insert(id, code.clone());
        self.key.insert(code.clone(), id);
        code
    }
}

/// The key of the dossier's codes, for the unit alone: who or what each stands for. Clients whom the reader may not read
/// stay without a name.
#[must_use]
pub fn dossier_key(page: &FidelityPage, unit: &str) -> Table {
    let w = fidelity_words();
    let (_, codes) = bound(page, unit, false);
    let name = |id: &Uuid| {
        let client = page.found.records.clients.iter().find(|client| client.id.uuid() == *id);
        match client {
            Some(client) if !page.readable.contains(&client.id) => Some(w.hidden.to_owned()),
            _ => page.found.names.get(id).cloned(),
        }
    };
    let rows = codes.key.iter().filter_map(|(code, id)| Some(vec![code.clone(), name(id)?])).collect();
    let columns = [w.dossier_code, w.dossier_stands_for].map(str::to_owned).to_vec();
    Table { title: format!("{} {}", w.dossier_key, language().date(page.found.day)), columns, rows }
}

/// The dossier of a unit on a day, with the words of people or without: reasons of scores, and what is done.
#[must_use]
pub fn dossier_paper(page: &FidelityPage, unit: &str, with_words: bool) -> Paper {
    bound(page, unit, with_words).0
}

fn bound(page: &FidelityPage, unit: &str, with_words: bool) -> (Paper, Codes) {
    super::spoken_by(&page.found.pack);
    let w = fidelity_words();
    let mut parts = vec![
        PaperPart::Text(w.dossier_of.say(&[unit, &language().date(page.found.day)])),
        PaperPart::Text(w.self_assessment.to_owned()),
        PaperPart::Text(w.dossier_codes.to_owned()),
    ];
    parts.push(PaperPart::Text(page.assessments.first().map_or_else(|| w.last_none.to_owned(), said_of)));
    parts.push(PaperPart::Heading(w.all.to_owned()));
    parts.push(all_items(page));
    let choices = &page.found.choices;
    let blank: Vec<String> = page
        .found
        .estimates
        .iter()
        .filter(|estimate| estimate.score.is_none())
        .map(|estimate| format!("{}. {}", estimate.item, title_of(estimate.item)))
        .collect();
    if !blank.is_empty() {
        parts.push(PaperPart::Heading(w.dossier_blank.to_owned()));
        parts.extend(blank.into_iter().map(PaperPart::Text));
    }
    if *choices != Choices::default() {
        parts.push(PaperPart::Heading(rule_words().choices.to_owned()));
        parts.extend(
            super::rules::held(choices).map(|[name, number]| PaperPart::Text(format!("{name}: {number}"))),
        );
    }
    // What is done is known as it is now, and not as it was.
    if with_words && page.found.day == page.today && !page.plan.is_empty() {
        parts.push(PaperPart::Heading(w.plan.to_owned()));
        parts.push(plan(page));
    }
    let mut codes = Codes { day: page.found.day, ..Codes::default() };
    for estimate in &page.found.estimates {
        parts.push(PaperPart::Heading(format!("{}. {}", estimate.item, title_of(estimate.item))));
        parts.extend(reasons(page, estimate.item, with_words));
        parts.extend(item(&page.found, estimate, &mut codes));
    }
    let paper = Paper {
        language: language(),
        title: format!("{} {}", w.dossier, language().date(page.found.day)),
        foot: format!("{unit}. {}", w.self_assessment),
        page_of: w.page_of,
        look: PaperLook::Plain,
        parts,
    };
    (paper, codes)
}

/// The score of the last assessment and why.
fn reasons(page: &FidelityPage, item: u8, with_words: bool) -> Vec<PaperPart> {
    let w = fidelity_words();
    let Some(score) = super::assessed(page, item) else { return Vec::new() };
    let last = page.assessments.first().filter(|_| with_words);
    let why = last.map(|last: &Assessment| last.reasons_of(item)).unwrap_or_default();
    let said = format!("{}: {}. {}", w.assessed, w.of_score.say(&[&score.to_string()]), why.join(" "));
    vec![PaperPart::Text(said.trim_end().to_owned())]
}

fn all_items(page: &FidelityPage) -> PaperPart {
    let w = fidelity_words();
    let mark = |score: Option<u8>| score.map_or_else(|| "–".to_owned(), |score| score.to_string());
    let rows = (1..=ITEMS)
        .map(|item| {
            let estimate = page.found.estimates.iter().find(|estimate| estimate.item == item);
            vec![
                format!("{item}. {}", title_of(item)),
                mark(super::assessed(page, item)),
                mark(estimate.and_then(|estimate| estimate.score)),
                estimate.map(value_of).unwrap_or_default(),
            ]
        })
        .collect();
    let columns = [w.item, w.assessed, w.estimate, w.says].map(str::to_owned).to_vec();
    PaperPart::Table(Table { title: w.all.to_owned(), columns, rows }, vec![5, 2, 2, 5])
}

fn plan(page: &FidelityPage) -> PaperPart {
    let w = fidelity_words();
    let rows = page
        .plan
        .iter()
        .map(|action| {
            let when = match action.done_on {
                Some(on) => w.done_on.of(language().date(on)),
                None => w.until.of(language().date(action.by_day)),
            };
            vec![format!("{}. {}", action.item, title_of(action.item)), action.what.clone(), when]
        })
        .collect();
    let columns = [w.item, w.f_what, w.f_by_day].map(str::to_owned).to_vec();
    PaperPart::Table(Table { title: w.plan.to_owned(), columns, rows }, vec![4, 5, 3])
}

fn item(found: &UnitEstimates, estimate: &Estimate, codes: &mut Codes) -> Vec<PaperPart> {
    let w = fidelity_words();
    if estimate.strength == Strength::Judgement || estimate.item == 10 {
        return vec![PaperPart::Text(w.judged.to_owned())];
    }
    let score =
        estimate.score.map_or_else(|| w.no_score.to_owned(), |score| w.of_score.say(&[&score.to_string()]));
    let mut parts = vec![
        PaperPart::Text(format!("{}: {score}. {}", w.estimate, value_of(estimate))),
        PaperPart::Text(format!(
            "{}: {}. {}.",
            w.window,
            days(estimate.window),
            w.strength(estimate.strength)
        )),
        PaperPart::Text(super::pack().item(estimate.item).rule.of(language()).to_owned()),
    ];
    parts.extend(estimate.notes.iter().map(|note| PaperPart::Text(w.note(*note))));
    for part in &estimate.parts {
        let met = match (part.met, part.of) {
            (Some(true), _) => w.met,
            (Some(false), _) => w.not_met,
            (None, None) => w.attest,
            (None, Some(_)) => w.no_occasion,
        };
        let of =
            part.of.filter(|of| of[1] > 0).map(|[part, of]| format!(" ({part} / {of})")).unwrap_or_default();
        let by_word = part.kind.attested_for().is_some() && part.met.is_some();
        let word = if by_word { format!(" ({})", rule_words().only_word) } else { String::new() };
        parts.push(PaperPart::Text(format!("{}: {met}{of}{word}", w.part(part.kind))));
    }
    if !estimate.rows.is_empty() {
        parts.push(rows(found, estimate, codes));
    }
    parts
}

fn rows(found: &UnitEstimates, estimate: &Estimate, codes: &mut Codes) -> PaperPart {
    let w = fidelity_words();
    let mut all: Vec<&Row> = estimate.rows.iter().collect();
    all.sort_by_key(|row| (!row.counts, row.kind, row.day, row.id));
    let rows = all
        .into_iter()
        .take(ROWS)
        .map(|row| {
            let letter = match row.kind {
                RowKind::Client => "A",
                RowKind::Visit => "K",
                RowKind::Job => "T",
                RowKind::Week | RowKind::Person => "V",
                _ => "R",
            };
            let client = row.client.map(|client| codes.of("A", client.uuid())).unwrap_or_default();
            let code = codes.of(letter, row.id);
            // A day would tell more than a reviewer needs.
            let month = row.day.map(|day| day.format("%-m/%Y").to_string()).unwrap_or_default();
            let amount = if row.amount == 0 { String::new() } else { row.amount.to_string() };
            let counts = if row.counts { w.counts } else { w.beside };
            let what = detail(found, row, codes);
            vec![format!("{} {code}", w.row_kind(row.kind)), client, month, what, amount, counts.to_owned()]
        })
        .collect();
    let columns = vec![
        w.rows.to_owned(),
        w.row_kind(RowKind::Client).to_owned(),
        w.month.to_owned(),
        w.dossier_what.to_owned(),
        w.amount.to_owned(),
        w.counts.to_owned(),
    ];
    let title = format!("{}. {}", estimate.item, w.rows);
    PaperPart::Table(Table { title, columns, rows }, vec![4, 2, 2, 6, 2, 3])
}

/// What a reviewer may know of a row: how an employer was met and what for, the group of a job, the kind of a meeting.
fn detail(found: &UnitEstimates, row: &Row, codes: &mut Codes) -> String {
    let w = fidelity_words();
    let records = &found.records;
    match row.kind {
        RowKind::Visit => {
            let Some(it) = records.contacts.iter().find(|it| it.id.uuid() == row.id) else {
                return String::new();
            };
            let (coach, employer) = (codes.of("V", it.coach.uuid()), codes.of("Y", it.employer.uuid()));
            format!("{coach} → {employer}, {}, {}", words().mode(it.mode), words().purpose(it.purpose))
        }
        RowKind::Job => {
            let Some(it) = records.jobs.iter().find(|it| it.id.uuid() == row.id) else {
                return String::new();
            };
            let employer = codes.of("Y", it.employer.uuid());
            let group = it.isco.as_deref().and_then(|code| code.get(..2)).unwrap_or("–");
            let lasts = match it.permanent {
                Some(true) => w.dossier_permanent,
                Some(false) => w.dossier_until,
                None => "–",
            };
            format!("{employer}, ISCO {group}, {lasts}")
        }
        RowKind::Meeting => {
            let Some(it) = records.meetings.iter().find(|it| it.id == row.id) else { return String::new() };
            let team = it.team.map(|team| format!(" {}", codes.of("H", team.uuid()))).unwrap_or_default();
            let kind = crate::lead::lead_words_in(language()).kind(it.kind);
            format!("{kind}{team}, {}", w.dossier_present.of(it.present.len()))
        }
        RowKind::Support => {
            let it = records.supports.iter().find(|it| it.id == row.id);
            it.map(|it| words().mode(it.mode).to_owned()).unwrap_or_default()
        }
        RowKind::Client => {
            let it = records.clients.iter().find(|it| it.id.uuid() == row.id);
            it.and_then(|it| it.team).map(|team| codes.of("H", team.uuid())).unwrap_or_default()
        }
        _ => String::new(),
    }
}
