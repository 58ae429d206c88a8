package org.almagest.storage.engine;

import java.time.Duration;
import java.util.stream.IntStream;

/** The workloads that stores are crashed under. */
final class Workloads {
    private static final long HOUR = 3_600;
    private static final long YEAR = 366 * 24 * HOUR;

    private Workloads() {}

    /** Touches every path of storing: duplicates, several years and collections, flushes, large calls, reopens. */
    static Workload full() {
        Workload work = Workload.beginning()
                .ingest("A", 0, 8)
                .ingest("A", 4, 16)
                .alter("note")
                .document("A", "{\"n\":1}")
                .ingest("A", 16, 30)
                .flush()
                .ingest("A", 30, 40)
                .collection("B")
                .ingest("B", 0, 12)
                .ingest("A", 40, 140) // a large call, with a collection and rows before it that only the log has
                .ingest("A", 140, 150)
                .reopen()
                .ingest("A", 145, 160);
        for (int i = 0; i < 8; i++) { // fills the log, so that flushes come by themselves
            work.ingest(i % 2 == 0 ? "A" : "B", 160 + i * 20, 180 + i * 20);
        }
        return work.document("A", "{\"n\":2}")
                .ingest("B", 400, 480)
                .ingest("B", 480, 490)
                .flush()
                .flush()
                .reopen()
                .reopen()
                .ingest("A", 500, 510)
                .ingest("B", 500, 510);
    }

    /** The least that has a flush and a reopen. */
    static Workload brief() {
        return Workload.beginning()
                .ingest("A", 0, 8)
                .flush()
                .ingest("A", 4, 16)
                .reopen()
                .ingest("A", 16, 24)
                .ingest("A", 24, 124)
                .ingest("A", 124, 130);
    }

    /** The least in which rows of segments are deleted, files of tombstones replace each other, and segments go. */
    static Workload briefCorrections(Duration history) {
        return Workload.beginning(history)
                .ingest("A", 0, 20)
                .flush()
                .deleteIds("A", 3, 6)
                .flush()
                .deleteWhere("A", 8, 10)
                .ingest("A", 4, 5)
                .flush()
                .reopen()
                .deleteSpan("A", 0, YEAR)
                .ingest("A", 20, 24)
                .compact()
                .ingest("A", 124, 130);
    }

    /** Ends with several files of tombstones that a manifest names. */
    static Workload tombstones() {
        return Workload.beginning(Duration.ofDays(1))
                .collection("B")
                .ingest("A", 0, 20)
                .ingest("B", 0, 20)
                .flush()
                .deleteIds("A", 3, 6)
                .flush()
                .deleteWhere("B", 8, 10)
                .deleteIds("B", 12, 13)
                .flush()
                .ingest("A", 20, 24);
    }

    /** Touches every path of correcting, deleting and expiring. */
    static Workload living(Duration history) {
        Workload work = Workload.beginning(history)
                .keyed()
                .ingest("A", 0, 30)
                .replace("K", 0, 10, 20, 30, 40, 50)
                .flush()
                .deleteIds("A", 3, 6)
                .replace("K", 1, 12, 60)
                .ingest("A", 4, 5) // a row that was deleted comes back
                .flush()
                .deleteSpan("A", 0, HOUR) // parts of segments
                .deleteWhere("A", 10, 13)
                .replace("K", 0, 15, 13, 22, 32) // one stale, one superseded, two that move to another year
                .reopen()
                .replace("K", 3, 16)
                .deleteKeys("K", 20, 30)
                .compact()
                .replace("K", 24, 70)
                .deleteIds("A", 4, 5);
        deleteMuch(work);
        comeAndGo(work);
        return work.flush().compact().reopen().ingest("A", 500, 510).replace("K", 5, 18, 28);
    }

    private static void deleteMuch(Workload work) {
        work.ingest("A", 100, 240) // a large call
                .ingest("A", 240, 250)
                .deleteIds("A", 100, 260) // larger than a frame, in segments and in memory
                .ingest("A", 110, 120)
                .flush()
                .ingest("A", 260, 400)
                .deleteWhere("A", 250, 390)
                .deleteSpan("A", 0, YEAR) // segments that are wholly inside
                .ingest("A", 30, 40)
                .compact()
                .replace("K", IntStream.range(0, 60).map(i -> i * 10 + 4).toArray()) // a large call
                .replace("K", IntStream.range(0, 60).map(i -> i * 10 + 5).toArray()) // deletes and inserts, both large
                .deleteSpan("K", YEAR, 2 * YEAR);
    }

    private static void comeAndGo(Workload work) {
        work.collection("B")
                .ingest("B", 0, 20)
                .flush()
                .deleteCollection("B")
                .collection("B")
                .ingest("B", 5, 10)
                .going()
                .ingest("G", 0, 10)
                .flush()
                .deleteDataset(Workload.GOING_SLUG)
                .reopen()
                .restoreDataset(Workload.GOING_SLUG)
                .ingest("G", 8, 14)
                .deleteDataset(Workload.GOING_SLUG)
                .purge(Workload.GOING_SLUG)
                .going()
                .ingest("G", 5, 8)
                .collection("R")
                .ingest("R", 0, 24)
                .retain("R")
                .flush()
                .grow("R")
                .endRetention("R")
                .ingest("R", 3, 6);
    }
}
