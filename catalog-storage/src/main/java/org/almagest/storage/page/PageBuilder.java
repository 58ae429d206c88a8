package org.almagest.storage.page;

import java.util.Arrays;
import org.almagest.internal.format.Place;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.TypeKind;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.ContentEncoder;
import org.almagest.storage.encoding.PageFormat;
import org.almagest.storage.encoding.PageImage;
import org.almagest.storage.encoding.Slices;

/**
 * Gathers rows and makes pages of them: one of what queries usually ask for, and where there are any, one of the json
 * and the long texts of the same rows right after it. One thread.
 */
public final class PageBuilder {
    /** Values that have more bytes than this on average are kept apart. */
    private static final int LONG_BYTES_MIN = 512;

    // What a page takes at most beside the bodies, when these are kept whole.
    private static final int ROW_BYTES_MAX = 16;
    private static final int PAGE_BYTES_MAX = 256;

    private final BodyParts parts;
    private final FieldType[] types;
    private final FieldEncoder fields = new FieldEncoder();
    private final PageImage image = PageImage.ofShortValues();
    private final PageImage longImage = PageImage.ofLongValues();
    private final ByteSink bodies = new ByteSink();
    private final int[] always = new int[PageFormat.ROWS_MAX];
    private final int[] oddStarts = new int[PageFormat.ROWS_MAX];
    private final int[] bodyStarts = new int[PageFormat.ROWS_MAX];
    private final int[] bodyEnds = new int[PageFormat.ROWS_MAX];
    private final int[] commits = new int[PageFormat.ROWS_MAX];
    private final int[] flags = new int[PageFormat.ROWS_MAX];
    private int rows;
    private int oddCount;
    private int flagged;

    /** Begins without rows; their bodies are those of a schema, or kept as they are. */
    public PageBuilder(DatasetSchema schema) {
        parts = new BodyParts(schema);
        types = new FieldType[parts.columnCount()];
        for (int column = 0; column < types.length; column++) {
            types[column] = new FieldType(
                    parts.field(column).kind(), parts.field(column).isArray(), null);
        }
        Arrays.fill(oddStarts, Slices.UNSET);
    }

    /** Returns how many rows wait. */
    public int rows() {
        return rows;
    }

    /** Returns how many bytes of bodies wait. */
    public int bodyBytes() {
        return bodies.length();
    }

    /** Returns how many bytes the page of the rows that wait will have at most. */
    public int bytesMax() {
        return bodies.length() + rows * ROW_BYTES_MAX + PAGE_BYTES_MAX;
    }

    /** Tells whether a body of this length is better put into the next page. */
    public boolean isFull(int bodyLength) {
        return rows == PageFormat.ROWS_MAX || rows > 0 && bodies.length() + bodyLength > PageFormat.BODY_BYTES_TARGET;
    }

    /** Adds a row; the array is not kept. */
    public void add(int commitOrdinal, byte[] body, int offset, int length) {
        int start = bodies.length();
        bodies.put(body, offset, length);
        int found = parts.add(bodies.bytes(), start, bodies.length(), rows);
        commits[rows] = commitOrdinal;
        bodyStarts[rows] = start;
        bodyEnds[rows] = bodies.length();
        flags[rows] = Math.max(found, 0);
        flagged += found > 0 ? 1 : 0;
        if (found < 0) {
            oddStarts[rows] = start;
            oddCount++;
        }
        rows++;
    }

    /** Tells whether bodies wait that are not exactly fields of the schema. */
    public boolean hasOddBodies() {
        return oddCount > 0;
    }

    /** Returns the bodies that wait, whole; valid until a row is added. */
    public Slices bodies() {
        return new Slices(bodies.bytes(), bodyStarts, bodyEnds, rows);
    }

    /** Returns the values of a field of the schema in the rows that wait, of none in an odd one. */
    public Slices values(int fieldNumber) {
        return parts.slices(parts.columnOf(fieldNumber), bodies.bytes(), rows);
    }

