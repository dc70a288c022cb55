// What the buttons of every page do. Nothing is stored, but the country of a reader who asks for it.
const finder = document.getElementById("search");
const does = {
  /** Light or dark, for the page in view only. */
  scheme() {
    const root = document.documentElement;
    const dark = root.dataset.scheme ? root.dataset.scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.scheme = dark ? "light" : "dark";
  },
  print() {
    window.print();
  },
  search() {
    const page = document.querySelector("a[data-does=search]");
    if (page && finder.localName === "dialog" && !finder.showModal) { // a browser without dialogs has the page of search
      location.assign(page.href + (location.hash.startsWith("#search=") ? location.hash : ""));
      return;
    }
    if (finder.showModal && !finder.open) finder.showModal(); // at once, so that no letter is lost that is typed while the rest comes
    const field = finder.querySelector("input");
    field.focus(); // and with that the rest is asked for
    field.select(); // new words take the place of the last ones
  },
  again() {
    fetchSearch();
    finder.querySelector("input").focus();
  },
  clear() {
    const words = finder.querySelector("input");
    words.value = "";
    words.dispatchEvent(new Event("input"));
    words.focus();
  },
  close(button) {
    button.closest("dialog").close();
  },
  country({ value }) {
    settle(value);
    if (remember?.checked) kept(value);
    document.getElementById("countries").hidePopover?.();
  },
};

const countries = [...document.querySelectorAll("[data-country]")];

/** Numbers and services of one country. What a reader chooses goes along in the address, because nothing is stored. */
function settle(id) {
  const found = countries.find(({ dataset }) => dataset.country === id);
  if (!found) return;
  for (const call of document.querySelectorAll("[data-call]")) {
    call.textContent = found.dataset[call.dataset.call];
    const number = found.dataset[`${call.dataset.call}Number`];
    call.translate = !number;
    if (number) call.href = `tel:${number}`;
    else call.removeAttribute("href");
  }
  for (const name of document.querySelectorAll("[data-country-name]")) name.textContent = found.querySelector("span").textContent;
  for (const part of document.querySelectorAll(".country")) {
    const own = part.querySelector(`[data-in="${id}"]`);
    for (const each of part.querySelectorAll("[data-in]")) each.hidden = each !== own;
  }
  chosen = id;
}
let chosen = "";

/** The country that this device remembers, where a reader has ticked the box. Nothing else is ever kept. */
function kept(id) {
  try {
    if (id) localStorage.setItem("country", id);
    else if (id === "") localStorage.removeItem("country");
    return localStorage.getItem("country");
  } catch {
    return null; // a browser that keeps nothing
  }
}
const remember = document.querySelector("[data-remember]");
if (remember) {
  remember.checked = Boolean(kept());
  remember.addEventListener("change", () => (remember.checked = Boolean(kept(remember.checked ? chosen || countries[0].dataset.country : ""))));
}
addEventListener("calls", () => settle(chosen)); // a part of the page that came later
const asked = new URLSearchParams(location.search).get("in");
const regions = navigator.languages.map((language) => language.split("-")[1]).filter(Boolean);
const near = regions.map((region) => countries.find(({ dataset }) => dataset.regions.split(" ").includes(region))).find(Boolean);
for (const button of document.querySelectorAll("[data-does=country]")) button.hidden = false;
const here = /find-care\/([a-z]+)\//.exec(location.pathname)?.[1]; // the page of one country shows its numbers, and no other page does for that
settle(countries.some(({ dataset }) => dataset.country === here) ? here : asked ?? kept() ?? near?.dataset.country);
addEventListener("click", ({ target }) => {
  const link = target.closest("a[href]");
  const along = chosen === here ? asked : chosen;
  if (link && along && (asked || along !== near?.dataset.country) && link.origin === location.origin && link.pathname !== location.pathname) link.search = `?in=${along}`;
}, true);

/** A form that says what is wrong is told the section that a reader came to, or in which they marked words. */
function section(link) {
  const mark = getSelection();
  const place = String(mark) ? mark.anchorNode.parentElement : document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const heads = [...document.querySelectorAll("main :is(h2, h3)")];
  const head = place && heads.filter((each) => each.contains(place) || each.compareDocumentPosition(place) & 4).pop();
  if (head && link.href.includes("&page=")) link.href += `&section=${encodeURIComponent(head.textContent.trim())}`;
}
for (const link of document.querySelectorAll("[data-wrong]")) link.addEventListener("click", () => section(link), { once: true });

/** What an address points to is in sight, also where it stands in a part that is closed. */
function reveal() {
  const there = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let part = there?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
}
addEventListener("hashchange", reveal);

addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => (each.open = true)));

/** A hand that shakes clicks twice at a place, and holds a key for long: the second would undo the first, or go where nobody has looked. */
function first(event) {
  const control = event.target.closest("a, button, label, summary, [type=checkbox], [type=radio]");
  const { detail, clientX: x, clientY: y, timeStamp: time } = event;
  const echoes = event.target === last.box; // a label clicks its box
  last.box = null;
  if (!control || !detail || echoes) return; // a key, or a script, has no count
  const again = time - last.time < 350 && Math.hypot(x - last.x, y - last.y) < 30; // not every browser counts
  if (detail > 1 || again) stop(event);
  else last = { x, y, time, box: control.control };
}
let last = { time: -Infinity };
function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
addEventListener("click", first, true);
addEventListener("keydown", (event) => event.repeat && event.key === "Enter" && !event.target.closest("textarea") && stop(event), true);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-does]");
  if (!button || (button.href && (event.ctrlKey || event.metaKey || event.shiftKey))) return;
  if (button.href) event.preventDefault(); // without script it leads to a page
  does[button.dataset.does](button);
});

/** Asks for the search, once; again where it did not come. */
function fetchSearch() {
  if (finder.dataset.state && finder.dataset.state !== "failed") return;
  const script = Object.assign(document.createElement("script"), { src: finder.dataset.script });
  script.onerror = () => state("failed");
  state("loading");
  document.head.append(script);
}
finder.querySelector("input").addEventListener("focus", fetchSearch);

/** What is to be said while the search is not there. */
function state(name) {
  finder.dataset.state = name;
  const said = finder.querySelector(".search__said");
  said.textContent = said.dataset[name];
  finder.querySelector("[data-does=again]").hidden = name !== "failed";
}

addEventListener("keydown", (event) => {
  const writes = event.target.closest("input, textarea, select");
  if (!(event.key === "/" && !writes) && !(event.key === "k" && (event.ctrlKey || event.metaKey))) return;
  event.preventDefault();
  does.search();
});

/** The words that were asked for stand in the address, and are sent to nobody: so they survive the way back. */
function ask() {
  if (location.hash.startsWith("#search=")) does.search();
}
addEventListener("hashchange", ask);

ask();
reveal(); // at the end: an address can hold anything, and must not keep the buttons from working
