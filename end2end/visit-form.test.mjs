// Logging a visit: mistakes, keyboard, dictation, and networks that fail.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  day, finnishDate, formReady, onToday, openForm, option, pickEmployer, save, saved, toast,
  unitVisits,
  enrolled,
} from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { register } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const NAME = 'Konditori Åkerlund Ab';

/** A coach with the form open. */
async function atForm({ product, arrive }, more = {}) {
  const coach = await arrive({ as: product.of('coach'), ...more });
  await coach.open('/visits/new');
  await formReady(coach);
  return coach;
}

/** What a colleague finds on the page of an employer: what has really arrived. */
async function arrived({ product }) {
  const there = await register(product, product.of('coach', 1));
  const employer = await there.employer(NAME);
  return { employer, visits: () => there.visits(employer), latest: () => there.latest(employer) };
}

const summary = (coach) => coach.page.locator('#errors');
const words = (coach) => coach.page.getByLabel('Mitä sovittiin');
const active = (coach) => coach.page.evaluate(() => document.activeElement?.id ?? '');
const strip = (coach) => coach.page.locator('.toasts .notice').filter({ hasText: 'odottaa' });

story('Everything but the employer is filled in already', async (given) => {
  const coach = await atForm(given);
  const chosen = (name) => coach.page.locator(`input[name="${name}"]:checked`).inputValue();
  assert.equal(await chosen('mode'), 'in_person');
  assert.equal(await chosen('purpose'), 'learn_needs');
  assert.equal(await chosen('decision_maker'), 'no');
  assert.equal(await chosen('client'), '');
  assert.equal(await chosen('place'), 'workplace');
  assert.equal(await coach.page.getByLabel('Kesto minuutteina').inputValue(), '20');
  assert.equal(await coach.page.locator('#day').inputValue(), day());
  assert.match(await coach.page.locator('#time').inputValue(), /^\d\d:\d\d$/);
  assert.match(await coach.page.locator('details.card summary').innerText(), /työpaikalla$/);
});

story('The place follows the way of meeting, and the minutes their buttons', async (given) => {
  const coach = await atForm(given);
  await coach.page.getByRole('radio', { name: 'Puhelu' }).tap();
  await coach.page.locator('details.card summary').getByText(/toimistolla$/).waitFor();
  await coach.page.getByRole('button', { name: 'Enemmän' }).tap();
  assert.equal(await coach.page.getByLabel('Kesto minuutteina').inputValue(), '30');
  await coach.page.getByRole('button', { name: 'Vähemmän' }).tap();
  await coach.page.getByRole('button', { name: 'Vähemmän' }).tap();
  assert.equal(await coach.page.getByLabel('Kesto minuutteina').inputValue(), '10');
});

story('Opened from an employer’s page, the form knows the employer', async (given) => {
  const coach = await given.arrive({ as: given.product.of('coach') });
  await coach.open(`/visits/new?employer=${(await arrived(given)).employer}`);
  await formReady(coach);
  assert.equal(await coach.page.locator('[data-picked]').innerText(), NAME);
});

story('What is wrong stands beside its field and in a summary that has the focus; nothing typed is lost', async (given) => {
  const coach = await atForm(given);
  await words(coach).fill('Sovittiin jatkosta.');
  await coach.page.getByLabel('Kesto minuutteina').fill('0');
  await coach.page.getByLabel('Seuraava askel').fill('Soita');
  await coach.page.getByLabel('Mihin päivään').fill(day(-3));
  await save(coach).tap();
  await until(async () => (await active(coach)) === 'errors', 'the summary has the focus');
  const links = summary(coach).getByRole('link');
  assert.deepEqual(await links.allInnerTexts(), [
    'Valitse työnantaja tai kirjoita uuden nimi.',
    'Anna kesto minuutteina, 1–1440.',
    'Seuraava askel on ennen käyntiä. Valitse myöhempi päivä.',
  ]);
  assert.deepEqual(await coach.page.locator('p.error').allInnerTexts(), await links.allInnerTexts());
  for (const id of ['minutes', 'next_on']) {
    const wrong = await coach.page.locator(`#${id}`).evaluate((input) => [
      input.getAttribute('aria-invalid'),
      document.getElementById(input.getAttribute('aria-describedby'))?.textContent.trim(),
    ]);
    assert.equal(wrong[0], 'true', `${id} is marked as wrong`);
    assert.match(wrong[1] ?? '', /minuutteina|ennen käyntiä/, `${id} is described by its error`);
  }
  for (const [at, id] of [[0, 'employer'], [1, 'minutes'], [2, 'next_on']]) {
    await links.nth(at).tap();
    await until(async () => (await active(coach)) === id, `the link leads to ${id}`);
    assert.ok(await coach.page.locator(`#${id}`).isVisible());
  }
  assert.equal(await words(coach).inputValue(), 'Sovittiin jatkosta.');
  assert.equal(await coach.page.getByLabel('Seuraava askel').inputValue(), 'Soita');

  await pickEmployer(coach, NAME, 'åker');
  await coach.page.getByLabel('Kesto minuutteina').fill('45');
  await coach.page.getByRole('button', { name: 'Viikon päästä', exact: true }).tap();
  await saved(coach, NAME);
});

