package org.almagest.storage.aggregate;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.almagest.aggregate.CalendarUnit;

/**
 * The buckets of a histogram on the line of time, one after the other without a gap; for one thread.
 *
 * <p>Moves to the bucket of an instant and keeps its ends, so that neighbouring instants cost a comparison.
 */
final class CalendarBuckets {
    private static final long MILLIS_PER_SECOND = 1_000;

    private final CalendarUnit unit;
    private final ZoneId zone;
    private final ZoneRules rules;

    /** Milliseconds of a bucket by the clock; 0 where the calendar decides. */
    private final long clockMillis;

    /** The span without a change of clocks that was looked at last, and its offset. */
    private long steadyFrom = 1;

    private long steadyTo;
    private long offsetMillis;
    private long start = 1;
    private long end;

    CalendarBuckets(CalendarUnit unit, ZoneId zone) {
        this.unit = unit;
        this.zone = zone;
        this.rules = zone.getRules();
        this.clockMillis = switch (unit) {
            case SECOND -> MILLIS_PER_SECOND;
            case MINUTE -> ChronoUnit.MINUTES.getDuration().toMillis();
            case HOUR -> ChronoUnit.HOURS.getDuration().toMillis();
            default -> 0;
        };
    }

    /** Moves to the bucket of a time in Unix milliseconds. */
    void seek(long millis) {
        if (start <= millis && millis < end) {
            return;
        }
        if (clockMillis > 0) {
            seekByClock(millis);
        } else {
            seekByDate(millis);
        }
        assert start <= millis && millis < end : millis;
    }

    /** Returns the first millisecond of the bucket. */
    long start() {
        return start;
    }

    /** Returns the first millisecond of the next bucket. */
    long end() {
        return end;
    }

    private void seekByClock(long millis) {
        if (millis < steadyFrom || millis >= steadyTo) {
            seekSteady(millis);
        }
        long whole = Math.floorDiv(millis + offsetMillis, clockMillis) * clockMillis - offsetMillis;
        start = Math.max(whole, steadyFrom);
        end = Math.min(whole + clockMillis, steadyTo);
    }

    private void seekSteady(long millis) {
        Instant instant = Instant.ofEpochMilli(millis);
        offsetMillis = rules.getOffset(instant).getTotalSeconds() * MILLIS_PER_SECOND;
        ZoneOffsetTransition last = rules.previousTransition(instant.plusMillis(1));
        ZoneOffsetTransition next = rules.nextTransition(instant);
        steadyFrom = last == null ? Long.MIN_VALUE : last.getInstant().toEpochMilli();
        steadyTo = next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli();
    }

    private void seekByDate(long millis) {
        Instant instant = Instant.ofEpochMilli(millis);
        ZoneOffset offset = rules.getOffset(instant);
        long localSeconds = instant.getEpochSecond() + offset.getTotalSeconds();
        LocalDate date = first(LocalDate.ofEpochDay(
                Math.floorDiv(localSeconds, ChronoUnit.DAYS.getDuration().toSeconds())));
        start = millisOf(date);
        LocalDate next = next(date);
        end = millisOf(next);
        // Where clocks go back over midnight, the end of a day comes again when the next one has begun.
        while (end <= millis) {
            start = end;
            next = next(next);
            end = millisOf(next);
        }
    }

    private long millisOf(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private LocalDate first(LocalDate date) {
        return switch (unit) {
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
            case QUARTER -> date.with(IsoFields.DAY_OF_QUARTER, 1);
            case YEAR -> date.withDayOfYear(1);
            default -> date;
        };
    }

    private LocalDate next(LocalDate date) {
        return switch (unit) {
            case WEEK -> date.plusWeeks(1);
            case MONTH -> date.plusMonths(1);
            case QUARTER -> date.plus(1, IsoFields.QUARTER_YEARS);
            case YEAR -> date.plusYears(1);
            default -> date.plusDays(1);
        };
    }
}
