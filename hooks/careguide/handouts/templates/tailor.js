// Leaves parts of a sheet out before it is printed. "When to get help" has no box that could be cleared. Nothing is stored or sent.
const form = document.querySelector("form");
const own = document.querySelector(".own");
const lines = own.querySelectorAll("p");

const show = () => {
  const chosen = new FormData(form);
  for (const part of document.querySelectorAll("[data-part]")) part.hidden = !chosen.getAll("part").includes(part.dataset.part);
  // As text, never as HTML.
  chosen.getAll("own").forEach((words, place) => (lines[place].textContent = words));
  own.hidden = !chosen.getAll("own").some((words) => words.trim());
  const there = form.querySelector("option:checked");
  for (const level of document.querySelectorAll("[data-level]")) if (there) level.textContent = there.dataset[`level${level.dataset.level}`];
  document.documentElement.dataset.letters = chosen.get("letters");
  document.documentElement.dataset.paper = chosen.get("paper");
};

form.addEventListener("input", show);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  print();
});
form.reset();
form.hidden = false;
show();
