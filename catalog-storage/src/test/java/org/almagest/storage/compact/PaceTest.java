package org.almagest.storage.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.almagest.runtime.Scheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pace over a clock that the test moves, and a scheduler that notes pauses instead of taking them. */
class PaceTest {
    private static final long MIB = 1 << 20;

    private final List<Long> pausedMillis = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private final Scheduler scheduler = new Scheduler() {
        @Override
        public Worker worker(String name) {
            throw new AssertionError("a pace needs no worker");
        }

        @Override
        public void pause(Object monitor, Duration duration) {
            assertTrue(Thread.holdsLock(monitor));
            pausedMillis.add(duration.toMillis());
            now = now.plus(duration);
        }
    };

    @Test
    void restsAsLongAsItWorked() {
        Pace pace = paceOf(1000 * MIB);
        write(pace, 30);
        write(pace, 7);
        assertEquals(List.of(30L, 7L), pausedMillis, "the second is measured from the end of the first rest");
    }

    @Test
    void restsUntilTheRateIsKept() {
        Pace pace = paceOf(10 * MIB);
        write(pace, 20);
        assertEquals(List.of(80L), pausedMillis, "a MiB at 10 a second is due in 100 ms");
    }

    @Test
    void doesNotRestForLittle() {
        Pace pace = paceOf(10 * MIB);
        now = now.plusMillis(50);
        pace.wrote(MIB - 1);
        assertEquals(List.of(), pausedMillis);
        pace.wrote(1);
        assertEquals(List.of(50L), pausedMillis);
    }

    @Test
    void restsForAMinuteAtMost() {
        Pace pace = paceOf(MIB);
        write(pace, 3_600_000);
        assertEquals(List.of(60_000L), pausedMillis, "the clock may have been set");
    }

    @Test
    void restsForTheEndOfASegment() {
        Pace pace = paceOf(1000 * MIB);
        now = now.plusMillis(9);
        pace.endedSegment();
        assertEquals(List.of(), pausedMillis, "later, with more");
        now = now.plusMillis(6);
        pace.endedSegment();
        assertEquals(List.of(15L), pausedMillis);
    }

    @Test
    void restsForAllOfARoundWhateverItWrote() {
        Pace pace = paceOf(1000 * MIB);
        write(pace, 30);
        now = now.plusMillis(4);
        pace.wrote(1);
        pace.endedSegment();
        now = now.plusMillis(3);
        pace.endedRound();
        assertEquals(List.of(30L, 7L), pausedMillis);
    }

    @Test
    @Timeout(30)
    void aPauseEndsAtOnceWhenSomebodyWaitsOrTheWorkIsCancelled() throws InterruptedException {
        endAPause(Pace::hurry);
        endAPause(Pace::cancel);
    }

    private void endAPause(Consumer<Pace> end) throws InterruptedException {
        CountDownLatch pausing = new CountDownLatch(1);
        Scheduler threads = new Scheduler() {
            @Override
            public Worker worker(String name) {
                throw new AssertionError("a pace needs no worker");
            }

            @Override
            public void pause(Object monitor, Duration duration) {
                pausing.countDown();
                Scheduler.threads().pause(monitor, duration); // a minute, unless it is ended
            }
        };
        Pace pace = new Pace(threads, () -> now, MIB);
        now = now.plusSeconds(60);
        Thread worker = new Thread(pace::endedRound);
        worker.start();
        pausing.await();
        end.accept(pace); // waits until the pause has let go of its monitor
        worker.join();
    }

    @Test
    void takesNoTimeForAClockSetBack() {
        Pace pace = paceOf(10 * MIB);
        write(pace, -60_000);
        assertEquals(List.of(100L), pausedMillis);
    }

    @Test
    void doesNotRestWhileSomebodyWaits() {
        Pace pace = paceOf(MIB);
        pace.hurry();
        write(pace, 500);
        assertEquals(List.of(), pausedMillis);
    }

    private Pace paceOf(long bytesPerSecond) {
        return new Pace(scheduler, () -> now, bytesPerSecond);
    }

    private void write(Pace pace, long millis) {
        now = now.plusMillis(millis);
        pace.wrote(MIB);
    }
}
