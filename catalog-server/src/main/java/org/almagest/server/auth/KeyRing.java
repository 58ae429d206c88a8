package org.almagest.server.auth;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.almagest.server.keys.ApiKey;
import org.almagest.server.keys.ApiKeyText;
import org.almagest.server.keys.Grant;
import org.almagest.server.keys.KeyList;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.Pepper;

/**
 * All keys at one moment, found by their ids. Immutable but for what its principals know.
 *
 * <p>Ids are looked up by a search that takes the same steps for each and always ends at some key, so that the time of a
 * look-up does not tell which ids there are.
 */
public final class KeyRing {
    /** Behind every id, which has 60 bits: where the search ends when no id is as large. */
    private static final long BEHIND_ALL = Long.MAX_VALUE;

    private static final Principal NOBODY = new Principal(new ApiKey(
            "z".repeat(ApiKeyText.ID_DIGITS),
            "0".repeat(64),
            ApiKey.DEFAULT_TENANT,
            "nobody",
            List.of(Grant.parse("read:*")),
            KeyQuota.NONE,
            Instant.EPOCH,
            null,
            null,
            null));

    private final KeyList list;
    private final Optional<Pepper> pepper;
    private final Map<String, Principal> principals;
    private final Instant newest;

    /** Ascending, and of the same order as {@link #holders}; the last is behind all. */
    private final long[] ids;

    private final Principal[] holders;

    private KeyRing(KeyList list, Optional<Pepper> pepper, Map<String, Principal> principals) {
        this.list = list;
        this.pepper = pepper;
        this.principals = principals;
        this.newest = list.keys().stream()
                .flatMap(key -> Stream.of(Optional.of(key.created()), Optional.ofNullable(key.revoked())))
                .flatMap(Optional::stream)
                .reduce(Instant.MIN, (one, other) -> one.isBefore(other) ? other : one);
        TreeMap<Long, Principal> sorted = new TreeMap<>();
        sorted.put(BEHIND_ALL, NOBODY);
        principals.forEach((id, principal) -> sorted.put(ApiKeyText.idNumber(id), principal));
        this.ids = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
        this.holders = sorted.values().toArray(Principal[]::new);
    }

    /** Returns where the first id stands that is not below a number; as many steps for each number. */
    int position(long idNumber) {
        int from = 0;
        for (int width = Integer.highestOneBit(ids.length); width > 0; width >>= 1) {
            int next = Math.min(from + width, ids.length - 1);
            from = ids[next - 1 < 0 ? 0 : next - 1] < idNumber ? next : from;
        }
        return from;
    }

    /** Returns the number of the id at a position. */
    long idAt(int position) {
        return ids[position];
    }

    /** Returns whoever holds the key at a position. */
    Principal holderAt(int position) {
        return holders[position];
    }

    static KeyRing none() {
        return new KeyRing(KeyList.NONE, Optional.empty(), Map.of());
    }

    /** Returns the ring of a list; what opens the same as before keeps its principal, every other one ends. */
    KeyRing next(KeyList now, Optional<Pepper> pepperNow) {
        Map<String, Principal> kept = new HashMap<>();
        for (ApiKey key : now.keys()) {
            Principal before = principals.get(key.id());
            if (before != null && before.live() && before.key().opensTheSame(key)) {
                before.update(key);
                kept.put(key.id(), before);
            } else {
                kept.put(key.id(), new Principal(key));
            }
        }
        principals.forEach((id, before) -> {
            if (kept.get(id) != before) {
                before.end();
            }
        });
        return new KeyRing(now, pepperNow, kept);
    }

    /** Returns whoever holds the key of an id; the key need not be live. */
    Optional<Principal> find(String id) {
        return Optional.ofNullable(principals.get(id));
    }

    Optional<Pepper> pepper() {
        return pepper;
    }

    /** Ends every principal whose key opens nothing any more. */
    void endAt(Instant now) {
        Instant notBefore = notBefore(now);
        principals.values().forEach(principal -> principal.endAt(notBefore));
    }

    /**
     * Returns the time that keys are compared with: that of the clock, but never one before the newest change of a key.
     *
     * <p>So a clock that was set back does not give an expired key its life back where a key was changed since.
     */
    Instant notBefore(Instant clock) {
        return clock.isBefore(newest) ? newest : clock;
    }

    /** Tells whether there is no key at all, live or not. */
    public boolean isEmpty() {
        return principals.isEmpty();
    }

    /** Returns the list that it was made of. */
    public KeyList list() {
        return list;
    }

    /** Returns the ids of all keys. */
    public Collection<String> ids() {
        return principals.keySet();
    }

    /** Returns how many keys there are of each state at a time. */
    public Map<ApiKey.State, Integer> counts(Instant now) {
        Map<ApiKey.State, Integer> counts = new EnumMap<>(ApiKey.State.class);
        for (ApiKey.State state : ApiKey.State.values()) {
            counts.put(state, 0);
        }
        for (ApiKey key : list.keys()) {
            counts.merge(key.state(notBefore(now)), 1, Integer::sum);
        }
        return counts;
    }
}
