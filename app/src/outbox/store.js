// The phone's own store: what IndexedDB and WebCrypto do for the outbox (app/src/outbox). Everything in it is text that
// this phone can't read, but for the key with which it signs, which never leaves the browser.
//
// The database stays at version 1 for ever (O17): a new version of the app reads what an old one kept, and the other way
// round. What is new goes inside the texts.

const NAME = "rinnalla-outbox";
const BALLAST = 2 * 1024 * 1024;
const changes = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(NAME);

const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

// A page that goes aside, to be gone back to, is frozen in the middle of what it does: a transaction of it would hold up every
// other page of this phone for good (O15). So none is under way then, and what is asked for is done when the page is seen again.
const underWay = new Set();
let [awake, wake] = [Promise.resolve(), () => undefined];
let [opened, handle] = [];
// What is just being written to the disk can't be given up any more.
const giveUp = (transaction) => {
  try {
    transaction.abort();
  } catch {
    return;
  }
};
addEventListener("pagehide", ({ persisted }) => {
  if (!persisted) return;
  awake = new Promise((done) => (wake = done));
  underWay.forEach(giveUp);
  handle?.close();
  opened = undefined;
});
addEventListener("pageshow", () => wake());

// Nobody waits for ever, whatever holds the store up: after so many milliseconds it is tried again.
const PATIENCE = 3000;

const open = () =>
  (opened ??= new Promise((done, failed) => {
    setTimeout(() => failed(new Error("late")), PATIENCE);
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const store of ["entries", "made", "phone", "ballast"]) request.result.createObjectStore(store);
    };
    request.onsuccess = () => {
      const database = (handle = request.result);
      // A handle may die under memory pressure: the next use opens another (O12).
      database.onclose = () => (opened = undefined);
      database.onversionchange = () => database.close();
      done(database);
    };
    request.onerror = () => failed(request.error);
    request.onblocked = () => failed(new Error("blocked"));
  }));

// Does `work` in one transaction that is on the disk when it is over (O11): `relaxed`, which browsers take by
// themselves, says so while the data is still in memory.
const once = async (stores, mode, work) => {
  await awake;
  const database = await open();
  const transaction = database.transaction(stores, mode, { durability: "strict" });
  let late;
  const over = new Promise((done, failed) => {
    late = setTimeout(() => {
      giveUp(transaction);
      failed(new Error("late"));
    }, PATIENCE);
    transaction.oncomplete = () => done();
    transaction.onabort = () => failed(transaction.error ?? new Error("aborted"));
    transaction.onerror = () => failed(transaction.error);
  });
  // What went wrong with the work is told by the work.
  over.catch(() => undefined);
  underWay.add(transaction);
  try {
    const working = work((name) => transaction.objectStore(name));
    working.catch(() => undefined);
    await Promise.race([working, over]);
    await over;
    return await working;
  } finally {
    clearTimeout(late);
    underWay.delete(transaction);
  }
};

const within = async (stores, mode, work) => {
  for (let tries = 0; ; tries++) {
    try {
      return await once(stores, mode, work);
    } catch (error) {
      if (tries === 3) throw error;
      opened = undefined;
      // A full phone: what was laid aside for this makes room for a last few entries (O13).
      if (error?.name === "QuotaExceededError") {
        await once(["ballast"], "readwrite", (store) => asked(store("ballast").delete(0))).catch(() => undefined);
      }
    }
  }
};

// Everything that is kept: the entries as texts, and how many were made under each credential.
export const load = () =>
  within(["entries", "made"], "readonly", async (store) => {
    const [entries, devices, numbers] = await Promise.all([
      asked(store("entries").getAll()),
      asked(store("made").getAllKeys()),
      asked(store("made").getAll()),
    ]);
    const made = devices.map((device, at) => ({ device, entries: numbers[at] }));
    return JSON.stringify({ items: entries.map(({ text }) => JSON.parse(text)), made });
  });

// Keeps entries, and says which it did not: `overtaken` where another tab keeps a revision as high, `taken` where the entry
// is finished there with other words and waits for the server. Who is new is counted in the same transaction.
export const put = async (text) => {
  const items = JSON.parse(text);
  let refused;
  await within(["entries", "made"], "readwrite", async (store) => {
    refused = { overtaken: [], taken: [] };
    for (const item of items) {
      const { entry, rev, sha256, kind } = item;
      const before = await asked(store("entries").get(entry));
      if (before && before.sha256 !== sha256) {
        const finished = before.kind !== "draft";
        // What is finished never gives way to what is not.
        if (finished && kind === "draft") continue;
        const why = finished && JSON.parse(before.text).state === "sealed" ? "taken" : before.rev >= rev && "overtaken";
        if (why) {
          refused[why].push(entry);
          continue;
        }
      }
      await asked(store("entries").put({ rev, sha256, kind, text: JSON.stringify(item) }, entry));
      if (before) continue;
      const made = (await asked(store("made").get(item.device))) ?? 0;
      await asked(store("made").put(made + 1, item.device));
    }
  });
  changes?.postMessage("changed");
  return JSON.stringify(refused);
};

// Lets entries go, where they are still the ones that were meant.
export const forget = async (text) => {
  await within(["entries"], "readwrite", async (store) => {
    for (const { entry, sha256 } of JSON.parse(text)) {
      const before = await asked(store("entries").get(entry));
      if (before?.sha256 === sha256) await asked(store("entries").delete(entry));
    }
  });
  changes?.postMessage("changed");
};

