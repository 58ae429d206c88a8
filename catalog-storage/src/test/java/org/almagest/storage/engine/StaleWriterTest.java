package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.almagest.Catalog;
import org.almagest.error.CatalogException;
import org.almagest.error.StorageFailedException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.query.Query;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two writers on one disk, of which the first has lost its lock without noticing. */
class StaleWriterTest {
    private static final int LARGE = 100;

    /** What the stale writer does at its moment. */
    private enum Deed {
        INGEST(4),
        LARGE_CALL(LARGE),
        DELETE(0),
        DELETE_AND_FLUSH(0),
        COMPACT(0),
        FLUSH(0);

        final int rows;

        Deed(int rows) {
            this.rows = rows;
        }
    }

    /** One pair of writers: the first does something at one storage call of the second. */
    private static final class Pair {
        final SimDisk disk = new SimDisk();
        final Set<Barrier> off;
        final Set<Long> acknowledged = new TreeSet<>();
        final Set<Long> deleted = new TreeSet<>();
        final Catalog stale;
        long calls;
        boolean staleStopped;
        boolean secondFailed;

        Pair(Set<Barrier> off) throws IOException {
            this.off = off;
            SimStorage first = storage();
            stale = SmallStore.open(first);
            for (Workload.Step step : Workload.beginning().steps()) {
                step.run(stale, SmallStore.clock());
            }
            ingest(stale, 0, 5);
            ingest(stale, 20, 30);
            flush(stale);
            delete(stale, 22, 24);
            flush(stale);
            delete(stale, 24, 26);
            first.loseLocks();
        }

        SimStorage storage() {
            SimStorage storage = new SimStorage(disk);
            off.forEach(storage::switchOff);
            return storage;
        }

        void ingest(Catalog catalog, int from, int to) {
            Workload.collection(catalog, "A").ingest(WorkloadRows.rows(from, to));
            WorkloadRows.rows(from, to)
                    .forEach(row -> acknowledged.add((Long) row.value("n").orElseThrow()));
        }

        void delete(Catalog catalog, int from, int to) {
            List<DatapointId> ids = new ArrayList<>();
            Set<Long> gone = new TreeSet<>();
            for (Datapoint row : rows(catalog)) {
                long number = (Long) row.value("n").orElseThrow();
                if (number >= from && number < to) {
                    ids.add(row.id().orElseThrow());
                    gone.add(number);
                }
            }
            acknowledged.removeAll(gone); // from here on they may be there or not
            Workload.collection(catalog, "A").delete(ids);
            deleted.addAll(gone);
        }

        static List<Datapoint> rows(Catalog catalog) {
            return Workload.collection(catalog, "A")
                    .query(Query.allTime().build())
                    .toList();
        }

        static void flush(Catalog catalog) {
            catalog.maintenance().orElseThrow().flush();
        }

        /** The second writer opens, works and closes; the first acts before storage call {@code moment}. */
        void run(long moment, Deed deed) throws IOException {
            SimStorage storage = storage();
            storage.beforeCall((call, name) -> {
                if (++calls == moment) {
                    act(deed);
                }
            });
            try (Catalog second = SmallStore.open(storage)) {
                ingest(second, 100, 110);
                delete(second, 26, 27);
                flush(second);
                second.maintenance().orElseThrow().compact();
                ingest(second, 110, 120);
                ingest(second, 200, 200 + LARGE);
            } catch (IOException | CatalogException e) {
                secondFailed = true; // refused is legal, as long as nothing acknowledged is lost
            }
        }

        private void act(Deed deed) {
            try {
                switch (deed) {
                    case FLUSH -> flush(stale);
                    case COMPACT -> stale.maintenance().orElseThrow().compact();
                    case DELETE -> delete(stale, 28, 29);
                    case DELETE_AND_FLUSH -> {
                        delete(stale, 20, 30);
                        flush(stale);
                    }
                    default -> ingest(stale, 1000, 1000 + deed.rows);
                }
            } catch (CatalogException e) {
                staleStopped = true;
            }
        }

        /** Returns the rows that are gone though they were stored, or there though they were deleted. */
        Set<Long> lost() throws IOException {
            if (!staleStopped && secondFailed) {
                stale.close(); // the first was the only writer after all
            }
            Set<Long> missing = new TreeSet<>(acknowledged);
            SimStorage storage = storage();
            try (Catalog after = SmallStore.open(storage)) {
                for (Datapoint row : rows(after)) {
                    Long number = (Long) row.value("n").orElseThrow();
                    if (deleted.contains(number)) {
                        missing.add(number);
                    } else {
                        missing.remove(number);
                    }
                }
            }
            assertEquals("[]", StoreSoundness.findings(storage).toString());
            return missing;
        }
    }

    @Test
    void noRowIsLostWhateverTheStaleWriterDoes() throws IOException {
        noneIsLost(4);
    }

    @Test
    @Tag("durability")
    void noRowIsLostWhateverTheStaleWriterDoesAndWhenever() throws IOException {
        noneIsLost(1);
    }

    private static void noneIsLost(int stride) throws IOException {
        int stopped = 0;
        for (Deed deed : Deed.values()) {
            stopped += worstLoss(EnumSet.noneOf(Barrier.class), deed, 0, stride);
        }
        assertTrue(stopped > 100, "stale writers that stopped: " + stopped);
    }

    @Test
    void withoutTheClaimRowsAreLost() throws IOException {
        worstLoss(EnumSet.of(Barrier.CLAIM_BEFORE_LOG_READ), Deed.INGEST, 1, 3);
    }

    @Test
    void withoutTheCheckBeforeTheAcknowledgementRowsAreLost() throws IOException {
        worstLoss(EnumSet.of(Barrier.PRE_ACK_CHECK), Deed.INGEST, 1, 3);
    }

    @Test
    void aStaleWriterStopsForGood() throws IOException {
        Pair pair = new Pair(Set.of());
        pair.run(Long.MAX_VALUE, Deed.INGEST);
        assertThrows(CatalogException.class, () -> pair.ingest(pair.stale, 1000, 1004));
        assertThrows(StorageFailedException.class, () -> pair.ingest(pair.stale, 1000, 1004));
        assertEquals(11, Workload.collection(pair.stale, "A").info().count(), "reads go on");
        pair.stale.close();
        assertEquals(Set.of(), pair.lost());
    }

    /** Returns in how many runs the stale writer stopped; requires that as many runs as expected lose rows. */
    private static int worstLoss(Set<Barrier> off, Deed deed, int leastLosses, int stride) throws IOException {
        Pair measured = new Pair(off);
        measured.run(Long.MAX_VALUE, deed);
        int stopped = 0;
        int losses = 0;
        for (long moment = 1; moment <= measured.calls; moment += stride) {
            if (moment > 30 && moment < 250) {
                continue; // the second looks for orphans in 256 folders
            }
            Pair pair = new Pair(off);
            pair.run(moment, deed);
            Set<Long> lost = pair.lost();
            if (leastLosses == 0) {
                assertEquals(Set.of(), lost, off + ", " + deed + " before call " + moment);
            }
            losses += lost.isEmpty() ? 0 : 1;
            stopped += pair.staleStopped ? 1 : 0;
        }
        assertTrue(losses >= leastLosses, off + ": runs that lose rows: " + losses);
        System.out.println("stale writer, " + deed + " without " + off + ": " + measured.calls + " moments, " + stopped
                + " stopped, " + losses + " lose rows");
        return stopped;
    }
}
