// What the service exists for, from a visit to steady work: a coach hears of an opportunity, matches a client with
// it, records the job with its subsidy, logs support on the phone, changes the hours, gives the client the papers; a
// year later support is still due; the job ends, and the next search has begun.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { day } from './lib/acts.mjs';
import { HAS_PILOT, enter, filled, shoot, signIn } from './lib/county.mjs';
import { PILOT, movedClock } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const press = (visitor, name) => visitor.page.getByRole('button', { name, exact: true }).first().click();
const go = (visitor, name) => visitor.page.getByRole('link', { name, exact: true }).first().click();
const said = (visitor, words) => visitor.page.getByRole('status').getByText(words).first().waitFor();
const choose = (visitor, label) => visitor.page.getByLabel(label, { exact: true }).check({ force: true });
const story = stories({ fill: filled });

/** The page of the first own client. */
async function ownClient(visitor, at = 0) {
  await visitor.open('/clients');
  const row = visitor.page.locator('.board a.list-row').nth(at);
  const to = await row.getAttribute('href');
  await visitor.open(to);
  return to;
}

story('The jobs and supports of the package stand on their pages', async ({ product, arrive, t }) => {
  if (!HAS_PILOT) return t.skip('the pilot package is not at hand');
  const lead = await enter(product, arrive, 'lead', 'desk');
  await lead.open('/clients/all');
  const rows = lead.page.locator('main .list-row a[href^="/clients/"]');
  const links = await rows.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  const text = async (to) => (await lead.page.request.get(to)).text();
  const jobs = new Set();
  let supports = 0;
  for (const link of links) {
    for (const [, id] of (await text(link)).matchAll(/href="\/jobs\/([0-9a-f-]{36})"/g)) jobs.add(id);
    supports += ((await text(`${link}/support`)).match(/timeline-head/g) ?? []).length;
  }
  const lines = (file) => readFileSync(path.join(PILOT, file), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
  const closed = new Set(lines('clients.csv').filter((cells) => cells[11] !== '').map((cells) => cells[0]));
  const open = (cells, at) => !closed.has(cells[at]);
  assert.equal(jobs.size, lines('jobs.csv').filter((cells) => open(cells, 1)).length);
  assert.equal(supports, lines('supports.csv').filter((cells) => open(cells, 3)).length);
});

for (const device of ['phone', 'desk']) {
  story(`From a visit to steady work, and on to the next search (${device})`, async ({ product, arrive, t }) => {
    const coach = await enter(product, arrive, 'coach', device);
    const client = await ownClient(coach, device === 'phone' ? 0 : 1);
    coach.expects(/status of 422/);

    // A visit becomes an opportunity.
    await coach.open('/visits');
    await coach.page.locator('main a[href^="/visits/"]').first().click();
    await go(coach, 'Kirjaa työmahdollisuus');
    const title = device === 'phone' ? 'keittiöapulainen' : 'varastotyöntekijä';
    await coach.page.getByLabel('Työtehtävä').fill(title);
    await coach.page.getByLabel('Tunteja viikossa vähintään').fill('15');
    await coach.page.getByLabel('Tunteja viikossa enintään').fill('20');
    await choose(coach, 'Aamu');
    await shoot(coach, 'opportunity');
    await press(coach, 'Tallenna');
    await said(coach, 'Tallennettu.');

    // A client is matched with it, in words.
    await coach.open(`${client}/profile/edit`);
    await coach.page.locator('#wishes').fill(`Haluan työhön, jossa on ${title}.`);
    await press(coach, 'Tallenna');
    await coach.open(`${client}/matches`);
    const row = coach.page.locator('.timeline > li').filter({ hasText: title }).first();
    await row.getByText(/toiveissa:/).waitFor();
    await shoot(coach, 'matches');
    await row.getByRole('link', { name: /^Sovita/ }).click();
    await press(coach, 'Tallenna');
    await said(coach, 'Tallennettu.');
    await coach.page.getByText('Kirjaa tulos', { exact: true }).first().click();
    await choose(coach, 'Työ');
    await coach.page.getByLabel('Mitä opittiin?').fill('Aamuvuorot sopivat.');
    await shoot(coach, 'match');
    await press(coach, 'Kirjaa tulos');
    await coach.page.getByText(/^Päättyi .*: Työ$/).waitFor();
    await press(coach, 'Vie profiiliin');
    await coach.page.getByText(/^Viety profiilin versioon/).waitFor();

    // The job, with a subsidy.
    await go(coach, 'Kirjaa työsuhde');
    await coach.page.getByLabel('Tunnit viikossa').fill('15');
    await coach.page.getByLabel('Palkka', { exact: true }).selectOption('agreement');
    await coach.page.getByLabel('Voiko työtä hakea kuka tahansa?').selectOption('yes');
    await coach.page.getByLabel(/^Onko työpaikka varattu/).selectOption('no');
    await coach.page.getByLabel('Palkkatuki', { exact: true }).selectOption('70');
    await coach.page.getByLabel('Palkkatuki päättyy').fill(day(150));
    await shoot(coach, 'new-job');
    await press(coach, 'Tallenna');
    await said(coach, 'Tallennettu.');
    await coach.page.getByText('Työ avoimilla työmarkkinoilla').first().waitFor();
    const job = new URL(coach.page.url()).pathname;

    // Three supports, each in a few taps; the last by what Today asks for.
    let taps = 0;
    const tap = async (locator) => { taps += 1; await locator.click(); };
    for (const [nth, words] of ['Yhdessä ensimmäinen vuoro.', 'Soitettiin vuoron jälkeen.', 'Esihenkilön kanssa.'].entries()) {
      taps = 0;
      await coach.open(job);
      await tap(coach.page.getByRole('link', { name: 'Kirjaa tuki', exact: true }));
      if (nth === 2) await choose(coach, 'Molemmille');
      await coach.page.getByLabel('Omin sanoin').first().fill(words);
      if (nth === 0) await shoot(coach, 'support');
      await tap(coach.page.getByRole('button', { name: 'Tallenna tuki' }));
      await said(coach, 'Tuki on kirjattu.');
    }
    t.diagnostic(`a support from the job's page: ${taps} taps beside the words`);
    assert.ok(taps <= 6);
    await coach.page.getByText('Esihenkilön kanssa.').waitFor();
    await shoot(coach, 'supports');

    // Other hours from today: one job, two terms.
    await coach.open(`${job}/change`);
    await coach.page.getByLabel('Tunnit viikossa').fill('20');
    await press(coach, 'Tallenna');
    await said(coach, 'Tallennettu.');
    await coach.page.getByText(/20 h viikossa/).first().waitFor();
    await coach.page.getByText(/15 h viikossa/).first().waitFor();
    await shoot(coach, 'job');

    // What the client takes home.
    await coach.open(`${client}/advice/new`);
    await choose(coach, 'Asumistuki');
    await press(coach, 'Tallenna');
    await said(coach, 'Tallennettu.');
    for (const file of ['advice/sheet.pdf', 'copy.pdf']) {
      const paper = await coach.page.request.get(`${client}/${file}?language=fi`);
      assert.equal(paper.headers()['content-type'], 'application/pdf', file);
      assert.equal((await paper.body()).subarray(0, 5).toString(), '%PDF-', file);
    }
    await coach.open(client);
    await shoot(coach, 'client');
    product.worked ??= [];
    product.worked.push({ client, job, device });
  });
}

story('A year later support is still due, and after the job the next search has begun', async ({ product, arrive, t }) => {
  if (!movedClock()) return t.skip('no clock that can be moved on (Debian: faketime)');
  assert.ok(product.worked?.length > 0, 'the stories before have made jobs');
  await product.later(366);
  const [{ client, job }] = product.worked;
  const coach = await arrive({ device: 'phone' });
  await signIn(coach, product, 'coach');
  const today = coach.page.locator('.card').filter({ has: coach.page.getByRole('heading', { name: 'Asiakkaiden kanssa' }) });
  await today.waitFor();
  await shoot(coach, 'today-a-year-later');
  await coach.open(`${client}/support`);
  await coach.page.getByText(/^Myöhässä: piti olla/).first().waitFor();
  await coach.open(job);
  await go(coach, 'Työ päättyi');
  await coach.page.getByLabel('Miksi työ päättyi?').selectOption('fixed_term_ended');
  await shoot(coach, 'end');
  await press(coach, 'Työ päättyi');
  await coach.page.getByText('Seuraavaksi: Uusi työnetsintä alkaa heti').waitFor();
  await coach.open(client);
  await coach.page.getByText('Nopea työnetsintä').first().waitFor();
  await coach.page.getByText(/mitä työstä opittiin/).first().waitFor();
  await shoot(coach, 'next-search');
  await coach.open(job);
  await press(coach, 'Työ ei päättynytkään');
  await coach.page.getByRole('link', { name: 'Työ päättyi', exact: true }).waitFor();
});
