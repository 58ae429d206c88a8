package org.almagest.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row that {@link OnInvalid#QUARANTINE} set aside, and why. */
public final class RejectedRow {
    private final int row;
    private final @Nullable String key;
    private final @Nullable String field;
    private final String reason;

    /**
     * Creates it.
     *
     * @param row the position of the row in the call, from 0
     * @param key the row's key as text, or null where it has none
     * @param field the field that is wrong, or null where the row as a whole is
     * @param reason the message of the error that refusing would have thrown
     */
    public RejectedRow(int row, @Nullable String key, @Nullable String field, String reason) {
        this.row = row;
        this.key = key;
        this.field = field;
        this.reason = reason;
    }

    /** Returns the position of the row in the call, from 0. */
    public int row() {
        return row;
    }

    /** Returns the row's key as text. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** Returns the field that is wrong; empty where the row as a whole is. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** Returns the message of the error that refusing would have thrown. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return reason;
    }
}
