// What is written without a network is sealed on the phone, survives everything, and arrives once under its author
// (shared/domain/security.md O1-O5, O11, O18-O20).

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { formReady, onToday, pickEmployer, save, saved, toast } from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { inShell, prepared } from './lib/offline.mjs';
import { register } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const NAME = 'Konditori Åkerlund Ab';
const CANARY = 'Zanzibarin kanarialintu laulaa kahdesti';

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

/** A coach whose phone is ready for a place without signal, and what has really arrived. */
async function ready(given) {
  const { visitor: coach, wire } = await prepared(given);
  // What a colleague finds on the page of the employer.
  const colleague = await register(given.product, given.product.of('coach', 1));
  const employer = await colleague.employer(NAME);
  const visits = () => colleague.visits(employer);
  return { coach, wire, visits, latest: () => colleague.latest(employer), before: await visits() };
}

/** Writes a visit in a place without signal. */
async function written(coach, text) {
  await coach.page.goto('/visits/new');
  await inShell(coach);
  await coach.page.getByText('Ei verkkoa. Kirjaus tallentuu tähän puhelimeen').waitFor();
  await pickEmployer(coach, NAME, 'åker');
  await words(coach).fill(text);
  await save(coach).tap();
  await toast(coach).getByText(`Tallessa tässä puhelimessa: ${NAME}`, { exact: true }).waitFor();
}

story('Visits without signal are kept through a killed page, arrive once, and stay until a backup has them', async (given) => {
  const { coach, wire, visits, before } = await ready(given);
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
  await inShell(coach);
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
  const { coach, wire } = await ready(given);
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
  const { coach, wire } = await ready(given);
  await wire.cut();
  await coach.page.goto('/visits/new');
  await inShell(coach);
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
  const { coach, visits, latest, before } = await ready(given);
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

/** Makes the phone's store fail in pages that open from now on, while `window.__broken` says so. */
function breakable(coach) {
  return coach.page.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...named) {
      if (sessionStorage.getItem('broken') === 'unread' && named[0] === 'rinnalla-outbox') {
        throw new DOMException('Internal error opening backing store.', 'UnknownError');
      }
      return open.apply(this, named);
    };
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...given) {
      if (sessionStorage.getItem('broken') === 'full' && this.name === 'entries') throw new DOMException('Full.', 'QuotaExceededError');
      return put.apply(this, given);
    };
  });
}

const broken = (coach, how) => coach.page.evaluate((how) => sessionStorage.setItem('broken', how), how);

story('The same half written visit in two tabs: the first that is saved holds, and the second says so', async (given) => {
  const { coach, wire, visits, latest, before } = await ready(given);
  await pickEmployer(coach, NAME, 'åker');
  await words(coach).fill('Kesken');
  await until(() => new URL(coach.page.url()).searchParams.get('draft'), 'the draft has an address');
  const other = await coach.context.newPage();
  await other.goto(coach.page.url());
  await other.locator('html[data-alive]').waitFor();
  await until(async () => (await other.getByLabel('Mitä sovittiin').inputValue()) === 'Kesken', 'the draft is in both');
  await wire.cut();
  await words(coach).fill('Ensimmäinen välilehti');
  await save(coach).tap();
  await toast(coach).getByText(`Tallessa tässä puhelimessa: ${NAME}`, { exact: true }).waitFor();
  await other.getByLabel('Mitä sovittiin').fill('Toinen välilehti');
  await other.locator('.save-bar button').click();
  await other.getByRole('alert').getByText('Tämä käynti tallennettiin jo toisessa välilehdessä.').waitFor();
  assert.equal(await other.getByLabel('Mitä sovittiin').inputValue(), 'Toinen välilehti', 'nothing that was typed is gone');
  await wire.mend();
  await coach.page.goto('/sync');
  await coach.page.getByRole('button', { name: 'Lähetä nyt' }).tap();
  await coach.page.getByText('Kaikki lähetetty. Palvelin vahvisti viimeksi').waitFor();
  assert.equal(await visits(), before + 1);
  assert.ok((await latest()).includes('Ensimmäinen välilehti'));
});

story('A visit that is amended in two places: both versions stand side by side, and a person picks, later if they like', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/visits/new?fresh=1');
  await formReady(coach);
  await pickEmployer(coach, NAME, 'åker');
  await words(coach).fill('Sovittiin käynnistä.');
  await saved(coach, NAME);
  const colleague = await register(product, product.of('coach', 1));
  const employer = await colleague.employer(NAME);
  await coach.open(`/employers/${employer}`);
  const amend = await coach.page.locator('.timeline > li a[href*="amend="]').first().getAttribute('href');
  const first = { page: coach.page };
  const second = { page: await coach.context.newPage() };
  for (const { page } of [first, second]) {
    await page.goto(amend);
    await page.locator('html[data-alive]').waitFor();
  }
  await words(first).fill('Ensimmäinen korjaus.');
  await save(first).click();
  await onToday(first);
  await until(async () => (await colleague.latest(employer)).includes('Ensimmäinen korjaus.'), 'the first one is there');
  await words(second).fill('Toinen korjaus.');
  await save(second).click();
  await strip(second).getByText('1 kirjaus tarvitsee sinua.').waitFor();
  // Later, from the page of what waits, which says why.
  await second.page.goto('/sync');
  await here(second).filter({ hasText: 'Käyntiä on muutettu tällä välin' }).getByRole('link', { name: 'Korjaa' }).click();
  const differs = second.page.getByRole('region', { name: 'Käyntiä on muutettu tällä välin' }).getByRole('listitem');
  await differs.filter({ hasText: 'Nyt: Ensimmäinen korjaus.' }).filter({ hasText: 'Kirjoittamasi: Toinen korjaus.' }).waitFor();
  assert.equal(await differs.count(), 1, 'nothing else differs');
  assert.equal(await words(second).inputValue(), 'Toinen korjaus.');
  await differs.getByRole('button', { name: /^Ota nykyinen/ }).click();
  assert.equal(await words(second).inputValue(), 'Ensimmäinen korjaus.');
  await differs.getByRole('button', { name: /^Pidä oma/ }).click();
  await second.page.getByLabel('Seuraava askel').fill('Soita perjantaina');
  await save(second).click();
  await onToday(second);
  await until(async () => (await colleague.latest(employer)).includes('Toinen korjaus.'), 'what was picked is there');
  assert.ok((await colleague.latest(employer)).includes('Soita perjantaina'));
  assert.equal(await strip(second).getByText('tarvitsee sinua').count(), 0, 'nothing waits for a person any more');
});

