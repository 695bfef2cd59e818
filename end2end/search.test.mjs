// Finding an employer among 300.

import assert from 'node:assert/strict';
import { formReady, option, saved } from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { ask, register } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const NAME = 'Konditori Åkerlund Ab';
const SPELLINGS = ['åkerlund', 'Akerlund', 'åkrlund'];

const field = (coach) => coach.page.getByRole('searchbox', { name: 'Hae työnantajaa' });
const rows = (coach) => coach.page.locator('a.list-row');
const isSearch = (request) => request.url().endsWith('/api/ask') && request.postData().includes('"employers"');
const titles = (coach) => rows(coach).locator('.row-title').allInnerTexts();

async function inList({ product, arrive }, where = '/employers', more = {}) {
  const coach = await arrive({ as: product.of('coach'), ...more });
  await coach.open(where);
  return coach;
}

for (const spelling of SPELLINGS) {
  story(`“${spelling}” finds Åkerlund in the list`, async (given) => {
    const coach = await inList(given);
    await field(coach).fill(spelling);
    await until(async () => (await titles(coach))[0] === NAME, 'Åkerlund stands first');
    assert.ok((await rows(coach).count()) <= 3, 'and hardly anything else is found');
    assert.match(coach.page.url(), /\?q=/, 'the search stands in the address');
    await rows(coach).first().tap();
    await coach.page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    await coach.page.goBack();
    await until(async () => (await titles(coach))[0] === NAME, 'going back finds the list as it was');
    assert.equal(await field(coach).inputValue(), spelling);
  });

  story(`“${spelling}” finds Åkerlund in the form`, async (given) => {
    const coach = await inList(given, '/visits/new');
    await formReady(coach);
    await field(coach).fill(spelling);
    await option(coach, NAME).tap();
    assert.match(await coach.page.locator('[data-picked]').innerText(), new RegExp(NAME));
  });
}

story('What is typed while an answer is on its way is searched too', async (given) => {
  const coach = await inList(given);
  const held = [];
  const first = (route) => held.length === 0 && isSearch(route.request());
  await coach.page.route('**/api/ask', (route) => (first(route) ? void held.push(route) : route.continue()));
  await field(coach).pressSequentially('kon');
  await until(() => held.length === 1, 'the first question is asked');
  await field(coach).pressSequentially('ditori åk');
  await held[0].continue();
  await until(async () => (await titles(coach)).join() === NAME, 'the list shows what stands in the field');
  assert.equal(await field(coach).inputValue(), 'konditori åk');
});

story('Typing goes on undisturbed while results come in', async (given) => {
  const coach = await inList(given);
  await field(coach).focus();
  for (const part of ['kon', 'dit', 'ori']) {
    const answered = coach.page.waitForResponse((response) => isSearch(response.request()));
    await coach.page.keyboard.type(part);
    await answered;
  }
  await until(async () => (await titles(coach)).includes(NAME), 'the search has gone through');
  assert.equal(await field(coach).inputValue(), 'konditori');
  assert.ok(await field(coach).evaluate((input) => document.activeElement === input), 'the field keeps the focus');
  const caret = await field(coach).evaluate((input) => [input.selectionStart, input.selectionEnd]);
  assert.deepEqual(caret, [9, 9]);
});

story('The list can be narrowed to a municipality', async (given) => {
  const coach = await inList(given);
  const all = await coach.page.getByText(/^300 työnantajaa$/).innerText();
  assert.ok(all);
  await coach.page.getByLabel('Kunta').selectOption('Iisalmi');
  await coach.page.getByText(/^\d+ työnantajaa$/).filter({ hasNotText: '300' }).waitFor();
  const places = await rows(coach).locator('.row-sub').allInnerTexts();
  assert.ok(places.length > 5 && places.every((place) => place.startsWith('Iisalmi')), places.join(' | '));
  assert.equal(await coach.page.getByLabel('Kunta').inputValue(), 'Iisalmi');
});

story('The list can be narrowed to my own employers', async (given) => {
  const coach = await inList(given);
  await coach.page.getByRole('checkbox', { name: 'Vain omat' }).tap();
  await coach.page.getByText(/^\d+ työnantajaa?$/).filter({ hasNotText: '300' }).waitFor();
  const about = await rows(coach).locator('.row-sub').allInnerTexts();
  const me = given.product.of('coach').name;
  assert.ok(about.length > 0 && about.every((text) => text.includes(me)), about.join(' | '));
  await coach.page.reload();
  await coach.alive();
  assert.ok(await coach.page.getByRole('checkbox', { name: 'Vain omat' }).isChecked(), 'a reload keeps the filter');
});

story('Later pages of the list show other employers', async (given) => {
  const coach = await inList(given);
  const first = await titles(coach);
  await coach.page.getByRole('link', { name: 'Seuraavat' }).tap();
  await coach.page.getByRole('link', { name: 'Edelliset' }).waitFor();
  const second = await titles(coach);
  assert.ok(second.length > 0 && second.every((name, at) => name !== first[at]));
});

