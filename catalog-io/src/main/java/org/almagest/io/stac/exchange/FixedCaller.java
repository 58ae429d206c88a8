package org.almagest.io.stac.exchange;

/** A caller with the same rights on every dataset. */
record FixedCaller(String name, StacAccess highest) implements StacCaller {
    @Override
    public String tenant() {
        return "default";
    }

    @Override
    public boolean may(StacAccess access, String datasetSlug) {
        return access.compareTo(highest) <= 0;
    }
}
