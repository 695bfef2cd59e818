// How the pages look and feel under the hand: accessibility, sizes, stillness (shared/domain/ux.md,
// rows 2, 7, 23–29 and §2.4).

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { day, formReady, onToday, openForm, pickEmployer, save, saved, toast } from './lib/acts.mjs';
import { AXE_TAGS, DESK, PHONE, until } from './lib/browser.mjs';
import { LOOKED_AT } from './lib/looked-at.mjs';
import { NAME, PAGES, invitation } from './lib/pages.mjs';
import { ask } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What the accessibility statement is filled from (app/src/statement); `cargo xtask statement` writes it. */
const RESULTS = new URL('../app/src/statement/results.json', import.meta.url);
/** The ways in which axe looks at every page. */
const MODES = ['light', 'dark', 'forced_colours', 'narrow', 'large_text'];
/** For each page, the modes in which axe has run, how many rules it tried, and what it found. */
const walked = new Map();

/** Runs axe on the page as it stands, in a mode; gives what it found. `without` names rules that do not apply. */
async function axe(visitor, mode, ...without) {
  if (!(await visitor.page.evaluate(() => typeof window.axe === 'object'))) {
    await visitor.page.evaluate(AXE);
    // What sticks lies over something else at any place one has scrolled to; it is put in its own place
    // here, and whether it hides the focus is looked at elsewhere.
    await visitor.page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.bar, .save-bar { position: static !important }');
      document.adoptedStyleSheets = [sheet];
    });
  }
  const { violations, incomplete, rules, version } = await visitor.page.evaluate(
    async ([tags, without]) => {
      const { violations, incomplete, passes, inapplicable, testEngine } = await window.axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
        resultTypes: ['violations', 'incomplete'],
      });
      const rules = new Set([violations, incomplete, passes, inapplicable].flat().map(({ id }) => id)).size;
      return { violations, incomplete, rules, version: testEngine.version };
    },
    [AXE_TAGS, without],
  );
  const seen = walked.get(visitor.shows) ?? { modes: new Set(), rules: 0, violations: 0 };
  seen.modes.add(mode);
  walked.set(visitor.shows, { modes: seen.modes, rules: Math.max(seen.rules, rules), violations: seen.violations + violations.length, version });
  const tell = ({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`);
  const open = incomplete.flatMap(tell).filter((line) => !LOOKED_AT.some((pattern) => pattern.test(line)));
  return { violations: violations.flatMap(tell), open };
}

/** What sticks out of the page to the right, or is scrolled sideways. */
function tooWide(visitor) {
  return visitor.page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} wide on ${wide}`);
    for (const element of document.body.querySelectorAll('*')) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || box.right <= wide + 0.5) continue;
      if (element.closest('.table-wrap, .visually-hidden, .skip-link')) continue;
      found.push(`${element.tagName.toLowerCase()}.${element.className} reaches to ${Math.round(box.right)} of ${wide}`);
    }
    return found.slice(0, 5);
  });
}

