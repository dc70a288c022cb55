// Shows a check one screen at a time. The page is the data: a line says its level, of whom it is asked and on which screen; results stand worst first.
// Answers live in memory only: a reload starts again. Texts are never read, so a translated page works as well.
for (const flow of document.querySelectorAll("[data-module=flow]")) play(flow);

function play(flow) {
  const root = document.documentElement;
  const { title } = document;
  const all = (selector, part = flow) => [...part.querySelectorAll(selector)];
  const list = (text) => (text ? text.split(" ") : []);
  const results = all("[data-result]");
  const last = results.length - 1;
  const place = (level) => (level ? results.findIndex(({ id }) => id === level) : last);
  const meets = (item, chosen) => !item.dataset.contexts || list(item.dataset.contexts).some((each) => chosen.has(each));
  const forms = all(".flow-step");
  const linked = flow.querySelector("[data-linked]");
  const [which, noted] = all(".flow-more");

  // Lines that are only for some people go to their screens, before its own; one that stands twice is taken once.
  const own = new Map();
  for (const item of all("[data-sign]")) if (!own.has(item.dataset.sign) || !item.dataset.contexts) own.set(item.dataset.sign, item);
  for (const form of forms) {
    const mine = [...own.values()].filter(({ dataset }) => dataset.screen === form.id);
    const [some, rest] = [mine.filter((each) => each.dataset.contexts), mine.filter((each) => !each.dataset.contexts)];
    form.querySelector(".flow-lines").append(...some, ...rest);
  }
  for (const form of forms) {
    const taps = /one|gate/.test(form.dataset.kind);
    for (const item of all(".flow-line", form)) {
      const control = document.createElement(taps || item.dataset.time ? "button" : "label");
      control.className = "flow-line__control";
      if (control.type) control.type = "button";
      const words = document.createElement("span");
      words.append(...item.childNodes);
      if (!control.type) control.append(Object.assign(document.createElement("input"), { type: "checkbox" }));
      control.append(words);
      item.append(control);
    }
  }
  const steps = forms.map((form) => ({
    form,
    id: form.id,
    level: place(form.dataset.level),
    choices: all("[data-choice]", form),
    lines: all("[data-sign]", form),
    times: all("[data-time]", form),
  }));

  const start = (chosen = {}) => ({ chosen, added: [], said: {}, time: "" });
  const states = [start()];
  let now = 0;
  let shown = Infinity;
  let seen;

  /** What to ask next, or the result: the same as `follow` of the plan. */
  function follow({ chosen, added, said, time }) {
    const who = new Set([...Object.values(chosen).flat(), ...added]);
    let reached = last;
    let because = [];
    let unsure = [];
    for (const step of steps) {
      if (step.choices.length && !chosen[step.id]) return { step, who, lines: step.choices, times: [] };
      const times = step.times.filter((each) => meets(each, who));
      const worst = Math.min(step.level, ...step.times.map((each) => place(each.dataset.level)));
      if (step.choices.length || reached <= worst) continue;
      const lines = step.lines.filter((each) => meets(each, who));
      for (const line of lines) {
        const answer = said[line.dataset.sign];
        const leads = answer ? place(line.dataset[answer]) : last;
        if (leads === last) continue;
        if (leads < reached) [reached, because, unsure] = [leads, [], []];
        if (leads === reached) (answer === "level" ? because : unsure).push(line);
      }
      const end = { who, because, unsure };
      if (reached <= worst && !step.times.length) return { ...end, result: results[reached] };
      const open = lines.filter((each) => !said[each.dataset.sign]);
      if (open.length || (times.length && !time)) return { step, who, lines: open, times: time ? [] : times };
      const lasted = times.find((each) => each.dataset.time === time);
      const ends = place(lasted?.dataset.level);
      if (ends < reached) return { who, because: [lasted], unsure: [], result: results[ends] };
      if (times.length) return { ...end, lasted, result: results[reached] };
    }
    return { who, because, unsure, result: results[reached] };
  }

  /** Shows where some answers lead. */
  function show(focus = true) {
    const found = follow(states[now]);
    const view = found.result ?? found.step.form;
    for (const each of [...forms, ...results]) each.classList.toggle("is-now", each === view);
    flow.classList.toggle("flow--ended", Boolean(found.result));
    flow.classList.toggle("flow--worst", found.result === results[0]);
    for (const part of all("[data-contexts]:not(.flow-line, .block)")) part.hidden = !meets(part, found.who);
    for (const error of all(".error")) error.hidden = true;
    if (found.result) explain(found);
    else ask(found);
    const name = which.hidden || found.result ? view.querySelector("[data-ask], .result__name") : which;
    document.title = `${name.textContent} - ${title}`;
    // Before anything is answered the address stays as it is: with a name in it the browser would scroll past the head of the page.
    history.replaceState({ now }, "", focus || location.hash ? `#${view.id}` : "");
    look();
    if (!focus) return;
    linked.textContent = "";
    view.scrollIntoView();
    view.querySelector("h2").focus({ preventScroll: true });
  }

  /** Nothing on a screen can be pressed before it has been seen for a moment: from when it is painted, which a slow phone does late. */
  function look() {
    clearTimeout(seen);
    shown = Infinity;
    flow.classList.add("is-new");
    requestAnimationFrame(() => setTimeout(() => {
      shown = performance.now();
      clearTimeout(seen);
      seen = setTimeout(() => flow.classList.remove("is-new"), 360);
    }));
  }

  /** Shows a screen: all its lines, those that are left after a doubt, or the question which of them it is about. */
  function ask({ step, lines, times, who }) {
    const { form } = step;
    const { said, which: doubted } = states[now];
    which.hidden = doubted !== step.id;
    noted.hidden = !which.hidden || !step.lines.some(({ dataset }) => said[dataset.sign] === "unsure");
    form.querySelector("h2").append(which, noted);
    for (const item of all(".flow-line", form)) item.hidden = ![...lines, ...times].includes(item);
    form.classList.toggle("is-which", !which.hidden);
    form.classList.toggle("is-timed", times.length > 0);
    for (const box of all("[data-boxes]", form)) {
      box.textContent = all("[data-choice]").filter(({ dataset }) => who.has(dataset.choice) && label(dataset.choice)).map(({ dataset }) => label(dataset.choice)).join(", ");
    }
    for (const each of forms) each.reset();
  }

  /** The short name of a context, as the last look has it. */
  const label = (context) => flow.querySelector(`[data-again="${context}"]`)?.textContent;
  const words = (item) => item.querySelector(".flow-line__words").textContent;

  function explain({ result, who, because, unsure, lasted }) {
    const lines = [...because, ...unsure];
    const ids = [...lines, ...(lasted ? [lasted] : [])].map(({ dataset }) => dataset.sign ?? dataset.time);
    const some = (names) => list(names).some((each) => ids.includes(each));
    for (const block of all(".block", result)) {
      const { contexts, signs, times, unless } = block.dataset;
      block.hidden = !((!contexts || meets(block, who)) && (!(signs || times) || some(`${signs ?? ""} ${times ?? ""}`)) && !some(unless));
    }
    for (const text of all("[data-meanwhile]", result)) text.hidden = !some(text.dataset.meanwhile);
    for (const block of all(".block", result)) if (block.querySelector("[data-meanwhile]")) block.hidden ||= !block.querySelector("[data-meanwhile]:not([hidden])");
    for (const doubt of all("[data-doubt]", result)) doubt.hidden = !unsure.length || because.length > 0;
    for (const part of all("[data-line]", result)) part.textContent = lines.map(words).join(" ");
    const reasons = result.querySelector("[data-because]");
    reasons.hidden = !because.length;
    fill(reasons.querySelector("ul"), because.map(words));
    for (const link of all("[data-again]", result)) link.parentElement.hidden = who.has(link.dataset.again);
    tell(result, who, because, unsure);
  }

  /** Fills in the answers and the note, and marks the way in the picture. */
  function tell(result, who, because, unsure) {
    const { chosen, said, time } = states[now];
    const answered = steps.map(({ id, choices, lines, times }) => [
      ...choices.filter(({ dataset }) => chosen[id]?.includes(dataset.choice)),
      ...lines.filter(({ dataset }) => /level|unsure/.test(said[dataset.sign])),
      ...times.filter(({ dataset }) => dataset.time === time),
    ]);
    const passed = steps.map(({ id, lines }) => chosen[id] || lines.some(({ dataset }) => said[dataset.sign]));
    steps.forEach(({ id, form }, index) => {
      const row = flow.querySelector(`[data-told="${id}"]`);
      row.hidden = !passed[index];
      row.querySelector("strong").textContent = answered[index].map(words).join(" ") || form.querySelector("[value=none]")?.textContent;
    });
    const asked = steps.flatMap(({ lines }) => lines);
    const denied = results.map((level) => [level, asked.filter(({ dataset }) => said[dataset.sign] === "no" && dataset.level === level.id).length]);
    const notes = {
      date: [today()],
      advice: [result.querySelector(".result__name").textContent],
      people: steps.flatMap(({ choices }, index) => (choices.length ? answered[index] : [])).map(words),
      present: [...because.map(words), ...all("[data-time]").filter(({ dataset }) => dataset.time === time && !because.length).map(words)],
      unsure: unsure.map(words),
      denied: denied.filter(([, count]) => count).map(([level, count]) => flow.querySelector("[data-count]").dataset.count.replace("{count}", count).replace("{level}", level.querySelector(".result__name").textContent)),
    };
    for (const part of all("[data-note]")) fill(part, notes[part.dataset.note].length ? notes[part.dataset.note] : [part.dataset.nothing]);
    for (const row of all(".chart__row")) {
      const index = steps.findIndex(({ id }) => id === row.dataset.step);
      const ends = row.dataset.step.endsWith(`-${time}`) && time;
      row.classList.toggle("is-taken", Boolean(passed[index] || ends));
      row.classList.toggle("is-end", Boolean(ends || (passed[index] && !time && !passed.slice(index + 1).some(Boolean))));
    }
  }

  /** The day, as the page's language writes it. A translator may say "auto" there, which is none. */
  function today() {
    try {
      return new Date().toLocaleDateString(root.lang, { dateStyle: "long" });
    } catch {
      return new Date().toLocaleDateString(undefined, { dateStyle: "long" });
    }
  }

  function fill(part, lines) {
    part.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  }

  function go(change) {
    states.length = now + 1;
    states[now] = { ...states[now], at: follow(states[now]).step?.id };
    states.push({ ...states[now], which: "", ...change });
    now += 1;
    history.pushState({ now }, "", location.hash);
    show();
  }

  const answer = (lines, value) => Object.fromEntries(lines.map(({ dataset }) => [dataset.sign, value]));

  /** What a tap on a line says. */
  function tap(item) {
    const { step, lines } = follow(states[now]);
    const { chosen, said, which } = states[now];
    const { choice, sign, time } = item.dataset;
    if (choice) return go({ chosen: { ...chosen, [step.id]: [choice] } });
    if (sign) return go({ said: { ...said, [sign]: which === step.id ? "unsure" : "level" } });
    const ticked = lines.filter((each) => each.querySelector(":checked"));
    return go({ time, said: { ...said, ...answer(lines, "no"), ...answer(ticked, "level") } });
  }

  function turn(on) {
    flow.classList.toggle("flow--on", on);
    flow.classList.toggle("flow--off", !on);
    for (const part of all(".flow-script")) part.hidden = !on;
    if (!on) for (const part of all(".flow-line, .block, [data-meanwhile], [data-contexts]")) part.hidden = false;
  }

  const does = {
    back: () => history.back(),
    start: () => go({ ...start() }),
    which: () => go({ which: follow(states[now]).step.id }),
    list: () => turn(false),
    print({ value }) {
      root.dataset.prints = value;
      for (const part of all("details")) part.open = true;
      print();
    },
  };
  addEventListener("afterprint", () => delete root.dataset.prints);

  let pressed; // Safari 15 does not say which button sends a form
  flow.addEventListener("click", (event) => {
    const { target } = event;
    pressed = target.closest("button");
    const way = target.closest("[data-way]");
    const control = target.closest("button.flow-line__control");
    const link = target.closest("a[href^='#']");
    // The second click of two would answer a screen that nobody has read, wherever it lands; a key has no count.
    if (event.detail && event.timeStamp - shown < 350) return event.preventDefault();
    if (!flow.matches(".flow--on")) return;
    if (link?.dataset.again) {
      event.preventDefault();
      go({ added: [...states[now].added, link.dataset.again] });
    } else if (link?.closest("[data-told]")) {
      event.preventDefault();
      const asked = states.map(({ at }, index) => index < now && at === link.hash.slice(1)).lastIndexOf(true);
      if (asked >= 0) history.go(asked - now);
    } else if (way) does[way.dataset.way](way);
    else if (control) tap(control.closest(".flow-line"));
  });

  flow.addEventListener("submit", (event) => {
    event.preventDefault();
    const { step, lines } = follow(states[now]);
    const { chosen, said } = states[now];
    const ticked = lines.filter((each) => each.querySelector(":checked"));
    const none = pressed?.value === "none";
    if (none ? ticked.length : !ticked.length) {
      const error = step.form.querySelector(".error");
      error.hidden = false;
      error.focus();
      document.title = `${error.dataset.word}: ${title}`;
    } else if (step.choices.length) go({ chosen: { ...chosen, [step.id]: ticked.map(({ dataset }) => dataset.choice) } });
    else go({ said: { ...said, ...answer(lines, "no"), ...answer(ticked, "level") } });
  });

  /** `#for=child` answers who it is for; nothing else of the address is an answer. */
  function begin() {
    const [, who] = location.hash.match(/^#for=([\w-]+)$/) ?? [];
    const step = steps.find(({ choices }) => choices.some(({ dataset }) => dataset.choice === who));
    states.splice(0, states.length, start(step ? { [step.id]: [who] } : {}));
    now = 0;
    const id = location.hash.slice(1);
    if (!who && [...forms.slice(1), ...results].some((each) => each.id === id)) linked.textContent = linked.dataset.linked;
  }

  // The browser moves the focus itself after this event, so wait until it has.
  addEventListener("popstate", ({ state }) => setTimeout(() => {
    if (!flow.matches(".flow--on")) return;
    if (location.hash.startsWith("#for=")) begin();
    else now = states[state?.now] ? state.now : 0;
    show();
  }));

  begin();
  turn(true);
  show(false);
}
