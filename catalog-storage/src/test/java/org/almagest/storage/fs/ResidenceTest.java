package org.almagest.storage.fs;

import static org.almagest.storage.fs.Residence.BEHIND_MIN;
import static org.almagest.storage.fs.Residence.BLOCK_BYTES;
import static org.almagest.storage.fs.Residence.TOGETHER_MAX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.almagest.internal.format.Presence;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.fs.Residence.Eras;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class ResidenceTest {
    private static final int BLOCKS = 1_000;

    private final Memory memory = new Memory(BLOCKS * BLOCK_BYTES);
    private final Eras eras = new Eras(new ReadAlong());
    private final Residence residence = new Residence(memory, BLOCKS * BLOCK_BYTES, eras);

    /** The pages of a file, as a system would keep them that reads nothing ahead. */
    private static final class Memory implements Residence.Pages {
        private final int length;
        final BitSet loaded = new BitSet();
        int loads;
        int looks;
        int bytes;

        /** The block that cannot be read. */
        int broken = Integer.MAX_VALUE;

        /** Whether the system refuses to tell what is in memory. */
        boolean silent;

        Memory(int length) {
            this.length = length;
        }

        @Override
        public boolean areLoaded(int from, int count) {
            check(from, count);
            looks++;
            if (silent) {
                ResidenceTest.<RuntimeException>throwUndeclared(new IOException("mincore failed"));
            }
            int end = end(from, count);
            return loaded.nextClearBit(from / BLOCK_BYTES) >= end;
        }

        @Override
        public void load(int from, int count) {
            check(from, count);
            loads++;
            if (from / BLOCK_BYTES <= broken && broken < end(from, count)) {
                throw new InternalError("a fault occurred in an unsafe memory access operation");
            }
            bytes += count;
            loaded.set(from / BLOCK_BYTES, end(from, count));
        }

        private void check(int from, int count) {
            assertEquals(0, from % BLOCK_BYTES);
            assertTrue(count > 0 && count <= length - from, from + " + " + count);
            assertTrue(count <= TOGETHER_MAX * BLOCK_BYTES, count + " bytes together");
            assertTrue((from + count) % BLOCK_BYTES == 0 || from + count == length, from + " + " + count);
        }

        private static int end(int from, int count) {
            return (from + count + BLOCK_BYTES - 1) / BLOCK_BYTES;
        }
    }

    @Test
    void bringsInExactlyTheBlocksThatAreRead() {
        residence.need(10 * BLOCK_BYTES - 1, 2);
        assertEquals(BitSet.valueOf(new long[] {0b11L << 9}), memory.loaded);
        residence.need(500 * BLOCK_BYTES, BLOCK_BYTES);
        assertEquals(3, memory.loaded.cardinality());
        assertEquals(2, memory.loads);
    }

    @Test
    void bringsInNothingTwice() {
        residence.need(0, 5 * BLOCK_BYTES);
        residence.need(0, 5 * BLOCK_BYTES);
        residence.need(4 * BLOCK_BYTES, BLOCK_BYTES);
        assertEquals(1, memory.loads);
        assertEquals(0, memory.looks);
        residence.need(4 * BLOCK_BYTES, BLOCK_BYTES + 1);
        assertEquals(6, memory.loaded.cardinality());
        assertEquals(2, memory.loads);
    }

    @Test
    void looksAgainInAnotherEraAndReadsWhatWasDropped() {
        residence.need(0, 8 * BLOCK_BYTES);
        eras.end();
        residence.need(0, 8 * BLOCK_BYTES);
        assertEquals(1, memory.loads, "still there");
        assertEquals(1, memory.looks);
        memory.loaded.clear(3);
        residence.need(0, 8 * BLOCK_BYTES);
        assertEquals(7, memory.loaded.cardinality(), "trusted in the same era");
        eras.end();
        residence.need(0, 8 * BLOCK_BYTES);
        assertEquals(8, memory.loaded.cardinality());
        assertEquals(2, memory.loads);
    }

    @Test
    void endsAnEraAfterSoManyBytes() {
        int bytes = Eras.BYTES;
        Memory large = new Memory(2 * bytes);
        Residence other = new Residence(large, 2 * bytes, eras);
        residence.need(0, 1);
        other.need(0, bytes - 2 * BLOCK_BYTES);
        residence.need(0, 1);
        assertEquals(0, memory.looks, "one block less than an era");
        other.need(bytes, 1);
        residence.need(0, 1);
        assertEquals(1, memory.looks);
    }

    @Test
    void readsAheadInAScanAndNotElsewhere() {
        for (int block = 0; block < BEHIND_MIN; block++) {
            residence.need(block * BLOCK_BYTES, 1);
            assertEquals(block + 1, memory.loaded.cardinality());
        }
        residence.need(BEHIND_MIN * BLOCK_BYTES, 1);
        assertEquals(2 * BEHIND_MIN, memory.loaded.cardinality(), "as much as lies behind");
        int before = memory.loads;
        for (int block = 0; block < BLOCKS; block++) {
            residence.need(block * BLOCK_BYTES, 1);
        }
        assertEquals(BLOCKS, memory.loaded.cardinality());
        assertTrue(memory.loads - before <= 8, "doubling up to the most: " + (memory.loads - before));
        assertEquals(BLOCKS * BLOCK_BYTES, memory.bytes, "nothing was read twice");
    }

    @Test
    void readsNothingBehindTheEnd() {
        int length = 20 * BLOCK_BYTES + 1;
        Memory odd = new Memory(length);
        Residence other = new Residence(odd, length, eras);
        other.need(length - 1, 1);
        assertEquals(1, odd.bytes);
        other.need(0, length);
        assertEquals(21, odd.loaded.cardinality());
        assertEquals(length, odd.bytes);
    }

    /** Throws past the compiler, as the natives of mapped buffers do. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> void throwUndeclared(Exception e) throws E {
        throw (E) e;
    }

    @Test
    void aBlockThatCannotBeReadFailsNothingAndHidesNoOther() {
        memory.broken = 40;
        for (int block = 0; block < 60; block++) {
            residence.need(block * BLOCK_BYTES, 1);
        }
        BitSet others = new BitSet();
        others.set(0, 60);
        others.clear(40);
        assertEquals(others, memory.loaded);
        memory.broken = Integer.MAX_VALUE;
        residence.need(40 * BLOCK_BYTES, 1);
        assertTrue(memory.loaded.get(40), "it was not marked");
        residence.needAll(new int[] {70 * BLOCK_BYTES, 1, 80 * BLOCK_BYTES, 1}, 4);
        assertEquals(62, memory.loaded.cardinality());
    }

    @Test
    void whereASystemRefusesToTellAllIsBroughtInAgain() {
        residence.need(0, 1);
        eras.end();
        memory.silent = true;
        memory.loaded.clear();
        residence.need(0, 1);
        residence.needAll(new int[] {9 * BLOCK_BYTES, 1}, 2);
        assertEquals(2, memory.loaded.cardinality());
    }

    @Test
    void threadsThatCannotBeStartedFailNothing() {
        ReadAlong along = new ReadAlong();
        along.use(new Scheduler() {
            @Override
            public Worker worker(String name) {
                return new NoWorker();
            }

            @Override
            public void later(Worker worker, Duration delay, Runnable task) {
                throw new AssertionError(task);
            }
        });
        Residence alone = new Residence(memory, BLOCKS * BLOCK_BYTES, new Eras(along));
        try (along) {
            alone.needAll(new int[] {0, 1, 5 * BLOCK_BYTES, 1, 9 * BLOCK_BYTES, 1}, 6);
        }
        assertEquals(3, memory.loaded.cardinality());
    }

    /** A worker whose thread cannot be started. */
    private static final class NoWorker implements Scheduler.Worker {
        @Override
        public void execute(Runnable task) {
            throw new OutOfMemoryError("unable to create native thread");
        }

        @Override
        public boolean isCurrent() {
            return false;
        }

        @Override
        public void close() {}
    }

    @Test
    void aThreadThatHangsIsGivenNothingElse() {
        List<Runnable> given = new ArrayList<>();
        ReadAlong along = new ReadAlong();
        along.use(new Scheduler() {
            @Override
            public Worker worker(String name) {
                return new Worker() {
                    @Override
                    public void execute(Runnable task) {
                        given.add(task);
                    }

                    @Override
                    public boolean isCurrent() {
                        return false;
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void later(Worker worker, Duration delay, Runnable task) {
                throw new AssertionError(task);
            }
        });
        AtomicInteger helping = new AtomicInteger();
        try (along) {
            for (int i = 0; i < 10; i++) {
                along.read(10, item -> {}, helping);
            }
            assertEquals(5, given.size());
            given.forEach(Runnable::run);
            along.read(3, item -> {}, helping);
            assertEquals(7, given.size(), "one fewer than items");
        }
    }

    @Test
    void countsFromTheStartOfAPart() {
        Presence part = residence.from(3 * BLOCK_BYTES).from(2 * BLOCK_BYTES - 1);
        part.need(0, 2);
        assertEquals(BitSet.valueOf(new long[] {0b11L << 4}), memory.loaded);
    }

    @Test
    void bringsInPartsBesideEachOther() {
        ReadAlong along = new ReadAlong();
        along.use(Scheduler.threads());
        Pages busy = new Pages(64);
        Residence shared = new Residence(busy, 64 * BLOCK_BYTES, new Eras(along));
        try (along) {
            for (int round = 0; round < 200; round++) {
                int[] parts = new int[32];
                for (int i = 0; i < 32; i += 2) {
                    parts[i] = (round + i) % 64 * BLOCK_BYTES;
                    parts[i + 1] = BLOCK_BYTES;
                }
                shared.from(0).needAll(parts, 32);
                for (int i = 0; i < 32; i += 2) {
                    assertTrue(busy.loads.get(parts[i] / BLOCK_BYTES) > 0, "block " + parts[i] / BLOCK_BYTES);
                }
            }
        }
        shared.awaitHelp();
        assertEquals(0, busy.reading.get(), "nobody reads after it");
        shared.needAll(new int[] {0, 1, 5 * BLOCK_BYTES, 1, 9 * BLOCK_BYTES, 1}, 6); // alone again
    }

    /** Pages that several threads load; counts. */
    private static final class Pages implements Residence.Pages {
        final AtomicInteger reading = new AtomicInteger();
        final AtomicIntegerArray loads;

        Pages(int blocks) {
            loads = new AtomicIntegerArray(blocks);
        }

        @Override
        public boolean areLoaded(int from, int length) {
            return loads.get(from / BLOCK_BYTES) > 0;
        }

        @Override
        public void load(int from, int length) {
            reading.incrementAndGet();
            Thread.yield();
            for (int block = from / BLOCK_BYTES; block < (from + length) / BLOCK_BYTES; block++) {
                loads.incrementAndGet(block);
            }
            reading.decrementAndGet();
        }
    }

    @Test
    void leavesBytesThatAreNotMappedAlone() {
        assertEquals(Presence.ALWAYS, Residence.of(ByteBuffer.allocate(10), eras));
    }

    @Test
    void hasBroughtInWhateverIsNeededSinceTheEraBegan() {
        Seeded.repeat(200, ResidenceTest::checkAgainstANaiveModel);
    }

    private static void checkAgainstANaiveModel(SplittableRandom random) {
        int length = 1 + random.nextInt(600 * BLOCK_BYTES);
        Memory memory = new Memory(length);
        Eras eras = new Eras(new ReadAlong());
        Residence residence = new Residence(memory, length, eras);
        BitSet dropped = new BitSet(); // in this era: what is allowed to be missing
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(20)) {
                case 0 -> {
                    eras.end();
                    dropped.clear();
                }
                case 1 -> {
                    int block = random.nextInt(600);
                    memory.loaded.clear(block);
                    dropped.set(block);
                }
                case 2, 3 -> {
                    int[] parts = new int[2 * random.nextInt(6)];
                    for (int i = 0; i < parts.length; i += 2) {
                        parts[i] = random.nextInt(length);
                        parts[i + 1] = 1 + random.nextInt(Math.min(length - parts[i], 3 * BLOCK_BYTES));
                    }
                    residence.needAll(parts, parts.length);
                    for (int i = 0; i < parts.length; i += 2) {
                        for (int block = parts[i] / BLOCK_BYTES;
                                block <= (parts[i] + parts[i + 1] - 1) / BLOCK_BYTES;
                                block++) {
                            assertTrue(memory.loaded.get(block) || dropped.get(block), "block " + block);
                        }
                    }
                }
                default -> {
                    int offset = random.nextInt(length);
                    int most = Math.min(length - offset, random.nextInt(10) == 0 ? length : 3 * BLOCK_BYTES);
                    int count = 1 + random.nextInt(most);
                    residence.need(offset, count);
                    for (int block = offset / BLOCK_BYTES; block <= (offset + count - 1) / BLOCK_BYTES; block++) {
                        assertTrue(memory.loaded.get(block) || dropped.get(block), "block " + block);
                    }
                }
            }
        }
    }
}
