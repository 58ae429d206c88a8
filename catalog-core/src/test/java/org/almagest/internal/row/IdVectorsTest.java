package org.almagest.internal.row;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.almagest.internal.row.IdVectors.Named;
import org.almagest.internal.row.IdVectors.Row;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.TypeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdVectorsTest {
    private static final BigInteger TWO_TO_48 = BigInteger.ONE.shiftLeft(48);
    private static final IdVectors VECTORS = IdVectors.read();

    static Iterable<Row> datapoints() {
        return VECTORS.datapoints();
    }

    @ParameterizedTest
    @MethodSource("datapoints")
    void datapointHasThePublishedId(Row vector) throws Exception {
        RowBinder binder =
                new RowBinder(vector.schema(), vector.collectionId(), Limits.defaults(), IngestOptions.DEFAULT);
        BoundRow row = binder.bind(0, vector.datapoint());
        assertEquals(vector.id(), row.id().toString());
        assertEquals(
                row.id(),
                ContentId.datapointId(vector.collectionId(), row.timeMillis(), vector.schema(), row.body()),
                "from the stored body");
    }

    @ParameterizedTest
    @MethodSource("datapoints")
    void whatWasReadBackHasTheSameId(Row vector) throws Exception {
        RowBinder binder =
                new RowBinder(vector.schema(), vector.collectionId(), Limits.defaults(), IngestOptions.DEFAULT);
        BoundRow row = binder.bind(0, vector.datapoint());
        RowReader reader = new RowReader(vector.schema());
        reader.reset(row.body(), 0, row.body().length);
        Datapoint read = reader.datapoint(row.id(), 1_700_000_000_000_001L, null);
        BoundRow again = binder.bind(0, read);
        assertEquals(row.id(), again.id());
        assertArrayEquals(row.body(), again.body());
    }

    @Test
    void datasetsHaveThePublishedIds() {
        for (Named vector : VECTORS.datasets()) {
            assertEquals(vector.id(), ContentId.datasetId(vector.parent(), vector.name()), vector.name());
        }
    }

    @Test
    void collectionsHaveThePublishedIds() {
        for (Named vector : VECTORS.collections()) {
            assertEquals(vector.id(), ContentId.collectionId(vector.parent(), vector.name()), vector.name());
        }
    }

    /** The layout once more, bit by bit, from the published bytes alone. */
    @ParameterizedTest
    @MethodSource("datapoints")
    void thePublishedBytesHashToThePublishedId(Row vector) throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(vector.hashed().toArray());
        String bits = bits(new BigInteger(1, hash), 256);
        String time = bits(
                BigInteger.valueOf(vector.datapoint().time().toEpochMilli()).mod(TWO_TO_48), 48);
        BigInteger id = new BigInteger(time + "0111" + bits.substring(0, 12) + "10" + bits.substring(12, 74), 2);
        assertEquals(vector.id().replace("-", ""), HexFormat.of().formatHex(leftPadded(id)));
    }

    private static String bits(BigInteger value, int count) {
        String digits = value.toString(2);
        return "0".repeat(count - digits.length()) + digits;
    }

    private static byte[] leftPadded(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[16];
        int count = Math.min(16, bytes.length);
        System.arraycopy(bytes, bytes.length - count, padded, 16 - count, count);
        return padded;
    }

    @Test
    void theExampleOnThePageIsThePublishedVector() throws Exception {
        Path page = Path.of("..", "docs", "format", "ids.md");
        Row vector = VECTORS.datapoint("R1 of the acceptance scenarios");
        String text = Files.readString(page);
        String example = text.substring(text.indexOf("```hex") + 6);
        String hex = example.substring(0, example.indexOf("```")).replaceAll(";.*|\\s", "");
        assertEquals(vector.hashed().toString(), hex);
        assertTrue(text.contains(vector.id()));
        byte[] body = Rows.bind(vector.schema(), vector.datapoint()).body();
        assertTrue(text.replaceAll("\\s", "").contains(HexFormat.of().formatHex(body)), "the row body");
    }

    @Test
    void thereIsAVectorOfEveryTypeAndEveryArray() {
        Set<Integer> codes = new TreeSet<>();
        for (Row vector : VECTORS.datapoints()) {
            vector.schema().fields().forEach(field -> codes.add(field.typeCode()));
        }
        assertEquals(2 * TypeKind.values().length, codes.size());
        assertTrue(VECTORS.datapoints().size() >= 112, "vectors may be added, never removed");
        assertEquals(6, VECTORS.datasets().size());
        assertEquals(9, VECTORS.collections().size());
    }

    /** The concrete values of the acceptance scenarios, which come from the clock alone. */
    @Test
    void idsBeginWithTheTime() {
        assertTrue(VECTORS.datapoint("R1 of the acceptance scenarios").id().startsWith("0195dc91-45d8-7"));
        assertTrue(VECTORS.datapoint("R2 of the acceptance scenarios").id().startsWith("0195dc92-2098-7"));
        assertTrue(VECTORS.datapoint("R5 of the acceptance scenarios").id().startsWith("0195dc92-2098-7"));
    }
}
