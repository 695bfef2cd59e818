// What a coach waits for on an ordinary phone: the visit form, cold and warm, over a slow network, and
// searching among 5,000 employers key by key (shared/practice/bench.md 4.2, 4.3).
//
//   RINNALLA_BIN=… CHROMIUM=… node bench/phone.mjs [--rounds 5] > phone.json
//
// JSON goes to standard output, a table for people to standard error. A missed goal is a figure, not a
// failure: the exit status says only whether everything could be measured.

import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { FLAGS, until } from '../lib/browser.mjs';
import { ask, demo, emptyDatabase, register, rinnalla, serve, sessionOf } from '../lib/product.mjs';
import { writePackage } from './register.mjs';
import { HANDSHAKES, SLOW_4G, shaped } from './shaper.mjs';

const PHONE = { viewport: { width: 360, height: 800 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };
const SLOWER = 4;
const EMPLOYERS = 5000;
const IN_DEMO = 300;
/** What is typed: beginnings, a slip, two words, something that nobody has. */
const TYPED = ['konditori å', 'akerlnd', 'kahvila hal', 'rakennus pih', 'siivousp', 'oy', 'xyzzy'];
/** No single wait and no round is longer. */
const WAIT = 60_000;
const ROUND = 150_000;
/** A machine with more load than this is measuring somebody else, too. */
const IDLE = 0.5;
/** A browser that has just started is busy with itself: it is let come to rest, as long as this at most. */
const REST = { busy: 0.1, every: 250, most: 6000 };

const GOALS = [
  { name: 'cold: page arrived', unit: 'ms', of: (row) => row.cold.arrived_ms },
  { name: 'cold: usable form', unit: 'ms', of: (row) => row.cold.usable_ms, goal: 3000 },
  { name: 'cold: largest paint', unit: 'ms', of: (row) => row.cold.lcp_ms },
  { name: 'cold: browser code live', unit: 'ms', of: (row) => row.cold.live_ms },
  { name: 'cold: layout shift', unit: '', of: (row) => row.cold.cls, goal: 0.02 },
  { name: 'cold: on the wire until usable', unit: 'kB', of: (row) => row.cold.bytes_usable / 1000 },
  { name: 'cold: on the wire until live', unit: 'kB', of: (row) => row.cold.bytes_live / 1000 },
  { name: 'warm: page arrived', unit: 'ms', of: (row) => row.warm.arrived_ms },
  { name: 'warm: usable form', unit: 'ms', of: (row) => row.warm.usable_ms, goal: 800 },
  { name: 'warm: largest paint', unit: 'ms', of: (row) => row.warm.lcp_ms },
  { name: 'warm: browser code live', unit: 'ms', of: (row) => row.warm.live_ms },
  { name: 'warm: layout shift', unit: '', of: (row) => row.warm.cls, goal: 0.02 },
  { name: 'calibration, CPU as it is', unit: '/ms', of: (row) => row.calibration.x1 },
  { name: `calibration, CPU ${SLOWER} times slower`, unit: '/ms', of: (row) => row.calibration[`x${SLOWER}`] },
];
/** A key of the search: the goal is a frame, the limit is what a hand still takes for at once. */
const KEY = { goal: 16, limit: 50 };

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(options.rounds);
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error(`--rounds takes a whole number, not ${options.rounds}`);

// In the page before its own code: what is seen, and when. Listening only; nothing asks again and again
// over the protocol, which would take time from a slow CPU.
const WATCH = () => {
  const seen = { usable: null, live: null, lcp: null, cls: 0, busyUntil: 0 };
  const observe = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime));
  observe('layout-shift', (entry) => entry.hadRecentInput || (seen.cls += entry.value));
  observe('longtask', (entry) => (seen.busyUntil = entry.startTime + entry.duration));
  /** From within a frame that is being made: calls when it has been painted. */
  const thisPainted = (then) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(0);
  };
  /** Calls when the next frame has been painted. */
  const nextPainted = (then) => requestAnimationFrame(() => thisPainted(then));
  const add = window.addEventListener;
  window.addEventListener = function (type, ...rest) {
    // The app puts this listener up as it starts; what was rendered with it is wired two frames later.
    if (type === 'beforeunload') nextPainted(() => nextPainted((now) => (seen.live ??= now)));
    return add.call(this, type, ...rest);
  };
  const look = () => {
    const button = document.querySelector('.save-bar button');
    const box = button?.getBoundingClientRect();
    const there = button?.checkVisibility() && !button.disabled && box.height > 0 && box.bottom <= innerHeight + 1;
    if (there) thisPainted((now) => (seen.usable = now));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const timer = setInterval(() => {
    if (!seen.usable || !seen.live || performance.now() < Math.max(seen.live, seen.busyUntil) + 1000) return;
    clearInterval(timer);
    const [{ responseEnd }] = performance.getEntriesByType('navigation');
    window.__settled?.({ ...seen, arrived: responseEnd, began: performance.timeOrigin });
  }, 100);

  // A key: from the event to the end of the scripts it sets off, and to the frame that shows it.
  add.call(window, 'keydown', (event) => {
    const [pressed, begun] = [event.timeStamp, performance.now()];
    window.__key = new Promise((resolve) => {
      add.call(window, 'input', () => {
        // Put up last, it is called when everybody else is done with the event.
        add.call(window, 'input', () => {
          const script = performance.now() - begun;
          nextPainted((now) => resolve({ paint_ms: now - pressed, script_ms: script }));
        }, { once: true });
      }, { once: true, capture: true });
    });
  }, true);
};

