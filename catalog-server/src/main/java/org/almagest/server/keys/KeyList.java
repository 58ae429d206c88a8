package org.almagest.server.keys;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.NotFoundException;

/**
 * All keys, in the order in which they were made.
 *
 * @param generation how often the list was changed; 0 before there is a file
 * @param keys no id twice, at most 10,000
 */
public record KeyList(long generation, List<ApiKey> keys) {
    /** The list before the first key. */
    public static final KeyList NONE = new KeyList(0, List.of());

    /** How many keys there may be. */
    public static final int KEYS_MAX = 10_000;

    /** Checks and copies the keys. */
    public KeyList {
        keys = List.copyOf(keys);
        if (keys.size() > KEYS_MAX) {
            throw new LimitExceededException("keys", "keysMax", keys.size(), KEYS_MAX);
        }
        Set<String> ids = new HashSet<>();
        for (ApiKey key : keys) {
            if (!ids.add(key.id())) {
                throw new InvalidRequestException("keys", "id " + key.id() + " is there twice");
            }
        }
    }

    /** Returns the key of an id. */
    public Optional<ApiKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /**
     * Returns the key of an id.
     *
     * @throws InvalidRequestException if the text is no id; it is not repeated, as it may be a whole key
     * @throws NotFoundException if there is no such key
     */
    public ApiKey key(String id) {
        if (!ApiKeyText.isId(id)) {
            throw new InvalidRequestException(
                    "key", "no id (expected its 12 characters alone, as \"almagest key list\" shows them)");
        }
        return find(id).orElseThrow(() -> new NotFoundException("key " + id + ": no such key"));
    }

    /** Returns the key that was made last to replace another one, if there is one: those before it are not live. */
    public Optional<ApiKey> successor(ApiKey key) {
        return successors(key).reduce((one, later) -> later);
    }

    /** Returns the keys that were made to replace another one, in the order in which they were made. */
    Stream<ApiKey> successors(ApiKey key) {
        return keys.stream().filter(other -> key.id().equals(other.replaces()));
    }

    /** Tells whether this may be the list after another one: the same, or one of a later generation. */
    public boolean mayFollow(KeyList before) {
        return generation > before.generation || equals(before);
    }

    /** Returns the list with one key more. */
    KeyList plus(ApiKey key) {
        List<ApiKey> all = new ArrayList<>(keys);
        all.add(key);
        return new KeyList(generation, all);
    }

    /** Returns the list with a key in the place of the one with its id. */
    KeyList with(ApiKey changed) {
        return new KeyList(
                generation,
                keys.stream()
                        .map(key -> key.id().equals(changed.id()) ? changed : key)
                        .toList());
    }

    /** Returns the list without a key. */
    KeyList without(ApiKey gone) {
        return new KeyList(
                generation,
                keys.stream().filter(key -> !key.id().equals(gone.id())).toList());
    }
}
