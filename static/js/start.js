/* A classic script, so that it runs from a folder on disk too.  On a server it shows addresses without index.html, and
   starts the modules that elements ask for by data-module; a page is whole before any of them runs. */
{
  const { protocol, pathname, search, hash } = location;
  if (protocol.startsWith("http")) {
    if (pathname.endsWith("/index.html")) {
      history.replaceState(history.state, "", pathname.slice(0, -"index.html".length) + search + hash);
    }
    for (const element of document.querySelectorAll(`[data-module$=".js"]`)) {
      import(new URL(element.dataset.module, document.baseURI)).then((module) => module.default(element)).catch(console.error);
    }
  } else {
    document.documentElement.classList.add("on-disk");
  }
}
