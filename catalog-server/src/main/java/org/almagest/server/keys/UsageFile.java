package org.almagest.server.keys;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.almagest.error.CatalogException;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What keys had used when a server wrote it down last: so that a restart gives nobody a new day of bytes, and lists show
 * when a key was used. Worth so little that a damaged file counts as none.
 */
public final class UsageFile {
    private static final String FORMAT = "almagest.usage.1";
    private static final int BYTES_MAX = 4 << 20;
    private static final int DEPTH_MAX = 3;

    private final ServerFolder folder;

    /** Creates it for a folder of a server; looks at nothing yet. */
    public UsageFile(ServerFolder folder) {
        this.folder = folder;
    }

    /** What was written, and when. */
    public record Saved(Instant at, Map<String, KeyUsage> keys) {
        /** Nothing was written yet. */
        public static final Saved NONE = new Saved(Instant.EPOCH, Map.of());

        /** Returns what is known of a key. */
        public Optional<KeyUsage> find(String id) {
            return Optional.ofNullable(keys.get(id));
        }
    }

    /** Returns what was written last; nothing where there is no such file, or one that nobody can read. */
    public Saved read() {
        try {
            return folder.find(ServerFolder.USAGE, BYTES_MAX)
                    .map(UsageFile::parse)
                    .orElse(Saved.NONE);
        } catch (CatalogException | UncheckedIOException | DateTimeException | ArithmeticException e) {
            return Saved.NONE;
        }
    }

    /** Writes it, in the place of what was written before. */
    public void write(Saved saved) {
        StringBuilder out = new StringBuilder("{\"format\":\"" + FORMAT + "\",\"at\":\"")
                .append(saved.at().truncatedTo(ChronoUnit.SECONDS))
                .append("\",\"keys\":{");
        String separator = "\n ";
        for (Map.Entry<String, KeyUsage> entry : saved.keys().entrySet()) {
            KeyUsage usage = entry.getValue();
            out.append(separator).append('"').append(entry.getKey());
            out.append("\":{\"day\":\"").append(usage.lastDay());
            out.append("\",\"requests\":").append(usage.owed().requests());
            out.append(",\"bytes-out\":").append(usage.owed().bytesOut());
            out.append(",\"bytes-in\":").append(usage.owed().bytesIn()).append('}');
            separator = ",\n ";
        }
        byte[] bytes = out.append("\n}}\n").toString().getBytes(StandardCharsets.UTF_8);
        try (FolderLock lock = folder.lock()) {
            folder.replace(lock, ServerFolder.USAGE, bytes);
        }
    }

    private static Saved parse(byte[] bytes) {
        JsonValue root = JsonReader.read(ByteBuffer.wrap(bytes), JsonLimits.of(BYTES_MAX, DEPTH_MAX));
        if (!(root instanceof JsonObject object)
                || !text(object, "format").equals(FORMAT)
                || !(object.member("keys") instanceof JsonObject keys)) {
            return Saved.NONE;
        }
        Map<String, KeyUsage> all = new LinkedHashMap<>();
        keys.members().forEach((id, value) -> {
            if (ApiKeyText.isId(id) && value instanceof JsonObject usage) {
                all.put(id, usage(usage));
            }
        });
        return new Saved(Instant.parse(text(object, "at")), all);
    }

    private static KeyUsage usage(JsonObject usage) {
        return new KeyUsage(
                LocalDate.parse(text(usage, "day")),
                new KeyUsage.Owed(
                        seconds(usage.member("requests")),
                        seconds(usage.member("bytes-out")),
                        seconds(usage.member("bytes-in"))));
    }

    private static String text(JsonObject object, String name) {
        return object.member(name) instanceof JsonString text ? text.value() : "";
    }

    private static long seconds(@Nullable JsonValue value) {
        return value instanceof JsonNumber number
                ? Math.max(0, number.toBigDecimal().longValueExact())
                : 0;
    }
}
