// A person at a screen: Chromium, and a page that lets no fault pass.

import { ask, postForm } from './product.mjs';
import { chromium } from 'playwright-core';

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long anything that a test waits for may take: never a measurement, only an end. */
export const PATIENCE = 15_000;

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 900 };

const HOW = { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS };

export function launch() {
  return chromium.launch(HOW);
}

/** A browser whose profile stays in a folder, as on a phone: it may be killed and started again. */
export function launchIn(folder, options) {
  return chromium.launchPersistentContext(folder, { ...HOW, ...options });
}

/** Waits until `condition` gives something true, and gives that. */
export async function until(condition, what, patience = PATIENCE) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited in vain: ${what}${last ? ` (${last.message})` : ''}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

// In every document before its own code: a note when the browser code has started, the taps, and the
// shifts of the layout.
const WATCH = () => {
  const add = window.addEventListener;
  window.addEventListener = function (type, ...rest) {
    // The app puts this listener up as it starts.
    if (type === 'beforeunload') window.__started = true;
    return add.call(this, type, ...rest);
  };
  window.__taps = 0;
  add.call(window, 'pointerdown', (event) => event.isTrusted && (window.__taps += 1), true);
  window.__shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) window.__shifts.push(entry.value);
    }
  }).observe({ type: 'layout-shift', buffered: true });
};

/** What another story left half done in the visit form goes. */
async function putDraftsAside(origin, session) {
  const cookie = `__Host-rinnalla=${session}`;
  const page = await ask(origin, 'GET', '/visits/new?fresh=1', { headers: { cookie } });
  for (const [, id] of page.bytes.toString().matchAll(/visits\/new\?draft=([0-9a-f-]{36})/g)) {
    await postForm(origin, '/visits/draft', { id, turn: String(Number.MAX_SAFE_INTEGER) }, { cookie });
  }
}

/** A browser window of its own (own cookies), on a phone or a desk. */
export class Visitor {
  #allowed = [];
  #problems = [];

  static async arrive(browser, product, options = {}) {
    const { device = 'phone', language = 'fi-FI', as, script = true, ...more } = options;
    const phone = device === 'phone';
    const context = await browser.newContext({
      baseURL: product.origin,
      viewport: phone ? PHONE : DESK,
      isMobile: phone,
      hasTouch: phone,
      locale: language,
      timezoneId: 'Europe/Helsinki',
      javaScriptEnabled: script,
      ...more,
    });
    const visitor = new Visitor(context, product);
    visitor.device = device;
    context.setDefaultTimeout(PATIENCE);
    await context.addInitScript(WATCH);
    context.on('page', (page) => visitor.#watch(page));
    if (as) {
      const session = await product.session(as);
      await visitor.carry(session);
      await putDraftsAside(product.origin, session);
    }
    visitor.page = await context.newPage();
    return visitor;
  }

  constructor(context, product) {
    this.context = context;
    this.product = product;
    this.dialogs = 0;
    this.requests = [];
  }

  #watch(page) {
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#note(`console ${message.type()}: ${message.text()} (${page.url()})`);
    });
    page.on('pageerror', (error) => this.#note(`page error: ${error.stack ?? error.message} (${page.url()})`));
    page.on('crash', () => this.#note('the page crashed'));
    page.on('request', (request) => {
      this.requests.push(request);
      if (!request.url().startsWith(`${this.product.origin}/`)) this.#note(`request to another origin: ${request.url()}`);
    });
    page.on('dialog', async (dialog) => {
      this.dialogs += 1;
      await dialog.accept();
    });
  }

  #note(problem) {
    if (!this.#allowed.some((pattern) => pattern.test(problem))) this.#problems.push(problem);
  }

  /** What the page may complain of in this test, such as an answer of 422. */
  expects(...patterns) {
    this.#allowed.push(...patterns);
  }

  /** What the page complained of, apart from what was expected. */
  problems() {
    return this.#problems.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)));
  }

  /** Takes on a session that began elsewhere. */
  carry(token) {
    const { hostname } = new URL(this.product.origin);
    const cookie = { name: '__Host-rinnalla', value: token, domain: hostname, path: '/' };
    return this.context.addCookies([{ ...cookie, secure: true, httpOnly: true, sameSite: 'Lax' }]);
  }

  /** Opens a page and waits until its code has started. */
  async open(where) {
    const response = await this.page.goto(where);
    await this.alive();
    this.shiftedOnLoad = await this.shifted();
    return response;
  }

  /** Waits until the browser code has taken the page over; a desk page has none. */
  async alive(page = this.page) {
    const ready = () =>
      document.readyState === 'complete' &&
      (window.__started === true || !document.querySelector('script[src*="/boot."]'));
    await until(
      () => page.evaluate(ready),
      `the browser code starts on ${page.url()}`,
    );
    // What was rendered in the same turn is wired two frames later at the latest.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
  }

  /** Presses something as the device does: with a finger on a phone, with a mouse on a desk. */
  press(locator) {
    return this.device === 'phone' ? locator.tap() : locator.click();
  }

  /** The page's main heading. */
  heading() {
    return this.page.locator('h1');
  }

  /** How far the layout has shifted since the page was loaded, apart from answers to touches. */
  shifted() {
    return this.page.evaluate(() => window.__shifts.reduce((sum, shift) => sum + shift, 0));
  }

  /** What a person reads on the page. */
  async text() {
    return this.page.locator('body').innerText();
  }

  /** Closes the window. */
  close() {
    return this.context.close();
  }
}

/** Touches that are counted. */
export class Fingers {
  constructor(page) {
    this.page = page;
    this.taps = 0;
    this.typed = 0;
  }

  async tap(locator) {
    this.taps += 1;
    await locator.tap();
  }

  /** The taps that the page itself has seen since it was loaded. */
  seen() {
    return this.page.evaluate(() => window.__taps);
  }

  async type(locator, text) {
    this.typed += [...text].length;
    await locator.pressSequentially(text);
  }
}

/** Every rule that the product has to keep (shared/domain/ux.md §2.4). */
export const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'EN-301-549', 'best-practice'];

