// The line between a browser and the product. It can be cut, fall silent, and lead to another product under the
// same address: what happens on it reaches pages and service workers alike, whatever the browser's own switch does.

import http from 'node:http';
import { ask } from './product.mjs';

/** What can happen to a request, each as bad networks, proxies and portals do it. */
export const FAULTS = {
  /** It never reaches the server. */
  lost: ({ answer }) => answer.destroy(),
  /** The server does it, and its answer never comes back. */
  unanswered: ({ pass, answer }) => pass().then(() => answer.destroy()),
  /** The answer breaks off in the middle. */
  broken: async ({ pass, answer }) => {
    const { status, headers, bytes } = await pass();
    answer.writeHead(status, headers);
    answer.write(bytes.subarray(0, bytes.length / 2), () => answer.destroy());
  },
  /** It comes twice. */
  doubled: async ({ pass, give }) => {
    await pass();
    give(await pass());
  },
  /** It comes a second late, after the phone has been told that it is lost. */
  late: ({ pass, answer }) => {
    answer.destroy();
    setTimeout(() => pass().catch(() => undefined), 1000);
  },
  /** A portal answers in the server's place. */
  portal: ({ give }) => give({ status: 200, headers: { 'content-type': 'text/html' }, bytes: '<html>Tervetuloa verkkoon</html>' }),
  /** A proxy finds no server. */
  unavailable: ({ give }) => give({ status: 503, headers: {}, bytes: '' }),
  /** A proxy says that it is too much. */
  refused: ({ give }) => give({ status: 413, headers: {}, bytes: '' }),
  /** An answer that says nothing. */
  empty: ({ give }) => give({ status: 204, headers: {}, bytes: '' }),
};

/** A line to a product, with an origin of its own. */
export async function line(product) {
  let [to, silent, newer] = [product.origin, false, ''];
  let fault = () => undefined;
  const server = http.createServer(async (asked, answer) => {
    if (silent) return;
    const give = ({ status, headers, bytes }) => answer.writeHead(status, headers).end(bytes);
    try {
      if (asked.url === '/sw.js' && newer) {
        const { status, headers, bytes } = await ask(to, 'GET', '/sw.js');
        const { 'content-length': _, etag: __, ...rest } = headers;
        return give({ status, headers: rest, bytes: `${bytes}\n// ${newer}\n` });
      }
      const parts = [];
      for await (const part of asked) parts.push(part);
      const pass = () => ask(to, asked.method, asked.url, { headers: asked.headers, body: Buffer.concat(parts) });
      const happens = FAULTS[fault(asked.url)];
      if (happens) await happens({ pass, give, answer });
      else give(await pass());
    } catch {
      answer.destroy();
    }
  });
  const listen = (port) => new Promise((done) => server.listen(port, '127.0.0.1', done));
  await listen(0);
  const { port } = server.address();
  const cut = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return {
    origin: `http://127.0.0.1:${port}`,
    /** Nothing answers any more. */
    cut,
    /** It is there again. */
    mend: () => listen(port),
    /** It takes every request and never says a word. */
    hush: () => (silent = true),
    /** What happens to each request: `pick` is given its address and names one of `FAULTS`, or none. */
    troubled: (pick) => (fault = pick),
    /** From now on another product is at its end. */
    lead: (other) => (to = other.origin),
    /** From now on the service worker's script is another one. */
    renew: (word) => (newer = word),
  };
}
