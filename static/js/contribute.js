/* The file of an entry, made in the browser: nothing is sent anywhere.  What it may say, the page carries as data. */

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}[?~%]?$/;
const CITATION = /\[@(?:"[^"\n]*"|“[^”\n]*”|[^[\]])*\]/gu;
const POINTER = /^\s*@([^\s;"“”@,]+)\s*(?:"([^"]+)"|“([^”]+)”)?\s*$/u;
const MOST_QUOTED_WORDS = 20;
const LONGEST_LINK = 7000; // longer addresses are refused by servers

/* --- what is written -------------------------------------------------------------------------------------------- */

/** Lower-case words joined by hyphens, at most `most` of them. */
export function slugOf(words, most = 99) {
  const plain = words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’]/g, "");
  return (plain.match(/[a-z0-9]+/g) ?? []).slice(0, most).join("-");
}

/** A text as a YAML value: plain when that is safe, else in double quotes. */
export function yamlValue(text) {
  const line = text.replace(/\s+/g, " ").trim();
  const plain = /^[\p{L}][\p{L}\p{N}_ .()–’-]*$/u.test(line) && !/^(?:null|true|false)$/i.test(line);
  return plain ? line : JSON.stringify(line);
}

/** The path of the file below the content folder. */
export function fileName(entry) {
  const day = entry.date.split("/")[0].replace(/[?~%]/g, "").replace(/-XX|X+$/g, "");
  const year = entry.date.slice(0, 4).replace(/X/g, "0");
  const stem = [day, slugOf(entry.title, 9)].filter(Boolean).join("-");
  return `events/${year}/${stem}.md`;
}

/** The id of each source, in order: its own if it is defined already, else made from publisher, title and day. */
export function sourceIds(sources) {
  const taken = new Set();
  return sources.map((source) => {
    const words = [slugOf(source.publisher, 3), slugOf(source.title, 4), source.published.split("/")[0].replace(/[?~%]/g, "").toLowerCase()];
    const stem = source.known || slugOf(words.filter(Boolean).join("-")) || "source";
    let id = stem;
    for (let number = 2; !source.known && taken.has(id); number += 1) id = `${stem}-${number}`;
    taken.add(id);
    return id;
  });
}

/** The whole file. */
export function entryText(entry) {
  const ids = sourceIds(entry.sources);
  const lines = ["---", `title: ${yamlValue(entry.title)}`, `date: ${entry.date}`];
  if (entry.time) lines.push(`time: ${entry.time}`);
  lines.push(`kind: ${entry.kind}`);
  for (const name of ["actors", "places"]) if (entry[name].length) lines.push(`${name}: [${entry[name].join(", ")}]`);
  lines.push("sources:");
  entry.sources.forEach((source, index) => {
    lines.push(...(source.known ? [`  - ${source.known}`] : item({ id: ids[index], ...source }, ["id", "title", "publisher", "published", "url", "language", "kind", "perspective", "note"])));
  });
  if (entry.claims.length) lines.push("claims:");
  for (const claim of entry.claims) lines.push(...item({ ...claim, source: ids[claim.source] }, ["question", "by", "says", "source"]));
  if (entry.figures.length) lines.push("figures:");
  for (const figure of entry.figures) {
    const number = figure.bound === "between" ? `[${figure.low}, ${figure.high}]` : figure.low;
    const fields = { ...figure, [figure.bound]: number, source: ids[figure.source] };
    lines.push(...item(fields, ["measure", "scope", "group", figure.bound, "as_of", "since", "source", "said_by"]));
  }
  if (entry.summary) lines.push(`summary: ${yamlValue(entry.summary)}`);
  return [...lines, "---", "", entry.text, ""].join("\n");
}

const AS_WRITTEN = new Set(["id", "published", "url", "source", "measure", "scope", "group", "value", "at_least", "at_most", "about", "between", "as_of", "since"]);

/** An item of a list: the fields that are there, in order. */
function item(fields, names) {
  const given = names.filter((name) => fields[name]);
  return given.map((name, index) => `${index ? "    " : "  - "}${name}: ${AS_WRITTEN.has(name) ? fields[name] : yamlValue(fields[name])}`);
}

/* --- what is wrong with it -------------------------------------------------------------------------------------- */

/** Problems as { at, message }: `at` is the way to a control, as `sources.0.url`; `remark`: it stops nothing. */
export function problemsOf(entry, rules) {
  const found = [];
  const wrong = (at, message) => found.push({ at, message });
  checkHead(entry, rules, wrong);
  checkSources(entry.sources, rules, wrong);
  checkClaims(entry, rules, wrong);
  checkFigures(entry, rules, wrong);
  checkText(entry, found);
  const hidden = new RegExp(rules.hidden, "u");
  for (const [at, text] of texts(entry)) if (hidden.test(text)) wrong(at, "A character that cannot be seen: write the line afresh.");
  return found;
}

/** Why a text is no date; empty when it is one. */
export function dateProblem(text, rules) {
  const shown = "Write year-month-day, as 2025-12-24; or 2025-12, 2025-07~, 2025-12-XX, 2025-07-24/2025-07-28.";
  const year = Number(/(?:^|\D)(\d{4})(?:\D|$)/.exec(text)?.[1]);
  if (year > rules.lastYear) return `${year} is far ahead: a year of the Buddhist Era? ${year} is then ${year - rules.buddhistEra}.`;
  if (!new RegExp(rules.date).test(text)) return shown;
  const [start, end] = text.split("/").map(firstDay);
  for (const point of text.split("/")) {
    const leapDay = /^(\d{4})-02-29/.exec(point);
    if (leapDay && new Date(`${leapDay[1]}-02-29T00:00Z`).getUTCDate() !== 29) return `February ${leapDay[1]} has no day 29.`;
  }
  return end && end < start ? "It ends before it starts: exchange the two dates." : "";
}

/** The first day that one date can mean; of an open end, none. */
function firstDay(point) {
  if (point === "..") return "";
  const [year, month = "01", day = "01"] = point.replace(/[?~%]/g, "").split("-");
  const low = (part) => part.replace("XX", "01").replace("0X", "01").replace("X", "0");
  return `${year.replace(/X/g, "0")}-${low(month)}-${low(day)}`;
}

function checkHead(entry, rules, wrong) {
  const length = [...entry.title].length;
  if (!length) wrong("title", "Write a headline.");
  if (length > rules.longestTitle) wrong("title", `It has ${length} characters, and at most ${rules.longestTitle} fit.`);
  if (!entry.date) wrong("date", "Say when it happened.");
  else if (dateProblem(entry.date, rules)) wrong("date", dateProblem(entry.date, rules));
  if (entry.time) {
    const [start, end] = entry.time.replace("~", "").split("/");
    if (!new RegExp(rules.time).test(entry.time)) wrong("time", "Write hours and minutes of the 24-hour clock, as 16:30.");
    else if (end && end < start) wrong("time", "It ends before it starts.");
    else if (entry.date && !dateProblem(entry.date, rules) && !DAY.test(entry.date)) wrong("time", "A time of day needs a date that is one day.");
  }
  if (!entry.kind) wrong("kind", "Choose a kind.");
  for (const [name, known, whole] of [["actors", rules.actors, rules.wholeActors], ["places", rules.places, rules.wholePlaces]])
    for (const id of entry[name]) {
      if (!SLUG.test(id) || (whole && !known.includes(id))) wrong(name, `There is no “${id}” in the list: choose one, or describe it in the text.`);
    }
  tooLong(entry, "summary", "summary", rules, wrong);
}

function checkSources(sources, rules, wrong) {
  if (!sources.length) wrong("sources", "Give at least one source.");
  const known = new Set();
  sources.forEach((source, index) => {
    const at = (name) => `sources.${index}.${name}`;
    if (source.known) {
      if (!SLUG.test(source.known)) wrong(at("known"), "An id is lower-case words joined by hyphens.");
      if (known.has(source.known)) wrong(at("known"), "This source stands here twice.");
      known.add(source.known);
      return;
    }
    if (!source.title) wrong(at("title"), "Write the page’s title, or in [square brackets] what it is.");
    if (!source.publisher) wrong(at("publisher"), "Say who published it.");
    if (!source.url && !source.note) wrong(at("url"), "Give the address; or say in the note why there is none.");
    if (source.url && !new RegExp(rules.url).test(source.url)) wrong(at("url"), "It is not a web address: copy it from the browser’s address line.");
    if (source.url && sources.findIndex((other) => other.url === source.url) < index) wrong(at("url"), "Another source here has this address.");
    if (source.published && dateProblem(source.published, rules)) wrong(at("published"), dateProblem(source.published, rules));
    if (source.language && !new RegExp(rules.language).test(source.language)) wrong(at("language"), "Write its tag, as en, th or pt-BR.");
    for (const name of ["title", "publisher", "language", "note"]) tooLong(source, name, at(name), rules, wrong);
  });
}

function tooLong(fields, name, at, rules, wrong) {
  if ([...fields[name]].length > rules.longest[name]) wrong(at, `At most ${rules.longest[name]} characters fit.`);
}

/** Who speaks: an actor's id, or plain words that do not look like one. */
function checkWho(who, at, rules, wrong) {
  if (SLUG.test(who) && rules.wholeActors && !rules.actors.includes(who)) wrong(at, `There is no actor “${who}”: choose one, or begin the name with a capital letter.`);
}

function checkClaims(entry, rules, wrong) {
  entry.claims.forEach((claim, index) => {
    const at = (name) => `claims.${index}.${name}`;
    if (!claim.by) wrong(at("by"), "Say who says so.");
    checkWho(claim.by, at("by"), rules, wrong);
    if (!claim.says) wrong(at("says"), "Say what is said.");
    if (!entry.sources[claim.source]) wrong(at("source"), "Choose the source that reports it.");
    for (const name of ["question", "says"]) tooLong(claim, name, at(name), rules, wrong);
  });
}

function checkFigures(entry, rules, wrong) {
  entry.figures.forEach((figure, index) => {
    const at = (name) => `figures.${index}.${name}`;
    if (!figure.measure) wrong(at("measure"), "Choose what is counted.");
    if (!figure.scope) wrong(at("scope"), "Say whose number it is, or write total.");
    const isKnown = [rules.total, ...rules.actors, ...rules.places].includes(figure.scope);
    if (figure.scope && (!SLUG.test(figure.scope) || (rules.wholeActors && rules.wholePlaces && !isKnown))) wrong(at("scope"), "Choose an actor or a place, or write total.");
    if (!figure.bound) wrong(at("bound"), "Say whether it is exact.");
    for (const name of figure.bound === "between" ? ["low", "high"] : ["low"])
      if (!/^[0-9]{1,12}(?:\.[0-9]{1,9})?$/.test(figure[name])) wrong(at(name), "Write the number in plain digits.");
    if (figure.bound === "between" && Number(figure.high) <= Number(figure.low)) wrong(at("high"), "The second number is the higher one.");
    if (!figure.as_of) wrong(at("as_of"), "Say for which day it was given.");
    for (const name of ["as_of", "since"]) if (figure[name] && dateProblem(figure[name], rules)) wrong(at(name), dateProblem(figure[name], rules));
    if (![figure.as_of, figure.since].some((day) => !day || dateProblem(day, rules)) && lastDay(figure.as_of) < firstDay(figure.since.split("/")[0])) wrong(at("since"), "It is after the day that the count speaks of.");
    if (!entry.sources[figure.source]) wrong(at("source"), "Choose the source that gives it.");
    checkWho(figure.said_by, at("said_by"), rules, wrong);
  });
}

/** The last day that a date can mean, or later: enough to tell which of two comes first. */
function lastDay(text) {
  const point = text.split("/").filter((part) => part !== "..").at(-1).replace(/[?~%]/g, "");
  return point.replace(/X/g, "9") + (point.length < 10 ? "-99" : "");
}

function checkText(entry, found) {
  const wrong = (message) => found.push({ at: "text", message });
  const { text } = entry;
  if (!text) return wrong("Tell what happened.");
  const ids = sourceIds(entry.sources);
  const used = new Set([...entry.claims, ...entry.figures].map((each) => ids[each.source]));
  for (const [citation] of text.matchAll(CITATION))
    for (const pointer of citation.slice(1, -1).split(/;(?=(?:[^"“”]|"[^"]*"|“[^”]*”)*$)/u)) {
      const [, id, straight, curly] = POINTER.exec(pointer) ?? [];
      const quoted = (straight ?? curly ?? "").split(/\s+/).length;
      if (!id) wrong(`${citation} is not a citation: write [@source-id], or [@first; @second].`);
      else if (!ids.includes(id)) wrong(`There is no source ${id} above: cite one of ${ids.join(", ")}.`);
      else if (quoted > MOST_QUOTED_WORDS) wrong(`At most ${MOST_QUOTED_WORDS} words may be quoted: ${citation.slice(0, 40)}…`);
      used.add(id);
    }
  const without = text.replace(CITATION, "");
  if (without.includes("[@")) wrong("A citation is opened and not closed: end it with ].");
  if (/\[\[(?![^[\]\n]*\]\])/.test(without)) wrong("A link is opened and not closed: end it with ]].");
  if (/\[\[\s*(?:\||\]\])/.test(without)) wrong("A link needs the other entry’s name: [[name-of-the-entry|words]].");
  if (/!\[[^\]]*\][([]/.test(without)) wrong("A picture cannot stand in the text.");
  if (/\]\(\s*(?!https?:|mailto:|#)|^\s*\[[^\]^]+\]:\s*(?!https?:|mailto:)/m.test(without)) wrong("A link in round brackets begins with https://.");
  if (/\[\^/.test(without)) wrong("Put what a footnote would say into a sentence.");
  if (/^#(?!##? )|^#{4,}/m.test(without.replace(/^## /gm, "")) || /^\S.*\n=+[ \t]*$/m.test(without)) wrong("A heading begins with ## and a space.");
  if (/^### /m.test(without.split(/^## /m)[0])) wrong("The first heading begins with ##.");
  ids.filter((id) => !used.has(id)).forEach((id) => found.push({ at: "text", message: `Nothing cites ${id}.`, remark: true }));
  const bare = text.split(/\n\s*\n/).flatMap(sentences).filter((sentence) => !sentence.includes("[@"));
  if (bare.length) found.push({ at: "text", message: `Without a source: “${bare[0].slice(0, 60)}…”`, remark: true });
  return undefined;
}

/** The sentences of a paragraph, roughly; a citation belongs to the sentence before it. */
function sentences(paragraph) {
  if (/^\s*(?:#|\||```)/.test(paragraph)) return [];
  return paragraph.split(/(?<=[.!?]["”’)]*(?:\s*\[@[^\]]*\])*)\s+(?=["“‘(]*[A-Z0-9])/u).filter((sentence) => sentence.trim());
}

/** Every text of an entry, with the way to its control. */
function* texts(entry) {
  for (const name of ["title", "summary", "text", "date", "time"]) yield [name, entry[name]];
  for (const rows of ["sources", "claims", "figures"])
    for (const [index, row] of entry[rows].entries()) for (const [name, text] of Object.entries(row)) if (typeof text === "string") yield [`${rows}.${index}.${name}`, text];
}

/** Where a repository begins a file, with its name and text as far as it takes them; empty without one. */
export function proposal(path, text, rules) {
  if (!rules.newFile) return "";
  const whole = rules.folder ? `${rules.folder}/${path}` : path;
  const named = rules.pathAs ? `?${rules.pathAs}=${encodeURIComponent(whole)}` : "";
  const filled = rules.textAs ? `${rules.newFile}${named}&${rules.textAs}=${encodeURIComponent(text)}` : "";
  return filled && filled.length <= LONGEST_LINK ? filled : `${rules.newFile}${named}`;
}

/* --- the form --------------------------------------------------------------------------------------------------- */

const ROWS = ["sources", "claims", "figures"];
let count = 0;

/** Begin the form where the page has room for it. */
export default function start(root) {
  const rules = { ...JSON.parse(document.getElementById("contribute-data").textContent), actors: offered("actors"), places: offered("places") };
  const form = document.getElementById("contribute-form").content.cloneNode(true).firstElementChild;
  root.querySelector(".contribute__without").textContent = "The file is made in your browser, and nothing is sent anywhere.";
  root.append(form);
  label(form);
  addRow(form, "sources");
  form.addEventListener("click", (event) => act(event, form, rules));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".several input")) {
      event.preventDefault();
      choose(event.target);
    }
  });
  form.addEventListener("input", (event) => {
    if (event.target.closest('[data-rows="sources"]')) offerSources(form);
    form.querySelector(".contribute__result").hidden = true; // what it shows is no longer what the form says
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    make(form, rules);
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches(".several input") && [...event.target.list.options].some((option) => option.value === event.target.value)) choose(event.target);
  });
}

/** The ids that the page completes. */
function offered(name) {
  return [...document.getElementById(`contribute-${name}`).options].map((option) => option.value);
}

/** Give the controls of a form, or of a row, ids, and their labels, hints and problems to them. */
function label(part) {
  for (const field of part.querySelectorAll(".field")) {
    const id = `contribute-${(count += 1)}`;
    const control = field.querySelector("input, select, textarea");
    const notes = [...field.querySelectorAll(".field__hint, .field__problem")];
    control.id = id;
    field.querySelector("label").htmlFor = id;
    notes.forEach((note, index) => { note.id = `${id}-${index}`; });
    control.setAttribute("aria-describedby", notes.map((note) => note.id).join(" "));
  }
}

function addRow(form, rows) {
  const row = document.getElementById(`contribute-${rows}`).content.cloneNode(true).firstElementChild;
  form.querySelector(`[data-rows="${rows}"] .rows`).append(row);
  label(row);
  renumber(form);
  return row;
}

function renumber(form) {
  for (const rows of ROWS) form.querySelectorAll(`[data-rows="${rows}"] .row__number`).forEach((place, index) => { place.textContent = String(index + 1); });
  offerSources(form);
}

/** The sources as they are now, to choose from and to cite. */
function offerSources(form) {
  const { sources } = read(form);
  const ids = sourceIds(sources);
  const ready = sources.map((source) => Boolean(source.known || source.publisher || source.title));
  for (const row of form.querySelectorAll('[data-rows="sources"] .row')) {
    row.querySelector(".row__new").hidden = Boolean(value(row, "known"));
  }
  for (const select of form.querySelectorAll("select[data-sources]")) {
    const chosen = select.value;
    const options = ids.map((id, index) => new Option(id, String(index))).filter((_, index) => ready[index]);
    select.replaceChildren(new Option("Choose one", ""), ...options);
    select.value = options.some((option) => option.value === chosen) ? chosen : "";
  }
  const buttons = ids.filter((_, index) => ready[index]).map((id) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: `[@${id}]` });
    button.dataset.do = "cite";
    return button;
  });
  form.querySelector(".cites-bar").replaceChildren(...buttons);
}

/** What a button does. */
function act(event, form, rules) {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  const deeds = {
    another: () => addRow(form, button.closest("[data-rows]").dataset.rows).querySelector("input, select").focus(),
    remove: () => {
      const group = button.closest("[data-rows]");
      button.closest(".row").remove();
      renumber(form);
      group.querySelector('[data-do="another"]').focus();
    },
    add: () => choose(button.parentElement.querySelector("input")),
    drop: () => {
      const line = button.closest(".several").querySelector("input");
      button.parentElement.remove();
      line.focus();
    },
    cite: () => cite(form.querySelector('[data-field="text"] textarea'), button.textContent),
    copy: () => copy(form),
    propose: () => { if (!rules.textAs || !button.href.includes(`${rules.textAs}=`)) copy(form); },
  };
  deeds[button.dataset.do]?.();
}

/** Take what stands in a line of several into what is chosen. */
function choose(line) {
  const list = line.closest(".several").querySelector(".several__chosen");
  for (const id of line.value.split(/[\s,]+/).filter(Boolean)) {
    if ([...list.children].some((each) => each.dataset.id === id)) continue;
    const chosen = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: "Remove" });
    button.dataset.do = "drop";
    button.setAttribute("aria-label", `Remove ${id}`);
    chosen.dataset.id = id;
    chosen.append(`${id} `, button);
    list.append(chosen);
  }
  line.value = "";
  line.focus();
}

/** Put a citation where the cursor is, with the space before it that it needs. */
function cite(area, citation) {
  const before = area.value.slice(0, area.selectionStart);
  const stop = /[.!?]$/.exec(before)?.[0] ?? "";
  const at = before.length - stop.length;
  const text = `${before.slice(0, at).endsWith(" ") || !at ? "" : " "}${citation}${stop}`;
  area.setRangeText(text, at, area.selectionEnd, "end");
  area.focus();
}

function value(part, name) {
  return part.querySelector(`[data-field="${name}"]`).querySelector("input, select, textarea").value.trim();
}

/** The entry that the form says. */
function read(form) {
  const rows = (name, fields) =>
    [...form.querySelectorAll(`[data-rows="${name}"] .row`)].map((row) =>
      Object.fromEntries(fields.map((field) => [field, value(row, field)])));
  const chosen = (name) => {
    const field = form.querySelector(`[data-field="${name}"]`);
    const waiting = field.querySelector("input").value.split(/[\s,]+/).filter(Boolean);
    return [...new Set([...[...field.querySelectorAll(".several__chosen li")].map((each) => each.dataset.id), ...waiting])];
  };
  const entry = { actors: chosen("actors"), places: chosen("places") };
  for (const name of ["title", "date", "time", "kind", "summary", "text"]) entry[name] = value(form, name).replace(/\r\n?/g, "\n");
  entry.sources = rows("sources", ["known", "title", "publisher", "published", "url", "language", "kind", "perspective", "note"]);
  entry.claims = rows("claims", ["question", "by", "says", "source"]);
  entry.figures = rows("figures", ["measure", "scope", "group", "bound", "low", "high", "as_of", "since", "source", "said_by"]);
  return entry;
}

/** Check the entry; show what is wrong, or the file. */
function make(form, rules) {
  const entry = read(form);
  const found = problemsOf(entry, rules);
  const wrong = found.filter((problem) => !problem.remark);
  show(form, wrong);
  if (wrong.length) return;
  const path = fileName(entry);
  const text = entryText(entry);
  const result = form.querySelector(".contribute__result");
  result.querySelector(".contribute__name code").textContent = rules.folder ? `${rules.folder}/${path}` : path;
  result.querySelector(".contribute__file").value = text;
  result.querySelector(".contribute__remarks").replaceChildren(...found.map(({ message }) => {
    const remark = document.createElement("li");
    remark.textContent = message;
    return remark;
  }));
  const [download, propose] = ["download", "propose"].map((name) => result.querySelector(`[data-do="${name}"]`));
  if (download.href.startsWith("blob:")) URL.revokeObjectURL(download.href);
  download.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  download.download = path.split("/").at(-1);
  propose.href = proposal(path, text, rules) || "#form";
  propose.hidden = !rules.newFile;
  propose.target = "_blank";
  result.querySelector(".contribute__said").textContent =
    rules.newFile && !propose.href.includes(`${rules.textAs || "?"}=`) ? "“Open a pull request” copies the file too: paste it there." : "";
  result.hidden = false;
  result.querySelector("h3").focus();
}

/** Each problem at its control, and how many there are; the first is gone to. */
function show(form, problems) {
  for (const place of form.querySelectorAll(".field__problem")) {
    Object.assign(place, { hidden: true, textContent: "" });
    place.parentElement.querySelector("input, select, textarea").removeAttribute("aria-invalid");
  }
  form.querySelector(".contribute__result").hidden = true;
  form.querySelector(".contribute__problems").textContent = problems.length ? `${problems.length} ${problems.length === 1 ? "thing is" : "things are"} still to be put right.` : "";
  const controls = problems.map(({ at, message }) => {
    const [rows, index, name] = at.split(".");
    const part = name ? form.querySelectorAll(`[data-rows="${rows}"] .row`)[index] : form;
    const field = part.querySelector(`[data-field="${name ?? rows}"]`);
    if (!field) {
      form.querySelector(".contribute__problems").append(` ${message}`);
      return form.querySelector(`[data-rows="${rows}"] [data-do="another"]`);
    }
    const place = field.querySelector(".field__problem");
    place.textContent = [place.textContent, message].filter(Boolean).join(" ");
    place.hidden = false;
    const control = field.querySelector("input, select, textarea");
    control.setAttribute("aria-invalid", "true");
    return control;
  });
  controls[0]?.focus();
}

async function copy(form) {
  const area = form.querySelector(".contribute__file");
  const said = form.querySelector(".contribute__said");
  try {
    await navigator.clipboard.writeText(area.value);
    said.textContent = "Copied.";
  } catch {
    area.select();
    said.textContent = "Press Control-C, or Command-C, to copy what is selected.";
  }
}
