/* Links name index.html so that the site works from a folder on disk; on a server the address is shown without it. */
{
  const { protocol, pathname, search, hash } = location;
  if (protocol.startsWith("http") && pathname.endsWith("/index.html")) {
    history.replaceState(history.state, "", pathname.slice(0, -"index.html".length) + search + hash);
  }
}
