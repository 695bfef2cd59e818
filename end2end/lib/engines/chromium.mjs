// Chromium, by Playwright.

import { PATIENCE, PHONE, launch } from '../browser.mjs';
import { Engine, FIND } from './engine.mjs';

export const name = 'Chromium';
export const programs = [process.env.CHROMIUM ?? '/usr/bin/chromium'];

class Chromium extends Engine {
  static async begin(origin) {
    const it = new Chromium(name, origin);
    it.browser = await launch();
    it.version = it.browser.version();
    const context = await it.browser.newContext({ viewport: PHONE, locale: 'fi-FI', timezoneId: 'Europe/Helsinki', ignoreHTTPSErrors: true });
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
