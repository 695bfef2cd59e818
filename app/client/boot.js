// Starts the browser code. The build puts the hashed names in.
import init, { hydrate } from "./client.js";

// The one Trusted Types policy (S5, S6). Leptos builds the fixed parts of its views from strings that
// the compiler wrote; anything that could run is refused, wherever it comes from.
const runs = /<\s*(script|iframe|object|embed|base|meta|link)|\son\w+\s*=|javascript:/i;
globalThis.trustedTypes?.createPolicy("default", { createHTML: (html) => (runs.test(html) ? null : html) });

await init({ module_or_path: new URL("./client.wasm", import.meta.url) });
hydrate();
