package org.almagest.storage.column;

import java.nio.ByteBuffer;
import org.almagest.error.CorruptSectionException;
import org.almagest.schema.TypeKind;

/**
 * What stands before the parts of a column, as {@link ColumnFormat} has it.
 *
 * @param frame all zeros for a list
 * @param nan whether the highest code of a frame is NaN
 */
record ColumnHead(
        Encoding encoding, Numbering numbering, Frame frame, boolean nan, int dictionaryBytes, int zoneBytes) {
    private static final Frame NO_FRAME = new Frame(0, 0, 0, 0, 0);

    /** Returns the head of a column of listed values. */
    static ColumnHead ofList(Encoding encoding, Numbering numbering, int dictionaryBytes, int zoneBytes) {
        return new ColumnHead(encoding, numbering, NO_FRAME, false, dictionaryBytes, zoneBytes);
    }

    /** Returns the head of a column whose codes are steps of numbers. */
    static ColumnHead ofFrame(Numbering numbering, Frame frame, boolean nan, int zoneBytes) {
        return new ColumnHead(Encoding.FRAME, numbering, frame, nan, 0, zoneBytes);
    }

    TypeKind kind() {
        return numbering.kind();
    }

    /** Returns where the zone map begins. */
    int zonesAt() {
        return ColumnFormat.ENTRIES_OFFSET + dictionaryBytes;
    }

    /** Returns where the codes begin. */
    int codesAt() {
        return zonesAt() + zoneBytes;
    }

    /** Appends the head at the position of a little-endian buffer. */
    void write(ByteBuffer target) {
        target.put((byte) encoding.code()).put((byte) kind().code());
        target.put((byte) numbering.scale()).put((byte) (nan ? ColumnFormat.NAN_FLAG : 0));
        target.putInt(dictionaryBytes).putInt(zoneBytes).putInt(0);
        target.putLong(frame.low()).putLong(frame.step()).putLong(frame.split()).putLong(frame.upper());
    }

    /** Reads the head of a column, and checks that its parts lie within; how many numbers a frame has is not known yet. */
    static ColumnHead read(ByteBuffer body, String resource) throws CorruptSectionException {
        if (body.limit() < ColumnFormat.ENTRIES_OFFSET) {
            throw new CorruptSectionException(
                    "column: " + body.limit() + " bytes (at least " + ColumnFormat.ENTRIES_OFFSET + ")", resource);
        }
        Encoding encoding = Encoding.ofCode(body.get(ColumnFormat.ENCODING_OFFSET));
        TypeKind kind = TypeKind.ofCode(body.get(ColumnFormat.KIND_OFFSET)).orElse(TypeKind.GEOMETRY);
        int flags = body.get(ColumnFormat.FLAGS_OFFSET);
        boolean floats = kind == TypeKind.FLOAT32 || kind == TypeKind.FLOAT64;
        boolean flagged = flags == 0 || flags == ColumnFormat.NAN_FLAG && floats && encoding == Encoding.FRAME;
        long dictionaryBytes = body.getInt(ColumnFormat.DICTIONARY_OFFSET);
        long zoneBytes = body.getInt(ColumnFormat.ZONES_OFFSET);
        int reserved = body.getInt(ColumnFormat.RESERVED_OFFSET);
        if (encoding == null) {
            int code = body.get(ColumnFormat.ENCODING_OFFSET);
            throw new CorruptSectionException(
                    "column: encoding " + code + " (expected 1 to " + Encoding.values().length + ")", resource);
        }
        if (!flagged || reserved != 0) {
            throw new CorruptSectionException(
                    "column: flags " + flags + " of " + encoding + " of " + kind + ", reserved " + reserved
                            + " (expected 0 and 0; flags " + ColumnFormat.NAN_FLAG + " in a FRAME of floats)",
                    resource);
        }
        if (dictionaryBytes < 0
                || zoneBytes < 0
                || dictionaryBytes + zoneBytes > body.limit() - ColumnFormat.ENTRIES_OFFSET
                || ColumnFormat.padding((int) dictionaryBytes) != 0) {
            throw new CorruptSectionException(
                    "column: dictionary of " + dictionaryBytes + ", zones of " + zoneBytes + " bytes (expected "
                            + (body.limit() - ColumnFormat.ENTRIES_OFFSET) + " at most, the dictionary padded)",
                    resource);
        }
        Frame frame = new Frame(
                body.getLong(ColumnFormat.LOW_OFFSET),
                body.getLong(ColumnFormat.STEP_OFFSET),
                body.getLong(ColumnFormat.SPLIT_OFFSET),
                body.getLong(ColumnFormat.UPPER_OFFSET),
                0);
        Numbering numbering = new Numbering(kind, Byte.toUnsignedInt(body.get(ColumnFormat.SCALE_OFFSET)));
        return new ColumnHead(encoding, numbering, frame, flags != 0, (int) dictionaryBytes, (int) zoneBytes);
    }

    /** Returns this head for codes up to a highest one, after checking that it has values for all of them. */
    ColumnHead withMaxCode(long maxCode, String resource) throws CorruptSectionException {
        ColumnHead head = this;
        boolean fits = maxCode >= 0;
        switch (encoding) {
            case FRAME -> {
                long numbers = maxCode - (nan ? 1 : 0);
                Frame counted = new Frame(frame.low(), frame.step(), frame.split(), frame.upper(), numbers);
                head = new ColumnHead(encoding, numbering, counted, nan, dictionaryBytes, zoneBytes);
                fits &= dictionaryBytes == 0 && numbering.isValid() && counted.isValid();
            }
            case NUMBERS ->
                fits &= maxCode <= ColumnFormat.DISTINCT_MAX
                        && dictionaryBytes == maxCode * Long.BYTES
                        && numbering.isValid()
                        && frame.equals(NO_FRAME);
            default -> fits &= maxCode <= ColumnFormat.DISTINCT_MAX && numbering.scale() == 0 && frame.equals(NO_FRAME);
        }
        if (!fits) {
            throw new CorruptSectionException(
                    "column: " + encoding + " of " + kind() + ", scale " + numbering.scale() + ", codes up to "
                            + maxCode + " of " + frame,
                    resource);
        }
        return head;
    }
}
