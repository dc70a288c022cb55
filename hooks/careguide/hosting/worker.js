// Keeps a copy of the guide in the reader's browser, for when there is no network. COPY says of which files it is made.
// The copy is the same for every reader and is not touched by reading, so it does not tell what somebody has read.
const BASE = new URL(".", self.location);
const NAME = `careguide ${BASE.pathname}`;
const WHOLE = "x-careguide-whole"; // says which version of a file this is, if it came whole
const DAY = 86_400_000;
const PATIENCE = 4_000; // milliseconds that somebody waits for the network if the page is there

const ALL = Object.assign({}, ...Object.values(COPY.files)); // each file with its version
const within = (path, language) => path.startsWith(`${language}/`) || path.startsWith(`handouts/${language}/`); // find-care/es/ is a country
const folder = (path) => Object.keys(COPY.files).find((each) => each && within(path, each)) ?? "";
const at = (path) => new URL(path, BASE).href;
const date = (answer) => Date.parse(answer?.headers.get("date") ?? "");

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(chosen().then(fill));
});

/** The language, by its folder, that somebody reads: a copy has one. */
async function chosen() {
  const [page] = await clients.matchAll({ includeUncontrolled: true, type: "window" });
  return page?.url.startsWith(BASE.href) ? folder(page.url.slice(BASE.href.length)) : "";
}

/** Fetches what is new or has changed, a few at once. What does not come is fetched the next time. */
async function fill(language) {
  const cache = await caches.open(NAME);
  const files = Object.entries(COPY.files[language]);
  await Promise.all([1, 2, 3, 4].map(async () => {
    for (let next = files.shift(); next; next = files.shift()) await keep(cache, ...next).catch(() => {});
  }));
}

async function keep(cache, path, version) {
  if ((await cache.match(at(path)))?.headers.get(WHOLE) === version) return;
  const answer = await fetch(at(path), { cache: "no-cache" });
  if (!answer.ok) return;
  const body = await answer.arrayBuffer();
  const headers = new Headers();
  for (const name of ["content-type", "date"]) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  if ((await digest(body)) === version) headers.set(WHOLE, version); // a host may be half way through a new version
  await cache.put(at(path), new Response(body, { headers }));
}

async function digest(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return [...bytes.slice(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

addEventListener("activate", (event) => event.waitUntil(chosen().then(begin)));

/** Lets go of what is no longer part of the copy, and lets open pages see whether they have changed. */
async function begin(language) {
  await leave(language);
  await confirm();
  await clients.claim();
  for (const client of await clients.matchAll()) client.postMessage("look");
}

/** Deletes all but the copy of one language. */
async function leave(language) {
  const cache = await caches.open(NAME);
  const wanted = new Set([...Object.keys(COPY.files[language]), COPY.script].map(at));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
}

/** Asks the host whether this is still its version: then the whole copy is as it was on the day of the answer. Where the host has no such file any more, nothing is kept. */
async function confirm() {
  const answer = await fetch(at(COPY.script), { cache: "no-store" });
  if ([404, 410].includes(answer.status)) {
    await caches.delete(NAME);
    await registration.unregister();
  } else if (answer.ok && (await answer.clone().text()).includes(COPY.version)) {
    const cache = await caches.open(NAME);
    await cache.put(at(COPY.script), new Response("", { headers: { date: answer.headers.get("date") ?? "" } }));
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(BASE.href)) return;
  const path = decodeURI(url.pathname.slice(BASE.pathname.length)).replace(/(^|\/)index\.html$/, "$1");
  if (request.mode === "navigate") event.respondWith(page(event, path));
  else if (["style", "script", "font", "image"].includes(request.destination) && path in ALL) event.respondWith(part(request, path));
});

/** Styles, scripts, letters and drawings: as they were kept. */
async function part(request, path) {
  const kept = await caches.match(at(path), { cacheName: NAME });
  return kept?.headers.get(WHOLE) === ALL[path] ? kept : fetch(request).catch(() => kept ?? Response.error());
}

/** A page comes from the network. Only where that fails, or takes too long, it comes from the copy. */
async function page(event, path) {
  const kept = await caches.match(at(path), { cacheName: NAME });
  const asked = fetch(event.request, { cache: "no-cache" }); // what the browser has of its own says no day
  const late = new Promise((resolve) => setTimeout(resolve, kept ? PATIENCE : 60_000));
  const answer = await Promise.race([asked.catch(() => undefined), late]);
  if (answer && (answer.status < 500 || !kept)) {
    event.waitUntil(confirmSeldom().then((due) => change(path, due)).catch(() => {}));
    return answer;
  }
  if (kept) {
    event.waitUntil(asked.then(async () => (await clients.get(event.resultingClientId))?.postMessage("look")).catch(() => {}));
    return told(kept, path);
  }
  if (`${path}/` in ALL) return Response.redirect(at(`${path}/`));
  return missing();
}

/** Whoever goes on in another language gets the copy of that one, in the place of the first. Where it is due, what did not come the last time is fetched. */
async function change(path, due) {
  const language = folder(path);
  const home = language && `${language}/`;
  if (!(await caches.has(NAME)) || (!due && (await caches.match(at(home), { cacheName: NAME })))) return;
  await fill(language);
  await leave(language);
}

/** Four times a day at most. Returns whether it was due. */
async function confirmSeldom() {
  const known = await caches.match(at(COPY.script), { cacheName: NAME });
  const due = !(Date.now() - date(known) < DAY / 4);
  if (due) await confirm();
  return due;
}

/** A page from the copy. If it may be out of date, or is known to be, it says so before anything else. */
async function told(kept, path) {
  const days = [date(kept)];
  const version = kept.headers.get(WHOLE);
  if (version === ALL[path]) days.push(date(await caches.match(at(COPY.script), { cacheName: NAME })));
  const day = Math.max(...days.filter((each) => each < Date.now() + DAY)); // a clock that is wrong says nothing
  const changed = version && version !== ALL[path]; // the host has another, which did not come
  if (!changed && Date.now() - day < COPY.days * DAY) return kept;
  const text = await kept.text();
  const language = text.match(/<html lang="([\w-]+)"/)?.[1] ?? COPY.language;
  const { old, unknown } = COPY.texts[language] ?? COPY.texts[COPY.language];
  const words = Number.isFinite(day) ? old.replace("{date}", new Date(day).toLocaleDateString(language, { dateStyle: "long" })) : unknown;
  const note = `<p class="offline-copy__age" role="status">${words}</p>`;
  return new Response(text.replace(/<body[^>]*>/, (body) => body + note), { headers: { "content-type": "text/html; charset=utf-8" } });
}

/** What somebody sees who is offline and asks for what is not in the copy. */
function missing() {
  const { title, text, ways } = COPY.texts[COPY.language];
  const links = Object.entries(ways).map(([path, words]) => `<li><a href="${at(path)}">${words}</a></li>`).join("");
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="stylesheet" href="${at(COPY.style)}">`;
  const body = `<main class="sheet sheet--lone"><h1>${title}</h1><p>${text}</p><ul>${links}</ul></main>`;
  return new Response(`<!doctype html><html lang="${COPY.language}"><head>${head}</head><body><div class="wrap">${body}</div></body></html>`, {
    status: 503,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}