story('A wrong day is shown even when its part of the form has been closed', async (given) => {
  const coach = await atForm(given);
  await pickEmployer(coach, NAME, 'åker');
  await coach.page.locator('details.card summary').tap();
  await coach.page.locator('#day').fill(day(3));
  await coach.page.locator('details.card summary').tap();
  await save(coach).tap();
  await summary(coach).getByRole('link').tap();
  await until(async () => (await active(coach)) === 'day', 'the link leads to the day');
  assert.ok(await coach.page.locator('#day').isVisible());
  assert.ok(await coach.page.locator('#day-error').isVisible());
});

story('A visit is logged with the keyboard alone', async (given) => {
  const coach = await given.arrive({ as: given.product.of('coach'), device: 'desk' });
  await coach.open('/');
  const { keyboard } = coach.page;
  const focused = () =>
    coach.page.evaluate(() => {
      const at = document.activeElement;
      const label = at.labels?.[0]?.innerText ?? '';
      return `${at.getAttribute('aria-label') ?? ''} ${label} ${at.innerText ?? ''}`.replace(/\s+/g, ' ').trim();
    });
  /** Tab until the focus is on something of that name; every stop has to be visible. */
  const tabTo = async (name) => {
    for (let stops = 0; stops < 60; stops += 1) {
      await keyboard.press('Tab');
      const shown = await coach.page.evaluate(() => {
        const at = document.activeElement;
        const box = (at.matches('.choice > input') ? at.parentElement : at).getBoundingClientRect();
        const seen = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
        return at === document.body || at.contains(seen) || seen?.contains(at) || at.parentElement.contains(seen);
      });
      const on = await focused();
      assert.ok(shown, `the focus on “${on}” is hidden by something`);
      if (on.startsWith(name)) return;
    }
    assert.fail(`the keyboard does not reach “${name}”`);
  };

  await keyboard.press('Tab');
  assert.equal(await focused(), 'Siirry sisältöön', 'the first stop skips the navigation');
  await tabTo('Kirjaa');
  await keyboard.press('Enter');
  await formReady(coach);
  await until(async () => (await active(coach)) === 'main', 'the focus goes to the new page');
  await tabTo('Hae työnantajaa');
  await keyboard.type('åkerl');
  await option(coach, NAME).waitFor();
  await tabTo(NAME);
  await keyboard.press('Enter');
  await coach.page.locator('[data-picked]').waitFor();
  await until(async () => (await coach.page.evaluate(() => document.activeElement !== document.body)), 'the focus is not lost after the choice');
  await tabTo('Kasvokkain');
  await keyboard.press('ArrowRight');
  assert.equal(await coach.page.locator('input[name="mode"]:checked').inputValue(), 'phone');
  await tabTo('Tutustuminen');
  await keyboard.press('ArrowDown');
  assert.equal(await coach.page.locator('input[name="purpose"]:checked').inputValue(), 'explore_opening');
  await tabTo('En');
  await keyboard.press('ArrowUp');
  assert.equal(await coach.page.locator('input[name="decision_maker"]:checked').inputValue(), 'yes');
  await tabTo('Enemmän');
  await keyboard.press('Space');
  await tabTo('Mitä sovittiin');
  await keyboard.type('Kirjoitettu näppäimillä.');
  await tabTo('Seuraava askel');
  await keyboard.type('Soita');
  await tabTo('2 viikon päästä');
  await keyboard.press('Space');
  await tabTo('Tallenna käynti');
  await keyboard.press('Enter');
  await onToday(coach);
  await toast(coach).getByText(`Käynti on perillä: ${NAME}`, { exact: true }).waitFor();

  const latest = await (await arrived(given)).latest();
  for (const part of [' · puhelu · 30 min', 'Kirjoitettu näppäimillä.', 'Työpaikan selvittäminen', 'Tapasi päättäjän', 'Soita', finnishDate(day(14))]) {
    assert.ok(latest.includes(part), `“${part}” in: ${latest}`);
  }
});

