package org.almagest.server.cli.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.almagest.Collection;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.SourceRow;
import org.almagest.io.source.SourceFiles;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.almagest.model.Limits;
import org.almagest.model.OnInvalid;
import org.almagest.model.RejectedRow;
import org.almagest.schema.DatasetSchema;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.ProgressBar;

/**
 * Reads files and stores their rows in batches: one batch is committed while the next is read.
 *
 * <p>Memory holds two batches, which end at a number of rows or of bytes, whichever comes first.
 */
final class IngestRun {
    static final int BATCH_ROWS = Collection.INGEST_ALL_BATCH_ROWS;

    private static final long BATCH_BYTES = 32 << 20;

    private final Console console;
    private final IngestTarget target;
    private final Logs logs;
    private final IngestTotals totals = new IngestTotals();
    private long totalBytes;
    private long doneBytes;
    private final long batchBytesMax = Math.min(BATCH_BYTES, Limits.defaults().commitBytesMax() / 8);

    /**
     * Where a run writes what scripts want to know.
     *
     * @param acks one line for each durable batch
     * @param rejects one line for each row that was set aside
     */
    record Logs(AckLog acks, RejectLog rejects) {}

    private record Settings(SourceOptions sources, IngestOptions options, int batchRows) {}

    /** What one commit is made of. */
    private record Batch(List<SourceRow> rows, DatasetSchema schema, IngestOptions options) {}

    IngestRun(Console console, IngestTarget target, Logs logs) {
        this.console = console;
        this.target = target;
        this.logs = logs;
    }

    /** Stores the rows of all files. */
    IngestTotals ingest(List<Path> files, SourceOptions sources, IngestOptions options, int batchRows)
            throws IOException {
        for (Path file : files) {
            totalBytes += Files.size(file);
        }
        Settings settings = new Settings(sources, options, batchRows);
        try (ProgressBar bar = new ProgressBar(console, "ingest");
                Ahead<Batch> committer = new Ahead<>("almagest-ingest", this::commit)) {
            for (Path file : files) {
                ingest(file, settings, bar, committer);
                doneBytes += Files.size(file);
            }
        } catch (CatalogException | IOException e) {
            sayWhatIsStored();
            throw e;
        }
        totals.stop();
        return totals;
    }

    private void ingest(Path file, Settings settings, ProgressBar bar, Ahead<Batch> committer) throws IOException {
        try (SourceReader reader = SourceFiles.open(file, target.schema(), settings.sources())) {
            Batch batch;
            do {
                batch = read(reader, settings);
                committer.submit(batch); // the last one is empty, and still brings the schema of a file without rows
                bar.show(doneBytes + reader.bytesRead(), totalBytes, totals.progress());
            } while (!batch.rows().isEmpty());
            reader.notices().forEach(notice -> console.say(file + ": " + notice));
        } finally {
            committer.await(); // what went wrong with an earlier batch comes before what went wrong with this one
        }
    }

    private void sayWhatIsStored() {
        if (totals.batches() > 0) {
            console.say(String.format(
                    Locale.ROOT,
                    "almagest: stopped after %,d batches; %,d rows are stored, the same command goes on from there",
                    totals.batches(),
                    totals.rows()));
        }
    }

    private Batch read(SourceReader reader, Settings settings) throws IOException {
        List<SourceRow> rows = new ArrayList<>();
        long bytes = 0;
        while (rows.size() < settings.batchRows() && bytes < batchBytesMax) {
            SourceRow row;
            try {
                if (!reader.hasNext()) {
                    break;
                }
                row = reader.next();
            } catch (InvalidRequestException | LimitExceededException e) {
                if (settings.options().onInvalid() == OnInvalid.REFUSE) {
                    throw e;
                }
                totals.rejected();
                logs.rejects().append(reader.file(), e.getMessage());
                continue;
            }
            rows.add(row);
            bytes += RowSize.bytes(row.datapoint());
        }
        return new Batch(rows, reader.schema(), settings.options());
    }

    private void commit(Batch batch) throws IOException {
        Collection collection = target.collection(batch.schema());
        if (batch.rows().isEmpty()) {
            return;
        }
        List<Datapoint> rows = new ArrayList<>(batch.rows().size());
        batch.rows().forEach(row -> rows.add(read(row)));
        IngestResult result;
        try {
            result = collection.ingest(rows, batch.options());
        } catch (InvalidRequestException e) {
            throw SourceRow.located(e, batch.rows());
        } catch (LimitExceededException e) {
            throw SourceRow.located(e, batch.rows());
        }
        long number = totals.add(result);
        logs.acks().append(number, rows.size(), result);
        for (RejectedRow rejected : result.rejected()) {
            logs.rejects().append(batch.rows().get(rejected.row()), rejected);
        }
    }

    /** Rows of one file may mean wide edges in different ways; a file that says nothing leaves it to the command. */
    private static Datapoint read(SourceRow row) {
        return row.antimeridian() == AntimeridianRule.SHORT_WAY
                ? row.datapoint()
                : row.datapoint().toBuilder().reading(row.antimeridian()).build();
    }
}
