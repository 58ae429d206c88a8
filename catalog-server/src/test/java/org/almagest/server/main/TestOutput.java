package org.almagest.server.main;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a server says. */
final class TestOutput implements ServeOutput {
    final List<String> problems = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Override
    public void started(Addresses addresses) {
        lines.add(addresses.stac());
    }

    @Override
    public void problems(List<String> all) {
        problems.addAll(all);
    }

    @Override
    public void lines(List<String> all) {
        lines.addAll(all);
    }

    @Override
    public OutputStream log() {
        return log;
    }

    @Override
    public LogReader logReader() {
        return LogReader.PROGRAM;
    }

    /** Returns the log so far. */
    List<String> logLines() {
        return log.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
