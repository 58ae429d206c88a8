package org.almagest.storage.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Place;
import org.jspecify.annotations.Nullable;

/** A page of one column of bytes, to look at how they were encoded and to read them back. */
final class EncodedColumn {
    private static final Place PLACE = new Place(1, 2, 3, 0);
    /** As in a segment, pages are not the last bytes of what they are read from. */
    private static final int BYTES_AFTER = 64;

    private final byte[] page;
    private final int rows;

    private EncodedColumn(byte[] page, int rows) {
        this.page = page;
        this.rows = rows;
    }

    /** Describes a column. */
    interface Encoder {
        void encode(Slices values, PageImage page);
    }

    /** Encodes texts as columns are; null stands for a row without one. */
    static EncodedColumn of(List<@Nullable String> texts) {
        return of(texts, new ContentEncoder()::encode, PageImage.ofShortValues());
    }

    /** Encodes texts as leaves of long values are, which may repeat each other. */
    static EncodedColumn ofLong(List<@Nullable String> texts, Encoder encoder) {
        return of(texts, encoder, PageImage.ofLongValues());
    }

    private static EncodedColumn of(List<@Nullable String> texts, Encoder encoder, PageImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] starts = new int[texts.size()];
        int[] ends = new int[texts.size()];
        Arrays.fill(starts, Slices.UNSET);
        for (int row = 0; row < starts.length; row++) {
            String text = texts.get(row);
            if (text != null) {
                starts[row] = bytes.size();
                bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
                ends[row] = bytes.size();
            }
        }
        bytes.writeBytes(new byte[Long.BYTES]);
        image.begin(starts.length);
        image.column(1, 1);
        encoder.encode(new Slices(bytes.toByteArray(), starts, ends, starts.length), image);
        ByteSink made = image.finish(0, PLACE, 0);
        return new EncodedColumn(Arrays.copyOf(made.bytes(), made.length()), starts.length);
    }

    /** Returns where the column is described. */
    int start() {
        return ByteSink.get32(page, PageFormat.COLUMNS_OFFSET + PageFormat.COLUMN_START_AT);
    }

    /** Returns where the records of the rows begin, which is the end of what describes the column. */
    int end() {
        return ByteSink.get32(page, PageFormat.RECORDS_OFFSET);
    }

    int encoding() {
        return page[start()] & 0xFF;
    }

    int bytes() {
        return page.length;
    }

    /** Returns the column with a byte of its description changed, counted from its start. */
    EncodedColumn with(int at, int value) {
        byte[] changed = page.clone();
        changed[start() + at] = (byte) value;
        return new EncodedColumn(changed, rows);
    }

    byte at(int index) {
        return page[start() + index];
    }

    /** Reads the texts of the rows that have one; null for the others. */
    List<@Nullable String> read(List<@Nullable String> given) throws CorruptSectionException {
        ByteBuffer buffer =
                ByteBuffer.wrap(Arrays.copyOf(page, page.length + BYTES_AFTER)).order(ByteOrder.LITTLE_ENDIAN);
        PageBytes bytes = new PageBytes();
        bytes.place(buffer, 0);
        bytes.load(0);
        ContentReader reader = new ContentSlot(0).open(bytes, start());
        List<@Nullable String> texts = new ArrayList<>();
        ByteSink out = new ByteSink();
        for (int row = 0; row < rows; row++) {
            out.clear();
            if (given.get(row) != null) {
                reader.put(row, out);
            }
            texts.add(
                    given.get(row) == null
                            ? null
                            : new String(out.bytes(), 0, out.length(), StandardCharsets.ISO_8859_1));
        }
        return texts;
    }
}
