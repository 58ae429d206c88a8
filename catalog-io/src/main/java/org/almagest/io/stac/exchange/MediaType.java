package org.almagest.io.stac.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Media types, and the choice of one by what a request accepts. */
public final class MediaType {
    /** JSON. */
    public static final String JSON = "application/json";

    /** Items and pages of items. */
    public static final String GEOJSON = "application/geo+json";

    /** Schemas: queryables and sortables. */
    public static final String SCHEMA = "application/schema+json";

    /** Errors. */
    public static final String PROBLEM = "application/problem+json";

    /** A JSON text per line. */
    public static final String NDJSON = "application/x-ndjson";

    /** The description of the API. */
    public static final String OPENAPI = "application/vnd.oai.openapi+json;version=3.0";

    /** Pages for people. */
    public static final String HTML = "text/html; charset=utf-8";

    /** Parquet. */
    public static final String PARQUET = "application/vnd.apache.parquet";

    /** JSON Merge Patch. */
    public static final String MERGE_PATCH = "application/merge-patch+json";

    private static final int RANGES_MAX = 64;

    private MediaType() {}

    /** Returns a media type without its parameters, in lower case: {@code text/html}. */
    public static String bare(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** Returns the value of a parameter of a media type, without quotes; empty where it has none of this name. */
    public static Optional<String> parameter(String mediaType, String name) {
        String[] parts = mediaType.split(";");
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0 && parts[i].substring(0, equals).strip().equalsIgnoreCase(name)) {
                String value = parts[i].substring(equals + 1).strip();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                return Optional.of(quoted ? value.substring(1, value.length() - 1) : value);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the offer that a request likes best, by RFC 9110 section 12.5.1; empty where it takes none.
     *
     * <p>Of offers that are liked equally, the first: so a page for people comes only where it is asked for above JSON.
     * Parameters of ranges other than {@code q} are not compared.
     *
     * @param accept the field Accept; empty text takes everything
     * @param offers media types, the default first
     */
    public static Optional<String> choose(String accept, List<String> offers) {
        List<Range> ranges = ranges(accept);
        if (ranges.isEmpty()) {
            return Optional.of(offers.get(0));
        }
        String best = null;
        double bestQuality = 0;
        for (String offer : offers) {
            double quality = quality(ranges, bare(offer));
            if (quality > bestQuality) {
                best = offer;
                bestQuality = quality;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The most specific range decides, not the one that likes the type best. */
    private static double quality(List<Range> ranges, String offer) {
        double quality = 0;
        int specific = -1;
        for (Range range : ranges) {
            int fit = range.fit(offer);
            if (fit > specific || fit == specific && fit >= 0 && range.quality > quality) {
                specific = fit;
                quality = range.quality;
            }
        }
        return quality;
    }

    private static List<Range> ranges(String accept) {
        List<Range> ranges = new ArrayList<>();
        for (String part : accept.split(",", RANGES_MAX)) {
            String type = bare(part);
            if (!type.isEmpty()) {
                ranges.add(new Range(type, qualityOf(part)));
            }
        }
        return ranges;
    }

    private static double qualityOf(String range) {
        try {
            double quality = Double.parseDouble(parameter(range, "q").orElse("1"));
            return quality >= 0 && quality <= 1 ? quality : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private record Range(String type, double quality) {
        /** Returns how closely the type is named: 2 in full, 1 by its first half, 0 with all others, -1 not at all. */
        int fit(String offer) {
            if (type.equals(offer)) {
                return 2;
            }
            if (type.equals("*/*") || type.equals("*")) {
                return 0;
            }
            boolean half = type.endsWith("/*") && offer.startsWith(type.substring(0, type.length() - 1));
            return half ? 1 : -1;
        }
    }
}
