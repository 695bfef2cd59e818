// What people do on the pages, in the words of the pages (Finnish, the original).

import assert from 'node:assert/strict';
import { until } from './browser.mjs';
import { xlsx } from './xlsx.mjs';

/** The day in Helsinki as `2026-05-07`, some days from now. */
export function day(from = 0) {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' });
  return parts.format(new Date(Date.now() + from * 86_400_000));
}

/** A day as Finnish pages write it: `7.5.2026`. */
export function finnishDate(iso) {
  const [year, month, date] = iso.split('-').map(Number);
  return `${date}.${month}.${year}`;
}

/** Opens the form from the bar, the way of every day. */
export async function openForm(visitor) {
  await visitor.page.getByRole('link', { name: 'Kirjaa', exact: true }).tap();
  await formReady(visitor);
}

/** Waits until the form can be sent. */
export async function formReady(visitor) {
  await visitor.page.getByRole('heading', { level: 1, name: 'Kirjaa käynti' }).waitFor();
  await until(() => save(visitor).isEnabled(), 'the save button can be pressed');
  await visitor.alive();
}

/** Waits until the phone knows to whom it seals and, where a form asked for it, has the register. */
export function enrolled(coach, withRegister = true) {
  const kept = (withRegister) =>
    new Promise((done) => {
      const request = indexedDB.open('rinnalla-outbox', 1);
      request.onsuccess = () => {
        const all = request.result.transaction('phone').objectStore('phone').getAll();
        all.onsuccess = () =>
          done(all.result.some(({ about }) => about) && (!withRegister || all.result.some(({ sealed }) => sealed)));
      };
    });
  return until(() => coach.page.evaluate(kept, withRegister), 'the phone is enrolled');
}

export function save(visitor) {
  return visitor.page.locator('.save-bar button');
}

/** Finds an employer by search in the form and picks it. */
export async function pickEmployer(visitor, name, typed = name) {
  await visitor.page.getByRole('searchbox', { name: 'Hae työnantajaa' }).fill(typed);
  // Until the register's names have come, the recent ones stand there.
  await visitor.page.locator('#employer [role=status]').filter({ hasText: /työnantaja/ }).first().waitFor({ state: 'attached' });
  await option(visitor, name).first().click();
  await visitor.page.locator('[data-picked]').filter({ hasText: name }).waitFor();
}

/** A choice of the form's picker, by the employer's whole name. */
export function option(visitor, name) {
  const title = visitor.page.locator('.row-title').getByText(name, { exact: true });
  return visitor.page.locator('.picker-option').filter({ has: title });
}

/** The message at the bottom. */
export function toast(visitor) {
  return visitor.page.locator('.toast');
}

/** Saves, and waits for Today with the message that it arrived. */
export async function saved(visitor, name) {
  await save(visitor).click();
  await onToday(visitor);
  await toast(visitor).getByText(`Käynti on perillä: ${name}`, { exact: true }).waitFor();
}

export async function onToday(visitor) {
  await visitor.page.getByRole('heading', { level: 1, name: 'Tänään' }).waitFor();
}

/** The rows of the unit's latest visits on Today. */
export function unitVisits(visitor) {
  const section = visitor.page.locator('section', {
    has: visitor.page.getByRole('heading', { name: 'Yksikön viimeisimmät käynnit' }),
  });
  return section.locator('a.list-row');
}

/** Chooses a password behind a one-time link. */
export async function acceptInvitation(visitor, link, password) {
  await visitor.open(link);
  await visitor.page.getByLabel('Uusi salasana').fill(password);
  await visitor.page.getByLabel('Salasana uudelleen').fill(password);
  await visitor.page.getByRole('button', { name: 'Ota salasana käyttöön' }).click();
  await onToday(visitor);
  await visitor.alive();
}

/** Signs in by the form. */
export async function signIn(visitor, name, password) {
  await visitor.open('/sign-in');
  await visitor.page.getByLabel('Käyttäjätunnus').fill(name);
  await visitor.page.getByLabel('Salasana').fill(password);
  await visitor.page.getByRole('button', { name: 'Kirjaudu sisään' }).click();
}

/** The number of visits that the employer's page counts. */
export async function visitsCounted(visitor, employer) {
  await visitor.open(`/employers/${employer}`);
  const text = await visitor.page.getByText(/^\d+ käynti(ä)?$/).innerText();
  return Number.parseInt(text, 10);
}

