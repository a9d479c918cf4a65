/* Cuts the entries of a month by kind, party, place and dispute.  The choices are the page's own links to the same cuts
   over all months; the state is in the address, so that it can be sent, and Back undoes a choice.  Of a month in parts
   the page knows what the entries of its other parts answer to, and counts them; only of a very long one it does not. */
const CUTS = ["kind", "party", "place"];
/* Other parts of a month that are named, the nearest. */
const MOST_NAMED = 6;

export default function start(cuts) {
  const list = document.querySelector(cuts.dataset.list);
  const entries = [...list.querySelectorAll("[data-filter]")].map((element) => ({ element, day: element.closest(".day").id.slice(-2), has: new Set(element.dataset.filter.split(" ")) }));
  const others = otherParts(cuts);
  const all = [...entries, ...others.flatMap((part) => part.entries)];
  const isWhole = !cuts.dataset.part || others.length > 0;
  const form = document.createElement("form");
  form.className = "filter";
  form.autocomplete = "off";
  form.setAttribute("aria-label", "Filter");
  const selects = CUTS.map((cut) => select(cut, cuts.querySelector(`[data-cut="${cut}"]`))).filter(Boolean);
  const disputed = checkbox("disputed", "Disputed only");
  form.append(...selects.map((each) => each.label), disputed.label);
  const details = cuts.querySelector("details");
  const [summary, ...links] = details.children;
  const overAll = "The same over all months";
  if (matchMedia("(min-width: 72rem)").matches) {
    cuts.prepend(form); // at the side of the list, where it moves nothing
    summary.textContent = overAll;
  } else {
    const over = document.createElement("details"); // what is cut comes right below the form
    over.append(Object.assign(document.createElement("summary"), { textContent: overAll }), ...links);
    details.append(form, over);
  }

  const status = document.createElement("p");
  status.className = "filter__status";
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  const clear = document.createElement("button");
  clear.type = "button";
  clear.textContent = "Show all";
  clear.hidden = true;
  status.append(words, clear);
  list.before(status);

  const parts = [...document.querySelectorAll(".parts a")];
  const here = isWhole ? "" : " here";
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => apply(chosen(), true));
  clear.addEventListener("click", () => {
    apply({}, true);
    details.open ||= details.contains(form);
    form.querySelector("select, input").focus();
  });
  addEventListener("popstate", () => apply(inAddress(), false));
  apply(inAddress(), false);

  /** What the controls say: a value for each cut that is made. */
  function chosen() {
    const state = {};
    for (const { control } of selects) if (control.value) state[control.name] = control.value;
    if (disputed.control.checked) state.disputed = "yes";
    return state;
  }

  /** What the address says, without what this page does not have. */
  function inAddress() {
    const given = new URLSearchParams(location.search);
    const state = {};
    for (const { control, options } of selects) if (options.some(({ value }) => value && value === given.get(control.name))) state[control.name] = given.get(control.name);
    if (given.get("disputed") === "yes") state.disputed = "yes";
    return state;
  }

  function fits({ has }, state) {
    return Object.entries(state).every(([cut, value]) => has.has(cut === "disputed" ? cut : `${cut}-${value}`));
  }

  function count(state) {
    return all.filter((entry) => fits(entry, state)).length;
  }

  /** Show what fits, say how many, and count what each further choice would leave. */
  function apply(state, isChoice) {
    const query = new URLSearchParams(state).toString();
    if (isChoice) history.pushState(null, "", `${location.pathname}${query && `?${query}`}`);
    for (const { element, has } of entries) element.hidden = !fits({ has }, state);
    for (const day of list.querySelectorAll(".day")) day.hidden = !day.querySelector("[data-filter]:not([hidden])");
    const fitting = new Set(all.filter((entry) => fits(entry, state)).map(({ day }) => day));
    for (const link of isWhole ? document.querySelectorAll(".glance td a") : []) {
      const isCut = !fitting.has(link.hash.slice(-2));
      link.classList.toggle("is-cut", isCut);
      link.search = isCut ? "" : query; // a day without what was chosen is shown as it is
    }
    for (const gap of list.querySelectorAll(".gap")) gap.hidden = Boolean(query);
    for (const { control, options } of selects) {
      for (const { option, value, name } of options) {
        const number = count({ ...without(state, control.name), ...(value && { [control.name]: value }) });
        option.textContent = `${name} (${number}${here})`;
        option.disabled = isWhole && Boolean(value) && number === 0 && state[control.name] !== value;
      }
      control.value = state[control.name] ?? "";
    }
    disputed.control.checked = "disputed" in state;
    disputed.words.textContent = `Disputed only (${count({ ...state, disputed: "yes" })}${here})`;
    for (const link of parts) link.search = query;
    if (query || isChoice || words.textContent) words.replaceChildren(...said(state, query), " ");
    clear.hidden = !query;
    if (query) details.open ||= details.contains(form);
  }

  /** How many entries fit, and of a month in parts where they are, with links that keep the cut. */
  function said(state, query) {
    const fit = (entry) => fits(entry, state);
    const whole = all.length.toLocaleString("en-GB");
    const many = query ? `${count(state)} of ${whole}` : `All ${whole}`;
    if (!others.length) return [`${many} entries${isWhole ? "" : ` of ${cuts.dataset.part}`} shown.`];
    const elsewhere = others.map((part) => ({ ...part, number: part.entries.filter(fit).length })).filter(({ number }) => number);
    const far = elsewhere.map(({ distance }) => distance).sort((one, other) => one - other)[MOST_NAMED] ?? Infinity;
    const rest = elsewhere.filter(({ distance }) => distance >= far).reduce((sum, { number }) => sum + number, 0);
    for (const { link } of elsewhere) link.search = query;
    return [
      `${many} entries: ${entries.filter(fit).length || "none"} on this page`,
      ...elsewhere.filter(({ distance }) => distance < far).flatMap(({ link, number }) => [`, ${number} in `, link]),
      rest ? `, ${rest} in other parts.` : ".",
    ];
  }
}

