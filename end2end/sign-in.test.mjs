// Getting in, getting out, and who may see what.

import assert from 'node:assert/strict';
import { acceptInvitation, formReady, newcomer, onToday, signIn } from './lib/acts.mjs';
import { until } from './lib/browser.mjs';
import { ask, postForm } from './lib/product.mjs';
import { stories } from './lib/story.mjs';

const story = stories();
const FAILED = /^Tunnus tai salasana on väärin, tai yrityksiä on ollut liikaa\./;
const ANSWERED_422 = /status of 422/;

const error = (visitor) => visitor.page.getByRole('alert');
const heading = (visitor, name) => visitor.page.getByRole('heading', { level: 1, name });
const atSignIn = (visitor) => visitor.page.getByRole('button', { name: 'Kirjaudu sisään' }).waitFor();

story('A coach signs in by name and password', async ({ product, arrive }) => {
  const coach = await arrive();
  await coach.open('/');
  await atSignIn(coach);
  await signIn(coach, `  ${product.of('coach').sign_in_name.toUpperCase()} `, product.password);
  await onToday(coach);
});

story('A wrong password is said in words, the name stays, and an unknown name reads the same', async ({ product, arrive }) => {
  const coach = await arrive();
  coach.expects(ANSWERED_422);
  const name = product.of('coach').sign_in_name;
  await signIn(coach, name, 'aivan väärä sana');
  const wrong = await error(coach).innerText();
  assert.match(wrong, FAILED);
  assert.equal(await coach.page.getByLabel('Käyttäjätunnus').inputValue(), name);
  assert.equal(await coach.page.getByLabel('Salasana').inputValue(), '');

  await signIn(coach, 'ei.ketaan', 'aivan väärä sana');
  await until(async () => (await coach.page.getByLabel('Käyttäjätunnus').inputValue()) === 'ei.ketaan', 'the answer has come');
  assert.equal(await error(coach).innerText(), wrong);

  await coach.page.getByLabel('Käyttäjätunnus').fill(name);
  await coach.page.getByLabel('Salasana').fill(product.password);
  await coach.page.getByRole('button', { name: 'Kirjaudu sisään' }).tap();
  await onToday(coach);
});

story('Signing in works without the browser code', async ({ product, arrive }) => {
  const coach = await arrive({ javaScriptEnabled: false });
  await coach.page.goto('/sign-in');
  await coach.page.getByLabel('Käyttäjätunnus').fill(product.of('coach').sign_in_name);
  await coach.page.getByLabel('Salasana').fill(product.password);
  await coach.page.getByRole('button', { name: 'Kirjaudu sisään' }).tap();
  await onToday(coach);
});

story('Signing out ends the session', async ({ product, arrive }) => {
  const coach = await arrive();
  await signIn(coach, product.of('coach').sign_in_name, product.password);
  await onToday(coach);
  const [cookie] = (await coach.context.cookies()).filter(({ name }) => name === '__Host-rinnalla');
  await coach.open('/more');
  await coach.page.getByRole('button', { name: 'Kirjaudu ulos', exact: true }).tap();
  await atSignIn(coach);
  await coach.page.goto('/');
  await atSignIn(coach);
  const stolen = await ask(product.origin, 'GET', '/', { headers: { cookie: `__Host-rinnalla=${cookie.value}` } });
  assert.equal(stolen.status, 303, 'the old cookie is worth nothing');
});

story('Signing out everywhere ends the other browser’s session', async ({ product, arrive }) => {
  const name = product.of('coach', 1).sign_in_name;
  const [phone, desk] = [await arrive(), await arrive({ device: 'desk' })];
  for (const visitor of [phone, desk]) {
    await signIn(visitor, name, product.password);
    await onToday(visitor);
  }
  await desk.alive();
  await phone.open('/more');
  await phone.page.getByRole('button', { name: 'Kirjaudu ulos kaikkialta' }).tap();
  await atSignIn(phone);

  desk.expects(/status of 401/);
  await desk.page.getByRole('link', { name: 'Työnantajat' }).click();
  await desk.page.getByText('Kirjautumisesi on päättynyt. Kirjaudu sisään uudelleen.').waitFor();
  await desk.page.locator('main').getByRole('link', { name: 'Kirjaudu sisään' }).click();
  await atSignIn(desk);
});

