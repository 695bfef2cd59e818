// A lead names somebody who stands in; a coach reads a client of another unit with a written reason, and the
// lead looks into it; an administrator adds a person. All of it without browser code.

import assert from 'node:assert/strict';
import { day } from './lib/acts.mjs';
import { DESK, PHONE } from './lib/browser.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const REASON = 'Työpari sairastui, ja asiakas odottaa tapaamista tänään.';

story('A lead names a substitute, ends it at once, and takes the ending back', async ({ product, arrive }) => {
  const lead = await arrive({ as: product.of('lead') });
  const { page } = lead;
  await lead.open('/people');
  await page.getByRole('link', { name: 'Sijaiset' }).click();
  await page.getByText('Ketään ei sijaisteta nyt').waitFor();
  await page.getByLabel('Kenelle').selectOption({ index: 1 });
  await page.getByLabel('Kuka sijaistaa').selectOption({ index: 3 });
  await page.getByLabel('Viimeinen päivä').fill(day(7));
  await page.getByRole('button', { name: 'Nimeä sijainen' }).click();
  await page.getByText('Sijainen on nimetty.').waitFor();
  await page.getByRole('heading', { name: 'Nyt' }).waitFor();
  await page.getByRole('button', { name: /^Päätä heti/ }).click();
  await page.getByText('Sijaisuus on päätetty.').waitFor();
  await page.getByRole('button', { name: 'Kumoa' }).click();
  await page.getByRole('heading', { name: 'Nyt' }).waitFor();
});

story('A client of another unit is read with a written reason; whether there is one is not said', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  coach.expects(/status of 422/);
  const { page } = coach;
  await coach.open('/break-glass');
  await page.getByLabel('Asiakkaan peitenimi tai tunnus').fill('EI-OLE-1');
  await page.getByLabel('Miksi sinun on luettava tiedot').fill('kiire');
  await page.getByLabel('Oma salasanasi uudelleen').fill(product.password);
  await page.getByRole('button', { name: 'Avaa tunniksi' }).click();
  await page.getByRole('link', { name: 'Kirjoita syy, vähintään 20 kirjainta.' }).waitFor();
  await page.getByLabel('Miksi sinun on luettava tiedot').fill(REASON);
  await page.getByLabel('Oma salasanasi uudelleen').fill(product.password);
  await page.getByRole('button', { name: 'Avaa tunniksi' }).click();
  await page.getByText('Jos tällainen asiakas on').waitFor();
  await page.getByRole('link', { name: 'Katso, mitä voit lukea nyt' }).click();
  await page.getByText('Et lue nyt ketään').waitFor();
});

story('An administrator adds a person with a post, and sees what was changed', async ({ product, arrive }) => {
  const admin = await arrive({ as: product.of('admin') });
  const { page } = admin;
  await admin.open('/organisation');
  await page.getByRole('link', { name: 'Uusi henkilö' }).click();
  await page.getByLabel('Nimi').fill('Aino Ensikertainen');
  await page.getByRole('button', { name: 'Tallenna' }).click();
  await page.getByText('Tarkista ehdotus').waitFor();
  assert.equal(await page.getByLabel('Käyttäjätunnus').inputValue(), 'aino.ensikertainen');
  await page.getByRole('button', { name: 'Tallenna' }).click();
  await page.getByRole('heading', { name: 'Aino Ensikertainen' }).waitFor();
  await page.getByLabel('Rooli').selectOption({ label: 'työhönvalmentaja' });
  await page.getByLabel('Yksikkö tai hoitotiimi').selectOption({ index: 1 });
  await page.getByLabel('Oma salasanasi uudelleen').fill(product.password);
  await page.getByRole('button', { name: 'Lisää tehtävä' }).click();
  await page.getByText('Tallennettu.').waitFor();
  await page.getByRole('button', { name: 'Tee kutsulinkki' }).waitFor();
  await admin.open('/organisation/changes');
  await page.getByText('Uusi tehtävä').waitFor();
});

// Pictures to look at: RINNALLA_LOOK names a folder.
if (process.env.RINNALLA_LOOK) {
  story('Pictures', async ({ product, arrive }) => {
    for (const [role, where] of [
      ['lead', ['/people', '/people/substitutes', '/people/glass', '/people/alarms', '/organisation/changes']],
      ['coach', ['/break-glass', '/break-glass/open']],
      ['admin', ['/organisation', '/organisation/people/new', '/organisation/settings', '/organisation/units/new', '/people/glass']],
    ]) {
      const visitor = await arrive({ as: product.of(role) });
      for (const [name, viewport] of [['phone', PHONE], ['desk', DESK]]) {
        await visitor.page.setViewport?.(viewport);
        await visitor.page.setViewportSize?.(viewport);
        for (const to of where) {
          await visitor.open(to);
          const file = `${process.env.RINNALLA_LOOK}/${role}${to.replaceAll('/', '-')}-${name}.png`;
          await visitor.page.screenshot({ path: file, fullPage: true });
        }
      }
    }
  });
}
