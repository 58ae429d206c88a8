package org.almagest.server.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

/** Files made by a program written from the page. */
class KeysFormatTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/keys/v1");

    private static List<Path> files(String prefix) throws IOException {
        try (Stream<Path> all = Files.list(GOLDEN)) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void validFilesAreReadAndWrittenAgainByteForByte() throws IOException {
        assertEquals(3, files("valid-").size());
        for (Path file : files("valid-")) {
            byte[] bytes = Files.readAllBytes(file);
            assertArrayEquals(bytes, KeysFormat.write(KeysFormat.read(bytes)), file.toString());
        }
    }

    @Test
    void everythingThatAKeyCanHaveIsRead() throws IOException {
        KeyList list = KeysFormat.read(Files.readAllBytes(GOLDEN.resolve("valid-two.json")));
        assertEquals(2, list.generation());
        ApiKey first = list.keys().get(0);
        assertEquals(List.of(Grant.parse("read:*"), Grant.parse("write:stac.sentinel_2_l2a")), first.grants());
        assertEquals(new KeyQuota(new Rate(50, 1), null, null, null), first.quota());
        assertEquals(Instant.parse("2027-11-22T11:00:00Z"), first.expires());
        ApiKey second = list.keys().get(1);
        assertEquals("with \"quotes\", a \\ and Ωmega 🛰", second.label());
        assertEquals(
                new KeyQuota(new Rate(3_000, 60), 4, new Rate(10_737_418_240L, 86_400), new Rate(1, 366 * 86_400)),
                second.quota());
        assertEquals(ApiKey.State.REVOKED, second.state(Instant.EPOCH));
        assertEquals(first.id(), second.replaces());
        assertEquals(second, list.successor(first).orElseThrow());
    }

    @Test
    void invalidFilesAreRefused() throws IOException {
        assertEquals(38, files("invalid-").size());
        for (Path file : files("invalid-")) {
            byte[] bytes = Files.readAllBytes(file);
            CatalogException e = assertThrows(CatalogException.class, () -> KeysFormat.read(bytes), file.toString());
            boolean format = file.endsWith("invalid-format.json");
            assertEquals(format ? UnsupportedFormatException.class : CorruptStoreException.class, e.getClass());
            assertTrue(String.valueOf(e.getMessage()).contains("[server/keys.json"), e.getMessage());
        }
    }

    @Test
    void messagesSayWhatIsWrong() throws IOException {
        assertEquals("keys: checksum is wrong [server/keys.json @ 386]", message("invalid-checksum.json"));
        assertEquals("keys: checksum is wrong [server/keys.json @ 386]", message("invalid-flipped.json"));
        assertEquals("keys: not as a list of keys is written [server/keys.json @ 157]", message("invalid-blank.json"));
        assertEquals(
                "keys: format \"almagest.keys.2\" (this build reads almagest.keys.1) [server/keys.json]",
                message("invalid-format.json"));
        assertEquals(
                "keys: keys: id 3k9d0m2qx7ra is there twice [server/keys.json @ 0]", message("invalid-twice.json"));
    }

    private static String message(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(GOLDEN.resolve(file));
        return String.valueOf(assertThrows(CatalogException.class, () -> KeysFormat.read(bytes))
                .getMessage());
    }

    @Test
    void everyFlippedBitAndEveryCutIsRefused() throws IOException {
        byte[] valid = Files.readAllBytes(GOLDEN.resolve("valid-two.json"));
        for (int bit = 0; bit < valid.length * 8; bit++) {
            byte[] damaged = valid.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(CatalogException.class, () -> KeysFormat.read(damaged), "bit " + bit);
        }
        for (int length = 0; length < valid.length; length++) {
            byte[] cut = Arrays.copyOf(valid, length);
            assertThrows(CorruptStoreException.class, () -> KeysFormat.read(cut), "length " + length);
        }
    }

    @Test
    void anyBytesAreRefusedWithoutAnotherFailure() throws IOException {
        byte[] valid = Files.readAllBytes(GOLDEN.resolve("valid-two.json"));
        Seeded.repeat(2_000, random -> {
            byte[] bytes = valid.clone();
            int start = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, start + 1 + random.nextInt(8));
            for (int i = start; i < end; i++) {
                bytes[i] = (byte) " {}[]\",:0nulltrue\\u\n".charAt(random.nextInt(20));
            }
            if (!Arrays.equals(valid, bytes)) {
                assertThrows(CatalogException.class, () -> KeysFormat.read(bytes));
            }
        });
    }

    @Test
    void theReadmeNamesEveryFile() throws IOException {
        String readme = Files.readString(GOLDEN.resolve("README.md"));
        for (Path file : files("")) {
            String name = file.getFileName().toString();
            assertTrue(name.equals("README.md") || readme.contains("| `" + name + "` |"), name);
        }
    }

    @Test
    void aRateIsReadAsPeopleWriteItAndWrittenInOneWay() {
        assertEquals("50/1s", Rate.parse("q", "50/1s").toString());
        assertEquals("50/1m", Rate.parse("q", "50/60s").toString());
        assertEquals("10737418240/1d", Rate.parse("q", "10GiB/24h").toString());
        assertEquals("1024/90m", Rate.parse("q", "1KiB/90m").toString());
        for (String wrong :
                List.of("", "50", "0/1s", "50/0s", "50/s", "-1/1s", "1.5/1s", "50/1w", "1TB/1s", "1/367d")) {
            assertThrows(CatalogException.class, () -> Rate.parse("q", wrong), wrong);
        }
        assertEquals(
                "q: quota: count: 1000000000000001 (expected 1 to 1000000000000000)",
                assertThrows(CatalogException.class, () -> Rate.parse("q", "1000000000000001/1s"))
                        .getMessage());
        assertThrows(CatalogException.class, () -> Rate.parse("q", "9999999999999999TiB/1s"));
    }

    @Test
    void patternsMeanOneDatasetAGroupOrAll() {
        assertTrue(new SlugPattern("*").matches("a"));
        assertTrue(new SlugPattern("a.b").matches("a.b"));
        assertFalse(new SlugPattern("a.b").matches("a.b.c"));
        assertFalse(new SlugPattern("a.b").matches("a.bc"));
        assertTrue(new SlugPattern("a.*").matches("a.b"));
        assertTrue(new SlugPattern("a.*").matches("a.b.c"));
        assertFalse(new SlugPattern("a.*").matches("a"));
        assertFalse(new SlugPattern("a.*").matches("ab.c"));
        for (String wrong : List.of("", "**", "a*", "*.a", "a.*.b", ".*", "A.*", "a..*", "a.**", "a-b")) {
            assertThrows(CatalogException.class, () -> new SlugPattern(wrong), wrong);
        }
    }

    @Test
    void anAccessIncludesThoseBeforeIt() {
        Grant write = Grant.parse("write:a.*");
        assertTrue(write.allows(Access.READ, "a.b"));
        assertTrue(write.allows(Access.WRITE, "a.b"));
        assertFalse(write.allows(Access.ADMIN, "a.b"));
        assertFalse(write.allows(Access.READ, "b"));
    }
}
