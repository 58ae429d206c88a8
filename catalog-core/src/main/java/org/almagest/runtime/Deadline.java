package org.almagest.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.almagest.error.DeadlineExceededException;
import org.jspecify.annotations.Nullable;

/** The end of the time that some work may take. Safe for use by several threads. */
public final class Deadline {
    /** Never passes. */
    public static final Deadline NEVER = new Deadline(null, null, Clock.system());

    /** Longer ones never pass, and adding them to an instant could overflow. */
    private static final Duration LONGEST = Duration.ofDays(365_000);

    private final @Nullable Instant end;
    private final @Nullable Duration allowed;
    private final Clock clock;

    private Deadline(@Nullable Instant end, @Nullable Duration allowed, Clock clock) {
        this.end = end;
        this.allowed = allowed;
        this.clock = clock;
    }

    /** Returns the deadline this long from now, or {@link #NEVER}. */
    public static Deadline after(Optional<Duration> allowed, Clock clock) {
        return allowed.filter(duration -> duration.compareTo(LONGEST) < 0)
                .map(duration -> new Deadline(clock.now().plus(duration), duration, clock))
                .orElse(NEVER);
    }

    /**
     * Checks the time; call it at least once per thousand rows.
     *
     * @throws DeadlineExceededException if the deadline has passed
     */
    public void check() {
        if (end != null && clock.now().isAfter(end)) {
            throw new DeadlineExceededException("deadline: passed after " + allowed);
        }
    }
}
