package org.almagest.server.log;

import java.util.Locale;

/**
 * Something that happened and belongs to no request.
 *
 * @param what the part of the server: {@code start}, {@code tls}, {@code keys}; from a fixed set
 * @param message one line for people, in the form of an error where it is one
 */
public record Event(Level level, String what, String message) {
    /** How much it matters. */
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR;

        /** Returns the name in lines: {@code warn}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns an event that is as it should be. */
    public static Event info(String what, String message) {
        return new Event(Level.INFO, what, message);
    }

    /** Returns an event somebody should look at. */
    public static Event warn(String what, String message) {
        return new Event(Level.WARN, what, message);
    }

    /** Returns a failure. */
    public static Event error(String what, String message) {
        return new Event(Level.ERROR, what, message);
    }
}
