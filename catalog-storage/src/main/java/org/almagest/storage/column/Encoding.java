package org.almagest.storage.column;

import org.jspecify.annotations.Nullable;

/** How the codes of a column stand for values. The codes of encodings reach disk and never change. */
enum Encoding {
    /** A code is a step from a lowest number. */
    FRAME(1),
    /** A code is a place in a sorted list of numbers. */
    NUMBERS(2),
    /** A code is a place in a sorted list of byte strings. */
    STRINGS(3);

    private final int code;

    Encoding(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Returns the encoding with a code; null where there is none. */
    static @Nullable Encoding ofCode(int code) {
        for (Encoding encoding : values()) {
            if (encoding.code == code) {
                return encoding;
            }
        }
        return null;
    }
}
