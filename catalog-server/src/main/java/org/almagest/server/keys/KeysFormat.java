package org.almagest.server.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.Quoted;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The file {@code keys.json}, {@code docs/format/keys.md}: one text for each list, refused where a byte differs. */
final class KeysFormat {
    static final int BYTES_MAX = 4 << 20;

    private static final String FILE = ServerFolder.NAME + "/" + ServerFolder.KEYS;
    private static final String FORMAT = "almagest.keys.1";
    private static final String CHECK = ",\"check\"";
    private static final int DEPTH_MAX = 4;
    private static final long GENERATION_MAX = (1L << 53) - 1;

    private KeysFormat() {}

    /** Returns the bytes of a list. */
    static byte[] write(KeyList list) {
        StringBuilder out = new StringBuilder("{\"format\":\"" + FORMAT + "\",\"generation\":")
                .append(list.generation())
                .append(",\"keys\":[");
        String separator = "\n ";
        for (ApiKey key : list.keys()) {
            out.append(separator);
            append(out, key);
            separator = ",\n ";
        }
        out.append("\n]");
        CRC32C crc = new CRC32C();
        crc.update(out.toString().getBytes(StandardCharsets.UTF_8));
        out.append(CHECK).append(":\"").append(HexFormat.of().toHexDigits((int) crc.getValue()));
        return out.append("\"}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder out, ApiKey key) {
        member(out.append('{'), "id", key.id());
        member(out.append(','), "hash", key.hash());
        member(out.append(','), "tenant", key.tenant());
        member(out.append(','), "label", key.label());
        out.append(",\"grants\":[");
        String separator = "";
        for (Grant grant : key.grants()) {
            CanonicalJson.appendQuoted(out.append(separator), grant.toString());
            separator = ",";
        }
        out.append("],\"quota\":{");
        append(out, key.quota());
        member(out.append("},"), "created", key.created());
        member(out.append(','), "expires", key.expires());
        member(out.append(','), "revoked", key.revoked());
        member(out.append(','), "replaces", key.replaces());
        out.append('}');
    }

    private static void append(StringBuilder out, KeyQuota quota) {
        int start = out.length();
        if (quota.requests() != null) {
            member(out, "requests", quota.requests());
        }
        if (quota.concurrent() != null) {
            out.append(out.length() > start ? "," : "")
                    .append("\"concurrent\":")
                    .append(quota.concurrent());
        }
        if (quota.bytesOut() != null) {
            member(out.append(out.length() > start ? "," : ""), "bytes-out", quota.bytesOut());
        }
        if (quota.bytesIn() != null) {
            member(out.append(out.length() > start ? "," : ""), "bytes-in", quota.bytesIn());
        }
    }

    /** Appends a member whose value is a text, or null. */
    private static void member(StringBuilder out, String name, @Nullable Object value) {
        out.append('"').append(name).append("\":");
        if (value == null) {
            out.append("null");
        } else {
            CanonicalJson.appendQuoted(out, value.toString());
        }
    }

    /**
     * Returns the list of a file.
     *
     * @throws UnsupportedFormatException if another build wrote it
     * @throws CorruptStoreException if it is no such file
     */
    static KeyList read(byte[] bytes) {
        try {
            JsonObject root = object(JsonReader.read(ByteBuffer.wrap(bytes), JsonLimits.of(BYTES_MAX, DEPTH_MAX)));
            String format = text(root, "format");
            if (!format.equals(FORMAT)) {
                throw new UnsupportedFormatException("keys", Quoted.text(format), FORMAT, FILE);
            }
            List<ApiKey> keys = new ArrayList<>();
            for (JsonValue key : array(root, "keys")) {
                keys.add(key(object(key)));
            }
            KeyList list = new KeyList(number(root, "generation", GENERATION_MAX), keys);
            int differs = Arrays.mismatch(write(list), bytes);
            if (differs >= 0) {
                throw new CorruptStoreException(
                        differs < written(bytes) ? "keys: not as a list of keys is written" : "keys: checksum is wrong",
                        FILE,
                        differs);
            }
            return list;
        } catch (CorruptStoreException | UnsupportedFormatException e) {
            throw e;
        } catch (CatalogException e) {
            throw new CorruptStoreException("keys: " + e.getMessage(), FILE, 0, e);
        }
    }

    /** Returns where the checksum begins. */
    private static int written(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1); // a character is a byte
        return text.lastIndexOf(CHECK);
    }

    private static ApiKey key(JsonObject key) {
        List<Grant> grants = new ArrayList<>();
        for (JsonValue grant : array(key, "grants")) {
            grants.add(Grant.parse(text(grant, "grants")));
        }
        Instant created = time(key, "created");
        if (created == null) {
            throw wrong("created");
        }
        return new ApiKey(
                text(key, "id"),
                text(key, "hash"),
                text(key, "tenant"),
                text(key, "label"),
                grants,
                quota(object(key.member("quota"))),
                created,
                time(key, "expires"),
                time(key, "revoked"),
                isNull(key, "replaces") ? null : text(key, "replaces"));
    }

    private static KeyQuota quota(JsonObject quota) {
        boolean bounded = quota.members().containsKey("concurrent");
        return new KeyQuota(
                rate(quota, "requests"),
                bounded ? (int) number(quota, "concurrent", Integer.MAX_VALUE) : null,
                rate(quota, "bytes-out"),
                rate(quota, "bytes-in"));
    }

    private static @Nullable Rate rate(JsonObject quota, String name) {
        return quota.members().containsKey(name) ? Rate.parse(name, text(quota, name)) : null;
    }

    private static @Nullable Instant time(JsonObject object, String name) {
        if (isNull(object, name)) {
            return null;
        }
        try {
            return Instant.parse(text(object, name));
        } catch (DateTimeException e) {
            throw new CorruptStoreException("keys: " + name + ": no time", FILE, 0, e);
        }
    }

    private static boolean isNull(JsonObject object, String name) {
        return object.member(name) instanceof JsonNull;
    }

    private static String text(JsonObject object, String name) {
        return text(object.member(name), name);
    }

    private static String text(@Nullable JsonValue value, String name) {
        if (value instanceof JsonString string) {
            return string.value();
        }
        throw wrong(name);
    }

    private static long number(JsonObject object, String name, long max) {
        if (object.member(name) instanceof JsonNumber number && number.literal().matches("[1-9][0-9]{0,15}")) {
            long value = Long.parseLong(number.literal());
            if (value <= max) {
                return value;
            }
        }
        throw wrong(name);
    }

    private static List<JsonValue> array(JsonObject object, String name) {
        if (object.member(name) instanceof JsonArray array) {
            return array.elements();
        }
        throw wrong(name);
    }

    private static JsonObject object(@Nullable JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrong("a part");
    }

    private static CorruptStoreException wrong(String name) {
        return new CorruptStoreException("keys: " + name + ": missing or of another kind", FILE, 0);
    }
}
