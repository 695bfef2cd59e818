// What a coach can read where there is no network: the card of the day, for a day and under a number, and the register's names,
// places, silence and owner. Nothing else (shared/domain/security.md §3.3).

import assert from 'node:assert/strict';
import { day, formReady, onToday, pickEmployer, saved } from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { inShell, prepared } from './lib/offline.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const NAME = 'Konditori Åkerlund Ab';
const STEP = 'Vie esite keittiöön';
const PIN = '604713';

const pin = (coach) => coach.page.getByLabel('Numero, jolla kortti aukeaa');
const press = (coach, name) => coach.page.getByRole('button', { name, exact: true }).tap();
const stop = (coach, text) => coach.page.getByRole('listitem').filter({ hasText: text });

/** Everything that the phone keeps for reading, as text. */
function kept(coach) {
  return coach.page.evaluate(
    () =>
      new Promise((done) => {
        const request = indexedDB.open('rinnalla-outbox', 1);
        request.onsuccess = () => {
          const card = request.result.transaction('phone').objectStore('phone').get('card');
          card.onsuccess = () => done(card.result && JSON.stringify(card.result));
        };
      }),
  );
}

/** A coach with something to do today, and the card of it on the phone. */
async function withCard(given) {
  const { visitor: coach, wire } = await prepared(given);
  await pickEmployer(coach, NAME, 'åker');
  await coach.page.getByLabel('Mitä sovittiin').fill('Sovittiin esitteestä.');
  await coach.page.getByLabel('Seuraava askel').fill(STEP);
  await coach.page.locator('input[name=next_on]').fill(day());
  await saved(coach, NAME);
  await coach.page.getByText('Päivän kortti', { exact: true }).click();
  await pin(coach).fill('111111');
  await press(coach, 'Ota mukaan');
  await coach.page.getByRole('alert').getByText('Anna kuusi numeroa, jotka eivät ole samoja eivätkä peräkkäisiä.').waitFor();
  assert.equal(await kept(coach), undefined, 'nothing is kept under a number that everybody tries');
  await pin(coach).fill(PIN);
  await press(coach, 'Ota mukaan');
  await coach.page.getByText(/^Kortti on mukana .*asti\.$/).waitFor();
  return { coach, wire };
}

async function withoutNetwork({ coach, wire }) {
  await wire.cut();
  await coach.page.goto('/');
  await inShell(coach);
  await coach.page.getByRole('heading', { level: 2, name: 'Päivän kortti' }).waitFor();
}

story('The card of the day opens with its number in a place without a network, and a visit begins at a stop of it', async (given) => {
  const { coach, wire } = await withCard(given);
  const locked = await kept(coach);
  for (const word of [NAME, STEP, 'esite', PIN]) assert.ok(!locked.includes(word), `${word} can be read on the phone`);
  await withoutNetwork({ coach, wire });
  assert.equal(await stop(coach, NAME).count(), 0, 'it is closed');
  await pin(coach).fill(PIN);
  await press(coach, 'Avaa kortti');
  const here = stop(coach, STEP);
  await here.getByText(NAME, { exact: true }).waitFor();
  await here.getByText('Tänään', { exact: true }).waitFor();
  await here.getByRole('button', { name: `Tehty: ${STEP}` }).tap();
  await here.getByRole('link', { name: 'Kirjaa käynti' }).tap();
  await coach.page.locator('[data-picked]').filter({ hasText: NAME }).waitFor();
  await wire.mend();
  await coach.page.goto('/sync');
  await coach.page.getByRole('button', { name: 'Lähetä nyt' }).tap();
  await coach.page.getByText('Kaikki lähetetty. Palvelin vahvisti viimeksi').waitFor();
  await coach.open('/');
  await onToday(coach);
  assert.equal(await coach.page.getByText(STEP, { exact: true }).count(), 0, 'what was done without a network is done');
});

story('Five wrong numbers and the card is gone; a killed page gives no more tries', async (given) => {
  const { coach, wire } = await withCard(given);
  await withoutNetwork({ coach, wire });
  for (const left of ['4 yritystä', '3 yritystä', '2 yritystä', 'Yksi yritys']) {
    await pin(coach).fill('918273');
    await press(coach, 'Avaa kortti');
    await coach.page.getByRole('alert').getByText(`Väärä numero. ${left} jäljellä.`).waitFor();
    if (left === '3 yritystä') await withoutNetwork({ coach, wire });
  }
  await pin(coach).fill('918273');
  await press(coach, 'Avaa kortti');
  await coach.page.getByText('Kortti poistettiin, koska numero oli väärä viisi kertaa.').waitFor();
  assert.equal(await kept(coach), undefined);
  await withoutNetwork({ coach, wire });
  await coach.page.getByText('Päivän kortti ei ole mukana tässä puhelimessa.').waitFor();
});

story('The card is gone after a day, and when its owner removes it', async (given) => {
  const { coach, wire } = await withCard(given);
  await press(coach, 'Poista kortti');
  await coach.page.getByText('Kortti on poistettu tästä puhelimesta.').waitFor();
  assert.equal(await kept(coach), undefined);
  await pin(coach).fill(PIN);
  await press(coach, 'Ota mukaan');
  await coach.page.getByText(/^Kortti on mukana .*asti\.$/).waitFor();
  await coach.page.clock.install({ time: Date.now() + 25 * 3_600_000 });
  await withoutNetwork({ coach, wire });
  await coach.page.getByText('Päivän kortti ei ole mukana tässä puhelimessa.').waitFor();
  assert.equal(await kept(coach), undefined);
});

story('Without a network the register is searched on the phone, and a visit begins at an employer', async (given) => {
  const { visitor: coach, wire } = await prepared(given);
  await wire.cut();
  await coach.page.goto('/employers');
  await inShell(coach);
  await coach.page.getByText('Ei verkkoa. Tässä on, mitä tämä puhelin tietää työpaikoista.').waitFor();
  await coach.page.getByRole('searchbox').fill('åkerl');
  const row = coach.page.locator('a.list-row').filter({ hasText: NAME });
  const names = coach.page.locator('a.list-row .row-title');
  await until(async () => (await names.count()) < 20 && (await names.first().textContent()) === NAME, 'the search narrows the list');
  // Its place and who takes care of it, and how long it has been silent, as its page says them online.
  assert.match(await row.locator('.row-sub').textContent(), /\p{L}+ · \p{L}+ \p{L}+/u);
  assert.match(await row.locator('.row-end').textContent(), /\p{L}/u);
  await row.tap();
  await formReady(coach);
  await coach.page.locator('[data-picked]').filter({ hasText: NAME }).waitFor();
});

// The last one: it ends the sign-in that the others use.
story('Whoever signs out takes the card off the phone', async (given) => {
  const { coach } = await withCard(given);
  await coach.open('/more');
  await coach.page.getByRole('button', { name: 'Kirjaudu ulos', exact: true }).first().tap();
  await coach.page.getByRole('button', { name: 'Kirjaudu sisään' }).waitFor();
  await until(async () => (await kept(coach)) === undefined, 'the card is gone');
});