/** Text that is cut off, reaches out of what it stands in, or lies over other text. */
function cutOff(visitor) {
  return visitor.page.evaluate(() => {
    const found = [];
    // What is there for screen readers only, and tables, which scroll in their own frame.
    const apart = '.visually-hidden, .skip-link';
    const stuck = (element) => {
      for (let up = element; up; up = up.parentElement) {
        const { position } = getComputedStyle(up);
        if (position === 'fixed' || position === 'sticky') return up;
      }
      return null;
    };
    const lines = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement;
      if (!text.data.trim() || parent.closest(apart) || !parent.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const said = text.data.trim().slice(0, 40);
      // What one has to scroll to inside a frame of its own is not there yet.
      const frames = [];
      for (let up = parent; up && up !== document.body; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up);
        if (/auto|scroll/.test(`${overflowX} ${overflowY}`)) frames.push(up.getBoundingClientRect());
      }
      const inside = (box) => frames.every((frame) => box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0 && inside(box));
      // The piece that it is written on.
      const piece = parent.closest('.button, .tag, .toast, .bar-item, .choice > span, .picker-option, .notice, .card, .state, td, th');
      const around = piece?.getBoundingClientRect();
      for (const box of boxes) {
        lines.push({ said, box, parent, stuck: stuck(parent) });
        // The letters end in their distance: that much may reach out without a letter.
        const after = parseFloat(getComputedStyle(parent).letterSpacing) || 0;
        if (around && (box.left < around.left - 1 || box.right - after > around.right + 1 || box.top < around.top - 1 || box.bottom > around.bottom + 1)) {
          found.push(`“${said}” reaches out of ${piece.tagName.toLowerCase()}.${piece.className}`);
        }
      }
    }
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest(apart) || element.matches('svg, svg *, input, textarea, select, progress') || !element.checkVisibility()) continue;
      const { overflowX, overflowY } = getComputedStyle(element);
      const wide = /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1;
      const high = /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1;
      if (wide || high) found.push(`${element.tagName.toLowerCase()}.${element.className} cuts off what is in it`);
    }
    for (const [at, one] of lines.entries()) {
      for (const other of lines.slice(at + 1)) {
        // What sticks to the screen lies over whatever one has scrolled to.
        if (one.stuck !== other.stuck) continue;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (wide > 3 && high > 3) found.push(`“${one.said}” and “${other.said}” lie over one another`);
      }
    }
    return [...new Set(found)].slice(0, 8);
  });
}

/** Things to touch that are smaller than allowed. Links inside running text may be (WCAG 2.5.8). */
function tooSmall(visitor, least, except = ':not(*)') {
  return visitor.page.evaluate(([least, except]) => {
    const found = [];
    const things = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]';
    for (const element of document.querySelectorAll(things)) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (element.matches('.skip-link') || element.matches(except)) continue;
      const inText = element.matches('a') && style.display === 'inline' && element.closest('p, li, dd') && element.parentElement.textContent.trim() !== element.textContent.trim();
      if (inText) continue;
      // Half a pixel goes to rounding.
      if (box.width < least - 0.5 || box.height < least - 0.5) {
        const name = (element.getAttribute('aria-label') ?? element.innerText ?? element.name ?? '').trim().slice(0, 30);
        found.push(`${element.tagName.toLowerCase()} “${name}” is ${Math.round(box.width)} × ${Math.round(box.height)}`);
      }
    }
    return [...new Set(found)];
  }, [least, except]);
}

/** Fields whose text is so small that a phone zooms in on them. */
function tooFine(visitor) {
  return visitor.page.evaluate(() =>
    [...document.querySelectorAll('input:not([type=radio], [type=checkbox], [type=hidden]), select, textarea')]
      .filter((field) => parseFloat(getComputedStyle(field).fontSize) < 16)
      .map((field) => field.id || field.name || field.outerHTML),
  );
}

const titles = new Map();

/** What axe finds in both schemes and in forced colours. */
async function looked(visitor) {
  const found = [];
  for (const scheme of ['light', 'dark']) {
    await visitor.page.emulateMedia({ colorScheme: scheme });
    const { violations, open } = await axe(visitor, scheme);
    found.push(...violations.map((line) => `${scheme}: ${line}`), ...open.map((line) => `${scheme}, undecided: ${line}`));
  }
  await visitor.page.emulateMedia({ forcedColors: 'active' });
  // In forced colours the system picks the colours; axe would measure the page's own.
  found.push(...(await axe(visitor, 'forced_colours', 'color-contrast')).violations.map((line) => `forced colours: ${line}`));
  await visitor.page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
  return found;
}

/** What holds for every page at every size. */
async function ordinary(visitor) {
  const found = [];
  if ((await visitor.page.locator('h1').count()) !== 1) found.push('there is not exactly one h1');
  if ((await visitor.page.title()).trim().length < 3) found.push('the page has no title');
  found.push(...(await tooSmall(visitor, 24)));
  found.push(...(await tooFine(visitor)).map((field) => `text under 16 px in ${field}`));
  found.push(...(await tooWide(visitor)));
  return found;
}

