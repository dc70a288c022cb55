// Reads what a records system asks for out of the address, and opens the page about it. Nothing is sent or kept.
// Every address that is opened is one of KNOWN; a word of the request only ever becomes a search.
const asked = new Map();
for (const [name, value] of new URLSearchParams(location.search)) asked.set(name.toLowerCase(), value.trim());
const first = (...names) => names.map((name) => asked.get(name.toLowerCase())).find(Boolean) || "";
const plain = (text) => text.toLowerCase().replace(/[\s.]+/g, " ").trim();
const bare = (code) => code.toUpperCase().replace(/[.\s]/g, "");

// A code stands for the same as the one that it refines, and for all that refine it: R25.31 for R25.3, G24 for G24.3.
function withCode(system, code) {
  const codes = KNOWN.codes[system], wanted = bare(code);
  const exact = Object.keys(codes).filter((each) => bare(each) === wanted);
  const refines = system.startsWith("icd") && wanted.length > 2;
  const near = refines ? Object.keys(codes).filter((each) => wanted.startsWith(bare(each)) || bare(each).startsWith(wanted)) : [];
  return (exact.length ? exact : near).flatMap((each) => codes[each]);
}

function matches() {
  const code = first("mainSearchCriteria.v.c", "mainSearchCriteria.v.c1");
  const system = KNOWN.systems[first("mainSearchCriteria.v.cs", "mainSearchCriteria.v.cs1").toLowerCase().replace(/^urn:oid:/, "")];
  const given = first("mainSearchCriteria.v.cs", "mainSearchCriteria.v.cs1");
  const systems = system ? [system] : given ? [] : Object.keys(KNOWN.codes);
  const found = code ? systems.flatMap((each) => withCode(each, code)) : [];
  const name = plain(words());
  const called = KNOWN.pages.flatMap(([title, , , , names], number) => [title, ...names].some((each) => plain(each) === name) ? [number] : []);
  const both = found.filter((number) => called.includes(number));
  const chosen = both.length ? both : found.length ? found : called;
  return [...new Set(chosen)].map((number) => KNOWN.pages[number]);
}

function words() {
  return first("mainSearchCriteria.v.dn", "mainSearchCriteria.v.dn1", "mainSearchCriteria.v.ot", "mainSearchCriteria.v.ot1");
}

// The two letters of the language that the reader reads, if a page is there in it; else those of the guide.
const wanted = first("informationRecipient.languageCode.c", "performer.languageCode.c").toLowerCase().split(/[-_]/)[0];

// Clinicians read their own page; whoever has it on their screen for a patient is given the sheet to hand over.
function addressFor([, url, ownSheet, clinicians, , translated]) {
  const reader = first("informationRecipient"), asks = first("performer");
  if (reader === "PROV" && clinicians) return clinicians;
  const [page, sheet] = translated[wanted] || [url, ownSheet];
  return reader === "PAT" && asks === "PROV" && sheet ? sheet : page;
}

// From a disk, where no host adds it, the file of a folder is named.
function place(path) {
  return "../" + (location.protocol === "file:" ? path.replace(/\/(?=#|$)/, "/index.html") : path);
}

function show(pages) {
  for (const page of pages) {
    const link = document.createElement("a");
    link.href = place(addressFor(page));
    link.textContent = page[0];
    const item = document.createElement("li");
    item.append(link);
    document.getElementById("pages").append(item);
  }
  document.getElementById("pages").hidden = !pages.length;
  document.getElementById(pages.length ? "several" : "none").hidden = false;
  document.getElementById("answer").focus();
}

// Symptoms come first and have a page for clinicians; among several other pages the reader has to choose.
const pages = matches(), search = KNOWN.search[wanted] || KNOWN.search[KNOWN.language];
if (pages.length === 1 || (pages.length && pages[0][3])) location.replace(place(addressFor(pages[0])));
else if (!pages.length && words() && search) location.replace(place(search) + "#search=" + encodeURIComponent(words()));
else if (asked.size) show(pages);
