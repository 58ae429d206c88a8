package org.almagest.internal.json;

import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;

/**
 * Decimal numbers in the one spelling of canonical JSON text.
 *
 * <p>RFC 8785 writes a number as ECMAScript does: the shortest digits that read back as the same float64, with the
 * exponent placed by fixed rules. A literal whose value is not that shortest decimal keeps its own digits here, under
 * the same placement; so in both cases the spelling follows from the digits alone and no float64 is computed.
 */
public final class DecimalText {
    /** The largest magnitude of a decimal exponent; beyond it a reader could not hold the number as a decimal. */
    public static final int EXPONENT_MAX = 999_999_999;

    /** Positions after the point up to which ECMAScript writes no exponent. */
    private static final int SMALL_MAX = 6;

    /** Positions before the point up to which ECMAScript writes no exponent. */
    private static final int LARGE_MAX = 21;

    private DecimalText() {}

    /**
     * Returns the canonical spelling of a JSON number: no sign of zero, no zeros that carry nothing.
     *
     * @throws InvalidRequestException if the exponent is beyond {@link #EXPONENT_MAX}
     */
    public static String canonical(String literal) {
        if (isPlainInteger(literal)) {
            return literal;
        }
        boolean negative = literal.charAt(0) == '-';
        int exponentMark = exponentMark(literal);
        StringBuilder digits = new StringBuilder(literal.length());
        int fraction = 0;
        boolean afterPoint = false;
        for (int i = negative ? 1 : 0; i < exponentMark; i++) {
            char c = literal.charAt(i);
            if (c == '.') {
                afterPoint = true;
            } else {
                digits.append(c);
                fraction += afterPoint ? 1 : 0;
            }
        }
        int leading = leadingZeros(digits);
        if (leading == digits.length()) {
            return "0";
        }
        long point = digits.length() - fraction - leading + exponent(literal, exponentMark);
        if (Math.abs(point) > EXPONENT_MAX) {
            throw exponentTooLarge(literal);
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        StringBuilder out = new StringBuilder(literal.length() + 8);
        append(out, negative, digits.substring(leading, end), (int) point);
        return out.toString();
    }

    /**
     * Appends {@code 0.digits × 10^point}, the way ECMAScript writes numbers.
     *
     * @param digits at least one, without leading or trailing zeros
     * @param point position of the decimal point, counted from the start of {@code digits}
     */
    static void append(StringBuilder out, boolean negative, CharSequence digits, int point) {
        int count = digits.length();
        if (negative) {
            out.append('-');
        }
        if (count <= point && point <= LARGE_MAX) {
            out.append(digits).append("0".repeat(point - count));
        } else if (0 < point && point <= LARGE_MAX) {
            out.append(digits, 0, point).append('.').append(digits, point, count);
        } else if (-SMALL_MAX < point && point <= 0) {
            out.append("0.").append("0".repeat(-point)).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (count > 1) {
                out.append('.').append(digits, 1, count);
            }
            out.append('e').append(point > 0 ? "+" : "").append(point - 1);
        }
    }

    /** True for the common case that is canonical as it stands: up to 15 digits, no point, no exponent, not -0. */
    private static boolean isPlainInteger(String literal) {
        int start = literal.charAt(0) == '-' ? 1 : 0;
        int count = literal.length() - start;
        if (count > 15 || start == 1 && literal.charAt(1) == '0') {
            return false;
        }
        for (int i = start; i < literal.length(); i++) {
            if (literal.charAt(i) > '9' || literal.charAt(i) < '0') {
                return false;
            }
        }
        return true;
    }

    private static int exponentMark(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == 'e' || c == 'E') {
                return i;
            }
        }
        return literal.length();
    }

    /** Returns the exponent, or a value far beyond the bound when it has too many digits to be read. */
    private static long exponent(String literal, int mark) {
        if (mark == literal.length()) {
            return 0;
        }
        int i = mark + 1;
        boolean negative = literal.charAt(i) == '-';
        if (negative || literal.charAt(i) == '+') {
            i++;
        }
        long value = 0;
        for (; i < literal.length(); i++) {
            value = Math.min(Long.MAX_VALUE / 16, value * 10 + (literal.charAt(i) - '0'));
        }
        return negative ? -value : value;
    }

    private static int leadingZeros(CharSequence digits) {
        int count = 0;
        while (count < digits.length() && digits.charAt(count) == '0') {
            count++;
        }
        return count;
    }

    private static InvalidRequestException exponentTooLarge(String literal) {
        return new InvalidRequestException(
                "json",
                "number: decimal exponent too large: " + Quoted.text(literal) + " (magnitude at most " + EXPONENT_MAX
                        + ")");
    }
}