/** The other parts of a month: the link to each, how far it is, and the day and the choices of each of its entries. */
function otherParts(cuts) {
  const template = cuts.querySelector("template");
  if (!template) return [];
  const names = CUTS.flatMap((cut) => [...cuts.querySelectorAll(`[data-cut="${cut}"] [data-value]`)].map((link) => `${cut}-${link.dataset.value}`));
  names.push("disputed");
  const earlier = Number(template.dataset.earlier);
  return [...document.importNode(template.content, true).children].map((link, at) => ({
    link,
    distance: at < earlier ? earlier - at : at - earlier + 1,
    entries: link.dataset.entries.split(";").flatMap((written) => {
      const [day, ...each] = written.split(",");
      return each.map((numbers) => ({ day, has: new Set(numbers.split(".").map((number) => names[number])) }));
    }),
  }));
}

function without(state, cut) {
  const { [cut]: _, ...rest } = state;
  return rest;
}

/** A list of choices, from the links to the same cuts as pages. */
function select(cut, links) {
  if (!links) return null;
  const label = document.createElement("label");
  const control = document.createElement("select");
  control.name = cut;
  label.append(links.dataset.name, control);
  const all = { value: "", name: links.dataset.all };
  const options = [all, ...[...links.querySelectorAll("[data-value]")].map((link) => ({ value: link.dataset.value, name: link.textContent }))];
  for (const each of options) {
    each.option = new Option(each.name, each.value);
    control.append(each.option);
  }
  return { label, control, options };
}

function checkbox(name, text) {
  const label = document.createElement("label");
  label.className = "filter__check";
  const control = document.createElement("input");
  control.type = "checkbox";
  control.name = name;
  const words = document.createElement("span");
  words.textContent = text;
  label.append(control, words);
  return { label, control, words };
}
