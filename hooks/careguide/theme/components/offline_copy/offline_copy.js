// Asks the browser to keep a copy of the guide, and says when the page in view has changed since it was opened.
const copy = document.getElementById("offline-copy");
const changed = copy.querySelector("p");
const keeper = navigator.serviceWorker;
const own = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname); // somebody works on the guide
let asked = Date.now();

/** The page as the host has it now, beside the one in view. */
async function look() {
  const answer = await fetch(location.pathname, { cache: "no-cache" });
  const version = answer.ok && (await answer.text()).match(/data-version="(\w+)"/)?.[1];
  if (version && version !== copy.dataset.version) changed.hidden = false;
}

async function begin() {
  const script = new URL(copy.dataset.worker, location.href).href;
  let registration = await keeper.getRegistration();
  if (registration?.active?.scriptURL !== script) {
    // Where the script is gone, one that is about to go would be kept alive by being registered again.
    if (!(await fetch(script, { method: "HEAD", cache: "no-store" })).ok) return;
    registration = await keeper.register(script);
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - asked < 3_600_000) return;
    asked = Date.now();
    registration.update().catch(() => {});
    look().catch(() => {});
  });
}

changed.querySelector("button").addEventListener("click", () => location.reload());
keeper?.addEventListener("message", () => look().catch(() => {}));
// Whoever pays for each byte is not made to.
if (keeper && !own && !navigator.connection?.saveData) addEventListener("load", () => begin().catch(() => {}));
