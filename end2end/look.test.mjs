// How the pages look and feel under the hand: accessibility, sizes, stillness (shared/domain/ux.md,
// rows 2, 7, 23–29 and §2.4).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { formReady, newcomer, onToday, openForm, pickEmployer, save, saved, toast } from './lib/acts.mjs';
import { AXE_TAGS, DESK, PHONE, until } from './lib/browser.mjs';
import { ask, register } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NAME = 'Konditori Åkerlund Ab';

/** What axe cannot decide and a person has looked at, and why it is all right. */
const LOOKED_AT = [
  // What the table's own scrolling cuts off; the same cells are measured on a wider screen.
  /color-contrast.* (overlapped|obscured) by another element/,
  // An empty field has no text; its placeholder is muted ink on the surface.
  /color-contrast.* #employer-search .*has no value/,
  // The arrow of a select is drawn by gradients at its end; its text stands on the plain surface.
  /color-contrast.* #municipality .*background gradient/,
];

const go = (where) => (visitor) => visitor.open(where);

/** Every page in every state: who sees it, how it comes about, and what it may complain of. */
const PAGES = {
  'sign-in': { show: go('/sign-in') },
  'sign-in after a wrong password': {
    expects: [/status of 422/],
    show: async (visitor) => {
      await visitor.open('/sign-in');
      await visitor.page.getByLabel('Käyttäjätunnus').fill('kuka.lie');
      await visitor.page.getByLabel('Salasana').fill('aivan väärä sana');
      await visitor.page.getByRole('button', { name: 'Kirjaudu sisään' }).click();
      await visitor.page.getByRole('alert').waitFor();
      await visitor.alive();
    },
  },
  invitation: { show: async (visitor) => visitor.open(await invitation(visitor.product)) },
  'invitation with a weak password': {
    expects: [/status of 422/],
    show: async (visitor) => {
      await visitor.open(await invitation(visitor.product));
      await visitor.page.getByLabel('Uusi salasana').fill('lyhyt');
      await visitor.page.getByLabel('Salasana uudelleen').fill('lyhyt');
      await visitor.page.getByRole('button', { name: 'Ota salasana käyttöön' }).click();
      await visitor.page.locator('#password-error').waitFor();
      await visitor.alive();
    },
  },
  'used invitation': { expects: [/status of 404/], show: go('/invitation/vanha-linkki') },
  Today: { as: 'coach', visitPath: true, show: go('/') },
  'Today, all opened': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/');
      for (const summary of await visitor.page.locator('details > summary').all()) await summary.click();
    },
  },
  'Today of somebody who logs no visits': { as: 'admin', expects: [/status of 404/], show: go('/') },
  'Today with a message': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/visits/new');
      await formReady(visitor);
      await pickEmployer(visitor, NAME, 'åker');
      await saved(visitor, NAME);
    },
  },
  'Today with an entry that waits': {
    as: 'coach',
    expects: [/Failed to load resource/],
    show: async (visitor) => {
      await visitor.page.route('**/api/sync', (route) => route.fulfill({ status: 401, body: '' }));
      await visitor.open('/visits/new');
      await formReady(visitor);
      await pickEmployer(visitor, NAME, 'åker');
      await save(visitor).click();
      await visitor.page.locator('.toasts .notice').filter({ hasText: 'odottaa' }).waitFor();
      await onToday(visitor);
    },
  },
  employers: { as: 'coach', show: go('/employers') },
  'employers, none found': { as: 'coach', show: go('/employers?q=xyzxyzxyz&mine=1') },
  employer: { as: 'coach', visitPath: true, show: async (visitor) => visitor.open(`/employers/${await aVisitedEmployer(visitor.product)}`) },
  'visit form': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/visits/new');
      await formReady(visitor);
    },
  },
  'visit form with mistakes': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/visits/new');
      await formReady(visitor);
      await visitor.page.locator('details summary').click();
      await visitor.page.locator('#day').fill('2020-01-01');
      await visitor.page.getByLabel('Kesto minuutteina').fill('0');
      await visitor.page.getByLabel('Mitä sovittiin').fill('a'.repeat(4001));
      await visitor.page.getByLabel('Seuraava askel').fill('b'.repeat(201));
      await visitor.page.getByLabel('Mihin päivään').fill('2019-01-01');
      await save(visitor).click();
      await until(async () => (await visitor.page.locator('p.error').count()) === 6, 'six mistakes are shown');
    },
  },
  'visit form while searching': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/visits/new');
      await formReady(visitor);
      await visitor.page.getByRole('searchbox').pressSequentially('oy');
      await visitor.page.getByRole('button', { name: 'Lisää uusi: oy' }).waitFor();
    },
  },
  'visit form, employer picked': {
    as: 'coach',
    visitPath: true,
    show: async (visitor) => {
      await visitor.open('/visits/new');
      await formReady(visitor);
      await pickEmployer(visitor, NAME, 'åker');
    },
  },
  clients: { as: 'coach', show: go('/clients') },
  more: { as: 'coach', show: go('/more') },
  people: { as: 'lead', show: go('/people') },
  'people with a link': {
    as: 'lead',
    show: async (visitor) => {
      await invitation(visitor.product);
      await visitor.open('/people');
      await visitor.page.getByRole('button', { name: /^Tee kutsulinkki/ }).first().click();
      await visitor.page.getByLabel('Linkki', { exact: true }).waitFor();
    },
  },
  'no such page': { as: 'coach', expects: [/status of 404/], show: go('/ei-tallaista') },
};

