// What the buttons of every page do. Nothing is stored.
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
    const dialog = document.getElementById("search");
    dialog.showModal(); // at once, so that no letter is lost that is typed while the rest comes
    const script = new URL(dialog.dataset.script, document.baseURI);
    import(script).then(({ start }) => start(dialog), () => dialog.close());
  },
  clear() {
    const words = document.getElementById("search-words");
    words.value = "";
    words.dispatchEvent(new Event("input"));
    words.focus();
  },
  close(button) {
    button.closest("dialog").close();
  },
};

/** What an address points to is in sight, also where it stands in a part that is closed. */
function reveal() {
  const there = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let part = there?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
}
addEventListener("hashchange", reveal);

addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => (each.open = true)));

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-does]");
  if (button) does[button.dataset.does](button);
});

reveal(); // at the end: an address can hold anything, and must not keep the buttons from working
