package org.almagest.server.keys;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What may be done with a dataset; each includes those before it. */
public enum Access {
    READ,
    WRITE,
    ADMIN;

    /** Tells whether whoever has this may do that. */
    public boolean includes(Access wanted) {
        return compareTo(wanted) >= 0;
    }

    /** Returns the word in the file of keys: {@code read}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Access> ofWord(String word) {
        return Stream.of(values()).filter(access -> access.word().equals(word)).findFirst();
    }
}
