/* The key “/” leads to the search field, from any page; the search page has a box that turns this off. */
{
  const OFF = "slash-off";
  const isOff = () => {
    try {
      return localStorage.getItem(OFF) === "yes";
    } catch {
      return false; // a browser that keeps nothing
    }
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isOff()) return;
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    const field = document.querySelector("#search-words");
    const link = document.querySelector(".site-nav a[href*='search/']");
    if (!field && !link) return;
    event.preventDefault();
    if (field) {
      field.focus();
      field.select();
    } else {
      location.href = `${link.href}#search-words`;
    }
  });
  for (const place of document.querySelectorAll("[data-slash]")) {
    const box = document.createElement("input");
    const label = document.createElement("label");
    Object.assign(box, { type: "checkbox", checked: !isOff(), id: "slash" });
    label.append(box, " The key “/” leads here from any page of this site");
    box.addEventListener("change", () => {
      try {
        box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "yes");
      } catch {
        // nothing is kept, and the key works as before
      }
    });
    place.append(label);
  }
}
