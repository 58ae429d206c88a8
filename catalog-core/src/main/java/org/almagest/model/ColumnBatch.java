package org.almagest.model;

import java.lang.reflect.Array;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Rows given column by column. Immutable, as long as the caller leaves the arrays alone.
 *
 * <p>A column of scalars is an array or list with one element per row, null for unset. A column of arrays is an array or
 * list of such, taken as it is; a <em>matrix</em> is a rectangle whose rows are padded at the end with a fill value
 * (NaN for floats, null for objects), and the padding is dropped.
 */
public final class ColumnBatch {
    private final List<Instant> times;
    private final List<?> geometries;
    private final Map<String, List<?>> columns;

    private ColumnBatch(Builder builder) {
        this.times = Collections.unmodifiableList(new ArrayList<>(builder.times));
        this.geometries = builder.geometries;
        this.columns = new LinkedHashMap<>(builder.columns);
    }

    /** Begins a batch with one row per time. */
    public static Builder at(List<Instant> times) {
        return new Builder(times);
    }

    /** Returns how many rows there are. */
    public int rowCount() {
        return times.size();
    }

    /** Returns the rows, made as they are asked for. */
    public List<Datapoint> toDatapoints() {
        return new Rows();
    }

    private Datapoint row(int index) {
        Datapoint.Builder row = Datapoint.builder();
        Instant time = times.get(index);
        if (time != null) { // ingest refuses a row without a time, and says which one
            row.time(time);
        }
        Object geometry = geometries.isEmpty() ? null : geometries.get(index);
        if (geometry instanceof Geometry) {
            row.geometry((Geometry) geometry);
        } else if (geometry instanceof Bytes) {
            row.geometry((Bytes) geometry);
        } else if (geometry instanceof byte[]) {
            row.geometry(Bytes.of((byte[]) geometry));
        } else if (geometry instanceof Json) {
            row.geometry((Json) geometry);
        } else if (geometry != null) {
            row.geometry(geometry.toString());
        }
        columns.forEach((name, column) -> row.set(name, column.get(index)));
        return row.build();
    }

    private final class Rows extends AbstractList<Datapoint> implements RandomAccess {
        @Override
        public Datapoint get(int index) {
            return row(index);
        }

        @Override
        public int size() {
            return rowCount();
        }
    }

    /** Collects the columns of a batch. */
    public static final class Builder {
        private final List<Instant> times;
        private List<?> geometries = List.of();
        private final Map<String, List<?>> columns = new LinkedHashMap<>();

        private Builder(List<Instant> times) {
            this.times = times;
        }

        /** Sets the geometries: JTS geometries, WKB as bytes, WKT or GeoJSON as text, {@link Json}; null for none. */
        public Builder geometries(List<?> values) {
            checkLength("geometry", values.size());
            this.geometries = new ArrayList<>(values);
            return this;
        }

        /**
         * Adds a column: a Java array of any component type, or a list, with one element per row.
         *
         * @throws InvalidRequestException if it is neither or of another length
         */
        public Builder column(String name, Object values) {
            List<Object> column = elements(name, values);
            checkLength(name, column.size());
            columns.put(name, column);
            return this;
        }

        /** Adds a column of arrays as a padded rectangle; the padding at the end of each row is dropped. */
        public Builder matrix(String name, Object rows) {
            List<Object> column = new ArrayList<>();
            for (Object row : elements(name, rows)) {
                column.add(row == null ? null : withoutPadding(elements(name, row)));
            }
            checkLength(name, column.size());
            columns.put(name, column);
            return this;
        }

        /** Returns the batch. */
        public ColumnBatch build() {
            return new ColumnBatch(this);
        }

        private void checkLength(String name, int length) {
            if (length != times.size()) {
                throw new InvalidRequestException(
                        "column " + Quoted.text(name), length + " rows (expected " + times.size() + ")");
            }
        }

        private static List<Object> elements(String name, Object values) {
            if (values instanceof java.util.Collection) {
                return new ArrayList<>((java.util.Collection<?>) values);
            }
            if (!values.getClass().isArray()) {
                throw new InvalidRequestException(
                        "column " + Quoted.text(name),
                        values.getClass().getSimpleName() + " (expected an array or a list)");
            }
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(values); i++) {
                elements.add(Array.get(values, i));
            }
            return elements;
        }

        private static List<Object> withoutPadding(List<Object> row) {
            int length = row.size();
            while (length > 0 && isFill(row.get(length - 1))) {
                length--;
            }
            return new ArrayList<>(row.subList(0, length));
        }

        private static boolean isFill(@Nullable Object value) {
            return value == null
                    || (value instanceof Double && ((Double) value).isNaN())
                    || (value instanceof Float && ((Float) value).isNaN());
        }
    }
}