story('One of my sign-ins is ended from another', async ({ product, arrive }) => {
  const name = product.of('lead').sign_in_name;
  const [phone, desk] = [await arrive(), await arrive({ device: 'desk' })];
  for (const visitor of [phone, desk]) {
    await signIn(visitor, name, product.password);
    await onToday(visitor);
  }
  await phone.open('/more');
  await phone.page.getByText('Tämä laite', { exact: true }).waitFor();
  const end = phone.page.getByRole('button', { name: /^Kirjaudu ulos: Chrome/ });
  await end.first().tap();
  await end.first().waitFor({ state: 'detached' });
  await desk.page.reload();
  await atSignIn(desk);
  await phone.page.reload();
  await heading(phone, 'Lisää').waitFor();
});

story('After repeated wrong tries the right password does not help either', async ({ product, arrive }) => {
  const name = product.of('referrer', 1).sign_in_name;
  for (let tries = 0; tries < 6; tries += 1) {
    const answer = await postForm(product.origin, '/sign-in', { name, password: `arvaus numero ${tries}` });
    assert.equal(answer.status, 422);
  }
  const person = await arrive();
  person.expects(ANSWERED_422);
  await signIn(person, name, product.password);
  await until(async () => FAILED.test(await error(person).innerText()), 'the sign-in is refused');
  assert.match(await error(person).innerText(), /odota 15 minuuttia/);
  const other = await arrive();
  await signIn(other, product.of('coach').sign_in_name, product.password);
  await onToday(other);
});

story('A weak password is refused in words, and a good one lets in', async ({ product, arrive }) => {
  const { link, name } = await newcomer(product, 'Maija Aho');
  const visitor = await arrive();
  visitor.expects(ANSWERED_422);
  await visitor.open(link);
  await heading(visitor, `Tervetuloa, ${name}`).waitFor();
  await visitor.page.getByText('Käyttäjätunnuksesi on maija.aho.').waitFor();
  const attempts = [
    ['lyhyt', 'lyhyt', 'Salasana on liian lyhyt. Kirjoita vähintään 12 merkkiä.'],
    ['maija.aho.maija', 'maija.aho.maija', 'Salasana on helppo arvata. Keksi muutama sana, joita kukaan ei yhdistä sinuun.'],
    ['vihreä talo mäellä', 'vihreä talo mäessä', 'Salasanat eivät ole samat. Kirjoita molemmat uudelleen.'],
  ];
  for (const [password, again, said] of attempts) {
    await visitor.page.getByLabel('Uusi salasana').fill(password);
    await visitor.page.getByLabel('Salasana uudelleen').fill(again);
    await visitor.page.getByRole('button', { name: 'Ota salasana käyttöön' }).tap();
    await visitor.page.locator('#password-error').getByText(said).waitFor();
    await visitor.alive();
  }
  await acceptInvitation(visitor, link, 'vihreä talo mäellä');
});

story('A link works once; who comes later reads that it was used', async ({ product, arrive }) => {
  const { link } = await newcomer(product, 'Sanna Kivi');
  await acceptInvitation(await arrive(), link, 'keltainen pyörä ja lampi');
  const second = await arrive();
  second.expects(/status of 404/);
  await second.open(link);
  await heading(second, 'Kutsu Rinnallaan').waitFor();
  await second.page.getByText('Linkki on käytetty tai vanhentunut.').waitFor();
  assert.equal(await second.page.getByLabel('Uusi salasana').count(), 0);
  await second.page.getByRole('link', { name: 'Kirjaudu sisään' }).tap();
  await atSignIn(second);

  const guess = await postForm(product.origin, new URL(link).pathname, { password: 'punainen lamppu ja sade', again: 'punainen lamppu ja sade' });
  assert.ok(![...(guess.headers['set-cookie'] ?? [])].some((line) => line.startsWith('__Host-rinnalla=')), 'no session for a used link');
});

