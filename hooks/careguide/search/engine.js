// Finds the pages, and the dangers, that a reader's words are about. It knows words, not how a page looks.
const TITLE = 10, NAME = 9, HEADING = 3, SHORT = 4, WORD = 1.6; // what a word is worth, by where it stands
const WHOLE = 10; // what a name is worth beside that, if all its words are asked for
const SLIPS = [0, 0, 0, 0, 1, 2, 2, 2, 2, 3]; // letters that may be wrong in a word, by its length
const WORTH = [1, 0.75, 0.5, 0.35]; // what a word is worth with so many wrong letters
const SPREAD = 2; // how many other words may stand between those of a danger

/** Words in small letters, without accents and apostrophes: "Can’t breathe" is cant, breathe. */
function split(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f'’‘`´]/g, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** What can be found in an index: a function from words to `{dangers, pages, signs}`, each best first. */
function finder(index) {
  const { small, common, sounds, endings, alike, subject } = index.language;
  const sounding = sounds.split(", ").map((pair) => pair.split(" "));
  const sounded = (word) => sounding.reduce((said, [from, to]) => said.replaceAll(from, to ?? ""), word).replace(/([^aeiou])\1+/gu, "$1");
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
  const no = meaning(key(split(alike)[0])); // the first group denies: what it denies comes after it
  const left = new Set(split(small));
  const telling = (text) => split(text).filter((word) => !left.has(word));

  // ---------------------------------------------------------------------------------------------------------
  // The index, turned round: what each word stands in

  const words = new Map(); // each word → its letters as bits, which tell quickly that two words differ
  const found = new Map(); // the key of a word → the entries it stands in, with what it is worth there
  const entries = [...index.pages, ...index.signs].map((entry, number) => {
    const add = (text, worth) => {
      for (const word of telling(text)) {
        words.set(word, bits(word));
        const where = found.get(key(word)) ?? found.set(key(word), new Map()).get(key(word));
        where.set(number, Math.max(worth, where.get(number) ?? 0));
      }
    };
    add(entry.title, TITLE);
    const { names = entry.dangers ?? [], headings = [], short = "", words: rare = "" } = entry;
    for (const name of names) {
      const parts = split(name);
      add(parts.length === 2 ? `${name} ${parts.join("")}` : name, NAME); // also for who writes the two as one
    }
    add(headings.join(" "), HEADING);
    add(short, SHORT);
    add(rare, WORD);
    const named = (name) => ({ name, keys: [...new Set(telling(name).map(key))] });
    const wholes = (all) => all.map(named).filter((each) => each.keys.length);
    return { entry, names: wholes([entry.title, ...names]), headings: wholes(headings) };
  });
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
    const exact = words.has(word) || groups.has(key(word));
    if (exact || found.has(key(word))) add(key(word), 1);
    const sure = new Map(likely); // what a danger may be read from: not from what a word might go on to be
    if (typing || (!likely.size && word.length > 3)) {
      for (const other of words.keys()) if (other !== word && other.startsWith(word)) add(key(other), 0.8);
    }
    if (!exact) {
      misspelt(word, (each, worth) => {
        if (worth >= 0.5) sure.set(each, worth);
        if (!typing || worth >= 0.5 || !likely.size) add(each, worth);
      });
    }
    for (const [each, worth] of [...likely]) for (const same of groups.get(each) ?? []) add(same, worth * 0.8);
    return { likely, exact, sure: new Set([...sure.keys()].map(meaning)) };
  }

  /** Words that differ from this one by few letters: the nearest, and those one letter farther. */
  function misspelt(word, add) {
    const most = SLIPS[Math.min(word.length, SLIPS.length - 1)];
    const mask = bits(word);
    const near = [];
    for (const [other, letters] of words) {
      if (Math.abs(other.length - word.length) > most || ones(mask ^ letters) > 2 * most) continue;
      const far = distance(word, other, most);
      if (far <= most) near.push([far + (other[0] === word[0] ? 0 : 0.5), other]);
    }
    const nearest = Math.min(...near.map(([far]) => far));
    for (const [far, other] of near) if (far <= nearest + 1) add(key(other), WORTH[Math.floor(far)] * (far > nearest ? 0.6 : 1));
  }

  /** The words of a query, also those that were split or joined by mistake. */
  function read(query) {
    const typed = split(query);
    const typing = !/[\s\p{P}]$/u.test(query);
    const tokens = [];
    typed.forEach((word, place) => {
      const joined = word + (typed[place + 1] ?? "");
      if (joined !== word && joined.length > 4 && words.has(joined)) tokens.push({ word: joined, ...meant(joined) });
      if (left.has(word)) return;
      const one = { word, ...meant(word, typing && place === typed.length - 1) };
      const pieces = Math.max(0, ...one.likely.values()) < 0.7 ? cut(word) : [];
      if (pieces.length) tokens.push(...pieces.filter((piece) => !left.has(piece)).map((piece) => ({ word: piece, ...meant(piece) })));
      else tokens.push(one);
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

  const dangers = index.signs.flatMap((sign, number) => (sign.dangers ?? []).map((phrase) => {
    const parts = telling(phrase).map((word) => meaning(key(word)));
    return { sign, number, parts, ordered: parts.includes(no), weight: parts.length };
  })).filter(({ parts }) => parts.length);

  /** The signs whose danger is named: all words of one of its phrases stand near each other. */
  function named(tokens) {
    const hits = new Map();
    for (const { sign, parts, ordered, weight } of dangers) {
      const near = within(tokens, parts, ordered);
      if (near && weight > (hits.get(sign) ?? 0)) hits.set(sign, weight);
    }
    return [...hits].sort(([a, x], [b, y]) => a.level - b.level || y - x).map(([sign]) => sign);
  }

  function within(tokens, parts, ordered) {
    for (let start = 0; start < tokens.length; start++) {
      if (!tokens[start].sure.has(parts[0]) && (ordered || !parts.some((part) => tokens[start].sure.has(part)))) continue;
      const near = tokens.slice(start, start + parts.length + SPREAD);
      let at = -1;
      const next = (part) => (at = near.findIndex(({ sure }, place) => place > at && sure.has(part))) >= 0;
      if (ordered ? parts.every(next) : parts.every((part) => near.some(({ sure }) => sure.has(part)))) return true;
    }
    return false;
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
      return { entry, by, heading, score: (score * (matched.get(number) / all) + worth) * (entry.weight ?? 1) };
    }).sort((a, b) => b.score - a.score).filter(once());
    const good = results.filter(({ score }) => score > results[0].score * 0.15);
    return {
      dangers: named(tokens),
      pages: good.filter(({ entry }) => entry.level === undefined),
      signs: good.filter(({ entry }) => entry.level !== undefined),
    };
  };
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
  let count = 0;
  for (; mask; mask &= mask - 1) count++;
  return count;
}

/** How many letters are wrong, missing, too many or changed round; more than `most` is not counted on. */
function distance(one, other, most) {
  let before = [], last = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      least = Math.min(least, row[j]);
    }
    if (least > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
}
