package org.almagest.io.stac.transaction;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.almagest.Collection;
import org.almagest.error.CancelledException;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.item.ItemRows;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.route.Call;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.almagest.model.OnInvalid;
import org.almagest.model.RejectedRow;

/**
 * Stores any number of items, a line each, and tells after each part that is durable how it fared. One thread.
 *
 * <p>What is wrong is set aside. Whatever breaks it off, the parts that were told of are stored, and sending all again
 * stores the rest.
 */
final class ItemStream implements StacBody {
    private static final long BATCH_BYTES = 16L << 20;

    private final ItemStore store;
    private final Target target;
    private final IngestMode mode;
    private final ItemLines lines;
    private final BooleanSupplier gone;
    private final BulkReport total = new BulkReport();
    private long rows;
    private long batches;
    private boolean isEnded;

    /** Lines of one part. */
    private static final class Batch {
        final List<JsonObject> items = new ArrayList<>();
        final List<Long> rows = new ArrayList<>();
        long lines;
        long bytes;
        boolean isLast;

        /** What is wrong counts too: a body of nothing else is told of in parts as well. */
        boolean isFull() {
            return lines >= Collection.INGEST_ALL_BATCH_ROWS || bytes >= BATCH_BYTES;
        }
    }

    private ItemStream(ItemStore store, Call call, Target target, IngestMode mode) {
        this.store = store;
        this.target = target;
        this.mode = mode;
        this.lines = new ItemLines(call.request().body(), store.limits().itemBodyBytesMax());
        this.gone = call.request().cancellation();
    }

    static StacResponse answer(ItemStore store, Call call, Target target, IngestMode mode) {
        return StacResponse.of(200, MediaType.NDJSON, new ItemStream(store, call, target, mode))
                .with("cache-control", Caching.NEVER);
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public boolean next(OutputStream sink) throws IOException {
        if (isEnded) {
            return false;
        }
        ByteSink out = new ByteSink();
        try {
            BulkReport report = new BulkReport();
            Batch batch = read(report);
            if (batch.isLast && batch.items.isEmpty() && report.errorCount() == 0) {
                isEnded = true;
                out.ascii("{\"rows\":").number(rows).put(',');
                total.appendTo(out);
            } else {
                store(batch, report);
                out.ascii("{\"batch\":").number(++batches);
                out.ascii(",\"rows\":").number(batch.items.size()).put(',');
                report.appendTo(out);
            }
            out.ascii("}\n");
        } catch (CatalogException e) {
            isEnded = true;
            error(out, Problems.of(e));
        }
        out.drainTo(sink);
        return !isEnded;
    }

    private static void error(ByteSink out, Problem problem) {
        out.cutTo(0);
        out.ascii("{\"error\":{\"status\":")
                .number(problem.status())
                .ascii(",\"code\":")
                .json(problem.code());
        out.ascii(",\"detail\":").json(problem.detail()).ascii("}}\n");
    }

    /** Reads lines until a part is full; what is no JSON object is noted. */
    private Batch read(BulkReport report) {
        Batch batch = new Batch();
        while (!batch.isLast && !batch.isFull()) {
            checkWaited();
            batch.lines++;
            try {
                Optional<byte[]> line = lines.next();
                batch.isLast = line.isEmpty();
                batch.bytes += line.map(bytes -> bytes.length).orElse(0);
                if (line.isPresent() && !isBlank(line.get())) {
                    rows++;
                    batch.items.add(object(line.get()));
                    batch.rows.add(rows - 1);
                }
            } catch (LimitExceededException e) {
                if (e.subject().equals("line: bytes")) {
                    rows++;
                    batch.bytes += BATCH_BYTES;
                }
                note(report, rows - 1, e);
            } catch (InvalidRequestException e) {
                if (e.subject().equals("body")) {
                    throw e;
                }
                note(report, rows - 1, e);
            }
        }
        return batch;
    }

    /** A key may be revoked, a client may leave, a server may end: the parts before that are stored. */
    private void checkWaited() {
        if (gone.getAsBoolean()) {
            throw new CancelledException("items: broken off, nobody waits for the rest");
        }
    }

    private void note(BulkReport report, long row, CatalogException failure) {
        report.add(row, failure);
        total.add(row, failure);
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private JsonObject object(byte[] line) {
        long depth = store.limits().jsonDepthMax();
        JsonLimits limits = JsonLimits.of(line.length, (int) Math.min(depth, 10_000));
        JsonValue value = JsonReader.read(ByteBuffer.wrap(line), limits);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new InvalidRequestException("item", value.kindName() + " (expected an object)");
    }

    private void store(Batch batch, BulkReport report) {
        ItemRows read = store.reader().read(target.place(), target.collection().dataset(), batch.items);
        for (ItemRows.Rejected rejected : read.rejected()) {
            long row = batch.rows.get(rejected.index());
            ItemRows.Rejected placed = new ItemRows.Rejected(0, rejected.id(), rejected.failure());
            report.add(placed, row);
            total.add(placed, row);
        }
        List<Long> kept = new ArrayList<>(batch.rows);
        for (int i = read.rejected().size() - 1; i >= 0; i--) {
            kept.remove(read.rejected().get(i).index());
        }
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < read.rows().size(); i++) {
            all.add(i);
        }
        if (!all.isEmpty()) {
            IngestOptions options = IngestOptions.of(mode).with(OnInvalid.QUARANTINE);
            ingest(all, read, kept, new Storing(options, report));
        }
    }

    private record Storing(IngestOptions options, BulkReport report) {}

    /** Stores some rows, in halves where they are too wide for one commit. */
    private void ingest(List<Integer> chosen, ItemRows read, List<Long> kept, Storing storing) {
        checkWaited();
        List<Datapoint> datapoints =
                chosen.stream().map(i -> read.rows().get(i)).toList();
        try {
            IngestResult result = target.collection().ingest(datapoints, storing.options);
            storing.report.add(result.counts());
            total.add(result.counts());
            for (RejectedRow rejected : result.rejected()) {
                int i = chosen.get(rejected.row());
                storing.report.add(rejected, kept.get(i), read.ids().get(i));
                total.add(rejected, kept.get(i), read.ids().get(i));
            }
        } catch (LimitExceededException e) {
            if (chosen.size() == 1 || !e.limitName().startsWith("commit")) {
                throw e;
            }
            int half = chosen.size() / 2;
            ingest(chosen.subList(0, half), read, kept, storing);
            ingest(chosen.subList(half, chosen.size()), read, kept, storing);
        }
    }

    @Override
    public void close() {
        isEnded = true;
    }
}
