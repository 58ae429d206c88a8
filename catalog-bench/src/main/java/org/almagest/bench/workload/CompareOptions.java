package org.almagest.bench.workload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
            "  [--java FLAG] [--postgres JDBC_URL] [--classpath PATH] [--name NAME] [--warm-load ROWS]");

    private long rows = 100_000;
    private List<String> engines = Peers.EMBEDDED;
    private List<String> classes = List.of("a1", "a30", "b", "c", "d", "e", "f", "g");
    private int passes = 3;
    private int warmup = 1;
    private long warmLoad;
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"), "bench");
    private String out = "";
    private String heap = "1g";
    private Width width = Width.NARROW;
    private String classPath = "";
    private String name = "";
    private final List<String> javaFlags = new ArrayList<>();

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
            case "--classes" -> classes = List.of(value.split(","));
            case "--passes" -> passes = Integer.parseInt(value);
            case "--warmup" -> warmup = Integer.parseInt(value);
            case "--warm-load" -> warmLoad = Long.parseLong(value);
            case "--folder" -> folder = Path.of(value);
            case "--out" -> out = value;
            case "--heap" -> heap = value;
            case "--width" -> width = value.equals("wide") ? Width.WIDE : Width.NARROW;
            case "--java" -> javaFlags.add(value);
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
                + " --passes " + passes + " --warmup " + warmup + " --heap " + heap
                + (warmLoad == 0 ? "" : " --warm-load " + warmLoad)
                + (width == Width.WIDE ? " --width wide" : "");
    }

    /** Returns where reports go; empty for none. */
    String out() {
        return out;
    }

    String heap() {
        return heap;
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
}
