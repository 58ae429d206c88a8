package org.almagest.storage.page;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Place;
import org.almagest.schema.DatasetSchema;

/** Pages that were made of row bodies, one after the other. */
final class Pages {
    private static final Place PLACE = new Place(1, 2, 3, 0);
    /** As in a segment, pages are not the last bytes of what they are read from. */
    private static final int BYTES_AFTER = 64;

    private final byte[] bytes;
    private final List<Integer> starts;
    private final List<Integer> firstRows;

    private Pages(byte[] bytes, List<Integer> starts, List<Integer> firstRows) {
        this.bytes = bytes;
        this.starts = starts;
        this.firstRows = firstRows;
    }

    /** Makes pages; the commit of a row is its number modulo 7. */
    static Pages of(DatasetSchema schema, List<byte[]> bodies) {
        PageBuilder builder = new PageBuilder(schema);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Pages pages = new Pages(new byte[0], new ArrayList<>(), new ArrayList<>());
        for (int row = 0; row < bodies.size(); row++) {
            byte[] body = bodies.get(row);
            if (builder.isFull(body.length)) {
                pages.flush(builder, row, out);
            }
            byte[] padded = new byte[body.length + 5];
            System.arraycopy(body, 0, padded, 3, body.length);
            builder.add(row % 7, padded, 3, body.length);
        }
        pages.flush(builder, bodies.size(), out);
        pages.starts.add(out.size());
        pages.firstRows.add(bodies.size());
        return pages.with(out.toByteArray());
    }

    private void flush(PageBuilder builder, int endRow, ByteArrayOutputStream out) {
        int firstRow = endRow - builder.rows();
        int longest = builder.bytesMax();
        int start = out.size();
        starts.add(start);
        firstRows.add(firstRow);
        builder.finish(firstRow, PLACE.at(start), (page, length) -> out.write(page, 0, length));
        assert out.size() - start <= longest : longest;
    }

    Pages with(byte[] other) {
        return new Pages(other, starts, firstRows);
    }

    int count() {
        return starts.size() - 1;
    }

    int bytes() {
        return bytes.length;
    }

    byte[] toArray() {
        return bytes.clone();
    }

    int start(int page) {
        return starts.get(page);
    }

    int firstRow(int page) {
        return firstRows.get(page);
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + BYTES_AFTER)).order(ByteOrder.LITTLE_ENDIAN);
    }

    void check(int page) throws CorruptSectionException {
        int rows = firstRow(page + 1) - firstRow(page);
        PageSpan span = new PageSpan(start(page), start(page + 1) - start(page), firstRow(page), rows);
        PageBodies.check(buffer(), span, PLACE.at(start(page)));
    }
}
