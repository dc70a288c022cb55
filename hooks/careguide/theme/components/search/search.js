// Shows what is found. It comes with the engine and the index, in one file, when somebody first wants to search.
const SHOWN = { dangers: 2, pages: 8, signs: 3 };
const HASH = "#search=";
const root = document.getElementById("search");
const asked = root.querySelector("input");
const said = root.querySelector(".search__said");
const list = root.querySelector(".search__found");
const ways = root.querySelector(".search__ways");
const base = new URL(`${root.dataset.base}/`, location.href);
const find = finder(INDEX);
const { texts, levels, calls } = INDEX;

/** An element with its class, and what stands in it. */
function made(name, className, ...inner) {
  const element = Object.assign(document.createElement(name), { className });
  element.append(...inner.filter(Boolean));
  return element;
}

/** Where a result leads. Without a host, on a disk, nobody adds the page of a folder. */
function link({ address, title }) {
  const to = made("a", "search__link", title);
  const [path, anchor] = address.split("#");
  to.href = new URL(path + (location.protocol === "file:" && /(^|\/)$/.test(path) ? "index.html" : "") + (anchor ? `#${anchor}` : ""), base);
  return to;
}

/** The dangers of one level: how soon, whom to call where the reader lives, and the signs, which lead to all that is said. */
function danger(number, signs) {
  const level = levels[number - 1];
  const phones = [...new Set(signs.flatMap((sign) => sign.calls))].filter((call) => calls[call]).map((call) => {
    const [words, number] = calls[call];
    const phone = made("a", "call", words);
    phone.translate = !number;
    phone.dataset.call = call;
    if (number) phone.href = `tel:${number.replaceAll(" ", "")}`;
    return made("p", "search__call", `${texts.call} `, phone);
  });
  return made(
    "li",
    `care-card style-${level.style}`,
    made("p", "care-card__head", made("span", "care-card__level", level.level), ` ${level.title}`),
    ...phones,
    ...signs.map((sign) => made("p", "search__sign", link(sign), made("span", "search__text", sign.short))),
  );
}

/** One page: what kind it is, its title, the name or the section it was found by, and what it says. */
function page({ entry, by, heading }) {
  const to = link(heading ? { ...entry, address: `${entry.address}#${slug(heading)}` } : entry);
  const name = entry.names?.includes(by) ? by : heading;
  if (name && !entry.title.toLowerCase().includes(name.toLowerCase())) to.append(made("span", "search__by", `: ${name}`));
  return made("li", "", entry.kind && made("span", "search__kind", entry.kind), to, entry.short && made("span", "search__text", entry.short));
}

/** The anchor of a heading, as pages have it. */
function slug(heading) {
  return heading.normalize("NFKD").replace(/[^\x20-\x7e]/g, "").replace(/[^\w\s-]/g, "").trim().toLowerCase().replace(/[-\s]+/g, "-");
}

function show() {
  const query = asked.value.trim();
  keepSoon(query);
  const found = find(query);
  const dangers = found.dangers.slice(0, SHOWN.dangers);
  const pages = found.pages.slice(0, SHOWN.pages);
  const signs = found.signs.filter(({ entry }) => !dangers.includes(entry)).slice(0, SHOWN.signs);
  list.replaceChildren();
  const cards = [...new Set(dangers.map(({ level }) => level))].map((level) => danger(level, dangers.filter((each) => each.level === level)));
  if (cards.length) list.append(made("ul", "bare search__dangers", ...cards));
  if (pages.length) list.append(made("ul", "bare search__pages", ...pages.map(page)));
  if (signs.length) {
    const lines = signs.map(({ entry }) => made("li", "", link(entry), made("span", "search__level", levels[entry.level - 1].level)));
    list.append(made("p", "search__heading", texts.signs), made("ul", "bare search__signs", ...lines));
  }
  ways.hidden = pages.length > 0;
  const first = dangers.length ? `${texts.danger.replace("{title}", levels[dangers[0].level - 1].title)} ` : "";
  const count = pages.length === 1 ? texts.one : pages.length || (signs.length && !dangers.length) ? texts.some.replace("{count}", pages.length) : dangers.length ? "" : texts.none;
  said.textContent = query ? first + count : "";
  document.dispatchEvent(new Event("calls", { bubbles: true }));
}

/** The query in the address, where the way back finds it. An address behind # is never sent. */
function keep(query) {
  clearTimeout(waiting);
  if (!query && !location.hash.startsWith(HASH)) return; // another part of the page is pointed to
  history.replaceState(history.state, "", query ? HASH + encodeURIComponent(query) : location.pathname + location.search);
}

/** The same once somebody pauses: browsers refuse an address that changes with every letter. */
function keepSoon(query) {
  clearTimeout(waiting);
  waiting = setTimeout(() => (!root.showModal || root.open) && keep(query), 300);
}
let waiting;

asked.addEventListener("input", show);
root.addEventListener("close", () => keep(""));

root.addEventListener("keydown", (event) => {
  const stops = [asked, ...list.querySelectorAll(".search__link")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = stops.indexOf(document.activeElement);
  if (step && at >= 0) {
    event.preventDefault();
    stops[Math.min(stops.length - 1, Math.max(0, at + step))].focus();
  } else if (event.key === "Enter" && at === 0 && stops[1]) {
    event.preventDefault();
    stops[1].click();
  }
});

list.addEventListener("click", (event) => {
  const to = event.target.closest(".search__link");
  if (to) keep(asked.value.trim());
  if (!to || to.pathname !== location.pathname || event.ctrlKey || event.metaKey) return;
  if (root.open) root.close(); // it is on this page
  if (!to.hash) {
    event.preventDefault();
    scrollTo(0, 0);
  }
});

/** What the address asks for, also when somebody comes back to it. */
function recall() {
  if (!location.hash.startsWith(HASH)) return;
  try {
    asked.value = decodeURIComponent(location.hash.slice(HASH.length));
  } catch {
    asked.value = ""; // an address can hold anything
  }
  show();
}

addEventListener("hashchange", recall);
root.dataset.state = "ready";
if (asked.value) show();
else if (location.hash.startsWith(HASH)) recall();
else said.textContent = "";
