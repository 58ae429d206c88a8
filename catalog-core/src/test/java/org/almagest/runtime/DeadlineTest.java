package org.almagest.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.almagest.error.DeadlineExceededException;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    @Test
    void passesAfterTheTimeAllowed() {
        Deadline deadline = Deadline.after(Optional.of(Duration.ofSeconds(5)), now::get);
        deadline.check();
        now.set(Instant.EPOCH.plusSeconds(5));
        deadline.check();
        now.set(Instant.EPOCH.plusSeconds(5).plusNanos(1));
        Exception e = assertThrows(DeadlineExceededException.class, deadline::check);
        assertEquals("deadline: passed after PT5S", e.getMessage());
    }

    @Test
    void neverPassesWhereNoneIsGivenOrItIsBeyondAllTime() {
        assertSame(Deadline.NEVER, Deadline.after(Optional.empty(), now::get));
        assertSame(Deadline.NEVER, Deadline.after(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)), now::get));
        now.set(Instant.MAX);
        Deadline.NEVER.check();
    }

    @Test
    void theSystemHasAClockAndRandomBits() {
        assertNotEquals(RandomSource.secure().nextLong(), RandomSource.secure().nextLong());
        assertEquals(false, Clock.system().now().isBefore(Instant.parse("2020-01-01T00:00:00Z")));
    }
}
