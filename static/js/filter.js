/* Cuts the entries of a page by kind, party, place and dispute.  The choices are the page's own links to the same cuts
   over all months; the state is in the address, so that it can be sent, and Back undoes a choice. */
const CUTS = ["kind", "party", "place"];

export default function start(cuts) {
  const list = document.querySelector(cuts.dataset.list);
  const entries = [...list.querySelectorAll("[data-filter]")].map((element) => ({ element, has: new Set(element.dataset.filter.split(" ")) }));
  const form = document.createElement("form");
  form.className = "filter";
  form.autocomplete = "off";
  form.setAttribute("aria-label", "Filter");
  const selects = CUTS.map((cut) => select(cut, cuts.querySelector(`[data-cut="${cut}"]`))).filter(Boolean);
  const disputed = checkbox("disputed", "Disputed only");
  form.append(...selects.map((each) => each.label), disputed.label);
  const details = cuts.querySelector("details");
  if (matchMedia("(min-width: 72rem)").matches) {
    cuts.prepend(form); // at the side of the list, where it moves nothing
    details.firstElementChild.textContent = "The same over all months";
  } else {
    details.firstElementChild.after(form);
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
    return entries.filter((entry) => fits(entry, state)).length;
  }

  /** Show what fits, say how many, and count what each further choice would leave. */
  function apply(state, isChoice) {
    const query = new URLSearchParams(state).toString();
    if (isChoice) history.pushState(null, "", `${location.pathname}${query && `?${query}`}`);
    for (const { element, has } of entries) element.hidden = !fits({ has }, state);
    for (const day of list.querySelectorAll(".day")) day.hidden = !day.querySelector("[data-filter]:not([hidden])");
    for (const link of document.querySelectorAll(".glance td a")) {
      link.classList.toggle("is-cut", Boolean(document.getElementById(link.hash.slice(1))?.hidden));
    }
    for (const gap of list.querySelectorAll(".gap")) gap.hidden = Boolean(query);
    for (const { control, options } of selects) {
      for (const { option, value, name } of options) {
        const number = count({ ...without(state, control.name), ...(value && { [control.name]: value }) });
        option.textContent = `${name} (${number})`;
        option.disabled = Boolean(value) && number === 0 && state[control.name] !== value;
      }
      control.value = state[control.name] ?? "";
    }
    disputed.control.checked = "disputed" in state;
    disputed.words.textContent = `Disputed only (${count({ ...state, disputed: "yes" })})`;
    for (const link of parts) link.search = query;
    const part = cuts.dataset.part ? ` of ${cuts.dataset.part}` : "";
    words.textContent = query ? `${count(state)} of ${entries.length} entries${part} shown. ` : isChoice || words.textContent ? `All ${entries.length} entries${part} shown.` : "";
    clear.hidden = !query;
    if (query) details.open ||= details.contains(form);
  }
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
