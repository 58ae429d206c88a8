package org.almagest.bench.workload;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What Linux says about processor time and memory; zero where there is no {@code /proc}. */
final class Processes {
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final long BYTES_PER_KILOBYTE = 1_024;
    private static final int MAJOR_FAULTS = 9; // counted from the field after the name, as the next two
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;

    private Processes() {}

    /** Returns the processor time of this process so far, in steps of 10 ms. */
    static long ownCpuNanos() throws IOException {
        Path stat = Path.of("/proc/self/stat");
        return Files.isReadable(stat) ? cpuNanos(Files.readString(stat)) : 0;
    }

    /** Returns the processor time so far of all processes of a name, those of a server for instance. */
    static long cpuNanosOf(String name) throws IOException {
        long nanos = 0;
        for (Path process : processes()) {
            Path stat = process.resolve("stat");
            try {
                String line = Files.readString(stat);
                nanos += line.contains("(" + name + ")") ? cpuNanos(line) : 0;
            } catch (IOException e) {
                continue; // it has ended meanwhile
            }
        }
        return nanos;
    }

    private static List<Path> processes() throws IOException {
        Path root = Path.of("/proc");
        if (!Files.isReadable(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(path ->
                            Character.isDigit(path.getFileName().toString().charAt(0)))
                    .toList();
        }
    }

    /** Returns user and system time of a line of {@code /proc/PID/stat}. */
    private static long cpuNanos(String stat) {
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(words[USER]) + Long.parseLong(words[SYSTEM])) * NANOS_PER_TICK;
    }

    /** Returns how many bytes this process has read from disks so far, those that were read ahead for it with them. */
    static long ownReadBytes() throws IOException {
        Path io = Path.of("/proc/self/io");
        if (!Files.isReadable(io)) {
            return 0;
        }
        return Files.readAllLines(io).stream()
                .filter(line -> line.startsWith("read_bytes: "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    /** Returns how often this process has waited for a disk because a mapped page was not in memory. */
    static long ownMajorFaults() throws IOException {
        Path stat = Path.of("/proc/self/stat");
        if (!Files.isReadable(stat)) {
            return 0;
        }
        String line = Files.readString(stat);
        return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ")[MAJOR_FAULTS]);
    }

    /** Returns how long all processors together have been busy since the machine started. */
    static long busyNanos() throws IOException {
        Path stat = Path.of("/proc/stat");
        if (!Files.isReadable(stat)) {
            return 0;
        }
        String[] words = Files.readAllLines(stat).get(0).split(" +");
        long ticks = 0;
        for (int i = 0; i <= STEAL; i++) {
            ticks += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(words[i + 1]);
        }
        return ticks * NANOS_PER_TICK;
    }

    /** Returns, in bytes, the heap in use after a collection, and the anonymous and the mapped memory of the process. */
    static String memoryLine() throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return heap + " " + status("RssAnon:") + " " + status("RssFile:");
    }

    private static long status(String name) throws IOException {
        return kilobytes(Path.of("/proc/self/status"), name) * BYTES_PER_KILOBYTE;
    }

    private static long kilobytes(Path file, String name) throws IOException {
        if (!Files.isReadable(file)) {
            return 0;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .mapToLong(text -> Long.parseLong(text.substring(0, text.indexOf(' '))))
                .findFirst()
                .orElse(0);
    }

    /** Returns the model of the processor. */
    static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    /** Returns how much memory the machine has. */
    static long memoryBytes() throws IOException {
        return kilobytes(Path.of("/proc/meminfo"), "MemTotal:") * BYTES_PER_KILOBYTE;
    }

    /** Returns the standard output of a command, without blanks around it; empty where it fails. */
    static String outputOf(String... command) throws IOException {
        Process process = new ProcessBuilder(Arrays.asList(command))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
