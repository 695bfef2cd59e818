// What was typed is there again: after a reload, going back, a killed tab, signing out (shared/domain/ux.md, row 10).

import assert from 'node:assert/strict';
import { formReady, onToday, pickEmployer, save, saved, signIn } from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const NAME = 'Konditori Åkerlund Ab';
const WORDS = 'Sovittiin, että palaan asiaan';

const words = (coach) => coach.page.getByLabel('Mitä sovittiin');
const resumed = (coach) => coach.page.getByText('Jatkat kesken jäänyttä kirjausta.');

/** A newcomer with something typed, and nothing of it saved. */
async function halfDone({ product, arrive }, at) {
  const coach = await arrive({ as: product.of('coach', at) });
  await coach.open('/visits/new?fresh=1');
  await formReady(coach);
  const kept = coach.page.waitForResponse((answer) => answer.url().endsWith('/visits/draft') && answer.status() === 204);
  await pickEmployer(coach, NAME, 'åkerl');
  await words(coach).fill(WORDS);
  await kept;
  return coach;
}

/** The draft is told apart from an empty form once it has come back whole. */
async function isThere(coach) {
  await resumed(coach).waitFor();
  await until(async () => (await words(coach).inputValue()) === WORDS, 'the words are there');
  assert.equal(await coach.page.locator('[data-picked]').innerText(), NAME);
}

/** Waits until the server has the words: a second at most after the last touch. */
async function onTheServer(coach) {
  await until(async () => {
    const page = await coach.context.request.get(`${coach.product.origin}/visits/new`);
    return (await page.text()).includes(WORDS);
  }, 'the draft is kept');
}

story('A draft survives a reload and a killed tab, and goes when its visit is saved', async (given) => {
  const coach = await halfDone(given, 0);
  await onTheServer(coach);
  await coach.page.reload();
  await coach.alive();
  await isThere(coach);
  await coach.page.close({ runBeforeUnload: false });
  coach.page = await coach.context.newPage();
  await coach.open('/visits/new');
  await isThere(coach);
  await saved(coach, NAME);
  await coach.open('/visits/new');
  await coach.page.locator('#summary').waitFor();
  assert.equal(await resumed(coach).count(), 0);
  assert.equal(await words(coach).inputValue(), '');
});

story('A draft survives going away and signing out; “Aloita uusi” leaves it to be gone on with', async (given) => {
  const coach = await halfDone(given, 1);
  await onTheServer(coach);
  await coach.page.getByRole('link', { name: 'Tänään', exact: true }).click();
  await onToday(coach);
  const person = given.product.of('coach', 1);
  await coach.open('/more');
  await coach.page.getByRole('button', { name: 'Kirjaudu ulos', exact: true }).first().click();
  await signIn(coach, person.sign_in_name, given.product.password);
  await onToday(coach);
  await coach.open('/visits/new');
  await isThere(coach);
  await coach.page.getByRole('link', { name: 'Aloita uusi' }).click();
  await until(async () => (await words(coach).inputValue()) === '', 'the form is empty');
  await coach.page.getByText('Kesken jääneet (1)').click();
  await coach.page.getByRole('link', { name: new RegExp(NAME) }).click();
  await isThere(coach);
  assert.ok(await save(coach).isEnabled());
});