/** What happens on small screens, with large text and with wide spacing. */
async function squeezed(visitor) {
  const found = [];
  const { page } = visitor;
  const measure = async (what) => found.push(...(await tooWide(visitor)).map((line) => `${what}: ${line}`));
  const text = (size) => page.evaluate((size) => void (document.documentElement.style.fontSize = size), size);
  const inspect = async (mode, what) => {
    const { violations, open } = await axe(visitor, mode);
    found.push(...violations.map((line) => `${what}: ${line}`), ...open.map((line) => `${what}, undecided: ${line}`));
  };
  await page.setViewportSize({ width: 320, height: 568 });
  await measure('320 px');
  await inspect('narrow', '320 px');
  await page.setViewportSize({ width: 740, height: 360 });
  await measure('on its side');
  await page.setViewportSize(PHONE);
  await text('200%');
  await measure('200 % text');
  await inspect('large_text', '200 % text');
  await page.setViewportSize(DESK);
  await measure('200 % text on a desk');
  await text('');
  // The distances of WCAG 1.4.12.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
    document.adoptedStyleSheets = [sheet];
  });
  for (const size of [{ width: 320, height: 568 }, PHONE, DESK]) {
    await page.setViewportSize(size);
    const what = `wide spacing at ${size.width} px`;
    await measure(what);
    found.push(...(await cutOff(visitor)).map((line) => `${what}: ${line}`));
  }
  return found;
}

for (const [name, { as, show, expects = [], visitPath = false }] of Object.entries(PAGES)) {
  const shown = async ({ product, arrive }, device) => {
    const visitor = await arrive({ device, as: as && product.of(as) });
    visitor.expects(...expects);
    visitor.shows = name;
    await show(visitor);
    return visitor;
  };

  story(`${name}, on a phone: nothing to find in light, dark and forced colours; nothing too small, too wide or restless`, async (given) => {
    const visitor = await shown(given, 'phone');
    titles.set(name, await visitor.page.title());
    const found = await ordinary(visitor);
    if (visitor.shiftedOnLoad > 0.02) found.push(`the layout shifted by ${visitor.shiftedOnLoad.toFixed(3)} while it loaded`);
    const viewport = await visitor.page.locator('meta[name=viewport]').getAttribute('content');
    if (/maximum-scale|user-scalable/.test(viewport)) found.push(`zooming is blocked: ${viewport}`);
    // The words of a next step lead away from the path, to the employer.
    if (visitPath) found.push(...(await tooSmall(visitor, 48, 'main a.row-title')));
    await visitor.page.emulateMedia({ reducedMotion: 'reduce' });
    const moving = await visitor.page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running').length);
    if (moving > 0) found.push(`${moving} animations run although less movement was asked for`);
    found.push(...(await looked(visitor)), ...(await squeezed(visitor)));
    assert.deepEqual(found, []);
  });

  story(`${name}, on a desk: nothing to find in light, dark and forced colours`, async (given) => {
    const visitor = await shown(given, 'desk');
    assert.deepEqual([...(await ordinary(visitor)), ...(await looked(visitor))], []);
  });
}

story('The accessibility statement says what was measured here, and nothing more', async ({ arrive }) => {
  const whole = Object.keys(PAGES).filter((name) => MODES.every((mode) => walked.get(name)?.modes.has(mode)));
  assert.deepEqual(whole, Object.keys(PAGES), 'axe went through every page in every mode');
  const all = [...walked.values()];
  const measured = {
    axe: all[0].version,
    rules: Math.max(...all.map(({ rules }) => rules)),
    modes: MODES,
    pages: whole,
    violations: all.reduce((sum, { violations }) => sum + violations, 0),
  };
  const visitor = await arrive({ language: 'en-GB' });
  if (process.env.RINNALLA_STATEMENT === 'write') {
    const browser = `Chromium ${visitor.context.browser().version().split('.')[0]}`;
    writeFileSync(RESULTS, `${JSON.stringify({ day: day(), browser, ...measured }, null, 2)}\n`);
    return;
  }
  const { day: on, browser, ...said } = JSON.parse(readFileSync(RESULTS, 'utf8'));
  assert.deepEqual(said, measured, 'app/src/statement/results.json is what was measured; `cargo xtask statement` writes it anew');
  assert.ok(on <= day(), 'the measuring is not in the future');
  await visitor.open('/saavutettavuus');
  const text = await visitor.text();
  assert.ok(text.includes(`axe ${said.axe} went through ${said.pages.length} pages and states of pages with ${said.rules} rules. The browser was ${browser}. It found no violation.`), text);
});

