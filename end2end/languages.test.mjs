// Finnish, Swedish, English.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { newcomer } from './lib/acts.mjs';
import { ROOT, ask, register } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const CODES = ['fi', 'sv', 'en'];
const LOCALES = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };
const NAMES = { fi: 'Suomi', sv: 'Svenska', en: 'English' };

/** A word of a catalogue. */
const word = (code, key) => new RegExp(`^ {4}${key}: "(.*)",$`, 'm').exec(catalogue(code))[1];

function catalogue(code) {
  const files = [`app/src/i18n/${code}.rs`, `app/src/i18n/desk/${code}.rs`];
  const text = (file) => readFileSync(path.join(ROOT, file), 'utf8');
  return files.map((file) => text(file).slice(text(file).indexOf('static WORDS'))).join('');
}

/** Every piece of text of a catalogue, cut where something is put in. */
function pieces(code) {
  const literals = [...catalogue(code).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text);
  const cut = literals.flatMap((text) => text.split(/\{[^}]*\}/)).map((piece) => piece.replace(/^[\s.,:;·]+|[\s.,:;·]+$/g, ''));
  return [...new Set(cut.filter((piece) => piece.replace(/[^\p{L}]/gu, '').length >= 4))];
}

/** Pieces of the other languages that have no place on a page of this one. */
function foreign(code) {
  const own = catalogue(code).toLowerCase();
  return CODES.filter((other) => other !== code)
    .flatMap(pieces)
    .filter((piece) => !own.includes(piece.toLowerCase()));
}

/** What a page says in the product's own words: everything but names and what people wrote. */
function said(page) {
  return page.evaluate(() => {
    const theirs = '.row-title, .board .row-title + .row-sub, .timeline > li > p:not([class]), .timeline-step, [data-picked], option, .switcher, script, style';
    const parts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest(theirs)) parts.push(walker.currentNode.data);
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder]')) {
      if (!element.closest('.list-row')) parts.push(element.getAttribute('aria-label') ?? '', element.getAttribute('placeholder') ?? '');
    }
    return parts.join(' \n ').replace(/[ \t]+/g, ' ');
  });
}

story('The lists of words that tell the languages apart are long', () => {
  for (const code of CODES) assert.ok(foreign(code).length > 200, `${code}: ${foreign(code).length}`);
  assert.ok(foreign('sv').includes('Kirjaa käynti') && foreign('en').includes('Kirjaa käynti'));
});

story('Finnish is spoken unless the browser asks for Swedish or English', async ({ product, arrive }) => {
  for (const [asked, code] of [['de-DE', 'fi'], ['fi-FI', 'fi'], ['sv-SE', 'sv'], ['en-US', 'en']]) {
    const visitor = await arrive({ language: asked });
    await visitor.open('/sign-in');
    assert.equal(await visitor.page.locator('html').getAttribute('lang'), code);
    await visitor.page.getByRole('button', { name: word(code, 'sign_in'), exact: true }).waitFor();
    assert.equal(await visitor.page.locator('link[rel=manifest]').getAttribute('href'), `/manifest.${code}.webmanifest`);
    await visitor.close();
  }
  const silent = await ask(product.origin, 'GET', '/sign-in');
  assert.match(silent.bytes.toString(), /<html lang="fi"/);
});

story('A chosen language is kept, before and after signing in', async ({ product, arrive }) => {
  const visitor = await arrive();
  await visitor.open('/sign-in');
  await visitor.page.getByRole('button', { name: 'Svenska' }).tap();
  await visitor.page.getByRole('button', { name: word('sv', 'sign_in'), exact: true }).waitFor();
  await visitor.page.reload();
  assert.equal(await visitor.page.locator('html').getAttribute('lang'), 'sv');
  assert.equal(await visitor.page.getByRole('button', { name: 'Svenska' }).getAttribute('aria-pressed'), 'true');

  await visitor.page.getByLabel(word('sv', 'sign_in_name')).fill(product.of('coach').sign_in_name);
  await visitor.page.getByLabel(word('sv', 'password')).fill(product.password);
  await visitor.page.getByRole('button', { name: word('sv', 'sign_in'), exact: true }).tap();
  await visitor.page.getByRole('heading', { level: 1, name: word('sv', 'nav_today') }).waitFor();

  for (const code of ['en', 'fi', 'sv']) {
    await visitor.open('/more');
    await visitor.page.getByRole('button', { name: NAMES[code] }).tap();
    await visitor.page.getByRole('heading', { level: 1, name: word(code, 'nav_more') }).waitFor();
    await visitor.open('/');
    assert.equal(await visitor.page.locator('html').getAttribute('lang'), code);
    await visitor.page.getByRole('heading', { level: 1, name: word(code, 'nav_today') }).waitFor();
  }
});

