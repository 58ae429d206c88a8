package org.almagest.io.stac.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.runtime.Clock;

/**
 * Seals what a page token says with AES-256-GCM, so that clients can neither read nor change it. Safe for threads.
 *
 * <p>A token is of one request: tenant, route and search are authenticated with it. The nonce is a keyed hash of what is
 * sealed, so that equal tokens have equal text and no nonce is used for two of them.
 */
public final class TokenSeal {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD = 2 + NONCE_BYTES;
    private static final int TOKEN_MAX = 1 << 16;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final byte[] PURPOSE = "almagest.stac.token.1".getBytes(StandardCharsets.US_ASCII);

    private final List<Key> keys = new ArrayList<>();
    private final Clock clock;
    private final long secondsMax;

    /**
     * Creates it.
     *
     * @param secondsMax how long a token is taken, rounded up to whole days of UTC
     */
    public TokenSeal(TokenKeys keys, Clock clock, long secondsMax) {
        keys.keys().forEach(key -> this.keys.add(Key.of(key)));
        this.clock = clock;
        this.secondsMax = secondsMax;
    }

    /** Returns the day of UTC, which tokens made today depend on. */
    public long day() {
        return Math.floorDiv(clock.now().getEpochSecond(), SECONDS_PER_DAY);
    }

    /**
     * Returns the token.
     *
     * @param cursor what it says
     * @param request whose request it is of, from {@link #request}
     */
    public String seal(PageCursor cursor, byte[] request) {
        byte[] said = cursor.toBytes();
        long days = Math.floorDiv(secondsMax + SECONDS_PER_DAY - 1, SECONDS_PER_DAY);
        byte[] plain = ByteBuffer.allocate(Long.BYTES + said.length)
                .putLong((day() + days + 1) * SECONDS_PER_DAY)
                .put(said)
                .array();
        try {
            Key key = keys.get(0);
            byte[] nonce = key.nonce(request, plain);
            byte[] sealed = key.cipher(Cipher.ENCRYPT_MODE, nonce, request).doFinal(plain);
            ByteBuffer out = ByteBuffer.allocate(HEAD + sealed.length);
            out.put(VERSION).put(key.number()).put(nonce).put(sealed);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has the algorithms
        }
    }

    /**
     * Returns what a token says.
     *
     * @throws ProblemException if it is not one of this request, or too old; names the parameter {@code token}
     */
    public PageCursor open(String token, byte[] request) {
        byte[] bytes = bytes(token);
        for (Key key : keys) {
            if (bytes[1] != key.number()) {
                continue;
            }
            byte[] plain = key.opened(bytes, request);
            if (plain.length > 0) {
                long expiry = ByteBuffer.wrap(plain).getLong();
                if (clock.now().getEpochSecond() >= expiry) {
                    throw ProblemException.invalid("token", "expired (ask again without it)");
                }
                return PageCursor.of(Arrays.copyOfRange(plain, Long.BYTES, plain.length));
            }
        }
        throw foreign();
    }

    private static byte[] bytes(String token) {
        try {
            byte[] bytes = token.length() > TOKEN_MAX
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(token);
            // A last character may have bits that mean nothing: one text only is the token.
            boolean own = bytes.length > HEAD
                    && bytes[0] == VERSION
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(token);
            if (own) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        throw foreign();
    }

    private static ProblemException foreign() {
        return ProblemException.invalid("token", "not one of this request (ask again without it)");
    }

    /**
     * Returns what a token is authenticated with.
     *
     * @param tenant whose data it is
     * @param route the template of the address
     * @param digest the digest of the search
     */
    public static byte[] request(String tenant, String route, byte[] digest) {
        byte[] first = tenant.getBytes(StandardCharsets.UTF_8);
        byte[] second = route.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all =
                ByteBuffer.allocate(PURPOSE.length + first.length + second.length + 2 * Integer.BYTES + digest.length);
        all.put(PURPOSE).putInt(first.length).put(first).putInt(second.length).put(second);
        return all.put(digest).array();
    }

    /** A key for sealing, one for nonces, and the number that tells it from others. */
    private record Key(SecretKeySpec sealing, SecretKeySpec naming, byte number) {
        static Key of(byte[] secret) {
            byte[] naming = hash(new SecretKeySpec(secret, "HmacSHA256"), "nonce".getBytes(StandardCharsets.US_ASCII));
            byte[] number = hash(new SecretKeySpec(secret, "HmacSHA256"), "number".getBytes(StandardCharsets.US_ASCII));
            return new Key(new SecretKeySpec(secret, "AES"), new SecretKeySpec(naming, "HmacSHA256"), number[0]);
        }

        byte[] nonce(byte[] request, byte[] plain) {
            byte[] length =
                    ByteBuffer.allocate(Integer.BYTES).putInt(request.length).array();
            return Arrays.copyOf(hash(naming, length, request, plain), NONCE_BYTES);
        }

        Cipher cipher(int mode, byte[] nonce, byte[] request) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(request);
            return cipher;
        }

        /** Returns what was sealed; nothing where it was not sealed by this key for this request. */
        byte[] opened(byte[] token, byte[] request) {
            byte[] nonce = Arrays.copyOfRange(token, 2, HEAD);
            try {
                return cipher(Cipher.DECRYPT_MODE, nonce, request).doFinal(token, HEAD, token.length - HEAD);
            } catch (AEADBadTagException e) {
                return new byte[0];
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static byte[] hash(SecretKeySpec key, byte[]... parts) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                for (byte[] part : parts) {
                    mac.update(part);
                }
                return mac.doFinal();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