/** A fixed piece of work: how many turns of it a millisecond holds; the best of three. */
const CALIBRATE = () => {
  const TURNS = 4_000_000;
  const once = () => {
    let state = 88_172_645;
    const begun = performance.now();
    for (let turn = 0; turn < TURNS; turn += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
    }
    return state === 0 ? 0 : TURNS / (performance.now() - begun);
  };
  return Math.max(once(), once(), once());
};

/** What has to be closed at the end, last first. */
const open = [];
async function closeAll() {
  while (open.length > 0) await open.at(-1)().catch((error) => console.warn(String(error)));
}
/** Waits for what is being opened and notes how to close it; gives it, and the way to close it now. */
async function opened(opening, closing) {
  const thing = await opening;
  const close = async () => {
    const at = open.indexOf(close);
    if (at < 0) return;
    open.splice(at, 1);
    await closing(thing);
  };
  open.push(close);
  return [thing, close];
}

const closing = (thing) => thing.close();
const stopping = (thing) => thing.stop();
const CHROMIUM = { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS };

/** Somebody who is signed in. */
const signedIn = (session) => ({
  name: '__Host-rinnalla', value: session, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax',
});

/** Waits until the machine has little to do; false when that did not come about in time. */
async function rest() {
  const times = () =>
    cpus().reduce(([idle, all], { times }) => [idle + times.idle, all + Object.values(times).reduce((sum, time) => sum + time)], [0, 0]);
  for (let waited = 0; waited < REST.most; waited += REST.every) {
    const before = times();
    await new Promise((resolve) => setTimeout(resolve, REST.every));
    const [idle, all] = times().map((time, at) => time - before[at]);
    if (1 - idle / all < REST.busy) return true;
  }
  return false;
}

/** Opens the form in the browser of a profile; `more` goes on with its page. */
async function visit(profile, network, session, more) {
  const settings = { ...CHROMIUM, ...PHONE, locale: 'fi-FI', timezoneId: 'Europe/Helsinki' };
  const [context, close] = await opened(chromium.launchPersistentContext(profile, settings), closing);
  await context.addCookies([signedIn(session)]);
  await context.addInitScript(WATCH);
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(WAIT);
  const settled = new Promise((resolve) => page.exposeFunction('__settled', resolve));
  const cdp = await context.newCDPSession(page);
  const slow = (rate) => cdp.send('Emulation.setCPUThrottlingRate', { rate });
  await slow(SLOWER);
  const rested = await rest();
  network.forget();
  await page.goto(`${network.origin}/visits/new?fresh=1`, { waitUntil: 'commit' });
  const seen = await within(settled, WAIT, 'the form settles');
  const down = (moment) => network.downBy(seen.began + moment);
  const figures = {
    rested,
    arrived_ms: seen.arrived,
    usable_ms: seen.usable,
    lcp_ms: seen.lcp,
    cls: seen.cls,
    live_ms: seen.live,
    quiet_ms: Math.max(seen.usable, seen.busyUntil),
    bytes_usable: down(seen.usable),
    bytes_live: down(seen.live),
  };
  const found = await more?.({ page, cdp, slow });
  await close();
  return { figures, found };
}