let invited = 0;
/** A link for somebody new. */
async function invitation(product) {
  invited += 1;
  return (await newcomer(product, `Uusi Ihminen ${'abcdefghijklmnopqrstuvwxyz'[invited]}`)).link;
}

/** An employer with a history and next steps. */
async function aVisitedEmployer(product) {
  const there = await register(product, product.of('coach'));
  return there.employer(NAME);
}

/** Runs axe on the page as it stands; gives what it found. `without` names rules that do not apply. */
async function axe(visitor, ...without) {
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
  const { violations, incomplete } = await visitor.page.evaluate(
    ([tags, without]) =>
      window.axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
        resultTypes: ['violations', 'incomplete'],
      }),
    [AXE_TAGS, without],
  );
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
    const { violations, open } = await axe(visitor);
    found.push(...violations.map((line) => `${scheme}: ${line}`), ...open.map((line) => `${scheme}, undecided: ${line}`));
  }
  await visitor.page.emulateMedia({ forcedColors: 'active' });
  // In forced colours the system picks the colours; axe would measure the page's own.
  found.push(...(await axe(visitor, 'color-contrast')).violations.map((line) => `forced colours: ${line}`));
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
  await page.setViewportSize({ width: 320, height: 568 });
  await measure('320 px');
  await page.setViewportSize({ width: 740, height: 360 });
  await measure('on its side');
  await page.setViewportSize(PHONE);
  await text('200%');
  await measure('200 % text');
  await page.setViewportSize(DESK);
  await measure('200 % text on a desk');
  await text('');
  await page.setViewportSize({ width: 320, height: 568 });
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
    document.adoptedStyleSheets = [sheet];
  });
  await measure('wide spacing at 320 px');
  return found;
}

for (const [name, { as, show, expects = [], visitPath = false }] of Object.entries(PAGES)) {
  const shown = async ({ product, arrive }, device) => {
    const visitor = await arrive({ device, as: as && product.of(as) });
    visitor.expects(...expects);
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
  for (const [link, title] of [['Työnantajat', 'Työnantajat'], ['Asiakkaat', 'Asiakkaani'], ['Lisää', 'Lisää'], ['Tänään', 'Tänään'], ['Kirjaa', 'Kirjaa käynti']]) {
    await coach.page.locator('nav.bar').getByRole('link', { name: link, exact: true }).tap();
    await coach.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await until(async () => (await coach.page.title()).includes(title), `the title says ${title}`);
    assert.equal(await coach.page.locator('nav.bar [aria-current=page]').innerText(), link);
    await until(() => coach.page.evaluate(() => document.activeElement.closest('main') !== null), 'the focus goes to the page');
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
  await coach.page.route('**/api/sync', async (route) => {
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
