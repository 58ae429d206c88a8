package org.almagest.io.parquet;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.io.SourceFormat;
import org.almagest.io.SourceReader;
import org.almagest.io.SourceRow;
import org.almagest.io.parquet.file.ParquetRows;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a Parquet file; the line of a row is its number. */
final class GeoParquetReader implements SourceReader {
    private final ParquetRows rows;
    private final RowMapping mapping;
    private @Nullable Object @Nullable [] ahead;
    private boolean ended;
    private long line;

    GeoParquetReader(ParquetRows rows, RowMapping mapping) {
        this.rows = rows;
        this.mapping = mapping;
    }

    @Override
    public boolean hasNext() {
        if (ahead == null && !ended) {
            try {
                ahead = rows.next();
                ended = ahead == null;
            } catch (InvalidRequestException | LimitExceededException e) {
                ended = true;
                throw e;
            }
            line++;
        }
        return ahead != null;
    }

    @Override
    public SourceRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        @Nullable Object[] row = Objects.requireNonNull(ahead);
        ahead = null;
        try {
            Datapoint datapoint = mapping.map(row, line);
            return new SourceRow(rows.file(), line, datapoint, mapping.antimeridian());
        } catch (InvalidRequestException e) {
            throw e.within(SourceRow.place(rows.file(), line));
        } catch (LimitExceededException e) {
            throw e.within(SourceRow.place(rows.file(), line));
        }
    }

    @Override
    public String file() {
        return rows.file();
    }

    @Override
    public SourceFormat format() {
        return SourceFormat.PARQUET;
    }

    @Override
    public DatasetSchema schema() {
        return mapping.schema();
    }

    @Override
    public List<String> notices() {
        return mapping.notices();
    }

    @Override
    public long bytesRead() {
        return rows.bytesRead();
    }

    @Override
    public void close() {
        rows.close();
    }
}