story('A phone whose store cannot be read says so, never that nothing waits, and goes on when it can', async (given) => {
  const { coach, wire, visits, before } = await ready(given);
  await breakable(coach);
  await wire.cut();
  await written(coach, 'Ennen häiriötä');
  await broken(coach, 'unread');
  await coach.page.goto('/sync');
  await coach.page.getByRole('status').getByText('Tämän puhelimen muistia ei voi juuri nyt lukea.').waitFor();
  for (const lie of ['Mikään ei odota', 'Kaikki lähetetty']) assert.equal(await coach.page.getByText(lie).count(), 0, lie);
  await broken(coach, '');
  await coach.page.getByText('1 kirjaus odottaa verkkoa.').first().waitFor();
  await wire.mend();
  await coach.page.getByRole('button', { name: 'Lähetä nyt' }).tap();
  await coach.page.getByText('Kaikki lähetetty. Palvelin vahvisti viimeksi').waitFor();
  assert.equal(await visits(), before + 1);
});

story('A phone whose memory is full says so at once, and the visit arrives from the page', async (given) => {
  const { coach, wire, visits, before } = await ready(given);
  await breakable(coach);
  await wire.cut();
  await coach.page.goto('/visits/new');
  await inShell(coach);
  await pickEmployer(coach, NAME, 'åker');
  await broken(coach, 'full');
  await words(coach).fill('Muisti täynnä');
  await save(coach).tap();
  await strip(coach).getByRole('alert').getByText('Tämä puhelin ei pysty tallentamaan. Älä sulje sivua').waitFor();
  assert.equal(await toast(coach).count(), 0, 'nobody says that it is saved');
  assert.equal(await words(coach).inputValue(), 'Muisti täynnä');
  await wire.mend();
  await until(async () => (await visits()) === before + 1, 'the visit is there');
  await toast(coach).getByText(`Käynti on perillä: ${NAME}`, { exact: true }).waitFor();
  assert.equal(await strip(coach).getByText('ei pysty tallentamaan').count(), 0, 'it is no worry any more');
});

story('A visit that is saved before the phone has a key is sealed when it gets one', async (given) => {
  const { coach, visits, latest, before } = await ready(given);
  await coach.page.evaluate(
    () =>
      new Promise((done) => {
        const request = indexedDB.open('rinnalla-outbox', 1);
        request.onsuccess = () => {
          const phone = request.result.transaction('phone', 'readwrite');
          const keys = phone.objectStore('phone').getAllKeys();
          keys.onsuccess = () => keys.result.filter((key) => !['now', 'register'].includes(key)).forEach((key) => phone.objectStore('phone').delete(key));
          phone.oncomplete = done;
        };
      }),
  );
  const dead = (route) => route.abort();
  await coach.context.route('**/api/device', dead);
  await pickEmployer(coach, NAME, 'åker');
  await words(coach).fill('Ilman avainta');
  await save(coach).tap();
  await strip(coach).getByRole('alert').getByText('Tämä puhelin ei pysty tallentamaan.').waitFor();
  // Typed on while it waits: a draft of the same entry must not come in between.
  await words(coach).fill('Ilman avainta, ja vähän lisää');
  await coach.context.unroute('**/api/device', dead);
  await until(async () => (await visits()) === before + 1, 'the visit is there');
  assert.ok((await latest()).includes('Ilman avainta'));
  await onToday(coach);
  assert.equal(await strip(coach).getByText('ei pysty tallentamaan').count(), 0);
});

story('Whoever signs out leaves on the phone what is sealed and nothing else', async (given) => {
  const { coach } = await ready(given);
  const phone = () =>
    coach.page.evaluate(
      () =>
        new Promise((done) => {
          const request = indexedDB.open('rinnalla-outbox', 1);
          request.onsuccess = () => {
            const keys = request.result.transaction('phone').objectStore('phone').getAllKeys();
            keys.onsuccess = () => done(keys.result);
          };
        }),
    );
  // A sign-out that the network swallows has not happened.
  await coach.open('/more');
  const dead = (route) => route.abort();
  await coach.context.route('**/sign-out', dead);
  const swallowed = coach.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/sign-out'));
  await coach.page.getByRole('button', { name: 'Kirjaudu ulos', exact: true }).first().tap();
  await swallowed;
  await coach.context.unroute('**/sign-out', dead);
  await coach.open('/more');
  const kept = await phone();
  assert.ok(kept.includes('now') && kept.includes('register'), kept.join());
  await coach.page.getByRole('button', { name: 'Kirjaudu ulos', exact: true }).first().tap();
  await coach.page.getByRole('button', { name: 'Kirjaudu sisään' }).waitFor();
  await until(async () => !(await phone()).some((key) => ['now', 'register'].includes(key)), 'who wrote here and the names are gone');
});
