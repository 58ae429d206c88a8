package org.almagest.storage.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.sim.SimCall;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimFault;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Test;

class SegmentWriterTest {
    private static final byte[] BODY = {1, 2, 3};

    private final SimStorage storage = new SimStorage(new SimDisk());

    private SegmentWriter begin() throws IOException {
        return SegmentWriter.begin(storage.createNew("x"), Segments.IDENTITY);
    }

    private static SegmentRow row(long high) {
        return new SegmentRow().id(high, 0).commit(1, 100).body(BODY, 0, BODY.length);
    }

    private static void assertRefused(SegmentWriter writer, SegmentRow row, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> writer.add(row))
                        .getMessage());
    }

    @Test
    void refusesARowThatIsNotAboveTheOneBefore() throws IOException {
        SegmentWriter writer = begin();
        writer.add(row(0x10000));
        assertRefused(
                writer,
                row(0x10000),
                "segment: id 00000000-0001-0000-0000-000000000000 of commit 1"
                        + " after 00000000-0001-0000-0000-000000000000 of commit 1");
        assertThrows(IllegalArgumentException.class, () -> writer.add(row(-1)), "negative times come first");
        writer.add(row(0x10000).id(0x10000, -1));
        assertThrows(
                IllegalArgumentException.class, () -> writer.add(row(0x10000).id(0x10000, 1)), "low is unsigned");
        assertEquals(2, writer.rowCount());
    }

    @Test
    void takesAnIdAgainFromALaterCommitOnly() throws IOException {
        SegmentWriter writer = begin();
        writer.add(row(1));
        writer.add(row(1).commit(3, 300));
        assertThrows(IllegalArgumentException.class, () -> writer.add(row(1).commit(2, 200)));
        assertThrows(IllegalArgumentException.class, () -> writer.add(row(1).commit(3, 300)));
        writer.add(row(2).commit(2, 200));
        assertEquals(3, writer.finish().rowCount());
    }

    @Test
    void refusesAMixtureOfRowsWithAndWithoutExtent() throws IOException {
        SegmentWriter extended = begin();
        extended.add(row(1).extent(5, 6));
        assertRefused(extended, row(2), "segment: row 1 differs from the others in having an extent");
        SegmentWriter plain = SegmentWriter.begin(storage.createNew("y"), Segments.IDENTITY);
        plain.add(row(1));
        assertRefused(plain, row(2).extent(5, 6), "segment: row 1 differs from the others in having an extent");
    }

    @Test
    void refusesABoxThatIsNone() throws IOException {
        assertRefused(begin(), row(1).box(0, 2, 1, 1), "segment: Box[west=0.0, south=2.0, east=1.0, north=1.0]");
    }

    @Test
    void refusesACommitWithTwoTimes() throws IOException {
        SegmentWriter writer = begin();
        writer.add(row(1));
        assertRefused(
                writer,
                row(2).commit(1, 101),
                "segment: commit 1: ingestion time 101 (expected 100, as its other rows have)");
    }

    @Test
    void refusesAMixtureOfRowsWithAndWithoutKey() throws IOException {
        SegmentWriter keyed = begin();
        keyed.add(row(1).keyHash(5));
        assertRefused(keyed, row(2), "segment: row 1 differs from the others in having a key");
        SegmentWriter plain = SegmentWriter.begin(storage.createNew("y"), Segments.IDENTITY);
        plain.add(row(1));
        assertRefused(plain, row(2).keyHash(5), "segment: row 1 differs from the others in having a key");
    }

    @Test
    void refusesToFinishWithoutRowsAndTwice() throws IOException {
        SegmentWriter writer = begin();
        assertThrows(IllegalStateException.class, writer::finish);
        writer.add(row(1));
        writer.finish();
        assertThrows(IllegalStateException.class, writer::finish);
        assertThrows(IllegalStateException.class, () -> writer.add(row(2)));
    }

    @Test
    void refusesToBeginBetweenTwoAlignedPositions() throws IOException {
        AppendFile file = storage.createNew("x");
        file.append(ByteBuffer.wrap(BODY));
        assertThrows(IllegalStateException.class, () -> SegmentWriter.begin(file, Segments.IDENTITY));
    }

    @Test
    void aFullDiskSurfacesAsWhatItIs() throws IOException {
        SegmentWriter writer = begin();
        writer.add(row(1));
        storage.failEvery(SimCall.APPEND, SimFault.NO_SPACE);
        assertThrows(NoSpaceIOException.class, writer::finish);
    }
}
