package org.almagest.server.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NotFoundException;
import org.almagest.runtime.Clock;
import org.almagest.runtime.RandomSource;
import org.jspecify.annotations.Nullable;

/** What can be done with the keys of a data folder; each change is durable when it returns. */
public final class ApiKeys {
    /** For how long a key or an overlap may be at most: a hundred years. */
    public static final Duration LIFETIME_MAX = Duration.ofDays(36_525);

    private final ServerFolder folder;
    private final KeyFile file;
    private final Clock clock;
    private final RandomSource random;

    /** Creates it for a folder, which need not be there. */
    public ApiKeys(ServerFolder folder, Clock clock, RandomSource random) {
        this.folder = folder;
        this.file = new KeyFile(folder);
        this.clock = clock;
        this.random = random;
    }

    /**
     * A key to be made.
     *
     * @param tenant whose store
     * @param label what it is for
     * @param grants what it may do
     * @param quota how much it may ask
     * @param lifetime for how long; null for ever
     */
    public record Wanted(
            String tenant,
            String label,
            List<Grant> grants,
            KeyQuota quota,
            @Nullable Duration lifetime) {}

    /** A key that was made: what is kept of it, and the key itself, to be shown once. */
    public record Made(ApiKey key, ApiKeyText text) {}

    /** Returns all keys. */
    public KeyList list() {
        folder.check();
        return file.read();
    }

    /** Returns the time that keys are compared with. */
    public Instant now() {
        return clock.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Makes a key.
     *
     * @throws InvalidRequestException if a part of it is not as it may be
     */
    public Made create(Wanted wanted) {
        Duration lifetime = wanted.lifetime;
        if (lifetime != null && (lifetime.isZero() || lifetime.isNegative())) {
            throw new InvalidRequestException("key: expires", "in no time at all (expected a duration above 0)");
        }
        requireNotTooLong("expires", lifetime == null ? Duration.ZERO : lifetime);
        requireNoKeyIn("label", wanted.label);
        requireNoKeyIn("tenant", wanted.tenant);
        wanted.grants.forEach(grant -> requireNoKeyIn("grants", grant.toString()));
        try (FolderLock lock = folder.lock()) {
            Pepper pepper = pepper(lock);
            Made made = make(pepper, wanted, null);
            file.change(lock, list -> list.plus(made.key));
            return made;
        }
    }

    private static void requireNotTooLong(String part, Duration duration) {
        if (duration.compareTo(LIFETIME_MAX) > 0) {
            throw new InvalidRequestException(
                    "key: " + part, duration.toDays() + " days (at most " + LIFETIME_MAX.toDays() + ")");
        }
    }

    /** A key that was typed in the wrong place must not be kept, and it is a name like others. */
    private static void requireNoKeyIn(String part, String text) {
        if (!ApiKeyText.mask(text).equals(text)) {
            throw new InvalidRequestException("key: " + part, "holds an API key, which must stand nowhere");
        }
    }

    /**
     * Revokes keys: all of them or, where one is not there, none.
     *
     * @return those that were not revoked before
     * @throws NotFoundException if one is not there
     */
    public List<ApiKey> revoke(List<String> ids) {
        List<ApiKey> revoked = new ArrayList<>();
        file.change(list -> {
            KeyList changed = list;
            for (String id : ids) {
                ApiKey key = changed.key(id);
                if (key.revoked() == null) {
                    ApiKey now = key.revokedAt(now());
                    revoked.add(now);
                    changed = changed.with(now);
                }
            }
            return changed;
        });
        return List.copyOf(revoked);
    }

    /**
     * Makes a key with the rights, label and lifetime of another one, which expires after an overlap.
     *
     * @throws NotFoundException if the other one is not there
     * @throws ConflictException if it is not live, or a live one replaces it already
     */
    public Made rotate(String id, Duration overlap) {
        if (overlap.isNegative()) {
            throw new InvalidRequestException("key: overlap", "below 0 (expected a duration)");
        }
        requireNotTooLong("overlap", overlap);
        AtomicReference<@Nullable Made> made = new AtomicReference<>();
        try (FolderLock lock = folder.lock()) {
            file.change(lock, list -> {
                ApiKey old = list.key(id);
                requireRotatable(list, old);
                Made fresh = make(pepper(lock), successor(old), id);
                made.set(fresh);
                return list.with(old.expiringAt(end(old, overlap))).plus(fresh.key);
            });
        }
        return Optional.ofNullable(made.get()).orElseThrow();
    }

    /**
     * Forgets keys that are expired or revoked: all of them or none.
     *
     * @throws NotFoundException if one is not there
     * @throws ConflictException if one is live
     */
    public List<ApiKey> delete(List<String> ids) {
        List<ApiKey> deleted = new ArrayList<>();
        file.change(list -> {
            KeyList rest = list;
            for (String id : ids) {
                ApiKey key = rest.key(id);
                if (key.state(now()) == ApiKey.State.LIVE) {
                    throw new ConflictException("key " + id + ": is live (revoke it first)");
                }
                deleted.add(key);
                rest = rest.without(key);
            }
            return rest;
        });
        return List.copyOf(deleted);
    }

    /** Returns the pepper; a lost one is not made anew while there are keys, which would all be void. */
    private Pepper pepper(FolderLock lock) {
        Optional<Pepper> found = Pepper.find(folder);
        if (found.isEmpty() && !file.read().keys().isEmpty()) {
            throw new ConflictException("pepper: not there, so that all keys are void"
                    + " (put it back from a backup, or move keys.json away and make new keys)");
        }
        return found.orElseGet(() -> Pepper.findOrMake(folder, lock, random));
    }

    private Made make(Pepper pepper, Wanted wanted, @Nullable String replaces) {
        ApiKeyText text = ApiKeyText.make(random);
        Instant created = now();
        Duration lifetime = wanted.lifetime;
        ApiKey key = new ApiKey(
                text.id(),
                HexFormat.of().formatHex(text.hash(pepper)),
                wanted.tenant,
                wanted.label,
                wanted.grants,
                wanted.quota,
                created,
                lifetime == null ? null : created.plus(lifetime).truncatedTo(ChronoUnit.SECONDS),
                null,
                replaces);
        return new Made(key, text);
    }

    private void requireRotatable(KeyList list, ApiKey old) {
        ApiKey.State state = old.state(now());
        if (state != ApiKey.State.LIVE) {
            throw new ConflictException("key " + old.id() + ": is " + state.word() + " (make a new one)");
        }
        Optional<ApiKey> successor = list.successors(old)
                .filter(key -> key.state(now()) == ApiKey.State.LIVE)
                .findFirst();
        if (successor.isPresent()) {
            throw new ConflictException("key " + old.id() + ": is replaced by "
                    + successor.get().id() + " already (rotate that one, or revoke it)");
        }
    }

    private static Wanted successor(ApiKey old) {
        Instant expires = old.expires();
        Duration lifetime = expires == null ? null : Duration.between(old.created(), expires);
        return new Wanted(old.tenant(), old.label(), old.grants(), old.quota(), lifetime);
    }

    private Instant end(ApiKey old, Duration overlap) {
        Instant end = now().plus(overlap).truncatedTo(ChronoUnit.SECONDS);
        Instant expires = old.expires();
        return expires != null && expires.isBefore(end) ? expires : end;
    }
}
