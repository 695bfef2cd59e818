// Without any browser code: signing in, searching, logging and amending a visit, and taking it back.

import assert from 'node:assert/strict';
import { stories } from './lib/story.mjs';

const story = stories();
const NAME = 'Konditori Åkerlund Ab';

story('A visit is logged, amended and taken back by plain forms alone', async ({ product, arrive }) => {
  const coach = await arrive({ script: false });
  coach.expects(/status of 422/);
  const { page } = coach;
  const person = product.of('coach');
  await page.goto('/sign-in');
  await page.getByLabel('Käyttäjätunnus').fill(person.sign_in_name);
  await page.getByLabel('Salasana').fill(product.password);
  await page.getByRole('button', { name: 'Kirjaudu sisään' }).click();
  assert.equal(await coach.heading().innerText(), 'Tänään');

  await page.goto('/employers');
  await page.getByRole('searchbox', { name: 'Hae työnantajaa' }).fill('akerlund');
  await page.getByRole('button', { name: 'Hae', exact: true }).click();
  await page.getByRole('link', { name: new RegExp(NAME) }).click();
  assert.equal(await coach.heading().innerText(), NAME);

  await page.getByRole('link', { name: 'Kirjaa', exact: true }).click();
  await page.getByLabel('Mitä sovittiin').fill('Kahvilla oli hiljaista.');
  await page.getByRole('searchbox', { name: 'Hae työnantajaa' }).fill('konditori akerlnd');
  await page.getByRole('button', { name: 'Hae', exact: true }).click();
  assert.equal(await page.getByLabel('Mitä sovittiin').inputValue(), 'Kahvilla oli hiljaista.', 'nothing typed is lost');
  await page.locator('.picker-option').filter({ hasText: NAME }).first().click();
  assert.equal(await page.locator('[data-picked]').innerText(), NAME);
  await page.getByLabel('Kesto minuutteina').fill('0');
  await page.locator('.save-bar button').click();
  assert.match(await page.locator('#errors').innerText(), /Anna kesto minuutteina/);
  await page.getByLabel('Kesto minuutteina').fill('35');
  await page.locator('.save-bar button').click();
  await page.getByText('Käynti on perillä.').waitFor();
  assert.match(await page.locator('main').innerText(), /Kahvilla oli hiljaista\./);

  await page.getByRole('link', { name: 'Muokkaa' }).click();
  await page.getByLabel('Mitä sovittiin').fill('Kahvilla oli vilkasta.');
  await page.locator('.save-bar button').click();
  const text = await page.locator('main').innerText();
  assert.match(text, /Kahvilla oli vilkasta\.[^]*Aiemmin kirjattu[^]*Kahvilla oli hiljaista\./, 'both are shown');

  await page.getByRole('button', { name: 'Peru käynti' }).click();
  await page.getByText('Käynti on kumottu.').waitFor();
  await page.getByRole('button', { name: 'Palauta käynti' }).click();
  assert.equal(await page.getByText('Käynti on kumottu.').count(), 0);
});
