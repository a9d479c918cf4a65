/* The search page: a form, its results, and the address that says both.  Pagefind finds; what is shown is made here.

   The form is added by this script, because without it the form would do nothing.  The address holds what was asked
   (`?q=mine&kind=Landmine&sort=newest`), so that a search can be sent to somebody and the back button leads back to it. */
export default function start(place) {
  new Search(place);
}

const FILTERS = [
  ["kind", "Kind", "any kind"],
  ["party", "Party", "any party"],
  ["place", "Place", "any place"],
  ["year", "Year", "any year"],
  ["source", "Publisher of a source", "any publisher"],
];
const SORTS = [["", "Most relevant first"], ["newest", "Newest first"], ["oldest", "Oldest first"]];
const PER_PART = 20;
const PAUSE_MS = 180;
const SLOW_MS = 400;
const WORDS_BEFORE = 8;
const WORDS_SHOWN = 36;
const NAMES_SHOWN = 3;

// --- words of scripts without spaces, as generator/pages/unspaced.py cuts them

const RUN = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u200b-\u200d\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/gu;
const INVISIBLE = /[\u200b-\u200d]/gu;
const MARK = "ꙮ";
const NAME_END = "·";
const EVERY = `${MARK}every`;

const plain = (text) => text.normalize("NFKC").replace(INVISIBLE, "");
const letters = (run) => plain(run).match(/^\p{M}+|\P{M}\p{M}*/gu) ?? [];
const token = (pair) => MARK + [...pair].map((character) => `${character.codePointAt(0).toString(16)}x`).join("");

function tokens(run) {
  const alone = letters(run);
  return alone.length > 1 ? alone.slice(1).map((letter, index) => token(alone[index] + letter)) : alone.map(token);
}

// --- what was asked, and the address that says it -------------------------------------------------------------------

function readAddress() {
  const given = new URLSearchParams(location.search);
  const asked = { q: given.get("q") ?? "", sort: given.get("sort") ?? "", disputed: given.get("disputed") === "yes" ? "yes" : "" };
  for (const [name] of FILTERS) asked[name] = given.get(name) ?? "";
  return asked;
}

function addressOf(asked) {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value.trim()) given.set(name, value.trim());
  return given.size ? `?${given}` : location.pathname;
}

const filtersOf = (asked) =>
  Object.fromEntries([...FILTERS.map(([name]) => name), "disputed"].filter((name) => asked[name]).map((name) => [name, [asked[name]]]));

// --- asking the index ---------------------------------------------------------------------------------------------

/* What is asked for in all: the words with spaces as they are, and each run of a script without them as a phrase. */
function questionsOf(q) {
  const runs = (q.match(RUN) ?? []).map(tokens).filter((pairs) => pairs.length);
  const rest = q.replace(RUN, " ").replace(/\s+/g, " ").replace(/^ ?" *"? ?$/, "").trim();
  return [...(rest ? [rest] : []), ...runs.map((pairs) => (pairs.length > 1 ? `"${pairs.join(" ")}"` : pairs[0]))];
}

async function find(index, asked) {
  const narrowed = filtersOf(asked);
  const q = asked.q.trim();
  const questions = q ? questionsOf(q) : Object.keys(narrowed).length || asked.sort ? [EVERY] : [];
  if (!questions.length) return null;
  const unknown = await unknownWords(index, questions[0]);
  if (unknown.length) questions[0] = questions[0].split(" ").filter((word) => !unknown.includes(word)).join(" ");
  if (!questions[0]) return { results: [], counts: null, unknown: [] };
  const sorted = asked.sort || !q ? { sort: { order: asked.sort === "oldest" ? "asc" : "desc" } } : {};
  const found = await Promise.all(questions.map((question) => index.search(question, { filters: narrowed, ...sorted })));
  const inAll = found.slice(1).map((each) => new Set(each.results.map((result) => result.id)));
  const results = found[0].results.filter((result) => inAll.every((ids) => ids.has(result.id)));
  const words = questions.length === 1 && !questions[0].includes('"') ? questions[0].split(" ") : [];
  if (!results.length && words.length > 1) return { results: await findSome(index, words, narrowed, asked.sort), counts: null, unknown, isSome: true };
  return { results, counts: found.length === 1 ? found[0] : null, unknown };
}

/* Where nothing has all the words: what has half of them or more, by what Pagefind thinks of it for each word. */
async function findSome(index, words, narrowed, sort) {
  const found = await Promise.all(words.map((word) => index.search(word, { filters: narrowed })));
  const having = new Map();
  for (const result of found.flatMap((each) => each.results)) {
    const its = having.get(result.id) ?? { id: result.id, parts: [], score: 0 };
    its.parts.push(result);
    its.score += result.score;
    having.set(result.id, its);
  }
  const chosen = [...having.values()].filter((each) => each.parts.length * 2 >= words.length);
  const inTime = sort ? (await index.search(EVERY, { filters: narrowed, sort: { order: sort === "oldest" ? "asc" : "desc" } })).results : [];
  const places = new Map(inTime.map((result, place) => [result.id, place]));
  chosen.sort((one, other) => (sort ? places.get(one.id) - places.get(other.id) : other.score - one.score));
  return chosen.map(({ id, parts }) => ({ id, data: () => together(parts) }));
}

