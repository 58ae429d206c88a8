package org.almagest.server.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import org.almagest.runtime.RandomSource;

/**
 * An API key as its owner has it: {@code alm_<id>_<secret><checksum>}, {@code docs/format/keys.md}.
 *
 * <p>Holds the secret: never stored, never logged, and {@link #toString} leaves it out.
 */
public final class ApiKeyText {
    /** How many characters an id has. */
    public static final int ID_DIGITS = 12;

    private static final String PREFIX = "alm_";
    private static final int SECRET_BYTES = 32;
    private static final int SECRET_DIGITS = 52;
    private static final int CHECKSUM_DIGITS = 7;
    private static final int SECRET_START = PREFIX.length() + ID_DIGITS + 1;
    private static final int LENGTH = SECRET_START + SECRET_DIGITS + CHECKSUM_DIGITS;

    private static final Pattern SECRETS = Pattern.compile("(alm_[0-9a-z]{12})_[0-9a-z]+");

    private final String id;
    private final byte[] secret;

    private ApiKeyText(String id, byte[] secret) {
        this.id = id;
        this.secret = secret;
    }

    /** Makes a key of random bits. */
    public static ApiKeyText make(RandomSource random) {
        String id = Crockford.encodeHigh(random.nextLong(), ID_DIGITS);
        ByteBuffer secret = ByteBuffer.allocate(SECRET_BYTES);
        while (secret.hasRemaining()) {
            secret.putLong(random.nextLong());
        }
        return new ApiKeyText(id, secret.array());
    }

    /** Returns the key that a text is; empty where it is none, or was mistyped or cut. */
    public static Optional<ApiKeyText> parse(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX) || text.charAt(SECRET_START - 1) != '_') {
            return Optional.empty();
        }
        String id = text.substring(PREFIX.length(), SECRET_START - 1);
        String secret = text.substring(SECRET_START, SECRET_START + SECRET_DIGITS);
        if (!isId(id) || !text.endsWith(checksum(id, secret))) {
            return Optional.empty();
        }
        return Crockford.decode(secret).map(bytes -> new ApiKeyText(id, bytes));
    }

    /** Tells whether a whole key stands somewhere in a text, also where characters of it are written as {@code %XX}. */
    public static boolean standsIn(String text) {
        return standsPlainlyIn(text) || text.indexOf('%') >= 0 && standsPlainlyIn(PercentText.plain(text));
    }

    private static boolean standsPlainlyIn(String text) {
        for (int at = text.indexOf(PREFIX); at >= 0; at = text.indexOf(PREFIX, at + 1)) {
            if (at + LENGTH <= text.length()
                    && parse(text.substring(at, at + LENGTH)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Returns a text with the secret part of whatever looks like a key, cut or whole, as {@code ***}. */
    public static String mask(String text) {
        return text.contains(PREFIX) ? SECRETS.matcher(text).replaceAll("$1_***") : text;
    }

    /** Tells whether a text has the form of an id. */
    public static boolean isId(String text) {
        return Crockford.isDigits(text, ID_DIGITS);
    }

    /** Returns the number of 60 bits that an id is. */
    public static long idNumber(String id) {
        return Crockford.number(id);
    }

    /** Returns the id, which is public. */
    public String id() {
        return id;
    }

    /** Returns the whole key, secret included: to be shown once to its owner. */
    public String reveal() {
        String digits = Crockford.encode(secret);
        return PREFIX + id + "_" + digits + checksum(id, digits);
    }

    /** Returns what is stored of the key: 32 bytes. */
    public byte[] hash(Pepper pepper) {
        try {
            Mac mac = Mac.getInstance(Pepper.ALGORITHM);
            mac.init(pepper.key());
            mac.update(id.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "key: no " + Pepper.ALGORITHM + " in this JVM", e); // every JVM must have it
        }
    }

    private static String checksum(String id, String secretDigits) {
        CRC32 crc = new CRC32();
        crc.update((id + secretDigits).getBytes(StandardCharsets.US_ASCII));
        return Crockford.encodeHigh(crc.getValue() << Integer.SIZE, CHECKSUM_DIGITS);
    }

    /** Returns the key without its secret. */
    @Override
    public String toString() {
        return PREFIX + id + "_***";
    }
}