    /** Receives the bytes of a page. */
    @FunctionalInterface
    public interface Output<E extends Exception> {
        /** Takes some bytes of an array, which is used again. */
        void take(byte[] bytes, int length) throws E;
    }

    /**
     * Writes the rows that wait, at least one, and begins anew.
     *
     * @param firstRow the ordinal of the first of them
     * @param place where the page is going to lie
     */
    public <E extends Exception> void finish(int firstRow, Place place, Output<E> output) throws E {
        assert rows > 0 : "no rows";
        describe();
        if (bytes() > bytesMax()) {
            keepBodies(); // Few rows of many fields: describing those would take more than they do.
        }
        int longBytes = longImage.isEmpty() ? 0 : longImage.length();
        ByteSink page = image.finish(firstRow, place, longBytes);
        output.take(page.bytes(), page.length());
        if (longBytes > 0) {
            ByteSink longPage = longImage.finish(firstRow, place.at(place.offset() + page.length()), 0);
            output.take(longPage.bytes(), longPage.length());
        }
        clear();
    }

    private void describe() {
        image.begin(rows);
        longImage.begin(rows);
        describeRows();
        for (int column = 0; column < types.length; column++) {
            if (parts.setCount(column) > 0) {
                describe(column);
            }
        }
    }

    private int bytes() {
        return image.length() + (longImage.isEmpty() ? 0 : longImage.length());
    }

    private void keepBodies() {
        image.begin(rows);
        longImage.begin(rows);
        image.column(PageFormat.NO_FIELD, PageFormat.COMMITS);
        pack(commits);
        image.column(PageFormat.NO_FIELD, PageFormat.ODD_BODIES);
        presence(always, rows, image);
        fields.encodePlain(new Slices(bodies.bytes(), bodyStarts, bodyEnds, rows), image);
        assert bytes() <= bytesMax() : bytes();
    }

    private void clear() {
        parts.clear();
        bodies.clear();
        Arrays.fill(oddStarts, Slices.UNSET);
        oddCount = 0;
        flagged = 0;
        rows = 0;
    }

    private void describeRows() {
        image.column(PageFormat.NO_FIELD, PageFormat.COMMITS);
        pack(commits);
        if (flagged > 0) {
            image.column(PageFormat.NO_FIELD, PageFormat.GEOMETRY_FLAGS);
            pack(flags);
        }
        if (oddCount > 0) {
            image.column(PageFormat.NO_FIELD, PageFormat.ODD_BODIES);
            presence(oddStarts, oddCount, image);
            fields.encodeBytes(new Slices(bodies.bytes(), oddStarts, bodyEnds, rows), image);
        }
    }

    private void pack(int[] numbers) {
        long[] packed = image.borrow();
        for (int row = 0; row < rows; row++) {
            packed[row] = numbers[row];
        }
        image.pack(packed, always);
    }

    private void describe(int column) {
        Slices values = parts.slices(column, bodies.bytes(), rows);
        boolean isLong = isLong(column, values);
        PageImage target = isLong ? longImage : image;
        if (isLong) {
            image.column(parts.field(column).number(), parts.field(column).typeCode(), longImage);
        } else {
            image.column(parts.field(column).number(), parts.field(column).typeCode());
        }
        presence(values.starts, parts.setCount(column), target);
        fields.encode(types[column], values, target);
    }

    private void presence(int[] starts, int count, PageImage target) {
        boolean all = count == rows;
        target.columns().put8(all ? 0 : 1);
        if (!all) {
            target.columns().put32(target.bits(starts));
        }
    }

    private boolean isLong(int column, Slices values) {
        if (types[column].kind() == TypeKind.JSON) {
            return true;
        }
        if (types[column].width() > 0) {
            return false;
        }
        long bytes = 0;
        for (int row = 0; row < rows; row++) {
            bytes += values.isSet(row) ? values.length(row) : 0;
        }
        return bytes > (long) parts.setCount(column) * LONG_BYTES_MIN
                && !(values.isConstant() && ContentEncoder.isDescribed(values));
    }
}