/* A page that several words found, with the places of all of them. */
async function together(parts) {
  const all = await Promise.all(parts.map((part) => part.data()));
  return { ...all[0], locations: [...new Set(all.flatMap((data) => data.locations))].sort((a, b) => a - b) };
}

/* Pagefind passes over a word that it does not know, if it knows another; readers should be told. */
async function unknownWords(index, question) {
  const words = question.includes('"') || question.startsWith(MARK) ? [] : question.split(" ");
  const known = await Promise.all(words.map(async (word) => isKnown(word, (await index.search(word)).results)));
  return words.filter((_, place) => !known[place]);
}

const partsOf = (word) => plain(word).toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/* Instead of a word that it does not know Pagefind finds what the word begins with, be it two letters: each “as” for “asdf”. */
async function isKnown(word, results) {
  if (!results.length) return false;
  const { content, locations } = await results[0].data();
  const words = content.split(/\s+/);
  const isScrap = (asked, part) => part !== asked && asked.startsWith(part) && part.length < Math.max(3, asked.length / 2);
  const found = locations.flatMap((place) => partsOf(words[place] ?? ""));
  return !found.length || partsOf(word).some((asked) => found.some((part) => !isScrap(asked, part)));
}

// --- showing ------------------------------------------------------------------------------------------------------

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/* A passage with the words that were found: where most of them stand together, else the beginning. */
function passage(words, isFound) {
  const found = [...words.keys()].filter(isFound);
  const together = found.map((place) => found.filter((each) => each >= place && each < place + WORDS_SHOWN - WORDS_BEFORE).length);
  const first = found[together.indexOf(Math.max(...together))] ?? 0;
  const start = Math.max(0, first - WORDS_BEFORE);
  const made = [];
  if (start) made.push("… ");
  for (let place = start; place < Math.min(words.length, start + WORDS_SHOWN); place += 1) {
    made.push(isFound(place) ? element("mark", {}, words[place]) : words[place], " ");
  }
  if (start + WORDS_SHOWN < words.length) made.push("…");
  return made;
}

function passages(data, runs) {
  const words = data.content.split(/\s+/);
  const shown = Number(data.meta.shown);
  const places = new Set(data.locations);
  const isFound = (place) => places.has(place) || runs.some((run) => plain(words[place]).includes(run));
  const text = words.slice(0, shown);
  const made = [element("p", { class: "entry__summary" }, ...passage(text, isFound))];
  if (!text.some((_, place) => isFound(place))) {
    const said = [data.meta.title, data.meta.when, data.meta.day]; // the result begins with them
    const names = namesFound(words, shown, isFound).filter(([name]) => !said.includes(name)).slice(0, NAMES_SHOWN);
    const marked = names.flatMap(([, parts], place) => [place ? "; " : "", ...parts]);
    if (names.length) made.push(element("p", { class: "quiet" }, "In its names or its sources’ titles: ", ...marked));
  }
  return made;
}

/* After the text come names and titles, each ended by NAME_END; then the tokens, which nobody should see.
   Each found one is given as plain text, and in parts: words with the spaces between them, the found ones marked. */
function namesFound(words, start, isFound) {
  const found = [];
  let from = start;
  for (let place = start; place < words.length && !words[place].startsWith(MARK); place += 1) {
    if (!words[place].endsWith(NAME_END)) continue;
    const name = [...words.slice(from, place), words[place].slice(0, -NAME_END.length)];
    const isIn = name.map((_, step) => isFound(from + step));
    const parts = name.flatMap((word, step) => [step ? " " : "", isIn[step] ? element("mark", {}, word) : word]);
    if (isIn.includes(true)) found.push([name.join(" "), parts]);
    from = place + 1;
  }
  return found;
}

function result(data, root, runs) {
  const { title, when, day, kind, lane, place, disputed } = data.meta;
  const line = element("p", { class: "entry__when" }, day ? element("time", { datetime: day }, when) : when, " · ");
  line.append(element("span", { class: `lane lane--${lane}` }, kind), place ? ` · ${place}` : "");
  if (disputed) line.append(" ", element("span", { class: "disputed" }, "Disputed"));
  const link = element("a", { href: new URL(data.raw_url, root).href }, title);
  return element("li", {}, element("article", { class: `entry entry--${lane}` }, line, element("h3", { class: "entry__title" }, link), ...passages(data, runs)));
}

