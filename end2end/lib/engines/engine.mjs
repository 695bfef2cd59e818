// What every engine can do for a test, however it is driven.

import { until } from '../browser.mjs';

/** Finds, in the page, the first thing in sight that a selector and a text describe. */
export const FIND = (css, text) => {
  const said = (element) => element.textContent.replace(/\s+/g, ' ').trim();
  const seen = (element) => (element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0);
  return [...document.querySelectorAll(css)].find((element) => seen(element) && (!text || said(element).includes(text))) ?? null;
};

/**
 * One window of one engine. A driver gives it `version`, `goto(url)`, `call(script, …)` (a function run
 * in the page), `handle(css, text)` (an element or nothing), `press(handle)`, `write(handle, text)`,
 * `quit()`, and puts what the console says into `complaints` (or has a `heard()` of its own).
 */
export class Engine {
  /** What the console had to say: errors, and what the page's policies refused. */
  complaints = [];

  constructor(name, origin) {
    this.name = name;
    this.origin = origin;
  }

  /** What the console has said so far. */
  async heard() {
    return this.complaints;
  }

  /** Opens a page and waits until its code runs. */
  async open(where) {
    await this.goto(new URL(where, this.origin).href);
    await this.alive();
  }

  /** Waits until the browser code has taken the page over; a desk page has none. */
  async alive() {
    await this.eventually('the document is there', () => this.call(() => document.readyState === 'complete'));
    await this.eventually('the browser code has come', () =>
      this.call(
        () => !document.querySelector('script[src*="/boot."]') || 'alive' in document.documentElement.dataset,
      ),
    );
  }

  /** Waits for a thing in sight and gives it. */
  find(css, text) {
    return this.eventually(`${css}${text ? ` with “${text}”` : ''}`, () => this.handle(css, text));
  }

  /** Waits until the thing is in sight. */
  async sees(css, text) {
    await this.find(css, text);
  }

  /** Touches a thing. */
  async tap(css, text) {
    await this.retry(async () => this.press(await this.find(css, text)));
  }

  /** Empties a field and types into it. */
  async fill(css, text) {
    await this.retry(async () => this.write(await this.find(css), text));
  }

  /** Signs somebody in, in Finnish. */
  async signIn(person, password) {
    await this.open('/sign-in');
    if ((await this.call(() => document.documentElement.lang)) !== 'fi') {
      await this.tap('button[name=language]', 'Suomi');
      await this.sees('h1 ~ *, form button', 'Kirjaudu sisään');
      await this.alive();
    }
    await this.fill('input[name=name]', person.sign_in_name);
    await this.fill('input[name=password]', password);
    await this.tap('form button', 'Kirjaudu sisään');
    await this.sees('h1', 'Tänään');
    await this.alive();
  }

  /** What a person reads in a thing. */
  async text(css) {
    await this.find(css);
    return this.call((css) => document.querySelector(css).innerText, css);
  }

  /** What stands in a field. */
  value(css) {
    return this.call((css) => document.querySelector(css).value, css);
  }

  /** Where the window is, from the root. */
  path() {
    return this.call(() => location.pathname);
  }

  /** Waits until `condition` gives something true; says in which engine when it never does. */
  eventually(what, condition) {
    return until(condition, `${this.name}: ${what}`);
  }

  // The page may put a new element in the old one's place between finding and touching it.
  async retry(act) {
    try {
      await act();
    } catch (error) {
      if (!/stale|detached|not attached|no such node/i.test(error.message)) throw error;
      await act();
    }
  }
}
