// The search dialog. Loaded when it is first opened. Material's worker does the searching; this asks it and shows what it finds.
const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3; // Material's messages.
const SIGNS = "when-to-get-help/";
const MOST = 12;

let started;

/** Make the dialog search as one types. */
export function start(dialog) {
  started ??= run(dialog);
}

async function run(dialog) {
  const words = dialog.querySelector("input");
  const base = new URL(`${dialog.dataset.base}/`, location.href);
  const index = await (await fetch(new URL("search/search_index.json", base))).json();
  const titles = new Map(index.docs.map((doc) => [doc.location, doc.title]));
  const worker = new Worker(dialog.dataset.worker);
  const ask = () => {
    if (words.value.trim()) worker.postMessage({ type: QUERY, data: words.value.trim() });
    else show(dialog, [], titles, base);
  };
  worker.onmessage = ({ data: { type, data } }) => {
    if (type === READY) ask();
    if (type === RESULT && words.value.trim()) show(dialog, data.items, titles, base);
  };
  worker.postMessage({ type: SETUP, data: { ...index, options: { suggest: false } } });
  words.addEventListener("input", ask);
}

function show(dialog, pages, titles, base) {
  const found = dialog.querySelector(".search__found");
  const isSigns = (page) => page[0].location.startsWith(SIGNS);
  const best = (page) => [...page].sort((a, b) => b.score - a.score);
  const signs = pages.filter(isSigns).flatMap((page) => best(page).filter((part) => part.location.includes("#") && part.score > 0).slice(0, 3));
  const others = pages.filter((page) => !isSigns(page)).map((page) => best(page)[0]);
  const all = [...signs, ...others].slice(0, MOST);
  dialog.querySelector(".search__list").replaceChildren(...all.map((part) => entry(part, signs.includes(part), titles, base)));
  const { none, one, some } = found.dataset;
  const asked = dialog.querySelector("input").value.trim();
  found.textContent = !asked ? "" : all.length === 0 ? none : all.length === 1 ? one : some.replace("{count}", all.length);
}

/** One result: what kind of page, its title, the section, and the words found. */
function entry(part, isSign, titles, base) {
  const [path, section] = part.location.split("#");
  const item = document.createElement("li");
  item.className = isSign ? "search__sign" : "";
  const link = document.createElement("a");
  link.href = new URL(part.location, base);
  const kind = titles.get(isSign ? path : `${path.split("/")[0]}/`);
  if (isSign || !section) link.append(marked(part.title));
  else link.textContent = `${titles.get(path)}: ${plain(part.title)}`;
  if (kind && kind !== titles.get(path) || isSign) item.append(line("kind", plain(kind)));
  item.append(link, line("text", ""));
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