story('Going back from an employer finds the list where it was', async (given) => {
  const coach = await inList(given);
  const row = rows(coach).nth(20);
  await row.scrollIntoViewIfNeeded();
  const place = await coach.page.evaluate(() => window.scrollY);
  assert.ok(place > 300);
  await row.tap();
  await coach.page.locator('.timeline, .empty').first().waitFor();
  await coach.page.goBack();
  await rows(coach).nth(20).waitFor();
  await until(async () => Math.abs((await coach.page.evaluate(() => window.scrollY)) - place) < 80, 'the list stands where it stood');
});

story('When nothing is found the page says so and offers a way on', async (given) => {
  const coach = await inList(given, '/employers?mine=1');
  await field(coach).fill('ei tällaista ole');
  await coach.page.locator('.empty').getByText('Haulla ”ei tällaista ole” ei löytynyt työnantajia.').waitFor();
  await coach.page.getByRole('link', { name: 'Hae kaikista' }).waitFor();
  await coach.page.getByRole('link', { name: 'Lisää kirjaamalla käynti' }).tap();
  await formReady(coach);
});

story('A new employer is added on the spot, and is then in the register', async (given) => {
  const coach = await inList(given, '/visits/new');
  await formReady(coach);
  const name = 'Kahvila Uusi Aamu';
  await field(coach).fill(`  ${name} `);
  await coach.page.getByRole('button', { name: `Lisää uusi: ${name}` }).tap();
  assert.equal(await coach.page.locator('[data-picked]').innerText(), name);
  await coach.page.getByText('Uusi', { exact: true }).waitFor();
  await saved(coach, name);
  const colleague = await register(given.product, given.product.of('coach', 1));
  assert.equal(await colleague.visits(await colleague.employer(name)), 1);
});

story('The list can be searched before and without the browser code', async (given) => {
  const coach = await given.arrive({ as: given.product.of('coach'), javaScriptEnabled: false });
  await coach.page.goto('/employers');
  await field(coach).fill('akerlund');
  await coach.page.getByRole('button', { name: 'Hae', exact: true }).tap();
  await rows(coach).filter({ hasText: NAME }).waitFor();
  assert.ok((await rows(coach).count()) <= 3);
});

story('Who is not signed in gets no list', async ({ product }) => {
  const page = await ask(product.origin, 'GET', '/employers');
  assert.deepEqual([page.status, page.headers.location], [303, '/sign-in']);
  const body = JSON.stringify({ ask: { employers: { text: '', municipality: null, mine: false, page: 0 } } });
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const stranger = await ask(product.origin, 'POST', '/api/ask', { headers, body });
  assert.equal(stranger.status, 401);
  assert.ok(!stranger.bytes.toString().includes('Oy'));
  const cookie = `__Host-rinnalla=${await product.session(product.of('coach'))}`;
  const known = await ask(product.origin, 'POST', '/api/ask', { headers: { ...headers, cookie }, body });
  assert.equal(known.status, 200);
  assert.ok(known.bytes.toString().includes('Oy'));
});

story('What is typed into the list’s search before the browser code has come is searched for', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  let come;
  const held = new Promise((resolve) => (come = resolve));
  await coach.page.route('**/*.wasm', (route) => held.then(() => route.continue()));
  await coach.page.goto('/employers', { waitUntil: 'commit' });
  await coach.page.getByRole('searchbox', { name: 'Hae työnantajaa' }).fill('konditori åkerlund');
  come();
  await coach.page.waitForURL(/q=konditori/);
  await coach.page.locator('a.list-row').filter({ hasText: 'Konditori Åkerlund Ab' }).waitFor();
  assert.equal(await coach.page.locator('a.list-row').count(), 1);
});

story('One search finds a client by name, tells the alias, and going back finds what was found', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/clients');
  await coach.page.locator('.board a.list-row').first().tap();
  await coach.page.getByText('Nimi', { exact: true }).waitFor();
  const alias = await coach.page.locator('h1').textContent();
  const name = (await coach.page.locator('dd strong').first().textContent()).split(',')[0];
  await coach.open('/');
  await coach.page.locator('.foot').getByRole('link', { name: 'Hae', exact: true }).tap();
  const asked = coach.page.getByRole('searchbox', { name: 'Mitä etsit?' });
  await asked.fill(name.toUpperCase());
  await coach.page.getByRole('button', { name: 'Hae', exact: true }).tap();
  const hit = coach.page.locator('#clients a.list-row').first();
  await hit.waitFor();
  await coach.alive();
  assert.ok((await hit.innerText()).includes(alias));
  assert.ok(!(await coach.page.locator('#clients').innerText()).includes(name), 'the name stands on the client’s page only');
  assert.ok(!decodeURIComponent(coach.page.url()).toUpperCase().includes(name.split(' ')[0].toUpperCase()));
  assert.ok(!(await coach.page.title()).includes(name));
  await hit.tap();
  await coach.page.getByRole('heading', { level: 1, name: alias }).waitFor();
  await coach.page.goBack();
  await hit.waitFor();
  assert.equal(await asked.inputValue(), name.toUpperCase(), 'nothing typed is lost');
});
