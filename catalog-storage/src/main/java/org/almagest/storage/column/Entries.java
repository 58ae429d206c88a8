package org.almagest.storage.column;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.model.Bytes;
import org.almagest.model.EnumValue;
import org.almagest.schema.TypeKind;

/**
 * The sorted byte strings of a column: UTF-8, content, the 16 bytes of a UUID, or the number (u32, little-endian) and
 * name of an enum value, which sort by name.
 */
final class Entries {
    private static final int UUID_BYTES = 2 * Long.BYTES;

    private final ByteBuffer body;
    private final TypeKind kind;
    private final int count;
    private final int bytesOffset;

    private Entries(ByteBuffer body, TypeKind kind, int count) {
        this.body = body;
        this.kind = kind;
        this.count = count;
        this.bytesOffset = count * Integer.BYTES;
    }

    /** Opens the entries of a column; checks where they lie and how long they are, not their order. */
    static Entries open(ByteBuffer body, TypeKind kind, int count, String resource) throws CorruptSectionException {
        Entries entries = new Entries(body, kind, count);
        int end = 0;
        boolean valid = entries.bytesOffset <= body.limit();
        for (int i = 0; valid && i < count; i++) {
            int next = body.getInt(i * Integer.BYTES);
            valid = next >= end && next <= body.limit() - entries.bytesOffset && isLength(kind, next - end);
            end = next;
        }
        if (!valid) {
            throw new CorruptSectionException(
                    "column: one of " + count + " strings ends at " + end + " (expected ascending ends, at most "
                            + (body.limit() - entries.bytesOffset) + ", lengths of " + kind + ")",
                    resource);
        }
        int bytes = end + entries.bytesOffset;
        if (body.limit() != bytes + ColumnFormat.padding(bytes)) {
            throw new CorruptSectionException(
                    "column: " + count + " strings in " + body.limit() + " bytes (expected "
                            + (bytes + ColumnFormat.padding(bytes)) + ")",
                    resource);
        }
        return entries;
    }

    private static boolean isLength(TypeKind kind, int length) {
        return switch (kind) {
            case STRING, BYTES -> true;
            case UUID -> length == UUID_BYTES;
            case ENUM -> length > Integer.BYTES;
            default -> false;
        };
    }

    Object value(int index) {
        int from = bytesOffset + (index == 0 ? 0 : body.getInt((index - 1) * Integer.BYTES));
        int to = bytesOffset + body.getInt(index * Integer.BYTES);
        assert index >= 0 && index < count : index;
        return switch (kind) {
            case STRING -> text(from, to);
            case BYTES -> Bytes.of(copy(from, to));
            case UUID ->
                new UUID(Long.reverseBytes(body.getLong(from)), Long.reverseBytes(body.getLong(from + Long.BYTES)));
            case ENUM -> new EnumValue(body.getInt(from), text(from + Integer.BYTES, to));
            default -> throw new IllegalStateException("column: strings of " + kind);
        };
    }

    private String text(int from, int to) {
        return new String(copy(from, to), StandardCharsets.UTF_8);
    }

    private byte[] copy(int from, int to) {
        byte[] bytes = new byte[to - from];
        body.get(from, bytes);
        return bytes;
    }
}
