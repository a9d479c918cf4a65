/* Lists the pages that are kept on this device, and offers to try again the one that was wanted. */
const SHELVES = [
  ["Entries that are kept", "events/"],
  ["Months and years that are kept", "timeline/"],
  ["Other pages that are kept", ""],
];

export default async function start(root) {
  const site = new URL("../", import.meta.url).href;
  const wanted = new URL(location.hash.slice(1), site);
  if (location.hash && wanted.href.startsWith(site)) {
    const again = document.createElement("p");
    again.append("Wanted: ", link(wanted.href, wanted.href), ". Try it again when there is a connection.");
    root.append(again);
  }
  const here = new URL("./", location.href).href;
  const titles = new Map();
  for (const name of await caches.keys()) {
    if (!name.endsWith(` ${site}`)) continue;
    const cache = await caches.open(name);
    for (const { url } of (await cache.keys()).reverse()) {
      if (titles.has(url) || !url.endsWith("/") || url === here) continue;
      const page = await (await cache.match(url)).text();
      titles.set(url, new DOMParser().parseFromString(page, "text/html").querySelector("h1")?.textContent ?? url);
    }
  }
  for (const [name, folder] of SHELVES) {
    const some = [...titles].filter(([url]) => url.startsWith(site + folder));
    if (!some.length) continue;
    for (const [url] of some) titles.delete(url);
    const heading = document.createElement("h2");
    heading.textContent = name;
    const list = document.createElement("ul");
    list.className = "lines";
    for (const [url, title] of some) {
      const item = document.createElement("li");
      item.append(link(url, title));
      list.append(item);
    }
    root.append(heading, list);
  }
}

function link(url, words) {
  const made = document.createElement("a");
  made.href = url;
  made.textContent = words;
  return made;
}
