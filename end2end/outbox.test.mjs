// What is written without a network is sealed on the phone, survives everything, and arrives once under its author
// (shared/domain/security.md O1-O5, O11, O18-O20).

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after } from 'node:test';
import { enrolled, formReady, onToday, pickEmployer, save, toast } from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { line } from './lib/line.mjs';
import { register } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const NAME = 'Konditori Åkerlund Ab';
const CANARY = 'Zanzibarin kanarialintu laulaa kahdesti';
const lines = [];
after(() => Promise.all(lines.map((line) => line.cut())));

const strip = (coach) => coach.page.locator('.toasts .notice');
const words = (coach) => coach.page.getByLabel('Mitä sovittiin');
const here = (coach) => coach.page.getByRole('listitem').filter({ hasText: 'Käynti' });

/** Everything that the outbox keeps on this phone, as text. */
function kept(coach) {
  return coach.page.evaluate(
    () =>
      new Promise((done, failed) => {
        const request = indexedDB.open('rinnalla-outbox', 1);
        request.onerror = () => failed(request.error);
        request.onsuccess = () => {
          const all = request.result.transaction('entries').objectStore('entries').getAll();
          all.onsuccess = () => done(all.result.map(({ text }) => JSON.parse(text)));
        };
      }),
  );
}

/** A coach at the end of a line of their own, whose phone is ready for a place without signal. */
async function prepared({ product, arrive }) {
  const wire = await line(product);
  lines.push(wire);
  const coach = await arrive({ as: product.of('coach'), baseURL: wire.origin });
  coach.product = { ...product, origin: wire.origin };
  coach.expects(/Failed to load resource/, /net::ERR_/, /manifest/i);
  await coach.open('/visits/new?fresh=1');
  await formReady(coach);
  await until(() => coach.page.evaluate(() => navigator.serviceWorker.controller?.state === 'activated'), 'the worker controls the page');
  await until(() => coach.page.evaluate(async () => Boolean(await caches.match('/language'))), 'the worker knows the language');
  await enrolled(coach);
  // What a colleague finds on the page of the employer: what has really arrived.
  const colleague = await register(product, product.of('coach', 1));
  const employer = await colleague.employer(NAME);
  const visits = () => colleague.visits(employer);
  return { coach, wire, visits, latest: () => colleague.latest(employer), before: await visits() };
}

/** Writes a visit in a place without signal. */
async function written(coach, text) {
  await coach.page.goto('/visits/new');
  await coach.page.locator('body[data-shell] #main').waitFor();
  await coach.page.getByText('Ei verkkoa. Kirjaus tallentuu tähän puhelimeen').waitFor();
  await pickEmployer(coach, NAME, 'åker');
  await words(coach).fill(text);
  await save(coach).tap();
  await toast(coach).getByText(`Tallessa tässä puhelimessa: ${NAME}`, { exact: true }).waitFor();
}

story('Visits without signal are kept through a killed page, arrive once, and stay until a backup has them', async (given) => {
  const { coach, wire, visits, before } = await prepared(given);
  await wire.cut();
  for (const round of [1, 2, 3]) await written(coach, `Kierros ${round}`);
  await strip(coach).getByText('3 kirjausta odottaa verkkoa. Ne ovat tallessa tässä puhelimessa.').waitFor();
  await strip(coach).getByRole('link', { name: 'Näytä lähetettävät' }).tap();
  await coach.page.getByRole('heading', { level: 1, name: 'Lähetettävät' }).waitFor();
  assert.equal(await here(coach).filter({ hasText: 'Tässä puhelimessa, odottaa verkkoa' }).count(), 3);
  assert.equal(await coach.page.getByText('Kaikki lähetetty').count(), 0, 'nobody says that it was sent');
  await coach.page.close();
  coach.page = await coach.context.newPage();
  await coach.page.goto('/sync');
  await coach.page.locator('body[data-shell] #main').waitFor();
  await until(async () => (await here(coach).count()) === 3, 'three visits wait');
  assert.equal(await visits(), before);
  await wire.mend();
  await coach.page.getByRole('button', { name: 'Lähetä nyt' }).tap();
  await coach.page.getByText('Kaikki lähetetty. Palvelin vahvisti viimeksi').waitFor();
  await until(async () => (await here(coach).filter({ hasText: 'Palvelimella' }).count()) === 3, 'three visits are there');
  assert.equal(await visits(), before + 3);
  const entries = (await kept(coach)).filter(({ kind }) => kind !== 'draft');
  assert.equal(entries.length, 3, 'no backup has them: the phone keeps them');
});

story('Nobody who finds the phone can read a word of what waits on it', async (given) => {
  const { coach, wire } = await prepared(given);
  await wire.cut();
  await written(coach, CANARY);
  const [entry] = await kept(coach);
  const all = JSON.stringify(await kept(coach));
  const sealed = Buffer.from(entry.envelope.split('.')[1], 'base64url');
  for (const word of [CANARY, 'kanarialintu', NAME]) {
    assert.ok(!all.includes(word), word);
    assert.ok(!all.includes(Buffer.from(word).toString('base64').slice(0, -4)), `${word} in base64`);
    assert.ok(!sealed.includes(Buffer.from(word)) && !sealed.includes(Buffer.from(word, 'utf16le')), `${word} in bytes`);
  }
  assert.equal(createHash('sha256').update(entry.envelope).digest('hex'), entry.sha256);
});

story('A visit that is half written when the page is killed is found again online', async (given) => {
  const { coach, wire } = await prepared(given);
  await wire.cut();
  await coach.page.goto('/visits/new');
  await coach.page.locator('body[data-shell] #main').waitFor();
  await pickEmployer(coach, NAME, 'åker');
  await words(coach).fill('Jäi kesken tunnelissa.');
  await until(async () => (await kept(coach)).some(({ kind }) => kind === 'draft'), 'the draft is on the phone');
  await coach.page.close();
  await wire.mend();
  coach.page = await coach.context.newPage();
  await coach.open('/');
  await onToday(coach);
  const found = async () => {
    await coach.open('/visits/new');
    return (await words(coach).inputValue()) === 'Jäi kesken tunnelissa.';
  };
  await until(found, 'the draft has arrived');
});

story('Two people on one phone: an entry arrives under who wrote it, after they signed out', async (given) => {
  const { coach, visits, latest, before } = await prepared(given);
  const { product } = given;
  const dead = (route) => route.fulfill({ status: 503 });
  await coach.context.route('**/api/drop', dead);
  await pickEmployer(coach, NAME, 'åker');
  await words(coach).fill('Ensimmäisen kirjaus');
  await save(coach).tap();
  await strip(coach).getByText('1 kirjaus odottaa verkkoa.').waitFor();
  // Somebody else signs in on the phone, and sees that something waits, and not what.
  await coach.carry(await product.session(product.of('lead')));
  await coach.open('/sync');
  await coach.page.getByText('Lisäksi 1 toisen henkilön suljettu kirjaus.').waitFor();
  assert.equal(await here(coach).count(), 0);
  await coach.context.unroute('**/api/drop', dead);
  await coach.page.getByRole('button', { name: 'Lähetä nyt' }).tap();
  await until(async () => (await visits()) === before + 1, 'the visit is there');
  assert.ok((await latest()).includes('Ensimmäisen kirjaus'));
  const lead = await given.arrive({ as: product.of('lead'), device: 'desk' });
  await lead.open('/visits');
  const row = lead.page.locator('tbody tr').filter({ hasText: 'Ensimmäisen kirjaus' });
  await row.filter({ hasText: product.of('coach').name }).first().waitFor();
});
