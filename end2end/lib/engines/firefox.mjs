// Firefox as Debian packages it, by Puppeteer over WebDriver BiDi.

import puppeteer from 'puppeteer-core';
import { PATIENCE, PHONE } from '../browser.mjs';
import { Engine, FIND } from './engine.mjs';

export const name = 'Firefox';
export const programs = [process.env.FIREFOX ?? '/usr/bin/firefox-esr'];

class Firefox extends Engine {
  static async begin(origin) {
    const it = new Firefox(name, origin);
    it.browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: programs[0],
      headless: true,
      acceptInsecureCerts: true,
      defaultViewport: PHONE,
      extraPrefsFirefox: { 'intl.accept_languages': 'fi-FI, fi' },
      env: { ...process.env, TZ: 'Europe/Helsinki' },
    });
    it.version = (await it.browser.version()).replace(/^\D+/, '');
    it.page = await it.browser.newPage();
    it.page.setDefaultTimeout(PATIENCE);
    it.page.on('console', (message) => ['error', 'warn'].includes(message.type()) && it.complaints.push(message.text()));
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
    await element.evaluate((field) => field.select());
    await element.type(text);
  }

  quit() {
    return this.browser.close();
  }
}

/** A window of Firefox. */
export const begin = (origin) => Firefox.begin(origin);
