// The register in full: what a coach does at the desk with an employer.

import assert from 'node:assert/strict';
import { employerId, formReady } from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const NAME = 'Konditori Åkerlund Ab';

async function at({ product, arrive }, name = NAME) {
  const coach = await arrive({ as: product.of('coach') });
  const id = await employerId(coach, name);
  await coach.open(`/employers/${id}`);
  return { coach, id };
}

story('The list says by a word how long each employer has been silent, and the rule on tap', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/employers?sort=silent');
  const first = coach.page.locator('a.list-row').first();
  assert.match(await first.innerText(), /Hiljaa|Hiljenee|Tuore|Ei vielä|tava/i);
  await coach.page.getByText('Mitä väri kertoo').click();
  await coach.page.getByText(/Alle 60 päivää: tuore/).waitFor();
});

story('Filters are chosen, saved under a name, opened and dropped', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/employers');
  await coach.page.getByRole('link', { name: 'Rajaa ja järjestä' }).click();
  await coach.page.getByLabel('Hiljaisuus').selectOption('silent');
  await coach.page.getByLabel('Järjestys').selectOption('place');
  await coach.page.getByRole('button', { name: 'Näytä', exact: true }).click();
  await coach.page.waitForURL(/silent=silent/);
  await coach.page.getByRole('link', { name: 'Rajaa ja järjestä' }).click();
  await coach.page.getByLabel('Näkymän nimi').fill('Hiljaiset kunnittain');
  await coach.page.getByRole('button', { name: 'Tallenna nämä rajaukset' }).click();
  await coach.page.getByRole('link', { name: 'Hiljaiset kunnittain' }).waitFor();
  await coach.open('/employers');
  await coach.page.getByRole('link', { name: 'Hiljaiset kunnittain' }).click();
  await coach.page.waitForURL(/silent=silent.*sort=place/);
  await coach.open('/employers/filters');
  await coach.page.getByRole('button', { name: 'Poista: Hiljaiset kunnittain' }).click();
  await coach.page.getByText('Omat näkymät').waitFor();
  assert.equal(await coach.page.getByRole('link', { name: 'Hiljaiset kunnittain' }).count(), 0);
});

story('Facts are edited; what was wrong is said, and what was typed stays', async (given) => {
  const { coach } = await at(given);
  coach.expects(/status of 422/);
  await coach.page.getByRole('link', { name: 'Muuta tietoja' }).click();
  await coach.page.getByLabel('Postinumero').fill('7011');
  await coach.page.getByLabel('Katuosoite').fill('Torikatu 8');
  await coach.page.getByRole('button', { name: 'Tallenna' }).click();
  await coach.page.getByRole('alert').getByText('Postinumerossa on viisi numeroa.').waitFor();
  assert.equal(await coach.page.getByLabel('Katuosoite').inputValue(), 'Torikatu 8');
  await coach.page.getByLabel('Postinumero').fill('70110');
  await coach.page.getByRole('button', { name: 'Tallenna' }).click();
  await coach.page.getByText(/Torikatu 8, 70110/).waitFor();
  await coach.page.getByRole('link', { name: 'Muutokset' }).click();
  await coach.page.getByText('Tietoja muutettu').waitFor();
});

story('Do-not-contact is seen on the page, and lifted again', async (given) => {
  const { coach, id } = await at(given);
  await coach.open(`/employers/${id}/do-not-contact`);
  await coach.page.getByLabel('Syy').fill('Toivovat taukoa');
  await coach.page.getByRole('button', { name: 'Merkitse' }).click();
  await coach.page.getByRole('status').getByText('Toivovat taukoa').waitFor();
  await coach.open(`/employers/${id}/do-not-contact`);
  await coach.page.getByRole('button', { name: 'Yhteyttä saa taas ottaa' }).click();
  await coach.page.getByRole('heading', { level: 1, name: NAME }).waitFor();
  assert.equal(await coach.page.getByText('Toivovat taukoa').count(), 0);
});

story('Two employers are merged and parted again', async (given) => {
  const { coach, id } = await at(given);
  await coach.open('/employers');
  const other = coach.page.locator('a.list-row').first();
  const gone = (await other.getAttribute('href')).split('/').pop();
  const name = await other.locator('.row-title').innerText();
  await coach.open(`/employers/${id}/merge/${gone}`);
  await coach.page.getByRole('button', { name: 'Yhdistä' }).click();
  await coach.page.getByText('Yhdistetty', { exact: true }).first().waitFor();
  await coach.open(`/employers/${gone}`);
  await coach.page.getByRole('heading', { level: 1, name: NAME }).waitFor();
  await coach.open(`/employers/${id}/history`);
  await coach.page.getByRole('button', { name: 'Kumoa yhdistäminen' }).first().click();
  await coach.page.getByRole('heading', { level: 1, name }).waitFor();
});

story('The route of a day is a list by place with a way to log each visit', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/employers');
  await coach.page.getByRole('link', { name: 'Päivän reitti' }).click();
  await coach.page.getByLabel('Kunta').selectOption({ index: 1 });
  await coach.page.getByRole('button', { name: 'Näytä' }).click();
  await coach.page.waitForURL(/municipality=/);
  assert.ok((await coach.page.getByRole('link', { name: 'Kirjaa käynti' }).count()) > 0);
});

story('A client’s name or an illness is caught while it is typed, before anything is saved', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  coach.expects(/status of 422/);
  const { page } = coach;
  await coach.open('/clients');
  await page.locator('.board a.list-row').first().tap();
  const name = await page.locator('dd strong').first().innerText();
  const [named, ill] = [/Tekstissä on asiakkaan nimi/, /Tekstissä on sairauden nimi/];

  await coach.open(`/employers/${await employerId(coach, NAME)}/edit`);
  const note = page.locator('#note');
  await note.fill(`Sovittiin, että ${name} tulee maanantaina`);
  await page.getByRole('alert').getByText(named).waitFor();
  await note.fill('Sairastaa masennusta');
  await page.getByRole('alert').getByText(ill).waitFor();
  await note.fill('Soita keittiöön ennen kymmentä');
  await until(async () => !(await page.getByText(ill).isVisible()), 'nothing is said of fine words');
  await note.fill(`${name} aloittaa`);
  await page.getByRole('button', { name: 'Tallenna', exact: true }).tap();
  await page.getByRole('alert').getByText(named).waitFor();
  assert.equal(await note.inputValue(), `${name} aloittaa`, 'what was typed is still there');

  await coach.open('/visits/new?fresh=1');
  await formReady(coach);
  const words = page.getByLabel('Mitä sovittiin');
  // As a person types, at the first touch of a page whose module is still on its way.
  await words.pressSequentially(`${name} tuli mukaan`, { delay: 25 });
  await page.getByRole('alert').getByText(named).waitFor();
  assert.equal(await words.inputValue(), `${name} tuli mukaan`);
});