for (const code of CODES) {
  story(`No page in ${code} holds words of the other languages`, async ({ product, arrive }) => {
    const strangers = foreign(code).map((piece) => [piece, new RegExp(`(?<!\\p{L})${piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\p{L})`, 'u')]);
    const employer = await (await register(product, product.of('coach'))).employer('Konditori Åkerlund Ab');
    const { link } = await newcomer(product, `Uno ${code}`);
    const language = LOCALES[code];
    const walk = [
      [undefined, ['/sign-in', new URL(link).pathname, '/invitation/used-long-ago']],
      [product.of('coach'), ['/', '/employers', '/employers?q=xyzxyz&mine=1', `/employers/${employer}`, '/visits/new', '/clients', '/more', '/people']],
      [product.of('lead'), ['/people']],
      [product.of('admin'), ['/']],
    ];
    const left = [];
    for (const [as, pages] of walk) {
      const visitor = await arrive({ as, language });
      visitor.expects(/status of 404/);
      for (const where of pages) {
        await visitor.open(where);
        assert.equal(await visitor.page.locator('html').getAttribute('lang'), code);
        if (where === '/visits/new') {
          await visitor.page.locator('.save-bar button:enabled').click();
          await visitor.page.locator('#errors').waitFor();
        }
        const text = await said(visitor.page);
        assert.ok(text.length > 100, `${where} says something`);
        left.push(...strangers.filter(([, pattern]) => pattern.test(text)).map(([piece]) => `${where}: ${piece}`));
      }
      await visitor.close();
    }
    assert.deepEqual(left, []);
  });
}

const FORMS = {
  fi: { day: /^(ma|ti|ke|to|pe|la|su) \d{1,2}\.\d{1,2}\.$/, moment: /^\d{1,2}\.\d{1,2}\.\d{4}( klo \d{1,2}\.\d\d)?$/ },
  sv: { day: /^(mån|tis|ons|tors|fre|lör|sön) \d{1,2}\.\d{1,2}$/, moment: /^\d{1,2}\.\d{1,2}\.\d{4}( kl\. \d{1,2}\.\d\d)?$/ },
  en: { day: /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}$/, moment: /^\d{1,2} [A-Z][a-z]{2} \d{4}( at \d{1,2}:\d\d)?$/ },
};
for (const code of CODES) {
  story(`Days and times in ${code} are written that language’s way`, async ({ product, arrive }) => {
    const visitor = await arrive({ as: product.of('coach'), language: LOCALES[code] });
    await visitor.open('/');
    assert.match(await visitor.page.locator('.page-head .muted').innerText(), FORMS[code].day);
    const ends = (await visitor.page.locator('a.list-row .row-end').allInnerTexts()).filter((text) => text !== '');
    const date = new RegExp(FORMS[code].moment.source.replace(/\(.*\)\?/, ''));
    assert.ok(ends.length > 0 && ends.every((text) => FORMS[code].day.test(text) || date.test(text)), ends.join(' | '));
    await visitor.page.locator('a.list-row').filter({ visible: true }).first().tap();
    const times = visitor.page.locator('.timeline time');
    await times.first().waitFor();
    const written = await times.allInnerTexts();
    assert.ok(written.every((text) => FORMS[code].moment.test(text)), written.join(' | '));
  });
}
