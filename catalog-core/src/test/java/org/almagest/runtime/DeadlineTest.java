package org.almagest.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void aPartPassesAfterThatPartOfWhatIsLeft() {
        Deadline deadline = Deadline.after(Optional.of(Duration.ofSeconds(9)), now::get);
        now.set(Instant.EPOCH.plusSeconds(1));
        Deadline part = deadline.part(4);
        now.set(Instant.EPOCH.plusSeconds(3));
        assertFalse(part.hasPassed());
        now.set(Instant.EPOCH.plusSeconds(3).plusNanos(1));
        assertTrue(part.hasPassed());
        assertFalse(deadline.hasPassed());
        now.set(Instant.EPOCH.plusSeconds(10));
        assertTrue(deadline.hasPassed());
        assertTrue(deadline.part(4).hasPassed());
        assertSame(Deadline.NEVER, Deadline.NEVER.part(4));
        assertFalse(Deadline.NEVER.hasPassed());
    }

    @Test
    void theSystemHasAClockAndRandomBits() {
        assertNotEquals(RandomSource.secure().nextLong(), RandomSource.secure().nextLong());
        assertEquals(false, Clock.system().now().isBefore(Instant.parse("2020-01-01T00:00:00Z")));
    }
}
