package org.almagest.io.stac.page;

/** What caches may do with answers. */
public final class Caching {
    /** For what changes with the data: kept, but asked for anew each time, which a tag makes cheap. */
    public static final String REVALIDATE = "private, no-cache";

    /** For what changes with the definitions: kept for a minute. */
    public static final String MINUTE = "private, max-age=60";

    /** For errors and for answers to changes. */
    public static final String NEVER = "no-store";

    private Caching() {}
}
