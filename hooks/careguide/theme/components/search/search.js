// The search dialog. Loaded when it is first opened. Material's worker does the searching; this asks it and shows what it finds.
const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3; // Material's messages.
const MOST = 12, MOST_SIGNS = 5;

let started;

/** Make the dialog search as one types. Its styles come with the first time; until then it cannot be seen. */
export function start(dialog) {
  if (started) return;
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: dialog.dataset.style });
  style.onerror = () => (dialog.style.opacity = 1);
  document.head.append(style);
  started = run(dialog);
}

async function run(dialog) {
  const words = dialog.querySelector("input");
  const base = new URL(`${dialog.dataset.base}/`, location.href);
  const index = await (await fetch(new URL("search/search_index.json", base))).json();
  const found = { titles: new Map(index.docs.map((doc) => [doc.location, doc.title])), levels: levels(dialog, index.docs) };
  const worker = new Worker(dialog.dataset.worker);
  const ask = () => {
    if (words.value.trim()) worker.postMessage({ type: QUERY, data: words.value.trim() });
    else show(dialog, [], found, base);
  };
  worker.onmessage = ({ data: { type, data } }) => {
    if (type === READY) ask();
    if (type === RESULT && words.value.trim()) show(dialog, data.items, found, base);
  };
  worker.postMessage({ type: SETUP, data: { ...index, options: { suggest: false } } });
  words.addEventListener("input", ask);
}

/** The level of each warning sign: that of the heading it stands under. */
function levels(dialog, docs) {
  const known = new Set([...dialog.querySelectorAll("template")].map((template) => template.dataset.level));
  const found = new Map();
  let level;
  for (const { location } of docs.filter((doc) => doc.location.startsWith(`${dialog.dataset.signs}#`))) {
    const id = location.split("#")[1];
    if (known.has(id)) level = id;
    else if (id !== "sources") found.set(location, level);
  }
  return found;
}

function show(dialog, pages, index, base) {
  const found = dialog.querySelector(".search__found");
  const isSigns = (page) => page[0].location.startsWith(dialog.dataset.signs);
  const best = (page) => [...page].sort((a, b) => b.score - a.score);
  const signs = pages.filter(isSigns).flatMap(best).filter((part) => part.score > 0 && index.levels.has(part.location)).slice(0, MOST_SIGNS);
  const others = pages.filter((page) => !isSigns(page)).map((page) => best(page)[0]).slice(0, MOST - signs.length);
  dialog.querySelector(".search__list").replaceChildren(...cards(dialog, signs, index, base), ...others.map((part) => entry(part, index, base)));
  const { none, one, some } = found.dataset;
  const asked = dialog.querySelector("input").value.trim();
  const count = signs.length + others.length;
  found.textContent = !asked ? "" : count === 0 ? none : count === 1 ? one : some.replaceAll("{count}", count);
}

/** The warning signs found, worst first, as a card for each level. */
function cards(dialog, signs, index, base) {
  return [...dialog.querySelectorAll("template")].flatMap((template) => {
    const here = signs.filter((part) => index.levels.get(part.location) === template.dataset.level);
    if (!here.length) return [];
    const card = template.content.firstElementChild.cloneNode(true);
    card.lastElementChild.append(...here.map((part) => sign(part, base)));
    return [card];
  });
}

function sign(part, base) {
  const item = document.createElement("li");
  item.append(link(part, base));
  item.firstChild.append(marked(part.title));
  return item;
}

function link(part, base) {
  const made = document.createElement("a");
  made.href = new URL(part.location, base);
  return made;
}

/** One result: what kind of page, its title, the section, and the words found. */
function entry(part, { titles }, base) {
  const [path, section] = part.location.split("#");
  const item = document.createElement("li");
  const to = link(part, base);
  const kind = titles.get(`${path.split("/")[0]}/`);
  if (section) to.textContent = `${titles.get(path)}: ${plain(part.title)}`;
  else to.append(marked(part.title));
  if (kind && kind !== titles.get(path)) item.append(line("kind", plain(kind)));
  item.append(to, line("text", ""));
  item.lastChild.append(marked(part.text ?? "", 160));
  return item;
}

function line(name, text) {
  const made = document.createElement("span");
  made.className = `search__${name}`;
  made.textContent = text;
  return made;
}

function plain(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent;
}

/** Text with nothing but the found words marked; with `most`, a piece of it around the first one. */
function marked(html, most = Infinity) {
  const pieces = plain(html.replaceAll("<mark>", "\u0001").replaceAll("</mark>", "\u0002")).replace(/\s+/g, " ").trim();
  const from = most === Infinity ? 0 : Math.max(0, pieces.lastIndexOf(" ", Math.max(0, pieces.indexOf("\u0001") - most / 3)));
  const cut = pieces.slice(from, from + most);
  const made = document.createDocumentFragment();
  if (from) made.append("…");
  for (const piece of cut.split("\u0001")) {
    const [found, rest] = piece.includes("\u0002") ? piece.split("\u0002") : [null, piece];
    if (found !== null) made.append(Object.assign(document.createElement("mark"), { textContent: found }));
    made.append(rest);
  }
  if (from + most < pieces.length) made.append("…");
  return made;
}
