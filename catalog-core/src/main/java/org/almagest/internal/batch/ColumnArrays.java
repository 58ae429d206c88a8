package org.almagest.internal.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.almagest.batch.BatchColumn;
import org.almagest.model.EnumValue;
import org.almagest.model.Uint64;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * One column of a batch. For one thread.
 *
 * <p>Whoever fills it writes to the array of its form and then marks the row as set; {@link #set} does both.
 */
public final class ColumnArrays implements BatchColumn {
    private static final int WORD_BITS = Long.SIZE;

    private final Field field;
    private final Form form;
    private final BatchArrays batch;
    private final Map<Integer, EnumValue> enumValues = new HashMap<>();
    private long[] presence = {};
    private long[] longs = {};
    private int[] nanos = {};
    private double[] doubles = {};
    private boolean[] booleans = {};
    private @Nullable Object[] objects = {};
    private int capacity;

    /**
     * Creates an empty column.
     *
     * @param form that of the field, or {@link Form#OBJECTS}
     * @param batch the batch it is part of
     */
    ColumnArrays(Field field, Form form, BatchArrays batch) {
        this.field = field;
        this.form = form;
        this.batch = batch;
        if (field.type() instanceof EnumType) {
            ((EnumType) field.type()).values().forEach(value -> enumValues.put(value.number(), value));
        }
    }

    /** Returns the form of a field of a single dataset. */
    static Form formOf(Field field) {
        if (field.isArray()) {
            return Form.OBJECTS;
        }
        return switch (field.kind()) {
            case INT32, INT64, UINT64, ENUM -> Form.LONGS;
            case TIMESTAMP, DURATION -> Form.SECONDS;
            case FLOAT32, FLOAT64 -> Form.DOUBLES;
            case BOOL -> Form.BOOLEANS;
            case STRING, BYTES, UUID, GEOMETRY, JSON -> Form.OBJECTS;
        };
    }

    /** Makes room for rows, which keeps those there are. */
    void grow(int rows) {
        capacity = rows;
        presence = Arrays.copyOf(presence, (rows + WORD_BITS - 1) / WORD_BITS);
        switch (form) {
            case LONGS -> longs = Arrays.copyOf(longs, rows);
            case SECONDS -> {
                longs = Arrays.copyOf(longs, rows);
                nanos = Arrays.copyOf(nanos, rows);
            }
            case DOUBLES -> doubles = Arrays.copyOf(doubles, rows);
            case BOOLEANS -> booleans = Arrays.copyOf(booleans, rows);
            case OBJECTS -> objects = Arrays.copyOf(objects, rows);
        }
    }

    /** Unsets the first rows. */
    void clear(int rows) {
        Arrays.fill(presence, 0, (rows + WORD_BITS - 1) / WORD_BITS, 0);
        switch (form) {
            case LONGS -> Arrays.fill(longs, 0, rows, 0);
            case SECONDS -> {
                Arrays.fill(longs, 0, rows, 0);
                Arrays.fill(nanos, 0, rows, 0);
            }
            case DOUBLES -> Arrays.fill(doubles, 0, rows, 0);
            case BOOLEANS -> Arrays.fill(booleans, 0, rows, false);
            case OBJECTS -> Arrays.fill(objects, 0, rows, null);
        }
    }

    /** Marks a row as set. */
    public void mark(int row) {
        assert row < capacity : row;
        presence[row / WORD_BITS] |= 1L << row;
    }

    /** Sets a row to a value as a datapoint has it. */
    public void set(int row, Object value) {
        switch (form) {
            case LONGS -> longs[row] = longOf(value);
            case SECONDS -> {
                longs[row] =
                        value instanceof Instant ? ((Instant) value).getEpochSecond() : ((Duration) value).getSeconds();
                nanos[row] = value instanceof Instant ? ((Instant) value).getNano() : ((Duration) value).getNano();
            }
            case DOUBLES -> doubles[row] = ((Number) value).doubleValue();
            case BOOLEANS -> booleans[row] = (Boolean) value;
            case OBJECTS -> objects[row] = value;
        }
        mark(row);
    }

    private static long longOf(Object value) {
        if (value instanceof EnumValue) {
            return ((EnumValue) value).number();
        }
        return value instanceof Uint64 ? ((Uint64) value).bits() : ((Number) value).longValue();
    }

    @Override
    public Field field() {
        return field;
    }

    @Override
    public Form form() {
        return form;
    }

    @Override
    public boolean isSet(int row) {
        return (presence[row / WORD_BITS] >>> row & 1) != 0;
    }

    @Override
    public int setCount() {
        int count = 0;
        for (long word : presence) {
            count += Long.bitCount(word);
        }
        return count;
    }

    @Override
    public long[] presence() {
        return presence;
    }

    @Override
    public long[] longs() {
        if (form != Form.LONGS) {
            need(Form.SECONDS);
        }
        return longs;
    }

    @Override
    public int[] nanos() {
        need(Form.SECONDS);
        return nanos;
    }

    @Override
    public double[] doubles() {
        need(Form.DOUBLES);
        return doubles;
    }

    @Override
    public boolean[] booleans() {
        need(Form.BOOLEANS);
        return booleans;
    }

    @Override
    public @Nullable Object[] objects() {
        need(Form.OBJECTS);
        return objects;
    }

    private void need(Form needed) {
        if (form != needed) {
            throw new IllegalStateException("batch: column \"" + field.name() + "\": has " + form);
        }
    }

    @Override
    public Optional<Object> value(int row) {
        batch.check(row);
        return isSet(row) ? Optional.ofNullable(valueAt(row)) : Optional.empty();
    }

    private @Nullable Object valueAt(int row) {
        return switch (form) {
            case LONGS -> integer(longs[row]);
            case SECONDS ->
                field.kind() == TypeKind.TIMESTAMP
                        ? Instant.ofEpochSecond(longs[row], nanos[row])
                        : Duration.ofSeconds(longs[row], nanos[row]);
            case DOUBLES -> field.kind() == TypeKind.FLOAT64 ? (Object) doubles[row] : (Object) (float) doubles[row];
            case BOOLEANS -> booleans[row];
            case OBJECTS -> objects[row];
        };
    }

    private @Nullable Object integer(long value) {
        return switch (field.kind()) {
            case INT32 -> (int) value;
            case UINT64 -> Uint64.ofBits(value);
            case ENUM -> enumValues.get((int) value);
            default -> value;
        };
    }
}
