// The tests' own eyes: a page that breaks a rule must make its test fail.

import assert from 'node:assert/strict';
import { until } from './lib/browser.mjs';
import { stories } from './lib/story.mjs';

const story = stories();

/** Lets a page do wrong, and gives what was noticed; it is then no failure of this test. */
async function noticed(visitor, wrong) {
  await visitor.open('/sign-in');
  await visitor.page.evaluate(wrong);
  const problems = await until(() => visitor.problems().length > 0 && visitor.problems(), 'the fault is noticed');
  visitor.expects(/./);
  return problems.join('\n');
}

story('A style inside a page is stopped by the policy, and the test sees it', async ({ arrive }) => {
  const colour = () => document.querySelector('h1').setAttribute('style', 'color: red');
  assert.match(await noticed(await arrive(), colour), /Content Security Policy directive 'style-src/);
});

story('A script inside a page is stopped by the policy, and the test sees it', async ({ arrive }) => {
  const visitor = await arrive();
  const seen = await noticed(visitor, () => {
    try {
      document.body.insertAdjacentHTML('beforeend', '<button onclick="window.ran = true"></button>');
      document.body.lastElementChild.click();
    } catch (error) {
      console.error(error.message);
    }
  });
  assert.match(seen, /Content Security Policy directive|requires 'TrustedHTML'/);
  assert.equal(await visitor.page.evaluate(() => window.ran), undefined);
});

story('An error in the console makes a test fail', async ({ arrive }) => {
  assert.match(await noticed(await arrive(), () => console.error('wrong')), /console error: wrong/);
});

story('An error that nobody caught makes a test fail', async ({ arrive }) => {
  const fault = () => void setTimeout(() => { throw new Error('uncaught'); });
  assert.match(await noticed(await arrive(), fault), /page error: Error: uncaught/);
});

story('A request to another origin makes a test fail', async ({ arrive }) => {
  const visitor = await arrive();
  await visitor.page.goto('http://127.0.0.1:9/').catch(() => undefined);
  assert.match(visitor.problems().join(), /request to another origin: http:\/\/127\.0\.0\.1:9\//);
  visitor.expects(/another origin/);
});
