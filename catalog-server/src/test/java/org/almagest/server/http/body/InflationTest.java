package org.almagest.server.http.body;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.ProblemException;
import org.junit.jupiter.api.Test;

class InflationTest {
    private static final int MIB = 1 << 20;
    private static final long RATIO = 100;

    private final BodyBudget budget = new BodyBudget(64L * MIB);

    private byte[] inflate(String encoding, byte[] body, long bytesMax) {
        try (BodyBudget.Lease lease = budget.lease()) {
            return Inflation.inflate(encoding, body, bytesMax, RATIO, lease);
        }
    }

    private Problem refused(String encoding, byte[] body, long bytesMax) {
        return assertThrows(ProblemException.class, () -> inflate(encoding, body, bytesMax))
                .problem();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    /** Returns what so many zeros become, without holding them. */
    private static byte[] bomb(int mebibytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[MIB];
            for (int i = 0; i < mebibytes; i++) {
                out.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void whatWasPackedComesBack() throws Exception {
        byte[] plain = new byte[3_000_000];
        new SplittableRandom(7).nextBytes(plain);
        assertArrayEquals(plain, inflate("gzip", gzip(plain), 64L * MIB));
        assertArrayEquals(plain, inflate("x-gzip", gzip(plain), plain.length));
        assertArrayEquals(plain, inflate("Deflate", deflate(plain), 64L * MIB));
        assertArrayEquals(plain, inflate("", plain, 64L * MIB));
        assertArrayEquals(plain, inflate("identity", plain, 64L * MIB));
        assertArrayEquals(new byte[0], inflate("gzip", gzip(new byte[0]), 1));
        assertEquals(0, budget.bytes());
    }

    @Test
    void aBombIsRefusedByItsRatioAndItsSize() throws Exception {
        byte[] bomb = bomb(200);
        assertTrue(bomb.length < 220_000, "200 MiB in " + bomb.length);
        byte[] larger = joined(joined(joined(bomb, bomb), joined(bomb, bomb)), bomb);
        Problem budget = refused("gzip", larger, 1L << 30);
        assertEquals(503, budget.status(), "the budget of all bodies is smaller than the ratio allows");
        assertEquals(
                "body: unpacked: more than 1048576 bytes",
                refused("gzip", bomb, MIB).detail());
        byte[] small = bomb(8);
        assertEquals(413, refused("gzip", small, 64L * MIB).status());
        assertEquals(
                "body: unpacked: more than 100 times its size",
                refused("gzip", small, 64L * MIB).detail());
        assertEquals(
                413, refused("deflate", deflate(new byte[8 * MIB]), 64L * MIB).status());
    }

    @Test
    void aMebibyteMayComeOfAnything() throws Exception {
        assertEquals(MIB, inflate("gzip", bomb(1), 64L * MIB).length);
        assertEquals(413, refused("gzip", gzip(new byte[MIB + 1]), 64L * MIB).status());
    }

    @Test
    void theBoundIsTheLastByteThatIsTaken() throws Exception {
        byte[] packed = gzip(new byte[10_000]);
        assertEquals(10_000, inflate("gzip", packed, 10_000).length);
        assertEquals(413, refused("gzip", packed, 9_999).status());
    }

    @Test
    void membersAreCountedTogetherAndWhatFollowsThemIsRefused() throws Exception {
        byte[] member = gzip(new byte[6_000]);
        assertEquals(12_000, inflate("gzip", joined(member, member), 12_000).length);
        assertEquals(413, refused("gzip", joined(member, member), 11_999).status());
        Problem trailing = refused("gzip", joined(member, "{}".getBytes(StandardCharsets.UTF_8)), MIB);
        assertEquals(400, trailing.status());
        assertEquals("body: bytes after its end", trailing.detail());
        assertEquals(
                400,
                refused("deflate", joined(deflate(new byte[10]), new byte[1]), MIB)
                        .status());
    }

    @Test
    void whatIsNoGzipOrNotAllOfItIsRefused() throws Exception {
        byte[] packed = gzip(new byte[10_000]);
        assertEquals(
                400,
                refused("gzip", Arrays.copyOf(packed, packed.length - 1), MIB).status());
        assertEquals(
                400,
                refused("gzip", "{\"a\":1}".getBytes(StandardCharsets.UTF_8), MIB)
                        .status());
        assertEquals(
                "body: no deflate, or not all of it",
                refused("deflate", packed, MIB).detail());
        byte[] twice = gzip(packed);
        assertArrayEquals(packed, inflate("gzip", twice, MIB), "one layer is taken off, never two");
    }
}