/** What assistive technology is told of the page: role, name and the states that matter, in order. */
async function told(visitor) {
  const cdp = await visitor.context.newCDPSession(visitor.page);
  const { nodes } = await cdp.send('Accessibility.getFullAXTree');
  await cdp.detach();
  const states = ['checked', 'disabled', 'expanded', 'invalid', 'pressed', 'required', 'level'];
  return nodes
    .filter(({ ignored, role }) => !ignored && role)
    .map(({ role, name, properties = [] }) => {
      const has = properties.filter((one) => states.includes(one.name) && !['false', false].includes(one.value.value));
      return { role: role.value, name: name?.value ?? '', is: Object.fromEntries(has.map((one) => [one.name, one.value.value])) };
    });
}

const nameless = (tree) => tree.filter(({ role, name }) => /^(button|link|textbox|searchbox|combobox|radio|checkbox|spinbutton|Date|InputTime|navigation|radiogroup)$/.test(role) && !name.trim());
const one = (tree, role, name) => {
  const found = tree.filter((node) => node.role === role && (typeof name === 'string' ? node.name === name : name.test(node.name)));
  assert.equal(found.length, 1, `one ${role} “${name}”: ${JSON.stringify(tree.filter((node) => node.role === role))}`);
  return found[0];
};

story('The visit form is told rightly to assistive technology: names, roles, states', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/visits/new');
  await formReady(coach);
  await pickEmployer(coach, NAME, 'åker');
  const tree = await told(coach);
  assert.deepEqual(nameless(tree), []);
  assert.equal(one(tree, 'heading', 'Kirjaa käynti').is.level, 1);
  assert.equal(one(tree, 'radio', 'Kasvokkain').is.checked, 'true');
  assert.equal(one(tree, 'radio', 'Puhelu').is.checked, undefined);
  one(tree, 'textbox', /^Mitä sovittiin/);
  one(tree, 'textbox', /^Seuraava askel/);
  assert.equal(one(tree, 'button', 'Tallenna käynti').is.disabled, undefined);
  one(tree, 'link', 'Siirry sisältöön');
  await coach.page.getByLabel('Kesto minuutteina').fill('0');
  await save(coach).click();
  await until(async () => (await told(coach)).some(({ name, is }) => name === 'Kesto minuutteina' && is.invalid === 'true'), 'the field is told to be wrong');
});

story('The list of employers is told rightly to assistive technology', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/employers');
  const tree = await told(coach);
  assert.deepEqual(nameless(tree), []);
  assert.equal(one(tree, 'heading', 'Työnantajat').is.level, 1);
  one(tree, 'searchbox', 'Hae työnantajaa');
  one(tree, 'combobox', 'Kunta');
  assert.equal(one(tree, 'checkbox', 'Vain omat').is.checked, undefined);
  await coach.page.getByRole('searchbox', { name: 'Hae työnantajaa' }).fill('åkerlund');
  await until(async () => (await told(coach)).some(({ role, name }) => role === 'link' && name.startsWith(NAME)), 'the employer is a link with its name first');
  await coach.page.getByRole('checkbox', { name: 'Vain omat' }).tap();
  await until(async () => one(await told(coach), 'checkbox', 'Vain omat').is.checked === 'true', 'the filter is told to be on');
});

