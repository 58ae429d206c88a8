package org.almagest.io.stac.exchange;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almagest.error.InvalidRequestException;

/**
 * Bounds of the API, beside those of the engine. A value at its bound is taken, one past it is refused.
 *
 * @param pageRowsDefault items of a page where the request names no limit
 * @param pageRowsMax items of a page; a larger limit is answered with this many, as STAC and OGC ask
 * @param limitMax the largest limit that is understood
 * @param collectionsDefault collections of a page where the request names no limit
 * @param collectionsMax collections of a page, and child links of the landing page
 * @param idsMax ids of one search; each is a node of the filter that the engine is asked, so fewer than it takes
 * @param targetBytesMax bytes of path and query
 * @param searchBodyBytesMax bytes of the body of a search
 * @param itemBodyBytesMax bytes of one item, or of one line of many
 * @param itemsBodyBytesMax bytes of a body of many items that is no NDJSON
 * @param collectionBodyBytesMax bytes of a posted collection
 * @param jsonDepthMax nesting of a body
 * @param pinsMax versions of the catalog that are kept for pages
 * @param queryMillisMax milliseconds the engine may work for one request
 * @param countMillisMax milliseconds to count what a search matches in all; 0 counts nothing
 * @param summaryMillisMax milliseconds to make the summaries of a collection; 0 makes none
 * @param tokenSecondsMax seconds after which a page token is refused
 */
public record StacLimits(
        long pageRowsDefault,
        long pageRowsMax,
        long limitMax,
        long collectionsDefault,
        long collectionsMax,
        long idsMax,
        long targetBytesMax,
        long searchBodyBytesMax,
        long itemBodyBytesMax,
        long itemsBodyBytesMax,
        long collectionBodyBytesMax,
        long jsonDepthMax,
        long pinsMax,
        long queryMillisMax,
        long countMillisMax,
        long summaryMillisMax,
        long tokenSecondsMax) {
    private static final long KIB = 1_024;
    private static final long MIB = KIB * KIB;
    private static final StacLimits DEFAULTS = new StacLimits(
            10,
            10_000,
            1_000_000,
            100,
            1_000,
            9_000,
            8 * KIB,
            17 * MIB,
            16 * MIB,
            64 * MIB,
            MIB,
            64,
            256,
            30_000,
            250,
            250,
            30 * 86_400L);

    /** Checks the bounds: 0 is allowed for the two that turn something off, else at least 1. */
    public StacLimits {
        requirePositive(
                Map.of("pageRowsMax", pageRowsMax, "limitMax", limitMax, "collectionsMax", collectionsMax),
                Map.of("idsMax", idsMax, "targetBytesMax", targetBytesMax, "jsonDepthMax", jsonDepthMax),
                Map.of("pinsMax", pinsMax, "queryMillisMax", queryMillisMax, "tokenSecondsMax", tokenSecondsMax),
                Map.of("pageRowsDefault", pageRowsDefault, "collectionsDefault", collectionsDefault),
                Map.of("searchBodyBytesMax", searchBodyBytesMax, "itemBodyBytesMax", itemBodyBytesMax),
                Map.of("itemsBodyBytesMax", itemsBodyBytesMax, "collectionBodyBytesMax", collectionBodyBytesMax));
        if (countMillisMax < 0 || summaryMillisMax < 0) {
            throw new InvalidRequestException(
                    "limits: " + (countMillisMax < 0 ? "countMillisMax" : "summaryMillisMax"),
                    Math.min(countMillisMax, summaryMillisMax) + " (at least 0)");
        }
    }

    @SafeVarargs
    private static void requirePositive(Map<String, Long>... groups) {
        for (Map<String, Long> group : groups) {
            group.forEach((name, value) -> {
                if (value < 1) {
                    throw new InvalidRequestException("limits: " + name, value + " (at least 1)");
                }
            });
        }
    }

    /** Returns the bounds that hold unless others are given. */
    public static StacLimits defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these bounds with one of them changed.
     *
     * @param name the component
     * @throws InvalidRequestException if there is no such bound, or the value is too small
     */
    public StacLimits with(String name, long value) {
        Map<String, Long> all = toMap();
        if (all.replace(name, value) == null) {
            throw new InvalidRequestException("limits: " + name, "no such limit");
        }
        Class<?>[] types = new Class<?>[all.size()];
        Arrays.fill(types, long.class);
        try {
            return StacLimits.class
                    .getDeclaredConstructor(types)
                    .newInstance(all.values().toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidRequestException) {
                throw (InvalidRequestException) e.getCause();
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns all bounds by name, in the order of the components; a new, modifiable map. */
    public Map<String, Long> toMap() {
        Map<String, Long> all = new LinkedHashMap<>();
        try {
            for (RecordComponent component : StacLimits.class.getRecordComponents()) {
                all.put(component.getName(), (Long) component.getAccessor().invoke(this));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }
}
