package org.almagest.internal.batch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.almagest.batch.BatchColumn;
import org.almagest.batch.RowBatch;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** A batch to be filled. For one thread; arrays grow with the rows that come. */
public final class BatchArrays implements RowBatch {
    private static final int FIRST_ROWS = 256;

    private final int rowsMax;
    private final Map<String, ColumnArrays> columns = new LinkedHashMap<>();
    private final List<BatchColumn> columnList;
    private final boolean places;
    private final Source source;
    private long[] idHighs = {};
    private long[] idLows = {};
    private long[] timeMillis = {};
    private long[] ingestionMicros = {};
    private float[] wests = {};
    private float[] souths = {};
    private float[] easts = {};
    private float[] norths = {};
    private int rowCount;
    private int timesKnown;

    /**
     * What the batches of an answer have.
     *
     * @param schemas of the datasets that are asked
     * @param selection the fields that are wanted, {@code geometry} being one; null for all
     * @param limits the bounds of sizes
     */
    public record Shape(
            List<DatasetSchema> schemas, @Nullable Set<String> selection, Limits limits) {
        /** Copies the list. */
        public Shape {
            schemas = List.copyOf(schemas);
        }

        private boolean selects(String field) {
            return selection == null || selection.contains(field);
        }
    }

    /** Knows more of the rows that were added. */
    public interface Source {
        /** Returns the geometry of a row; null where it has none. */
        @Nullable
        Geometry geometry(int row);

        /** Returns the id of the collection of a row. */
        UUID collectionId(int row);
    }

    /**
     * Creates a batch without rows.
     *
     * @param rowsMax how many rows it takes, at most
     * @param source asked about rows that were added
     * @throws InvalidRequestException if {@code rowsMax} is not at least 1
     * @throws org.almagest.error.LimitExceededException if it is more than {@code Limits.batchRowsMax}
     */
    public BatchArrays(Shape shape, int rowsMax, Source source) {
        if (rowsMax < 1) {
            throw new InvalidRequestException("query: batch rows", rowsMax + " (at least 1)");
        }
        Limits.check(
                "query: batch rows", "batchRowsMax", rowsMax, shape.limits().batchRowsMax());
        this.rowsMax = rowsMax;
        this.source = source;
        Map<String, Field> fields = new LinkedHashMap<>();
        Map<String, BatchColumn.Form> forms = new LinkedHashMap<>();
        for (DatasetSchema schema : shape.schemas()) {
            for (Field field : schema.fields()) {
                if (shape.selects(field.name())) {
                    Field first = fields.putIfAbsent(field.name(), field);
                    boolean same =
                            first == null || first.type().equals(field.type()) && first.isArray() == field.isArray();
                    BatchColumn.Form form = forms.getOrDefault(field.name(), ColumnArrays.formOf(field));
                    forms.put(field.name(), same ? form : BatchColumn.Form.OBJECTS);
                }
            }
        }
        forms.forEach((name, form) -> {
            Field field = fields.get(name);
            assert field != null : name;
            columns.put(name, new ColumnArrays(field, form, this));
        });
        this.columnList = List.copyOf(columns.values());
        this.places = shape.selects(DatasetSchema.GEOMETRY)
                && shape.schemas().stream().anyMatch(DatasetSchema::isSpatial);
        grow(Math.min(rowsMax, FIRST_ROWS));
    }

    private void grow(int rows) {
        idHighs = Arrays.copyOf(idHighs, rows);
        idLows = Arrays.copyOf(idLows, rows);
        ingestionMicros = Arrays.copyOf(ingestionMicros, rows);
        columns.values().forEach(column -> column.grow(rows));
        if (places) {
            wests = Arrays.copyOf(wests, rows);
            souths = Arrays.copyOf(souths, rows);
            easts = Arrays.copyOf(easts, rows);
            norths = Arrays.copyOf(norths, rows);
        }
    }

    /** Takes all rows out. */
    public void clear() {
        columns.values().forEach(column -> column.clear(rowCount));
        rowCount = 0;
        timesKnown = 0;
    }

    /** Tells whether no further row fits. */
    public boolean isFull() {
        return rowCount == rowsMax;
    }

    /** Adds a row of which nothing is known yet but its id, and returns its index. */
    public int add(long idHigh, long idLow) {
        if (rowCount == idHighs.length) {
            grow((int) Math.min(rowsMax, 2L * rowCount));
        }
        int row = rowCount++;
        idHighs[row] = idHigh;
        idLows[row] = idLow;
        if (places) {
            setBox(row, Float.NaN, Float.NaN, Float.NaN, Float.NaN);
        }
        return row;
    }

    /** Sets the bounds of a row's box, where there are places. */
    public void setBox(int row, float west, float south, float east, float north) {
        wests[row] = west;
        souths[row] = south;
        easts[row] = east;
        norths[row] = north;
    }

    @Override
    public int rowCount() {
        return rowCount;
    }

    @Override
    public long[] idHighs() {
        return idHighs;
    }

    @Override
    public long[] idLows() {
        return idLows;
    }

    @Override
    public long[] timeMillis() {
        if (timesKnown != rowCount) {
            if (timeMillis.length < rowCount) {
                timeMillis = new long[idHighs.length];
            }
            for (int row = 0; row < rowCount; row++) {
                timeMillis[row] = idHighs[row] >> Short.SIZE;
            }
            timesKnown = rowCount;
        }
        return timeMillis;
    }

    @Override
    public long[] ingestionMicros() {
        return ingestionMicros;
    }

    @Override
    public List<BatchColumn> columns() {
        return columnList;
    }

    @Override
    public ColumnArrays column(String field) {
        ColumnArrays column = columns.get(field);
        if (column == null) {
            throw new InvalidRequestException("batch: column " + Quoted.text(field), "not selected");
        }
        return column;
    }

    @Override
    public boolean hasPlaces() {
        return places;
    }

    @Override
    public float[] wests() {
        needPlaces();
        return wests;
    }

    @Override
    public float[] souths() {
        needPlaces();
        return souths;
    }

    @Override
    public float[] easts() {
        needPlaces();
        return easts;
    }

    @Override
    public float[] norths() {
        needPlaces();
        return norths;
    }

    @Override
    public Optional<Geometry> geometry(int row) {
        needPlaces();
        check(row);
        return Optional.ofNullable(source.geometry(row));
    }

    @Override
    public DatapointId id(int row) {
        check(row);
        return new DatapointId(idHighs[row], idLows[row]);
    }

    @Override
    public UUID collectionId(int row) {
        check(row);
        return source.collectionId(row);
    }

    /** Refuses what is no row of the batch. */
    void check(int row) {
        if (row < 0 || row >= rowCount) {
            throw new IndexOutOfBoundsException("batch: row " + row + " of " + rowCount);
        }
    }

    private void needPlaces() {
        if (!places) {
            throw new IllegalStateException("batch: geometry: not selected");
        }
    }
}
