// The page of all pieces: what holds for every piece wherever it stands. That every class of the style is on
// it is held by server/tests/it/kit.rs; axe and the small screens by look.test.mjs, as for every page.

import assert from 'node:assert/strict';
import { stories } from './lib/story.mjs';

const story = stories();

const CONTROLS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
const MODES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colours': { colorScheme: 'light', forcedColors: 'active' },
};

/** The kit in front of somebody who is not signed in. */
async function kit(arrive, device = 'phone') {
  const visitor = await arrive({ device });
  const answer = await visitor.open('/kit');
  assert.equal(answer.status(), 200);
  return visitor;
}

story('The kit is open without signing in, looks like a page inside, and stays out of search engines', async ({ arrive }) => {
  const visitor = await kit(arrive);
  assert.equal(await visitor.page.locator('nav.bar a.bar-item').count(), 6);
  assert.equal(await visitor.page.locator('script').count(), 0);
  const robots = await visitor.page.goto('/robots.txt');
  assert.match(await robots.text(), /Disallow: \//);
});

for (const [mode, media] of Object.entries(MODES)) {
  story(`Every control shows that it has the focus: ${mode}`, async ({ arrive }) => {
    const visitor = await kit(arrive, 'desk');
    await visitor.page.emulateMedia(media);
    const controls = await visitor.page.locator(CONTROLS).count();
    // The first Tab makes the browser show the focus from then on.
    await visitor.page.keyboard.press('Tab');
    const { found, looked } = await visitor.page.evaluate((controls) => {
      const found = [];
      let looked = 0;
      const ring = (element) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)|transparent/.test(outlineColor);
      };
      for (const one of document.querySelectorAll(controls)) {
        if (one.disabled || !one.checkVisibility()) continue;
        one.focus({ focusVisible: true });
        if (document.activeElement !== one) continue;
        looked += 1;
        // A chip's input lies invisible over the words that show it.
        const seen = one.matches('.choice > input') ? one.nextElementSibling : one;
        if (!ring(seen)) found.push(one.outerHTML.slice(0, 120));
      }
      return { found, looked };
    }, CONTROLS);
    assert.deepEqual(found, []);
    assert.ok(looked > 80 && looked <= controls, `${looked} of ${controls} took the focus`);
  });
}

for (const mode of ['light', 'dark']) {
  story(`The edge of every control stands out from what is around it, 3 to 1 (WCAG 1.4.11): ${mode}`, async ({ arrive }) => {
    const visitor = await kit(arrive, 'desk');
    await visitor.page.emulateMedia(MODES[mode]);
    const { found, looked } = await visitor.page.evaluate(() => {
      const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
      const clear = (colour) => colour === 'transparent' || parts(colour)[3] === 0;
      const light = (colour) => {
        const [r, g, b] = parts(colour).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const contrast = (a, b) => {
        const [more, less] = [light(a), light(b)].sort((x, y) => y - x);
        return (more + 0.05) / (less + 0.05);
      };
      const behind = (element) => {
        for (let up = element.parentElement; up; up = up.parentElement) {
          const { backgroundColor } = getComputedStyle(up);
          if (!clear(backgroundColor)) return backgroundColor;
        }
        throw new Error('the page has no ground');
      };
      const found = [];
      let looked = 0;
      // Quiet buttons, languages and rows of a list are words: their contrast is axe's. What is disabled is exempt.
      const pieces = '.input, .choice > span, .button:not(.button-quiet, .switcher *), .stepper .button, .picker, .toast';
      for (const piece of document.querySelectorAll(pieces)) {
        if (piece.disabled || piece.previousElementSibling?.disabled || !piece.checkVisibility()) continue;
        if (piece.closest('.picker') && !piece.matches('.picker')) continue;
        looked += 1;
        const { borderTopColor, backgroundColor } = getComputedStyle(piece);
        const ground = behind(piece);
        const edges = [borderTopColor, backgroundColor].filter((colour) => !clear(colour));
        const best = Math.max(...edges.map((colour) => contrast(colour, ground)));
        if (!(best >= 3)) found.push(`${best.toFixed(2)}: ${piece.outerHTML.slice(0, 100)}`);
      }
      return { found, looked };
    });
    assert.deepEqual(found, []);
    assert.ok(looked > 60, `${looked} pieces were looked at`);
  });
}

story('What is chosen or pressed is told by more than its colour in forced colours', async ({ arrive }) => {
  const visitor = await kit(arrive);
  await visitor.page.emulateMedia(MODES['forced colours']);
  const widths = await visitor.page.evaluate(() => {
    const width = (selector) => {
      const all = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
      return all.map((one) => parseFloat(getComputedStyle(one).borderTopWidth));
    };
    return {
      chosen: width('.choice > :checked + span'),
      open: width('.choice > :not(:checked, :disabled) + span'),
      pressed: width('.button[aria-pressed="true"]'),
      loose: width('.button[aria-pressed="false"]'),
    };
  });
  for (const [on, off] of [['chosen', 'open'], ['pressed', 'loose']]) {
    assert.ok(widths[on].length > 0 && widths[off].length > 0, `${on} and ${off} are on the page`);
    assert.ok(Math.min(...widths[on]) > Math.max(...widths[off]), `${on}: ${widths[on]}, ${off}: ${widths[off]}`);
  }
});
