package org.almagest.bench.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.almagest.bench.data.Answer;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Oracle;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.data.QuestionSet;
import org.almagest.bench.data.RowDigest;
import org.almagest.bench.peer.Peer;
import org.almagest.bench.peer.Peers;
import org.almagest.bench.peer.Session;
import org.almagest.io.synthetic.GranuleGenerator.Width;

/**
 * Asks a store that {@link Compare} has filled all classes of questions in processes with heaps of different sizes, and
 * compares the answers with brute force: a service that has little to spare must get what one with plenty gets.
 *
 * <p>Arguments: the folder that was Compare's, how many rows, and heaps, the generous one first: {@code 1g 64m}.
 */
public final class SmallHeap {
    private static final int PASSES = 2;
    private static final String ASK = "--ask";
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    private SmallHeap() {}

    /** Runs the workload. */
    public static void main(String[] args) throws Exception {
        if (args.length < 3) {
            System.err.println("Usage: SmallHeap FOLDER ROWS HEAP...");
            System.exit(1);
        }
        if (args[2].equals(ASK)) {
            ask(Path.of(args[0]), Long.parseLong(args[1]), System.out);
            System.exit(0);
        }
        Map<String, String> expected = expected(Path.of(args[0]), Long.parseLong(args[1]));
        boolean right = true;
        for (String heap : List.of(args).subList(2, args.length)) {
            Map<String, String> answers = answers(args, heap);
            boolean same = answers.equals(expected);
            right &= same;
            System.out.println(heap + ": "
                    + (same ? "all answers are those of brute force" : answers + " instead of " + expected));
        }
        System.exit(right ? 0 : 1);
    }

    /** Returns what each class must give in each pass: the number of rows, and the sum of their digests. */
    private static Map<String, String> expected(Path folder, long rows) throws IOException {
        GranuleSource source = GranuleSource.of(rows, Width.NARROW);
        Set<QuestionKind> kinds = EnumSet.complementOf(EnumSet.of(QuestionKind.E2, QuestionKind.I));
        Oracle oracle = Oracle.of(source, kinds, folder);
        Map<String, String> expected = new TreeMap<>();
        for (QuestionKind kind : kinds) {
            long count = 0;
            long sum = 0;
            for (Question question : QuestionSet.of(kind, source, Integer.MAX_VALUE)) {
                Answer answer = oracle.answer(question);
                count += answer.count();
                sum += answer.sum();
            }
            for (int pass = 0; pass < PASSES; pass++) {
                expected.put(kind.label() + "." + pass, count + " " + sum);
            }
        }
        return expected;
    }

    private static Map<String, String> answers(String[] args, String heap) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        args[0],
                        args[1],
                        ASK)
                .redirectError(Redirect.INHERIT)
                .start();
        Map<String, String> answers = new TreeMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(heap + ": " + line);
                String[] words = line.split(" ");
                if (words[0].equals("class")) {
                    answers.put(words[1], words[3] + " " + words[5]);
                }
            }
        }
        int status = process.waitFor();
        if (status != 0) {
            answers.put("status", Integer.toString(status));
        }
        return answers;
    }

    /** Asks every class and prints how many rows came back, their digest, and the memory that is left in use. */
    private static void ask(Path folder, long rows, PrintStream out) throws Exception {
        GranuleSource source = GranuleSource.of(rows, Width.NARROW);
        String engine = Peers.EMBEDDED.get(0);
        if (!Files.isDirectory(Contender.store(folder, engine, rows, Width.NARROW))) {
            throw new IllegalArgumentException("no store of " + rows + " rows in " + folder + ": fill it with Compare");
        }
        try (Peer peer = Peers.open(engine, Contender.store(folder, engine, rows, Width.NARROW), source);
                Session session = peer.session()) {
            for (int pass = 0; pass < PASSES; pass++) {
                for (QuestionKind kind : QuestionKind.values()) {
                    if (peer.answers(kind) && kind != QuestionKind.I) {
                        long start = System.nanoTime();
                        RowDigest digest = asked(session, QuestionSet.of(kind, source, Integer.MAX_VALUE));
                        out.printf(
                                Locale.ROOT,
                                "class %s rows %d digest %d ms %.0f%n",
                                kind.label() + "." + pass,
                                digest.count(),
                                digest.sum(),
                                (System.nanoTime() - start) / 1e6);
                    }
                }
            }
            String[] memory = Processes.memoryLine().split(" ");
            List<String> mebibytes = new ArrayList<>();
            for (String bytes : memory) {
                mebibytes.add(String.format(Locale.ROOT, "%.1f", Long.parseLong(bytes) / BYTES_PER_MEBIBYTE));
            }
            out.println(
                    "MiB of heap after collection, anonymous memory, mapped memory: " + String.join(", ", mebibytes));
        }
    }

    private static RowDigest asked(Session session, List<Question> questions) throws Exception {
        session.prepare(questions);
        RowDigest digest = new RowDigest();
        digest.reset();
        for (Question question : questions) {
            session.ask(question, digest);
        }
        return digest;
    }
}
