package org.almagest.storage.wal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.almagest.error.CorruptSectionException;
import org.almagest.model.DatapointId;
import org.almagest.storage.metadata.Samples;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class CommitPayloadTest {
    private static final String WHERE = "wal/000001.wal @ 88";

    @Test
    void comesBackAsWritten() throws Exception {
        byte[] bytes = Logs.commit();
        CommitPayload payload = CommitPayload.decode(bytes, WHERE);
        assertEquals(1_717_171_717_000_001L, payload.ingestionMicros());
        assertEquals(2, payload.sections().size());
        CommitSection first = payload.sections().get(0);
        assertEquals(3, first.collection());
        assertEquals(1, first.schemaVersion());
        assertEquals(2, first.deleteCount());
        assertEquals(DatapointId.lowest(-5), first.delete(0));
        assertEquals(DatapointId.lowest(Samples.MILLIS), first.delete(1));
        assertThrows(IndexOutOfBoundsException.class, () -> first.delete(2));
        assertEquals(List.of(new RangeDelete(-1000, 1000, 17)), first.ranges());
        assertEquals(3, first.rowCount());
        assertArrayEquals(new byte[0], body(payload, first, 0));
        assertArrayEquals(new byte[] {1, 2, 3}, body(payload, first, 1));
        assertEquals(200, first.bodyLength(2));
        assertEquals(new DatapointId(5L << 16, -1), new DatapointId(first.idHigh(2), first.idLow(2)));
        CommitSection second = payload.sections().get(1);
        assertEquals(5, second.collection());
        assertEquals(0, second.deleteCount());
        assertEquals(List.of(), second.ranges());
        assertArrayEquals(new byte[] {9}, body(payload, second, 0));
    }

    private static byte[] body(CommitPayload payload, CommitSection section, int row) {
        int from = section.bodyOffset(row);
        return Arrays.copyOfRange(payload.bytes(), from, from + section.bodyLength(row));
    }

    @Test
    void sizesAreWhatTheEncoderSays() {
        byte[] body = new byte[130];
        byte[] payload = new CommitEncoder(0)
                .section(1, 1)
                .insert(DatapointId.lowest(1), body, 2, 127)
                .insert(DatapointId.lowest(2), body, 0, 128)
                .finish(0);
        assertEquals(
                CommitEncoder.overheadBytes(1) + CommitEncoder.rowBytes(127) + CommitEncoder.rowBytes(128),
                payload.length);
        assertEquals(CommitEncoder.rowBytes(127) + 2, CommitEncoder.rowBytes(128));
    }

    @Test
    void theEncoderRefusesWhatNoReaderTakes() {
        DatapointId one = DatapointId.lowest(1);
        assertRefused("no section", () -> new CommitEncoder(0).finish(0));
        assertRefused("empty section", () -> new CommitEncoder(0).section(1, 1).finish(0));
        assertRefused("empty section", () -> new CommitEncoder(0).section(1, 1).section(2, 1));
        assertRefused("collection 0", () -> new CommitEncoder(0).section(0, 1));
        assertRefused(
                "collection 1",
                () -> new CommitEncoder(0).section(1, 1).delete(one).section(1, 1));
        assertRefused("order of ids", () -> section().insert(one, new byte[1]).insert(one, new byte[1]));
        assertRefused("order of ids", () -> section().delete(one).delete(DatapointId.lowest(0)));
        assertRefused(
                "order of deletes, ranges and rows",
                () -> section().insert(one, new byte[1]).delete(one));
        assertRefused(
                "order of ranges",
                () -> section().delete(new RangeDelete(1, 2, 1)).delete(new RangeDelete(1, 2, 1)));
        assertThrows(IllegalArgumentException.class, () -> new RangeDelete(5, 5, 1));
        assertThrows(IllegalArgumentException.class, () -> new RangeDelete(5, 6, 0));
    }

    private static CommitEncoder section() {
        return new CommitEncoder(0).section(1, 1);
    }

    private static void assertRefused(String problem, Runnable action) {
        assertEquals(
                "commit: " + problem,
                assertThrows(IllegalStateException.class, action::run).getMessage());
    }

    @Test
    void refusesEveryTruncation() {
        Faults.assertEveryTruncationRefused(Logs.commit(), bytes -> CommitPayload.decode(bytes, WHERE));
    }

    @Test
    void refusesCountsThatDoNotFit() {
        for (int field : new int[] {8, 28, 32, 36}) {
            for (int count : new int[] {1_000, 0x0fff_ffff, Integer.MAX_VALUE, -1}) {
                byte[] bytes = Logs.commit();
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(field, count);
                assertThrows(
                        CorruptSectionException.class, () -> CommitPayload.decode(bytes, WHERE), field + " " + count);
            }
        }
    }

    @Test
    void refusesAnIdThatIsDeletedAndInserted() {
        DatapointId id = DatapointId.lowest(7);
        byte[] payload = section()
                .delete(DatapointId.lowest(6))
                .delete(id)
                .insert(DatapointId.lowest(5), new byte[1])
                .insert(id, new byte[1])
                .finish(0);
        CorruptSectionException refusal =
                assertThrows(CorruptSectionException.class, () -> CommitPayload.decode(payload, WHERE));
        assertEquals("commit: section: id both deleted and inserted [wal/000001.wal @ 88 @ 16]", refusal.getMessage());
    }

    @Test
    void whatIsAcceptedIsWhatTheEncoderWrites() {
        byte[] golden = Logs.commit();
        for (int bit = 0; bit < golden.length * Byte.SIZE; bit++) {
            assertCanonical(Faults.bitFlipped(golden, bit));
        }
        Seeded.repeat(3_000, random -> {
            byte[] damaged = random.nextBoolean() ? golden.clone() : new byte[random.nextInt(200)];
            for (int i = random.nextInt(1, 20); i > 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(4);
            }
            assertCanonical(damaged);
        });
    }

    private static void assertCanonical(byte[] bytes) {
        try {
            assertArrayEquals(bytes, encode(CommitPayload.decode(bytes, WHERE)));
        } catch (CorruptSectionException refusal) {
            return;
        }
    }

    private static byte[] encode(CommitPayload payload) {
        CommitEncoder encoder = new CommitEncoder(0);
        for (CommitSection section : payload.sections()) {
            encoder.section(section.collection(), section.schemaVersion());
            for (int i = 0; i < section.deleteCount(); i++) {
                encoder.delete(section.delete(i));
            }
            section.ranges().forEach(encoder::delete);
            for (int row = 0; row < section.rowCount(); row++) {
                DatapointId id = new DatapointId(section.idHigh(row), section.idLow(row));
                encoder.insert(id, payload.bytes(), section.bodyOffset(row), section.bodyLength(row));
            }
        }
        return encoder.finish(payload.ingestionMicros());
    }

    @Test
    void anyRowsComeBack() {
        Seeded.repeat(300, random -> {
            Map<Long, TreeMap<DatapointId, byte[]>> model = new TreeMap<>();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                model.put(random.nextLong(1, Long.MAX_VALUE), rows(random));
            }
            CommitEncoder encoder = new CommitEncoder(random.nextInt(100));
            model.forEach((collection, rows) -> {
                encoder.section(collection, 1);
                rows.forEach(encoder::insert);
            });
            CommitPayload payload = CommitPayload.decode(encoder.finish(random.nextLong()), WHERE);
            List<Long> collections = new ArrayList<>();
            for (CommitSection section : payload.sections()) {
                collections.add(section.collection());
                assertRows(model.get(section.collection()), payload, section);
            }
            assertEquals(new ArrayList<>(model.keySet()), collections);
        });
    }

    private static TreeMap<DatapointId, byte[]> rows(SplittableRandom random) {
        TreeMap<DatapointId, byte[]> rows = new TreeMap<>();
        for (int i = random.nextInt(1, 50); i > 0; i--) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            rows.put(new DatapointId(random.nextLong(), random.nextLong()), body);
        }
        return rows;
    }

    private static void assertRows(TreeMap<DatapointId, byte[]> model, CommitPayload payload, CommitSection section) {
        int row = 0;
        for (Map.Entry<DatapointId, byte[]> expected : model.entrySet()) {
            assertEquals(expected.getKey(), new DatapointId(section.idHigh(row), section.idLow(row)));
            assertArrayEquals(expected.getValue(), body(payload, section, row));
            row++;
        }
        assertEquals(row, section.rowCount());
    }
}
