package org.almagest.storage.wal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Varint;
import org.almagest.model.DatapointId;

/**
 * The payload of a COMMIT frame, version 1: one atomic change of rows, collection by collection.
 *
 * <p>Little-endian, except ids, which are big-endian. Rows stay where they are: a decoded payload holds offsets into
 * the bytes it was given. Page: {@code docs/format/wal.md}; golden bytes: {@code golden/wal/v1}. Deletes hit rows of
 * earlier commits only, so no id is both deleted and inserted in one section.
 *
 * <pre>
 * offset  bytes  field             constraint
 * 0       8      ingestion micros  i64, Unix microseconds, the ingestion time of all rows
 * 8       4      section count     u32, at least 1
 * 12      4      reserved          0
 * 16      s      sections          in ascending order of collection; nothing follows
 * </pre>
 *
 * <pre>
 * offset      bytes  field             constraint
 * 0           8      collection        i64, incarnation; at least 1
 * 8           4      schema version    u32, the rows were checked against; at least 1
 * 12          4      delete count      u32, d; at least one of d, r, n is not 0
 * 16          4      range count       u32, r
 * 20          4      insert count      u32, n
 * 24          16d    deletes           ids, strictly ascending
 * 24+16d      24r    ranges            i64 start and end in Unix milliseconds, half-open; i64 up to sequence;
 *                                      ascending by start, then end, then sequence; none twice
 * 24+16d+24r  i      inserts           n rows, ids strictly ascending: id (16), varint length, row body version 1
 * </pre>
 */
public final class CommitPayload {
    /** The version of the payload that this build writes, and the only one it reads. */
    public static final int PAYLOAD_VERSION = 1;

    static final int INGESTION_MICROS_OFFSET = 0;
    static final int SECTION_COUNT_OFFSET = 8;
    static final int RESERVED_OFFSET = 12;
    static final int SECTIONS_OFFSET = 16;
    static final int SECTION_HEADER_BYTES = 24;
    static final int RANGE_BYTES = 24;

    private final byte[] bytes;
    private final long ingestionMicros;
    private final List<CommitSection> sections;

    private CommitPayload(byte[] bytes, long ingestionMicros, List<CommitSection> sections) {
        this.bytes = bytes;
        this.ingestionMicros = ingestionMicros;
        this.sections = List.copyOf(sections);
    }

    /** Returns the ingestion time of all rows, in Unix microseconds. */
    public long ingestionMicros() {
        return ingestionMicros;
    }

    /** Returns the changes by collection, in ascending order of incarnation; at least one. */
    public List<CommitSection> sections() {
        return sections;
    }

    /** Returns the bytes that the rows of all sections lie in; not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Reads a payload, which must stay unchanged as long as the result is used.
     *
     * <p>Cost: one pass over ids and lengths; twelve bytes of heap per row, whatever the counts claim.
     *
     * @param where the frame, for the message
     * @throws CorruptSectionException if the bytes are not a payload that {@link CommitEncoder} could have written
     */
    public static CommitPayload decode(byte[] payload, String where) throws CorruptSectionException {
        ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        require(payload.length >= SECTIONS_OFFSET + SECTION_HEADER_BYTES, "cut short", where, payload.length);
        long ingestionMicros = in.getLong();
        int count = in.getInt();
        require(in.getInt() == 0, "reserved bytes are not 0", where, RESERVED_OFFSET);
        int countMax = in.remaining() / SECTION_HEADER_BYTES;
        require(count >= 1 && count <= countMax, count + " sections", where, SECTION_COUNT_OFFSET);
        List<CommitSection> sections = new ArrayList<>(Math.min(count, 1024));
        long before = 0;
        for (int i = 0; i < count; i++) {
            int start = in.position();
            CommitSection section = section(in, where);
            require(section.collection() > before, "collection " + section.collection(), where, start);
            before = section.collection();
            sections.add(section);
        }
        require(!in.hasRemaining(), in.remaining() + " bytes too many", where, in.position());
        return new CommitPayload(payload, ingestionMicros, sections);
    }

    private static CommitSection section(ByteBuffer in, String where) throws CorruptSectionException {
        int start = in.position();
        require(in.remaining() >= SECTION_HEADER_BYTES, "section: cut short", where, start);
        long collection = in.getLong();
        int schemaVersion = in.getInt();
        long deletes = Integer.toUnsignedLong(in.getInt());
        long ranges = Integer.toUnsignedLong(in.getInt());
        long inserts = Integer.toUnsignedLong(in.getInt());
        require(collection >= 1 && schemaVersion >= 1, "section: collection or schema version", where, start);
        // An insert takes an id and at least one byte of length: what is claimed must fit before anything is made of
        // it.
        long least = deletes * DatapointId.BYTES + ranges * RANGE_BYTES + inserts * (DatapointId.BYTES + 1);
        require(least > 0 && least <= in.remaining(), "section: counts", where, start);
        int deletesAt = in.position();
        checkAscending(in, (int) deletes, where);
        int rangesAt = in.position();
        checkRanges(in, (int) ranges, where);
        int[] rows = rows(in, (int) inserts, where);
        CommitSection.Parts parts = new CommitSection.Parts(deletesAt, (int) deletes, rangesAt, (int) ranges, rows);
        CommitSection section = new CommitSection(in, collection, schemaVersion, parts);
        require(!section.deletesAnInsert(), "section: id both deleted and inserted", where, start);
        return section;
    }

    private static void checkAscending(ByteBuffer in, int count, String where) throws CorruptSectionException {
        for (int i = 0; i < count; i++) {
            int at = in.position();
            require(i == 0 || CommitSection.compareIds(in, at - DatapointId.BYTES, at) < 0, "delete order", where, at);
            in.position(at + DatapointId.BYTES);
        }
    }

    private static void checkRanges(ByteBuffer in, int count, String where) throws CorruptSectionException {
        RangeDelete before = null;
        for (int i = 0; i < count; i++) {
            int at = in.position();
            try {
                RangeDelete range = new RangeDelete(in.getLong(), in.getLong(), in.getLong());
                require(before == null || CommitSection.compare(before, range) < 0, "range order", where, at);
                before = range;
            } catch (IllegalArgumentException e) {
                throw new CorruptSectionException("commit: " + e.getMessage(), where, at);
            }
        }
    }

    /** Returns offset of the id, offset of the body and its length, row by row. */
    private static int[] rows(ByteBuffer in, int count, String where) throws CorruptSectionException {
        int[] rows = new int[Math.multiplyExact(count, CommitSection.ROW_INTS)];
        for (int i = 0; i < count; i++) {
            int at = in.position();
            require(in.remaining() > DatapointId.BYTES, "insert: cut short", where, at);
            int row = i * CommitSection.ROW_INTS;
            require(
                    i == 0 || CommitSection.compareIds(in, rows[row - CommitSection.ROW_INTS], at) < 0,
                    "insert order",
                    where,
                    at);
            in.position(at + DatapointId.BYTES);
            long length = Varint.get(in, where);
            require(length >= 0 && length <= in.remaining(), "insert: body of " + length + " bytes", where, at);
            rows[row] = at;
            rows[row + 1] = in.position();
            rows[row + 2] = (int) length;
            in.position(in.position() + (int) length);
        }
        return rows;
    }

    private static void require(boolean holds, String problem, String where, int offset)
            throws CorruptSectionException {
        if (!holds) {
            throw new CorruptSectionException("commit: " + problem, where, offset);
        }
    }
}
