// Shows a flow one step at a time. The page is the data: a form is a step, `data-next` says where an answer leads, results stand worst first.
// Answers live in memory only: a reload starts again.
for (const flow of document.querySelectorAll("[data-module=flow]")) play(flow);

function play(flow) {
  const root = document.documentElement;
  const { title } = document;
  const all = (selector, part = flow) => [...part.querySelectorAll(selector)];
  const text = (part, selector) => part.querySelector(selector).textContent.trim();
  const full = (sign) => text(sign, ".sign__text");
  const short = (sign) => text(sign, ".sign__lead, .sign__text:not(:has(.sign__lead))");
  const steps = all(".flow-step");
  const results = all(".result");
  const named = (id) => [...steps, ...results].find((each) => each.id === id);
  const linked = flow.querySelector("[data-linked]");
  const answers = new Map();

  /** Where the answers lead, and by which way. An answer counts only while its step asks the same signs. */
  function follow() {
    const way = { at: steps[0], trail: [], doubts: [], people: [], out: [] };
    while (steps.includes(way.at)) {
      const step = way.at;
      const { kind } = step.dataset;
      const signs = all(".sign", step).filter((sign) => kind === "gate" || !way.out.includes(sign.dataset.who));
      for (const sign of all(".sign", step)) sign.classList.toggle("is-out", !signs.includes(sign));
      const answer = signs.length ? answers.get(step) : { said: "none", ticked: [], signs };
      if (answer?.signs.length !== signs.length || !signs.every((sign) => answer.signs.includes(sign))) break;
      if (signs.length) way.trail.push({ step, kind, ...answer });
      way.at = named(next(step, kind, answer, way));
    }
    return way;
  }

  /** The id of what one answer leads to. The way keeps what it says of people and doubts. */
  function next(step, kind, { said, ticked, signs }, way) {
    const meant = said === "unsure" ? signs : ticked;
    if (kind === "people") {
      way.people = meant.map((sign) => sign.dataset.person);
      way.out = signs.map((sign) => sign.dataset.person).filter((person) => !way.people.includes(person));
    } else if (said === "unsure") {
      way.doubts.push(...signs.filter((sign) => !ticked.includes(sign)));
    }
    if (kind === "ticks" && meant.length) {
      const ends = meant.flatMap((sign) => [sign.dataset.next, ...way.people.map((person) => sign.getAttribute(`data-raise-${person}`))]);
      return results.find((result) => ends.includes(result.id)).id;
    }
    const route = step.querySelector(kind === "gate" ? `[value=${said}]` : "button").dataset;
    return (way.doubts.length && route.doubt) || route.next;
  }

  /** Shows what the address names if the answers lead there, and otherwise where they do lead. */
  function show(id, focus = true) {
    const way = follow();
    const view = [...way.trail.map(({ step }) => step), way.at].find((each) => each.id === id) ?? way.at;
    const ended = results.includes(view);
    if (view.id !== id) history.replaceState(null, "", `#${view.id}`);
    for (const each of [...steps, ...results]) each.classList.toggle("is-now", each === view);
    for (const stage of all("li[data-stage]")) stage.ariaCurrent = stage.dataset.stage === view.dataset.stage ? "step" : null;
    for (const error of all(".error")) error.hidden = true;
    flow.classList.toggle("flow--ended", ended);
    if (ended) explain(view, way);
    document.title = `${text(view, ".flow-step__ask, .result__name")} - ${title}`;
    if (!focus) return;
    linked.textContent = "";
    flow.scrollIntoView();
    view.querySelector("h2").focus({ preventScroll: true });
  }

  function go(id) {
    history.pushState(null, "", `#${id}`);
    show(id);
  }

  /** Fills in the reasons and the note, and marks the way in the picture. */
  function explain(result, { trail, doubts }) {
    const last = trail.at(-1);
    const gate = last.said === "yes" ? last.signs : [];
    const ticks = last.kind === "ticks" ? last.ticked : [];
    const reasons = { gate, ticks, unsure: doubts };
    for (const block of all("[data-because]", result)) {
      const found = reasons[block.dataset.because];
      block.hidden = !found.length;
      fill(block.querySelector("ul"), found.map(full));
    }

    for (const row of all("[data-told]")) {
      const each = trail.find(({ step }) => step.id === row.dataset.told);
      row.hidden = !each;
      if (each) row.querySelector("strong").textContent = answered(each).join(", ");
    }

    const denied = ({ said, ticked, signs }) => (/yes|unsure/.test(said) ? [] : signs.filter((sign) => !ticked.includes(sign)));
    const notes = {
      date: [new Date().toLocaleDateString(root.lang, { dateStyle: "long" })],
      advice: [text(result, ".result__name")],
      people: trail.filter(({ kind }) => kind === "people").flatMap(answered),
      present: gate.length ? [text(result, "[data-because=gate] p"), ...gate.map(full)] : ticks.map(full),
      unsure: doubts.map(full),
      denied: trail.filter(({ kind }) => kind !== "people").flatMap(denied).map(short),
    };
    for (const list of all("[data-note]")) {
      const lines = notes[list.dataset.note];
      fill(list, lines.length ? lines : [list.dataset.nothing]);
    }

    for (const picture of all(".chart__picture")) {
      const rows = all(".chart__row", picture);
      const ends = ({ dataset }) => [last.step.id, result.id].includes(dataset.step) && dataset.ends.split(" ").includes(result.id);
      const end = rows.findIndex(ends);
      rows.forEach(({ classList }, place) => {
        classList.toggle("is-taken", place <= end);
        classList.toggle("is-end", place === end);
      });
    }
  }

  const answered = ({ step, said, ticked }) => [...ticked.map(short), ...(said ? [step.querySelector(`[value=${said}]`).closest("button, label").textContent] : [])];

  function fill(list, lines) {
    list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  }

  function complain(step, wrong) {
    const error = step.querySelector(".error");
    for (const line of all("[data-wrong]", error)) line.hidden = line.dataset.wrong !== wrong;
    error.hidden = false;
    error.focus();
    document.title = `${error.dataset.word}: ${text(step, "h2")} - ${title}`;
  }

  function turn(on) {
    flow.classList.toggle("flow--on", on);
    for (const part of all(".flow-script")) part.hidden = !on;
    flow.querySelector("[data-way=one]").hidden = on;
  }

  const does = {
    back: () => history.back(),
    again() {
      answers.clear();
      for (const step of steps) step.reset();
      go(steps[0].id);
    },
    list: () => turn(false),
    one: () => turn(true),
    print({ value }) {
      root.dataset.prints = value;
      print();
    },
  };

  flow.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-way]");
    if (button) does[button.dataset.way](button);
  });
  addEventListener("afterprint", () => delete root.dataset.prints);

  flow.addEventListener("submit", (event) => {
    event.preventDefault();
    const step = event.target;
    const signs = all(".sign:not(.is-out)", step);
    const ticked = signs.filter((sign) => sign.querySelector(":checked"));
    const other = all("input[value]:checked", step);
    const said = event.submitter.value || other[0]?.value;
    if (!said && !ticked.length) return complain(step, "nothing");
    if (said === "none" && ticked.length + other.length > 1) return complain(step, "both");
    answers.set(step, { said, ticked, signs });
    go(follow().at.id);
  });

  // 'None of these' and the rest take each other away, and say so.
  flow.addEventListener("change", ({ target }) => {
    const rest = all("input:checked", target.form).filter((input) => input !== target && [input.value, target.value].includes("none"));
    for (const input of rest) input.checked = false;
    const status = target.form.querySelector("[data-cleared]");
    status.textContent = rest.length ? status.dataset.cleared : "";
  });

  // The browser moves the focus itself after this event, so wait until it has.
  addEventListener("popstate", () => setTimeout(() => {
    const id = location.hash.slice(1) || steps[0].id;
    if (flow.matches(".flow--on") && named(id)) show(id);
  }));

  const id = location.hash.slice(1);
  if (named(id) && id !== steps[0].id) linked.textContent = linked.dataset.linked;
  for (const step of steps) step.reset();
  turn(true);
  show(linked.textContent ? id : steps[0].id, false);
}
