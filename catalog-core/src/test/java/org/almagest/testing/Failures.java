package org.almagest.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** Asserts failures by type and full text. */
public final class Failures {
    private Failures() {}

    /** Asserts that {@code work} fails with exactly this type and message, and returns the failure. */
    public static <T extends Throwable> T assertFails(Class<T> type, String message, Executable work) {
        T failure = assertThrows(type, work);
        assertEquals(type, failure.getClass());
        assertEquals(message, failure.getMessage());
        return failure;
    }

    /** Asserts that {@code work} fails with this type and a message that begins as stated. */
    public static <T extends Throwable> T assertFailsAt(Class<T> type, String beginning, Executable work) {
        T failure = assertThrows(type, work);
        String message = String.valueOf(failure.getMessage());
        assertEquals(beginning, message.substring(0, Math.min(message.length(), beginning.length())), message);
        return failure;
    }
}
