// A slow network on this machine only: a TCP proxy on 127.0.0.1 that delays what passes and limits its
// rate. (The browser's own throttling leaves service workers out, and the kernel here has no netem.)

import net from 'node:net';

/** Slow 4G: a round trip of 150 ms, 1,638 kbit/s to the phone and 750 kbit/s from it. */
export const SLOW_4G = { roundTrip: 150, down: 1638, up: 750 };
/** Round trips before a connection carries anything: one for TCP, one for TLS 1.3. No bytes are counted for them. */
export const HANDSHAKES = 2;
/** What goes out at a time: the connections of a phone share its link packet by packet. */
const PACKET = 1460;
/** So much waits in a queue before the sender is held back. */
const QUEUE = 64 * 1024;

/** One way of the link, shared by all connections. */
class Lane {
  #free = 0;
  #timer;
  #senders = [];
  #flying = [];
  passed = 0;
  /** When how many bytes had arrived, for looking up later. */
  log = [];

  constructor(kilobits, delay) {
    this.bytesPerMs = kilobits / 8;
    this.delay = delay;
  }

  /** Carries what `from` sends to `to`, not before `ready`. */
  join(from, to, ready) {
    const sender = { to, ready, parts: [], waiting: 0, ended: false };
    this.#senders.push(sender);
    from.on('data', (bytes) => {
      sender.parts.push(bytes);
      sender.waiting += bytes.length;
      if (sender.waiting > QUEUE) from.pause();
      sender.resume = () => sender.waiting <= QUEUE && from.resume();
      this.#turn();
    });
    from.on('end', () => {
      sender.ended = true;
      this.#turn();
    });
    for (const socket of [from, to]) {
      socket.on('close', () => {
        this.#senders = this.#senders.filter((other) => other !== sender);
      });
    }
  }

  close() {
    clearTimeout(this.#timer);
    this.#senders = [];
    this.#flying = [];
  }

  /** Sends packet after packet, each connection in its turn, and delivers what has arrived. */
  #turn() {
    clearTimeout(this.#timer);
    const now = performance.now();
    while (this.#flying.length > 0 && this.#flying[0].at <= now) this.#deliver(this.#flying.shift());
    let next = this.#flying[0]?.at ?? Infinity;
    for (;;) {
      const able = this.#senders.findIndex((sender) => sender.ready <= now && (sender.waiting > 0 || sender.ended));
      const later = this.#senders.filter((sender) => sender.ready > now && sender.waiting > 0).map(({ ready }) => ready);
      if (able < 0) {
        next = Math.min(next, ...later);
        break;
      }
      // An idle link saves nothing up.
      const start = Math.max(this.#free, now);
      if (start > now + 1) {
        next = Math.min(next, start);
        break;
      }
      const [sender] = this.#senders.splice(able, 1);
      const bytes = this.#packet(sender);
      this.#free = start + bytes.length / this.bytesPerMs;
      this.#flying.push({ at: this.#free + this.delay, to: sender.to, bytes, last: bytes.length === 0 });
      if (bytes.length > 0) this.#senders.push(sender);
      next = Math.min(next, this.#flying[0].at);
    }
    if (next < Infinity) this.#timer = setTimeout(() => this.#turn(), Math.max(0, next - performance.now()));
  }

  /** The next packet of a connection; an empty one is its end. */
  #packet(sender) {
    const [first] = sender.parts;
    if (!first) return Buffer.alloc(0);
    const bytes = first.subarray(0, PACKET);
    if (first.length > PACKET) sender.parts[0] = first.subarray(PACKET);
    else sender.parts.shift();
    sender.waiting -= bytes.length;
    sender.resume?.();
    return bytes;
  }

  #deliver({ to, bytes, last }) {
    if (last) return to.end();
    if (to.destroyed) return undefined;
    this.passed += bytes.length;
    this.log.push([performance.timeOrigin + performance.now(), this.passed]);
    return to.write(bytes);
  }
}

/** Puts a slow network before a server; gives its origin, and counts the bytes on the wire. */
export async function shaped(origin, { roundTrip, down, up } = SLOW_4G) {
  const { hostname, port } = new URL(origin);
  if (hostname !== '127.0.0.1') throw new Error(`only this machine is measured, not ${hostname}`);
  const lanes = { up: new Lane(up, roundTrip / 2), down: new Lane(down, roundTrip / 2) };
  const sockets = new Set();
  const server = net.createServer({ allowHalfOpen: true }, (phone) => {
    const far = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    // The kernel has shaken hands at once; over the network the first bytes leave later.
    const ready = performance.now() + HANDSHAKES * roundTrip;
    for (const socket of [phone, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => {
        sockets.delete(socket);
        phone.destroy();
        far.destroy();
      });
      socket.on('error', () => socket.destroy());
    }
    lanes.up.join(phone, far, ready);
    lanes.down.join(far, phone, 0);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** Bytes to the phone up to a moment of the wall clock. */
    downBy: (moment) => lanes.down.log.findLast(([at]) => at <= moment)?.[1] ?? 0,
    counted: () => ({ down: lanes.down.passed, up: lanes.up.passed }),
    forget: () => {
      for (const lane of Object.values(lanes)) Object.assign(lane, { passed: 0, log: [] });
    },
    close: async () => {
      for (const lane of Object.values(lanes)) lane.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
