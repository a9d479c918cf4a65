/* Lists the pages that are kept on this device, and offers to try again the one that was wanted. */
export default async function start(root) {
  const site = new URL("../", import.meta.url).href;
  const wanted = new URL(location.hash.slice(1), site);
  if (location.hash && wanted.href.startsWith(site)) {
    const again = document.createElement("p");
    again.append("Wanted: ", link(wanted.href, wanted.href), ". Try it again when there is a connection.");
    root.append(again);
  }
  const titles = new Map();
  for (const name of await caches.keys()) {
    if (!name.endsWith(` ${site}`)) continue;
    const cache = await caches.open(name);
    for (const { url } of (await cache.keys()).reverse()) {
      if (titles.has(url) || !url.endsWith("/")) continue;
      const page = await (await cache.match(url)).text();
      titles.set(url, new DOMParser().parseFromString(page, "text/html").querySelector("h1")?.textContent ?? url);
    }
  }
  if (!titles.size) return;
  const heading = document.createElement("h2");
  heading.textContent = "Pages that are kept";
  const list = document.createElement("ul");
  list.className = "lines";
  for (const [url, title] of titles) {
    const item = document.createElement("li");
    item.append(link(url, title));
    list.append(item);
  }
  root.append(heading, list);
}

function link(url, words) {
  const made = document.createElement("a");
  made.href = url;
  made.textContent = words;
  return made;
}
