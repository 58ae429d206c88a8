package org.almagest.io.parquet.file;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.LimitExceededException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of a row into arrays: an {@code Object[]} for each group, by the order of its fields, a list for a
 * repeated field, {@code Boolean, Integer, Long, Float, Double} or {@code byte[]} for a value, null for none.
 *
 * <p>What a row may take is bounded: a list can be said to hold a billion elements in a few bytes.
 */
final class RowTree extends RecordMaterializer<@Nullable Object[]> {
    private static final int SLOT_BYTES = 16;

    private final long bytesMax;
    private final Group root;
    private long bytes;

    /** Takes rows of a schema; {@code bytesMax} bounds what one takes in memory. */
    RowTree(MessageType schema, long bytesMax) {
        this.bytesMax = bytesMax;
        this.root = new Group(schema, null, 0);
    }

    @Override
    public @Nullable Object[] getCurrentRecord() {
        bytes = 0;
        return root.values;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    private void take(long more) {
        bytes += more;
        if (bytes > bytesMax) {
            throw new LimitExceededException("row: bytes", "jsonLineBytesMax", bytes, bytesMax);
        }
    }

    private final class Group extends GroupConverter {
        private final List<Converter> fields = new ArrayList<>();
        private final List<Boolean> repeated = new ArrayList<>();
        private final @Nullable Group parent;
        private final int index;
        private @Nullable Object[] values = new Object[0];

        private Group(GroupType type, @Nullable Group parent, int index) {
            this.parent = parent;
            this.index = index;
            for (Type field : type.getFields()) {
                int number = fields.size();
                repeated.add(field.isRepetition(Type.Repetition.REPEATED));
                fields.add(
                        field.isPrimitive() ? new Value(this, number) : new Group(field.asGroupType(), this, number));
            }
        }

        @Override
        public Converter getConverter(int field) {
            return fields.get(field);
        }

        @Override
        public void start() {
            take((long) SLOT_BYTES * (fields.size() + 1));
            values = new Object[fields.size()];
        }

        @Override
        public void end() {
            if (parent != null) {
                parent.put(index, values);
            }
        }

        @SuppressWarnings("unchecked")
        private void put(int field, Object value) {
            if (!repeated.get(field)) {
                values[field] = value;
                return;
            }
            if (values[field] == null) {
                values[field] = new ArrayList<>();
            }
            ((List<Object>) values[field]).add(value);
        }
    }

    private final class Value extends PrimitiveConverter {
        private final Group parent;
        private final int index;

        private Value(Group parent, int index) {
            this.parent = parent;
            this.index = index;
        }

        private void put(Object value, int size) {
            take((long) SLOT_BYTES + size);
            parent.put(index, value);
        }

        @Override
        public void addBinary(Binary value) {
            take(value.length()); // before it is copied
            put(value.getBytes(), 0);
        }

        @Override
        public void addBoolean(boolean value) {
            put(value, 0);
        }

        @Override
        public void addInt(int value) {
            put(value, 0);
        }

        @Override
        public void addLong(long value) {
            put(value, 0);
        }

        @Override
        public void addFloat(float value) {
            put(value, 0);
        }

        @Override
        public void addDouble(double value) {
            put(value, 0);
        }
    }
}
