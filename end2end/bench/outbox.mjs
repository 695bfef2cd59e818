// What a coach waits for without a network, on a phone whose CPU is four times slower than this machine's: the app that is
// started to a usable visit form, and the visit from the tap until it is called saved on the phone; and, with a network
// and the CPU as it is, until the server has it.
//
//   RINNALLA_BIN=… CHROMIUM=… node bench/outbox.mjs [--visits 40] > outbox.json
//
// JSON goes to standard output, a table for people to standard error. A missed goal is a figure, not a failure.

import { parseArgs } from 'node:util';
import { pickEmployer } from '../lib/acts.mjs';
import { PHONE, launch, until } from '../lib/browser.mjs';
import { line } from '../lib/line.mjs';
import { start } from '../lib/product.mjs';

const SLOWER = 4;
const { values: options } = parseArgs({ options: { visits: { type: 'string', default: '40' } } });
const VISITS = Number(options.visits);
const EMPLOYER = 'Konditori Åkerlund Ab';

const GOALS = { 'start without a network to a usable form': 1000, 'tap to saved on this phone': 60, 'tap to committed': 1000 };

// In the page before its own code: when the form is there, when the button was pressed, and when what was said changed.
const WATCH = () => {
  const seen = (window.__seen = { usable: null, tapped: null, saved: null, there: null });
  addEventListener('click', (event) => event.target.closest?.('.save-bar') && (seen.tapped = performance.now()), true);
  const look = () => {
    const now = performance.now();
    const button = document.querySelector('.save-bar button');
    if (!button) return;
    if (document.querySelector('body[data-shell]')) seen.usable ??= now;
    if (seen.tapped && /Tallessa/.test(button.innerText + (document.querySelector('.toasts')?.innerText ?? ''))) seen.saved ??= now;
  };
  const there = () => {
    if (seen.tapped && /perillä/.test(document.querySelector('.toasts')?.innerText ?? '')) seen.there ??= performance.now();
  };
  new MutationObserver(() => (look(), there())).observe(document, { subtree: true, childList: true, characterData: true });
};

const sorted = (numbers) => [...numbers].sort((one, other) => one - other);
const share = (numbers, part) => sorted(numbers)[Math.min(numbers.length - 1, Math.ceil(numbers.length * part) - 1)];

const product = await start();
const wire = await line(product);
const browser = await launch();
const found = { 'start without a network to a usable form': [], 'tap to saved on this phone': [], 'tap to committed': [] };
try {
  const context = await browser.newContext({ viewport: PHONE, isMobile: true, hasTouch: true, locale: 'fi-FI', timezoneId: 'Europe/Helsinki', baseURL: wire.origin });
  await context.addInitScript(WATCH);
  const page = await context.newPage();
  const coach = { page, context };
  const session = await product.session(product.of('coach'));
  await context.addCookies([{ name: '__Host-rinnalla', value: session, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }]);
  const opened = async (where) => {
    await page.goto(where);
    await page.locator('html[data-alive]').waitFor();
  };
  await opened('/visits/new?fresh=1');
  await until(() => page.evaluate(async () => navigator.serviceWorker.controller?.state === 'activated' && Boolean(await caches.match('/language'))), 'the worker is ready');
  await until(() => page.evaluate(() => new Promise((done) => {
    const request = indexedDB.open('rinnalla-outbox', 1);
    request.onsuccess = () => {
      const all = request.result.transaction('phone').objectStore('phone').getAll();
      all.onsuccess = () => done(all.result.some(({ about }) => about) && all.result.some(({ sealed }) => sealed));
    };
  })), 'the phone is ready');
  const visit = async () => {
    await pickEmployer(coach, EMPLOYER, 'åker');
    await page.getByLabel('Mitä sovittiin').fill('Sovittiin tutustumisesta ensi viikolla.');
    await page.locator('.save-bar button').tap();
  };
  // With the line there, and the CPU as it is.
  for (let round = 0; round < VISITS; round += 1) {
    await opened('/visits/new?fresh=1');
    await visit();
    const seen = await until(() => page.evaluate(() => window.__seen.there && window.__seen), 'the visit has arrived');
    found['tap to committed'].push(seen.there - seen.tapped);
  }
  await wire.cut();
  const session4 = await context.newCDPSession(page);
  await session4.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  for (let round = 0; round < VISITS; round += 1) {
    await page.goto('/visits/new');
    const usable = await until(() => page.evaluate(() => window.__seen?.usable), 'the form is usable');
    found['start without a network to a usable form'].push(usable);
    await visit();
    const seen = await until(() => page.evaluate(() => window.__seen.saved && window.__seen), 'the visit is saved');
    found['tap to saved on this phone'].push(seen.saved - seen.tapped);
  }
} finally {
  await browser.close();
  await wire.cut().catch(() => undefined);
  await product.stop();
}
for (const [what, numbers] of Object.entries(found)) {
  const [p50, p95] = [0.5, 0.95].map((part) => Math.round(share(numbers, part)));
  console.error(`${what.padEnd(45)} p50 ${p50} ms, p95 ${p95} ms [${GOALS[what]}] (${numbers.length} times)`);
}
console.log(JSON.stringify({ slower: SLOWER, visits: VISITS, found }, null, 1));
