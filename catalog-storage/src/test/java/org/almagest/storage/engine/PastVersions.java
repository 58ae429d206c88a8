package org.almagest.storage.engine;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.error.NotFoundException;
import org.almagest.query.Query;

/** What the versions of a store were that a workload has gone through: looks whether they can still be read. */
final class PastVersions {
    private final Workload workload;
    private final List<Version> versions;

    /**
     * A version.
     *
     * @param number as the catalog tells it
     * @param changes how many changes it shows
     * @param at when they were made
     */
    record Version(long number, int changes, Instant at) {}

    PastVersions(Workload workload, List<Version> versions) {
        this.workload = workload;
        this.versions = versions;
    }

    /**
     * Asks all versions that are kept; returns what is wrong, or nothing.
     *
     * <p>Collections are those of now: one that was deleted takes its past along.
     *
     * @param changes how many changes the catalog shows now
     */
    String wrong(Catalog catalog, int changes, Instant now) {
        if (workload.history().isZero()) {
            return "";
        }
        Map<String, ExpectedCatalog.Moment> today = workload.rows(changes).rows();
        for (Version version : versions) {
            boolean kept = version.at().isAfter(now.minus(workload.history()));
            if (kept && version.number() < catalog.oldestVersion()) {
                return "version " + version + " is not kept (oldest " + catalog.oldestVersion() + ")";
            }
            if (version.number() >= catalog.oldestVersion() && version.changes() <= changes) {
                String wrong = wrong(catalog, version, today);
                if (!wrong.isEmpty()) {
                    return "version " + version + ": " + wrong;
                }
            }
        }
        return "";
    }

    private String wrong(Catalog catalog, Version version, Map<String, ExpectedCatalog.Moment> today) {
        Map<String, ExpectedCatalog.Moment> then =
                workload.rows(version.changes()).rows();
        Query query = Query.allTime().version(version.number()).build();
        for (Dataset dataset : catalog.datasets()) {
            for (Collection collection : dataset.collections()) {
                ExpectedCatalog.Moment before = then.get(collection.name());
                ExpectedCatalog.Moment after = today.get(collection.name());
                boolean same = before != null && after != null && before.made() == after.made();
                BitSet expected = same ? before.numbers() : new BitSet();
                try {
                    BitSet found = ExpectedCatalog.numbers(collection, query);
                    if (!found.equals(expected)) {
                        return collection.name() + " had " + found + " (expected " + expected + ")";
                    }
                } catch (NotFoundException e) {
                    return e.getMessage();
                }
            }
        }
        return "";
    }
}