story('The Enter key in the next step saves the visit', async (given) => {
  const coach = await atForm(given);
  await pickEmployer(coach, NAME, 'åker');
  await coach.page.getByLabel('Seuraava askel').fill('Lähetä esite');
  await coach.page.getByLabel('Seuraava askel').press('Enter');
  await onToday(coach);
  await toast(coach).getByText(`Käynti on perillä: ${NAME}`, { exact: true }).waitFor();
});

story('Saving with two quick clicks makes one visit', async (given) => {
  const there = await arrived(given);
  const before = await there.visits();
  const coach = await atForm(given);
  await pickEmployer(coach, NAME, 'åker');
  await save(coach).dblclick();
  await onToday(coach);
  await toast(coach).waitFor();
  assert.equal(await there.visits(), before + 1);
  assert.equal(coach.requests.filter((request) => request.url().endsWith('/api/drop')).length, 1);
});

story('Dictation loses no letter and the caret stays at the end', async (given) => {
  const coach = await atForm(given);
  const said = Array.from({ length: 300 }, (_, at) => `sana${at} `);
  await words(coach).tap();
  const session = await coach.context.newCDPSession(coach.page);
  for (const word of said) {
    // As a phone's keyboard does it: a guess that changes, then the word.
    await session.send('Input.imeSetComposition', { text: word.slice(0, 3), selectionStart: 3, selectionEnd: 3 });
    await session.send('Input.insertText', { text: word });
  }
  const all = said.join('');
  const [value, start, end] = await words(coach).evaluate((area) => [area.value, area.selectionStart, area.selectionEnd]);
  assert.equal(value, all);
  assert.deepEqual([start, end], [all.length, all.length]);

  await words(coach).evaluate((area) => area.setSelectionRange(5, 5));
  await session.send('Input.insertText', { text: 'väliin ' });
  assert.deepEqual(await words(coach).evaluate((area) => [area.value.slice(0, 14), area.selectionStart]), ['sana0väliin  s', 12]);

  await pickEmployer(coach, NAME, 'åker');
  assert.equal((await words(coach).inputValue()).length, all.length + 7, 'the words survive the choice of an employer');
  await saved(coach, NAME);
  const kept = await (await arrived(given)).latest();
  assert.ok(kept.includes('sana298 sana299'), 'the last words are in the log');
});

story('What is typed before the browser code has come is in the saved visit', async (given) => {
  const coach = await given.arrive({ as: given.product.of('coach') });
  const there = await arrived(given);
  let come;
  const held = new Promise((resolve) => (come = resolve));
  await coach.page.route('**/*.wasm', (route) => held.then(() => route.continue()));
  const asked = coach.page.waitForRequest('**/*.wasm');
  await coach.page.goto(`/visits/new?employer=${there.employer}`, { waitUntil: 'commit' });
  await asked;
  assert.ok(await save(coach).isEnabled(), 'the form can be sent before the browser code has come');
  await words(coach).fill('Kirjoitettu hitaassa verkossa.');
  await coach.page.getByRole('radio', { name: 'Puhelu' }).tap();
  await coach.page.getByLabel('Seuraava askel').fill('Soita huomenna');
  come();
  await formReady(coach);
  const shown = [
    await words(coach).inputValue(),
    await coach.page.getByLabel('Seuraava askel').inputValue(),
    await coach.page.locator('input[name="mode"]:checked').inputValue(),
  ];
  await saved(coach, NAME);
  const latest = await there.latest();
  const lost = ['Kirjoitettu hitaassa verkossa.', 'Soita huomenna', 'puhelu'].filter((part) => !latest.includes(part));
  assert.deepEqual({ lost, shown }, { lost: [], shown: ['Kirjoitettu hitaassa verkossa.', 'Soita huomenna', 'phone'] });
});

/** Fills the form for Åkerlund, lets the network do something to it, and saves. */
async function saveUnder(given, trouble) {
  const there = await arrived(given);
  const before = await there.visits();
  const coach = await atForm(given);
  coach.expects(/Failed to load resource/);
  await pickEmployer(coach, NAME, 'åker');
  await words(coach).fill('Ei saa kadota.');
  await enrolled(coach);
  await trouble(coach);
  await save(coach).tap();
  return { coach, there, before };
}

/** The entry waits, visibly, and is not said to have arrived. */
async function waits({ coach, there, before }) {
  await toast(coach).getByText(`Tallessa tässä puhelimessa: ${NAME}`, { exact: true }).waitFor();
  await strip(coach).waitFor();
  assert.match(await strip(coach).innerText(), /1 kirjaus odottaa verkkoa/);
  assert.equal(await toast(coach).filter({ hasText: 'perillä' }).count(), 0, 'nobody says that it arrived');
  assert.equal(await there.visits(), before, 'it is not there yet');
}

