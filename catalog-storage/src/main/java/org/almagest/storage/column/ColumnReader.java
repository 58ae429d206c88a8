package org.almagest.storage.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.ToIntFunction;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.column.CodeColumn;
import org.almagest.index.stats.ZoneMap;
import org.almagest.internal.format.Presence;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field of a segment's rows as ordered codes. Immutable, safe to share between threads; nothing but
 * {@link #value} and {@link #firstCode} allocates.
 *
 * <p>Code 0 stands for a row without a value. Codes from 1 to {@link #maxCode} ascend as filters compare values; equal
 * values have equal codes, except -0.0 and 0.0, which lie side by side. NaN has one code, {@link #nanCode}. Of a column
 * that is no dictionary, a code may be the value of no row. All codes are below 2^63.
 */
public final class ColumnReader {
    private final ColumnHead head;
    private final Values values;
    private final ZoneMap zones;
    private final CodeColumn codes;
    private final long nanCode;

    /** From a code, of at least 1, to its value. */
    private interface Values {
        Object value(long code);
    }

    private ColumnReader(ColumnHead head, Values values, ZoneMap zones, CodeColumn codes) {
        this.head = head;
        this.values = values;
        this.zones = zones;
        this.codes = codes;
        this.nanCode = zones.max() > 0 && isNan(values.value(zones.max())) ? zones.max() : 0;
    }

    private static boolean isNan(Object value) {
        return value instanceof Double && ((Double) value).isNaN() || value instanceof Float && ((Float) value).isNaN();
    }

    /**
     * Opens a body without copying it; the bytes must not change while the result is in use.
     *
     * @param rowCount of the segment
     * @param resource named in a failure
     * @throws CorruptSectionException if counts and lengths do not fit each other
     */
    public static ColumnReader open(ByteBuffer section, int rowCount, String resource) throws CorruptSectionException {
        return open(section, Presence.ALWAYS, rowCount, resource);
    }

    /** As {@link #open(ByteBuffer, int, String)}; {@code presence} is told which codes are read here and there. */
    public static ColumnReader open(ByteBuffer section, Presence presence, int rowCount, String resource)
            throws CorruptSectionException {
        ByteBuffer body = section.slice().order(ByteOrder.LITTLE_ENDIAN);
        ColumnHead parts = ColumnHead.read(body, resource);
        ZoneMap zones = ZoneMap.open(slice(body, parts.zonesAt(), parts.zoneBytes()), resource);
        int codesAt = parts.codesAt();
        ByteBuffer packed = slice(body, codesAt, body.limit() - codesAt);
        CodeColumn codes = CodeColumn.open(packed, presence.from(codesAt), resource);
        if (zones.rowCount() != rowCount || codes.rowCount() != rowCount) {
            throw new CorruptSectionException(
                    "column: zones of " + zones.rowCount() + " and codes of " + codes.rowCount() + " rows (expected "
                            + rowCount + ")",
                    resource);
        }
        ColumnHead head = parts.withMaxCode(zones.max(), resource);
        ByteBuffer list = slice(body, ColumnFormat.ENTRIES_OFFSET, head.dictionaryBytes());
        return new ColumnReader(head, values(head, list, (int) zones.max(), resource), zones, codes);
    }

    private static ByteBuffer slice(ByteBuffer body, int from, int length) {
        return body.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Values values(ColumnHead head, ByteBuffer list, int count, String resource)
            throws CorruptSectionException {
        Numbering numbering = head.numbering();
        switch (head.encoding()) {
            case STRINGS -> {
                Entries entries = Entries.open(list, head.kind(), count, resource);
                return code -> entries.value((int) code - 1);
            }
            case NUMBERS -> {
                return code -> numbering.value(list.getLong((int) (code - 1) * Long.BYTES));
            }
            default -> {
                Frame frame = head.frame();
                long numbers = frame.numberCount();
                return code -> code > numbers ? numbering.nan() : numbering.value(frame.number(code));
            }
        }
    }

    /** Returns the kind of the field when the segment was written. */
    public TypeKind kind() {
        return head.kind();
    }

    /** Returns lowest and highest code and the rows without a value, of every 1,024 rows and of all. */
    public ZoneMap zones() {
        return zones;
    }

    /** Returns the code of every row. */
    public CodeColumn codes() {
        return codes;
    }

    /** Returns the highest code, which is that of a row; 0 when no row has a value. The lowest is 1. */
    public long maxCode() {
        return zones.max();
    }

    /** Returns the code of NaN, which is then the highest; 0 when no row has it. */
    public long nanCode() {
        return nanCode;
    }

    /** Tells whether every code is the value of a row, listed by the column: then there are at most 65,536. */
    public boolean isDictionary() {
        return head.encoding() != Encoding.FRAME;
    }

    /** Returns the value of a code, as a datapoint that was read has it; null for 0. */
    public @Nullable Object value(long code) {
        if (code < 0 || code > maxCode()) {
            throw new IllegalArgumentException("column: code " + code + " (at most " + maxCode() + ")");
        }
        return code == 0 ? null : values.value(code);
    }

    /** Returns the code of a row; 0 where it has no value. */
    public long code(int row) {
        return codes.code(row);
    }

    /**
     * Returns the lowest code whose value is at or above a bound; where all are below, the code after the last. NaN is
     * never asked for, since it has no side, and counts as above.
     *
     * @param side where a value lies: negative below the bound, else 0 or more; must ascend with the values
     */
    public long firstCode(ToIntFunction<Object> side) {
        long from = 1;
        long to = nanCode == 0 ? maxCode() + 1 : nanCode;
        while (from < to) {
            long middle = from + (to - from >>> 1);
            if (side.applyAsInt(values.value(middle)) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
