package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;

/** What no answer may say: names of classes and libraries, traces, folders. */
final class InnerWords {
    private static final List<String> WORDS = List.of(
            "org.almagest",
            "com.linecorp",
            "armeria",
            "netty",
            "java.",
            "Exception",
            "\tat ",
            System.getProperty("java.io.tmpdir"),
            System.getProperty("user.dir"));

    private InnerWords() {}

    static void assertNone(String text) {
        for (String word : WORDS) {
            assertFalse(text.contains(word), () -> "says " + word + ": " + text);
        }
    }
}
