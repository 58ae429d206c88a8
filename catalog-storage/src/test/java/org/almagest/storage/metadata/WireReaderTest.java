package org.almagest.storage.metadata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import org.almagest.error.CorruptSectionException;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

/** Fields are read as the library of the format writes them, and what no writer makes is refused. */
class WireReaderTest {
    private static WireReader reader(String hex) {
        return new WireReader(HexFormat.of().parseHex(hex.replace(" ", "")), "record", "file @ 0");
    }

    private static WireReader atField(String hex) throws CorruptSectionException {
        WireReader reader = reader(hex);
        assertTrue(reader.next());
        return reader;
    }

    private static void refused(String hex, Read read) {
        assertThrows(CorruptSectionException.class, () -> {
            WireReader reader = reader(hex);
            reader.next();
            read.from(reader);
        });
    }

    private interface Read {
        void from(WireReader reader) throws CorruptSectionException;
    }

    @Test
    void readsWhatTheLibraryWrites() {
        Seeded.repeat(300, random -> {
            long number = random.nextLong() >>> random.nextInt(64);
            byte[] content = new byte[random.nextInt(300)];
            random.nextBytes(content);
            int field = 1 + random.nextInt(1 << random.nextInt(1, 29));
            WireReader reader = new WireReader(written(number, content, field), "record", "file @ 0");
            assertTrue(reader.next());
            assertEquals(field, reader.field());
            assertEquals(number, reader.unsigned());
            assertTrue(reader.next());
            assertEquals(-number, reader.signed());
            assertTrue(reader.next());
            assertEquals(number, reader.fixed());
            assertTrue(reader.next());
            assertEquals(content.length, reader.contentBytes());
            assertArrayEquals(content, reader.content());
            assertTrue(reader.next());
            assertEquals("naïve " + number, reader.text());
            assertFalse(reader.next());
        });
    }

    private static byte[] written(long number, byte[] content, int field) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeUInt64(field, number);
            out.writeSInt64(field, -number);
            out.writeFixed64(field, number);
            out.writeBytes(field, ByteString.copyFrom(content));
            out.writeString(field, "naïve " + number);
            out.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void readsTheLongestNumberAndRefusesALongerOne() throws CorruptSectionException {
        assertEquals(-1, atField("08 ff ff ff ff ff ff ff ff ff 01").unsigned());
        refused("08 ff ff ff ff ff ff ff ff ff ff 01", WireReader::unsigned);
    }

    @Test
    void refusesALengthBeyondItsMessageThoughTheOuterOneIsLonger() {
        // A message of three bytes, of which a field says that it has five; two bytes more follow it.
        refused("0a 03 0a 05 61 62 63", reader -> {
            reader.enter();
            reader.next();
            reader.content();
        });
    }

    @Test
    void refusesLengthsThatAreNoneAndRecordsThatEndWithinAField() {
        refused("0a ff ff ff ff 0f", WireReader::content);
        refused("0a 05 61", WireReader::content);
        refused("09 01 02 03", WireReader::fixed);
        refused("08", WireReader::unsigned);
        refused("08 80", WireReader::unsigned);
    }

    @Test
    void refusesFieldZeroAndTypesThatAFieldDoesNotHave() {
        assertThrows(CorruptSectionException.class, () -> reader("00 01").next());
        for (int type = 0; type < 8; type++) {
            String hex = String.format(Locale.ROOT, "%02x 01 00 00 00 00 00 00 00", 8 | type);
            if (type != WireWriter.VARINT) {
                refused(hex, WireReader::unsigned);
            }
            if (type != WireWriter.FIXED) {
                refused(hex, WireReader::fixed);
            }
            if (type != WireWriter.DELIMITED) {
                refused(hex, WireReader::content);
            }
        }
    }

    @Test
    void refusesTextThatIsNotUtf8ButTakesTheReplacementCharacter() throws CorruptSectionException {
        refused("0a 02 c3 28", WireReader::text);
        assertEquals("\uFFFD", atField("0a 03 ef bf bd").text());
    }
}
