package org.almagest.io.stac.page;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.Quoted;
import org.almagest.io.stac.exchange.ProblemException;

/**
 * The value of If-Match or If-None-Match.
 *
 * @param any whether it is {@code *}
 * @param tags the tags else, in order
 */
public record TagList(boolean any, List<EntityTag> tags) {
    private static final int TAGS_MAX = 1_000;

    /** Copies the list. */
    public TagList {
        tags = List.copyOf(tags);
    }

    /**
     * Reads the value of a field.
     *
     * @throws ProblemException if it is malformed; names the field
     */
    static TagList parse(String field, String value) {
        String text = value.strip();
        if (text.equals("*")) {
            return new TagList(true, List.of());
        }
        List<EntityTag> tags = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            boolean weak = text.startsWith("W/", at);
            int open = at + (weak ? 2 : 0);
            int close = open < text.length() && text.charAt(open) == '"' ? text.indexOf('"', open + 1) : -1;
            if (close < 0 || tags.size() == TAGS_MAX || !isOpaque(text, open + 1, close)) {
                throw malformed(field, value);
            }
            tags.add(new EntityTag(text.substring(open + 1, close), weak));
            at = next(text, close + 1);
            if (at < 0) {
                throw malformed(field, value);
            }
        }
        if (tags.isEmpty()) {
            throw malformed(field, value);
        }
        return new TagList(false, tags);
    }

    private static boolean isOpaque(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> c == 0x21 || c >= 0x23 && c != 0x7F);
    }

    /** Returns where the next tag begins, the length at the end, -1 where something else stands between. */
    private static int next(String text, int from) {
        int at = from;
        boolean comma = false;
        while (at < text.length() && " \t,".indexOf(text.charAt(at)) >= 0) {
            comma |= text.charAt(at) == ',';
            at++;
        }
        return at == text.length() || comma ? at : -1;
    }

    private static ProblemException malformed(String field, String value) {
        return ProblemException.invalid(field, Quoted.text(value) + " (expected * or tags in quotes)");
    }
}
