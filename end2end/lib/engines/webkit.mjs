// WebKit, the engine of Safari, as Debian packages it for GTK: WebDriver spoken by fetch, on a screen
// that nobody sees.

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { Engine, FIND } from './engine.mjs';
import { until } from '../browser.mjs';

export const name = 'WebKit';
/** It takes no `Secure` cookie from `http://127.0.0.1`, which the other engines trust. */
export const needsTls = true;
export const programs = ['/usr/bin/WebKitWebDriver', '/usr/bin/xvfb-run', '/usr/bin/Xvfb', '/usr/bin/xauth', browser()];

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** The small browser that comes with the driver; its folder is named after machine and version. */
function browser() {
  const lib = '/usr/lib';
  const folders = readdirSync(lib).flatMap((machine) => {
    try {
      return readdirSync(`${lib}/${machine}`).filter((one) => one.startsWith('webkit2gtk-4')).map((one) => `${lib}/${machine}/${one}`);
    } catch {
      return [];
    }
  });
  return `${folders.sort().pop() ?? `${lib}/webkit2gtk-4.1`}/MiniBrowser`;
}

/**
 * What this engine's driver lacks: a console. Errors and refusals are written down in the tab's own
 * storage, from the first line of each document on, and outlive a change of page.
 */
export const ear = `(${() => {
  const note = (what) => sessionStorage.setItem('heard', JSON.stringify([...JSON.parse(sessionStorage.getItem('heard') ?? '[]'), what]));
  for (const kind of ['error', 'warn']) {
    const say = console[kind];
    console[kind] = (...words) => (note(`console ${kind}: ${words.join(' ')}`), say.apply(console, words));
  }
  addEventListener('error', (event) => note(`error: ${event.message ?? event.target?.outerHTML?.slice(0, 200)}`), true);
  addEventListener('unhandledrejection', (event) => note(`rejection: ${event.reason?.stack ?? event.reason}`));
  document.addEventListener('securitypolicyviolation', (event) =>
    note(`Content Security Policy: ${event.violatedDirective} refused ${event.blockedURI} ${event.sample} at ${event.sourceFile}:${event.lineNumber}`));
}})()`;

class WebKit extends Engine {
  static async begin(origin) {
    const it = new WebKit(name, origin);
    const port = await freePort();
    it.driver = spawn('xvfb-run', ['-a', '-s', '-screen 0 1280x1024x24', 'WebKitWebDriver', `--port=${port}`], {
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, TZ: 'Europe/Helsinki', LC_ALL: 'C.UTF-8' },
    });
    it.orphaned = () => it.end();
    process.once('exit', it.orphaned);
    try {
      it.base = `http://127.0.0.1:${port}`;
      await until(async () => (await fetch(`${it.base}/status`)).ok, 'WebKitWebDriver listens');
      const { sessionId, capabilities } = await it.ask('POST', '/session', {
        capabilities: {
          alwaysMatch: {
            acceptInsecureCerts: true,
            'webkitgtk:browserOptions': { binary: programs.at(-1), args: ['--automation'] },
          },
        },
      });
      it.base += `/session/${sessionId}`;
      it.version = capabilities.browserVersion;
      return it;
    } catch (error) {
      it.end();
      throw error;
    }
  }

  async ask(method, where, body) {
    const answer = await fetch(this.base + where, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebKit: ${where}: ${value.error}: ${value.message}`);
    return value;
  }

  goto(url) {
    return this.ask('POST', '/url', { url });
  }

  call(script, ...args) {
    return this.ask('POST', '/execute/sync', { script: `return (${script})(...arguments)`, args });
  }

  async handle(css, text) {
    return (await this.call(FIND, css, text ?? ''))?.[ELEMENT];
  }

  press(element) {
    return this.ask('POST', `/element/${element}/click`, {});
  }

  async write(element, text) {
    await this.ask('POST', `/element/${element}/clear`, {});
    await this.ask('POST', `/element/${element}/value`, { text });
  }

  async heard() {
    return JSON.parse((await this.call(() => sessionStorage.getItem('heard'))) ?? '[]');
  }

  async quit() {
    await this.ask('DELETE', '').catch(() => undefined);
    this.end();
  }

  end() {
    process.off('exit', this.orphaned);
    try {
      // The group: the screen, the driver and the browser.
      process.kill(-this.driver.pid, 'SIGTERM');
    } catch {
      // It has ended already.
    }
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A window of WebKit. */
export const begin = (origin) => WebKit.begin(origin);
