// Shows a flow one step at a time. The page is the data: a form is a step, `data-next` says where an answer leads, and results stand worst first.
// Without this script the same page reads as one list. Answers live in memory only, so a reload starts again.
for (const flow of document.querySelectorAll("[data-module=flow]")) play(flow);

function play(flow) {
  const all = (selector, root = flow) => [...root.querySelectorAll(selector)];
  const text = (root, ...selectors) => selectors.map((selector) => root.querySelector(selector)).find(Boolean).textContent.trim();
  const steps = all(".flow-step");
  const results = all(".result");
  const linked = flow.querySelector("[data-linked]");
  const title = document.title;
  const answers = new Map();
  let on = false;

  const named = (id) => [...steps, ...results].find((each) => each.id === id);
  const button = (step, value) => step.querySelector(value ? `button[value=${value}]` : "button");
  const full = (sign) => text(sign, ".sign__text");
  const short = (sign) => text(sign, ".sign__lead", ".sign__text");

  /** Where the answers lead, and by which way. An answer counts only while its step asks the same as when it was given. */
  function follow() {
    const way = { at: steps[0], trail: [], doubts: [], people: [], out: [] };
    while (way.at.matches(".flow-step")) {
      const step = way.at;
      const gate = step.dataset.kind === "gate";
      const signs = all(".sign", step).filter((sign) => gate || !way.out.includes(sign.dataset.who));
      const answer = signs.length ? answers.get(step.id) : { said: "none", ticked: [], signs };
      for (const sign of all(".sign", step)) sign.classList.toggle("is-out", !signs.includes(sign));
      if (String(answer?.signs.map(short)) !== String(signs.map(short))) {
        answers.delete(step.id);
        break;
      }
      if (signs.length) way.trail.push({ step, ...answer });
      way.at = named(next(step, answer, way));
    }
    return way;
  }

  /** The id of what one answer leads to; what it says of people and of doubts is noted on the way. */
  function next(step, { said, ticked, signs }, way) {
    const unsure = said === "unsure";
    const meant = unsure ? signs : ticked;
    const { kind } = step.dataset;
    if (kind === "people") {
      way.people = meant.map((sign) => sign.dataset.person);
      way.out = signs.filter((sign) => !meant.includes(sign)).map((sign) => sign.dataset.person);
    } else if (unsure) {
      way.doubts.push(...signs.filter((sign) => !ticked.includes(sign)));
    }
    if (kind === "ticks") {
      const ends = meant.flatMap((sign) => [sign.dataset.next, ...way.people.map((who) => sign.getAttribute(`data-raise-${who}`))]);
      const worst = results.find((result) => ends.includes(result.id));
      if (worst) return worst.id;
    }
    const route = button(step, kind === "gate" && said).dataset;
    return (way.doubts.length && route.doubt) || route.next;
  }

  /** Brings a step or a result into view. */
  function show(view, way, focus = true) {
    const ended = results.includes(view);
    for (const each of [...steps, ...results]) each.classList.toggle("is-now", each === view);
    flow.classList.toggle("flow--ended", ended);
    if (ended) explain(view, way);
    const stages = all("[data-stage]", flow.querySelector("ol"));
    const now = stages.findIndex((stage) => stage.dataset.stage === view.dataset.stage);
    stages.forEach((stage, place) => {
      stage.classList.toggle("is-done", place < now);
      stage.toggleAttribute("aria-current", place === now);
    });
    button(flow, "back").hidden = view === steps[0];
    for (const error of all(".error", view)) error.hidden = true;
    document.title = `${text(view, ".result__name", "h2")} - ${title}`;
    if (!focus) return;
    flow.scrollIntoView();
    view.querySelector("h2").focus({ preventScroll: true });
  }

  const fill = (list, lines) => {
    list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    list.parentElement.classList.toggle("is-empty", !lines.length);
  };
}
