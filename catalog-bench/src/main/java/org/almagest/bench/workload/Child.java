package org.almagest.bench.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Contender} in its process, told what to do. */
final class Child implements AutoCloseable {
    private final String engine;
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;
    private final String greeting;

    /** Starts a process that asks. */
    Child(String engine, CompareOptions options) throws IOException {
        this(engine, options, options.heap(engine));
    }

    /** Starts a process with a heap of its own size. */
    Child(String engine, CompareOptions options, String heap) throws IOException {
        this.engine = engine;
        List<String> command = new ArrayList<>(options.runWith());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.addAll(options.javaFlags());
        command.add("-cp");
        command.add(options.classPath().isEmpty() ? System.getProperty("java.class.path") : options.classPath());
        command.add(Contender.class.getName());
        command.add(engine);
        command.add(options.folder().toString());
        command.add(Long.toString(options.rows()));
        command.add(options.width().name());
        this.process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.greeting = answer();
    }

    String engine() {
        return engine;
    }

    /** Returns how long it took to open the store. */
    long openNanos() {
        return Long.parseLong(greeting.substring(0, greeting.indexOf(' ')));
    }

    /** Returns the name and version of the engine. */
    String version() {
        return greeting.substring(greeting.indexOf(' ') + 1);
    }

    /** Gives a command and returns the words of the answer. */
    String[] tell(String command) throws IOException {
        commands.println(command);
        return answer().split(" ");
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(Contender.MARK)) {
                return line.substring(Contender.MARK.length());
            }
        }
        throw new IOException(engine + ": the process ended without an answer");
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                tell("close");
                process.waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroy();
        }
    }
}
