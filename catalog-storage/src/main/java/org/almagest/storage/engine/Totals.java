package org.almagest.storage.engine;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.StorageCounters.Counter;
import org.almagest.storage.fs.WholeFiles;
import org.almagest.storage.recovery.StoreFolder;
import org.jspecify.annotations.Nullable;

/**
 * What all writers of a store have done so far, for people; kept in a file of lines {@code name=value}.
 *
 * <p>Written when a writer closes, and not forced: after a crash the work of that writer is missing here, and nothing
 * depends on it. Thread-safe.
 */
final class Totals {
    private static final int FILE_BYTES_MAX = 4096;
    private static final String TEMPORARY = StoreFolder.TEMPORARY + "/" + StoreFolder.TOTALS;

    private static final String COMPACTIONS = "compaction_count";
    private static final String COMPACTION_BYTES = "compaction_bytes_written";

    private final Storage storage;
    private final Map<String, Long> facts;
    private @Nullable Map<String, Long> before;
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong storedBytes = new AtomicLong();
    private final AtomicLong micros = new AtomicLong();

    /** Goes on from what earlier writers have left behind, which is read when it is first needed; {@code facts} is what background work counts. */
    Totals(Storage storage, Map<String, Long> facts) {
        this.storage = storage;
        this.facts = facts;
    }

    /** Counts one ingest call; {@code bytes} are those of the rows that it stored. */
    void ingested(long rowCount, long bytes, long tookMicros) {
        batches.incrementAndGet();
        rows.addAndGet(rowCount);
        storedBytes.addAndGet(bytes);
        micros.addAndGet(Math.max(0, tookMicros));
    }

    /** Returns the totals, this writer's included. */
    Map<String, Long> toMap() {
        Map<String, Long> own = new TreeMap<>();
        own.put("total_ingest_batch_count", batches.get());
        own.put("total_ingest_row_count", rows.get());
        own.put("total_stored_row_bytes", storedBytes.get());
        own.put("total_ingest_micros", micros.get());
        own.put("total_file_forces", storage.counters().value(Counter.FILE_FORCES));
        own.put("total_directory_syncs", storage.counters().value(Counter.DIRECTORY_SYNCS));
        own.put("total_bytes_written", storage.counters().value(Counter.BYTES_WRITTEN));
        own.put("total_" + COMPACTIONS, facts.getOrDefault(COMPACTIONS, 0L));
        own.put("total_" + COMPACTION_BYTES, facts.getOrDefault(COMPACTION_BYTES, 0L));
        Map<String, Long> earlier = before();
        own.replaceAll((name, value) -> value + earlier.getOrDefault(name, 0L));
        return own;
    }

    private synchronized Map<String, Long> before() {
        Map<String, Long> known = before;
        if (known == null) {
            known = read(storage);
            before = known;
        }
        return known;
    }

    /** Leaves the totals behind; a failure is of no consequence. */
    void write() {
        StringBuilder text = new StringBuilder();
        toMap().forEach((name, value) ->
                text.append(name).append('=').append(value).append('\n'));
        try {
            storage.delete(TEMPORARY);
            try (AppendFile file = storage.createNew(TEMPORARY)) {
                file.append(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            }
            storage.rename(TEMPORARY, StoreFolder.TOTALS);
        } catch (IOException e) {
            System.getLogger(Totals.class.getName()).log(Level.DEBUG, "store: totals not written", e);
        }
    }

    private static Map<String, Long> read(Storage storage) {
        Map<String, Long> totals = new LinkedHashMap<>();
        try {
            ByteBuffer bytes = WholeFiles.read(storage, StoreFolder.TOTALS, FILE_BYTES_MAX);
            for (String line : StandardCharsets.UTF_8.decode(bytes).toString().split("\n")) {
                int equals = line.indexOf('=');
                totals.put(line.substring(0, Math.max(0, equals)), Long.parseLong(line.substring(equals + 1)));
            }
        } catch (IOException | NumberFormatException e) {
            System.getLogger(Totals.class.getName()).log(Level.DEBUG, "store: totals begin anew", e);
            totals.clear();
        }
        return totals;
    }
}
