package org.almagest.server.cli.session;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;

/** Durations as people write them: {@code 30d}, {@code 12h}, {@code 1d12h}, or ISO 8601. */
public final class DurationText {
    private static final Pattern SHORT = Pattern.compile("(?=\\d)(?:(\\d+d))?(?:(\\d+h))?(?:(\\d+m))?(?:(\\d+s))?");
    private static final Pattern CALENDAR = Pattern.compile("\\+?P.*\\d[YMW].*|\\d+[wy]|\\d+mo");
    private static final String EXPECTED = "expected such as 30d, 12h, 90m, 45s, 1d12h or ISO 8601 P1DT12H";

    private DurationText() {}

    /**
     * Returns the duration of a text.
     *
     * @param subject what an error names
     * @throws InvalidRequestException if the text is no duration, or one below 0
     */
    public static Duration parse(String subject, String text) {
        String stripped = text.strip();
        Duration duration;
        try {
            duration = Duration.parse(iso(stripped));
        } catch (DateTimeException | ArithmeticException e) {
            String upper = stripped.toUpperCase(Locale.ROOT);
            boolean calendar = CALENDAR.matcher(upper.split("T", 2)[0]).matches()
                    || CALENDAR.matcher(stripped.toLowerCase(Locale.ROOT)).matches();
            String problem = calendar ? " has weeks, months or years: say so many days (" : " is no duration (";
            throw new InvalidRequestException(subject, Quoted.text(text) + problem + EXPECTED + ")", e);
        }
        if (duration.isNegative()) {
            throw new InvalidRequestException(subject, Quoted.text(text) + " is below 0 (" + EXPECTED + ")");
        }
        return duration;
    }

    private static String iso(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!SHORT.matcher(lower).matches()) {
            return text;
        }
        int days = lower.indexOf('d') + 1;
        String time = lower.substring(days);
        return "P" + lower.substring(0, days) + (time.isEmpty() ? "" : "T" + time);
    }

    /** Returns ISO 8601 with days, such as {@code P30D} or {@code P1DT12H}. */
    public static String format(Duration duration) {
        long days = duration.toDays();
        Duration rest = duration.minusDays(days);
        if (days == 0) {
            return rest.toString();
        }
        return "P" + days + "D" + (rest.isZero() ? "" : rest.toString().substring(1));
    }
}
