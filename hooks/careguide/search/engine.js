// Finds the pages, and the dangers, that a reader's words are about. It knows words, not how a page looks.
const TITLE = 10, NAME = 9, HEADING = 3, SHORT = 4, WORD = 1.6; // what a word is worth, by where it stands
const WHOLE = 10; // what a name is worth beside that, if all its words are asked for
const SLIPS = [0, 0, 0, 0, 1, 2, 2, 2, 2, 3]; // letters that may be wrong in a word, by its length
const WORTH = [1, 0.75, 0.5, 0.35]; // what a word is worth with so many wrong letters
const MOST = 200; // letters that are read of a query
const SPREAD = 2; // how many other words may stand between those of a danger

/** Words in small letters, without accents and apostrophes: "Can’t breathe" is cant, breathe. */
function split(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f'’‘`´]/g, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** What can be found in an index: a function from words to `{dangers, pages, signs}`, each best first. */
function finder(index) {
  const { small, common, sounds, endings, alike, subject, medicine, medicines } = index.language;
  const said = new Map(sounds.split(", ").filter(Boolean).map((pair) => pair.split(" ")));
  const sounding = new RegExp([...said.keys()].sort((a, b) => b.length - a.length).join("|") || "(?!)", "g");
  const sounded = (word) => word.replace(sounding, (letters) => said.get(letters)).replace(/([^aeiou])\1+/g, "$1");
  const ends = split(endings).map(sounded).sort((a, b) => b.length - a.length);
  const keys = new Map();

  /** Words that sound alike, and all forms of a word, have one key. */
  function key(word) {
    if (!keys.has(word)) {
      let found = sounded(word);
      for (let end = ""; end !== undefined; end = ends.find((each) => found.endsWith(each) && found.length - each.length > 2)) {
        found = found.slice(0, found.length - end.length);
      }
      keys.set(word, found);
    }
    return keys.get(word);
  }

  const groups = new Map(); // the key of a word → the keys of all that mean the same
  for (const group of `${alike}; ${subject}`.split("; ")) {
    const same = [...new Set(split(group).map(key))];
    for (const each of same) groups.set(each, same);
  }
  const meaning = (each) => groups.get(each)?.[0] ?? each;
  const no = meaning(key(split(alike)[0] ?? "")); // the first group denies: what it denies comes after it
  const drug = meaning(key(medicine));
  const drugs = new Set(split(medicines).map(key));
  const left = new Set(split(small));
  const telling = (text) => split(text).filter((word) => !left.has(word));

  // ---------------------------------------------------------------------------------------------------------
  // The index, turned round: what each word stands in

  const words = new Set();
  const wrong = new Set(); // misspellings that somebody wrote down
  const found = new Map(); // the key of a word → the entries it stands in, with what it is worth there
  const signs = opened(index.signs);
  const entries = [...opened(index.pages), ...signs].map((entry, number) => {
    const add = (text, worth) => {
      for (const word of telling(text)) {
        words.add(word);
        const where = found.get(key(word)) ?? found.set(key(word), new Map()).get(key(word));
        where.set(number, Math.max(worth, where.get(number) ?? 0));
      }
    };
    add(entry.title, TITLE);
    const { names: shown = entry.dangers ?? [], typed = [], headings = [], short = "", words: rare = "", misspelt } = entry;
    const names = [...shown, ...typed];
    for (const name of misspelt ?? []) {
      for (const word of telling(name)) if (!words.has(word)) wrong.add(word);
      add(name, NAME);
    }
    for (const name of names) {
      const parts = split(name);
      add(parts.length === 2 ? `${name} ${parts.join("")}` : name, NAME); // also for who writes the two as one
    }
    add(headings.join(" "), HEADING);
    add(short, SHORT);
    add(rare, WORD);
    const named = (name) => ({ name, keys: [...new Set(telling(name).map(key))] });
    const wholes = (all) => all.map(named).filter((each) => each.keys.length);
    const right = [entry.title, short, rare, ...names].join(" ");
    return { entry, right, names: wholes([entry.title, ...names, ...(misspelt ?? [])]), headings: wholes(headings) };
  });
  for (const { right } of entries) for (const word of telling(right)) wrong.delete(word);
  const byLength = new Map(); // right words by length, each with its letters as bits: they tell quickly that two differ
  for (const word of words) {
    if (!wrong.has(word)) (byLength.get(word.length) ?? byLength.set(word.length, []).get(word.length)).push([word, bits(word)]);
  }
  const usual = new Set(split(common).map(key));
  /** How much a word tells: one that stands on few pages tells more. */
  const tells = (each) => Math.log(1 + entries.length / Math.max(found.get(each)?.size ?? 1, usual.has(each) ? entries.length / 2 : 0));

  // ---------------------------------------------------------------------------------------------------------
  // What a reader's word may mean

  const known = new Map();

  /** The keys that a word may stand for, each with how likely. One that is still being typed may go on. */
  function meant(word, typing) {
    const name = word + (typing ? " " : "");
    if (!known.has(name)) known.set(name, options(word, typing));
    return known.get(name);
  }

  function options(word, typing) {
    const likely = new Map();
    const add = (each, worth) => likely.set(each, Math.max(worth, likely.get(each) ?? 0));
    const exact = (words.has(word) && !wrong.has(word)) || groups.has(key(word));
    if (exact || found.has(key(word))) add(key(word), 1);
    // What a danger may be read from: not from what a word might go on to be.
    const sure = new Map(likely);
    // A short word that is right is mostly all of it: "die" shall not go on to be "diet".
    if ((typing && !(exact && word.length < 5)) || (!likely.size && word.length > 3)) {
      for (const other of words) if (other !== word && other.startsWith(word)) add(key(other), exact ? 0.25 : 0.8);
    }
    if (!exact) {
      misspelt(word, (each, worth) => {
        if (worth >= 0.5) sure.set(each, worth);
        if (!typing || worth >= 0.5 || !likely.size) add(each, worth);
      });
    }
    for (const [each, worth] of [...likely]) for (const same of groups.get(each) ?? []) add(same, worth * 0.8);
    const means = new Set([...sure.keys()].map(meaning));
    if ([...sure.keys()].some((each) => drugs.has(each))) means.add(drug); // its name says that it is one
    return { likely, exact, sure: means };
  }

  /** Words that differ from this one by few letters: the nearest, and those one letter farther. */
  function misspelt(word, add) {
    const most = SLIPS[Math.min(word.length, SLIPS.length - 1)];
    const mask = bits(word);
    const near = [];
    for (let length = word.length - most; length <= word.length + most; length++) {
      for (const [other, letters] of byLength.get(length) ?? []) {
        if (ones(mask ^ letters) > 2 * most) continue;
        const far = distance(word, other, most);
        if (far <= most) near.push([far + (other[0] === word[0] ? 0 : 0.5), other]);
      }
    }
    const nearest = Math.min(...near.map(([far]) => far));
    for (const [far, other] of near) if (far <= nearest + 1) add(key(other), WORTH[Math.floor(far)] * (far > nearest ? 0.6 : 1));
  }

  /** The words of a query, also those that were split or joined by mistake. */
  function read(query) {
    const typed = split(query.slice(0, MOST)).map((word) => word.slice(0, 40));
    const typing = !/[\s\p{P}]$/u.test(query);
    const tokens = [];
    let at = 0; // the place among the words that tell something; two that may be one stand at one place
    const push = (word, ...more) => tokens.push({ word, place: tokens.length, at, ...meant(word, ...more) });
    typed.forEach((word, place) => {
      const joined = word + (typed[place + 1] ?? "");
      const before = (typed[place - 1] ?? "") + word;
      if (joined !== word && joined.length > 4 && words.has(joined)) push(joined);
      // A piece of a word that was split by mistake is no word of its own.
      if (!words.has(word) && !left.has(word) && (words.has(joined) || words.has(before)) && typed.length > 1) return;
      if (left.has(word)) return void tokens.push({ word, place: tokens.length, small: true, likely: new Map(), sure: new Set([meaning(key(word))]) });
      const typingIt = typing && place === typed.length - 1;
      const pieces = Math.max(0, ...meant(word, typingIt).likely.values()) < 0.7 ? cut(word) : [];
      if (!pieces.length) push(word, typingIt);
      for (const piece of pieces) if (!left.has(piece)) push(piece);
      at += 1;
    });
    return tokens;
  }

  /** Two words that somebody wrote as one; none where it is not so. */
  function cut(word) {
    for (let at = 3; at < word.length - 2; at++) {
      const pieces = [word.slice(0, at), word.slice(at)];
      if (pieces.some((piece) => words.has(piece)) && pieces.every((piece) => words.has(piece) || left.has(piece))) return pieces;
    }
    return [];
  }

  // ---------------------------------------------------------------------------------------------------------
  // Dangers

  const dangers = signs.flatMap((sign) => (sign.dangers ? [sign.title, ...sign.dangers] : []).map((phrase) => {
    const all = split(phrase), some = telling(phrase);
    const means = (word) => meaning(key(word));
    // It lives by its small words: 'had a fit', not 'fit'; 'can't feel legs', not 'can't' and 'legs'.
    const whole = all.length > some.length && some.filter((word) => means(word) !== no).length < 2;
    const parts = (whole ? all : some).map(means);
    return { sign, parts, whole, ordered: whole || parts.includes(no) };
  }));

  /** The signs whose danger is named: all words of one of its phrases stand near each other. */
  function named(tokens) {
    const hits = new Map();
    const some = tokens.filter(({ small }) => !small);
    const all = new Set(tokens.flatMap(({ sure }) => [...sure]));
    for (const { sign, parts, whole, ordered } of dangers) {
      if (parts.length <= (hits.get(sign) ?? 0) || !parts.every((part) => all.has(part))) continue;
      if (whole ? within(tokens, parts, true, parts.length + 1, "place") : within(some, parts, ordered, parts.length + SPREAD, "at")) hits.set(sign, parts.length);
    }
    return [...hits].sort(([a, x], [b, y]) => a.level - b.level || y - x).map(([sign]) => sign);
  }

  function within(tokens, parts, ordered, width, by) {
    return tokens.some((start, place) => {
      if (!parts.some((part) => start.sure.has(part))) return false;
      const near = tokens.slice(place).filter((each) => each[by] < start[by] + width);
      if (!ordered) return parts.every((part) => near.some(({ sure }) => sure.has(part)));
      let at = -1;
      return parts.every((part) => (at = near.findIndex(({ sure }, next) => next > at && sure.has(part))) >= 0);
    });
  }

  // ---------------------------------------------------------------------------------------------------------
  // Pages

  return (query) => {
    const tokens = read(query);
    const asked = new Map(); // each key → how likely it is meant
    const scores = new Map();
    const matched = new Map();
    let all = 0;
    for (const { word, likely, exact } of tokens) {
      const best = new Map();
      // A word that means the same tells no more than the one that was typed.
      const least = exact && found.has(key(word)) ? tells(key(word)) : Infinity;
      let most = 0;
      for (const [each, worth] of likely) {
        const told = Math.min(tells(each), least);
        asked.set(each, Math.max(worth * told, asked.get(each) ?? 0));
        most = Math.max(most, told);
        for (const [number, weight] of found.get(each) ?? []) {
          best.set(number, Math.max(best.get(number) ?? 0, worth * weight * told));
        }
      }
      all += most;
      for (const [number, score] of best) {
        scores.set(number, (scores.get(number) ?? 0) + score);
        matched.set(number, (matched.get(number) ?? 0) + most);
      }
    }
    /** The name all of whose words are asked for, and what that is worth; of several, the one that says most. */
    const whole = (names) => {
      let best = [0, ""];
      for (const { name, keys: needed } of names) {
        if (!needed.every((each) => asked.has(each))) continue;
        const told = needed.reduce((sum, each) => sum + asked.get(each), 0);
        const worth = told * WHOLE * (1 + told / Math.max(all, told));
        if (worth > best[0]) best = [worth, name];
      }
      return best;
    };
    const results = [...scores].map(([number, score]) => {
      const { entry, names, headings } = entries[number];
      const [worth, by] = whole(names);
      const [, heading] = whole(headings);
      return { entry, by, heading, score: (score * (matched.get(number) / all) + worth) * (1 - (entry.less ?? 0)) };
    }).sort((a, b) => b.score - a.score).filter(once());
    const good = results.filter(({ score }) => score > results[0].score * 0.15);
    return {
      dangers: named(tokens),
      pages: good.filter(({ entry }) => entry.level === undefined),
      signs: good.filter(({ entry }) => entry.level !== undefined),
    };
  };
}

/** A table's rows as objects: a field that is empty, or left out, is undefined. */
function opened({ fields, rows }) {
  return rows.map((row) => Object.fromEntries(fields.map((field, place) => [field, row[place] || undefined])));
}

/** Keeps the best of the results that lead to one page. Signs share a page, and each is kept. */
function once() {
  const seen = new Set();
  return ({ entry: { address, level } }) => {
    const page = level === undefined ? address.split("#")[0] : address;
    return !seen.has(page) && seen.add(page);
  };
}

/** The letters of a word as bits. */
function bits(word) {
  let mask = 0;
  for (const letter of word) mask |= 1 << (letter.charCodeAt(0) & 31);
  return mask;
}

function ones(mask) {
  let bit = mask - ((mask >>> 1) & 0x55555555);
  bit = (bit & 0x33333333) + ((bit >>> 2) & 0x33333333);
  return Math.imul((bit + (bit >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

let before = new Uint8Array(256), last = new Uint8Array(256), row = new Uint8Array(256);

/** How many letters are wrong, missing, too many or changed round; more than `most` is not counted on. */
function distance(one, other, most) {
  for (let j = 0; j <= other.length; j++) last[j] = j;
  for (let i = 1; i <= one.length; i++) {
    let least = row[0] = i;
    for (let j = 1; j <= other.length; j++) {
      let far = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) far = Math.min(far, before[j - 2] + 1);
      row[j] = far;
      if (far < least) least = far;
    }
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return last[other.length];
}
