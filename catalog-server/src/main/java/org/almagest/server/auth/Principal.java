package org.almagest.server.auth;

import java.time.Instant;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.server.keys.Access;
import org.almagest.server.keys.ApiKey;

/** Whoever holds a key. One object for as long as the key opens the same. Safe for use by several threads. */
public final class Principal implements StacCaller {
    private final byte[] hash;
    private volatile ApiKey key;
    private volatile boolean ended;

    Principal(ApiKey key) {
        this.key = key;
        this.hash = key.hashBytes();
    }

    /** Returns the id of the key. */
    @Override
    public String name() {
        return key.id();
    }

    @Override
    public String tenant() {
        return key.tenant();
    }

    @Override
    public boolean may(StacAccess access, String datasetSlug) {
        return key.may(access(access), datasetSlug);
    }

    private static Access access(StacAccess access) {
        return switch (access) {
            case READ -> Access.READ;
            case WRITE -> Access.WRITE;
            case ADMIN -> Access.ADMIN;
        };
    }

    /** Returns what is known of the key now. */
    public ApiKey key() {
        return key;
    }

    /** Tells whether the key still opens anything; a volatile read, as it is asked while answers are made. */
    public boolean live() {
        return !ended;
    }

    byte[] hash() {
        return hash;
    }

    /** Takes what is known of the same key now. */
    void update(ApiKey now) {
        key = now;
    }

    /** The key opens nothing any more, for ever. */
    void end() {
        ended = true;
    }

    /** Ends it where the key opens nothing at that time. */
    void endAt(Instant now) {
        if (key.state(now) != ApiKey.State.LIVE) {
            end();
        }
    }

    /** Returns the id. */
    @Override
    public String toString() {
        return "principal " + name();
    }
}
