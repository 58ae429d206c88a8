package org.almagest.server.cli.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.almagest.error.AlreadyExistsException;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.session.Session;
import org.almagest.server.keys.ApiKey;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.Grant;
import org.almagest.server.keys.KeyList;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.ServerFolder;
import org.almagest.server.keys.UsageFile.Saved;
import org.jspecify.annotations.Nullable;

/** Keys as people and programs read them; never a hash, and the secret once. */
final class KeyText {
    private KeyText() {}

    /** Returns whether a key opens something, and until when where another one replaces it. */
    static String state(KeyList list, ApiKey key, Instant now) {
        ApiKey.State state = key.state(now);
        Optional<ApiKey> successor = list.successor(key);
        return state == ApiKey.State.LIVE && successor.isPresent() && key.expires() != null
                ? "replaced until " + key.expires()
                : state.word();
    }

    static String grants(ApiKey key) {
        return key.grants().stream().map(Grant::toString).collect(Collectors.joining(" "));
    }

    static String json(KeyList list, ApiKey key, Instant now, Saved usage) {
        return new JsonObjectText()
                .put("id", key.id())
                .put("label", key.label())
                .put("tenant", key.tenant())
                .put("state", key.state(now).word())
                .put("grants", key.grants().stream().map(Grant::toString).toList())
                .putRaw("quota", quotaJson(key))
                .put("created", key.created().toString())
                .put("expires", text(key.expires()))
                .put("revoked", text(key.revoked()))
                .put("replaces", key.replaces())
                .put("replacedBy", list.successor(key).map(ApiKey::id).orElse(null))
                .put("lastUsed", lastUsed(key, usage).orElse(null))
                .toString();
    }

    /** Returns what the key itself says of how much it may ask. */
    static Map<String, String> quota(ApiKey key) {
        KeyQuota quota = key.quota();
        Map<String, String> parts = new LinkedHashMap<>();
        put(parts, "requests", quota.requests());
        put(parts, "concurrent", quota.concurrent());
        put(parts, "bytes-out", quota.bytesOut());
        put(parts, "bytes-in", quota.bytesIn());
        return parts;
    }

    private static void put(Map<String, String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.put(name, value.toString());
        }
    }

    private static String quotaJson(ApiKey key) {
        JsonObjectText json = new JsonObjectText();
        quota(key).forEach(json::put);
        return json.toString();
    }

    /** Returns the day on which a server saw the key last, as far as it has written that down. */
    static Optional<String> lastUsed(ApiKey key, Saved usage) {
        return usage.find(key.id()).map(used -> used.lastDay().toString());
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** Returns the ids of keys as an array of JSON. */
    static List<String> ids(List<ApiKey> keys) {
        return keys.stream().map(ApiKey::id).toList();
    }

    /**
     * Makes a key and shows it once: on standard output, or in a file that only its owner can read.
     *
     * <p>It is shown before anything else is done, as nobody could do anything with a key that was not shown.
     *
     * @param out the file, which must not be there; null for standard output
     */
    static ApiKey showOnce(Session session, @Nullable Path out, Supplier<ApiKeys.Made> making) {
        if (out != null) {
            reserve(out); // before there is a key that nobody would have
        }
        ApiKeys.Made made = made(out, making);
        String text = made.text().reveal();
        if (out != null) {
            write(out, text);
        }
        ApiKey key = made.key();
        if (session.wantsJson()) {
            JsonObjectText json = new JsonObjectText().put("id", key.id());
            session.console()
                    .print((out == null ? json.put("key", text) : json.put("file", out.toString())).toString());
            return key;
        }
        session.console().print(out == null ? text : key.id());
        session.console()
                .say("key " + key.id() + " of tenant " + key.tenant() + " for " + grants(key)
                        + (key.expires() == null ? "" : " until " + key.expires())
                        + (out == null ? "; it is not shown again" : "; it is in " + out));
        return key;
    }

    private static ApiKeys.Made made(@Nullable Path out, Supplier<ApiKeys.Made> making) {
        try {
            return making.get();
        } catch (RuntimeException | Error e) {
            if (out != null) {
                delete(out);
            }
            throw e;
        }
    }

    private static void delete(Path out) {
        try {
            Files.deleteIfExists(out);
        } catch (IOException e) {
            return; // empty, and what failed before is told
        }
    }

    private static void reserve(Path out) {
        try {
            ServerFolder.createPrivate(out);
        } catch (FileAlreadyExistsException e) {
            throw new AlreadyExistsException("file " + out + ": already exists");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path out, String text) {
        try {
            Files.write(out, (text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