/** Types into the field that searches for an employer, and measures each key. */
async function typed({ page, cdp }) {
  const field = page.getByRole('searchbox', { name: 'Hae työnantajaa' });
  const found = page.locator('#employer [role=status]').filter({ hasText: /työnantaja/ });
  // Playwright's keyboard has no å; the protocol has.
  const press = async (letter) => {
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key: letter, text: letter });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: letter });
    return page.evaluate(() => window.__key);
  };
  await field.focus();
  const keys = [];
  for (const text of TYPED) {
    await field.fill('');
    // The register's names have to be there: the first letter waits for them.
    await press(text[0]);
    await found.first().waitFor({ state: 'attached' });
    await field.fill('');
    for (const letter of text) keys.push({ text, key: letter, ...(await press(letter)) });
    if ((await field.inputValue()) !== text) throw new Error(`what was typed is not there: ${await field.inputValue()}`);
  }
  return keys;
}

/** The form is usable before any browser code only if it saves without: once, it is tried. */
async function savesPlainly(origin, session, person) {
  const there = await register({ origin, session: () => session }, person);
  const employer = await there.employer('Konditori Åkerlund Ab');
  const before = await there.visits(employer);
  const [browser, close] = await opened(chromium.launch(CHROMIUM), closing);
  const context = await browser.newContext({ ...PHONE, locale: 'fi-FI', javaScriptEnabled: false });
  await context.addCookies([signedIn(session)]);
  const page = await context.newPage();
  await page.goto(`${origin}/visits/new?employer=${employer}`);
  await page.locator('.save-bar button').tap();
  await until(async () => (await there.visits(employer)) === before + 1, 'a plain post saves the visit');
  await close();
}

