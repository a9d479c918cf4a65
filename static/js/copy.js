/* Puts a button beside each text that is there to be copied; and where the device can send an address, one for that. */
export default function start(root) {
  const address = root.querySelector('[data-copy="address"]');
  if (navigator.share && address) {
    const send = document.createElement("button");
    send.type = "button";
    send.className = "send";
    send.textContent = "Send to somebody";
    send.addEventListener("click", () => {
      navigator.share({ title: document.querySelector("h1").textContent, url: address.textContent.trim() }).catch(() => {});
    });
    address.closest("details").before(send);
  }
  if (!navigator.clipboard) return;
  for (const text of root.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy: ${text.dataset.copy}`);
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    told.className = "quiet";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        told.textContent = " Copied.";
      } catch {
        told.textContent = " The browser does not allow it: select the text instead.";
      }
    });
    text.after(button, told);
  }
}
