package org.almagest.server.main;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;

/** The command line in a process of its own; ended at the latest when it is closed. */
final class ChildProcess implements AutoCloseable {
    private static final long SECONDS_MAX = 60;

    private final Process process;
    private final BufferedReader out;

    private ChildProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it with flags for the JVM, then words of the command line. */
    static ChildProcess start(Path folder, List<String> flags, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("org.almagest.server.cli.AlmagestCli");
        command.addAll(List.of(words));
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(folder.resolve("err.txt").toFile())
                .start());
    }

    /** Starts {@code serve} on a free port and returns once it listens. */
    static ChildProcess serve(Path folder) throws IOException {
        return start(
                folder,
                List.of("-Xmx256m"),
                "serve",
                "--port",
                "0",
                "--json",
                "--store",
                folder.resolve("store").toString());
    }

    /** Returns a member of the next line that it prints, a JSON object. */
    String announced(String member) throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("it ended before it printed a line");
        }
        JsonObject object = (JsonObject) JsonReader.read(line, JsonLimits.of(10_000, 4));
        return ((JsonString) Objects.requireNonNull(object.members().get(member))).value();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end and returns its status. */
    int status() throws InterruptedException {
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it has not ended after " + SECONDS_MAX + " s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