story('The choices of the visit form are large enough for a thumb on the move', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/visits/new');
  await formReady(coach);
  const found = await coach.page.evaluate(() =>
    [...document.querySelectorAll('.choice, .picker-option, .save-bar button, .stepper button, [aria-pressed]')]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 55.5)
      .map((one) => `${one.innerText || one.getAttribute('aria-label')}: ${one.getBoundingClientRect().height}`),
  );
  assert.deepEqual(found, []);
});

story('Every field helps the keyboard of the phone', async ({ product, arrive }) => {
  const lacking = async (visitor) =>
    visitor.page.evaluate(() => {
      const typed = 'input:is([type=text], [type=search], [type=password], :not([type])):not([readonly])';
      return [...document.querySelectorAll(typed)]
        .flatMap((field) => ['autocomplete', 'enterkeyhint'].filter((name) => !field.getAttribute(name)).map((name) => `${field.id}: ${name}`));
    });
  const [stranger, coach] = [await arrive(), await arrive({ as: product.of('coach') })];
  const found = [];
  for (const [visitor, where] of [[stranger, '/sign-in'], [stranger, await invitation(product)], [coach, '/employers'], [coach, '/visits/new']]) {
    await visitor.open(where);
    found.push(...(await lacking(visitor)));
  }
  assert.equal(await coach.page.locator('#minutes').getAttribute('inputmode'), 'numeric');
  assert.deepEqual(found, []);
});

story('Each page has a title of its own', async () => {
  const own = ['sign-in', 'invitation', 'Today', 'employers', 'employer', 'visit form', 'clients', 'more', 'people'];
  const seen = own.map((page) => titles.get(page));
  assert.equal(new Set(seen).size, own.length, seen.join(' | '));
});

story('The title and the heading follow when one moves from page to page', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/');
  // Clients are a desk page: to it and from it a new document is opened, and the browser begins at its top.
  const ways = [
    ['Työnantajat', 'Työnantajat', true], ['Asiakkaat', 'Asiakkaani', false], ['Lisää', 'Lisää', false],
    ['Tänään', 'Tänään', true], ['Kirjaa', 'Kirjaa käynti', true],
  ];
  for (const [link, title, inside] of ways) {
    await coach.page.locator('nav.bar').getByRole('link', { name: link, exact: true }).tap();
    await coach.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await until(async () => (await coach.page.title()).includes(title), `the title says ${title}`);
    assert.equal(await coach.page.locator('nav.bar [aria-current=page]').innerText(), link);
    if (inside) await until(() => coach.page.evaluate(() => document.activeElement.closest('main') !== null), 'the focus goes to the page');
  }
  assert.equal((await coach.shifted()) <= 0.02, true, 'nothing shifted on the way');
});

story('The button that saves lies under the thumb, in sight, on every phone and above the keyboard', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/');
  await openForm(coach);
  const look = async (what) => {
    const { top, bottom, wide, high, covered, full } = await save(coach).evaluate((button) => {
      const box = button.getBoundingClientRect();
      const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return { top: box.top, bottom: box.bottom, wide: box.width, high: innerHeight, covered: at !== button && !button.contains(at), full: box.width / innerWidth };
    });
    assert.ok(!covered, `${what}: nothing covers the button`);
    assert.ok(bottom <= high + 0.5, `${what}: the button is on the screen (${bottom} of ${high})`);
    assert.ok(top >= high * 0.4, `${what}: the button is in the lower 60 % (${top} of ${high})`);
    assert.ok(full > 0.85, `${what}: the button takes the width (${wide})`);
    assert.ok(bottom - top >= 48, what);
  };
  await look('360 × 740');
  await coach.page.mouse.wheel(0, 400);
  await look('360 × 740, further down');
  await coach.page.setViewportSize({ width: 320, height: 568 });
  await look('320 × 568');
  // The keyboard takes its room from the page (interactive-widget=resizes-content).
  await coach.page.getByLabel('Mitä sovittiin').tap();
  await coach.page.setViewportSize({ width: 320, height: 300 });
  await look('320 × 568 with the keyboard');
  const field = await coach.page.getByLabel('Mitä sovittiin').boundingBox();
  const bar = await coach.page.locator('.save-bar').boundingBox();
  assert.ok(field.y >= -field.height / 2 && field.y < bar.y, 'the field that is written in is in sight');
});

