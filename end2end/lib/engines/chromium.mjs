// Chromium, by Playwright.

import { PATIENCE, PHONE, launch } from '../browser.mjs';
import { Engine, FIND } from './engine.mjs';

export const name = 'Chromium';
export const programs = [process.env.CHROMIUM ?? '/usr/bin/chromium'];

class Chromium extends Engine {
  static async begin(origin) {
    const browser = await launch();
    const context = await browser.newContext({ viewport: PHONE, locale: 'fi-FI', timezoneId: 'Europe/Helsinki', ignoreHTTPSErrors: true });
    return Chromium.over(context, origin);
  }

  static async over(context, origin) {
    const it = new Chromium(name, origin);
    it.browser = context.browser();
    it.version = it.browser.version();
    context.setDefaultTimeout(PATIENCE);
    it.page = await context.newPage();
    it.page.on('console', (message) => ['error', 'warning'].includes(message.type()) && it.complaints.push(message.text()));
    it.page.on('pageerror', (error) => it.complaints.push(error.stack ?? error.message));
    return it;
  }

  goto(url) {
    return this.page.goto(url);
  }

  call(script, ...values) {
    return this.page.evaluate(`(${script})(...${JSON.stringify(values)})`);
  }

  async handle(css, text) {
    return (await this.page.evaluateHandle(`(${FIND})(...${JSON.stringify([css, text ?? ''])})`)).asElement();
  }

  press(element) {
    return element.click();
  }

  async write(element, text) {
    await element.fill('');
    await element.type(text);
  }

  quit() {
    return this.browser.close();
  }
}

/** A window of Chromium. */
export const begin = (origin) => Chromium.begin(origin);
/** A window of a browser that is there. */
export const over = (context, origin) => Chromium.over(context, origin);
