package org.almagest.server.main;

import java.io.OutputStream;
import java.util.List;

/** Where a server says things, besides its answers. */
public interface ServeOutput {
    /** The server listens; the first thing that is said on standard output. */
    void started(Addresses addresses);

    /** Why it does not start, one line each. */
    void problems(List<String> problems);

    /** What was asked for instead of a start: settings, or that all is well. */
    void lines(List<String> lines);

    /** Returns where lines of the log go; stays open. */
    OutputStream log();

    /** Returns who reads the log where no setting says so. */
    LogReader logReader();

    /** For whom lines are written. */
    enum LogReader {
        PERSON,
        PROGRAM
    }

    /**
     * Where a server is reached.
     *
     * @param url the start page, without a slash at the end
     * @param stac the landing page of the STAC API
     * @param store the folder of what it serves
     * @param warnings what somebody should know, one line each
     */
    record Addresses(String url, String stac, String store, List<String> warnings) {}
}