story('A lead sees the people of the unit and makes a link that works', async ({ product, arrive }) => {
  const { link: first } = await newcomer(product, 'Ville Harju');
  const lead = await arrive({ as: product.of('lead'), device: 'desk' });
  await lead.open('/more');
  await lead.page.getByRole('link', { name: 'Yksikön väki' }).click();
  await heading(lead, 'Yksikön väki').waitFor();
  const row = lead.page.getByRole('row', { name: /^Ville Harju/ });
  await row.getByText('Kutsuttu').waitFor();
  await row.getByRole('button', { name: 'Tee kutsulinkki: Ville Harju' }).click();
  await lead.page.getByText('Kutsulinkki on valmis: Ville Harju').waitFor();
  const link = await lead.page.getByLabel('Linkki', { exact: true }).inputValue();
  assert.ok(link.startsWith(`${product.origin}/invitation/`), link);
  assert.notEqual(link, first);

  const old = await arrive();
  old.expects(/status of 404/);
  await old.open(first);
  await old.page.getByText('Linkki on käytetty tai vanhentunut.').waitFor();

  const invited = await arrive();
  await acceptInvitation(invited, link, 'oranssi vene ja tuuli');
  await lead.open('/people');
  await row.getByText('Käytössä').waitFor();
  assert.equal(await lead.page.getByLabel('Linkki', { exact: true }).count(), 0, 'the link is shown once');
});

story('A coach does not see the people’s page', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  await coach.open('/more');
  assert.equal(await coach.page.getByRole('link', { name: 'Yksikön väki' }).count(), 0);
  coach.expects(/status of 404/);
  await coach.open('/people');
  await coach.page.getByText('Sivua ei ole, tai se ei näy sinulle.').waitFor();
  const text = await coach.text();
  assert.ok(!text.includes(product.of('lead').name), text);
  const cookie = `__Host-rinnalla=${await product.session(product.of('coach'))}`;
  const person = '00000000-0000-0000-0000-000000000001';
  const answer = await postForm(product.origin, '/people/invite', { person }, { cookie });
  assert.equal(answer.status, 404);
});

story('An administrator gets a first page of their own', async ({ product, arrive }) => {
  const person = await arrive({ as: product.of('admin') });
  const response = await person.open('/');
  assert.equal(response.status(), 200);
  await onToday(person);
  await person.page.getByText('Tunnuksellasi ei kirjata käyntejä.').waitFor();
  assert.equal(await person.page.locator('main').getByRole('link', { name: 'Yksikön väki' }).count(), 1);
});

story('A referrer’s first page are the team’s memos', async ({ product, arrive }) => {
  const person = await arrive({ as: product.of('referrer') });
  const response = await person.open('/');
  assert.equal(response.status(), 200);
  assert.equal(new URL(person.page.url()).pathname, '/referrals');
  await heading(person, 'Lähetteet').waitFor();
});

for (const role of ['coach', 'lead', 'admin', 'referrer']) {
  story(`The menu leads ${role === 'admin' ? 'an' : 'a'} ${role} to pages that they can see`, async ({ product, arrive }) => {
    const person = await arrive({ as: product.of(role), device: 'desk' });
    person.expects(/status of 404/);
    await person.open('/');
    const links = await person.page.locator('nav.bar a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    const closed = [];
    for (const where of new Set(links)) {
      const answer = await ask(product.origin, 'GET', where, { headers: { cookie: `__Host-rinnalla=${await product.session(product.of(role))}` } });
      const led = answer.status === 303 && answer.headers.location === '/referrals';
      if (answer.status !== 200 && !led) closed.push(`${where}: ${answer.status}`);
    }
    assert.deepEqual(closed, []);
  });
}

story('A page that is not there says so and leads back', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  coach.expects(/status of 404/);
  const response = await coach.open('/ei-tallaista');
  assert.equal(response.status(), 404);
  await heading(coach, 'Sivua ei voi näyttää').waitFor();
  await coach.page.getByRole('link', { name: 'Takaisin alkuun' }).tap();
  await onToday(coach);
  await coach.open('/visits/new');
  await formReady(coach);
});
