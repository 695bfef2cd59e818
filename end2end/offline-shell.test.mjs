// The app opens without a network, and nothing personal is kept on the phone (shared/domain/security.md O16, O24).

import assert from 'node:assert/strict';
import { onToday } from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { inShell, prepared } from './lib/offline.mjs';
import { ask, start } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const NAME = 'Konditori Åkerlund Ab';

/** What the phone keeps: cache by cache, the addresses and the texts. */
function kept(coach) {
  return coach.page.evaluate(async () => {
    const all = {};
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      all[name] = {};
      for (const request of await cache.keys()) {
        const { pathname, search } = new URL(request.url);
        all[name][pathname + search] = await (await cache.match(request)).text();
      }
    }
    return all;
  });
}

/** Nothing is kept but the build's files, the empty documents and the language. */
async function nothingPersonal(coach, files) {
  const all = await kept(coach);
  const [build, ...others] = Object.keys(all).sort();
  assert.match(build, /^rinnalla-build-[0-9a-f]{16}$/);
  assert.deepEqual(others, ['rinnalla-language']);
  assert.deepEqual(Object.keys(all[build]).sort(), [...files].sort());
  assert.deepEqual(all['rinnalla-language'], { '/language': 'fi' });
  for (const [file, text] of Object.entries(all[build])) {
    for (const personal of [NAME, coach.person.name, coach.person.sign_in_name]) assert.ok(!text.includes(personal), `${personal} in ${file}`);
  }
}

/** A coach whose phone keeps the whole build, and what it keeps. */
async function phone(given) {
  const { visitor: coach, wire } = await prepared(given, { withKey: false });
  const script = (await ask(given.product.origin, 'GET', '/sw.js')).bytes.toString();
  const files = JSON.parse(/const FILES = (\[[^\]]*\]);/.exec(script)[1]);
  return { coach, files, wire };
}

/** The empty document, brought to life, in the language of the last page. */
async function shown(coach) {
  await inShell(coach);
  assert.equal(await coach.page.locator('html').getAttribute('lang'), 'fi');
}

/** A page that the server rendered. */
async function fromServer(coach) {
  await onToday(coach);
  assert.equal(await coach.page.locator('body[data-shell]').count(), 0);
}

story('The phone keeps one whole build and nothing personal, wherever one goes', async (given) => {
  const { coach, files } = await phone(given);
  assert.ok(files.some((file) => /^\/pkg\/client\.[0-9a-f]{16}\.wasm$/.test(file)), files.join());
  for (const file of ['/favicon.svg', '/shell/fi', '/shell/sv', '/shell/en']) assert.ok(files.includes(file), file);
  await nothingPersonal(coach, files);
  for (const where of ['/', '/employers', '/clients', '/more']) await coach.open(where);
  await nothingPersonal(coach, files);
});

story('With the line cut the app opens; with the line back the pages come from the server', async (given) => {
  const { coach, files, wire } = await phone(given);
  await wire.cut();
  for (const where of ['/visits/new', '/', '/more']) {
    await coach.page.goto(where);
    await shown(coach);
  }
  await nothingPersonal(coach, files);
  await coach.page.goto('/clients');
  await coach.page.getByText('Palvelimeen ei saada yhteyttä.').first().waitFor();
  await wire.mend();
  await coach.page.goto('/');
  await fromServer(coach);
});

story('When the network says nothing, the app opens after three seconds', async (given) => {
  const { coach, wire } = await phone(given);
  wire.hush();
  await coach.page.goto('/visits/new', { waitUntil: 'commit' });
  await shown(coach);
});

story('Who is signed out is led to the sign-in page through the worker, too', async (given) => {
  const { coach } = await phone(given);
  await coach.context.clearCookies();
  await coach.page.goto('/visits/new');
  await coach.page.getByRole('button', { name: 'Kirjaudu sisään' }).waitFor();
  assert.equal(new URL(coach.page.url()).pathname, '/sign-in');
});

story('A new version waits for a press, and is not offered while a form is half filled in', async (given) => {
  const { coach, files, wire } = await phone(given);
  const { page } = coach;
  const strip = page.getByRole('status').filter({ hasText: 'Uusi versio on valmis.' });
  await page.getByLabel('Mitä sovittiin').fill('Kesken');
  wire.renew('newer');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const waits = () => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
  await until(waits, 'the new worker waits');
  assert.equal(await strip.count(), 0, 'a form is half filled in');
  await page.getByRole('link', { name: 'Tänään', exact: true }).tap();
  await onToday(coach);
  await strip.waitFor();
  assert.ok(await waits(), 'nothing happens by itself');
  const again = page.waitForEvent('load');
  await strip.getByRole('button', { name: 'Ota käyttöön' }).tap();
  await again;
  await coach.alive();
  await until(async () => !(await waits()), 'the new worker has taken over');
  await fromServer(coach);
  await nothingPersonal(coach, files);
});

story('Switched off, the worker goes with all that it kept, and pages are not loaded for ever', async (given) => {
  const { coach, wire } = await phone(given);
  const off = await start({ options: ['--no-service-worker'] });
  try {
    wire.lead(off);
    await coach.page.goto('/visits/new');
    const gone = async () => (await coach.page.evaluate(async () => (await caches.keys()).length + (await navigator.serviceWorker.getRegistrations()).length)) === 0;
    await until(gone, 'nothing is left');
    await coach.carry(await off.session(off.of('coach')));
    await coach.page.goto('/');
    await fromServer(coach);
    await coach.alive();
    let loads = 0;
    coach.page.on('load', () => (loads += 1));
    // Long enough for the page to have asked for the worker once more.
    await coach.page.waitForTimeout(2000);
    await until(gone, 'nothing comes back');
    assert.equal(loads, 0, 'the page is left alone');
    assert.equal(await coach.page.evaluate(() => navigator.serviceWorker.controller), null);
  } finally {
    await off.stop();
  }
});
