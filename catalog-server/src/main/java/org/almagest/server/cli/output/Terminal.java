package org.almagest.server.cli.output;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where the two streams of a process lead.
 *
 * @param columns the width of the terminal in characters
 * @param streams those that lead to a terminal
 */
public record Terminal(int columns, Set<Stream> streams) {
    /** Neither stream leads to a terminal. */
    public static final Terminal NONE = new Terminal(80, Set.of());

    private static final int COLUMNS_MIN = 20;

    /** One of the two streams that a process writes. */
    public enum Stream {
        /** Standard output: results. */
        RESULTS,
        /** Standard error: messages. */
        MESSAGES
    }

    /** Widens a terminal that is too narrow to print anything. */
    public Terminal {
        columns = Math.max(COLUMNS_MIN, columns);
        streams = Set.copyOf(streams);
    }

    /**
     * Returns what the launcher found, which can ask the system as this process cannot.
     *
     * @param streams {@code 1}, {@code 2} or {@code 12}: the file descriptors that are terminals
     * @param columns the width, empty where it is unknown
     */
    public static Terminal of(String streams, String columns) {
        Set<Stream> found = EnumSet.noneOf(Stream.class);
        if (streams.contains("1")) {
            found.add(Stream.RESULTS);
        }
        if (streams.contains("2")) {
            found.add(Stream.MESSAGES);
        }
        return new Terminal(columns.matches("[1-9]\\d{0,4}") ? Integer.parseInt(columns) : NONE.columns(), found);
    }

    /** Tells whether a stream leads to a terminal. */
    public boolean shows(Stream stream) {
        return streams.contains(stream);
    }
}
