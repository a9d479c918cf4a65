/* Gives each heading of a text a sign that leads to it: shown with the mouse and with the focus. */
export default function start(text) {
  for (const heading of text.querySelectorAll(":is(h2, h3, h4)[id]")) {
    const sign = document.createElement("a");
    sign.className = "anchor-sign";
    sign.href = `#${heading.id}`;
    sign.setAttribute("aria-label", `Address of “${heading.textContent}”`);
    sign.textContent = "¶";
    heading.append(sign);
  }
}