story('The message that something was saved moves nothing and covers no button', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/visits/new');
  await formReady(coach);
  await pickEmployer(coach, NAME, 'åker');
  const before = await coach.shifted();
  await saved(coach, NAME);
  await until(async () => (await toast(coach).evaluate((one) => one.getAnimations().every((a) => a.playState === 'finished'))), 'the message stands');
  const shifted = (await coach.shifted()) - before;
  assert.ok(shifted <= 0.02, `the layout shifted by ${shifted}`);
  const message = await toast(coach).boundingBox();
  const bar = await coach.page.locator('nav.bar').boundingBox();
  assert.ok(message.y + message.height <= bar.y, 'the message stands above the bar');
  const undo = await toast(coach).getByRole('button', { name: 'Kumoa' }).boundingBox();
  assert.ok(undo.height >= 48 && undo.width >= 48, JSON.stringify(undo));
});

story('The strip of entries that wait comes and goes without moving the page', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  coach.expects(/Failed to load resource/);
  await coach.open('/');
  await onToday(coach);
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  let tries = 0;
  await coach.page.route('**/api/drop', async (route) => {
    tries += 1;
    if (tries === 1) return route.abort();
    await held;
    return route.continue();
  });
  await coach.page.getByRole('button', { name: /^Tehty: / }).first().tap();
  // On a page that shows nothing of what arrives.
  await coach.page.getByRole('link', { name: 'Lisää', exact: true }).tap();
  await coach.page.getByText('Tämä laite').waitFor();
  const before = await coach.shifted();
  const strip = coach.page.locator('.toasts .notice').filter({ hasText: 'odottaa' });
  await strip.waitFor();
  // Longer after the touch than a browser lets count as its answer.
  const touched = await coach.page.evaluate(() => performance.now());
  await until(() => coach.page.evaluate((touched) => performance.now() > touched + 600, touched), 'the touch is over');
  answer();
  await strip.waitFor({ state: 'detached' });
  await toast(coach).waitFor();
  const shifted = (await coach.shifted()) - before;
  assert.ok(shifted <= 0.02, `the layout shifted by ${shifted}`);
});

story('The first load of Today takes at most 8 requests', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/');
  await onToday(coach);
  const asked = coach.requests.map((request) => `${request.method()} ${new URL(request.url()).pathname}`);
  assert.ok(asked.length <= 8, asked.join('\n'));
  assert.ok(asked.length >= 4, 'the requests were counted');
});

story('The manifests have names, icons that load, and the short way to a visit', async ({ product }) => {
  for (const [code, short] of [['fi', 'Kirjaa käynti'], ['sv', 'Logga besök'], ['en', 'Log a visit']]) {
    const answer = await ask(product.origin, 'GET', `/manifest.${code}.webmanifest`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/manifest+json');
    const manifest = JSON.parse(answer.bytes);
    assert.equal(manifest.name, 'Rinnalla');
    assert.deepEqual([manifest.lang, manifest.display, manifest.start_url, manifest.scope], [code, 'standalone', '/', '/']);
    const [first] = manifest.shortcuts;
    assert.equal(first.url, '/visits/new');
    assert.equal(first.name, short);
    const icons = [...manifest.icons, ...manifest.shortcuts.flatMap(({ icons }) => icons)];
    assert.ok(icons.some(({ sizes }) => sizes === '192x192') && icons.some(({ sizes }) => sizes === '512x512'));
    assert.ok(icons.some(({ purpose }) => purpose === 'maskable'));
    for (const { src, type, sizes } of icons) {
      const icon = await ask(product.origin, 'GET', src);
      assert.deepEqual([icon.status, icon.headers['content-type']], [200, type], src);
      if (type === 'image/png') assert.equal(`${icon.bytes.readUInt32BE(16)}x${icon.bytes.readUInt32BE(20)}`, sizes, src);
    }
  }
});