const many = (count) => `${count.toLocaleString("en")} ${count === 1 ? "result" : "results"}`;

function sentence(found, asked) {
  if (!found) return "Type a word, a name in any script, or a phrase in quotation marks; or choose below.";
  const narrowed = Object.keys(filtersOf(asked)).length > 0;
  const unknown = found.unknown.length ? ` Nothing has ${found.unknown.map((word) => `“${word}”`).join(" or ")}; these have the other words.` : "";
  if (found.results.length && found.isSome) return `Nothing has all these words; ${many(found.results.length)} with some of them.${unknown}`;
  if (found.results.length) return `${many(found.results.length)}.${unknown}`;
  return narrowed
    ? "Nothing is found: take a choice away, or try another word."
    : "Nothing is found: try another spelling, or fewer words. Names of places differ between the two sides, and both are known here.";
}

// --- the form -----------------------------------------------------------------------------------------------------

class Search {
  constructor(place) {
    this.place = place;
    this.root = new URL(place.dataset.root, location.href);
    this.index = null;
    this.turn = 0;
    this.tries = 0;
    this.typing = 0;
    this.isTyping = false;
    this.build();
    if (location.hash === "#search-words") this.words.focus(); // as the key “/” asks, before the field was there
  }

  build() {
    this.words = element("input", { type: "search", id: "search-words", name: "q", autocomplete: "off", spellcheck: "false", "aria-describedby": "search-told" });
    this.choices = new Map();
    const narrow = element("div", { class: "search__choices" });
    for (const [name, label, any] of FILTERS) {
      const select = element("select", { id: `search-${name}`, name }, element("option", { value: "" }, any));
      this.choices.set(name, select);
      narrow.append(element("div", {}, element("label", { for: `search-${name}` }, label), select));
    }
    this.disputed = element("input", { type: "checkbox", id: "search-disputed", name: "disputed", value: "yes" });
    this.sort = element("select", { id: "search-sort", name: "sort" }, ...SORTS.map(([value, label]) => element("option", { value }, label)));
    narrow.append(element("div", {}, element("label", { for: "search-sort" }, "Order"), this.sort));
    narrow.append(element("p", { class: "search__check" }, this.disputed, " ", element("label", { for: "search-disputed" }, "Only what is disputed")));
    this.clear = element("button", { type: "button", class: "search__clear" }, "Clear all");
    narrow.append(element("p", { class: "search__check" }, this.clear));
    this.chosen = element("span", { class: "search__chosen" });
    this.details = element("details", { class: "search__narrow" }, element("summary", {}, "Narrow down and order", this.chosen), narrow);
    this.form = element(
      "form",
      { class: "search__form", role: "search" },
      element("label", { for: "search-words" }, "Words to find"),
      element("div", { class: "search__field" }, this.words, element("button", { type: "submit" }, "Search")),
      this.details,
    );
    this.told = element("p", { class: "search__told", id: "search-told", role: "status" });
    this.heading = element("h2", { class: "visually-hidden" }, "Results");
    this.list = element("ol", { class: "search__results" });
    this.more = element("button", { type: "button", class: "search__more" }, "Show more");
    this.place.append(this.form, this.told, this.heading, this.list, this.more);
    this.show(null, readAddress());

    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.settle()));
    this.words.addEventListener("input", () => this.typed());
    this.words.addEventListener("change", () => (this.isTyping = false));
    this.details.addEventListener("change", () => this.settle());
    this.details.addEventListener("toggle", () => this.details.open && !this.all && this.run(Math.max(PER_PART, this.list.children.length)));
    this.clear.addEventListener("click", () => (this.fill(Object.fromEntries(Object.keys(readAddress()).map((name) => [name, ""]))), this.settle(), this.words.focus()));
    this.more.addEventListener("click", () => this.showMore());
    this.place.addEventListener("keydown", (event) => this.arrow(event));
    addEventListener("popstate", () => this.restore());
    this.restore();
  }

  /* What the form says now. */
  asked() {
    const asked = { q: this.words.value, sort: this.sort.value, disputed: this.disputed.checked ? "yes" : "" };
    for (const [name, select] of this.choices) asked[name] = select.value;
    return asked;
  }

  fill(asked) {
    this.words.value = asked.q;
    this.sort.value = SORTS.some(([value]) => value === asked.sort) ? asked.sort : "";
    this.disputed.checked = asked.disputed === "yes";
    for (const [name, select] of this.choices) {
      if (asked[name] && ![...select.options].some((option) => option.value === asked[name])) {
        select.append(element("option", { value: asked[name] }, asked[name]));
      }
      select.value = asked[name];
    }
  }

  /* From the address: at first, and after the back button. */
  restore() {
    this.isTyping = false;
    this.fill(readAddress());
    this.run(history.state?.shown ?? PER_PART);
  }

  /* While somebody types, the address follows within one step of the history. */
  typed() {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.remember(this.isTyping);
      this.isTyping = true;
      this.run();
    }, PAUSE_MS);
  }

  settle() {
    clearTimeout(this.typing);
    this.remember(this.isTyping);
    this.isTyping = false;
    this.run();
  }

  remember(inPlace) {
    const address = addressOf(this.asked());
    if (address === location.search || (address === location.pathname && !location.search)) return;
    history[inPlace ? "replaceState" : "pushState"](null, "", address);
  }

  load() {
    const address = new URL(this.place.dataset.index, location.href);
    if (this.tries) address.searchParams.set("again", this.tries); // a browser remembers a module that did not load
    this.index ??= import(address).then((pagefind) => pagefind.createInstance({ excerptLength: 1 }));
    return this.index;
  }

  /* After a failure: the next search begins anew. */
  async forget() {
    const index = await this.index?.catch(() => null);
    this.index = null;
    this.tries += 1;
    await index?.destroy();
  }

  async run(shown = PER_PART) {
    const turn = (this.turn += 1);
    const asked = this.asked();
    this.list.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => turn === this.turn && this.tell("Searching …"), SLOW_MS);
    try {
      const isAsking = Object.values(asked).some((value) => value.trim());
      if (this.details.open) this.all ??= await (await this.load()).filters(); // only then are results counted by choice
      const found = isAsking ? await find(await this.load(), asked) : null;
      const data = found ? await Promise.all(found.results.slice(0, shown).map((each) => each.data())) : [];
      if (turn !== this.turn) return;
      this.show(found, asked, data);
      if (this.all) this.offer();
    } catch (error) {
      if (turn !== this.turn) return;
      console.info(error);
      await this.forget();
      this.show(null, asked);
      this.tell("The search index could not be loaded. ", element("button", { type: "button", class: "search__again" }, "Try again"));
      this.told.querySelector("button").addEventListener("click", () => this.run());
    } finally {
      clearTimeout(slow);
      if (turn === this.turn) this.list.removeAttribute("aria-busy");
    }
  }

  show(found, asked, data = []) {
    const choices = [...Object.values(filtersOf({ ...asked, disputed: "" })).flat(), asked.disputed && "disputed", asked.sort && `${asked.sort} first`];
    this.chosen.textContent = choices.some(Boolean) ? `: ${choices.filter(Boolean).join(", ")}` : "";
    this.found = found;
    this.runs = (asked.q.match(RUN) ?? []).map(plain).filter(Boolean);
    const at = this.list.contains(document.activeElement) ? document.activeElement.href : null;
    this.list.replaceChildren(...data.map((each) => result(each, this.root, this.runs)));
    if (at !== null) ([...this.list.querySelectorAll("a")].find((link) => link.href === at) ?? this.words).focus();
    this.heading.hidden = !data.length;
    this.more.hidden = !found || found.results.length <= data.length;
    this.tell(sentence(found, asked));
  }

  tell(...words) {
    this.told.replaceChildren(...words);
  }

  async showMore() {
    const from = this.list.children.length;
    const data = await Promise.all(this.found.results.slice(from, from + PER_PART).map((each) => each.data()));
    this.list.append(...data.map((each) => result(each, this.root, this.runs)));
    this.more.hidden = this.found.results.length <= this.list.children.length;
    history.replaceState({ shown: this.list.children.length }, "");
    this.list.children[from]?.querySelector("a").focus();
  }

  /* What can be chosen, with the number of results that each choice would leave, where Pagefind knows it. */
  offer() {
    const counts = this.found ? this.found.counts : { filters: this.all, totalFilters: this.all };
    const narrowed = Object.keys(filtersOf(this.asked())).length;
    for (const [name, select] of this.choices) {
      const chosen = select.value;
      const left = counts && !chosen ? counts.filters[name] : counts && narrowed === 1 ? counts.totalFilters[name] : null;
      const values = Object.entries(left ?? this.all[name] ?? {}).filter(([value, count]) => count || value === chosen);
      if (chosen && !values.some(([value]) => value === chosen)) values.push([chosen, 0]);
      values.sort(([a], [b]) => (name === "year" ? b.localeCompare(a) : a.localeCompare(b, "en")));
      const label = (value, count) => (left ? `${value} (${count.toLocaleString("en")})` : value); // a number that is not known is not given
      select.replaceChildren(select.options[0], ...values.map(([value, count]) => element("option", { value }, label(value, count))));
      select.value = chosen;
    }
  }

  /* Down and up lead from the field through the results and back. */
  arrow(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const stops = [this.words, ...this.list.querySelectorAll("h3 a")];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + step];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }
}
