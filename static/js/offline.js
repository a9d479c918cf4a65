/* Has the browser keep what is read, for when there is no connection. */
export default async function start() {
  const workers = navigator.serviceWorker;
  if (!workers) return; // over plain http there are none
  if (document.querySelector('script[src$="/livereload.js"]')) return; // a preview is not kept: it ends with its server
  const wasKept = Boolean(workers.controller);
  await workers.register(new URL("../sw.js", import.meta.url), { updateViaCache: "none" });
  if (wasKept) return;
  const { active } = await workers.ready;
  const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src], img[src]")].map((element) => element.href ?? element.src);
  active.postMessage({ read: [location.href, ...parts] });
}
