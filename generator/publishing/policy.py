"""The Content-Security-Policy of every page: what it may load, and from where."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)

POLICY_OF_SEARCH = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""That of the search page, whose index is read by WebAssembly.

A host sends it with every file: with two policies for one page a browser applies both, so what a host forbids no page
can allow, while the policy in each other page goes on forbidding it.
"""
