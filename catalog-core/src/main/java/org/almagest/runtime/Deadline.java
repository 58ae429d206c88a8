package org.almagest.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.almagest.error.CancelledException;
import org.almagest.error.DeadlineExceededException;
import org.jspecify.annotations.Nullable;

/** The end of the time that some work may take, or of its being wanted. Safe for use by several threads. */
public final class Deadline {
    /** Never passes. */
    public static final Deadline NEVER = new Deadline(null, null, Clock.system(), null);

    /** Longer ones never pass, and adding them to an instant could overflow. */
    private static final Duration LONGEST = Duration.ofDays(365_000);

    private final @Nullable Instant end;
    private final @Nullable Duration allowed;
    private final Clock clock;
    private final @Nullable BooleanSupplier cancelled;

    private Deadline(
            @Nullable Instant end, @Nullable Duration allowed, Clock clock, @Nullable BooleanSupplier cancelled) {
        this.end = end;
        this.allowed = allowed;
        this.clock = clock;
        this.cancelled = cancelled;
    }

    /** Returns the deadline this long from now, or {@link #NEVER}. */
    public static Deadline after(Optional<Duration> allowed, Clock clock) {
        if (allowed.isEmpty() || allowed.get().compareTo(LONGEST) >= 0) {
            return NEVER;
        }
        return new Deadline(clock.now().plus(allowed.get()), allowed.get(), clock, null);
    }

    /** Returns this deadline, which passes as well once a condition holds. */
    public Deadline orWhen(Optional<BooleanSupplier> condition) {
        return condition.isEmpty() ? this : new Deadline(end, allowed, clock, condition.get());
    }

    /** Returns the deadline at the end of a part of the time that is left, whatever is still wanted then. */
    public Deadline part(int parts) {
        if (end == null) {
            return NEVER;
        }
        Instant now = clock.now();
        Duration part = Duration.between(now, end).dividedBy(parts);
        return new Deadline(now.plus(part), part, clock, null);
    }

    /** Tells whether the time is over. */
    public boolean hasPassed() {
        return end != null && clock.now().isAfter(end);
    }

    /**
     * Checks the time, and whether the work is still wanted; call it at least once per thousand rows.
     *
     * @throws DeadlineExceededException if the deadline has passed
     * @throws CancelledException if the condition holds
     */
    public void check() {
        if (cancelled != null && cancelled.getAsBoolean()) {
            throw new CancelledException("query: cancelled");
        }
        if (hasPassed()) {
            throw new DeadlineExceededException("deadline: passed after " + allowed);
        }
    }
}
