package org.almagest.bench.workload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.peer.Peers;
import org.almagest.io.synthetic.GranuleGenerator.Width;

/** The options of {@link Compare}, each {@code --name value}. */
final class CompareOptions {
    /** What the usage says. */
    static final String USAGE = String.join(
            System.lineSeparator(),
            "Usage: Compare [--rows 100000] [--engines almagest,sqlite,...] [--classes a1,b,ingest,h,open,threads,...]",
            "  [--passes 3] [--warmup 1] [--folder /tmp/bench] [--out FOLDER] [--heap 1g] [--width narrow|wide]",
            "  [--java FLAG] [--postgres JDBC_URL] [--classpath PATH] [--name NAME] [--warm-load ROWS] [--peer-heap 4g] [--load-heap 4g]",
            "  [--run-with WORD]... [--questions 100]");

    private static final String OURS = "almagest";
    private static final Set<String> KNOWN = known();

    private long rows = 100_000;
    private List<String> engines = Peers.EMBEDDED;
    private List<String> classes = List.of("a1", "a30", "b", "c", "d", "e", "f", "g");
    private int passes = 3;
    private int warmup = 1;
    private int questions = 100;
    private long warmLoad;
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"), "bench");
    private String out = "";
    private String heap = "1g";
    private String peerHeap = "4g";
    private String loadHeap = "4g";
    private Width width = Width.NARROW;
    private String classPath = "";
    private String name = "";
    private final List<String> javaFlags = new ArrayList<>();
    private final List<String> runWith = new ArrayList<>();

    private static Set<String> known() {
        Set<String> known = new TreeSet<>(List.of("ingest", "settle", "h", "open", "threads"));
        for (QuestionKind kind : QuestionKind.values()) {
            known.add(kind.label());
        }
        return known;
    }

    static CompareOptions parse(String[] args) {
        CompareOptions options = new CompareOptions();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.set(args[i], args[i + 1]);
        }
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException(USAGE);
        }
        return options;
    }

    private void set(String option, String value) {
        switch (option) {
            case "--rows" -> rows = Long.parseLong(value);
            case "--engines" -> engines = List.of(value.split(","));
            case "--classes" -> {
                classes = List.of(value.split(","));
                classes.stream().filter(one -> !KNOWN.contains(one)).forEach(one -> {
                    throw new IllegalArgumentException("no class " + one + System.lineSeparator() + USAGE);
                });
            }
            case "--passes" -> passes = Integer.parseInt(value);
            case "--warmup" -> warmup = Integer.parseInt(value);
            case "--questions" -> questions = Integer.parseInt(value);
            case "--warm-load" -> warmLoad = Long.parseLong(value);
            case "--folder" -> folder = Path.of(value);
            case "--out" -> out = value;
            case "--heap" -> heap = value;
            case "--peer-heap" -> peerHeap = value;
            case "--load-heap" -> loadHeap = value;
            case "--width" -> width = Width.valueOf(value.toUpperCase(Locale.ROOT));
            case "--java" -> javaFlags.add(value);
            case "--run-with" -> runWith.add(value);
            case "--postgres" -> {
                System.setProperty(Peers.POSTGRES_URL, value);
                javaFlags.add("-D" + Peers.POSTGRES_URL + "=" + value);
            }
            case "--classpath" -> classPath = value;
            case "--name" -> name = value;
            default -> throw new IllegalArgumentException(USAGE);
        }
    }

    long rows() {
        return rows;
    }

    List<String> engines() {
        return engines;
    }

    /** Returns the classes of questions that were asked for. */
    Set<QuestionKind> kinds() {
        Set<QuestionKind> kinds = EnumSet.noneOf(QuestionKind.class);
        for (QuestionKind kind : QuestionKind.values()) {
            if (classes.contains(kind.label())) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** Tells whether something other than a class of questions was asked for. */
    boolean asks(String what) {
        return classes.contains(what);
    }

    int passes() {
        return passes;
    }

    int warmup() {
        return warmup;
    }

    /** Returns how many areas {@link MoreThanMemory} asks for in a pass. */
    int questions() {
        return questions;
    }

    /** Returns how many rows an engine stores elsewhere before its loading is measured. */
    long warmLoad() {
        return warmLoad;
    }

    Path folder() {
        return folder;
    }

    /** Returns the options that say what was measured; folders and addresses of this machine are left out. */
    String command() {
        return "--rows " + rows + " --engines " + String.join(",", engines) + " --classes " + String.join(",", classes)
                + " --passes " + passes + " --warmup " + warmup + " --heap " + heap + " --peer-heap " + peerHeap
                + " --load-heap " + loadHeap
                + (warmLoad == 0 ? "" : " --warm-load " + warmLoad)
                + (width == Width.WIDE ? " --width wide" : "")
                + (runWith.isEmpty() ? "" : " --run-with " + String.join(" --run-with ", runWith))
                + shown(javaFlags);
    }

    /** Returns the flags but the one with an address. */
    private static String shown(List<String> flags) {
        StringBuilder text = new StringBuilder();
        flags.stream()
                .filter(flag -> !flag.contains(Peers.POSTGRES_URL))
                .forEach(flag -> text.append(" --java ").append(flag));
        return text.toString();
    }

    /** Returns where reports go; empty for none. */
    String out() {
        return out;
    }

    /** Returns the heap of a process that asks an engine. */
    String heap(String engine) {
        return engine.startsWith(OURS) ? heap : peerHeap;
    }

    /** Returns the heap of a process that loads, which has the rows ready before it begins. */
    String loadHeap() {
        return loadHeap;
    }

    /** Returns the heaps in words. */
    String heaps() {
        return "heap at most " + heap + " for Almagest and " + peerHeap + " for each of the others, " + loadHeap
                + " while loading";
    }

    Width width() {
        return width;
    }

    String classPath() {
        return classPath;
    }

    /** Returns the name of the report's files. */
    String name() {
        return name.isEmpty() ? "rows-" + rows : name;
    }

    List<String> javaFlags() {
        return javaFlags;
    }

    /** Returns the words of a command that runs the process of each engine, the first words of its own command line. */
    List<String> runWith() {
        return runWith;
    }
}
