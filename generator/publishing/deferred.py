"""What a build has left to a later one is made, into the cache, by a process that may be ended at any moment."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from generator.incremental import parts
from generator.incremental.cache import DamagedCacheError
from generator.publishing.extras import open_extras
from generator.reading.library import Library
from generator.reading.parsed import ContentChangedError

if TYPE_CHECKING:
    from generator.publishing.options import Options


def make_deferred(options: Options) -> None:
    """Make what the last build has left, into the cache and no further: the next build finds it there.

    It publishes nothing, locks nothing, and keeps only what it has made whole.
    Raises: PublishError, when something cannot be made.
    """
    # where the code was replaced under a preview, the cache is that of the preview, which goes on as it began
    cache = options.open_cache(options.out.resolve(), begins_anew=False)
    with cache, suppress(DamagedCacheError, ContentChangedError):  # the next build will tell
        deferred = set(cache.part(parts.DEFERRED) or ())
        if not deferred:
            return
        library = Library(options.content, cache, options.jobs)
        errors, _ = library.counts
        if errors:
            return
        site = library.site(drafts=options.drafts, base_url=options.base_url)
        with open_extras(options.static, options.extras_folder, wanted=options.extras) as beside:
            for output in beside.outputs(site):
                if output in deferred:
                    beside.files(output, site)
