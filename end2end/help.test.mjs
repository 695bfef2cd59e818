// Help: at the same place on every page, for the task at hand, and for whoever can't sign in.

import assert from 'node:assert/strict';
import { stories } from './lib/story.mjs';

const story = stories();

story('Help stands at the end of every page and leads to the task at hand', async ({ product, arrive }) => {
  const coach = await arrive({ as: product.of('coach') });
  const tasks = { '/': 'next-steps', '/employers': 'find-an-employer', '/visits/new': 'log-a-visit', '/more': '', '/visits': '' };
  for (const [where, task] of Object.entries(tasks)) {
    await coach.open(where);
    const [link, statement] = await coach.page.locator('main').getByRole('link').all().then((links) => links.slice(-2));
    assert.equal(await link.innerText(), 'Apua', where);
    assert.equal(await link.getAttribute('href'), task ? `/help/${task}` : '/help', where);
    assert.equal(await statement.innerText(), 'Saavutettavuus', where);
    assert.equal(await statement.getAttribute('href'), '/saavutettavuus', where);
  }
  await coach.open('/visits/new');
  await coach.page.getByRole('link', { name: 'Apua' }).tap();
  await coach.page.getByRole('heading', { level: 1, name: 'Kirjaa käynti' }).waitFor();
  assert.match(await coach.page.locator('main').innerText(), /”Tallenna käynti”/);
});

story('Who cannot sign in gets help', async ({ arrive }) => {
  const visitor = await arrive();
  await visitor.open('/sign-in');
  await visitor.page.getByRole('link', { name: 'Apua' }).tap();
  await visitor.page.getByText('Salasana on hukassa').waitFor();
});