// Another tab wrote.
export const listen = (heard) => changes?.addEventListener("message", heard);

const base64 = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const phone = (person) => within(["phone"], "readonly", (store) => asked(store("phone").get(person)));
const SIGNING = { name: "ECDSA", namedCurve: "P-256" };

// The credential of a person on this phone; made when there is none. Its key signs and can't be read by anybody.
export const credential = async (person, device) => {
  let known = await phone(person);
  if (!known) {
    const keys = await crypto.subtle.generateKey(SIGNING, false, ["sign"]);
    const publicKey = base64(await crypto.subtle.exportKey("raw", keys.publicKey));
    known = { device, keys, publicKey, about: "" };
    await within(["phone"], "readwrite", async (store) => {
      // Another tab may have been first.
      const before = await asked(store("phone").get(person));
      if (before) known = before;
      else await asked(store("phone").put(known, person));
    });
    navigator.storage?.persist?.();
    // Chance, so that nothing makes it smaller.
    const full = new Uint8Array(BALLAST);
    for (let at = 0; at < BALLAST; at += 65536) crypto.getRandomValues(full.subarray(at, at + 65536));
    await within(["ballast"], "readwrite", (store) => asked(store("ballast").put(full, 0))).catch(() => undefined);
  }
  const { device: id, publicKey, about } = known;
  return JSON.stringify({ device: id, public_key: publicKey, about });
};

// What the outbox keeps about a person's credential: the list of the organisation's keys. None where there is none.
export const known = async (person) => {
  const found = await phone(person);
  return found && JSON.stringify({ device: found.device, public_key: found.publicKey, about: found.about });
};

export const remember = (person, about) =>
  within(["phone"], "readwrite", async (store) => {
    const before = await asked(store("phone").get(person));
    if (before) await asked(store("phone").put({ ...before, about }, person));
  });

// A person's credential was ended: the next one is made anew, and what the phone kept for reading goes (O21).
export const disown = (person) =>
  within(["phone"], "readwrite", (store) => Promise.all([person, "register", "card"].map((key) => asked(store("phone").delete(key)))));

export const sign = async (person, device, text) => {
  const { device: known, keys } = await phone(person);
  // A seal that another credential signs is nobody's.
  if (known !== device) throw new Error("another credential");
  const signing = { name: "ECDSA", hash: "SHA-256" };
  return new Uint8Array(await crypto.subtle.sign(signing, keys.privateKey, new TextEncoder().encode(text)));
};

// Who uses this phone: the last person who was seen signed in, until somebody signs out
// (`desk.js`). The register's names and the card of the day go with them.
export const who = () => within(["phone"], "readonly", (store) => asked(store("phone").get("now")));
export const isNow = async (person) => {
  if ((await who()) === person) return;
  await within(["phone"], "readwrite", async (store) => {
    const before = await asked(store("phone").get("now"));
    if (before && before !== person) await Promise.all(["register", "card"].map((key) => asked(store("phone").delete(key))));
    await asked(store("phone").put(person, "now"));
  });
  changes?.postMessage("changed");
};

// Chance for one seal.
export const chance = () => crypto.getRandomValues(new Uint8Array(32));

// The names of the register, for a start without a network: encrypted under a key that the browser keeps and nobody can
// read out. It goes with whoever signs out.
const REGISTER = { name: "AES-GCM", length: 256 };
const FRESH = 3_600_000;
const kept = () => within(["phone"], "readonly", (store) => asked(store("phone").get("register")));
export const register = async () => {
  const found = await kept();
  if (!found) return undefined;
  const { key, iv, sealed } = found;
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed));
};
// Are the names those of the last hour?
export const registerIsFresh = async () => {
  const age = Date.now() - ((await kept())?.at ?? 0);
  return age >= 0 && age < FRESH;
};
export const keepRegister = async (text) => {
  if ((await registerIsFresh()) && (await register()) === text) return;
  const key = await crypto.subtle.generateKey(REGISTER, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text));
  await within(["phone"], "readwrite", (store) => asked(store("phone").put({ key, iv, sealed, at: Date.now() }, "register")));
};

// The card of the day, locked under a number (`app/src/card`). Each try is counted on the disk before it is made, so that
// nobody gets more of them by killing the page.
export const keepCard = (text) => within(["phone"], "readwrite", (store) => asked(store("phone").put({ text, tries: 0 }, "card")));
export const card = async () => (await within(["phone"], "readonly", (store) => asked(store("phone").get("card"))))?.text;
export const tryCard = async (most) => {
  let left;
  await within(["phone"], "readwrite", async (store) => {
    const kept = await asked(store("phone").get("card"));
    left = kept && most - kept.tries - 1;
    if (left >= 0) await asked(store("phone").put({ ...kept, tries: kept.tries + 1 }, "card"));
    else await asked(store("phone").delete("card"));
  });
  return left ?? -1;
};
export const dropCard = () => within(["phone"], "readwrite", (store) => asked(store("phone").delete("card")));

// What a phone is called until its owner names it.
export const deviceName = () => navigator.userAgentData?.platform || navigator.platform || "";

// Offers a text as a file.
export const saveFile = (name, text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};