function within(promise, patience, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain: ${what}`)), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A round: a server started anew, a profile that is new, then the same profile again. */
async function round(at, url, session) {
  const load = loadavg()[0];
  const [server, stop] = await opened(serve(url), stopping);
  const [network, unshape] = await opened(shaped(server.origin), closing);
  const away = (folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  const [profile, forget] = await opened(mkdtemp(path.join(tmpdir(), 'rinnalla-phone-')), away);
  const cold = await visit(profile, network, session);
  const warm = await visit(profile, network, session, async ({ page, cdp, slow }) => {
    const search = {};
    const calibration = {};
    for (const rate of [SLOWER, 1]) {
      await slow(rate);
      calibration[`x${rate}`] = await page.evaluate(CALIBRATE);
      search[`x${rate}`] = await typed({ page, cdp });
    }
    return { calibration, search };
  });
  for (const close of [unshape, stop, forget]) await close();
  return { round: at, load, calibration: warm.found.calibration, cold: cold.figures, warm: warm.figures, search: warm.found.search };
}

/** Where a share of the values lies. */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at % 1);
}

function summary(rows) {
  const lines = GOALS.map(({ name, unit, of, goal }) => {
    const values = rows.map(of);
    const [q1, median, q3] = [0.25, 0.5, 0.75].map((share) => quantile(values, share));
    const verdict = goal === undefined ? null : median <= goal ? 'ok' : 'MISSED';
    return { name, unit, median, q1, q3, goal: goal ?? null, verdict };
  });
  for (const rate of [1, SLOWER]) {
    for (const [of, what] of [['paint_ms', 'to the next paint'], ['script_ms', 'in scripts']]) {
      const values = rows.flatMap((row) => row.search[`x${rate}`].map((key) => key[of]));
      const [median, p95, max] = [0.5, 0.95, 1].map((share) => quantile(values, share));
      const verdict = p95 <= KEY.goal ? 'ok' : p95 <= KEY.limit ? 'over the goal, within the limit' : 'MISSED';
      lines.push({ name: `a key of the search, CPU x${rate}, ${what}`, unit: 'ms', keys: values.length, median, p95, max, ...KEY, verdict });
    }
  }
  return lines;
}

const short = (value, unit) => (unit === '' ? value.toFixed(4) : value >= 100 ? value.toFixed(0) : value.toFixed(1));

function table(result) {
  const spread = ({ q1, q3, p95, max, unit }) =>
    p95 === undefined ? `${short(q1, unit)} – ${short(q3, unit)}` : `p95 ${short(p95, unit)}, max ${short(max, unit)}`;
  const aim = ({ goal, limit, unit }) =>
    goal === null ? '' : `≤ ${goal}${limit ? ` (limit ${limit})` : ''} ${unit}`.trim();
  const cells = result.summary.map((line) => [line.name, `${short(line.median, line.unit)} ${line.unit}`.trim(), spread(line), aim(line), line.verdict ?? '']);
  const rows = [['', 'median', 'quartiles, or p95 and max', 'goal', ''], ...cells];
  const wide = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  const said = rows.map((row) => row.map((cell, at) => cell.padEnd(wide[at])).join('  ').trimEnd());
  const { phone, network, rounds, warnings } = result;
  return [
    `Reference phone: ${phone.width}×${phone.height}, CPU ${phone.slower} times slower; ${network.roundTrip} ms, ${network.down}/${network.up} kbit/s; ${rounds} rounds, ${result.employers} employers`,
    ...said,
    ...warnings.map((warning) => `Mind: ${warning}`),
    '',
  ].join('\n');
}

/** What makes the figures doubtful. */
function doubts(load, rows) {
  const found = [];
  const restless = rows.filter(({ cold, warm }) => !cold.rested || !warm.rested).length;
  if (restless > 0) found.push(`the machine did not come to rest before ${restless} of ${rows.length} rounds`);
  if (load > IDLE) found.push(`the machine was busy: load ${load.toFixed(1)} before the start`);
  const slower = quantile(rows.map(({ calibration }) => calibration.x1 / calibration[`x${SLOWER}`]), 0.5);
  if (slower < SLOWER * 0.6) found.push(`the CPU was slowed by ${slower.toFixed(1)} only, not by ${SLOWER}`);
  return found;
}

async function measure() {
  const load = loadavg()[0];
  const [database] = await opened(emptyDatabase(), (database) => database.drop());
  const { of, password } = await demo(database.url);
  const folder = path.join(path.dirname(database.url), 'package');
  await writePackage(folder, EMPLOYERS - IN_DEMO);
  const imported = await rinnalla('import', folder, '--database', database.url);
  if (imported.status !== 0) throw new Error(`the package was not taken:\n${imported.stdout}${imported.stderr}`);

  const [server, stop] = await opened(serve(database.url), stopping);
  const coach = of('coach');
  const session = await sessionOf(server.origin, coach.sign_in_name, password);
  const names = await ask(server.origin, 'GET', '/employers.tsv', { headers: { cookie: `__Host-rinnalla=${session}` } });
  const employers = names.bytes.toString().trim().split('\n').length;
  if (employers !== EMPLOYERS) throw new Error(`the register has ${employers} employers, not ${EMPLOYERS}`);
  await savesPlainly(server.origin, session, coach);
  await stop();

  const rows = [];
  for (let at = 1; at <= rounds; at += 1) {
    rows.push(await within(round(at, database.url, session), ROUND, `round ${at}`));
    const { cold, warm } = rows.at(-1);
    process.stderr.write(`round ${at}: usable after ${short(cold.usable_ms)} ms cold, ${short(warm.usable_ms)} ms warm\n`);
  }
  return {
    what: 'the visit form and its search on a reference phone',
    at: new Date().toISOString(),
    rounds,
    employers,
    machine: { load, cpus: cpus().length, model: cpus()[0]?.model, node: process.version },
    phone: { ...PHONE.viewport, scale: PHONE.deviceScaleFactor, slower: SLOWER },
    network: { ...SLOW_4G, handshakes: HANDSHAKES },
    read: {
      arrived_ms: 'from the start of the navigation to the last byte of the page’s HTML',
      usable_ms: 'from the start of the navigation to the first paint with the save button enabled on the screen; a plain post saves, which was tried',
      quiet_ms: 'from then on no task over 50 ms, for at least a second',
      live_ms: 'the browser code has started, and two frames with it are painted',
      bytes: 'what the proxy had brought to the phone by then, headers included; the connection waits for the round trips of TCP and TLS, whose bytes are not counted; TCP’s slow start is not imitated',
      cpu: 'only the main thread is slowed: wasm is compiled beside it at full speed',
      paint_ms: 'from the key event to the end of the next frame: up to 16.7 ms of it is waiting for a frame',
    },
    summary: summary(rows),
    warnings: doubts(load, rows),
    rows,
  };
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void closeAll().finally(() => process.exit(1)));
}
try {
  const result = await measure();
  const rounded = (_, value) => (typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value);
  process.stdout.write(`${JSON.stringify(result, rounded, 1)}\n`);
  process.stderr.write(table(result));
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
} finally {
  await closeAll();
}
