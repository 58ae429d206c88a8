package org.almagest.io.stac.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.almagest.io.stac.exchange.ProblemException;
import org.junit.jupiter.api.Test;

class TokenSealTest {
    private static final long DAY = 86_400;
    private static final byte[] DIGEST = new byte[32];
    private static final byte[] REQUEST = TokenSeal.request("a", "/search", DIGEST);
    private static final PageCursor CURSOR =
            new PageCursor(PageCursor.Direction.PREVIOUS, 7, OptionalLong.of(42), -5, "018f3c~é");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2025-01-01T12:00:00Z"));

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private TokenSeal seal(TokenKeys keys) {
        return new TokenSeal(keys, now::get, DAY);
    }

    @Test
    void opensWhatItSealed() {
        TokenSeal seal = seal(TokenKeys.of(key(1)));
        String token = seal.seal(CURSOR, REQUEST);
        assertEquals(CURSOR, seal.open(token, REQUEST));
        assertEquals(token, seal.seal(CURSOR, REQUEST), "equal links have equal bytes");
        PageCursor other = new PageCursor(PageCursor.Direction.NEXT, 8, OptionalLong.empty(), 0, "");
        assertNotEquals(token, seal.seal(other, REQUEST));
        assertEquals(other, seal.open(seal.seal(other, REQUEST), REQUEST));
    }

    @Test
    void refusesWhatIsOfAnotherRequest() {
        TokenSeal seal = seal(TokenKeys.of(key(1)));
        String token = seal.seal(CURSOR, REQUEST);
        byte[] digest = DIGEST.clone();
        digest[31] ^= 1;
        for (byte[] other : new byte[][] {
            TokenSeal.request("b", "/search", DIGEST),
            TokenSeal.request("a", "/searcH", DIGEST),
            TokenSeal.request("a/", "search", DIGEST),
            TokenSeal.request("a", "/search", digest)
        }) {
            ProblemException refused = assertThrows(ProblemException.class, () -> seal.open(token, other));
            assertEquals(
                    "token: not one of this request (ask again without it)",
                    refused.problem().detail());
        }
        for (String text : new String[] {"", "A", "!", token + "=", token + "AAAA", token.substring(4)}) {
            assertThrows(ProblemException.class, () -> seal.open(text, REQUEST), text);
        }
    }

    @Test
    void opensWithFormerKeysAndWithNoOthers() {
        String token = seal(TokenKeys.of(key(1))).seal(CURSOR, REQUEST);
        assertEquals(CURSOR, seal(TokenKeys.of(key(2), key(3), key(1))).open(token, REQUEST));
        TokenSeal without = seal(TokenKeys.of(key(2), key(3)));
        assertThrows(ProblemException.class, () -> without.open(token, REQUEST));
    }

    @Test
    void refusesATokenThatIsTooOld() {
        TokenSeal seal = seal(TokenKeys.of(key(1)));
        String token = seal.seal(CURSOR, REQUEST);
        now.set(Instant.parse("2025-01-02T23:59:59Z"));
        assertEquals(CURSOR, seal.open(token, REQUEST));
        now.set(Instant.parse("2025-01-03T00:00:00Z"));
        ProblemException expired = assertThrows(ProblemException.class, () -> seal.open(token, REQUEST));
        assertEquals("token: expired (ask again without it)", expired.problem().detail());
    }
}
