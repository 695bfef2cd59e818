// The line between a browser and the product. It can be cut, fall silent, and lead to another product under the
// same address: what happens on it reaches pages and service workers alike, whatever the browser's own switch does.

import http from 'node:http';
import { ask } from './product.mjs';

/** A line to a product, with an origin of its own. */
export async function line(product) {
  let [to, silent, newer] = [product.origin, false, ''];
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
      give(await ask(to, asked.method, asked.url, { headers: asked.headers, body: Buffer.concat(parts) }));
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
    /** From now on another product is at its end. */
    lead: (other) => (to = other.origin),
    /** From now on the service worker's script is another one. */
    renew: (word) => (newer = word),
  };
}