/** The id of an employer, from the list's link. */
export async function employerId(visitor, name) {
  await visitor.open(`/employers?q=${encodeURIComponent(name)}`);
  const title = visitor.page.locator('.row-title').getByText(name, { exact: true });
  const href = await visitor.page.locator('a.list-row').filter({ has: title }).first().getAttribute('href');
  assert.ok(href, name);
  return href.split('/').pop();
}

/** Adds somebody to the demo's unit; gives name, sign-in name and the one-time link. */
export async function newcomer(product, name) {
  const made = await product.run('user', 'add', name, '--role', 'coach', '--unit', 'DEMO-IPS', '--json', '--origin', product.origin);
  assert.equal(made.status, 0, made.stderr);
  return JSON.parse(made.stdout);
}

/** What an association of businesses sends: sixty employers of Lapinlahti. */
export const MEMBERS = {
  file: 'Yrittäjäyhdistyksen jäsenet.xlsx',
  /** Three that the register has already, under another spelling. */
  known: [
    { sent: 'Oy Konditori Akerlund', is: 'Konditori Åkerlund Ab' },
    { sent: 'Autokorjaamo Huhkasuo', is: 'Autokorjaamo Huuhkasuo Tmi' },
    { sent: 'HÄGGLUND CAFE', is: 'Café Hägglund Ab' },
  ],
  fresh: Array.from({ length: 57 }, (_, at) => {
    const first = 'Pelto Koivu Mänty Järvi Kallio Suo Niemi'.split(' ')[at % 7];
    const last = 'pirtti saha halli verstas kauppa leipä kone varasto piha'.split(' ')[at % 9];
    return { name: `${first}${last} ${at + 1} Oy`, street: `Asematie ${at + 1}` };
  }),
};

function membersSheet() {
  const [konditori, autokorjaamo, cafe] = MEMBERS.known.map(({ sent }) => sent);
  return xlsx([
    ['Jäsenyritys', 'Kunta', 'Lähiosoite', 'Yhteyshenkilö', 'Puh.'],
    [konditori, '', 'Torikatu 3', 'Birgitta Åkerlund', '+358 40 765 4321'],
    [autokorjaamo, 'KUOPIO', 'Rantatie 1', '', ''],
    [cafe, 'Nilsiä', '', '', ''],
    ...MEMBERS.fresh.map(({ name, street }) => [name, 'LAPINLAHTI', street, '', '']),
  ]);
}

/** A lead takes the members' list up to the question which column is which. */
export async function takeMembers(lead) {
  await lead.open('/employers/filters');
  await lead.press(lead.page.getByRole('link', { name: 'Työnantajat listasta' }));
  const file = { name: MEMBERS.file, mimeType: '', buffer: membersSheet() };
  await lead.page.getByLabel('Tiedosto', { exact: true }).setInputFiles(file);
  await lead.press(lead.page.getByRole('button', { name: 'Lue tiedosto' }));
  await lead.page.getByRole('heading', { name: 'Mikä sarake on mikä?' }).waitFor();
}

/** Names the columns, and compares the list with the register. */
export async function compareMembers(lead) {
  // The header is not of ours: the name was guessed by its look, and is corrected by hand where not.
  await lead.page.getByLabel('Sisältää: Jäsenyritys').selectOption({ label: 'Nimi' });
  await lead.page.getByLabel('Sisältää: Puh.').selectOption({ label: 'Puhelin' });
  await lead.press(lead.page.getByRole('button', { name: 'Vertaa rekisteriin' }));
  await lead.page.getByRole('heading', { name: 'Mitä riveille tehdään?' }).waitFor();
  await lead.page.getByText('Yksi rivi odottaa päätöstäsi').first().waitFor();
}

/** Says that the name with a slip is the register's, and writes the list. */
export async function writeMembers(lead) {
  const slip = lead.page.getByLabel(`Mitä tehdään: ${MEMBERS.known[1].sent}`);
  await slip.selectOption({ label: 'Täydennä rekisterin tietoja' });
  await lead.press(lead.page.getByRole('button', { name: 'Tallenna valinnat' }));
  await lead.page.getByText('Valinnat on tallennettu.').waitFor();
  await lead.press(lead.page.getByRole('button', { name: /Vie rekisteriin/ }));
  await lead.page.getByText('Lista on viety rekisteriin').waitFor();
}

/** How many employers the register says that it has. */
export async function employersCounted(visitor) {
  await visitor.open('/employers');
  return Number.parseInt(await visitor.page.getByText(/^\d+ työnantajaa/).first().innerText(), 10);
}
