// A test file: one product, one browser, and stories that each have windows of their own.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Visitor, launch } from './browser.mjs';
import { start } from './product.mjs';

const RESULTS = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../results');
const LONGEST = 120_000;

/** Starts a product for the tests of the file that calls; gives the way to write its stories. */
export function stories(options = {}) {
  const shared = {};
  before(async () => {
    shared.browser = await launch();
    shared.product = await start(options);
  });
  after(async () => {
    await shared.browser?.close();
    await shared.product?.stop();
  });
  return (name, tell, more = {}) =>
    test(name, { timeout: LONGEST, ...more }, async (t) => {
      const visitors = [];
      const { product, browser } = shared;
      const arrive = async (more) => {
        const visitor = await Visitor.arrive(browser, product, more);
        visitors.push(visitor);
        return visitor;
      };
      try {
        await tell({ product, arrive, t });
        const problems = visitors.flatMap((visitor) => visitor.problems());
        if (problems.length > 0) throw new Error(`the browser complained:\n${problems.map(shortened).join('\n')}`);
      } catch (error) {
        await keep(name, visitors);
        if (product.log()) t.diagnostic(`the server said: ${product.log().slice(-4000)}`);
        throw error;
      } finally {
        await Promise.all(visitors.map((visitor) => visitor.close()));
      }
    });
}

/** The beginning of a complaint. */
function shortened(problem) {
  return problem.split('\n').slice(0, 3).join('\n').slice(0, 400);
}

/** Pictures of what a failed test saw. */
async function keep(name, visitors) {
  mkdirSync(RESULTS, { recursive: true });
  const file = path.basename(process.argv[1] ?? 'test', '.test.mjs');
  const word = name.toLowerCase().replace(/[^a-zåäö0-9]+/g, '-').slice(0, 60);
  const pages = visitors.flatMap((visitor) => visitor.context.pages());
  await Promise.all(
    pages.map((page, at) =>
      page.screenshot({ path: path.join(RESULTS, `${file}-${word}-${at + 1}.png`) }).catch(() => undefined),
    ),
  );
}
