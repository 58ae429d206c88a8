package org.almagest.model;

import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonReader;

/**
 * A JSON value as canonical text (RFC 8785), so that equal values have equal text.
 *
 * <p>One difference from RFC 8785: a number whose value is not the shortest decimal of a float64 keeps its digits
 * instead of being rounded: {@code 9007199254740993} stays what it is. Immutable.
 */
public final class Json {
    /** The value {@code null}; at the top of a field it means unset. */
    public static final Json NULL = new Json("null");

    private final String text;

    private Json(String text) {
        this.text = text;
    }

    /** Returns the value that {@code text} holds, within the default limits, as {@link #parse(String, Limits)}. */
    public static Json parse(String text) {
        return parse(text, Limits.defaults());
    }

    /**
     * Returns the value that {@code text} holds, in any spelling JSON allows.
     *
     * @throws InvalidRequestException if the text is not strict JSON, repeats a member name, or has a lone surrogate
     * @throws LimitExceededException if it is larger than {@code valueBytesMax} or deeper than {@code jsonDepthMax}
     */
    public static Json parse(String text, Limits limits) {
        return new Json(CanonicalJson.text(JsonReader.read(text, readerLimits(limits))));
    }

    /**
     * Returns the value whose canonical text this is, without reading it again.
     *
     * @param text what {@link #text()} returned once; the caller vouches for it
     */
    public static Json ofCanonical(String text) {
        return new Json(text);
    }

    private static JsonLimits readerLimits(Limits limits) {
        int depthMax = (int) Math.min(Integer.MAX_VALUE, limits.jsonDepthMax());
        return new JsonLimits(
                limits.valueBytesMax(), "valueBytesMax", depthMax, "jsonDepthMax", Long.MAX_VALUE, "valueBytesMax");
    }

    /** Returns the canonical text; never blank, no line breaks. */
    public String text() {
        return text;
    }

    /** Tells whether the value is {@code null}. */
    public boolean isNull() {
        return text.equals("null");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json && ((Json) other).text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the canonical text. */
    @Override
    public String toString() {
        return text;
    }
}
