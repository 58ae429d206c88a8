package org.almagest.server.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One setting: its name, what it takes, what holds without it, and a sentence about it.
 *
 * @param path in the file, such as {@code listen.port}
 * @param words the default as one would write it; several for a list
 */
public record Setting<T>(String path, Kind<T> kind, List<String> words, String sentence) {
    /** Copies the words. */
    public Setting {
        words = List.copyOf(words);
    }

    static <T> Setting<T> of(String path, Kind<T> kind, String word, String sentence) {
        return new Setting<>(path, kind, List.of(word), sentence);
    }

    static Setting<List<String>> empty(String path, String sentence) {
        return new Setting<>(path, Kind.texts(), List.of(), sentence);
    }

    /** Returns the value without any source. */
    public T fallback() {
        return kind.reader().apply(words);
    }

    /** Returns the variable that sets it: {@code ALMAGEST_LISTEN_PORT}. */
    public String variable() {
        return "ALMAGEST_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Returns the words as the file would have them: quoted where they are text, in brackets where they are a list. */
    public String written(List<String> value) {
        if (kind.shape() == Kind.Shape.LIST) {
            return value.stream().map(Setting::quoted).collect(Collectors.joining(", ", "[", "]"));
        }
        String word = value.get(0);
        boolean plain = kind.says().startsWith("text") || !word.matches("[A-Za-z0-9.]+");
        return plain ? quoted(word) : word;
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
