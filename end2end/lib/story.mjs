// A test file: one product, one browser, and stories that each have windows of their own.

import assert from 'node:assert/strict';
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
  return (name, tell) =>
    test(name, { timeout: LONGEST }, async (t) => {
      const visitors = [];
      const { product, browser } = shared;
      const arrive = async (more) => {
        const visitor = await Visitor.arrive(browser, product, more);
        visitors.push(visitor);
        return visitor;
      };
      try {
        await tell({ product, arrive, t });
        for (const visitor of visitors) assert.deepEqual(visitor.problems(), [], 'what the browser complained of');
      } catch (error) {
        await keep(name, visitors);
        if (product.log()) t.diagnostic(`the server said: ${product.log().slice(-4000)}`);
        throw error;
      } finally {
        await Promise.all(visitors.map((visitor) => visitor.close()));
      }
    });
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
