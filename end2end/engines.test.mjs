// One day's work in three engines: Chromium, Firefox and WebKit, which is Safari's. What each of them
// knows and refuses differs; what a coach can do must not.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { day, finnishDate } from './lib/acts.mjs';
import * as chromium from './lib/engines/chromium.mjs';
import * as firefox from './lib/engines/firefox.mjs';
import { secured } from './lib/engines/tls.mjs';
import * as webkit from './lib/engines/webkit.mjs';
import { start } from './lib/product.mjs';

const NAME = 'Konditori Åkerlund Ab';
const LONGEST = 120_000;
const WORDS = 'Esittelin palvelun, sovittiin käynnistä keittiössä.';

const AMENDED = 'Sovittiin käynnistä keittiössä, aloitus maanantaina.';

const search = 'input[type=search]';
const row = 'a.list-row';

for (const engine of [chromium, firefox, webkit]) {
  const missing = engine.programs.filter((program) => !existsSync(program));
  if (missing.length > 0) {
    console.log(`\n!!! ${engine.name} IS NOT TESTED: ${missing.join(', ')} is missing. \`cargo xtask test\` installs it on Debian.\n`);
  }
  describe(engine.name, { skip: missing.length > 0 && `${missing.join(', ')} is missing` }, () => {
    let product, tls, window;

    before(async () => {
      product = await start();
      if (engine.needsTls) tls = await secured(product.origin, engine.ear);
      window = await engine.begin(tls?.origin ?? product.origin);
    }, { timeout: LONGEST });

    after(async () => {
      await window?.quit();
      await tls?.stop();
      await product?.stop();
    });

    const story = (name, tell) =>
      test(name, { timeout: LONGEST }, async (t) => {
        try {
          await tell(window, t);
        } catch (error) {
          const page = await window.text('body').catch(() => 'nothing');
          t.diagnostic(`${engine.name} ${window.version} showed: ${page.slice(0, 1500)}`);
          t.diagnostic(`its console: ${(await window.heard().catch(() => [])).join('\n').slice(0, 3000)}`);
          if (product.log()) t.diagnostic(`the server said: ${product.log().slice(-2000)}`);
          throw error;
        }
      });

    story('A coach signs in, finds an employer, logs a visit, and it is on the employer’s page', async (it, t) => {
      t.diagnostic(`${engine.name} ${it.version}`);
      await it.signIn(product.of('coach'), product.password);

      await it.tap('nav.bar a', 'Työnantajat');
      await it.sees('h1', 'Työnantajat');
      await it.fill(search, 'åkerlund');
      await it.eventually('the search finds one employer', () =>
        it.call((name, row) => document.querySelector(`${row} .row-title`)?.innerText === name && document.querySelectorAll(row).length <= 3, NAME, row));
      await it.tap(row, NAME);
      await it.sees('h1', NAME);
      const employer = await it.path();
      const before = await visits(it);

      await it.tap('main a[href^="/visits/new"]');
      await it.sees('h1', 'Kirjaa käynti');
      await it.sees('[data-picked]', NAME);
      await it.tap('label.choice', 'Työpaikan selvittäminen');
      await it.fill('#summary', WORDS);
      await it.tap('.save-bar button:enabled');
      await it.sees('.toast', `Käynti on perillä: ${NAME}`);
      await it.sees('h1', 'Tänään');

      await it.open(employer);
      await it.sees('.timeline > li', WORDS);
      const latest = await it.text('.timeline > li');
      assert.ok(latest.includes(finnishDate(day())), latest);
      assert.match(latest, /työpaikan selvittäminen/i);
      assert.equal(await visits(it), before + 1);
    });

    story('The visit is amended, and both versions stand on its page', async (it) => {
      await it.open('/employers?q=' + encodeURIComponent(NAME));
      await it.tap(row, NAME);
      await it.sees('.timeline > li', WORDS);
      const employer = await it.path();
      await it.tap('.timeline > li a[href*="amend="]');
      await it.sees('h1', 'Muokkaa käyntiä');
      await it.alive();
      await it.eventually('the form holds what was logged', () => it.call((words) => document.querySelector('#summary')?.value === words, WORDS));
      await it.fill('#summary', AMENDED);
      await it.tap('.save-bar button:enabled');
      await it.sees('.toast', `Muutos on perillä: ${NAME}`);
      await it.open(employer);
      await it.sees('.timeline > li', AMENDED);
      await it.tap('.timeline > li a.tag', 'Muokattu');
      await it.sees('h2', 'Aiemmin kirjattu');
      const page = await it.text('main');
      assert.ok(page.includes(AMENDED) && page.includes(WORDS), page);
    });

    story('Undo takes the visit back', async (it) => {
      await it.open('/employers?q=' + encodeURIComponent(NAME));
      await it.tap(row, NAME);
      await it.sees('h1', NAME);
      const employer = await it.path();
      const before = await visits(it);
      await it.tap('main a[href^="/visits/new"]');
      await it.sees('[data-picked]', NAME);
      await it.alive();
      await it.tap('.save-bar button:enabled');
      await it.sees('.toast', `Käynti on perillä: ${NAME}`);
      await it.tap('.toast button', 'Kumoa');
      await it.sees('.toast', `Käynti kumottu: ${NAME}`);
      await it.open(employer);
      assert.equal(await visits(it), before);
    });

    story('A client’s page is opened from the caseload, a meeting logged and taken back', async (it) => {
      await it.open('/clients');
      await it.sees('h1', 'Asiakkaani');
      await it.tap('.board a.list-row');
      await it.sees('dt', 'Nimi');
      await it.tap('main a', 'Kirjaa tapaaminen');
      await it.fill('#care_worker', 'Hoitaja Helka');
      await it.tap('main form button', 'Tallenna');
      await it.sees('[role=status]', 'Tallennettu.');
      await it.sees('.timeline > li', 'Kolmikanta');
      await it.tap('[role=status] button', 'Kumoa');
      await it.sees('[role=status]', 'Kumottu.');
      assert.ok(!(await it.text('main')).includes('Kolmikanta'));
    });

    story('Support around work is logged, and taken back', async (it) => {
      const words = 'Soitettiin ensimmäisen vuoron jälkeen.';
      await it.open('/support/new');
      await it.tap('main a.list-row');
      await it.fill('#words', words);
      await it.tap('main form button', 'Tallenna tuki');
      await it.sees('[role=status]', 'Tuki on kirjattu.');
      await it.sees('.timeline > li', words);
      await it.tap('[role=status] button', 'Kumoa');
      await it.sees('[role=status]', 'Kumottu.');
      assert.ok(!(await it.text('main')).includes(words));
    });

    story('The week is written down with two sliders that say where they stand', async (it) => {
      await it.open('/time');
      await it.call(() => {
        const slider = document.querySelector('#out');
        slider.value = '65';
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      });
      await it.sees('output[for=out]', '65 %');
      await it.tap('main form button', 'Tallenna viikko');
      await it.sees('[role=status]', 'Viikko on tallennettu.');
      await it.sees('output[for=out]', '65 %');
    });

    story('Nothing of the console is let pass, and the console is heard', async (it, t) => {
      assert.deepEqual(await it.heard(), []);
      // What the policy refuses has to come to the test's ears, or the line above says nothing.
      await it.call(() => {
        const script = document.createElement('img');
        script.src = 'https://elsewhere.invalid/picture.png';
        document.body.append(script);
      });
      await it.eventually('the refusal is heard', async () => (await it.heard()).some((line) => /content.security.policy/i.test(line)));
      // The one policy for text that becomes elements refuses what could run.
      const refused = await it.call(() => {
        if (typeof trustedTypes !== 'object') return 'unknown';
        try {
          document.createElement('div').innerHTML = '<script>1</script>';
          return 'taken';
        } catch {
          return 'refused';
        }
      });
      // Firefox before 148 (the long-term release on Debian 12 among them) has no Trusted Types: there the
      // script policy of the page stands alone. The other two must refuse.
      if (refused === 'unknown' && engine.name === 'Firefox') t.diagnostic(`${it.version} knows no Trusted Types`);
      else assert.equal(refused, 'refused');
    });
  });
}

/** The number of visits that the employer's page counts. */
async function visits(it) {
  const text = await it.text('main');
  return Number(/(\d+) käynti/.exec(text)[1]);
}