/** The entry arrives, once. */
async function arrivesOnce({ coach, there, before }) {
  await toast(coach).getByText('Odottanut kirjaus on nyt perillä.').waitFor();
  await strip(coach).waitFor({ state: 'detached' });
  assert.equal(await there.visits(), before + 1);
  assert.ok((await there.latest()).includes('Ei saa kadota.'));
}

story('Without a network the entry waits and arrives once when the network is back', async (given) => {
  const on = await saveUnder(given, (coach) => coach.context.setOffline(true));
  await waits(on);
  await on.coach.context.setOffline(false);
  await arrivesOnce(on);
});

story('When the network is back, Today shows itself again', async (given) => {
  const { coach } = await saveUnder(given, (coach) => coach.context.setOffline(true));
  await toast(coach).getByText('Tallessa tässä puhelimessa').waitFor();
  await coach.context.setOffline(false);
  await toast(coach).getByText('Odottanut kirjaus on nyt perillä.').waitFor();
  await onToday(coach);
  await unitVisits(coach).filter({ hasText: NAME }).first().waitFor();
});

const LIES = [
  ['a page of its own with 200', { status: 200, contentType: 'text/html', body: '<h1>Tervetuloa hotellin verkkoon</h1>' }],
  ['500', { status: 500, body: '' }],
  ['401', { status: 401, body: '' }],
];
for (const [what, answer] of LIES) {
  story(`When the network answers with ${what}, the entry waits and arrives once later`, async (given) => {
    const on = await saveUnder(given, (coach) => coach.page.route('**/api/drop', (route) => route.fulfill(answer)));
    await waits(on);
    await on.coach.page.unroute('**/api/drop');
    await arrivesOnce(on);
  });
}

story('When the session has ended while somebody writes, the entry arrives all the same', async (given) => {
  const on = await saveUnder(given, (coach) => coach.context.clearCookies({ name: '__Host-rinnalla' }));
  await until(async () => (await on.there.visits()) === on.before + 1, 'the visit is there');
});

story('When only the answer is lost, the visit is there once all the same', async (given) => {
  let lost = 0;
  const on = await saveUnder(given, (coach) =>
    coach.page.route('**/api/drop', async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort();
    }),
  );
  await toast(on.coach).getByText('Odottanut kirjaus on nyt perillä.').waitFor();
  assert.equal(lost, 1);
  await arrivesOnce(on);
});

story('What the server finds wrong with a visit is said in the form', async (given) => {
  const on = await saveUnder(given, (coach) =>
    coach.page.route('**/api/drop', async (route) => {
      const { envelopes } = route.request().postDataJSON();
      const answers = envelopes.map((envelope) => {
        const { entry } = JSON.parse(Buffer.from(envelope.split('.')[0], 'base64url').toString());
        const sha256 = createHash('sha256').update(envelope).digest('hex');
        return { entry, sha256, outcome: { held: { refused: { visit: ['employer_not_there'] } } } };
      });
      const reply = { at: Date.now(), answers, kept: [], unknown: [], backup: null, manifest: '' };
      await route.fulfill({ json: reply });
    }),
  );
  await summary(on.coach).getByText('Työnantajaa ei enää ole rekisterissä. Valitse toinen.').waitFor();
  await until(async () => (await active(on.coach)) === 'errors', 'the summary has the focus');
  assert.equal(await words(on.coach).inputValue(), 'Ei saa kadota.');
  await on.coach.page.unroute('**/api/drop');
  await saved(on.coach, NAME);
  assert.equal(await on.there.visits(), on.before + 1);
});

story('A page that is closed with an entry on its way loses nothing', async (given) => {
  const on = await saveUnder(given, (coach) => coach.page.route('**/api/drop', (route) => route.fulfill({ status: 503 })));
  await waits(on);
  await on.coach.page.close();
  on.coach.page = await on.coach.context.newPage();
  await on.coach.open('/');
  await until(async () => (await on.there.visits()) === on.before + 1, 'the visit is there');
  assert.ok((await on.there.latest()).includes('Ei saa kadota.'));
});

story('A second visit can be logged right after the first', async (given) => {
  const there = await arrived(given);
  const before = await there.visits();
  const coach = await given.arrive({ as: given.product.of('coach') });
  await coach.open('/');
  for (const round of [1, 2]) {
    await openForm(coach);
    await pickEmployer(coach, NAME, 'åker');
    assert.equal(await words(coach).inputValue(), '', `round ${round} begins empty`);
    await words(coach).fill(`Kierros ${round}`);
    await saved(coach, NAME);
  }
  assert.equal(await there.visits(), before + 2);
});
