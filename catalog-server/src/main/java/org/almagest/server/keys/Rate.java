package org.almagest.server.keys;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;

/**
 * So many in a time: {@code 50/1s}, {@code 10GiB/1d}.
 *
 * @param count how many, 1 to 10^15; they may come at once
 * @param seconds in how long, 1 second to 366 days
 */
public record Rate(long count, long seconds) {
    private static final long COUNT_MAX = 1_000_000_000_000_000L;
    private static final long SECONDS_MAX = 366L * 86_400;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,16})([KMGT]iB)?/(\\d{1,9})([smhd])");
    private static final String EXPECTED = "expected such as 50/1s, 1000/1h or, for bytes, 10GiB/1d";
    private static final String SIZES = "KMGT";
    private static final String UNITS = "dhms";
    private static final long[] UNIT_SECONDS = {86_400, 3_600, 60, 1};

    /**
     * Checks it.
     *
     * @throws InvalidRequestException if one of both is out of its bounds
     */
    public Rate {
        if (count < 1 || count > COUNT_MAX) {
            throw new InvalidRequestException("quota", "count: " + count + " (expected 1 to " + COUNT_MAX + ")");
        }
        if (seconds < 1 || seconds > SECONDS_MAX) {
            throw new InvalidRequestException("quota", "period: " + seconds + " s (expected 1s to 366d)");
        }
    }

    /**
     * Returns the rate of a text.
     *
     * @param subject what an error names
     * @throws InvalidRequestException if it is none
     */
    public static Rate parse(String subject, String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidRequestException(subject, Quoted.text(text) + " is no quota (" + EXPECTED + ")");
        }
        String size = matcher.group(2);
        try {
            long scale = size == null ? 1 : 1L << 10 * (SIZES.indexOf(size.charAt(0)) + 1);
            long count = Math.multiplyExact(Long.parseLong(matcher.group(1)), scale);
            long unit = UNIT_SECONDS[UNITS.indexOf(matcher.group(4))];
            return new Rate(count, Math.multiplyExact(Long.parseLong(matcher.group(3)), unit));
        } catch (ArithmeticException e) {
            throw new InvalidRequestException(subject, Quoted.text(text) + " is too much (" + EXPECTED + ")", e);
        } catch (InvalidRequestException e) {
            throw e.within(subject);
        }
    }

    /** Returns the text of the file of keys: the number without a size, the time in its largest unit. */
    @Override
    public String toString() {
        int unit = 0;
        while (seconds % UNIT_SECONDS[unit] != 0) {
            unit++;
        }
        return count + "/" + seconds / UNIT_SECONDS[unit] + UNITS.charAt(unit);
    }
}
