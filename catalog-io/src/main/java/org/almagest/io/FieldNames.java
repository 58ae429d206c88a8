package org.almagest.io;

import java.util.Optional;
import java.util.regex.Pattern;
import org.almagest.schema.DatasetSchema;

/** Makes field names of the names that files use. */
public final class FieldNames {
    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]*");
    private static final int LENGTH_MAX = 100;
    private static final String PREFIX = "f_";

    private FieldNames() {}

    /**
     * Returns a name in snake case: {@code eo:cloud_cover} becomes {@code eo_cloud_cover}, {@code cloudCover} becomes
     * {@code cloud_cover}, {@code 2m_temp} becomes {@code f_2m_temp}. A name that is valid already stays as it is.
     *
     * @return empty where nothing of the name is a letter or digit of ASCII, or it is too long
     */
    public static Optional<String> snakeCase(String name) {
        if (name.length() <= LENGTH_MAX && VALID.matcher(name).matches()) {
            return Optional.of(name);
        }
        StringBuilder out = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isLower(c) || isDigit(c)) {
                out.append(c);
            } else if (isUpper(c)) {
                if (beginsWord(name, i)) {
                    separate(out);
                }
                out.append((char) (c - 'A' + 'a'));
            } else {
                separate(out);
            }
        }
        while (out.length() > 0 && out.charAt(out.length() - 1) == '_') {
            out.setLength(out.length() - 1);
        }
        if (out.length() > 0 && isDigit(out.charAt(0))) {
            out.insert(0, PREFIX);
        }
        return out.length() == 0 || out.length() > LENGTH_MAX ? Optional.empty() : Optional.of(out.toString());
    }

    /** Returns a name in snake case that no fixed field has: {@code id} becomes {@code f_id}. */
    public static Optional<String> customName(String name) {
        return snakeCase(name).map(made -> DatasetSchema.FIXED_FIELD_NAMES.contains(made) ? PREFIX + made : made);
    }

    /** Returns the JSON pointer (RFC 6901) of a member of the object at {@code parent}. */
    public static String pointer(String parent, String member) {
        return parent + "/" + member.replace("~", "~0").replace("/", "~1");
    }

    private static void separate(StringBuilder out) {
        if (out.length() > 0 && out.charAt(out.length() - 1) != '_') {
            out.append('_');
        }
    }

    /** An upper-case letter begins a word after a lower-case one or a digit, and before a lower-case one. */
    private static boolean beginsWord(String name, int at) {
        if (at == 0) {
            return false;
        }
        char before = name.charAt(at - 1);
        boolean ends = isLower(before) || isDigit(before) && at + 1 < name.length() && isLower(name.charAt(at + 1));
        boolean begins = isUpper(before) && at + 1 < name.length() && isLower(name.charAt(at + 1));
        return ends || begins;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
